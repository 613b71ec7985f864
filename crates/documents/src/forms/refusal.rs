//! Mẫu 03: phiếu từ chối tiếp nhận giải quyết hồ sơ.

use serde::Serialize;

use super::{Applicant, Letterhead, Procedure, Tracking};

/// Mẫu 03: the dossier is not taken, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Refusal {
    /// Header block.
    pub letterhead: Letterhead,
    /// Dossier code and tracking page, where the dossier already has them.
    pub tracking: Option<Tracking>,
    /// Whose dossier it is.
    pub applicant: Applicant,
    /// What was asked for.
    pub procedure: Procedure,
    /// The office that refuses, as the sentence names it.
    pub refused_by: String,
    /// Why; the law demands it.
    pub reason: String,
    /// The provision the refusal rests on.
    pub legal_basis: Option<String>,
    /// The officer at the counter.
    pub received_by: String,
}
