//! The port to a key, and the key that is a file.

use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{DerSignature, SigningKey};
use p256::pkcs8::DecodePrivateKey;

use crate::error::SignerError;
use crate::{Chain, certificate};

/// A key somewhere: on a token, in a file.
pub trait Signer: Send + Sync {
    /// Opens the key once, for one document or for a whole worklist.
    ///
    /// # Errors
    /// The signer is missing, the PIN is wrong, the token is locked, or it holds no fitting key.
    fn open(&self) -> Result<Box<dyn Session>, SignerError>;
}

/// A key that is open.
pub trait Session {
    /// The certificates that belong to the key.
    fn chain(&self) -> &Chain;

    /// Signs with SHA-256: ECDSA in DER, or RSA PKCS #1 v1.5, as the key is.
    ///
    /// # Errors
    /// [`SignerError::Removed`] when the token has gone since the session was opened.
    fn sign(&mut self, message: &[u8]) -> Result<Vec<u8>, SignerError>;
}

/// A P-256 key in a PKCS #8 file, for demonstrations. It signs the same message the same way every
/// time (RFC 6979).
#[derive(Clone)]
pub struct KeyFile {
    key: SigningKey,
    chain: Chain,
}

impl KeyFile {
    /// From the texts of two PEM files: the private key and its certificates.
    ///
    /// # Errors
    /// [`SignerError::UnsupportedKey`] when the key is not one of P-256; [`SignerError::NoKey`]
    /// when the first certificate is not the key's.
    pub fn from_pem(key: &str, certificates: &str) -> Result<KeyFile, SignerError> {
        let key = SigningKey::from_pkcs8_pem(key).map_err(|_| SignerError::UnsupportedKey)?;
        let chain =
            Chain::from_pem(certificates).map_err(|error| SignerError::NoKey(error.to_string()))?;
        KeyFile::new(key, chain)
    }

    pub(crate) fn new(key: SigningKey, chain: Chain) -> Result<KeyFile, SignerError> {
        let point = key.verifying_key().to_sec1_point(false);
        let held = chain.signer().tbs_certificate().subject_public_key_info();
        match held.subject_public_key.raw_bytes() == point.as_bytes() {
            true => Ok(KeyFile { key, chain }),
            false => Err(SignerError::NoKey(certificate::names(chain.signer()).0)),
        }
    }

    pub(crate) fn key(&self) -> &SigningKey {
        &self.key
    }
}

impl Signer for KeyFile {
    fn open(&self) -> Result<Box<dyn Session>, SignerError> {
        Ok(Box::new(self.clone()))
    }
}

impl Session for KeyFile {
    fn chain(&self) -> &Chain {
        &self.chain
    }

    fn sign(&mut self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        let signature: DerSignature = self.key.sign(message);
        Ok(signature.as_bytes().to_vec())
    }
}
