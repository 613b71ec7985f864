//! Periods of reports, and what of a period can be seen at an instant.

use crate::time::{Instant, instant};
use jiff::civil::{Date, Time, date};
use jiff::{SignedDuration, ToSpan as _};
use serde::Serialize;

/// A free range of days, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Period {
    from: Date,
    to: Date,
}

impl Period {
    /// From the first day to the last; `None` when they are the wrong way round.
    #[must_use]
    pub fn new(from: Date, to: Date) -> Option<Period> {
        (from <= to).then_some(Period { from, to })
    }

    /// A reporting quarter of procedure control: from the 15th of the month before the quarter to
    /// the 14th of its last month (TT 01/2020/TT-VPCP, from memory). `None` for a quarter or year
    /// that does not exist.
    #[must_use]
    pub fn control_quarter(year: i16, quarter: i8) -> Option<Period> {
        if !(1..=4).contains(&quarter) {
            return None;
        }
        let last = Date::new(year, quarter * 3, 14).ok()?;
        let from = last.checked_sub(3.months()).ok()?.checked_add(1.day()).ok()?;
        Period::new(from, last)
    }

    /// A calendar year.
    #[must_use]
    pub fn year(year: i16) -> Option<Period> {
        Period::new(Date::new(year, 1, 1).ok()?, date(year, 12, 31))
    }

    /// The first day.
    #[must_use]
    pub const fn from(self) -> Date {
        self.from
    }

    /// The last day.
    #[must_use]
    pub const fn to(self) -> Date {
        self.to
    }

    /// What of the period can be seen at an instant: its whole, or what was over by then.
    #[must_use]
    pub fn seen_at(self, as_of: Instant) -> Window {
        let opens = instant(self.from.to_datetime(Time::midnight()));
        let midnight = instant(self.to.to_datetime(Time::midnight()));
        let last = midnight + SignedDuration::from_hours(24) - SignedDuration::from_millis(1);
        Window { opens, end: last.min(as_of) }
    }
}

/// The part of a period that is looked at: from its first instant to its last, both counted.
/// Facts carry milliseconds, so the next period begins one later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Window {
    /// The first instant.
    pub opens: Instant,
    /// The last one: courses are folded up to here.
    pub end: Instant,
}

impl Window {
    /// Lies the instant within?
    #[must_use]
    pub fn holds(&self, at: Instant) -> bool {
        self.opens <= at && at <= self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_of_control_leave_no_day_out() {
        let quarters: Vec<Period> =
            (1..=4).filter_map(|quarter| Period::control_quarter(2026, quarter)).collect();
        assert_eq!(quarters[0].from(), date(2025, 12, 15));
        assert_eq!(quarters[3].to(), date(2026, 12, 14));
        for pair in quarters.windows(2) {
            assert_eq!(pair[0].to().tomorrow().unwrap(), pair[1].from());
        }
        assert_eq!(Period::control_quarter(2026, 5), None);
        assert_eq!(Period::new(date(2026, 1, 2), date(2026, 1, 1)), None);
    }

    #[test]
    fn adjacent_periods_meet_without_gap() {
        let month = |from, to| Period::new(from, to).unwrap().seen_at(Instant::MAX);
        let first = month(date(2026, 1, 1), date(2026, 1, 31));
        let second = month(date(2026, 2, 1), date(2026, 2, 28));
        assert_eq!(second.opens.duration_since(first.end), SignedDuration::from_millis(1));
        let early = instant(date(2026, 1, 9).at(9, 0, 0, 0));
        let seen = Period::new(date(2026, 1, 1), date(2026, 1, 31)).unwrap().seen_at(early);
        assert_eq!(seen.end, early);
    }
}
