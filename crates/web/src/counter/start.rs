//! The counter: find the procedure, then take the papers in.

use super::desk::{agencies, is_counter, is_offered, today};
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::t;
use crate::kit::layout::Layout;
use crate::kit::session::Staff;
use crate::kit::words;
use crate::public::answer;
use crate::public::asked::Asked;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::procedure::Procedure;
use std::sync::Arc;

/// Most procedures of the page.
const MOST: usize = 60;
/// Longest search text, in characters.
const WORDS_MAX: usize = 100;

#[derive(Template)]
#[template(path = "counter/start.html")]
struct Page {
    l: Layout,
    words: String,
    rows: Vec<Row>,
    more: bool,
}

/// A procedure.
struct Row {
    id: String,
    name: String,
    field: String,
    code: Option<String>,
    time: String,
}

/// `GET /quay?q=`
///
/// # Errors
/// [`WebError::NotFound`] for officials who do not sit at a counter.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    asked: Asked,
) -> Result<Response, WebError> {
    if !is_counter(&staff.who.actor) {
        return Err(WebError::not_found(&staff.visitor));
    }
    let (lang, today) = (staff.visitor.lang, today(&web));
    let words: String = asked.text("q").chars().take(WORDS_MAX).collect();
    let here = |procedure: &&Procedure| {
        is_offered(procedure, today) && !agencies(&web, &staff.who.actor, procedure).is_empty()
    };
    let found: Vec<&Procedure> =
        web.office.catalogue.search(&words, today).into_iter().filter(here).collect();
    let row = |procedure: &&Procedure| {
        let time = procedure.committed_for(None);
        Row {
            id: procedure.id.clone(),
            name: procedure.name.clone(),
            field: procedure.field.name.clone(),
            code: procedure.code.clone(),
            time: words::time_span(lang, time.amount, time.unit),
        }
    };
    let page = Page {
        l: web.layout(&staff.visitor, t(lang, "staff-counter")),
        words,
        rows: found.iter().take(MOST).map(row).collect(),
        more: found.len() > MOST,
    };
    Ok(answer(lang, StatusCode::OK, &page))
}
