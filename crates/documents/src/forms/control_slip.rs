//! Phiếu kiểm soát quá trình giải quyết hồ sơ (Mẫu 05 of 2018, Mẫu 06 of 2025).

use jiff::Timestamp;
use serde::Serialize;

use super::{Letterhead, Procedure, Tracking};
use crate::formats;

/// Who handed the dossier to whom, when, and whether each step was in time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ControlSlip {
    /// Header block.
    pub letterhead: Letterhead,
    /// Dossier code and tracking page.
    pub tracking: Tracking,
    /// The unit that settles the dossier.
    pub settling_unit: String,
    /// The units that take part.
    pub coordinating_units: Vec<String>,
    /// Whose dossier it is.
    pub applicant_name: String,
    /// What is asked for.
    pub procedure: Procedure,
    /// When the dossier was received.
    #[serde(serialize_with = "formats::as_moment")]
    pub received_at: Timestamp,
    /// When the result is due.
    #[serde(serialize_with = "formats::as_moment")]
    pub due_at: Timestamp,
    /// The hand-overs, oldest first.
    pub hand_overs: Vec<HandOver>,
}

/// The dossier goes from one unit to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandOver {
    /// The unit that hands over, and
    pub from_unit: String,
    /// who does it there.
    pub from_person: Option<String>,
    /// The unit that takes over, and
    pub to_unit: String,
    /// who does it there.
    pub to_person: Option<String>,
    /// When.
    #[serde(serialize_with = "formats::as_moment")]
    pub at: Timestamp,
    /// Until when the step just begun should be finished.
    #[serde(serialize_with = "formats::as_optional_moment")]
    pub step_due_at: Option<Timestamp>,
    /// Whether the step just finished was in time.
    pub result: Option<StepResult>,
    /// How many paper documents went along.
    pub paper_documents: u32,
    /// A remark, such as the reason for lateness.
    pub note: Option<String>,
}

/// Whether a step was in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum StepResult {
    /// Before it was due.
    #[serde(rename = "Trước hạn")]
    Early,
    /// When it was due.
    #[serde(rename = "Đúng hạn")]
    OnTime,
    /// After it was due.
    #[serde(rename = "Quá hạn")]
    Late,
}
