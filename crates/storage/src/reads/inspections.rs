//! Inspections, and who looked at what through one.

use crate::error::Fault;
use crate::store::Store;
use crate::values;

const CODES: &str = "SELECT code FROM inspection ORDER BY year DESC, code DESC LIMIT 1000";
const READINGS: &str = "SELECT at, actor, what, dossier, detail FROM audit \
    WHERE (what = 'inspection_read' AND detail = $1 AND dossier IS NOT NULL) \
    OR (what = 'inspection_file' AND detail LIKE $2) \
    ORDER BY at DESC, id DESC LIMIT 500";

/// Somebody looked at something through an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectionReading {
    /// When, in milliseconds.
    pub at: i64,
    /// The official's id.
    pub official: String,
    /// At what.
    pub what: LookedAt,
}

/// What was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookedAt {
    /// A dossier, by its id.
    Dossier(String),
    /// A file of the inspection, by its hash in hexadecimal.
    File(String),
}

impl Store {
    /// The codes of all inspections, the latest year first.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn inspection_codes(&self) -> Result<Vec<String>, Fault> {
        self.query(CODES, values![]).await?.iter().map(|row| row.get("code")).collect()
    }

    /// Who looked at which dossier or file through an inspection, newest first.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn inspection_readings(&self, code: &str) -> Result<Vec<InspectionReading>, Fault> {
        let rows = self.query(READINGS, values![code, format!("{code} %")]).await?;
        let mut readings = Vec::new();
        for row in &rows {
            let (kind, detail): (String, String) = (row.get("what")?, row.get("detail")?);
            let what = match kind.as_str() {
                "inspection_file" => {
                    LookedAt::File(detail.rsplit(' ').next().unwrap_or_default().to_owned())
                }
                _ => LookedAt::Dossier(row.get("dossier")?),
            };
            readings.push(InspectionReading {
                at: row.get("at")?,
                official: row.get("actor")?,
                what,
            });
        }
        Ok(readings)
    }
}
