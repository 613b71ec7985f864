//! The letter with outline, data forms and day (thông báo kiểm tra): the agency gets at least five
//! working days. An unannounced inspection has none.

use super::checklist::DATA_FORMS;
use super::command::{Announce, Form};
use super::decide::Context;
use super::event::Event;
use super::plan::refuse;
use super::refusal::{Refusal, Rule};
use super::state::Inspection;
use crate::dossier::Reason;
use crate::dossier::refusal::{Problems, limit};
use crate::worktime::{Calendar, YearNotEntered};
use jiff::civil::Date;

/// Working days between the letter and the session.
pub const NOTICE_DAYS: u32 = 5;

pub(super) fn decide(
    of: &Inspection,
    wish: &Announce,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    if of.plan.form == Form::Unannounced {
        return Err(Refusal::Rule(Rule::NotInThisForm));
    }
    let mut wrong = Problems::default();
    let number = wrong.text("number", &wish.number, limit::LINE);
    let note = wrong.optional("note", &wish.note, limit::BODY);
    if wish.data_forms.iter().any(|name| DATA_FORMS.iter().all(|(known, _)| known != name)) {
        wrong.add("data_forms", Reason::Unknown);
    }
    if wish.report_by > wish.session_on {
        wrong.add("report_by", Reason::NotTheCase);
    }
    refuse(wrong)?;
    if working_days_between(ctx.calendar, ctx.today(), wish.session_on)? < NOTICE_DAYS {
        return Err(Refusal::Rule(Rule::TooShortNotice));
    }
    Ok(Event::Announced(Announce { number, note, ..wish.clone() }))
}

/// Working days after the first day up to and with the last one; the count stops where it is
/// enough.
fn working_days_between(
    calendar: &Calendar,
    first: Date,
    last: Date,
) -> Result<u32, YearNotEntered> {
    let (mut day, mut count) = (first, 0);
    while day < last && count < NOTICE_DAYS {
        day = day.tomorrow().unwrap_or(last);
        count += u32::from(calendar.is_working_day(day)?);
    }
    Ok(count)
}
