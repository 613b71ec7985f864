//! Refusal at reception (Mẫu 03), NĐ 61/2018 Đ17.1.b: with a ground, a sentence and its basis.

use super::command::Refuse;
use super::context::Context;
use super::decide::Decision;
use super::event::{Event, NotAccepted};
use super::refusal::{Problems, Refusal, limit};
use super::{Dossier, tasks};

pub(super) fn decide(
    dossier: &Dossier,
    wish: &Refuse,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let mut problems = Problems::default();
    let reason = problems.text("reason", &wish.reason, limit::REASON);
    let legal_basis = problems.text("legal_basis", &wish.legal_basis, limit::LINE);
    problems.none_or_refuse()?;
    Ok(Decision::one(
        ctx,
        Event::NotAccepted(NotAccepted {
            ground: wish.ground,
            reason,
            legal_basis,
            moves: tasks::close_all(dossier),
        }),
    ))
}
