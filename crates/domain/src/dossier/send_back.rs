//! A reviewer or the signing leader returns the draft with what must change; the officer drafts
//! again. The clock runs on: the citizen does not pay for a weak draft.

use super::command::SendBack;
use super::context::Context;
use super::decide::Decision;
use super::event::{Event, SentBack};
use super::refusal::{Problems, Refusal, limit};
use super::{Dossier, tasks};
use crate::process::StepKind;

pub(super) fn decide(
    dossier: &Dossier,
    wish: &SendBack,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let mut problems = Problems::default();
    let reason = problems.text("reason", &wish.reason, limit::REASON);
    problems.none_or_refuse()?;
    let process = ctx.process.ok_or(Refusal::NoProcess)?;
    let drafting = process
        .steps
        .iter()
        .find(|step| step.kind == StepKind::Propose)
        .ok_or(Refusal::NoProcess)?;
    let mut moves = tasks::close_all(dossier);
    moves.opens.push(tasks::open(dossier, drafting, dossier.next_task(), ctx)?);
    Ok(Decision::one(
        ctx,
        Event::SentBack(SentBack {
            draft: dossier.draft.as_ref().map_or(0, |draft| draft.number),
            reason,
            moves,
        }),
    ))
}
