//! The marks of a department's scorecard: rows that stay, the last one counts.

use crate::error::ActError;
use crate::office::Office;
use domain::dossier::Actor;
use domain::permission::{may_detect, may_score};
use domain::scorecard::{Mark, Side};
use domain::time::{Instant, from_millis};
use std::collections::BTreeMap;
use storage::Fault;
use storage::reads::{AuditRow, SteeringRow};

/// The kind of these rows.
const KIND: &str = "score";
/// Marks that are read.
const MOST: u32 = 20_000;

/// A mark, when it was given, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The mark.
    pub mark: Mark,
    /// When.
    pub at: Instant,
    /// The official's id.
    pub by: String,
}

impl Office {
    /// The marks of an agency's year that count, by criterion and side.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for those who may not see them; faults.
    pub async fn marks(
        &self,
        actor: &Actor,
        agency: &str,
        year: i16,
    ) -> Result<BTreeMap<(String, Side), Given>, ActError> {
        let known = self.catalogue.organisation.unit(agency).is_some();
        if !known || !may_detect(actor, Some(agency)) {
            return Err(ActError::NotFound);
        }
        let rows = self.store.steering_of(KIND, MOST).await.map_err(fault)?;
        let mut marks = BTreeMap::new();
        for row in rows.into_iter().filter(|row| row.agency == agency) {
            let mark: Mark = serde_json::from_str(&row.content).map_err(fault)?;
            if mark.year == year {
                let key = (mark.criterion.clone(), mark.side);
                let given = Given { mark, at: from_millis(row.entered_at), by: row.entered_by };
                marks.insert(key, given);
            }
        }
        Ok(marks)
    }

    /// Gives marks. The same key again changes nothing.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for those who may not give one of them; faults.
    pub async fn give_marks(
        &self,
        actor: &Actor,
        key: &str,
        agency: &str,
        marks: &[Mark],
    ) -> Result<(), ActError> {
        let known = self.catalogue.organisation.unit(agency).is_some();
        let may = marks.iter().all(|mark| may_score(actor, mark.side, agency));
        let (true, true, Actor::Official { id: by, .. }) = (known, may, actor) else {
            return Err(ActError::NotFound);
        };
        for mark in marks {
            let row = SteeringRow {
                id: format!("{key}.{}.{}", mark.side.name(), mark.criterion),
                kind: KIND.to_owned(),
                parent: String::new(),
                agency: agency.to_owned(),
                entered_at: self.clock.now().as_millisecond(),
                entered_by: by.clone(),
                content: serde_json::to_string(mark).map_err(fault)?,
            };
            let audit = AuditRow {
                id: self.new_id(),
                what: "give_mark".to_owned(),
                detail: format!("{agency} {} {}", mark.year, mark.criterion),
            };
            match self.store.enter_steering(row, audit).await {
                // The second of two clicks.
                Ok(()) | Err(Fault::Duplicate(_)) => {}
                Err(error) => return Err(fault(error)),
            }
        }
        Ok(())
    }
}

fn fault(error: impl std::fmt::Display) -> ActError {
    ActError::fault("scorecard", error)
}
