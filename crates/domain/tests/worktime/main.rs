//! The working clock, held in four ways: the vectors of the specification, an oracle that steps
//! minute by minute, laws that hold on every calendar, and the explanation, from which alone
//! every due date follows. The lunar calendar is held by an ephemeris.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

mod lunar;
mod oracle;
mod properties;
mod random;
mod vectors;
mod words;
