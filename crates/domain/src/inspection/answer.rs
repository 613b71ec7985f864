//! The agency's answer to a finding (giải trình), once for each.

use super::command::Answer;
use super::decide::Context;
use super::event::Event;
use super::files;
use super::plan::refuse;
use super::refusal::Refusal;
use super::state::Inspection;
use crate::dossier::Reason;
use crate::dossier::refusal::{Problems, limit};

pub(super) fn decide(of: &Inspection, wish: &Answer, ctx: &Context<'_>) -> Result<Event, Refusal> {
    let mut wrong = Problems::default();
    let text = wrong.text("text", &wish.text, limit::NOTE);
    files::judge(&wish.files, &mut wrong);
    let theirs = of.findings.iter().any(|finding| {
        finding.no == wish.finding
            && finding.answer.is_none()
            && ctx.actor.works_at(&finding.found.what.unit)
    });
    if !theirs {
        wrong.add("finding", Reason::Unknown);
    }
    refuse(wrong)?;
    Ok(Event::Answered(Answer { text, ..wish.clone() }))
}
