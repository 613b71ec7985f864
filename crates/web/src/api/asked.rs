//! What may be sent: the commands of the house as JSON, each with its schema. Unknown fields are
//! refused; missing ones are empty, and the rules say what they miss.

use domain::dossier::command::{self, Command, RefusalGround};
use domain::dossier::event::{self, Channel, ResultChannel, ResultOutcome, StopGround};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Names for the schema of an enumeration that lives in `domain`.
macro_rules! names {
    ($(#[$doc:meta] $name:ident { $($variant:ident),+ })+) => { $(
        #[$doc]
        #[derive(JsonSchema)]
        #[schemars(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "the names say it")]
        pub enum $name { $($variant),+ }
    )+ };
}

names! {
    /// How a dossier comes in.
    ChannelName { Online, Counter, Post }
    /// Where the result goes.
    ResultChannelName { Online, Counter, Post }
    /// Granted or refused.
    OutcomeName { Granted, Refused }
    /// Why a dossier is not received.
    GroundName {
        OutOfAuthority, NotInCatalogue, ConditionsMissing, Fraud, Duplicate, SubjectNotEligible,
        Other
    }
    /// Why a dossier is stopped.
    StopGroundName { SupplementOverdue, PaymentOverdue, SpecialLaw }
}

/// A body that may leave fields out.
macro_rules! body {
    ($(#[$doc:meta] $name:ident {
        $($(#[$field_doc:meta])+ $field:ident: $type:ty),* $(,)?
    })+) => { $(
        #[$doc]
        #[derive(Debug, Default, Deserialize, JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name { $($(#[$field_doc])+ pub $field: $type),* }
    )+ };
}

/// A filing.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Filing {
    /// Procedure version id.
    pub procedure: String,
    /// The case of the procedure, when it has several.
    #[serde(default)]
    pub case: Option<String>,
    /// The agency that decides (unit id).
    #[serde(default)]
    pub agency: String,
    /// Applicants file `online`, the counter `counter` or `post`.
    #[serde(default)]
    #[schemars(with = "ChannelName")]
    pub channel: Channel,
    /// Whose dossier it is.
    #[serde(default)]
    pub applicant: Applicant,
    /// The statutory form's fields, by name.
    #[serde(default)]
    pub form: BTreeMap<String, String>,
    /// What is handed in, a row for each component.
    #[serde(default)]
    pub papers: Vec<Paper>,
    /// Where the applicant wants the result.
    #[serde(default)]
    #[schemars(with = "ResultChannelName")]
    pub result_channel: ResultChannel,
}

body! {
    /// Whose dossier it is.
    Applicant {
        /// Full name of the person or organisation.
        name: String,
        /// 12-digit personal number, for persons.
        personal_number: Option<String>,
        /// Tax code, for organisations.
        tax_code: Option<String>,
        /// Telephone.
        phone: Option<String>,
        /// E-mail.
        email: Option<String>,
        /// Address.
        address: String,
        /// The person who hands it in, when not the applicant.
        filed_by: Option<String>,
    }
    /// One component as handed in. Files are attached on the pages.
    Paper {
        /// Component id of the procedure version.
        component: String,
        /// `original`, `certified_copy`, `plain_copy`, `electronic_copy`, `electronic_form` or
        /// `data_lookup`.
        kind: String,
        /// How many.
        count: u32,
    }
    /// One thing to bring or mend.
    Item {
        /// The component it concerns; empty when it rests on a law.
        component: String,
        /// What is missing or wrong, and how to mend it.
        what: String,
        /// The article, when no component is named.
        legal_basis: String,
    }
    /// Reception.
    Receive {
        /// The checklist as counted; empty for "as filed".
        papers: Vec<Paper>,
        /// A note for colleagues.
        note: String,
    }
    /// One complete request for supplements.
    RequestSupplement {
        /// What is missing or wrong, item by item.
        items: Vec<Item>,
        /// Why.
        reason: String,
    }
    /// The answer to a request for supplements.
    Supplement {
        /// New or replaced papers.
        papers: Vec<Paper>,
        /// A message to the officer.
        note: String,
    }
    /// A refusal at reception.
    Refuse {
        /// The kind of reason.
        #[schemars(with = "GroundName")]
        ground: RefusalGround,
        /// The reason in words.
        reason: String,
        /// The article it rests on.
        legal_basis: String,
    }
    /// Handing on: nothing to say.
    Transfer {}
    /// Assignment.
    Assign {
        /// The officer's id.
        officer: String,
        /// Instructions.
        note: String,
    }
    /// Completion of a step, an opinion or a review.
    Work {
        /// The task's number; without it the only open one.
        task: Option<u32>,
        /// The step to go on with, where the process asks to choose.
        way: Option<u32>,
        /// What was done, found or answered.
        note: String,
    }
    /// The drafted result.
    Propose {
        /// Granted or refused.
        #[schemars(with = "OutcomeName")]
        outcome: ResultOutcome,
        /// The document's title.
        title: String,
        /// Its text, paragraphs separated by newlines.
        body: String,
        /// The submission note to the leader.
        note: String,
    }
    /// A draft returned for rework.
    SendBack {
        /// What must change.
        reason: String,
    }
    /// A signature.
    Sign {
        /// Number of the draft that was read; a newer draft refuses the signature.
        draft: Option<u32>,
    }
    /// Numbering and sealing: nothing to say.
    Issue {}
    /// Hand-over of the result.
    GiveBack {
        /// Who took it; empty for the applicant in person.
        recipient: String,
        /// A note.
        note: String,
    }
    /// The applicant takes the application back.
    Withdraw {
        /// In the applicant's words.
        reason: String,
    }
    /// A payment the applicant owes.
    RequestPayment {
        /// What is to be paid for.
        what: String,
        /// How much, in đồng.
        amount_vnd: u64,
        /// The article or resolution that sets it.
        legal_basis: String,
        /// Working days to pay, where a law sets a limit.
        within_days: Option<u32>,
    }
    /// The payment arrived.
    ConfirmPayment {
        /// Number of the receipt.
        receipt_number: String,
        /// A note.
        note: String,
    }
    /// An apology and a later due date; the date is counted, never given.
    Reappoint {
        /// Why the promise is not kept.
        reason: String,
        /// How many working days later.
        working_days: u32,
    }
    /// Acceptance of the due date that the present calendar gives.
    CorrectDue {
        /// Number of the decision.
        decision: String,
    }
    /// A stop on a ground of law.
    Stop {
        /// The kind of reason.
        #[schemars(with = "StopGroundName")]
        ground: StopGround,
        /// The reason in words.
        reason: String,
        /// The article it rests on.
        legal_basis: String,
    }
}

impl Filing {
    /// As the house's command, and for which procedure.
    #[must_use]
    pub fn into_command(self) -> (String, Command) {
        let wish = command::Submit {
            case: self.case,
            agency: self.agency,
            channel: self.channel,
            applicant: self.applicant.into(),
            form: self.form,
            papers: papers(self.papers),
            result_channel: self.result_channel,
        };
        (self.procedure, Command::Submit(wish))
    }
}

impl From<Applicant> for event::Applicant {
    fn from(sent: Applicant) -> event::Applicant {
        event::Applicant {
            name: sent.name,
            personal_number: sent.personal_number,
            tax_code: sent.tax_code,
            phone: sent.phone,
            email: sent.email,
            address: sent.address,
            filed_by: sent.filed_by,
        }
    }
}

fn papers(sent: Vec<Paper>) -> Vec<event::Paper> {
    let paper = |sent: Paper| event::Paper {
        component: sent.component,
        kind: sent.kind,
        count: sent.count,
        ..event::Paper::default()
    };
    sent.into_iter().map(paper).collect()
}

impl From<Item> for event::SupplementItem {
    fn from(sent: Item) -> event::SupplementItem {
        let Item { component, what, legal_basis } = sent;
        event::SupplementItem { component, what, legal_basis }
    }
}

impl From<Receive> for Command {
    fn from(sent: Receive) -> Command {
        Command::Receive(command::Receive { papers: papers(sent.papers), note: sent.note })
    }
}

impl From<RequestSupplement> for Command {
    fn from(sent: RequestSupplement) -> Command {
        let items = sent.items.into_iter().map(Into::into).collect();
        Command::RequestSupplement(command::RequestSupplement { items, reason: sent.reason })
    }
}

impl From<Supplement> for Command {
    fn from(sent: Supplement) -> Command {
        Command::Supplement(command::Supplement { papers: papers(sent.papers), note: sent.note })
    }
}

impl From<Transfer> for Command {
    fn from(_: Transfer) -> Command {
        Command::Transfer
    }
}

impl From<Sign> for Command {
    fn from(sent: Sign) -> Command {
        Command::Sign(command::Sign { draft: sent.draft, paper: None })
    }
}

impl From<Issue> for Command {
    fn from(_: Issue) -> Command {
        Command::Issue(command::Issue::default())
    }
}

/// Commands whose fields are the body's.
macro_rules! same_fields {
    ($($name:ident { $($field:ident),+ })+) => { $(
        impl From<$name> for Command {
            fn from(sent: $name) -> Command {
                let $name { $($field),+ } = sent;
                Command::$name(command::$name { $($field),+ })
            }
        }
    )+ };
}

same_fields! {
    Refuse { ground, reason, legal_basis }
    Assign { officer, note }
    Work { task, way, note }
    Propose { outcome, title, body, note }
    SendBack { reason }
    GiveBack { recipient, note }
    Withdraw { reason }
    RequestPayment { what, amount_vnd, legal_basis, within_days }
    ConfirmPayment { receipt_number, note }
    Reappoint { reason, working_days }
    CorrectDue { decision }
    Stop { ground, reason, legal_basis }
}

/// Which worklist lines.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WorklistAsked {
    /// The caller's own position, or empty.
    pub role: String,
    /// At most so many, 1–200; 50 without it.
    #[schemars(range(min = 1, max = 200))]
    pub limit: Option<u32>,
}

/// Which procedures.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ProceduresAsked {
    /// Words of the name, code, field or authority, with or without diacritics.
    pub q: String,
    /// At most so many, 1–200; 50 without it.
    #[schemars(range(min = 1, max = 200))]
    pub limit: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_of<T: JsonSchema>() -> Vec<String> {
        let schema = schemars::schema_for!(T);
        let names = schema.get("enum").and_then(|names| names.as_array()).cloned();
        let texts = names.unwrap_or_default();
        texts.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
    }

    #[test]
    fn names_are_those_of_the_house() {
        let grounds: Vec<_> = RefusalGround::ALL.iter().map(|ground| ground.name()).collect();
        assert_eq!(names_of::<GroundName>(), grounds);
        let stops: Vec<_> = StopGround::ALL.iter().map(|ground| ground.name()).collect();
        assert_eq!(names_of::<StopGroundName>(), stops);
        let channels = [Channel::Online, Channel::Counter, Channel::Post].map(Channel::name);
        assert_eq!(names_of::<ChannelName>(), channels);
        let outcomes = [ResultOutcome::Granted, ResultOutcome::Refused].map(ResultOutcome::name);
        assert_eq!(names_of::<OutcomeName>(), outcomes);
    }
}
