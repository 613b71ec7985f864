//! Signing in three steps, so that the key may be anywhere: prepare, sign, assemble.

use std::ops::Range;

use der::Encode;
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use x509_cert::Certificate;

use crate::appearance::{Role, Words};
use crate::certificate::{Check, Digest, check, names};
use crate::error::{SignError, Unreadable};
use crate::field::{Signing, fill};
use crate::{Chain, Session, TimeStamping, cms, oid};

/// What is asked of a signature.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Whose it is.
    pub role: Role,
    /// When, by our clock; a time-stamp says it with another's word.
    pub at: Instant,
    /// Why, if that is to stand in the file.
    pub reason: Option<&'a str>,
    /// One more visible line, such as the number under which a result is issued.
    pub note: Option<&'a str>,
    /// The TrueType font of the visible words.
    pub font: &'a [u8],
}

/// A document that waits for its signature. It can be stored, and go on after a restart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    #[serde(with = "as_base64")]
    pdf: Vec<u8>,
    container: Range<usize>,
    #[serde(with = "as_base64")]
    signed_attributes: Vec<u8>,
    #[serde(with = "as_base64")]
    certificate: Vec<u8>,
}

impl Prepared {
    /// The bytes that the key signs.
    #[must_use]
    pub fn to_be_signed(&self) -> &[u8] {
        &self.signed_attributes
    }

    /// Their SHA-256, for services that ask for a digest.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.signed_attributes).into()
    }

    /// Puts signature, certificates and time-stamp in their place. Whatever is wrong is found here:
    /// a file with a signature that does not hold never comes out.
    ///
    /// # Errors
    /// The chain is another's, the signature does not fit, or there is too much of it.
    pub fn assemble(
        &self,
        signature: &[u8],
        chain: &Chain,
        time_stamp: Option<&[u8]>,
    ) -> Result<Vec<u8>, SignError> {
        let signer = chain.signer();
        if signer.to_der()? != self.certificate {
            return Err(SignError::OtherCertificate);
        }
        let algorithm = cms::algorithm_of(signer);
        let check = check(signer, &algorithm, Digest::Sha256, self.to_be_signed(), signature);
        if check != Check::Fits {
            return Err(SignError::WrongSignature);
        }
        let container = cms::assemble(&cms::Parts {
            content: (oid::DATA, None),
            signed_attributes: &self.signed_attributes,
            signature,
            chain,
            time_stamp,
        })?;
        let digits: String = container.iter().map(|byte| format!("{byte:02x}")).collect();
        if digits.len() > self.container.len() {
            return Err(SignError::TooLong { bytes: container.len() });
        }
        let mut pdf = self.pdf.clone();
        let start = self.container.start;
        let room = pdf.get_mut(start..start.saturating_add(digits.len()));
        room.ok_or(Unreadable::Damaged)?.copy_from_slice(digits.as_bytes());
        Ok(pdf)
    }
}

/// Enters a signature of the holder of `certificate` in the place that [`crate::reserve`] kept for
/// the role, and computes what is to be signed.
///
/// # Errors
/// The file is not one we sign, no place is kept, or the visible words do not fit.
pub fn prepare(
    pdf: &[u8],
    request: &Request<'_>,
    certificate: &Certificate,
) -> Result<Prepared, SignError> {
    let (name, organisation) = names(certificate);
    let signing = Signing {
        words: Words {
            role: request.role,
            name: &name,
            organisation: organisation.as_deref(),
            at: request.at,
            note: request.note,
        },
        reason: request.reason,
        font: request.font,
    };
    let (pdf, container) = fill(pdf, &signing)?;
    let around = [&pdf[..container.start - 1], &pdf[container.end + 1..]];
    let digest = Digest::Sha256.of(&around);
    let signed_attributes = cms::signed_attributes(oid::DATA, &digest, certificate)?;
    Ok(Prepared { pdf, container, signed_attributes, certificate: certificate.to_der()? })
}

/// Signs with an open key, and has the signature time-stamped where there is an authority.
///
/// # Errors
/// Whatever goes wrong; the paper is as it was.
pub fn sign(
    pdf: &[u8],
    request: &Request<'_>,
    session: &mut dyn Session,
    time_stamping: Option<TimeStamping<'_>>,
) -> Result<Vec<u8>, SignError> {
    let prepared = prepare(pdf, request, session.chain().signer())?;
    finish(&prepared, session, time_stamping)
}

/// Signs prepared documents, all with one open key: one PIN for a worklist. Each has its own
/// answer; those that failed can be signed again.
pub fn sign_batch(
    prepared: &[Prepared],
    session: &mut dyn Session,
    time_stamping: Option<TimeStamping<'_>>,
) -> Vec<Result<Vec<u8>, SignError>> {
    prepared.iter().map(|one| finish(one, session, time_stamping)).collect()
}

fn finish(
    prepared: &Prepared,
    session: &mut dyn Session,
    time_stamping: Option<TimeStamping<'_>>,
) -> Result<Vec<u8>, SignError> {
    let signature = session.sign(prepared.to_be_signed())?;
    let token = time_stamping.map(|stamping| stamping.stamp(&signature)).transpose()?;
    prepared.assemble(&signature, session.chain(), token.as_deref())
}

/// Bytes in JSON.
mod as_base64 {
    use base64::prelude::{BASE64_STANDARD, Engine as _};
    use serde::{Deserialize, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&BASE64_STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(from)?;
        BASE64_STANDARD.decode(text).map_err(D::Error::custom)
    }
}
