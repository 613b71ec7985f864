//! `GET /papers?code=`: what anyone may know of the papers of a dossier, with their proofs: the
//! page `/xac-minh` for programs.

use super::answered;
use super::body::Asked;
use super::problem::{Kind, Problem};
use crate::Web;
use crate::kit::i18n::Language;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use office::verify::IssuedPaper;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Which papers.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PapersAsked {
    /// The dossier's code, as printed on the paper.
    pub code: String,
}

/// A paper that was issued.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "IssuedPaper")]
pub struct PaperLine {
    /// `receipt` or `result`.
    pub kind: &'static str,
    /// The dossier's code.
    pub code: String,
    /// Procedure version id.
    pub procedure: String,
    /// The agency that decides (unit id).
    pub agency: String,
    /// When it was issued (RFC 3339, UTC).
    pub at: String,
    /// The number of a result.
    pub number: Option<String>,
    /// SHA-256 of the signed file, hexadecimal; null for papers signed by hand.
    pub sha256: Option<String>,
    /// What the signatures of that file are worth, one sentence each.
    pub signatures: Vec<String>,
    /// The leaf's text in the log.
    pub entry: String,
    /// Its hash, hexadecimal.
    pub leaf: String,
    /// Index, path and signed head (C2SP tlog-proof).
    pub proof: String,
}

/// Tells.
///
/// # Errors
/// A problem: no such dossier, or nothing issued yet (404).
pub async fn get(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    Asked(asked): Asked<PapersAsked>,
) -> Result<Response, Problem> {
    let lang = Language::of_api(&headers);
    let papers = web.office.issued_papers(&asked.code).await;
    let papers = papers.map_err(|error| Problem::from_act(error, lang))?;
    if papers.is_empty() {
        return Err(Problem::new(Kind::NotFound, lang));
    }
    let lines: Vec<PaperLine> = papers.into_iter().map(|paper| line(lang, paper)).collect();
    Ok(answered::json(StatusCode::OK, &lines))
}

fn line(lang: Language, paper: IssuedPaper) -> PaperLine {
    let signatures = paper.signature_words(crate::public::verify::told_in(lang));
    PaperLine {
        kind: paper.kind.name(),
        code: paper.code,
        procedure: paper.procedure,
        agency: paper.agency,
        at: paper.at.to_string(),
        number: paper.number,
        sha256: paper.hash,
        signatures,
        entry: paper.proven.entry,
        leaf: paper.proven.leaf.to_string(),
        proof: paper.proven.proof.to_string(),
    }
}
