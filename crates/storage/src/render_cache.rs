//! Papers that were set once, by what they were set from: a folder of files that can be emptied at
//! any time, and never grows over its limit.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::error::Fault;

/// Each file begins with the hash of what follows, so a damaged one is made again, not shown.
const HASH_BYTES: usize = 32;

/// A folder of rendered papers. Its methods read and write files: call them where waiting is fine.
pub struct RenderCache {
    folder: PathBuf,
    limit_bytes: u64,
    used: Mutex<Used>,
}

/// What lies in the folder, least lately used first.
#[derive(Default)]
struct Used {
    files: VecDeque<(String, u64)>,
    total_bytes: u64,
}

impl RenderCache {
    /// Opens the folder, made if it is missing, with room for `limit_bytes`.
    ///
    /// # Errors
    /// [`Fault::File`] when it cannot be made or listed.
    pub fn in_folder(folder: &Path, limit_bytes: u64) -> Result<RenderCache, Fault> {
        std::fs::create_dir_all(folder).map_err(problem)?;
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(problem)? {
            let entry = entry.map_err(problem)?;
            let about = entry.metadata().map_err(problem)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".part") {
                drop(std::fs::remove_file(entry.path()));
            } else if is_key(&name) {
                found.push((about.modified().map_err(problem)?, name, about.len()));
            }
        }
        found.sort();
        let total_bytes = found.iter().map(|(_, _, size)| size).sum();
        let files = found.into_iter().map(|(_, name, size)| (name, size)).collect();
        let used = Mutex::new(Used { files, total_bytes });
        Ok(RenderCache { folder: folder.to_owned(), limit_bytes, used })
    }

    /// The paper kept under a key, if it is there and whole.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Vec<u8>> {
        let mut bytes = std::fs::read(self.place(key)?).ok()?;
        let whole = bytes.len() > HASH_BYTES && {
            let (hash, paper) = bytes.split_at(HASH_BYTES);
            Sha256::digest(paper)[..] == *hash
        };
        if !whole {
            self.forget(key);
            return None;
        }
        self.touch(key, bytes.len() as u64);
        Some(bytes.split_off(HASH_BYTES))
    }

    /// Keeps a paper under a key; the least lately used ones make room for it.
    ///
    /// # Errors
    /// [`Fault::File`] when it cannot be written; nothing is lost by that but time.
    pub fn keep(&self, key: &str, paper: &[u8]) -> Result<(), Fault> {
        let Some(place) = self.place(key) else { return Ok(()) };
        let size = (paper.len() + HASH_BYTES) as u64;
        if size > self.limit_bytes {
            return Ok(());
        }
        let mut bytes = Sha256::digest(paper).to_vec();
        bytes.extend_from_slice(paper);
        let part = place.with_extension("part");
        std::fs::write(&part, bytes).map_err(problem)?;
        std::fs::rename(&part, &place).map_err(problem)?;
        self.touch(key, size);
        for old in self.over_the_limit() {
            drop(std::fs::remove_file(self.folder.join(old)));
        }
        Ok(())
    }

    /// How many bytes lie in the folder.
    #[must_use]
    pub fn total_bytes(&self) -> u64 {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).total_bytes
    }

    fn place(&self, key: &str) -> Option<PathBuf> {
        is_key(key).then(|| self.folder.join(key))
    }

    fn touch(&self, key: &str, size: u64) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.remove(key);
        used.files.push_back((key.to_owned(), size));
        used.total_bytes += size;
    }

    fn forget(&self, key: &str) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
        drop(std::fs::remove_file(self.folder.join(key)));
    }

    /// Takes the names that must go off the list.
    fn over_the_limit(&self) -> Vec<String> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut gone = Vec::new();
        while used.total_bytes > self.limit_bytes {
            let Some((name, size)) = used.files.pop_front() else { break };
            used.total_bytes -= size;
            gone.push(name);
        }
        gone
    }
}

impl Used {
    fn remove(&mut self, key: &str) {
        if let Some(at) = self.files.iter().position(|(name, _)| name == key) {
            let (_, size) = self.files.remove(at).unwrap_or_default();
            self.total_bytes -= size;
        }
    }
}

/// Keys are hashes: 64 hexadecimal digits, so none leaves the folder.
fn is_key(key: &str) -> bool {
    key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn problem(error: std::io::Error) -> Fault {
    Fault::File(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u8) -> String {
        hex::encode([n; 32])
    }

    #[test]
    fn what_was_kept_is_there_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let cache = RenderCache::in_folder(folder.path(), 1000).unwrap();
        assert_eq!(cache.get(&key(1)), None);
        cache.keep(&key(1), b"paper").unwrap();
        let again = RenderCache::in_folder(folder.path(), 1000).unwrap();
        assert_eq!(again.get(&key(1)).as_deref(), Some(b"paper".as_slice()));
        assert_eq!(again.total_bytes(), 37);
    }

    #[test]
    fn the_least_lately_used_makes_room() {
        let folder = tempfile::tempdir().unwrap();
        let cache = RenderCache::in_folder(folder.path(), 120).unwrap();
        for n in 1..=3 {
            cache.keep(&key(n), b"eight ch").unwrap();
        }
        assert!(cache.get(&key(1)).is_some());
        cache.keep(&key(4), b"eight ch").unwrap();
        assert_eq!(cache.get(&key(2)), None);
        assert!(cache.get(&key(1)).is_some() && cache.get(&key(4)).is_some());
        assert_eq!(cache.total_bytes(), 120);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
    }

    #[test]
    fn a_damaged_paper_is_not_shown() {
        let folder = tempfile::tempdir().unwrap();
        let cache = RenderCache::in_folder(folder.path(), 1000).unwrap();
        cache.keep(&key(1), b"paper").unwrap();
        let place = folder.path().join(key(1));
        let mut bytes = std::fs::read(&place).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        std::fs::write(&place, bytes).unwrap();
        assert_eq!(cache.get(&key(1)), None);
        assert!(!place.exists());
        assert_eq!(cache.total_bytes(), 0);
    }

    #[test]
    fn a_key_cannot_leave_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let cache = RenderCache::in_folder(&folder.path().join("in"), 1000).unwrap();
        cache.keep("../out", b"paper").unwrap();
        assert!(!folder.path().join("out").exists());
        assert_eq!(cache.get("../out"), None);
    }
}
