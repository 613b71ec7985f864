//! A dossier's state as rows: everything here can be deleted and made anew from the facts.

use domain::dossier::{Dossier, Fact};
use domain::text::fold;
use domain::time::Instant;
use storage::{Value, Write, tables};

/// The rows that show this state: the dossier's own row and the tasks that changed since version
/// `since` (0 for all of them). `folded_name` is the procedure's, folded for searching.
#[must_use]
pub(crate) fn rows(id: &str, dossier: &Dossier, folded_name: &str, since: &Changed) -> Vec<Write> {
    let mut writes = vec![dossier_row(id, dossier, folded_name)];
    for task in &dossier.tasks {
        if since.touches(task.opened.no) {
            writes.push(task_row(id, task));
        }
    }
    writes
}

/// Which tasks a row update must cover.
pub(crate) enum Changed {
    /// All: a rebuild.
    Everything,
    /// Those that these facts close or open.
    Tasks(Vec<u32>),
}

impl Changed {
    /// The tasks that facts touch.
    #[must_use]
    pub(crate) fn by(facts: &[Fact]) -> Changed {
        let mut numbers = Vec::new();
        for fact in facts {
            let moves = fact.event.moves();
            numbers.extend(&moves.closes);
            numbers.extend(moves.opens.iter().map(|task| task.no));
        }
        Changed::Tasks(numbers)
    }

    fn touches(&self, no: u32) -> bool {
        match self {
            Changed::Everything => true,
            Changed::Tasks(numbers) => numbers.contains(&no),
        }
    }
}

fn dossier_row(id: &str, dossier: &Dossier, folded_name: &str) -> Write {
    let submitted = &dossier.submitted;
    let clock = &dossier.clock;
    let returned_at = match dossier.stage {
        domain::dossier::Stage::Returned { at } => Some(at),
        _ => None,
    };
    let outcome = dossier.draft.as_ref().map(|draft| draft.outcome.name());
    let own = [dossier.code.as_deref().unwrap_or_default(), &submitted.applicant.name].join(" ");
    let search = [&fold(&own), folded_name].join(" ");
    Write {
        table: &tables::DOSSIER,
        row: vec![
            text(id),
            optional(dossier.code.as_deref()),
            Value::Int(i64::from(dossier.version)),
            text(&submitted.agency),
            text(&submitted.one_stop),
            text(&submitted.procedure),
            optional(submitted.time_class.as_deref()),
            text(submitted.channel.name()),
            optional(submitted.account.as_deref()),
            text(&submitted.applicant.name),
            text(&search),
            text(dossier.stage.name()),
            Value::Int(i64::from(dossier.national_status())),
            instant(Some(dossier.submitted_at)),
            instant(clock.received_at),
            instant(clock.due.as_ref().map(|due| due.at)),
            instant(clock.finished_at),
            instant(returned_at),
            optional(outcome),
            optional(dossier.officer.as_ref().map(|officer| officer.id.as_str())),
            Value::Int(i64::from(!dossier.stage.is_over())),
        ],
    }
}

fn task_row(id: &str, task: &domain::dossier::Task) -> Write {
    let opened = &task.opened;
    let (closed_at, closed_by) = match &task.closed {
        Some((at, by)) => (Some(*at), Some(by.as_str())),
        None => (None, None),
    };
    Write {
        table: &tables::TASK,
        row: vec![
            text(id),
            Value::Int(i64::from(opened.no)),
            Value::Int(i64::from(opened.step)),
            text(opened.kind.name()),
            text(&opened.name),
            text(&opened.place),
            text(opened.position.name()),
            optional(opened.officer.as_deref()),
            instant(Some(task.opened_at)),
            instant(opened.due_at),
            instant(closed_at),
            optional(closed_by),
        ],
    }
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
