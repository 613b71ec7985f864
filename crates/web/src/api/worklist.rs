//! `GET /worklist`: what waits for the caller, most urgent first.

use super::answered::{self, WorkLine};
use super::asked::WorklistAsked;
use super::body::Asked;
use super::caller::Caller;
use super::problem::Problem;
use crate::Web;
use crate::kit::i18n::t;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::dossier::Actor;
use std::sync::Arc;

/// Lines without `limit`.
pub const USUAL: u32 = 50;
/// Most lines of an answer.
pub const MOST: u32 = 200;

/// Lists.
///
/// # Errors
/// A problem: another's role or a limit out of range (422), no answer (503).
pub async fn get(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Asked(asked): Asked<WorklistAsked>,
) -> Result<Response, Problem> {
    let limit = asked.limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        return Err(caller.tell(Problem::out_of_range(caller.lang, "limit", MOST)));
    }
    if !asked.role.is_empty() && !holds(&caller.actor, &asked.role) {
        let reason = t(caller.lang, "api-reason-role");
        return Err(caller.tell(Problem::invalid(caller.lang, "role", reason)));
    }
    let items = web.office.worklist(&caller.actor, limit).await;
    let items = items.map_err(|error| caller.problem(error))?;
    let lines: Vec<WorkLine<'_>> = items.iter().map(Into::into).collect();
    Ok(answered::json(StatusCode::OK, &lines))
}

fn holds(actor: &Actor, role: &str) -> bool {
    actor.position().is_some_and(|position| position.name() == role)
}
