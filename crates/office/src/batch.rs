//! A leader's whole worklist signed in one go: one PIN, one act for each dossier. Each paper has
//! its own outcome; what failed stays in the worklist and can be signed again.

use crate::act::Target;
use crate::error::ActError;
use crate::office::Office;
use crate::signed::{SignWish, SigningError, ToSign, holder};
use domain::dossier::command::Sign;
use domain::dossier::{Act, Actor, Command, Dossier};
use domain::permission::may;
use signing::{SignError, Signer};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

/// Papers in one batch at most, and dossiers listed.
pub const BATCH_MAX: u32 = 200;
/// Batches that are remembered; the oldest are forgotten.
const REMEMBERED: usize = 100;

/// A result that waits for this leader.
pub struct ToSignLine {
    /// The dossier's id.
    pub id: String,
    /// Its state.
    pub dossier: Arc<Dossier>,
    /// When the signature is due, milliseconds.
    pub due_at: Option<i64>,
}

/// Which paper: a dossier and the number of the draft that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// The dossier's id.
    pub id: String,
    /// The draft.
    pub draft: u32,
}

/// How it went with one paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Not yet its turn.
    Waiting,
    /// Signed.
    Signed,
    /// Not signed; the name of the reason in translation keys.
    Failed(&'static str),
}

/// One paper of a batch.
#[derive(Debug, Clone)]
pub struct BatchLine {
    /// The dossier's id.
    pub id: String,
    /// The dossier's code.
    pub code: String,
    /// Title of the paper.
    pub title: String,
    /// How it went.
    pub outcome: Outcome,
}

/// The batches under way and lately done, by id; they are no record, the facts are.
#[derive(Default)]
pub(crate) struct Batches(Mutex<HashMap<String, Batch>>);

struct Batch {
    official: String,
    lines: Vec<BatchLine>,
}

impl Batches {
    fn begin(&self, id: &str, batch: Batch) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while all.len() >= REMEMBERED {
            // Ids sort by age.
            let Some(oldest) = all.keys().min().cloned() else { break };
            all.remove(&oldest);
        }
        all.insert(id.to_owned(), batch);
    }

    fn note(&self, id: &str, n: usize, outcome: Outcome) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(line) = all.get_mut(id).and_then(|batch| batch.lines.get_mut(n)) {
            line.outcome = outcome;
        }
    }

    fn lines(&self, id: &str, official: &str) -> Option<Vec<BatchLine>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(id).filter(|batch| batch.official == official).map(|batch| batch.lines.clone())
    }
}

impl Office {
    /// What waits for this leader's signature, most urgent first.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn papers_waiting(&self, actor: &Actor) -> Result<Vec<ToSignLine>, ActError> {
        let mut lines = Vec::new();
        for item in self.worklist(actor, BATCH_MAX).await? {
            let id = item.task.dossier.id;
            let dossier = self.state(actor, &id).await?;
            if dossier.draft.is_some() && may(actor, Act::Sign, &dossier) {
                lines.push(ToSignLine { id, dossier, due_at: item.task.task_due_at });
            }
        }
        Ok(lines)
    }

    /// Opens the leader's key and signs the papers one after the other; gives the batch's id at
    /// once.
    ///
    /// # Errors
    /// The key cannot be opened: then nothing was begun.
    pub async fn sign_batch(
        self: &Arc<Self>,
        actor: &Actor,
        pin: &str,
        picks: Vec<Pick>,
    ) -> Result<String, SigningError> {
        let Actor::Official { id: official, .. } = actor else {
            return Err(ActError::NotFound.into());
        };
        let mut lines = Vec::new();
        let mut whose = None;
        for pick in picks.iter().take(BATCH_MAX as usize) {
            let dossier = self.state(actor, &pick.id).await?;
            whose = whose.or_else(|| holder(actor, &dossier, Act::Sign));
            lines.push(BatchLine {
                id: pick.id.clone(),
                code: dossier.code.clone().unwrap_or_default(),
                title: dossier.draft.as_ref().map(|draft| draft.title.clone()).unwrap_or_default(),
                outcome: Outcome::Waiting,
            });
        }
        let whose = whose.ok_or(ActError::NotFound)?;
        let pen =
            Pen::open(self.key_ring.signer(&whose, pin).map_err(SignError::from)?, self).await?;
        let batch = self.new_id();
        self.batches.begin(&batch, Batch { official: official.clone(), lines });
        let (office, actor, id) = (self.clone(), actor.clone(), batch.clone());
        tokio::spawn(async move {
            for (n, pick) in picks.iter().enumerate().take(BATCH_MAX as usize) {
                let outcome = match office.sign_one_of(&actor, &id, pick, &pen).await {
                    Ok(()) => Outcome::Signed,
                    Err(error) => Outcome::Failed(reason(&error)),
                };
                office.batches.note(&id, n, outcome);
            }
        });
        Ok(batch)
    }

    /// How a batch of this official stands.
    #[must_use]
    pub fn batch(&self, actor: &Actor, id: &str) -> Option<Vec<BatchLine>> {
        match actor {
            Actor::Official { id: official, .. } => self.batches.lines(id, official),
            Actor::Applicant { .. } | Actor::System => None,
        }
    }

    async fn sign_one_of(
        &self,
        actor: &Actor,
        batch: &str,
        pick: &Pick,
        pen: &Pen,
    ) -> Result<(), SigningError> {
        let dossier = self.state(actor, &pick.id).await?;
        let wish = SignWish { draft: pick.draft, read: None, pin: "" };
        let to_sign = self.to_sign(actor, &pick.id, &dossier, &wish).await?;
        let signed = pen.sign(to_sign).await?;
        let paper = Some(self.keep_paper(signed, &pick.id).await?);
        let command = Command::Sign(Sign { draft: Some(pick.draft), paper });
        let target = Target::Dossier(pick.id.clone());
        // One act for each dossier, under a key of its own.
        let key = format!("batch-{batch}-{}", pick.id);
        self.act(actor, &key, &target, &command).await?;
        Ok(())
    }
}

/// A key that stays open on a thread of its own until the batch is done.
struct Pen(std::sync::mpsc::Sender<Job>);

type Job = (ToSign, oneshot::Sender<Result<Vec<u8>, SignError>>);

impl Pen {
    async fn open(signer: Arc<dyn Signer>, office: &Office) -> Result<Pen, SigningError> {
        let (jobs, waiting) = std::sync::mpsc::channel::<Job>();
        let (opened, is_open) = oneshot::channel();
        let stamps = office.stamps();
        tokio::task::spawn_blocking(move || {
            let mut session = match signer.open() {
                Ok(session) => session,
                Err(error) => {
                    let _ = opened.send(Err(error));
                    return;
                }
            };
            if opened.send(Ok(())).is_err() {
                return;
            }
            for (to_sign, answer) in waiting {
                let (asked, stamping) = (to_sign.request(), stamps.stamping());
                let signed = signing::sign(&to_sign.pdf, &asked, &mut *session, stamping);
                let _ = answer.send(signed);
            }
        });
        let is_open = is_open.await.map_err(|error| ActError::fault("open key", error))?;
        is_open.map_err(SignError::from)?;
        Ok(Pen(jobs))
    }

    async fn sign(&self, to_sign: ToSign) -> Result<Vec<u8>, SigningError> {
        let (answer, signed) = oneshot::channel();
        let gone = |_| ActError::fault("sign", "the key's thread has ended");
        self.0.send((to_sign, answer)).map_err(gone)?;
        Ok(signed.await.map_err(|error| ActError::fault("sign", error))??)
    }
}

/// Why a paper was not signed, as a name.
fn reason(error: &SigningError) -> &'static str {
    match (error, error.name()) {
        (_, Some(name)) => name,
        (SigningError::Act(ActError::Refused(domain::dossier::Refusal::DraftChanged)), _) => {
            "draft-changed"
        }
        (SigningError::Act(ActError::Fault { doing, cause }), _) => {
            tracing::error!(doing, cause, "batch");
            "fault"
        }
        (_, None) => "not-open",
    }
}
