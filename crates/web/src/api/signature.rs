//! Signing in three steps for keys that are elsewhere: `…/signature/prepare` gives the bytes, the
//! provider signs them, `…/signature/assemble` takes the signature and does the act.

use super::answered;
use super::body::Sent;
use super::caller::{Caller, Key, Named};
use super::problem::{Kind, Problem};
use crate::Web;
use crate::kit::i18n::t;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use domain::dossier::Act;
use office::signed::{SignWish, SigningError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is to be signed.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PrepareAsked {
    /// Number of the draft that was read, to sign it; 0 or missing for the agency's seal.
    pub draft: u32,
}

/// What waits for a signature.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PreparedPaper {
    /// Goes back with the signature; for this caller and dossier only.
    pub ticket: String,
    /// The bytes that the key signs, base64; with SHA-256, ECDSA in DER or RSA PKCS #1 v1.5.
    pub to_be_signed: String,
    /// Their SHA-256, hexadecimal.
    pub sha256: String,
    /// Until when the signature is waited for (RFC 3339, UTC).
    pub until: String,
}

/// The signature that was made.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AssembleAsked {
    /// From the first step.
    pub ticket: String,
    /// The signature, base64.
    pub signature: String,
}

/// Prepares.
///
/// # Errors
/// A problem: not there or not yours (404), not open (409), no key elsewhere or a new draft (422).
pub async fn prepare(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Key(_): Key,
    Named(dossier): Named,
    Sent(asked): Sent<PrepareAsked>,
) -> Result<Response, Problem> {
    let id = web.office.find(&dossier).await.map_err(|error| caller.problem(error))?;
    let act = if asked.draft == 0 { Act::Issue } else { Act::Sign };
    let wish = SignWish { draft: asked.draft, read: None, pin: "" };
    let waiting = web.office.prepare_elsewhere(&caller.actor, &id, act, &wish).await;
    let waiting = waiting.map_err(|error| told(&caller, error))?;
    let prepared = PreparedPaper {
        ticket: waiting.ticket,
        to_be_signed: BASE64_STANDARD.encode(waiting.to_be_signed),
        sha256: waiting.digest,
        until: waiting.until.to_string(),
    };
    Ok(answered::json(StatusCode::OK, &prepared))
}

/// Assembles, and does the act.
///
/// # Errors
/// As [`prepare`]; a ticket that has run out, or a signature that does not fit (422).
pub async fn assemble(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Key(key): Key,
    Named(dossier): Named,
    Sent(asked): Sent<AssembleAsked>,
) -> Result<Response, Problem> {
    let id = web.office.find(&dossier).await.map_err(|error| caller.problem(error))?;
    let signature = BASE64_STANDARD.decode(&asked.signature).unwrap_or_default();
    let brought = (asked.ticket.as_str(), signature.as_slice());
    let acted = web.office.assemble(&caller.actor, &key, &id, brought).await;
    let acted = acted.map_err(|error| told(&caller, error))?;
    Ok(answered::done(StatusCode::OK, &acted))
}

fn told(caller: &Caller, error: SigningError) -> Problem {
    match (error.name(), error) {
        (_, SigningError::Act(error)) => caller.problem(error),
        (name, _) => {
            let sentence = format!("signing-error-{}", name.unwrap_or("failed"));
            let problem = Problem::new(Kind::Refused, caller.lang);
            caller.tell(problem.saying(t(caller.lang, &sentence)))
        }
    }
}
