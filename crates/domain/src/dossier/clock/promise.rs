//! Due dates. A promise never moves earlier; the first one never changes.

use crate::dossier::context::Context;
use crate::dossier::event::DueDate;
use crate::dossier::refusal::Refusal;
use crate::dossier::{Dossier, Payment, SupplementCycle, clock};
use crate::procedure::{TimeSpan, TimeUnit};
use crate::rules::{DueRounding, StartRule, SupplementEffect};
use crate::time::{Instant, instant, local};
use crate::worktime::{Calendar, NotComputed, Why, YearNotEntered};

/// When the result is promised, and when the law wants it at the latest.
pub(in crate::dossier) struct Promise {
    pub(in crate::dossier) due: DueDate,
    pub(in crate::dossier) statutory_due: DueDate,
}

/// Working minutes left of both times.
pub(in crate::dossier) struct Left {
    pub(in crate::dossier) minutes: i64,
    pub(in crate::dossier) statutory_minutes: i64,
}

/// The due dates of a fresh clock that starts now.
pub(in crate::dossier) fn from_now(
    dossier: &Dossier,
    ctx: &Context<'_>,
) -> Result<Promise, Refusal> {
    let class = dossier.submitted.time_class.as_deref();
    Ok(Promise {
        due: fresh(ctx.procedure.committed_for(class), dossier, ctx)?,
        statutory_due: fresh(ctx.procedure.statutory_for(class), dossier, ctx)?,
    })
}

fn fresh(time: TimeSpan, dossier: &Dossier, ctx: &Context<'_>) -> Result<DueDate, Refusal> {
    let rules = ctx.rules(dossier);
    let (rule, rounding) = (rules.start_rule, rules.due_rounding);
    let due = ctx.calendar.due(local(ctx.at), time.amount, time.unit, rule, rounding)?;
    Ok(DueDate { at: instant(due.at), why: due.why })
}

/// What is left of both times now; nothing once they have run out.
pub(in crate::dossier) fn left(dossier: &Dossier, ctx: &Context<'_>) -> Result<Left, Refusal> {
    let until = |due: &Option<DueDate>| match due {
        Some(due) if due.at > ctx.at => ctx.calendar.count_minutes(local(ctx.at), local(due.at)),
        _ => Ok(0),
    };
    Ok(Left {
        minutes: until(&dossier.clock.due)?,
        statutory_minutes: until(&dossier.clock.statutory_due)?,
    })
}

/// The due dates after a supplement: from zero again, or what was left (NĐ 61/2018 Đ19.4; the
/// procedure's own law).
pub(in crate::dossier) fn after_supplement(
    dossier: &Dossier,
    cycle: &SupplementCycle,
    ctx: &Context<'_>,
) -> Result<Promise, Refusal> {
    let promise = match ctx.rules(dossier).supplement_effect {
        SupplementEffect::RestartFromZero => from_now(dossier, ctx)?,
        SupplementEffect::ResumeRemaining | SupplementEffect::Subtract => {
            let minutes = cycle.remaining_minutes;
            let statutory = cycle.statutory_remaining_minutes.unwrap_or(minutes);
            resumed(minutes, statutory, dossier, ctx)?
        }
    };
    Ok(never_earlier(promise, dossier))
}

/// The due dates after a payment that stopped the clock: what was left goes on.
pub(in crate::dossier) fn after_payment(
    dossier: &Dossier,
    payment: &Payment,
    ctx: &Context<'_>,
) -> Result<Promise, Refusal> {
    let (minutes, statutory) = (payment.remaining_minutes, payment.statutory_remaining_minutes);
    Ok(never_earlier(resumed(minutes, statutory, dossier, ctx)?, dossier))
}

fn resumed(
    minutes: i64,
    statutory_minutes: i64,
    dossier: &Dossier,
    ctx: &Context<'_>,
) -> Result<Promise, Refusal> {
    let rounding = ctx.rules(dossier).due_rounding;
    let due = |minutes: i64| -> Result<DueDate, Refusal> {
        let due = ctx.calendar.resume(local(ctx.at), minutes.max(0), rounding)?;
        Ok(DueDate { at: instant(due.at), why: due.why })
    };
    Ok(Promise { due: due(minutes)?, statutory_due: due(statutory_minutes)? })
}

/// So many working days after an instant, at the end of the day: what an apology promises anew.
pub(in crate::dossier) fn days_after(
    from: Instant,
    days: u32,
    ctx: &Context<'_>,
) -> Result<DueDate, Refusal> {
    let (rule, rounding) = (StartRule::NextWorkingDay, DueRounding::EndOfWorkingDay);
    let mut due = ctx.calendar.due(local(from), days, TimeUnit::WorkingDay, rule, rounding)?;
    tell_apology(&mut due.why);
    Ok(DueDate { at: instant(due.at), why: due.why })
}

/// What is counted on from a promise did not start with a reception.
fn tell_apology(why: &mut [Why]) {
    for line in why {
        if let Why::Started { at, .. } = line {
            *line = Why::Reappointed { from: *at };
        }
    }
}

/// A due date that a changed calendar would give: what an authorised person may accept.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The promise as it stands.
    pub old_due: DueDate,
    /// As the calendar counts it now.
    pub due: DueDate,
    /// The statutory limit as the calendar counts it now.
    pub statutory_due: DueDate,
}

/// What the present calendar would promise instead, for a running clock; `None` when it is the
/// same, or earlier: a promise never moves earlier.
///
/// # Errors
/// When the calendar of a year in between is not entered.
pub fn proposal(
    dossier: &Dossier,
    calendar: &Calendar,
) -> Result<Option<Proposal>, YearNotEntered> {
    let clock = &dossier.clock;
    let (true, Some(old), Some(old_statutory)) =
        (clock::runs(dossier), &clock.due, &clock.statutory_due)
    else {
        return Ok(None);
    };
    let due = later(recounted(old, calendar)?, old);
    let statutory_due = later(recounted(old_statutory, calendar)?, old_statutory);
    let moved = due.at > old.at;
    Ok(moved.then(|| Proposal { old_due: old.clone(), due, statutory_due }))
}

/// Counted again from its own explanation; what does not explain itself whole (in facts of version
/// 0.1) stays as it is.
fn recounted(old: &DueDate, calendar: &Calendar) -> Result<DueDate, YearNotEntered> {
    match calendar.recount(&old.why) {
        Ok(mut due) => {
            if old.why.iter().any(|why| matches!(why, Why::Reappointed { .. })) {
                tell_apology(&mut due.why);
            }
            Ok(DueDate { at: instant(due.at), why: due.why })
        }
        Err(NotComputed::Year(year)) => Err(year),
        Err(NotComputed::Stops(_) | NotComputed::Silent(_)) => Ok(old.clone()),
    }
}

fn never_earlier(promise: Promise, dossier: &Dossier) -> Promise {
    let kept = |due: DueDate, old: &Option<DueDate>| match old {
        Some(old) => later(due, old),
        None => due,
    };
    Promise {
        due: kept(promise.due, &dossier.clock.due),
        statutory_due: kept(promise.statutory_due, &dossier.clock.statutory_due),
    }
}

fn later(due: DueDate, old: &DueDate) -> DueDate {
    if old.at > due.at { old.clone() } else { due }
}
