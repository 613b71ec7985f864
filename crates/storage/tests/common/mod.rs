//! What the conformance tests share.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use ledger::{Frontier, Hash, leaf_hash};
use storage::{Append, IdempotencyKey, NewFact, Prepared, Recorded, Store, Write, values};

/// 2026-01-01, in milliseconds.
pub(crate) const NOW: i64 = 1_767_225_600_000;

/// A fact that says nothing in particular.
pub(crate) fn fact(book_no: Option<u32>) -> NewFact {
    NewFact {
        kind: "noted",
        payload: r#"{"note":"ghi chú"}"#.to_owned(),
        salt: [7; 32],
        actor: "a1".to_owned(),
        book_no,
        ..NewFact::default()
    }
}

/// An append of one fact, whose reply is the number it took.
pub(crate) fn append(dossier: &str, expected: u32) -> Append {
    Append {
        dossier: dossier.to_owned(),
        expected,
        key: None,
        at_ms: NOW,
        book: None,
        number: None,
        prepared: Box::new(|number| Prepared {
            facts: vec![fact(number)],
            writes: Vec::new(),
            reply: format!("{number:?}"),
        }),
    }
}

/// The same, with this read-model row.
pub(crate) fn append_with(dossier: &str, expected: u32, write: Write) -> Append {
    let prepared = move |number| Prepared {
        facts: vec![fact(number)],
        writes: vec![write.clone()],
        reply: String::new(),
    };
    Append { prepared: Box::new(prepared), ..append(dossier, expected) }
}

/// The same, under a key.
pub(crate) fn keyed(dossier: &str, expected: u32, key: &str, body: u8) -> Append {
    let key = IdempotencyKey {
        actor: "o:an".to_owned(),
        key: key.to_owned(),
        request_hash: Hash([body; 32]),
    };
    Append { key: Some(key), ..append(dossier, expected) }
}

/// A dossier's row.
pub(crate) fn dossier_row(id: &str, code: Option<&str>, version: u32) -> Write {
    dossier_at((id, code, version), ("so-tu-phap", "mot-cua", "filed"), NOW)
}

/// The same of a place and stage, filed at an instant.
pub(crate) fn dossier_at(
    (id, code, version): (&str, Option<&str>, u32),
    (agency, unit, stage): (&str, &str, &str),
    at: i64,
) -> Write {
    let none = None::<i64>;
    let text = None::<&str>;
    storage::tables::DOSSIER.row(values![
        id,
        code,
        version,
        agency,
        unit,
        "1.000894",
        text,
        "counter",
        text,
        "Nguyễn Thị Ánh",
        "nguyen thi anh",
        stage,
        1,
        at,
        none,
        none,
        none,
        none,
        text,
        text,
        1
    ])
}

/// Appends one fact after another until the dossier has `count`.
pub(crate) async fn fill(store: &Store, dossier: &str, count: u32) -> Vec<Recorded> {
    let mut recorded = Vec::new();
    for expected in 0..count {
        recorded.push(store.append(append(dossier, expected)).await.unwrap());
    }
    recorded
}

/// Reads the whole log and holds it to everything that must be true of it. Returns its size.
pub(crate) async fn check_log(store: &Store) -> u64 {
    let facts = store.facts_from(0, 1_000_000).await.unwrap();
    let head = store.ledger_head().await.unwrap();
    let mut frontier = Frontier::default();
    let mut last: BTreeMap<String, (u32, Hash)> = BTreeMap::new();
    let mut books: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let mut ts = 0;
    for (fact, idx) in facts.iter().zip(0..) {
        assert_eq!(fact.idx, idx, "indices are contiguous");
        let entry = ledger::Entry::parse(fact.entry.as_bytes()).unwrap();
        assert_eq!(leaf_hash(fact.entry.as_bytes()), fact.leaf);
        let payload = fact.payload.as_deref().unwrap().as_bytes();
        assert_eq!(ledger::commitment(&fact.salt.unwrap(), payload), entry.commit);
        assert!(fact.ts >= ts, "the log's time never goes back");
        ts = fact.ts;
        let before = last.insert(fact.dossier.clone(), (fact.seq, fact.leaf));
        assert_eq!(fact.seq, before.map_or(1, |(seq, _)| seq + 1), "facts of a dossier follow");
        assert_eq!(entry.prev, before.map(|(_, leaf)| leaf), "and name the one before");
        if let (Some(book), Some(number)) = (entry.book, entry.book_no) {
            books.entry(book).or_default().push(number);
        }
        frontier.append(fact.leaf);
    }
    for (book, numbers) in books {
        let contiguous: Vec<u32> = (1..=numbers.len() as u32).collect();
        assert_eq!(numbers, contiguous, "book {book} has no gap");
    }
    assert_eq!((frontier.size(), frontier.root()), (head.size(), head.root()));
    head.size()
}
