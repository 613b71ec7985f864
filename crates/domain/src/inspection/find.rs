//! A finding (phát hiện). A shortcoming or violation rests on evidence.

use super::checklist::Area;
use super::command::{Evidence, Find};
use super::event::{Event, Found};
use super::files;
use super::plan::refuse;
use super::refusal::{Refusal, Rule};
use super::state::Inspection;
use crate::dossier::Reason;
use crate::dossier::refusal::{Problems, limit};

pub(super) fn decide(of: &Inspection, wish: &Find) -> Result<Event, Refusal> {
    let mut wrong = Problems::default();
    if !of.plan.units.contains(&wish.unit) {
        wrong.add("unit", Reason::Unknown);
    }
    if Area::named(&wish.area).is_none() {
        wrong.add("area", Reason::Unknown);
    }
    let criterion = wrong.text("criterion", &wish.criterion, limit::LINE);
    let text = wrong.text("text", &wish.text, limit::NOTE);
    let reminder = wrong.optional("reminder", &wish.reminder, limit::NOTE);
    if wish.evidence.len() > limit::ITEMS {
        wrong.add("evidence", Reason::TooMany(limit::ITEMS));
    }
    let mut evidence = Vec::new();
    for one in &wish.evidence {
        match one {
            Evidence::Claim { no } if of.claim(*no).is_none() => {
                wrong.add("evidence", Reason::Unknown);
            }
            Evidence::Seen { what } => {
                let what = wrong.optional("evidence", what, limit::NOTE);
                if !what.is_empty() {
                    evidence.push(Evidence::Seen { what });
                }
            }
            Evidence::Claim { .. } | Evidence::Dossier { .. } | Evidence::File { .. } => {
                evidence.push(one.clone());
            }
        }
    }
    files::judge(files::of_evidence(&evidence), &mut wrong);
    refuse(wrong)?;
    if wish.severity.is_grave() && evidence.is_empty() {
        return Err(Refusal::Rule(Rule::NoEvidence));
    }
    let no = u32::try_from(of.findings.len()).unwrap_or(u32::MAX - 1) + 1;
    let found = Find { criterion, text, reminder, evidence, ..wish.clone() };
    Ok(Event::Found(Found { no, found }))
}
