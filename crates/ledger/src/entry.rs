//! The leaf's text: what the log says about one fact, for good.
//!
//! Canonical JSON after RFC 8785, in the subset the log needs: keys in sorted order, no blanks,
//! integers within ±(2⁵³−1), absent fields left out, strings as they are (callers bring NFC).
//! There is exactly one text per entry, so a hash of the text is a hash of the fact.
//!
//! ```text
//! {"actor":"a1","agency":"phuong-1","commit":"…","dossier":"H1","dseq":1,"kind":"received",
//!  "ts":1767225600000,"v":1}                                     (on one line)
//! ```

use serde::{Deserialize, Serialize};

use crate::hash::{Hash, sha256};

/// The largest integer that every JSON reader keeps exact (RFC 8785 §3.2.2.3, RFC 7493 §2.2).
const MAX_INTEGER: u64 = (1 << 53) - 1;

/// The shape of the entry. Add-only: a shape once written must stay readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum Version {
    /// The shape in this file; written `1`.
    V1,
}

/// One fact about one dossier, as the log keeps it.
///
/// The fields stand in the sorted order of their names because serialising follows the
/// declaration: that is what makes [`Entry::to_canonical`] canonical without sorting anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Who did it: a pseudonym, never a name.
    pub actor: String,
    /// The agency in whose name it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The number book this fact took a number from: `agency|YYMMDD`. Goes with `book_no`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub book: Option<String>,
    /// The number taken, counting from 1 without a gap in each book. Goes with `book`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub book_no: Option<u32>,
    /// Hash of the working-day calendar the due date was computed with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cal: Option<String>,
    /// The [`commitment`] to the payload, which itself stays outside the log.
    pub commit: Hash,
    /// The dossier's code.
    pub dossier: String,
    /// The fact's number within its dossier, counting from 1 without a gap.
    pub dseq: u32,
    /// When the dossier is due: milliseconds since 1970-01-01 UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<i64>,
    /// What happened: the past-tense name of the fact, such as `received`.
    pub kind: String,
    /// The leaf hash of the dossier's previous fact; absent only on its first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prev: Option<Hash>,
    /// Hash of the procedure version the dossier runs under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proc: Option<String>,
    /// Keyed tag of applicant and procedure: shows a re-filing without showing the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_tag: Option<String>,
    /// When the log took the fact in: milliseconds since 1970-01-01 UTC. Never goes back.
    pub ts: i64,
    /// The shape of this entry.
    pub v: Version,
}

/// Why bytes are not an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Not the JSON of an entry; says what and where.
    #[error("not an entry: {0}")]
    Shape(String),
    /// The same entry would be written differently from the byte at `at` (counting from 0).
    #[error("not canonical: the text differs from its canonical form at byte {at}")]
    NotCanonical {
        /// The first byte that differs.
        at: usize,
    },
    /// `ts` or `due` lies outside ±(2⁵³−1).
    #[error("{field} is {value}, which not every JSON reader keeps exact")]
    Inexact {
        /// `ts` or `due`.
        field: &'static str,
        /// Its value in milliseconds.
        value: i64,
    },
    /// One of `book` and `book_no` stands without the other.
    #[error("book and book_no go together, and only one is there")]
    HalfBook,
}

impl Entry {
    /// The entry's one and only text.
    pub fn to_canonical(&self) -> String {
        let mut text = Vec::with_capacity(640);
        serde_json::to_writer(&mut text, self).expect("strings and integers always serialise");
        String::from_utf8(text).expect("serde_json writes UTF-8")
    }

    /// Reads an entry and holds it to its canonical form.
    ///
    /// # Errors
    /// [`EntryError`]: not JSON, an unknown, doubled or missing field, an unknown version, half a
    /// book number, an inexact integer, or a text that is not the canonical one.
    pub fn parse(text: &[u8]) -> Result<Entry, EntryError> {
        let entry: Entry =
            serde_json::from_slice(text).map_err(|error| EntryError::Shape(error.to_string()))?;
        if entry.book.is_some() != entry.book_no.is_some() {
            return Err(EntryError::HalfBook);
        }
        for (field, value) in [("ts", Some(entry.ts)), ("due", entry.due)] {
            if let Some(value) = value.filter(|value| value.unsigned_abs() > MAX_INTEGER) {
                return Err(EntryError::Inexact { field, value });
            }
        }
        match first_difference(text, entry.to_canonical().as_bytes()) {
            None => Ok(entry),
            Some(at) => Err(EntryError::NotCanonical { at }),
        }
    }
}

/// The commitment to a payload: `SHA-256(salt ‖ payload)`.
///
/// `salt` is 32 random bytes kept beside the payload. Deleting both leaves a hash that says
/// nothing and cannot be guessed from a dictionary, and the tree stands unchanged.
pub fn commitment(salt: &[u8; 32], payload: &[u8]) -> Hash {
    sha256(&[salt, payload])
}

/// Where two texts part, if they do.
fn first_difference(a: &[u8], b: &[u8]) -> Option<usize> {
    if a == b {
        return None;
    }
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    Some(same)
}

impl From<Version> for u8 {
    fn from(version: Version) -> u8 {
        match version {
            Version::V1 => 1,
        }
    }
}

impl TryFrom<u8> for Version {
    type Error = String;

    fn try_from(number: u8) -> Result<Version, String> {
        match number {
            1 => Ok(Version::V1),
            _ => Err(format!("entry version {number} is not known here")),
        }
    }
}
