//! Issuing (phát hành): number, seal, end of the clock — national status 9, the date every figure
//! counts (`03-life-cycle.md` §3.8).

use super::command::Issue;
use super::context::Context;
use super::decide::{Book, Decision, own_task};
use super::event::{Event, GrantedPaper, Issued, ResultOutcome};
use super::refusal::Refusal;
use super::{Act, Dossier, tasks};
use crate::time::{Instant, local};
use jiff::ToSpan;
use jiff::civil::Date;

pub(super) fn decide(
    dossier: &Dossier,
    wish: &Issue,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let task = own_task(dossier, Act::Issue, None, ctx)?;
    let draft = dossier.draft.as_ref().ok_or(Refusal::NotOpen(Act::Issue))?;
    let agency = ctx.organisation.code_of(&dossier.submitted.agency);
    let today = local(ctx.at).date();
    let year = today.year();
    let paper = match draft.outcome {
        ResultOutcome::Granted => granted(ctx, today),
        ResultOutcome::Refused => None,
    };
    let event = Event::Issued(Issued {
        number: 0,
        book: format!("{year}/{agency}"),
        outcome: draft.outcome,
        paper,
        file: wish.sealed.as_ref().map(|sealed| sealed.paper.clone()),
        moves: tasks::after(dossier, task, ctx)?,
    });
    let mut decision = Decision::one(ctx, event);
    decision.book = Some(Book {
        key: result_book(agency, ctx.at),
        number: wish.sealed.as_ref().map(|sealed| sealed.number),
    });
    Ok(decision)
}

/// The kind of what is granted, and the day before the same date so many months later.
fn granted(ctx: &Context<'_>, today: Date) -> Option<GrantedPaper> {
    let paper = ctx.procedure.granted_paper()?;
    let valid_until = paper.validity_months.and_then(|months| {
        let months = i32::try_from(months).ok()?;
        today.checked_add(months.months()).and_then(|day| day.yesterday()).ok()
    });
    Some(GrantedPaper { kind: paper.kind.clone()?, valid_until })
}

/// The key of an agency's book of results in the year of an instant; `agency` is its code.
#[must_use]
pub fn result_book(agency: &str, at: Instant) -> String {
    format!("result|{agency}|{}", local(at).year())
}
