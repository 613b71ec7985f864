//! Pages of a signed-in citizen.

pub mod attachment;
pub mod dossier;
pub mod dossiers;
pub(crate) mod due;
pub(crate) mod field;
pub(crate) mod own;
pub mod paper_pdf;
pub mod results;
pub mod submit;
pub mod supplement;
pub(crate) mod upload;
pub mod withdraw;
