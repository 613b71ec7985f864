//! The signature container (CMS, RFC 5652) with what PAdES wants in it.

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use der::asn1::{Any, ObjectIdentifier as Oid, OctetString, SetOfVec};
use der::{Decode, Encode, Sequence};
use sha2::{Digest as _, Sha256};
use x509_cert::attr::{Attribute, Attributes};
use x509_cert::{AlgorithmIdentifier, Certificate};

use crate::certificate::{Check, Digest, check, key_id};
use crate::{Chain, oid};

/// `ESSCertIDv2` with the default hash function, SHA-256.
#[derive(Sequence)]
struct CertificateId {
    hash: OctetString,
}

#[derive(Sequence)]
struct SigningCertificate {
    certificates: Vec<CertificateId>,
}

/// What a signer signs about content of this digest, in DER.
pub(crate) fn signed_attributes(
    content_type: Oid,
    digest: &[u8],
    signer: &Certificate,
) -> Result<Vec<u8>, der::Error> {
    let hash = OctetString::new(Sha256::digest(signer.to_der()?).to_vec())?;
    let certificate = SigningCertificate { certificates: vec![CertificateId { hash }] };
    let attributes = vec![
        attribute(oid::CONTENT_TYPE, &content_type)?,
        attribute(oid::MESSAGE_DIGEST, &OctetString::new(digest)?)?,
        attribute(oid::SIGNING_CERTIFICATE_V2, &certificate)?,
    ];
    Attributes::try_from(attributes)?.to_der()
}

fn attribute<T: Encode>(oid: Oid, value: &T) -> Result<Attribute, der::Error> {
    let value = Any::from_der(&value.to_der()?)?;
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? })
}

/// What goes into a container.
pub(crate) struct Parts<'a> {
    /// The content itself, where it is not the document around the container.
    pub(crate) content: (Oid, Option<&'a [u8]>),
    pub(crate) signed_attributes: &'a [u8],
    pub(crate) signature: &'a [u8],
    pub(crate) chain: &'a Chain,
    /// A time-stamp token over the signature, in DER.
    pub(crate) time_stamp: Option<&'a [u8]>,
}

/// The container with one signature, in DER.
pub(crate) fn assemble(parts: &Parts<'_>) -> Result<Vec<u8>, der::Error> {
    let sha_256 = AlgorithmIdentifier { oid: oid::SHA_256, parameters: None };
    let signer = parts.chain.signer().tbs_certificate();
    let unsigned = parts.time_stamp.map(|token| -> Result<Attributes, der::Error> {
        let token = ContentInfo::from_der(token)?;
        Attributes::try_from(vec![attribute(oid::TIME_STAMP_TOKEN, &token)?])
    });
    let info = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: signer.issuer().clone(),
            serial_number: signer.serial_number().clone(),
        }),
        digest_alg: sha_256.clone(),
        signed_attrs: Some(Attributes::from_der(parts.signed_attributes)?),
        signature_algorithm: algorithm_of(parts.chain.signer()),
        signature: OctetString::new(parts.signature)?,
        unsigned_attrs: unsigned.transpose()?,
    };
    let certificates = parts.chain.certificates().iter().cloned();
    let certificates: Vec<_> = certificates.map(CertificateChoices::Certificate).collect();
    let (econtent_type, content) = parts.content;
    let econtent = content.map(|bytes| Any::encode_from(&OctetString::new(bytes)?));
    let data = SignedData {
        version: if econtent_type == oid::DATA { CmsVersion::V1 } else { CmsVersion::V3 },
        digest_algorithms: SetOfVec::try_from(vec![sha_256])?,
        encap_content_info: EncapsulatedContentInfo {
            econtent_type,
            econtent: econtent.transpose()?,
        },
        certificates: Some(CertificateSet::try_from(certificates)?),
        crls: None,
        signer_infos: SignerInfos::try_from(vec![info])?,
    };
    ContentInfo { content_type: oid::SIGNED_DATA, content: Any::encode_from(&data)? }.to_der()
}

/// How this key signs with SHA-256.
pub(crate) fn algorithm_of(signer: &Certificate) -> AlgorithmIdentifier {
    match signer.tbs_certificate().subject_public_key_info().algorithm.oid {
        oid::RSA_KEY => {
            AlgorithmIdentifier { oid: oid::RSA_SHA_256, parameters: Some(Any::null()) }
        }
        _ => AlgorithmIdentifier { oid: oid::ECDSA_SHA_256, parameters: None },
    }
}

/// A container that was opened: one signer, whose certificate is in it.
pub(crate) struct Opened {
    pub(crate) content_type: Oid,
    pub(crate) content: Option<Vec<u8>>,
    pub(crate) signer: Certificate,
    pub(crate) certificates: Vec<Certificate>,
    info: SignerInfo,
}

impl Opened {
    /// From DER; what follows the container (the padding of its place in the PDF) is left.
    pub(crate) fn from_der(bytes: &[u8]) -> Option<Opened> {
        let (outer, _) = ContentInfo::from_der_partial(bytes).ok()?;
        let data: SignedData = outer.content.decode_as().ok()?;
        let [info] = data.signer_infos.0.as_ref() else { return None };
        let held = data.certificates.map_or_else(SetOfVec::new, |set| set.0);
        let certificates: Vec<Certificate> = held
            .iter()
            .filter_map(|choice| match choice {
                CertificateChoices::Certificate(certificate) => Some(certificate.clone()),
                CertificateChoices::Other(_) => None,
            })
            .collect();
        let signer = certificates.iter().find(|one| is_named(&info.sid, one))?.clone();
        let content = match data.encap_content_info.econtent {
            Some(content) => Some(content.decode_as::<OctetString>().ok()?.into_bytes().into()),
            None => None,
        };
        let content_type = data.encap_content_info.econtent_type;
        (outer.content_type == oid::SIGNED_DATA).then(|| Opened {
            content_type,
            content,
            signer,
            certificates,
            info: info.clone(),
        })
    }

    /// Whether the signature is the signer's, and about this content.
    pub(crate) fn check(&self, content: &[&[u8]]) -> Check {
        let digest = Digest::named(self.info.digest_alg.oid);
        let (Some(digest), Some(attributes)) = (digest, &self.info.signed_attrs) else {
            return Check::Unsupported;
        };
        let Ok(signed) = attributes.to_der() else { return Check::Differs };
        let message_digest = one_value::<OctetString>(attributes, oid::MESSAGE_DIGEST);
        let content_type = one_value::<Oid>(attributes, oid::CONTENT_TYPE);
        let is_about = message_digest.is_some_and(|held| held.as_bytes() == digest.of(content))
            && content_type == Some(self.content_type)
            && self.names_its_certificate(attributes);
        let algorithm = &self.info.signature_algorithm;
        match is_about {
            true => check(&self.signer, algorithm, digest, &signed, self.signature()),
            false => Check::Differs,
        }
    }

    /// Another certificate with the same key must not be put in the signer's place. Older
    /// signatures name none; then there is nothing to compare.
    fn names_its_certificate(&self, attributes: &Attributes) -> bool {
        let named = attributes.iter().find(|one| one.oid == oid::SIGNING_CERTIFICATE_V2);
        let Some(named) = named else { return true };
        let Ok(certificate) = self.signer.to_der() else { return false };
        // The hash stands in the value's DER; which function made it follows from its length.
        let hashes = [Digest::Sha256, Digest::Sha384, Digest::Sha512];
        let Ok(value) = named.values.to_der() else { return false };
        hashes.iter().any(|digest| {
            let hash = digest.of(&[&certificate]);
            value.windows(hash.len()).any(|window| window == hash)
        })
    }

    pub(crate) fn signature(&self) -> &[u8] {
        self.info.signature.as_bytes()
    }

    /// The time-stamp token over the signature, in DER.
    pub(crate) fn time_stamp(&self) -> Option<Vec<u8>> {
        let attributes = self.info.unsigned_attrs.as_ref()?;
        one_value::<Any>(attributes, oid::TIME_STAMP_TOKEN)?.to_der().ok()
    }
}

fn one_value<T>(attributes: &Attributes, id: Oid) -> Option<T>
where
    T: for<'a> Decode<'a>,
{
    let mut found = attributes.iter().filter(|attribute| attribute.oid == id);
    let (attribute, None) = (found.next()?, found.next()) else { return None };
    let [value] = attribute.values.as_ref() else { return None };
    T::from_der(&value.to_der().ok()?).ok()
}

fn is_named(sid: &SignerIdentifier, certificate: &Certificate) -> bool {
    let tbs = certificate.tbs_certificate();
    match sid {
        SignerIdentifier::IssuerAndSerialNumber(named) => {
            named.issuer == *tbs.issuer() && named.serial_number == *tbs.serial_number()
        }
        SignerIdentifier::SubjectKeyIdentifier(id) => key_id(certificate).as_ref() == Some(&id.0),
    }
}
