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
use domain::dossier::Actor;
use domain::organisation::Position;
use office::inspection::InspectionView;

/// Has this official a place in inspections: as an inspector, as one who may be inspected, or as
/// one who leads the province's reform?
#[must_use]
pub fn concerns(actor: &Actor) -> bool {
    matches!(
        actor.position(),
        Some(Position::Inspector | Position::AgencyLeader | Position::Controller)
    )
}

/// The inspection of an address.
async fn opened(web: &Web, staff: &Staff, code: &str) -> Result<InspectionView, WebError> {
    let view = web.office.inspection(&staff.who.actor, code).await;
    view.map_err(|error| WebError::from_act(error, staff.visitor.lang))
}
