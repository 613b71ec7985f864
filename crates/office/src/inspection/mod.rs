//! Inspections: their one write path, and reading them. An inspection is a stream of its own in the
//! log; its facts begin with `inspection_`, and every reader of dossiers' facts leaves them out.

mod behind;
mod listed;
mod observe;
mod paper;
mod reading;
mod reported;
mod sample;
mod signs;

pub use behind::{Behind, BehindDossier, BehindProcedure, Counts};
pub use listed::Filled;
pub use paper::Paper;
pub use reading::{Look, Looked, Read};
pub use sample::{Sampled, choose, population_hash, seed_of};

use crate::derived::inspection_row;
use crate::error::ActError;
use crate::office::Office;
use domain::dossier::Actor;
use domain::inspection::permission::{acts_open_to, may_see};
use domain::inspection::{Act, Command, Context, Fact, Inspection, Refusal, decide};
use domain::time::local;
use ledger::Hash;
use sha2::{Digest, Sha256};
use storage::{Append, AppendError, IdempotencyKey, NewFact, Prepared, StoredFact};

/// Why an act on an inspection gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum NotActed {
    /// The rule said no.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// Everything else; a refusal for lack of permission is [`ActError::NotFound`].
    #[error(transparent)]
    Failed(#[from] ActError),
}

/// An inspection as its reader may see it.
pub struct InspectionView {
    /// Its code, such as `KT-2018-01`.
    pub code: String,
    /// Its state.
    pub inspection: Inspection,
    /// What the reader may do now.
    pub open: Vec<Act>,
}

/// How often a conflict with another act is decided anew.
const ATTEMPTS: usize = 3;

impl Office {
    /// Does what the command asks on an inspection, or, without a code, makes one; its code.
    ///
    /// # Errors
    /// [`NotActed::Refused`] with the reason; [`NotActed::Failed`] as [`Office::act`] fails.
    pub async fn act_on_inspection(
        &self,
        actor: &Actor,
        key: &str,
        code: Option<&str>,
        command: &Command,
    ) -> Result<String, NotActed> {
        let key = inspection_key(actor, key, code, command)?;
        let known = self.store.known_reply(&key).await;
        match known {
            Ok(Some(reply)) => return Ok(reply),
            Ok(None) => {}
            Err(AppendError::KeyReused) => return Err(ActError::KeyReused.into()),
            Err(error) => return Err(ActError::fault("known reply", error).into()),
        }
        for _ in 0..ATTEMPTS {
            if let Some(code) = self.attempt_on_inspection(actor, &key, code, command).await? {
                return Ok(code);
            }
        }
        Err(ActError::Conflict.into())
    }

    /// `None` when somebody else acted in between.
    async fn attempt_on_inspection(
        &self,
        actor: &Actor,
        key: &IdempotencyKey,
        code: Option<&str>,
        command: &Command,
    ) -> Result<Option<String>, NotActed> {
        let (code, before) = match (code, command) {
            (Some(code), _) => (code.to_owned(), Some(self.load_inspection(code).await?)),
            (None, Command::Plan(plan)) => (self.next_code(plan.year).await?, None),
            (None, _) => return Err(ActError::NotFound.into()),
        };
        let at = self.clock.now();
        let observed = self.observe(&code, before.as_ref(), command).await?;
        let calendar = self.calendar();
        let context = Context {
            at,
            actor,
            organisation: &self.catalogue.organisation,
            calendar: &calendar.calendar,
            observed: &observed,
        };
        let event = match decide(before.as_ref(), command, &context) {
            Ok(event) => event,
            Err(Refusal::NotPermitted(_)) => return Err(ActError::NotFound.into()),
            Err(refusal) => return Err(NotActed::Refused(refusal)),
        };
        let expected = before.as_ref().map_or(0, |before| before.version);
        let fact = Fact { at, by: actor.by(), event };
        let after = match before {
            Some(before) => before.evolve(&fact),
            None => Inspection::begin(&fact).ok_or_else(|| fault("act")("nothing began"))?,
        };
        let append = self.inspection_append(actor, key, (&code, expected), fact, &after)?;
        match self.store.append(append).await {
            Ok(recorded) => Ok(Some(recorded.reply)),
            Err(AppendError::Conflict { .. }) => Ok(None),
            Err(AppendError::KeyReused) => Err(ActError::KeyReused.into()),
            Err(error) => Err(ActError::fault("record", error).into()),
        }
    }

    fn inspection_append(
        &self,
        actor: &Actor,
        key: &IdempotencyKey,
        (code, expected): (&str, u32),
        fact: Fact,
        after: &Inspection,
    ) -> Result<Append, ActError> {
        let mut salt = [0u8; 32];
        self.chance.fill(&mut salt);
        let payload = serde_json::to_string(&fact).map_err(fault("write fact"))?;
        let new = NewFact {
            kind: fact.event.kind(),
            payload,
            salt,
            actor: self.actor_tag(actor),
            agency: after.plan.units.first().cloned(),
            ..NewFact::default()
        };
        let prepared = Prepared {
            facts: vec![new],
            writes: vec![inspection_row(code, after)],
            reply: code.to_owned(),
        };
        Ok(Append {
            dossier: code.to_owned(),
            expected,
            key: Some(key.clone()),
            at_ms: fact.at.as_millisecond(),
            book: None,
            number: None,
            prepared: Box::new(move |_| prepared.clone()),
        })
    }

    /// The next code of a year; whoever comes second finds it taken and asks again.
    async fn next_code(&self, year: i16) -> Result<String, ActError> {
        let codes = self.store.inspection_codes().await.map_err(fault("read codes"))?;
        let begins = format!("KT-{year}-");
        let numbers = codes.iter().filter_map(|code| code.strip_prefix(&begins)?.parse().ok());
        let next = numbers.max().unwrap_or(0u32) + 1;
        Ok(format!("{begins}{next:02}"))
    }

    /// An inspection from its facts.
    pub(crate) async fn load_inspection(&self, code: &str) -> Result<Inspection, ActError> {
        let facts = self.inspection_facts(code).await?;
        Inspection::replay(&facts).ok_or(ActError::NotFound)
    }

    /// The facts of an inspection, oldest first; none of a dossier.
    pub(crate) async fn inspection_facts(&self, code: &str) -> Result<Vec<Fact>, ActError> {
        let stored = self.store.facts_of(code).await.map_err(fault("read facts"))?;
        let theirs = stored.iter().filter(|fact| domain::inspection::is_inspection(&fact.kind));
        theirs.map(parse).collect()
    }

    /// An inspection with the acts open to its reader.
    ///
    /// # Errors
    /// [`ActError::NotFound`] also when the reader may not know of it.
    pub async fn inspection(&self, actor: &Actor, code: &str) -> Result<InspectionView, ActError> {
        let inspection = self.load_inspection(code).await?;
        if !may_see(actor, &inspection) {
            return Err(ActError::NotFound);
        }
        let open = acts_open_to(actor, &inspection, self.clock.now());
        Ok(InspectionView { code: code.to_owned(), inspection, open })
    }

    /// The inspections this actor may see, the latest year first.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn inspections(&self, actor: &Actor) -> Result<Vec<InspectionView>, ActError> {
        let mut seen = Vec::new();
        for code in self.store.inspection_codes().await.map_err(fault("read codes"))? {
            match self.inspection(actor, &code).await {
                Ok(view) => seen.push(view),
                Err(ActError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(seen)
    }

    /// Today, in Viet Nam.
    #[must_use]
    pub fn today(&self) -> jiff::civil::Date {
        local(self.clock.now()).date()
    }
}

/// A stored fact of an inspection.
pub(crate) fn parse(stored: &StoredFact) -> Result<Fact, ActError> {
    let payload = stored.payload.as_deref().unwrap_or_default();
    serde_json::from_str(payload)
        .map_err(|error| ActError::fault("read fact", format!("entry {}: {error}", stored.idx)))
}

/// The key as stored: who, which key, and the hash of what was asked.
fn inspection_key(
    actor: &Actor,
    key: &str,
    code: Option<&str>,
    command: &Command,
) -> Result<IdempotencyKey, ActError> {
    let Actor::Official { id, .. } = actor else { return Err(ActError::NotFound) };
    let asked = serde_json::to_vec(command).map_err(fault("command"))?;
    let mut hash = Sha256::new();
    hash.update(b"inspection\0");
    hash.update(code.unwrap_or_default().as_bytes());
    hash.update(&asked);
    let request_hash = Hash(hash.finalize().into());
    Ok(IdempotencyKey { actor: format!("o:{id}"), key: key.to_owned(), request_hash })
}

fn fault<E: std::fmt::Display>(doing: &'static str) -> impl Fn(E) -> ActError {
    move |error| ActError::fault(doing, error)
}
