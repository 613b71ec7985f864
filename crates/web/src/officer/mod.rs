//! Pages of every official: the worklist, the dossiers, one dossier, and the acts of an officer.

pub(crate) mod act_page;
pub mod attachment;
pub mod calendar_decision;
pub(crate) mod desk;
pub mod dossier;
pub(crate) mod dossier_parts;
pub mod dossiers;
pub mod figures;
pub mod issue;
pub(crate) mod parts;
pub mod pdf;
pub mod propose;
pub mod register;
pub mod request_payment;
pub(crate) mod signing;
pub mod work;
pub mod worklist;
