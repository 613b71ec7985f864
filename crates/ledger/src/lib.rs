//! The ledger: a log of facts that nobody can quietly rewrite, not even who holds its key.
//!
//! Every fact about a dossier becomes one [`Entry`], a line of canonical JSON without personal data
//! (the payload stays in the database; the entry holds only a salted [`commitment`] to it). Entries
//! are the leaves of an RFC 6962 tree. A [`Checkpoint`] is the signed size and root of that tree:
//! whoever keeps one old checkpoint can later prove that nothing before it was changed.
//!
//! | module | what | source |
//! |---|---|---|
//! | [`hash`] | leaf `SHA-256(0x00 ‖ entry)`, node `SHA-256(0x01 ‖ left ‖ right)` | RFC 6962 §2.1 |
//! | [`entry`] | the leaf's text: sorted keys, integers only, absent fields left out | RFC 8785 |
//! | [`tree`] | appending with [`Frontier`]; inclusion and consistency proofs | RFC 9162 §2.1 |
//! | [`note`] | signed text and Ed25519 keys | C2SP signed-note |
//! | [`checkpoint`] | `origin\nsize\nbase64(root)\n`, signed | C2SP tlog-checkpoint |
//! | [`proof`] | a proof for others to hold: index, path, signed head | C2SP tlog-proof |
//! | [`cosignature`] | a witness's signature, with its time | C2SP tlog-cosignature |
//! | [`witness`] | what a witness is asked and how it decides | C2SP tlog-witness |
//! | [`policy`] | whom to believe, and how many of them | C2SP tlog-policy |
//! | [`tiles`] | the export: a folder any tlog tool can read | C2SP tlog-tiles |
//! | [`mod@verify`] | the inspector's check: each entry, tile and rule | security.md §2.1 |
//!
//! # A log's life
//!
//! ```
//! use ledger::{Entry, Frontier, Hash, Signer, Version, commitment, leaf_hash};
//!
//! // 1. In the transaction of the business row: make the entry, append its hash, keep the head.
//! let entry = Entry {
//!     v: Version::V1,
//!     ts: 1_767_225_600_000,
//!     kind: "received".into(),
//!     dossier: "H1".into(),
//!     dseq: 1,
//!     prev: None,
//!     agency: Some("phuong-1".into()),
//!     actor: "a1".into(),
//!     commit: commitment(&[7; 32], b"the payload"),
//!     book: Some("phuong-1|260101".into()),
//!     book_no: Some(1),
//!     proc: None,
//!     due: None,
//!     cal: None,
//!     subject_tag: None,
//! };
//! let text = entry.to_canonical();
//! let mut frontier = Frontier::default();
//! frontier.append(leaf_hash(text.as_bytes()));
//! let head_row: Vec<u8> = frontier.to_bytes();
//!
//! // 2. Now and then: sign the head and show it to others.
//! let signer = Signer::from_seed("log.example.vn/2026", &[1; 32])?;
//! let signed = ledger::checkpoint::sign(&signer, frontier.size(), frontier.root());
//!
//! // 3. Export: one file per tile, and the checkpoint beside them.
//! let mut export = std::collections::HashMap::from([("checkpoint".to_string(), signed.into())]);
//! for tile in ledger::tiles::tiles([text]) {
//!     let tile = tile?;
//!     export.insert(tile.path.to_string(), tile.bytes);
//! }
//!
//! // 4. Anywhere else, with nothing but the public key: check all of it.
//! let seen = ledger::verify(&signer.verifier_key(), &[], |path| export.get(path).cloned());
//! assert_eq!(seen.expect("an honest log").checkpoint.size, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What this crate never does
//!
//! No files, no network, no clock, no chance, no async: instants, salts and seeds come in as
//! arguments, so yesterday's answer can be computed again tomorrow.

pub mod checkpoint;
pub mod cosignature;
pub mod entry;
pub mod hash;
pub mod note;
pub mod policy;
pub mod proof;
pub mod tiles;
pub mod tree;
pub mod verify;
pub mod witness;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use cosignature::{Cosigner, CosignerKey};
pub use entry::{Entry, EntryError, Version, commitment};
pub use hash::{Hash, HashError, empty_root, leaf_hash, node_hash};
pub use note::{KeyError, Note, NoteError, Signer, VerifierKey};
pub use policy::{Policy, PolicyError};
pub use proof::{LogProof, LogProofError, TileRoots};
pub use tiles::{Tile, TilePath, TileWriter};
pub use tree::{Frontier, ProofError};
pub use verify::{Finding, Verified, verify};
pub use witness::{AddCheckpoint, Refusal};
