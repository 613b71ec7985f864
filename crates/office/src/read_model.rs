//! A dossier's state as rows: everything here can be deleted and made anew from the facts.

use crate::keys::Keys;
use domain::dossier::{Dossier, IssuedResult, Stage, Task};
use domain::text::fold;
use domain::time::Instant;
use storage::{Value, Write, tables};

/// What the rows of a dossier need besides its state.
#[derive(Clone, Copy)]
pub(crate) struct Shown<'s> {
    /// The dossier's id.
    pub(crate) id: &'s str,
    /// The procedure's name, folded for searching.
    pub(crate) folded_name: &'s str,
    /// For the tag of a result's owner.
    pub(crate) keys: &'s Keys,
}

/// The rows that show this state: the dossier's own, one for each open task, and one for its result
/// once issued.
#[must_use]
pub(crate) fn rows(shown: Shown<'_>, dossier: &Dossier) -> Vec<Write> {
    let open = dossier.tasks.iter().filter(|task| task.closed.is_none());
    let tasks = open.map(|task| task_row(shown.id, task));
    let result = dossier.result.as_ref().map(|result| result_row(shown, dossier, result));
    let own = dossier_row(shown.id, dossier, shown.folded_name);
    [own].into_iter().chain(tasks).chain(result).collect()
}

/// What an act makes of the rows that showed the state before it: the same as [`rows`] of the state
/// after it. What was filed never changes, a dossier gets its code and its result once, a task
/// opens and closes.
#[must_use]
pub(crate) fn changes(shown: Shown<'_>, before: Option<&Dossier>, after: &Dossier) -> Vec<Write> {
    let Some(before) = before else { return rows(shown, after) };
    let id = shown.id;
    let mut writes = Vec::new();
    if before.code != after.code {
        let search = text(&search_text(after, shown.folded_name));
        let code = optional(after.code.as_deref());
        writes.push(tables::DOSSIER_CODE.row(vec![text(id), code, search]));
    }
    let course = [text(id)].into_iter().chain(course(after));
    writes.push(tables::DOSSIER_COURSE.row(course.collect()));
    let was_open = |at: usize| before.tasks.get(at).is_some_and(|task| task.closed.is_none());
    for (at, task) in after.tasks.iter().enumerate() {
        match (was_open(at), task.closed.is_none()) {
            (false, true) => writes.push(task_row(id, task)),
            (true, false) => writes.push(tables::TASK.without(task_key(id, task))),
            (true, true) | (false, false) => {}
        }
    }
    if let (None, Some(result)) = (&before.result, &after.result) {
        writes.push(result_row(shown, after, result));
    }
    writes
}

fn result_row(shown: Shown<'_>, dossier: &Dossier, result: &IssuedResult) -> Write {
    let submitted = &dossier.submitted;
    let draft = dossier.draft.as_ref();
    let paper = result.paper.as_ref();
    let valid_until = paper.and_then(|paper| paper.valid_until).map(|day| day.to_string());
    tables::RESULT.row(vec![
        text(shown.id),
        text(result.code.as_str()),
        optional(paper.map(|paper| paper.kind.as_str())),
        text(&submitted.procedure),
        text(&submitted.agency),
        text(draft.map_or("", |draft| draft.outcome.name())),
        text(draft.map_or("", |draft| draft.title.as_str())),
        text(&shown.keys.owner_tag(submitted.applicant.identity())),
        instant(Some(result.at)),
        optional(valid_until.as_deref()),
    ])
}

fn dossier_row(id: &str, dossier: &Dossier, folded_name: &str) -> Write {
    let submitted = &dossier.submitted;
    let [version, stage, status, received, due, finished, returned, outcome, officer, open] =
        course(dossier);
    tables::DOSSIER.row(vec![
        text(id),
        optional(dossier.code.as_deref()),
        version,
        text(&submitted.agency),
        text(&submitted.one_stop),
        text(&submitted.procedure),
        optional(submitted.time_class.as_deref()),
        text(submitted.channel.name()),
        optional(submitted.account.as_deref()),
        text(&submitted.applicant.name),
        text(&search_text(dossier, folded_name)),
        stage,
        status,
        instant(Some(dossier.submitted_at)),
        received,
        due,
        finished,
        returned,
        outcome,
        officer,
        open,
    ])
}

/// The columns of [`tables::DOSSIER_COURSE`].
fn course(dossier: &Dossier) -> [Value; 10] {
    let clock = &dossier.clock;
    let returned_at = match dossier.stage {
        Stage::Returned { at } => Some(at),
        _ => None,
    };
    [
        Value::Int(i64::from(dossier.version)),
        text(dossier.stage.name()),
        Value::Int(i64::from(dossier.national_status())),
        instant(clock.received_at),
        instant(clock.due.as_ref().map(|due| due.at)),
        instant(clock.finished_at),
        instant(returned_at),
        optional(dossier.draft.as_ref().map(|draft| draft.outcome.name())),
        optional(dossier.officer.as_ref().map(|officer| officer.id.as_str())),
        Value::Int(i64::from(!dossier.stage.is_over())),
    ]
}

fn search_text(dossier: &Dossier, folded_name: &str) -> String {
    let name = &dossier.submitted.applicant.name;
    let own = [dossier.code.as_deref().unwrap_or_default(), name].join(" ");
    [&fold(&own), folded_name].join(" ")
}

fn task_row(id: &str, task: &Task) -> Write {
    let opened = &task.opened;
    let mut row = task_key(id, task);
    row.extend([
        Value::Int(i64::from(opened.step)),
        text(opened.kind.name()),
        text(&opened.name),
        text(&opened.place),
        text(opened.position.name()),
        optional(opened.officer.as_deref()),
        instant(Some(task.opened_at)),
        instant(opened.due_at),
    ]);
    tables::TASK.row(row)
}

fn task_key(id: &str, task: &Task) -> Vec<Value> {
    vec![text(id), Value::Int(i64::from(task.opened.no))]
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn optional(text: Option<&str>) -> Value {
    text.map_or(Value::Null, |text| Value::Text(text.to_owned()))
}

fn instant(at: Option<Instant>) -> Value {
    at.map_or(Value::Null, |at| Value::Int(at.as_millisecond()))
}
