//! The inspector's side: plan, one inspection and its stages, the claims beside the record, down
//! to one dossier's receipt. The inspected agency and the province's leaders see the same pages, as
//! far as `domain::inspection::permission` lets them.

pub mod act;
pub mod board;
pub mod claims;
pub mod data_forms;
pub mod dossier;
pub mod files;
mod form;
pub mod list;
pub mod one;
mod page;
pub mod paper;
pub mod records;
mod report;
pub mod signs;
mod wish;
mod words;

use crate::Web;
use crate::kit::error::WebError;
use crate::kit::session::Staff;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use domain::dossier::Actor;
use domain::organisation::Position;
use office::inspection::InspectionView;
use std::sync::Arc;

/// Has this official a place in inspections: as an inspector, as one who may be inspected, or as
/// one who leads the province's reform?
#[must_use]
pub fn concerns(actor: &Actor) -> bool {
    matches!(
        actor.position(),
        Some(Position::Inspector | Position::AgencyLeader | Position::Controller)
    )
}

/// The inspection of an address, and who looks at it.
pub struct Opened {
    pub(crate) web: Arc<Web>,
    pub(crate) staff: Staff,
    pub(crate) view: InspectionView,
}

impl FromRequestParts<Arc<Web>> for Opened {
    type Rejection = WebError;

    /// For who is not signed in, the way to sign in; for who may not know of it, it is not there.
    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, WebError> {
        let staff = Staff::from_request_parts(parts, web).await?;
        let named = RawPathParams::from_request_parts(parts, web).await;
        let named = named.map_err(|_| WebError::not_found(&staff.visitor))?;
        let code = named.iter().find(|(name, _)| *name == "code");
        let (_, code) = code.ok_or_else(|| WebError::not_found(&staff.visitor))?;
        let view = web.office.inspection(&staff.who.actor, code).await;
        let view = view.map_err(|error| WebError::from_act(error, staff.visitor.lang))?;
        Ok(Opened { web: web.clone(), staff, view })
    }
}
