//! Rows of the public side.

use super::Route;

/// The rows.
pub const ROUTES: &[Route] = &[];
