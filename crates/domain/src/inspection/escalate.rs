//! An overdue recommendation goes to a higher place (báo cáo cấp trên).

use super::command::Escalate;
use super::decide::Context;
use super::event::Event;
use super::plan::refuse;
use super::refusal::{Refusal, Rule};
use super::state::Inspection;
use crate::dossier::Reason;
use crate::dossier::refusal::{Problems, limit};

pub(super) fn decide(
    of: &Inspection,
    wish: &Escalate,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let mut wrong = Problems::default();
    let to = wrong.text("to", &wish.to, limit::LINE);
    let reason = wrong.text("reason", &wish.reason, limit::NOTE);
    let known = of.recommendations.iter().find(|one| one.no == wish.recommendation);
    if known.is_none() {
        wrong.add("recommendation", Reason::Unknown);
    }
    refuse(wrong)?;
    match known {
        Some(one) if one.is_overdue(ctx.today()) => {
            Ok(Event::Escalated(Escalate { to, reason, ..wish.clone() }))
        }
        _ => Err(Refusal::Rule(Rule::NotOverdue)),
    }
}
