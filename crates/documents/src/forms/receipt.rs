//! Mẫu 01: giấy tiếp nhận hồ sơ và hẹn trả kết quả.

use jiff::Timestamp;
use serde::Serialize;

use super::{Applicant, Letterhead, Procedure, Tracking};
use crate::formats;

/// Mẫu 01: the dossier is received, and this is when its result will be ready.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Receipt {
    /// Header block.
    pub letterhead: Letterhead,
    /// Dossier code and tracking page.
    pub tracking: Tracking,
    /// The short secret that opens the tracking page.
    pub lookup_secret: Option<String>,
    /// Which of the two copies this is.
    pub copy: ReceiptCopy,
    /// The counter that received the dossier.
    pub reception_point: String,
    /// Whose dossier it is.
    pub applicant: Applicant,
    /// What is asked for.
    pub procedure: Procedure,
    /// The papers handed in; papers not handed in are not listed.
    pub components: Vec<Component>,
    /// How many sets of the dossier were handed in.
    pub sets: u32,
    /// The time promised, such as `15 ngày làm việc`.
    pub time_promised: String,
    /// The time the law allows, where it is longer than the time promised.
    pub time_by_law: Option<String>,
    /// When the dossier was received.
    #[serde(serialize_with = "formats::as_moment")]
    pub received_at: Timestamp,
    /// When the result will be ready.
    #[serde(serialize_with = "formats::as_moment")]
    pub due_at: Timestamp,
    /// Where the applicant wants the result.
    pub return_channel: ReturnChannel,
    /// Fees and charges, if any.
    pub fees: Vec<Fee>,
    /// The line in the register.
    pub register: Option<RegisterEntry>,
    /// The officer at the counter.
    pub received_by: String,
    /// The telephone number for questions and complaints.
    pub hotline: Option<String>,
    /// Where the service can be rated.
    pub evaluation_url: Option<String>,
    /// How the due dates were found; printed on a page of its own unless empty.
    pub due_explained: Vec<DueExplained>,
    /// That the log holds the reception. Not among the texts that are cleaned for print: the proof
    /// is taken along as it is.
    #[serde(skip)]
    pub proof: Option<LedgerProof>,
}

/// That the log of the house holds the fact a paper tells of. PDF/A-2 takes no such file along, so
/// the paper is PDF/A-3a + PDF/UA-1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerProof {
    /// The fact's index in the log, counting from 0; printed.
    pub index: u64,
    /// Its leaf hash, hexadecimal; printed.
    pub leaf: String,
    /// The proof as C2SP tlog-proof; attached to the file.
    pub text: String,
}

/// How one due date was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DueExplained {
    /// Which due date it is, such as `Ngày hẹn trả`.
    pub title: String,
    /// When.
    #[serde(serialize_with = "formats::as_moment")]
    pub at: Timestamp,
    /// Why, line by line.
    pub lines: Vec<String>,
}

/// Which of the two copies of a receipt this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum ReceiptCopy {
    /// The copy the applicant takes home.
    #[serde(rename = "Liên: Giao người nộp hồ sơ")]
    Applicant,
    /// The copy the office keeps.
    #[serde(rename = "Liên: Lưu")]
    Office,
    /// One file serves as both.
    #[serde(rename = "Liên: Lưu / Giao người nộp hồ sơ")]
    Both,
}

/// A paper of the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Component {
    /// Its name.
    pub name: String,
    /// In which form it was handed in.
    pub kind: ComponentKind,
    /// How many.
    pub count: u32,
}

/// In which form a paper was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum ComponentKind {
    /// The original.
    #[serde(rename = "Bản chính")]
    Original,
    /// A certified copy.
    #[serde(rename = "Bản sao chứng thực")]
    CertifiedCopy,
    /// A plain copy.
    #[serde(rename = "Bản sao")]
    Copy,
    /// An electronic document.
    #[serde(rename = "Bản điện tử")]
    Electronic,
}

/// Where the applicant wants the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum ReturnChannel {
    /// At a counter.
    Counter {
        /// Which counter.
        place: String,
    },
    /// By public postal service.
    Post {
        /// To which address.
        address: String,
    },
    /// On the portal.
    Online {
        /// Which portal.
        portal: String,
    },
}

/// A fee or charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fee {
    /// What it is for.
    pub name: String,
    /// How much, in đồng.
    #[serde(serialize_with = "formats::as_dong")]
    pub amount: u64,
    /// Whether it is paid.
    pub payment: Payment,
}

/// Whether a fee is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Payment {
    /// Not yet.
    Unpaid,
    /// Paid.
    Paid {
        /// The number of the payment receipt.
        receipt_number: Option<String>,
    },
}

/// A line in the register of dossiers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegisterEntry {
    /// The volume.
    pub volume: String,
    /// The running number.
    pub ordinal: u32,
}
