//! The citizen's own dossiers.

use super::due;
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t};
use crate::kit::layout::Layout;
use crate::kit::session::{Citizen, Visitor};
use crate::kit::words;
use crate::public::answer;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::time::from_millis;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "citizen/dossiers.html")]
struct Page {
    l: Layout,
    rows: Vec<Row>,
}

/// A dossier in the list.
struct Row {
    id: String,
    code: Option<String>,
    procedure: String,
    stage: String,
    submitted: String,
    due: Option<String>,
    badge: Option<(String, &'static str)>,
    waits_for_you: bool,
}

/// What a row of the list says about the time.
#[derive(Clone, Copy)]
struct Times<'r> {
    stage: &'r str,
    due_at: Option<i64>,
    finished_at: Option<i64>,
}

/// `GET /ho-so-cua-toi`
///
/// # Errors
/// Faults of the database.
pub async fn get(
    State(web): State<Arc<Web>>,
    Citizen { who, visitor }: Citizen,
) -> Result<Response, WebError> {
    let lang = visitor.lang;
    let own = web.office.own_dossiers(&who.actor).await;
    let own = own.map_err(|error| WebError::from_act(error, lang))?;
    let mut rows = Vec::with_capacity(own.len());
    for dossier in own {
        let times = Times {
            stage: &dossier.stage,
            due_at: dossier.due_at,
            finished_at: dossier.finished_at,
        };
        let procedure = web.office.catalogue.procedure(&dossier.procedure);
        rows.push(Row {
            badge: badge(&web, lang, times),
            procedure: procedure.map_or(dossier.procedure, |known| known.name.clone()),
            stage: t(lang, &format!("stage-{}", dossier.stage)),
            submitted: words::date(from_millis(dossier.submitted_at)),
            due: dossier.due_at.map(|at| words::moment(lang, from_millis(at))),
            waits_for_you: ["awaiting_supplement", "awaiting_payment"]
                .contains(&dossier.stage.as_str()),
            id: dossier.id,
            code: dossier.code,
        });
    }
    Ok(page(&web, &visitor, rows))
}

fn page(web: &Web, visitor: &Visitor, rows: Vec<Row>) -> Response {
    let l = web.layout(visitor, t(visitor.lang, "own-title"));
    answer(visitor.lang, StatusCode::OK, &Page { l, rows })
}

/// The badge of a running clock; none before reception and after the end.
fn badge(web: &Web, lang: Language, times: Times<'_>) -> Option<(String, &'static str)> {
    if !is_running(times) {
        return None;
    }
    match times.stage {
        "awaiting_supplement" | "supplemented" => return Some(words::time_left(lang, None)),
        // Whether the clock stands for a payment is told on the dossier's own page.
        "awaiting_payment" => return None,
        _ => {}
    }
    let due = from_millis(times.due_at?);
    let left = due::remaining(&web.office.calendar().calendar, web.office.clock.now(), due)?;
    Some(words::time_left(lang, Some(left)))
}

/// Was a promise given that is still to be kept?
fn is_running(times: Times<'_>) -> bool {
    let over =
        ["issued", "returned", "not_accepted", "withdrawn", "stopped"].contains(&times.stage);
    times.due_at.is_some() && times.finished_at.is_none() && !over
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_promise_still_to_be_kept_has_a_badge() {
        let times = |stage, due_at, finished_at| Times { stage, due_at, finished_at };
        assert!(is_running(times("in_progress", Some(1), None)));
        assert!(is_running(times("awaiting_supplement", Some(1), None)));
        assert!(!is_running(times("submitted", None, None)));
        assert!(!is_running(times("issued", Some(1), Some(1))));
        assert!(!is_running(times("withdrawn", Some(1), None)));
    }
}
