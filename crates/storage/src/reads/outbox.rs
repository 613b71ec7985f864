//! What is still to be done after a commit.

use crate::error::Fault;
use crate::sql::Statement;
use crate::store::Store;
use crate::value::Row;
use crate::values;

/// A job that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Stable id: dossier, number of the fact, number of the effect.
    pub id: String,
    /// The dossier it is about.
    pub dossier: String,
    /// What to do, as JSON.
    pub payload: String,
    /// How often it was tried in vain.
    pub attempts: u32,
}

/// A job to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Stable id.
    pub id: String,
    /// The dossier it is about.
    pub dossier: String,
    /// What to do, as JSON.
    pub payload: String,
}

const DUE: &str = "SELECT id, dossier, payload, attempts FROM outbox \
     WHERE done_at IS NULL AND not_before <= $1 ORDER BY not_before, created_at, id LIMIT $2";
const DONE: &str = "UPDATE outbox SET done_at = $2 WHERE id = $1";
const LATER: &str = "UPDATE outbox SET attempts = $2, not_before = $3 WHERE id = $1";
const WAITING: &str = "SELECT COUNT(*) AS waiting FROM outbox WHERE done_at IS NULL";

const KNOWN: &str = "SELECT id FROM outbox WHERE id = $1";
const ONCE: &str = "INSERT INTO outbox (id, kind, dossier, payload, created_at, attempts, \
     not_before, done_at) VALUES ($1, $2, $3, $4, $5, 0, $5, NULL) ON CONFLICT (id) DO NOTHING";

impl Store {
    /// Is there a job of this id, done or not?
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn outbox_knows(&self, id: &str) -> Result<bool, Fault> {
        Ok(!self.query(KNOWN, values![id]).await?.is_empty())
    }

    /// Adds jobs that no fact asked for, in one commit. A job whose id is known, done or not, stays
    /// as it is: whoever adds it again adds nothing.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn outbox_once(&self, kind: &str, jobs: &[NewJob], at: i64) -> Result<(), Fault> {
        if jobs.is_empty() {
            return Ok(());
        }
        let add = |job: &NewJob| {
            Statement::new(ONCE, values![&job.id, kind, &job.dossier, &job.payload, at])
        };
        self.execute(jobs.iter().map(add).collect()).await
    }

    /// Jobs whose time has come, oldest first.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn outbox_due(&self, now: i64, limit: u32) -> Result<Vec<OutboxRow>, Fault> {
        self.query(DUE, values![now, limit]).await?.iter().map(outbox_row).collect()
    }

    /// How many jobs are not done.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn outbox_waiting(&self) -> Result<u64, Fault> {
        let rows = self.query(WAITING, values![]).await?;
        rows.first().map_or(Ok(0), |row| row.get("waiting"))
    }

    /// Jobs are done, marked in one commit.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn outbox_done(&self, ids: &[String], at: i64) -> Result<(), Fault> {
        if ids.is_empty() {
            return Ok(());
        }
        self.execute(ids.iter().map(|id| Statement::new(DONE, values![id, at])).collect()).await
    }

    /// A job failed and is tried again not before this instant.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn outbox_later(&self, id: &str, attempts: u32, at: i64) -> Result<(), Fault> {
        self.execute(vec![Statement::new(LATER, values![id, attempts, at])]).await
    }
}

fn outbox_row(row: &Row) -> Result<OutboxRow, Fault> {
    Ok(OutboxRow {
        id: row.get("id")?,
        dossier: row.get("dossier")?,
        payload: row.get("payload")?,
        attempts: row.get("attempts")?,
    })
}
