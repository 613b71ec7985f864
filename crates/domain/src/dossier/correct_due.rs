//! The calendar changed after the promise was made: the printed date is not touched silently. The
//! system proposes what the new calendar gives, and an authorised person accepts it, dossier by
//! dossier, with the number of the decision (`03-life-cycle.md` §3.6, invariant 1). Only a proposal
//! can be accepted; no date is ever typed.

use super::command::CorrectDue;
use super::context::Context;
use super::decide::Decision;
use super::event::{DueCorrected, Event};
use super::refusal::{Problems, Refusal, limit};
use super::{Dossier, clock};

pub(super) fn decide(
    dossier: &Dossier,
    wish: &CorrectDue,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let proposal = clock::proposal(dossier, ctx.calendar)?.ok_or(Refusal::NothingToCorrect)?;
    let mut problems = Problems::default();
    let decision = problems.text("decision", &wish.decision, limit::LINE);
    problems.none_or_refuse()?;
    let clock::Proposal { old_due, due, statutory_due } = proposal;
    let fact = DueCorrected { decision, old_due, due, statutory_due };
    Ok(Decision::one(ctx, Event::DueCorrected(fact)))
}
