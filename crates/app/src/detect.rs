//! `motcua detect`: odd signs of a period, for people and for programs.

use crate::cli::{DetectArgs, Place, Told};
use crate::house;
use anyhow::Context as _;
use domain::detectors::{Detector, Evidence, Told as Shown};
use domain::dossier::Actor;
use domain::statistics::Period;
use domain::time::local;
use office::figures::Asked;
use office::signs::Signs;
use std::io::Write as _;
use std::process::ExitCode;

/// Prints the signs.
pub(crate) async fn detect(args: DetectArgs, place: &Place) -> anyhow::Result<ExitCode> {
    let DetectArgs { from, to, agency, format } = args;
    let period = Period::new(from, to);
    let period = period.with_context(|| format!("--from {from} is after --to {to}"))?;
    let unknown = agency.as_ref().map(|id| format!("no agency {id}"));
    let asked = Asked { period, agency, as_of: None };
    let office = house::open(place).await?;
    let signs = office.signs(&Actor::System, asked, Shown::All).await;
    let signs = signs.with_context(|| unknown.unwrap_or_else(|| "no signs".to_owned()))?;
    let text = match format {
        Told::Text => text(&signs),
        Told::Json => signs.sheet().to_json(),
        Told::Csv => signs.sheet().to_csv(),
    };
    // Who reads us may have had enough.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(ExitCode::SUCCESS)
}

/// Each detector with its count and, below it, its evidence.
fn text(signs: &Signs) -> String {
    let mut text = String::new();
    for detector in Detector::ALL {
        let code = detector.code().to_uppercase();
        text.push_str(&format!("{:>6}  {code}  {detector:?}\n", signs.shown.count(detector)));
        for found in signs.shown.found.iter().filter(|found| found.detector == detector) {
            text.push_str(&format!("        {}\n", line(found)));
        }
    }
    let basis = &signs.basis;
    text.push_str(&format!("{} entries, root {}\n", basis.size, basis.root));
    text
}

fn line(found: &Evidence) -> String {
    let dossier = found.code.as_ref().or(found.dossier.as_ref());
    let entry = found.entry.map_or_else(String::new, |entry| format!(" entry {entry}"));
    let odd = serde_json::to_string(&found.oddity).unwrap_or_default();
    let at = local(found.at).strftime("%Y-%m-%d %H:%M:%S");
    let dossier = dossier.map_or("-", String::as_str);
    format!("{at}  {}  {dossier}{entry}  {odd}", found.agency)
}
