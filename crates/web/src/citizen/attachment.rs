//! A file that was handed in, given back as a download and never as a page of ours.

use super::own::is_id;
use crate::Web;
use crate::kit::bundle::archive;
use crate::kit::error::{WebError, form_urlencode};
use crate::kit::session::Citizen;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// `GET /ho-so-cua-toi/{id}/tep/{n}`
///
/// # Errors
/// [`WebError::NotFound`] for what is not one's own and where there is no file.
pub async fn get(
    State(web): State<Arc<Web>>,
    Citizen { who, visitor }: Citizen,
    Path((id, n)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let (true, Ok(n)) = (is_id(&id), n.parse()) else { return Err(WebError::not_found(&visitor)) };
    let found = web.office.attached(&who.actor, &id, n).await;
    let (file, bytes) = found.map_err(|error| WebError::from_act(error, visitor.lang))?;
    Ok(download(&file.name, &file.media_type, bytes))
}

/// `GET /ho-so-cua-toi/{id}/tron-bo`: everything about one's own dossier, as one archive.
///
/// # Errors
/// [`WebError::NotFound`] for what is not one's own.
pub async fn bundle(
    State(web): State<Arc<Web>>,
    Citizen { who, visitor }: Citizen,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    if !is_id(&id) {
        return Err(WebError::not_found(&visitor));
    }
    let bundle = web.office.bundle(&who.actor, &id).await;
    let bundle = bundle.map_err(|error| WebError::from_act(error, visitor.lang))?;
    Ok(archive(web.office.clone(), bundle))
}

/// Bytes as a download that runs nothing.
pub(crate) fn download(name: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (CONTENT_TYPE, media_type.to_owned()),
        (CONTENT_DISPOSITION, disposition("attachment", name)),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// `attachment; filename="…"; filename*=UTF-8''…`: ASCII for old readers, the name for all others.
pub(crate) fn disposition(how: &str, name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
    let ascii: String = name.chars().map(plain).collect();
    let whole = form_urlencode(name).replace('/', "%2F");
    format!("{how}; filename=\"{ascii}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out_of_the_header() {
        assert_eq!(
            disposition("attachment", "bản vẽ \"1\".pdf"),
            "attachment; filename=\"b_n_v___1_.pdf\"; \
             filename*=UTF-8''b%E1%BA%A3n%20v%E1%BA%BD%20%221%22.pdf"
        );
        assert!(!disposition("inline", "a\r\nX: y/../z").contains(['\r', '\n', '/']));
    }
}
