//! An inspection (kiểm tra CCHC) is the list of facts that happened to it, in the same log as the
//! dossiers it looks at, as a stream of its own.
//!
//! * [`command`] — what a person may ask for: the verbs. [`event`] — the facts.
//! * [`decide`] — the table of contents; each verb has a file with its rule and its basis.
//! * [`measure`] — what an agency may claim and from where the system takes its own value.
//! * [`claim`] — a claim beside that value; [`relation`] — the arithmetic that ties claims.
//! * [`listed`] — dossiers that data forms list one by one.
//! * [`files`] — the files that facts name: evidence, attachments of reports and answers, proofs.
//! * [`permission`] — who may do what; members of the delegation read dossiers within its period.
//!
//! Basis: NĐ 63/2010 Đ35a, NĐ 61/2018, and the practice described in the domain's chapter on
//! reports and inspection.

pub mod checklist;
pub mod claim;
pub mod command;
mod decide;
pub mod event;
mod evolve;
pub mod files;
pub mod listed;
pub mod measure;
pub mod permission;
mod refusal;
pub mod relation;
mod state;
mod totals;

mod announce;
mod answer;
mod check;
mod conclude;
mod delegate;
mod draw_sample;
mod escalate;
mod extend;
mod find;
mod fix_population;
mod follow_up;
mod meet;
mod plan;
mod report;
mod sign_minutes;
mod verify;

pub use announce::NOTICE_DAYS;
pub use claim::{Claim, Quantity, Reading, Verdict};
pub use command::{Act, Command};
pub use conclude::USUAL_DAYS;
pub use decide::{Context, Draw, Observed, Population, decide};
pub use event::{Event, Fact};
pub use fix_population::MOST as SAMPLE_MOST;
pub use measure::Measure;
pub use refusal::{Refusal, Rule};
pub use state::{Finding, Inspection, Recommendation, Stage, Stamped, Status};
pub use totals::Totals;

/// With what the kinds of all facts about inspections begin, and no fact about a dossier does.
pub const PREFIX: &str = "inspection_";

/// Is a fact of this kind about an inspection? Readers of dossiers' facts leave it out.
#[must_use]
pub fn is_inspection(kind: &str) -> bool {
    kind.starts_with(PREFIX)
}
