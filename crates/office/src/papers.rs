//! Uploaded papers: judged by their bytes before anything is kept.

use crate::error::ActError;
use crate::office::Office;
use domain::dossier::Actor;
use domain::dossier::event::FileRef;
use ledger::Hash;
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
        let hash: Hash =
            file.hash.parse().map_err(|error| ActError::fault("hash of a paper", error))?;
        let found = self.files.get(hash).await;
        let bytes = found.map_err(|error| ActError::fault("read file", error))?;
        let bytes = bytes.ok_or_else(|| ActError::fault("read file", "it is not in the store"))?;
        Ok((file, bytes.to_vec()))
    }
}

/// The type by content, if it is one we take and the name does not lie.
fn judge(name: &str, bytes: &[u8]) -> Result<&'static str, FileRefusal> {
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
    fn names_are_only_names() {
        assert_eq!(clean_name("../../etc/mật khẩu.pdf"), "mật khẩu.pdf");
        assert_eq!(clean_name("C:\\anh\\nhà\u{0}.png"), "nhà.png");
        assert_eq!(clean_name("///"), "tep");
    }
}
