//! The promise: when the result is due, and what a supplement does to it.

use super::context::Context;
use super::event::DueDate;
use super::refusal::Refusal;
use super::{Dossier, SupplementCycle};
use crate::procedure::TimeSpan;
use crate::rules::SupplementEffect;
use crate::time::{Instant, instant, local};
use crate::worktime::YearNotEntered;

/// The verdict on a finished dossier (`03-life-cycle.md` §3.8, grain: date).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Finished on an earlier day than promised.
    Early,
    /// Finished on the promised day, not after the promised instant.
    OnTime,
    /// Finished later.
    Late,
}

/// Judges an end against a due instant.
#[must_use]
pub fn verdict(finished: Instant, due: Instant) -> Verdict {
    if finished > due {
        Verdict::Late
    } else if local(finished).date() < local(due).date() {
        Verdict::Early
    } else {
        Verdict::OnTime
    }
}

/// Minutes of working time left until the due date; negative when late; `None` while there is no
/// due date or the clock stands still or has ended.
///
/// # Errors
/// When the calendar of a year in between is not entered.
pub fn remaining_minutes(
    dossier: &Dossier,
    now: Instant,
    calendar: &crate::worktime::Calendar,
) -> Result<Option<i64>, YearNotEntered> {
    if super::evolve::stopped_since(dossier).is_some() {
        return Ok(None);
    }
    let Some(due) = &dossier.clock.due else { return Ok(None) };
    let (now, due) = (local(now), local(due.at));
    let minutes = if now <= due {
        calendar.count_minutes(now, due)?
    } else {
        -calendar.count_minutes(due, now)?
    };
    Ok(Some(minutes))
}

/// The due date of a fresh clock that starts now.
pub(super) fn from_now(time: TimeSpan, ctx: &Context<'_>) -> Result<DueDate, Refusal> {
    let due = ctx.calendar.due(
        local(ctx.at),
        time.amount,
        time.unit,
        ctx.profile.start_rule,
        ctx.profile.due_rounding,
    )?;
    Ok(DueDate { at: instant(due.at), why: due.why })
}

/// The due date after a supplement: from zero again, or what was left.
pub(super) fn after_supplement(
    cycle: &SupplementCycle,
    time: TimeSpan,
    ctx: &Context<'_>,
) -> Result<DueDate, Refusal> {
    let effect = ctx.procedure.supplement_effect().unwrap_or(ctx.profile.supplement_effect);
    match effect {
        SupplementEffect::RestartFromZero => from_now(time, ctx),
        SupplementEffect::ResumeRemaining | SupplementEffect::Subtract => {
            let remaining = cycle.remaining_minutes.max(0);
            let rounding = ctx.profile.due_rounding;
            let due = ctx.calendar.resume(local(ctx.at), remaining, rounding)?;
            Ok(DueDate { at: instant(due.at), why: due.why })
        }
    }
}
