//! Values by small numbers.

use std::collections::HashMap;
use std::hash::Hash;

/// Each value once, under the number by which it is meant.
#[derive(Debug, Clone)]
pub(super) struct Interned<T> {
    values: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Interned<T> {
    fn default() -> Interned<T> {
        Interned { values: Vec::new(), numbers: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Interned<T> {
    /// The number of a value, a new one for a new value.
    pub(super) fn number(&mut self, value: &T) -> u32 {
        if let Some(number) = self.numbers.get(value) {
            return *number;
        }
        let number = u32::try_from(self.values.len()).expect("fewer values than dossiers");
        self.values.push(value.clone());
        self.numbers.insert(value.clone(), number);
        number
    }

    /// The value of a number that was given.
    pub(super) fn value(&self, number: u32) -> &T {
        &self.values[number as usize]
    }

    /// All values, in the order of their numbers.
    pub(super) fn values(&self) -> &[T] {
        &self.values
    }
}
