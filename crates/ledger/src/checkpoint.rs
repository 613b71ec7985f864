//! Checkpoints: the signed head of the log (C2SP tlog-checkpoint).
//!
//! ```text
//! log.example.vn/2026                            the log's origin, also its key's name
//! 8                                              how many entries
//! XcnaeacGWamtVZy3Ad7Zoqudgjqt…                  the root, base64
//! ```
//!
//! then a blank line and the log's signature; witnesses add theirs below. We write no extension
//! lines and refuse them.

use crate::hash::Hash;
use crate::note::{NoteError, Signer, VerifierKey};

/// The head of a log: whoever keeps one can later prove that nothing before it was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name.
    pub origin: String,
    /// How many entries the log had.
    pub size: u64,
    /// The root of its tree.
    pub root: Hash,
}

/// Why a checkpoint cannot be trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The note is damaged or not signed by the log.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// Not exactly three lines.
    #[error("a checkpoint has three lines (origin, size, root), this one has {found}")]
    Lines {
        /// How many lines there are.
        found: usize,
    },
    /// The key signed a checkpoint of another log.
    #[error("the checkpoint is of the log {found:?}, the key of {expected:?}")]
    Origin {
        /// The key's name.
        expected: String,
        /// The checkpoint's origin.
        found: String,
    },
    /// The size is not a plain decimal number.
    #[error("{0:?} is not a size: a decimal number without leading zeros")]
    Size(String),
    /// The root is not the base64 of a hash.
    #[error("{0:?} is not a root: the base64 of 32 bytes")]
    Root(String),
}

/// Signs the head of the signer's log and gives the note, the export's file `checkpoint`.
pub fn sign(signer: &Signer, size: u64, root: Hash) -> String {
    let origin = signer.verifier_key().name().to_string();
    signer.sign(&Checkpoint { origin, size, root }.to_text())
}

impl Checkpoint {
    /// The three lines that get signed.
    pub fn to_text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root.to_base64())
    }

    /// Opens a signed checkpoint of the key's own log.
    ///
    /// # Errors
    /// [`CheckpointError`] tells whether the signature, the origin, the size or the root is wrong.
    pub fn open(note: &str, key: &VerifierKey) -> Result<Checkpoint, CheckpointError> {
        let text = key.open(note)?;
        let checkpoint = Checkpoint::from_text(&text)?;
        if checkpoint.origin != key.name() {
            let expected = key.name().to_string();
            return Err(CheckpointError::Origin { expected, found: checkpoint.origin });
        }
        Ok(checkpoint)
    }

    /// Reads the three lines, whoever signed them.
    fn from_text(text: &str) -> Result<Checkpoint, CheckpointError> {
        let lines: Vec<&str> = text.split_terminator('\n').collect();
        let [origin, size, root] = lines[..] else {
            return Err(CheckpointError::Lines { found: lines.len() });
        };
        let number = size.parse().ok().filter(|number: &u64| number.to_string() == size);
        let number = number.ok_or_else(|| CheckpointError::Size(size.to_string()))?;
        let hash = Hash::from_base64(root).map_err(|_| CheckpointError::Root(root.to_string()))?;
        Ok(Checkpoint { origin: origin.to_string(), size: number, root: hash })
    }
}
