//! Adding, counting, and the due date with its reasons.

use super::{Calendar, DAY_MINUTES, Day, YearNotEntered};
use crate::procedure::TimeUnit;
use crate::rules::{DueRounding, StartRule};
use jiff::civil::{Date, DateTime};
use jiff::{ToSpan, Unit};
use serde::{Deserialize, Serialize};

/// A due date and how it was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The instant, wall clock of Viet Nam.
    pub at: DateTime,
    /// The reasons, in order.
    pub why: Vec<Why>,
}

/// One line of the explanation; pages turn it into Vietnamese.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// From when on the time was counted, by which rule.
    Started {
        /// First counted instant.
        at: DateTime,
        /// The rule.
        rule: StartRule,
    },
    /// How much was counted.
    Counted {
        /// Amount.
        amount: u32,
        /// Unit.
        unit: TimeUnit,
    },
    /// A day that was skipped although the week works on it.
    Skipped {
        /// The day.
        date: Date,
        /// What it is.
        name: String,
        /// The decision behind it.
        decision: Option<String>,
    },
    /// A weekly day off that was worked.
    Worked {
        /// The day.
        date: Date,
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
    /// The clock went on with what remained after a supplement.
    Resumed {
        /// Working minutes that remained.
        minutes: i64,
    },
}

impl Calendar {
    /// The instant when `minutes` working minutes from `from` are used up.
    ///
    /// # Errors
    /// [`YearNotEntered`].
    pub fn add_minutes(&self, from: DateTime, minutes: i64) -> Result<DateTime, YearNotEntered> {
        let mut left = minutes.max(0);
        let mut date = from.date();
        loop {
            for session in self.sessions_on(date)? {
                let start = date.to_datetime(session.from).max(from);
                let end = date.to_datetime(session.to);
                if start >= end {
                    continue;
                }
                let here = between(start, end);
                if left == 0 {
                    return Ok(start);
                }
                if left <= here {
                    return Ok(start.saturating_add(left.minutes()));
                }
                left -= here;
            }
            date = tomorrow(date);
        }
    }

    /// Working minutes from `from` (included) to `to` (excluded); 0 when `to` is earlier.
    ///
    /// # Errors
    /// [`YearNotEntered`].
    pub fn count_minutes(&self, from: DateTime, to: DateTime) -> Result<i64, YearNotEntered> {
        let mut minutes = 0;
        let mut date = from.date();
        while date <= to.date() && from < to {
            for session in self.sessions_on(date)? {
                let start = date.to_datetime(session.from).max(from);
                let end = date.to_datetime(session.to).min(to);
                if start < end {
                    minutes += between(start, end);
                }
            }
            date = tomorrow(date);
        }
        Ok(minutes)
    }

    /// The due date of `amount` `unit`s from `start`.
    ///
    /// # Errors
    /// [`YearNotEntered`].
    pub fn due(
        &self,
        start: DateTime,
        amount: u32,
        unit: TimeUnit,
        rule: StartRule,
        rounding: DueRounding,
    ) -> Result<Due, YearNotEntered> {
        let mut why = vec![Why::Started { at: start, rule }, Why::Counted { amount, unit }];
        let at = match unit {
            TimeUnit::WorkingDay => self.working_days(start, i64::from(amount), rule)?,
            TimeUnit::WorkingHour => self.add_minutes(start, i64::from(amount) * 60)?,
            TimeUnit::CalendarDay => {
                let last = start.date().saturating_add(i64::from(amount).days());
                self.tail(last, &mut why)?
            }
            TimeUnit::Month => {
                let last = start.date().saturating_add(i64::from(amount).months());
                self.tail(last, &mut why)?
            }
            TimeUnit::Immediate => start,
            TimeUnit::SameDay => self.add_minutes(start, 0)?,
        };
        let at = match unit {
            TimeUnit::WorkingDay | TimeUnit::WorkingHour | TimeUnit::SameDay => {
                self.round(at, rounding, &mut why)?
            }
            TimeUnit::CalendarDay | TimeUnit::Month | TimeUnit::Immediate => at,
        };
        self.special_days(start.date(), at.date(), &mut why);
        Ok(Due { at, why })
    }

    fn working_days(
        &self,
        start: DateTime,
        days: i64,
        rule: StartRule,
    ) -> Result<DateTime, YearNotEntered> {
        let today_counts = match rule {
            StartRule::AtAcceptance => return self.add_minutes(start, days * DAY_MINUTES),
            StartRule::NextWorkingDay => false,
            StartRule::CountTodayIfBefore(time) => {
                start.time() < time && self.is_working_day(start.date())?
            }
        };
        let mut left = if today_counts { days - 1 } else { days };
        let mut date = start.date();
        while left > 0 {
            date = tomorrow(date);
            if self.is_working_day(date)? {
                left -= 1;
            }
        }
        Ok(self.end_of(date)?.unwrap_or(start))
    }

    /// Civil-law tail: a last day off moves to the end of the next working day.
    fn tail(&self, last: Date, why: &mut Vec<Why>) -> Result<DateTime, YearNotEntered> {
        let mut date = last;
        loop {
            if let Some(end) = self.end_of(date)? {
                if date != last {
                    why.push(Why::MovedToWorkingDay { from: last });
                }
                return Ok(end);
            }
            date = tomorrow(date);
        }
    }

    fn round(
        &self,
        at: DateTime,
        rounding: DueRounding,
        why: &mut Vec<Why>,
    ) -> Result<DateTime, YearNotEntered> {
        let rounded = match rounding {
            DueRounding::Exact => at,
            DueRounding::EndOfSession => self
                .sessions_on(at.date())?
                .iter()
                .map(|session| at.date().to_datetime(session.to))
                .find(|end| *end >= at)
                .unwrap_or(at),
            DueRounding::EndOfWorkingDay => self.end_of(at.date())?.unwrap_or(at).max(at),
        };
        if rounded != at {
            why.push(Why::Rounded { rule: rounding });
        }
        Ok(rounded)
    }

    /// Names the days in between that differ from the week's rule.
    fn special_days(&self, from: Date, to: Date, why: &mut Vec<Why>) {
        for (date, Day { name, decision, .. }) in self.days.range(from..=to) {
            let weekly = &self.sessions
                [usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0)];
            let works = self.is_working_day(*date).unwrap_or(false);
            let (date, name, decision) = (*date, name.clone(), decision.clone());
            match (weekly.is_empty(), works) {
                (false, false) => why.push(Why::Skipped { date, name, decision }),
                (true, true) => why.push(Why::Worked { date, name, decision }),
                _ => {}
            }
        }
    }
}

fn tomorrow(date: Date) -> Date {
    date.tomorrow().unwrap_or(Date::MAX)
}

/// Whole minutes between two instants of one day.
fn between(start: DateTime, end: DateTime) -> i64 {
    start.until((Unit::Minute, end)).map_or(0, |span| span.get_minutes())
}
