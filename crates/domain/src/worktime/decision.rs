//! A decision about the calendar (quyết định, thông báo về ngày nghỉ): which days differ from the
//! week's rule, and whether with it a year is entered completely.
//!
//! A calendar is what the catalogue holds and every decision after it, in the order in which they
//! were entered. Labour Code 45/2019 Đ112.3: the Prime Minister decides Tết and the National Day
//! each year; swapped days and local closures have decisions of their own.

use super::{Calendar, Day, DayKind, Session, weekly};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Days of one decision at most.
pub const DAYS_MAX: usize = 60;
/// Longest number, issuer or name of a day, in characters.
pub const TEXT_MAX: usize = 200;
/// Working days that a year lacks by law at least: ten until 2020, eleven since (Đ115 of the code
/// of 2012, Đ112 of 2019). Fewer than ten days off cannot be a complete year.
pub const DAYS_OFF_MIN: usize = 10;

/// A decision, as entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarDecision {
    /// Its number, as on the paper: `9441/TB-BNV`.
    pub number: String,
    /// Who issued it.
    pub issuer: String,
    /// The day on the paper.
    pub issued_on: Date,
    /// The year whose holidays are complete with it; `None` for a decision on single days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// The days.
    #[serde(default)]
    pub days: Vec<DecidedDay>,
}

/// A day of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecidedDay {
    /// The day.
    pub date: Date,
    /// What it becomes.
    pub kind: DecidedKind,
    /// Its name; may be empty for an ordinary day.
    #[serde(default)]
    pub name: String,
}

/// What a day becomes by decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedKind {
    /// Public holiday.
    Holiday,
    /// Day off because a holiday fell on a weekly day off.
    CompOff,
    /// Day off against a make-up day.
    SwappedOff,
    /// Work on a weekly day off.
    MakeupWork,
    /// Closed by a local decision.
    LocalClosure,
    /// What the week says: an earlier decision no longer holds for it.
    Ordinary,
}

impl DecidedKind {
    /// All, in the order in which they are offered.
    pub const ALL: [DecidedKind; 6] = [
        DecidedKind::Holiday,
        DecidedKind::CompOff,
        DecidedKind::SwappedOff,
        DecidedKind::MakeupWork,
        DecidedKind::LocalClosure,
        DecidedKind::Ordinary,
    ];

    /// The name in forms, files and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            DecidedKind::Holiday => "holiday",
            DecidedKind::CompOff => "comp_off",
            DecidedKind::SwappedOff => "swapped_off",
            DecidedKind::MakeupWork => "makeup_work",
            DecidedKind::LocalClosure => "local_closure",
            DecidedKind::Ordinary => "ordinary",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<DecidedKind> {
        DecidedKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What a decision would have to say for a day of that kind; nothing for an undecided one.
    #[must_use]
    pub const fn of(kind: DayKind) -> Option<DecidedKind> {
        match kind {
            DayKind::Holiday => Some(DecidedKind::Holiday),
            DayKind::CompOff => Some(DecidedKind::CompOff),
            DayKind::SwappedOff => Some(DecidedKind::SwappedOff),
            DayKind::MakeupWork => Some(DecidedKind::MakeupWork),
            DayKind::LocalClosure => Some(DecidedKind::LocalClosure),
            DayKind::Undecided => None,
        }
    }

    /// As the calendar keeps it; `None` for an ordinary day.
    #[must_use]
    pub const fn kind(self) -> Option<DayKind> {
        match self {
            DecidedKind::Holiday => Some(DayKind::Holiday),
            DecidedKind::CompOff => Some(DayKind::CompOff),
            DecidedKind::SwappedOff => Some(DayKind::SwappedOff),
            DecidedKind::MakeupWork => Some(DayKind::MakeupWork),
            DecidedKind::LocalClosure => Some(DayKind::LocalClosure),
            DecidedKind::Ordinary => None,
        }
    }
}

/// What is wrong with a decision, each with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarProblem {
    /// A text is missing: `number` or `issuer`.
    #[error("{field}: missing")]
    Missing {
        /// The field.
        field: &'static str,
    },
    /// A text is longer than [`TEXT_MAX`].
    #[error("{field}: longer than {TEXT_MAX} characters")]
    TooLong {
        /// The field; for a day `days.0.name`.
        field: String,
    },
    /// More than [`DAYS_MAX`] days.
    #[error("days: more than {DAYS_MAX}")]
    TooManyDays,
    /// Neither a day nor a year: it decides nothing.
    #[error("days: neither a day nor a year")]
    Empty,
    /// The day stands twice.
    #[error("days.{at}: {date} stands twice")]
    Twice {
        /// Which line, from 0.
        at: usize,
        /// The day.
        date: Date,
    },
    /// The day is not in the year that is entered.
    #[error("days.{at}: {date} is not in the year that is entered")]
    OtherYear {
        /// Which line, from 0.
        at: usize,
        /// The day.
        date: Date,
    },
    /// A day that differs has no name.
    #[error("days.{at}: {date} has no name")]
    Nameless {
        /// Which line, from 0.
        at: usize,
        /// The day.
        date: Date,
    },
    /// Work cannot be made up on a day of the week that is worked anyway.
    #[error("days.{at}: {date} is a working day already")]
    WorkedAnyway {
        /// Which line, from 0.
        at: usize,
        /// The day.
        date: Date,
    },
    /// The year would have fewer days off than the law gives.
    #[error("year: {year} would have {days} days off, fewer than the law gives")]
    TooFewDaysOff {
        /// The year.
        year: i16,
        /// Days off that it would have.
        days: usize,
    },
}

impl Calendar {
    /// The calendar with a decision on top.
    #[must_use]
    pub fn decided(&self, decision: &CalendarDecision) -> Calendar {
        let mut calendar = self.clone();
        if let Some(year) = decision.year {
            // What was only known to come is now decided, or is not.
            calendar.days.retain(|date, day| date.year() != year || day.kind != DayKind::Undecided);
            calendar.years.insert(year);
        }
        for decided in &decision.days {
            match decided.kind.kind() {
                Some(kind) => {
                    let day = Day {
                        kind,
                        name: decided.name.clone(),
                        decision: Some(decision.number.clone()),
                        status: "decided".to_owned(),
                    };
                    calendar.days.insert(decided.date, day);
                }
                None => {
                    calendar.days.remove(&decided.date);
                }
            }
        }
        calendar
    }

    /// Everything that keeps a decision from being entered on top of this calendar.
    #[must_use]
    pub fn problems_of(&self, decision: &CalendarDecision) -> Vec<CalendarProblem> {
        let mut problems = Vec::new();
        for (field, text) in [("number", &decision.number), ("issuer", &decision.issuer)] {
            if text.trim().is_empty() {
                problems.push(CalendarProblem::Missing { field });
            } else if text.chars().count() > TEXT_MAX {
                problems.push(CalendarProblem::TooLong { field: field.to_owned() });
            }
        }
        if decision.days.len() > DAYS_MAX {
            problems.push(CalendarProblem::TooManyDays);
            return problems;
        }
        if decision.days.is_empty() && decision.year.is_none() {
            problems.push(CalendarProblem::Empty);
        }
        self.problems_of_days(decision, &mut problems);
        if let (true, Some(year)) = (problems.is_empty(), decision.year) {
            let days = self.decided(decision).days_off(year);
            if days < DAYS_OFF_MIN {
                problems.push(CalendarProblem::TooFewDaysOff { year, days });
            }
        }
        problems
    }

    fn problems_of_days(&self, decision: &CalendarDecision, problems: &mut Vec<CalendarProblem>) {
        let mut seen = BTreeSet::new();
        for (at, day) in decision.days.iter().enumerate() {
            let date = day.date;
            if !seen.insert(date) {
                problems.push(CalendarProblem::Twice { at, date });
            }
            if decision.year.is_some_and(|year| year != date.year()) {
                problems.push(CalendarProblem::OtherYear { at, date });
            }
            if day.name.chars().count() > TEXT_MAX {
                problems.push(CalendarProblem::TooLong { field: format!("days.{at}.name") });
            }
            if day.name.trim().is_empty() && day.kind != DecidedKind::Ordinary {
                problems.push(CalendarProblem::Nameless { at, date });
            }
            if day.kind == DecidedKind::MakeupWork && self.week_works_on(date) {
                problems.push(CalendarProblem::WorkedAnyway { at, date });
            }
        }
    }

    /// The sessions that the week's rule gives that date, whatever its special days.
    #[must_use]
    pub fn week_on(&self, date: Date) -> &[Session] {
        weekly(self.sessions.week_on(date), date)
    }

    /// Does the week's rule work on that date?
    #[must_use]
    pub fn week_works_on(&self, date: Date) -> bool {
        !self.week_on(date).is_empty()
    }

    /// Holidays and the days off in their place, in a year.
    #[must_use]
    pub fn days_off(&self, year: i16) -> usize {
        let off = |kind: DayKind| match kind {
            DayKind::Holiday | DayKind::CompOff | DayKind::SwappedOff => true,
            DayKind::MakeupWork | DayKind::LocalClosure | DayKind::Undecided => false,
        };
        self.days.iter().filter(|(date, day)| date.year() == year && off(day.kind)).count()
    }

    /// The days that a decision makes different from this calendar, in order.
    #[must_use]
    pub fn changed_by(&self, decision: &CalendarDecision) -> Vec<Date> {
        let after = self.decided(decision);
        let mut dates: Vec<Date> = decision
            .days
            .iter()
            .map(|day| day.date)
            .filter(|date| {
                self.days.get(date).map(|day| day.kind) != after.days.get(date).map(|day| day.kind)
            })
            .collect();
        dates.sort_unstable();
        dates
    }
}

#[cfg(test)]
mod tests;
