//! `GET /procedures` and `GET /procedures/{id}`: what can be filed, where, with which papers and
//! which form.

use super::answered;
use super::asked::ProceduresAsked;
use super::body::Asked;
use super::caller::{Caller, Named};
use super::problem::Problem;
use super::worklist::{MOST, USUAL};
use crate::Web;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::procedure::form::Form;
use domain::procedure::{Procedure, Time};
use domain::time::local;
use office::ActError;
use office::catalogue::Catalogue;
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// A procedure in a list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ProcedureLine")]
pub struct Line<'a> {
    /// Procedure version id.
    pub id: &'a str,
    /// National code.
    pub code: Option<&'a str>,
    /// Name.
    pub name: &'a str,
    /// Field of administration.
    pub field: &'a str,
    /// Kind of the agencies that decide.
    pub agency_kind: &'a str,
}

/// A procedure.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Procedure")]
pub struct Detail<'a> {
    /// The line of the list.
    #[serde(flatten)]
    pub line: Line<'a>,
    /// Who decides, in words.
    pub competent_authority: &'a str,
    /// Takes filings today.
    pub offered: bool,
    /// The longest time the law allows.
    pub statutory_time: Span,
    /// The time the agency promises.
    pub committed_time: Span,
    /// Cases; a filing names one when there are several.
    pub cases: Vec<CaseLine<'a>>,
    /// Ways of filing that are open.
    pub channels: Vec<ChannelLine<'a>>,
    /// Papers to hand in.
    pub components: Vec<ComponentLine<'a>>,
    /// Agencies that decide it today.
    pub agencies: Vec<Agency<'a>>,
    /// Forms.
    pub forms: Vec<FormLine<'a>>,
}

/// A length of procedural time.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Span {
    /// How many.
    pub amount: u32,
    /// `working_day`, `working_hour`, `calendar_day`, `month`, `immediate` or `same_day`.
    #[schemars(with = "String")]
    pub unit: domain::procedure::TimeUnit,
}

/// A case.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Case")]
pub struct CaseLine<'a> {
    /// What a filing names.
    pub id: &'a str,
    /// In words.
    pub name: &'a str,
    /// Time promised for it.
    pub committed_time: Span,
    /// Its form.
    pub form: Option<&'a str>,
}

/// A way of filing.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Channel")]
pub struct ChannelLine<'a> {
    /// `online`, `counter` or `post`.
    #[schemars(with = "super::asked::ChannelName")]
    pub channel: domain::procedure::ChannelKind,
    /// Under which condition.
    pub condition: Option<&'a str>,
}

/// A paper to hand in.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Component")]
pub struct ComponentLine<'a> {
    /// What a filing names.
    pub id: &'a str,
    /// In words.
    pub name: &'a str,
    /// The cases it belongs to; all when empty.
    pub cases: &'a [String],
    /// Without it nothing is filed.
    pub mandatory: bool,
    /// Handed in by filling in the form.
    pub is_form: bool,
    /// In which kinds it is taken.
    pub accepts: &'a [String],
}

/// An agency.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Agency<'a> {
    /// What a filing names.
    pub id: &'a str,
    /// Name.
    pub name: &'a str,
}

/// A form.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Form")]
pub struct FormLine<'a> {
    /// What a case names.
    pub id: &'a str,
    /// Title.
    pub title: &'a str,
    /// Fields.
    pub fields: Vec<FieldLine<'a>>,
}

/// A field.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Field")]
pub struct FieldLine<'a> {
    /// What a filing names.
    pub name: &'a str,
    /// In words.
    pub label: &'a str,
    /// What kind of text it takes.
    #[schemars(with = "String")]
    pub kind: domain::procedure::form::FieldKind,
    /// Must be filled, where its condition holds.
    pub required: bool,
    /// When it applies.
    pub condition: Option<&'a str>,
    /// What can be chosen.
    pub choices: &'a [String],
}

/// Searches the procedures offered today.
///
/// # Errors
/// A problem: a limit out of range (422).
pub async fn list(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Asked(asked): Asked<ProceduresAsked>,
) -> Result<Response, Problem> {
    let limit = asked.limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        return Err(caller.tell(Problem::out_of_range(caller.lang, "limit", MOST)));
    }
    let today = local(web.office.clock.now()).date();
    let found = web.office.catalogue.search(&asked.q, today);
    let lines: Vec<Line<'_>> = found.into_iter().take(limit as usize).map(line).collect();
    Ok(answered::json(StatusCode::OK, &lines))
}

/// One procedure.
///
/// # Errors
/// A problem: not there (404).
pub async fn one(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Named(id): Named,
) -> Result<Response, Problem> {
    let catalogue = &web.office.catalogue;
    let procedure = catalogue.procedure(&id).ok_or_else(|| caller.problem(ActError::NotFound))?;
    let today = local(web.office.clock.now()).date();
    Ok(answered::json(StatusCode::OK, &detail(catalogue, procedure, today)))
}

fn line(procedure: &Procedure) -> Line<'_> {
    Line {
        id: &procedure.id,
        code: procedure.code.as_deref(),
        name: &procedure.name,
        field: &procedure.field.name,
        agency_kind: &procedure.agency_kind,
    }
}

fn detail<'a>(
    catalogue: &'a Catalogue,
    procedure: &'a Procedure,
    today: jiff::civil::Date,
) -> Detail<'a> {
    let of_case = |case: Option<&str>| catalogue.form_for(procedure, case);
    let mut forms: Vec<&Form> = of_case(None).into_iter().collect();
    forms.extend(procedure.cases.iter().filter_map(|case| of_case(Some(&case.id))));
    forms.sort_by(|a, b| a.id.cmp(&b.id));
    forms.dedup_by(|a, b| a.id == b.id);
    let agencies = catalogue.organisation.agencies_of_kind(&procedure.agency_kind, today);
    Detail {
        line: line(procedure),
        competent_authority: &procedure.competent_authority,
        offered: procedure.offers(today),
        statutory_time: span(&procedure.statutory_time, None),
        committed_time: span(&procedure.committed_time, None),
        cases: procedure
            .cases
            .iter()
            .map(|case| CaseLine {
                id: &case.id,
                name: &case.name,
                committed_time: span(&procedure.committed_time, Some(&case.time_class)),
                form: of_case(Some(&case.id)).map(|form| form.id.as_str()),
            })
            .collect(),
        channels: procedure
            .channels
            .iter()
            .filter(|rule| rule.accepted)
            .map(|rule| ChannelLine { channel: rule.channel, condition: rule.condition.as_deref() })
            .collect(),
        components: components(procedure),
        agencies: agencies.map(|unit| Agency { id: &unit.id, name: &unit.name }).collect(),
        forms: forms.into_iter().map(form).collect(),
    }
}

fn span(time: &Time, class: Option<&str>) -> Span {
    let span = time.of(class);
    Span { amount: span.amount, unit: span.unit }
}

fn components(procedure: &Procedure) -> Vec<ComponentLine<'_>> {
    procedure
        .components
        .iter()
        .map(|component| ComponentLine {
            id: &component.id,
            name: &component.name,
            cases: component.case.as_deref().unwrap_or_default(),
            mandatory: component.mandatory,
            is_form: component.is_application_form(),
            accepts: &component.accepts,
        })
        .collect()
}

fn form(form: &Form) -> FormLine<'_> {
    let fields = form.fields.iter().map(|field| FieldLine {
        name: &field.name,
        label: &field.label,
        kind: field.kind,
        required: field.required,
        condition: field.condition.as_deref(),
        choices: &field.choices,
    });
    FormLine { id: &form.id, title: &form.title, fields: fields.collect() }
}
