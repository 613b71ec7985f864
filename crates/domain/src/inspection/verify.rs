//! The verification (xác minh): by somebody who does not work for the agency, of what it reported.

use super::command::Verify;
use super::decide::Context;
use super::event::Event;
use super::plan::refuse;
use super::refusal::{Refusal, Rule};
use super::state::{Inspection, Status};
use crate::dossier::Reason;
use crate::dossier::refusal::{Problems, limit};

pub(super) fn decide(of: &Inspection, wish: &Verify, ctx: &Context<'_>) -> Result<Event, Refusal> {
    let mut wrong = Problems::default();
    let note = wrong.text("note", &wish.note, limit::NOTE);
    let known = of.recommendations.iter().find(|one| one.no == wish.recommendation);
    if known.is_none_or(|one| one.status == Status::Verified) {
        wrong.add("recommendation", Reason::Unknown);
    }
    refuse(wrong)?;
    let Some(one) = known else { return Err(Refusal::Rule(Rule::NothingReported)) };
    if ctx.actor.works_at(&one.what.addressee) {
        return Err(Refusal::Rule(Rule::VerifiedByOwn));
    }
    if one.status != Status::Reported {
        return Err(Refusal::Rule(Rule::NothingReported));
    }
    Ok(Event::Verified(Verify { note, ..wish.clone() }))
}
