//! States of recently touched dossiers, so that an act need not replay its facts.
//!
//! A state counts only when its version is the one the recorder expects; a stale one leads to a
//! conflict, after which the facts are read again. So the cache can be wrong but never harmful.

use domain::dossier::Dossier;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// How many states are kept; the older half goes when the limit is reached.
const LIMIT: usize = 20_000;

/// The states, by dossier id.
#[derive(Default)]
pub(crate) struct Cache(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    young: HashMap<String, Arc<Dossier>>,
    old: HashMap<String, Arc<Dossier>>,
}

impl Cache {
    /// The state as last seen.
    #[must_use]
    pub(crate) fn get(&self, id: &str) -> Option<Arc<Dossier>> {
        let mut cache = self.lock();
        if let Some(found) = cache.young.get(id) {
            return Some(found.clone());
        }
        let found = cache.old.remove(id)?;
        cache.young.insert(id.to_owned(), found.clone());
        Some(found)
    }

    /// Keeps a state that was just recorded or read.
    pub(crate) fn keep(&self, id: &str, dossier: Arc<Dossier>) {
        let mut cache = self.lock();
        if cache.young.len() >= LIMIT / 2 {
            cache.old = std::mem::take(&mut cache.young);
        }
        cache.young.insert(id.to_owned(), dossier);
    }

    /// Drops a state that may not have been recorded.
    pub(crate) fn forget(&self, id: &str) {
        let mut cache = self.lock();
        cache.young.remove(id);
        cache.old.remove(id);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Generations> {
        self.0.lock().expect("no holder of the cache panics")
    }
}
