//! How each agency keeps its promises, for everyone; small numbers are not shown.

use super::answer;
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
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
    tables: Vec<Table>,
    as_of: String,
    witnesses: String,
    size: u64,
    root: String,
}

/// A table of results.
struct Table {
    title: String,
    what: String,
    rows: Vec<Row>,
}

/// An agency, or a procedure.
struct Row {
    name: String,
    href: Option<String>,
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
    let table = |title: &str, what: &str, results: &[Results], named: Named| Table {
        title: t(lang, title),
        what: t(lang, what),
        rows: results.iter().map(|results| row(&web, lang, results, named)).collect(),
    };
    let page = Page {
        lead: l.t2("results-lead", "from", day(period.from()), "to", day(period.to())),
        tables: vec![
            table("results-agencies", "figures-agency", &published.agencies, agency),
            table("results-procedures", "results-procedure", &published.procedures, procedure),
        ],
        as_of: l.t1("figures-as-of", "moment", words::moment(lang, published.basis.as_of)),
        witnesses: match published.basis.witnesses.as_slice() {
            [] => t(lang, "figures-no-witness"),
            _ => l.t1("figures-witnesses", "names", published.basis.witnessed()),
        },
        size: published.basis.size,
        root: published.basis.root.clone(),
        l,
    };
    Ok(answer(lang, StatusCode::OK, &page))
}

/// Name and page of a row's id.
type Named = fn(&Web, &str) -> (Option<String>, Option<String>);

fn agency(web: &Web, id: &str) -> (Option<String>, Option<String>) {
    let unit = web.office.catalogue.organisation.unit(id);
    (unit.map(|unit| unit.name.clone()), None)
}

fn procedure(web: &Web, id: &str) -> (Option<String>, Option<String>) {
    let procedure = web.office.catalogue.procedure(id);
    let name = procedure.map(|procedure| crate::officer::desk::short(&procedure.name));
    (name, Some(format!("/thu-tuc/{id}")))
}

fn row(web: &Web, lang: Language, results: &Results, named: Named) -> Row {
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
    let median = results.median_minutes.map(|minutes| {
        let days = format!("{},{}", minutes / 480, minutes % 480 * 10 / 480);
        t_with(lang, "figures-days", &[("days", days)])
    });
    let median = median.unwrap_or_else(|| t(lang, "figures-not-recorded"));
    let (name, href) = named(web, &results.id);
    let mut cells: Vec<_> = cells.into_iter().map(cell).collect();
    cells.push((t(lang, "results-median"), median));
    Row { name: name.unwrap_or_else(|| results.id.clone()), href, cells }
}
