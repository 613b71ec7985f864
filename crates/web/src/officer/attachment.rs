//! A file of a dossier, for an official: a download and never a page of ours.

use crate::Web;
use crate::citizen::attachment::download;
use crate::citizen::own::is_id;
use crate::kit::bundle::archive;
use crate::kit::error::WebError;
use crate::kit::session::Staff;
use axum::extract::{Path, State};
use axum::response::Response;
use std::sync::Arc;

/// `GET /ho-so/{id}/tep/{n}`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not read the dossier and where there is no file.
pub async fn get(
    State(web): State<Arc<Web>>,
    Staff { who, visitor }: Staff,
    Path((id, n)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let (true, Ok(n)) = (is_id(&id), n.parse()) else { return Err(WebError::not_found(&visitor)) };
    let found = web.office.attached(&who.actor, &id, n).await;
    let (file, bytes) = found.map_err(|error| WebError::from_act(error, visitor.lang))?;
    Ok(download(&file.name, &file.media_type, bytes))
}

/// `GET /ho-so/{id}/tron-bo`: everything about a dossier, as one archive.
///
/// # Errors
/// [`WebError::NotFound`] for those who may not read the dossier.
pub async fn bundle(
    State(web): State<Arc<Web>>,
    Staff { who, visitor }: Staff,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    if !is_id(&id) {
        return Err(WebError::not_found(&visitor));
    }
    let bundle = web.office.bundle(&who.actor, &id).await;
    let bundle = bundle.map_err(|error| WebError::from_act(error, visitor.lang))?;
    Ok(archive(web.office.clone(), bundle))
}
