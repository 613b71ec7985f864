//! Rows of the citizen side.

use super::Route;

/// The rows.
pub const ROUTES: &[Route] = &[];
