//! Stopping (dừng giải quyết, TT 03/2025 Mẫu 05): by the head of the agency, on a ground of law,
//! with words and article. When the applicant's limit for a supplement or a payment has run out,
//! the system proposes it (`03-life-cycle.md` §3.3); the head decides. National status 8.

use super::command::Stop;
use super::context::Context;
use super::decide::Decision;
use super::event::{Event, StopGround, Stopped};
use super::refusal::{Problems, Reason, Refusal, limit};
use super::{Dossier, Stage, tasks};
use crate::time::Instant;

pub(super) fn decide(
    dossier: &Dossier,
    wish: &Stop,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let mut problems = Problems::default();
    let overdue = proposed(dossier, ctx.at);
    let holds = match wish.ground {
        StopGround::SupplementOverdue | StopGround::PaymentOverdue => overdue == Some(wish.ground),
        StopGround::SpecialLaw => dossier.clock.received_at.is_some(),
    };
    if !holds {
        problems.add("ground", Reason::NotTheCase);
    }
    let reason = problems.text("reason", &wish.reason, limit::REASON);
    let legal_basis = problems.text("legal_basis", &wish.legal_basis, limit::LINE);
    problems.none_or_refuse()?;
    let moves = tasks::close_all(dossier);
    Ok(Decision::one(
        ctx,
        Event::Stopped(Stopped { ground: wish.ground, reason, legal_basis, moves }),
    ))
}

/// The ground on which the system proposes to stop the dossier now: the applicant's own limit has
/// run out.
#[must_use]
pub fn proposed(dossier: &Dossier, now: Instant) -> Option<StopGround> {
    let over = |limit: Option<Instant>| limit.is_some_and(|limit| limit < now);
    match dossier.stage {
        Stage::AwaitingSupplement { .. } => {
            let limit = dossier.supplements.last().and_then(|cycle| cycle.answer_by);
            over(limit).then_some(StopGround::SupplementOverdue)
        }
        Stage::AwaitingPayment { .. } => {
            let limit = dossier.payments.last().and_then(|payment| payment.pay_by);
            over(limit).then_some(StopGround::PaymentOverdue)
        }
        _ => None,
    }
}
