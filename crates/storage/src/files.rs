//! Files by their content: the name of a file is the hash of its bytes.
//!
//! So a file is stored once however often it is handed in, can never be changed unseen, and a
//! fact that names a hash names exactly these bytes.

use std::path::Path as Folder;
use std::sync::Arc;

use bytes::Bytes;
use ledger::Hash;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};

use crate::error::Fault;

/// A folder (or bucket) of files.
#[derive(Clone)]
pub struct Files {
    objects: Arc<dyn ObjectStore>,
}

impl Files {
    /// The files in this folder, which is made if it is missing.
    ///
    /// # Errors
    /// [`Fault::File`] when the folder cannot be made or opened.
    pub fn in_folder(folder: &Folder) -> Result<Files, Fault> {
        std::fs::create_dir_all(folder).map_err(|error| problem(&error))?;
        let objects = LocalFileSystem::new_with_prefix(folder).map_err(|error| problem(&error))?;
        Ok(Files { objects: Arc::new(objects.with_fsync(true)) })
    }

    /// Keeps the bytes and says their hash. They are on disk, whole, before this returns.
    ///
    /// # Errors
    /// [`Fault::File`] when they cannot be written.
    pub async fn put(&self, content: impl Into<Bytes>) -> Result<Hash, Fault> {
        let content = content.into();
        let hash = hash_of(&content);
        // Written again even when it is there: that mends a damaged copy.
        let place = place(hash);
        self.objects.put(&place, content.into()).await.map_err(|error| problem(&error))?;
        Ok(hash)
    }

    /// The bytes of this hash, or `None` when there is no such file.
    ///
    /// # Errors
    /// [`Fault::Damaged`] when they are no longer what was stored, [`Fault::File`] when they cannot
    /// be read.
    pub async fn get(&self, hash: Hash) -> Result<Option<Bytes>, Fault> {
        let found = match self.objects.get(&place(hash)).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(problem(&error)),
        };
        let content = found.bytes().await.map_err(|error| problem(&error))?;
        let actual = hash_of(&content);
        if actual != hash {
            return Err(Fault::Damaged { hash: hash.to_string(), found: actual.to_string() });
        }
        Ok(Some(content))
    }

    /// Whether there is a file of this hash. Does not read it.
    ///
    /// # Errors
    /// [`Fault::File`] when the store cannot tell.
    pub async fn exists(&self, hash: Hash) -> Result<bool, Fault> {
        match self.objects.head(&place(hash)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(problem(&error)),
        }
    }
}

/// `ab/cdef…`: no folder grows too large to list.
fn place(hash: Hash) -> Path {
    let digits = hash.to_string();
    let (folder, name) = digits.split_at(2);
    Path::from(format!("{folder}/{name}"))
}

fn hash_of(content: &[u8]) -> Hash {
    Hash(Sha256::digest(content).into())
}

fn problem(error: &dyn std::error::Error) -> Fault {
    Fault::File(error.to_string())
}
