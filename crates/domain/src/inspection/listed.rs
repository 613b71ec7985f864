//! Dossiers that data forms list one by one: late ones (BM3), and those supplemented more than
//! once, not accepted or taken back (BM4). As the record has them, beside what the agency says of
//! each.

use super::command::Remark;
use super::measure::Measure;
use crate::dossier::Reason;
use crate::dossier::refusal::{Problems, limit};
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// Most dossiers that a form lists; more are counted, and not listed.
pub const LISTED_MAX: usize = 100;

/// The forms that list dossiers.
pub const LISTING: [&str; 2] = ["BM3", "BM4"];

/// A dossier on a data form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The form: BM3 or BM4.
    pub form: String,
    /// The dossier's code, or its id before it had one.
    pub dossier: String,
    /// Procedure version id.
    pub procedure: String,
    /// In the values of which measures it is counted.
    pub counted_in: Vec<Measure>,
    /// First reception.
    pub received_at: Option<Instant>,
    /// The promised date.
    pub due_at: Option<Instant>,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// Letters of apology with a new date.
    pub apologies: u32,
    /// Requests for supplements.
    pub rounds: u32,
    /// The reason that the last apology gives; empty without one.
    pub recorded: String,
    /// What the agency says of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

impl Measure {
    /// The measures whose dossiers a form lists.
    #[must_use]
    pub fn listed_on(form: &str) -> &'static [Measure] {
        match form {
            "BM3" => &[Measure::ResolvedLate, Measure::RunningLate],
            "BM4" => &[Measure::SupplementedOften, Measure::NotAccepted, Measure::Withdrawn],
            _ => &[],
        }
    }
}

/// The name of a remark's field.
#[must_use]
pub fn place(form: &str, dossier: &str) -> String {
    format!("remark.{form}.{dossier}")
}

/// What the record lists, with the agency's remarks; a remark on anything else is a problem.
pub(super) fn remarked(listed: &[Listed], remarks: &[Remark], wrong: &mut Problems) -> Vec<Listed> {
    let mut all = listed.to_vec();
    for remark in remarks {
        let place = place(&remark.form, &remark.dossier);
        let text = wrong.optional(&place, &remark.text, limit::NOTE);
        let about = |one: &&mut Listed| one.form == remark.form && one.dossier == remark.dossier;
        match all.iter_mut().find(about) {
            Some(one) => one.remark = text,
            None => wrong.add(place, Reason::NotTheCase),
        }
    }
    all
}
