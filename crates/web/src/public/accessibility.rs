//! The accessibility statement.

use super::answer;
use crate::Web;
use crate::kit::i18n::t;
use crate::kit::layout::Layout;
use crate::kit::session::Visitor;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "public/accessibility.html")]
struct Page {
    l: Layout,
}

/// `GET /tro-giup-tiep-can`
pub async fn get(State(web): State<Arc<Web>>, visitor: Visitor) -> Response {
    let l = web.layout(&visitor, t(visitor.lang, "accessibility-title"));
    answer(visitor.lang, StatusCode::OK, &Page { l })
}
