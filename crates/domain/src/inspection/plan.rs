//! An item of the year's plan (đưa vào kế hoạch). The plan of a year is its items together.

use super::command::Plan;
use super::decide::Context;
use super::event::Event;
use super::refusal::Refusal;
use crate::dossier::Reason;
use crate::dossier::refusal::{Problems, limit};

/// Most agencies of one inspection.
const UNITS: usize = 10;

pub(super) fn decide(wish: &Plan, ctx: &Context<'_>) -> Result<Event, Refusal> {
    let mut wrong = Problems::default();
    let number = wrong.text("number", &wish.number, limit::LINE);
    let purpose = wrong.text("purpose", &wish.purpose, limit::NOTE);
    let mut units: Vec<String> = Vec::new();
    for unit in &wish.units {
        let known = ctx.organisation.unit(unit);
        match known {
            None => wrong.add("units", Reason::Unknown),
            Some(_) if units.contains(unit) => {}
            Some(_) => units.push(unit.clone()),
        }
    }
    match units.len() {
        0 => wrong.add("units", Reason::Missing),
        1..=UNITS => {}
        _ => wrong.add("units", Reason::TooMany(UNITS)),
    }
    if !(1..=12).contains(&wish.month) {
        wrong.add("month", Reason::OutOfRange(1, 12));
    }
    if !(2000..=2100).contains(&wish.year) {
        wrong.add("year", Reason::OutOfRange(2000, 2100));
    }
    if wish.to < wish.from {
        wrong.add("to", Reason::NotTheCase);
    }
    refuse(wrong)?;
    Ok(Event::Planned(Plan { number, purpose, units, ..wish.clone() }))
}

/// All problems at once, or none.
pub(super) fn refuse(wrong: Problems) -> Result<(), Refusal> {
    if wrong.0.is_empty() { Ok(()) } else { Err(Refusal::Invalid(wrong.0)) }
}
