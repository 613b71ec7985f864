//! The detectors over hand-made histories: each planted case is found, its honest neighbours are
//! not named, and honest years stay quiet.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

mod honest;
mod planted;
mod reported;
mod story;
