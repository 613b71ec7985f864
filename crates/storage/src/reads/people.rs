//! Accounts, sessions, tokens, uploads and the security log.

use crate::error::Fault;
use crate::{Row, Statement, Store, values};

/// Someone who may sign in. Times are milliseconds since 1970, UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as the columns")]
pub struct AccountRow {
    pub id: String,
    pub login: String,
    pub kind: String,
    pub official: Option<String>,
    pub full_name: String,
    pub personal_number: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub password_hash: String,
    pub failed: u32,
    pub locked_until: Option<i64>,
    pub disabled_at: Option<i64>,
    pub created_at: i64,
}

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as the columns")]
pub struct SessionRow {
    pub account: String,
    pub csrf: String,
    pub created_at: i64,
    pub seen_at: i64,
}

/// A bearer token of an official.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as the columns")]
pub struct ApiTokenRow {
    pub official: String,
    pub revoked_at: Option<i64>,
}

/// A file that an account has uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as the columns")]
pub struct UploadRow {
    pub id: String,
    pub hash: String,
    pub name: String,
    pub size: u64,
    pub media_type: String,
}

const ACCOUNT_BY_LOGIN: &str = "SELECT * FROM account WHERE login = $1";
const ACCOUNT_BY_ID: &str = "SELECT * FROM account WHERE id = $1";
const ACCOUNT_OF_OFFICIAL: &str =
    "SELECT * FROM account WHERE official = $1 ORDER BY login LIMIT 1";
const ACCOUNTS: &str = "SELECT * FROM account ORDER BY login LIMIT 1000";
const FAILED: &str = "UPDATE account SET failed = $2, locked_until = $3 WHERE id = $1";
const SESSION: &str = "SELECT * FROM session WHERE token_hash = $1";
const SEEN: &str = "UPDATE session SET seen_at = $2 WHERE token_hash = $1";
const END_SESSION: &str = "DELETE FROM session WHERE token_hash = $1";
const END_SESSIONS: &str = "DELETE FROM session WHERE account = $1";
const TOKEN: &str = "SELECT * FROM api_token WHERE token_hash = $1";
const UPLOAD: &str = "SELECT * FROM upload WHERE id = $1 AND account = $2";
const AUDIT: &str =
    "INSERT INTO audit (id, at, actor, what, dossier, detail) VALUES ($1, $2, $3, $4, $5, $6)";

impl Store {
    /// An account by its login name.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<AccountRow>, Fault> {
        self.query(ACCOUNT_BY_LOGIN, values![login]).await?.first().map(account_row).transpose()
    }

    /// An account by its id.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn account(&self, id: &str) -> Result<Option<AccountRow>, Fault> {
        self.query(ACCOUNT_BY_ID, values![id]).await?.first().map(account_row).transpose()
    }

    /// The account of an official.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn account_of_official(&self, official: &str) -> Result<Option<AccountRow>, Fault> {
        let rows = self.query(ACCOUNT_OF_OFFICIAL, values![official]).await?;
        rows.first().map(account_row).transpose()
    }

    /// All accounts, by login name.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn accounts(&self) -> Result<Vec<AccountRow>, Fault> {
        self.query(ACCOUNTS, values![]).await?.iter().map(account_row).collect()
    }

    /// Remembers failed sign-ins and a lock.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn note_failed(
        &self,
        account: &str,
        failed: u32,
        locked_until: Option<i64>,
    ) -> Result<(), Fault> {
        self.execute(vec![Statement::new(FAILED, values![account, failed, locked_until])]).await
    }

    /// A session by the hash of its token.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn session(&self, token_hash: [u8; 32]) -> Result<Option<SessionRow>, Fault> {
        let rows = self.query(SESSION, values![token_hash]).await?;
        rows.first()
            .map(|row| {
                Ok(SessionRow {
                    account: row.get("account")?,
                    csrf: row.get("csrf")?,
                    created_at: row.get("created_at")?,
                    seen_at: row.get("seen_at")?,
                })
            })
            .transpose()
    }

    /// Notes that a session is alive.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn session_seen(&self, token_hash: [u8; 32], at: i64) -> Result<(), Fault> {
        self.execute(vec![Statement::new(SEEN, values![token_hash, at])]).await
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn end_session(&self, token_hash: [u8; 32]) -> Result<(), Fault> {
        self.execute(vec![Statement::new(END_SESSION, values![token_hash])]).await
    }

    /// Ends all sessions of an account: password changed, account disabled.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn end_sessions_of(&self, account: &str) -> Result<(), Fault> {
        self.execute(vec![Statement::new(END_SESSIONS, values![account])]).await
    }

    /// A bearer token by its hash.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn api_token(&self, token_hash: [u8; 32]) -> Result<Option<ApiTokenRow>, Fault> {
        let rows = self.query(TOKEN, values![token_hash]).await?;
        rows.first()
            .map(|row| {
                Ok(ApiTokenRow {
                    official: row.get("official")?,
                    revoked_at: row.get("revoked_at")?,
                })
            })
            .transpose()
    }

    /// An upload of this account.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn upload(&self, id: &str, account: &str) -> Result<Option<UploadRow>, Fault> {
        let rows = self.query(UPLOAD, values![id, account]).await?;
        rows.first()
            .map(|row| {
                Ok(UploadRow {
                    id: row.get("id")?,
                    hash: row.get("hash")?,
                    name: row.get("name")?,
                    size: row.get("size")?,
                    media_type: row.get("media_type")?,
                })
            })
            .transpose()
    }

    /// One line of the security log.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn audit(
        &self,
        id: &str,
        at: i64,
        actor: &str,
        what: &str,
        dossier: Option<&str>,
        detail: &str,
    ) -> Result<(), Fault> {
        let values = values![id, at, actor, what, dossier, detail];
        self.execute(vec![Statement::new(AUDIT, values)]).await
    }
}

fn account_row(row: &Row) -> Result<AccountRow, Fault> {
    Ok(AccountRow {
        id: row.get("id")?,
        login: row.get("login")?,
        kind: row.get("kind")?,
        official: row.get("official")?,
        full_name: row.get("full_name")?,
        personal_number: row.get("personal_number")?,
        phone: row.get("phone")?,
        email: row.get("email")?,
        password_hash: row.get("password_hash")?,
        failed: row.get("failed")?,
        locked_until: row.get("locked_until")?,
        disabled_at: row.get("disabled_at")?,
        created_at: row.get("created_at")?,
    })
}
