//! The register of issued results.

use crate::error::Fault;
use crate::{Row, Store, values};

/// A result that was issued. Times are milliseconds since 1970, UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as the columns")]
pub struct ResultRow {
    pub dossier: String,
    pub code: String,
    pub kind: Option<String>,
    pub procedure: String,
    pub agency: String,
    pub outcome: String,
    pub title: String,
    /// The keyed hash of whose it is.
    pub owner: String,
    pub issued_at: i64,
    /// The last day on which it is valid, `YYYY-MM-DD`.
    pub valid_until: Option<String>,
    /// The account that filed the dossier, if it was filed by one.
    pub account: Option<String>,
}

const OF_OWNER: &str = "SELECT r.*, d.applicant_account AS account FROM result r \
    JOIN dossier d ON d.id = r.dossier WHERE r.owner = $1 \
    ORDER BY r.issued_at DESC, r.dossier DESC LIMIT $2";
const OF_ACCOUNT: &str = "SELECT r.*, d.applicant_account AS account FROM dossier d \
    JOIN result r ON r.dossier = d.id WHERE d.applicant_account = $1 \
    ORDER BY r.issued_at DESC, r.dossier DESC LIMIT $2";
const BY_CODE: &str = "SELECT r.*, d.applicant_account AS account FROM result r \
    JOIN dossier d ON d.id = r.dossier WHERE r.code = $1";

impl Store {
    /// The results of an owner, by the keyed hash, newest first.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn results_of_owner(&self, owner: &str, limit: u32) -> Result<Vec<ResultRow>, Fault> {
        self.query(OF_OWNER, values![owner, limit]).await?.iter().map(result_row).collect()
    }

    /// The results of the dossiers that an account filed, newest first.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn results_of_account(
        &self,
        account: &str,
        limit: u32,
    ) -> Result<Vec<ResultRow>, Fault> {
        self.query(OF_ACCOUNT, values![account, limit]).await?.iter().map(result_row).collect()
    }

    /// A result by its code.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn result_by_code(&self, code: &str) -> Result<Option<ResultRow>, Fault> {
        self.query(BY_CODE, values![code]).await?.first().map(result_row).transpose()
    }
}

fn result_row(row: &Row) -> Result<ResultRow, Fault> {
    Ok(ResultRow {
        dossier: row.get("dossier")?,
        code: row.get("code")?,
        kind: row.get("kind")?,
        procedure: row.get("procedure")?,
        agency: row.get("agency")?,
        outcome: row.get("outcome")?,
        title: row.get("title")?,
        owner: row.get("owner")?,
        issued_at: row.get("issued_at")?,
        valid_until: row.get("valid_until")?,
        account: row.get("account")?,
    })
}
