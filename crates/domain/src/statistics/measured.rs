//! Rates that keep their numerator and denominator, and values that nobody recorded.

use serde::Serialize;

/// A value from facts, or the statement that no fact tells it. Never zero for "not known".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured<T> {
    /// The facts say so.
    Recorded(T),
    /// Nothing that tells it is recorded yet.
    NotRecorded,
}

impl<T> Measured<T> {
    /// The value, where there is one.
    #[must_use]
    pub fn value(self) -> Option<T> {
        match self {
            Measured::Recorded(value) => Some(value),
            Measured::NotRecorded => None,
        }
    }
}

/// A share, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rate {
    /// How many of them.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
}

impl Rate {
    /// In hundredths of a percent, rounded half up; `None` of nothing.
    #[must_use]
    pub fn basis_points(self) -> Option<u64> {
        let whole = self.whole;
        (whole > 0).then(|| (self.part * 20_000 + whole) / (2 * whole))
    }
}

/// Columns of a form that do not add up: the form is not built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{form}: {identity} does not hold: {left} is not {right}")]
pub struct Broken {
    /// The form.
    pub form: &'static str,
    /// The identity in the form's own column numbers or names.
    pub identity: &'static str,
    /// Its left side.
    pub left: u64,
    /// Its right side.
    pub right: u64,
}

/// Holds a form to its identities: name, left side, right side.
pub(super) fn hold(
    form: &'static str,
    identities: &[(&'static str, u64, u64)],
) -> Result<(), Broken> {
    match identities.iter().find(|(_, left, right)| left != right) {
        Some(&(identity, left, right)) => Err(Broken { form, identity, left, right }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_rounded_half_up_and_nothing_has_none() {
        assert_eq!(Rate { part: 65, whole: 100 }.basis_points(), Some(6_500));
        assert_eq!(Rate { part: 1, whole: 3 }.basis_points(), Some(3_333));
        assert_eq!(Rate { part: 2, whole: 3 }.basis_points(), Some(6_667));
        assert_eq!(Rate { part: 0, whole: 0 }.basis_points(), None);
    }
}
