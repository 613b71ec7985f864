//! Assignment (phân công), NĐ 61/2018 Đ19.1: the unit's leader names one of the unit's officers.

use super::command::Assign;
use super::context::Context;
use super::decide::{Decision, own_task};
use super::event::{Assigned, Event};
use super::refusal::{Problem, Problems, Reason, Refusal, limit};
use super::{Act, Dossier, Officer, tasks};
use crate::organisation::Position;
use crate::time::local;

pub(super) fn decide(
    dossier: &Dossier,
    wish: &Assign,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let task = own_task(dossier, Act::Assign, None, ctx)?;
    let mut problems = Problems::default();
    let note = problems.optional("note", &wish.note, limit::NOTE);
    problems.none_or_refuse()?;
    let today = local(ctx.at).date();
    let officer = ctx
        .organisation
        .officials_at(&task.place, Position::Officer, today)
        .find(|official| official.id == wish.officer)
        .ok_or_else(|| {
            let reason = if wish.officer.is_empty() { Reason::Missing } else { Reason::Unknown };
            Refusal::Invalid(vec![Problem::new("officer", reason)])
        })?;
    let named = Officer { id: officer.id.clone(), name: officer.name.clone() };
    let mut staffed = dossier.clone();
    staffed.officer = Some(named.clone());
    Ok(Decision::one(
        ctx,
        Event::Assigned(Assigned {
            officer: named.id,
            officer_name: named.name,
            note,
            moves: tasks::after(&staffed, task, ctx)?,
        }),
    ))
}
