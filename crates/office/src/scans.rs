//! Papers that the counter scans: pictures become one PDF/A, a PDF stays as it came. Where the
//! officer's key is here, the copy is signed before it is kept; what came stands below that.

use crate::error::ActError;
use crate::key_ring::{Holder, Way};
use crate::office::Office;
use crate::papers::{FILE_MAX, FileRefusal, judge};
use crate::signed::{PLACES, SigningError, ToSign};
pub use documents::scan::ScanError as PictureError;
use documents::scan::{ScannedPaper, scanned};
use domain::dossier::Actor;
use domain::dossier::event::{FileRef, Scan};
use domain::time::Instant;
use ledger::Hash;
use signing::{Role, Verdict, reserve};
use tokio::sync::Semaphore;

/// One paper at a time: its pictures are in memory, unpacked.
static SCANNING: Semaphore = Semaphore::const_new(1);

/// A scan that was taken.
#[derive(Debug, Clone)]
pub struct TakenScan {
    /// The upload's id.
    pub upload: String,
    /// The file.
    pub file: FileRef,
    /// What was scanned.
    pub scan: Scan,
}

/// Why a scan is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScanRefusal {
    /// A file is not acceptable.
    File {
        /// Its name.
        name: String,
        /// Why.
        refusal: FileRefusal,
    },
    /// A picture is not.
    Picture {
        /// Its name.
        name: String,
        /// Why.
        error: PictureError,
    },
    /// A PDF together with other files.
    Mixed,
    /// The pictures make a file larger than [`FILE_MAX`].
    TooLarge,
    /// The officer's key or the time-stamping authority failed; its name in translation keys.
    Unsigned(&'static str),
}

impl Office {
    /// Takes the files of one paper: one PDF, or pictures in the order of its pages. The copy gets
    /// the officer's signature where the key is here and the PDF has room for one.
    ///
    /// # Errors
    /// [`ActError::Fault`] when storing fails; files that are not acceptable are the inner error.
    pub async fn take_scan(
        &self,
        (actor, account): (&Actor, &str),
        title: &str,
        files: Vec<(String, Vec<u8>)>,
    ) -> Result<Result<TakenScan, ScanRefusal>, ActError> {
        let mut pdfs = 0;
        for (name, bytes) in &files {
            match judge(name, bytes) {
                Ok(media_type) => pdfs += usize::from(media_type == "application/pdf"),
                Err(refusal) => {
                    return Ok(Err(ScanRefusal::File { name: name.clone(), refusal }));
                }
            }
        }
        if pdfs > 0 && files.len() > 1 {
            return Ok(Err(ScanRefusal::Mixed));
        }
        let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
        let first = names.first().cloned().unwrap_or_default();
        let pictures: Vec<Vec<u8>> = files.into_iter().map(|(_, bytes)| bytes).collect();
        let (name, bytes) = if pdfs == 1 {
            (first, pictures.into_iter().next().unwrap_or_default())
        } else {
            let paper = ScannedPaper {
                title: title.to_owned(),
                author: self.origin.clone(),
                at: self.clock.now(),
                pictures,
            };
            match self.set_scan(paper).await? {
                Ok(bytes) => (as_pdf(&first), bytes),
                Err((n, error)) => {
                    let name = names.get(n).cloned().unwrap_or_default();
                    return Ok(Err(ScanRefusal::Picture { name, error }));
                }
            }
        };
        let bytes = match self.signed_copy(actor, bytes).await {
            Ok(bytes) => bytes,
            Err(SigningError::Act(error)) => return Err(error),
            Err(error) => return Ok(Err(ScanRefusal::Unsigned(error.name().unwrap_or("failed")))),
        };
        if bytes.len() > FILE_MAX {
            return Ok(Err(ScanRefusal::TooLarge));
        }
        let scan = scan_of(&bytes);
        let taken = self.take_file(account, &name, bytes).await?;
        Ok(match taken {
            Ok((upload, file)) => Ok(TakenScan { upload, file, scan }),
            Err(refusal) => Err(ScanRefusal::File { name, refusal }),
        })
    }

    /// A scan that this account took before.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database or the store cannot answer.
    pub async fn scan_taken(
        &self,
        account: &str,
        upload: &str,
    ) -> Result<Option<TakenScan>, ActError> {
        let Some(file) = self.uploaded(account, upload).await? else { return Ok(None) };
        let hash: Hash =
            file.hash.parse().map_err(|error| ActError::fault("hash of a scan", error))?;
        let bytes = self.files.get(hash).await.map_err(|e| ActError::fault("read scan", e))?;
        let upload = upload.to_owned();
        Ok(bytes.map(|bytes| TakenScan { upload, scan: scan_of(&bytes), file }))
    }

    async fn signed_copy(&self, actor: &Actor, pdf: Vec<u8>) -> Result<Vec<u8>, SigningError> {
        let Actor::Official { id, .. } = actor else { return Ok(pdf) };
        let holder = Holder::Official(id.clone());
        if self.key_ring.way(&holder) != Way::Here {
            return Ok(pdf);
        }
        let Ok(pdf) = reserve(&pdf, &PLACES[..1]) else { return Ok(pdf) };
        let note = Some("Số hóa khi tiếp nhận hồ sơ".to_owned());
        let to_sign = ToSign { pdf, role: Role::Officer, at: self.clock.now(), note };
        self.sign_here(actor, "", &holder, "", to_sign).await
    }

    async fn set_scan(
        &self,
        paper: ScannedPaper,
    ) -> Result<Result<Vec<u8>, (usize, PictureError)>, ActError> {
        let turn = SCANNING.acquire().await;
        let _turn = turn.map_err(|error| ActError::fault("wait for a turn", error))?;
        let work = tokio::task::spawn_blocking(move || scanned(paper));
        work.await.map_err(|error| ActError::fault("set scan", error))
    }
}

/// What a PDF says of itself: its pages, whether it is made for archives, and whether it is signed.
fn scan_of(pdf: &[u8]) -> Scan {
    let said = b"pdfaid:part";
    let archival = pdf.windows(said.len()).any(|window| window == said);
    let verdict = signing::validate(pdf, &signing::Trust::default(), Instant::UNIX_EPOCH);
    let signed = matches!(verdict, Verdict::Signed(_));
    Scan { pages: signing::pages(pdf).ok(), archival, signed }
}

/// `anh.jpg` as `anh.pdf`.
fn as_pdf(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem}.pdf")
}
