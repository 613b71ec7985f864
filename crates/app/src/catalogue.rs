//! `motcua catalogue`.

use crate::cli::CatalogueCommand;
use crate::house::sources;
use crate::ports::SystemClock;
use domain::time::local;
use office::catalogue::{Catalogue, Severity, Sources, check};
use office::ports::Clock as _;
use std::process::ExitCode;

/// Carries out the command.
pub(crate) fn run(command: CatalogueCommand) -> anyhow::Result<ExitCode> {
    match command {
        CatalogueCommand::Check { folder } => {
            let sources = match folder {
                Some(folder) => sources(&folder)?,
                None => Sources::embedded(),
            };
            Ok(report(&sources))
        }
        CatalogueCommand::List { day, catalogue } => {
            let catalogue = match catalogue {
                Some(folder) => Catalogue::load(&sources(&folder)?)?,
                None => Catalogue::embedded()?,
            };
            let day = day.unwrap_or_else(|| local(SystemClock.now()).date());
            for procedure in catalogue.procedures.values().filter(|p| p.offers(day)) {
                say!("{:<16}{}", procedure.id, procedure.name);
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Prints every problem; fails on errors, not on warnings.
fn report(sources: &Sources) -> ExitCode {
    let problems = check(sources);
    for problem in &problems {
        say!("{problem}");
    }
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let warnings = problems.len() - errors;
    say!("{} files, {errors} errors, {warnings} warnings", sources.0.len());
    if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
