//! Transfer (chuyển hồ sơ), NĐ 61/2018 Đ18: the same working day; after 15:00 at the start of the
//! next one. Closes the reception step and opens what the internal process has next.

use super::context::Context;
use super::decide::{Decision, own_task};
use super::event::{Event, Moves, TaskOpened, Transferred};
use super::refusal::Refusal;
use super::{Act, Dossier, tasks};

pub(super) fn decide(dossier: &Dossier, ctx: &Context<'_>) -> Result<Decision, Refusal> {
    let task = own_task(dossier, Act::Transfer, None, ctx)?;
    let transferred = after(dossier, Some(task), ctx)?;
    Ok(Decision::one(ctx, Event::Transferred(transferred)))
}

/// The transfer that closes `task`, if the counter held one.
pub(super) fn after(
    dossier: &Dossier,
    task: Option<&TaskOpened>,
    ctx: &Context<'_>,
) -> Result<Transferred, Refusal> {
    let process = ctx.process.ok_or(Refusal::NoProcess)?;
    let mut opens = Vec::new();
    for (no, &next) in (dossier.next_task()..).zip(process.successors(process.first().no)) {
        let Some(step) = process.step(next) else { continue };
        opens.push(tasks::open(dossier, step, no, ctx)?);
    }
    Ok(Transferred {
        to: opens.first().map_or_else(String::new, |task| task.place.clone()),
        moves: Moves { closes: task.map(|task| task.no).into_iter().collect(), opens },
    })
}
