//! What others say about the log: witnesses cosign its heads, an authority stamps one a day. Both
//! are asked by the worker, never on the way of a request, and what they said is kept beside the
//! head it is about.
//!
//! A witness remembers the largest head it saw. After a restore it therefore knows more than this
//! house: then nothing may be signed before the lost tail is back, or the break is declared.

use crate::error::ActError;
use crate::log::Head;
use crate::office::Office;
use crate::ports::Courier;
use domain::time::{from_millis, local};
use ledger::policy::Witness;
use ledger::proof::TileRoots;
use ledger::{AddCheckpoint, CosignerKey, Hash, Note, Policy};
use signing::{TimeStampService, TimeStamping};
use std::sync::Arc;
use storage::{CosignatureRow, TimeStampRow};
use tokio::sync::Mutex;

/// Leaf hashes read at a time.
const PAGE: u64 = 16_384;
/// The media type of a question to a time-stamping authority (RFC 3161 §3.4).
const TIME_STAMP_QUERY: &str = "application/timestamp-query";

/// A witness's word about a head of this log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witnessed {
    /// Who: the name in the witness's key.
    pub witness: String,
    /// The size of the head; at least the one asked for, where the witness has seen so much.
    pub size: u64,
    /// When the witness saw it, in milliseconds.
    pub at: i64,
}

/// What came of asking a witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It cosigned a head of this size, or had done so before.
    Cosigned {
        /// The head's size.
        size: u64,
    },
    /// It knows a larger head than this house: entries are missing here.
    KnowsMore {
        /// The size it knows.
        size: u64,
    },
    /// It does not cosign: status and words of its answer.
    Refused {
        /// The HTTP status.
        status: u16,
        /// The answer's words.
        words: String,
    },
    /// It does not answer, or not in the protocol.
    Silent(String),
    /// It has no address: files are carried to it.
    Offline,
}

/// A witness with what came of asking it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its name in the policy.
    pub witness: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// Asks the witnesses of a policy, and an authority for time-stamps.
pub struct Witnesses {
    office: Arc<Office>,
    policy: Policy,
    authority: Option<String>,
    courier: Arc<dyn Courier>,
    roots: Mutex<TileRoots>,
}

impl Office {
    /// Who witnessed a head that covers the first `size` entries, and when; for a witness that has
    /// not seen so much, what it saw last.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn witnessed(&self, size: u64) -> Result<Vec<Witnessed>, ActError> {
        let rows = self.store.cosignatures_for(size).await.map_err(fault("read cosignatures"))?;
        let told = |CosignatureRow { witness, size, at, .. }| Witnessed { witness, size, at };
        Ok(rows.into_iter().map(told).collect())
    }
}

impl Witnesses {
    /// Of this house: the policy that names them, the address of the time-stamping authority, and
    /// the way to all of them.
    #[must_use]
    pub fn new(
        office: Arc<Office>,
        policy: Policy,
        authority: Option<String>,
        courier: Arc<dyn Courier>,
    ) -> Witnesses {
        Witnesses { office, policy, authority, courier, roots: Mutex::default() }
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Asks each witness how much it knows, and signs nothing but the empty head for it.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn standing(&self) -> Result<Vec<Asked>, ActError> {
        let here = self.office.store.ledger_head().await.map_err(fault("read head"))?.size();
        let empty = ledger::checkpoint::sign(&self.office.signer()?, 0, ledger::empty_root());
        let question = AddCheckpoint { old: 0, proof: Vec::new(), note: empty };
        let mut all = Vec::new();
        for witness in &self.policy.witnesses {
            let outcome = match self.post(witness, &question).await {
                Answer::Size(size) if size > here => Outcome::KnowsMore { size },
                Answer::Size(size) => Outcome::Cosigned { size },
                Answer::Cosigned(_) => Outcome::Cosigned { size: 0 },
                Answer::Other(outcome) => outcome,
            };
            all.push(Asked { witness: witness.name.clone(), outcome });
        }
        Ok(all)
    }

    /// Signs the present head and has it cosigned by every witness that can be reached. A house
    /// in which entries are missing signs nothing.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn collect(&self) -> Result<Vec<Asked>, ActError> {
        let here = self.office.store.ledger_head().await.map_err(fault("read head"))?.size();
        let mut new = false;
        for witness in &self.policy.witnesses {
            let last = self.last(&witness.key).await?;
            new |= witness.url.is_some() && here != last;
        }
        let mut all = Vec::new();
        if new {
            let head = self.office.checkpoint().await?;
            for witness in &self.policy.witnesses {
                let outcome = self.ask(witness, &head).await?;
                all.push(Asked { witness: witness.name.clone(), outcome });
            }
        }
        Ok(all)
    }

    /// The request to a witness about the present head, for carrying it there by hand. `old` is the
    /// size that the witness saw last; what it said last, when missing.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for a witness that is not in the policy; [`ActError::Fault`].
    pub async fn offer(&self, name: &str, old: Option<u64>) -> Result<AddCheckpoint, ActError> {
        let witness = self.policy.witnesses.iter().find(|witness| witness.name == name);
        let witness = witness.ok_or(ActError::NotFound)?;
        let old = match old {
            Some(old) => old,
            None => self.last(&witness.key).await?,
        };
        let head = self.office.checkpoint().await?;
        self.request(old, &head).await
    }

    /// Takes in signature lines of witnesses about the head of this size; those of the policy that
    /// fit are kept and told.
    ///
    /// # Errors
    /// [`ActError::NotFound`] when no head of this size was signed; [`ActError::Fault`].
    pub async fn take_in(&self, size: u64, lines: &str) -> Result<Vec<Witnessed>, ActError> {
        let heads = self.office.store.checkpoint_of(size).await.map_err(fault("read head"))?;
        let head = heads.ok_or(ActError::NotFound)?;
        let mut kept = Vec::new();
        for witness in &self.policy.witnesses {
            if let Some(row) = cosignature(&witness.key, size, &head.note, lines) {
                let (witness, size, at) = (row.witness.clone(), row.size, row.at);
                let keep = self.office.store.keep_cosignature(row).await;
                keep.map_err(fault("keep cosignature"))?;
                kept.push(Witnessed { witness, size, at });
            }
        }
        Ok(kept)
    }

    /// Has the present head stamped, unless that was done today or nothing was added since.
    /// Says the size of the head that was stamped.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the authority does not answer, answers something else, or the
    /// database cannot.
    pub async fn stamp(&self) -> Result<Option<u64>, ActError> {
        let Some(url) = self.authority.clone() else { return Ok(None) };
        let store = &self.office.store;
        let last = store.last_time_stamp().await.map_err(fault("read time-stamps"))?;
        let here = store.ledger_head().await.map_err(fault("read head"))?.size();
        let now = self.office.clock.now();
        let is_done = last.is_some_and(|last| {
            last.size == here || local(from_millis(last.at)).date() == local(now).date()
        });
        if is_done || here == 0 {
            return Ok(None);
        }
        let head = self.office.checkpoint().await?;
        let text = text_of(&head.note)?;
        let mut nonce = [0; 8];
        self.office.chance.fill(&mut nonce);
        let service = Authority { url, courier: self.courier.clone() };
        let stamped = tokio::task::spawn_blocking(move || {
            TimeStamping { service: &service, nonce: &|| nonce }.stamp(text.as_bytes())
        });
        let token = stamped.await.map_err(fault("ask for a time-stamp"))?;
        let token = token.map_err(fault("ask for a time-stamp"))?;
        let row = TimeStampRow { size: head.size, at: now.as_millisecond(), token };
        store.keep_time_stamp(row).await.map_err(fault("keep time-stamp"))?;
        Ok(Some(head.size))
    }

    /// Asks one witness about a head; a second time when it knows another size than expected.
    async fn ask(&self, witness: &Witness, head: &Head) -> Result<Outcome, ActError> {
        let mut old = self.last(&witness.key).await?;
        for _ in 0..2 {
            if old > head.size {
                return Ok(Outcome::KnowsMore { size: old });
            }
            let request = self.request(old, head).await?;
            match self.post(witness, &request).await {
                Answer::Cosigned(lines) => {
                    let row = cosignature(&witness.key, head.size, &head.note, &lines);
                    let Some(row) = row else {
                        let words =
                            "it answers with a signature that is not its own over this head";
                        return Ok(Outcome::Silent(words.to_owned()));
                    };
                    let keep = self.office.store.keep_cosignature(row).await;
                    keep.map_err(fault("keep cosignature"))?;
                    return Ok(Outcome::Cosigned { size: head.size });
                }
                Answer::Size(size) if size == old => {
                    let words = format!("it knows another root of size {size}");
                    return Ok(Outcome::Refused { status: 409, words });
                }
                Answer::Size(size) => old = size,
                Answer::Other(outcome) => return Ok(outcome),
            }
        }
        Ok(Outcome::Silent("it changes its size while it is asked".to_owned()))
    }

    /// The size of the largest head that a witness cosigned, as far as this house knows.
    async fn last(&self, key: &CosignerKey) -> Result<u64, ActError> {
        let last = self.office.store.last_cosignature(key.name()).await;
        Ok(last.map_err(fault("read cosignatures"))?.map_or(0, |last| last.size))
    }

    async fn request(&self, old: u64, head: &Head) -> Result<AddCheckpoint, ActError> {
        let proof = if old > head.size { Vec::new() } else { self.proof(old, head.size).await? };
        Ok(AddCheckpoint { old, proof, note: head.note.clone() })
    }

    /// That the tree of `old` entries begins the tree of `new`.
    async fn proof(&self, old: u64, new: u64) -> Result<Vec<Hash>, ActError> {
        let mut roots = self.roots.lock().await;
        let store = &self.office.store;
        let mut next = roots.covered();
        while next < new {
            let to = (next + PAGE).min(new);
            let page = store.leaf_hashes(next, to).await.map_err(fault("read leaves"))?;
            if roots.extend(&page) == 0 {
                break;
            }
            next = roots.covered();
        }
        // What the roots do not hold: the unfinished runs at the edges of both trees.
        let width = ledger::tiles::TILE_WIDTH as u64;
        let edge = |size: u64| size / width * width;
        let mut leaves = std::collections::HashMap::new();
        for (from, to) in [(edge(old), edge(old) + width), (edge(new), new)] {
            let page = store.leaf_hashes(from, to.min(new)).await.map_err(fault("read leaves"))?;
            leaves.extend((from..).zip(page));
        }
        let mut is_missing = false;
        let proof = roots.consistency(old, new, |index| {
            is_missing |= !leaves.contains_key(&index);
            leaves.get(&index).copied().unwrap_or_else(ledger::empty_root)
        });
        let proof = proof.map_err(fault("prove consistency"))?;
        if is_missing {
            return Err(ActError::fault("prove consistency", "a leaf is missing"));
        }
        Ok(proof)
    }

    async fn post(&self, witness: &Witness, request: &AddCheckpoint) -> Answer {
        let Some(url) = &witness.url else { return Answer::Other(Outcome::Offline) };
        let (url, body) = (format!("{url}/add-checkpoint"), request.to_string());
        let courier = self.courier.clone();
        let asked =
            tokio::task::spawn_blocking(move || courier.post(&url, "text/plain", body.as_bytes()));
        match asked.await {
            Ok(Ok((status, body))) => Answer::of(status, &body),
            Ok(Err(error)) => Answer::Other(Outcome::Silent(error)),
            Err(error) => Answer::Other(Outcome::Silent(error.to_string())),
        }
    }
}

/// An answer in the protocol.
enum Answer {
    /// 200: signature lines.
    Cosigned(String),
    /// 409: the size it knows.
    Size(u64),
    /// Anything else.
    Other(Outcome),
}

impl Answer {
    fn of(status: u16, body: &[u8]) -> Answer {
        let words = String::from_utf8_lossy(body).into_owned();
        match (status, words.trim().parse()) {
            (200, _) => Answer::Cosigned(words),
            (409, Ok(size)) => Answer::Size(size),
            (409 | 422 | 403 | 404 | 400, _) => {
                let words = words.trim().chars().take(200).collect();
                Answer::Other(Outcome::Refused { status, words })
            }
            _ => Answer::Other(Outcome::Silent(format!("it answers with status {status}"))),
        }
    }
}

/// The way to a time-stamping authority, in the words of the signatures' room.
struct Authority {
    url: String,
    courier: Arc<dyn Courier>,
}

impl TimeStampService for Authority {
    fn ask(&self, request: &[u8]) -> Result<Vec<u8>, String> {
        let (status, body) = self.courier.post(&self.url, TIME_STAMP_QUERY, request)?;
        if status == 200 { Ok(body) } else { Err(format!("it answers with status {status}")) }
    }
}

/// The line of this witness among lines, if it fits the head.
fn cosignature(key: &CosignerKey, size: u64, note: &str, lines: &str) -> Option<CosignatureRow> {
    let fits = |line: &&str| {
        let whole: Result<Note, _> = format!("{note}{line}\n").parse();
        whole.is_ok_and(|note| key.seen(&note).is_some())
    };
    let line = lines.lines().find(fits)?;
    let whole: Note = format!("{note}{line}\n").parse().ok()?;
    let at = i64::try_from(key.seen(&whole)?).ok()?.checked_mul(1_000)?;
    Some(CosignatureRow { witness: key.name().to_owned(), size, at, line: format!("{line}\n") })
}

/// The lines of a note that get signed.
fn text_of(note: &str) -> Result<String, ActError> {
    let note: Note = note.parse().map_err(fault("read the signed head"))?;
    Ok(note.text)
}

fn fault<E: std::fmt::Display>(doing: &'static str) -> impl Fn(E) -> ActError {
    move |error| ActError::fault(doing, error)
}
