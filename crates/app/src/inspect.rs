//! `motcua inspect`: what anybody can recompute of an inspection.

use crate::cli::Place;
use crate::house;
use clap::Subcommand;
use domain::dossier::Actor;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Subcommand)]
pub(crate) enum InspectCommand {
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

/// Carries out the command.
pub(crate) async fn run(command: InspectCommand) -> anyhow::Result<ExitCode> {
    match command {
        InspectCommand::Sample { code, population, place } => {
            sample(&code, population.as_deref(), &place).await
        }
    }
}

/// Draws the sample again and says whether it is the recorded one.
async fn sample(
    code: &str,
    population: Option<&std::path::Path>,
    place: &Place,
) -> anyhow::Result<ExitCode> {
    let office = house::open(place).await?;
    let anew = office.sample_anew(&Actor::System, code).await?;
    if let Some(path) = population {
        let text = anew.population.iter().map(|code| format!("{code}\n")).collect::<String>();
        std::fs::write(path, text)?;
        std::fs::write(path.with_extension("note"), &anew.recorded.note)?;
    }
    say!("{} dossiers, hash {}", anew.population.len(), anew.recorded_hash);
    say!("checkpoint of {} entries, seed {}", anew.recorded.checkpoint_size, anew.seed);
    for code in &anew.codes {
        say!("{code}");
    }
    if anew.follows() {
        say!("the sample is the recorded one");
        Ok(ExitCode::SUCCESS)
    } else {
        say!("THE RECORDED SAMPLE DOES NOT FOLLOW: {}", anew.recorded.codes.join(", "));
        Ok(ExitCode::FAILURE)
    }
}
