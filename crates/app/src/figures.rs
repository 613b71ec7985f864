//! `motcua report` and `motcua export`: figures, and what they can be checked with.

use crate::cli::{ExportCommand, Format, Place, ReportArgs};
use crate::house;
use anyhow::Context as _;
use domain::dossier::Actor;
use domain::statistics::Period;
use domain::time::instant;
use office::figures::Asked;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;

/// Prints a report.
pub(crate) async fn report(args: ReportArgs, place: &Place) -> anyhow::Result<ExitCode> {
    let ReportArgs { form, from, to, agency, as_of, format } = args;
    let period = Period::new(from, to);
    let period = period.with_context(|| format!("--from {from} is after --to {to}"))?;
    let unknown = agency.as_ref().map(|id| format!("no agency {id}, or no figures of it"));
    let asked = Asked { period, agency, as_of: as_of.map(instant) };
    let office = house::open(place).await?;
    let sheet = office.report(&Actor::System, form, asked).await;
    let sheet = sheet.with_context(|| unknown.unwrap_or_else(|| "no figures".to_owned()))?;
    let text = match format {
        Format::Json => sheet.to_json(),
        Format::Csv => sheet.to_csv(),
    };
    // Who reads us may have had enough.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(ExitCode::SUCCESS)
}

/// Carries out the command.
pub(crate) async fn export(command: ExportCommand) -> anyhow::Result<ExitCode> {
    match command {
        ExportCommand::Facts { file, place } => facts(&file, &place).await,
    }
}

async fn facts(path: &Path, place: &Place) -> anyhow::Result<ExitCode> {
    let at = || format!("cannot write {}", path.display());
    let office = house::open(place).await?;
    let file = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = BufWriter::new(file.with_context(at)?);
    let written = office.export_facts(|line| file.write_all(line.as_bytes())).await?;
    file.into_inner().with_context(at)?.sync_all().with_context(at)?;
    say!("{} facts, root {}, in {}", written.facts, written.root, path.display());
    Ok(ExitCode::SUCCESS)
}
