//! The sample (rút mẫu): its seed is the hash of a signed checkpoint later than the population, so
//! neither side could know it. Whoever has the list and the note draws the same.

use super::decide::Context;
use super::event::{Event, SampleDrawn};
use super::refusal::{Refusal, Rule};
use super::state::Inspection;

pub(super) fn decide(of: &Inspection, ctx: &Context<'_>) -> Result<Event, Refusal> {
    let (Some(population), Some(draw)) = (&of.population, &ctx.observed.draw) else {
        return Err(Refusal::NotOpen(super::Act::DrawSample));
    };
    if draw.checkpoint_size <= population.what.ledger_size {
        return Err(Refusal::Rule(Rule::CheckpointNotLater));
    }
    Ok(Event::SampleDrawn(SampleDrawn {
        checkpoint_size: draw.checkpoint_size,
        note: draw.note.clone(),
        seed: draw.seed.clone(),
        codes: draw.codes.clone(),
    }))
}
