//! The keys that sign papers: those of officials, and the agencies' seals. Where a key is, is the
//! installation's configuration; who has none signs on paper, as ever.

use signing::{Chain, KeyFile, Signer, SignerError, TimeStampService, TokenModule, TokenSigner};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Whose key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// An official, by id.
    Official(String),
    /// An agency: its seal, by unit id.
    Agency(String),
}

/// Where a key is.
pub enum Key {
    /// In a file of the installation.
    File(Box<KeyFile>),
    /// On a token in a reader of this machine, opened by a PIN.
    Token {
        /// The library that talks to the token.
        module: TokenModule,
        /// The token's label.
        label: String,
    },
    /// With somebody who signs elsewhere: a provider, a workstation. Only certificates are here.
    Elsewhere(Chain),
    /// Any other signer: another kind of key, and the fake of tests.
    Other(Arc<dyn Signer>),
}

/// How a holder signs here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// With a pen: no key is configured.
    ByHand,
    /// With a key that is here.
    Here,
    /// With a key that is here and asks for a PIN.
    WithPin,
    /// In three steps, the second of them elsewhere.
    Elsewhere,
}

/// All keys of an installation, and its time-stamping authority.
#[derive(Default)]
pub struct KeyRing {
    keys: BTreeMap<Holder, Key>,
    time_stamps: Option<Arc<dyn TimeStampService>>,
}

impl KeyRing {
    /// The ring with one more key; the last one of a holder counts.
    #[must_use]
    pub fn with(mut self, holder: Holder, key: Key) -> KeyRing {
        self.keys.insert(holder, key);
        self
    }

    /// The ring whose signatures are time-stamped by this authority.
    #[must_use]
    pub fn with_time_stamps(mut self, service: Arc<dyn TimeStampService>) -> KeyRing {
        self.time_stamps = Some(service);
        self
    }

    /// How the holder signs.
    #[must_use]
    pub fn way(&self, holder: &Holder) -> Way {
        match self.keys.get(holder) {
            None => Way::ByHand,
            Some(Key::File(_) | Key::Other(_)) => Way::Here,
            Some(Key::Token { .. }) => Way::WithPin,
            Some(Key::Elsewhere(_)) => Way::Elsewhere,
        }
    }

    /// The holder's key, not yet opened; `pin` counts for tokens.
    ///
    /// # Errors
    /// [`SignerError::Missing`] when the holder has no key that is here.
    pub fn signer(&self, holder: &Holder, pin: &str) -> Result<Arc<dyn Signer>, SignerError> {
        match self.keys.get(holder) {
            Some(Key::File(key)) => Ok(Arc::new((**key).clone())),
            Some(Key::Token { module, label }) => {
                Ok(Arc::new(TokenSigner::new(module, label, pin)))
            }
            Some(Key::Other(signer)) => Ok(signer.clone()),
            None | Some(Key::Elsewhere(_)) => Err(SignerError::Missing("key".to_owned())),
        }
    }

    /// The certificates of a holder who signs elsewhere.
    #[must_use]
    pub fn chain(&self, holder: &Holder) -> Option<&Chain> {
        match self.keys.get(holder) {
            Some(Key::Elsewhere(chain)) => Some(chain),
            None | Some(Key::File(_) | Key::Token { .. } | Key::Other(_)) => None,
        }
    }

    /// The time-stamping authority, if there is one.
    #[must_use]
    pub fn time_stamps(&self) -> Option<Arc<dyn TimeStampService>> {
        self.time_stamps.clone()
    }
}
