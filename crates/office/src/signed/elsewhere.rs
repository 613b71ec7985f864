//! Signing in three steps, the second of them elsewhere: at a provider, on a workstation. What
//! waits is a file of its own and a ticket that says whose it is, on which draft, until when; the
//! ticket is sealed with the installation's key, so nothing has to be remembered.

use super::{SignWish, SigningError, ToSign, holder};
use crate::act::{Acted, Target};
use crate::error::ActError;
use crate::office::Office;
use domain::dossier::command::{Issue, Sealed, Sign};
use domain::dossier::{Act, Actor, Command, Dossier};
use domain::permission::may;
use domain::time::Instant;
use ledger::Hash;
use serde::{Deserialize, Serialize};
use signing::{Prepared, SignError, prepare};

/// For how long a prepared paper waits, milliseconds.
const WAITS_MS: i64 = 30 * 60 * 1000;

/// What is to be signed elsewhere.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Brings the signature to its paper; for this person and this dossier only.
    pub ticket: String,
    /// The bytes that the key signs.
    pub to_be_signed: Vec<u8>,
    /// Their SHA-256, hexadecimal, for services that ask for a digest.
    pub digest: String,
    /// Until when the signature is waited for.
    pub until: Instant,
}

/// What a ticket says, in the order in which it is written.
#[derive(Serialize, Deserialize)]
struct Ticket {
    official: String,
    dossier: String,
    act: Act,
    /// The draft, or the number of the result.
    of: u32,
    prepared: String,
    until_ms: i64,
}

impl Office {
    /// First step: the paper with an empty place, and the bytes to be signed.
    ///
    /// # Errors
    /// [`SigningError`].
    pub async fn prepare_elsewhere(
        &self,
        actor: &Actor,
        id: &str,
        act: Act,
        wish: &SignWish<'_>,
    ) -> Result<Waiting, SigningError> {
        let dossier = self.state(actor, id).await?;
        let (Actor::Official { id: official, .. }, true) = (actor, may(actor, act, &dossier))
        else {
            return Err(ActError::Refused(domain::dossier::Refusal::NotOpen(act)).into());
        };
        let (to_sign, of) = match act {
            Act::Issue => self.to_seal(&dossier).await?,
            _ => (self.to_sign(actor, id, &dossier, wish).await?, wish.draft),
        };
        let prepared = self.prepared(actor, &dossier, act, &to_sign)?;
        let text = serde_json::to_vec(&prepared);
        let text = text.map_err(|error| ActError::fault("prepared paper", error))?;
        let kept = self.files.put(text).await;
        let kept = kept.map_err(|error| ActError::fault("store prepared paper", error))?;
        let until_ms = self.clock.now().as_millisecond() + WAITS_MS;
        let ticket = Ticket {
            official: official.clone(),
            dossier: id.to_owned(),
            act,
            of,
            prepared: kept.to_string(),
            until_ms,
        };
        Ok(Waiting {
            ticket: self.sealed_ticket(&ticket)?,
            to_be_signed: prepared.to_be_signed().to_vec(),
            digest: hex::encode(prepared.digest()),
            until: domain::time::from_millis(until_ms),
        })
    }

    /// Third step: the signature that was made elsewhere goes into its place, and the act happens.
    ///
    /// # Errors
    /// [`SigningError::NotWaiting`] for a ticket that has run out, was changed or is another's.
    pub async fn assemble(
        &self,
        actor: &Actor,
        key: &str,
        id: &str,
        (ticket, signature): (&str, &[u8]),
    ) -> Result<Acted, SigningError> {
        let ticket = self.opened_ticket(ticket).ok_or(SigningError::NotWaiting)?;
        let theirs = matches!(actor, Actor::Official { id, .. } if *id == ticket.official);
        let late = self.clock.now().as_millisecond() > ticket.until_ms;
        if !theirs || ticket.dossier != id || late {
            return Err(SigningError::NotWaiting);
        }
        let target = Target::Dossier(id.to_owned());
        let dossier = self.state(actor, id).await?;
        if !may(actor, ticket.act, &dossier) {
            let bare = bare(&ticket);
            return Ok(self.again_or_not_open(actor, key, &target, &bare).await?);
        }
        let prepared = self.prepared_of(&ticket).await?;
        let holder = holder(actor, &dossier, ticket.act).ok_or(SigningError::NotWaiting)?;
        let chain = self.key_ring.chain(&holder).cloned().ok_or(SigningError::NotWaiting)?;
        let (stamps, signature) = (self.stamps(), signature.to_vec());
        let work = move || -> Result<Vec<u8>, SignError> {
            let token = stamps.stamping().map(|stamping| stamping.stamp(&signature)).transpose()?;
            prepared.assemble(&signature, &chain, token.as_deref())
        };
        let assembled = tokio::task::spawn_blocking(work).await;
        let pdf = assembled.map_err(|error| ActError::fault("assemble", error))??;
        let paper = self.keep_paper(pdf, id).await?;
        let command = match ticket.act {
            Act::Issue => {
                Command::Issue(Issue { sealed: Some(Sealed { paper, number: ticket.of }) })
            }
            _ => Command::Sign(Sign { draft: Some(ticket.of), paper: Some(paper) }),
        };
        match self.act(actor, key, &target, &command).await {
            // The number went to another result: the seal has to be made anew.
            Err(ActError::Conflict) if ticket.act == Act::Issue => Err(SigningError::NotWaiting),
            done => Ok(done?),
        }
    }

    fn prepared(
        &self,
        actor: &Actor,
        dossier: &Dossier,
        act: Act,
        to_sign: &ToSign,
    ) -> Result<Prepared, SigningError> {
        let holder = holder(actor, dossier, act).ok_or(ActError::NotFound)?;
        let chain = self.key_ring.chain(&holder).ok_or(ActError::NotFound)?;
        Ok(prepare(&to_sign.pdf, &to_sign.request(), chain.signer())?)
    }

    async fn prepared_of(&self, ticket: &Ticket) -> Result<Prepared, SigningError> {
        let hash: Hash = ticket.prepared.parse().map_err(|_| SigningError::NotWaiting)?;
        let found = self.files.get(hash).await;
        let found = found.map_err(|error| ActError::fault("read prepared paper", error))?;
        let text = found.ok_or(SigningError::NotWaiting)?;
        serde_json::from_slice(&text).map_err(|_| SigningError::NotWaiting)
    }

    fn sealed_ticket(&self, ticket: &Ticket) -> Result<String, ActError> {
        let text = serde_json::to_vec(ticket).map_err(|error| ActError::fault("ticket", error))?;
        let text = hex::encode(text);
        Ok(format!("{text}.{}", self.keys.ticket_seal(&text)))
    }

    fn opened_ticket(&self, sealed: &str) -> Option<Ticket> {
        let (text, seal) = sealed.trim().split_once('.')?;
        let fits = self.keys.is_ticket_seal(text, seal);
        let text = hex::decode(text).ok().filter(|_| fits)?;
        serde_json::from_slice(&text).ok()
    }
}

fn bare(ticket: &Ticket) -> Command {
    match ticket.act {
        Act::Issue => Command::Issue(Issue::default()),
        _ => Command::Sign(Sign { draft: Some(ticket.of), paper: None }),
    }
}
