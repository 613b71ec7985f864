//! The promise: when the result is due, what makes the clock stand, and how an end is judged.
//! `03-life-cycle.md` §3.5–3.8.
//!
//! * `promise` — due dates: of a fresh clock, after a supplement, after a payment, by a changed
//!   calendar.
//! * `limits` — the smaller clocks: to ask, to answer, to hand on, to be consulted.
//! * `verdicts` — early, on time, late.

mod limits;
mod promise;
mod verdicts;

pub(super) use limits::{answer_by, consultation, limit, may_still_ask, reception_by, transfer_by};
pub use promise::{Proposal, proposal};
pub(super) use promise::{after_payment, after_supplement, days_after, from_now, left};
pub use verdicts::{
    Verdict, Verdicts, judged_end, original_verdict, reception_verdict, verdict, verdicts,
};

use super::{Dossier, Stage};
use crate::time::{Instant, local};
use crate::worktime::{Calendar, YearNotEntered};

/// How much working time a dossier has left, and whether it is running out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remaining {
    /// So many minutes run; negative when late.
    Running(i64),
    /// The clock stands; so many minutes are left for when it goes on.
    Standing(i64),
    /// There is no promise yet, or the clock has ended.
    Nothing,
}

impl Remaining {
    /// The minutes of a running clock.
    #[must_use]
    pub const fn running(self) -> Option<i64> {
        match self {
            Remaining::Running(minutes) => Some(minutes),
            Remaining::Standing(_) | Remaining::Nothing => None,
        }
    }

    /// The minutes kept by a clock that stands.
    #[must_use]
    pub const fn standing(self) -> Option<i64> {
        match self {
            Remaining::Standing(minutes) => Some(minutes),
            Remaining::Running(_) | Remaining::Nothing => None,
        }
    }
}

/// Working time left until the due date.
///
/// # Errors
/// When the calendar of a year in between is not entered.
pub fn remaining(
    dossier: &Dossier,
    now: Instant,
    calendar: &Calendar,
) -> Result<Remaining, YearNotEntered> {
    if dossier.clock.finished_at.is_some() {
        return Ok(Remaining::Nothing);
    }
    let Some(due) = &dossier.clock.due else { return Ok(Remaining::Nothing) };
    if let Some(hold) = hold(dossier) {
        return Ok(Remaining::Standing(hold.minutes));
    }
    let (now, due) = (local(now), local(due.at));
    let minutes = if now <= due {
        calendar.count_minutes(now, due)?
    } else {
        -calendar.count_minutes(due, now)?
    };
    Ok(Remaining::Running(minutes))
}

/// Working minutes that are kept while the clock of a dossier stands; `None` while it runs, before
/// there is a promise, and once it has ended.
#[must_use]
pub fn standing(dossier: &Dossier) -> Option<i64> {
    let promised = dossier.clock.due.is_some() && dossier.clock.finished_at.is_none();
    hold(dossier).filter(|_| promised).map(|hold| hold.minutes)
}

/// A clock that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hold {
    /// From when on.
    pub(super) since: Instant,
    /// Working minutes that were left then.
    pub(super) minutes: i64,
}

/// Does the clock stand? While papers are awaited and checked, and while a payment is awaited that
/// stops the clock; never for a consultation (NĐ 61/2018 Đ19.5).
pub(super) fn hold(dossier: &Dossier) -> Option<Hold> {
    match dossier.stage {
        Stage::AwaitingSupplement { .. } | Stage::Supplemented { .. } => {
            let cycle = dossier.supplements.last()?;
            Some(Hold { since: cycle.requested_at, minutes: cycle.remaining_minutes })
        }
        Stage::AwaitingPayment { .. } => {
            let payment = dossier.payments.last().filter(|payment| payment.pauses)?;
            Some(Hold { since: payment.requested_at, minutes: payment.remaining_minutes })
        }
        Stage::Submitted
        | Stage::Received
        | Stage::Transferred
        | Stage::InProgress
        | Stage::AwaitingSignature
        | Stage::AwaitingIssue
        | Stage::Issued { .. }
        | Stage::Returned { .. }
        | Stage::NotAccepted { .. }
        | Stage::Withdrawn { .. }
        | Stage::Stopped { .. } => None,
    }
}

/// Has the clock started, and neither ended nor been stopped?
#[must_use]
pub fn runs(dossier: &Dossier) -> bool {
    let clock = &dossier.clock;
    clock.due.is_some() && clock.finished_at.is_none() && hold(dossier).is_none()
}
