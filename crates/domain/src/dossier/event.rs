//! The facts: past tense, stored for ever, add-only. A shape once written has a golden file under
//! `tests/golden/` that must still load; new fields come with a serde default.

mod promise;
mod result;

pub use promise::{
    DueCorrected, DueDate, LateEntry, PaymentConfirmed, PaymentRequested, Reappointed, Received,
    StopGround, Stopped, SupplementItem, SupplementRequested, SupplementStage,
};

pub use result::{GrantedPaper, Reused};

use crate::organisation::Position;
use crate::process::StepKind;
use crate::rules::Silence;
use crate::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A fact as stored: what happened, when, by whose hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// When the act was decided, UTC, milliseconds.
    pub at: Instant,
    /// Who acted.
    pub by: By,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// The hand behind a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum By {
    /// The applicant, by their account.
    Applicant {
        /// Account id.
        account: String,
    },
    /// An official in a position.
    Official {
        /// Official's id in the organisation.
        id: String,
        /// Name at the time of the act.
        name: String,
        /// Agency or one-stop.
        unit: String,
    },
    /// The system itself (automatic transfer of online dossiers).
    System,
}

/// What can happen to a dossier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each variant is documented at its data")]
pub enum Event {
    Submitted(Arc<Submitted>),
    Received(Received),
    SupplementRequested(SupplementRequested),
    Supplemented(Supplemented),
    NotAccepted(NotAccepted),
    Transferred(Transferred),
    Assigned(Assigned),
    StepCompleted(StepCompleted),
    Proposed(Proposed),
    SentBack(SentBack),
    Signed(Signed),
    Issued(Issued),
    Returned(Returned),
    Withdrawn(Withdrawn),
    PaymentRequested(PaymentRequested),
    PaymentConfirmed(PaymentConfirmed),
    Reappointed(Reappointed),
    DueCorrected(DueCorrected),
    Stopped(Stopped),
}

impl Event {
    /// The name in the log, the timeline and translation keys.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Event::Submitted(_) => "submitted",
            Event::Received(_) => "received",
            Event::SupplementRequested(_) => "supplement_requested",
            Event::Supplemented(_) => "supplemented",
            Event::NotAccepted(_) => "not_accepted",
            Event::Transferred(_) => "transferred",
            Event::Assigned(_) => "assigned",
            Event::StepCompleted(_) => "step_completed",
            Event::Proposed(_) => "proposed",
            Event::SentBack(_) => "sent_back",
            Event::Signed(_) => "signed",
            Event::Issued(_) => "issued",
            Event::Returned(_) => "returned",
            Event::Withdrawn(_) => "withdrawn",
            Event::PaymentRequested(_) => "payment_requested",
            Event::PaymentConfirmed(_) => "payment_confirmed",
            Event::Reappointed(_) => "reappointed",
            Event::DueCorrected(_) => "due_corrected",
            Event::Stopped(_) => "stopped",
        }
    }
}

/// How a dossier came in (NĐ 61/2018 Đ15: three ways).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Channel {
    #[default]
    Online,
    Counter,
    Post,
}

impl Channel {
    /// The name in forms, events and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Channel::Online => "online",
            Channel::Counter => "counter",
            Channel::Post => "post",
        }
    }
}

/// Where the result goes (Mẫu 01, line 6).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ResultChannel {
    #[default]
    Online,
    Counter,
    Post,
}

impl ResultChannel {
    /// The name in forms, events and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ResultChannel::Online => "online",
            ResultChannel::Counter => "counter",
            ResultChannel::Post => "post",
        }
    }
}

/// Whose dossier it is. All texts are parsed and normalised (NFC) before they become a fact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Applicant {
    /// Full name of the person or organisation.
    pub name: String,
    /// 12-digit personal number, for persons.
    pub personal_number: Option<String>,
    /// Tax code, for organisations.
    pub tax_code: Option<String>,
    /// Telephone, stored `+84…`.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address: commune and province, free line before them.
    pub address: String,
    /// The person who handed it in, when not the applicant.
    pub filed_by: Option<String>,
}

impl Applicant {
    /// The number by which the law tells this person or organisation from all others; empty where
    /// none was given.
    #[must_use]
    pub fn identity(&self) -> &str {
        self.personal_number.as_ref().or(self.tax_code.as_ref()).map_or("", String::as_str)
    }
}

/// One component as handed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Paper {
    /// Component id of the procedure version.
    pub component: String,
    /// `original`, `certified_copy`, `plain_copy`, `electronic_copy`, `electronic_form`,
    /// `data_lookup`, `reused_result`.
    pub kind: String,
    /// How many.
    pub count: u32,
    /// The uploaded file, if any.
    pub file: Option<FileRef>,
    /// What the counter scanned, when the file is its scan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scan: Option<Scan>,
    /// The result that stands in its place; a file beside it brings what the result lacks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reused: Option<Reused>,
}

/// A paper that was scanned at reception (TT 01/2023 [m]); of which kind it was says the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// Pages of the file, where they can be counted.
    pub pages: Option<u32>,
    /// The file says that it is PDF/A.
    pub archival: bool,
    /// It carries an electronic signature, such as that of the officer who took it in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub signed: bool,
}

/// A file in the content-addressed store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// SHA-256, hexadecimal.
    pub hash: String,
    /// Name as given by the applicant.
    pub name: String,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Type by content, not by name.
    pub media_type: String,
}

/// A task opened by a fact: a step of the internal process, frozen at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskOpened {
    /// Running number within the dossier, from 1.
    pub no: u32,
    /// Step number of the process; 0 for reception tasks before a process runs.
    pub step: u32,
    /// What kind of act closes it.
    pub kind: StepKind,
    /// The step's name.
    pub name: String,
    /// The unit or division that holds it.
    pub place: String,
    /// The position in that place.
    pub position: Position,
    /// The official who holds it, when known.
    pub officer: Option<String>,
    /// Until when, by the working calendar.
    pub due_at: Option<Instant>,
    /// For consultations: the clock of the agency that is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consultation: Option<Consultation>,
}

/// The clock of a consulted agency; that of the dossier runs on meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// Until when the answer is owed.
    pub answer_by: Instant,
    /// What it means when none comes.
    pub silence: Silence,
}

/// Which tasks a fact closes and opens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Moves {
    /// Task numbers closed.
    pub closes: Vec<u32>,
    /// Tasks opened.
    pub opens: Vec<TaskOpened>,
}

/// Filed (nộp). Starts the eight-working-hour reception clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct Submitted {
    pub procedure: String,
    pub case: Option<String>,
    pub time_class: Option<String>,
    pub agency: String,
    pub one_stop: String,
    pub channel: Channel,
    pub account: Option<String>,
    pub applicant: Applicant,
    pub form: BTreeMap<String, String>,
    pub papers: Vec<Paper>,
    pub result_channel: ResultChannel,
    pub moves: Moves,
}

/// The applicant answered: the one-stop checks again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct Supplemented {
    pub papers: Vec<Paper>,
    pub note: String,
    pub moves: Moves,
}

/// Not received (Mẫu 03).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct NotAccepted {
    pub ground: super::command::RefusalGround,
    pub reason: String,
    pub legal_basis: String,
    pub moves: Moves,
}

/// Handed to the unit (NĐ 61/2018 Đ18).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct Transferred {
    pub to: String,
    pub moves: Moves,
}

/// Assigned to an officer (NĐ 61/2018 Đ19.1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct Assigned {
    pub officer: String,
    pub officer_name: String,
    pub note: String,
    pub moves: Moves,
}

/// A work, consultation or review step done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct StepCompleted {
    pub task: u32,
    pub step: u32,
    pub name: String,
    pub note: String,
    /// A consulted agency did not answer in time, and its silence is consent by law.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deemed_consent: bool,
    pub moves: Moves,
}

/// Granted or refused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ResultOutcome {
    #[default]
    Granted,
    Refused,
}

impl ResultOutcome {
    /// The name in forms, events and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ResultOutcome::Granted => "granted",
            ResultOutcome::Refused => "refused",
        }
    }
}

/// A draft of the result was submitted for signature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct Proposed {
    /// 1 for the first draft; a reworked draft counts on.
    pub draft: u32,
    pub outcome: ResultOutcome,
    pub title: String,
    pub body: String,
    pub note: String,
    pub moves: Moves,
}

/// The draft went back to the officer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct SentBack {
    pub draft: u32,
    pub reason: String,
    pub moves: Moves,
}

/// A leader signed draft number `draft`, unchanged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct Signed {
    pub draft: u32,
    pub title: String,
    /// The file with the electronic signature; nothing where the paper is signed by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileRef>,
    pub moves: Moves,
}

/// Numbered and stamped: the clock ends (national status 9).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct Issued {
    /// Order in the agency's book of results of the year, from 1.
    pub number: u32,
    /// The book: agency and year.
    pub book: String,
    pub outcome: ResultOutcome,
    /// What was granted, where the catalogue of that day knew its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<GrantedPaper>,
    /// The signed file with the agency's electronic seal; nothing where it is stamped by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileRef>,
    pub moves: Moves,
}

/// The applicant has the result (national status 10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct Returned {
    pub recipient: String,
    pub channel: ResultChannel,
    pub note: String,
    pub moves: Moves,
}

/// Taken back by the applicant (national status 7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct Withdrawn {
    pub reason: String,
    pub moves: Moves,
}

/// A promise that moves leaves the tasks where they are.
static NO_MOVES: Moves = Moves { closes: Vec::new(), opens: Vec::new() };

impl Event {
    /// Which tasks the fact closes and opens.
    #[must_use]
    pub fn moves(&self) -> &Moves {
        match self {
            Event::Submitted(fact) => &fact.moves,
            Event::Received(fact) => &fact.moves,
            Event::SupplementRequested(fact) => &fact.moves,
            Event::Supplemented(fact) => &fact.moves,
            Event::NotAccepted(fact) => &fact.moves,
            Event::Transferred(fact) => &fact.moves,
            Event::Assigned(fact) => &fact.moves,
            Event::StepCompleted(fact) => &fact.moves,
            Event::Proposed(fact) => &fact.moves,
            Event::SentBack(fact) => &fact.moves,
            Event::Signed(fact) => &fact.moves,
            Event::Issued(fact) => &fact.moves,
            Event::Returned(fact) => &fact.moves,
            Event::Withdrawn(fact) => &fact.moves,
            Event::PaymentRequested(fact) => &fact.moves,
            Event::PaymentConfirmed(fact) => &fact.moves,
            Event::Reappointed(_) | Event::DueCorrected(_) => &NO_MOVES,
            Event::Stopped(fact) => &fact.moves,
        }
    }
}
