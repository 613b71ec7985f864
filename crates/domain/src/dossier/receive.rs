//! Reception (tiếp nhận), NĐ 61/2018 Đ17.1: the clock starts, the code and the due date are fixed
//! and frozen together with the procedure version, the process and the rule profile. Online
//! dossiers are handed on at once by the system (Đ18.2).

use super::command::Receive;
use super::context::Context;
use super::decide::{Book, Decision, own_task};
use super::event::{By, Channel, Event, LateEntry, Moves, Received, SupplementStage, TaskOpened};
use super::refusal::{Problems, Reason, Refusal, limit};
use super::{Act, Dossier, Stage, clock, reuse, tasks, transfer};
use crate::rules::SupplementEffect;
use crate::time::local;

pub(super) fn decide(
    dossier: &Dossier,
    wish: &Receive,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let mut problems = Problems::default();
    let note = problems.optional("note", &wish.note, limit::NOTE);
    if wish.papers.len() > limit::PAPERS {
        problems.add("papers", Reason::TooMany(limit::PAPERS));
    }
    reuse::unchanged(&wish.papers, &dossier.papers, &mut problems);
    let late = late_entry(dossier, wish, ctx, &mut problems);
    problems.none_or_refuse()?;
    let task = own_task(dossier, Act::Receive, None, ctx)?;
    match &dossier.stage {
        Stage::Supplemented { at: SupplementStage::Appraisal, reopen } => {
            let received = again(dossier, task, reopen, (note, late), wish, ctx)?;
            Ok(Decision::one(ctx, Event::Received(received)))
        }
        _ => first(dossier, task, (note, late), wish, ctx),
    }
}

/// First reception: number, code, clock; online also the transfer.
fn first(
    dossier: &Dossier,
    task: &TaskOpened,
    (note, late_entry): (String, Option<LateEntry>),
    wish: &Receive,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let process = ctx.process.ok_or(Refusal::NoProcess)?;
    let promise = clock::from_now(dossier, ctx)?;
    let agency_code = ctx.organisation.code_of(&dossier.submitted.agency).to_owned();
    let day = local(ctx.at).date().strftime("%y%m%d").to_string();
    let online = dossier.submitted.channel == Channel::Online;
    let opens = match online {
        true => Vec::new(),
        false => vec![tasks::transfer(dossier, ctx)?],
    };
    let received = Received {
        cycle: 1,
        code: String::new(),
        agency_code: agency_code.clone(),
        number: 0,
        profile: ctx.profile.id.to_owned(),
        rules: Some(ctx.rules(dossier)),
        process: process.id.clone(),
        due: promise.due,
        statutory_due: promise.statutory_due,
        papers: counted(dossier, wish),
        note,
        late_entry,
        moves: Moves { closes: vec![task.no], opens },
    };
    let mut events = vec![(ctx.actor.by(), Event::Received(received))];
    if online {
        let transferred = transfer::after(dossier, None, ctx)?;
        events.push((By::System, Event::Transferred(transferred)));
    }
    Ok(Decision { events, book: Some(Book { key: format!("{agency_code}|{day}"), number: None }) })
}

/// Reception of the completed dossier during appraisal: same code, next cycle, the clock restarts
/// or resumes as the procedure says, and the interrupted tasks go on.
fn again(
    dossier: &Dossier,
    task: &TaskOpened,
    reopen: &[TaskOpened],
    (note, late_entry): (String, Option<LateEntry>),
    wish: &Receive,
    ctx: &Context<'_>,
) -> Result<Received, Refusal> {
    let process = ctx.process.ok_or(Refusal::NoProcess)?;
    let rules = ctx.rules(dossier);
    let (promise, opens) = match dossier.supplements.last() {
        Some(cycle) => (
            clock::after_supplement(dossier, cycle, ctx)?,
            match rules.supplement_effect {
                SupplementEffect::RestartFromZero => tasks::begin_again(dossier, reopen, ctx)?,
                SupplementEffect::ResumeRemaining | SupplementEffect::Subtract => {
                    tasks::go_on(dossier, reopen, cycle.requested_at, ctx)?
                }
            },
        ),
        None => (clock::from_now(dossier, ctx)?, tasks::begin_again(dossier, reopen, ctx)?),
    };
    Ok(Received {
        cycle: u32::try_from(dossier.supplements.len()).unwrap_or(u32::MAX - 1) + 1,
        code: dossier.code.clone().unwrap_or_default(),
        agency_code: ctx.organisation.code_of(&dossier.submitted.agency).to_owned(),
        number: 0,
        profile: dossier.profile.clone().unwrap_or_default(),
        rules: Some(rules),
        process: process.id.clone(),
        due: promise.due,
        statutory_due: promise.statutory_due,
        papers: counted(dossier, wish),
        note,
        late_entry,
        moves: Moves { closes: vec![task.no], opens },
    })
}

/// Papers that came on an earlier day: the day and the reason together or neither, and never for
/// what came online. The due date runs from the entry all the same.
fn late_entry(
    dossier: &Dossier,
    wish: &Receive,
    ctx: &Context<'_>,
    problems: &mut Problems,
) -> Option<LateEntry> {
    let Some(arrived_on) = wish.arrived_on else {
        if !wish.late_reason.trim().is_empty() {
            problems.add("arrived_on", Reason::Missing);
        }
        return None;
    };
    let online = dossier.submitted.channel == Channel::Online;
    if online || arrived_on >= local(ctx.at).date() {
        problems.add("arrived_on", Reason::NotTheCase);
    }
    let reason = problems.text("late_reason", &wish.late_reason, limit::REASON);
    Some(LateEntry { arrived_on, reason })
}

fn counted(dossier: &Dossier, wish: &Receive) -> Vec<super::event::Paper> {
    if wish.papers.is_empty() { dossier.papers.clone() } else { wish.papers.clone() }
}
