//! Keys on tokens and in hardware modules, through PKCS #11.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::UserType;
use cryptoki::types::AuthPin;
use der::asn1::UintRef;
use der::{Decode, Encode, Sequence};
use sha2::{Digest, Sha256};
use x509_cert::Certificate;

use crate::Chain;
use crate::certificate::{is_issued_by, is_supported, names};
use crate::error::SignerError;
use crate::signer::{Session, Signer};

/// A PKCS #11 library. One per process and file; clones share it.
#[derive(Clone)]
pub struct TokenModule {
    path: PathBuf,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    library: Option<Pkcs11>,
    /// The library may not know which tokens there are now.
    is_stale: bool,
    /// Held by every open session.
    sessions: Arc<()>,
}

impl TokenModule {
    /// Names the library; it is loaded when first needed, and anew after a token went away.
    #[must_use]
    pub fn new(path: &Path) -> TokenModule {
        TokenModule { path: path.to_owned(), state: Arc::default() }
    }

    /// The library, ready for calls.
    ///
    /// # Errors
    /// [`SignerError::Missing`] when there is none.
    pub fn library(&self) -> Result<Pkcs11, SignerError> {
        let mut state = self.state();
        // Closing the library closes all sessions: it waits until nobody signs.
        if state.is_stale && Arc::strong_count(&state.sessions) == 1 {
            // A module that cannot close is loaded again all the same.
            drop(state.library.take().map(Pkcs11::finalize));
        }
        if let Some(library) = &state.library {
            return Ok(library.clone());
        }
        let library = Pkcs11::new(&self.path)
            .map_err(|error| SignerError::Missing(format!("{}: {error}", self.path.display())))?;
        match library.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
            Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
            Err(error) => return Err(told(error)),
        }
        state.is_stale = false;
        state.library = Some(library.clone());
        Ok(library)
    }

    /// Has the library look anew for tokens, once no session is open: many modules look only when
    /// they are loaded.
    pub fn look_again(&self) {
        self.state().is_stale = true;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no holder of the module panics")
    }
}

/// A key on a token, opened by its PIN.
#[derive(Clone)]
pub struct TokenSigner {
    module: TokenModule,
    token: String,
    pin: AuthPin,
}

impl TokenSigner {
    /// The key of the token with this label.
    #[must_use]
    pub fn new(module: &TokenModule, token: &str, pin: &str) -> TokenSigner {
        TokenSigner { module: module.clone(), token: token.to_owned(), pin: pin.into() }
    }

    fn try_open(&self) -> Result<TokenSession, SignerError> {
        let library = self.module.library()?;
        let slots = library.get_slots_with_initialized_token().map_err(told)?;
        let is_ours = |slot: &cryptoki::slot::Slot| {
            library.get_token_info(*slot).is_ok_and(|info| info.label() == self.token)
        };
        let slot = slots.into_iter().find(is_ours);
        let slot = slot.ok_or_else(|| SignerError::Missing(self.token.clone()))?;
        if library.get_token_info(slot).map_err(told)?.user_pin_locked() {
            return Err(SignerError::Locked);
        }
        let session = library.open_ro_session(slot).map_err(told)?;
        match session.login(UserType::User, Some(&self.pin)) {
            Ok(()) => {}
            // The token does not even look at the PIN then.
            Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => return Err(SignerError::Busy),
            Err(error) => return Err(told(error)),
        }
        TokenSession::of(self.module.clone(), session)
    }
}

impl Signer for TokenSigner {
    fn open(&self) -> Result<Box<dyn Session>, SignerError> {
        let opened = match self.try_open() {
            // Some modules list the tokens only once, and fail with one that has gone.
            Err(SignerError::Missing(_) | SignerError::Removed | SignerError::Failed(_)) => {
                self.module.look_again();
                self.try_open()
            }
            other => other,
        };
        Ok(Box::new(opened?))
    }
}

struct TokenSession {
    module: TokenModule,
    session: cryptoki::session::Session,
    key: ObjectHandle,
    kind: KeyType,
    chain: Chain,
    _open: Arc<()>,
}

impl TokenSession {
    /// The first private key that a certificate belongs to.
    fn of(
        module: TokenModule,
        session: cryptoki::session::Session,
    ) -> Result<TokenSession, SignerError> {
        let found = |class| session.find_objects(&[Attribute::Class(class)]).map_err(told);
        let mut certificates = Vec::new();
        for object in found(ObjectClass::CERTIFICATE)? {
            let attributes = [AttributeType::Id, AttributeType::Value];
            let told = session.get_attributes(object, &attributes).map_err(told)?;
            let (mut id, mut parsed) = (Vec::new(), None);
            for attribute in told {
                match attribute {
                    Attribute::Id(bytes) => id = bytes,
                    Attribute::Value(bytes) => parsed = Certificate::from_der(&bytes).ok(),
                    _ => {}
                }
            }
            certificates.extend(parsed.map(|certificate| (id, certificate)));
        }
        for key in found(ObjectClass::PRIVATE_KEY)? {
            let attributes = [AttributeType::Id, AttributeType::KeyType];
            let told = session.get_attributes(key, &attributes).map_err(told)?;
            let (mut id, mut kind) = (Vec::new(), None);
            for attribute in told {
                match attribute {
                    Attribute::Id(bytes) => id = bytes,
                    Attribute::KeyType(of) => kind = Some(of),
                    _ => {}
                }
            }
            let own = certificates.iter().find(|(of, _)| *of == id && !id.is_empty());
            if let (Some((_, own)), Some(kind)) = (own, kind) {
                if !is_supported(own) {
                    return Err(SignerError::UnsupportedKey);
                }
                let chain = chain_of(own, &certificates)?;
                let open = module.state().sessions.clone();
                return Ok(TokenSession { module, session, key, kind, chain, _open: open });
            }
        }
        Err(SignerError::NoKey("the token".to_owned()))
    }
}

/// The certificate and, as far as the token holds them, those of its issuers.
fn chain_of(own: &Certificate, held: &[(Vec<u8>, Certificate)]) -> Result<Chain, SignerError> {
    let mut chain = vec![own.clone()];
    while let Some(last) = chain.last() {
        let issuer = held.iter().map(|(_, certificate)| certificate);
        let next =
            issuer.filter(|issuer| !chain.contains(issuer)).find(|it| is_issued_by(last, it));
        match next.cloned() {
            Some(issuer) => chain.push(issuer),
            None => break,
        }
    }
    Chain::new(chain).map_err(|_| SignerError::NoKey(names(own).0))
}

impl Session for TokenSession {
    fn chain(&self) -> &Chain {
        &self.chain
    }

    fn sign(&mut self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        let signed = match self.kind {
            KeyType::EC => self.session.sign(&Mechanism::Ecdsa, self.key, &Sha256::digest(message)),
            KeyType::RSA => self.session.sign(&Mechanism::Sha256RsaPkcs, self.key, message),
            _ => return Err(SignerError::UnsupportedKey),
        };
        // The session was good when it was opened: what makes it bad is that the token has gone.
        let signed = signed.map_err(|error| match error {
            Error::Pkcs11(rv, _) if is_gone(rv) => SignerError::Removed,
            other => told(other),
        });
        match (signed, self.kind) {
            (Ok(signature), KeyType::EC) => ecdsa_to_der(&signature),
            (Ok(signature), _) => Ok(signature),
            (Err(SignerError::Removed), _) => {
                self.module.look_again();
                Err(SignerError::Removed)
            }
            (Err(error), _) => Err(error),
        }
    }
}

/// PKCS #11 gives the two numbers side by side; CMS wants them as a sequence.
fn ecdsa_to_der(signature: &[u8]) -> Result<Vec<u8>, SignerError> {
    #[derive(Sequence)]
    struct Numbers<'a> {
        r: UintRef<'a>,
        s: UintRef<'a>,
    }
    let (r, s) = signature.split_at(signature.len() / 2);
    let numbers = UintRef::new(r).and_then(|r| Ok(Numbers { r, s: UintRef::new(s)? }));
    let encoded = numbers.and_then(|numbers| numbers.to_der());
    encoded.map_err(|error| SignerError::Failed(error.to_string()))
}

fn is_gone(rv: RvError) -> bool {
    matches!(
        rv,
        RvError::DeviceRemoved
            | RvError::DeviceError
            | RvError::TokenNotPresent
            | RvError::TokenNotRecognized
            | RvError::SessionClosed
            | RvError::SessionHandleInvalid
            | RvError::ObjectHandleInvalid
            | RvError::KeyHandleInvalid
            | RvError::UserNotLoggedIn
            | RvError::GeneralError
            | RvError::CryptokiNotInitialized
    )
}

fn told(error: Error) -> SignerError {
    match error {
        Error::Pkcs11(RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange, _) => {
            SignerError::WrongPin
        }
        Error::Pkcs11(RvError::PinLocked, _) => SignerError::Locked,
        Error::Pkcs11(RvError::DeviceRemoved | RvError::TokenNotPresent, _) => SignerError::Removed,
        other => SignerError::Failed(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cryptoki::context::Function;

    #[test]
    fn what_a_token_says_is_told_apart() {
        let login = |rv| told(Error::Pkcs11(rv, Function::Login));
        assert_eq!(login(RvError::PinIncorrect), SignerError::WrongPin);
        assert_eq!(login(RvError::PinLocked), SignerError::Locked);
        assert_eq!(login(RvError::TokenNotPresent), SignerError::Removed);
        assert!(matches!(login(RvError::HostMemory), SignerError::Failed(_)));
    }

    #[test]
    fn two_numbers_become_a_sequence() {
        let der = ecdsa_to_der(&[[0x80, 1].as_slice(), &[0, 2]].concat()).unwrap();
        assert_eq!(der, [0x30, 8, 2, 3, 0, 0x80, 1, 2, 1, 2]);
    }
}
