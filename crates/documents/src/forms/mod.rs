//! What each form needs to know: one file per form, and what they share.
//!
//! The structs are typed; the template receives them as JSON in which instants, dates and sums
//! are already words (see [`formats`](crate::formats)), so that a template has no arithmetic.

mod apology;
mod control_slip;
mod official_letter;
mod postal_hand_over;
mod rating_slip;
mod receipt;
mod refusal;
mod register;
mod result_draft;
mod result_letter;
mod shared;
mod stop_notice;
mod supplement_request;

pub use apology::Apology;
pub use control_slip::{ControlSlip, HandOver, StepResult};
pub use official_letter::{Align, Block, Column, Depth, OfficialLetter, Orientation, Table};
pub use postal_hand_over::{PostalHandOver, PostalItem};
pub use rating_slip::RatingSlip;
pub use receipt::{
    Component, ComponentKind, DueExplained, Fee, LedgerProof, Payment, Receipt, ReceiptCopy,
    RegisterEntry, ReturnChannel,
};
pub use refusal::Refusal;
pub use register::{Register, RegisterClosing, RegisterLine, RegisterTotals};
pub use result_draft::{Article, ResultDraft, Signatory, SigningState};
pub use result_letter::{Outcome, ResultLetter};
pub use shared::{Applicant, DocumentNumber, Letterhead, Procedure, RuleProfile, Tracking};
pub use stop_notice::{StopCause, StopNotice};
pub use supplement_request::{SupplementItem, SupplementRequest};

use serde::Serialize;

use crate::templates::TemplateName;

/// A form with everything printed on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Form {
    /// Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu 01).
    Receipt(Receipt),
    /// Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu 02).
    SupplementRequest(SupplementRequest),
    /// Phiếu từ chối tiếp nhận giải quyết hồ sơ (Mẫu 03).
    Refusal(Refusal),
    /// Phiếu xin lỗi và hẹn lại ngày trả kết quả; văn bản xin lỗi và đề nghị gia hạn (Mẫu 04).
    Apology(Apology),
    /// Thông báo dừng giải quyết hồ sơ (Mẫu 05 of 2025).
    StopNotice(StopNotice),
    /// Phiếu kiểm soát quá trình giải quyết hồ sơ (Mẫu 05 of 2018, Mẫu 06 of 2025).
    ControlSlip(ControlSlip),
    /// Sổ theo dõi hồ sơ (Mẫu 06 of 2018, Mẫu 07 of 2025).
    Register(Register),
    /// Biên bản bàn giao cho dịch vụ bưu chính công ích.
    PostalHandOver(PostalHandOver),
    /// Phiếu đánh giá.
    RatingSlip(RatingSlip),
    /// Dự thảo kết quả giải quyết, or its final text.
    ResultDraft(ResultDraft),
    /// Thông báo trả kết quả.
    ResultLetter(ResultLetter),
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
            Self::Apology(_) => TemplateName::Apology,
            Self::StopNotice(_) => TemplateName::StopNotice,
            Self::ControlSlip(_) => TemplateName::ControlSlip,
            Self::Register(_) => TemplateName::Register,
            Self::PostalHandOver(_) => TemplateName::PostalHandOver,
            Self::RatingSlip(_) => TemplateName::RatingSlip,
            Self::ResultDraft(_) => TemplateName::ResultDraft,
            Self::ResultLetter(_) => TemplateName::ResultLetter,
            Self::OfficialLetter(_) => TemplateName::OfficialLetter,
        }
    }

    /// Who issues the form, under which number, where and when.
    pub fn letterhead(&self) -> &Letterhead {
        match self {
            Self::Receipt(form) => &form.letterhead,
            Self::SupplementRequest(form) => &form.letterhead,
            Self::Refusal(form) => &form.letterhead,
            Self::Apology(form) => &form.letterhead,
            Self::StopNotice(form) => &form.letterhead,
            Self::ControlSlip(form) => &form.letterhead,
            Self::Register(form) => &form.letterhead,
            Self::PostalHandOver(form) => &form.letterhead,
            Self::RatingSlip(form) => &form.letterhead,
            Self::ResultDraft(form) => &form.letterhead,
            Self::ResultLetter(form) => &form.letterhead,
            Self::OfficialLetter(form) => &form.letterhead,
        }
    }

    /// The same, to change the rules or the number of a sample.
    pub fn letterhead_mut(&mut self) -> &mut Letterhead {
        match self {
            Self::Receipt(form) => &mut form.letterhead,
            Self::SupplementRequest(form) => &mut form.letterhead,
            Self::Refusal(form) => &mut form.letterhead,
            Self::Apology(form) => &mut form.letterhead,
            Self::StopNotice(form) => &mut form.letterhead,
            Self::ControlSlip(form) => &mut form.letterhead,
            Self::Register(form) => &mut form.letterhead,
            Self::PostalHandOver(form) => &mut form.letterhead,
            Self::RatingSlip(form) => &mut form.letterhead,
            Self::ResultDraft(form) => &mut form.letterhead,
            Self::ResultLetter(form) => &mut form.letterhead,
            Self::OfficialLetter(form) => &mut form.letterhead,
        }
    }

    /// The proof that the log holds what the form tells of, where the form carries one.
    pub(crate) fn proof(&self) -> Option<&LedgerProof> {
        match self {
            Self::Receipt(form) => form.proof.as_ref(),
            Self::SupplementRequest(_)
            | Self::Refusal(_)
            | Self::Apology(_)
            | Self::StopNotice(_)
            | Self::ControlSlip(_)
            | Self::RatingSlip(_)
            | Self::ResultDraft(_)
            | Self::ResultLetter(_)
            | Self::OfficialLetter(_)
            | Self::Register(_)
            | Self::PostalHandOver(_) => None,
        }
    }

    /// The dossier's code and tracking page, where the form shows them.
    pub fn tracking(&self) -> Option<&Tracking> {
        match self {
            Self::Receipt(form) => Some(&form.tracking),
            Self::SupplementRequest(form) => form.tracking.as_ref(),
            Self::Refusal(form) => form.tracking.as_ref(),
            Self::Apology(form) => Some(&form.tracking),
            Self::StopNotice(form) => form.tracking.as_ref(),
            Self::ControlSlip(form) => Some(&form.tracking),
            Self::RatingSlip(form) => form.tracking.as_ref(),
            Self::ResultDraft(form) => form.tracking.as_ref(),
            Self::ResultLetter(form) => Some(&form.tracking),
            Self::OfficialLetter(form) => form.tracking.as_ref(),
            Self::Register(_) | Self::PostalHandOver(_) => None,
        }
    }

    /// Which prescribed form this is under its rules, such as `Mẫu số 04 – Thông tư số …`;
    /// results, letters and slips of our own follow none.
    pub fn prescribed_by(&self) -> Option<String> {
        let rules = self.letterhead().rules;
        let number = match self {
            Self::Receipt(_) => "01",
            Self::SupplementRequest(_) => "02",
            Self::Refusal(_) => "03",
            Self::Apology(_) => "04",
            Self::StopNotice(_) => rules.stop_notice_number()?,
            Self::ControlSlip(_) => rules.control_slip_number(),
            Self::Register(_) => rules.register_number(),
            Self::PostalHandOver(_)
            | Self::RatingSlip(_)
            | Self::ResultDraft(_)
            | Self::ResultLetter(_)
            | Self::OfficialLetter(_) => return None,
        };
        Some(format!("Mẫu số {number} – {}", rules.circular()))
    }

    /// Is it usually longer than a page? Only a guess that saves laying it out again: a page that
    /// asks for its own number makes typst lay everything out twice.
    pub(crate) fn seems_long(&self) -> bool {
        match self {
            Self::Receipt(form) => !form.due_explained.is_empty(),
            Self::ControlSlip(form) => form.hand_overs.len() > 3,
            Self::PostalHandOver(form) => form.items.len() > 20,
            Self::Register(_) => true,
            Self::OfficialLetter(form) => form.body.len() > 8,
            Self::SupplementRequest(_)
            | Self::Refusal(_)
            | Self::Apology(_)
            | Self::StopNotice(_)
            | Self::RatingSlip(_)
            | Self::ResultDraft(_)
            | Self::ResultLetter(_) => false,
        }
    }
}
