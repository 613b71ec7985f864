//! A dossier's state as rows: everything here can be deleted and made anew from the facts.

use domain::dossier::{Dossier, Stage, Task};
use domain::text::fold;
use domain::time::Instant;
use storage::{Value, Write, tables};

/// The rows that show this state: the dossier's own and one for each open task. `folded_name` is
/// the procedure's, folded for searching.
#[must_use]
pub(crate) fn rows(id: &str, dossier: &Dossier, folded_name: &str) -> Vec<Write> {
    let open = dossier.tasks.iter().filter(|task| task.closed.is_none());
    let tasks = open.map(|task| task_row(id, task));
    [dossier_row(id, dossier, folded_name)].into_iter().chain(tasks).collect()
}

/// What an act makes of the rows that showed the state before it: the same as [`rows`] of the state
/// after it. What was filed never changes, a dossier gets its code once, a task opens and closes.
#[must_use]
pub(crate) fn changes(
    id: &str,
    before: Option<&Dossier>,
    after: &Dossier,
    folded_name: &str,
) -> Vec<Write> {
    let Some(before) = before else { return rows(id, after, folded_name) };
    let mut writes = Vec::new();
    if before.code != after.code {
        let search = text(&search_text(after, folded_name));
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
    writes
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
