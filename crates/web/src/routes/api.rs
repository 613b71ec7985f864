//! Rows of the api side.

use super::Route;

/// The rows.
pub const ROUTES: &[Route] = &[];
