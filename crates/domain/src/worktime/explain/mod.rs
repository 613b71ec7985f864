//! Explanations in words, for pages and papers alike: one sentence for each line.

mod english;
mod vietnamese;

pub use super::recompute::recompute;
pub use vietnamese::time_span as time_in_vietnamese;

use super::{Session, Week, Why};
use jiff::civil::{Date, Time};

/// The explanation in Vietnamese, line by line.
#[must_use]
pub fn in_vietnamese(why: &[Why]) -> Vec<String> {
    why.iter().map(vietnamese::line).collect()
}

/// The explanation in English, line by line.
#[must_use]
pub fn in_english(why: &[Why]) -> Vec<String> {
    why.iter().map(english::line).collect()
}

fn day(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Days of the week that have the same sessions, one after another: `Mon–Fri 07:30–11:30, …`.
fn sessions(week: &Week, weekdays: [&str; 7]) -> String {
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for day in (0..7).filter(|day| !week.sessions(*day).is_empty()) {
        match groups.last_mut() {
            Some((_, last)) if *last + 1 == day && week.sessions(*last) == week.sessions(day) => {
                *last = day;
            }
            _ => groups.push((day, day)),
        }
    }
    let told = groups.iter().map(|(first, last)| {
        let days = match last - first {
            0 => weekdays[*first].to_owned(),
            _ => format!("{}–{}", weekdays[*first], weekdays[*last]),
        };
        let hours: Vec<String> = week.sessions(*first).iter().map(hours).collect();
        format!("{days} {}", hours.join(", "))
    });
    told.collect::<Vec<_>>().join("; ")
}

fn hours(session: &Session) -> String {
    format!("{}–{}", clock(session.from), clock(session.to))
}

/// A name with the decision behind it; without a name, what its kind is called.
fn what(name: &str, kind: &str, decision: Option<&str>) -> String {
    let name = if name.is_empty() { kind } else { name };
    match decision {
        Some(decision) => format!("{name} ({decision})"),
        None => name.to_owned(),
    }
}
