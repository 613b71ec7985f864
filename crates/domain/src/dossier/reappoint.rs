//! An apology and a new due date (Mẫu 04), NĐ 61/2018 Đ19.9: at the latest one day before the
//! promise runs out, at most once, with the reason. The new date is counted on from the old one;
//! the one printed first stays.

use super::command::Reappoint;
use super::context::Context;
use super::decide::Decision;
use super::event::{DueDate, Event, Reappointed};
use super::refusal::{Problems, Reason, Refusal, limit};
use super::{Act, Dossier, clock};
use crate::time::local;
use jiff::ToSpan as _;

/// The longest extension, in working days.
const DAYS_MAX: u64 = 60;

pub(super) fn decide(
    dossier: &Dossier,
    wish: &Reappoint,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let old_due = dossier.clock.due.as_ref().ok_or(Refusal::NotOpen(Act::Reappoint))?;
    in_time(old_due, dossier, ctx)?;
    let mut problems = Problems::default();
    let reason = problems.text("reason", &wish.reason, limit::REASON);
    if !(1..=DAYS_MAX).contains(&u64::from(wish.working_days)) {
        problems.add("working_days", Reason::OutOfRange(1, DAYS_MAX));
    }
    problems.none_or_refuse()?;
    let due = clock::days_after(old_due.at, wish.working_days, ctx)?;
    let fact = Reappointed { reason, old_due: old_due.clone(), due };
    Ok(Decision::one(ctx, Event::Reappointed(fact)))
}

fn in_time(due: &DueDate, dossier: &Dossier, ctx: &Context<'_>) -> Result<(), Refusal> {
    let lead = i64::from(ctx.rules(dossier).apology_lead_days);
    let last = local(due.at).date().saturating_sub(lead.days());
    if local(ctx.at).date() > last { Err(Refusal::ReappointmentTooLate) } else { Ok(()) }
}
