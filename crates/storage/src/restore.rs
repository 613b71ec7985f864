//! Entries of another copy of the log, taken in where this one ends: after a restore of an older
//! backup, and for an inspector who counts on a copy.

use ledger::{Entry, commitment, leaf_hash};
use std::collections::BTreeMap;

use crate::error::Fault;
use crate::facts::StoredFact;
use crate::store::Store;
use crate::tables::{FACT, LEDGER_HEAD, NUMBER_BOOK};
use crate::values;

impl Store {
    /// Appends entries that were recorded elsewhere, all or none; the first must be the next one
    /// of this log. Numbers are taken from their books again. Nothing that is derived from the
    /// facts is written: make it anew afterwards.
    ///
    /// # Errors
    /// [`Fault::Invalid`] names the entry that does not continue the log, or whose content is not
    /// the one it is committed to; else as [`Store::execute`].
    pub async fn restore(&self, facts: &[StoredFact]) -> Result<(), Fault> {
        let mut head = self.ledger_head().await?;
        let (mut writes, mut books, mut last_ts) = (Vec::new(), BTreeMap::new(), 0);
        for fact in facts {
            let wrong = |what: &str| Fault::Invalid(format!("entry {}: {what}", fact.idx));
            if fact.idx != head.size() {
                return Err(wrong(&format!("the log goes on with entry {}", head.size())));
            }
            let entry = Entry::parse(fact.entry.as_bytes());
            let entry = entry.map_err(|error| wrong(&error.to_string()))?;
            if let (Some(salt), Some(payload)) = (&fact.salt, &fact.payload)
                && commitment(salt, payload.as_bytes()) != entry.commit
            {
                return Err(wrong("the content is not the one that the entry is committed to"));
            }
            let leaf = leaf_hash(fact.entry.as_bytes());
            head.append(leaf);
            last_ts = entry.ts;
            if let (Some(book), Some(number)) = (entry.book, entry.book_no) {
                books.insert(book, number);
            }
            let (kind, ts, actor) = (&entry.kind, entry.ts, &entry.actor);
            let (salt, payload) = (fact.salt, &fact.payload);
            let (dossier, dseq, text) = (&entry.dossier, entry.dseq, &fact.entry);
            let row = values![
                fact.idx,
                dossier,
                dseq,
                kind,
                ts,
                actor,
                text,
                leaf,
                salt,
                payload.clone()
            ];
            writes.push(FACT.row(row));
        }
        if writes.is_empty() {
            return Ok(());
        }
        let taken = books.into_iter().map(|(book, number)| NUMBER_BOOK.row(values![book, number]));
        writes.extend(taken);
        let (size, frontier) = (head.size(), head.to_bytes());
        writes.push(LEDGER_HEAD.row(values![1, size, frontier, last_ts]));
        self.write(writes).await
    }
}
