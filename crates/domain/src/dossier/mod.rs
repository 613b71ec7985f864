//! A dossier (hồ sơ) is the list of facts that happened to it.
//!
//! * [`command`] — what a person may ask for: the verbs.
//! * [`event`] — what happened: the facts, stored, add-only.
//! * [`decide`] — the table of contents: one arm per verb; each verb has a file with its rule, its
//!   refusals and the article of law.
//! * [`evolve`](Dossier::evolve) — folds a fact into the state; never fails.
//! * [`effects`] — what must follow a fact, after commit.
//! * [`reminder`] — what somebody should be reminded of now.
//! * [`timeline`] — what each side may read of the course.

pub mod clock;
pub mod command;
mod context;
mod decide;
mod effects;
pub mod event;
mod evolve;
pub(crate) mod refusal;
pub mod reminder;
mod tasks;
pub mod timeline;

mod assign;
mod confirm_payment;
mod correct_due;
mod give_back;
mod issue;
mod propose;
mod reappoint;
mod receive;
mod refuse;
mod request_payment;
mod request_supplement;
mod reuse;
mod send_back;
mod sign;
mod stop;
mod submit;
mod supplement;
mod transfer;
mod withdraw;
mod work;

pub use command::{Act, Command};
pub use context::{Actor, Context};
pub use decide::{Book, Decision, decide};
pub use effects::{Audience, Effect, effects};
pub use event::{By, Event, Fact};
pub use issue::result_book;
pub use refusal::{Problem, Reason, Refusal};
pub use stop::proposed as proposed_stop;

use crate::organisation::Position;
use crate::process::StepKind;
use crate::rules::Rules;
use crate::text::ResultCode;
use crate::time::Instant;
use event::{
    DueDate, GrantedPaper, Paper, ResultOutcome, Submitted, SupplementItem, SupplementStage,
    TaskOpened,
};
use serde::Serialize;
use std::sync::Arc;

/// The state of one dossier: a pure fold of its facts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dossier {
    /// Number of facts folded in: the expected version of the next append.
    pub version: u32,
    /// What was filed; `papers` below supersede its papers.
    pub submitted: Arc<Submitted>,
    /// When it was filed.
    pub submitted_at: Instant,
    /// The dossier code, from the first reception.
    pub code: Option<String>,
    /// Rule profile id, frozen at reception.
    pub profile: Option<String>,
    /// The rules it runs by, frozen at reception.
    pub rules: Option<Rules>,
    /// Internal process id, frozen at reception.
    pub process: Option<String>,
    /// When it last changed: the instant of the last fact.
    pub changed_at: Instant,
    /// Where it stands.
    pub stage: Stage,
    /// The promise and its history.
    pub clock: ClockState,
    /// Papers as last counted.
    pub papers: Vec<Paper>,
    /// All tasks, open and closed, by number.
    pub tasks: Vec<Task>,
    /// The officer who works it.
    pub officer: Option<Officer>,
    /// Supplement requests so far, oldest first.
    pub supplements: Vec<SupplementCycle>,
    /// Payments asked for so far, oldest first.
    pub payments: Vec<Payment>,
    /// The latest draft of the result.
    pub draft: Option<Draft>,
    /// The result's number once issued, `{number}/{book}`.
    pub result_number: Option<String>,
    /// The result once issued, as the register of results keeps it.
    pub result: Option<IssuedResult>,
}

/// An issued result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IssuedResult {
    /// Its code in the register.
    pub code: ResultCode,
    /// What was granted, where its kind is known.
    pub paper: Option<GrantedPaper>,
    /// When it was issued.
    pub at: Instant,
}

/// Where a dossier stands; each stage carries what only it has.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the glossary's")]
pub enum Stage {
    /// Filed, waiting for the one-stop's check.
    Submitted,
    /// The applicant owes papers; `reopen` are the tasks that go on afterwards.
    AwaitingSupplement {
        at: SupplementStage,
        reopen: Vec<TaskOpened>,
    },
    /// Papers came in after a request, waiting for the one-stop's check.
    Supplemented {
        at: SupplementStage,
        reopen: Vec<TaskOpened>,
    },
    /// The applicant owes a payment; `reopen` are the tasks that go on afterwards.
    AwaitingPayment {
        reopen: Vec<TaskOpened>,
    },
    /// Received, not yet handed on.
    Received,
    /// With the unit, no officer yet.
    Transferred,
    /// Officers work the steps.
    InProgress,
    /// A draft is on its way up.
    AwaitingSignature,
    /// Signed, waiting for number and seal.
    AwaitingIssue,
    /// The result exists; the clock has ended.
    Issued {
        at: Instant,
    },
    /// The applicant has it.
    Returned {
        at: Instant,
    },
    NotAccepted {
        at: Instant,
        reason: String,
        legal_basis: String,
    },
    Withdrawn {
        at: Instant,
    },
    Stopped {
        at: Instant,
        reason: String,
        legal_basis: String,
    },
}

impl Stage {
    /// The name in read models and translation keys.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Stage::Submitted => "submitted",
            Stage::AwaitingSupplement { .. } => "awaiting_supplement",
            Stage::Supplemented { .. } => "supplemented",
            Stage::AwaitingPayment { .. } => "awaiting_payment",
            Stage::Received => "received",
            Stage::Transferred => "transferred",
            Stage::InProgress => "in_progress",
            Stage::AwaitingSignature => "awaiting_signature",
            Stage::AwaitingIssue => "awaiting_issue",
            Stage::Issued { .. } => "issued",
            Stage::Returned { .. } => "returned",
            Stage::NotAccepted { .. } => "not_accepted",
            Stage::Withdrawn { .. } => "withdrawn",
            Stage::Stopped { .. } => "stopped",
        }
    }

    /// No act can change it any more.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(
            self,
            Stage::Returned { .. }
                | Stage::NotAccepted { .. }
                | Stage::Withdrawn { .. }
                | Stage::Stopped { .. }
        )
    }
}

/// The dates of the promise.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ClockState {
    /// First reception.
    pub received_at: Option<Instant>,
    /// Start of the running cycle.
    pub started_at: Option<Instant>,
    /// The due date printed on the first receipt; immutable history.
    pub original_due: Option<DueDate>,
    /// The due date of the last receipt, holds counted in, without re-appointments.
    pub promised_at: Option<Instant>,
    /// The due date in force.
    pub due: Option<DueDate>,
    /// The latest date the law allows.
    pub statutory_due: Option<DueDate>,
    /// Re-appointments with apology, oldest first; the law allows one.
    pub reappointments: Vec<Reappointment>,
    /// Corrections after a change of the calendar, oldest first.
    pub corrections: Vec<Correction>,
    /// When the clock ended.
    pub finished_at: Option<Instant>,
}

/// A due date moved with an apology.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "as in the event")]
pub struct Reappointment {
    pub at: Instant,
    pub old_due: Instant,
    pub due: Instant,
    pub reason: String,
}

/// A due date counted again by a changed calendar.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "as in the event")]
pub struct Correction {
    pub at: Instant,
    pub old_due: Instant,
    pub due: Instant,
    pub decision: String,
}

/// A task as it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Task {
    /// As it was opened.
    #[serde(flatten)]
    pub opened: TaskOpened,
    /// When it was opened.
    pub opened_at: Instant,
    /// When it was closed and by whom (official's id or `applicant`, `system`).
    pub closed: Option<(Instant, String)>,
}

/// The officer in charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Officer {
    /// Official's id.
    pub id: String,
    /// Name at assignment.
    pub name: String,
}

/// One request for supplements and its answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "as in the event")]
pub struct SupplementCycle {
    pub stage: SupplementStage,
    pub requested_at: Instant,
    pub items: Vec<SupplementItem>,
    pub reason: String,
    pub remaining_minutes: i64,
    pub statutory_remaining_minutes: Option<i64>,
    pub answer_by: Option<Instant>,
    /// When the completed dossier was accepted again.
    pub completed_at: Option<Instant>,
}

/// One payment that was asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "as in the event")]
pub struct Payment {
    pub requested_at: Instant,
    pub what: String,
    pub amount_vnd: u64,
    pub legal_basis: String,
    pub pay_by: Option<Instant>,
    pub pauses: bool,
    pub remaining_minutes: i64,
    pub statutory_remaining_minutes: i64,
    /// When it was confirmed, and the receipt's number.
    pub confirmed_at: Option<Instant>,
    pub receipt_number: Option<String>,
}

/// The latest draft.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "as in the event")]
pub struct Draft {
    pub number: u32,
    pub outcome: ResultOutcome,
    pub title: String,
    pub body: String,
    pub note: String,
    /// Name of the signer, once signed.
    pub signed_by: Option<String>,
    pub signed_at: Option<Instant>,
    /// Why it was last sent back.
    pub sent_back: Option<String>,
    /// The file with the electronic signature, sealed once it is issued.
    pub paper: Option<event::FileRef>,
}

impl Dossier {
    /// Folds facts, oldest first. `None` when there is none or the first is not a filing.
    #[must_use]
    pub fn replay<'f>(facts: impl IntoIterator<Item = &'f Fact>) -> Option<Dossier> {
        let mut facts = facts.into_iter();
        let first = Dossier::begin(facts.next()?)?;
        Some(facts.fold(first, Dossier::evolve))
    }

    /// Tasks not yet closed.
    pub fn open_tasks(&self) -> impl Iterator<Item = &TaskOpened> {
        self.tasks.iter().filter(|task| task.closed.is_none()).map(|task| &task.opened)
    }

    /// The open tasks of one kind.
    pub fn open_of(&self, kind: StepKind) -> impl Iterator<Item = &TaskOpened> {
        self.open_tasks().filter(move |task| task.kind == kind)
    }

    /// The next free task number.
    #[must_use]
    pub fn next_task(&self) -> u32 {
        u32::try_from(self.tasks.len()).unwrap_or(u32::MAX - 1) + 1
    }

    /// The one-stop that took the dossier in and gives the result back.
    #[must_use]
    pub fn one_stop(&self) -> &str {
        &self.submitted.one_stop
    }

    /// The position that must act next, for "who holds it now".
    #[must_use]
    pub fn held_by(&self) -> Option<(&str, Position)> {
        self.open_tasks().next().map(|task| (task.place.as_str(), task.position))
    }

    /// National status code 1–10 (TT 22/2019; `03-life-cycle.md` §3.1).
    #[must_use]
    pub fn national_status(&self) -> u8 {
        match &self.stage {
            Stage::Submitted => 1,
            Stage::Received => 2,
            Stage::NotAccepted { .. } => 3,
            Stage::Supplemented { at: SupplementStage::Reception, .. } => 1,
            Stage::Supplemented { at: SupplementStage::Appraisal, .. }
            | Stage::Transferred
            | Stage::InProgress
            | Stage::AwaitingSignature
            | Stage::AwaitingIssue => 4,
            Stage::AwaitingSupplement { .. } => 5,
            Stage::AwaitingPayment { .. } => 6,
            Stage::Withdrawn { .. } => 7,
            Stage::Stopped { .. } => 8,
            Stage::Issued { .. } => 9,
            Stage::Returned { .. } => 10,
        }
    }
}
