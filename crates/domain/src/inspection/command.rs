//! What a person may ask for: one verb each, with what is typed. Texts arrive raw; the rules parse.

mod choices;

pub use choices::{Form, Judgement, Mark, Role, Severity};

use super::relation::Relation;
use crate::dossier::event::FileRef;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

macro_rules! verbs {
    ($($(#[$doc:meta])* $verb:ident($data:ident) = $name:literal,)*) => {
        /// A wish; [`super::decide`] answers with facts or with a refusal.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "act", rename_all = "snake_case")]
        pub enum Command { $($(#[$doc])* $verb($data),)* }

        /// The verb alone: the unit of permission.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each name is documented at its Command variant")]
        pub enum Act { $($verb,)* }

        impl Act {
            /// Every act, in the order of an inspection.
            pub const ALL: &'static [Act] = &[$(Act::$verb,)*];

            /// The name in addresses, snapshots and translation keys.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Act::$verb => $name,)* }
            }
        }

        impl Command {
            /// Which verb this is.
            #[must_use]
            pub const fn act(&self) -> Act {
                match self { $(Command::$verb(_) => Act::$verb,)* }
            }
        }
    };
}

verbs! {
    /// Put an inspection into the year's plan (đưa vào kế hoạch).
    Plan(Plan) = "plan",
    /// Set up the delegation, or renew it (thành lập đoàn).
    Delegate(Delegate) = "delegate",
    /// Send outline, data forms and the day of the session (thông báo kiểm tra).
    Announce(Announce) = "announce",
    /// Hand in the report with its claims (báo cáo).
    Report(Report) = "report",
    /// Hold the working session (buổi làm việc).
    Meet(Meet) = "meet",
    /// Fix from which dossiers a sample will be drawn (chốt tổng thể).
    FixPopulation(FixPopulation) = "fix_population",
    /// Draw the sample by a later checkpoint (rút mẫu).
    DrawSample(DrawSample) = "draw_sample",
    /// Answer a point of the checklist (chấm phiếu).
    Check(Check) = "check",
    /// Write down a finding (ghi phát hiện).
    Find(Find) = "find",
    /// Answer a finding (giải trình).
    Answer(Answer) = "answer",
    /// Sign the minutes (ký biên bản).
    SignMinutes(SignMinutes) = "sign_minutes",
    /// Issue the conclusion with its recommendations (kết luận).
    Conclude(Conclude) = "conclude",
    /// Report on a recommendation (báo cáo khắc phục).
    FollowUp(FollowUp) = "follow_up",
    /// Judge such a report (xác minh).
    Verify(Verify) = "verify",
    /// Give a recommendation more time (gia hạn).
    Extend(Extend) = "extend",
    /// Take an overdue recommendation to a higher place (báo cáo cấp trên).
    Escalate(Escalate) = "escalate",
}

impl Act {
    /// The act of that name, if there is one.
    #[must_use]
    pub fn named(name: &str) -> Option<Act> {
        Act::ALL.iter().copied().find(|act| act.name() == name)
    }
}

/// An item of the year's plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The year of the plan.
    pub year: i16,
    /// The month in which it is to be held, 1 to 12.
    pub month: i8,
    /// Number of the plan or, unannounced, of the order.
    pub number: String,
    /// How it is held.
    pub form: Form,
    /// The agencies (unit ids).
    pub units: Vec<String>,
    /// First day of what is looked at.
    pub from: Date,
    /// Last day of it.
    pub to: Date,
    /// What for.
    pub purpose: String,
}

/// A member of a delegation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The official's id.
    pub official: String,
    /// The role.
    pub role: Role,
}

/// The decision on a delegation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegate {
    /// Number of the decision.
    pub number: String,
    /// Day of the decision.
    pub decided_on: Date,
    /// Who signed it, with the office held.
    pub signed_by: String,
    /// The members.
    pub members: Vec<Member>,
    /// First day on which they may look.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// The letter that announces an inspection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announce {
    /// Number of the letter.
    pub number: String,
    /// Until when the report is due.
    pub report_by: Date,
    /// The day of the session; by report, the day on which the report is looked at.
    pub session_on: Date,
    /// The data forms asked for.
    pub data_forms: Vec<String>,
    /// What the outline asks besides.
    pub note: String,
}

/// A claim as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stated {
    /// Name of the measure.
    pub measure: String,
    /// About which agencies.
    pub scope: Vec<String>,
    /// The number.
    pub value: String,
    /// The sentence it stands in.
    pub sentence: String,
    /// Why an agency claims another value than the system's.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What an agency says of a dossier that a data form lists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remark {
    /// The form.
    pub form: String,
    /// The dossier, as the form has it.
    pub dossier: String,
    /// What it says.
    pub text: String,
}

/// An agency's report, or what the delegation's secretary takes from elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// The agency that reports; empty when the delegation cites.
    pub unit: String,
    /// Number and day of the report, or the source cited.
    pub source: String,
    /// The claims.
    pub claims: Vec<Stated>,
    /// Relations declared between claims, by their numbers within the inspection.
    pub relations: Vec<Relation>,
    /// Answers to sections of the outline and to data forms, by their names.
    pub answers: Vec<(String, String)>,
    /// Remarks on dossiers that the data forms list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
    /// Files that go with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
}

/// The working session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meet {
    /// Where.
    pub place: String,
    /// Who was there, a line each.
    pub attendees: String,
    /// What was said.
    pub course: String,
}

/// The population is taken from the record; nothing of it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixPopulation {
    /// How many dossiers will be drawn.
    pub size: u32,
}

/// The sample is drawn, not chosen: there is nothing to type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawSample {}

/// A point of the checklist.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Check {
    /// The agency.
    pub unit: String,
    /// The point's id.
    pub point: String,
    /// How it stands.
    pub mark: Mark,
    /// What was seen.
    pub note: String,
}

/// What a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Evidence {
    /// A claim of the report, by its number.
    Claim {
        /// The number.
        no: u32,
    },
    /// A dossier of the record, by its code.
    Dossier {
        /// The code.
        code: String,
    },
    /// A paper, a photograph or a statement, in words.
    Seen {
        /// What and where.
        what: String,
    },
    /// A file that was handed in: paper or photograph.
    File {
        /// The file.
        file: FileRef,
    },
}

/// A finding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Find {
    /// The agency.
    pub unit: String,
    /// Letter of the area.
    pub area: String,
    /// By what it is judged: article, point of the checklist.
    pub criterion: String,
    /// How grave.
    pub severity: Severity,
    /// What was found.
    pub text: String,
    /// On what it rests.
    pub evidence: Vec<Evidence>,
    /// What was said on the spot, where that is enough (nhắc nhở tại chỗ).
    pub reminder: String,
}

/// The agency's answer to a finding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// Number of the finding.
    pub finding: u32,
    /// The answer.
    pub text: String,
    /// Files that go with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
}

/// A signature under the minutes as they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignMinutes {
    /// A remark beside the signature.
    pub remark: String,
}

/// A recommendation as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommend {
    /// The agency it is for.
    pub addressee: String,
    /// What it shall do.
    pub text: String,
    /// Until when.
    pub due_on: Date,
    /// On which provision it rests.
    pub legal_basis: String,
    /// Findings it answers, by their numbers.
    pub findings: Vec<u32>,
}

/// The conclusion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conclude {
    /// Number of the notice.
    pub number: String,
    /// Who signs it, with the office held.
    pub signed_by: String,
    /// The assessment as a whole.
    pub assessment: String,
    /// Causes of what is wanting.
    pub causes: String,
    /// The recommendations.
    pub recommendations: Vec<Recommend>,
}

/// What was done about a recommendation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FollowUp {
    /// Number of the recommendation.
    pub recommendation: u32,
    /// What was done.
    pub text: String,
    /// What proves it.
    pub proof: String,
    /// Files that go with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
}

/// The verification of what an agency reported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Verify {
    /// Number of the recommendation.
    pub recommendation: u32,
    /// What it says.
    pub judgement: Judgement,
    /// On what it rests.
    pub note: String,
}

/// More time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extend {
    /// Number of the recommendation.
    pub recommendation: u32,
    /// The new last day.
    pub due_on: Date,
    /// Why.
    pub reason: String,
}

/// To a higher place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Escalate {
    /// Number of the recommendation.
    pub recommendation: u32,
    /// To whom.
    pub to: String,
    /// Why.
    pub reason: String,
}
