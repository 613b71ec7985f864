//! Directives, the reform programme, campaigns and explanations: who may enter what, and how each
//! stands. Records are plain rows that stay, each written together with a line of the security log.

use crate::error::ActError;
use crate::office::Office;
use domain::dossier::Actor;
use domain::permission::{may_detect, may_follow_up, may_steer};
use domain::steering::{Entry, Kind, Standing, Wrong, day_of, entry, standing};
use domain::time::{Instant, from_millis};
use std::collections::BTreeMap;
use storage::Fault;
use storage::reads::{AuditRow, SteeringRow};

/// Records of a kind that are read, their reports included.
const MOST: u32 = 5_000;

/// A record with what was reported on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: String,
    /// The agency it concerns.
    pub agency: String,
    /// When it was entered, and by whom.
    pub entered: (Instant, String),
    /// What was entered.
    pub entry: Entry,
    /// Reports, oldest first.
    pub reports: Vec<(Instant, String, Entry)>,
    /// How it stands today.
    pub standing: Standing,
}

/// Why nothing was entered.
#[derive(Debug)]
pub enum SteeringError {
    /// What is wrong with each answer.
    Wrong(Vec<(&'static str, Wrong)>),
    /// Not for this person, or a fault.
    Act(ActError),
}

impl Record {
    /// The percent last reported; 0 when none was.
    #[must_use]
    pub fn percent(&self) -> u64 {
        let said = |(_, _, report): &(Instant, String, Entry)| {
            report.texts.get("percent").and_then(|text| text.parse().ok())
        };
        self.reports.iter().rev().find_map(said).unwrap_or(0)
    }
}

impl Office {
    /// The records of a kind, of an agency or of the province, newest first.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for those who may not see them; faults.
    pub async fn steering(
        &self,
        actor: &Actor,
        kind: Kind,
        agency: Option<&str>,
    ) -> Result<Vec<Record>, ActError> {
        if !may_detect(actor, agency) {
            return Err(ActError::NotFound);
        }
        let rows = self.store.steering_of(kind.name(), MOST).await.map_err(fault)?;
        let today = day_of(self.clock.now());
        let mut records: BTreeMap<String, Record> = BTreeMap::new();
        for row in rows.iter().filter(|row| agency.is_none_or(|agency| row.agency == agency)) {
            let content: Entry = serde_json::from_str(&row.content).map_err(fault)?;
            let at = from_millis(row.entered_at);
            if row.parent.is_empty() {
                let record = Record {
                    id: row.id.clone(),
                    agency: row.agency.clone(),
                    entered: (at, row.entered_by.clone()),
                    entry: content,
                    reports: Vec::new(),
                    standing: Standing::Open,
                };
                records.insert(row.id.clone(), record);
            } else if let Some(record) = records.get_mut(&row.parent) {
                record.reports.push((at, row.entered_by.clone(), content));
            }
        }
        let mut records: Vec<Record> = records.into_values().collect();
        for record in &mut records {
            record.standing = standing(record.entry.due, record.percent(), today);
        }
        records.sort_by_key(|record| std::cmp::Reverse(record.entered.0));
        Ok(records)
    }

    /// Enters a record for an agency. The same key again is the same entry.
    ///
    /// # Errors
    /// [`SteeringError`].
    pub async fn steer(
        &self,
        actor: &Actor,
        key: &str,
        (kind, agency): (Kind, &str),
        answers: &BTreeMap<String, String>,
    ) -> Result<(), SteeringError> {
        let known = self.catalogue.organisation.unit(agency).is_some();
        if !known || !may_steer(actor, kind, agency) {
            return Err(SteeringError::Act(ActError::NotFound));
        }
        let read = self.read_entry(kind.asks(), answers)?;
        self.keep(actor, key, (kind, agency, ""), &read).await
    }

    /// Reports on a record.
    ///
    /// # Errors
    /// [`SteeringError`]; a record that is not there, or not for this person, is not found.
    pub async fn report_on(
        &self,
        actor: &Actor,
        key: &str,
        (kind, parent): (Kind, &str),
        answers: &BTreeMap<String, String>,
    ) -> Result<(), SteeringError> {
        let rows = self.store.steering_of(kind.name(), MOST).await.map_err(fault)?;
        let record = rows.iter().find(|row| row.id == parent && row.parent.is_empty());
        let Some(record) = record.filter(|row| may_follow_up(actor, &row.agency)) else {
            return Err(SteeringError::Act(ActError::NotFound));
        };
        let read = self.read_entry(kind.report_asks(), answers)?;
        self.keep(actor, key, (kind, &record.agency, parent), &read).await
    }

    fn read_entry(
        &self,
        asks: &[domain::steering::Ask],
        answers: &BTreeMap<String, String>,
    ) -> Result<Entry, SteeringError> {
        let today = day_of(self.clock.now());
        entry(asks, answers, today, &self.calendar().calendar).map_err(SteeringError::Wrong)
    }

    async fn keep(
        &self,
        actor: &Actor,
        key: &str,
        (kind, agency, parent): (Kind, &str, &str),
        entry: &Entry,
    ) -> Result<(), SteeringError> {
        let Actor::Official { id: by, .. } = actor else {
            return Err(SteeringError::Act(ActError::NotFound));
        };
        let row = SteeringRow {
            id: key.to_owned(),
            kind: kind.name().to_owned(),
            parent: parent.to_owned(),
            agency: agency.to_owned(),
            entered_at: self.clock.now().as_millisecond(),
            entered_by: by.clone(),
            content: serde_json::to_string(entry).map_err(fault)?,
        };
        let what = if parent.is_empty() { "steer" } else { "report_on" };
        let audit = AuditRow {
            id: self.new_id(),
            what: what.to_owned(),
            detail: format!("{} {}", kind.name(), if parent.is_empty() { key } else { parent }),
        };
        match self.store.enter_steering(row, audit).await {
            // The second of two clicks.
            Ok(()) | Err(Fault::Duplicate(_)) => Ok(()),
            Err(error) => Err(fault(error).into()),
        }
    }
}

impl From<ActError> for SteeringError {
    fn from(error: ActError) -> SteeringError {
        SteeringError::Act(error)
    }
}

fn fault(error: impl std::fmt::Display) -> ActError {
    ActError::fault("steering", error)
}
