//! Entering a decision about the calendar: typed, looked at with the dossiers it would touch, then
//! entered. Nothing is computed anew for a dossier by it.

use crate::Web;
use crate::citizen::field::{Choice, Complaint, Field, Look, Told};
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::session::Staff;
use crate::leader::due_proposals::{Row, row};
use crate::officer::parts::Line;
use crate::public::answer;
use crate::public::asked::Asked;
use crate::public::calendar::{weekday, written};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::permission::may_enter_calendar;
use domain::worktime::proposal::{YEARS, propose};
use domain::worktime::{CalendarDecision, CalendarProblem, DAYS_MAX, DecidedDay, DecidedKind};
use jiff::civil::Date;
use office::calendar::EnterError;
use std::sync::Arc;

/// Rows of a fresh page, and how many a press of the button adds.
const ROWS: usize = 4;

#[derive(Template)]
#[template(path = "officer/calendar_decision.html")]
struct Page {
    l: Layout,
    csrf: String,
    key: String,
    complaints: Vec<Complaint>,
    banner: Option<String>,
    year: String,
    head: Vec<Field>,
    rows: Vec<DayRow>,
    preview: Option<Preview>,
}

/// The fields of a day.
struct DayRow {
    legend: String,
    date: Field,
    kind: Field,
    name: Field,
}

/// What would happen.
struct Preview {
    kept: Vec<(String, String)>,
    lines: Vec<Line>,
    days: Vec<(String, String)>,
    year: Option<i16>,
    touched: Vec<Row>,
}

/// What was typed, field by field.
#[derive(Default)]
struct Typed {
    number: String,
    issuer: String,
    issued_on: String,
    year: String,
    days: Vec<[String; 3]>,
    rows: usize,
}

/// `GET /lich-lam-viec/quyet-dinh?nam=`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    asked: Asked,
) -> Result<Response, WebError> {
    if !may_enter_calendar(&staff.who.actor) {
        return Err(WebError::not_found(&staff.visitor));
    }
    let typed = Typed::fresh(asked.text("nam"));
    Ok(page(&web, &staff, &typed, Told::default(), Shown::form(web.fresh_key())))
}

/// `POST /lich-lam-viec/quyet-dinh`
///
/// # Errors
/// As [`get`]; faults.
pub async fn post(
    State(web): State<Arc<Web>>,
    staff: Staff,
    posted: Posted,
) -> Result<Response, WebError> {
    let actor = &staff.who.actor;
    if !may_enter_calendar(actor) {
        return Err(WebError::not_found(&staff.visitor));
    }
    let lang = staff.visitor.lang;
    let typed = Typed::of(&posted);
    let key = posted.key().to_owned();
    if matches!(posted.text("step"), "more" | "edit") {
        return Ok(page(&web, &staff, &typed, Told::default(), Shown::form(key)));
    }
    let (decision, mut told) = typed.decision(lang);
    for problem in web.office.calendar().calendar.problems_of(&decision) {
        let (place, sentence) = words(lang, &problem);
        if told.at(&place).is_none() {
            told.say(&place, sentence);
        }
    }
    if !told.is_empty() {
        let shown = Shown { status: StatusCode::UNPROCESSABLE_ENTITY, ..Shown::form(key) };
        return Ok(page(&web, &staff, &typed, told, shown));
    }
    if posted.text("step") != "enter" {
        let preview = preview(&web, &staff, &typed, &decision).await?;
        let shown = Shown { preview: Some(preview), ..Shown::form(key) };
        return Ok(page(&web, &staff, &typed, told, shown));
    }
    match web.office.enter_decision(actor, &key, &decision).await {
        Ok(()) => {
            let year = decision.year.or(decision.days.first().map(|day| day.date.year()));
            let year = year.map_or_else(String::new, |year| format!("nam={year}&"));
            Ok(Redirect::to(&format!("/lich-lam-viec?{year}da=nhap")).into_response())
        }
        // Somebody entered another one in between: what is wrong now stands at the fields.
        Err(EnterError::Problems(problems)) => {
            for problem in &problems {
                let (place, sentence) = words(lang, problem);
                told.say(&place, sentence);
            }
            let shown = Shown { status: StatusCode::UNPROCESSABLE_ENTITY, ..Shown::form(key) };
            Ok(page(&web, &staff, &typed, told, shown))
        }
        Err(EnterError::Act(error)) => Err(WebError::from_act(error, lang)),
    }
}

/// How the page stands.
struct Shown {
    status: StatusCode,
    key: String,
    preview: Option<Preview>,
}

impl Shown {
    fn form(key: String) -> Shown {
        Shown { status: StatusCode::OK, key, preview: None }
    }
}

impl Typed {
    /// A fresh form; for a year with what the law's days would be.
    fn fresh(year: &str) -> Typed {
        let year: Option<i16> = year.parse().ok().filter(|year| YEARS.contains(year));
        let proposed = year.map(propose).unwrap_or_default();
        let days: Vec<[String; 3]> = proposed
            .iter()
            .filter_map(|day| {
                let kind = DecidedKind::of(day.day.kind)?;
                Some([written(day.date), kind.name().to_owned(), day.day.name.clone()])
            })
            .collect();
        Typed {
            year: year.map_or_else(String::new, |year| year.to_string()),
            rows: days.len() + ROWS,
            days,
            ..Typed::default()
        }
    }

    /// What a form brought; blank rows fall out, so that the others' numbers are those of the
    /// problems.
    fn of(posted: &Posted) -> Typed {
        let text = |name: &str| posted.text(name).trim().to_owned();
        let day = |n: usize| {
            let of = |name: &str| text(&format!("days.{n}.{name}"));
            let day = [of("date"), of("kind"), of("name")];
            (!day.iter().all(String::is_empty)).then_some(day)
        };
        let days: Vec<[String; 3]> = (0..DAYS_MAX).filter_map(day).collect();
        let shown = posted.text("rows").parse().unwrap_or(ROWS).clamp(ROWS, DAYS_MAX);
        let more = if posted.text("step") == "more" { ROWS } else { 0 };
        Typed {
            number: text("number"),
            issuer: text("issuer"),
            issued_on: text("issued_on"),
            year: text("year"),
            rows: (shown + more).max(days.len()).min(DAYS_MAX),
            days,
        }
    }

    /// What was typed, for the form that enters it.
    fn kept(&self) -> Vec<(String, String)> {
        let head = [
            ("number", &self.number),
            ("issuer", &self.issuer),
            ("issued_on", &self.issued_on),
            ("year", &self.year),
        ];
        let mut kept: Vec<(String, String)> =
            head.map(|(name, value)| (name.to_owned(), value.clone())).to_vec();
        for (n, day) in self.days.iter().enumerate() {
            for (part, value) in ["date", "kind", "name"].iter().zip(day) {
                kept.push((format!("days.{n}.{part}"), value.clone()));
            }
        }
        kept
    }

    /// The decision, as far as it can be read, and what cannot.
    fn decision(&self, lang: Language) -> (CalendarDecision, Told) {
        let mut told = Told::default();
        let mut date = |place: String, text: &str| {
            let read = read_date(text);
            if read.is_none() {
                let key = if text.is_empty() { "reason-missing" } else { "reason-not-a-date" };
                told.say(&place, t(lang, key));
            }
            read.unwrap_or(Date::ZERO)
        };
        let issued_on = date("issued_on".to_owned(), &self.issued_on);
        let mut days = Vec::new();
        for (n, [day, kind, name]) in self.days.iter().enumerate() {
            let date = date(format!("days.{n}.date"), day);
            let kind = DecidedKind::named(kind);
            days.push((n, date, kind, name.clone()));
        }
        for (n, _, kind, _) in &days {
            if kind.is_none() {
                told.say(&format!("days.{n}.kind"), t(lang, "reason-missing"));
            }
        }
        let year = self.year.parse().ok();
        if year.is_none() && !self.year.is_empty() {
            told.say("year", t(lang, "calendar-year-unreadable"));
        }
        let day = |(_, date, kind, name): (usize, Date, Option<DecidedKind>, String)| DecidedDay {
            date,
            kind: kind.unwrap_or(DecidedKind::Ordinary),
            name,
        };
        let decision = CalendarDecision {
            number: self.number.clone(),
            issuer: self.issuer.clone(),
            issued_on,
            year,
            days: days.into_iter().map(day).collect(),
        };
        (decision, told)
    }
}

/// `5/2/2028` or `05-02-2028` or `2028-02-05`.
pub(crate) fn read_date(text: &str) -> Option<Date> {
    if let Ok(date) = text.parse::<Date>() {
        return Some(date);
    }
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Where a problem belongs and what it says.
fn words(lang: Language, problem: &CalendarProblem) -> (String, String) {
    let day = |at: usize, part: &str| format!("days.{at}.{part}");
    let on = |key: &str, date: &Date| t_with(lang, key, &[("date", written(*date))]);
    match problem {
        CalendarProblem::Missing { field } => ((*field).to_owned(), t(lang, "reason-missing")),
        CalendarProblem::TooLong { field } => {
            let limit = domain::worktime::TEXT_MAX.to_string();
            (field.clone(), t_with(lang, "reason-too-long", &[("limit", limit)]))
        }
        CalendarProblem::TooManyDays => {
            let limit = [("limit", DAYS_MAX.to_string())];
            (day(0, "date"), t_with(lang, "reason-too-many", &limit))
        }
        CalendarProblem::Empty => (day(0, "date"), t(lang, "calendar-problem-empty")),
        CalendarProblem::Twice { at, date } => {
            (day(*at, "date"), on("calendar-problem-twice", date))
        }
        CalendarProblem::OtherYear { at, date } => {
            (day(*at, "date"), on("calendar-problem-other-year", date))
        }
        CalendarProblem::Nameless { at, date } => {
            (day(*at, "name"), on("calendar-problem-nameless", date))
        }
        CalendarProblem::WorkedAnyway { at, date } => {
            (day(*at, "kind"), on("calendar-problem-worked-anyway", date))
        }
        CalendarProblem::TooFewDaysOff { year, days } => {
            let numbers = [("year", year.to_string()), ("days", days.to_string())];
            ("year".to_owned(), t_with(lang, "calendar-problem-too-few", &numbers))
        }
    }
}

async fn preview(
    web: &Web,
    staff: &Staff,
    typed: &Typed,
    decision: &CalendarDecision,
) -> Result<Preview, WebError> {
    let lang = staff.visitor.lang;
    let touched = web.office.touched_by(&staff.who.actor, decision).await;
    let touched = touched.map_err(|error| WebError::from_act(error, lang))?;
    let line = |key: &str, value: &str| Line::new(t(lang, key), value);
    let day = |day: &DecidedDay| {
        let kind = t(lang, &format!("calendar-kind-{}", day.kind.name()));
        let name = if day.name.is_empty() { String::new() } else { format!(", {}", day.name) };
        (format!("{}, {}", weekday(lang, day.date), written(day.date)), format!("{kind}{name}"))
    };
    Ok(Preview {
        kept: typed.kept(),
        lines: vec![
            line("calendar-number", &decision.number),
            line("calendar-issuer", &decision.issuer),
            line("calendar-issued-on", &written(decision.issued_on)),
        ],
        days: decision.days.iter().map(day).collect(),
        year: decision.year,
        touched: touched.iter().map(|touched| row(web, staff, touched)).collect(),
    })
}

fn page(web: &Web, staff: &Staff, typed: &Typed, mut told: Told, shown: Shown) -> Response {
    let lang = staff.visitor.lang;
    let head = head(lang, typed, &told);
    let rows: Vec<DayRow> = (0..typed.rows).map(|n| day_row(lang, typed, n, &told)).collect();
    let fields = head.iter().chain(rows.iter().flat_map(|row| [&row.date, &row.kind, &row.name]));
    let mut complaints: Vec<Complaint> = fields.filter_map(Field::summary).collect();
    complaints.extend(told.elsewhere(&complaints));
    told.forget("");
    let title = match shown.preview {
        Some(_) => "calendar-preview-title",
        None => "calendar-decision-title",
    };
    let page = Page {
        l: web.layout(&staff.visitor, t(lang, title)).with_error(!complaints.is_empty()),
        csrf: staff.who.csrf.clone(),
        key: shown.key,
        complaints,
        banner: None,
        year: typed.year.clone(),
        head,
        rows,
        preview: shown.preview,
    };
    answer(lang, shown.status, &page)
}

fn head(lang: Language, typed: &Typed, told: &Told) -> Vec<Field> {
    let field = |name: &str, key: &str, value: &str| {
        let hint = t(lang, &format!("{key}-hint"));
        let half = Look::Line("govuk-!-width-one-half");
        Field::new(name, t(lang, key)).hint(hint).look(half).value(value).told(told)
    };
    vec![
        field("number", "calendar-number", &typed.number).required(true),
        field("issuer", "calendar-issuer", &typed.issuer).required(true),
        field("issued_on", "calendar-issued-on", &typed.issued_on)
            .look(Look::Line("govuk-input--width-10"))
            .typing("off", "numeric")
            .required(true),
        field("year", "calendar-whole-year", &typed.year)
            .look(Look::Line("govuk-input--width-5"))
            .typing("off", "numeric"),
    ]
}

fn day_row(lang: Language, typed: &Typed, n: usize, told: &Told) -> DayRow {
    let blank = <[String; 3]>::default();
    let [date, kind, name] = typed.days.get(n).unwrap_or(&blank);
    let place = |part: &str| format!("days.{n}.{part}");
    let choice = |kind: &DecidedKind| {
        Choice::new(kind.name(), t(lang, &format!("calendar-kind-{}", kind.name())))
    };
    let kinds = DecidedKind::ALL.iter().map(choice).collect();
    DayRow {
        legend: t_with(lang, "calendar-day-number", &[("number", (n + 1).to_string())]),
        date: Field::new(place("date"), t(lang, "calendar-day"))
            .typing("off", "numeric")
            .value(date)
            .told(told),
        kind: Field::new(place("kind"), t(lang, "calendar-kind"))
            .look(Look::Select(kinds))
            .value(kind)
            .told(told),
        name: Field::new(place("name"), t(lang, "calendar-name")).value(name).told(told),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let day = jiff::civil::date(2028, 2, 5);
        for text in ["5/2/2028", "05/02/2028", "05-02-2028", "5.2.2028", "2028-02-05"] {
            assert_eq!(read_date(text), Some(day), "{text}");
        }
        for text in ["", "5/2", "5/2/28", "31/2/2028", "hôm nay", "5/2/2028/1"] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }

    #[test]
    fn every_problem_has_a_sentence_at_its_field() {
        let date = jiff::civil::date(2028, 2, 5);
        let problems = [
            CalendarProblem::Missing { field: "number" },
            CalendarProblem::TooLong { field: "days.0.name".to_owned() },
            CalendarProblem::TooManyDays,
            CalendarProblem::Empty,
            CalendarProblem::Twice { at: 1, date },
            CalendarProblem::OtherYear { at: 1, date },
            CalendarProblem::Nameless { at: 1, date },
            CalendarProblem::WorkedAnyway { at: 1, date },
            CalendarProblem::TooFewDaysOff { year: 2028, days: 1 },
        ];
        for (lang, problem) in Language::ALL.iter().flat_map(|l| problems.iter().map(|p| (*l, p))) {
            let (place, sentence) = words(lang, problem);
            assert!(!place.is_empty() && !sentence.starts_with('['), "{problem:?}: {sentence}");
        }
    }

    #[test]
    fn blank_rows_fall_out() {
        let field = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let posted = Posted {
            fields: vec![
                field("days.3.date", "5/2/2028"),
                field("days.3.kind", "holiday"),
                field("days.1.name", "  "),
                field("rows", "8"),
            ],
            files: Vec::new(),
        };
        let typed = Typed::of(&posted);
        assert_eq!(typed.days, [["5/2/2028", "holiday", ""].map(str::to_owned)]);
        assert_eq!(typed.rows, 8);
        let (decision, told) = typed.decision(Language::Vi);
        assert!(told.at("issued_on").is_some());
        assert_eq!(decision.days[0].date, jiff::civil::date(2028, 2, 5));
    }
}
