//! The detectors over hand-made histories: each planted case is found, its honest neighbours are
//! not named, and honest years stay quiet. Over random ones: a watch that is fed once says of every
//! window what the definitions say.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

mod honest;
mod planted;
mod reference;
mod reported;
mod story;
mod windows;
