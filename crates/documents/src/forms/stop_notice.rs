//! Notice that a dossier is stopped (Mẫu 05 of 2025; the forms of 2018 have none).

use jiff::Timestamp;
use serde::Serialize;

use super::{Applicant, Letterhead, Procedure, Signatory, Tracking};
use crate::formats;

/// The dossier is not settled any further, and on which ground.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StopNotice {
    /// Header block.
    pub letterhead: Letterhead,
    /// Dossier code and tracking page, where the dossier already has them.
    pub tracking: Option<Tracking>,
    /// To whom it goes.
    pub applicant: Applicant,
    /// What was asked for.
    pub procedure: Procedure,
    /// The agency that stops, as the sentences name it.
    pub agency: String,
    /// When the dossier was received.
    #[serde(serialize_with = "formats::as_optional_moment")]
    pub received_at: Option<Timestamp>,
    /// When the result was promised.
    #[serde(serialize_with = "formats::as_optional_moment")]
    pub due_at: Option<Timestamp>,
    /// When it was stopped.
    #[serde(serialize_with = "formats::as_moment")]
    pub stopped_at: Timestamp,
    /// On which ground.
    pub ground: StopCause,
    /// Why, in this case.
    pub reason: String,
    /// The provision it rests on.
    pub legal_basis: Option<String>,
    /// The papers that go back to the applicant.
    pub papers_returned: Vec<String>,
    /// Where to file again, and whom to ask.
    pub contact: String,
    /// `Nơi nhận`, one line each, without punctuation.
    pub recipients: Vec<String>,
    /// The head of the agency.
    pub signatory: Signatory,
}

/// On which ground a dossier is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum StopCause {
    /// The applicant asked for it.
    #[serde(rename = "Theo đề nghị của người nộp hồ sơ")]
    Withdrawn,
    /// What was asked for was not supplemented in time.
    #[serde(rename = "Quá thời hạn bổ sung, hoàn thiện hồ sơ")]
    SupplementOverdue,
    /// A financial duty was not fulfilled in time.
    #[serde(rename = "Quá thời hạn thực hiện nghĩa vụ tài chính")]
    PaymentOverdue,
    /// A special law says so.
    #[serde(rename = "Theo quy định của pháp luật chuyên ngành")]
    SpecialLaw,
}
