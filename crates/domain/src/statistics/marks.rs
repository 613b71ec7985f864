//! What a dossier changes in the figures, and when: marks.
//!
//! A figure over a window is a question with two ends: what was known at its end, and where it
//! opens. For one state of a dossier the answer depends on the opening day alone, and changes only
//! behind a day on which something happened: that is its [`Profile`]. Over time the profile changes
//! with each fact, and by itself where a due day passes. Each change is a mark; and a figure over a
//! window is the sum of the marks made up to its end that reach to its opening day. So any window,
//! as of any instant, is one sum, and [`Figure::includes`] stays the only definition.

use super::columns::Ended;
use super::course::Course;
use super::figure::Figure;
use super::period::Window;
use crate::time::{Instant, instant, local};
use jiff::SignedDuration;
use jiff::civil::{Date, Time};

/// A day as a number: days since 1970-01-01, Vietnamese time.
pub type Day = i32;

/// Reaches to every opening day.
pub const ALWAYS: Day = Day::MAX;

/// A change in what figures say of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// When it came about; a window that ends earlier knows nothing of it.
    pub at: Instant,
    /// The last opening day to which it reaches.
    pub until: Day,
    /// Which figures, a bit for each by its place in [`Figure::ALL`].
    pub figures: u64,
    /// By how much each changes: 1 or -1.
    pub by: i32,
}

/// A result that was issued, with what averages are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Done {
    /// When.
    pub at: Instant,
    /// Requests for supplements.
    pub rounds: u32,
    /// Working minutes without those in which the clock stood; `None` when not known.
    pub worked: Option<i64>,
    /// Working minutes in which it stood.
    pub stood: i64,
}

/// All that a dossier's facts give the figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// The marks, in the order in which they came about.
    pub marks: Vec<Mark>,
    /// Its result, once issued.
    pub done: Option<Done>,
    /// How it ended, once it has.
    pub ended: Option<Ended>,
}

/// The day of an instant as a number.
#[must_use]
pub fn day_of(at: Instant) -> Day {
    let since = at.as_millisecond() - start(0).as_millisecond();
    Day::try_from(since.div_euclid(DAY_MS)).expect("years of four digits are few days")
}

/// The instant at which a day begins.
#[must_use]
pub fn start(day: Day) -> Instant {
    FIRST + SignedDuration::from_millis(DAY_MS * i64::from(day))
}

/// Milliseconds since the day began.
pub(super) fn since_midnight(at: Instant) -> u32 {
    let since = at.as_millisecond() - start(day_of(at)).as_millisecond();
    u32::try_from(since).expect("a day has few milliseconds")
}

/// A month as a number: twelve to a year.
pub(super) fn month_of(day: Day) -> i32 {
    let date = local(start(day)).date();
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

/// The first day of a month.
pub(super) fn first_of(month: i32) -> Day {
    let (year, number) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    let year = i16::try_from(year).expect("years have four digits");
    let number = i8::try_from(number).expect("one of twelve");
    day_of(instant(Date::constant(year, number, 1).to_datetime(Time::midnight())))
}

/// Midnight in Viet Nam before 1970-01-01.
const FIRST: Instant = Instant::constant(-7 * 3600, 0);
const DAY_MS: i64 = 86_400_000;

pub(super) fn done(course: &Course) -> Option<Done> {
    let (at, _) = course.end.filter(|_| course.has_result())?;
    let minutes = course.minutes;
    Some(Done {
        at,
        rounds: course.supplement_rounds,
        worked: minutes.map(|minutes| minutes.total - minutes.stood),
        stood: minutes.map_or(0, |minutes| minutes.stood),
    })
}

/// What the figures say of a course, by opening day: each entry counts for the opening days up to
/// its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Profile(Vec<Reach>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reach {
    until: Day,
    more: u64,
    less: u64,
}

impl Profile {
    pub(super) fn of(course: &Course) -> Profile {
        let mut days: Vec<Day> = happened(course).map(day_of).collect();
        days.sort_unstable();
        days.dedup();
        let mask = |opens: Day| includes(course, opens);
        let mut beyond = days.last().map_or(0, |last| mask(last + 1));
        let mut profile = vec![Reach { until: ALWAYS, more: beyond, less: 0 }];
        for day in days.into_iter().rev() {
            let here = mask(day);
            let (more, less) = (here & !beyond, beyond & !here);
            if more | less != 0 {
                profile.push(Reach { until: day, more, less });
            }
            beyond = here;
        }
        Profile(profile)
    }

    fn at(&self, until: Day) -> (u64, u64) {
        let reach = self.0.iter().find(|reach| reach.until == until);
        reach.map_or((0, 0), |reach| (reach.more, reach.less))
    }

    pub(super) fn turns_into(&self, after: &Profile, at: Instant, marks: &mut Vec<Mark>) {
        let gone = self.0.iter().filter(|old| after.0.iter().all(|new| new.until != old.until));
        for until in after.0.iter().chain(gone).map(|reach| reach.until) {
            let ((was_more, was_less), (more, less)) = (self.at(until), after.at(until));
            let changes = [
                (more & !was_more, 1),
                (was_more & !more, -1),
                (less & !was_less, -1),
                (was_less & !less, 1),
            ];
            let told = changes.into_iter().filter(|(figures, _)| *figures != 0);
            marks.extend(told.map(|(figures, by)| Mark { at, until, figures, by }));
        }
    }
}

/// Every instant whose day a figure can ask for.
fn happened(course: &Course) -> impl Iterator<Item = Instant> + '_ {
    let spells = course.spells.iter().flat_map(|spell| [Some(spell.from), spell.to]);
    let single = [
        Some(course.filed_at),
        course.received_at,
        course.end.map(|(at, _)| at),
        course.returned_at,
    ];
    single.into_iter().chain(spells).flatten().chain(course.paid_at.iter().copied())
}

/// The figures that include a course in a window from a day on, as bits.
pub(super) fn includes(course: &Course, opens: Day) -> u64 {
    let window = Window { opens: start(opens), end: Instant::MAX };
    let each = Figure::ALL.iter().enumerate();
    each.filter(|(_, figure)| figure.includes(course, &window))
        .fold(0, |all, (bit, _)| all | 1 << bit)
}
