//! Rows of the staff side.

use super::Route;

/// The rows.
pub const ROUTES: &[Route] = &[];
