//! The JSON API from outside: bearer tokens, problems, keys, on both databases.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

#[path = "api/desk.rs"]
mod desk;
#[path = "api/life.rs"]
mod life;
#[path = "api/problems.rs"]
mod problems;
