//! The request for supplements (Mẫu 02): once and complete (NĐ 61/2018 Đ11.2.c), each item tied to
//! a published component or to a law (NĐ 63/2010 Đ18.6), with a reason (Đ18.5); during appraisal
//! within three working days of reception (Đ19.4). The clock stops.

use super::command::RequestSupplement;
use super::context::Context;
use super::decide::Decision;
use super::event::{Event, SupplementItem, SupplementRequested, SupplementStage};
use super::refusal::{Problems, Reason, Refusal, limit};
use super::{Dossier, Stage, clock, tasks};

pub(super) fn decide(
    dossier: &Dossier,
    wish: &RequestSupplement,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let stage = match dossier.stage {
        Stage::Submitted => SupplementStage::Reception,
        _ => SupplementStage::Appraisal,
    };
    not_too_often(dossier, stage, ctx)?;
    in_time(dossier, ctx)?;
    let mut problems = Problems::default();
    let reason = problems.text("reason", &wish.reason, limit::REASON);
    let items = items(dossier, wish, ctx, &mut problems);
    problems.none_or_refuse()?;
    let left = clock::left(dossier, ctx)?;
    Ok(Decision::one(
        ctx,
        Event::SupplementRequested(SupplementRequested {
            stage,
            ordinal: u32::try_from(dossier.supplements.len()).unwrap_or(u32::MAX - 1) + 1,
            items,
            reason,
            remaining_minutes: left.minutes,
            statutory_remaining_minutes: Some(left.statutory_minutes),
            answer_by: clock::answer_by(dossier, ctx)?,
            moves: tasks::close_all(dossier),
        }),
    ))
}

/// Asked before as often as the law allows: once (NĐ 61/2018 Đ11.2.c, Đ19.4), unless the
/// procedure's own law says otherwise.
fn not_too_often(
    dossier: &Dossier,
    stage: SupplementStage,
    ctx: &Context<'_>,
) -> Result<(), Refusal> {
    let allowed = ctx.rules(dossier).max_supplement_requests;
    let allowed = match stage {
        SupplementStage::Reception => allowed.reception,
        SupplementStage::Appraisal => allowed.appraisal,
    };
    let asked = dossier.supplements.iter().filter(|cycle| cycle.stage == stage).count();
    match u32::try_from(asked) {
        _ if allowed == 0 => Err(Refusal::SupplementNotAllowed),
        Ok(asked) if asked < allowed => Ok(()),
        Ok(_) | Err(_) => Err(Refusal::SupplementOnlyOnce),
    }
}

fn in_time(dossier: &Dossier, ctx: &Context<'_>) -> Result<(), Refusal> {
    if clock::may_still_ask(dossier, ctx)? { Ok(()) } else { Err(Refusal::SupplementTooLate) }
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
