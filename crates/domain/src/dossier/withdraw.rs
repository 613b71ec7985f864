//! Withdrawal (rút hồ sơ) at the applicant's wish, before the result is signed.

use super::command::Withdraw;
use super::context::Context;
use super::decide::Decision;
use super::event::{Event, Withdrawn};
use super::refusal::{Problems, Refusal, limit};
use super::{Dossier, tasks};

pub(super) fn decide(
    dossier: &Dossier,
    wish: &Withdraw,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let mut problems = Problems::default();
    let reason = problems.text("reason", &wish.reason, limit::REASON);
    problems.none_or_refuse()?;
    Ok(Decision::one(ctx, Event::Withdrawn(Withdrawn { reason, moves: tasks::close_all(dossier) })))
}
