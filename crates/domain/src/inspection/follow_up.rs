//! What the agency did about a recommendation (báo cáo khắc phục), with its proof.

use super::command::FollowUp;
use super::decide::Context;
use super::event::Event;
use super::files;
use super::permission::addressed;
use super::plan::refuse;
use super::refusal::Refusal;
use super::state::Inspection;
use crate::dossier::refusal::{Problems, limit};
use crate::dossier::{Actor, Reason};

pub(super) fn decide(
    of: &Inspection,
    wish: &FollowUp,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let mut wrong = Problems::default();
    let text = wrong.text("text", &wish.text, limit::NOTE);
    files::judge(&wish.files, &mut wrong);
    let proof = wrong.text("proof", &wish.proof, limit::NOTE);
    let theirs = match ctx.actor {
        Actor::Official { unit, .. } => addressed(of, unit).contains(&wish.recommendation),
        Actor::Applicant { .. } | Actor::System => false,
    };
    if !theirs {
        wrong.add("recommendation", Reason::Unknown);
    }
    refuse(wrong)?;
    Ok(Event::FollowedUp(FollowUp { text, proof, ..wish.clone() }))
}
