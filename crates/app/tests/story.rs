//! The story of dossiers through the real router, on both databases, as people do it: pages are
//! read, their forms filled in and sent, redirects followed.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

#[path = "story/bad_files.rs"]
mod bad_files;
#[path = "story/bad_input.rs"]
mod bad_input;
#[path = "story/browser.rs"]
mod browser;
#[path = "story/bundle.rs"]
mod bundle;
#[path = "story/calendar.rs"]
mod calendar;
#[path = "story/clock.rs"]
mod clock;
#[path = "story/counter.rs"]
mod counter;
#[path = "story/elsewhere.rs"]
mod elsewhere;
#[path = "story/figures.rs"]
mod figures;
#[path = "story/filing.rs"]
mod filing;
#[path = "story/form.rs"]
mod form;
#[path = "story/inspection.rs"]
mod inspection;
#[path = "story/main_line.rs"]
mod main_line;
#[path = "story/papers.rs"]
mod papers;
#[path = "story/reminders.rs"]
mod reminders;
#[path = "story/results.rs"]
mod results;
#[path = "story/reuse.rs"]
mod reuse;
#[path = "story/scans.rs"]
mod scans;
#[path = "story/scene.rs"]
mod scene;
#[path = "story/sessions.rs"]
mod sessions;
#[path = "story/side_lines.rs"]
mod side_lines;
#[path = "story/signing.rs"]
mod signing_papers;
#[path = "story/steering.rs"]
mod steering;
#[path = "story/time_stamps.rs"]
mod time_stamps;
#[path = "story/tokens.rs"]
mod tokens;
#[path = "story/verify.rs"]
mod verify;
