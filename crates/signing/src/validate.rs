//! What a PDF's signatures are worth.

use std::ops::Range;

use der::Encode;
use domain::time::Instant;
use jiff::SignedDuration;
use lopdf::{Dictionary, Document, Object};
use x509_cert::Certificate;

use crate::Trust;
use crate::certificate::{
    Check, holds_at, is_issued_by, is_understood, may_issue, may_sign, names,
};
use crate::cms::Opened;
use crate::error::Unreadable;
use crate::pdf::{dictionary_at, read, signature_fields};
use crate::revision::only_signatures_added;
use crate::time_stamp::TimeStamp;

/// Most signatures in a file.
const MAX_SIGNATURES: usize = 100;
/// Longest way from a certificate to a root.
const MAX_CHAIN: usize = 8;
/// How far a signer's clock may be ahead of ours.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(10);

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Not a PDF that can be judged.
    Unreadable(Unreadable),
    /// A PDF without a signature.
    Unsigned,
    /// A PDF with signatures, in the order they were made.
    Signed(Vec<Examined>),
}

impl Verdict {
    /// Whether there are signatures, and all of them hold.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        match self {
            Verdict::Signed(all) => all.iter().all(|one| one.finding == Finding::Valid),
            Verdict::Unsigned | Verdict::Unreadable(_) => false,
        }
    }
}

/// One signature, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// The name in the certificate; empty when there is none to read.
    pub signer: String,
    /// The organisation in the certificate.
    pub organisation: Option<String>,
    /// When the signer says to have signed.
    pub signed_at: Option<Instant>,
    /// When, by a time-stamping authority that is trusted, the signature existed.
    pub stamped_at: Option<Instant>,
    /// What it is worth.
    pub finding: Finding,
}

/// What a signature is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// It holds.
    Valid,
    /// The document is not the one that was signed.
    Altered,
    /// Something other than a signature was added after it.
    AddedTo,
    /// The certificate did not hold when it was used, or the time of signing lies ahead.
    Expired,
    /// Nobody we trust vouches for the certificate.
    UnknownIssuer,
    /// The time-stamp is wrong, or from an authority that is not trusted.
    WrongTimeStamp,
    /// Made with an algorithm that is not known here: nothing can be said.
    Unsupported,
    /// The signature is not made the way signatures in PDF files are.
    WrongFormat,
}

/// Looks at every signature of a file. Nothing is asked of the network: whether a certificate was
/// revoked is not known here.
#[must_use]
pub fn validate(pdf: &[u8], trust: &Trust, now: Instant) -> Verdict {
    let whole = match read(pdf) {
        Ok(document) => document,
        Err(why) => return Verdict::Unreadable(why),
    };
    // A value that cannot be read is a signature that cannot be read, not none.
    let nothing = Dictionary::new();
    let fields = signature_fields(&whole);
    let mut parts: Vec<Part<'_>> = fields
        .iter()
        .filter(|(_, field)| field.has(b"V"))
        .map(|(_, field)| dictionary_at(&whole, field, b"V").unwrap_or(&nothing))
        .map(|value| Part::new(pdf, value))
        .collect();
    if parts.len() > MAX_SIGNATURES {
        return Verdict::Unreadable(Unreadable::TooMany);
    }
    parts.sort_by_key(|part| part.container.as_ref().map_or(usize::MAX, |_| part.end));
    let untouched = untouched(pdf, &whole, &parts);
    let examine = |(part, untouched): (&Part<'_>, &Added)| part.examine(trust, now, *untouched);
    let examined: Vec<Examined> = parts.iter().zip(&untouched).map(examine).collect();
    if examined.is_empty() { Verdict::Unsigned } else { Verdict::Signed(examined) }
}

/// What was added after a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Added {
    SignaturesOnly,
    More,
}

/// For each signature, what came after it: every step from one to the next, and to the end.
fn untouched(pdf: &[u8], whole: &Document, parts: &[Part<'_>]) -> Vec<Added> {
    let state = |part: &Part<'_>| match part.container {
        Some(_) => pdf.get(..part.end).and_then(|bytes| read(bytes).ok()),
        None => None,
    };
    let states: Vec<Option<Document>> = parts.iter().map(state).collect();
    let mut added = Added::SignaturesOnly;
    let mut found = Vec::new();
    for (at, part) in parts.iter().enumerate().rev() {
        let after = states.get(at + 1).map_or(Some(whole), Option::as_ref);
        let rest = pdf.get(part.end..).unwrap_or_default();
        let allowed = match (&states[at], after) {
            _ if is_blank(rest) => true,
            (Some(before), Some(after)) => is_update(rest) && only_signatures_added(before, after),
            _ => false,
        };
        if !allowed {
            added = Added::More;
        }
        found.push(added);
    }
    found.reverse();
    found
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}

/// Whether readers look at what was added: bytes that are no update have no business there.
fn is_update(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"startxref";
    bytes.windows(MARK.len()).any(|window| window == MARK)
}

/// A signature as it lies in the file.
struct Part<'a> {
    pdf: &'a [u8],
    value: &'a Dictionary,
    /// Where the container stands, brackets included; none when the signed range is not the whole
    /// file around it.
    container: Option<Range<usize>>,
    end: usize,
}

impl<'a> Part<'a> {
    fn new(pdf: &'a [u8], value: &'a Dictionary) -> Part<'a> {
        let found = container(pdf, value);
        let end = found.as_ref().map_or(0, |(_, end)| *end);
        Part { pdf, value, container: found.map(|(container, _)| container), end }
    }

    fn examine(&self, trust: &Trust, now: Instant, added: Added) -> Examined {
        let mut examined = Examined {
            signer: String::new(),
            organisation: None,
            signed_at: self.claimed_time(),
            stamped_at: None,
            finding: Finding::WrongFormat,
        };
        let (Some(container), Ok(bytes)) =
            (&self.container, self.value.get(b"Contents").and_then(Object::as_str))
        else {
            return examined;
        };
        let signed = [&self.pdf[..container.start], &self.pdf[container.end..self.end]];
        let kind = self.value.get(b"SubFilter").and_then(Object::as_name);
        match kind {
            Ok(b"ETSI.CAdES.detached" | b"adbe.pkcs7.detached") => {
                if let Some(opened) = Opened::from_der(bytes) {
                    (examined.signer, examined.organisation) = names(&opened.signer);
                    let finding = self.judge(&opened, &signed, trust, now, &mut examined);
                    examined.finding = finding;
                }
            }
            Ok(b"ETSI.RFC3161") => {
                if let Ok(stamp) = TimeStamp::from_der(bytes) {
                    (examined.signer, examined.organisation) = names(&stamp.authority);
                    examined.finding = match (stamp.covers(&signed), is_trusted(&stamp, trust)) {
                        (false, _) => Finding::Altered,
                        (true, false) => Finding::WrongTimeStamp,
                        (true, true) => Finding::Valid,
                    };
                    examined.stamped_at = Some(stamp.at);
                }
            }
            // Out of use since PDF 2.0.
            Ok(b"adbe.pkcs7.sha1" | b"adbe.x509.rsa_sha1") => {
                examined.finding = Finding::Unsupported;
            }
            _ => {}
        }
        // Whether the file is whole comes before who signed it.
        let is_whole = !matches!(examined.finding, Finding::Altered | Finding::WrongFormat);
        if is_whole && added == Added::More {
            examined.finding = Finding::AddedTo;
        }
        examined
    }

    fn judge(
        &self,
        opened: &Opened,
        signed: &[&[u8]],
        trust: &Trust,
        now: Instant,
        examined: &mut Examined,
    ) -> Finding {
        match opened.check(signed) {
            Check::Fits => {}
            Check::Differs => return Finding::Altered,
            Check::Unsupported => return Finding::Unsupported,
        }
        if let Some(token) = opened.time_stamp() {
            let stamp = TimeStamp::from_der(&token).ok();
            let stamp = stamp.filter(|stamp| stamp.covers(&[opened.signature()]));
            let Some(stamp) = stamp.filter(|stamp| is_trusted(stamp, trust)) else {
                return Finding::WrongTimeStamp;
            };
            examined.stamped_at = Some(stamp.at);
        }
        let Some(at) = examined.stamped_at.or(examined.signed_at) else {
            return Finding::WrongFormat;
        };
        if at > now.saturating_add(CLOCK_TOLERANCE).unwrap_or(now) {
            return Finding::Expired;
        }
        if !may_sign(&opened.signer) {
            return Finding::WrongFormat;
        }
        match path(&opened.signer, &opened.certificates, trust, at) {
            Path::Trusted => Finding::Valid,
            Path::Expired => Finding::Expired,
            Path::Unknown => Finding::UnknownIssuer,
        }
    }

    fn claimed_time(&self) -> Option<Instant> {
        let text = self.value.get(b"M").and_then(Object::as_str).ok()?;
        pdf_date(std::str::from_utf8(text).ok()?)
    }
}

/// The container's place, and where the signed range ends: it must be the file from its first byte
/// with the container, and nothing but the container, left out.
fn container(pdf: &[u8], value: &Dictionary) -> Option<(Range<usize>, usize)> {
    let range = value.get(b"ByteRange").and_then(Object::as_array).ok()?;
    let numbers: Option<Vec<usize>> =
        range.iter().map(|n| usize::try_from(n.as_i64().ok()?).ok()).collect();
    let [0, opens, closes, rest] = numbers?[..] else { return None };
    let end = closes.checked_add(rest).filter(|end| *end <= pdf.len())?;
    let hole = pdf.get(opens..closes)?;
    let digits = hole.strip_prefix(b"<")?.strip_suffix(b">")?;
    let held = value.get(b"Contents").and_then(Object::as_str).ok()?;
    let written: Option<Vec<u8>> = digits.chunks(2).map(byte).collect();
    (written.as_deref() == Some(held)).then_some((opens..closes, end))
}

fn byte(digits: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(digits).ok()?;
    (text.len() == 2).then(|| u8::from_str_radix(text, 16).ok()).flatten()
}

/// `D:YYYYMMDDhhmmss`, then `Z`, `+hh'mm'` or nothing.
fn pdf_date(text: &str) -> Option<Instant> {
    let text = text.strip_prefix("D:")?;
    let (wall, zone) = (text.get(..14)?, text.get(14..)?);
    let wall = jiff::civil::DateTime::strptime("%Y%m%d%H%M%S", wall).ok()?;
    let number = |range| zone.get(range).and_then(|text: &str| text.parse::<i32>().ok());
    let seconds = match zone.chars().next() {
        None | Some('Z') => 0,
        Some('+') => number(1..3)? * 3600 + number(4..6).unwrap_or(0) * 60,
        Some('-') => -(number(1..3)? * 3600 + number(4..6).unwrap_or(0) * 60),
        Some(_) => return None,
    };
    let offset = jiff::tz::Offset::from_seconds(seconds).ok()?;
    offset.to_timestamp(wall).ok()
}

fn is_trusted(stamp: &TimeStamp, trust: &Trust) -> bool {
    path(&stamp.authority, &stamp.certificates, trust, stamp.at) == Path::Trusted
}

/// Where a certificate's chain ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Path {
    Trusted,
    Expired,
    Unknown,
}

/// Follows issuers up to a root that is trusted. Each must have held at the instant.
fn path(signer: &Certificate, held: &[Certificate], trust: &Trust, at: Instant) -> Path {
    let mut current = signer;
    let mut all_held = holds_at(signer, at);
    for below in 0..MAX_CHAIN {
        if !is_understood(current) {
            return Path::Unknown;
        }
        let der = current.to_der().ok();
        let is_root = trust.roots.iter().any(|root| root.to_der().ok() == der);
        let root = trust.roots.iter().find(|root| is_issued_by(current, root));
        if is_root || root.is_some_and(|root| may_issue(root, below)) {
            let held = all_held && root.is_none_or(|root| holds_at(root, at));
            return if held { Path::Trusted } else { Path::Expired };
        }
        let issuer = held.iter().find(|one| may_issue(one, below) && is_issued_by(current, one));
        let Some(issuer) = issuer else { return Path::Unknown };
        all_held &= holds_at(issuer, at);
        current = issuer;
    }
    Path::Unknown
}
