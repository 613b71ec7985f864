//! What facts say of results: what was granted, and what of it is used again.

use crate::time::Instant;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A granted paper, as the catalogue described it on the day of issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantedPaper {
    /// The kind's id in the catalogue.
    pub kind: String,
    /// The last day on which it is valid; `None` where the catalogue does not know one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
}

/// A result that stands in the place of a paper: what an office has issued it does not ask for
/// again (NĐ 61/2018 Đ4, NĐ 107/2021 [m]). A wish names code and consent; the rest is looked up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reused {
    /// Its code.
    pub code: String,
    /// Its owner agreed: by a tick of their own, or before the clerk whose hand the fact names.
    pub consent: bool,
    /// The dossier that it ended.
    pub dossier: String,
    /// The kind of paper, an id of the catalogue.
    pub kind: String,
    /// The agency that issued it (a unit id).
    pub agency: String,
    /// When it was issued.
    pub issued_at: Option<Instant>,
}
