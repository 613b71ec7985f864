//! The command line. Every setting can also come from the environment; nothing else is read there.

mod others;
mod report;

pub(crate) use others::{InspectCommand, VerifyArgs, VerifyFormat, WitnessArgs, WitnessCommand};

use crate::ports::{SetClock, SystemClock};
use crate::simulate::PlanArgs;
use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::time::instant;
use jiff::civil::{Date, DateTime};
use office::ports::Clock;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

pub(crate) use report::{Format, ReportArgs, Wanted};

/// Một Cửa: the electronic one-stop shop of a province.
#[derive(Parser)]
#[command(name = "motcua", version, max_term_width = 100, propagate_version = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Where an installation is.
#[derive(Args, Clone)]
pub(crate) struct Place {
    /// Folder of the installation: secrets, files, letters, and the embedded database.
    #[arg(long, env = "MOTCUA_DATA", value_name = "DIR", default_value = "var/motcua")]
    pub(crate) data: PathBuf,
    /// postgres://… instead of the embedded database.
    #[arg(long, env = "MOTCUA_DATABASE", value_name = "URL", hide_env_values = true)]
    pub(crate) database: Option<String>,
    /// A catalogue of your own instead of the embedded one.
    #[arg(long, env = "MOTCUA_CATALOGUE", value_name = "DIR")]
    pub(crate) catalogue: Option<PathBuf>,
    /// Address under which people reach it, for links in papers and letters.
    #[arg(long = "base-url", env = "MOTCUA_BASE_URL", value_name = "URL")]
    pub(crate) address: Option<String>,
}

impl Place {
    /// The database's address in storage's words.
    pub(crate) fn database_url(&self) -> String {
        match &self.database {
            Some(url) => url.clone(),
            None => format!("sqlite:{}", self.data.join("motcua.db").display()),
        }
    }

    /// The public address, without a slash at the end.
    pub(crate) fn base_url(&self) -> String {
        let address = self.address.as_deref().unwrap_or("http://127.0.0.1:8080");
        address.trim_end_matches('/').to_owned()
    }

    /// Name for a new log: the host of the public address.
    pub(crate) fn origin(&self) -> String {
        let address = self.base_url();
        let host = address.split("://").last().unwrap_or_default();
        let host: String = host.chars().take_while(|c| *c != '/' && *c != ':').collect();
        let local = host.is_empty() || host.parse::<std::net::IpAddr>().is_ok();
        if local { "motcua.invalid/log".to_owned() } else { format!("{host}/log") }
    }
}

/// How people reach the server.
#[derive(Args, Clone)]
pub(crate) struct Door {
    /// Address and port to listen on.
    #[arg(long, env = "MOTCUA_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Set the clock, for demonstrations and tests: 2026-11-09T09:00, Vietnamese time.
    #[arg(long, value_name = "TIME", hide = true)]
    pub(crate) now: Option<DateTime>,
}

impl Door {
    /// The clock of the house behind this door.
    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        match self.now {
            Some(now) => {
                eprintln!("The clock was set to {now} by hand: not for an office that works.");
                Arc::new(SetClock::to(instant(now)))
            }
            None => Arc::new(SystemClock),
        }
    }
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serve an installation
    Serve {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        door: Door,
    },
    /// Serve the demo: sample people and dossiers, sign-ins are printed
    Demo {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        door: Door,
    },
    /// Bring the database up to this program's tables
    Migrate {
        #[command(flatten)]
        place: Place,
    },
    /// The catalogue of procedures
    #[command(subcommand)]
    Catalogue(CatalogueCommand),
    /// Papers: templates to reword, samples to judge
    #[command(subcommand)]
    Documents(DocumentsCommand),
    /// The working calendar: days off, make-up work, decisions
    #[command(subcommand)]
    Calendar(CalendarCommand),
    /// The tamper-evident log
    #[command(subcommand)]
    Ledger(LedgerCommand),
    /// Cosign the heads of other houses' logs, for an inspectorate (docs/verify.md)
    Witness(WitnessArgs),
    /// The figures of a period, recomputed from the record
    Report {
        #[command(flatten)]
        asked: ReportArgs,
        #[command(flatten)]
        place: Place,
    },
    /// Odd signs of a period, with the evidence for each
    Detect {
        #[command(flatten)]
        asked: DetectArgs,
        #[command(flatten)]
        place: Place,
    },
    /// An inspector's work, alone with a laptop (docs/verify.md)
    #[command(subcommand)]
    Inspect(InspectCommand),
    /// What an outsider checks with tools of their own
    #[command(subcommand)]
    Export(ExportCommand),
    /// One dossier
    #[command(subcommand)]
    Dossier(DossierCommand),
    /// Make everything that is derived from the facts anew
    Rebuild {
        #[command(flatten)]
        place: Place,
    },
    /// Accounts and bearer tokens
    #[command(subcommand)]
    User(UserCommand),
    /// Say what is wrong with an installation
    Doctor {
        #[command(flatten)]
        place: Place,
    },
    /// Due dates for checking: JSON lines in, JSON lines out (docs/deadline.md)
    Deadline {
        /// Tell the reasons in Vietnamese and English sentences as well
        #[arg(long)]
        words: bool,
    },
    /// Play a period through the real write path into a new installation
    Simulate {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        plan: PlanArgs,
    },
}

#[derive(Subcommand)]
pub(crate) enum CatalogueCommand {
    /// Check references, times and calendars; errors name file and place
    Check {
        /// Folder; the embedded catalogue when missing
        folder: Option<PathBuf>,
    },
    /// List the procedures offered on a day
    List {
        /// The day; today when missing
        #[arg(long)]
        day: Option<Date>,
        #[arg(long, env = "MOTCUA_CATALOGUE", value_name = "DIR")]
        catalogue: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
pub(crate) enum DocumentsCommand {
    /// The templates of the forms: an installation rewords them in its folder `templates`
    #[command(subcommand)]
    Templates(TemplatesCommand),
    /// Render every form, state, rule profile and people's names, with its data as JSON beside it
    Samples {
        /// An empty or missing folder
        folder: PathBuf,
        /// Only states whose name begins so, such as `receipt`
        #[arg(long, default_value = "")]
        only: String,
    },
    /// Judge PDF files by our own rules of PDF/A-2a and PDF/UA-1
    Check {
        /// The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Papers a second on all cores, and the first one in a process
    Speed {
        /// How many papers
        #[arg(long, default_value_t = 1000)]
        papers: u32,
    },
}

#[derive(Subcommand)]
pub(crate) enum TemplatesCommand {
    /// Write the templates of this release, to be changed
    Export {
        /// An empty or missing folder
        folder: PathBuf,
    },
    /// Render every sample with the templates of a folder; errors name file and line
    Check {
        /// The folder
        folder: PathBuf,
    },
}

#[derive(Subcommand)]
pub(crate) enum CalendarCommand {
    /// The days of a year that differ from the week's rule
    Show {
        /// The year
        year: i16,
        #[command(flatten)]
        place: Place,
    },
    /// Write what the law's days off would be, by the lunar calendar, as a file to correct
    Propose {
        /// The year
        year: i16,
    },
    /// Look at a decision and the dossiers it would touch; enter it with --confirm
    Enter {
        /// TOML: number, issuer, issued_on, year (when it completes one), days (date, kind, name)
        file: PathBuf,
        /// Enter it; else it is only looked at
        #[arg(long)]
        confirm: bool,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Subcommand)]
pub(crate) enum LedgerCommand {
    /// Write the log as C2SP tlog-tiles with its signed head
    Export {
        /// An empty or missing folder
        folder: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Write what a witness that cannot be reached is asked, for carrying it there
    Offer {
        /// The witness, by its name in witnesses.policy
        witness: String,
        /// The size it cosigned last; as kept here when missing
        #[arg(long, value_name = "SIZE")]
        old: Option<u64>,
        #[command(flatten)]
        place: Place,
    },
    /// Take in what a witness answered to an offer
    Cosigned {
        /// Its signature lines
        file: PathBuf,
        /// The size of the head they are about
        #[arg(long)]
        size: u64,
        #[command(flatten)]
        place: Place,
    },
    /// Re-hash every entry of an exported log against its signed head
    Verify {
        /// The exported folder
        folder: PathBuf,
        /// The log's public key; the one beside the export when missing
        #[arg(long)]
        key: Option<String>,
    },
    /// Compare the database with its log: every row, every hash
    Audit {
        #[command(flatten)]
        place: Place,
    },
    /// Add what is new to a private mirror: every entry with its content, which is personal data
    Mirror {
        /// A file for the owner's eyes
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// After a restore: bring missing entries back from a mirror
    ImportTail {
        /// The mirror
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// After a restore without a mirror: state in the log that entries are lost, for good
    DeclareBreak {
        /// The last signed head that anybody has, such as motcua witness heads prints it
        head: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Print the log's public key
    Key {
        #[command(flatten)]
        place: Place,
    },
    /// Print the root over all entries
    Root {
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Subcommand)]
pub(crate) enum ExportCommand {
    /// Write all facts as JSON Lines, without personal data (docs/facts-export.md)
    Facts {
        /// A file that is not there yet
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Subcommand)]
pub(crate) enum DossierCommand {
    /// Write its papers, its course and its proofs as one ZIP (docs/bundle.md)
    Bundle {
        /// Its code or id
        code: String,
        /// A file that is not there yet
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        place: Place,
    },
}

/// Where odd signs are looked for.
#[derive(Args, Clone)]
pub(crate) struct DetectArgs {
    /// First day of the period
    #[arg(long)]
    pub(crate) from: Date,
    /// Last day of the period
    #[arg(long)]
    pub(crate) to: Date,
    /// Only this agency, by its id in the organisation
    #[arg(long)]
    pub(crate) agency: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Told::Text)]
    pub(crate) format: Told,
}

/// How signs are told.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Told {
    /// For people
    Text,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
}

#[derive(Subcommand)]
pub(crate) enum UserCommand {
    /// Make an account, or give an existing login a new password (read from standard input)
    Add {
        /// Login name
        #[arg(long)]
        login: String,
        /// Full name; an official's own when missing
        #[arg(long)]
        name: Option<String>,
        /// The official of the organisation behind the account
        #[arg(long, conflicts_with = "citizen", required_unless_present = "citizen")]
        official: Option<String>,
        /// A citizen's account
        #[arg(long)]
        citizen: bool,
        /// Do not ask twice: the password is one line of standard input
        #[arg(long)]
        password_stdin: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Make a bearer token for the JSON API; it is printed once
    Token {
        /// The official
        #[arg(long, conflicts_with = "account", required_unless_present = "account")]
        official: Option<String>,
        /// The id of a citizen's account
        #[arg(long)]
        account: Option<String>,
        /// What the token is for
        #[arg(long)]
        name: String,
        #[command(flatten)]
        place: Place,
    },
    /// List the accounts
    List {
        #[command(flatten)]
        place: Place,
    },
}
