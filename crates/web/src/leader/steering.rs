//! Directives, the reform programme, campaigns, explanations: the list with its form, and one
//! record with its reports.

use super::scope::unit_name;
use crate::Web;
use crate::citizen::field::{Choice, Complaint, Field, Look, Told};
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::session::Staff;
use crate::kit::words;
use crate::officer::desk;
use crate::officer::figures::own_agency;
use crate::officer::parts::Line;
use crate::public::answer;
use crate::public::asked::Asked;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::permission::{may_follow_up, may_steer};
use domain::steering::{AREAS, Ask, Entry, Kind, LINE_MAX, Need, Shape, Standing, TEXT_MAX, Wrong};
use domain::time::local;
use jiff::civil::Date;
use office::steering::{Record, SteeringError};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "leader/steering.html")]
struct ListPage {
    l: Layout,
    part: &'static str,
    lead: String,
    csrf: String,
    key: String,
    complaints: Vec<Complaint>,
    banner: Option<String>,
    rows: Vec<Row>,
    done: String,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "leader/steering_record.html")]
struct RecordPage {
    l: Layout,
    part: &'static str,
    back: String,
    csrf: String,
    key: String,
    complaints: Vec<Complaint>,
    banner: Option<String>,
    standing: Option<(String, &'static str)>,
    lines: Vec<Line>,
    reports: Vec<(String, Vec<Line>)>,
    fields: Vec<Field>,
    id: String,
}

/// A record in the list.
struct Row {
    href: String,
    title: String,
    quiet: String,
    agency: String,
    due: String,
    percent: u64,
    badge: Option<(String, &'static str)>,
    late: bool,
}

/// The part of the address of a kind.
const fn part(kind: Kind) -> &'static str {
    match kind {
        Kind::Directive => "chi-dao",
        Kind::Task => "ke-hoach",
        Kind::Campaign => "truyen-thong",
        Kind::Explanation => "giai-trinh",
    }
}

fn kind_of(staff: &Staff, name: &str) -> Result<Kind, WebError> {
    let kind = Kind::ALL.into_iter().find(|kind| part(*kind) == name);
    kind.ok_or_else(|| WebError::not_found(&staff.visitor))
}

/// `GET /dieu-hanh/{part}?tieu-de=`
///
/// # Errors
/// Faults of the database; for those who may not see them, they are not there.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(name): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let kind = kind_of(&staff, &name)?;
    let mut typed = BTreeMap::new();
    typed.insert("title".to_owned(), asked.text("tieu-de").to_owned());
    typed.insert("agency".to_owned(), asked.text("co-quan").to_owned());
    let mut page = list_page(&web, &staff, kind, &typed, &Told::default()).await?;
    if asked.text("da") == "nhap" {
        page.l.flash = Some(t(staff.visitor.lang, "steering-entered"));
    }
    Ok(answer(staff.visitor.lang, StatusCode::OK, &page))
}

/// `POST /dieu-hanh/{part}`
///
/// # Errors
/// As [`get`].
pub async fn post(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(name): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    let kind = kind_of(&staff, &name)?;
    let (lang, actor) = (staff.visitor.lang, &staff.who.actor);
    let mut typed = answers(kind.asks(), &posted);
    let agency = own_agency(actor).unwrap_or(posted.text("agency")).to_owned();
    typed.insert("agency".to_owned(), agency.clone());
    let mut told = Told::default();
    if agency.is_empty() {
        told.say("agency", t(lang, "reason-missing"));
    } else {
        match web.office.steer(actor, posted.key(), (kind, &agency), &typed).await {
            Ok(()) => return Ok(to(&format!("/dieu-hanh/{}?da=nhap", part(kind)))),
            Err(SteeringError::Act(error)) => return Err(WebError::from_act(error, lang)),
            Err(SteeringError::Wrong(wrong)) => tell(lang, &wrong, &mut told),
        }
    }
    let page = list_page(&web, &staff, kind, &typed, &told).await?;
    Ok(answer(lang, StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// `GET /dieu-hanh/{part}/{id}`
///
/// # Errors
/// As [`get`].
pub async fn get_record(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path((name, id)): Path<(String, String)>,
    asked: Asked,
) -> Result<Response, WebError> {
    let kind = kind_of(&staff, &name)?;
    let mut page =
        record_page(&web, &staff, (kind, &id), &BTreeMap::new(), &Told::default()).await?;
    if asked.text("da") == "nhap" {
        page.l.flash = Some(t(staff.visitor.lang, "steering-reported"));
    }
    Ok(answer(staff.visitor.lang, StatusCode::OK, &page))
}

/// `POST /dieu-hanh/{part}/{id}`
///
/// # Errors
/// As [`get`].
pub async fn post_record(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path((name, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, WebError> {
    let kind = kind_of(&staff, &name)?;
    let (lang, actor) = (staff.visitor.lang, &staff.who.actor);
    let typed = answers(kind.report_asks(), &posted);
    match web.office.report_on(actor, posted.key(), (kind, &id), &typed).await {
        Ok(()) => Ok(to(&format!("/dieu-hanh/{}/{id}?da=nhap", part(kind)))),
        Err(SteeringError::Act(error)) => Err(WebError::from_act(error, lang)),
        Err(SteeringError::Wrong(wrong)) => {
            let mut told = Told::default();
            tell(lang, &wrong, &mut told);
            let page = record_page(&web, &staff, (kind, &id), &typed, &told).await?;
            Ok(answer(lang, StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
    }
}

fn to(address: &str) -> Response {
    Redirect::to(address).into_response()
}

fn answers(asks: &[Ask], posted: &Posted) -> BTreeMap<String, String> {
    asks.iter().map(|ask| (ask.name.to_owned(), posted.text(ask.name).trim().to_owned())).collect()
}

fn tell(lang: Language, wrong: &[(&'static str, Wrong)], told: &mut Told) {
    for (name, why) in wrong {
        let sentence = match why {
            Wrong::Missing => t(lang, "reason-missing"),
            Wrong::TooLong => {
                let limit = if *name == "text" { TEXT_MAX } else { LINE_MAX };
                t_with(lang, "reason-too-long", &[("limit", limit.to_string())])
            }
            Wrong::NotADay => t(lang, "reason-not-a-date"),
            Wrong::NotANumber => t(lang, "reason-not-a-number"),
            Wrong::NotAChoice => t(lang, "reason-unknown"),
            Wrong::NoCalendar => t(lang, "steering-no-calendar"),
        };
        told.say(name, sentence);
    }
}

async fn list_page(
    web: &Web,
    staff: &Staff,
    kind: Kind,
    typed: &BTreeMap<String, String>,
    told: &Told,
) -> Result<ListPage, WebError> {
    let (lang, actor) = (staff.visitor.lang, &staff.who.actor);
    let own = own_agency(actor);
    let records = web.office.steering(actor, kind, own).await;
    let records = records.map_err(|error| WebError::from_act(error, lang))?;
    let mut fields = Vec::new();
    let places = places(web, own);
    let may = places.iter().any(|choice| may_steer(actor, kind, &choice.value));
    if may {
        if own.is_none() {
            let agency = Field::new("agency", t(lang, "figures-agency")).required(true);
            let agency = agency.look(Look::Select(places)).told(told);
            fields.push(agency.value(typed.get("agency").map_or("", String::as_str)));
        }
        fields.extend(kind.asks().iter().map(|ask| field(lang, ask, typed, told)));
    }
    let done = records.iter().filter(|record| record.standing == Standing::Done).count();
    let mut l = web.layout(&staff.visitor, t(lang, &format!("steering-{}", kind.name())));
    l.error = !told.is_empty();
    Ok(ListPage {
        part: part(kind),
        lead: t(lang, &format!("steering-{}-lead", kind.name())),
        csrf: staff.who.csrf.clone(),
        key: web.fresh_key(),
        complaints: fields.iter().filter_map(Field::summary).collect(),
        banner: None,
        done: l.t2("steering-done", "done", done, "all", records.len()),
        rows: records.iter().map(|record| row(web, lang, kind, record)).collect(),
        l,
        fields,
    })
}

async fn record_page(
    web: &Web,
    staff: &Staff,
    (kind, id): (Kind, &str),
    typed: &BTreeMap<String, String>,
    told: &Told,
) -> Result<RecordPage, WebError> {
    let (lang, actor) = (staff.visitor.lang, &staff.who.actor);
    let records = web.office.steering(actor, kind, own_agency(actor)).await;
    let records = records.map_err(|error| WebError::from_act(error, lang))?;
    let record = records.into_iter().find(|record| record.id == id);
    let record = record.ok_or_else(|| WebError::not_found(&staff.visitor))?;
    let mut fields = Vec::new();
    if may_follow_up(actor, &record.agency) {
        fields.extend(kind.report_asks().iter().map(|ask| field(lang, ask, typed, told)));
    }
    let mut lines = vec![Line::new(t(lang, "figures-agency"), unit_name(web, &record.agency))];
    lines.extend(told_of(lang, kind.asks(), &record.entry));
    lines.extend(record.entry.due.map(|due| Line::new(t(lang, "steering-due"), written(due))));
    let (at, by) = &record.entered;
    lines.push(Line::new(t(lang, "steering-by"), signature(web, lang, *at, by)));
    let report = |(at, by, entry): &(domain::time::Instant, String, Entry)| {
        (signature(web, lang, *at, by), told_of(lang, kind.report_asks(), entry))
    };
    let title = record.entry.texts.get("title").cloned().unwrap_or_default();
    let mut l = web.layout(&staff.visitor, title);
    l.error = !told.is_empty();
    Ok(RecordPage {
        part: part(kind),
        back: format!("/dieu-hanh/{}", part(kind)),
        csrf: staff.who.csrf.clone(),
        key: web.fresh_key(),
        complaints: fields.iter().filter_map(Field::summary).collect(),
        banner: None,
        standing: badge(lang, &record),
        lines,
        reports: record.reports.iter().map(report).collect(),
        id: record.id,
        l,
        fields,
    })
}

fn signature(web: &Web, lang: Language, at: domain::time::Instant, by: &str) -> String {
    format!("{}, {}", desk::official(web, by), words::moment(lang, at))
}

/// The agencies a record may concern.
fn places(web: &Web, own: Option<&str>) -> Vec<Choice> {
    let today = local(web.office.clock.now()).date();
    let ids = match own {
        Some(own) => vec![own.to_owned()],
        None => web.office.catalogue.agencies_offering(today),
    };
    ids.into_iter().map(|id| Choice::new(&id, unit_name(web, &id))).collect()
}

fn field(lang: Language, ask: &Ask, typed: &BTreeMap<String, String>, told: &Told) -> Field {
    let label = t(lang, &format!("steering-ask-{}", ask.name));
    let field = Field::new(ask.name, label).required(ask.need == Need::Required);
    let field = match ask.shape {
        Shape::Line => field,
        Shape::Lines => field.look(Look::Lines(4)),
        Shape::Day => {
            field.look(Look::Line("govuk-input--width-10")).hint(t(lang, "figures-day-hint"))
        }
        Shape::Days | Shape::Percent | Shape::Count => {
            field.look(Look::Line("govuk-input--width-5")).typing("", "numeric")
        }
        Shape::Area => {
            let area = |area: &&str| Choice::new(*area, area_name(lang, area));
            field.look(Look::Select(AREAS.iter().map(area).collect()))
        }
    };
    field.value(typed.get(ask.name).map_or("", String::as_str)).told(told)
}

fn area_name(lang: Language, area: &str) -> String {
    t(lang, &format!("area-{}", area.replace('_', "-")))
}

fn told_of(lang: Language, asks: &[Ask], entry: &Entry) -> Vec<Line> {
    let line = |ask: &Ask| {
        let text = entry.texts.get(ask.name)?;
        let text = match ask.shape {
            Shape::Area => area_name(lang, text),
            Shape::Percent => format!("{text} %"),
            Shape::Line | Shape::Lines | Shape::Days | Shape::Count => text.clone(),
            Shape::Day => return None,
        };
        Some(Line::new(t(lang, &format!("steering-ask-{}", ask.name)), text))
    };
    asks.iter().filter_map(line).collect()
}

fn row(web: &Web, lang: Language, kind: Kind, record: &Record) -> Row {
    let text = |name: &str| record.entry.texts.get(name).cloned().unwrap_or_default();
    let quiet = match kind {
        Kind::Task => format!("{}: {}", area_name(lang, &text("area")), text("product")),
        Kind::Campaign => format!("{}: {}", text("channel"), text("audience")),
        Kind::Directive | Kind::Explanation => text("text").chars().take(160).collect(),
    };
    Row {
        href: format!("/dieu-hanh/{}/{}", part(kind), record.id),
        title: text("title"),
        quiet,
        agency: unit_name(web, &record.agency),
        due: record.entry.due.map_or_else(|| words::date(record.entered.0), written),
        percent: record.percent(),
        badge: badge(lang, record),
        late: record.standing == Standing::Overdue,
    }
}

fn badge(lang: Language, record: &Record) -> Option<(String, &'static str)> {
    match record.standing {
        Standing::Done => Some((t(lang, "steering-standing-done"), "ok")),
        Standing::Overdue => Some((t(lang, "steering-standing-overdue"), "late")),
        Standing::Open => record.entry.due.map(|_| (t(lang, "steering-standing-open"), "paused")),
    }
}

fn written(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_ask_has_its_words() {
        let mut keys = Vec::new();
        for kind in Kind::ALL {
            keys.push(format!("steering-{}", kind.name()));
            keys.push(format!("steering-{}-lead", kind.name()));
            let asks = kind.asks().iter().chain(kind.report_asks());
            keys.extend(asks.map(|ask| format!("steering-ask-{}", ask.name)));
        }
        keys.extend(AREAS.map(|area| format!("area-{}", area.replace('_', "-"))));
        for (key, lang) in keys.iter().flat_map(|key| Language::ALL.map(|lang| (key, lang))) {
            assert!(!t(lang, key).contains(key.as_str()), "{key} in {lang:?}");
        }
    }
}
