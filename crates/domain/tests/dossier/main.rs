//! The dossier: given facts, when a command, then facts or a refusal — with a real procedure.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

mod clock;
mod golden;
mod permission;
mod properties;
mod reminder;
mod scenes;
mod world;
