//! What `motcua report` is asked for.

use clap::{Args, ValueEnum};
use jiff::civil::{Date, DateTime};
use office::figures::Form;

/// Which figures.
#[derive(Args, Clone)]
pub(crate) struct ReportArgs {
    /// 06a, 07a, ii07, tt01, qd766, catalogue, register; check compares counters and facts
    #[arg(value_parser = wanted)]
    pub(crate) wanted: Wanted,
    /// First day of the period
    #[arg(long)]
    pub(crate) from: Option<Date>,
    /// Last day of the period
    #[arg(long)]
    pub(crate) to: Option<Date>,
    /// Only this agency, by its id in the organisation
    #[arg(long)]
    pub(crate) agency: Option<String>,
    /// As it was known then: 2018-11-16T17:30, Vietnamese time
    #[arg(long, value_name = "TIME")]
    pub(crate) as_of: Option<DateTime>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Format::Json)]
    pub(crate) format: Format,
}

/// What `motcua report` is asked for.
#[derive(Clone, Copy)]
pub(crate) enum Wanted {
    /// A report.
    Form(Form),
    /// Whether the counters say what the facts say.
    Check,
}

/// How a report is written.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// For programs
    Json,
    /// For spreadsheets, as text
    Csv,
    /// For Excel
    Xlsx,
    /// For LibreOffice
    Ods,
    /// For paper: A4 across
    Pdf,
}

fn wanted(name: &str) -> Result<Wanted, String> {
    if name == "check" {
        return Ok(Wanted::Check);
    }
    let names = Form::ALL.map(Form::name).join(", ");
    let form = Form::named(name).ok_or_else(|| format!("there are {names} and check"))?;
    Ok(Wanted::Form(form))
}
