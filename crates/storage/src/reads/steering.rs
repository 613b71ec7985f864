//! Records that leaders steer by.

use crate::error::Fault;
use crate::store::Store;
use crate::{Row, tables, values};

/// A record, or a report on one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SteeringRow {
    /// The nonce of the form that entered it.
    pub id: String,
    /// What kind of record it is, or is about.
    pub kind: String,
    /// The record that it reports on; empty for a record itself.
    pub parent: String,
    /// The agency it concerns.
    pub agency: String,
    /// When it was entered, in milliseconds.
    pub entered_at: i64,
    /// By whom: the official's id.
    pub entered_by: String,
    /// What was entered, as JSON.
    pub content: String,
}

/// A line of the security log that goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its id.
    pub id: String,
    /// What was done.
    pub what: String,
    /// About what.
    pub detail: String,
}

const OF_KIND: &str = "SELECT * FROM steering WHERE kind = $1 ORDER BY entered_at, id LIMIT $2";

impl Store {
    /// The records of a kind and the reports on them, oldest first.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn steering_of(&self, kind: &str, most: u32) -> Result<Vec<SteeringRow>, Fault> {
        let rows = self.query(OF_KIND, values![kind, most]).await?;
        rows.iter().map(steering_row).collect()
    }

    /// Enters a record together with its line of the security log. A second one with the same id
    /// is an error, and changes nothing.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn enter_steering(&self, row: SteeringRow, audit: AuditRow) -> Result<(), Fault> {
        let line = values![
            audit.id,
            row.entered_at,
            row.entered_by.clone(),
            audit.what,
            None::<String>,
            audit.detail
        ];
        let SteeringRow { id, kind, parent, agency, entered_at, entered_by, content } = row;
        let record = values![id, kind, parent, agency, entered_at, entered_by, content];
        self.write(vec![tables::STEERING.row(record), tables::AUDIT.row(line)]).await
    }
}

fn steering_row(row: &Row) -> Result<SteeringRow, Fault> {
    Ok(SteeringRow {
        id: row.get("id")?,
        kind: row.get("kind")?,
        parent: row.get("parent")?,
        agency: row.get("agency")?,
        entered_at: row.get("entered_at")?,
        entered_by: row.get("entered_by")?,
        content: row.get("content")?,
    })
}
