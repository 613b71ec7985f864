//! Decisions about the working calendar.

use crate::error::Fault;
use crate::store::Store;
use crate::tables;
use crate::values;

/// A decision as entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDecisionRow {
    /// The nonce of the form or command that entered it.
    pub id: String,
    /// When, in milliseconds.
    pub entered_at: i64,
    /// By whom: the official's id.
    pub entered_by: String,
    /// The decision, as JSON.
    pub content: String,
}

const ALL: &str = "SELECT id, entered_at, entered_by, content FROM calendar_decision \
    ORDER BY entered_at, id";
const COUNT: &str = "SELECT COUNT(*) AS n FROM calendar_decision";
/// Open dossiers with a promise not earlier than an instant, by age, in pages.
const OPEN_DUE_FROM: &str = "SELECT id FROM dossier \
    WHERE open = 1 AND due_at >= $1 AND finished_at IS NULL AND id > $2 ORDER BY id LIMIT $3";
const OPEN_DUE_FROM_AT: &str = "SELECT id FROM dossier \
    WHERE open = 1 AND due_at >= $1 AND finished_at IS NULL AND id > $2 AND agency = $4 \
    ORDER BY id LIMIT $3";

impl Store {
    /// Every decision, in the order in which they count.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn calendar_decisions(&self) -> Result<Vec<CalendarDecisionRow>, Fault> {
        let rows = self.query(ALL, values![]).await?;
        rows.iter()
            .map(|row| {
                Ok(CalendarDecisionRow {
                    id: row.get("id")?,
                    entered_at: row.get("entered_at")?,
                    entered_by: row.get("entered_by")?,
                    content: row.get("content")?,
                })
            })
            .collect()
    }

    /// How many there are: whether somebody entered one since.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn calendar_decision_count(&self) -> Result<u64, Fault> {
        let rows = self.query(COUNT, values![]).await?;
        rows.first().map_or(Ok(0), |row| row.get("n"))
    }

    /// Enters a decision. A second one with the same id is an error.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn enter_calendar_decision(&self, row: CalendarDecisionRow) -> Result<(), Fault> {
        let CalendarDecisionRow { id, entered_at, entered_by, content } = row;
        let row = values![id, entered_at, entered_by, content];
        self.write(vec![tables::CALENDAR_DECISION.row(row)]).await
    }

    /// Ids of running dossiers that are due at `from` (milliseconds) or later, after `after` (the
    /// last id of the page before, or empty), of an agency or of all.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn running_due_from(
        &self,
        from: i64,
        after: &str,
        agency: Option<&str>,
        limit: u32,
    ) -> Result<Vec<String>, Fault> {
        let rows = match agency {
            Some(agency) => {
                self.query(OPEN_DUE_FROM_AT, values![from, after, limit, agency]).await?
            }
            None => self.query(OPEN_DUE_FROM, values![from, after, limit]).await?,
        };
        rows.iter().map(|row| row.get("id")).collect()
    }
}
