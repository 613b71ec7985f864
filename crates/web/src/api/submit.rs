//! `POST /dossiers`: a filing, by the applicant online or by the counter for somebody at the desk.

use super::answered;
use super::asked::Filing;
use super::body::Sent;
use super::caller::{Caller, Key};
use super::problem::Problem;
use crate::Web;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::dossier::event::Channel;
use domain::dossier::{Actor, Reason, Refusal};
use office::{ActError, Target};
use std::sync::Arc;

/// Files.
///
/// # Errors
/// A problem: not the counter (404), wrong (422), unknown (503).
pub async fn post(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Key(key): Key,
    Sent(filing): Sent<Filing>,
) -> Result<Response, Problem> {
    let wrong = misplaced(&web, &caller.actor, &filing);
    if !wrong.is_empty() {
        return Err(caller.problem(ActError::Refused(Refusal::Invalid(wrong))));
    }
    let (procedure, command) = filing.into_command();
    let target = Target::New { procedure };
    let acted = web.office.act(&caller.actor, &key, &target, &command).await;
    let acted = acted.map_err(|error| caller.problem(error))?;
    Ok(answered::done(StatusCode::CREATED, &acted))
}

/// What the rule cannot say: an unknown procedure, and a way of filing that is not the caller's.
fn misplaced(web: &Web, actor: &Actor, filing: &Filing) -> Vec<domain::dossier::Problem> {
    let mut wrong = Vec::new();
    if web.office.catalogue.procedure(&filing.procedure).is_none() {
        wrong.push(domain::dossier::Problem::new("procedure", Reason::Unknown));
    }
    let online = filing.channel == Channel::Online;
    if online != matches!(actor, Actor::Applicant { .. }) {
        wrong.push(domain::dossier::Problem::new("channel", Reason::ChannelNotOffered));
    }
    wrong
}
