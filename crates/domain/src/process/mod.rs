//! The internal process (quy trình nội bộ, NĐ 61/2018 Đ14): steps, who does them, how long.

use crate::organisation::Position;
use serde::{Deserialize, Serialize};

/// What kind of act closes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "named as the acts of domain::dossier")]
pub enum StepKind {
    Receive,
    Assign,
    Work,
    Consult,
    Propose,
    Review,
    Sign,
    Issue,
    GiveBack,
}

impl StepKind {
    /// The name in read models and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            StepKind::Receive => "receive",
            StepKind::Assign => "assign",
            StepKind::Work => "work",
            StepKind::Consult => "consult",
            StepKind::Propose => "propose",
            StepKind::Review => "review",
            StepKind::Sign => "sign",
            StepKind::Issue => "issue",
            StepKind::GiveBack => "give_back",
        }
    }
}

/// How a step splits the way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "BPMN's words")]
pub enum Gateway {
    #[default]
    None,
    And,
    Xor,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "documented field by field in catalogue/README.md")]
pub struct Step {
    pub no: u32,
    pub name: String,
    pub kind: StepKind,
    pub unit_role: String,
    pub position: Position,
    /// Working minutes.
    pub minutes: u32,
    #[serde(default)]
    pub gateway: Gateway,
    #[serde(default)]
    pub join: Gateway,
    #[serde(default)]
    pub next: Vec<u32>,
    #[serde(default)]
    pub next_conditions: Vec<String>,
    pub external_agency: Option<String>,
    pub output: Option<String>,
    pub form: Option<String>,
    /// Working minutes that the law allows for this step.
    pub legal_max_minutes: Option<u32>,
    pub legal_max_source: Option<String>,
    #[serde(default)]
    pub may_return_for_supplement: bool,
}

/// A process version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "documented field by field in catalogue/README.md")]
pub struct Process {
    pub id: String,
    pub procedure: String,
    pub time_class: Option<String>,
    pub phase: String,
    pub variant: Option<String>,
    pub version: u32,
    pub status: String,
    pub committed_minutes: u32,
    pub assigned_division: Option<String>,
    pub note: Option<String>,
    #[serde(default)]
    pub tags: Vec<String>,
    pub steps: Vec<Step>,
}

impl Process {
    /// The first step.
    ///
    /// # Panics
    /// Never for a process that the catalogue check accepted: it has steps.
    #[must_use]
    pub fn first(&self) -> &Step {
        self.steps.first().expect("a checked process has steps")
    }

    /// The step of that number.
    #[must_use]
    pub fn step(&self, no: u32) -> Option<&Step> {
        self.steps.iter().find(|step| step.no == no)
    }

    /// The numbers of the steps after one.
    #[must_use]
    pub fn successors(&self, no: u32) -> &[u32] {
        self.step(no).map_or(&[], |step| &step.next)
    }

    /// Does the step wait for all ways that lead to it?
    #[must_use]
    pub fn is_join(&self, no: u32) -> bool {
        self.step(no).is_some_and(|step| step.join == Gateway::And)
    }

    /// Working minutes of the longest way from the first step.
    #[must_use]
    pub fn critical_path_minutes(&self) -> u32 {
        self.longest_from(self.first().no, 0)
    }

    fn longest_from(&self, no: u32, depth: usize) -> u32 {
        let Some(step) = self.step(no) else { return 0 };
        if depth > self.steps.len() {
            return u32::MAX / 2;
        }
        let rest = step.next.iter().map(|next| self.longest_from(*next, depth + 1)).max();
        step.minutes.saturating_add(rest.unwrap_or(0))
    }
}
