//! The working clock: sessions, days off, and minutes counted both ways by one walk.
//!
//! A working instant lies in a session, ends excluded. `add` of *m* minutes consumes the next
//! *m* working minutes and answers the instant when the last one is used up; `count` is its
//! inverse. A working day is 480 minutes when counted from the moment of acceptance. Source:
//! `03-life-cycle.md` §3.5–3.7; Labour Code 45/2019 Đ111–112 for days off. A year whose
//! holidays are not entered refuses to answer: it never fails open.

mod due;

pub use due::{Due, Why};

use jiff::civil::{Date, DateTime, Time, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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

/// A session of work, start included, end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// First minute.
    pub from: Time,
    /// End.
    pub to: Time,
}

/// Sessions of the week and the days that differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Sessions by weekday, Monday first; an empty list is a weekly day off.
    pub sessions: [Vec<Session>; 7],
    /// Days that differ.
    pub days: BTreeMap<Date, Day>,
    /// Years whose holidays have been entered completely.
    pub years: BTreeSet<i16>,
}

/// A due date needs a year whose holidays nobody entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the holidays of {year} are not entered: no due date is computed")]
pub struct YearNotEntered {
    /// The year.
    pub year: i16,
}

impl Calendar {
    /// The week 07:30–11:30 and 13:30–17:30, Monday to Friday.
    #[must_use]
    pub fn office_week() -> [Vec<Session>; 7] {
        let at = |hour, minute| Time::constant(hour, minute, 0, 0);
        let day = vec![
            Session { from: at(7, 30), to: at(11, 30) },
            Session { from: at(13, 30), to: at(17, 30) },
        ];
        std::array::from_fn(|weekday| if weekday < 5 { day.clone() } else { Vec::new() })
    }

    /// The sessions of a date; empty on days off.
    ///
    /// # Errors
    /// [`YearNotEntered`].
    pub fn sessions_on(&self, date: Date) -> Result<&[Session], YearNotEntered> {
        if !self.years.contains(&date.year()) {
            return Err(YearNotEntered { year: date.year() });
        }
        let weekly =
            &self.sessions[usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0)];
        Ok(match self.days.get(&date).map(|day| day.kind) {
            Some(DayKind::MakeupWork) if weekly.is_empty() => {
                &self.sessions
                    [usize::try_from(Weekday::Monday.to_monday_zero_offset()).unwrap_or(0)]
            }
            Some(
                DayKind::Holiday | DayKind::CompOff | DayKind::SwappedOff | DayKind::LocalClosure,
            ) => &[],
            Some(DayKind::MakeupWork | DayKind::Undecided) | None => weekly,
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
