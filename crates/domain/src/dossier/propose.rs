//! The draft of the result goes up for signature (NĐ 61/2018 Đ19.2–3). A refusal after appraisal is
//! a result too, owed within the same time (Đ19.8), and needs its reasons.

use super::command::Propose;
use super::context::Context;
use super::decide::{Decision, own_task};
use super::event::{Event, Proposed};
use super::refusal::{Problems, Refusal, limit};
use super::{Act, Dossier, tasks};

pub(super) fn decide(
    dossier: &Dossier,
    wish: &Propose,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let task = own_task(dossier, Act::Propose, None, ctx)?;
    let mut problems = Problems::default();
    let title = problems.text("title", &wish.title, limit::LINE);
    let body = problems.text("body", &wish.body, limit::BODY);
    let note = problems.optional("note", &wish.note, limit::NOTE);
    problems.none_or_refuse()?;
    Ok(Decision::one(
        ctx,
        Event::Proposed(Proposed {
            draft: dossier.draft.as_ref().map_or(1, |draft| draft.number + 1),
            outcome: wish.outcome,
            title,
            body,
            note,
            moves: tasks::after(dossier, task, ctx)?,
        }),
    ))
}
