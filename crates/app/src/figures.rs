//! `motcua report` and `motcua export`: figures, and what they can be checked with.

use crate::cli::{ExportCommand, Format, Place, ReportArgs, Wanted};
use crate::house;
use anyhow::Context as _;
use domain::dossier::Actor;
use domain::statistics::Period;
use domain::time::instant;
use office::figures::Asked;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;

/// Prints a report, or what a check of the counters found.
pub(crate) async fn report(args: ReportArgs, place: &Place) -> anyhow::Result<ExitCode> {
    let ReportArgs { wanted, from, to, agency, as_of, format } = args;
    let form = match wanted {
        Wanted::Form(form) => form,
        Wanted::Check => return check(place).await,
    };
    let from = from.context("--from says with which day the period begins")?;
    let to = to.context("--to says with which day it ends")?;
    let period = Period::new(from, to);
    let period = period.with_context(|| format!("--from {from} is after --to {to}"))?;
    let unknown = agency.as_ref().map(|id| format!("no agency {id}, or no figures of it"));
    let asked = Asked { period, agency, as_of: as_of.map(instant) };
    let office = house::open(place).await?;
    let sheet = office.report(&Actor::System, form, asked).await;
    let sheet = sheet.with_context(|| unknown.unwrap_or_else(|| "no figures".to_owned()))?;
    let bytes = match format {
        Format::Json => sheet.to_json().into_bytes(),
        Format::Csv => sheet.to_csv().into_bytes(),
        Format::Xlsx => sheet.to_xlsx(),
        Format::Ods => sheet.to_ods(),
        Format::Pdf => office.report_pdf(&sheet).await?,
    };
    // Who reads us may have had enough.
    let _ = std::io::stdout().write_all(&bytes);
    Ok(ExitCode::SUCCESS)
}

/// Counts everything again, from the columns and from the facts.
async fn check(place: &Place) -> anyhow::Result<ExitCode> {
    let office = house::open(place).await?;
    let checked = office.check_figures().await?;
    for difference in &checked.differences {
        say!("{difference}");
    }
    let (size, dossiers) = (checked.size, checked.dossiers);
    say!("{size} facts, root {}", checked.root);
    say!("{dossiers} ended dossiers counted again, {} figures compared", checked.compared);
    if checked.differences.is_empty() {
        say!("the counters, the recount and the facts say the same");
        return Ok(ExitCode::SUCCESS);
    }
    say!("{} differences", checked.differences.len());
    Ok(ExitCode::FAILURE)
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
