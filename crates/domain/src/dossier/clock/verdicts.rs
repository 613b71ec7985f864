//! How an end is judged: early, on time, late; against three promises that are kept apart
//! (`03-life-cycle.md` §3.8).

use super::hold;
use crate::dossier::event::SupplementStage;
use crate::dossier::{Dossier, Stage};
use crate::process::StepKind;
use crate::rules::Grain;
use crate::time::{Instant, instant, local};
use crate::worktime::{Calendar, YearNotEntered};

/// The verdict on an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// On an earlier day than promised.
    Early,
    /// On the promised day; by the minute, also not after the promised instant.
    OnTime,
    /// Later.
    Late,
}

/// Judges an end against a due instant (TT 01/2018 Đ13; QĐ 766 2.1).
#[must_use]
pub fn verdict(end: Instant, due: Instant, grain: Grain) -> Verdict {
    let (day, due_day) = (local(end).date(), local(due).date());
    let late = match grain {
        Grain::Date => day > due_day,
        Grain::Minute => end > due,
    };
    if late {
        Verdict::Late
    } else if day < due_day {
        Verdict::Early
    } else {
        Verdict::OnTime
    }
}

/// Verdicts of which none excuses another, and what the reports count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Verdicts {
    /// By the due date in force, re-appointments included.
    pub by_current: Verdict,
    /// By the latest date the law allows.
    pub by_statutory: Verdict,
    /// As the national indicator counts (QĐ 766 2.1): by the last receipt, no re-appointment
    /// excuses, and more than one request for supplements is late.
    pub by_indicator: Verdict,
    /// Late by the last receipt, but within the date that an apology promised (07a/BTP: "quá hạn,
    /// đã có thư xin lỗi").
    pub late_with_apology: bool,
}

/// The verdicts on a received dossier at an instant; `None` before reception.
#[must_use]
pub fn verdicts(dossier: &Dossier, at: Instant) -> Option<Verdicts> {
    let clock = &dossier.clock;
    let (Some(promised), Some(current), Some(statutory)) =
        (clock.promised_at, &clock.due, &clock.statutory_due)
    else {
        return None;
    };
    let end = judged_end(dossier, at);
    let grain = dossier.rules.map_or(Grain::Date, |rules| rules.early_grain);
    let judge = |due: Instant| verdict(end, due, grain);
    let (by_promise, by_current) = (judge(promised), judge(current.at));
    let asked_often = dossier.supplements.len() > 1;
    Some(Verdicts {
        by_current,
        by_statutory: judge(statutory.at),
        by_indicator: if asked_often { Verdict::Late } else { by_promise },
        late_with_apology: !clock.reappointments.is_empty()
            && by_promise == Verdict::Late
            && by_current != Verdict::Late,
    })
}

/// The verdict by the due date of the first receipt, the time the applicant was waited for taken
/// out; `None` before reception.
///
/// # Errors
/// When the calendar of a year in between is not entered.
pub fn original_verdict(
    dossier: &Dossier,
    at: Instant,
    calendar: &Calendar,
) -> Result<Option<Verdict>, YearNotEntered> {
    let Some(original) = &dossier.clock.original_due else { return Ok(None) };
    let end = judged_end(dossier, at);
    let grain = dossier.rules.map_or(Grain::Date, |rules| rules.early_grain);
    let due = match waited_minutes(dossier, end, calendar)? {
        0 => original.at,
        waited => instant(calendar.add_minutes(local(original.at), waited)?),
    };
    Ok(Some(verdict(end, due, grain)))
}

/// The end that the figures judge: of the clock; while the first supplement is awaited, the moment
/// of the request; else the present.
#[must_use]
pub fn judged_end(dossier: &Dossier, at: Instant) -> Instant {
    if let Some(finished) = dossier.clock.finished_at {
        return finished;
    }
    match dossier.stage {
        Stage::AwaitingSupplement { .. } if dossier.supplements.len() == 1 => {
            hold(dossier).map_or(at, |hold| hold.since)
        }
        _ => at,
    }
}

/// Was an online filing received within its eight working hours? Counted apart from the promise
/// ("chậm tiếp nhận", §3.7); `None` for other channels.
#[must_use]
pub fn reception_verdict(dossier: &Dossier, at: Instant) -> Option<Verdict> {
    let first = dossier.tasks.iter().find(|task| task.opened.kind == StepKind::Receive)?;
    let online = dossier.submitted.channel == crate::dossier::event::Channel::Online;
    let due = first.opened.due_at.filter(|_| online)?;
    let end = first.closed.as_ref().map_or(at, |(closed, _)| *closed);
    Some(verdict(end, due, Grain::Minute))
}

/// Working minutes in which the clock stood for the applicant, up to an end.
fn waited_minutes(
    dossier: &Dossier,
    end: Instant,
    calendar: &Calendar,
) -> Result<i64, YearNotEntered> {
    let asked = dossier.supplements.iter();
    let papers = asked
        .filter(|cycle| cycle.stage == SupplementStage::Appraisal)
        .map(|cycle| (cycle.requested_at, cycle.completed_at));
    let payments = dossier.payments.iter();
    let money = payments
        .filter(|payment| payment.pauses)
        .map(|payment| (payment.requested_at, payment.confirmed_at));
    let mut minutes = 0;
    for (from, to) in papers.chain(money) {
        let to = to.unwrap_or(end).min(end);
        minutes += calendar.count_minutes(local(from), local(to))?;
    }
    Ok(minutes)
}
