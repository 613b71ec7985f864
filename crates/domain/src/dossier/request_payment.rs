//! A payment the applicant owes before the work can go on (national status 6, TT 22/2019). The
//! clock stands only where the profile or the procedure's own law says so (`03-life-cycle.md`
//! §3.5): for a simple fee it runs on.

use super::command::RequestPayment;
use super::context::Context;
use super::decide::Decision;
use super::event::{Event, PaymentRequested};
use super::refusal::{Problems, Reason, Refusal, limit};
use super::{Dossier, clock, tasks};

/// A payment of more than this, in đồng, is a slip of the finger.
const AMOUNT_MAX: u64 = 1_000_000_000_000;
/// The longest time to pay, in working days.
const DAYS_MAX: u64 = 250;

pub(super) fn decide(
    dossier: &Dossier,
    wish: &RequestPayment,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let mut problems = Problems::default();
    let what = problems.text("what", &wish.what, limit::LINE);
    let legal_basis = problems.text("legal_basis", &wish.legal_basis, limit::LINE);
    if !(1..=AMOUNT_MAX).contains(&wish.amount_vnd) {
        problems.add("amount_vnd", Reason::OutOfRange(1, AMOUNT_MAX));
    }
    if wish.within_days.is_some_and(|days| !(1..=DAYS_MAX).contains(&u64::from(days))) {
        problems.add("within_days", Reason::OutOfRange(1, DAYS_MAX));
    }
    problems.none_or_refuse()?;
    let left = clock::left(dossier, ctx)?;
    Ok(Decision::one(
        ctx,
        Event::PaymentRequested(PaymentRequested {
            ordinal: u32::try_from(dossier.payments.len()).unwrap_or(u32::MAX - 1) + 1,
            what,
            amount_vnd: wish.amount_vnd,
            legal_basis,
            pay_by: clock::limit(wish.within_days, ctx)?,
            pauses: ctx.rules(dossier).financial_hold_pauses,
            remaining_minutes: left.minutes,
            statutory_remaining_minutes: left.statutory_minutes,
            moves: tasks::close_all(dossier),
        }),
    ))
}
