//! `motcua doctor`: looks at an installation as it lies there and says what is wrong, and how to
//! mend it.

use crate::cli::Place;
use crate::house;
use domain::time::local;
use office::Office;
use office::catalogue::{Severity, Sources, check};
use std::process::ExitCode;

/// Findings with what to do; empty when all is well.
#[derive(Default)]
struct Report {
    wrong: usize,
}

impl Report {
    fn fine(&self, what: &str) {
        say!("ok     {what}");
    }

    fn wrong(&mut self, what: &str, remedy: &str) {
        self.wrong += 1;
        say!("WRONG  {what}\n       {remedy}");
    }
}

/// Looks at everything; fails when something is wrong.
pub(crate) async fn doctor(place: &Place) -> anyhow::Result<ExitCode> {
    let mut report = Report::default();
    if !place.data.is_dir() {
        let remedy = "Name the folder with --data, or make it with motcua migrate.";
        report.wrong(&format!("there is no folder {}", place.data.display()), remedy);
        return Ok(ExitCode::FAILURE);
    }
    let office = match house::open(place).await {
        Ok(office) => office,
        Err(error) => {
            report.wrong(&format!("{error:#}"), "Nothing works before this is mended.");
            return Ok(ExitCode::FAILURE);
        }
    };
    report.fine("database and secrets open; the tables are up to date");
    secrets_are_private(place, &mut report);
    calendar(&office, &mut report);
    catalogue(place, &mut report)?;
    templates(&office, &mut report);
    accounts(&office, &mut report).await?;
    letters(&office, &mut report).await?;
    log(&office, &mut report).await?;
    Ok(if report.wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn secrets_are_private(place: &Place, report: &mut Report) {
    use std::os::unix::fs::PermissionsExt as _;
    let path = place.data.join("installation.toml");
    match std::fs::metadata(&path) {
        Ok(found) if found.permissions().mode() & 0o077 == 0 => {
            report.fine("the secrets are for their owner only");
        }
        Ok(_) => report.wrong(
            &format!("others may read {}", path.display()),
            "chmod 600, and think about who may have read it.",
        ),
        Err(error) => report.wrong(&format!("{}: {error}", path.display()), "Put it back."),
    }
}

/// A template of the installation that fails gives way to ours, but somebody should know.
fn templates(office: &Office, report: &mut Report) {
    let complaints = office.press.complaints();
    for complaint in &complaints {
        report.wrong(complaint, "motcua documents templates check names file and line.");
    }
    if complaints.is_empty() {
        report.fine("the templates of all papers render");
    }
}

/// A year without holidays computes no due date: nothing could be received.
fn calendar(office: &Office, report: &mut Report) {
    let today = local(office.clock.now()).date();
    for (year, urgent) in [(today.year(), true), (today.year() + 1, today.month() > 9)] {
        if office.calendar().calendar.years.contains(&year) {
            report.fine(&format!("the days off of {year} are entered"));
        } else if urgent {
            report.wrong(
                &format!("the days off of {year} are not entered"),
                "Without them no dossier that ends in that year can be received. \
                 Enter the decision: /lich-lam-viec, or motcua calendar enter.",
            );
        }
    }
}

fn catalogue(place: &Place, report: &mut Report) -> anyhow::Result<()> {
    let sources = match &place.catalogue {
        Some(folder) => house::sources(folder)?,
        None => Sources::embedded(),
    };
    let problems = check(&sources);
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    if errors == 0 {
        report.fine(&format!("the catalogue: {} files, no errors", sources.0.len()));
    } else {
        let remedy = "motcua catalogue check names each with file and place.";
        report.wrong(&format!("the catalogue has {errors} errors"), remedy);
    }
    Ok(())
}

async fn accounts(office: &Office, report: &mut Report) -> anyhow::Result<()> {
    let accounts = office.store.accounts().await?;
    let gone = accounts.iter().filter(|account| account.disabled_at.is_none()).filter(|account| {
        account.official.as_deref().is_some_and(|id| office.official(id).is_none())
    });
    let gone: Vec<&str> = gone.map(|account| account.login.as_str()).collect();
    if gone.is_empty() {
        report.fine(&format!("{} accounts", accounts.len()));
    } else {
        let remedy = "Their officials are not in office today; they cannot sign in.";
        report.wrong(&format!("accounts without office: {}", gone.join(", ")), remedy);
    }
    Ok(())
}

async fn letters(office: &Office, report: &mut Report) -> anyhow::Result<()> {
    let waiting = office.store.outbox_waiting().await?;
    if waiting < 1_000 {
        report.fine(&format!("{waiting} letters wait to be sent"));
    } else {
        let remedy = "Is the server running, and is there room in the folder mail/?";
        report.wrong(&format!("{waiting} letters wait to be sent"), remedy);
    }
    Ok(())
}

async fn log(office: &Office, report: &mut Report) -> anyhow::Result<()> {
    let audit = office.audit_ledger().await?;
    if audit.findings.is_empty() {
        report.fine(&format!("the log: {} entries, root {}", audit.entries, audit.root));
    } else {
        let remedy = "motcua ledger audit names each. Keep this database as it is, as evidence.";
        report.wrong(&format!("the log has {} findings", audit.findings.len()), remedy);
    }
    Ok(())
}
