//! The clerk: holds the store, the catalogue, the keys and the ports; acts and views are its
//! methods, in files of their own.

use crate::batch::Batches;
use crate::cache::Cache;
use crate::calendar::WorkCalendar;
use crate::catalogue::Catalogue;
use crate::error::ActError;
use crate::figures::{Kept, Live};
use crate::key_ring::KeyRing;
use crate::keys::Keys;
use crate::ports::{Chance, Clock, Mailer};
use crate::press::Press;
use crate::tokens::Tokens;
use domain::dossier::{Dossier, Fact};
use domain::inspection::is_inspection;
use ledger::TileRoots;
use signing::Trust;
use std::sync::{Arc, RwLock};
use storage::Store;
use storage::files::Files;

/// What makes one installation different from the next.
pub struct Installation {
    /// Name of its log, also the name of the log's key: a domain without scheme.
    pub origin: String,
    /// Address under which people reach it, for links in papers; no slash at the end.
    pub base_url: String,
    /// Its secrets.
    pub keys: Keys,
    /// Whose word about signatures counts here.
    pub trust: Trust,
}

/// The outside world, given from above.
pub struct Ports {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Unpredictable bytes.
    pub chance: Arc<dyn Chance>,
    /// Messages to people.
    pub mailer: Arc<dyn Mailer>,
}

/// The office of one installation. Cheap to clone through an `Arc`.
pub struct Office {
    /// The memory.
    pub store: Store,
    /// Uploaded files, by content.
    pub files: Files,
    /// Procedures, processes, organisation, calendar.
    pub catalogue: Arc<Catalogue>,
    /// The installation's secrets.
    pub keys: Arc<Keys>,
    /// Whose word about signatures counts here.
    pub trust: Arc<Trust>,
    /// Name of this installation's log, also the name of its key: a domain without scheme.
    pub origin: String,
    /// Address under which people reach us, for links in papers; no slash at the end.
    pub base_url: String,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Unpredictable bytes.
    pub chance: Arc<dyn Chance>,
    /// Messages to people.
    pub mailer: Arc<dyn Mailer>,
    /// What sets papers.
    pub press: Arc<Press>,
    /// Keys that sign papers; empty until [`Office::with_key_ring`].
    pub(crate) key_ring: Arc<KeyRing>,
    /// The calendar in force; the catalogue's own until [`Office::refresh_calendar`].
    pub(crate) working: RwLock<Arc<WorkCalendar>>,
    pub(crate) cache: Arc<Cache>,
    pub(crate) tokens: Tokens,
    pub(crate) published: Kept,
    /// Worklists that are being signed.
    pub(crate) batches: Batches,
    /// Roots of the log's complete runs, for proofs.
    pub(crate) roots: tokio::sync::Mutex<TileRoots>,
    pub(crate) live: Live,
}

impl Office {
    /// Opens the office.
    #[must_use]
    pub fn new(
        store: Store,
        files: Files,
        catalogue: Arc<Catalogue>,
        installation: Installation,
        ports: Ports,
    ) -> Office {
        let Installation { origin, base_url, keys, trust } = installation;
        let Ports { clock, chance, mailer } = ports;
        let working = RwLock::new(Arc::new(WorkCalendar::of(&catalogue)));
        Office {
            store,
            files,
            catalogue,
            keys: Arc::new(keys),
            trust: Arc::new(trust),
            origin,
            base_url,
            clock,
            chance,
            mailer,
            key_ring: Arc::default(),
            press: Arc::new(Press::new(documents::Templates::embedded(), None)),
            working,
            cache: Arc::new(Cache::default()),
            tokens: Tokens::default(),
            published: Kept::default(),
            batches: Batches::default(),
            roots: Default::default(),
            live: Live::default(),
        }
    }

    /// The same office with keys that sign papers.
    #[must_use]
    pub fn with_key_ring(mut self, key_ring: KeyRing) -> Office {
        self.key_ring = Arc::new(key_ring);
        self
    }

    /// A new dossier id: 48 bits of time, 80 of chance, hexadecimal; ids sort by age.
    pub(crate) fn new_id(&self) -> String {
        let mut bytes = [0u8; 16];
        self.chance.fill(&mut bytes);
        let millis = self.clock.now().as_millisecond().to_be_bytes();
        bytes[..6].copy_from_slice(&millis[2..]);
        hex::encode(bytes)
    }

    /// The state for an act: from the cache if there, else from the facts.
    pub(crate) async fn load(&self, id: &str) -> Result<Arc<Dossier>, ActError> {
        match self.cache.get(id) {
            Some(dossier) => Ok(dossier),
            None => self.load_afresh(id).await,
        }
    }

    /// The state from the facts, now.
    pub(crate) async fn load_afresh(&self, id: &str) -> Result<Arc<Dossier>, ActError> {
        let facts = self.facts(id).await?;
        let dossier = Arc::new(Dossier::replay(&facts).ok_or(ActError::NotFound)?);
        self.cache.keep(id, dossier.clone());
        Ok(dossier)
    }

    /// Was the state that led to a refusal an old one?
    pub(crate) async fn is_stale(
        &self,
        id: &str,
        seen: Option<&Dossier>,
    ) -> Result<bool, ActError> {
        let Some(seen) = seen else { return Ok(false) };
        let now = self.load_afresh(id).await?;
        Ok(now.version != seen.version)
    }

    /// The facts of a dossier, oldest first.
    pub(crate) async fn facts(&self, id: &str) -> Result<Vec<Fact>, ActError> {
        let stored =
            self.store.facts_of(id).await.map_err(|error| ActError::fault("read facts", error))?;
        stored
            .iter()
            .filter(|fact| !is_inspection(&fact.kind))
            .map(|fact| {
                let payload = fact.payload.as_deref().unwrap_or_default();
                serde_json::from_str(payload).map_err(|error| {
                    ActError::fault("read fact", format!("dossier {id} seq {}: {error}", fact.seq))
                })
            })
            .collect()
    }
}
