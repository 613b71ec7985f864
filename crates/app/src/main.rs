//! `motcua`: the building. Reads the environment, opens the office, serves it, and carries the
//! commands of the person who runs it.

/// Prints a line. Who reads us may have had enough (`motcua catalogue list | head`): that is no
/// fault of ours.
macro_rules! say {
    ($($told:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($told)*);
    }};
}

mod calendar;
mod catalogue;
mod cli;
mod courier;
mod deadline;
mod demo;
mod detect;
mod doctor;
mod documents;
mod dossier;
mod figures;
mod house;
mod inspect;
mod key_ring;
mod log;
mod ports;
mod serve;
mod simulate;
mod tail;
mod user;
mod witness;
mod witnesses;

use clap::Parser as _;
use cli::{Cli, Command};
use deadline::Explained;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// Measured: a tenth less CPU for a life cycle than the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("MOTCUA_LOG");
    let filter = filter.unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(run(cli.command)),
        Err(error) => Err(error.into()),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("motcua: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve { place, door } => serve::serve(&place, &door).await,
        Command::Demo { place, door } => demo::demo(place, &door).await,
        Command::Migrate { place } => {
            house::open(&place).await?;
            say!("{} is up to date", place.data.display());
            Ok(ExitCode::SUCCESS)
        }
        Command::Calendar(command) => calendar::run(command).await,
        Command::Catalogue(command) => catalogue::run(command),
        Command::Documents(command) => documents::run(command),
        Command::Ledger(command) => log::run(command).await,
        Command::Witness(args) => witness::run(args).await,
        Command::Report { asked, place } => figures::report(asked, &place).await,
        Command::Detect { asked, place } => detect::detect(asked, &place).await,
        Command::Inspect(command) => inspect::run(command).await,
        Command::Export(command) => figures::export(command).await,
        Command::Dossier(command) => dossier::run(command).await,
        Command::Rebuild { place } => log::rebuild(&place).await,
        Command::User(command) => user::run(command).await,
        Command::Doctor { place } => doctor::doctor(&place).await,
        Command::Deadline { words } => {
            let explained = if words { Explained::DataAndWords } else { Explained::Data };
            deadline::run(std::io::stdin().lock(), std::io::stdout().lock(), explained)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Simulate { place, plan } => simulate::command(&place, &plan).await,
    }
}
