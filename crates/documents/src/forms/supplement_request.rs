//! Mẫu 02: phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.

use jiff::civil::Date;
use serde::Serialize;

use super::{Applicant, Letterhead, Procedure, Tracking};
use crate::formats;

/// Mẫu 02: what the dossier still lacks, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SupplementRequest {
    /// Header block.
    pub letterhead: Letterhead,
    /// Dossier code and tracking page, where the dossier already has them.
    pub tracking: Option<Tracking>,
    /// Whose dossier it is.
    pub applicant: Applicant,
    /// What is asked for.
    pub procedure: Procedure,
    /// Which request this is for the dossier: 1, 2, …
    pub ordinal: u32,
    /// What is to be added or corrected.
    pub items: Vec<SupplementItem>,
    /// Why; the law demands it.
    pub reason: String,
    /// The last day for it, where there is one.
    #[serde(serialize_with = "formats::as_optional_date")]
    pub due_on: Option<Date>,
    /// Whom to ask, and
    pub contact: String,
    /// at which telephone number.
    pub contact_phone: Option<String>,
    /// The officer who gives the guidance.
    pub guided_by: String,
}

/// One thing to be added or corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SupplementItem {
    /// The paper, or what to correct in it.
    pub content: String,
    /// How many originals.
    pub originals: u32,
    /// How many certified copies.
    pub certified_copies: u32,
    /// How many plain copies.
    pub copies: u32,
}
