//! `POST /dossiers/{code}/actions/{act}`: one act on a dossier, whichever.

use super::answered;
use super::body::Sent;
use super::caller::{Caller, Key, Named};
use super::problem::Problem;
use crate::Web;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::dossier::Command;
use office::Target;
use std::sync::Arc;

/// Does it.
///
/// # Errors
/// A problem: not there or not yours (404), not the next act (409), wrong (422), unknown (503).
pub async fn post<T: Into<Command>>(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Key(key): Key,
    Named(dossier): Named,
    Sent(wish): Sent<T>,
) -> Result<Response, Problem> {
    let command = wish.into();
    let id = web.office.find(&dossier).await.map_err(|error| caller.problem(error))?;
    let acted = web.office.act(&caller.actor, &key, &Target::Dossier(id), &command).await;
    let acted = acted.map_err(|error| caller.problem(error))?;
    Ok(answered::done(StatusCode::OK, &acted))
}
