//! What is chosen from a few: forms, roles, marks, severities, judgements.

use serde::{Deserialize, Serialize};

/// How an inspection is held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// On the spot, told beforehand (trực tiếp).
    #[default]
    Announced,
    /// By the report alone (qua báo cáo).
    ByReport,
    /// On the spot, the decision is shown on arrival (đột xuất).
    Unannounced,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 3] = [Form::Announced, Form::ByReport, Form::Unannounced];

    /// The name in forms and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Form::Announced => "announced",
            Form::ByReport => "by_report",
            Form::Unannounced => "unannounced",
        }
    }

    /// The form of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.name() == name)
    }
}

/// What a member does in the delegation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Trưởng đoàn: answers for it, signs for it.
    Lead,
    /// Phó trưởng đoàn.
    Deputy,
    /// Thư ký: keeps its papers.
    Secretary,
    /// Thành viên.
    #[default]
    Member,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 4] = [Role::Lead, Role::Deputy, Role::Secretary, Role::Member];

    /// The name in forms and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Role::Lead => "lead",
            Role::Deputy => "deputy",
            Role::Secretary => "secretary",
            Role::Member => "member",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// How a point stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// In order.
    #[default]
    Met,
    /// In part.
    Partly,
    /// Not in order.
    NotMet,
    /// Does not apply.
    NotApplicable,
}

impl Mark {
    /// Every mark.
    pub const ALL: [Mark; 4] = [Mark::Met, Mark::Partly, Mark::NotMet, Mark::NotApplicable];

    /// The name in forms and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Mark::Met => "met",
            Mark::Partly => "partly",
            Mark::NotMet => "not_met",
            Mark::NotApplicable => "not_applicable",
        }
    }

    /// The mark of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Mark> {
        Mark::ALL.into_iter().find(|mark| mark.name() == name)
    }
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Well done.
    Good,
    /// To be noted.
    #[default]
    Note,
    /// A shortcoming (tồn tại, hạn chế).
    Shortcoming,
    /// A violation.
    Violation,
}

impl Severity {
    /// Every one.
    pub const ALL: [Severity; 4] =
        [Severity::Good, Severity::Note, Severity::Shortcoming, Severity::Violation];

    /// The name in forms and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Good => "good",
            Severity::Note => "note",
            Severity::Shortcoming => "shortcoming",
            Severity::Violation => "violation",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Severity> {
        Severity::ALL.into_iter().find(|severity| severity.name() == name)
    }

    /// Must it rest on evidence and be followed by something?
    #[must_use]
    pub const fn is_grave(self) -> bool {
        matches!(self, Severity::Shortcoming | Severity::Violation)
    }
}

/// What the verification says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// Done: the recommendation is closed.
    Done,
    /// Not done.
    #[default]
    NotDone,
}

impl Judgement {
    /// Both.
    pub const ALL: [Judgement; 2] = [Judgement::Done, Judgement::NotDone];

    /// The name in forms and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Judgement::Done => "done",
            Judgement::NotDone => "not_done",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Judgement> {
        Judgement::ALL.into_iter().find(|judgement| judgement.name() == name)
    }
}
