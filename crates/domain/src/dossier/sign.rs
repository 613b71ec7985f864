//! The signature (ký): on the draft that was read, unchanged. NĐ 61/2018 Đ19.2.

use super::command::Sign;
use super::context::Context;
use super::decide::{Decision, own_task};
use super::event::{Event, Signed};
use super::refusal::Refusal;
use super::{Act, Dossier, tasks};

pub(super) fn decide(
    dossier: &Dossier,
    wish: &Sign,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let task = own_task(dossier, Act::Sign, None, ctx)?;
    let draft = dossier.draft.as_ref().ok_or(Refusal::NotOpen(Act::Sign))?;
    if wish.draft.is_some_and(|read| read != draft.number) {
        return Err(Refusal::DraftChanged);
    }
    Ok(Decision::one(
        ctx,
        Event::Signed(Signed {
            draft: draft.number,
            title: draft.title.clone(),
            file: wish.paper.clone(),
            moves: tasks::after(dossier, task, ctx)?,
        }),
    ))
}
