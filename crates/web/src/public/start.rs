//! The start page: three doors and a search.

use super::answer;
use crate::Web;
use crate::kit::layout::Layout;
use crate::kit::session::Visitor;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::dossier::Actor;
use domain::organisation::Position;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "public/start.html")]
struct Page {
    l: Layout,
    signed_in: bool,
    own_href: &'static str,
}

/// `GET /`
pub async fn get(State(web): State<Arc<Web>>, visitor: Visitor) -> Response {
    let own_href = match visitor.who.as_ref().map(|who| &who.actor) {
        Some(Actor::Applicant { .. }) => "/ho-so-cua-toi",
        Some(Actor::Official { position: Position::Inspector, .. }) => "/kiem-tra",
        Some(_) => "/cong-viec",
        None => "/dang-nhap",
    };
    let l = web.layout(&visitor, crate::kit::i18n::t(visitor.lang, "start-title"));
    let page = Page { l, signed_in: visitor.who.is_some(), own_href };
    answer(visitor.lang, StatusCode::OK, &page)
}
