//! The sessions of a week, and of one week after another as decisions change them.

use super::day_number::{DayNumber, number, weekday};
use jiff::civil::{Date, Time};
use serde::ser::{SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// A session of work, start included, end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// First minute.
    pub from: Time,
    /// End.
    pub to: Time,
}

/// Sessions that no week can have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSessions {
    /// Not `HH:MM`, or with seconds: the clock counts whole minutes.
    #[error("{0:?} is not a time of the day in whole minutes (HH:MM)")]
    NotATime(String),
    /// Empty or backwards.
    #[error("the session {0} does not end after it begins")]
    Backwards(Session),
    /// Not sorted, or one begins before the other has ended.
    #[error("the session {1} begins before {0} has ended")]
    Overlap(Session, Session),
    /// Not seven days.
    #[error("a week has seven days, Monday first, not {0}")]
    NotAWeek(usize),
    /// Weeks that do not follow each other.
    #[error("the week from {1} does not follow the one from {0}")]
    Unsorted(Date, Date),
}

/// The sessions of one week, Monday first; a day without sessions is a weekly day off.
///
/// It also knows how much is worked before each day of the week, so that whole weeks are counted
/// by multiplying.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Week {
    sessions: [Vec<Session>; 7],
    minutes: [i64; 8],
    days: [i64; 8],
    is_office: bool,
}

/// What is counted along the days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Working minutes.
    Minutes,
    /// Days with at least one session.
    Days,
}

impl Week {
    /// A week of these sessions, Monday first.
    ///
    /// # Errors
    /// Sessions that are empty, unsorted, overlapping or not in whole minutes.
    pub fn new(sessions: [Vec<Session>; 7]) -> Result<Week, BadSessions> {
        for session in sessions.iter().flatten() {
            for time in [session.from, session.to] {
                if time.second() != 0 || time.subsec_nanosecond() != 0 {
                    return Err(BadSessions::NotATime(time.to_string()));
                }
            }
            if session.from >= session.to {
                return Err(BadSessions::Backwards(*session));
            }
        }
        for pair in sessions.iter().flat_map(|day| day.windows(2)) {
            if pair[1].from < pair[0].to {
                return Err(BadSessions::Overlap(pair[0], pair[1]));
            }
        }
        let before = |measure| {
            let mut sums = [0; 8];
            for day in 0..7 {
                sums[day + 1] = sums[day] + measured(&sessions[day], measure);
            }
            sums
        };
        let (minutes, days) = (before(Measure::Minutes), before(Measure::Days));
        let is_office = is_office(&sessions);
        Ok(Week { sessions, minutes, days, is_office })
    }

    /// 07:30–11:30 and 13:30–17:30, Monday to Friday.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn office() -> Week {
        let week = std::array::from_fn(|weekday| office_day(weekday).to_vec());
        Week::new(week).expect("sessions that follow each other")
    }

    /// Is this the office week, which explanations leave out?
    pub(super) fn is_office(&self) -> bool {
        self.is_office
    }

    /// The sessions of a weekday, 0 is Monday.
    ///
    /// # Panics
    /// When `weekday` is not 0 to 6.
    #[must_use]
    pub fn sessions(&self, weekday: usize) -> &[Session] {
        &self.sessions[weekday]
    }

    /// The sessions of a make-up day: Monday's.
    pub(super) fn makeup(&self) -> &[Session] {
        &self.sessions[0]
    }

    /// How much this week, repeated for ever, works on the days from `first` to before `end`.
    pub(super) fn between(&self, first: DayNumber, end: DayNumber, measure: Measure) -> i64 {
        let sums = self.sums(measure);
        let until = |day: DayNumber| i64::from(day.div_euclid(7)) * sums[7] + sums[weekday(day)];
        until(end) - until(first)
    }

    /// The day on which the `amount`-th unit from the morning of `first` is worked, and how many
    /// units of that day it takes. `amount` is at least 1 and the week works.
    pub(super) fn find(
        &self,
        first: DayNumber,
        amount: i64,
        measure: Measure,
    ) -> Option<(DayNumber, i64)> {
        let sums = self.sums(measure);
        let from_monday = amount + sums[weekday(first)];
        let weeks = (from_monday - 1).checked_div(sums[7])?;
        let left = from_monday - weeks * sums[7];
        let day = (0..7).find(|day| left <= sums[day + 1])?;
        let monday = first.div_euclid(7).checked_add(i32::try_from(weeks).ok()?)?;
        let number = monday.checked_mul(7)?.checked_add(i32::try_from(day).ok()?)?;
        Some((number, left - sums[day]))
    }

    fn sums(&self, measure: Measure) -> &[i64; 8] {
        match measure {
            Measure::Minutes => &self.minutes,
            Measure::Days => &self.days,
        }
    }
}

impl Default for Week {
    /// A week in which nobody works.
    fn default() -> Week {
        Week { sessions: Default::default(), minutes: [0; 8], days: [0; 8], is_office: false }
    }
}

/// 07:30–11:30 and 13:30–17:30.
const OFFICE_DAY: [Session; 2] = [
    Session { from: Time::constant(7, 30, 0, 0), to: Time::constant(11, 30, 0, 0) },
    Session { from: Time::constant(13, 30, 0, 0), to: Time::constant(17, 30, 0, 0) },
];

/// Sessions of a weekday of the office week, 0 is Monday.
fn office_day(weekday: usize) -> &'static [Session] {
    if weekday < 5 { &OFFICE_DAY } else { &[] }
}

fn is_office(sessions: &[Vec<Session>; 7]) -> bool {
    sessions.iter().enumerate().all(|(weekday, day)| day == office_day(weekday))
}

impl Session {
    /// Its length.
    #[must_use]
    pub fn minutes(self) -> i64 {
        minute_of_day(self.to) - minute_of_day(self.from)
    }
}

/// `07:30-11:30`.
impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}

impl Session {
    /// Appends `07:30-11:30`.
    fn write(self, text: &mut String) {
        let digit = |value: i8| char::from(b'0' + value.unsigned_abs() % 10);
        for (before, time) in [("", self.from), ("-", self.to)] {
            text.push_str(before);
            let (hour, minute) = (time.hour(), time.minute());
            text.extend([digit(hour / 10), digit(hour), ':', digit(minute / 10), digit(minute)]);
        }
    }
}

/// As stored: seven texts such as `07:30-11:30 13:30-17:30`.
impl Serialize for Week {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut days = serializer.serialize_seq(Some(self.sessions.len()))?;
        let mut text = String::with_capacity(48);
        for day in &self.sessions {
            text.clear();
            for session in day {
                if !text.is_empty() {
                    text.push(' ');
                }
                session.write(&mut text);
            }
            days.serialize_element(text.as_str())?;
        }
        days.end()
    }
}

impl TryFrom<Vec<String>> for Week {
    type Error = BadSessions;

    fn try_from(days: Vec<String>) -> Result<Week, BadSessions> {
        let count = days.len();
        let mut sessions: [Vec<Session>; 7] = Default::default();
        if count != sessions.len() {
            return Err(BadSessions::NotAWeek(count));
        }
        for (day, text) in sessions.iter_mut().zip(&days) {
            for session in text.split_whitespace() {
                let bad = || BadSessions::NotATime(session.to_owned());
                let (from, to) = session.split_once('-').ok_or_else(bad)?;
                let time = |text: &str| text.parse::<Time>().map_err(|_| bad());
                day.push(Session { from: time(from)?, to: time(to)? });
            }
        }
        Week::new(sessions)
    }
}

/// The weeks of an agency, one after another: the first is open-ended towards the past.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timetable {
    first: Arc<Week>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    later: Vec<ValidFrom>,
}

/// A week that replaces the one before on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ValidFrom {
    pub(super) from: Date,
    pub(super) week: Arc<Week>,
}

impl Timetable {
    /// The same week for ever.
    #[must_use]
    pub fn of(first: Week) -> Timetable {
        Timetable { first: Arc::new(first), later: Vec::new() }
    }

    /// Another week from a day on.
    ///
    /// # Errors
    /// The day is not after those of the weeks before.
    pub fn then(mut self, from: Date, week: Week) -> Result<Timetable, BadSessions> {
        if let Some(last) = self.later.last().filter(|last| last.from >= from) {
            return Err(BadSessions::Unsorted(last.from, from));
        }
        self.later.push(ValidFrom { from, week: Arc::new(week) });
        Ok(self)
    }

    /// The week in force on a day.
    #[must_use]
    pub fn week_on(&self, date: Date) -> &Week {
        self.in_force(number(date)).0
    }

    /// The weeks in force on some of the days from `first` to `last`, each with its first day.
    pub(super) fn during(
        &self,
        first: Date,
        last: Date,
    ) -> impl Iterator<Item = (Option<Date>, &Arc<Week>)> {
        let weeks = std::iter::once((None, &self.first))
            .chain(self.later.iter().map(|next| (Some(next.from), &next.week)));
        let ends = self.later.iter().map(|next| Some(next.from)).chain([None]);
        weeks.zip(ends).filter_map(move |((from, week), end)| {
            let begun = from.is_none_or(|from| from <= last);
            (begun && end.is_none_or(|end| end > first)).then_some((from, week))
        })
    }

    /// The week in force on a day, and the first day on which it no longer is.
    pub(super) fn in_force(&self, day: DayNumber) -> (&Week, DayNumber) {
        let mut week = &self.first;
        for next in &self.later {
            let from = number(next.from);
            if day < from {
                return (week, from);
            }
            week = &next.week;
        }
        (week, DayNumber::MAX)
    }
}

/// What one day's sessions amount to.
pub(super) fn measured(sessions: &[Session], measure: Measure) -> i64 {
    match measure {
        Measure::Minutes => sessions.iter().map(|session| session.minutes()).sum(),
        Measure::Days => i64::from(!sessions.is_empty()),
    }
}

/// Minutes since midnight.
pub(super) fn minute_of_day(time: Time) -> i64 {
    i64::from(time.hour()) * 60 + i64::from(time.minute())
}
