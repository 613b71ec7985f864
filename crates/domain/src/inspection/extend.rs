//! More time for a recommendation (gia hạn), to a later day and with a reason.

use super::command::Extend;
use super::event::Event;
use super::plan::refuse;
use super::refusal::{Refusal, Rule};
use super::state::{Inspection, Status};
use crate::dossier::Reason;
use crate::dossier::refusal::{Problems, limit};

pub(super) fn decide(of: &Inspection, wish: &Extend) -> Result<Event, Refusal> {
    let mut wrong = Problems::default();
    let reason = wrong.text("reason", &wish.reason, limit::NOTE);
    let known = of.recommendations.iter().find(|one| one.no == wish.recommendation);
    let open = known.filter(|one| one.status != Status::Verified);
    if open.is_none() {
        wrong.add("recommendation", Reason::Unknown);
    }
    refuse(wrong)?;
    match open {
        Some(one) if wish.due_on <= one.what.due_on => Err(Refusal::Rule(Rule::NotLater)),
        _ => Ok(Event::Extended(Extend { reason, ..wish.clone() })),
    }
}
