//! The working calendar of a year, for anyone: what is off, what is worked, by which decision. Of a
//! year that is not entered it says so, and what the law's days would be.

use super::answer;
use super::asked::Asked;
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::layout::Layout;
use crate::kit::session::Visitor;
use crate::kit::words;
use crate::officer::desk::official;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::permission::may_enter_calendar;
use domain::time::local;
use domain::worktime::proposal::{ProposedDay, YEARS, propose};
use domain::worktime::{Calendar, Day, DayKind};
use jiff::civil::Date;
use office::calendar::{Entered, WorkCalendar};
use std::sync::Arc;

/// Confidence marks of the catalogue whose names we know.
const STATUSES: [&str; 5] = ["confirmed", "decided", "law", "memory", "to_be_decided"];

#[derive(Template)]
#[template(path = "public/calendar.html")]
struct Page {
    l: Layout,
    year: i16,
    entered: bool,
    before: Option<i16>,
    after: Option<i16>,
    weekdays: Vec<(String, String)>,
    months: Vec<Month>,
    days: Vec<Line>,
    sessions: Vec<(String, String)>,
    proposal: Vec<Line>,
    decisions: Vec<DecisionLine>,
    may_enter: bool,
    staff: bool,
}

/// A month as a table.
struct Month {
    name: String,
    weeks: Vec<Vec<Option<Cell>>>,
}

/// A day of the month.
#[derive(Clone)]
struct Cell {
    day: i8,
    kind: &'static str,
    says: Option<String>,
}

/// A day that differs, or would.
struct Line {
    date: String,
    weekday: String,
    kind: String,
    variant: &'static str,
    name: String,
    decision: Option<String>,
    mark: Option<String>,
}

/// A decision that was entered.
struct DecisionLine {
    number: String,
    issuer: String,
    issued: String,
    days: usize,
    entered: String,
}

/// `GET /lich-lam-viec?nam=`
///
/// # Errors
/// [`WebError::NotFound`] for a year that has no calendar.
pub async fn get(
    State(web): State<Arc<Web>>,
    visitor: Visitor,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = visitor.lang;
    let this_year = local(web.office.clock.now()).year();
    let year = match asked.text("nam") {
        "" => this_year,
        text => text.parse().map_err(|_| WebError::not_found(&visitor))?,
    };
    if !YEARS.contains(&year) {
        return Err(WebError::not_found(&visitor));
    }
    let work = web.office.calendar();
    let actor = visitor.who.as_ref().map(|who| &who.actor);
    let staff = actor.is_some_and(|actor| actor.position().is_some());
    let entered = work.calendar.years.contains(&year);
    let title = t_with(lang, "calendar-title", &[("year", year.to_string())]);
    let proposed_days = if entered { Vec::new() } else { propose(year) };
    let page = Page {
        l: web.layout(&visitor, title).with_flash(done(lang, &asked)),
        year,
        entered,
        before: Some(year - 1).filter(|year| YEARS.contains(year)),
        after: Some(year + 1).filter(|year| YEARS.contains(year)),
        weekdays: (0..7).map(|day| weekday_names(lang, day)).collect(),
        months: if entered { months(lang, &work.calendar, year) } else { Vec::new() },
        days: days_of(&work, year).map(|(date, day)| line(lang, *date, day, staff)).collect(),
        sessions: sessions(lang, &work.calendar),
        proposal: proposed_days.iter().map(|day| proposed(lang, day)).collect(),
        decisions: work
            .entered
            .iter()
            .filter(|entered| is_about(entered, year))
            .map(|entered| decision(&web, lang, entered, staff))
            .collect(),
        may_enter: actor.is_some_and(may_enter_calendar),
        staff,
    };
    Ok(answer(lang, StatusCode::OK, &page))
}

/// What was just entered.
fn done(lang: Language, asked: &Asked) -> Option<String> {
    (asked.text("da") == "nhap").then(|| t(lang, "calendar-entered-now"))
}

fn days_of(work: &WorkCalendar, year: i16) -> impl Iterator<Item = (&Date, &Day)> {
    work.calendar.days.iter().filter(move |(date, _)| date.year() == year)
}

fn is_about(entered: &Entered, year: i16) -> bool {
    let decision = &entered.decision;
    decision.year == Some(year) || decision.days.iter().any(|day| day.date.year() == year)
}

/// The twelve months, weeks from Monday.
fn months(lang: Language, calendar: &Calendar, year: i16) -> Vec<Month> {
    let month = |month: i8| {
        let first = Date::new(year, month, 1).expect("every year has twelve months");
        let blank = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or(0);
        let mut cells: Vec<Option<Cell>> = vec![None; blank];
        for day in 1..=first.days_in_month() {
            let date = first.with().day(day).build().expect("a day of this month");
            cells.push(Some(cell(lang, calendar, date)));
        }
        cells.resize(cells.len().next_multiple_of(7), None);
        Month {
            name: t_with(lang, "calendar-month", &[("month", month.to_string())]),
            weeks: cells.chunks(7).map(<[Option<Cell>]>::to_vec).collect(),
        }
    };
    (1..=12).map(month).collect()
}

fn cell(lang: Language, calendar: &Calendar, date: Date) -> Cell {
    let weekly_off = !calendar.week_works_on(date);
    let day = calendar.days.get(&date);
    let kind = match day.map(|day| day.kind) {
        Some(kind) => variant(kind),
        None if weekly_off => "weekend",
        None => "work",
    };
    let says = |day: &Day| format!("{}: {}", kind_name(lang, day.kind), day.name);
    Cell { day: date.day(), kind, says: day.map(says) }
}

/// The class of a day's colour.
pub(crate) const fn variant(kind: DayKind) -> &'static str {
    match kind {
        DayKind::MakeupWork => "makeup",
        DayKind::Holiday => "holiday",
        DayKind::CompOff | DayKind::SwappedOff => "moved",
        DayKind::LocalClosure => "closed",
        DayKind::Undecided => "undecided",
    }
}

/// The name of a kind of day.
pub(crate) fn kind_name(lang: Language, kind: DayKind) -> String {
    t(lang, &format!("calendar-kind-{}", kind.name()))
}

fn line(lang: Language, date: Date, day: &Day, staff: bool) -> Line {
    let mark = || match STATUSES.contains(&day.status.as_str()) {
        true => t(lang, &format!("calendar-status-{}", day.status)),
        false => day.status.clone(),
    };
    Line {
        date: written(date),
        weekday: weekday(lang, date),
        kind: kind_name(lang, day.kind),
        variant: variant(day.kind),
        name: day.name.clone(),
        decision: day.decision.clone(),
        mark: staff.then(mark),
    }
}

/// A day as the law would have it, with what a decision still has to say.
fn proposed(lang: Language, proposed: &ProposedDay) -> Line {
    Line {
        decision: Some(proposed.basis.to_owned()),
        mark: Some(proposed.to_decide.to_owned()),
        ..line(lang, proposed.date, &proposed.day, false)
    }
}

/// The sessions of the week, days with the same ones together.
fn sessions(lang: Language, calendar: &Calendar) -> Vec<(String, String)> {
    let monday = jiff::civil::date(2018, 1, 1);
    let mut lines: Vec<(String, String)> = Vec::new();
    for offset in 0..7 {
        let day = monday.saturating_add(jiff::Span::new().days(offset));
        let sessions = calendar.week_on(day);
        let hours: Vec<String> = sessions
            .iter()
            .map(|s| format!("{}–{}", s.from.strftime("%H:%M"), s.to.strftime("%H:%M")))
            .collect();
        let hours = match hours.is_empty() {
            true => t(lang, "calendar-week-off"),
            false => hours.join(", "),
        };
        let name = weekday(lang, day);
        match lines.last_mut() {
            Some((days, same)) if *same == hours => {
                let first = days.split(" – ").next().unwrap_or_default().to_owned();
                *days = format!("{first} – {name}");
            }
            _ => lines.push((name, hours)),
        }
    }
    lines
}

fn decision(web: &Web, lang: Language, entered: &Entered, staff: bool) -> DecisionLine {
    let Entered { decision, at, by } = entered;
    let by = if by == "system" { t(lang, "calendar-by-command") } else { official(web, by) };
    let at = words::moment(lang, *at);
    DecisionLine {
        number: decision.number.clone(),
        issuer: decision.issuer.clone(),
        issued: written(decision.issued_on),
        days: decision.days.len(),
        entered: if staff { format!("{at}, {by}") } else { at },
    }
}

/// `24/11/2026`.
pub(crate) fn written(date: Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}

/// `Thứ Hai`.
pub(crate) fn weekday(lang: Language, date: Date) -> String {
    weekday_names(lang, date.weekday().to_monday_zero_offset()).0
}

/// `Thứ Hai`, `T2`.
fn weekday_names(lang: Language, day: i8) -> (String, String) {
    (t(lang, &format!("weekday-{day}")), t(lang, &format!("weekday-short-{day}")))
}
