//! The result reaches the applicant (trả kết quả), NĐ 61/2018 Đ20. National status 10.

use super::command::GiveBack;
use super::context::Context;
use super::decide::Decision;
use super::event::{Event, Returned};
use super::refusal::{Problems, Refusal, limit};
use super::{Dossier, tasks};

pub(super) fn decide(
    dossier: &Dossier,
    wish: &GiveBack,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let mut problems = Problems::default();
    let recipient = problems.optional("recipient", &wish.recipient, 100);
    let note = problems.optional("note", &wish.note, limit::NOTE);
    problems.none_or_refuse()?;
    let in_person = dossier.submitted.applicant.name.clone();
    Ok(Decision::one(
        ctx,
        Event::Returned(Returned {
            recipient: if recipient.is_empty() { in_person } else { recipient },
            channel: dossier.submitted.result_channel,
            note,
            moves: tasks::close_all(dossier),
        }),
    ))
}
