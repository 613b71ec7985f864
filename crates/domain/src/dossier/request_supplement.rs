//! The request for supplements (Mẫu 02): once and complete (NĐ 61/2018 Đ11.2.c), each item tied to
//! a published component or to a law (NĐ 63/2010 Đ18.6), with a reason (Đ18.5); during appraisal
//! within three working days of reception (Đ19.4). The clock stops.

use super::command::RequestSupplement;
use super::context::Context;
use super::decide::Decision;
use super::event::{Event, SupplementItem, SupplementRequested, SupplementStage};
use super::refusal::{Problems, Reason, Refusal, limit};
use super::{Dossier, Stage, tasks};
use crate::procedure::TimeUnit;
use crate::time::local;

pub(super) fn decide(
    dossier: &Dossier,
    wish: &RequestSupplement,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let stage = match dossier.stage {
        Stage::Submitted => SupplementStage::Reception,
        _ => SupplementStage::Appraisal,
    };
    only_once(dossier, stage)?;
    in_time(dossier, stage, ctx)?;
    let mut problems = Problems::default();
    let reason = problems.text("reason", &wish.reason, limit::REASON);
    let items = items(dossier, wish, ctx, &mut problems);
    problems.none_or_refuse()?;
    Ok(Decision::one(
        ctx,
        Event::SupplementRequested(SupplementRequested {
            stage,
            ordinal: u32::try_from(dossier.supplements.len()).unwrap_or(u32::MAX - 1) + 1,
            items,
            reason,
            remaining_minutes: remaining(dossier, ctx)?,
            moves: tasks::close_all(dossier),
        }),
    ))
}

fn only_once(dossier: &Dossier, stage: SupplementStage) -> Result<(), Refusal> {
    match dossier.supplements.iter().any(|cycle| cycle.stage == stage) {
        true => Err(Refusal::SupplementOnlyOnce),
        false => Ok(()),
    }
}

fn in_time(dossier: &Dossier, stage: SupplementStage, ctx: &Context<'_>) -> Result<(), Refusal> {
    let (SupplementStage::Appraisal, Some(received_at)) = (stage, dossier.clock.received_at) else {
        return Ok(());
    };
    let days = ctx
        .procedure
        .supplement_ask_within_days(dossier.submitted.time_class.as_deref())
        .unwrap_or(ctx.profile.supplement_request_within_days);
    let last = ctx.calendar.due(
        local(received_at),
        days,
        TimeUnit::WorkingDay,
        crate::rules::StartRule::NextWorkingDay,
        crate::rules::DueRounding::EndOfWorkingDay,
    )?;
    if local(ctx.at) > last.at { Err(Refusal::SupplementTooLate) } else { Ok(()) }
}

fn items(
    dossier: &Dossier,
    wish: &RequestSupplement,
    ctx: &Context<'_>,
    problems: &mut Problems,
) -> Vec<SupplementItem> {
    if wish.items.is_empty() {
        problems.add("items", Reason::Missing);
    }
    if wish.items.len() > limit::ITEMS {
        problems.add("items", Reason::TooMany(limit::ITEMS));
        return Vec::new();
    }
    let known = ctx.procedure.components_for(dossier.submitted.case.as_deref());
    let mut items = Vec::new();
    for (index, item) in wish.items.iter().enumerate() {
        let place = |name: &str| format!("items.{index}.{name}");
        if !item.component.is_empty() && !known.iter().any(|c| c.id == item.component) {
            problems.add(place("component"), Reason::Unknown);
        }
        let legal_basis = problems.optional(&place("legal_basis"), &item.legal_basis, limit::LINE);
        if item.component.is_empty() && legal_basis.is_empty() {
            problems.add(place("legal_basis"), Reason::Missing);
        }
        items.push(SupplementItem {
            component: item.component.clone(),
            what: problems.text(&place("what"), &item.what, limit::REASON),
            legal_basis,
        });
    }
    items
}

fn remaining(dossier: &Dossier, ctx: &Context<'_>) -> Result<i64, Refusal> {
    match &dossier.clock.due {
        Some(due) if due.at > ctx.at => {
            Ok(ctx.calendar.count_minutes(local(ctx.at), local(due.at))?)
        }
        _ => Ok(0),
    }
}
