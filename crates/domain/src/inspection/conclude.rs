//! The conclusion (thông báo kết luận): only after both sides signed the minutes, and only when
//! every shortcoming is followed by a recommendation or was put right on the spot.

use super::command::{Conclude, Recommend};
use super::decide::Context;
use super::event::{Concluded, Event};
use super::plan::refuse;
use super::refusal::{Refusal, Rule};
use super::state::Inspection;
use crate::dossier::Reason;
use crate::dossier::refusal::{Problems, limit};

/// Days in which an agency reports what it did, unless the conclusion sets another day.
pub const USUAL_DAYS: i64 = 15;

pub(super) fn decide(
    of: &Inspection,
    wish: &Conclude,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    if !of.minutes_are_signed() {
        return Err(Refusal::Rule(Rule::MinutesNotSigned));
    }
    let mut wrong = Problems::default();
    let number = wrong.text("number", &wish.number, limit::LINE);
    let signed_by = wrong.text("signed_by", &wish.signed_by, limit::LINE);
    let assessment = wrong.text("assessment", &wish.assessment, limit::BODY);
    let causes = wrong.optional("causes", &wish.causes, limit::BODY);
    if wish.recommendations.len() > limit::ITEMS {
        wrong.add("recommendations", Reason::TooMany(limit::ITEMS));
    }
    let recommendations: Vec<Recommend> = wish
        .recommendations
        .iter()
        .enumerate()
        .map(|(at, one)| recommendation(of, at, one, ctx, &mut wrong))
        .collect();
    refuse(wrong)?;
    let followed = |no: u32| recommendations.iter().any(|one| one.findings.contains(&no));
    let unfollowed = of.findings.iter().any(|finding| {
        let found = &finding.found.what;
        found.severity.is_grave() && found.reminder.is_empty() && !followed(finding.no)
    });
    if unfollowed {
        return Err(Refusal::Rule(Rule::NotFollowed));
    }
    Ok(Event::Concluded(Concluded { number, signed_by, assessment, causes, recommendations }))
}

fn recommendation(
    of: &Inspection,
    at: usize,
    wish: &Recommend,
    ctx: &Context<'_>,
    wrong: &mut Problems,
) -> Recommend {
    let place = |part: &str| format!("recommendations.{at}.{part}");
    let text = wrong.text(&place("text"), &wish.text, limit::NOTE);
    let legal_basis = wrong.text(&place("legal_basis"), &wish.legal_basis, limit::LINE);
    if !of.plan.units.contains(&wish.addressee) {
        wrong.add(place("addressee"), Reason::Unknown);
    }
    if wish.due_on <= ctx.today() {
        wrong.add(place("due_on"), Reason::NotTheCase);
    }
    if wish.findings.iter().any(|no| of.findings.iter().all(|known| known.no != *no)) {
        wrong.add(place("findings"), Reason::Unknown);
    }
    Recommend { text, legal_basis, ..wish.clone() }
}
