//! The part `[signing]` of `installation.toml`: whose keys are where, and who stamps the time.
//!
//! ```toml
//! [signing]
//! module = "/usr/lib/softhsm/libsofthsm2.so"   # the library of the tokens, PKCS #11
//! time_stamps = "http://tsa.example.vn"        # RFC 3161; without it signatures are B-B
//! keys = [
//!     { official = "CB21", token = "Lãnh đạo phường" },      # opened by its PIN
//!     { agency = "U26.XA1", file = "keys/con-dau.pem" },     # private key (P-256), certificates
//!     { official = "CB30", elsewhere = "keys/CB30.pem" },    # certificates of a key elsewhere
//! ]
//! ```

use anyhow::{Context as _, bail};
use office::key_ring::{Holder, Key, KeyRing};
use office::ports::Clock;
use serde::{Deserialize, Serialize};
use signing::demo::{DemoAuthority, Period};
use signing::{Chain, KeyFile, TimeStampService, TokenModule};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long a time-stamping authority may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest answer that is a time-stamp, bytes.
const ANSWER_MAX: u64 = 64 * 1024;

/// What `[signing]` holds.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Signing {
    /// The library of the tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) module: Option<PathBuf>,
    /// The time-stamping authority's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) time_stamps: Option<String>,
    /// Only in the demo: the seed of an authority without any worth, which also stamps the time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) demo_seed: Option<String>,
    /// The keys.
    pub(crate) keys: Vec<KeyAt>,
}

/// One key.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct KeyAt {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) official: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) agency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) file: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) elsewhere: Option<PathBuf>,
}

impl Signing {
    /// The keys, found in the installation's folder. A token need not be there yet.
    pub(crate) fn key_ring(&self, data: &Path, clock: Arc<dyn Clock>) -> anyhow::Result<KeyRing> {
        let module = self.module.as_deref().map(TokenModule::new);
        let mut ring = KeyRing::default();
        for key in &self.keys {
            ring = ring.with(key.holder()?, key.key(data, module.as_ref())?);
        }
        if let Some(seed) = &self.demo_seed {
            let stamps = authority(seed, &*clock)?.time_stamps(move || clock.now());
            return Ok(ring.with_time_stamps(Arc::new(stamps?)));
        }
        match &self.time_stamps {
            Some(address) => Ok(ring.with_time_stamps(Arc::new(Stamps::at(address)?))),
            None => Ok(ring),
        }
    }
}

impl KeyAt {
    fn holder(&self) -> anyhow::Result<Holder> {
        match (&self.official, &self.agency) {
            (Some(official), None) => Ok(Holder::Official(official.clone())),
            (None, Some(agency)) => Ok(Holder::Agency(agency.clone())),
            (Some(_), Some(_)) | (None, None) => {
                bail!("a key in [signing] is that of an official or of an agency")
            }
        }
    }

    fn key(&self, data: &Path, module: Option<&TokenModule>) -> anyhow::Result<Key> {
        let read = |path: &Path| {
            let path = data.join(path);
            std::fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))
        };
        match (&self.file, &self.token, &self.elsewhere) {
            (Some(file), None, None) => {
                let text = read(file)?;
                let (key, certificates) = text.split_at(certificates_at(&text));
                let key = KeyFile::from_pem(key, certificates);
                let key = key.with_context(|| format!("{} holds no key", file.display()))?;
                Ok(Key::File(Box::new(key)))
            }
            (None, Some(label), None) => {
                let module = module.context("a token in [signing] needs `module`")?;
                Ok(Key::Token { module: module.clone(), label: label.clone() })
            }
            (None, None, Some(file)) => {
                let chain = Chain::from_pem(&read(file)?);
                let chain = chain.with_context(|| format!("no certificate in {}", file.display()));
                Ok(Key::Elsewhere(chain?))
            }
            _ => bail!("a key in [signing] is in a `file`, on a `token`, or `elsewhere`"),
        }
    }
}

/// Where the certificates begin in a file that begins with a private key.
fn certificates_at(text: &str) -> usize {
    text.find("-----BEGIN CERTIFICATE").unwrap_or(text.len())
}

/// The demo's authority: from a year ago, for eleven years.
pub(crate) fn authority(seed: &str, clock: &dyn Clock) -> anyhow::Result<DemoAuthority> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(seed, &mut bytes).context("demo_seed is 64 hex digits")?;
    let year = domain::time::local(clock.now()).year();
    let day = |year| domain::time::instant(jiff::civil::date(year, 1, 1).at(0, 0, 0, 0));
    let period = Period { from: day(year - 1), until: day(year + 10) };
    Ok(DemoAuthority::new(bytes, period)?)
}

/// A time-stamping authority on the network.
struct Stamps {
    address: String,
    agent: ureq::Agent,
}

impl Stamps {
    fn at(address: &str) -> anyhow::Result<Stamps> {
        // A time-stamp is signed and tied to its question: the way to it need not be secret.
        if !address.starts_with("http://") {
            bail!("time_stamps = {address:?}: the address begins with http://");
        }
        let agent = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).build().into();
        Ok(Stamps { address: address.to_owned(), agent })
    }
}

impl TimeStampService for Stamps {
    fn ask(&self, request: &[u8]) -> Result<Vec<u8>, String> {
        let told = |error: ureq::Error| error.to_string();
        let asked = self.agent.post(&self.address).content_type("application/timestamp-query");
        let mut answer = asked.send(request).map_err(told)?;
        answer.body_mut().with_config().limit(ANSWER_MAX).read_to_vec().map_err(told)
    }
}
