//! What leaders steer by beside the dossiers: directives, the reform programme of the year,
//! campaigns, explanations of odd signs, and the scorecard of a department. Plain records: nothing
//! here changes a dossier. Entries stay; a correction is a later one beside the first.

use crate::time::local;
use crate::worktime::{Calendar, YearNotEntered};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Longest text of an entry, in characters.
pub const TEXT_MAX: usize = 4_000;
/// Longest line.
pub const LINE_MAX: usize = 300;
/// Largest number of working days, percent apart.
const COUNT_MAX: u64 = 10_000_000;

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Chỉ đạo: of the head to an agency, with a deadline in working days.
    Directive,
    /// Nhiệm vụ of the year's reform programme (kế hoạch CCHC).
    Task,
    /// Tuyên truyền CCHC: with reach and feedback.
    Campaign,
    /// Giải trình of an odd sign by its agency.
    Explanation,
}

/// What an entry is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// Its name in forms, records and translation keys.
    pub name: &'static str,
    /// How it is answered.
    pub shape: Shape,
    /// Whether it must be.
    pub need: Need,
}

/// How something is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line.
    Line,
    /// Several.
    Lines,
    /// A day.
    Day,
    /// Working days from today.
    Days,
    /// 0 to 100.
    Percent,
    /// A number of people.
    Count,
    /// One of [`AREAS`].
    Area,
}

/// Must something be answered?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Need {
    Required,
    Optional,
}

/// The areas of reform (NQ 76/2021; the seventh is asked for by the article of 17/11/2018).
pub const AREAS: [&str; 7] = [
    "institutions",
    "procedures",
    "organisation",
    "civil_service",
    "public_finance",
    "digital",
    "communication",
];

/// Why an answer cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing was written.
    Missing,
    /// Too long.
    TooLong,
    /// No day.
    NotADay,
    /// No number, or one that cannot be.
    NotANumber,
    /// None of the choices.
    NotAChoice,
    /// The calendar of the deadline's year is not entered.
    NoCalendar,
}

/// An entry as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The answers, by name.
    pub texts: BTreeMap<String, String>,
    /// Until when, where it has a deadline.
    pub due: Option<Date>,
}

const fn ask(name: &'static str, shape: Shape, need: Need) -> Ask {
    Ask { name, shape, need }
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 4] = [Kind::Directive, Kind::Task, Kind::Campaign, Kind::Explanation];

    /// The name in records and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Directive => "directive",
            Kind::Task => "task",
            Kind::Campaign => "campaign",
            Kind::Explanation => "explanation",
        }
    }

    /// What a new record is asked for.
    #[must_use]
    pub const fn asks(self) -> &'static [Ask] {
        use Need::{Optional, Required};
        match self {
            Kind::Directive => {
                const {
                    &[
                        ask("title", Shape::Line, Required),
                        ask("text", Shape::Lines, Required),
                        ask("days", Shape::Days, Required),
                    ]
                }
            }
            Kind::Task => {
                const {
                    &[
                        ask("area", Shape::Area, Required),
                        ask("title", Shape::Line, Required),
                        ask("product", Shape::Line, Required),
                        ask("due", Shape::Day, Required),
                    ]
                }
            }
            Kind::Campaign => {
                const {
                    &[
                        ask("title", Shape::Line, Required),
                        ask("channel", Shape::Line, Required),
                        ask("audience", Shape::Line, Required),
                        ask("planned", Shape::Count, Optional),
                        ask("due", Shape::Day, Required),
                    ]
                }
            }
            Kind::Explanation => {
                const {
                    &[
                        // What is explained, and how it came about.
                        ask("title", Shape::Line, Required),
                        ask("text", Shape::Lines, Required),
                    ]
                }
            }
        }
    }

    /// What a follow-up report on it is asked for.
    #[must_use]
    pub const fn report_asks(self) -> &'static [Ask] {
        use Need::{Optional, Required};
        match self {
            Kind::Directive | Kind::Task => {
                const {
                    &[
                        ask("text", Shape::Lines, Required),
                        ask("percent", Shape::Percent, Required),
                        ask("evidence", Shape::Line, Optional),
                    ]
                }
            }
            Kind::Campaign => {
                const {
                    &[
                        ask("text", Shape::Lines, Required),
                        ask("reach", Shape::Count, Required),
                        ask("feedback", Shape::Lines, Optional),
                        ask("percent", Shape::Percent, Required),
                    ]
                }
            }
            Kind::Explanation => const { &[ask("text", Shape::Lines, Required)] },
        }
    }
}

/// The entry that some answers make on a day, or what is wrong with each.
///
/// # Errors
/// The name of each answer that cannot be taken, and why.
pub fn entry(
    asks: &[Ask],
    answers: &BTreeMap<String, String>,
    today: Date,
    calendar: &Calendar,
) -> Result<Entry, Vec<(&'static str, Wrong)>> {
    let (mut texts, mut due, mut wrong) = (BTreeMap::new(), None, Vec::new());
    for ask in asks {
        let answer = answers.get(ask.name).map_or("", |text| text.trim());
        if answer.is_empty() {
            if ask.need == Need::Required {
                wrong.push((ask.name, Wrong::Missing));
            }
            continue;
        }
        match read(ask.shape, answer, today, calendar) {
            Ok(read) => {
                due = read.or(due);
                texts.insert(ask.name.to_owned(), answer.to_owned());
            }
            Err(why) => wrong.push((ask.name, why)),
        }
    }
    if wrong.is_empty() { Ok(Entry { texts, due }) } else { Err(wrong) }
}

/// Reads an answer; a deadline, where it gives one.
fn read(
    shape: Shape,
    answer: &str,
    today: Date,
    calendar: &Calendar,
) -> Result<Option<Date>, Wrong> {
    let most = if shape == Shape::Lines { TEXT_MAX } else { LINE_MAX };
    if answer.chars().count() > most {
        return Err(Wrong::TooLong);
    }
    let number = |most: u64| match answer.parse::<u64>() {
        Ok(number) if number <= most => Ok(number),
        _ => Err(Wrong::NotANumber),
    };
    match shape {
        Shape::Line | Shape::Lines => Ok(None),
        Shape::Day => day(answer).map(Some).ok_or(Wrong::NotADay),
        Shape::Days => {
            let days = number(366)?;
            if days == 0 {
                return Err(Wrong::NotANumber);
            }
            due_after(today, days, calendar).map(Some).map_err(|_| Wrong::NoCalendar)
        }
        Shape::Percent => number(100).map(|_| None),
        Shape::Count => number(COUNT_MAX).map(|_| None),
        Shape::Area => AREAS.contains(&answer).then_some(None).ok_or(Wrong::NotAChoice),
    }
}

/// `31/12/2026` or `2026-12-31`.
fn day(text: &str) -> Option<Date> {
    let day = text.parse().or_else(|_| Date::strptime("%d/%m/%Y", text)).ok()?;
    (1900..9999).contains(&day.year()).then_some(day)
}

/// The last of so many working days after a day.
fn due_after(today: Date, days: u64, calendar: &Calendar) -> Result<Date, YearNotEntered> {
    let (mut day, mut left) = (today, days);
    while left > 0 {
        day = day.tomorrow().unwrap_or(day);
        left -= u64::from(calendar.is_working_day(day)?);
    }
    Ok(day)
}

/// How a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Reported as done.
    Done,
    /// Its deadline is over, and it is not done.
    Overdue,
    /// Neither.
    Open,
}

/// How a record stands on a day, by what was last reported.
#[must_use]
pub fn standing(due: Option<Date>, percent: u64, today: Date) -> Standing {
    match due {
        _ if percent >= 100 => Standing::Done,
        Some(due) if due < today => Standing::Overdue,
        _ => Standing::Open,
    }
}

/// The day of an instant, for records.
#[must_use]
pub fn day_of(at: crate::time::Instant) -> Date {
    local(at).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worktime::Years;
    use jiff::civil::date;

    fn calendar() -> Calendar {
        Calendar { sessions: Calendar::office_week(), years: Years::Every, ..Calendar::default() }
    }

    fn answers(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn a_directive_is_due_after_working_days() {
        let friday = date(2026, 11, 6);
        let made = |days: &str| {
            let given = answers(&[("title", "Báo cáo"), ("text", "Giải trình"), ("days", days)]);
            entry(Kind::Directive.asks(), &given, friday, &calendar())
        };
        assert_eq!(made("1").unwrap().due, Some(date(2026, 11, 9)));
        assert_eq!(made("5").unwrap().due, Some(date(2026, 11, 13)));
        assert_eq!(made("0").unwrap_err(), [("days", Wrong::NotANumber)]);
        assert_eq!(made("mai").unwrap_err(), [("days", Wrong::NotANumber)]);
        let unknown = Calendar { years: Years::default(), ..calendar() };
        let given = answers(&[("title", "x"), ("text", "x"), ("days", "1")]);
        let refused = entry(Kind::Directive.asks(), &given, friday, &unknown).unwrap_err();
        assert_eq!(refused, [("days", Wrong::NoCalendar)]);
    }

    #[test]
    fn every_answer_is_asked_for_what_it_is() {
        let made = |area: &str, due: &str| {
            let given = answers(&[("area", area), ("title", "x"), ("product", "x"), ("due", due)]);
            entry(Kind::Task.asks(), &given, date(2026, 11, 6), &calendar())
        };
        assert_eq!(made("digital", "31/12/2026").unwrap().due, Some(date(2026, 12, 31)));
        assert_eq!(
            made("sport", "x").unwrap_err(),
            [("area", Wrong::NotAChoice), ("due", Wrong::NotADay)]
        );
        let long = "a".repeat(LINE_MAX + 1);
        let given = answers(&[("title", &long)]);
        let refused = entry(Kind::Explanation.asks(), &given, date(2026, 1, 5), &calendar());
        assert_eq!(refused.unwrap_err(), [("title", Wrong::TooLong), ("text", Wrong::Missing)]);
        let report = answers(&[("text", "x"), ("percent", "101")]);
        let refused = entry(Kind::Task.report_asks(), &report, date(2026, 1, 5), &calendar());
        assert_eq!(refused.unwrap_err(), [("percent", Wrong::NotANumber)]);
    }

    #[test]
    fn what_is_not_done_in_time_is_overdue() {
        let due = Some(date(2026, 11, 9));
        assert_eq!(standing(due, 50, date(2026, 11, 9)), Standing::Open);
        assert_eq!(standing(due, 50, date(2026, 11, 10)), Standing::Overdue);
        assert_eq!(standing(due, 100, date(2026, 11, 10)), Standing::Done);
        assert_eq!(standing(None, 0, date(2026, 11, 10)), Standing::Open);
    }
}
