//! `motcua ledger` and `motcua rebuild`.

use crate::cli::{LedgerCommand, Place};
use crate::house;
use anyhow::{Context as _, ensure};
use std::path::Path;
use std::process::ExitCode;

/// The public key, written beside an export so that the folder can be checked alone. Who trusts
/// nobody gives the key of an earlier day instead.
const KEY_FILE: &str = "key.pub";

/// Carries out the command.
pub(crate) async fn run(command: LedgerCommand) -> anyhow::Result<ExitCode> {
    match command {
        LedgerCommand::Export { folder, place } => export(&folder, &place).await,
        LedgerCommand::Verify { folder, key } => verify(&folder, key),
        LedgerCommand::Audit { place } => audit(&place).await,
        LedgerCommand::Key { place } => {
            say!("{}", house::open(&place).await?.signer()?.verifier_key());
            Ok(ExitCode::SUCCESS)
        }
        LedgerCommand::Root { place } => {
            let head = house::open(&place).await?.checkpoint().await?;
            say!("{} entries, root {}", head.size, head.root);
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn export(folder: &Path, place: &Place) -> anyhow::Result<ExitCode> {
    let at = || format!("cannot write {}", folder.display());
    std::fs::create_dir_all(folder).with_context(at)?;
    ensure!(
        std::fs::read_dir(folder).with_context(at)?.next().is_none(),
        "{} is not empty; an export goes into a folder of its own",
        folder.display()
    );
    let office = house::open(place).await?;
    let head = office
        .export_ledger(|path, bytes| {
            let path = folder.join(path);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(path, bytes)
        })
        .await?;
    let key = office.signer()?.verifier_key();
    std::fs::write(folder.join(KEY_FILE), format!("{key}\n")).with_context(at)?;
    say!("{} entries, root {}, in {}", head.size, head.root, folder.display());
    say!("key {key}");
    Ok(ExitCode::SUCCESS)
}

fn verify(folder: &Path, key: Option<String>) -> anyhow::Result<ExitCode> {
    let key = match key {
        Some(key) => key,
        None => std::fs::read_to_string(folder.join(KEY_FILE))
            .with_context(|| format!("no --key given, and no {KEY_FILE} beside the export"))?,
    };
    let key = key.trim().parse().context("the key cannot be read")?;
    match ledger::verify(&key, &[], |path| std::fs::read(folder.join(path)).ok()) {
        Ok(verified) => {
            say!(
                "correct: {} entries of {} dossiers in {} books, root {}, signed by {}",
                verified.checkpoint.size,
                verified.dossiers,
                verified.books,
                verified.checkpoint.root,
                verified.checkpoint.origin
            );
            Ok(ExitCode::SUCCESS)
        }
        Err(findings) => {
            for finding in &findings {
                say!("{finding}");
            }
            say!("NOT correct: {} findings", findings.len());
            Ok(ExitCode::FAILURE)
        }
    }
}

async fn audit(place: &Place) -> anyhow::Result<ExitCode> {
    let audit = house::open(place).await?.audit_ledger().await?;
    for finding in &audit.findings {
        say!("{finding}");
    }
    if audit.findings.is_empty() {
        say!("correct: {} entries, root {}", audit.entries, audit.root);
        return Ok(ExitCode::SUCCESS);
    }
    say!("NOT correct: {} findings in {} entries", audit.findings.len(), audit.entries);
    Ok(ExitCode::FAILURE)
}

/// Makes the read models anew.
pub(crate) async fn rebuild(place: &Place) -> anyhow::Result<ExitCode> {
    let (dossiers, differences) = house::open(place).await?.rebuild().await?;
    for difference in &differences {
        say!("{difference}");
    }
    let changed = differences.len();
    say!("{dossiers} dossiers made anew from their facts, {changed} differences before");
    Ok(ExitCode::SUCCESS)
}
