//! The report with its claims (báo cáo tự kiểm tra), or what the delegation cites. Each claim is
//! kept beside the system's value of this instant, so that no later change of either is unseen.

use super::claim::{Claim, Quantity, Reading, Verdict};
use super::command::{Report, Stated};
use super::decide::Context;
use super::event::{Event, Reported};
use super::files;
use super::listed;
use super::measure::Measure;
use super::plan::refuse;
use super::refusal::Refusal;
use super::state::Inspection;
use crate::dossier::refusal::{Problems, limit};
use crate::dossier::{Actor, Reason};

/// Most claims of one report.
const CLAIMS: usize = 100;

pub(super) fn decide(of: &Inspection, wish: &Report, ctx: &Context<'_>) -> Result<Event, Refusal> {
    let Some((values, basis)) = &ctx.observed.values else {
        return Err(Refusal::NotOpen(super::Act::Report));
    };
    let mut wrong = Problems::default();
    let source = wrong.text("source", &wish.source, limit::LINE);
    speaks_for(wish, ctx, &mut wrong);
    if wish.claims.len() > CLAIMS {
        wrong.add("claims", Reason::TooMany(CLAIMS));
    }
    let mut no = u32::try_from(of.claims().count()).unwrap_or(u32::MAX);
    let mut claims = Vec::new();
    for (at, stated) in wish.claims.iter().enumerate() {
        no += 1;
        let made = claim(of, no, (at, stated), values, &mut wrong);
        // An agency that sees the system's value says why it claims another one.
        claims.extend(made.map(|mut claim| {
            let differs = matches!(claim.verdict(), Verdict::Different(_));
            if !wish.unit.is_empty() && differs && claim.reason.is_empty() {
                wrong.add(format!("claims.{at}.reason"), Reason::Missing);
            }
            if !differs {
                claim.reason = String::new();
            }
            claim
        }));
    }
    let listed = match wish.unit.is_empty() {
        true => listed::remarked(&[], &wish.remarks, &mut wrong),
        false => listed::remarked(&ctx.observed.listed, &wish.remarks, &mut wrong),
    };
    let answers = wish.answers.iter().map(|(name, text)| {
        (name.clone(), wrong.optional(&format!("answer.{name}"), text, limit::BODY))
    });
    let answers = answers.filter(|(_, text)| !text.is_empty()).collect();
    files::judge(&wish.files, &mut wrong);
    refuse(wrong)?;
    Ok(Event::Reported(Reported {
        unit: wish.unit.clone(),
        source,
        claims,
        relations: wish.relations.clone(),
        answers,
        listed,
        files: wish.files.clone(),
        basis: basis.clone(),
    }))
}

/// An agency's head speaks for that agency, a member of the delegation cites.
fn speaks_for(wish: &Report, ctx: &Context<'_>, wrong: &mut Problems) {
    let own = match ctx.actor {
        Actor::Official { unit, .. } => *unit == wish.unit,
        Actor::Applicant { .. } | Actor::System => false,
    };
    if !wish.unit.is_empty() && !own {
        wrong.add("unit", Reason::NotTheCase);
    }
}

fn claim(
    of: &Inspection,
    no: u32,
    (at, stated): (usize, &Stated),
    values: &[Reading],
    wrong: &mut Problems,
) -> Option<Claim> {
    let place = |part: &str| format!("claims.{at}.{part}");
    let measure = Measure::named(&stated.measure);
    if measure.is_none() {
        wrong.add(place("measure"), Reason::Unknown);
    }
    let claimed = Quantity::read(&stated.value);
    if claimed.is_none() {
        wrong.add(place("value"), Reason::Field(crate::procedure::form::FieldReason::NotANumber));
    }
    let mut scope = stated.scope.clone();
    scope.sort_by_key(|unit| of.plan.units.iter().position(|known| known == unit));
    scope.dedup();
    if scope.is_empty() || scope.iter().any(|unit| !of.plan.units.contains(unit)) {
        wrong.add(place("scope"), Reason::Unknown);
        return None;
    }
    let sentence = wrong.text(&place("sentence"), &stated.sentence, limit::NOTE);
    let reason = wrong.optional(&place("reason"), &stated.reason, limit::NOTE);
    let (measure, claimed) = (measure?, claimed?);
    let readings = readings(measure, &scope, values);
    Some(Claim { no, measure, scope, claimed, sentence, reason, readings })
}

/// The claim's own reading first, then what else the words may mean: another measure, and where
/// several agencies are meant, each of them alone.
fn readings(measure: Measure, scope: &[String], values: &[Reading]) -> Vec<Reading> {
    let own = values.iter().filter(|value| value.measure == measure && value.scope == scope);
    let others = values.iter().filter(|value| {
        let measured =
            value.measure == measure || measure.other_readings().contains(&value.measure);
        let itself = value.measure == measure && value.scope == scope;
        let within = value.scope.iter().all(|unit| scope.contains(unit));
        let same_scope = value.scope == scope;
        let ambiguous = !measure.other_readings().is_empty();
        measured && !itself && within && (same_scope || ambiguous)
    });
    own.chain(others).cloned().collect()
}
