//! The walk: days one after another, whole weeks at once, and only the days that differ singly.
//! Adding stops it where the amount is used up, counting adds up what it passes: there is no
//! second way through the calendar.

use super::day_number::{DayNumber, date, number, weekday};
use super::week::{Measure, Session, Week, measured, minute_of_day};
use super::{Calendar, Day, DayKind, YearNotEntered};
use jiff::civil::{Date, DateTime, Time};
use std::collections::btree_map::Range;

/// Days of entered years that follow one rule.
#[derive(Clone, Copy)]
struct Stretch<'c> {
    first: DayNumber,
    end: DayNumber,
    week: &'c Week,
    /// The sessions of a single day that differs from the week.
    own: Option<&'c [Session]>,
}

impl<'c> Stretch<'c> {
    fn sessions(&self, day: DayNumber) -> &'c [Session] {
        self.own.unwrap_or_else(|| self.week.sessions(weekday(day)))
    }

    fn amount(&self, measure: Measure) -> i64 {
        match self.own {
            Some(sessions) => measured(sessions, measure),
            None => self.week.between(self.first, self.end, measure),
        }
    }

    /// Where the `amount`-th unit from its first morning is worked.
    fn find(&self, amount: i64, measure: Measure) -> Option<(DayNumber, i64)> {
        match self.own {
            Some(_) => Some((self.first, amount)),
            None => self.week.find(self.first, amount, measure),
        }
    }
}

/// The stretches from a day on, until the first year that is not entered.
struct Stretches<'c> {
    calendar: &'c Calendar,
    at: DayNumber,
    /// The days that differ, from the next one on.
    special: Range<'c, Date, Day>,
    next: Option<(DayNumber, DayKind)>,
    /// First day of the year after the last one that was found entered.
    year_end: DayNumber,
    week: &'c Week,
    week_end: DayNumber,
}

impl<'c> Stretches<'c> {
    fn from(calendar: &'c Calendar, first: Date) -> Stretches<'c> {
        let at = number(first);
        let (week, week_end) = calendar.sessions.in_force(at);
        let special = calendar.days.range(first..);
        let mut walk =
            Stretches { calendar, at, special, next: None, year_end: at, week, week_end };
        walk.next_special();
        walk
    }

    fn next_special(&mut self) {
        let mut differs = self.special.by_ref().filter(|(_, day)| day.kind != DayKind::Undecided);
        self.next = differs.next().map(|(date, day)| (number(*date), day.kind));
    }

    fn enter_year(&mut self) -> Result<(), YearNotEntered> {
        let year = date(self.at).map_or(AFTER_LAST_YEAR, Date::year);
        if !self.calendar.years.contains(&year) {
            return Err(YearNotEntered { year });
        }
        self.year_end = Date::new(year + 1, 1, 1).map_or(number(Date::MAX) + 1, number);
        Ok(())
    }
}

impl<'c> Iterator for Stretches<'c> {
    type Item = Result<Stretch<'c>, YearNotEntered>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.year_end
            && let Err(error) = self.enter_year()
        {
            return Some(Err(error));
        }
        if self.at >= self.week_end {
            (self.week, self.week_end) = self.calendar.sessions.in_force(self.at);
        }
        let (first, week) = (self.at, self.week);
        let (end, own) = match self.next {
            Some((day, kind)) if day == first => {
                self.next_special();
                (first + 1, Some(own_sessions(kind, week)))
            }
            next => {
                let special = next.map_or(DayNumber::MAX, |(day, _)| day);
                (special.min(self.week_end).min(self.year_end), None)
            }
        };
        self.at = end;
        Some(Ok(Stretch { first, end, week, own }))
    }
}

/// The year that stands for all after jiff's last one: never entered.
pub(super) const AFTER_LAST_YEAR: i16 = 10_000;

/// What is worked on a day that differs. An undecided day does not.
pub(super) fn own_sessions(kind: DayKind, week: &Week) -> &[Session] {
    match kind {
        DayKind::MakeupWork => week.makeup(),
        DayKind::Holiday
        | DayKind::CompOff
        | DayKind::SwappedOff
        | DayKind::LocalClosure
        | DayKind::Undecided => &[],
    }
}

impl Calendar {
    /// The instant when `minutes` working minutes from `from` are used up; `from` itself when
    /// there is nothing to use up. Seconds of `from` are cut off: the clock counts minutes.
    ///
    /// # Errors
    /// [`YearNotEntered`].
    pub fn add_minutes(&self, from: DateTime, minutes: i64) -> Result<DateTime, YearNotEntered> {
        if minutes <= 0 {
            return Ok(from);
        }
        let mut left = minutes;
        let mut today = Some(from.time());
        for stretch in Stretches::from(self, from.date()) {
            let stretch = stretch?;
            if let Some(now) = today.take() {
                left = left.saturating_add(worked(stretch.sessions(stretch.first), now));
            }
            let amount = stretch.amount(Measure::Minutes);
            if left <= amount {
                let (day, into) = stretch.find(left, Measure::Minutes).expect("it is in there");
                return Ok(instant(day, nth_minute_ends(stretch.sessions(day), into)));
            }
            left -= amount;
        }
        unreachable!("the walk ends with a year that is not entered")
    }

    /// Working minutes from `from` (included) to `to` (excluded); 0 when `to` is not later.
    ///
    /// # Errors
    /// [`YearNotEntered`].
    pub fn count_minutes(&self, from: DateTime, to: DateTime) -> Result<i64, YearNotEntered> {
        if to <= from {
            return Ok(0);
        }
        let last = number(to.date());
        let mut minutes = 0;
        let mut today = Some(from.time());
        for stretch in Stretches::from(self, from.date()) {
            let stretch = stretch?;
            if let Some(now) = today.take() {
                minutes -= worked(stretch.sessions(stretch.first), now);
            }
            if last < stretch.end {
                let before = Stretch { end: last, ..stretch };
                if last > stretch.first {
                    minutes += before.amount(Measure::Minutes);
                }
                return Ok(minutes + worked(stretch.sessions(last), to.time()));
            }
            minutes += stretch.amount(Measure::Minutes);
            if last == stretch.end && to.time() == Time::midnight() {
                return Ok(minutes);
            }
        }
        unreachable!("the walk ends with a year that is not entered")
    }

    /// The end of the `days`-th working day from `first` (included) on; `days` is at least 1.
    pub(super) fn end_of_nth_day(
        &self,
        first: Date,
        days: i64,
    ) -> Result<DateTime, YearNotEntered> {
        let mut left = days;
        for stretch in Stretches::from(self, first) {
            let stretch = stretch?;
            let amount = stretch.amount(Measure::Days);
            if left <= amount {
                let (day, _) = stretch.find(left, Measure::Days).expect("it is in there");
                let end = stretch.sessions(day).last().expect("a day that is worked").to;
                return Ok(instant(day, minute_of_day(end)));
            }
            left -= amount;
        }
        unreachable!("the walk ends with a year that is not entered")
    }
}

/// Minutes of these sessions before a time of their day.
fn worked(sessions: &[Session], now: Time) -> i64 {
    let now = minute_of_day(now);
    sessions
        .iter()
        .map(|session| (now - minute_of_day(session.from)).clamp(0, session.minutes()))
        .sum()
}

/// The minute of the day at which the `nth` working minute has passed.
fn nth_minute_ends(sessions: &[Session], nth: i64) -> i64 {
    let mut left = nth;
    for session in sessions {
        if left <= session.minutes() {
            return minute_of_day(session.from) + left;
        }
        left -= session.minutes();
    }
    unreachable!("the day has {nth} working minutes")
}

fn instant(day: DayNumber, minute: i64) -> DateTime {
    let part = |value: i64| i8::try_from(value).unwrap_or_default();
    let time = Time::constant(part(minute / 60), part(minute % 60), 0, 0);
    date(day).expect("a day of an entered year").to_datetime(time)
}
