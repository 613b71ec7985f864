//! What the figures do not keep of a dossier: where its working hours went, and how the running
//! ones stand. Read from the facts like the figures; nothing is kept.

use crate::error::ActError;
use crate::figures::Asked;
use crate::log::PAGE;
use crate::office::Office;
use domain::dossier::{Actor, Dossier, Fact, clock};
use domain::inspection::is_inspection;
use domain::permission::may_detect;
use domain::statistics::flow::{Passage, passages};
use domain::statistics::{History, Window};
use domain::time::{Instant, local};
use domain::worktime::{Calendar, YearNotEntered};
use std::collections::BTreeMap;

/// The way of dossiers in a period, and the running ones at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// Stays that ended in the period.
    pub passages: Vec<Passage>,
    /// Received and not finished, nearest due date first.
    pub running: Vec<Running>,
}

/// A received dossier that is not finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// The procedure version.
    pub procedure: String,
    /// The officer in charge.
    pub official: Option<String>,
    /// The due date in force.
    pub due: Option<Instant>,
    /// Working minutes left, negative when late; `None` while the clock stands.
    pub left_minutes: Option<i64>,
    /// Working minutes since it was received.
    pub age_minutes: i64,
}

impl Office {
    /// The outlook of an agency or of the province.
    ///
    /// # Errors
    /// As [`Office::count`].
    pub async fn outlook(&self, actor: &Actor, asked: &Asked) -> Result<Outlook, ActError> {
        let agency = asked.agency.as_deref();
        let known = agency.is_none_or(|id| self.catalogue.organisation.unit(id).is_some());
        if !known || !may_detect(actor, agency) {
            return Err(ActError::NotFound);
        }
        let window = asked.period.seen_at(asked.as_of.unwrap_or_else(|| self.clock.now()));
        let calendar = self.calendar();
        let mut outlook = Outlook { passages: Vec::new(), running: Vec::new() };
        for (id, history) in self.histories(window.end).await? {
            let dossier = history.dossier();
            if agency.is_none_or(|agency| agency == dossier.submitted.agency) {
                outlook.add(&id, dossier, &window, &calendar.calendar).map_err(fault)?;
            }
        }
        outlook.running.sort_by_key(|running| (running.left_minutes.is_none(), running.due));
        Ok(outlook)
    }

    /// Every dossier's history up to an instant, by id.
    async fn histories(&self, end: Instant) -> Result<BTreeMap<String, History>, ActError> {
        let head = self.store.ledger_head().await.map_err(fault)?;
        let mut histories: BTreeMap<String, History> = BTreeMap::new();
        let mut next = 0u64;
        while next < head.size() {
            let page = self.store.facts_from(next, PAGE).await.map_err(fault)?;
            let Some(last) = page.last() else { break };
            next = last.idx + 1;
            let dossiers = page.iter().filter(|stored| !is_inspection(&stored.kind));
            for stored in dossiers.filter(|stored| stored.idx < head.size()) {
                let payload = stored.payload.as_deref().unwrap_or_default();
                let fact: Fact = serde_json::from_str(payload)
                    .map_err(|error| fault(format!("entry {}: {error}", stored.idx)))?;
                if fact.at > end {
                    continue;
                }
                let history = match histories.remove(&stored.dossier) {
                    Some(history) => history.evolve(&fact),
                    None => History::begin(&fact)
                        .ok_or_else(|| fault(format!("entry {} begins nothing", stored.idx)))?,
                };
                histories.insert(stored.dossier.clone(), history);
            }
        }
        Ok(histories)
    }
}

impl Outlook {
    fn add(
        &mut self,
        id: &str,
        dossier: &Dossier,
        window: &Window,
        calendar: &Calendar,
    ) -> Result<(), YearNotEntered> {
        self.passages.extend(passages(dossier, window, calendar)?);
        let (Some(received), None) = (dossier.clock.received_at, dossier.clock.finished_at) else {
            return Ok(());
        };
        if dossier.stage.is_over() {
            return Ok(());
        }
        self.running.push(Running {
            id: id.to_owned(),
            code: dossier.code.clone().unwrap_or_default(),
            procedure: dossier.submitted.procedure.clone(),
            official: dossier.officer.as_ref().map(|officer| officer.id.clone()),
            due: dossier.clock.due.as_ref().map(|due| due.at),
            left_minutes: clock::remaining(dossier, window.end, calendar)?.running(),
            age_minutes: calendar.count_minutes(local(received), local(window.end))?,
        });
        Ok(())
    }
}

fn fault(error: impl std::fmt::Display) -> ActError {
    ActError::fault("look ahead", error)
}
