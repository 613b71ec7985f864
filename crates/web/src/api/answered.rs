//! What comes out: what acts answer, a dossier's state, worklists, procedures. Nothing of the
//! applicant: whoever needs the papers opens the page, where the look is written down.

use super::problem::Problem;
use crate::kit::words;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::dossier::event::DueDate;
use domain::dossier::{Act, ClockState, Dossier};
use domain::permission::OpenAct;
use domain::time::from_millis;
use domain::worktime::{Why, explain};
use office::Acted;
use office::view::WorkItem;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// What an act answers.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Done")]
pub struct Done<'a> {
    /// The dossier's id.
    pub id: &'a str,
    /// Its code, once received.
    pub code: Option<&'a str>,
    /// Number of facts after the act.
    pub version: u32,
    /// Stage after the act.
    pub stage: &'a str,
}

/// A dossier's state.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Dossier")]
pub struct State<'a> {
    /// The dossier's id.
    pub id: &'a str,
    /// Its code, once received.
    pub code: Option<&'a str>,
    /// Number of facts: the version of the next act's predecessor.
    pub version: u32,
    /// The same number, as a count of events.
    pub events: u32,
    /// Where it stands.
    pub stage: &'static str,
    /// National status 1–10.
    pub national_status: u8,
    /// The agency that decides (unit id).
    pub agency: &'a str,
    /// Procedure version id.
    pub procedure: &'a str,
    /// When it was filed.
    pub submitted_at: String,
    /// When it was first received.
    pub received_at: Option<String>,
    /// The promise in force.
    pub due_at: Option<String>,
    /// The promise of the first receipt.
    pub original_due_at: Option<String>,
    /// When the clock ended.
    pub finished_at: Option<String>,
    /// How the promise was reached, line by line: started, counted, skipped days, rounding.
    #[schemars(with = "Vec<Value>")]
    pub due_why: &'a [Why],
    /// The due dates explained: in force, of the first receipt, by law.
    pub due_explained: Vec<Explained<'a>>,
    /// Open tasks.
    pub tasks: Vec<TaskLine<'a>>,
    /// What the caller may do now.
    pub acts: Vec<ActLine>,
}

/// A due date explained, so that anyone can count it again.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DueExplained")]
pub struct Explained<'a> {
    /// `current`, `original` or `statutory`.
    pub which: &'static str,
    /// When.
    pub at: String,
    /// Why, as data: started, counted, skipped days, stops, rounding.
    #[schemars(with = "Vec<Value>")]
    pub why: &'a [Why],
    /// Why, in Vietnamese, line by line.
    pub lines: Vec<String>,
}

/// An open task.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Task")]
pub struct TaskLine<'a> {
    /// Number within the dossier.
    pub no: u32,
    /// What kind of act closes it.
    pub kind: &'static str,
    /// The step's name.
    pub name: &'a str,
    /// The unit or division that holds it.
    pub place: &'a str,
    /// The position in that place.
    pub position: &'static str,
    /// Until when.
    pub due_at: Option<String>,
}

/// An act open to the caller.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OpenAct")]
pub struct ActLine {
    /// The act's name: `…/actions/{act}`.
    pub act: &'static str,
    /// The task it would close.
    pub task: Option<u32>,
}

/// A line of a worklist.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Work")]
pub struct WorkLine<'a> {
    /// The dossier's id.
    pub id: &'a str,
    /// Its code, once received.
    pub code: Option<&'a str>,
    /// The task's number within the dossier.
    pub task: u32,
    /// What kind of act closes it.
    pub kind: &'a str,
    /// The step's name.
    pub name: &'a str,
    /// Until when.
    pub due_at: Option<String>,
    /// Working minutes left, negative when late.
    pub remaining_minutes: Option<i64>,
}

/// What was done, as the answer of an act; a repetition says so in a header.
#[must_use]
pub fn done(status: StatusCode, acted: &Acted) -> Response {
    let body = Done {
        id: &acted.id,
        code: acted.code.as_deref(),
        version: acted.version,
        stage: &acted.stage,
    };
    let mut response = json(status, &body);
    let headers = response.headers_mut();
    if status == StatusCode::CREATED {
        let place = format!("{}/dossiers/{}", super::ROOT, acted.id);
        if let Ok(place) = HeaderValue::from_str(&place) {
            headers.insert(LOCATION, place);
        }
    }
    if acted.repeated {
        let name = HeaderName::from_static("idempotency-replayed");
        headers.insert(name, HeaderValue::from_static("true"));
    }
    response
}

/// A body as JSON.
#[must_use]
pub fn json(status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(body) => {
            let kind = HeaderValue::from_static("application/json");
            (status, [(CONTENT_TYPE, kind)], body).into_response()
        }
        Err(error) => {
            let fault = office::ActError::Fault { doing: "answer", cause: error.to_string() };
            Problem::from_act(fault, crate::kit::i18n::Language::Vi).into_response()
        }
    }
}

impl<'a> State<'a> {
    /// The state as the caller may see it.
    #[must_use]
    pub fn of(id: &'a str, dossier: &'a Dossier, open: &[OpenAct]) -> State<'a> {
        let at = |due: &Option<DueDate>| due.as_ref().map(|due| words::machine(due.at));
        let tasks = dossier.open_tasks().map(|task| TaskLine {
            no: task.no,
            kind: task.kind.name(),
            name: &task.name,
            place: &task.place,
            position: task.position.name(),
            due_at: task.due_at.map(words::machine),
        });
        let act = |open: &OpenAct| ActLine { act: Act::name(open.act), task: open.task };
        let clock = &dossier.clock;
        State {
            id,
            code: dossier.code.as_deref(),
            version: dossier.version,
            events: dossier.version,
            stage: dossier.stage.name(),
            national_status: dossier.national_status(),
            agency: &dossier.submitted.agency,
            procedure: &dossier.submitted.procedure,
            submitted_at: words::machine(dossier.submitted_at),
            received_at: clock.received_at.map(words::machine),
            due_at: at(&clock.due),
            original_due_at: at(&clock.original_due),
            finished_at: clock.finished_at.map(words::machine),
            due_why: clock.due.as_ref().map_or(&[], |due| &due.why),
            due_explained: explained(clock),
            tasks: tasks.collect(),
            acts: open.iter().map(act).collect(),
        }
    }
}

fn explained(clock: &ClockState) -> Vec<Explained<'_>> {
    let dues = [
        ("current", &clock.due),
        ("original", &clock.original_due),
        ("statutory", &clock.statutory_due),
    ];
    let explain = |(which, due)| {
        let due: &DueDate = Option::as_ref(due)?;
        let (at, lines) = (words::machine(due.at), explain::in_vietnamese(&due.why));
        Some(Explained { which, at, why: &due.why, lines })
    };
    dues.into_iter().filter_map(explain).collect()
}

impl<'a> From<&'a WorkItem> for WorkLine<'a> {
    fn from(item: &'a WorkItem) -> WorkLine<'a> {
        let task = &item.task;
        WorkLine {
            id: &task.dossier.id,
            code: task.dossier.code.as_deref(),
            task: task.no,
            kind: &task.kind,
            name: &task.name,
            due_at: task.task_due_at.map(|at| words::machine(from_millis(at))),
            remaining_minutes: item.remaining_minutes,
        }
    }
}
