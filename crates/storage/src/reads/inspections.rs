//! Inspections, and who looked at which dossier through one.

use crate::error::Fault;
use crate::store::Store;
use crate::values;

const CODES: &str = "SELECT code FROM inspection ORDER BY year DESC, code DESC LIMIT 1000";
const READINGS: &str = "SELECT at, actor, dossier FROM audit \
    WHERE what = 'inspection_read' AND detail = $1 AND dossier IS NOT NULL \
    ORDER BY at DESC, id DESC LIMIT 500";

/// A member of a delegation looked at a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectionReading {
    /// When, in milliseconds.
    pub at: i64,
    /// The official's id.
    pub official: String,
    /// The dossier's id.
    pub dossier: String,
}

impl Store {
    /// The codes of all inspections, the latest year first.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn inspection_codes(&self) -> Result<Vec<String>, Fault> {
        self.query(CODES, values![]).await?.iter().map(|row| row.get("code")).collect()
    }

    /// Who looked at which dossier through an inspection, newest first.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn inspection_readings(&self, code: &str) -> Result<Vec<InspectionReading>, Fault> {
        let rows = self.query(READINGS, values![code]).await?;
        rows.iter()
            .map(|row| {
                Ok(InspectionReading {
                    at: row.get("at")?,
                    official: row.get("actor")?,
                    dossier: row.get("dossier")?,
                })
            })
            .collect()
    }
}
