//! `motcua dossier`: one dossier, for whoever runs the house.

use crate::cli::{DossierCommand, Place};
use crate::house;
use anyhow::Context as _;
use domain::dossier::Actor;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;
use tokio::sync::mpsc::channel;

/// Carries out the command.
pub(crate) async fn run(command: DossierCommand) -> anyhow::Result<ExitCode> {
    match command {
        DossierCommand::Bundle { code, out, place } => bundle(&code, &out, &place).await,
    }
}

/// Writes the archive beside its place first: what stands there is whole.
async fn bundle(code: &str, path: &Path, place: &Place) -> anyhow::Result<ExitCode> {
    let at = || format!("cannot write {}", path.display());
    anyhow::ensure!(!path.exists(), "{} is there already", path.display());
    let office = house::open(place).await?;
    let id = office.find(code).await.with_context(|| format!("no dossier {code}"))?;
    let bundle = office.bundle(&Actor::System, &id).await?;
    let half = path.with_extension("half");
    let mut file = BufWriter::new(std::fs::File::create(&half).with_context(at)?);
    let (to, mut from) = channel::<Vec<u8>>(2);
    let mut written = 0;
    let write = async {
        while let Some(piece) = from.recv().await {
            written += piece.len();
            file.write_all(&piece).with_context(at)?;
        }
        file.into_inner().with_context(at)?.sync_all().with_context(at)
    };
    let (sent, kept) = tokio::join!(office.send_bundle(&bundle, to), write);
    if let Err(error) = sent.map_err(anyhow::Error::from).and(kept) {
        let _ = std::fs::remove_file(&half);
        return Err(error);
    }
    std::fs::rename(&half, path).with_context(at)?;
    say!("{} bytes in {}", written, path.display());
    Ok(ExitCode::SUCCESS)
}
