//! Phiếu đánh giá: handed out with Mẫu 01, 02 and 03 (TT 01/2018 Đ12.2).

use serde::Serialize;

use super::{Letterhead, Procedure, Tracking};

/// Asks the applicant how they were served. The questions stand in the template: the circular
/// leaves them to the province.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RatingSlip {
    /// Header block.
    pub letterhead: Letterhead,
    /// Dossier code and tracking page, where the dossier already has them.
    pub tracking: Option<Tracking>,
    /// What was asked for.
    pub procedure: Procedure,
    /// Who is judged: the counter, and
    pub reception_point: String,
    /// the agency that decides.
    pub agency: String,
    /// Where the slip can be filled in on a screen.
    pub evaluation_url: Option<String>,
}
