//! The register of issued results, as those may read it whose they are.

use crate::error::ActError;
use crate::office::Office;
use domain::dossier::Actor;
use domain::text::{PersonalNumber, ResultCode};
use domain::time::{Instant, from_millis, local};
use jiff::civil::Date;
use storage::reads::ResultRow;

/// Results of one owner that are shown, newest first.
const MOST: u32 = 500;

/// A result in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptResult {
    /// Its code.
    pub code: String,
    /// The dossier it ended.
    pub dossier: String,
    /// The kind of paper, an id of the catalogue, where it is known.
    pub kind: Option<String>,
    /// The procedure version that issued it.
    pub procedure: String,
    /// The agency that issued it (a unit id).
    pub agency: String,
    /// Its title.
    pub title: String,
    /// When it was issued.
    pub issued_at: Instant,
    /// What it is good for today.
    pub standing: Standing,
}

/// What a result is good for today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// What was asked for was granted; no end is known.
    Granted,
    /// Granted, and valid to this day.
    ValidUntil(Date),
    /// Granted, and not valid any more: this was its last day.
    Expired(Date),
    /// What was asked for was refused.
    Refused,
}

impl Office {
    /// All results ever issued to the signed-in applicant, by their personal number, and those of
    /// the dossiers that their account filed; newest first.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn own_results(&self, actor: &Actor) -> Result<Vec<KeptResult>, ActError> {
        let Actor::Applicant { account } = actor else { return Ok(Vec::new()) };
        let mut rows = self.store.results_of_account(account, MOST).await.map_err(fault)?;
        if let Some(owner) = self.owner_tag_of(account).await? {
            let filed = |row: &ResultRow| row.account.as_ref() == Some(account);
            let mine = self.store.results_of_owner(&owner, MOST).await.map_err(fault)?;
            rows.extend(mine.into_iter().filter(|row| !filed(row)));
        }
        rows.sort_by(|a, b| (b.issued_at, &b.dossier).cmp(&(a.issued_at, &a.dossier)));
        rows.truncate(MOST as usize);
        Ok(rows.into_iter().map(|row| self.kept(row)).collect())
    }

    /// The paper of one of these results.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for a code that is none, that nobody got, or that is another's.
    pub async fn own_result_pdf(&self, actor: &Actor, code: &str) -> Result<Vec<u8>, ActError> {
        let Actor::Applicant { account } = actor else { return Err(ActError::NotFound) };
        let row = self.result_row(code).await?.ok_or(ActError::NotFound)?;
        let filed = row.account.as_ref() == Some(account);
        if !filed && self.owner_tag_of(account).await?.as_ref() != Some(&row.owner) {
            return Err(ActError::NotFound);
        }
        self.result_pdf(&Actor::System, &row.dossier).await
    }

    /// The row of a code as somebody typed it.
    pub(crate) async fn result_row(&self, code: &str) -> Result<Option<ResultRow>, ActError> {
        let Some(code) = ResultCode::parse(code) else { return Ok(None) };
        self.store.result_by_code(code.as_str()).await.map_err(fault)
    }

    /// The tag of what an account's owner owns; none for an account without a personal number.
    pub(crate) async fn owner_tag_of(&self, account: &str) -> Result<Option<String>, ActError> {
        let account = self.store.account(account).await.map_err(fault)?;
        let number = account.and_then(|account| account.personal_number);
        let number = number.and_then(|number| PersonalNumber::parse(&number).ok());
        Ok(number.map(|number| self.keys.owner_tag(&number.to_string())))
    }

    pub(crate) fn kept(&self, row: ResultRow) -> KeptResult {
        KeptResult {
            standing: self.standing(&row),
            code: row.code,
            dossier: row.dossier,
            kind: row.kind,
            procedure: row.procedure,
            agency: row.agency,
            title: row.title,
            issued_at: from_millis(row.issued_at),
        }
    }

    fn standing(&self, row: &ResultRow) -> Standing {
        if row.outcome != "granted" {
            return Standing::Refused;
        }
        let today = local(self.clock.now()).date();
        match row.valid_until.as_deref().and_then(|day| day.parse().ok()) {
            None => Standing::Granted,
            Some(last) if last < today => Standing::Expired(last),
            Some(last) => Standing::ValidUntil(last),
        }
    }
}

fn fault(error: impl std::fmt::Display) -> ActError {
    ActError::fault("read results", error)
}
