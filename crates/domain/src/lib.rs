//! The rules of the one-stop shop, and nothing else.
//!
//! A dossier *is* the list of facts that happened to it. This crate decides which new facts a
//! person's act causes ([`dossier::decide`]), folds facts into state ([`dossier::Dossier::replay`])
//! and names what must follow ([`dossier::effects`]). It has no clock, no chance, no input or
//! output and no async: the instant, the calendar, the procedure version and the actor come in as
//! arguments, so the same facts give the same answer tomorrow.
//!
//! Read [`dossier`] first; its `decide.rs` is the table of contents of all acts.

pub mod detectors;
pub mod dossier;
pub mod inspection;
pub mod organisation;
pub mod permission;
pub mod procedure;
pub mod process;
pub mod rules;
pub mod scorecard;
pub mod statistics;
pub mod steering;
pub mod text;
pub mod time;
pub mod worktime;
