//! `motcua inspect verify`: an export, checked alone with a laptop and the network off. Nothing of
//! the installation is asked; what is trusted comes from the inspector: the log's key, the heads
//! they kept, the policy pinned on paper.
//!
//! * `export` — the folder, held to its log and to the witnesses
//! * `rules` — what no proof shows but a rule flags: time, re-filing, supplements, late entries
//! * `recount` — every figure anew, and the report's beside it
//! * `sample` — the sample of an inspection, drawn again from the installation itself
//! * `told` — what was found, for people and for programs

mod export;
mod recount;
mod rules;
mod sample;
mod told;

use crate::cli::{InspectCommand, VerifyArgs, VerifyFormat};
use anyhow::Context as _;
use export::Export;
use std::path::Path;
use std::process::ExitCode;
use told::{Findings, Grade};

/// Carries out the command.
pub(crate) async fn run(command: InspectCommand) -> anyhow::Result<ExitCode> {
    match command {
        InspectCommand::Verify(args) => verify(args).await,
        InspectCommand::Sample { code, population, place } => {
            sample::sample(&code, population.as_deref(), &place).await
        }
    }
}

async fn verify(args: VerifyArgs) -> anyhow::Result<ExitCode> {
    let mut findings = Findings::default();
    let trusted = export::Trusted::read(&args)?;
    let export = Export::open(&args.folder, &trusted, &mut findings)?;
    if let Some(export) = &export {
        export.witnesses(&trusted, &mut findings);
        if let Some(facts) = export.facts(&mut findings)? {
            rules::check(&facts, export, &args, &mut findings);
            let reports = args.reports.iter().map(|path| read(path));
            let reports = reports.collect::<anyhow::Result<Vec<_>>>()?;
            recount::check(&facts, &reports, &args, &mut findings).await?;
        }
    }
    match args.format {
        VerifyFormat::Text => say!("{}", findings.text()),
        VerifyFormat::Json => say!("{:#}", findings.json()),
    }
    Ok(match findings.worst() {
        Grade::Fine => ExitCode::SUCCESS,
        Grade::Flag => ExitCode::from(2),
        Grade::Wrong => ExitCode::FAILURE,
    })
}

/// A report in JSON, as `motcua report` prints it or as an agency handed it in.
fn read(path: &Path) -> anyhow::Result<(String, serde_json::Value)> {
    let at = || format!("cannot read the report {}", path.display());
    let text = std::fs::read_to_string(path).with_context(at)?;
    Ok((path.display().to_string(), serde_json::from_str(&text).with_context(at)?))
}
