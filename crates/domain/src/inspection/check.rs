//! A point of the checklist A–G (chấm phiếu kiểm tra). What is not in order is said in words.

use super::checklist::point_of;
use super::command::{Check, Mark};
use super::event::Event;
use super::plan::refuse;
use super::refusal::Refusal;
use super::state::Inspection;
use crate::dossier::Reason;
use crate::dossier::refusal::{Problems, limit};

pub(super) fn decide(of: &Inspection, wish: &Check) -> Result<Event, Refusal> {
    let mut wrong = Problems::default();
    if point_of(&wish.point).is_none() {
        wrong.add("point", Reason::Unknown);
    }
    if !of.plan.units.contains(&wish.unit) {
        wrong.add("unit", Reason::Unknown);
    }
    let note = match wish.mark {
        Mark::Partly | Mark::NotMet => wrong.text("note", &wish.note, limit::NOTE),
        Mark::Met | Mark::NotApplicable => wrong.optional("note", &wish.note, limit::NOTE),
    };
    refuse(wrong)?;
    Ok(Event::Checked(Check { note, ..wish.clone() }))
}
