//! Proofs for others to hold: made from few hashes, written as one text (C2SP tlog-proof).
//!
//! ```text
//! c2sp.org/tlog-proof@v1
//! index 5
//! gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=   the path to the root, nearest first
//!
//! log.example.vn/2026                              a signed head that covers the leaf
//! 8
//! XcnaeacGWamtVZy3Ad7Zoqudgjqt…
//!
//! — log.example.vn/2026 fn8cFDeo5HIRRQ9I…
//! ```
//!
//! The leaf itself is not in it: whoever checks brings the entry, or its hash.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::hash::Hash;
use crate::note::VerifierKey;
use crate::tiles::TILE_WIDTH;
use crate::tree::{
    Frontier, ProofError, consistency_path, inclusion_path, range_root, verify_inclusion,
};

/// The first line of every proof.
pub const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// The most hashes of a path: a tree of 2⁶⁴ leaves has no longer one.
const MAX_HASHES: usize = 64;

/// That an entry is in a log: its place, the path to a root, and who signed that root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogProof {
    /// Bytes that the application gives along. Nobody signed them: never rest anything on them.
    pub extra: Option<Vec<u8>>,
    /// The entry's index, counting from 0.
    pub index: u64,
    /// The path, nearest first.
    pub hashes: Vec<Hash>,
    /// The signed head, with all its signatures.
    pub checkpoint: String,
}

/// Why a text is no proof. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the proof is not {expected}")]
pub struct ShapeError {
    /// Which line.
    pub line: usize,
    /// What should stand there.
    pub expected: &'static str,
}

/// Why a proof proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogProofError {
    /// The head is not signed by the log.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The path does not lead from the entry to the head's root.
    #[error(transparent)]
    Path(#[from] ProofError),
}

impl LogProof {
    /// Checks that the log of `key` signed a tree that has `leaf` (a leaf hash) at this index, and
    /// gives that tree's head.
    ///
    /// # Errors
    /// [`LogProofError`].
    pub fn verify(&self, key: &VerifierKey, leaf: Hash) -> Result<Checkpoint, LogProofError> {
        let head = Checkpoint::open(&self.checkpoint, key)?;
        verify_inclusion(leaf, self.index, head.size, &self.hashes, head.root)?;
        Ok(head)
    }
}

impl fmt::Display for LogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        for hash in &self.hashes {
            writeln!(f, "{}", hash.to_base64())?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for LogProof {
    type Err = ShapeError;

    fn from_str(text: &str) -> Result<LogProof, ShapeError> {
        let wrong = |line, expected| Err(ShapeError { line, expected });
        let Some((head, checkpoint)) = text.split_once("\n\n") else {
            return wrong(text.split('\n').count(), "empty, with a checkpoint after it");
        };
        let mut lines = (1..).zip(head.split('\n')).peekable();
        if lines.next().is_none_or(|(_, line)| line != HEADER) {
            return wrong(1, HEADER);
        }
        let extra = match lines.next_if(|(_, line)| line.starts_with("extra ")) {
            None => None,
            Some((at, line)) => match STANDARD.decode(&line["extra ".len()..]) {
                Ok(bytes) => Some(bytes),
                Err(_) => return wrong(at, "\"extra \" and base64"),
            },
        };
        let (at, line) = lines.next().unwrap_or((2, ""));
        let index = line.strip_prefix("index ").and_then(|digits| {
            digits.parse().ok().filter(|index: &u64| index.to_string() == digits)
        });
        let Some(index) = index else { return wrong(at, "\"index \" and a decimal number") };
        let mut hashes = Vec::new();
        for (at, line) in lines {
            match Hash::from_base64(line) {
                Ok(hash) if hashes.len() < MAX_HASHES => hashes.push(hash),
                Ok(_) | Err(_) => return wrong(at, "one of at most 64 hashes in base64"),
            }
        }
        Ok(LogProof { extra, index, hashes, checkpoint: checkpoint.to_owned() })
    }
}

/// The roots of a log's complete runs of [`TILE_WIDTH`] leaves, first to last. They never change,
/// so whoever keeps them makes any proof from them and at most two runs' leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TileRoots(Vec<Hash>);

impl TileRoots {
    /// How many leaves they cover.
    #[must_use]
    pub fn covered(&self) -> u64 {
        (self.0.len() * TILE_WIDTH) as u64
    }

    /// Takes in the next leaf hashes, as far as they fill whole runs; the first one stands at
    /// [`TileRoots::covered`]. Says how many it took.
    pub fn extend(&mut self, leaves: &[Hash]) -> usize {
        let (runs, rest) = leaves.as_chunks::<TILE_WIDTH>();
        self.0.extend(runs.iter().map(|run| run.iter().copied().collect::<Frontier>().root()));
        leaves.len() - rest.len()
    }

    /// The proof that leaf `index` is in the tree of `size`; `leaf` gives the hash of an index.
    ///
    /// # Errors
    /// [`ProofError::NoSuchLeaf`].
    pub fn inclusion(
        &self,
        index: u64,
        size: u64,
        mut leaf: impl FnMut(u64) -> Hash,
    ) -> Result<Vec<Hash>, ProofError> {
        let path = inclusion_path(index, size)?;
        Ok(path.into_iter().map(|range| self.root(range, &mut leaf)).collect())
    }

    /// The proof that the tree of `old` leaves begins the tree of `new`; `leaf` as above.
    ///
    /// # Errors
    /// [`ProofError::Shrunk`].
    pub fn consistency(
        &self,
        old: u64,
        new: u64,
        mut leaf: impl FnMut(u64) -> Hash,
    ) -> Result<Vec<Hash>, ProofError> {
        let path = consistency_path(old, new)?;
        let told = path.into_iter().filter(|range| *range != (0..old));
        Ok(told.map(|range| self.root(range, &mut leaf)).collect())
    }

    /// The root of a range of a path: whole runs from here, what is left from the leaves.
    fn root(&self, range: std::ops::Range<u64>, mut leaf: impl FnMut(u64) -> Hash) -> Hash {
        let width = TILE_WIDTH as u64;
        if range.end - range.start < width {
            return range_root(range, leaf);
        }
        // A path's range of a run or more begins where a run begins.
        let runs = range.start / width..(range.end / width).min(self.0.len() as u64);
        let held = usize::try_from(runs.start).and_then(|first| Ok(first..runs.end.try_into()?));
        let held = held.ok().and_then(|held| self.0.get(held)).unwrap_or_default();
        let mut row: Frontier = held.iter().copied().collect();
        let mut next = range.start + held.len() as u64 * width;
        while next < range.end {
            let end = (next + width).min(range.end);
            row.append(range_root(next..end, &mut leaf));
            next = end;
        }
        row.root()
    }
}
