//! What a witness is asked, and how it answers (C2SP tlog-witness, `POST /add-checkpoint`).
//!
//! ```text
//! old 20852014                 the size the witness cosigned last; 0 if it never did
//! PlRNCrwHpqhGrupue0L7g…       the consistency proof, a hash to a line
//!                              a blank line
//! log.example.vn/2026 …        the signed checkpoint
//! ```
//!
//! [`judge`] decides and remembers nothing. Whoever calls it keeps the checkpoint on disk *before*
//! the cosignature leaves the house, and nobody else may come in between: that is the whole duty of
//! a witness.

use std::fmt;
use std::str::FromStr;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::hash::Hash;
use crate::note::{Note, VerifierKey};
use crate::tree::verify_consistency;

/// More lines of proof than any tree has levels are refused.
const MAX_PROOF: usize = 63;

/// A request to a witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size that the log believes the witness cosigned last.
    pub old: u64,
    /// That the new tree begins with the old one.
    pub proof: Vec<Hash>,
    /// The signed checkpoint.
    pub note: String,
}

/// Why a witness does not cosign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The request breaks the format (400).
    #[error("{0}")]
    Malformed(&'static str),
    /// The log is none of those it looks after (404).
    #[error("this log is not looked after here")]
    UnknownLog,
    /// The log's key did not sign (403).
    #[error("{0}")]
    NotSigned(CheckpointError),
    /// It cosigned another size last (409).
    #[error("the last head seen here has the size {known}")]
    OtherSize {
        /// The size it cosigned last.
        known: u64,
    },
    /// The same size with another root: the log signed two histories (409).
    #[error("the head of size {known} seen here has another root: the log signed two histories")]
    OtherRoot {
        /// The size that both have.
        known: u64,
    },
    /// The new tree does not begin with the one it knows (422).
    #[error("this head does not continue the one of size {known} seen here")]
    NotContinued {
        /// The size it cosigned last.
        known: u64,
    },
}

impl Refusal {
    /// The answer's HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Refusal::Malformed(_) => 400,
            Refusal::UnknownLog => 404,
            Refusal::NotSigned(_) => 403,
            Refusal::OtherSize { .. } | Refusal::OtherRoot { .. } => 409,
            Refusal::NotContinued { .. } => 422,
        }
    }

    /// The size in the body of a 409.
    pub fn size(&self) -> Option<u64> {
        match self {
            Refusal::OtherSize { known } | Refusal::OtherRoot { known } => Some(*known),
            Refusal::Malformed(_)
            | Refusal::UnknownLog
            | Refusal::NotSigned(_)
            | Refusal::NotContinued { .. } => None,
        }
    }

    /// Whether the signed head should be kept beside the known one: together they may convict.
    pub fn is_evidence(&self) -> bool {
        matches!(self, Refusal::OtherRoot { .. } | Refusal::NotContinued { .. })
    }
}

/// The new head to remember and to cosign, given the one cosigned last.
///
/// # Errors
/// [`Refusal`], in the order of the specification.
pub fn judge(
    key: &VerifierKey,
    known: Option<&Checkpoint>,
    request: &AddCheckpoint,
) -> Result<Checkpoint, Refusal> {
    let new = Checkpoint::open(&request.note, key).map_err(Refusal::NotSigned)?;
    if request.old > new.size {
        return Err(Refusal::Malformed("the old size is larger than the checkpoint's"));
    }
    let size = known.map_or(0, |known| known.size);
    if request.old != size {
        return Err(Refusal::OtherSize { known: size });
    }
    let Some(known) = known.filter(|known| known.size > 0) else {
        let empty = request.proof.is_empty();
        let proof = "the proof from size 0 must be empty";
        return if empty { Ok(new) } else { Err(Refusal::Malformed(proof)) };
    };
    if known.size == new.size && known.root != new.root {
        return Err(Refusal::OtherRoot { known: size });
    }
    verify_consistency(known.size, known.root, new.size, new.root, &request.proof)
        .map_err(|_| Refusal::NotContinued { known: size })?;
    Ok(new)
}

impl AddCheckpoint {
    /// The name of the log it is about, whoever signed.
    ///
    /// # Errors
    /// [`Refusal::Malformed`] when there is no note.
    pub fn origin(&self) -> Result<String, Refusal> {
        let note: Result<Note, _> = self.note.parse();
        let note = note.map_err(|_| Refusal::Malformed("no signed checkpoint after the proof"))?;
        Ok(note.text.lines().next().unwrap_or_default().to_owned())
    }
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        for hash in &self.proof {
            writeln!(f, "{}", hash.to_base64())?;
        }
        write!(f, "\n{}", self.note)
    }
}

impl FromStr for AddCheckpoint {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<AddCheckpoint, Refusal> {
        let no_end = Refusal::Malformed("no blank line between the proof and the checkpoint");
        let (head, note) = text.split_once("\n\n").ok_or(no_end)?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old "));
        let old = old.ok_or(Refusal::Malformed("the first line is not: old <size>"))?;
        let number = old.parse().ok().filter(|number: &u64| number.to_string() == old);
        let number = number.ok_or(Refusal::Malformed("the old size is not a decimal number"))?;
        let hashes = lines.map(Hash::from_base64).collect::<Result<Vec<_>, _>>();
        let proof =
            hashes.map_err(|_| Refusal::Malformed("a line of the proof is not the hash"))?;
        if proof.len() > MAX_PROOF {
            return Err(Refusal::Malformed("the proof has more than 63 lines"));
        }
        Ok(AddCheckpoint { old: number, proof, note: note.to_owned() })
    }
}
