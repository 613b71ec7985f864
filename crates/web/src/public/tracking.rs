//! Tracking by code: progress only, nothing about the person (TT 01/2018 Đ16.2.d).

use super::answer;
use super::asked::Asked;
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t};
use crate::kit::layout::Layout;
use crate::kit::session::Visitor;
use crate::kit::words;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::dossier::timeline::Entry;
use office::ActError;
use office::view::Progress;
use std::sync::Arc;

/// Longest code that is looked up; longer texts are no codes.
const CODE_MAX: usize = 64;

#[derive(Template)]
#[template(path = "public/tracking.html")]
struct Page {
    l: Layout,
    typed: String,
    problem: Option<String>,
    found: Option<Found>,
}

/// The progress in words.
struct Found {
    code: String,
    stage: String,
    procedure: String,
    agency: String,
    due: Option<String>,
    finished: Option<String>,
    lines: Vec<Line>,
}

/// A line of the course.
struct Line {
    title: String,
    when: String,
    machine: String,
    arrived: Option<String>,
    last: bool,
}

/// `GET /tra-cuu`
///
/// # Errors
/// Faults of the database; an unknown code is an answer.
pub async fn get(
    State(web): State<Arc<Web>>,
    visitor: Visitor,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = visitor.lang;
    let typed = asked.text("ma");
    let code = typed.replace([' ', '\t'], "");
    let mut page = Page {
        l: web.layout(&visitor, t(lang, "tracking-title")),
        typed: typed.to_owned(),
        problem: None,
        found: None,
    };
    if code.is_empty() {
        return Ok(answer(lang, StatusCode::OK, &page));
    }
    match progress(&web, &code).await {
        Ok(progress) => {
            page.found = Some(found(&web, lang, progress));
            Ok(answer(lang, StatusCode::OK, &page))
        }
        Err(ActError::NotFound) => {
            page.problem = Some(t(lang, "tracking-unknown"));
            page.l = page.l.with_error(true);
            Ok(answer(lang, StatusCode::NOT_FOUND, &page))
        }
        Err(error) => Err(WebError::from_act(error, lang)),
    }
}

async fn progress(web: &Web, code: &str) -> Result<Progress, ActError> {
    let plausible = |c: char| c.is_ascii_alphanumeric() || ".-/_".contains(c);
    if code.len() > CODE_MAX || !code.chars().all(plausible) {
        return Err(ActError::NotFound);
    }
    web.office.progress(code).await
}

fn found(web: &Web, lang: Language, progress: Progress) -> Found {
    let catalogue = &web.office.catalogue;
    let procedure = catalogue.procedure(&progress.procedure);
    let agency = catalogue.organisation.unit(&progress.agency);
    let last = progress.timeline.len();
    let line = |(n, entry): (usize, &Entry)| Line {
        title: t(lang, &format!("fact-{}", entry.kind)),
        when: words::moment(lang, entry.at),
        machine: words::machine(entry.at),
        arrived: entry.arrived.as_ref().map(|arrived| words::arrived(lang, arrived)),
        last: n + 1 == last,
    };
    Found {
        code: progress.code,
        stage: t(lang, &format!("stage-{}", progress.stage)),
        procedure: procedure.map_or(progress.procedure, |procedure| procedure.name.clone()),
        agency: agency.map_or(progress.agency, |unit| unit.name.clone()),
        due: progress.due_at.map(|at| words::moment(lang, at)),
        finished: progress.finished_at.map(|at| words::moment(lang, at)),
        lines: progress.timeline.iter().enumerate().map(line).collect(),
    }
}
