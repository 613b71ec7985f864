//! One installation's folder: `installation.toml` (name of the log, secrets), `issuers.pem` (whose
//! signatures count), `keys/` (keys that sign papers), `templates/` (papers reworded), `motcua.db`,
//! `files/`, `papers/` (papers that were set, can be emptied), `mail/`. With a PostgreSQL address
//! the database is there, the rest still here.

use crate::cli::Place;
use crate::key_ring::{self, KeyAt, Signing};
use crate::ports::{FolderMailer, SystemChance, SystemClock};
use anyhow::{Context as _, bail, ensure};
use office::catalogue::{Catalogue, Sources};
use office::keys::Keys;
use office::ports::{Chance, Clock};
use office::{Installation, Office, Ports};
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use storage::{Files, Store};

/// What `installation.toml` holds. Whoever reads it can sign heads of the log and open pseudonyms,
/// so it is readable by its owner only and is not in the database.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Secrets {
    origin: String,
    ledger_seed: String,
    tag_key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signing: Option<Signing>,
}

/// Opens the office with the machine's clock and chance.
pub(crate) async fn open(place: &Place) -> anyhow::Result<Office> {
    open_with(place, Arc::new(SystemClock), Arc::new(SystemChance)).await
}

/// Opens the office, making what a new installation lacks.
pub(crate) async fn open_with(
    place: &Place,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
) -> anyhow::Result<Office> {
    let data = &place.data;
    std::fs::create_dir_all(data)
        .with_context(|| format!("cannot make the folder {}", data.display()))?;
    let catalogue = catalogue(place)?;
    let store = Store::open(&place.database_url())
        .await
        .with_context(|| format!("cannot open the database of {}", data.display()))?;
    let (origin, keys, signing) = secrets(place, &store, chance.as_ref()).await?;
    let trust = issuers(data)?;
    let installation = Installation { origin, base_url: place.base_url(), keys, trust };
    let mailer = Arc::new(FolderMailer::into(data.join("mail"))?);
    let files = data.join("files");
    std::fs::create_dir_all(&files)?;
    let files = Files::in_folder(&files).context("cannot open the folder of files")?;
    let key_ring = signing.key_ring(data, clock.clone())?;
    let ports = Ports { clock, chance, mailer };
    let office = Office::new(store, files, Arc::new(catalogue), installation, ports);
    let office = office.with_key_ring(key_ring).with_press(crate::documents::press(data)?);
    office.refresh_calendar().await.context("cannot read the decisions about the calendar")?;
    Ok(office)
}

/// The catalogue of the binary, or the folder that the place names.
pub(crate) fn catalogue(place: &Place) -> anyhow::Result<Catalogue> {
    let loaded = match &place.catalogue {
        Some(folder) => Catalogue::load(&sources(folder)?),
        None => Catalogue::embedded(),
    };
    loaded.context("the catalogue cannot be read; `motcua catalogue check` tells more")
}

/// The files of a catalogue's folder.
pub(crate) fn sources(folder: &Path) -> anyhow::Result<Sources> {
    let read = Sources::read(folder);
    let sources =
        read.with_context(|| format!("cannot read the catalogue in {}", folder.display()))?;
    ensure!(!sources.0.is_empty(), "there is no TOML file in {}", folder.display());
    Ok(sources)
}

/// The root certificates whose signatures count; none where no file names them.
fn issuers(data: &Path) -> anyhow::Result<signing::Trust> {
    let path = data.join("issuers.pem");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Default::default()),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {}", path.display()));
        }
    };
    let trust = signing::Trust::from_pem(&text)
        .with_context(|| format!("{} holds no certificates in PEM", path.display()))?;
    ensure!(!trust.is_empty(), "{} holds no certificates in PEM", path.display());
    Ok(trust)
}

/// Reads the secrets, or makes them for a database that has no record yet.
async fn secrets(
    place: &Place,
    store: &Store,
    chance: &dyn Chance,
) -> anyhow::Result<(String, Keys, Signing)> {
    let path = place.data.join("installation.toml");
    if path.exists() {
        return read(&path);
    }
    let head = store.ledger_head().await?;
    if head.size() > 0 {
        bail!(
            "{} is missing, but the database holds {} entries signed with its key. Put it back \
             from the backup; a new key would make the record unverifiable.",
            path.display(),
            head.size()
        );
    }
    let keys = Keys::generate(chance);
    let origin = place.origin();
    let secrets = Secrets {
        origin: origin.clone(),
        ledger_seed: hex::encode(keys.ledger_seed),
        tag_key: hex::encode(keys.tag_key),
        signing: None,
    };
    let text = toml::to_string(&secrets)?;
    write_private(&path, text.as_bytes())
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok((origin, keys, Signing::default()))
}

/// From now on the log has this name; its key's secret stays.
pub(crate) fn rename_log(place: &Place, origin: &str) -> anyhow::Result<()> {
    let path = place.data.join("installation.toml");
    let wrong = || format!("cannot write {}", path.display());
    let text = std::fs::read_to_string(&path).with_context(wrong)?;
    let mut secrets: Secrets = toml::from_str(&text).with_context(wrong)?;
    secrets.origin = origin.to_owned();
    let beside = place.data.join("installation.new");
    write_private(&beside, toml::to_string(&secrets)?.as_bytes()).with_context(wrong)?;
    std::fs::rename(&beside, &path).with_context(wrong)
}

fn read(path: &Path) -> anyhow::Result<(String, Keys, Signing)> {
    let wrong = || format!("{} cannot be read as secrets of an installation", path.display());
    let text = std::fs::read_to_string(path).with_context(wrong)?;
    let secrets: Secrets = toml::from_str(&text).with_context(wrong)?;
    let mut keys = Keys { ledger_seed: [0; 32], tag_key: [0; 32] };
    hex::decode_to_slice(&secrets.ledger_seed, &mut keys.ledger_seed).with_context(wrong)?;
    hex::decode_to_slice(&secrets.tag_key, &mut keys.tag_key).with_context(wrong)?;
    Ok((secrets.origin, keys, secrets.signing.unwrap_or_default()))
}

/// Gives a new installation its demonstration keys: for each leader one, for each agency a seal, by
/// an authority that is marked as worth nothing and trusted here alone.
pub(crate) fn demo_keys(
    place: &Place,
    clock: &dyn Clock,
    chance: &dyn Chance,
    holders: &[(KeyAt, String, Option<String>)],
) -> anyhow::Result<()> {
    let path = place.data.join("installation.toml");
    let text = std::fs::read_to_string(&path)?;
    let mut secrets: Secrets = toml::from_str(&text)?;
    if secrets.signing.is_some() {
        return Ok(());
    }
    let mut seed = [0; 32];
    chance.fill(&mut seed);
    let seed = hex::encode(seed);
    let authority = key_ring::authority(&seed, clock)?;
    std::fs::create_dir_all(place.data.join("keys"))?;
    let mut signing = Signing { demo_seed: Some(seed), ..Signing::default() };
    for (n, (holder, name, organisation)) in holders.iter().enumerate() {
        let (key, certificates) = authority.signer(name, organisation.as_deref())?.to_pem()?;
        let file = Path::new("keys").join(format!("demo-{:02}.pem", n + 1));
        replace_private(&place.data.join(&file), (key + &certificates).as_bytes())?;
        let KeyAt { official, agency, .. } = holder;
        let (official, agency) = (official.clone(), agency.clone());
        signing.keys.push(KeyAt { official, agency, file: Some(file), ..KeyAt::default() });
    }
    let issuers = place.data.join("issuers.pem");
    let known = std::fs::read_to_string(&issuers).unwrap_or_default();
    std::fs::write(&issuers, known + &authority.root_pem()?)?;
    secrets.signing = Some(signing);
    replace_private(&path, toml::to_string(&secrets)?.as_bytes())
}

/// Puts a private file in the place of another, or of none; whole at every moment.
fn replace_private(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let beside = path.with_extension("new");
    if beside.exists() {
        std::fs::remove_file(&beside)?;
    }
    write_private(&beside, bytes)?;
    std::fs::rename(&beside, path)?;
    Ok(())
}

/// A file for its owner's eyes, on disk before this returns.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut file =
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    match path.parent() {
        Some(folder) => std::fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}
