//! Which tasks a completed step opens: the walk over the internal process (quy trình nội bộ).

use super::context::Context;
use super::event::{Moves, TaskOpened};
use super::refusal::Refusal;
use super::{Dossier, clock};
use crate::organisation::Position;
use crate::process::{Gateway, Process, Step, StepKind};
use crate::time::{Instant, instant, local};

/// Opens the successors of `done`, given that the tasks in `closing` close with it. A join opens
/// only when nothing else on a way to it is open.
pub(super) fn after(
    dossier: &Dossier,
    done: &TaskOpened,
    ctx: &Context<'_>,
) -> Result<Moves, Refusal> {
    after_by(dossier, done, None, ctx)
}

/// The ways to choose from after a step; empty where all successors open.
pub(super) fn ways<'c>(step: u32, ctx: &Context<'c>) -> &'c [u32] {
    match ctx.process.and_then(|process| process.step(step)) {
        Some(step) if step.gateway == Gateway::Xor => &step.next,
        _ => &[],
    }
}

/// Like [`after`], by the chosen way only.
pub(super) fn after_by(
    dossier: &Dossier,
    done: &TaskOpened,
    way: Option<u32>,
    ctx: &Context<'_>,
) -> Result<Moves, Refusal> {
    let process = ctx.process.ok_or(Refusal::NoProcess)?;
    let mut moves = Moves { closes: vec![done.no], opens: Vec::new() };
    for &no in process.successors(done.step) {
        let Some(step) = process.step(no) else { continue };
        if way.is_some_and(|way| way != no) {
            continue;
        }
        let waits = process.is_join(no)
            && dossier
                .open_tasks()
                .any(|task| task.no != done.no && leads_to(process, task.step, no));
        if !waits {
            let number = dossier.next_task() + u32::try_from(moves.opens.len()).unwrap_or(0);
            moves.opens.push(open(dossier, step, number, ctx)?);
        }
    }
    Ok(moves)
}

/// The task for a step of the process, placed and timed.
pub(super) fn open(
    dossier: &Dossier,
    step: &Step,
    no: u32,
    ctx: &Context<'_>,
) -> Result<TaskOpened, Refusal> {
    let agency = dossier.submitted.agency.as_str();
    let assigned = ctx.process.and_then(|process| process.assigned_division.as_deref());
    let place = match step.external_agency.as_deref() {
        Some(external) => external.to_owned(),
        None if matches!(step.kind, StepKind::Receive | StepKind::GiveBack) => {
            dossier.one_stop().to_owned()
        }
        None => ctx
            .organisation
            .place_of(&step.unit_role, agency, assigned)
            .unwrap_or(agency)
            .to_owned(),
    };
    let officer = match step.position {
        Position::Officer if step.external_agency.is_none() => {
            dossier.officer.as_ref().map(|officer| officer.id.clone())
        }
        _ => None,
    };
    let due_at = match step.kind {
        StepKind::GiveBack => dossier.clock.due.as_ref().map(|due| due.at),
        _ => Some(minutes_from_now(i64::from(step.minutes), ctx)?),
    };
    let consultation = match (step.kind, due_at) {
        (StepKind::Consult, Some(due)) => Some(clock::consultation(due, dossier, ctx)?),
        _ => None,
    };
    Ok(TaskOpened {
        no,
        step: step.no,
        kind: step.kind,
        name: step.name.clone(),
        place,
        position: step.position,
        officer,
        due_at,
        consultation,
    })
}

/// Tasks that were interrupted, under new numbers, each with what was left of its own time.
pub(super) fn go_on(
    dossier: &Dossier,
    interrupted: &[TaskOpened],
    since: Instant,
    ctx: &Context<'_>,
) -> Result<Vec<TaskOpened>, Refusal> {
    let mut opens = Vec::new();
    for (no, old) in (dossier.next_task()..).zip(interrupted) {
        let mut task = TaskOpened { no, ..old.clone() };
        task.due_at = old.due_at.map(|due| shifted(due, since, ctx)).transpose()?;
        if let Some(asked) = &mut task.consultation {
            asked.answer_by = shifted(asked.answer_by, since, ctx)?;
        }
        opens.push(task);
    }
    Ok(opens)
}

/// A due instant moved on by the time that the clock stood.
fn shifted(due: Instant, since: Instant, ctx: &Context<'_>) -> Result<Instant, Refusal> {
    minutes_from_now(ctx.calendar.count_minutes(local(since), local(due))?, ctx)
}

fn minutes_from_now(minutes: i64, ctx: &Context<'_>) -> Result<Instant, Refusal> {
    Ok(instant(ctx.calendar.add_minutes(local(ctx.at), minutes)?))
}

/// Interrupted tasks begun anew: each with its whole time.
pub(super) fn begin_again(
    dossier: &Dossier,
    interrupted: &[TaskOpened],
    ctx: &Context<'_>,
) -> Result<Vec<TaskOpened>, Refusal> {
    let process = ctx.process.ok_or(Refusal::NoProcess)?;
    let mut opens = Vec::new();
    for (no, old) in (dossier.next_task()..).zip(interrupted) {
        let Some(step) = process.step(old.step) else { continue };
        opens.push(open(dossier, step, no, ctx)?);
    }
    Ok(opens)
}

/// The reception task of a filing or of a returned supplement: eight working hours.
pub(super) fn reception(one_stop: &str, no: u32, ctx: &Context<'_>) -> Result<TaskOpened, Refusal> {
    Ok(at_the_counter(one_stop, no, clock::reception_by(ctx)?, ctx))
}

/// The hand-over that follows a reception at the counter: the same day.
pub(super) fn transfer(dossier: &Dossier, ctx: &Context<'_>) -> Result<TaskOpened, Refusal> {
    let by = clock::transfer_by(dossier, ctx)?;
    Ok(at_the_counter(dossier.one_stop(), dossier.next_task(), by, ctx))
}

fn at_the_counter(one_stop: &str, no: u32, due: Instant, ctx: &Context<'_>) -> TaskOpened {
    TaskOpened {
        no,
        step: ctx.process.map_or(1, |process| process.first().no),
        kind: StepKind::Receive,
        name: ctx.process.map_or_else(String::new, |process| process.first().name.clone()),
        place: one_stop.to_owned(),
        position: Position::CounterOfficer,
        officer: None,
        due_at: Some(due),
        consultation: None,
    }
}

/// Is there a way from one step to another?
fn leads_to(process: &Process, from: u32, to: u32) -> bool {
    let mut ahead = vec![from];
    let mut seen = Vec::new();
    while let Some(no) = ahead.pop() {
        for &next in process.successors(no) {
            if next == to {
                return true;
            }
            if !seen.contains(&next) {
                seen.push(next);
                ahead.push(next);
            }
        }
    }
    false
}

/// Closes every open task.
pub(super) fn close_all(dossier: &Dossier) -> Moves {
    Moves { closes: dossier.open_tasks().map(|task| task.no).collect(), opens: Vec::new() }
}
