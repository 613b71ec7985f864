//! Facts about the promise: it is made, it stands still, it is moved, it ends early.

use super::{Moves, Paper};
use crate::rules::Rules;
use crate::time::Instant;
use crate::worktime::Why;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A due date with its working: computed once, at the fact that fixes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DueDate {
    /// The instant.
    pub at: Instant,
    /// How it was reached, line by line.
    pub why: Vec<Why>,
}

/// Received (tiếp nhận): the clock starts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Received {
    /// 1 at the first reception, 2 after the first supplement, and so on.
    pub cycle: u32,
    /// Dossier code (TT 01/2018 Đ19); given at the first reception and kept.
    pub code: String,
    /// Agency identifier inside the code.
    pub agency_code: String,
    /// Order in the day at that agency, from 1.
    pub number: u32,
    /// Rule profile in force at reception.
    pub profile: String,
    /// The rules of the profile as this procedure's own law changes them, frozen; missing in
    /// facts of version 0.1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<Rules>,
    /// Internal process that will be followed.
    pub process: String,
    /// When the result is promised (committed time).
    pub due: DueDate,
    /// When the law wants it at the latest (statutory time).
    pub statutory_due: DueDate,
    /// The papers as counted.
    pub papers: Vec<Paper>,
    /// A note for colleagues.
    pub note: String,
    /// The papers came earlier than they were entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_entry: Option<LateEntry>,
    /// Tasks.
    pub moves: Moves,
}

/// The papers came earlier than they were entered, by the word of whoever received them. No clock
/// runs by it: it is told and counted, for an inspector to ask about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateEntry {
    /// The day on which they are said to have come.
    pub arrived_on: Date,
    /// Why they were not entered then.
    #[serde(default)]
    pub reason: String,
}

/// Where in the life of the dossier a supplement was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupplementStage {
    /// Before reception, by the one-stop.
    Reception,
    /// During appraisal, by the officer.
    Appraisal,
}

/// One thing to bring or mend.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SupplementItem {
    /// The published component it concerns; empty when it rests on a law.
    pub component: String,
    /// What is missing or wrong, and how to mend it.
    pub what: String,
    /// The article, when no component is named.
    pub legal_basis: String,
}

/// Supplements asked for (Mẫu 02): the clock stops.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct SupplementRequested {
    pub stage: SupplementStage,
    /// 1 for the first request of the dossier.
    pub ordinal: u32,
    pub items: Vec<SupplementItem>,
    pub reason: String,
    /// Working minutes that were left on the clock; 0 before reception.
    pub remaining_minutes: i64,
    /// Working minutes that were left of the statutory time; missing in facts of version 0.1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statutory_remaining_minutes: Option<i64>,
    /// Until when the applicant should answer, where a law sets them a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<Instant>,
    pub moves: Moves,
}

/// A payment asked for (national status 6): the clock stands only where a law says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct PaymentRequested {
    /// 1 for the first request of the dossier.
    pub ordinal: u32,
    pub what: String,
    pub amount_vnd: u64,
    pub legal_basis: String,
    /// Until when, where a law sets a limit.
    pub pay_by: Option<Instant>,
    /// The clock stands until the payment is confirmed.
    pub pauses: bool,
    /// Working minutes that were left on the clock.
    pub remaining_minutes: i64,
    /// Working minutes that were left of the statutory time.
    pub statutory_remaining_minutes: i64,
    pub moves: Moves,
}

/// The payment is there: what was interrupted goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct PaymentConfirmed {
    pub receipt_number: String,
    pub note: String,
    /// The promise after a hold; `None` when the clock ran on.
    pub due: Option<DueDate>,
    /// The statutory limit after a hold; `None` when the clock ran on.
    pub statutory_due: Option<DueDate>,
    pub moves: Moves,
}

/// The due date moved once, with an apology (Mẫu 04).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct Reappointed {
    pub reason: String,
    /// The promise that will not be kept.
    pub old_due: DueDate,
    /// The new one: working days counted on from the old one.
    pub due: DueDate,
}

/// The due date counted again after the calendar changed, accepted by decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct DueCorrected {
    /// Number of the decision that accepts it.
    pub decision: String,
    /// The promise by the old calendar.
    pub old_due: DueDate,
    /// The promise by the new one.
    pub due: DueDate,
    /// The statutory limit by the new calendar.
    pub statutory_due: DueDate,
}

/// Why a dossier is stopped (TT 03/2025 Mẫu 05). Withdrawal at the applicant's wish is an act of
/// its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it; texts in the glossary")]
pub enum StopGround {
    SupplementOverdue,
    PaymentOverdue,
    #[default]
    SpecialLaw,
}

impl StopGround {
    /// Every ground, in the order shown on the form.
    pub const ALL: [StopGround; 3] =
        [StopGround::SupplementOverdue, StopGround::PaymentOverdue, StopGround::SpecialLaw];

    /// The name in forms, events and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            StopGround::SupplementOverdue => "supplement_overdue",
            StopGround::PaymentOverdue => "payment_overdue",
            StopGround::SpecialLaw => "special_law",
        }
    }
}

/// Stopped by the head of the agency (national status 8, Mẫu 05): the clock ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct Stopped {
    pub ground: StopGround,
    pub reason: String,
    pub legal_basis: String,
    pub moves: Moves,
}
