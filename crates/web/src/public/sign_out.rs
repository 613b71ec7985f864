//! Signing out.

use crate::Web;
use crate::kit::error::WebError;
use crate::kit::posted::Posted;
use crate::kit::session::{Visitor, cookie, session_cookie};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

/// `POST /dang-xuat`
///
/// # Errors
/// Faults of the database.
pub async fn post(
    State(web): State<Arc<Web>>,
    visitor: Visitor,
    headers: HeaderMap,
    _: Posted,
) -> Result<Response, WebError> {
    if let Some(token) = cookie(&headers, web.session_cookie()) {
        let ended = web.office.sign_out(&token).await;
        ended.map_err(|error| WebError::from_act(error, visitor.lang))?;
    }
    let mut response = Redirect::to("/").into_response();
    let (name, value) = session_cookie(&web, "");
    response.headers_mut().append(name, value);
    Ok(response)
}
