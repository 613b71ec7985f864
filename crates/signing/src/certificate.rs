//! Certificates: who they name, how long they hold, what their key has signed.

use der::asn1::{ObjectIdentifier as Oid, OctetString};
use der::referenced::OwnedToRef;
use der::{Decode, DecodePem, Encode};
use domain::time::{Instant, from_millis};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use sha2::{Sha256, Sha384, Sha512};
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectKeyIdentifier};
use x509_cert::{AlgorithmIdentifier, Certificate};

use crate::oid;

/// A signer's certificate and those of its issuers, the signer's first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain(Vec<Certificate>);

impl Chain {
    /// From certificates in DER.
    ///
    /// # Errors
    /// When there is none, or one is not well formed.
    pub fn from_der<B: AsRef<[u8]>>(certificates: &[B]) -> Result<Chain, der::Error> {
        let parse = |bytes: &B| Certificate::from_der(bytes.as_ref());
        Chain::new(certificates.iter().map(parse).collect::<Result<_, _>>()?)
    }

    /// From a PEM file, the signer's certificate first.
    ///
    /// # Errors
    /// As [`Chain::from_der`].
    pub fn from_pem(text: &str) -> Result<Chain, der::Error> {
        Chain::new(certificates_from_pem(text)?)
    }

    pub(crate) fn new(certificates: Vec<Certificate>) -> Result<Chain, der::Error> {
        match certificates.is_empty() {
            true => Err(der::ErrorKind::Failed.into()),
            false => Ok(Chain(certificates)),
        }
    }

    /// The signer's own certificate.
    #[must_use]
    pub fn signer(&self) -> &Certificate {
        &self.0[0]
    }

    /// All of them, the signer's first.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.0
    }
}

/// The issuers whose word counts.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    pub(crate) roots: Vec<Certificate>,
}

impl Trust {
    /// From a PEM file of root certificates.
    ///
    /// # Errors
    /// When one is not well formed.
    pub fn from_pem(text: &str) -> Result<Trust, der::Error> {
        Ok(Trust { roots: certificates_from_pem(text)? })
    }

    /// Whether nobody is trusted: then nobody is told from a stranger either.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// From certificates.
    #[must_use]
    pub fn new(roots: Vec<Certificate>) -> Trust {
        Trust { roots }
    }
}

fn certificates_from_pem(text: &str) -> Result<Vec<Certificate>, der::Error> {
    const END: &str = "-----END CERTIFICATE-----";
    let blocks = text.split_inclusive(END).filter(|block| block.contains(END));
    blocks.map(|block| Certificate::from_pem(block.trim_start())).collect()
}

/// The name of a certificate's subject, and of its organisation.
pub(crate) fn names(certificate: &Certificate) -> (String, Option<String>) {
    let subject = certificate.tbs_certificate().subject();
    let text = |name: x509_cert::ext::pkix::name::DirectoryString| name.value().into_owned();
    let organisation = subject.organization().ok().flatten().map(text);
    let name = subject.common_name().ok().flatten().map(text);
    (name.or_else(|| organisation.clone()).unwrap_or_else(|| subject.to_string()), organisation)
}

/// Whether the certificate holds at an instant.
pub(crate) fn holds_at(certificate: &Certificate, at: Instant) -> bool {
    let validity = certificate.tbs_certificate().validity();
    let instant = |time: x509_cert::time::Time| {
        from_millis(i64::try_from(time.to_unix_duration().as_millis()).unwrap_or(i64::MAX))
    };
    instant(validity.not_before) <= at && at <= instant(validity.not_after)
}

/// Whether the key is of a kind that signs here.
pub(crate) fn is_supported(certificate: &Certificate) -> bool {
    let algorithm = &certificate.tbs_certificate().subject_public_key_info().algorithm;
    match algorithm.oid {
        oid::EC_KEY => {
            let curve = algorithm.parameters.as_ref().map(|curve| curve.decode_as::<Oid>());
            curve == Some(Ok(oid::P_256))
        }
        oid::RSA_KEY => true,
        _ => false,
    }
}

/// Whether the key may sign documents.
pub(crate) fn may_sign(certificate: &Certificate) -> bool {
    match certificate.tbs_certificate().get_extension::<KeyUsage>() {
        Ok(Some((_, usage))) => usage.digital_signature() || usage.non_repudiation(),
        Ok(None) => true,
        Err(_) => false,
    }
}

/// Whether the key is for time-stamps, and for nothing else.
pub(crate) fn may_stamp(certificate: &Certificate) -> bool {
    match certificate.tbs_certificate().get_extension::<ExtendedKeyUsage>() {
        Ok(Some((_, usage))) => usage.0 == [oid::TIME_STAMPING],
        Ok(None) | Err(_) => false,
    }
}

/// Whether the certificate may issue others, with `below` further issuers under it.
pub(crate) fn may_issue(certificate: &Certificate, below: usize) -> bool {
    let tbs = certificate.tbs_certificate();
    let is_issuer = match tbs.get_extension::<BasicConstraints>() {
        Ok(Some((_, constraints))) => {
            let longest = constraints.path_len_constraint.map_or(usize::MAX, usize::from);
            constraints.ca && below <= longest
        }
        Ok(None) | Err(_) => false,
    };
    let signs = match tbs.get_extension::<KeyUsage>() {
        Ok(Some((_, usage))) => usage.key_cert_sign(),
        Ok(None) => true,
        Err(_) => false,
    };
    is_issuer && signs
}

/// Whether nothing critical in the certificate is beyond this crate.
pub(crate) fn is_understood(certificate: &Certificate) -> bool {
    const KNOWN: [&str; 4] = ["2.5.29.15", "2.5.29.19", "2.5.29.32", "2.5.29.37"];
    let extensions = certificate.tbs_certificate().extensions().map_or(&[][..], Vec::as_slice);
    let known = |id: Oid| KNOWN.iter().any(|name| Oid::new_unwrap(name) == id);
    extensions.iter().all(|extension| !extension.critical || known(extension.extn_id))
}

/// The certificate's mark of its own key.
pub(crate) fn key_id(certificate: &Certificate) -> Option<OctetString> {
    let found = certificate.tbs_certificate().get_extension::<SubjectKeyIdentifier>();
    found.ok().flatten().map(|(_, id)| id.0)
}

/// Whether `issuer` signed `certificate`.
pub(crate) fn is_issued_by(certificate: &Certificate, issuer: &Certificate) -> bool {
    let tbs = certificate.tbs_certificate();
    let Ok(signed) = tbs.to_der() else { return false };
    let (algorithm, signature) = (certificate.signature_algorithm(), certificate.signature());
    let check = check(issuer, algorithm, Digest::Sha256, &signed, signature.raw_bytes());
    tbs.issuer() == issuer.tbs_certificate().subject() && check == Check::Fits
}

/// The hash functions that are taken. SHA-1 is not: it is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Digest {
    Sha256,
    Sha384,
    Sha512,
}

impl Digest {
    pub(crate) fn named(id: Oid) -> Option<Digest> {
        match id {
            oid::SHA_256 => Some(Digest::Sha256),
            oid::SHA_384 => Some(Digest::Sha384),
            oid::SHA_512 => Some(Digest::Sha512),
            _ => None,
        }
    }

    pub(crate) fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        fn hash<D: sha2::Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut state = D::new();
            for part in parts {
                state.update(part);
            }
            state.finalize().to_vec()
        }
        match self {
            Digest::Sha256 => hash::<Sha256>(parts),
            Digest::Sha384 => hash::<Sha384>(parts),
            Digest::Sha512 => hash::<Sha512>(parts),
        }
    }
}

/// What became of checking a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Check {
    Fits,
    Differs,
    /// An algorithm, a curve or a size that is not known here: nothing can be said.
    Unsupported,
}

impl Check {
    fn of<E>(result: Result<(), E>) -> Check {
        if result.is_ok() { Check::Fits } else { Check::Differs }
    }
}

/// Whether the certificate's key made the signature. `digest` is what the container names; an
/// algorithm that names its own hash function has the last word.
pub(crate) fn check(
    certificate: &Certificate,
    algorithm: &AlgorithmIdentifier,
    digest: Digest,
    message: &[u8],
    signature: &[u8],
) -> Check {
    let digest = match algorithm.oid {
        oid::ECDSA_SHA_256 | oid::RSA_SHA_256 => Digest::Sha256,
        oid::ECDSA_SHA_384 | oid::RSA_SHA_384 => Digest::Sha384,
        oid::ECDSA_SHA_512 | oid::RSA_SHA_512 => Digest::Sha512,
        oid::RSA_KEY => digest,
        _ => return Check::Unsupported,
    };
    let hash = digest.of(&[message]);
    let key = certificate.tbs_certificate().subject_public_key_info();
    match key.algorithm.oid {
        oid::EC_KEY => {
            let Ok(key) = p256::ecdsa::VerifyingKey::try_from(key.owned_to_ref()) else {
                return Check::Unsupported;
            };
            let signature = p256::ecdsa::Signature::from_der(signature);
            Check::of(signature.and_then(|signature| key.verify_prehash(&hash, &signature)))
        }
        oid::RSA_KEY => {
            let Ok(key) = rsa::PublicKey::try_from(key.owned_to_ref()) else {
                return Check::Unsupported;
            };
            Check::of(match digest {
                Digest::Sha256 => key.pkcs1v15_verify_prehash::<Sha256>(&hash, signature),
                Digest::Sha384 => key.pkcs1v15_verify_prehash::<Sha384>(&hash, signature),
                Digest::Sha512 => key.pkcs1v15_verify_prehash::<Sha512>(&hash, signature),
            })
        }
        _ => Check::Unsupported,
    }
}
