//! What the recorder remembers between commits, so that it need not ask.
//!
//! It holds as long as nobody else wrote, which the head row tells: it is read in every
//! transaction and compared with what this recorder left there.

use std::collections::{HashMap, HashSet};

use ledger::{Frontier, Hash};

use super::Waiting;
use crate::error::Fault;

/// How many dossiers and how many books are remembered at least.
const REMEMBERED: usize = 8192;

/// Where a dossier stands: its number of facts and the leaf of the last one.
pub(super) type Standing = (u32, Option<Hash>);

/// The recorder's memory.
#[derive(Default)]
pub(super) struct Memory {
    head: Option<Edge>,
    pub(super) dossiers: Recent<Standing>,
    pub(super) books: Recent<u32>,
}

/// The log's right edge, in use and as it stands in the database.
pub(super) struct Edge {
    pub(super) frontier: Frontier,
    pub(super) last_ts: i64,
    /// The head row: the frontier's bytes and the time of the last leaf.
    pub(super) stored: (Vec<u8>, i64),
}

/// What the database must be asked before a batch can be planned.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) dossiers: Vec<String>,
    pub(super) books: Vec<String>,
}

impl Memory {
    /// Compares the head row with what was left there, and starts anew if somebody else wrote.
    pub(super) fn see_head(&mut self, stored: Vec<u8>, last_ts: i64) -> Result<(), Fault> {
        let stored = (stored, last_ts);
        if self.head.as_ref().is_some_and(|edge| edge.stored == stored) {
            return Ok(());
        }
        self.forget();
        let frontier = Frontier::from_bytes(&stored.0).map_err(|error| Fault::Row {
            table: "ledger_head".to_owned(),
            column: "frontier".to_owned(),
            problem: format!("is damaged: {error}"),
        })?;
        self.head = Some(Edge { frontier, last_ts, stored });
        Ok(())
    }

    /// After a failure nothing in here can be relied on.
    pub(super) fn forget(&mut self) {
        *self = Memory::default();
    }

    /// The log's edge; [`Memory::see_head`] comes first.
    pub(super) fn edge(&mut self) -> &mut Edge {
        self.head.as_mut().expect("the head row is read before a batch is planned")
    }

    /// Whether this batch may be planned without asking, on the condition that the head is found
    /// where it was left: each dossier once, standing where its caller saw it, and every book
    /// known. A dossier of which nothing is known is taken for a new one, which the database
    /// confirms: it keeps no two first facts of a dossier, as it keeps no two replies to a key.
    pub(super) fn suffices(&self, batch: &[Waiting]) -> bool {
        let mut seen = HashSet::with_capacity(batch.len());
        self.head.is_some()
            && batch.iter().all(|Waiting { append, .. }| {
                let version = self.dossiers.get(&append.dossier).map_or(0, |(version, _)| version);
                let mut books = append.book.iter();
                version == append.expected
                    && books.all(|book| self.books.get(book).is_some())
                    && seen.insert(append.dossier.as_str())
            })
    }

    /// What is not remembered of what this batch needs.
    pub(super) fn wanted(&self, batch: &[Waiting]) -> Wanted {
        let mut wanted = Wanted::default();
        for Waiting { append, .. } in batch {
            if self.dossiers.get(&append.dossier).is_none() {
                wanted.dossiers.push(append.dossier.clone());
            }
            if let Some(book) = append.book.as_ref().filter(|book| self.books.get(book).is_none()) {
                wanted.books.push(book.clone());
            }
        }
        for names in [&mut wanted.dossiers, &mut wanted.books] {
            names.sort_unstable();
            names.dedup();
        }
        wanted
    }

    /// Remembers these as not there yet; what the database has of them is set afterwards.
    pub(super) fn assume_new(&mut self, wanted: &Wanted) {
        for dossier in &wanted.dossiers {
            self.dossiers.set(dossier.clone(), (0, None));
        }
        for book in &wanted.books {
            self.books.set(book.clone(), 0);
        }
    }
}

impl Wanted {
    pub(super) fn is_empty(&self) -> bool {
        self.dossiers.is_empty() && self.books.is_empty()
    }
}

/// A map that keeps what was used lately: when the young half is full it becomes the old half,
/// and the old half is thrown away.
pub(super) struct Recent<T> {
    young: HashMap<String, T>,
    old: HashMap<String, T>,
}

impl<T> Default for Recent<T> {
    fn default() -> Recent<T> {
        Recent { young: HashMap::new(), old: HashMap::new() }
    }
}

impl<T: Copy> Recent<T> {
    pub(super) fn get(&self, name: &str) -> Option<T> {
        self.young.get(name).or_else(|| self.old.get(name)).copied()
    }

    pub(super) fn set(&mut self, name: String, value: T) {
        if self.young.len() >= REMEMBERED {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recent_stays_small_and_keeps_the_latest() {
        let mut recent = Recent::default();
        for number in 0..3 * REMEMBERED {
            recent.set(format!("H{number}"), number);
        }
        assert!(recent.young.len() + recent.old.len() <= 2 * REMEMBERED);
        assert_eq!(recent.get("H0"), None);
        assert_eq!(recent.get(&format!("H{}", 2 * REMEMBERED)), Some(2 * REMEMBERED));
    }

    #[test]
    fn a_strange_head_empties_the_memory() {
        let mut memory = Memory::default();
        let empty = Frontier::default().to_bytes();
        memory.see_head(empty.clone(), 0).unwrap();
        memory.dossiers.set("H1".to_owned(), (3, None));
        memory.see_head(empty.clone(), 0).unwrap();
        assert!(memory.dossiers.get("H1").is_some());
        memory.see_head(empty, 5).unwrap();
        assert!(memory.dossiers.get("H1").is_none());
        assert!(memory.see_head(vec![1, 2, 3], 0).is_err());
    }
}
