//! Pages for anyone.

use crate::Web;
use crate::kit::error::WebError;
use crate::kit::session::Visitor;
use axum::extract::State;
use std::sync::Arc;

/// Any address that is not on the map.
pub async fn not_found(State(_): State<Arc<Web>>, visitor: Visitor) -> WebError {
    WebError::not_found(&visitor)
}
