//! Inspections: given facts, when command, then fact or refusal.
#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

mod golden;
mod permission;
mod rules;
mod world;
