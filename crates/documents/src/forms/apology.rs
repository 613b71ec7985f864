//! Mẫu 04: an apology and a new date.

use jiff::Timestamp;
use serde::Serialize;

use super::{Applicant, Letterhead, Procedure, Signatory, Tracking};
use crate::formats;

/// Mẫu 04: the result will not be there in time. The forms of 2018 call it `phiếu xin lỗi và hẹn
/// lại ngày trả kết quả`, those of 2025 `văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Apology {
    /// Header block.
    pub letterhead: Letterhead,
    /// Dossier code and tracking page.
    pub tracking: Tracking,
    /// To whom it goes.
    pub applicant: Applicant,
    /// What is asked for.
    pub procedure: Procedure,
    /// The agency that apologises, as the sentences name it.
    pub agency: String,
    /// When the dossier was received.
    #[serde(serialize_with = "formats::as_moment")]
    pub received_at: Timestamp,
    /// The promise that will not be kept.
    #[serde(serialize_with = "formats::as_moment")]
    pub old_due_at: Timestamp,
    /// The new one.
    #[serde(serialize_with = "formats::as_moment")]
    pub due_at: Timestamp,
    /// Why; the law demands it.
    pub reason: String,
    /// `Nơi nhận`, one line each, without punctuation.
    pub recipients: Vec<String>,
    /// The head of the agency.
    pub signatory: Signatory,
}
