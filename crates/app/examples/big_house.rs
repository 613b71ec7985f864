//! `make big-house`: a house with so many dossiers, laid from a played one.
//!
//! Each dossier is one that the simulator played, with an id, codes and persons of its own, whole
//! weeks earlier or later: at the same hour of the same weekday, so every wait is as long as it
//! was. Courses that reach beyond the last day played are cut there and run. Entries are made anew
//! in the order of time: numbers, chain, commitments and leaves are what they would have been, and
//! `motcua ledger audit` finds nothing odd (`crates/app/tests/big_house.rs`).
//!
//! What is not as if it had been played: a due date moves with its dossier, over holidays too.
//!
//! ```text
//! big_house PLAYED NEW [DOSSIERS [SEED]]    the same seed gives the same root
//! ```

#[path = "big_house/mod.rs"]
mod big_house;

use anyhow::Context as _;
use std::path::Path;

/// Dossiers when none are asked for.
const DOSSIERS: u32 = 1_000_000;
/// Seed when none is given.
const SEED: u64 = 7;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [played, new, numbers @ ..] = arguments.as_slice() else {
        anyhow::bail!("big_house PLAYED NEW [DOSSIERS [SEED]]");
    };
    let dossiers = numbers.first().map_or(Ok(DOSSIERS), |text| text.parse());
    let dossiers = dossiers.context("the number of dossiers")?;
    let seed = numbers.get(1).map_or(Ok(SEED), |text| text.parse()).context("the seed")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(big_house::lay(Path::new(played), Path::new(new), (dossiers, seed)))
}
