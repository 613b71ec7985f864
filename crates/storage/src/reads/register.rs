//! The register of dossiers: an agency's codes in their order.

use crate::error::Fault;
use crate::{Store, values};

/// A dossier with its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// The dossier's id.
    pub id: String,
    /// Its code.
    pub code: String,
}

const COUNT: &str = "SELECT COUNT(*) AS n FROM dossier WHERE code >= $1 AND code < $2";
const BETWEEN: &str = "SELECT id, code FROM dossier WHERE code >= $1 AND code < $2 \
    ORDER BY code LIMIT $3";
const TO_POST: &str = "SELECT id, code FROM dossier WHERE unit = $1 AND stage = 'issued' \
    AND code IS NOT NULL ORDER BY submitted_at, id LIMIT $2";

impl Store {
    /// How many codes lie from one text up to, not including, another.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn count_codes(&self, from: &str, until: &str) -> Result<u64, Fault> {
        let rows = self.query(COUNT, values![from, until]).await?;
        rows.first().map_or(Ok(0), |row| row.get("n"))
    }

    /// The dossiers whose codes lie from one text up to, not including, another, in the
    /// order of their texts. At most `limit`.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn registered(
        &self,
        from: &str,
        until: &str,
        limit: u32,
    ) -> Result<Vec<Registered>, Fault> {
        let rows = self.query(BETWEEN, values![from, until, limit]).await?;
        rows.iter().map(registered).collect()
    }

    /// The dossiers of a one-stop whose results wait to be given back, oldest first.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn waiting_at(&self, one_stop: &str, limit: u32) -> Result<Vec<Registered>, Fault> {
        let rows = self.query(TO_POST, values![one_stop, limit]).await?;
        rows.iter().map(registered).collect()
    }
}

fn registered(row: &crate::Row) -> Result<Registered, Fault> {
    Ok(Registered { id: row.get("id")?, code: row.get("code")? })
}
