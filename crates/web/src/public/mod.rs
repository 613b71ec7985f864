//! Pages for anyone.

pub mod accessibility;
pub mod asked;
pub mod calendar;
pub mod catalogue;
pub(crate) mod marks;
pub mod open_data;
pub mod privacy;
pub mod procedure;
mod procedure_parts;
pub mod results;
pub mod sign_in;
pub mod sign_out;
pub mod start;
pub mod tracking;
pub mod verify;

pub(crate) use procedure_parts::accepted_as;

use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::Language;
use crate::kit::session::Visitor;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use std::sync::Arc;

/// Any address that is not on the map.
pub async fn not_found(State(_): State<Arc<Web>>, visitor: Visitor) -> WebError {
    WebError::not_found(&visitor)
}

/// A page as an answer.
pub(crate) fn answer(lang: Language, status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            WebError::Fault(lang).into_response()
        }
    }
}
