//! A signature under the minutes (ký biên bản): the lead's for the delegation, the head's for each
//! agency. With the first one the findings stand.

use super::command::SignMinutes;
use super::decide::Context;
use super::event::{Event, MinutesSigned};
use super::plan::refuse;
use super::refusal::{Refusal, Rule};
use super::state::Inspection;
use crate::dossier::Actor;
use crate::dossier::refusal::{Problems, limit};

pub(super) fn decide(
    of: &Inspection,
    wish: &SignMinutes,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let mut wrong = Problems::default();
    let remark = wrong.optional("remark", &wish.remark, limit::NOTE);
    refuse(wrong)?;
    let unit = match ctx.actor {
        Actor::Official { unit, .. } if of.plan.units.contains(unit) => Some(unit.clone()),
        Actor::Official { .. } | Actor::Applicant { .. } | Actor::System => None,
    };
    if of.signed(unit.as_deref()).is_some() {
        return Err(Refusal::Rule(Rule::SignedAlready));
    }
    Ok(Event::MinutesSigned(MinutesSigned { unit, remark }))
}
