//! A dossier's archive as an answer that is sent while it is made.

use crate::citizen::attachment::disposition;
use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{StreamExt, unfold};
use office::bundle::Bundle;
use office::{ActError, Office};
use std::sync::Arc;
use tokio::sync::mpsc::{Receiver, channel};
use tokio::task::JoinHandle;

/// Pieces that wait for the reader: a file of the archive is at most two pieces.
const AHEAD: usize = 2;

/// The answer. What goes wrong on the way breaks it off, so that no half archive looks whole.
pub(crate) fn archive(office: Arc<Office>, bundle: Bundle) -> Response {
    let headers = [
        (CONTENT_TYPE, "application/zip".to_owned()),
        (CONTENT_DISPOSITION, disposition("attachment", &bundle.file_name())),
    ];
    let (to, from) = channel(AHEAD);
    let work = tokio::spawn(async move { office.send_bundle(&bundle, to).await });
    let pieces = unfold(Some((from, work)), |state| async move {
        let (mut from, work) = state?;
        match from.recv().await {
            Some(piece) => Some((Ok(piece), Some((from, work)))),
            None => outcome(from, work).await.map(|error| (Err(error), None)),
        }
    });
    // Whoever compresses an answer asks once more after its end.
    (headers, Body::from_stream(pieces.fuse())).into_response()
}

/// What broke the archive off, if something did.
async fn outcome(
    from: Receiver<Vec<u8>>,
    work: JoinHandle<Result<(), ActError>>,
) -> Option<std::io::Error> {
    drop(from);
    match work.await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => {
            tracing::error!(%error, "an archive was broken off");
            Some(std::io::Error::other(error))
        }
        Err(error) => Some(std::io::Error::other(error)),
    }
}
