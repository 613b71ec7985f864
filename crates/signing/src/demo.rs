//! A certification authority for demonstrations and tests: root, time-stamps, officers, seals.
//!
//! Nothing is drawn here: every key follows from the seed, so the same seed gives the same
//! authority. Whoever has the seed can sign as anyone: it is for nothing that counts.

use cms::content_info::ContentInfo;
use der::asn1::{Any, GeneralizedTime, Int, ObjectIdentifier as Oid, OctetString, Uint};
use der::pem::LineEnding;
use der::{DateTime, Decode, Encode, EncodePem};
use domain::time::Instant;
use p256::ecdsa::{DerSignature, SigningKey};
use p256::pkcs8::EncodePrivateKey;
use sha2::{Digest as _, Sha256};
use std::str::FromStr;
use std::time::Duration;
use x509_cert::builder::{Builder, CertificateBuilder, profile::BuilderProfile};
use x509_cert::der::flagset::FlagSet;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages,
    SubjectKeyIdentifier,
};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::time::{Time, Validity};
use x509_cert::{Certificate, TbsCertificate};

use crate::error::SignerError;
use crate::signer::{KeyFile, Session};
use crate::time_stamp::{Imprint, Info, Status, TimeStampReq, TimeStampResp, TimeStampService};
use crate::{Chain, Trust, cms as container, oid};

/// The demonstration's policy for time-stamps, under the number for private use of RFC 5612.
const POLICY: Oid = Oid::new_unwrap("1.3.6.1.4.1.32473.1.1");

/// For how long a certificate holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first instant.
    pub from: Instant,
    /// The last instant.
    pub until: Instant,
}

/// What a certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Issuing others.
    Root,
    /// Signing documents.
    Signing,
    /// Time-stamping.
    TimeStamps,
}

/// The authority.
pub struct DemoAuthority {
    seed: [u8; 32],
    key: SigningKey,
    root: Certificate,
    period: Period,
}

impl DemoAuthority {
    /// From 32 bytes of chance, for a period.
    ///
    /// # Errors
    /// When the period is not one that certificates can name.
    pub fn new(seed: [u8; 32], period: Period) -> Result<DemoAuthority, SignerError> {
        let key = derived_key(&seed, "root");
        let subject = name("Một Cửa – CA trình diễn (không có giá trị pháp lý)", None)?;
        let root = issue(&key, subject.clone(), subject, spki(&key)?, Purpose::Root, period)?;
        Ok(DemoAuthority { seed, key, root, period })
    }

    /// Those who trust this authority.
    #[must_use]
    pub fn trust(&self) -> Trust {
        Trust::new(vec![self.root.clone()])
    }

    /// The root certificate as PEM.
    ///
    /// # Errors
    /// Never for a certificate this authority made.
    pub fn root_pem(&self) -> Result<String, SignerError> {
        self.root.to_pem(LineEnding::LF).map_err(failed)
    }

    /// A key with its certificate, for the authority's whole period.
    ///
    /// # Errors
    /// When the names do not fit a certificate.
    pub fn signer(&self, name: &str, organisation: Option<&str>) -> Result<KeyFile, SignerError> {
        self.signer_for(name, organisation, self.period)
    }

    /// A key whose certificate holds for another period.
    ///
    /// # Errors
    /// As [`DemoAuthority::signer`].
    pub fn signer_for(
        &self,
        name: &str,
        organisation: Option<&str>,
        period: Period,
    ) -> Result<KeyFile, SignerError> {
        let key = derived_key(&self.seed, &format!("{name}\n{}", organisation.unwrap_or_default()));
        let spki = spki(&key)?.to_der().map_err(failed)?;
        let chain = self.certify(&spki, (name, organisation), Purpose::Signing, period)?;
        KeyFile::new(key, chain)
    }

    /// The certificate of somebody else's key, given as `SubjectPublicKeyInfo` in DER.
    ///
    /// # Errors
    /// When the key or the names are not well formed.
    pub fn certify(
        &self,
        public_key: &[u8],
        (common_name, organisation): (&str, Option<&str>),
        purpose: Purpose,
        period: Period,
    ) -> Result<Chain, SignerError> {
        let spki = SubjectPublicKeyInfoOwned::from_der(public_key).map_err(failed)?;
        let issuer = self.root.tbs_certificate().subject().clone();
        let subject = name(common_name, organisation)?;
        let certificate = issue(&self.key, issuer, subject, spki, purpose, period)?;
        Chain::new(vec![certificate, self.root.clone()]).map_err(failed)
    }

    /// A time-stamping authority whose clock is the one given.
    ///
    /// # Errors
    /// Never for a period that certificates can name.
    pub fn time_stamps<C>(&self, clock: C) -> Result<DemoTimeStamps<C>, SignerError>
    where
        C: Fn() -> Instant + Send + Sync,
    {
        let key = derived_key(&self.seed, "time-stamps");
        let spki = spki(&key)?.to_der().map_err(failed)?;
        let called = ("Một Cửa – Dấu thời gian trình diễn", None);
        let chain = self.certify(&spki, called, Purpose::TimeStamps, self.period)?;
        Ok(DemoTimeStamps { key: KeyFile::new(key, chain)?, clock })
    }
}

impl KeyFile {
    /// The private key and the certificates as two PEM texts, for [`KeyFile::from_pem`].
    ///
    /// # Errors
    /// Never for a key that was read or made here.
    pub fn to_pem(&self) -> Result<(String, String), SignerError> {
        let key = self.key().to_pkcs8_pem(LineEnding::LF).map_err(failed)?;
        let certificates = self.chain().certificates().iter();
        let certificates: Result<String, _> =
            certificates.map(|one| one.to_pem(LineEnding::LF)).collect();
        Ok((key.to_string(), certificates.map_err(failed)?))
    }
}

/// A time-stamping authority inside the house.
pub struct DemoTimeStamps<C> {
    key: KeyFile,
    clock: C,
}

impl<C: Fn() -> Instant + Send + Sync> TimeStampService for DemoTimeStamps<C> {
    fn ask(&self, request: &[u8]) -> Result<Vec<u8>, String> {
        let asked = TimeStampReq::from_der(request).map_err(|error| error.to_string())?;
        let at = (self.clock)();
        let token = self.token(asked.imprint, asked.nonce, at);
        let answer = TimeStampResp {
            status: Status { status: 0, words: None, failure: None },
            token: Some(token.map_err(|error| error.to_string())?),
        };
        answer.to_der().map_err(|error| error.to_string())
    }
}

impl<C> DemoTimeStamps<C> {
    fn token(
        &self,
        imprint: Imprint,
        nonce: Option<Int>,
        at: Instant,
    ) -> Result<ContentInfo, der::Error> {
        let time = GeneralizedTime::from_date_time(date_time(at)?);
        let serial = Sha256::new_with_prefix(imprint.hash.as_bytes())
            .chain_update(at.as_second().to_be_bytes())
            .finalize();
        let info = Info {
            version: 1,
            policy: POLICY,
            imprint,
            serial_number: Uint::new(&serial[..8])?.into(),
            time: Any::encode_from(&time)?,
            accuracy: None,
            ordering: false,
            nonce,
            authority: None,
            extensions: None,
        };
        let content = info.to_der()?;
        let chain = self.key.chain();
        let digest = Sha256::digest(&content);
        let attributes = container::signed_attributes(oid::TST_INFO, &digest, chain.signer())?;
        let signature = self.key.clone().sign(&attributes).map_err(|_| der::ErrorKind::Failed)?;
        let token = container::assemble(&container::Parts {
            content: (oid::TST_INFO, Some(&content)),
            signed_attributes: &attributes,
            signature: &signature,
            chain,
            time_stamp: None,
        })?;
        ContentInfo::from_der(&token)
    }
}

/// The extensions of a certificate.
struct Profile {
    issuer: Name,
    subject: Name,
    purpose: Purpose,
}

impl BuilderProfile for Profile {
    fn get_issuer(&self, _: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        key: SubjectPublicKeyInfoRef<'_>,
        issuer_key: SubjectPublicKeyInfoRef<'_>,
        _: &TbsCertificate,
    ) -> Result<Vec<Extension>, x509_cert::builder::Error> {
        let (ca, usage): (bool, FlagSet<KeyUsages>) = match self.purpose {
            Purpose::Root => (true, KeyUsages::KeyCertSign | KeyUsages::CRLSign),
            Purpose::Signing => (false, KeyUsages::DigitalSignature | KeyUsages::NonRepudiation),
            Purpose::TimeStamps => (false, KeyUsages::DigitalSignature.into()),
        };
        let id = |key: &SubjectPublicKeyInfoRef<'_>| {
            OctetString::new(&Sha256::digest(key.subject_public_key.raw_bytes())[..20])
        };
        let authority =
            AuthorityKeyIdentifier { key_identifier: Some(id(&issuer_key)?), ..Default::default() };
        let basic = BasicConstraints { ca, path_len_constraint: None };
        let mut extensions = vec![
            basic.to_extension(&self.subject, &[])?,
            KeyUsage(usage).to_extension(&self.subject, &[])?,
            SubjectKeyIdentifier(id(&key)?).to_extension(&self.subject, &[])?,
            authority.to_extension(&self.subject, &[])?,
        ];
        if self.purpose == Purpose::TimeStamps {
            let usage = ExtendedKeyUsage(vec![oid::TIME_STAMPING]);
            extensions.push((true, &usage).to_extension(&self.subject, &[])?);
        }
        Ok(extensions)
    }
}

fn issue(
    issuer_key: &SigningKey,
    issuer: Name,
    subject: Name,
    key: SubjectPublicKeyInfoOwned,
    purpose: Purpose,
    period: Period,
) -> Result<Certificate, SignerError> {
    let time = |at: Instant| date_time(at).map(Time::from).map_err(failed);
    let validity = Validity::new(time(period.from)?, time(period.until)?);
    let serial = Sha256::new_with_prefix(key.to_der().map_err(failed)?)
        .chain_update(subject.to_string())
        .chain_update(period.from.as_second().to_be_bytes())
        .finalize();
    let serial = SerialNumber::new(&serial[..16]).map_err(failed)?;
    let profile = Profile { issuer, subject, purpose };
    let builder = CertificateBuilder::new(profile, serial, validity, key).map_err(failed)?;
    builder.build::<_, DerSignature>(issuer_key).map_err(failed)
}

/// A key that follows from the seed and a name.
fn derived_key(seed: &[u8; 32], name: &str) -> SigningKey {
    let mut round: u32 = 0;
    loop {
        let bytes = Sha256::new_with_prefix(seed)
            .chain_update(round.to_be_bytes())
            .chain_update(name)
            .finalize();
        // One in 2³² numbers is not a key of the curve.
        match SigningKey::from_slice(&bytes) {
            Ok(key) => return key,
            Err(_) => round += 1,
        }
    }
}

fn spki(key: &SigningKey) -> Result<SubjectPublicKeyInfoOwned, SignerError> {
    SubjectPublicKeyInfoOwned::from_key(key.verifying_key()).map_err(failed)
}

fn name(common_name: &str, organisation: Option<&str>) -> Result<Name, SignerError> {
    let escaped = |text: &str| -> String {
        let special = |c| ",+\"\\<>;=#".contains(c);
        text.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
    };
    let mut text = format!("CN={}", escaped(common_name));
    if let Some(organisation) = organisation {
        text += &format!(",O={}", escaped(organisation));
    }
    Name::from_str(&(text + ",C=VN")).map_err(failed)
}

fn date_time(at: Instant) -> Result<DateTime, der::Error> {
    let seconds = u64::try_from(at.as_second()).map_err(|_| der::ErrorKind::DateTime)?;
    DateTime::from_unix_duration(Duration::from_secs(seconds))
}

fn failed(error: impl std::fmt::Display) -> SignerError {
    SignerError::Failed(error.to_string())
}
