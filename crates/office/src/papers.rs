//! Uploaded papers: judged by their bytes before anything is kept.

use crate::error::ActError;
use crate::office::Office;
use domain::dossier::Actor;
use domain::dossier::event::FileRef;
use domain::time::Instant;
use ledger::Hash;
use signing::{Finding, Trust, Unreadable, Verdict, validate};
use storage::{tables, values};

/// Largest file accepted, bytes.
pub const FILE_MAX: usize = 20 * 1024 * 1024;

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileRefusal {
    /// 0 bytes.
    Empty,
    /// Larger than [`FILE_MAX`].
    TooLarge,
    /// Not a PDF, JPEG, PNG or HEIC by its content.
    WrongType,
    /// The name promises another type than the bytes are.
    Mislabelled,
    /// A PDF that asks for a password.
    Encrypted,
    /// A signed PDF that is not the one that was signed.
    Altered,
    /// A signed PDF to which something was added after signing.
    AddedTo,
    /// Signed with a certificate that did not hold at that time.
    ExpiredSignature,
    /// Signed by somebody whom no issuer we trust vouches for.
    UnknownIssuer,
    /// The time-stamp of a signature is wrong.
    WrongTimeStamp,
    /// Signed, but not in the way of PDF files: nobody could check it later.
    WrongSignatureFormat,
}

impl Office {
    /// Takes a file for an account: checked, stored by content, remembered for later attaching.
    ///
    /// # Errors
    /// [`ActError::Fault`] when storing fails; a file that is not acceptable is the inner error.
    pub async fn take_file(
        &self,
        account: &str,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<Result<(String, FileRef), FileRefusal>, ActError> {
        let media_type = match judge(name, &bytes) {
            Ok(media_type) => media_type,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (trust, now) = (self.trust.clone(), self.clock.now());
        let work = move || (judge_signatures(&bytes, &trust, now), bytes);
        let judged = tokio::task::spawn_blocking(work).await;
        let (judged, bytes) = judged.map_err(|error| ActError::fault("judge file", error))?;
        if let Err(refusal) = judged {
            return Ok(Err(refusal));
        }
        let size = bytes.len() as u64;
        let hash =
            self.files.put(bytes).await.map_err(|error| ActError::fault("store file", error))?;
        let id = self.new_id();
        let name = clean_name(name);
        let row = tables::UPLOAD.row(values![
            &id,
            account,
            hash.to_string(),
            &name,
            size,
            media_type,
            self.clock.now().as_millisecond()
        ]);
        let stored = self.store.write(vec![row]).await;
        stored.map_err(|error| ActError::fault("write upload", error))?;
        let file = FileRef {
            hash: hash.to_string(),
            name,
            size_bytes: size,
            media_type: media_type.to_owned(),
        };
        Ok(Ok((id, file)))
    }

    /// An earlier upload of the same account.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn uploaded(&self, account: &str, id: &str) -> Result<Option<FileRef>, ActError> {
        let upload = self
            .store
            .upload(id, account)
            .await
            .map_err(|error| ActError::fault("read upload", error))?;
        Ok(upload.map(|upload| FileRef {
            hash: upload.hash,
            name: upload.name,
            size_bytes: upload.size,
            media_type: upload.media_type,
        }))
    }

    /// The file of the dossier's `n`th paper, counted from 1, for those who may read the dossier.
    /// An official's look is written down.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for strangers and where there is no such paper or no file.
    pub async fn attached(
        &self,
        actor: &Actor,
        id: &str,
        n: usize,
    ) -> Result<(FileRef, Vec<u8>), ActError> {
        let dossier = self.state(actor, id).await?;
        let paper = n.checked_sub(1).and_then(|index| dossier.papers.get(index));
        let file = paper.and_then(|paper| paper.file.clone()).ok_or(ActError::NotFound)?;
        if let Actor::Official { id: official, .. } = actor {
            self.log(official, "read_file", Some(id), &file.hash).await?;
        }
        let bytes = self.kept_file(&file).await?;
        Ok((file, bytes))
    }

    /// The bytes of a file that a fact names; whoever asks has judged who may see them.
    pub(crate) async fn kept_file(&self, file: &FileRef) -> Result<Vec<u8>, ActError> {
        let hash: Hash =
            file.hash.parse().map_err(|error| ActError::fault("hash of a file", error))?;
        let found = self.files.get(hash).await;
        let bytes = found.map_err(|error| ActError::fault("read file", error))?;
        let bytes = bytes.ok_or_else(|| ActError::fault("read file", "it is not in the store"))?;
        Ok(bytes.to_vec())
    }
}

/// The type by content, if it is one we take and the name does not lie.
pub(crate) fn judge(name: &str, bytes: &[u8]) -> Result<&'static str, FileRefusal> {
    if bytes.is_empty() {
        return Err(FileRefusal::Empty);
    }
    if bytes.len() > FILE_MAX {
        return Err(FileRefusal::TooLarge);
    }
    let (media_type, endings): (&str, &[&str]) = match infer::get(bytes).map(|t| t.mime_type()) {
        Some("application/pdf") => ("application/pdf", &["pdf"]),
        Some("image/jpeg") => ("image/jpeg", &["jpg", "jpeg"]),
        Some("image/png") => ("image/png", &["png"]),
        Some("image/heif" | "image/heic") => ("image/heic", &["heic", "heif"]),
        _ => return Err(FileRefusal::WrongType),
    };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    match ending {
        Some(ending) if endings.contains(&ending.as_str()) => Ok(media_type),
        Some(_) => Err(FileRefusal::Mislabelled),
        None => Ok(media_type),
    }
}

/// The signatures of a PDF, told to those who can still do something about them. A file without a
/// signature that can be read is a scan like any other, and officials look at it.
fn judge_signatures(bytes: &[u8], trust: &Trust, now: Instant) -> Result<(), FileRefusal> {
    match validate(bytes, trust, now) {
        Verdict::Unreadable(Unreadable::Encrypted) => Err(FileRefusal::Encrypted),
        Verdict::Unreadable(
            Unreadable::NotPdf | Unreadable::TooLarge | Unreadable::TooMany | Unreadable::Damaged,
        )
        | Verdict::Unsigned => Ok(()),
        Verdict::Signed(all) => {
            let flaw = all.iter().find_map(|one| flaw(one.finding, trust));
            flaw.map_or(Ok(()), Err)
        }
    }
}

/// What is wrong with a signature. Where no issuers are entered, nobody is a stranger.
fn flaw(finding: Finding, trust: &Trust) -> Option<FileRefusal> {
    let known = |refusal| (!trust.is_empty()).then_some(refusal);
    match finding {
        Finding::Valid | Finding::Unsupported => None,
        Finding::Altered => Some(FileRefusal::Altered),
        Finding::AddedTo => Some(FileRefusal::AddedTo),
        Finding::WrongFormat => Some(FileRefusal::WrongSignatureFormat),
        Finding::Expired => known(FileRefusal::ExpiredSignature),
        Finding::UnknownIssuer => known(FileRefusal::UnknownIssuer),
        Finding::WrongTimeStamp => known(FileRefusal::WrongTimeStamp),
    }
}

/// A name that is only a name: no folders, no control characters, at most 150 characters.
fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = domain::text::normalise(last)
        .chars()
        .filter(|c| !c.is_control() && !"\"<>|:*?".contains(*c))
        .take(150)
        .collect();
    if clean.is_empty() { "tep".to_owned() } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::{Form, Templates};
    use signing::demo::{DemoAuthority, Period};
    use signing::{Field, Page, Place, Request, Role, reserve, sign};

    #[test]
    fn files_are_judged_by_their_bytes() {
        let pdf = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
        assert_eq!(judge("don.pdf", pdf), Ok("application/pdf"));
        assert_eq!(judge("don", pdf), Ok("application/pdf"));
        assert_eq!(judge("don.jpg", pdf), Err(FileRefusal::Mislabelled));
        assert_eq!(judge("don.pdf", b""), Err(FileRefusal::Empty));
        assert_eq!(judge("don.pdf", b"<html><script>"), Err(FileRefusal::WrongType));
        assert_eq!(judge("x.exe", b"MZ\x90\0"), Err(FileRefusal::WrongType));
        assert_eq!(judge("to.pdf", &vec![b'%'; FILE_MAX + 1]), Err(FileRefusal::TooLarge));
    }

    #[test]
    fn signatures_are_judged_by_those_whom_the_house_trusts() {
        let at = |text: &str| text.parse::<Instant>().unwrap();
        let now = at("2026-11-09T02:00:00Z");
        let period = Period { from: at("2020-01-01T00:00:00Z"), until: at("2030-01-01T00:00:00Z") };
        let authority = DemoAuthority::new([7; 32], period).unwrap();
        let paper = Form::Refusal(documents::sample::refusal());
        let paper = documents::render(&paper, &Templates::embedded()).unwrap();
        let place =
            Place { page: Page::Last, left: 40.0, bottom: 30.0, width: 200.0, height: 40.0 };
        let paper = reserve(&paper, &[Field { role: Role::Officer, place }]).unwrap();
        let asked = Request {
            role: Role::Officer,
            at: now,
            reason: None,
            note: None,
            font: documents::print_font(),
        };
        let signed = |period| {
            let mut key = authority.signer_for("Sùng Thị Mẫu", None, period).unwrap();
            sign(&paper, &asked, &mut key, None).unwrap()
        };
        let (good, mut altered) = (signed(period), signed(period));
        altered[2_000] ^= 1;
        let late = signed(Period { until: at("2026-01-01T00:00:00Z"), ..period });
        let stranger = DemoAuthority::new([8; 32], period).unwrap().trust();
        let judged = |pdf: &[u8], trust: &Trust| judge_signatures(pdf, trust, now);
        let (ours, nobody) = (authority.trust(), Trust::default());
        assert_eq!(judged(&paper, &ours), Ok(()));
        for trust in [&ours, &nobody] {
            assert_eq!(judged(&good, trust), Ok(()));
            assert_eq!(judged(&altered, trust), Err(FileRefusal::Altered));
            let added = [good.as_slice(), b"more"].concat();
            assert_eq!(judged(&added, trust), Err(FileRefusal::AddedTo));
        }
        assert_eq!(judged(&good, &stranger), Err(FileRefusal::UnknownIssuer));
        assert_eq!(judged(&late, &ours), Err(FileRefusal::ExpiredSignature));
        assert_eq!(judged(&late, &nobody), Ok(()));
    }

    #[test]
    fn names_are_only_names() {
        assert_eq!(clean_name("../../etc/mật khẩu.pdf"), "mật khẩu.pdf");
        assert_eq!(clean_name("C:\\anh\\nhà\u{0}.png"), "nhà.png");
        assert_eq!(clean_name("///"), "tep");
    }
}
