//! The papers that the office makes, for officials: receipt, draft, result, and the other forms.

use crate::Web;
use crate::citizen::attachment::disposition;
use crate::citizen::own::is_id;
use crate::kit::error::WebError;
use crate::kit::session::Staff;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use office::ActError;
use office::paper::DossierPaper;
use std::sync::Arc;

/// A PDF runs nothing; the browser's own viewer brings its style and the document itself.
const POLICY: &str = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; \
    frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// `GET /ho-so/{id}/giay-tiep-nhan`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not read the dossier and before reception.
pub async fn receipt(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    known(&staff, &id)?;
    let bytes = web.office.receipt_pdf(&staff.who.actor, &id).await;
    shown(&staff, "giay-tiep-nhan.pdf", bytes)
}

/// `GET /ho-so/{id}/du-thao`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not read the dossier and before there is a draft.
pub async fn draft(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    known(&staff, &id)?;
    let bytes = web.office.draft_pdf(&staff.who.actor, &id).await;
    shown(&staff, "du-thao.pdf", bytes)
}

/// `GET /ho-so/{id}/ban-ky`: what is to be signed, or is signed.
///
/// # Errors
/// [`WebError::NotFound`] for those who may not read the dossier and before there is a draft.
pub async fn to_sign(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    known(&staff, &id)?;
    let bytes = web.office.signed_or_to_sign(&staff.who.actor, &id).await;
    shown(&staff, "ban-ky.pdf", bytes)
}

/// `GET /ho-so/{id}/ket-qua`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not read the dossier and before the result is issued.
pub async fn result(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    known(&staff, &id)?;
    let bytes = web.office.result_pdf(&staff.who.actor, &id).await;
    shown(&staff, "ket-qua.pdf", bytes)
}

/// `GET /ho-so/{id}/dung-lai/{n}`: the result that stands for the `n`th paper.
///
/// # Errors
/// [`WebError::NotFound`] for those who may not read the dossier and where no result stands.
pub async fn reused(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path((id, n)): Path<(String, String)>,
) -> Result<Response, WebError> {
    known(&staff, &id)?;
    let n = n.parse().map_err(|_| WebError::not_found(&staff.visitor))?;
    let found = web.office.reused_pdf(&staff.who.actor, &id, n).await;
    let (code, bytes) = found.map_err(|error| WebError::from_act(error, staff.visitor.lang))?;
    shown(&staff, &format!("{code}.pdf"), Ok(bytes))
}

/// `GET /ho-so/{id}/giay/{paper}`: the other papers of a dossier, by the names of
/// [`DossierPaper::slug`].
///
/// # Errors
/// [`WebError::NotFound`] for those who may not read the dossier, and for a paper it does not have.
pub async fn paper(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path((id, paper)): Path<(String, String)>,
) -> Result<Response, WebError> {
    known(&staff, &id)?;
    let paper = DossierPaper::of_slug(&paper);
    let paper = paper.ok_or_else(|| WebError::not_found(&staff.visitor))?;
    let bytes = web.office.paper_pdf(&staff.who.actor, &id, paper).await;
    shown(&staff, &format!("{}.pdf", paper.slug()), bytes)
}

fn known(staff: &Staff, id: &str) -> Result<(), WebError> {
    if is_id(id) { Ok(()) } else { Err(WebError::not_found(&staff.visitor)) }
}

/// A paper, in the browser's own viewer.
pub(crate) fn shown(
    staff: &Staff,
    name: &str,
    bytes: Result<Vec<u8>, ActError>,
) -> Result<Response, WebError> {
    let bytes = bytes.map_err(|error| WebError::from_act(error, staff.visitor.lang))?;
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (CONTENT_DISPOSITION, disposition("inline", name)),
        (CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
