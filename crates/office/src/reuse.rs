//! Using a result again: what is offered to whom, and what a filing may name. Whoever names a
//! result that is not the applicant's is told the same as who names one that nobody got.

use crate::act::Target;
use crate::error::ActError;
use crate::office::Office;
use crate::results::{KeptResult, Standing};
use domain::dossier::event::{Applicant, Paper, Reused};
use domain::dossier::{Act, Actor, Command, Dossier, Problem, Reason, Refusal};
use domain::organisation::Position;
use domain::permission::may_read;
use domain::procedure::{Component, Procedure};
use domain::text::{PersonalNumber, TaxCode};
use domain::time::from_millis;
use storage::reads::ResultRow;

/// Results of one owner that are looked through.
const MOST: u32 = 500;

/// Results that may stand for a paper.
pub struct Offer {
    /// The component.
    pub component: String,
    /// The results, newest first.
    pub results: Vec<KeptResult>,
}

/// How a result stands that was used for a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReusedState {
    /// It stands in the register as the fact says.
    Verified {
        /// What it is good for today.
        standing: Standing,
        /// Its entry in the log, counting from 0.
        entry: u64,
    },
    /// The register says something else, or nothing.
    Differs,
}

impl Office {
    /// The results that a signed-in applicant may use for these components.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn own_offers(
        &self,
        actor: &Actor,
        components: &[&Component],
    ) -> Result<Vec<Offer>, ActError> {
        if components.iter().all(|component| !component.may_be_reused()) {
            return Ok(Vec::new());
        }
        Ok(offers(components, &self.own_results(actor).await?))
    }

    /// The results of whoever stands at the counter, by personal number or tax code; the clerk's
    /// look is written down.
    ///
    /// # Errors
    /// [`ActError::NotFound`] away from the counter; [`ActError::Fault`].
    pub async fn offers_at_counter(
        &self,
        actor: &Actor,
        identity: &str,
        components: &[&Component],
    ) -> Result<Vec<Offer>, ActError> {
        let Actor::Official { id, position: Position::CounterOfficer, .. } = actor else {
            return Err(ActError::NotFound);
        };
        let Some(identity) = normal(identity) else { return Ok(Vec::new()) };
        let owner = self.keys.owner_tag(&identity);
        self.log(id, "search_results", None, &owner).await?;
        let rows = self.store.results_of_owner(&owner, MOST).await.map_err(fault)?;
        let kept: Vec<KeptResult> = rows.into_iter().map(|row| self.kept(row)).collect();
        Ok(offers(components, &kept))
    }

    /// The same wish with what the register says of the results that it names; `None` when it names
    /// none.
    pub(crate) async fn with_reused(
        &self,
        actor: &Actor,
        target: &Target,
        command: &Command,
    ) -> Result<Option<Command>, ActError> {
        let names = |papers: &[Paper]| papers.iter().any(|paper| paper.reused.is_some());
        let mut whole = match command {
            Command::Submit(wish) if names(&wish.papers) => command.clone(),
            Command::Supplement(wish) if names(&wish.papers) => command.clone(),
            _ => return Ok(None),
        };
        let (procedure, applicant, papers) = match (&mut whole, target) {
            (Command::Submit(wish), Target::New { procedure }) => {
                (procedure.clone(), wish.applicant.clone(), &mut wish.papers)
            }
            (Command::Supplement(wish), Target::Dossier(id)) => {
                let dossier = self.load(id).await?;
                if !may_read(actor, &dossier) {
                    return Err(ActError::NotFound);
                }
                let submitted = &dossier.submitted;
                (submitted.procedure.clone(), submitted.applicant.clone(), &mut wish.papers)
            }
            _ => return Err(ActError::from_refusal(Refusal::NotOpen(command.act()))),
        };
        let procedure = self.catalogue.procedure(&procedure);
        let procedure =
            procedure.ok_or_else(|| ActError::from_refusal(Refusal::ProcedureNotInForce))?;
        let mut problems = Vec::new();
        for paper in papers.iter_mut() {
            let Some(wished) = paper.reused.clone() else { continue };
            match self.found(actor, procedure, &applicant, &paper.component, &wished).await? {
                Some(found) => paper.reused = Some(found),
                None => problems
                    .push(Problem::new(format!("paper.{}", paper.component), Reason::NoSuchResult)),
            }
        }
        if problems.is_empty() {
            return Ok(Some(whole));
        }
        if let (Act::Submit, Err(Refusal::Invalid(more))) =
            (command.act(), self.try_filing(actor, target, command))
        {
            problems.extend(more);
        }
        Err(ActError::from_refusal(Refusal::Invalid(problems)))
    }

    /// What the register says of a result that a wish names, if it is the applicant's, of a kind
    /// that the component may be, and good for something today.
    async fn found(
        &self,
        actor: &Actor,
        procedure: &Procedure,
        applicant: &Applicant,
        component: &str,
        wished: &Reused,
    ) -> Result<Option<Reused>, ActError> {
        let Some(row) = self.result_row(&wished.code).await? else { return Ok(None) };
        if !self.is_owners(actor, applicant, &row).await? {
            return Ok(None);
        }
        let component = procedure.components.iter().find(|known| known.id == component);
        let kept = self.kept(row);
        let fits = component.is_some_and(|component| fits(component, &kept));
        if let (Actor::Official { id, .. }, true) = (actor, fits) {
            self.log(id, "reuse_result", Some(&kept.dossier), &kept.code).await?;
        }
        Ok(fits.then(|| Reused {
            consent: wished.consent,
            kind: kept.kind.unwrap_or_default(),
            code: kept.code,
            dossier: kept.dossier,
            agency: kept.agency,
            issued_at: Some(kept.issued_at),
        }))
    }

    /// Is the result the applicant's, and may this actor speak for them? Online it must also be one
    /// of those that the account is shown.
    async fn is_owners(
        &self,
        actor: &Actor,
        applicant: &Applicant,
        row: &ResultRow,
    ) -> Result<bool, ActError> {
        let given = applicant.personal_number.as_deref().filter(|text| !text.trim().is_empty());
        let given = given.or(applicant.tax_code.as_deref()).unwrap_or_default();
        if normal(given).map(|identity| self.keys.owner_tag(&identity)) != Some(row.owner.clone()) {
            return Ok(false);
        }
        match actor {
            Actor::Applicant { account } => Ok(row.account.as_ref() == Some(account)
                || self.owner_tag_of(account).await?.as_ref() == Some(&row.owner)),
            Actor::Official { .. } | Actor::System => Ok(true),
        }
    }

    /// How the results stand today that were used for a dossier, by the paper's place from 1.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn reused_states(
        &self,
        dossier: &Dossier,
    ) -> Result<Vec<(usize, ReusedState)>, ActError> {
        let mut states = Vec::new();
        for (n, paper) in dossier.papers.iter().enumerate() {
            let Some(reused) = &paper.reused else { continue };
            let row = self.result_row(&reused.code).await?;
            let owner = self.keys.owner_tag(dossier.submitted.applicant.identity());
            let same = row.filter(|row| row.dossier == reused.dossier && row.owner == owner);
            let state = match same {
                Some(row) if Some(from_millis(row.issued_at)) == reused.issued_at => {
                    let facts = self.store.facts_of(&row.dossier).await.map_err(fault)?;
                    let issued = facts.iter().find(|fact| fact.kind == "issued");
                    issued.map_or(ReusedState::Differs, |fact| ReusedState::Verified {
                        standing: self.kept(row).standing,
                        entry: fact.idx,
                    })
                }
                Some(_) | None => ReusedState::Differs,
            };
            states.push((n + 1, state));
        }
        Ok(states)
    }

    /// The paper of a result that was used for a dossier as its `n`th paper, counted from 1, for
    /// those who may read that dossier. An official's look is written down.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for strangers and where no result stands for the paper.
    pub async fn reused_pdf(
        &self,
        actor: &Actor,
        id: &str,
        n: usize,
    ) -> Result<(String, Vec<u8>), ActError> {
        let dossier = self.state(actor, id).await?;
        let paper = n.checked_sub(1).and_then(|index| dossier.papers.get(index));
        let reused = paper.and_then(|paper| paper.reused.as_ref()).ok_or(ActError::NotFound)?;
        if let Actor::Official { id: official, .. } = actor {
            self.log(official, "read_reused_result", Some(id), &reused.code).await?;
        }
        let bytes = self.result_pdf(&Actor::System, &reused.dossier).await?;
        Ok((reused.code.clone(), bytes))
    }
}

/// The results that may stand for each of these components.
fn offers(components: &[&Component], kept: &[KeptResult]) -> Vec<Offer> {
    let offer = |component: &&Component| Offer {
        component: component.id.clone(),
        results: kept.iter().filter(|result| fits(component, result)).cloned().collect(),
    };
    components.iter().map(offer).filter(|offer| !offer.results.is_empty()).collect()
}

/// May this result stand for this component today?
fn fits(component: &Component, result: &KeptResult) -> bool {
    let asked = result.kind.as_ref().is_some_and(|kind| component.asks_for.contains(kind));
    let good = match result.standing {
        Standing::Granted | Standing::ValidUntil(_) => true,
        Standing::Expired(_) | Standing::Refused => false,
    };
    component.may_be_reused() && asked && good
}

/// A personal number or tax code in its one normal form.
fn normal(identity: &str) -> Option<String> {
    let text = domain::text::normalise(identity);
    let number = PersonalNumber::parse(&text).ok().map(|number| number.to_string());
    number.or_else(|| TaxCode::parse(&text).ok().map(|code| code.to_string()))
}

fn fault(error: impl std::fmt::Display) -> ActError {
    ActError::fault("read results", error)
}
