//! Dossiers and tasks, from the read models.

use crate::error::Fault;
use crate::{Row, Store, values};

/// A dossier as lists show it. Times are milliseconds since 1970, UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as the columns")]
pub struct DossierRow {
    pub id: String,
    pub code: Option<String>,
    pub version: u32,
    pub agency: String,
    pub unit: String,
    pub procedure: String,
    pub channel: String,
    pub applicant_account: Option<String>,
    pub applicant_name: String,
    pub stage: String,
    pub submitted_at: i64,
    pub received_at: Option<i64>,
    pub due_at: Option<i64>,
    pub finished_at: Option<i64>,
    pub returned_at: Option<i64>,
    pub officer: Option<String>,
}

/// An open task with its dossier, as worklists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as the columns")]
pub struct TaskRow {
    pub no: u32,
    pub kind: String,
    pub name: String,
    pub unit: String,
    pub position: String,
    pub task_officer: Option<String>,
    pub task_due_at: Option<i64>,
    pub dossier: DossierRow,
}

/// What a list of dossiers is narrowed to; empty texts mean "all".
#[derive(Debug, Clone, Default)]
pub struct DossierFilter {
    /// The agency or one-stop whose dossiers are shown; `None` for those of every place.
    pub place: Option<String>,
    /// Stage name.
    pub stage: String,
    /// Folded words, all of which must occur.
    pub words: String,
    /// Only those filed before this one, by its id (for the next page).
    pub before: Option<String>,
    /// At most so many.
    pub limit: u32,
}

const BY_ID: &str = "SELECT * FROM dossier WHERE id = $1";
const BY_CODE: &str = "SELECT * FROM dossier WHERE code = $1";
const OF_ACCOUNT: &str = "SELECT * FROM dossier WHERE applicant_account = $1 \
    ORDER BY submitted_at DESC LIMIT $2";
// Each half goes along an index until it has enough: a page costs the same at a million dossiers.
const LISTED: &str = "SELECT * FROM (SELECT * FROM dossier WHERE agency = $1 \
    AND ($2 = '' OR stage = $2) AND search_text LIKE $3 ESCAPE '!' \
    AND (submitted_at, id) < ($4, $5) ORDER BY submitted_at DESC, id DESC LIMIT $6) AS deciding \
    UNION ALL SELECT * FROM (SELECT * FROM dossier WHERE unit = $1 AND agency <> $1 \
    AND ($2 = '' OR stage = $2) AND search_text LIKE $3 ESCAPE '!' \
    AND (submitted_at, id) < ($4, $5) ORDER BY submitted_at DESC, id DESC LIMIT $6) AS filed \
    ORDER BY submitted_at DESC, id DESC LIMIT $6";
// Ids begin with the time of filing.
const LISTED_EVERYWHERE: &str = "SELECT * FROM dossier WHERE ($1 = '' OR stage = $1) \
    AND search_text LIKE $2 ESCAPE '!' AND id < $3 ORDER BY id DESC LIMIT $4";
/// After every id: they are hexadecimal.
const NO_ID: &str = "~";
const TASKS_AT: &str = "SELECT t.no AS task_no, t.kind AS task_kind, t.name AS task_name, \
    t.unit AS task_unit, t.position AS task_position, t.officer AS task_officer, \
    t.due_at AS task_due_at, d.* FROM task t JOIN dossier d ON d.id = t.dossier \
    WHERE t.unit = $1 AND t.position = $2 \
    ORDER BY t.due_at NULLS LAST LIMIT $3";
const TASKS_OF: &str = "SELECT t.no AS task_no, t.kind AS task_kind, t.name AS task_name, \
    t.unit AS task_unit, t.position AS task_position, t.officer AS task_officer, \
    t.due_at AS task_due_at, d.* FROM task t JOIN dossier d ON d.id = t.dossier \
    WHERE t.officer = $1 ORDER BY t.due_at NULLS LAST LIMIT $2";
const STAGES: &str = "SELECT stage, COUNT(*) AS n FROM dossier GROUP BY stage ORDER BY stage";
const STAGES_AT: &str = "SELECT stage, COUNT(*) AS n FROM dossier \
    WHERE agency = $1 OR unit = $1 GROUP BY stage ORDER BY stage";

impl Store {
    /// A dossier's row by its id.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn dossier(&self, id: &str) -> Result<Option<DossierRow>, Fault> {
        self.query(BY_ID, values![id]).await?.first().map(dossier_row).transpose()
    }

    /// A dossier's row by its code.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn dossier_by_code(&self, code: &str) -> Result<Option<DossierRow>, Fault> {
        self.query(BY_CODE, values![code]).await?.first().map(dossier_row).transpose()
    }

    /// The dossiers an applicant filed, newest first.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn dossiers_of_account(
        &self,
        account: &str,
        limit: u32,
    ) -> Result<Vec<DossierRow>, Fault> {
        self.query(OF_ACCOUNT, values![account, limit]).await?.iter().map(dossier_row).collect()
    }

    /// The dossiers of a place or of all, newest first.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn dossiers(&self, filter: &DossierFilter) -> Result<Vec<DossierRow>, Fault> {
        let (words, stage, limit) = (like(&filter.words), &filter.stage, filter.limit);
        let before = match &filter.before {
            Some(id) => self.dossier(id).await?,
            None => None,
        };
        let (at, id) =
            before.map_or((i64::MAX, NO_ID.to_owned()), |row| (row.submitted_at, row.id));
        let rows = match &filter.place {
            Some(place) => self.query(LISTED, values![place, stage, words, at, id, limit]).await?,
            None => self.query(LISTED_EVERYWHERE, values![stage, words, id, limit]).await?,
        };
        rows.iter().map(dossier_row).collect()
    }

    /// The open tasks of a position at a place, most urgent first.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn tasks_at(
        &self,
        place: &str,
        position: &str,
        limit: u32,
    ) -> Result<Vec<TaskRow>, Fault> {
        self.query(TASKS_AT, values![place, position, limit]).await?.iter().map(task_row).collect()
    }

    /// The open tasks an official holds by name, most urgent first.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn tasks_of(&self, official: &str, limit: u32) -> Result<Vec<TaskRow>, Fault> {
        self.query(TASKS_OF, values![official, limit]).await?.iter().map(task_row).collect()
    }

    /// How many dossiers stand in each stage.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn stages(&self) -> Result<Vec<(String, u64)>, Fault> {
        let rows = self.query(STAGES, values![]).await?;
        rows.iter().map(|row| Ok((row.get("stage")?, row.get("n")?))).collect()
    }

    /// How many dossiers of a place stand in each stage.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn stages_at(&self, place: &str) -> Result<Vec<(String, u64)>, Fault> {
        let rows = self.query(STAGES_AT, values![place]).await?;
        rows.iter().map(|row| Ok((row.get("stage")?, row.get("n")?))).collect()
    }
}

/// Words as a LIKE pattern; `!` escapes what LIKE would read as a wildcard.
fn like(words: &str) -> String {
    let escaped = words.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{}%", escaped.split_whitespace().collect::<Vec<_>>().join("%"))
}

fn dossier_row(row: &Row) -> Result<DossierRow, Fault> {
    Ok(DossierRow {
        id: row.get("id")?,
        code: row.get("code")?,
        version: row.get("version")?,
        agency: row.get("agency")?,
        unit: row.get("unit")?,
        procedure: row.get("procedure")?,
        channel: row.get("channel")?,
        applicant_account: row.get("applicant_account")?,
        applicant_name: row.get("applicant_name")?,
        stage: row.get("stage")?,
        submitted_at: row.get("submitted_at")?,
        received_at: row.get("received_at")?,
        due_at: row.get("due_at")?,
        finished_at: row.get("finished_at")?,
        returned_at: row.get("returned_at")?,
        officer: row.get("officer")?,
    })
}

fn task_row(row: &Row) -> Result<TaskRow, Fault> {
    Ok(TaskRow {
        no: row.get("task_no")?,
        kind: row.get("task_kind")?,
        name: row.get("task_name")?,
        unit: row.get("task_unit")?,
        position: row.get("task_position")?,
        task_officer: row.get("task_officer")?,
        task_due_at: row.get("task_due_at")?,
        dossier: dossier_row(row)?,
    })
}
