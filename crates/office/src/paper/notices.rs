//! What tells the applicant that something is missing, late, refused, ended or ready: forms 02 to
//! 05, the rating slip and the letter with the result, all from facts.

use super::of_dossier::{DossierPaper, papers_of};
use super::{applicant, named, official_name, unit_name};
use crate::error::ActError;
use crate::office::Office;
use documents::{
    Apology, DocumentNumber, Form, Outcome, RatingSlip, Refusal, ResultLetter, ReturnChannel,
    Signatory, StopCause, StopNotice, SupplementItem, SupplementRequest,
};
use domain::dossier::event::{
    By, Event, Fact, ResultChannel, ResultOutcome, StopGround, SupplementRequested,
};
use domain::dossier::{Actor, Dossier};
use domain::organisation::Position;

impl Office {
    /// A paper of one dossier, from its facts.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for strangers, for what stays in the house, and for a paper that this
    /// dossier does not have.
    pub async fn paper_pdf(
        &self,
        actor: &Actor,
        id: &str,
        paper: DossierPaper,
    ) -> Result<Vec<u8>, ActError> {
        let (facts, dossier) = self.readable(actor, id).await?;
        let hidden = matches!(actor, Actor::Applicant { .. }) && !paper.is_for_applicant();
        if hidden || !papers_of(&dossier).contains(&paper) {
            return Err(ActError::NotFound);
        }
        let form = match paper {
            DossierPaper::SupplementRequest(n) => self.supplement_request(&facts, &dossier, n),
            DossierPaper::Refusal => self.refusal(&facts, &dossier),
            DossierPaper::Apology => self.apology(&facts, &dossier),
            DossierPaper::StopNotice => self.stop_notice(&facts, &dossier),
            DossierPaper::ControlSlip => self.control_slip(&facts, &dossier),
            DossierPaper::RatingSlip => self.rating_slip(&dossier),
            DossierPaper::ResultLetter => self.result_letter(&facts, &dossier),
        };
        self.set(form?).await
    }

    fn supplement_request(
        &self,
        facts: &[Fact],
        dossier: &Dossier,
        n: u32,
    ) -> Result<Form, ActError> {
        let (fact, asked) = last(facts, |event| match event {
            Event::SupplementRequested(asked) if asked.ordinal == n => Some(asked),
            _ => None,
        })?;
        let one_stop = dossier.one_stop();
        let code = dossier.code.as_deref();
        Ok(Form::SupplementRequest(SupplementRequest {
            letterhead: self.letterhead(dossier, one_stop, "HDHS", fact.at),
            tracking: code.map(|code| self.tracking(code)),
            applicant: applicant(dossier),
            procedure: named(self.version_of(dossier)?),
            ordinal: n,
            items: self.items(dossier, asked)?,
            reason: asked.reason.clone(),
            due_on: asked.answer_by.map(|at| domain::time::local(at).date()),
            contact: unit_name(&self.catalogue.organisation, one_stop),
            contact_phone: None,
            guided_by: official_name(&fact.by),
        }))
    }

    fn items(
        &self,
        dossier: &Dossier,
        asked: &SupplementRequested,
    ) -> Result<Vec<SupplementItem>, ActError> {
        let procedure = self.version_of(dossier)?;
        let words = |item: &domain::dossier::event::SupplementItem| {
            let component = procedure.components.iter().find(|known| known.id == item.component);
            let parts = [component.map_or("", |known| &known.name), &item.what];
            let told = parts.into_iter().filter(|part| !part.is_empty());
            let told = told.collect::<Vec<_>>().join(": ");
            if item.legal_basis.is_empty() {
                told
            } else {
                format!("{told} ({})", item.legal_basis)
            }
        };
        let line = |item| SupplementItem {
            content: words(item),
            originals: 0,
            certified_copies: 0,
            copies: 0,
        };
        Ok(asked.items.iter().map(line).collect())
    }

    fn refusal(&self, facts: &[Fact], dossier: &Dossier) -> Result<Form, ActError> {
        let (fact, refused) = last(facts, |event| match event {
            Event::NotAccepted(refused) => Some(refused),
            _ => None,
        })?;
        let one_stop = dossier.one_stop();
        Ok(Form::Refusal(Refusal {
            letterhead: self.letterhead(dossier, one_stop, "TCHS", fact.at),
            tracking: dossier.code.as_deref().map(|code| self.tracking(code)),
            applicant: applicant(dossier),
            procedure: named(self.version_of(dossier)?),
            refused_by: unit_name(&self.catalogue.organisation, one_stop),
            reason: refused.reason.clone(),
            legal_basis: some(&refused.legal_basis),
            received_by: official_name(&fact.by),
        }))
    }

    fn apology(&self, facts: &[Fact], dossier: &Dossier) -> Result<Form, ActError> {
        let (fact, moved) = last(facts, |event| match event {
            Event::Reappointed(moved) => Some(moved),
            _ => None,
        })?;
        let agency = dossier.submitted.agency.as_str();
        Ok(Form::Apology(Apology {
            letterhead: self.letterhead(dossier, agency, "PXL", fact.at),
            tracking: self.tracking(dossier.code.as_deref().unwrap_or_default()),
            applicant: applicant(dossier),
            procedure: named(self.version_of(dossier)?),
            agency: unit_name(&self.catalogue.organisation, agency),
            received_at: dossier.clock.received_at.unwrap_or(dossier.submitted_at),
            old_due_at: moved.old_due.at,
            due_at: moved.due.at,
            reason: moved.reason.clone(),
            recipients: self.recipients(dossier),
            signatory: self.signatory(&fact.by),
        }))
    }

    fn stop_notice(&self, facts: &[Fact], dossier: &Dossier) -> Result<Form, ActError> {
        let told = |event: &Event| match event {
            Event::Stopped(stopped) => Some((
                match stopped.ground {
                    StopGround::SupplementOverdue => StopCause::SupplementOverdue,
                    StopGround::PaymentOverdue => StopCause::PaymentOverdue,
                    StopGround::SpecialLaw => StopCause::SpecialLaw,
                },
                stopped.reason.clone(),
                some(&stopped.legal_basis),
            )),
            Event::Withdrawn(taken) => Some((StopCause::Withdrawn, taken.reason.clone(), None)),
            _ => None,
        };
        let found = facts.iter().rev().find_map(|fact| told(&fact.event).map(|told| (fact, told)));
        let (fact, (ground, reason, legal_basis)) = found.ok_or(ActError::NotFound)?;
        let agency = dossier.submitted.agency.as_str();
        let organisation = &self.catalogue.organisation;
        let on_paper = dossier.papers.iter().filter(|paper| paper.file.is_none());
        let procedure = self.version_of(dossier)?;
        let name_of = |component: &str| {
            let known = procedure.components.iter().find(|known| known.id == component);
            known.map(|known| known.name.clone())
        };
        Ok(Form::StopNotice(StopNotice {
            letterhead: self.letterhead(dossier, agency, "TB", fact.at),
            tracking: dossier.code.as_deref().map(|code| self.tracking(code)),
            applicant: applicant(dossier),
            procedure: named(procedure),
            agency: unit_name(organisation, agency),
            received_at: dossier.clock.received_at,
            due_at: dossier.clock.due.as_ref().map(|due| due.at),
            stopped_at: fact.at,
            ground,
            reason,
            legal_basis,
            papers_returned: on_paper.filter_map(|paper| name_of(&paper.component)).collect(),
            contact: unit_name(organisation, dossier.one_stop()),
            recipients: self.recipients(dossier),
            signatory: self.signatory(&fact.by),
        }))
    }

    fn rating_slip(&self, dossier: &Dossier) -> Result<Form, ActError> {
        let organisation = &self.catalogue.organisation;
        let at = dossier.clock.received_at.unwrap_or(dossier.submitted_at);
        let mut letterhead = self.letterhead(dossier, dossier.one_stop(), "", at);
        letterhead.number = DocumentNumber::none();
        Ok(Form::RatingSlip(RatingSlip {
            letterhead,
            tracking: dossier.code.as_deref().map(|code| self.tracking(code)),
            procedure: named(self.version_of(dossier)?),
            reception_point: unit_name(organisation, dossier.one_stop()),
            agency: unit_name(organisation, &dossier.submitted.agency),
            evaluation_url: None,
        }))
    }

    fn result_letter(&self, facts: &[Fact], dossier: &Dossier) -> Result<Form, ActError> {
        let (fact, issued) = last(facts, |event| match event {
            Event::Issued(issued) => Some(issued),
            _ => None,
        })?;
        let one_stop = unit_name(&self.catalogue.organisation, dossier.one_stop());
        Ok(Form::ResultLetter(ResultLetter {
            letterhead: self.letterhead(dossier, dossier.one_stop(), "TB", fact.at),
            tracking: self.tracking(dossier.code.as_deref().unwrap_or_default()),
            recipient: dossier.submitted.applicant.name.clone(),
            address: Some(dossier.submitted.applicant.address.clone()),
            procedure: named(self.version_of(dossier)?),
            agency: unit_name(&self.catalogue.organisation, &dossier.submitted.agency),
            received_at: dossier.clock.received_at.unwrap_or(dossier.submitted_at),
            outcome: match issued.outcome {
                ResultOutcome::Granted => Outcome::Granted,
                ResultOutcome::Refused => Outcome::Refused,
            },
            result: dossier.draft.as_ref().map(|draft| draft.title.clone()).unwrap_or_default(),
            result_number: Some(format!("{:02}", issued.number)),
            decided_at: fact.at,
            return_channel: self.return_channel(dossier, one_stop.clone()),
            recipients: vec!["Như trên".to_owned(), "Lưu: VT".to_owned()],
            signatory: Signatory { on_behalf: None, position: one_stop, name: String::new() },
        }))
    }

    /// Where the applicant wants the result.
    pub(super) fn return_channel(&self, dossier: &Dossier, counter: String) -> ReturnChannel {
        match dossier.submitted.result_channel {
            ResultChannel::Online => ReturnChannel::Online { portal: self.base_url.clone() },
            ResultChannel::Counter => ReturnChannel::Counter { place: counter },
            ResultChannel::Post => {
                ReturnChannel::Post { address: dossier.submitted.applicant.address.clone() }
            }
        }
    }

    fn recipients(&self, dossier: &Dossier) -> Vec<String> {
        let one_stop = unit_name(&self.catalogue.organisation, dossier.one_stop());
        vec!["Như trên".to_owned(), one_stop, "Lưu: VT".to_owned()]
    }

    /// Who answers for a notice: the head of the agency, or of the unit; nobody by name where the
    /// system or the applicant acted.
    fn signatory(&self, by: &By) -> Signatory {
        let position = match by {
            By::Official { id, .. } => self.catalogue.organisation.official(id).map(|o| o.position),
            By::Applicant { .. } | By::System => None,
        };
        let words = match position {
            Some(Position::UnitLeader) => "Trưởng phòng",
            Some(Position::CounterOfficer) => "Bộ phận Một cửa",
            _ => "Thủ trưởng cơ quan",
        };
        Signatory { on_behalf: None, position: words.to_owned(), name: official_name(by) }
    }
}

/// The last fact of a kind.
fn last<'f, T>(
    facts: &'f [Fact],
    pick: impl Fn(&'f Event) -> Option<T>,
) -> Result<(&'f Fact, T), ActError> {
    let found = facts.iter().rev().find_map(|fact| pick(&fact.event).map(|told| (fact, told)));
    found.ok_or(ActError::NotFound)
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
