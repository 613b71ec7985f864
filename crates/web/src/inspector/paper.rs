//! The papers of an inspection, and those of a dossier read through one, as PDF.

use crate::Web;
use crate::citizen::own::is_id;
use crate::kit::error::WebError;
use crate::kit::session::Staff;
use crate::officer::pdf::shown;
use axum::extract::{Path, State};
use axum::response::Response;
use office::inspection::Paper;
use std::sync::Arc;

/// `GET /kiem-tra/{code}/giay/{paper}`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not see it and before there is one.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path((code, paper)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let Some(paper) = Paper::named(&paper) else {
        return Err(WebError::not_found(&staff.visitor));
    };
    let bytes = web.office.inspection_paper(&staff.who.actor, &code, paper).await;
    shown(&staff, &format!("{code}-{}.pdf", paper.name()), bytes)
}

/// `GET /kiem-tra/tong-hop/{year}`: the synthesis of a year.
///
/// # Errors
/// [`WebError::NotFound`] for those who may see none of the year's inspections.
pub async fn synthesis(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(year): Path<String>,
) -> Result<Response, WebError> {
    let Ok(year) = year.parse() else { return Err(WebError::not_found(&staff.visitor)) };
    let bytes = web.office.inspection_synthesis(&staff.who.actor, year).await;
    shown(&staff, &format!("tong-hop-kiem-tra-{year}.pdf"), bytes)
}

/// `GET /kiem-tra/{code}/ho-so/{id}/giay-tiep-nhan`
///
/// # Errors
/// [`WebError::NotFound`] when the inspection gives no right to it now.
pub async fn receipt(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path((code, id)): Path<(String, String)>,
) -> Result<Response, WebError> {
    known(&staff, &id)?;
    let bytes = web.office.inspected_receipt(&staff.who.actor, &code, &id).await;
    shown(&staff, "giay-tiep-nhan.pdf", bytes)
}

/// `GET /kiem-tra/{code}/ho-so/{id}/ket-qua`
///
/// # Errors
/// As [`receipt`], and before the result is issued.
pub async fn result(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path((code, id)): Path<(String, String)>,
) -> Result<Response, WebError> {
    known(&staff, &id)?;
    let bytes = web.office.inspected_result(&staff.who.actor, &code, &id).await;
    shown(&staff, "ket-qua.pdf", bytes)
}

fn known(staff: &Staff, id: &str) -> Result<(), WebError> {
    if is_id(id) { Ok(()) } else { Err(WebError::not_found(&staff.visitor)) }
}
