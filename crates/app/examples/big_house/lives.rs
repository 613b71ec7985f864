//! The courses that were played, and the weeks into which each fits.

use super::mould::Mould;
use anyhow::Context as _;
use domain::time::{from_millis, local};
use domain::worktime::Calendar;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::HashMap;
use storage::StoredFact;

/// Milliseconds of a week.
pub(crate) const WEEK_MS: i64 = 7 * 24 * 3_600_000;
/// The facts after which nothing more comes.
const ENDS: [&str; 4] = ["returned", "withdrawn", "stopped", "not_accepted"];
/// A course that has rested so long before the last fact played will not go on.
const RESTED_MS: i64 = 60 * 24 * 3_600_000;

/// A course from the filing to its end.
pub(crate) struct Life {
    /// The id of the dossier that was played.
    pub(crate) id: String,
    /// Its facts.
    pub(crate) facts: Vec<Mould>,
    /// By how many weeks it may be moved.
    pub(crate) weeks: Vec<i64>,
    /// When the play ended, milliseconds: nothing of a copy lies behind.
    pub(crate) end: i64,
}

/// Agency, procedure and rule profile: what there is only for a time.
type Kind = (String, String, String);

/// First and last day on which dossiers of a kind were filed.
type Days = HashMap<Kind, (Date, Date)>;

/// The courses that came to an end, or will not go on.
pub(crate) fn settled(facts: &[StoredFact], calendar: &Calendar) -> anyhow::Result<Vec<Life>> {
    let mut dossiers: HashMap<&str, usize> = HashMap::new();
    let mut courses: Vec<Vec<&StoredFact>> = Vec::new();
    for fact in facts {
        let at = *dossiers.entry(&fact.dossier).or_insert_with(|| {
            courses.push(Vec::new());
            courses.len() - 1
        });
        courses[at].push(fact);
    }
    let end = facts.last().context("nothing was played")?.ts;
    let mut days = Days::new();
    let mut kinds = Vec::new();
    for course in &courses {
        let (kind, filed) = (kind(course)?, day(course[0].ts));
        let (first, last) = days.entry(kind.clone()).or_insert((filed, filed));
        (*first, *last) = (filed.min(*first), filed.max(*last));
        kinds.push(kind);
    }
    let mut lives = Vec::new();
    for (course, kind) in courses.iter().zip(&kinds) {
        let last = course.last().context("a course has facts")?;
        if ENDS.contains(&last.kind.as_str()) || last.ts < end - RESTED_MS {
            let weeks = weeks(course, days[kind], end, calendar);
            let facts = course.iter().map(|fact| Mould::of(fact));
            let facts = facts.collect::<anyhow::Result<_>>()?;
            lives.push(Life { id: last.dossier.clone(), facts, weeks, end });
        }
    }
    Ok(lives)
}

fn kind(course: &[&StoredFact]) -> anyhow::Result<Kind> {
    let payload = |fact: &StoredFact| -> anyhow::Result<Value> {
        Ok(serde_json::from_str(fact.payload.as_deref().context("a fact without content")?)?)
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let submitted = payload(course[0])?;
    let received = course.iter().find(|fact| fact.kind == "received");
    let received = received.map_or(Ok(Value::Null), |fact| payload(fact))?;
    let profile = text(&received["profile"]);
    Ok((text(&submitted["agency"]), text(&submitted["procedure"]), profile))
}

/// By how many weeks a course can be moved so that it is filed while there is its kind, and what
/// was done on working days still is.
fn weeks(
    course: &[&StoredFact],
    (first, last): (Date, Date),
    end: i64,
    calendar: &Calendar,
) -> Vec<i64> {
    let works = |day: Date| calendar.is_working_day(day).unwrap_or_default();
    let mut days: Vec<(i64, Date)> = course.iter().map(|fact| (fact.ts, day(fact.ts))).collect();
    days.dedup_by_key(|(_, day)| *day);
    days.retain(|(_, day)| works(*day));
    let filed = day(course[0].ts);
    let span = |from: Date, to: Date| i64::from((to - from).get_days()).div_euclid(7);
    let (back, on) = (span(first, filed), span(filed, last));
    let fits = |weeks: &i64| {
        let moved = |day: Date| day.saturating_add((7 * weeks).days());
        let within = |ts: i64| ts + weeks * WEEK_MS <= end;
        within(course[0].ts)
            && days.iter().filter(|(ts, _)| within(*ts)).all(|(_, day)| works(moved(*day)))
    };
    (-back..=on).filter(fits).collect()
}

fn day(ts: i64) -> Date {
    local(from_millis(ts)).date()
}
