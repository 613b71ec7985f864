//! Odd signs of a period (dấu hiệu bất thường): facts are read page by page and shown to
//! `domain::detectors`. Nothing is kept.

use crate::catalogue::Catalogue;
use crate::error::ActError;
use crate::figures::{Asked, Basis, Cell, Column, Sheet};
use crate::log::PAGE;
use crate::office::Office;
use domain::detectors::{Detector, Evidence, Lens, Published, Watch};
use domain::dossier::event::Event;
use domain::dossier::{Actor, Fact};
use domain::inspection::is_inspection;
use domain::permission::may_detect;
use domain::time::local;
use std::collections::{BTreeMap, BTreeSet};

/// What was found, and in what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signs {
    /// What was asked for.
    pub asked: Asked,
    /// By detector, then in the order of time.
    pub found: Vec<Evidence>,
    /// The entries that were read.
    pub basis: Basis,
}

impl Signs {
    /// How often a detector found something.
    #[must_use]
    pub fn count(&self, detector: Detector) -> usize {
        self.found.iter().filter(|found| found.detector == detector).count()
    }

    /// As a table, a row for each piece of evidence; what is odd as JSON.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let column = |key, label| Column { key, label };
        Sheet {
            name: "signs",
            title: "Dấu hiệu bất thường",
            columns: vec![
                column("detector", "Dấu hiệu"),
                column("agency", "Cơ quan"),
                column("code", "Mã hồ sơ"),
                column("dossier", "Hồ sơ"),
                column("entry", "Mục nhật ký"),
                column("at", "Thời điểm"),
                column("odd", "Điểm bất thường"),
            ],
            rows: self.found.iter().map(row).collect(),
            asked: self.asked.clone(),
            basis: self.basis.clone(),
        }
    }
}

fn row(found: &Evidence) -> Vec<Cell> {
    let text = |text: &Option<String>| text.clone().map_or(Cell::Nothing, Cell::Text);
    vec![
        Cell::Text(found.detector.code().to_uppercase()),
        Cell::Text(found.agency.clone()),
        text(&found.code),
        text(&found.dossier),
        found.entry.map_or(Cell::Nothing, Cell::Number),
        Cell::Text(local(found.at).strftime("%Y-%m-%dT%H:%M:%S").to_string()),
        Cell::Text(serde_json::to_string(&found.oddity).unwrap_or_default()),
    ]
}

impl Office {
    /// The odd signs of a period, of an agency or of the province.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for an agency that is not there or that this actor may not look at;
    /// [`ActError::Fault`] when the database cannot answer, a fact cannot be read, or the calendar
    /// of a year is not entered.
    pub async fn signs(&self, actor: &Actor, asked: Asked) -> Result<Signs, ActError> {
        let agency = asked.agency.as_deref();
        let known = agency.is_none_or(|id| self.catalogue.organisation.unit(id).is_some());
        if !known || !may_detect(actor, agency) {
            return Err(ActError::NotFound);
        }
        let as_of = asked.as_of.unwrap_or_else(|| self.clock.now());
        let calendar = self.calendar();
        let published = self.catalogue.published();
        let mut watch = Watch::new(Lens {
            window: asked.period.seen_at(as_of),
            calendar: &calendar.calendar,
            thresholds: &self.catalogue.thresholds,
            published: &published,
        });
        let head = self.store.ledger_head().await.map_err(fault)?;
        let mut others = BTreeSet::new();
        let mut next = 0u64;
        while next < head.size() {
            let page = self.store.facts_from(next, PAGE).await.map_err(fault)?;
            let Some(last) = page.last() else { break };
            next = last.idx + 1;
            for stored in page.iter().filter(|stored| stored.idx < head.size()) {
                if is_inspection(&stored.kind) || others.contains(&stored.dossier) {
                    continue;
                }
                let payload = stored.payload.as_deref().unwrap_or_default();
                let fact: Fact = serde_json::from_str(payload)
                    .map_err(|error| fault(format!("entry {}: {error}", stored.idx)))?;
                if is_elsewhere(&fact, agency) {
                    others.insert(stored.dossier.clone());
                    continue;
                }
                watch.take(&stored.dossier, stored.idx, &fact).map_err(fault)?;
            }
        }
        let found = watch.close().map_err(fault)?;
        let basis = self.basis(as_of, head.size(), head.root().to_string()).await?;
        Ok(Signs { asked, found, basis })
    }
}

/// A filing with another agency than the one that is looked at?
fn is_elsewhere(fact: &Fact, agency: Option<&str>) -> bool {
    match (&fact.event, agency) {
        (Event::Submitted(submitted), Some(agency)) => submitted.agency != agency,
        _ => false,
    }
}

impl Catalogue {
    /// What each procedure version publishes about papers and money. Amounts marked as demo count
    /// like others: they are what this installation shows its citizens.
    fn published(&self) -> BTreeMap<String, Published> {
        let of = |id: &String, procedure: &domain::procedure::Procedure| {
            let fees = procedure.channels.iter().flat_map(|channel| &channel.fees);
            let amounts = fees.filter_map(|fee| fee.amount_vnd.or(fee.demo_amount_vnd));
            let components = procedure.components.iter().map(|component| component.id.clone());
            let published = Published {
                components: components.collect(),
                fees_vnd: amounts.filter_map(|amount| u64::try_from(amount).ok()).collect(),
            };
            (id.clone(), published)
        };
        self.procedures.iter().map(|(id, procedure)| of(id, procedure)).collect()
    }
}

fn fault(error: impl std::fmt::Display) -> ActError {
    ActError::fault("look for signs", error)
}
