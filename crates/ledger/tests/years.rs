//! A thousand honest years in memory: random facts of random dossiers, a witness that sees the log
//! now and then, an inspector who keeps every head. Nobody may raise an alarm. And with one entry
//! rewritten somewhere in the past, everybody must.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

use ledger::{
    AddCheckpoint, Checkpoint, Cosigner, Entry, Frontier, Hash, Note, Signer, TileWriter, Version,
    checkpoint, commitment, leaf_hash, tree, verify,
};
use std::collections::HashMap;

const YEARS: u64 = 1_000;
const YEAR_MS: u64 = 365 * 86_400_000;

/// A small generator of our own: the same years every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % limit
    }
}

/// A year as its log has it, with the heads that were shown, and when.
struct Year {
    entries: Vec<String>,
    shown: Vec<(usize, u64)>,
}

fn year(seed: u64) -> Year {
    let mut dice = Dice(seed);
    let (mut entries, mut shown) = (Vec::new(), Vec::new());
    let mut dossiers: HashMap<u64, (u32, Hash)> = HashMap::new();
    let mut books: HashMap<String, u32> = HashMap::new();
    let count = 20 + dice.below(280);
    let mut ts = 0;
    for _ in 0..count {
        ts += dice.below(2 * YEAR_MS / count);
        let dossier = dice.below(count / 4 + 1);
        let standing = dossiers.get(&dossier).copied();
        let (dseq, prev) = standing.map_or((1, None), |(dseq, leaf)| (dseq + 1, Some(leaf)));
        let book = (dice.below(3) == 0).then(|| format!("H.{}|{}", dice.below(3), ts / 86_400_000));
        let book_no = book.as_ref().map(|book| {
            let last = books.entry(book.clone()).or_default();
            *last += 1;
            *last
        });
        let entry = Entry {
            v: Version::V1,
            ts: ts as i64,
            kind: ["submitted", "received", "issued"][dice.below(3) as usize].into(),
            dossier: format!("{dossier:032x}"),
            dseq,
            prev,
            agency: Some("U26.XA1".into()),
            actor: "a1".into(),
            commit: commitment(&[dice.below(256) as u8; 32], b"{}"),
            book,
            book_no,
            proc: None,
            due: None,
            cal: None,
            subject_tag: None,
        };
        let text = entry.to_canonical();
        dossiers.insert(dossier, (dseq, leaf_hash(text.as_bytes())));
        entries.push(text);
        if dice.below(10) == 0 {
            shown.push((entries.len(), ts / 1_000 + dice.below(60)));
        }
    }
    shown.push((entries.len(), ts / 1_000 + 60));
    Year { entries, shown }
}

fn signer() -> Signer {
    Signer::from_seed("log.example.vn/2026", &[1; 32]).unwrap()
}

fn leaf(entries: &[String]) -> impl Fn(u64) -> Hash {
    |index| leaf_hash(entries[index as usize].as_bytes())
}

fn head(entries: &[String], size: usize) -> String {
    let frontier: Frontier = entries[..size].iter().map(|e| leaf_hash(e.as_bytes())).collect();
    checkpoint::sign(&signer(), size as u64, frontier.root())
}

/// Shows the heads to a witness, which goes on from what it knows; how many it refused, and the
/// heads that it cosigned.
fn witnessed(
    entries: &[String],
    shown: &[(usize, u64)],
    mut known: Option<Checkpoint>,
) -> (usize, Vec<Checkpoint>) {
    let witness = Cosigner::from_seed("w.example/w", &[2; 32]).unwrap();
    let (mut refused, mut kept) = (0, Vec::new());
    for (size, at) in shown {
        let old = known.as_ref().map_or(0, |known| known.size);
        let proof = tree::consistency_proof(old, *size as u64, leaf(entries)).unwrap_or_default();
        let request = AddCheckpoint { old, proof, note: head(entries, *size) };
        match ledger::witness::judge(&signer().verifier_key(), known.as_ref(), &request) {
            Ok(head) => {
                let line = witness.cosign(&head.to_text(), *at);
                let note: Note = format!("{}{line}", request.note).parse().unwrap();
                assert_eq!(witness.verifier_key().seen(&note), Some(*at));
                kept.push(head.clone());
                known = Some(head);
            }
            Err(_) => refused += 1,
        }
    }
    (refused, kept)
}

/// What an inspector finds who kept these heads.
fn inspected(entries: &[String], kept: &[Checkpoint]) -> usize {
    let mut export =
        HashMap::from([("checkpoint".to_owned(), head(entries, entries.len()).into_bytes())]);
    let mut writer = TileWriter::default();
    let mut tiles = Vec::new();
    for entry in entries {
        tiles.extend(writer.push(entry.as_bytes()).unwrap());
    }
    tiles.extend(writer.partial());
    export.extend(tiles.into_iter().map(|tile| (tile.path.to_string(), tile.bytes)));
    let read = |path: &str| export.get(path).cloned();
    verify(&signer().verifier_key(), kept, read).map_or_else(|findings| findings.len(), |_| 0)
}

#[test]
fn a_thousand_honest_years_raise_no_alarm_and_a_rewritten_one_does() {
    let mut alarms = 0;
    for seed in 0..YEARS {
        let Year { entries, shown } = year(seed);
        let (refused, kept) = witnessed(&entries, &shown, None);
        alarms += refused + inspected(&entries, &kept);

        // The same year with one entry's content exchanged, signed again with the true key.
        let mut forged = entries.clone();
        let at = Dice(seed).below(entries.len() as u64) as usize;
        let mut entry = Entry::parse(entries[at].as_bytes()).unwrap();
        entry.commit = commitment(&[9; 32], b"{\"another\":1}");
        forged[at] = entry.to_canonical();
        assert!(inspected(&forged, &kept) > 0, "year {seed}: the inspector missed it");
        let again = [(entries.len(), u64::MAX / 2)];
        let (refused, _) = witnessed(&forged, &again, kept.last().cloned());
        assert_eq!(refused, 1, "year {seed}: the witness missed it");
    }
    assert_eq!(alarms, 0, "alarms in {YEARS} honest years");
}
