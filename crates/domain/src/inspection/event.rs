//! The facts: past tense, stored for ever, add-only, each with a golden file under
//! `tests/golden/inspection/`. New fields come with a serde default.

use super::claim::Claim;
use super::command::{
    Announce, Answer, Check, Delegate, Escalate, Extend, Find, FollowUp, Meet, Plan, Recommend,
    Verify,
};
use super::listed::Listed;
use super::relation::Relation;
use crate::dossier::By;
use crate::dossier::event::FileRef;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// A fact as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// When the act was decided, UTC, milliseconds.
    pub at: Instant,
    /// Who acted.
    pub by: By,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

macro_rules! events {
    ($($event:ident = $kind:literal,)*) => {
        /// What can happen to an inspection.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "fact")]
        #[allow(missing_docs, reason = "each variant is documented at its data")]
        pub enum Event { $(#[serde(rename = $kind)] $event($event),)* }

        impl Event {
            /// Every kind, in the order of an inspection.
            pub const KINDS: &'static [&'static str] = &[$($kind,)*];

            /// The name in the log; begins with [`super::PREFIX`].
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self { $(Event::$event(_) => $kind,)* }
            }
        }
    };
}

events! {
    Planned = "inspection_planned",
    Delegated = "inspection_delegated",
    Announced = "inspection_announced",
    Reported = "inspection_reported",
    Met = "inspection_met",
    PopulationFixed = "inspection_population_fixed",
    SampleDrawn = "inspection_sample_drawn",
    Checked = "inspection_checked",
    Found = "inspection_found",
    Answered = "inspection_answered",
    MinutesSigned = "inspection_minutes_signed",
    Concluded = "inspection_concluded",
    FollowedUp = "inspection_followed_up",
    Verified = "inspection_verified",
    Extended = "inspection_extended",
    Escalated = "inspection_escalated",
}

/// In the plan.
pub type Planned = Plan;
/// The delegation is set up, or renewed.
pub type Delegated = Delegate;
/// Announced.
pub type Announced = Announce;
/// The session was held.
pub type Met = Meet;
/// A point was marked.
pub type Checked = Check;
/// The agency answered a finding.
pub type Answered = Answer;
/// The agency reported on a recommendation.
pub type FollowedUp = FollowUp;
/// Such a report was judged.
pub type Verified = Verify;
/// A recommendation got more time.
pub type Extended = Extend;
/// A recommendation went to a higher place.
pub type Escalated = Escalate;

/// From what the system's values were computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The instant: later facts are as if they were not.
    pub as_of: Instant,
    /// Entries of the log that were read.
    pub size: u64,
    /// Root of the tree over them, hexadecimal.
    pub root: String,
}

/// A report, each claim beside the system's value of that instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct Reported {
    pub unit: String,
    pub source: String,
    pub claims: Vec<Claim>,
    pub relations: Vec<Relation>,
    pub answers: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listed: Vec<Listed>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
    pub basis: Basis,
}

/// From which dossiers the sample will be drawn; the list itself follows from the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PopulationFixed {
    /// Entries of the log when it was fixed: the dossiers received up to there.
    pub ledger_size: u64,
    /// Root over them, hexadecimal.
    pub root: String,
    /// How many dossiers.
    pub dossiers: u32,
    /// SHA-256 over their codes in order, a line feed after each, hexadecimal.
    pub hash: String,
    /// How many will be drawn.
    pub size: u32,
}

/// The sample, drawn by the first checkpoint that nobody could know when the population was fixed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleDrawn {
    /// Entries that the checkpoint covers: more than the population's.
    pub checkpoint_size: u64,
    /// The signed note, with its witnesses' lines where there are any.
    pub note: String,
    /// SHA-256 of the note, hexadecimal.
    pub seed: String,
    /// The codes drawn, in the order of drawing.
    pub codes: Vec<String>,
}

/// A finding with its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Running number within the inspection, from 1.
    pub no: u32,
    /// What was found.
    #[serde(flatten)]
    pub found: Find,
}

/// For which side the minutes were signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesSigned {
    /// The agency; none for the delegation.
    pub unit: Option<String>,
    /// A remark beside the signature.
    pub remark: String,
}

/// The conclusion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in the command")]
pub struct Concluded {
    pub number: String,
    pub signed_by: String,
    pub assessment: String,
    pub causes: String,
    pub recommendations: Vec<Recommend>,
}
