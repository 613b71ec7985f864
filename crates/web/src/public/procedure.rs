//! One procedure: who, which papers, how long, how much, which way, by which law.

use super::asked::Asked;
use super::procedure_parts::{self as parts, CaseLink, Marked, PaperRow, StepRow, TimeRow, WayRow};
use super::{answer, marks};
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t};
use crate::kit::layout::Layout;
use crate::kit::session::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::procedure::{ChannelKind, Procedure};
use domain::time::local;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "public/procedure.html")]
struct Page<'p> {
    l: Layout,
    procedure: &'p Procedure,
    heading: &'static str,
    agency_kind: String,
    code_tag: Option<String>,
    name_tag: Option<String>,
    time_tag: Option<String>,
    level: Option<String>,
    start: Option<String>,
    closed: Option<String>,
    cases: Vec<CaseLink>,
    papers: Vec<PaperRow>,
    times: Vec<TimeRow>,
    fees: Vec<(String, Vec<Marked>)>,
    ways: Vec<WayRow>,
    results: Vec<Marked>,
    conditions: Vec<Marked>,
    law: Vec<Marked>,
    process: Vec<StepRow>,
    process_total: String,
}

/// `GET /thu-tuc/{id}`
///
/// # Errors
/// [`WebError::NotFound`] for an unknown procedure.
pub async fn get(
    State(web): State<Arc<Web>>,
    visitor: Visitor,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = visitor.lang;
    let catalogue = &web.office.catalogue;
    let procedure = catalogue.procedure(&id).ok_or_else(|| WebError::not_found(&visitor))?;
    let case = asked.text("truong-hop");
    let case = procedure.cases.iter().map(|case| case.id.as_str()).find(|known| *known == case);
    let class = procedure.time_class_of(case);
    let process = catalogue.process_for(&procedure.id, class.as_deref());
    let steps = |process| parts::steps(lang, process, &catalogue.organisation);
    let total = |process: &domain::process::Process| {
        parts::working_time(lang, process.critical_path_minutes().into())
    };
    let today = local(web.office.clock.now()).date();
    let offered = procedure.offers(today);
    let online = procedure.accepts_channel(ChannelKind::Online);
    let time = &procedure.committed_time;
    let demo_time = if time.demo { domain::procedure::Confidence::Demo } else { time.confidence };
    let page = Page {
        l: web.layout(&visitor, procedure.name.clone()),
        heading: heading(&procedure.name),
        agency_kind: marks::agency_kind(lang, &procedure.agency_kind),
        code_tag: marks::tag(lang, procedure.code_status),
        name_tag: marks::tag(lang, procedure.name_status),
        time_tag: marks::tag(lang, demo_time),
        level: level(lang, procedure),
        start: (offered && online).then(|| start(&procedure.id, case)),
        closed: closed(lang, offered, online),
        cases: parts::cases(procedure, case),
        papers: parts::papers(lang, procedure, case),
        times: parts::times(lang, procedure, case),
        fees: parts::fees(lang, procedure),
        ways: parts::ways(lang, procedure),
        results: results(lang, procedure),
        conditions: conditions(lang, procedure),
        law: law(procedure),
        process: process.map(steps).unwrap_or_default(),
        process_total: process.map(total).unwrap_or_default(),
        procedure,
    };
    Ok(answer(lang, StatusCode::OK, &page))
}

/// Official names may be very long: those in smaller type.
fn heading(name: &str) -> &'static str {
    if name.chars().count() > 90 { "govuk-heading-m" } else { "govuk-heading-l" }
}

fn start(id: &str, case: Option<&str>) -> String {
    match case {
        Some(case) => format!("/nop-ho-so/{id}?truong-hop={case}"),
        None => format!("/nop-ho-so/{id}"),
    }
}

/// Why there is no start button.
fn closed(lang: Language, offered: bool, online: bool) -> Option<String> {
    match (offered, online) {
        (true, true) => None,
        (true, false) => Some(t(lang, "procedure-not-online")),
        (false, _) => Some(t(lang, "procedure-not-in-force")),
    }
}

fn level(lang: Language, procedure: &Procedure) -> Option<String> {
    match (procedure.online_level.y2022.as_deref(), procedure.online_level.legacy) {
        (Some("toan_trinh"), _) => Some(t(lang, "level-whole")),
        (Some("mot_phan"), _) => Some(t(lang, "level-part")),
        (_, Some(4)) => Some(t(lang, "level-4")),
        (_, Some(3)) => Some(t(lang, "level-3")),
        _ => None,
    }
}

fn results(lang: Language, procedure: &Procedure) -> Vec<Marked> {
    let result = |result: &domain::procedure::ResultPaper| Marked {
        text: result.name.clone(),
        tag: marks::tag(lang, result.confidence),
        note: joined([&result.form_ref, &result.validity, &result.note]),
    };
    procedure.results.iter().map(result).collect()
}

fn conditions(lang: Language, procedure: &Procedure) -> Vec<Marked> {
    let condition = |condition: &domain::procedure::Condition| Marked {
        text: condition.text.clone(),
        tag: marks::tag(lang, condition.confidence),
        note: condition.source.clone(),
    };
    procedure.conditions.iter().map(condition).collect()
}

fn law(procedure: &Procedure) -> Vec<Marked> {
    let instrument = |law: &domain::procedure::LegalBasis| Marked {
        text: match &law.title {
            Some(title) => format!("{title} ({})", law.number),
            None => law.number.clone(),
        },
        tag: None,
        note: law.article.clone(),
    };
    procedure.legal_basis.iter().map(instrument).collect()
}

fn joined(parts: [&Option<String>; 3]) -> Option<String> {
    let given: Vec<&str> = parts.into_iter().filter_map(|part| part.as_deref()).collect();
    (!given.is_empty()).then(|| given.join(" · "))
}
