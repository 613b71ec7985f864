//! Rule profiles: the law changed completely three times inside the life of the data
//! (2018 → 2021 → 1/7/2025 → 1/7/2026). The profile in force at reception is frozen on the dossier,
//! together with what the procedure's own law changes in it.
//!
//! * [`Rules`] — the operative values, as they are frozen.
//! * [`RuleProfile`] — a period with its values and the [`Source`] of each.
//! * [`RuleProfile::for_procedure`] — the values as one procedure version changes them.

mod procedure;
mod profiles;

pub(crate) use procedure::effect_named;
pub use profiles::PROFILES;

use crate::procedure::Confidence;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

/// The operative rules of a period, each value with its article.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RuleProfile {
    /// `R2018`, `R2021`, `R2025`, `R2026`.
    pub id: &'static str,
    /// First day.
    pub from: Date,
    /// Last day; `None` for the present one.
    pub to: Option<Date>,
    /// The decrees it rests on.
    pub basis: &'static str,
    /// The values.
    pub rules: Rules,
    /// Where each value comes from, by the name of its field.
    pub sources: &'static [Source],
}

/// Where a value of a profile comes from, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// The field of [`Rules`].
    pub parameter: &'static str,
    /// The article, or what stands in for one.
    pub article: &'static str,
    /// Read in the law, inferred, or only remembered.
    pub confidence: Confidence,
}

/// The values that the clock of a dossier runs by. Frozen in the fact of the first reception.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// From when the time runs.
    pub start_rule: StartRule,
    /// What happens to the end.
    pub due_rounding: DueRounding,
    /// What a completed supplement does to the clock.
    pub supplement_effect: SupplementEffect,
    /// How often supplements may be asked for, stage by stage.
    pub max_supplement_requests: PerStage,
    /// Working days after reception within which the unit may ask for supplements.
    pub supplement_request_within_days: u32,
    /// Working days the applicant has for the answer; `None` where no law sets them a limit.
    pub applicant_supplement_limit_days: Option<u32>,
    /// The clock stands while the applicant owes a payment.
    pub financial_hold_pauses: bool,
    /// The clock stands while another agency is asked: in no profile.
    pub consultation_pauses: bool,
    /// What it means that a consulted agency does not answer in time.
    pub consultation_silence: Silence,
    /// How often the due date may be moved with an apology.
    pub max_reappointments: u32,
    /// Days before the due date at which the apology must be out.
    pub apology_lead_days: u32,
    /// Received from this time on, the transfer may wait until the next working morning.
    pub transfer_cutoff: Time,
    /// Working minutes to receive an online filing.
    pub reception_sla_minutes: u32,
    /// How exactly early, on time and late are told apart.
    pub early_grain: Grain,
}

/// A count for each stage in which supplements may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerStage {
    /// Before reception, by the one-stop.
    pub reception: u32,
    /// During appraisal, by the unit.
    pub appraisal: u32,
}

/// From when the time runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartRule {
    /// From the minute of acceptance, 480 minutes a day.
    AtAcceptance,
    /// The day of acceptance is not counted.
    NextWorkingDay,
    /// The day of acceptance is day 1 when it is a working day and earlier than this.
    CountTodayIfBefore(Time),
}

/// What happens to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueRounding {
    /// To the minute.
    Exact,
    /// To the end of the session it falls in.
    EndOfSession,
    /// To the end of the working day.
    EndOfWorkingDay,
}

/// What a completed supplement does to the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupplementEffect {
    /// The whole time again (NĐ 61/2018 Đ19.4).
    RestartFromZero,
    /// What remained goes on.
    ResumeRemaining,
    /// The waiting time is taken out (national indicator); the same instant as resuming.
    Subtract,
}

/// What it means that a consulted agency does not answer in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// The head of the one-stop is told (NĐ 61/2018 Đ19.5.b).
    Reported,
    /// It agreed, because a law says so.
    Consent,
}

/// How exactly early, on time and late are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// By the day.
    Date,
    /// By the minute: the due instant counts within the due day.
    Minute,
}

impl RuleProfile {
    /// Where a value comes from.
    #[must_use]
    pub fn source(&self, parameter: &str) -> Option<&'static Source> {
        self.sources.iter().find(|source| source.parameter == parameter)
    }
}

/// The profile in force on a day; `None` before the first.
#[must_use]
pub fn profile_on(day: Date) -> Option<&'static RuleProfile> {
    PROFILES.iter().find(|profile| profile.from <= day && profile.to.is_none_or(|to| day <= to))
}

/// The profile of that id.
#[must_use]
pub fn profile(id: &str) -> Option<&'static RuleProfile> {
    PROFILES.iter().find(|profile| profile.id == id)
}
