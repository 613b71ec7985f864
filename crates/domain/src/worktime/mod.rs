//! The working clock: sessions, days off, and minutes counted both ways by one walk.
//!
//! A working instant lies in a session, ends excluded. `add` of *m* minutes consumes the next
//! *m* working minutes and answers the instant when the last one is used up; `count` is its
//! inverse. A working day is 480 minutes when counted from the moment of acceptance. Source:
//! `03-life-cycle.md` §3.5–3.7; Labour Code 45/2019 Đ111–112 for days off. A year whose
//! holidays are not entered refuses to answer: it never fails open.
//!
//! `week` holds the sessions, `walk` goes along the days, `due` asks the questions of the law,
//! `why` is the answer's explanation, which `explain` tells to people and `recompute` checks.

mod day_number;
mod decision;
mod due;
pub mod explain;
pub mod lunar;
pub mod proposal;
mod recompute;
mod walk;
mod week;
mod why;
mod years;

pub use decision::{
    CalendarDecision, CalendarProblem, DAYS_MAX, DAYS_OFF_MIN, DecidedDay, DecidedKind, TEXT_MAX,
};
pub use due::{Due, NotComputed, Stop, StopFault};
pub use week::{BadSessions, Session, Timetable, Week};
pub use why::Why;
pub use years::Years;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Working minutes of one working day.
pub const DAY_MINUTES: i64 = 480;

/// Kinds of days that differ from the week's rule, strongest first where two meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// Work on a weekly day off, against a swapped day (làm bù); works Monday's sessions.
    MakeupWork,
    /// Public holiday (nghỉ lễ).
    Holiday,
    /// Day off because a holiday fell on a weekly day off (nghỉ bù).
    CompOff,
    /// Day off against a make-up day (hoán đổi).
    SwappedOff,
    /// Closed by a local decision (storm, flood).
    LocalClosure,
    /// Known to come, not decided: does not change the day, but the year is not entered.
    Undecided,
}

impl DayKind {
    /// The name in the catalogue and in translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            DayKind::MakeupWork => "makeup_work",
            DayKind::Holiday => "holiday",
            DayKind::CompOff => "comp_off",
            DayKind::SwappedOff => "swapped_off",
            DayKind::LocalClosure => "local_closure",
            DayKind::Undecided => "undecided",
        }
    }
}

/// A day that differs, with the decision that makes it so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// What kind.
    pub kind: DayKind,
    /// Its name.
    pub name: String,
    /// Number of the decision or notice, when known.
    pub decision: Option<String>,
    /// Confidence mark of the seed data (`law`, `memory`, …).
    pub status: String,
}

/// Sessions of the weeks and the days that differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// The agency's weeks, one after another.
    pub sessions: Timetable,
    /// Days that differ.
    pub days: BTreeMap<Date, Day>,
    /// Years whose holidays have been entered completely.
    pub years: Years,
}

/// A due date needs a year whose holidays nobody entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the holidays of {year} are not entered: no due date is computed")]
pub struct YearNotEntered {
    /// The year.
    pub year: i16,
}

impl Calendar {
    /// The week 07:30–11:30 and 13:30–17:30, Monday to Friday, for ever.
    #[must_use]
    pub fn office_week() -> Timetable {
        Timetable::of(Week::office())
    }

    /// The sessions of a date; empty on days off.
    ///
    /// # Errors
    /// [`YearNotEntered`].
    pub fn sessions_on(&self, date: Date) -> Result<&[Session], YearNotEntered> {
        if !self.years.contains(&date.year()) {
            return Err(YearNotEntered { year: date.year() });
        }
        let week = self.sessions.week_on(date);
        Ok(match self.days.get(&date).map(|day| day.kind) {
            None | Some(DayKind::Undecided) => weekly(week, date),
            Some(kind) => walk::own_sessions(kind, week),
        })
    }

    /// Is anything worked on that date?
    ///
    /// # Errors
    /// [`YearNotEntered`].
    pub fn is_working_day(&self, date: Date) -> Result<bool, YearNotEntered> {
        Ok(!self.sessions_on(date)?.is_empty())
    }

    /// The end of the last session of a working date.
    ///
    /// # Errors
    /// [`YearNotEntered`].
    pub fn end_of(&self, date: Date) -> Result<Option<DateTime>, YearNotEntered> {
        Ok(self.sessions_on(date)?.last().map(|session| date.to_datetime(session.to)))
    }
}

/// What the week alone says of a date.
fn weekly(week: &Week, date: Date) -> &[Session] {
    week.sessions(day_number::weekday(day_number::number(date)))
}
