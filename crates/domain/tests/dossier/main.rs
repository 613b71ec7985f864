//! The dossier: given facts, when a command, then facts or a refusal — with a real procedure.

mod golden;
mod permission;
mod properties;
mod scenes;
mod world;
