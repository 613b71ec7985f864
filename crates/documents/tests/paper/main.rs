//! Every sample of every form, looked at as a reader, an archive and a scanner would.
//!
//! Needs `qpdf` and poppler's `pdffonts`, `pdftotext` and `pdftoppm`; without them it fails.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod conformance;
mod guard;
mod reproducible;
mod standards;
mod templates;
mod tools;
mod words;
