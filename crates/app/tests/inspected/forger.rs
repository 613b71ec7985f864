//! Somebody with the run of the house: the database, the backups and the log's own key.

use crate::house::{House, fine};
use ledger::{Entry, commitment, leaf_hash};
use std::collections::HashMap;
use std::path::Path;
use storage::{Statement, Store, StoredFact};

/// What becomes of numbers when facts come or go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Books {
    /// Counted again, without a gap.
    Renumbered,
    /// Left as they are.
    AsTheyAre,
}

pub(crate) async fn store(house: &House) -> Store {
    let path = house.folder.join("motcua.db");
    Store::open(&format!("sqlite:{}", path.display())).await.unwrap()
}

/// SQL by hand.
pub(crate) async fn by_hand(house: &House, sql: &str) {
    let sql: &'static str = Box::leak(sql.to_owned().into_boxed_str());
    store(house).await.execute(vec![Statement::new(sql, Vec::new())]).await.unwrap();
}

pub(crate) async fn facts(house: &House) -> Vec<StoredFact> {
    store(house).await.facts_from(0, 1_000_000).await.unwrap()
}

/// A copy of the house whose record was always this one: entries, leaves, chain, books and head
/// made anew, and everything that is derived from them. Its next head is signed with the true key.
pub(crate) async fn forged(
    house: &House,
    folder: &Path,
    facts: Vec<StoredFact>,
    books: Books,
) -> House {
    let copy = house.copied(folder);
    std::fs::remove_file(folder.join("witnesses.policy")).unwrap();
    let wipe = [
        "DELETE FROM fact",
        "DELETE FROM number_book",
        "DELETE FROM checkpoint",
        "DELETE FROM cosignature",
        "UPDATE ledger_head SET size = 0, frontier = X'0000000000000000', last_ts = 0",
    ];
    for sql in wipe {
        by_hand(&copy, sql).await;
    }
    let facts = chained(facts, books);
    store(&copy).await.restore(&facts).await.unwrap();
    fine(copy.run(&["rebuild"]));
    copy
}

/// Indices, sequence, chain, commitments and leaves as if it had happened so.
fn chained(mut facts: Vec<StoredFact>, books: Books) -> Vec<StoredFact> {
    let mut dossiers = HashMap::new();
    let mut numbers: HashMap<String, u32> = HashMap::new();
    for (idx, fact) in (0..).zip(&mut facts) {
        let mut entry = Entry::parse(fact.entry.as_bytes()).unwrap();
        let (seq, prev) = dossiers.get(&fact.dossier).copied().unwrap_or((0, None));
        entry.dossier.clone_from(&fact.dossier);
        (entry.dseq, entry.prev, entry.ts) = (seq + 1, prev, fact.ts);
        if let (Some(book), Books::Renumbered) = (&entry.book, books) {
            let number = numbers.entry(book.clone()).or_default();
            *number += 1;
            entry.book_no = Some(*number);
        }
        if let (Some(salt), Some(payload)) = (&fact.salt, &fact.payload) {
            entry.commit = commitment(salt, payload.as_bytes());
        }
        fact.entry = entry.to_canonical();
        fact.leaf = leaf_hash(fact.entry.as_bytes());
        (fact.idx, fact.seq) = (idx, entry.dseq);
        dossiers.insert(fact.dossier.clone(), (entry.dseq, Some(fact.leaf)));
    }
    facts
}

/// The same fact as one of another dossier with another code, at another time.
pub(crate) fn copied(fact: &StoredFact, dossier: &str, at: i64) -> StoredFact {
    let mut copy = StoredFact { dossier: dossier.to_owned(), ..fact.clone() };
    let mut payload: serde_json::Value =
        serde_json::from_str(fact.payload.as_deref().unwrap()).unwrap();
    if let Some(code) = payload["code"].as_str() {
        payload["code"] = format!("{}9{}", &code[..code.len() - 4], &dossier[..3]).into();
    }
    copy.payload = Some(payload.to_string());
    numbered(moved(copy, at, at), 1)
}

/// The same fact with this number in a book of its own, if it has a number at all.
pub(crate) fn numbered(mut fact: StoredFact, number: u32) -> StoredFact {
    let mut entry = Entry::parse(fact.entry.as_bytes()).unwrap();
    if let Some(book) = &entry.book {
        let agency = book.split('|').next().unwrap();
        entry.book = Some(format!("{agency}|{}", &fact.dossier[..6]));
        entry.book_no = Some(number);
        fact.entry = entry.to_canonical();
    }
    fact
}

/// The same fact with a due date so many milliseconds later.
pub(crate) fn kinder(mut fact: StoredFact, by_ms: i64) -> StoredFact {
    let mut entry = Entry::parse(fact.entry.as_bytes()).unwrap();
    entry.due = entry.due.map(|due| due + by_ms);
    fact.entry = entry.to_canonical();
    let mut payload: serde_json::Value =
        serde_json::from_str(fact.payload.as_deref().unwrap()).unwrap();
    if let (Some(due), true) = (entry.due, payload["due"].is_object()) {
        payload["due"]["at"] = serde_json::to_value(domain::time::from_millis(due)).unwrap();
    }
    fact.payload = Some(payload.to_string());
    fact
}

/// The same fact, decided and taken in at other times (milliseconds).
pub(crate) fn moved(mut fact: StoredFact, at: i64, ts: i64) -> StoredFact {
    let mut payload: serde_json::Value =
        serde_json::from_str(fact.payload.as_deref().unwrap()).unwrap();
    payload["at"] = serde_json::to_value(domain::time::from_millis(at)).unwrap();
    fact.payload = Some(payload.to_string());
    fact.ts = ts;
    fact
}
