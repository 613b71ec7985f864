//! The record, read back: facts, the log's head, signed heads, answers given.

use ledger::{Frontier, Hash};

use crate::error::Fault;
use crate::recorder::{AppendError, IdempotencyKey};
use crate::sql::Sql;
use crate::store::Store;
use crate::tables::CHECKPOINT;
use crate::value::Row;
use crate::values;

const OF_DOSSIER: Sql = "SELECT * FROM fact WHERE dossier = $1 ORDER BY seq";
const FROM: Sql = "SELECT * FROM fact WHERE idx >= $1 AND kind <> 'log_began' \
    ORDER BY idx LIMIT $2";
const ENTRIES: Sql = "SELECT * FROM fact WHERE idx >= $1 ORDER BY idx LIMIT $2";
const HEAD: Sql = "SELECT frontier FROM ledger_head WHERE id = 1";
const VERSION: Sql = "SELECT MAX(seq) AS version FROM fact WHERE dossier = $1";
const LAST_CHECKPOINT: Sql = "SELECT size, note, at FROM checkpoint ORDER BY size DESC LIMIT 1";
const CHECKPOINT_OF: Sql = "SELECT size, note, at FROM checkpoint WHERE size = $1";
const COVERING: Sql = "SELECT size, note, at FROM checkpoint WHERE size > $1 ORDER BY size LIMIT 1";
const LEAVES: Sql = "SELECT leaf FROM fact WHERE idx >= $1 AND idx < $2 ORDER BY idx";
const LAST_NUMBER: Sql = "SELECT last FROM number_book WHERE book = $1";
const REPLY: Sql = "SELECT request_hash, reply FROM idempotency WHERE actor = $1 AND key = $2";

/// In the place of a dossier's id in entries that the log makes about itself.
pub const LOG: &str = "log";
/// What those entries say: a year begins, or a break lies behind.
pub const LOG_BEGAN: &str = "log_began";

/// One recorded fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFact {
    /// Its place in the log, counting from 0.
    pub idx: u64,
    /// Its dossier.
    pub dossier: String,
    /// Its place in the dossier, counting from 1.
    pub seq: u32,
    /// The name of the fact.
    pub kind: String,
    /// When the log took it in, in milliseconds.
    pub ts: i64,
    /// The pseudonym of who did it.
    pub actor: String,
    /// The leaf's text.
    pub entry: String,
    /// The leaf's hash.
    pub leaf: Hash,
    /// What keeps the commitment from being guessed; gone when the payload was erased.
    pub salt: Option<[u8; 32]>,
    /// The content as JSON, unless it was erased.
    pub payload: Option<String>,
}

/// A signed head of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// How many leaves it covers.
    pub size: u64,
    /// The signed note.
    pub note: String,
    /// When it was signed, in milliseconds.
    pub at: i64,
}

impl Store {
    /// The facts of a dossier, in order; none when there is no such dossier.
    ///
    /// # Errors
    /// [`Fault`]: the database refuses, cannot be reached, or holds a damaged row.
    pub async fn facts_of(&self, dossier: &str) -> Result<Vec<StoredFact>, Fault> {
        self.query(OF_DOSSIER, values![dossier]).await?.iter().map(fact).collect()
    }

    /// At most `limit` facts of dossiers from index `idx` on, in the order of the log. What the log
    /// says about itself is not among them.
    ///
    /// # Errors
    /// As [`Store::facts_of`].
    pub async fn facts_from(&self, idx: u64, limit: u32) -> Result<Vec<StoredFact>, Fault> {
        self.query(FROM, values![idx, limit]).await?.iter().map(fact).collect()
    }

    /// At most `limit` entries from index `idx` on, every one, in the order of the log.
    ///
    /// # Errors
    /// As [`Store::facts_of`].
    pub async fn entries_from(&self, idx: u64, limit: u32) -> Result<Vec<StoredFact>, Fault> {
        self.query(ENTRIES, values![idx, limit]).await?.iter().map(fact).collect()
    }

    /// How many facts a dossier has; 0 when there is no such dossier.
    ///
    /// # Errors
    /// As [`Store::facts_of`].
    pub async fn version_of(&self, dossier: &str) -> Result<u32, Fault> {
        let rows = self.query(VERSION, values![dossier]).await?;
        let version = rows.first().map(|row| row.get::<Option<u32>>("version")).transpose()?;
        Ok(version.flatten().unwrap_or(0))
    }

    /// The right edge of the log: its size and its root.
    ///
    /// # Errors
    /// As [`Store::facts_of`].
    pub async fn ledger_head(&self) -> Result<Frontier, Fault> {
        let wrong = |problem: String| Fault::Row {
            table: "ledger_head".to_owned(),
            column: "frontier".to_owned(),
            problem,
        };
        let rows = self.query(HEAD, values![]).await?;
        let row = rows.first().ok_or_else(|| wrong("has no row".to_owned()))?;
        let stored: Vec<u8> = row.get("frontier")?;
        Frontier::from_bytes(&stored).map_err(|error| wrong(format!("is damaged: {error}")))
    }

    /// Keeps a signed head.
    ///
    /// # Errors
    /// As [`Store::execute`].
    pub async fn keep_checkpoint(&self, size: u64, note: &str, at: i64) -> Result<(), Fault> {
        self.write(vec![CHECKPOINT.row(values![size, note, at])]).await
    }

    /// The signed head that covers most.
    ///
    /// # Errors
    /// As [`Store::facts_of`].
    pub async fn last_checkpoint(&self) -> Result<Option<Checkpoint>, Fault> {
        self.query(LAST_CHECKPOINT, values![]).await?.first().map(checkpoint).transpose()
    }

    /// The signed head of this size, if one was signed.
    ///
    /// # Errors
    /// As [`Store::facts_of`].
    pub async fn checkpoint_of(&self, size: u64) -> Result<Option<Checkpoint>, Fault> {
        self.query(CHECKPOINT_OF, values![size]).await?.first().map(checkpoint).transpose()
    }

    /// The smallest signed head that covers the leaf at this index.
    ///
    /// # Errors
    /// As [`Store::facts_of`].
    pub async fn checkpoint_covering(&self, idx: u64) -> Result<Option<Checkpoint>, Fault> {
        self.query(COVERING, values![idx]).await?.first().map(checkpoint).transpose()
    }

    /// The leaf hashes of a range of the log, in order.
    ///
    /// # Errors
    /// As [`Store::facts_of`].
    pub async fn leaves(&self, range: std::ops::Range<u64>) -> Result<Vec<Hash>, Fault> {
        let rows = self.query(LEAVES, values![range.start, range.end]).await?;
        rows.iter().map(|row| row.get("leaf")).collect()
    }

    /// The last number taken from a book; 0 when none was.
    ///
    /// # Errors
    /// As [`Store::facts_of`].
    pub async fn last_number(&self, book: &str) -> Result<u32, Fault> {
        let rows = self.query(LAST_NUMBER, values![book]).await?;
        rows.first().map_or(Ok(0), |row| row.get("last"))
    }

    /// What was answered to this request, if it was made before.
    ///
    /// # Errors
    /// [`AppendError::KeyReused`] when the key was used for another request, or
    /// [`AppendError::Fault`].
    pub async fn known_reply(&self, key: &IdempotencyKey) -> Result<Option<String>, AppendError> {
        let rows = self.query(REPLY, values![&key.actor, &key.key]).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        if row.get::<Hash>("request_hash")? != key.request_hash {
            return Err(AppendError::KeyReused);
        }
        Ok(Some(row.get("reply")?))
    }
}

fn checkpoint(row: &Row) -> Result<Checkpoint, Fault> {
    Ok(Checkpoint { size: row.get("size")?, note: row.get("note")?, at: row.get("at")? })
}

fn fact(row: &Row) -> Result<StoredFact, Fault> {
    Ok(StoredFact {
        idx: row.get("idx")?,
        dossier: row.get("dossier")?,
        seq: row.get("seq")?,
        kind: row.get("kind")?,
        ts: row.get("ts")?,
        actor: row.get("actor")?,
        entry: row.get("entry")?,
        leaf: row.get("leaf")?,
        salt: row.get("salt")?,
        payload: row.get("payload")?,
    })
}
