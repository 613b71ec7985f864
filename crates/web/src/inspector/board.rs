//! The leaders' board: every recommendation that is open, the overdue first.

use super::page::{Block, Cell, Column, Table, shown};
use super::words::{day, status, units};
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::t;
use crate::kit::session::Staff;
use axum::extract::State;
use axum::response::Response;
use domain::inspection::{Recommendation, Status};
use std::sync::Arc;

/// `GET /kiem-tra/theo-doi`
///
/// # Errors
/// [`WebError::NotFound`] for those whom inspections do not concern; faults.
pub async fn get(State(web): State<Arc<Web>>, staff: Staff) -> Result<Response, WebError> {
    let lang = staff.visitor.lang;
    if !super::concerns(&staff.who.actor) {
        return Err(WebError::not_found(&staff.visitor));
    }
    let all = web.office.inspections(&staff.who.actor).await;
    let all = all.map_err(|error| WebError::from_act(error, lang))?;
    let today = web.office.today();
    let mut rows: Vec<(&str, &Recommendation)> = Vec::new();
    for view in &all {
        rows.extend(view.inspection.recommendations.iter().map(|one| (view.code.as_str(), one)));
    }
    rows.sort_by_key(|(_, one)| {
        (one.status == Status::Verified, !one.is_overdue(today), one.what.due_on, one.no)
    });
    let row = |(code, one): &(&str, &Recommendation)| {
        let (colour, text) = status(lang, one.status);
        let state = Cell::new("").tag(colour, text);
        let state = match one.is_overdue(today) {
            true => state.tag("red", t(lang, "recommendation-overdue")),
            false => state,
        };
        vec![
            Cell::new(&one.what.text)
                .to(format!("/kiem-tra/{code}/kien-nghi"))
                .below(format!("{code} · {}", one.no)),
            Cell::new(units(&web, std::slice::from_ref(&one.what.addressee))),
            Cell::new(day(one.what.due_on)),
            state,
        ]
    };
    let table = Table {
        caption: t(lang, "inspect-recommendations"),
        columns: vec![
            Column::words(t(lang, "inspect-field-text")),
            Column::words(t(lang, "inspect-field-addressee")),
            Column::words(t(lang, "inspect-field-due-on")),
            Column::words(t(lang, "inspect-state")),
        ],
        rows: rows.iter().map(row).collect(),
        empty: t(lang, "inspect-no-recommendations"),
    };
    let back = Some(("/kiem-tra".to_owned(), "inspect-title"));
    Ok(shown(&web, &staff, t(lang, "inspect-board"), back, vec![Block::Table(table)]))
}
