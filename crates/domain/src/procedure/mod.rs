//! The service offered: an administrative procedure (thủ tục hành chính), one version of it.
//!
//! A dossier keeps the version it was filed under. Facts marked `memory` or `demo` are
//! configuration, shown as such, replaceable by an office without a release.

pub mod form;

use crate::rules::SupplementEffect;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How sure a stated fact is (catalogue README, "Confidence marks").
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "documented in catalogue/README.md")]
pub enum Confidence {
    #[default]
    Law,
    LawAnnex,
    LawInferred,
    LawDerived,
    Confirmed,
    ConfirmedRule,
    Secondary,
    Memory,
    Unknown,
    Demo,
    ToBeDecided,
}

/// A version of a procedure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "documented field by field in catalogue/README.md")]
pub struct Procedure {
    pub id: String,
    pub row: String,
    pub code: Option<String>,
    pub code_status: Confidence,
    pub code_note: Option<String>,
    pub name: String,
    pub name_status: Confidence,
    pub era: String,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub agency_kind: String,
    #[serde(default)]
    pub competent_authority: String,
    pub competent_authority_source: Option<String>,
    #[serde(default)]
    pub agency_initiated: bool,
    #[serde(default)]
    pub subjects: Vec<String>,
    pub source: Option<String>,
    pub transition: Option<String>,
    #[serde(default)]
    pub notes: Vec<String>,
    #[serde(default)]
    pub steps: Vec<String>,
    pub field: Field,
    pub statutory_time: Time,
    pub committed_time: Time,
    pub online_level: OnlineLevel,
    pub result_delivery: Option<ResultDelivery>,
    pub fee_collected_at: Option<FeeCollected>,
    pub number_of_sets: Option<NumberOfSets>,
    pub supplement: Option<SupplementRule>,
    pub consultation: Option<ConsultationRule>,
    pub extension: Option<ExtensionRule>,
    pub financial_hold: Option<FinancialHold>,
    #[serde(default)]
    pub predecessor_codes: Vec<PredecessorCode>,
    #[serde(default)]
    pub cases: Vec<Case>,
    #[serde(default)]
    pub channels: Vec<ChannelRule>,
    #[serde(default)]
    pub components: Vec<Component>,
    #[serde(default)]
    pub phases: Vec<Phase>,
    #[serde(default)]
    pub results: Vec<ResultPaper>,
    #[serde(default)]
    pub conditions: Vec<Condition>,
    #[serde(default)]
    pub legal_basis: Vec<LegalBasis>,
    #[serde(default)]
    pub confidence: Vec<Mark>,
}

/// Units of procedural time (`03-life-cycle.md` §3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum TimeUnit {
    WorkingDay,
    WorkingHour,
    CalendarDay,
    Month,
    Immediate,
    SameDay,
}

/// A length of procedural time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeSpan {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: TimeUnit,
}

macro_rules! plain {
    ($(#[$doc:meta])* $name:ident { $($field:ident : $ty:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(missing_docs, reason = "documented field by field in catalogue/README.md")]
        pub struct $name { $(#[serde(default)] pub $field: $ty),* }
    };
}

plain! { /// The field of administration (lĩnh vực).
Field { code: String, name: String, code_status: Confidence, name_status: Confidence } }
plain! { /// A case (trường hợp) with its time class.
Case { id: String, name: String, time_class: String, source: Option<String> } }
plain! { /// Result delivery ways.
ResultDelivery { online: bool, post: bool, counter: bool, source: Option<String>,
    confidence: Confidence } }
plain! { /// When fees are due.
FeeCollected { when: String, source: Option<String>, confidence: Confidence } }
plain! { /// Sets of papers.
NumberOfSets { amount: Option<u32>, source: Option<String>, confidence: Confidence } }
plain! { /// Rules on supplements; `effect` begins with a keyword.
SupplementRule { ask_within_wd: Option<u32>, applicant_limit_wd: Option<u32>,
    ask_within_by_class: Vec<AskWithin>, ask_within_note: Option<String>,
    pause_max: Option<u32>, ban_months_on_forgery: Option<u32>, channel: Option<String>,
    max_requests: Option<u32>, effect: String, source: Option<String>,
    note: Option<String>, confidence: Confidence } }
plain! { /// Limit to ask, by time class.
AskWithin { class: String, wd: u32 } }
plain! { /// Rules on consultations.
ConsultationRule { limit_wd: Option<u32>, limit_calendar_days: Option<u32>, silence: String,
    source: Option<String>, note: Option<String>, confidence: Confidence } }
plain! { /// Rules on extensions.
ExtensionRule { allowed: bool, max_times: Option<u32>, rule: Option<String>,
    source: Option<String>, note: Option<String>, confidence: Confidence } }
plain! { /// Does the clock stand while the applicant owes a payment?
FinancialHold { pauses: bool, source: Option<String>, note: Option<String>,
    confidence: Confidence } }
plain! { /// An earlier code.
PredecessorCode { code: String, era: String, status: Confidence } }
plain! { /// A phase outside the counted time.
Phase { phase: String, name: String, deadline_rule: Option<String>, source: Option<String>,
    counted_in_statutory_time: bool } }
plain! { /// A resulting paper.
ResultPaper { name: String, kind: Option<String>, validity_months: Option<u32>,
    form_ref: Option<String>, paper_required: bool, validity: Option<String>,
    note: Option<String>, confidence: Confidence } }
plain! { /// A kind of paper that one procedure issues and another asks for.
PaperKind { id: String, name: String, source: Option<String>, confidence: Confidence } }
plain! { /// A condition.
Condition { text: String, source: Option<String>, confidence: Confidence } }
plain! { /// An instrument of law.
LegalBasis { number: String, title: Option<String>, article: Option<String>,
    effective: Option<String>, status: Option<String> } }
plain! { /// A mark of confidence on a path inside the record.
Mark { path: String, status: Confidence, note: Option<String> } }
plain! { /// A paper to hand in.
Component { id: String, name: String, case: Option<Vec<String>>, originals: u32, copies: u32,
    accepts: Vec<String>, electronic_ok: bool, mandatory: bool, asks_for: Vec<String>,
    condition: Option<String>,
    form_ref: Option<String>, source_database: Option<SourceDatabase>,
    source: Option<String>, confidence: Confidence, wording: Option<String> } }
plain! { /// The data base that may hold the paper already.
SourceDatabase { id: String, name: String, rule: Option<String>, status: Confidence } }
plain! { /// A fee.
Fee { kind: String, name: String, amount_vnd: Option<i64>, basis: Option<String>,
    status: Confidence, note: Option<String>, demo_amount_vnd: Option<i64>,
    demo_note: Option<String> } }
plain! { /// The level of online service then and now.
OnlineLevel { legacy: Option<u8>, y2022: Option<String>, reason: Option<String>,
    confidence: Confidence } }

/// A way of filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ChannelKind {
    Online,
    Counter,
    Post,
}

/// A way of filing with its time and fees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "documented field by field in catalogue/README.md")]
pub struct ChannelRule {
    pub channel: ChannelKind,
    pub accepted: bool,
    #[serde(default)]
    pub default: bool,
    pub condition: Option<String>,
    pub note: Option<String>,
    #[serde(default)]
    pub fees: Vec<Fee>,
}

/// Time of a procedure, by class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "documented field by field in catalogue/README.md")]
pub struct Time {
    pub amount: u32,
    pub unit: TimeUnit,
    pub start: Option<String>,
    #[serde(default)]
    pub demo: bool,
    pub note: Option<String>,
    pub source: Option<String>,
    #[serde(default)]
    pub confidence: Confidence,
    #[serde(default)]
    pub by_class: Vec<ClassTime>,
}

/// Time of one class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "documented field by field in catalogue/README.md")]
pub struct ClassTime {
    pub class: String,
    pub amount: u32,
    pub unit: TimeUnit,
    pub process_minutes: Option<i64>,
    pub reduction_percent: Option<f64>,
    pub note: Option<String>,
}

impl Time {
    /// The time of a class, or the longest.
    #[must_use]
    pub fn of(&self, class: Option<&str>) -> TimeSpan {
        let found = self.by_class.iter().find(|time| Some(time.class.as_str()) == class);
        match found {
            Some(time) => TimeSpan { amount: time.amount, unit: time.unit },
            None => TimeSpan { amount: self.amount, unit: self.unit },
        }
    }
}

impl Component {
    /// The application form itself, which an online filing fills in on the page.
    #[must_use]
    pub fn is_application_form(&self) -> bool {
        self.accepts.iter().any(|way| way == "electronic_form")
    }

    /// Does a result of one of these kinds, kept here, stand for the paper? Not where the paper
    /// itself must be handed in.
    #[must_use]
    pub fn may_be_reused(&self) -> bool {
        let kept = |way: &String| way == "electronic_copy" || way == "data_lookup";
        !self.asks_for.is_empty() && self.accepts.iter().any(kept)
    }
}

impl Procedure {
    /// Accepts filings on this day? Without a first day of its own, from the first day of its era.
    #[must_use]
    pub fn offers(&self, day: Date) -> bool {
        let era = crate::rules::profile(&self.era).map(|profile| profile.from);
        !self.agency_initiated
            && self.valid_from.or(era).is_none_or(|from| from <= day)
            && self.valid_to.is_none_or(|to| day <= to)
    }

    /// The components of a case: those of all cases and its own.
    #[must_use]
    pub fn components_for(&self, case: Option<&str>) -> Vec<&Component> {
        let belongs = |component: &&Component| match (&component.case, case) {
            (None, _) => true,
            (Some(cases), Some(case)) => cases.iter().any(|id| id == case),
            (Some(_), None) => false,
        };
        self.components.iter().filter(belongs).collect()
    }

    /// The paper that is issued when what was asked for is granted; only where the catalogue knows
    /// of which kind it is.
    #[must_use]
    pub fn granted_paper(&self) -> Option<&ResultPaper> {
        self.results.first().filter(|result| result.kind.is_some())
    }

    /// The time class of a case; the only class when there are no cases.
    #[must_use]
    pub fn time_class_of(&self, case: Option<&str>) -> Option<String> {
        let by_case = self.cases.iter().find(|known| Some(known.id.as_str()) == case);
        match by_case {
            Some(case) => Some(case.time_class.clone()),
            None => match self.committed_time.by_class.as_slice() {
                [only] => Some(only.class.clone()),
                _ => None,
            },
        }
    }

    /// The promised time of a class.
    #[must_use]
    pub fn committed_for(&self, class: Option<&str>) -> TimeSpan {
        self.committed_time.of(class)
    }

    /// The legal time of a class.
    #[must_use]
    pub fn statutory_for(&self, class: Option<&str>) -> TimeSpan {
        self.statutory_time.of(class)
    }

    /// Is this way of filing open, be it under a condition?
    #[must_use]
    pub fn accepts_channel(&self, kind: ChannelKind) -> bool {
        self.channels.iter().any(|rule| rule.channel == kind && rule.accepted)
    }

    /// What a supplement does to the clock, when the procedure's own law says so.
    #[must_use]
    pub fn supplement_effect(&self) -> Option<SupplementEffect> {
        let effect = self.supplement.as_ref()?.effect.as_str();
        let keyword = effect.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next()?;
        crate::rules::effect_named(keyword)
    }

    /// Working days after reception within which the procedure's law wants supplements asked.
    #[must_use]
    pub fn supplement_ask_within_days(&self, class: Option<&str>) -> Option<u32> {
        let rule = self.supplement.as_ref()?;
        let own = rule.ask_within_by_class.iter().find(|own| Some(own.class.as_str()) == class);
        own.map(|own| own.wd).or(rule.ask_within_wd)
    }
}
