//! The story through the real router, on both databases, as people do it: pages read, forms filled
//! in and sent, redirects followed.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

#[path = "main_story/bad_input.rs"]
mod bad_input;
#[path = "main_story/browser.rs"]
mod browser;
#[path = "main_story/house.rs"]
mod house;
#[path = "main_story/main_line.rs"]
mod main_line;
#[path = "main_story/side_lines.rs"]
mod side_lines;
