//! Issuing (phát hành): number, seal, end of the clock — national status 9, the date every figure
//! counts (`03-life-cycle.md` §3.8).

use super::context::Context;
use super::decide::{Book, Decision, own_task};
use super::event::{Event, Issued};
use super::refusal::Refusal;
use super::{Act, Dossier, tasks};
use crate::time::local;

pub(super) fn decide(dossier: &Dossier, ctx: &Context<'_>) -> Result<Decision, Refusal> {
    let task = own_task(dossier, Act::Issue, None, ctx)?;
    let draft = dossier.draft.as_ref().ok_or(Refusal::NotOpen(Act::Issue))?;
    let agency = ctx.organisation.code_of(&dossier.submitted.agency);
    let year = local(ctx.at).year();
    let event = Event::Issued(Issued {
        number: 0,
        book: format!("{year}/{agency}"),
        outcome: draft.outcome,
        moves: tasks::after(dossier, task, ctx)?,
    });
    let mut decision = Decision::one(ctx, event);
    decision.book = Some(Book { key: format!("result|{agency}|{year}") });
    Ok(decision)
}
