//! The inspector's check: every entry, every tile, every rule, from nothing but the export.
//!
//! Samples are not enough: an edited entry beside untouched tiles passes any check that does not
//! hash that very entry. So everything is computed anew from the entries and compared. And the
//! log's own signature is not enough either, for an administrator with the key signs again: hand
//! in the checkpoints you kept from earlier, they are what a rewritten log cannot satisfy.

use std::collections::HashMap;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::entry::{Entry, EntryError};
use crate::hash::{Hash, leaf_hash};
use crate::note::VerifierKey;
use crate::tiles::{BundleError, Row, TILE_WIDTH, Tile, TilePath, TileWriter, split_bundle};

/// Reading stops after so many findings: by then nobody doubts that the log is broken.
pub const MAX_FINDINGS: usize = 100;

/// What an honest log showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The signed head that all of it adds up to.
    pub checkpoint: Checkpoint,
    /// How many dossiers the log tells of.
    pub dossiers: usize,
    /// How many number books.
    pub books: usize,
}

/// One thing that is wrong with a log. Indices count entries from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message of each variant says what its fields are")]
pub enum Finding {
    /// A file of the export cannot be read.
    #[error("{path} is missing")]
    Missing { path: String },
    /// The file `checkpoint` is not text.
    #[error("checkpoint: not UTF-8")]
    NotText,
    /// The file `checkpoint` cannot be trusted.
    #[error("checkpoint: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// A bundle of entries is damaged.
    #[error("{path}, which begins with entry {first}: {error}")]
    Bundle { path: String, first: u64, error: BundleError },
    /// Entries were added to or taken from a bundle.
    #[error("{path}, which begins with entry {first}, has {found} entries, not {expected}")]
    Count { path: String, first: u64, expected: usize, found: usize },
    /// An entry is not an entry, or not in its canonical form.
    #[error("entry {index}: {error}")]
    Entry { index: u64, error: EntryError },
    /// An entry's hash is not the one in the tile: one of the two was changed.
    #[error("entry {index} has the hash {computed}, but {path} says {found}")]
    Leaf { index: u64, path: String, computed: Hash, found: Hash },
    /// An inner hash is not the one that the entries below it give.
    #[error("entries {first} to {last} have the root {computed}, but {path} says {found}")]
    Node { first: u64, last: u64, path: String, computed: Hash, found: Hash },
    /// A tile has the wrong length.
    #[error("{path} has {found} bytes, not {expected}")]
    TileLength { path: String, expected: usize, found: usize },
    /// The entries do not add up to the signed root.
    #[error("the {size} entries have the root {computed}, but {signed} was signed")]
    Root { size: u64, computed: Hash, signed: Hash },
    /// The log's clock went back.
    #[error("entry {index}: ts {found} is before {before} of the entry ahead of it")]
    ClockBack { index: u64, before: i64, found: i64 },
    /// A dossier's facts are not numbered 1, 2, 3 ….
    #[error("entry {index}: dossier {dossier} goes on with fact {found}, not {expected}")]
    DossierGap { index: u64, dossier: String, expected: u32, found: u32 },
    /// A dossier's fact does not point at the one before it.
    #[error(
        "entry {index}: dossier {dossier} has prev {}, but its last fact is {}",
        or_none(found),
        or_none(expected)
    )]
    Prev { index: u64, dossier: String, expected: Option<Hash>, found: Option<Hash> },
    /// A book's numbers are not 1, 2, 3 ….
    #[error("entry {index}: book {book} goes on with number {found}, not {expected}")]
    BookGap { index: u64, book: String, expected: u32, found: u32 },
    /// A remembered checkpoint belongs to another log.
    #[error("the remembered checkpoint is of the log {found:?}, not {expected:?}")]
    OtherLog { expected: String, found: String },
    /// The log is smaller than it once was.
    #[error("the log has {size} entries, but had {remembered} at a remembered checkpoint")]
    RolledBack { size: u64, remembered: u64 },
    /// What a remembered checkpoint vouched for was changed since.
    #[error("the first {size} entries have the root {computed}, but once had {remembered}")]
    Rewritten { size: u64, computed: Hash, remembered: Hash },
}

/// Checks a whole log: `key` signs it, `remembered` are checkpoints of it kept from earlier (none
/// is allowed, but proves much less), `read` gives the bytes of a path of the export.
///
/// Reads each file once, in order, and keeps one tile per level and one line per dossier and per
/// book in memory.
///
/// # Errors
/// Everything found wrong, in the order of reading: the rules of a bundle's entries, then the tiles
/// the bundle completes. Stops after the bundle in which [`MAX_FINDINGS`] is reached.
pub fn verify(
    key: &VerifierKey,
    remembered: &[Checkpoint],
    read: impl Fn(&str) -> Option<Vec<u8>>,
) -> Result<Verified, Vec<Finding>> {
    let checkpoint = open_checkpoint(key, &read).map_err(|finding| vec![finding])?;
    let mut findings = check_remembered(&checkpoint, remembered);
    let mut audit = Audit { read, remembered, writer: TileWriter::default(), rules: Rules::new() };

    let whole = audit.check_entries(checkpoint.size, &mut findings);
    if whole {
        for tile in audit.writer.partial() {
            findings.extend(audit.check_tile(&tile));
        }
        let (size, computed, signed) = (checkpoint.size, audit.writer.root(), checkpoint.root);
        if computed != signed {
            findings.push(Finding::Root { size, computed, signed });
        }
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    let (dossiers, books) = (audit.rules.dossiers.len(), audit.rules.books.len());
    Ok(Verified { checkpoint, dossiers, books })
}

fn open_checkpoint(
    key: &VerifierKey,
    read: impl Fn(&str) -> Option<Vec<u8>>,
) -> Result<Checkpoint, Finding> {
    let path = "checkpoint";
    let note = read(path).ok_or_else(|| Finding::Missing { path: path.to_string() })?;
    let note = String::from_utf8(note).map_err(|_| Finding::NotText)?;
    Ok(Checkpoint::open(&note, key)?)
}

/// What is plain before any entry is read: another log, or fewer entries than once.
fn check_remembered(now: &Checkpoint, remembered: &[Checkpoint]) -> Vec<Finding> {
    let judge = |then: &Checkpoint| {
        if then.origin != now.origin {
            let (expected, found) = (now.origin.clone(), then.origin.clone());
            Some(Finding::OtherLog { expected, found })
        } else if then.size > now.size {
            Some(Finding::RolledBack { size: now.size, remembered: then.size })
        } else {
            None
        }
    };
    remembered.iter().filter_map(judge).collect()
}

struct Audit<'a, R> {
    read: R,
    remembered: &'a [Checkpoint],
    writer: TileWriter,
    rules: Rules,
}

impl<R: Fn(&str) -> Option<Vec<u8>>> Audit<'_, R> {
    /// Checks entry after entry; false if it had to stop before the end.
    fn check_entries(&mut self, size: u64, findings: &mut Vec<Finding>) -> bool {
        while self.writer.size() < size {
            if findings.len() >= MAX_FINDINGS {
                return false;
            }
            if let Err(finding) = self.check_bundle(size, findings) {
                findings.push(finding);
                return false;
            }
        }
        true
    }

    /// Checks the next bundle; an error if the log cannot be followed beyond it.
    fn check_bundle(&mut self, size: u64, findings: &mut Vec<Finding>) -> Result<(), Finding> {
        let first = self.writer.size();
        let width = (size - first).min(TILE_WIDTH as u64) as usize;
        let number = first / TILE_WIDTH as u64;
        let path = TilePath { row: Row::Entries, number, width }.to_string();
        let Some(bundle) = (self.read)(&path) else { return Err(Finding::Missing { path }) };
        let entries = match split_bundle(&bundle) {
            Ok(entries) => entries,
            Err(error) => return Err(Finding::Bundle { path, first, error }),
        };
        for entry in entries.iter().take(width) {
            self.check_entry(entry, findings);
        }
        if entries.len() == width {
            return Ok(());
        }
        Err(Finding::Count { path, first, expected: width, found: entries.len() })
    }

    fn check_entry(&mut self, bytes: &[u8], findings: &mut Vec<Finding>) {
        let (index, leaf) = (self.writer.size(), leaf_hash(bytes));
        match Entry::parse(bytes) {
            Ok(entry) => self.rules.check(index, leaf, entry, findings),
            Err(error) => findings.push(Finding::Entry { index, error }),
        }
        let tiles = self.writer.push_hashed(bytes, leaf).expect("a bundle's entry has a length");
        for tile in tiles {
            findings.extend(self.check_tile(&tile));
        }
        let size = self.writer.size();
        for then in self.remembered.iter().filter(|then| then.size == size) {
            let (computed, remembered) = (self.writer.root(), then.root);
            if computed != remembered {
                findings.push(Finding::Rewritten { size, computed, remembered });
            }
        }
    }

    /// Compares a computed tile with the stored one, hash by hash.
    fn check_tile(&self, tile: &Tile) -> Vec<Finding> {
        let Row::Hashes(level) = tile.path.row else { return vec![] };
        let path = tile.path.to_string();
        let Some(stored) = (self.read)(&path) else { return vec![Finding::Missing { path }] };
        let (expected, found) = (tile.bytes.len(), stored.len());
        if expected != found {
            return vec![Finding::TileLength { path, expected, found }];
        }
        let pairs = tile.bytes.as_chunks::<32>().0.iter().zip(stored.as_chunks::<32>().0);
        let differing = pairs.enumerate().filter(|(_, (computed, found))| computed != found);
        let tell = |(at, (&computed, &found))| {
            let (first, last) = tile.path.covers(at);
            let (path, computed, found) = (path.clone(), Hash(computed), Hash(found));
            match level {
                0 => Finding::Leaf { index: first, path, computed, found },
                _ => Finding::Node { first, last, path, computed, found },
            }
        };
        differing.map(tell).collect()
    }
}

/// What earlier entries demand of later ones.
struct Rules {
    ts: i64,
    dossiers: HashMap<String, (u32, Hash)>,
    books: HashMap<String, u32>,
}

impl Rules {
    fn new() -> Rules {
        Rules { ts: i64::MIN, dossiers: HashMap::new(), books: HashMap::new() }
    }

    /// Judges the entry, then goes on from what it says, so that one fault is told once.
    fn check(&mut self, index: u64, leaf: Hash, entry: Entry, findings: &mut Vec<Finding>) {
        if entry.ts < self.ts {
            findings.push(Finding::ClockBack { index, before: self.ts, found: entry.ts });
        }
        self.ts = entry.ts;

        let last = self.dossiers.get(&entry.dossier);
        let expected = last.map_or(1, |(dseq, _)| dseq.saturating_add(1));
        if entry.dseq != expected {
            let (dossier, found) = (entry.dossier.clone(), entry.dseq);
            findings.push(Finding::DossierGap { index, dossier, expected, found });
        }
        let expected = last.map(|(_, leaf)| *leaf);
        if entry.prev != expected {
            let (dossier, found) = (entry.dossier.clone(), entry.prev);
            findings.push(Finding::Prev { index, dossier, expected, found });
        }
        self.dossiers.insert(entry.dossier, (entry.dseq, leaf));

        if let (Some(book), Some(found)) = (entry.book, entry.book_no) {
            let expected = self.books.get(&book).map_or(1, |last| last.saturating_add(1));
            if found != expected {
                let book = book.clone();
                findings.push(Finding::BookGap { index, book, expected, found });
            }
            self.books.insert(book, found);
        }
    }
}

fn or_none(hash: &Option<Hash>) -> String {
    hash.map_or_else(|| "none".to_string(), |hash| hash.to_string())
}
