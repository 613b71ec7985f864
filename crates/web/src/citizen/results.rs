//! The results that a citizen was ever given: what, by whom, until when valid, to open and print.

use super::own::place;
use super::paper_pdf::pdf;
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::layout::Layout;
use crate::kit::session::Citizen;
use crate::kit::words;
use crate::public::answer;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use office::results::{KeptResult, Standing};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "citizen/results.html")]
struct Page {
    l: Layout,
    rows: Vec<Row>,
}

/// A result in the list.
struct Row {
    code: String,
    name: String,
    procedure: String,
    agency: String,
    issued: String,
    machine: String,
    colour: &'static str,
    standing: String,
}

/// `GET /ket-qua-cua-toi`
///
/// # Errors
/// Faults of the database.
pub async fn list(
    State(web): State<Arc<Web>>,
    Citizen { who, visitor }: Citizen,
) -> Result<Response, WebError> {
    let lang = visitor.lang;
    let own = web.office.own_results(&who.actor).await;
    let own = own.map_err(|error| WebError::from_act(error, lang))?;
    let rows = own.into_iter().map(|result| row(&web, lang, result)).collect();
    let l = web.layout(&visitor, t(lang, "own-results-title"));
    Ok(answer(lang, StatusCode::OK, &Page { l, rows }))
}

/// `GET /ket-qua-cua-toi/{code}`: the paper itself.
///
/// # Errors
/// [`WebError::NotFound`] for a code that is none and for what is another's.
pub async fn paper(
    State(web): State<Arc<Web>>,
    Citizen { who, visitor }: Citizen,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let bytes = web.office.own_result_pdf(&who.actor, &code).await;
    let bytes = bytes.map_err(|error| WebError::from_act(error, visitor.lang))?;
    Ok(pdf(&format!("{code}.pdf"), bytes))
}

fn row(web: &Web, lang: Language, result: KeptResult) -> Row {
    let catalogue = &web.office.catalogue;
    let procedure = catalogue.procedure(&result.procedure);
    let kind = result.kind.as_ref().and_then(|kind| catalogue.papers.get(kind));
    let (colour, standing) = standing(lang, result.standing);
    Row {
        name: kind.map_or(result.title, |kind| kind.name.clone()),
        procedure: procedure.map_or(result.procedure, |known| known.name.clone()),
        agency: place(web, &result.agency),
        issued: words::date(result.issued_at),
        machine: words::machine(result.issued_at),
        code: result.code,
        colour,
        standing,
    }
}

/// What a result is good for today: the colour of its tag, and the words.
pub(crate) fn standing(lang: Language, standing: Standing) -> (&'static str, String) {
    let day = |day: Date| day.strftime("%d/%m/%Y").to_string();
    match standing {
        Standing::Granted => ("green", t(lang, "result-granted")),
        Standing::ValidUntil(last) => {
            ("green", t_with(lang, "result-valid-until", &[("day", day(last))]))
        }
        Standing::Expired(last) => ("red", t_with(lang, "result-expired", &[("day", day(last))])),
        Standing::Refused => ("grey", t(lang, "result-refused")),
    }
}
