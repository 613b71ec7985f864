//! The questions the house asks of its tables, by subject: one SQL text each.

mod dossiers;
mod people;

pub use dossiers::{DossierFilter, DossierRow, TaskRow};
pub use people::{AccountRow, ApiTokenRow, SessionRow, UploadRow};
