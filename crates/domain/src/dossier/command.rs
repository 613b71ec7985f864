//! What a person may ask for: one verb each. A command is a wish; [`super::decide`] answers with
//! facts or with a refusal.

use super::event::{
    Applicant, Channel, FileRef, Paper, ResultChannel, ResultOutcome, StopGround, SupplementItem,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A verb on a dossier. The variant names are the glossary's verbs and appear unchanged in the
/// API (`/actions/{act}`), in the permission table and in the pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Command {
    /// File a dossier (nộp hồ sơ).
    Submit(Submit),
    /// Accept it as complete: the clock starts, the code is given (tiếp nhận).
    Receive(Receive),
    /// Ask for what is missing, once and completely (yêu cầu bổ sung).
    RequestSupplement(RequestSupplement),
    /// Hand in what was asked for (bổ sung hồ sơ).
    Supplement(Supplement),
    /// Decline to receive (từ chối tiếp nhận).
    Refuse(Refuse),
    /// Hand the received dossier to the unit that works it (chuyển hồ sơ).
    Transfer,
    /// Name the officer (phân công).
    Assign(Assign),
    /// Complete an internal step, an opinion or a review (thực hiện bước).
    Work(Work),
    /// Draft the result and submit it for signature (trình kết quả).
    Propose(Propose),
    /// Return the draft to the officer with a reason (trả lại dự thảo).
    SendBack(SendBack),
    /// Sign the drafted document unchanged (ký).
    Sign(Sign),
    /// Give the result its number: the clock ends (phát hành).
    Issue(Issue),
    /// Hand the result to the applicant (trả kết quả).
    GiveBack(GiveBack),
    /// Take the application back before the result is signed (rút hồ sơ).
    Withdraw(Withdraw),
    /// Ask for what the applicant owes in money (yêu cầu nghĩa vụ tài chính).
    RequestPayment(RequestPayment),
    /// Confirm that it was paid (xác nhận đã nộp tiền).
    ConfirmPayment(ConfirmPayment),
    /// Move the due date once, with an apology (xin lỗi và hẹn lại).
    Reappoint(Reappoint),
    /// Accept the due date of a changed calendar (điều chỉnh ngày hẹn theo lịch).
    CorrectDue(CorrectDue),
    /// Stop the dossier on a ground of law (dừng giải quyết).
    Stop(Stop),
}

/// The verb alone, without its data: the unit of permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each name is documented at its Command variant")]
pub enum Act {
    Submit,
    Receive,
    RequestSupplement,
    Supplement,
    Refuse,
    Transfer,
    Assign,
    Work,
    Propose,
    SendBack,
    Sign,
    Issue,
    GiveBack,
    Withdraw,
    RequestPayment,
    ConfirmPayment,
    Reappoint,
    CorrectDue,
    Stop,
}

impl Act {
    /// Every act: the main line of a dossier's life, then what may come between.
    pub const ALL: [Act; 19] = [
        Act::Submit,
        Act::Receive,
        Act::RequestSupplement,
        Act::Supplement,
        Act::Refuse,
        Act::Transfer,
        Act::Assign,
        Act::Work,
        Act::Propose,
        Act::SendBack,
        Act::Sign,
        Act::Issue,
        Act::GiveBack,
        Act::Withdraw,
        Act::RequestPayment,
        Act::ConfirmPayment,
        Act::Reappoint,
        Act::CorrectDue,
        Act::Stop,
    ];

    /// The name in URLs, events, snapshots and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Act::Submit => "submit",
            Act::Receive => "receive",
            Act::RequestSupplement => "request_supplement",
            Act::Supplement => "supplement",
            Act::Refuse => "refuse",
            Act::Transfer => "transfer",
            Act::Assign => "assign",
            Act::Work => "work",
            Act::Propose => "propose",
            Act::SendBack => "send_back",
            Act::Sign => "sign",
            Act::Issue => "issue",
            Act::GiveBack => "give_back",
            Act::Withdraw => "withdraw",
            Act::RequestPayment => "request_payment",
            Act::ConfirmPayment => "confirm_payment",
            Act::Reappoint => "reappoint",
            Act::CorrectDue => "correct_due",
            Act::Stop => "stop",
        }
    }

    /// The act of that name, if there is one.
    #[must_use]
    pub fn named(name: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.name() == name)
    }
}

impl Command {
    /// Which verb this is.
    #[must_use]
    pub const fn act(&self) -> Act {
        match self {
            Command::Submit(_) => Act::Submit,
            Command::Receive(_) => Act::Receive,
            Command::RequestSupplement(_) => Act::RequestSupplement,
            Command::Supplement(_) => Act::Supplement,
            Command::Refuse(_) => Act::Refuse,
            Command::Transfer => Act::Transfer,
            Command::Assign(_) => Act::Assign,
            Command::Work(_) => Act::Work,
            Command::Propose(_) => Act::Propose,
            Command::SendBack(_) => Act::SendBack,
            Command::Sign(_) => Act::Sign,
            Command::Issue(_) => Act::Issue,
            Command::GiveBack(_) => Act::GiveBack,
            Command::Withdraw(_) => Act::Withdraw,
            Command::RequestPayment(_) => Act::RequestPayment,
            Command::ConfirmPayment(_) => Act::ConfirmPayment,
            Command::Reappoint(_) => Act::Reappoint,
            Command::CorrectDue(_) => Act::CorrectDue,
            Command::Stop(_) => Act::Stop,
        }
    }
}

/// Filing: everything typed and attached. Texts arrive raw; `submit.rs` parses them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Submit {
    /// The case (trường hợp) of the procedure, when it has several.
    pub case: Option<String>,
    /// The agency the dossier is addressed to (a unit id of the organisation).
    pub agency: String,
    /// How it came in.
    pub channel: Channel,
    /// Whose dossier it is.
    pub applicant: Applicant,
    /// The statutory form's fields, by field name.
    pub form: BTreeMap<String, String>,
    /// What was attached, a row for each component.
    pub papers: Vec<Paper>,
    /// Where the applicant wants the result.
    pub result_channel: ResultChannel,
}

/// Reception. An empty `papers` keeps the list as filed; the counter sends what it counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Receive {
    /// The checklist as counted by the counter; empty for "as filed".
    pub papers: Vec<Paper>,
    /// A note for colleagues.
    pub note: String,
    /// The day on which the papers came, when that was an earlier one.
    pub arrived_on: Option<Date>,
    /// Why they were not entered then.
    pub late_reason: String,
}

/// One complete request for supplements (NĐ 61/2018 Đ11.2.c: once).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RequestSupplement {
    /// What is missing or wrong, item by item.
    pub items: Vec<SupplementItem>,
    /// Why (mandatory, NĐ 63/2010 Đ18.5).
    pub reason: String,
}

/// The applicant's answer to a request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Supplement {
    /// New or replaced papers.
    pub papers: Vec<Paper>,
    /// A message to the officer.
    pub note: String,
}

/// Why a dossier is not received (NĐ 61/2018 Đ17.1.b).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it; texts in the glossary")]
pub enum RefusalGround {
    OutOfAuthority,
    NotInCatalogue,
    ConditionsMissing,
    Fraud,
    Duplicate,
    SubjectNotEligible,
    #[default]
    Other,
}

impl RefusalGround {
    /// Every ground, in the order shown on the form.
    pub const ALL: [RefusalGround; 7] = [
        RefusalGround::OutOfAuthority,
        RefusalGround::NotInCatalogue,
        RefusalGround::ConditionsMissing,
        RefusalGround::Fraud,
        RefusalGround::Duplicate,
        RefusalGround::SubjectNotEligible,
        RefusalGround::Other,
    ];

    /// The name in forms, events and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            RefusalGround::OutOfAuthority => "out_of_authority",
            RefusalGround::NotInCatalogue => "not_in_catalogue",
            RefusalGround::ConditionsMissing => "conditions_missing",
            RefusalGround::Fraud => "fraud",
            RefusalGround::Duplicate => "duplicate",
            RefusalGround::SubjectNotEligible => "subject_not_eligible",
            RefusalGround::Other => "other",
        }
    }
}

/// A refusal at reception, with its ground and the sentence the applicant reads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Refuse {
    /// The kind of reason.
    pub ground: RefusalGround,
    /// The reason in words.
    pub reason: String,
    /// The article of law it rests on.
    pub legal_basis: String,
}

/// Assignment of the officer who works the dossier.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Assign {
    /// The official's id; must be an officer of the unit.
    pub officer: String,
    /// Instructions.
    pub note: String,
}

/// Completion of one open task of kind work, consult or review.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Work {
    /// The task's number within the dossier; `None` takes the only open one.
    pub task: Option<u32>,
    /// The step to go on with, where the process asks to choose one way.
    pub way: Option<u32>,
    /// What was done, found or answered.
    pub note: String,
}

/// The drafted result.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Propose {
    /// Granted, or refused after appraisal (which is a result too, NĐ 61/2018 Đ19.8).
    pub outcome: ResultOutcome,
    /// The document's title.
    pub title: String,
    /// Its text, paragraphs separated by newlines.
    pub body: String,
    /// The submission note to the leader (tờ trình).
    pub note: String,
}

/// A draft returned for rework.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SendBack {
    /// What must change (mandatory).
    pub reason: String,
}

/// A signature on the draft the leader saw.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sign {
    /// Number of the draft that was read; a newer draft refuses the signature. `None`: the
    /// current one.
    pub draft: Option<u32>,
    /// The signed file, where the signature is an electronic one. The office makes it and puts it
    /// here: nobody hands it in.
    #[serde(skip)]
    pub paper: Option<FileRef>,
}

/// Number and seal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Issue {
    /// The sealed file, where the seal is an electronic one; from the office, as the signed one.
    #[serde(skip)]
    pub sealed: Option<Sealed>,
}

/// A result with the agency's seal, which shows its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The file.
    pub paper: FileRef,
    /// The number on it: another one may not be drawn.
    pub number: u32,
}

/// Hand-over of the result.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GiveBack {
    /// Who took it; empty for the applicant in person.
    pub recipient: String,
    /// A note (authorisation paper, post number).
    pub note: String,
}

/// The applicant takes the application back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Withdraw {
    /// In the applicant's words.
    pub reason: String,
}

/// A payment the applicant owes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RequestPayment {
    /// What is to be paid for, in the applicant's words.
    pub what: String,
    /// How much, in đồng.
    pub amount_vnd: u64,
    /// The article or resolution that sets it.
    pub legal_basis: String,
    /// Working days to pay, where a law sets a limit.
    pub within_days: Option<u32>,
}

/// The payment arrived.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConfirmPayment {
    /// Number of the receipt of the payment.
    pub receipt_number: String,
    /// A note.
    pub note: String,
}

/// An apology and a later due date. The date is counted, never typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reappoint {
    /// Why the promise is not kept: the applicant reads it.
    pub reason: String,
    /// How many working days later.
    pub working_days: u32,
}

/// Acceptance of the due date that the present calendar gives. The date is counted, never typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CorrectDue {
    /// Number of the decision.
    pub decision: String,
}

/// A stop by the head of the agency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stop {
    /// The kind of reason.
    pub ground: StopGround,
    /// The reason in words.
    pub reason: String,
    /// The article of law it rests on.
    pub legal_basis: String,
}
