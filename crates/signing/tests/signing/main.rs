//! Signed papers, judged by ourselves and by the programs of others.
//!
//! Needs pyHanko, poppler's `pdfsig`, `qpdf`, `openssl` and SoftHSM2, which
//! `scripts/install-test-tools.sh` brings. Without them the tests fail.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod hostile;
mod house;
mod judged;
mod stages;
mod standards;
mod time_stamps;
mod token;
mod tools;
mod verdicts;
