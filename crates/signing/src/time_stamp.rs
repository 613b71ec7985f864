//! Time-stamps (RFC 3161): another's word for when a signature existed.

use cms::content_info::ContentInfo;
use der::asn1::{Any, Int, ObjectIdentifier as Oid, OctetString, Uint};
use der::{Decode, Encode, Sequence, Tag, Tagged};
use domain::time::Instant;
use jiff::civil;
use sha2::{Digest as _, Sha256};
use x509_cert::{AlgorithmIdentifier, Certificate};

use crate::certificate::{Check, Digest, may_stamp};
use crate::cms::Opened;
use crate::error::TimeStampError;
use crate::oid;

/// The way to a time-stamping authority.
pub trait TimeStampService: Send + Sync {
    /// Sends a `TimeStampReq` (`application/timestamp-query`) and brings the answer.
    ///
    /// # Errors
    /// Why there is no answer, for the log.
    fn ask(&self, request: &[u8]) -> Result<Vec<u8>, String>;
}

/// Where time-stamps come from, and the chance that ties an answer to its question.
#[derive(Clone, Copy)]
pub struct TimeStamping<'a> {
    /// The authority.
    pub service: &'a dyn TimeStampService,
    /// Eight unpredictable bytes at every call.
    pub nonce: &'a (dyn Fn() -> [u8; 8] + Sync),
}

impl TimeStamping<'_> {
    /// A time-stamp token over a signature, in DER, checked.
    ///
    /// # Errors
    /// The authority does not answer, refuses, or answers something else.
    pub fn stamp(&self, signature: &[u8]) -> Result<Vec<u8>, TimeStampError> {
        let request = Request::new(signature, &(self.nonce)());
        let answer = self.service.ask(&request.der).map_err(TimeStampError::Unreachable)?;
        request.token(&answer)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub(crate) struct Imprint {
    pub(crate) algorithm: AlgorithmIdentifier,
    pub(crate) hash: OctetString,
}

#[derive(Sequence)]
pub(crate) struct TimeStampReq {
    pub(crate) version: u8,
    pub(crate) imprint: Imprint,
    #[asn1(optional = "true")]
    pub(crate) policy: Option<Oid>,
    #[asn1(optional = "true")]
    pub(crate) nonce: Option<Int>,
    #[asn1(default = "Default::default")]
    pub(crate) with_certificate: bool,
}

#[derive(Sequence)]
pub(crate) struct Status {
    pub(crate) status: u8,
    #[asn1(optional = "true")]
    pub(crate) words: Option<Vec<Any>>,
    #[asn1(optional = "true")]
    pub(crate) failure: Option<der::asn1::BitString>,
}

#[derive(Sequence)]
pub(crate) struct TimeStampResp {
    pub(crate) status: Status,
    #[asn1(optional = "true")]
    pub(crate) token: Option<ContentInfo>,
}

/// `TSTInfo`, as far as it must be understood.
#[derive(Sequence)]
pub(crate) struct Info {
    pub(crate) version: u8,
    pub(crate) policy: Oid,
    pub(crate) imprint: Imprint,
    pub(crate) serial_number: Int,
    /// A `GeneralizedTime`, which may have a fraction of a second.
    pub(crate) time: Any,
    #[asn1(optional = "true")]
    pub(crate) accuracy: Option<Accuracy>,
    #[asn1(default = "Default::default")]
    pub(crate) ordering: bool,
    #[asn1(optional = "true")]
    pub(crate) nonce: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    pub(crate) authority: Option<Any>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub(crate) extensions: Option<Vec<Any>>,
}

#[derive(Sequence)]
pub(crate) struct Accuracy {
    #[asn1(optional = "true")]
    pub(crate) seconds: Option<u32>,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    pub(crate) millis: Option<u16>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub(crate) micros: Option<u16>,
}

/// A question to an authority.
struct Request {
    der: Vec<u8>,
    imprint: Imprint,
    nonce: Int,
}

impl Request {
    fn new(signature: &[u8], nonce: &[u8; 8]) -> Request {
        let hash = Sha256::digest(signature).to_vec();
        let imprint = Imprint {
            algorithm: AlgorithmIdentifier { oid: oid::SHA_256, parameters: None },
            hash: OctetString::new(hash).expect("32 bytes are not too many"),
        };
        let nonce = Int::from(Uint::new(nonce).expect("8 bytes are not too many"));
        let request = TimeStampReq {
            version: 1,
            imprint: imprint.clone(),
            policy: None,
            nonce: Some(nonce.clone()),
            with_certificate: true,
        };
        Request { der: request.to_der().expect("made of well-formed parts"), imprint, nonce }
    }

    fn token(&self, answer: &[u8]) -> Result<Vec<u8>, TimeStampError> {
        const GRANTED: [u8; 2] = [0, 1];
        let malformed = |error: der::Error| TimeStampError::Malformed(error.to_string());
        let answer = TimeStampResp::from_der(answer).map_err(malformed)?;
        let status = answer.status.status;
        if !GRANTED.contains(&status) {
            return Err(TimeStampError::Refused { status });
        }
        let token = answer.token.ok_or(TimeStampError::Refused { status })?;
        let token = token.to_der().map_err(malformed)?;
        let opened = TimeStamp::from_der(&token)?;
        if opened.info.nonce.as_ref() != Some(&self.nonce) {
            return Err(TimeStampError::WrongNonce);
        }
        if opened.info.imprint.hash != self.imprint.hash {
            return Err(TimeStampError::WrongDigest);
        }
        Ok(token)
    }
}

/// A token whose own signature is right.
pub(crate) struct TimeStamp {
    info: Info,
    pub(crate) at: Instant,
    pub(crate) authority: Certificate,
    pub(crate) certificates: Vec<Certificate>,
}

impl TimeStamp {
    pub(crate) fn from_der(token: &[u8]) -> Result<TimeStamp, TimeStampError> {
        let malformed = |what: &str| TimeStampError::Malformed(what.to_owned());
        let opened = Opened::from_der(token).ok_or_else(|| malformed("the container"))?;
        let content = opened.content.as_deref().ok_or_else(|| malformed("no content"))?;
        if opened.content_type != oid::TST_INFO {
            return Err(malformed("the content"));
        }
        let info = Info::from_der(content).map_err(|error| malformed(&error.to_string()))?;
        if opened.check(&[content]) != Check::Fits {
            return Err(malformed("the signature"));
        }
        if !may_stamp(&opened.signer) {
            return Err(malformed("the certificate is not for time-stamps"));
        }
        let at = instant(&info.time).ok_or_else(|| malformed("the time"))?;
        Ok(TimeStamp { info, at, authority: opened.signer, certificates: opened.certificates })
    }

    /// Whether it is about these bytes.
    pub(crate) fn covers(&self, bytes: &[&[u8]]) -> bool {
        let digest = Digest::named(self.info.imprint.algorithm.oid);
        digest.is_some_and(|digest| digest.of(bytes) == self.info.imprint.hash.as_bytes())
    }
}

/// `YYYYMMDDhhmmss[.f…]Z`.
fn instant(time: &Any) -> Option<Instant> {
    if time.tag() != Tag::GeneralizedTime {
        return None;
    }
    let text = std::str::from_utf8(time.value()).ok()?.strip_suffix('Z')?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let wall = civil::DateTime::strptime("%Y%m%d%H%M%S", whole).ok()?;
    let millis: String = fraction.chars().chain("00".chars()).take(3).collect();
    let at = jiff::tz::Offset::UTC.to_timestamp(wall).ok()?;
    at.checked_add(jiff::SignedDuration::from_millis(millis.parse().ok()?)).ok()
}
