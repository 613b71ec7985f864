//! What each form needs to know: one file per form, and what they share.
//!
//! The structs are typed; the template receives them as JSON in which instants, dates and sums
//! are already words (see [`formats`](crate::formats)), so that a template has no arithmetic.

mod control_slip;
mod official_letter;
mod receipt;
mod refusal;
mod result_draft;
mod shared;
mod supplement_request;

pub use control_slip::{ControlSlip, HandOver, StepResult};
pub use official_letter::{Align, Block, Column, Depth, OfficialLetter, Orientation, Table};
pub use receipt::{
    Component, ComponentKind, DueExplained, Fee, Payment, Receipt, ReceiptCopy, RegisterEntry,
    ReturnChannel,
};
pub use refusal::Refusal;
pub use result_draft::{Article, ResultDraft, Signatory, SigningState};
pub use shared::{Applicant, DocumentNumber, Letterhead, Procedure, RuleProfile, Tracking};
pub use supplement_request::{SupplementItem, SupplementRequest};

use serde::Serialize;

use crate::templates::TemplateName;

/// A form with everything printed on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
#[expect(clippy::large_enum_variant, reason = "a form is made once and rendered at once")]
pub enum Form {
    /// Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu 01).
    Receipt(Receipt),
    /// Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu 02).
    SupplementRequest(SupplementRequest),
    /// Phiếu từ chối tiếp nhận giải quyết hồ sơ (Mẫu 03).
    Refusal(Refusal),
    /// Dự thảo kết quả giải quyết.
    ResultDraft(ResultDraft),
    /// Phiếu kiểm soát quá trình giải quyết hồ sơ.
    ControlSlip(ControlSlip),
    /// Văn bản hành chính không theo mẫu của thông tư.
    OfficialLetter(OfficialLetter),
}

impl Form {
    /// The template this form is set with.
    pub fn template(&self) -> TemplateName {
        match self {
            Self::Receipt(_) => TemplateName::Receipt,
            Self::SupplementRequest(_) => TemplateName::SupplementRequest,
            Self::Refusal(_) => TemplateName::Refusal,
            Self::ResultDraft(_) => TemplateName::ResultDraft,
            Self::ControlSlip(_) => TemplateName::ControlSlip,
            Self::OfficialLetter(_) => TemplateName::OfficialLetter,
        }
    }

    /// Who issues the form, under which number, where and when.
    pub fn letterhead(&self) -> &Letterhead {
        match self {
            Self::Receipt(form) => &form.letterhead,
            Self::SupplementRequest(form) => &form.letterhead,
            Self::Refusal(form) => &form.letterhead,
            Self::ResultDraft(form) => &form.letterhead,
            Self::ControlSlip(form) => &form.letterhead,
            Self::OfficialLetter(form) => &form.letterhead,
        }
    }

    /// The dossier's code and tracking page, where the form shows them.
    pub fn tracking(&self) -> Option<&Tracking> {
        match self {
            Self::Receipt(form) => Some(&form.tracking),
            Self::SupplementRequest(form) => Some(&form.tracking),
            Self::Refusal(form) => form.tracking.as_ref(),
            Self::ResultDraft(form) => form.tracking.as_ref(),
            Self::ControlSlip(form) => Some(&form.tracking),
            Self::OfficialLetter(form) => form.tracking.as_ref(),
        }
    }

    /// Which prescribed form this is under its rules; drafts of results follow none.
    pub(crate) fn prescribed_by(&self) -> Option<String> {
        let rules = self.letterhead().rules;
        let number = match self {
            Self::Receipt(_) => "01",
            Self::SupplementRequest(_) => "02",
            Self::Refusal(_) => "03",
            Self::ControlSlip(_) => rules.control_slip_number(),
            Self::ResultDraft(_) | Self::OfficialLetter(_) => return None,
        };
        Some(format!("Mẫu số {number} – {}", rules.circular()))
    }
}
