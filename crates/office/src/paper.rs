//! The papers of a dossier, made from its facts: the same facts give the same bytes.

mod control_slip;
mod notices;
mod of_dossier;
mod register;

pub use documents::formats::{short_date, short_instant};
pub use documents::{RegisterLine, RegisterTotals};
pub use of_dossier::{DossierPaper, papers_of};
pub use register::{REGISTER_LIMIT, RegisterView};

use crate::error::ActError;
use crate::office::Office;
use crate::view::has_result;
use documents::{
    Article, Component, ComponentKind, DocumentNumber, DueExplained, Form, LedgerProof, Letterhead,
    Receipt, ReceiptCopy, ResultDraft, RuleProfile, Signatory, SigningState, Tracking,
};
use domain::dossier::event::{By, DueDate, Event, Fact, Paper, Received};
use domain::dossier::{Actor, Dossier, Stage};
use domain::organisation::{Organisation, Unit};
use domain::permission::may_read;
use domain::procedure::Procedure;
use domain::time::{Instant, local};
use domain::worktime::explain::{in_vietnamese, time_in_vietnamese};

impl Office {
    /// Mẫu 01, as printed at the last reception, with the working of its due date.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for strangers and before reception; [`ActError::Fault`] when the
    /// paper cannot be set.
    pub async fn receipt_pdf(&self, actor: &Actor, id: &str) -> Result<Vec<u8>, ActError> {
        let (facts, dossier) = self.readable(actor, id).await?;
        let last = facts.iter().rposition(|fact| matches!(fact.event, Event::Received(_)));
        self.receipt_of(id, &dossier, &facts, last.ok_or(ActError::NotFound)?).await
    }

    /// Mẫu 01 as printed at the reception of this instant.
    ///
    /// # Errors
    /// As [`Office::receipt_pdf`].
    pub(crate) async fn receipt_pdf_at(
        &self,
        actor: &Actor,
        id: &str,
        at: Instant,
    ) -> Result<Vec<u8>, ActError> {
        let (facts, _) = self.readable(actor, id).await?;
        let is_it = |fact: &Fact| fact.at == at && matches!(fact.event, Event::Received(_));
        let n = facts.iter().position(is_it).ok_or(ActError::NotFound)?;
        // As it was known then: what came later stands in no earlier receipt.
        let dossier = Dossier::replay(&facts[..=n]).ok_or(ActError::NotFound)?;
        self.receipt_of(id, &dossier, &facts, n).await
    }

    /// The receipt of the nth fact, with the proof that the log holds that fact.
    async fn receipt_of(
        &self,
        id: &str,
        dossier: &Dossier,
        facts: &[Fact],
        n: usize,
    ) -> Result<Vec<u8>, ActError> {
        let Some((fact, Event::Received(received))) = facts.get(n).map(|fact| (fact, &fact.event))
        else {
            return Err(ActError::NotFound);
        };
        let mut receipt = self.receipt(id, dossier, fact, received)?;
        receipt.register = self.register_entry(received).await?;
        receipt.letterhead.number.ordinal = receipt.register.as_ref().map(|entry| entry.ordinal);
        let stored = self.store.facts_of(id).await;
        let stored = stored.map_err(|error| ActError::fault("read facts", error))?;
        let proven = self.proof_of(stored.get(n).ok_or(ActError::NotFound)?).await?;
        receipt.proof = Some(LedgerProof {
            index: proven.proof.index,
            leaf: proven.leaf.to_string(),
            text: proven.proof.to_string(),
        });
        self.set(Form::Receipt(receipt)).await
    }

    /// The latest draft of the result, clearly marked as one; for officials.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for others and before there is a draft.
    pub async fn draft_pdf(&self, actor: &Actor, id: &str) -> Result<Vec<u8>, ActError> {
        let (_, dossier) = self.readable(actor, id).await?;
        if matches!(actor, Actor::Applicant { .. }) {
            return Err(ActError::NotFound);
        }
        let at = dossier.clock.started_at.unwrap_or(dossier.submitted_at);
        self.set(Form::ResultDraft(self.result(&dossier, SigningState::Draft, at)?)).await
    }

    /// The issued result: the signed file where there is one.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for strangers and before it is issued.
    pub async fn result_pdf(&self, actor: &Actor, id: &str) -> Result<Vec<u8>, ActError> {
        let (_, dossier) = self.readable(actor, id).await?;
        if !has_result(&dossier) {
            return Err(ActError::NotFound);
        }
        if let Some(signed) = dossier.draft.as_ref().and_then(|draft| draft.paper.as_ref()) {
            return self.stored_file(signed).await;
        }
        let at = dossier.clock.finished_at.unwrap_or(dossier.submitted_at);
        self.set(Form::ResultDraft(self.result(&dossier, SigningState::Final, at)?)).await
    }

    async fn readable(&self, actor: &Actor, id: &str) -> Result<(Vec<Fact>, Dossier), ActError> {
        let facts = self.facts(id).await?;
        let dossier = Dossier::replay(&facts).ok_or(ActError::NotFound)?;
        if may_read(actor, &dossier) { Ok((facts, dossier)) } else { Err(ActError::NotFound) }
    }

    fn receipt(
        &self,
        id: &str,
        dossier: &Dossier,
        fact: &Fact,
        received: &Received,
    ) -> Result<Receipt, ActError> {
        let procedure = self.version_of(dossier)?;
        let submitted = &dossier.submitted;
        let organisation = &self.catalogue.organisation;
        let class = submitted.time_class.as_deref();
        let (committed, legal) = (procedure.committed_for(class), procedure.statutory_for(class));
        let one_stop = unit_name(organisation, &submitted.one_stop);
        Ok(Receipt {
            letterhead: self.letterhead(dossier, &submitted.one_stop, "TNHS", fact.at),
            tracking: self.tracking(&received.code),
            lookup_secret: Some(self.keys.lookup_code(id)),
            copy: ReceiptCopy::Both,
            reception_point: one_stop.clone(),
            applicant: applicant(dossier),
            procedure: named(procedure),
            components: components(procedure, &received.papers),
            sets: procedure.number_of_sets.as_ref().and_then(|sets| sets.amount).unwrap_or(1),
            time_promised: time_in_vietnamese(committed.amount, committed.unit),
            time_by_law: (legal != committed).then(|| time_in_vietnamese(legal.amount, legal.unit)),
            received_at: fact.at,
            due_at: received.due.at,
            return_channel: self.return_channel(dossier, one_stop),
            fees: Vec::new(),
            register: None,
            received_by: official_name(&fact.by),
            hotline: None,
            evaluation_url: None,
            due_explained: explained(dossier, received),
            proof: None,
        })
    }

    pub(crate) fn result(
        &self,
        dossier: &Dossier,
        state: SigningState,
        at: Instant,
    ) -> Result<ResultDraft, ActError> {
        let draft = dossier.draft.as_ref().ok_or(ActError::NotFound)?;
        let agency = dossier.submitted.agency.as_str();
        let mut letterhead = self.letterhead(dossier, agency, "KQ", at);
        letterhead.number.ordinal = dossier
            .result_number
            .as_deref()
            .and_then(|number| number.split('/').next())
            .and_then(|number| number.parse().ok());
        let procedure = self.version_of(dossier)?;
        let paragraph = |text: &str| Article { heading: None, text: text.trim().to_owned() };
        Ok(ResultDraft {
            letterhead,
            tracking: dossier.code.as_deref().map(|code| self.tracking(code)),
            title: draft.title.clone(),
            subject: Some(procedure.name.clone()),
            authority: None,
            grounds: Vec::new(),
            body: draft.body.lines().filter(|l| !l.trim().is_empty()).map(paragraph).collect(),
            recipients: vec![
                dossier.submitted.applicant.name.clone(),
                unit_name(&self.catalogue.organisation, dossier.one_stop()),
                "Lưu: VT".to_owned(),
            ],
            signatory: Signatory {
                on_behalf: None,
                position: "Thủ trưởng cơ quan".to_owned(),
                name: draft.signed_by.clone().unwrap_or_default(),
            },
            state,
        })
    }

    fn version_of(&self, dossier: &Dossier) -> Result<&Procedure, ActError> {
        let id = &dossier.submitted.procedure;
        self.catalogue.procedure(id).ok_or_else(|| ActError::fault("paper", format!("no {id}")))
    }

    fn tracking(&self, code: &str) -> Tracking {
        Tracking { code: code.to_owned(), url: format!("{}/tra-cuu?ma={code}", self.base_url) }
    }

    fn letterhead(&self, dossier: &Dossier, office: &str, suffix: &str, at: Instant) -> Letterhead {
        let then = || domain::rules::profile_on(local(at).date()).map(|profile| profile.id);
        let rules = dossier.profile.as_deref().or_else(then);
        self.letterhead_of(&dossier.submitted.agency, office, suffix, rules, at)
    }

    /// The head of a paper by `office`, dated where `agency` is.
    fn letterhead_of(
        &self,
        agency: &str,
        office: &str,
        suffix: &str,
        rules: Option<&str>,
        at: Instant,
    ) -> Letterhead {
        let organisation = &self.catalogue.organisation;
        let parent = organisation
            .unit(office)
            .and_then(|unit| unit.parent.as_deref())
            .map(|parent| unit_name(organisation, parent));
        Letterhead {
            parent,
            office: unit_name(organisation, office),
            number: DocumentNumber { ordinal: None, suffix: suffix.to_owned() },
            place: place_name(organisation, agency),
            issued_at: at,
            rules: match rules {
                Some("R2018") => RuleProfile::R2018,
                Some("R2021") => RuleProfile::R2021,
                Some("R2025") => RuleProfile::R2025,
                _ => RuleProfile::R2026,
            },
        }
    }
}

fn applicant(dossier: &Dossier) -> documents::Applicant {
    let applicant = &dossier.submitted.applicant;
    documents::Applicant {
        name: applicant.name.clone(),
        filed_by: applicant.filed_by.clone(),
        identity_number: applicant.personal_number.clone().or_else(|| applicant.tax_code.clone()),
        address: Some(applicant.address.clone()),
        phone: applicant.phone.clone(),
        email: applicant.email.clone(),
    }
}

fn named(procedure: &Procedure) -> documents::Procedure {
    documents::Procedure { name: procedure.name.clone(), code: procedure.code.clone() }
}

fn components(procedure: &Procedure, papers: &[Paper]) -> Vec<Component> {
    papers
        .iter()
        .filter_map(|paper| {
            let known = procedure.components.iter().find(|known| known.id == paper.component)?;
            let kind = match paper.kind.as_str() {
                "original" => ComponentKind::Original,
                "certified_copy" => ComponentKind::CertifiedCopy,
                "plain_copy" => ComponentKind::Copy,
                _ => ComponentKind::Electronic,
            };
            Some(Component { name: known.name.clone(), kind, count: paper.count.max(1) })
        })
        .collect()
}

/// The promise of this receipt, the first one where it was another, and the statutory limit.
fn explained(dossier: &Dossier, received: &Received) -> Vec<DueExplained> {
    let line = |title: &str, due: &DueDate| DueExplained {
        title: title.to_owned(),
        at: due.at,
        lines: in_vietnamese(&due.why),
    };
    let first = dossier.clock.original_due.as_ref().filter(|first| first.at != received.due.at);
    let law = Some(&received.statutory_due).filter(|law| law.at != received.due.at);
    let told = [
        Some(line("Ngày hẹn trả kết quả", &received.due)),
        first.map(|due| line("Ngày hẹn trả lần đầu", due)),
        law.map(|due| line("Hạn cuối theo luật định", due)),
    ];
    told.into_iter().flatten().collect()
}

fn official_name(by: &By) -> String {
    match by {
        By::Official { name, .. } => name.clone(),
        By::Applicant { .. } | By::System => String::new(),
    }
}

fn unit_name(organisation: &Organisation, id: &str) -> String {
    organisation.unit(id).map_or_else(|| id.to_owned(), |unit| unit.name.clone())
}

/// The place of the date line: the commune, or the province the agency belongs to.
pub(crate) fn place_name(organisation: &Organisation, agency: &str) -> String {
    let mut here: Option<&Unit> = organisation.unit(agency);
    while let Some(unit) = here {
        for prefix in ["Ủy ban nhân dân phường ", "Ủy ban nhân dân xã ", "Ủy ban nhân dân tỉnh "]
        {
            if let Some(place) = unit.name.strip_prefix(prefix) {
                return place.split(" (").next().unwrap_or(place).to_owned();
            }
        }
        here = unit.parent.as_deref().and_then(|parent| organisation.unit(parent));
    }
    String::new()
}

/// Is there a receipt to print?
#[must_use]
pub fn has_receipt(dossier: &Dossier) -> bool {
    dossier.code.is_some() && !matches!(dossier.stage, Stage::NotAccepted { .. })
}
