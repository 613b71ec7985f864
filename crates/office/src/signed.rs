//! Papers with electronic signatures: the leader's on the result that was read, then the agency's
//! seal with the number. The file is kept by its content before the fact that names its hash, so
//! whatever goes wrong leaves the dossier as it was, and signing again is always possible.

mod elsewhere;

pub use elsewhere::Waiting;

use crate::act::{Acted, Target};
use crate::error::ActError;
use crate::key_ring::{Holder, Way};
use crate::office::Office;
use documents::{Form, SigningState};
use domain::dossier::command::{Issue, Sealed, Sign};
use domain::dossier::event::FileRef;
use domain::dossier::{Act, Actor, Command, Dossier, Refusal, result_book};
use domain::permission::may;
use domain::time::{Instant, instant, local};
use ledger::Hash;
use sha2::{Digest as _, Sha256};
use signing::{
    Field, Page, Place, Request, Role, SignError, Signer, SignerError, TimeStampError,
    TimeStampService, TimeStamping, reserve,
};
use std::sync::Arc;

/// How often a seal is made anew because others took its number.
const NUMBER_ATTEMPTS: usize = 5;

/// Why a paper was not signed. Nothing was recorded.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// The act itself is refused, or not to be found.
    #[error(transparent)]
    Act(#[from] ActError),
    /// The paper is not the one that was read: a new day, or a new draft.
    #[error("the paper is not the one that was read")]
    OtherPaper,
    /// What waited for a signature elsewhere waited too long, or is somebody else's.
    #[error("prepared for another occasion")]
    NotWaiting,
    /// The key, the time-stamping authority or the file.
    #[error(transparent)]
    Sign(#[from] SignError),
}

impl SigningError {
    /// The name in translation keys; `None` for what is the act's own.
    #[must_use]
    pub const fn name(&self) -> Option<&'static str> {
        Some(match self {
            SigningError::Act(_) => return None,
            SigningError::OtherPaper => "other-paper",
            SigningError::NotWaiting => "not-waiting",
            SigningError::Sign(SignError::Signer(error)) => match error {
                SignerError::Missing(_) => "missing",
                SignerError::WrongPin => "wrong-pin",
                SignerError::Locked => "locked",
                SignerError::Busy => "busy",
                SignerError::Removed => "removed",
                SignerError::NoKey(_) | SignerError::UnsupportedKey => "no-key",
                SignerError::Failed(_) => "failed",
            },
            SigningError::Sign(SignError::TimeStamp(error)) => match error {
                TimeStampError::Unreachable(_) => "no-time-stamp",
                TimeStampError::Refused { .. }
                | TimeStampError::WrongNonce
                | TimeStampError::WrongDigest
                | TimeStampError::Malformed(_) => "wrong-time-stamp",
            },
            SigningError::Sign(SignError::OtherCertificate | SignError::WrongSignature) => {
                "wrong-signature"
            }
            SigningError::Sign(
                SignError::Paper(_)
                | SignError::TooLong { .. }
                | SignError::NoField(_)
                | SignError::NoRoom
                | SignError::Font(_)
                | SignError::Malformed(_),
            ) => "paper",
        })
    }
}

/// A paper that is to be signed, and what the signature shows.
pub(crate) struct ToSign {
    pub(crate) pdf: Vec<u8>,
    pub(crate) role: Role,
    pub(crate) at: Instant,
    pub(crate) note: Option<String>,
}

impl ToSign {
    pub(crate) fn request(&self) -> Request<'_> {
        Request {
            role: self.role,
            at: self.at,
            reason: None,
            note: self.note.as_deref(),
            font: documents::print_font(),
        }
    }
}

impl Office {
    /// How this official does the act on this dossier: with which key, if any.
    #[must_use]
    pub fn way_of_signing(&self, actor: &Actor, dossier: &Dossier, act: Act) -> Way {
        match (holder(actor, dossier, act), act) {
            (Some(_), Act::Issue) if signed_paper(dossier).is_none() => Way::ByHand,
            (Some(holder), _) => self.key_ring.way(&holder),
            (None, _) => Way::ByHand,
        }
    }

    /// The paper that this official would sign today, with the places that are kept for
    /// signatures: exactly these bytes are signed.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for those who may not read the dossier, and before there is a draft.
    pub async fn paper_to_sign(&self, actor: &Actor, id: &str) -> Result<Vec<u8>, ActError> {
        let dossier = self.state(actor, id).await?;
        let Actor::Official { name, .. } = actor else { return Err(ActError::NotFound) };
        let mut shown = (*dossier).clone();
        let draft = shown.draft.as_mut().ok_or(ActError::NotFound)?;
        draft.signed_by = Some(name.clone());
        // The same bytes all day: what was read this morning is signed this evening.
        let today = instant(local(self.clock.now()).date().at(0, 0, 0, 0));
        let form = Form::ResultDraft(self.result(&shown, SigningState::Final, today)?);
        let paper = self.set(form).await?;
        let kept = reserve(&paper, &PLACES);
        kept.map_err(|error| ActError::fault("keep places for signatures", error))
    }

    /// The signed file, or the paper that this official would sign.
    ///
    /// # Errors
    /// As [`Office::paper_to_sign`].
    pub async fn signed_or_to_sign(&self, actor: &Actor, id: &str) -> Result<Vec<u8>, ActError> {
        let dossier = self.state(actor, id).await?;
        match (actor, signed_paper(&dossier)) {
            (Actor::Official { .. }, Some(signed)) => self.stored_file(signed).await,
            _ => self.paper_to_sign(actor, id).await,
        }
    }

    /// Signs the draft that was read, with the official's own key.
    ///
    /// # Errors
    /// [`SigningError`]; nothing is recorded then.
    pub async fn sign_paper(
        &self,
        actor: &Actor,
        key: &str,
        id: &str,
        wish: &SignWish<'_>,
    ) -> Result<Acted, SigningError> {
        let target = Target::Dossier(id.to_owned());
        let bare = Command::Sign(Sign { draft: Some(wish.draft), paper: None });
        let dossier = self.state(actor, id).await?;
        if !may(actor, Act::Sign, &dossier) {
            return Ok(self.again_or_not_open(actor, key, &target, &bare).await?);
        }
        let to_sign = self.to_sign(actor, id, &dossier, wish).await?;
        let holder = holder(actor, &dossier, Act::Sign).ok_or(ActError::NotFound)?;
        let signed = self.sign_here(actor, id, &holder, wish.pin, to_sign).await?;
        let paper = Some(self.keep_paper(signed, id).await?);
        let command = Command::Sign(Sign { draft: Some(wish.draft), paper });
        Ok(self.act(actor, key, &target, &command).await?)
    }

    /// Issues the signed result with the agency's seal, which shows the number.
    ///
    /// # Errors
    /// [`SigningError`]; nothing is recorded then.
    pub async fn seal_paper(
        &self,
        actor: &Actor,
        key: &str,
        id: &str,
        pin: &str,
    ) -> Result<Acted, SigningError> {
        let target = Target::Dossier(id.to_owned());
        let bare = Command::Issue(Issue::default());
        for _ in 0..NUMBER_ATTEMPTS {
            let dossier = self.state(actor, id).await?;
            if !may(actor, Act::Issue, &dossier) {
                return Ok(self.again_or_not_open(actor, key, &target, &bare).await?);
            }
            let holder = holder(actor, &dossier, Act::Issue).ok_or(ActError::NotFound)?;
            let (to_sign, number) = self.to_seal(&dossier).await?;
            let sealed = self.sign_here(actor, id, &holder, pin, to_sign).await?;
            let paper = self.keep_paper(sealed, id).await?;
            let command = Command::Issue(Issue { sealed: Some(Sealed { paper, number }) });
            match self.act(actor, key, &target, &command).await {
                Err(ActError::Conflict) => {}
                done => return Ok(done?),
            }
        }
        Err(ActError::Conflict.into())
    }

    /// The result that waits for a signature, if it is still the one that was read.
    pub(crate) async fn to_sign(
        &self,
        actor: &Actor,
        id: &str,
        dossier: &Dossier,
        wish: &SignWish<'_>,
    ) -> Result<ToSign, SigningError> {
        if dossier.draft.as_ref().is_none_or(|draft| draft.number != wish.draft) {
            return Err(ActError::Refused(Refusal::DraftChanged).into());
        }
        let pdf = self.paper_to_sign(actor, id).await?;
        if wish.read.is_some_and(|read| read != hash_of(&pdf).to_string()) {
            return Err(SigningError::OtherPaper);
        }
        Ok(ToSign { pdf, role: Role::Officer, at: self.clock.now(), note: None })
    }

    /// The signed result, and the number that its seal will show.
    async fn to_seal(&self, dossier: &Dossier) -> Result<(ToSign, u32), SigningError> {
        let signed =
            signed_paper(dossier).ok_or(ActError::Refused(Refusal::NotOpen(Act::Issue)))?;
        let pdf = self.stored_file(signed).await?;
        let at = self.clock.now();
        let agency = self.catalogue.organisation.code_of(&dossier.submitted.agency);
        let last = self.store.last_number(&result_book(agency, at)).await;
        let number = last.map_err(|error| ActError::fault("read number", error))? + 1;
        let day = local(at).date().strftime("%d/%m/%Y");
        let note = Some(format!("Số: {number:02}/KQ ngày {day}"));
        Ok((ToSign { pdf, role: Role::Seal, at, note }, number))
    }

    /// The first answer where the act was done with this key before; else that it is not open.
    async fn again_or_not_open(
        &self,
        actor: &Actor,
        key: &str,
        target: &Target,
        command: &Command,
    ) -> Result<Acted, ActError> {
        let known = self.idempotency(actor, key, target, command)?;
        self.known_or_refused(&known, Refusal::NotOpen(command.act())).await
    }

    /// Signs with a key that is here. A wrong PIN is written down.
    pub(crate) async fn sign_here(
        &self,
        actor: &Actor,
        id: &str,
        holder: &Holder,
        pin: &str,
        to_sign: ToSign,
    ) -> Result<Vec<u8>, SigningError> {
        let signer = self.key_ring.signer(holder, pin).map_err(SignError::from)?;
        let stamps = self.stamps();
        let work = move || sign_one(&*signer, &to_sign, &stamps);
        let signed = tokio::task::spawn_blocking(work).await;
        let signed = signed.map_err(|error| ActError::fault("sign", error))?;
        if let Err(SignError::Signer(SignerError::WrongPin | SignerError::Locked)) = &signed
            && let Actor::Official { id: official, .. } = actor
        {
            self.log(official, "wrong_pin", Some(id), "").await?;
        }
        if let Err(error) = &signed {
            tracing::warn!(%error, "a paper was not signed");
        }
        Ok(signed?)
    }

    /// The time-stamping authority and the chance for its questions.
    pub(crate) fn stamps(&self) -> Stamps {
        let chance = self.chance.clone();
        let nonce = Box::new(move || {
            let mut nonce = [0; 8];
            chance.fill(&mut nonce);
            nonce
        });
        Stamps { service: self.key_ring.time_stamps(), nonce }
    }

    /// Keeps a signed paper by its content.
    pub(crate) async fn keep_paper(&self, pdf: Vec<u8>, id: &str) -> Result<FileRef, ActError> {
        let size_bytes = pdf.len() as u64;
        let kept = self.files.put(pdf).await;
        let hash = kept.map_err(|error| ActError::fault("store paper", error))?.to_string();
        let name = format!("ket-qua-{}.pdf", &id[..id.len().min(8)]);
        Ok(FileRef { hash, name, size_bytes, media_type: "application/pdf".to_owned() })
    }

    /// A kept file's bytes.
    pub(crate) async fn stored_file(&self, file: &FileRef) -> Result<Vec<u8>, ActError> {
        let hash: Hash =
            file.hash.parse().map_err(|error| ActError::fault("hash of a paper", error))?;
        let found = self.files.get(hash).await;
        let bytes = found.map_err(|error| ActError::fault("read paper", error))?;
        let bytes = bytes.ok_or_else(|| ActError::fault("read paper", "it is not in the store"))?;
        Ok(bytes.to_vec())
    }
}

/// What a leader wants signed.
#[derive(Debug, Clone, Copy)]
pub struct SignWish<'a> {
    /// Number of the draft that was read.
    pub draft: u32,
    /// SHA-256 of the file that was read, hexadecimal; not asked for in a batch, where the draft's
    /// number says which text it is.
    pub read: Option<&'a str>,
    /// The PIN of the token, for this signature.
    pub pin: &'a str,
}

/// What puts time-stamps on signatures; nothing where no authority is configured.
pub(crate) struct Stamps {
    service: Option<Arc<dyn TimeStampService>>,
    nonce: Box<dyn Fn() -> [u8; 8] + Send + Sync>,
}

impl Stamps {
    pub(crate) fn stamping(&self) -> Option<TimeStamping<'_>> {
        let service = self.service.as_deref()?;
        Some(TimeStamping { service, nonce: &*self.nonce })
    }
}

fn sign_one(signer: &dyn Signer, to_sign: &ToSign, stamps: &Stamps) -> Result<Vec<u8>, SignError> {
    let mut session = signer.open()?;
    signing::sign(&to_sign.pdf, &to_sign.request(), &mut *session, stamps.stamping())
}

/// Whose key an act takes.
pub(crate) fn holder(actor: &Actor, dossier: &Dossier, act: Act) -> Option<Holder> {
    match (actor, act) {
        (Actor::Official { id, .. }, Act::Sign) => Some(Holder::Official(id.clone())),
        (Actor::Official { .. }, Act::Issue) => {
            Some(Holder::Agency(dossier.submitted.agency.clone()))
        }
        _ => None,
    }
}

/// The result's file, where it carries an electronic signature.
pub(crate) fn signed_paper(dossier: &Dossier) -> Option<&FileRef> {
    dossier.draft.as_ref().and_then(|draft| draft.paper.as_ref())
}

/// SHA-256 of a file.
#[must_use]
pub fn hash_of(bytes: &[u8]) -> Hash {
    Hash(Sha256::digest(bytes).into())
}

/// Both signatures stand in the lower margin of the last page, where no text of a paper reaches:
/// the seal left of the officer, as stamps are put.
pub(crate) const PLACES: [Field; 2] = [
    Field { role: Role::Officer, place: place(325.0) },
    Field { role: Role::Seal, place: place(85.0) },
];

const fn place(left: f32) -> Place {
    Place { page: Page::Last, left, bottom: 7.0, width: 228.0, height: 46.0 }
}
