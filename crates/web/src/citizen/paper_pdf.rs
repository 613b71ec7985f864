//! The papers that the office makes: receipt and result, as PDF.

use super::attachment::disposition;
use super::own::is_id;
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::session::Citizen;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use office::paper::DossierPaper;
use std::sync::Arc;

/// `GET /ho-so-cua-toi/{id}/giay-tiep-nhan`
///
/// # Errors
/// [`WebError::NotFound`] for what is not one's own and before reception.
pub async fn receipt(
    State(web): State<Arc<Web>>,
    Citizen { who, visitor }: Citizen,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    if !is_id(&id) {
        return Err(WebError::not_found(&visitor));
    }
    let bytes = web.office.receipt_pdf(&who.actor, &id).await;
    let bytes = bytes.map_err(|error| WebError::from_act(error, visitor.lang))?;
    Ok(pdf("giay-tiep-nhan.pdf", bytes))
}

/// `GET /ho-so-cua-toi/{id}/ket-qua`
///
/// # Errors
/// [`WebError::NotFound`] for what is not one's own and before the result is issued.
pub async fn result(
    State(web): State<Arc<Web>>,
    Citizen { who, visitor }: Citizen,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    if !is_id(&id) {
        return Err(WebError::not_found(&visitor));
    }
    let bytes = web.office.result_pdf(&who.actor, &id).await;
    let bytes = bytes.map_err(|error| WebError::from_act(error, visitor.lang))?;
    Ok(pdf("ket-qua.pdf", bytes))
}

/// `GET /ho-so-cua-toi/{id}/giay/{paper}`: the other papers, by the names of
/// [`DossierPaper::slug`].
///
/// # Errors
/// [`WebError::NotFound`] for what is not one's own, and for a paper the dossier does not have.
pub async fn paper(
    State(web): State<Arc<Web>>,
    Citizen { who, visitor }: Citizen,
    Path((id, paper)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let paper = DossierPaper::of_slug(&paper).filter(|_| is_id(&id));
    let paper = paper.ok_or_else(|| WebError::not_found(&visitor))?;
    let bytes = web.office.paper_pdf(&who.actor, &id, paper).await;
    let bytes = bytes.map_err(|error| WebError::from_act(error, visitor.lang))?;
    Ok(pdf(&format!("{}.pdf", paper.slug()), bytes))
}

/// A PDF of ours, shown by the browser.
pub(crate) fn pdf(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (CONTENT_DISPOSITION, disposition("inline", name)),
    ];
    (headers, bytes).into_response()
}
