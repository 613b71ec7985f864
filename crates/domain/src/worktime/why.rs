//! The explanation of a due date, as data.
//!
//! It stands in facts for ever: shapes are only added to, and what older facts lack has a default.
//! The explanation alone yields the due date again (`recompute`), so it names everything that was
//! not the plain rule: the days that differ, the stops, the rounding, and the week, unless that is
//! the office week which nearly every agency works. One line `week` costs about 120 bytes; leaving
//! the office week out keeps the facts of nearly every dossier as small as they were.

use super::day_number::number;
use super::{Calendar, DayKind, Week, weekly};
use crate::procedure::TimeUnit;
use crate::rules::{DueRounding, StartRule, SupplementEffect};
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One line of the explanation; [`super::explain`] puts it into words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// The sessions that were worked; missing when they are those of [`Week::office`] throughout.
    Week {
        /// First day of this week's validity; `None` for the first week of the agency.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Date>,
        /// Its sessions.
        week: Arc<Week>,
    },
    /// From when on the time was counted, by which rule.
    Started {
        /// First counted instant.
        at: DateTime,
        /// The rule.
        rule: StartRule,
    },
    /// An apology moved the due date: counted on from the promised one, whose day is not counted.
    Reappointed {
        /// The promised due date.
        from: DateTime,
    },
    /// How much was counted.
    Counted {
        /// Amount.
        amount: u32,
        /// Unit.
        unit: TimeUnit,
        /// What was to happen to the end. Older facts tell it only where it moved the end.
        #[serde(default = "exact", skip_serializing_if = "is_exact")]
        rounding: DueRounding,
    },
    /// A day that was skipped although the week works on it.
    Skipped {
        /// The day.
        date: Date,
        /// Of which kind; older facts do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<DayKind>,
        /// What it is.
        name: String,
        /// The decision behind it.
        decision: Option<String>,
    },
    /// A day that was worked against the week's rule, with Monday's sessions.
    Worked {
        /// The day.
        date: Date,
        /// Of which kind; older facts do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<DayKind>,
        /// What it is.
        name: String,
        /// The decision behind it.
        decision: Option<String>,
    },
    /// The end was moved.
    Rounded {
        /// To where.
        rule: DueRounding,
    },
    /// The last day was a day off: the next working day counts (civil law).
    MovedToWorkingDay {
        /// The day it fell on.
        from: Date,
    },
    /// The clock stood still.
    Stopped {
        /// From when.
        from: DateTime,
        /// Until when.
        to: DateTime,
        /// What happened then.
        effect: SupplementEffect,
        /// Working minutes that were left and went on; 0 when it began anew, or when the due date
        /// had passed before the stop.
        remaining_minutes: i64,
    },
    /// The clock went on with what remained after a supplement.
    Resumed {
        /// Working minutes that remained.
        minutes: i64,
        /// When it went on; older facts do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<DateTime>,
        /// What was to happen to the end.
        #[serde(default = "exact", skip_serializing_if = "is_exact")]
        rounding: DueRounding,
    },
}

fn exact() -> DueRounding {
    DueRounding::Exact
}

fn is_exact(rounding: &DueRounding) -> bool {
    *rounding == DueRounding::Exact
}

impl Calendar {
    /// Names the days from `from` to `to` that differ from the week's rule, each once.
    pub(super) fn tell_days(&self, from: Date, to: Date, why: &mut Vec<Why>) {
        if from > to {
            return;
        }
        let told = why.len();
        for (date, day) in self.days.range(from..=to) {
            if day.kind == DayKind::Undecided {
                continue;
            }
            let week = self.sessions.week_on(*date);
            let (weekly, own) = (weekly(week, *date), super::walk::own_sessions(day.kind, week));
            if weekly == own || why[..told].iter().any(|line| line.day() == Some(*date)) {
                continue;
            }
            let (date, kind) = (*date, Some(day.kind));
            let (name, decision) = (day.name.clone(), day.decision.clone());
            why.push(if own.is_empty() {
                Why::Skipped { date, kind, name, decision }
            } else {
                Why::Worked { date, kind, name, decision }
            });
        }
    }

    /// Puts the sessions that were in force from `from` to `to` first, unless they were the
    /// office week.
    pub(super) fn tell_weeks(&self, from: Date, to: Date, why: &mut Vec<Why>) {
        let (first, end) = self.sessions.in_force(number(from));
        if end > number(to) && first.is_office() {
            return;
        }
        let weeks = self.sessions.during(from, to);
        let lines = weeks.map(|(from, week)| Why::Week { from, week: Arc::clone(week) });
        why.splice(0..0, lines);
    }
}

impl Why {
    /// The day that it says differs.
    pub(super) fn day(&self) -> Option<Date> {
        match self {
            Why::Skipped { date, .. } | Why::Worked { date, .. } => Some(*date),
            Why::Week { .. }
            | Why::Started { .. }
            | Why::Reappointed { .. }
            | Why::Counted { .. }
            | Why::Rounded { .. }
            | Why::MovedToWorkingDay { .. }
            | Why::Stopped { .. }
            | Why::Resumed { .. } => None,
        }
    }
}
