//! What a witness says: as of this time, this is the largest head of this log that I have seen, and
//! it continues the one before (C2SP tlog-cosignature, the Ed25519 type 0x04).
//!
//! The signed message is `cosignature/v1\ntime <seconds>\n` and the checkpoint's three lines; the
//! signature line holds the time as 8 bytes before the 64 of the signature.

use std::fmt;
use std::str::FromStr;

use crate::note::{COSIGNATURE, KeyError, Note, Signer, VerifierKey};

/// The public half of a witness's key, with the witness's name. Handed round like a log's key, but
/// of another type, so that neither can pass for the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CosignerKey(VerifierKey);

/// The secret half of a witness's key.
pub struct Cosigner(Signer);

impl Cosigner {
    /// The witness `name`, from the 32 secret bytes of RFC 8032.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Cosigner, KeyError> {
        Signer::of_kind(name, COSIGNATURE, seed).map(Cosigner)
    }

    /// The public half, to be handed round.
    pub fn verifier_key(&self) -> CosignerKey {
        CosignerKey(self.0.verifier_key())
    }

    /// The signature line over a checkpoint's text, its newline included; `at` is in seconds since
    /// 1970-01-01 UTC.
    pub fn cosign(&self, text: &str, at: u64) -> String {
        self.0.line(&at.to_be_bytes(), message(text, at).as_bytes())
    }
}

impl CosignerKey {
    /// The witness's name.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// When this witness cosigned the note, in seconds since 1970-01-01 UTC; `None` if it did not.
    /// Of several times the earliest counts.
    pub fn seen(&self, note: &Note) -> Option<u64> {
        let lines = note.signatures.iter();
        let ours = lines.filter(|line| line.name == self.name() && line.key_id == self.0.id());
        let times = ours.filter_map(|line| {
            let (at, signature) = line.bytes.split_first_chunk::<8>()?;
            let at = u64::from_be_bytes(*at);
            self.0.fits(message(&note.text, at).as_bytes(), signature).then_some(at)
        });
        times.min()
    }

    pub(crate) fn same_point(&self, other: &CosignerKey) -> bool {
        self.0.same_point(&other.0)
    }
}

fn message(text: &str, at: u64) -> String {
    format!("cosignature/v1\ntime {at}\n{text}")
}

impl fmt::Display for CosignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for CosignerKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<CosignerKey, KeyError> {
        VerifierKey::of_kind(COSIGNATURE, text).map(CosignerKey)
    }
}
