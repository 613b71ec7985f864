//! `motcua inspect sample`: the sample of an inspection, drawn again.

use crate::cli::Place;
use crate::house;
use domain::dossier::Actor;
use std::process::ExitCode;

/// Draws the sample again and says whether it is the recorded one.
pub(super) async fn sample(
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
