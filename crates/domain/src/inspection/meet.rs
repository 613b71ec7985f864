//! The working session (buổi làm việc). Told beforehand it needs the letter; by report there is
//! none.

use super::command::{Form, Meet};
use super::decide::Context;
use super::event::Event;
use super::plan::refuse;
use super::refusal::{Refusal, Rule};
use super::state::Inspection;
use crate::dossier::refusal::{Problems, limit};

pub(super) fn decide(of: &Inspection, wish: &Meet, ctx: &Context<'_>) -> Result<Event, Refusal> {
    match of.plan.form {
        Form::ByReport => return Err(Refusal::Rule(Rule::NotInThisForm)),
        Form::Announced if of.announced.is_none() => {
            return Err(Refusal::NotOpen(super::Act::Meet));
        }
        Form::Announced | Form::Unannounced => {}
    }
    if !of.period_runs(ctx.at) {
        return Err(Refusal::Rule(Rule::OutsidePeriod));
    }
    let mut wrong = Problems::default();
    let place = wrong.text("place", &wish.place, limit::LINE);
    let attendees = wrong.text("attendees", &wish.attendees, limit::BODY);
    let course = wrong.text("course", &wish.course, limit::BODY);
    refuse(wrong)?;
    Ok(Event::Met(Meet { place, attendees, course }))
}
