//! The control slip: who handed the dossier to whom, from the tasks that facts open and close.

use super::{named, official_name, unit_name};
use crate::error::ActError;
use crate::office::Office;
use documents::{ControlSlip, Form, HandOver, StepResult};
use domain::dossier::Dossier;
use domain::dossier::event::{Event, Fact, TaskOpened};
use domain::process::StepKind;
use domain::time::{Instant, local};
use std::collections::BTreeMap;

impl Office {
    pub(super) fn control_slip(&self, facts: &[Fact], dossier: &Dossier) -> Result<Form, ActError> {
        let organisation = &self.catalogue.organisation;
        let agency = dossier.submitted.agency.as_str();
        let received_at = dossier.clock.received_at.ok_or(ActError::NotFound)?;
        let consulted = dossier.tasks.iter().map(|task| &task.opened);
        let consulted = consulted.filter(|task| task.kind == StepKind::Consult);
        let mut coordinating: Vec<_> =
            consulted.map(|task| unit_name(organisation, &task.place)).collect();
        coordinating.dedup();
        let due = dossier.clock.due.as_ref().ok_or(ActError::NotFound)?;
        Ok(Form::ControlSlip(ControlSlip {
            letterhead: self.letterhead(dossier, dossier.one_stop(), "KSHS", received_at),
            tracking: self.tracking(dossier.code.as_deref().unwrap_or_default()),
            settling_unit: unit_name(organisation, agency),
            coordinating_units: coordinating,
            applicant_name: dossier.submitted.applicant.name.clone(),
            procedure: named(self.version_of(dossier)?),
            received_at,
            due_at: due.at,
            hand_overs: self.hand_overs(facts, dossier),
        }))
    }

    /// One for each fact after the filing that closes somebody's task and opens another's.
    fn hand_overs(&self, facts: &[Fact], dossier: &Dossier) -> Vec<HandOver> {
        let mut known: BTreeMap<u32, &TaskOpened> = BTreeMap::new();
        let mut steps = Vec::new();
        let on_paper = dossier.papers.iter().filter(|paper| paper.file.is_none());
        let sheets = on_paper.map(|paper| paper.count).sum();
        for fact in facts {
            let moves = fact.event.moves();
            let closed = moves.closes.iter().find_map(|no| known.get(no).copied());
            known.extend(moves.opens.iter().map(|task| (task.no, task)));
            let (Some(closed), Some(opened)) = (closed, moves.opens.first()) else { continue };
            steps.push(HandOver {
                from_unit: self.place(&closed.place),
                from_person: Some(official_name(&fact.by)).filter(|name| !name.is_empty()),
                to_unit: self.place(&opened.place),
                to_person: opened.officer.as_deref().map(|id| self.official_named(id)),
                at: fact.at,
                step_due_at: opened.due_at,
                result: closed.due_at.map(|due| result(fact.at, due)),
                paper_documents: sheets,
                note: remark(&fact.event),
            });
        }
        steps
    }

    fn place(&self, id: &str) -> String {
        let division = self.catalogue.organisation.division(id);
        division.map_or_else(|| unit_name(&self.catalogue.organisation, id), |d| d.name.clone())
    }

    fn official_named(&self, id: &str) -> String {
        let known = self.catalogue.organisation.official(id);
        known.map_or_else(|| id.to_owned(), |official| official.name.clone())
    }
}

/// In time on the last day, early before it.
fn result(at: Instant, due: Instant) -> StepResult {
    if at > due {
        StepResult::Late
    } else if local(at).date() == local(due).date() {
        StepResult::OnTime
    } else {
        StepResult::Early
    }
}

/// What was said at the hand-over.
fn remark(event: &Event) -> Option<String> {
    let words = match event {
        Event::SentBack(fact) => &fact.reason,
        Event::SupplementRequested(fact) => &fact.reason,
        Event::Assigned(fact) => &fact.note,
        Event::StepCompleted(fact) => &fact.note,
        Event::Proposed(fact) => &fact.note,
        Event::Received(fact) => &fact.note,
        Event::Supplemented(fact) => &fact.note,
        Event::Returned(fact) => &fact.note,
        Event::PaymentConfirmed(fact) => &fact.note,
        Event::PaymentRequested(fact) => &fact.what,
        Event::NotAccepted(fact) => &fact.reason,
        Event::Withdrawn(fact) => &fact.reason,
        Event::Stopped(fact) => &fact.reason,
        Event::Reappointed(fact) => &fact.reason,
        Event::DueCorrected(fact) => &fact.decision,
        Event::Submitted(_) | Event::Transferred(_) | Event::Signed(_) | Event::Issued(_) => {
            return None;
        }
    };
    (!words.is_empty()).then(|| words.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_in_time() {
        let at = |text: &str| text.parse::<Instant>().expect("an instant");
        let due = at("2026-03-09T09:45:00Z");
        assert_eq!(result(at("2026-03-06T03:00:00Z"), due), StepResult::Early);
        assert_eq!(result(at("2026-03-09T01:00:00Z"), due), StepResult::OnTime);
        assert_eq!(result(at("2026-03-09T09:45:01Z"), due), StepResult::Late);
    }
}
