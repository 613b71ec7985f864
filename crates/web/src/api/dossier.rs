//! `GET /dossiers/{code}`: where a dossier stands, and what the caller may do.

use super::answered;
use super::caller::{Caller, Named};
use super::problem::Problem;
use crate::Web;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;

/// Tells.
///
/// # Errors
/// A problem: not there or not yours (404), no answer (503).
pub async fn get(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Named(dossier): Named,
) -> Result<Response, Problem> {
    let id = web.office.find(&dossier).await.map_err(|error| caller.problem(error))?;
    let state = web.office.state(&caller.actor, &id).await;
    let state = state.map_err(|error| caller.problem(error))?;
    let open = web.office.open_to(&caller.actor, &state);
    Ok(answered::json(StatusCode::OK, &answered::State::of(&id, &state, &open)))
}
