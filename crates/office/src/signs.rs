//! Odd signs of a period (dấu hiệu bất thường): the answers of a `domain::detectors::Watch`.

use crate::catalogue::Catalogue;
use crate::error::ActError;
use crate::figures::{Asked, Basis, Cell, Column, Sheet};
use crate::office::Office;
use domain::detectors::reported::claims_that_differ;
use domain::detectors::{self, Evidence, Lens, Published, Told};
use domain::dossier::Actor;
use domain::permission::may_detect;
use domain::procedure::Procedure;
use domain::time::local;
use domain::worktime::Calendar;
use std::collections::BTreeMap;

/// What was found, and in what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signs {
    /// What was asked for.
    pub asked: Asked,
    /// How much there is, and the evidence that was wanted.
    pub shown: detectors::Signs,
    /// Numbers that agencies reported to inspections in the period, and that were looked at.
    pub claims: usize,
    /// The entries that were read.
    pub basis: Basis,
}

impl Signs {
    /// As a table, a row for each piece of evidence that was wanted; what is odd as JSON.
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
            rows: self.shown.found.iter().map(row).collect(),
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
    /// The odd signs of a period, of an agency or of the province, with as much of the evidence as
    /// is wanted.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for an agency that is not there or that this actor may not look at;
    /// [`ActError::Fault`] when the database cannot answer, a fact cannot be read, or the calendar
    /// of a year is not entered.
    pub async fn signs(&self, actor: &Actor, asked: Asked, told: Told) -> Result<Signs, ActError> {
        let agency = asked.agency.as_deref();
        let known = agency.is_none_or(|id| self.catalogue.organisation.unit(id).is_some());
        if !known || !may_detect(actor, agency) {
            return Err(ActError::NotFound);
        }
        let as_of = asked.as_of.unwrap_or_else(|| self.clock.now());
        let window = asked.period.seen_at(as_of);
        let (calendar, catalogue) = (self.calendar(), self.catalogue.clone());
        let fed = self.fed().await?;
        let (size, root) = (fed.size(), fed.root().to_owned());
        let of = asked.agency.clone();
        let look = move || {
            let lens = catalogue.lens(&calendar.calendar);
            fed.watch.signs(&window, of.as_deref(), told, &lens)
        };
        let shown = tokio::task::spawn_blocking(look).await.map_err(fault)?.map_err(fault)?;
        let claims = self.claims_reported(agency, &window).await?;
        let shown = shown.with(claims_that_differ(&claims, &window), told);
        let claims = claims.len();
        let basis = self.basis(as_of, size, root).await?;
        Ok(Signs { asked, shown, claims, basis })
    }
}

impl Catalogue {
    /// By what odd signs are looked for, with the calendar in force.
    pub(crate) fn lens<'c>(&'c self, calendar: &'c Calendar) -> Lens<'c> {
        Lens { calendar, thresholds: &self.thresholds, published: &self.published }
    }

    /// What each procedure version publishes about papers and money. Amounts marked as demo count
    /// like others: they are what this installation shows its citizens.
    pub(crate) fn publish(procedures: &BTreeMap<String, Procedure>) -> BTreeMap<String, Published> {
        let of = |id: &String, procedure: &Procedure| {
            let fees = procedure.channels.iter().flat_map(|channel| &channel.fees);
            let amounts = fees.filter_map(|fee| fee.amount_vnd.or(fee.demo_amount_vnd));
            let components = procedure.components.iter().map(|component| component.id.clone());
            let published = Published {
                components: components.collect(),
                fees_vnd: amounts.filter_map(|amount| u64::try_from(amount).ok()).collect(),
            };
            (id.clone(), published)
        };
        procedures.iter().map(|(id, procedure)| of(id, procedure)).collect()
    }
}

fn fault(error: impl std::fmt::Display) -> ActError {
    ActError::fault("look for signs", error)
}
