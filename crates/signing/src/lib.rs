//! Signatures in PDF papers: made (PAdES B-B and B-T), and judged.
//!
//! A signature is an incremental update: the paper's bytes stay, a field with a visible, tagged
//! appearance and a CMS container follow. The officer signs, then the agency's seal signs what the
//! officer signed; both hold.
//!
//! | what | is | source |
//! |---|---|---|
//! | [`reserve`] | places for signatures, before the first is made | ISO 32000, PDF/UA |
//! | [`sign()`], [`prepare`], [`Prepared`] | signing, in one go or in three steps | EN 319 142 |
//! | [`Signer`], [`KeyFile`], [`TokenSigner`] | where the key is: a file, a token | PKCS #8, #11 |
//! | [`TimeStamping`] | another's word for the time | RFC 3161 |
//! | [`validate()`] | what the signatures of a file are worth, in words | EN 319 102 |
//! | [`demo`] | an authority for demonstrations | RFC 5280 |
//!
//! # What this crate never does
//!
//! No clock, no chance, no network: the instant, nonces, the font and the way to the time-stamping
//! authority come in as arguments. With a key that signs the same message the same way (RSA, and
//! P-256 from a file), the same inputs give the same bytes.

mod appearance;
mod certificate;
mod cms;
pub mod demo;
mod error;
mod field;
mod font;
mod oid;
mod pdf;
mod revision;
mod sign;
mod signer;
mod time_stamp;
mod token;
mod validate;
mod words;

pub use appearance::{Page, Place, Role};
pub use certificate::{Chain, Trust};
pub use error::{SignError, SignerError, TimeStampError, Unreadable};
pub use field::{Field, reserve};
pub use pdf::{MAX_BYTES, MAX_OBJECTS, pages};
pub use sign::{Prepared, Request, prepare, sign, sign_batch};
pub use signer::{KeyFile, Session, Signer};
pub use time_stamp::{TimeStampService, TimeStamping};
pub use token::{TokenModule, TokenSigner};
pub use validate::{Examined, Finding, Verdict, validate};
pub use words::Language;
