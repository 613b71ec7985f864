//! The ended dossiers as columns: 16 bytes each, for counting all of them again.
//!
//! A row is written once, when a dossier ends, from its course and not from its marks; so a recount
//! is a second way to the counters' figures, and one that is fast enough to be gone often.

use super::course::{Course, End};
use super::marks::{Day, day_of};
use super::tally::Place;
use crate::dossier::clock::Verdict;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// How a dossier ended, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// The day of its filing.
    pub filed: Day,
    /// The day of its first reception.
    pub received: Option<Day>,
    /// The day of its end.
    pub on: Day,
    /// How.
    pub how: End,
    /// How its time is judged by the national indicator; `None` before reception.
    pub judged: Option<Verdict>,
    /// Requests for supplements.
    pub rounds: u32,
    /// Working minutes until its result, without those in which the clock stood.
    pub worked: Option<i64>,
}

/// What became of a dossier, in one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    /// A result before the promised day.
    Early,
    /// On it.
    OnTime,
    /// Later.
    Late,
    /// No result: not accepted, withdrawn, stopped.
    NoResult,
}

impl Class {
    /// All of them, in the order of their bytes.
    pub const ALL: [Class; 4] = [Class::Early, Class::OnTime, Class::Late, Class::NoResult];
}

/// The columns.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    places: Vec<Place>,
    numbers: HashMap<Place, u32>,
    place: Vec<u32>,
    filed: Vec<u16>,
    received: Vec<u16>,
    ended: Vec<u16>,
    class: Vec<u8>,
    rounds: Vec<u8>,
    worked: Vec<u32>,
}

/// Bytes of a dossier: the widths of the columns.
pub const BYTES: usize = 4 + 2 + 2 + 2 + 1 + 1 + 4;

/// Days are counted from 2000-01-01; day 0 stands for never.
const ORIGIN: Date = Date::constant(2000, 1, 1);
const MONTHS: usize = 12 * 180;

/// A recount: dossiers by place, month of the end and class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recount {
    counts: Vec<u32>,
    first: usize,
    months: usize,
}

impl Ended {
    /// From a course that has ended; `None` while it has not.
    #[must_use]
    pub fn of(course: &Course) -> Option<Ended> {
        let (at, how) = course.end?;
        Some(Ended {
            filed: day_of(course.filed_at),
            received: course.received_at.map(day_of),
            on: day_of(at),
            how,
            judged: course.verdicts.map(|verdicts| verdicts.by_indicator),
            rounds: course.supplement_rounds,
            worked: course.minutes.map(|minutes| minutes.total - minutes.stood),
        })
    }

    /// What became of it.
    #[must_use]
    pub fn class(&self) -> Class {
        match (self.how, self.judged) {
            (End::NotAccepted | End::Withdrawn | End::Stopped, _) => Class::NoResult,
            (End::Granted | End::Refused, Some(Verdict::Early)) => Class::Early,
            (End::Granted | End::Refused, Some(Verdict::Late)) => Class::Late,
            (End::Granted | End::Refused, Some(Verdict::OnTime) | None) => Class::OnTime,
        }
    }
}

impl Columns {
    /// Adds a dossier that has ended.
    pub fn push(&mut self, place: &Place, ended: &Ended) {
        let number = match self.numbers.get(place) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.places.len()).expect("fewer places than dossiers");
                self.places.push(place.clone());
                self.numbers.insert(place.clone(), number);
                number
            }
        };
        self.place.push(number);
        self.filed.push(short(ended.filed));
        self.received.push(ended.received.map_or(0, short));
        self.ended.push(short(ended.on));
        self.class.push(ended.class() as u8);
        self.rounds.push(u8::try_from(ended.rounds).unwrap_or(u8::MAX));
        let worked = ended.worked.and_then(|minutes| u32::try_from(minutes).ok());
        self.worked.push(worked.unwrap_or(u32::MAX));
    }

    /// How many dossiers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.place.len()
    }

    /// None at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.place.is_empty()
    }

    /// The places, by their numbers.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Counts every dossier again, in one pass over three columns.
    #[must_use]
    pub fn recount(&self) -> Recount {
        let month_of = months();
        let (from, to) =
            self.ended.iter().fold((u16::MAX, 0), |(from, to), day| (from.min(*day), to.max(*day)));
        let first = usize::from(month_of[usize::from(from.min(to))]);
        let count = usize::from(month_of[usize::from(to)]) + 1 - first;
        let mut counts = vec![0u32; self.places.len() * count * Class::ALL.len()];
        let rows = self.place.iter().zip(&self.ended).zip(&self.class);
        for ((place, day), class) in rows {
            let month = usize::from(month_of[usize::from(*day)]) - first;
            counts[(*place as usize * count + month) * Class::ALL.len() + usize::from(*class)] += 1;
        }
        Recount { counts, first, months: count }
    }

    /// Place, month and class of each dossier: what a recount goes through.
    pub fn rows(&self) -> impl Iterator<Item = (u32, u16, u8)> + '_ {
        let month_of = months();
        let months = self.ended.iter().map(move |day| month_of[usize::from(*day)]);
        let rows = self.place.iter().zip(months).zip(&self.class);
        rows.map(|((place, month), class)| (*place, month, *class))
    }

    /// The recount by month and class, over the places for which `wanted` gives a row.
    #[must_use]
    pub fn by<K: Ord>(
        &self,
        wanted: impl Fn(&Place) -> Option<K>,
    ) -> BTreeMap<(K, i16, i8), [u64; 4]> {
        let recount = self.recount();
        let mut rows = BTreeMap::new();
        for (number, place) in self.places.iter().enumerate() {
            for month in 0..recount.months {
                let (year, month_no) = named(recount.first + month);
                let Some(key) = wanted(place) else { break };
                let row: &mut [u64; 4] = rows.entry((key, year, month_no)).or_default();
                for class in Class::ALL {
                    row[class as usize] += u64::from(recount.of(number, month, class));
                }
            }
        }
        rows
    }
}

impl Recount {
    /// How many dossiers of a place ended so in a month, counted from the first.
    #[must_use]
    pub fn of(&self, place: usize, month: usize, class: Class) -> u32 {
        self.counts[(place * self.months + month) * Class::ALL.len() + class as usize]
    }

    /// Place, month, class and count of each cell that is not empty.
    pub fn counts(&self) -> impl Iterator<Item = (usize, usize, usize, u32)> + '_ {
        let (classes, months, first) = (Class::ALL.len(), self.months, self.first);
        let there = self.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        there.map(move |(at, count)| {
            let (cell, class) = (at / classes, at % classes);
            (cell / months, first + cell % months, class, *count)
        })
    }

    /// Everything counted.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|count| u64::from(*count)).sum()
    }
}

/// The year and month of a number of months since the origin.
fn named(month: usize) -> (i16, i8) {
    let year = i16::try_from(month / 12).expect("a century has few months");
    let month = i8::try_from(month % 12).expect("a year has twelve months");
    (ORIGIN.year() + year, month + 1)
}

/// The number of the month of each day.
fn months() -> Vec<u16> {
    let mut all = Vec::new();
    for month in 0..MONTHS {
        let (year, no) = named(month);
        let days = Date::constant(year, no, 1).days_in_month();
        let number = u16::try_from(month).expect("few months");
        all.extend((0..days).map(|_| number));
    }
    all.resize(usize::from(u16::MAX) + 1, u16::try_from(MONTHS - 1).expect("few months"));
    all
}

/// A day in two bytes. What lies outside 2000 to 2179 is put to the edge.
fn short(day: Day) -> u16 {
    let origin = ORIGIN.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24;
    u16::try_from((i64::from(day) - origin).clamp(0, i64::from(u16::MAX))).unwrap_or_default()
}
