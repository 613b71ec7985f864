//! The officers' own steps: checking, field verification, opinions of other agencies, review by the
//! head of the unit. Each closes its task and opens what the process has next (NĐ 61/2018 Đ19.2–5).

use super::command::Work;
use super::context::Context;
use super::decide::{Decision, own_task};
use super::event::{Event, StepCompleted, TaskOpened};
use super::refusal::{Problems, Reason, Refusal, limit};
use super::{Act, Dossier, tasks};
use crate::rules::Silence;
use crate::time::Instant;

pub(super) fn decide(
    dossier: &Dossier,
    wish: &Work,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let task = own_task(dossier, Act::Work, wish.task, ctx)?;
    let mut problems = Problems::default();
    let note = problems.optional("note", &wish.note, limit::NOTE);
    let ways = tasks::ways(task.step, ctx);
    let way = match (ways.is_empty(), wish.way) {
        (true, _) => None,
        (false, Some(way)) if ways.contains(&way) => Some(way),
        (false, Some(_)) => {
            problems.add("way", Reason::Unknown);
            None
        }
        (false, None) => {
            problems.add("way", Reason::Missing);
            None
        }
    };
    problems.none_or_refuse()?;
    let deemed_consent = note.is_empty() && consents_by_silence(task, ctx.at);
    Ok(Decision::one(
        ctx,
        Event::StepCompleted(StepCompleted {
            task: task.no,
            step: task.step,
            name: task.name.clone(),
            note,
            deemed_consent,
            moves: tasks::after_by(dossier, task, way, ctx)?,
        }),
    ))
}

/// The agency that was asked has not answered in its time, and the law takes that for consent.
fn consents_by_silence(task: &TaskOpened, now: Instant) -> bool {
    task.consultation
        .is_some_and(|asked| asked.silence == Silence::Consent && asked.answer_by < now)
}
