//! The private mirror of the log, and the honest ways on after a restore: bring the missing tail
//! back from it, or declare the break.

use crate::cli::Place;
use crate::house;
use anyhow::{Context as _, bail, ensure};
use ledger::Checkpoint;
use serde_json::{Value, json};
use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;
use storage::StoredFact;

/// Entries read or written at a time.
const PAGE: u32 = 2_000;
const KIND: &str = "motcua ledger mirror";

/// Writes all entries with their contents and salts, for the owner's eyes; goes on where an earlier
/// run ended.
pub(crate) async fn mirror(path: &Path, place: &Place) -> anyhow::Result<ExitCode> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let at = || format!("cannot write {}", path.display());
    let office = house::open(place).await?;
    let mut next = match File::open(path) {
        Ok(file) => {
            let lines =
                BufReader::new(file).lines().collect::<Result<Vec<_>, _>>().with_context(at)?;
            lines.len() as u64 - 1
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => 0,
        Err(error) => return Err(error).with_context(at),
    };
    let file = OpenOptions::new().create(true).append(true).mode(0o600).open(path);
    let file = file.with_context(at)?;
    let is_new = file.metadata().with_context(at)?.len() == 0;
    let mut out = BufWriter::new(file);
    if is_new {
        writeln!(out, "{}", json!({"mirror": KIND, "version": 1, "log": office.origin}))?;
    }
    let first = next;
    loop {
        let page = office.store.entries_from(next, PAGE).await?;
        let Some(last) = page.last() else { break };
        next = last.idx + 1;
        for fact in &page {
            let salt = fact.salt.map(hex::encode);
            let line = json!({"index": fact.idx, "entry": fact.entry, "salt": salt,
                              "payload": fact.payload});
            writeln!(out, "{line}").with_context(at)?;
        }
    }
    out.into_inner().with_context(at)?.sync_all().with_context(at)?;
    say!("{} entries added, {next} in {}; it holds personal data", next - first, path.display());
    Ok(ExitCode::SUCCESS)
}

/// Takes in what this record lacks of a mirror.
pub(crate) async fn import(path: &Path, place: &Place) -> anyhow::Result<ExitCode> {
    let office = house::open(place).await?;
    let from = office.store.ledger_head().await?.size();
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut lines = BufReader::new(file).lines();
    let about: Value = serde_json::from_str(&lines.next().transpose()?.unwrap_or_default())?;
    ensure!(about["mirror"] == KIND, "{} is no mirror of a log", path.display());
    ensure!(about["log"] == office.origin.as_str(), "it is the mirror of {}", about["log"]);
    let mut page = Vec::new();
    for line in lines {
        let fact = fact(&serde_json::from_str(&line?)?)?;
        if fact.idx < from {
            let here = office.store.leaf_hashes(fact.idx, fact.idx + 1).await?;
            let same = here.first() == Some(&fact.leaf);
            ensure!(same, "entry {} of the mirror is not the one here", fact.idx);
            continue;
        }
        page.push(fact);
        if page.len() == PAGE as usize {
            office.store.restore(&page).await?;
            page.clear();
        }
    }
    office.store.restore(&page).await?;
    let head = office.store.ledger_head().await?;
    office.rebuild().await?;
    let (size, root) = (head.size(), head.root());
    say!("{} entries brought back: {size} entries, root {root}", size - from);
    Ok(ExitCode::SUCCESS)
}

fn fact(line: &Value) -> anyhow::Result<StoredFact> {
    let entry = line["entry"].as_str().context("a line without an entry")?.to_owned();
    let idx = line["index"].as_u64().context("a line without an index")?;
    let salt = match line["salt"].as_str() {
        Some(text) => {
            let mut salt = [0; 32];
            hex::decode_to_slice(text, &mut salt)
                .with_context(|| format!("entry {idx}: the salt is damaged"))?;
            Some(salt)
        }
        None => None,
    };
    let leaf = ledger::leaf_hash(entry.as_bytes());
    let payload = line["payload"].as_str().map(str::to_owned);
    let (dossier, kind, actor) = (String::new(), String::new(), String::new());
    Ok(StoredFact { idx, dossier, seq: 0, kind, ts: 0, actor, entry, leaf, salt, payload })
}

/// States in the log that entries are lost, and goes on under another name.
pub(crate) async fn declare_break(head: &Path, place: &Place) -> anyhow::Result<ExitCode> {
    let office = house::open(place).await?;
    let note =
        std::fs::read_to_string(head).with_context(|| format!("cannot read {}", head.display()))?;
    let lost = Checkpoint::open(&note, &office.signer()?.verifier_key())
        .with_context(|| format!("{} is no head of this log", head.display()))?;
    let here = office.store.ledger_head().await?;
    if lost.size <= here.size() {
        bail!("nothing is lost: the head has {} entries, {} are here", lost.size, here.size());
    }
    drop(office);
    house::rename_log(place, &next_name(&lost.origin))?;
    let office = house::open(place).await?;
    office.declare_break(&lost).await?;
    say!("entries {} to {} are lost; the log says so and goes on as", here.size(), lost.size - 1);
    say!("{}", office.signer()?.verifier_key());
    say!("Tell the witnesses this key (motcua witness trust) and put it into the policy.");
    Ok(ExitCode::SUCCESS)
}

/// `a.vn/log` goes on as `a.vn/log.2`, that as `a.vn/log.3`.
fn next_name(origin: &str) -> String {
    let numbered = origin.rsplit_once('.').and_then(|(name, number)| {
        let number: u32 = number.parse().ok()?;
        Some(format!("{name}.{}", number + 1))
    });
    numbered.unwrap_or_else(|| format!("{origin}.2"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_after_a_break_has_a_number() {
        assert_eq!(next_name("a.vn/log"), "a.vn/log.2");
        assert_eq!(next_name("a.vn/log.2"), "a.vn/log.3");
    }
}
