//! The questions of the law: when is it due, after stops too, and for which reasons.

use super::day_number::{date, number};
use super::walk::AFTER_LAST_YEAR;
use super::{Calendar, DAY_MINUTES, Why, YearNotEntered};
use crate::procedure::TimeUnit;
use crate::rules::{DueRounding, StartRule, SupplementEffect};
use jiff::civil::{Date, DateTime, Time};
use jiff::{ToSpan, civil};

/// A due date and how it was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The instant, wall clock of Viet Nam.
    pub at: DateTime,
    /// The reasons, in order.
    pub why: Vec<Why>,
}

/// The clock stands still: the applicant owes papers, a hold, a storm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// From when.
    pub from: DateTime,
    /// Until when.
    pub to: DateTime,
    /// What happens then.
    pub effect: SupplementEffect,
}

/// Stops that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StopFault {
    /// Before there was a clock.
    #[error("the stop from {0} begins before the clock starts")]
    BeforeStart(DateTime),
    /// Backwards.
    #[error("the stop from {0} ends before it begins")]
    Backwards(DateTime),
    /// Not one after another.
    #[error("the stop from {0} begins before the one before it has ended")]
    Overlap(DateTime),
}

/// Why there is no due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotComputed {
    /// A year that is needed is not entered.
    #[error(transparent)]
    Year(#[from] YearNotEntered),
    /// The stops contradict each other.
    #[error(transparent)]
    Stops(#[from] StopFault),
    /// An explanation from which no question can be read.
    #[error("the explanation does not say {0}")]
    Silent(&'static str),
}

/// What is asked, but for the start.
#[derive(Debug, Clone, Copy)]
struct Asked {
    amount: u32,
    unit: TimeUnit,
    rule: StartRule,
    rounding: DueRounding,
}

impl Calendar {
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
        let mut why = Vec::with_capacity(4);
        let at = self.first_due(start, Asked { amount, unit, rule, rounding }, &mut why)?;
        self.tell_weeks(start.date(), at.date(), &mut why);
        Ok(Due { at, why })
    }

    /// The due date when the clock stood still on the way. What remained at a stop is counted in
    /// working minutes, whatever the unit. A stop that began when the due date had passed gives
    /// no time back, unless the time begins anew.
    ///
    /// # Errors
    /// [`NotComputed::Year`], [`NotComputed::Stops`].
    pub fn due_with_stops(
        &self,
        start: DateTime,
        amount: u32,
        unit: TimeUnit,
        rule: StartRule,
        rounding: DueRounding,
        stops: &[Stop],
    ) -> Result<Due, NotComputed> {
        follow_each_other(start, stops)?;
        let asked = Asked { amount, unit, rule, rounding };
        let mut why = Vec::with_capacity(4);
        let mut at = self.first_due(start, asked, &mut why)?;
        for Stop { from, to, effect } in stops.iter().copied() {
            let goes_on = match effect {
                SupplementEffect::RestartFromZero => false,
                SupplementEffect::ResumeRemaining | SupplementEffect::Subtract => true,
            };
            let remaining_minutes = if goes_on { self.count_minutes(from, at)? } else { 0 };
            why.push(Why::Stopped { from, to, effect, remaining_minutes });
            if !goes_on {
                at = self.end(to, asked, &mut why)?;
            } else if from < at {
                at = self.go_on(to, remaining_minutes)?;
                self.tell_days(from.date(), at.date(), &mut why);
                at = self.round(at, rounding, &mut why)?;
            }
        }
        self.tell_weeks(start.date(), at.date(), &mut why);
        Ok(Due { at, why })
    }

    /// The due date of a clock that goes on at `at` with what remained. Nothing left is due as
    /// soon as anybody works.
    ///
    /// # Errors
    /// [`YearNotEntered`].
    pub fn resume(
        &self,
        at: DateTime,
        remaining_minutes: i64,
        rounding: DueRounding,
    ) -> Result<Due, YearNotEntered> {
        let mut why = vec![Why::Resumed { minutes: remaining_minutes, at: Some(at), rounding }];
        let end = self.go_on(at, remaining_minutes)?;
        self.tell_days(at.date(), end.date(), &mut why);
        let end = self.round(end, rounding, &mut why)?;
        self.tell_weeks(at.date(), end.date(), &mut why);
        Ok(Due { at: end, why })
    }

    fn go_on(&self, at: DateTime, minutes: i64) -> Result<DateTime, YearNotEntered> {
        if minutes > 0 { self.add_minutes(at, minutes) } else { self.opens_at(at) }
    }

    /// The first working instant at or after `from`.
    fn opens_at(&self, from: DateTime) -> Result<DateTime, YearNotEntered> {
        Ok(self.add_minutes(from, 1)?.saturating_sub(1.minute()))
    }

    fn first_due(
        &self,
        start: DateTime,
        asked: Asked,
        why: &mut Vec<Why>,
    ) -> Result<DateTime, YearNotEntered> {
        let Asked { amount, unit, rule, rounding } = asked;
        why.push(Why::Started { at: start, rule });
        why.push(Why::Counted { amount, unit, rounding });
        self.end(start, asked, why)
    }

    /// The end of the whole time from `start`, and its reasons after the question itself.
    fn end(
        &self,
        start: DateTime,
        asked: Asked,
        why: &mut Vec<Why>,
    ) -> Result<DateTime, YearNotEntered> {
        let Asked { amount, unit, rule, rounding } = asked;
        let amount = i64::from(amount);
        let end = match unit {
            TimeUnit::WorkingDay => self.working_days(start, amount, rule)?,
            TimeUnit::WorkingHour => self.add_minutes(start, amount * 60)?,
            TimeUnit::CalendarDay => return self.tail(days_later(start.date(), amount)?, why),
            TimeUnit::Month => return self.tail(months_later(start.date(), amount)?, why),
            TimeUnit::Immediate => return Ok(start),
            TimeUnit::SameDay => {
                let day = self.opens_at(start)?.date();
                self.end_of_nth_day(day, 1)?
            }
        };
        self.tell_days(start.date(), end.date(), why);
        self.round(end, rounding, why)
    }

    fn working_days(
        &self,
        start: DateTime,
        days: i64,
        rule: StartRule,
    ) -> Result<DateTime, YearNotEntered> {
        let today = start.date();
        let first = match rule {
            StartRule::AtAcceptance => return self.add_minutes(start, days * DAY_MINUTES),
            StartRule::CountTodayIfBefore(time) if start.time() < time => today,
            StartRule::CountTodayIfBefore(_) | StartRule::NextWorkingDay => days_later(today, 1)?,
        };
        if days == 0 {
            return Ok(self.end_of(today)?.unwrap_or(start));
        }
        self.end_of_nth_day(first, days)
    }

    /// Civil-law tail: a last day off moves to the end of the next working day.
    fn tail(&self, last: Date, why: &mut Vec<Why>) -> Result<DateTime, YearNotEntered> {
        let end = self.end_of_nth_day(last, 1)?;
        self.tell_days(last, end.date(), why);
        if end.date() != last {
            why.push(Why::MovedToWorkingDay { from: last });
        }
        Ok(end)
    }

    fn round(
        &self,
        at: DateTime,
        rounding: DueRounding,
        why: &mut Vec<Why>,
    ) -> Result<DateTime, YearNotEntered> {
        let date = at.date();
        let ends = |time: &Time| *time >= at.time();
        let rounded = match rounding {
            DueRounding::Exact => None,
            DueRounding::EndOfSession => {
                self.sessions_on(date)?.iter().map(|session| session.to).find(ends)
            }
            DueRounding::EndOfWorkingDay => {
                self.sessions_on(date)?.last().map(|session| session.to).filter(ends)
            }
        };
        let rounded = rounded.map_or(at, |time| date.to_datetime(time));
        if rounded != at {
            why.push(Why::Rounded { rule: rounding });
        }
        Ok(rounded)
    }
}

/// Stops come one after another, after the start.
fn follow_each_other(start: DateTime, stops: &[Stop]) -> Result<(), StopFault> {
    let mut free_from = None;
    for stop in stops {
        match free_from {
            None if stop.from < start => return Err(StopFault::BeforeStart(stop.from)),
            Some(end) if stop.from < end => return Err(StopFault::Overlap(stop.from)),
            _ if stop.to < stop.from => return Err(StopFault::Backwards(stop.from)),
            _ => free_from = Some(stop.to),
        }
    }
    Ok(())
}

const NEVER: YearNotEntered = YearNotEntered { year: AFTER_LAST_YEAR };

fn days_later(from: Date, days: i64) -> Result<Date, YearNotEntered> {
    let later = i32::try_from(days).ok().and_then(|days| number(from).checked_add(days));
    later.and_then(date).ok_or(NEVER)
}

/// The same day of a later month, or that month's last one.
fn months_later(from: Date, months: i64) -> Result<Date, YearNotEntered> {
    let month = i64::from(from.year()) * 12 + i64::from(from.month()) - 1 + months;
    let year = i16::try_from(month.div_euclid(12)).map_err(|_| NEVER)?;
    let month = i8::try_from(month.rem_euclid(12) + 1).map_err(|_| NEVER)?;
    let first = civil::Date::new(year, month, 1).map_err(|_| NEVER)?;
    let day = from.day().min(first.days_in_month());
    Date::new(year, month, day).map_err(|_| NEVER)
}
