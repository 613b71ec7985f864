//! The JSON side, `/api/v1`: the same acts and views as the pages, by bearer token.
//!
//! Errors are problems of RFC 9457 ([`problem`]); every write carries an `Idempotency-Key`. What
//! goes in and out stands in [`asked`] and [`answered`]; [`openapi`] is made from the route table
//! and from those types.

pub mod actions;
pub mod answered;
pub mod asked;
pub mod body;
pub mod caller;
pub mod dossier;
pub mod openapi;
pub mod papers;
pub mod problem;
pub mod procedures;
pub mod signature;
pub mod submit;
pub mod worklist;

use crate::kit::i18n::Language;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use problem::{Kind, Problem};

/// Where the API begins.
pub const ROOT: &str = "/api/v1";

/// A path of the API that does not exist.
pub async fn not_found(headers: HeaderMap) -> Response {
    Problem::new(Kind::NotFound, Language::of_api(&headers)).into_response()
}

/// A path of the API asked with another method.
pub async fn wrong_method(headers: HeaderMap) -> Response {
    Problem::new(Kind::WrongMethod, Language::of_api(&headers)).into_response()
}
