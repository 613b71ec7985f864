//! The figures over hand-made histories: what each counts, and that whatever happened they add up.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

mod counters;
mod histories;
mod kept;
mod lives;
mod properties;
