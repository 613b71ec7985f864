//! `motcua ledger` and `motcua rebuild`.

use crate::cli::{LedgerCommand, Place};
use crate::house;
use crate::tail;
use crate::witnesses;
use anyhow::{Context as _, ensure};
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// The public key, written beside an export so that the folder can be checked alone. Who trusts
/// nobody gives the key of an earlier day instead.
const KEY_FILE: &str = "key.pub";

/// Carries out the command.
pub(crate) async fn run(command: LedgerCommand) -> anyhow::Result<ExitCode> {
    match command {
        LedgerCommand::Export { folder, place } => export(&folder, &place).await,
        LedgerCommand::Offer { witness, old, place } => offer(&witness, old, &place).await,
        LedgerCommand::Cosigned { file, size, place } => cosigned(&file, size, &place).await,
        LedgerCommand::Verify { folder, key } => verify(&folder, key),
        LedgerCommand::Audit { place } => audit(&place).await,
        LedgerCommand::Mirror { file, place } => tail::mirror(&file, &place).await,
        LedgerCommand::ImportTail { file, place } => tail::import(&file, &place).await,
        LedgerCommand::DeclareBreak { head, place } => tail::declare_break(&head, &place).await,
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
    let office = Arc::new(house::open(place).await?);
    if let Some(witnesses) = witnesses::of(&place.data, &office)? {
        witnesses::judge(&witnesses.collect().await?)?;
        if let Err(error) = witnesses.stamp().await {
            tracing::warn!(%error, "time-stamp");
        }
    }
    let head = office
        .export_ledger(|path, bytes| {
            let path = folder.join(path);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(path, bytes)
        })
        .await?;
    let facts = std::fs::File::create(folder.join("facts.jsonl")).with_context(at)?;
    let mut facts = BufWriter::new(facts);
    let head_of = (head.size, head.root);
    office.export_facts_of(head_of, |line| facts.write_all(line.as_bytes())).await?;
    facts.flush().with_context(at)?;
    let key = office.signer()?.verifier_key();
    std::fs::write(folder.join(KEY_FILE), format!("{key}\n")).with_context(at)?;
    say!("{} entries, root {}, in {}", head.size, head.root, folder.display());
    say!("key {key}");
    Ok(ExitCode::SUCCESS)
}

/// What goes to a witness by hand.
async fn offer(witness: &str, old: Option<u64>, place: &Place) -> anyhow::Result<ExitCode> {
    let witnesses = policy(place).await?;
    let request = witnesses.offer(witness, old).await;
    let request = request.with_context(|| format!("no witness {witness} in the policy"))?;
    let _ = write!(std::io::stdout(), "{request}");
    Ok(ExitCode::SUCCESS)
}

/// What comes back.
async fn cosigned(file: &Path, size: u64, place: &Place) -> anyhow::Result<ExitCode> {
    let lines =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let kept = policy(place).await?.take_in(size, &lines).await;
    let kept = kept.with_context(|| format!("no head of size {size} was signed here"))?;
    for witnessed in &kept {
        say!("{} has seen {} entries", witnessed.witness, witnessed.size);
    }
    ensure!(!kept.is_empty(), "no line in {} is of a witness of the policy", file.display());
    Ok(ExitCode::SUCCESS)
}

async fn policy(place: &Place) -> anyhow::Result<office::witnesses::Witnesses> {
    let office = Arc::new(house::open(place).await?);
    let found = witnesses::of(&place.data, &office)?;
    found.with_context(|| format!("no witnesses.policy in {}", place.data.display()))
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
