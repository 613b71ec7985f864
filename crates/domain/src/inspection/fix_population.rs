//! The population (chốt tổng thể) is fixed before anybody can know by what it will be drawn: every
//! dossier of the agencies received in the period, as the record stands now.

use super::command::FixPopulation;
use super::decide::Context;
use super::event::{Event, PopulationFixed};
use super::refusal::{Refusal, Rule};
use crate::dossier::{Problem, Reason};

/// The most that are drawn at once.
pub const MOST: u32 = 200;

pub(super) fn decide(wish: &FixPopulation, ctx: &Context<'_>) -> Result<Event, Refusal> {
    let Some(population) = &ctx.observed.population else {
        return Err(Refusal::NotOpen(super::Act::FixPopulation));
    };
    if population.dossiers == 0 {
        return Err(Refusal::Rule(Rule::NothingToDraw));
    }
    let most = MOST.min(population.dossiers);
    if !(1..=most).contains(&wish.size) {
        let reason = Reason::OutOfRange(1, u64::from(most));
        return Err(Refusal::Invalid(vec![Problem::new("size", reason)]));
    }
    Ok(Event::PopulationFixed(PopulationFixed {
        ledger_size: population.ledger_size,
        root: population.root.clone(),
        dossiers: population.dossiers,
        hash: population.hash.clone(),
        size: wish.size,
    }))
}
