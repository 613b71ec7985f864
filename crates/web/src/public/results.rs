//! How each agency keeps its promises, for everyone; small numbers are not shown.

use super::answer;
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
use domain::statistics::suppress::Shown;
use office::figures::Row as Results;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "public/results.html")]
struct Page {
    l: Layout,
    lead: String,
    rows: Vec<Row>,
    as_of: String,
    size: u64,
    root: String,
}

/// An agency.
struct Row {
    name: String,
    cells: Vec<(String, String)>,
}

/// `GET /cong-khai/ket-qua`
///
/// # Errors
/// Faults of the database.
pub async fn get(State(web): State<Arc<Web>>, visitor: Visitor) -> Result<Response, WebError> {
    let lang = visitor.lang;
    let published = web.office.published().await;
    let published = published.map_err(|error| WebError::from_act(error, lang))?;
    let l = web.layout(&visitor, t(lang, "results-title"));
    let day = |date: jiff::civil::Date| date.strftime("%d/%m/%Y").to_string();
    let period = published.period;
    let page = Page {
        lead: l.t2("results-lead", "from", day(period.from()), "to", day(period.to())),
        rows: published.rows.iter().map(|results| row(&web, lang, results)).collect(),
        as_of: l.t1("figures-as-of", "moment", words::moment(lang, published.basis.as_of)),
        size: published.basis.size,
        root: published.basis.root.clone(),
        l,
    };
    Ok(answer(lang, StatusCode::OK, &page))
}

fn row(web: &Web, lang: Language, results: &Results) -> Row {
    let cells = [
        ("results-handled", results.handled),
        ("results-resolved-in-time", results.resolved_in_time),
        ("results-resolved-late", results.resolved_late),
        ("results-running-in-time", results.running_in_time),
        ("results-running-late", results.running_late),
    ];
    let cell = |(key, shown): (&str, Shown)| {
        let text = shown.count().map(|count| count.to_string());
        (t(lang, key), text.unwrap_or_else(|| t(lang, "results-hidden")))
    };
    let unit = web.office.catalogue.organisation.unit(&results.agency);
    Row {
        name: unit.map_or_else(|| results.agency.clone(), |unit| unit.name.clone()),
        cells: cells.into_iter().map(cell).collect(),
    }
}
