//! Lays copies of played dossiers into a new house.

mod copies;
mod lives;
mod mould;

use anyhow::{Context as _, ensure};
use copies::Copies;
use office::catalogue::Catalogue;
use office::keys::Keys;
use std::path::Path;
use std::time::Instant as Stopwatch;
use storage::{Store, StoredFact};

/// Facts read at a time.
const READ: u32 = 20_000;

/// Lays so many dossiers of the played house into a new one.
///
/// # Errors
/// When the new house is there already, nothing was played, or a database or file cannot be used.
pub(crate) async fn lay(
    played: &Path,
    new: &Path,
    (dossiers, seed): (u32, u64),
) -> anyhow::Result<()> {
    ensure!(!new.exists(), "{} is there already", new.display());
    let begun = Stopwatch::now();
    let facts = facts(&Store::open(&database(played)).await?).await?;
    let calendar = Catalogue::embedded()?.calendar;
    let lives = lives::settled(&facts, &calendar)?;
    println!("{} facts played, {} courses to lay", facts.len(), lives.len());
    drop(facts);
    furnish(played, new)?;
    let mut copies = Copies::plan(lives, tag_key(played)?, dossiers, seed)?;
    println!("{dossiers} dossiers, {} facts to lay", copies.facts());
    let store = Store::open(&database(new)).await?;
    let mut page = copies.page();
    let mut laid = 0;
    while !page.is_empty() {
        let next = tokio::task::spawn_blocking(move || {
            let page = copies.page();
            (copies, page)
        });
        store.restore(&page).await?;
        let before = laid / 1_000_000;
        laid += page.len();
        if laid / 1_000_000 > before {
            println!("{laid} facts after {} s", begun.elapsed().as_secs());
        }
        (copies, page) = next.await?;
    }
    let head = store.ledger_head().await?;
    println!("{laid} facts in {} s", begun.elapsed().as_secs());
    println!("{} entries, root {}", head.size(), head.root());
    println!("next: motcua rebuild --data {}", new.display());
    Ok(())
}

fn database(house: &Path) -> String {
    format!("sqlite:{}", house.join("motcua.db").display())
}

/// Every fact of the played house.
async fn facts(store: &Store) -> anyhow::Result<Vec<StoredFact>> {
    let mut facts: Vec<StoredFact> = Vec::new();
    loop {
        let next = facts.last().map_or(0, |last| last.idx + 1);
        let page = store.facts_from(next, READ).await?;
        if page.is_empty() {
            return Ok(facts);
        }
        facts.extend(page);
    }
}

/// The secrets, by which pseudonyms stay what they were, and the scans that facts name.
fn furnish(played: &Path, new: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(new)?;
    let secrets = "installation.toml";
    std::fs::copy(played.join(secrets), new.join(secrets)).context("copy the secrets")?;
    copy_folder(&played.join("files"), &new.join("files")).context("copy the scans")
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &to)?;
        } else {
            std::fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// The key of the tags by which the log marks who asked for what.
fn tag_key(house: &Path) -> anyhow::Result<Keys> {
    let text = std::fs::read_to_string(house.join("installation.toml"))?;
    let secrets: toml::Table = text.parse()?;
    let key = secrets.get("tag_key").and_then(toml::Value::as_str);
    let mut keys = Keys { ledger_seed: [0; 32], tag_key: [0; 32] };
    hex::decode_to_slice(key.context("no tag_key")?, &mut keys.tag_key)?;
    Ok(keys)
}
