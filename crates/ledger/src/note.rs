//! Signed notes: a text anyone can read, and Ed25519 signatures under it (C2SP signed-note).
//!
//! ```text
//! the text, one or more lines
//!
//! — name base64(key id ‖ signature)
//! ```
//!
//! The key id is the first 4 bytes of `SHA-256(name ‖ "\n" ‖ 0x01 ‖ public key)`; the verifier key
//! is handed round, and pinned on paper, as `name+hex(key id)+base64(0x01 ‖ public key)`.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::hash::sha256;

/// The signature type of plain Ed25519.
const ED25519: u8 = 0x01;

/// The signature type of a witness: Ed25519 over the text and a time.
pub(crate) const COSIGNATURE: u8 = 0x04;

/// The public half of a log's key, with the log's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: [u8; 4],
    kind: u8,
    key: VerifyingKey,
}

/// The secret half of a log's key, with the log's name.
pub struct Signer {
    public: VerifierKey,
    secret: SigningKey,
}

/// A note taken apart; nothing is verified yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The signed text, its last newline included.
    pub text: String,
    /// The signatures in the order they stand.
    pub signatures: Vec<NoteSignature>,
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    /// Who signed.
    pub name: String,
    /// With which key.
    pub key_id: [u8; 4],
    /// The signature; its shape depends on the key's type, 64 bytes for Ed25519.
    pub bytes: Vec<u8>,
}

/// Why a key is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// A key's name is empty, or holds a blank, a control character or `+`.
    #[error("{0:?} cannot name a key: it must be non-empty, without blanks and without '+'")]
    Name(String),
    /// The text is not `name+keyid+key`; says which part is wrong.
    #[error("not a verifier key: {0}")]
    Shape(&'static str),
    /// The key id is not the one of this name and key: a typing error, or a mixed-up key.
    #[error("the verifier key of {name} says id {found}, but name and key give {computed}")]
    Id {
        /// The name in the text.
        name: String,
        /// The id in the text, in hex.
        found: String,
        /// The id that name and key give, in hex.
        computed: String,
    },
}

/// Why a note cannot be trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// There is no blank line with signatures after it.
    #[error("not a signed note: no blank line with signatures after it")]
    NoSignatures,
    /// A signature line is not `— name base64`; counts from 1.
    #[error("signature line {line} is not \"— name base64\"")]
    Line {
        /// Which signature line.
        line: usize,
    },
    /// Someone signed, but not the one we trust.
    #[error("not signed by {expected}, only by: {found}")]
    OtherSigner {
        /// The name of the trusted key.
        expected: String,
        /// The names that did sign.
        found: String,
    },
    /// The right name signed, with a key we do not know.
    #[error("signed by {name} with key {found}, but the trusted key is {expected}")]
    OtherKey {
        /// The name.
        name: String,
        /// The trusted key id, in hex.
        expected: String,
        /// The key id in the note, in hex.
        found: String,
    },
    /// The right key is named, but it never signed this text.
    #[error("the signature of {name} does not fit the text: the text or the signature was changed")]
    WrongSignature {
        /// The name.
        name: String,
    },
}

impl Signer {
    /// The signer of the log `name`, from the 32 secret bytes of RFC 8032.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Signer, KeyError> {
        Signer::of_kind(name, ED25519, seed)
    }

    pub(crate) fn of_kind(name: &str, kind: u8, seed: &[u8; 32]) -> Result<Signer, KeyError> {
        let secret = SigningKey::from_bytes(seed);
        let public = VerifierKey::new(name, kind, secret.verifying_key())?;
        Ok(Signer { public, secret })
    }

    /// A signature line over `message`, which need not be the note's text; `before` stands between
    /// the key id and the signature.
    pub(crate) fn line(&self, before: &[u8], message: &[u8]) -> String {
        let signature = self.secret.sign(message).to_bytes();
        let blob = STANDARD.encode([&self.public.id[..], before, &signature].concat());
        format!("— {} {blob}\n", self.public.name)
    }

    /// The public half, to be handed round.
    pub fn verifier_key(&self) -> VerifierKey {
        self.public.clone()
    }

    /// Signs `text`, whole lines without control characters, and gives the note.
    pub fn sign(&self, text: &str) -> String {
        debug_assert!(text.ends_with('\n'), "a note's text ends its last line");
        format!("{text}\n{}", self.line(&[], text.as_bytes()))
    }
}

impl VerifierKey {
    fn new(name: &str, kind: u8, key: VerifyingKey) -> Result<VerifierKey, KeyError> {
        let odd = |c: char| c.is_whitespace() || c.is_control() || c == '+';
        if name.is_empty() || name.contains(odd) {
            return Err(KeyError::Name(name.to_string()));
        }
        let digest = sha256(&[name.as_bytes(), b"\n", &[kind], key.as_bytes()]);
        let [a, b, c, d, ..] = digest.0;
        Ok(VerifierKey { name: name.to_string(), id: [a, b, c, d], kind, key })
    }

    pub(crate) fn id(&self) -> [u8; 4] {
        self.id
    }

    /// Whether this key made the Ed25519 signature over `message`.
    pub(crate) fn fits(&self, message: &[u8], signature: &[u8]) -> bool {
        let signature = Signature::from_slice(signature).ok();
        signature.is_some_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }

    /// Whether two keys are the same point, whatever they are called.
    pub(crate) fn same_point(&self, other: &VerifierKey) -> bool {
        self.key == other.key
    }

    /// The log's name, which is also the origin of its checkpoints.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Checks that this key signed the note and gives the text; other signatures do not matter.
    ///
    /// # Errors
    /// [`NoteError`]: no note, or this key's signature is missing or wrong.
    pub fn open(&self, note: &str) -> Result<String, NoteError> {
        let note: Note = note.parse()?;
        let mut named = note.signatures.iter().filter(|line| line.name == self.name).peekable();
        let Some(first) = named.peek().map(|line| line.key_id) else {
            let names: Vec<_> = note.signatures.iter().map(|line| line.name.as_str()).collect();
            return Err(NoteError::OtherSigner {
                expected: self.name.clone(),
                found: names.join(", "),
            });
        };
        let Some(ours) = named.find(|line| line.key_id == self.id) else {
            return Err(NoteError::OtherKey {
                name: self.name.clone(),
                expected: hex::encode(self.id),
                found: hex::encode(first),
            });
        };
        let fits = self.fits(note.text.as_bytes(), &ours.bytes);
        let name = self.name.clone();
        if fits { Ok(note.text) } else { Err(NoteError::WrongSignature { name }) }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = STANDARD.encode([&[self.kind][..], self.key.as_bytes()].concat());
        write!(f, "{}+{}+{key}", self.name, hex::encode(self.id))
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<VerifierKey, KeyError> {
        VerifierKey::of_kind(ED25519, text)
    }
}

impl VerifierKey {
    /// Reads a key whose signatures are of this type.
    pub(crate) fn of_kind(kind: u8, text: &str) -> Result<VerifierKey, KeyError> {
        // Base64 may hold a '+' of its own, so only the first two part the text.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(blob)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Shape("it must read name+keyid+key"));
        };
        let blob = STANDARD.decode(blob).map_err(|_| KeyError::Shape("the key is not base64"))?;
        let key = match blob.split_first() {
            Some((&found, key)) if found == kind => key,
            _ if kind == COSIGNATURE => {
                return Err(KeyError::Shape("the key is not of a witness (type 0x04)"));
            }
            _ => return Err(KeyError::Shape("the key is not of the Ed25519 type (0x01)")),
        };
        let key = key.try_into().map_err(|_| KeyError::Shape("the key is not 32 bytes"))?;
        let key = VerifyingKey::from_bytes(key)
            .map_err(|_| KeyError::Shape("the key is not a point of Ed25519"))?;
        let verifier = VerifierKey::new(name, kind, key)?;
        let computed = hex::encode(verifier.id);
        if id != computed {
            return Err(KeyError::Id { name: name.to_string(), found: id.to_string(), computed });
        }
        Ok(verifier)
    }
}

impl FromStr for Note {
    type Err = NoteError;

    fn from_str(note: &str) -> Result<Note, NoteError> {
        let (text, lines) = note.rsplit_once("\n\n").ok_or(NoteError::NoSignatures)?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::NoSignatures)?;
        let signatures = lines
            .split('\n')
            .enumerate()
            .map(|(i, line)| signature_line(line).ok_or(NoteError::Line { line: i + 1 }))
            .collect::<Result<_, _>>()?;
        Ok(Note { text: format!("{text}\n"), signatures })
    }
}

fn signature_line(line: &str) -> Option<NoteSignature> {
    let (name, blob) = line.strip_prefix("— ")?.split_once(' ')?;
    let blob = STANDARD.decode(blob).ok()?;
    let (key_id, bytes) = blob.split_first_chunk::<4>()?;
    if name.is_empty() || bytes.is_empty() {
        return None;
    }
    Some(NoteSignature { name: name.to_string(), key_id: *key_id, bytes: bytes.to_vec() })
}
