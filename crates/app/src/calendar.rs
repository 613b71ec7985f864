//! `motcua calendar`: the working calendar from the command line.

use crate::cli::{CalendarCommand, Place};
use crate::house;
use anyhow::{Context as _, bail};
use domain::dossier::Actor;
use domain::time::local;
use domain::worktime::{CalendarDecision, CalendarProblem};
use office::Office;
use office::calendar::{EnterError, Touched, key_of};
use std::path::Path;
use std::process::ExitCode;

/// Carries out the command.
pub(crate) async fn run(command: CalendarCommand) -> anyhow::Result<ExitCode> {
    match command {
        CalendarCommand::Show { year, place } => show(year, &place).await,
        CalendarCommand::Propose { year } => propose(year),
        CalendarCommand::Enter { file, confirm: true, place } => {
            enter(&file, Confirm::Yes, &place).await
        }
        CalendarCommand::Enter { file, confirm: false, place } => {
            enter(&file, Confirm::No, &place).await
        }
    }
}

async fn show(year: i16, place: &Place) -> anyhow::Result<ExitCode> {
    let work = house::open(place).await?.calendar();
    if !work.calendar.years.contains(&year) {
        say!("{year} is not entered: no due date is computed in it");
        return Ok(ExitCode::FAILURE);
    }
    for (date, day) in work.calendar.days.iter().filter(|(date, _)| date.year() == year) {
        let decision = day.decision.as_deref().unwrap_or("-");
        say!("{date}\t{}\t{}\t{decision}\t{}", day.kind.name(), day.name, day.status);
    }
    say!("hash {}", work.hash);
    Ok(ExitCode::SUCCESS)
}

/// Writes what the law's days would be, as a file for `enter`; number, issuer and day are for the
/// person who has the document.
fn propose(year: i16) -> anyhow::Result<ExitCode> {
    let days = domain::worktime::proposal::propose(year);
    if days.is_empty() {
        bail!("nothing can be proposed for {year}");
    }
    say!("# Expected by law and lunar calendar; correct it by the document, then:");
    say!("# motcua calendar enter FILE");
    say!("number = \"\"\nissuer = \"\"\nissued_on = \"{}-10-01\"\nyear = {year}", year - 1);
    for proposed in days {
        let (date, kind) = (proposed.date, proposed.day.kind.name());
        let name = toml::Value::String(proposed.day.name);
        say!("\n# {}. {}", proposed.basis, proposed.to_decide);
        say!("[[days]]\ndate = \"{date}\"\nkind = \"{kind}\"\nname = {name}");
    }
    Ok(ExitCode::SUCCESS)
}

async fn enter(file: &Path, confirm: Confirm, place: &Place) -> anyhow::Result<ExitCode> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let decision: CalendarDecision = toml::from_str(&text)
        .with_context(|| format!("{} is not a decision about the calendar", file.display()))?;
    let office = house::open(place).await?;
    let problems = office.calendar().calendar.problems_of(&decision);
    if !problems.is_empty() {
        return Ok(refuse(&problems));
    }
    let touched = office.touched_by(&Actor::System, &decision).await?;
    preview(&decision, &touched);
    if confirm == Confirm::No {
        say!("nothing was entered; the same with --confirm enters it");
        return Ok(ExitCode::SUCCESS);
    }
    match office.enter_decision(&Actor::System, &key_of(&text), &decision).await {
        Ok(()) => entered(&office),
        Err(EnterError::Problems(problems)) => Ok(refuse(&problems)),
        Err(EnterError::Act(error)) => Err(error.into()),
    }
}

fn entered(office: &Office) -> anyhow::Result<ExitCode> {
    let work = office.calendar();
    let count = work.entered.len();
    say!("entered: {count} decisions on top of the catalogue, calendar {}", work.hash);
    Ok(ExitCode::SUCCESS)
}

fn preview(decision: &CalendarDecision, touched: &[Touched]) {
    if let Some(year) = decision.year {
        say!("{year} will count as entered");
    }
    for day in &decision.days {
        say!("{}\t{}\t{}", day.date, day.kind.name(), day.name);
    }
    for dossier in touched {
        let code = dossier.dossier.code.as_deref().unwrap_or(&dossier.id);
        let would_be = match &dossier.would_be {
            Ok(due) => local(due.at).to_string(),
            Err(year) => year.to_string(),
        };
        say!("{code}\tpromised {}\twould be {would_be}", local(dossier.due));
    }
    say!("{} running dossiers would get a proposal; no promised date changes", touched.len());
}

fn refuse(problems: &[CalendarProblem]) -> ExitCode {
    for problem in problems {
        say!("{problem}");
    }
    say!("not entered: {} problems", problems.len());
    ExitCode::FAILURE
}

/// Whether the decision is entered or only looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Confirm {
    /// Only looked at.
    No,
    /// Entered.
    Yes,
}
