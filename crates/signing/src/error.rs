//! What can go wrong, told apart so that a person knows what to do next.

use crate::Role;

/// Why a document was not signed. Nothing is half-written: the paper is as it was, and signing
/// again is always possible.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The file cannot be read as a PDF.
    #[error("the PDF cannot be signed: {0}")]
    Paper(#[from] Unreadable),
    /// The key did not sign.
    #[error(transparent)]
    Signer(#[from] SignerError),
    /// There is no time-stamp.
    #[error(transparent)]
    TimeStamp(#[from] TimeStampError),
    /// The chain does not begin with the certificate that the document was prepared for.
    #[error("prepared for another certificate")]
    OtherCertificate,
    /// The signature does not fit the certificate: most likely it was made over other bytes.
    #[error("the signature does not fit the document and the certificate")]
    WrongSignature,
    /// Signature, certificates and time-stamp need more room than the document kept.
    #[error("{bytes} bytes of signature and certificates are too many")]
    TooLong {
        /// How many they are.
        bytes: usize,
    },
    /// No place is kept for such a signature, or it is taken.
    #[error("no place is kept for the signature of the {0:?}")]
    NoField(Role),
    /// The visible text does not fit the rectangle.
    #[error("the visible signature needs a larger place")]
    NoRoom,
    /// The font of the visible text is none.
    #[error("the font of the visible signature: {0}")]
    Font(String),
    /// A certificate or a signature is not well formed.
    #[error("certificate or signature: {0}")]
    Malformed(#[from] der::Error),
}

/// Why a key did not sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignerError {
    /// No token in the reader, no such module, no such key file.
    #[error("the signer is missing: {0}")]
    Missing(String),
    /// The PIN is wrong; after some tries the token locks itself.
    #[error("the PIN is wrong")]
    WrongPin,
    /// Too many wrong PINs: whoever administers the token must unlock it.
    #[error("the token is locked")]
    Locked,
    /// Somebody else is signing with the token.
    #[error("the token is in use")]
    Busy,
    /// The token was there, and is gone.
    #[error("the token was removed")]
    Removed,
    /// The token holds no key, or none with a certificate that fits.
    #[error("no key with a certificate: {0}")]
    NoKey(String),
    /// Neither P-256 nor RSA.
    #[error("a kind of key that is not supported")]
    UnsupportedKey,
    /// Something else, in the words of the token.
    #[error("the signer failed: {0}")]
    Failed(String),
}

/// Why there is no time-stamp.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeStampError {
    /// The authority does not answer.
    #[error("the time-stamping authority does not answer: {0}")]
    Unreachable(String),
    /// It answers, and says no.
    #[error("the time-stamping authority refuses (status {status})")]
    Refused {
        /// `PKIStatus`.
        status: u8,
    },
    /// The answer belongs to another question.
    #[error("the time-stamp answers another question")]
    WrongNonce,
    /// The time-stamp is for other bytes.
    #[error("the time-stamp is for another signature")]
    WrongDigest,
    /// The answer is no time-stamp, or its own signature is wrong.
    #[error("the time-stamp is not well formed: {0}")]
    Malformed(String),
}

/// Why a file cannot be read as a PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The bytes are something else.
    #[error("not a PDF")]
    NotPdf,
    /// Larger than [`crate::MAX_BYTES`], or unpacks to more.
    #[error("too large")]
    TooLarge,
    /// More than [`crate::MAX_OBJECTS`] objects, or more than a hundred signatures.
    #[error("too many parts")]
    TooMany,
    /// A password is asked for.
    #[error("encrypted")]
    Encrypted,
    /// The structure is broken.
    #[error("damaged")]
    Damaged,
}
