//! A witness's memory: a folder with its key (`witness.toml`), the logs it looks after (`logs`, a
//! key to a line), the last head of each (`heads/`), and what convicts a log (`evidence/`).

use anyhow::{Context as _, bail, ensure};
use domain::time::Instant;
use ledger::{AddCheckpoint, Checkpoint, Cosigner, Refusal, VerifierKey, leaf_hash};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What `witness.toml` holds: for its owner's eyes only.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Secrets {
    name: String,
    seed: String,
}

/// A witness.
pub(crate) struct Keeper {
    folder: PathBuf,
    cosigner: Cosigner,
}

/// Why there is no cosignature.
#[derive(Debug)]
pub(crate) enum Unsigned {
    /// The protocol says no.
    Refused(Refusal),
    /// The disk does: nothing was promised.
    Fault(anyhow::Error),
}

impl Keeper {
    /// Makes a witness of this name in an empty or missing folder.
    pub(crate) fn make(folder: &Path, name: &str, seed: &[u8; 32]) -> anyhow::Result<Keeper> {
        let cosigner = Cosigner::from_seed(name, seed)?;
        for part in ["heads", "evidence"] {
            std::fs::create_dir_all(folder.join(part))
                .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        }
        let path = folder.join("witness.toml");
        ensure!(!path.exists(), "{} is there already; a witness keeps its key", path.display());
        let secrets = Secrets { name: name.to_owned(), seed: hex::encode(seed) };
        put(&path, toml::to_string(&secrets)?.as_bytes())
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Keeper { folder: folder.to_owned(), cosigner })
    }

    /// Opens a witness.
    pub(crate) fn open(folder: &Path) -> anyhow::Result<Keeper> {
        let path = folder.join("witness.toml");
        let wrong = || format!("no witness in {}: motcua witness init makes one", folder.display());
        let text = std::fs::read_to_string(&path).with_context(wrong)?;
        let secrets: Secrets = toml::from_str(&text).with_context(wrong)?;
        let mut seed = [0; 32];
        hex::decode_to_slice(&secrets.seed, &mut seed).with_context(wrong)?;
        let cosigner = Cosigner::from_seed(&secrets.name, &seed)?;
        Ok(Keeper { folder: folder.to_owned(), cosigner })
    }

    /// The key to hand round.
    pub(crate) fn key(&self) -> String {
        self.cosigner.verifier_key().to_string()
    }

    /// Looks after this log from now on.
    pub(crate) fn trust(&self, key: &VerifierKey) -> anyhow::Result<()> {
        let _turn = self.turn()?;
        let logs = self.logs()?;
        if let Some(known) = logs.iter().find(|known| known.name() == key.name()) {
            if known == key {
                return Ok(());
            }
            bail!("the log {} is known here by another key: {known}", key.name());
        }
        let keys = logs.iter().chain([key]);
        let text: String = keys.map(|key| format!("{key}\n")).collect();
        put(&self.folder.join("logs"), text.as_bytes()).context("cannot keep the key")
    }

    /// The logs it looks after.
    pub(crate) fn logs(&self) -> anyhow::Result<Vec<VerifierKey>> {
        let path = self.folder.join("logs");
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error).context("cannot read the keys of logs"),
        };
        let keys = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        keys.map(|line| line.parse().with_context(|| format!("not the key of a log: {line}")))
            .collect()
    }

    /// The last head of a log that was cosigned here, as kept.
    pub(crate) fn head(&self, origin: &str) -> anyhow::Result<Option<String>> {
        match std::fs::read_to_string(self.place(origin)) {
            Ok(note) => Ok(Some(note)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).context("cannot read the last head"),
        }
    }

    /// Judges a request at an instant, keeps the head, and gives the cosignature: in this order,
    /// with nobody in between, in whatever process.
    pub(crate) fn add(&self, text: &str, now: Instant) -> Result<String, Unsigned> {
        let request: AddCheckpoint = text.parse().map_err(Unsigned::Refused)?;
        let origin = request.origin().map_err(Unsigned::Refused)?;
        let _turn = self.turn().map_err(Unsigned::Fault)?;
        let logs = self.logs().map_err(Unsigned::Fault)?;
        let key = logs.iter().find(|key| key.name() == origin);
        let key = key.ok_or(Unsigned::Refused(Refusal::UnknownLog))?;
        let kept = self.head(&origin).map_err(Unsigned::Fault)?;
        let known = kept.as_deref().map(|note| Checkpoint::open(note, key)).transpose();
        let known = known.context("the kept head is damaged").map_err(Unsigned::Fault)?;
        match ledger::witness::judge(key, known.as_ref(), &request) {
            Ok(head) => {
                let at = u64::try_from(now.as_second()).unwrap_or(0);
                let line = self.cosigner.cosign(&head.to_text(), at);
                let note = format!("{}{line}", request.note);
                put(&self.place(&origin), note.as_bytes())
                    .context("cannot keep the head")
                    .map_err(Unsigned::Fault)?;
                Ok(line)
            }
            Err(refusal) => {
                if refusal.is_evidence() {
                    let kept = kept.unwrap_or_default();
                    self.convict(&refusal, &kept, text).map_err(Unsigned::Fault)?;
                }
                Err(Unsigned::Refused(refusal))
            }
        }
    }

    /// Keeps the two signed heads, and the proof that was tried, side by side.
    fn convict(&self, refusal: &Refusal, kept: &str, request: &str) -> anyhow::Result<()> {
        let name = leaf_hash(format!("{kept}{request}").as_bytes()).to_string();
        let text = format!("{refusal}\n\n=== kept ===\n{kept}\n=== refused ===\n{request}");
        put(&self.folder.join("evidence").join(format!("{}.txt", &name[..16])), text.as_bytes())
            .context("cannot keep the evidence")
    }

    fn place(&self, origin: &str) -> PathBuf {
        self.folder.join("heads").join(&leaf_hash(origin.as_bytes()).to_string()[..32])
    }

    /// Nobody else decides meanwhile: held until dropped, also against other processes.
    fn turn(&self) -> anyhow::Result<File> {
        let path = self.folder.join("lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path);
        let file = file.context("cannot open the lock")?;
        file.lock().context("cannot take the lock")?;
        Ok(file)
    }
}

/// A file for its owner's eyes, whole or not at all, on disk before this returns.
fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let beside = path.with_extension("new");
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}
