//! The one write path: load → decide → record → hand on. Nothing else in the house appends facts.

use crate::calendar::WorkCalendar;
use crate::error::ActError;
use crate::office::Office;
use crate::read_model::{self, Shown};
use domain::dossier::{
    Act, Actor, Command, Context, Decision, Dossier, Event, Fact, Refusal, decide, effects,
};
use domain::time::Instant;
use ledger::Hash;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, PoisonError};
use storage::{Append, AppendError, IdempotencyKey, NewFact, Prepare, Prepared, Value, Write};
use storage::{tables, values};

/// What to act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A filing makes a new dossier for this procedure.
    New {
        /// Procedure version id.
        procedure: String,
    },
    /// An existing dossier, by its id.
    Dossier(String),
}

/// The answer to an act that happened. The same answer is given when the same key comes again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acted {
    /// The dossier's id.
    pub id: String,
    /// Its code, once received.
    pub code: Option<String>,
    /// Number of facts after the act.
    pub version: u32,
    /// Stage after the act.
    pub stage: String,
    /// The answer was already known: this was a repetition.
    #[serde(skip)]
    pub repeated: bool,
}

/// How often a conflict with another act on the same dossier is decided anew.
const ATTEMPTS: usize = 3;

impl Office {
    /// Does what the command asks, durably, or says why not.
    ///
    /// `key` makes a repetition harmless: the same actor with the same key and command gets the
    /// first answer again and nothing happens twice.
    ///
    /// # Errors
    /// [`ActError::Refused`] with the reason, [`ActError::NotFound`], [`ActError::KeyReused`], or
    /// [`ActError::Fault`] when the outcome is unknown and the caller may repeat with the same key.
    pub async fn act(
        &self,
        actor: &Actor,
        key: &str,
        target: &Target,
        command: &Command,
    ) -> Result<Acted, ActError> {
        let key = self.idempotency(actor, key, target, command)?;
        let completed = match self.with_reused(actor, target, command).await {
            Ok(completed) => completed,
            Err(ActError::Refused(refusal)) => return self.known_or_refused(&key, refusal).await,
            Err(error) => return Err(error),
        };
        let command = completed.as_ref().unwrap_or(command);
        for attempt in 1..=ATTEMPTS {
            match self.attempt(actor, &key, target, command, attempt > 1).await {
                Err(ActError::Conflict) if attempt < ATTEMPTS => {}
                answer => return answer,
            }
        }
        Err(ActError::Conflict)
    }

    async fn attempt(
        &self,
        actor: &Actor,
        key: &IdempotencyKey,
        target: &Target,
        command: &Command,
        afresh: bool,
    ) -> Result<Acted, ActError> {
        let (id, dossier) = match target {
            Target::New { .. } => (self.new_id(), None),
            Target::Dossier(id) if afresh => (id.clone(), Some(self.load_afresh(id).await?)),
            Target::Dossier(id) => (id.clone(), Some(self.load(id).await?)),
        };
        let at = self.clock.now();
        let calendar = self.calendar();
        let decided = self.decide(actor, target, command, dossier.as_deref(), (at, &calendar));
        let decision = match decided {
            Ok(decision) => decision,
            Err(_) if !afresh && self.is_stale(&id, dossier.as_deref()).await? => {
                return Err(ActError::Conflict);
            }
            Err(refusal) => return self.known_or_refused(key, refusal).await,
        };
        let expected = dossier.as_ref().map_or(0, |dossier| dossier.version);
        let after = After::default();
        let made = Made { id: &id, before: dossier, decision, at, calendar, after: after.clone() };
        let append = self.append(actor, key, made)?;
        let recorded = match self.store.append(append).await {
            Ok(recorded) => recorded,
            Err(AppendError::Conflict { .. } | AppendError::OtherNumber { .. }) => {
                return Err(ActError::Conflict);
            }
            Err(AppendError::KeyReused) => return Err(ActError::KeyReused),
            Err(error) => {
                self.cache.forget(&id);
                return Err(ActError::fault("record", error));
            }
        };
        let mut acted: Acted = serde_json::from_str(&recorded.reply)
            .map_err(|error| ActError::fault("stored reply", error))?;
        acted.repeated = recorded.repeated;
        if let Some(after) = after.take().filter(|_| !recorded.repeated) {
            self.cache.keep(&id, after);
        }
        tracing::debug!(dossier = %acted.id, act = command.act().name(), expected, "acted");
        Ok(acted)
    }

    /// Why a filing would be refused now, if it would be; nothing is recorded. For pages that have
    /// found something wrong themselves and want to say everything at once.
    ///
    /// # Errors
    /// The refusal that [`Office::act`] would give.
    pub fn try_filing(
        &self,
        actor: &Actor,
        target: &Target,
        command: &Command,
    ) -> Result<(), Refusal> {
        let now = (self.clock.now(), &*self.calendar());
        self.decide(actor, target, command, None, now).map(|_| ())
    }

    /// A repetition of an act that already happened is no longer open; its first answer counts.
    pub(crate) async fn known_or_refused(
        &self,
        key: &IdempotencyKey,
        refusal: Refusal,
    ) -> Result<Acted, ActError> {
        match self.store.known_reply(key).await {
            Ok(Some(reply)) => {
                let mut acted: Acted = serde_json::from_str(&reply)
                    .map_err(|error| ActError::fault("stored reply", error))?;
                acted.repeated = true;
                Ok(acted)
            }
            Ok(None) => Err(ActError::from_refusal(refusal)),
            // A key used elsewhere must not tell a dossier that is not theirs from none.
            Err(AppendError::KeyReused) => match ActError::from_refusal(refusal) {
                ActError::NotFound => Err(ActError::NotFound),
                _ => Err(ActError::KeyReused),
            },
            Err(error) => Err(ActError::fault("known reply", error)),
        }
    }

    fn decide(
        &self,
        actor: &Actor,
        target: &Target,
        command: &Command,
        dossier: Option<&Dossier>,
        (at, calendar): (Instant, &WorkCalendar),
    ) -> Result<Decision, Refusal> {
        let catalogue = &self.catalogue;
        let (procedure, case, class) = match (target, dossier, command) {
            (_, Some(dossier), _) => (
                dossier.submitted.procedure.as_str(),
                dossier.submitted.case.clone(),
                dossier.submitted.time_class.clone(),
            ),
            (Target::New { procedure }, None, Command::Submit(wish)) => {
                (procedure.as_str(), wish.case.clone(), None)
            }
            _ => return Err(Refusal::NotOpen(command.act())),
        };
        let procedure = catalogue.procedure(procedure).ok_or(Refusal::ProcedureNotInForce)?;
        let class = class.or_else(|| procedure.time_class_of(case.as_deref()));
        let process = match dossier.and_then(|dossier| dossier.process.as_deref()) {
            Some(frozen) => catalogue.process(frozen),
            None => catalogue.process_for(&procedure.id, class.as_deref()),
        };
        let profile = match dossier.and_then(|dossier| dossier.profile.as_deref()) {
            Some(frozen) => domain::rules::profile(frozen),
            None => domain::rules::profile_on(domain::time::local(at).date()),
        };
        let context = Context {
            at,
            actor,
            procedure,
            process,
            form: catalogue.form_for(procedure, case.as_deref()),
            organisation: &catalogue.organisation,
            calendar: &calendar.calendar,
            profile: profile.ok_or(Refusal::ProcedureNotInForce)?,
        };
        decide(dossier, command, &context)
    }

    /// Everything the recorder needs, prepared outside its transaction as far as possible.
    fn append(
        &self,
        actor: &Actor,
        key: &IdempotencyKey,
        made: Made<'_>,
    ) -> Result<Append, ActError> {
        let Made { id, before: dossier, decision, at, calendar, after } = made;
        let book = decision.book.as_ref().map(|book| book.key.clone());
        let number = decision.book.as_ref().and_then(|book| book.number);
        let mut salts = vec![[0u8; 32]; decision.events.len()];
        salts.iter_mut().for_each(|salt| self.chance.fill(salt));
        let expected = dossier.as_ref().map_or(0, |dossier| dossier.version);
        let work = Finish {
            id: id.to_owned(),
            actor: self.actor_tag(actor),
            before: dossier,
            at,
            salts,
            catalogue: self.catalogue.clone(),
            calendar,
            keys: self.keys.clone(),
            after,
        };
        let prepared: Prepare = if book.is_some() {
            Box::new(move |number| work.finish(decision.clone(), number))
        } else {
            let mut prepared = Some(work.finish(decision, None));
            Box::new(move |_| prepared.take().expect("without a book the number stays the same"))
        };
        Ok(Append {
            dossier: id.to_owned(),
            expected,
            key: Some(key.clone()),
            at_ms: at.as_millisecond(),
            book,
            number,
            prepared,
        })
    }

    /// The key as stored: who, which key, and the hash of what was asked.
    pub(crate) fn idempotency(
        &self,
        actor: &Actor,
        key: &str,
        target: &Target,
        command: &Command,
    ) -> Result<IdempotencyKey, ActError> {
        let mut hash = Sha256::new();
        match target {
            Target::New { procedure } => hash.update(procedure.as_bytes()),
            Target::Dossier(id) => hash.update(id.as_bytes()),
        }
        let asked =
            serde_json::to_vec(command).map_err(|error| ActError::fault("command", error))?;
        hash.update(&asked);
        Ok(IdempotencyKey {
            actor: actor_key(actor),
            key: key.to_owned(),
            request_hash: Hash(hash.finalize().into()),
        })
    }

    pub(crate) fn actor_tag(&self, actor: &Actor) -> String {
        match actor {
            Actor::Applicant { .. } => "applicant".to_owned(),
            Actor::Official { id, .. } => self.keys.actor_tag(id),
            Actor::System => "system".to_owned(),
        }
    }
}

/// Whose keys these are: keys of different people never meet.
fn actor_key(actor: &Actor) -> String {
    match actor {
        Actor::Applicant { account } => format!("a:{account}"),
        Actor::Official { id, .. } => format!("o:{id}"),
        Actor::System => "system".to_owned(),
    }
}

/// What an act decided, on what, and where its outcome is put for the cache.
struct Made<'a> {
    id: &'a str,
    before: Option<Arc<Dossier>>,
    decision: Decision,
    at: Instant,
    calendar: Arc<WorkCalendar>,
    after: After,
}

/// The state after an act, as last prepared: a number that went to somebody else is drawn again.
#[derive(Clone, Default)]
struct After(Arc<Mutex<Option<Arc<Dossier>>>>);

impl After {
    fn set(&self, after: Dossier) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(after));
    }

    fn take(&self) -> Option<Arc<Dossier>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The pure rest of an act, once its number is known.
struct Finish {
    id: String,
    actor: String,
    before: Option<Arc<Dossier>>,
    at: Instant,
    salts: Vec<[u8; 32]>,
    catalogue: Arc<crate::catalogue::Catalogue>,
    calendar: Arc<WorkCalendar>,
    keys: Arc<crate::keys::Keys>,
    after: After,
}

impl Finish {
    fn finish(&self, decision: Decision, number: Option<u32>) -> Prepared {
        let facts = decision.numbered(number, self.at);
        let after = fold(self.before.as_deref(), &facts);
        let procedure = self
            .catalogue
            .procedure(&after.submitted.procedure)
            .expect("decide found the procedure in the same catalogue");
        let name = self.catalogue.folded_name(&procedure.id);
        let shown = Shown { id: &self.id, folded_name: name, keys: &self.keys };
        let mut writes = read_model::changes(shown, self.before.as_deref(), &after);
        writes.extend(outbox(&self.id, &facts, &after, self.at));
        let leaves = facts
            .iter()
            .zip(&self.salts)
            .map(|(fact, salt)| NewFact {
                kind: fact.event.kind(),
                payload: serde_json::to_string(fact).expect("facts are plain data"),
                salt: *salt,
                actor: match fact.by {
                    domain::dossier::By::System => "system".to_owned(),
                    _ => self.actor.clone(),
                },
                agency: Some(after.submitted.agency.clone()),
                ..leaf_details(fact, &after, procedure, self)
            })
            .collect();
        let acted = Acted {
            id: self.id.clone(),
            code: after.code.clone(),
            version: after.version,
            stage: after.stage.name().to_owned(),
            repeated: false,
        };
        let reply = serde_json::to_string(&acted).expect("an answer is plain data");
        self.after.set(after);
        Prepared { facts: leaves, writes, reply }
    }
}

fn fold(before: Option<&Dossier>, facts: &[Fact]) -> Dossier {
    match before {
        Some(before) => facts.iter().fold(before.clone(), Dossier::evolve),
        None => Dossier::replay(facts).expect("a filing is the first fact"),
    }
}

/// The inputs of the figures, hashed or named in the leaf so that an outsider can recompute them.
fn leaf_details(
    fact: &Fact,
    after: &Dossier,
    procedure: &domain::procedure::Procedure,
    work: &Finish,
) -> NewFact {
    let mut leaf = NewFact::default();
    match &fact.event {
        Event::Submitted(submitted) => {
            let applicant = &submitted.applicant;
            let identity = applicant.personal_number.as_ref().or(applicant.tax_code.as_ref());
            leaf.proc = Some(work.catalogue.version_hash(&procedure.id));
            leaf.subject_tag =
                identity.map(|identity| work.keys.subject_tag(identity, &submitted.procedure));
        }
        Event::Received(received) => {
            leaf.proc = Some(work.catalogue.version_hash(&procedure.id));
            leaf.cal = Some(work.calendar.hash.clone());
            leaf.due = Some(received.due.at.as_millisecond());
            if received.cycle == 1 {
                leaf.book_no = Some(received.number);
            }
        }
        Event::PaymentConfirmed(_) | Event::Reappointed(_) | Event::DueCorrected(_) => {
            leaf.cal = Some(work.calendar.hash.clone());
            leaf.due = after.clock.due.as_ref().map(|due| due.at.as_millisecond());
        }
        Event::Issued(issued) => {
            leaf.due = after.clock.due.as_ref().map(|due| due.at.as_millisecond());
            leaf.book_no = Some(issued.number);
        }
        _ => {}
    }
    leaf
}

/// Effects become outbox rows in the same transaction.
fn outbox(id: &str, facts: &[Fact], after: &Dossier, at: Instant) -> Vec<Write> {
    let first = after.version - u32::try_from(facts.len()).unwrap_or(after.version);
    let mut writes = Vec::new();
    for (seq, fact) in (first + 1..).zip(facts) {
        for (nth, effect) in effects(&fact.event, after).into_iter().enumerate() {
            let payload = serde_json::to_string(&effect).expect("an effect is plain data");
            let (row, now) = (format!("{id}-{seq}-{nth}"), at.as_millisecond());
            writes.push(tables::OUTBOX.row(values![
                row,
                "notify",
                id,
                payload,
                now,
                0,
                now,
                Value::Null
            ]));
        }
    }
    writes
}

/// Acts that the API names differently from the pages: none; the names are the glossary's.
#[must_use]
pub fn act_named(name: &str) -> Option<Act> {
    Act::named(name)
}
