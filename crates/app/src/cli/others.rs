//! The words of those outside: witnesses and inspectors.

use super::{Door, Place};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// A witness, and what it is to do; it serves when nothing is said.
#[derive(Args)]
pub(crate) struct WitnessArgs {
    /// Folder of the witness: its key, the logs it looks after, their last heads, evidence
    #[arg(long, env = "MOTCUA_WITNESS", value_name = "DIR", default_value = "var/witness")]
    #[arg(global = true)]
    pub(crate) data: PathBuf,
    #[command(flatten)]
    pub(crate) door: Door,
    #[command(subcommand)]
    pub(crate) command: Option<WitnessCommand>,
}

#[derive(Subcommand)]
pub(crate) enum WitnessCommand {
    /// Make a witness: its folder and its key, which is printed
    Init {
        /// Its name: a domain and a path of yours, such as thanhtra.example.vn/w1
        name: String,
    },
    /// Print its key
    Key,
    /// Look after a log from now on
    Trust {
        /// The log's public key, as motcua ledger key prints it
        key: String,
    },
    /// Print the last head of each log that was cosigned here
    Heads,
    /// Cosign a head that was carried here as a file; the answer is printed
    Cosign {
        /// What motcua ledger offer wrote, or the very first head of a log
        file: PathBuf,
    },
}

#[derive(Subcommand)]
pub(crate) enum InspectCommand {
    /// Check an export and recompute its figures, with the network off
    Verify(VerifyArgs),
    /// Draw the sample of an inspection again (docs/inspection-sample.md)
    Sample {
        /// The inspection, such as KT-2018-01
        code: String,
        /// Write the codes of the population to this file, and the signed note beside it (.note)
        #[arg(long, value_name = "FILE")]
        population: Option<PathBuf>,
        #[command(flatten)]
        place: Place,
    },
}

/// What is checked, and what the inspector brings along.
#[derive(Args)]
pub(crate) struct VerifyArgs {
    /// The folder that motcua ledger export wrote
    pub(crate) folder: PathBuf,
    /// The log's public key; the policy's, or the one beside the export when missing
    #[arg(long)]
    pub(crate) key: Option<String>,
    /// A signed head of an earlier day
    #[arg(long = "checkpoint", value_name = "FILE")]
    pub(crate) checkpoints: Vec<PathBuf>,
    /// Which witnesses count (tlog-policy)
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
    /// A report to recompute, as motcua report prints it in JSON
    #[arg(long = "report", value_name = "FILE")]
    pub(crate) reports: Vec<PathBuf>,
    /// A catalogue of the installation's own instead of the embedded one
    #[arg(long, value_name = "DIR")]
    pub(crate) catalogue: Option<PathBuf>,
    /// How far clocks may be apart, and how long a head may travel to its witness
    #[arg(long, value_name = "MINUTES", default_value_t = 10)]
    pub(crate) skew_minutes: i64,
    /// Within how many days a new filing counts as the same one again
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    pub(crate) refiled_days: i64,
    /// How findings are told
    #[arg(long, value_enum, default_value_t = VerifyFormat::Text)]
    pub(crate) format: VerifyFormat,
}

/// How findings are told.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum VerifyFormat {
    /// In Vietnamese and English
    Text,
    /// For programs
    Json,
}
