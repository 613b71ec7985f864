//! What anyone may learn of a paper: which one it is, whether its bytes are those we issued, and
//! where it stands in the log. Nothing personal that the paper itself does not show, and nothing of
//! what is handed in is kept.

use crate::error::ActError;
use crate::office::Office;
use crate::proofs::Proven;
use crate::signed::hash_of;
use domain::dossier::event::{Event, Fact};
use domain::dossier::{Actor, Dossier};
use domain::text::DossierCode;
use domain::time::Instant;
pub use signing::Language;
use signing::{Examined, Verdict, validate};
use storage::StoredFact;
use tokio::sync::Semaphore;

/// Files that strangers have us judge at the same time.
static JUDGING: Semaphore = Semaphore::const_new(2);

/// Which paper of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperKind {
    /// Giấy tiếp nhận (Mẫu 01).
    Receipt,
    /// The result.
    Result,
}

impl PaperKind {
    /// The name in addresses and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            PaperKind::Receipt => "receipt",
            PaperKind::Result => "result",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<PaperKind> {
        [PaperKind::Receipt, PaperKind::Result].into_iter().find(|kind| kind.name() == name)
    }
}

/// A paper that we issued.
#[derive(Debug, Clone)]
pub struct IssuedPaper {
    /// The dossier's code.
    pub code: String,
    /// Which paper.
    pub kind: PaperKind,
    /// Procedure version id.
    pub procedure: String,
    /// The agency (unit id).
    pub agency: String,
    /// When it was issued.
    pub at: Instant,
    /// The number of a result.
    pub number: Option<String>,
    /// SHA-256 of the signed file, hexadecimal; nothing for papers signed by hand.
    pub hash: Option<String>,
    /// The signatures of our own file, as they hold today.
    pub signatures: Vec<Examined>,
    /// Its fact in the log.
    pub proven: Proven,
}

/// What a file is, beside ours.
#[derive(Debug, Clone)]
pub enum Compared {
    /// The same bytes as the paper that we issued.
    Same(Box<IssuedPaper>),
    /// It names a dossier of ours, but is no file of ours.
    Changed(Vec<IssuedPaper>),
    /// It names no dossier that we know.
    Unknown,
}

/// A file that somebody handed in.
#[derive(Debug, Clone)]
pub struct Judged {
    /// SHA-256, hexadecimal.
    pub hash: String,
    /// What its own signatures say.
    pub verdict: Verdict,
    /// What it is beside our papers.
    pub compared: Compared,
}

impl IssuedPaper {
    /// What its signatures are worth, one sentence each; none for papers signed by hand.
    #[must_use]
    pub fn signature_words(&self, language: Language) -> Vec<String> {
        self.signatures.iter().map(|one| one.in_words(language)).collect()
    }
}

impl Judged {
    /// What the file's own signatures say, one sentence each.
    #[must_use]
    pub fn words(&self, language: Language) -> Vec<String> {
        self.verdict.in_words(language)
    }
}

impl Office {
    /// The papers that were issued for a dossier, by its code; none when there is no such dossier.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn issued_papers(&self, code: &str) -> Result<Vec<IssuedPaper>, ActError> {
        let Ok(id) = self.find_code(code).await else { return Ok(Vec::new()) };
        let stored = self.store.facts_of(&id).await.map_err(fault)?;
        let facts = self.facts(&id).await?;
        let Some(dossier) = Dossier::replay(&facts) else { return Ok(Vec::new()) };
        let mut papers = Vec::new();
        for (fact, stored) in facts.iter().zip(&stored) {
            papers.extend(self.issued_paper(&dossier, fact, stored).await?);
        }
        Ok(papers)
    }

    /// Looks at a file; nothing of it is kept.
    ///
    /// # Errors
    /// [`ActError::Conflict`] when too many ask at once, [`ActError::Fault`].
    pub async fn judge_file(&self, bytes: Vec<u8>) -> Result<Judged, ActError> {
        let Ok(_turn) = JUDGING.try_acquire() else { return Err(ActError::Conflict) };
        let (trust, now) = (self.trust.clone(), self.clock.now());
        let work = move || (validate(&bytes, &trust, now), named_code(&bytes), bytes);
        let judged = tokio::task::spawn_blocking(work).await;
        let (verdict, code, bytes) = judged.map_err(fault)?;
        let hash = hash_of(&bytes).to_string();
        let papers = match &code {
            Some(code) => self.issued_papers(code).await?,
            None => Vec::new(),
        };
        let mut same = None;
        for (n, paper) in papers.iter().enumerate() {
            if self.is_same(paper, &hash, &bytes).await? {
                same = Some(n);
            }
        }
        let compared = match (same, papers.is_empty()) {
            (Some(n), _) => Compared::Same(Box::new(papers[n].clone())),
            (None, false) => Compared::Changed(papers),
            (None, true) => Compared::Unknown,
        };
        Ok(Judged { hash, verdict, compared })
    }

    async fn find_code(&self, code: &str) -> Result<String, ActError> {
        let code = DossierCode::parse(code).map_err(|_| ActError::NotFound)?;
        let row = self.store.dossier_by_code(&code.to_string()).await.map_err(fault)?;
        row.map(|row| row.id).ok_or(ActError::NotFound)
    }

    /// The paper that a fact issued, if it issued one.
    async fn issued_paper(
        &self,
        dossier: &Dossier,
        fact: &Fact,
        stored: &StoredFact,
    ) -> Result<Option<IssuedPaper>, ActError> {
        let (kind, number, file) = match &fact.event {
            Event::Received(_) => (PaperKind::Receipt, None, None),
            Event::Issued(issued) => {
                let number = format!("{:02}/KQ ({})", issued.number, issued.book);
                let file = dossier.draft.as_ref().and_then(|draft| draft.paper.as_ref());
                (PaperKind::Result, Some(number), file)
            }
            _ => return Ok(None),
        };
        let signatures = match file {
            Some(file) => {
                match validate(&self.stored_file(file).await?, &self.trust, self.clock.now()) {
                    Verdict::Signed(all) => all,
                    Verdict::Unsigned | Verdict::Unreadable(_) => Vec::new(),
                }
            }
            None => Vec::new(),
        };
        Ok(Some(IssuedPaper {
            code: dossier.code.clone().unwrap_or_default(),
            kind,
            procedure: dossier.submitted.procedure.clone(),
            agency: dossier.submitted.agency.clone(),
            at: fact.at,
            number,
            hash: file.map(|file| file.hash.clone()),
            signatures,
            proven: self.proof_of(stored).await?,
        }))
    }

    /// Is this file the paper? Papers without an electronic signature are made once more.
    async fn is_same(
        &self,
        paper: &IssuedPaper,
        hash: &str,
        bytes: &[u8],
    ) -> Result<bool, ActError> {
        if let Some(signed) = &paper.hash {
            return Ok(signed == hash);
        }
        let id = self.find_code(&paper.code).await?;
        let made = match paper.kind {
            PaperKind::Receipt => self.receipt_pdf_at(&Actor::System, &id, paper.at).await?,
            PaperKind::Result => self.result_pdf(&Actor::System, &id).await?,
        };
        Ok(made == bytes)
    }
}

/// The code of the dossier that a paper of ours names in its description (XMP `pdf:Keywords`,
/// which PDF/A keeps readable): also one that is too damaged to be read as a PDF.
fn named_code(bytes: &[u8]) -> Option<String> {
    let mark = b"pdf:Keywords>";
    let at = bytes.windows(mark.len()).position(|here| here == mark)? + mark.len();
    let text = bytes.get(at..)?.split(|byte| *byte == b'<').next()?;
    let text = std::str::from_utf8(text.get(..text.len().min(200))?).ok()?;
    let mut words = text.split([',', ' ']);
    words.find_map(|word| DossierCode::parse(word).ok()).map(|code| code.to_string())
}

fn fault(error: impl std::fmt::Display) -> ActError {
    ActError::fault("verify paper", error)
}
