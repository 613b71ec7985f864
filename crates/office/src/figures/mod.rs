//! The figures of a period, from the record: facts are folded up to an instant, and counted by
//! `domain::statistics`. What is kept in memory says up to which entry it stands, and takes in the
//! rest before it answers.

mod check;
mod export;
mod fed;
mod forms;
mod headings;
mod live;
mod print;
mod published;
mod sheet;
mod workbook;
mod zip;

pub use check::Checked;
pub use export::Exported;
pub(crate) use fed::Live;
pub use forms::Form;
pub(crate) use live::Looked;
pub use live::{Counts, Listed, Slice};
pub(crate) use published::Kept;
pub use published::{Published, Row};
pub use sheet::{Cell, Column, Sheet};

use crate::catalogue::Catalogue;
use crate::error::ActError;
use crate::log::PAGE;
use crate::office::Office;
use domain::dossier::event::Submitted;
use domain::dossier::{Actor, Fact};
use domain::inspection::is_inspection;
use domain::organisation::Position;
use domain::statistics::offer::{Offer, Offered, ProcessedAt, service};
use domain::statistics::{Course, History, Period, Setting, Window};
use domain::time::Instant;
use domain::worktime::Calendar;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};
use storage::StoredFact;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The period.
    pub period: Period,
    /// Only this agency (unit id); `None` for the whole province.
    pub agency: Option<String>,
    /// As it was known then; `None` for now.
    pub as_of: Option<Instant>,
}

/// What figures were computed from: the footer of every output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// Facts after this instant were ignored.
    pub as_of: Instant,
    /// Entries of the log that were read.
    pub size: u64,
    /// Root of the tree over them, hexadecimal.
    pub root: String,
    /// Who witnessed the log, and up to how many entries: of more than these, or of fewer.
    pub witnesses: Vec<(String, u64)>,
}

impl Basis {
    /// Who witnessed, for programs.
    #[must_use]
    pub fn witnesses_json(&self) -> serde_json::Value {
        let each = self.witnesses.iter();
        each.map(|(name, size)| serde_json::json!({"name": name, "size": size})).collect()
    }

    /// Who witnessed, in words.
    #[must_use]
    pub fn witnessed(&self) -> String {
        let told = self.witnesses.iter().map(|(name, size)| format!("{name} (tới mục {size})"));
        let told: Vec<String> = told.collect();
        if told.is_empty() { "chưa có".to_owned() } else { told.join(", ") }
    }
}

/// The courses of a period with their basis.
pub struct Counted {
    /// What was asked for.
    pub asked: Asked,
    /// The part of the period that could be seen.
    pub window: Window,
    /// The dossiers filed up to its end, of the agency that was asked for; where they come from
    /// memory, those that can count in the window.
    pub courses: Vec<Course>,
    /// The agencies with a dossier filed up to its end.
    pub agencies: BTreeSet<String>,
    /// What they were folded from.
    pub basis: Basis,
}

impl Office {
    /// The courses behind the figures of a period, in the order of filing.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for an agency that is not there or whose figures this actor may not
    /// see; [`ActError::Fault`] when the database cannot answer or a fact cannot be read.
    pub async fn count(&self, actor: &Actor, asked: Asked) -> Result<Counted, ActError> {
        self.may_see(actor, &asked)?;
        let keep = |kept: &mut Vec<Course>, course: &Course, _: &Window| kept.push(course.clone());
        let looked = self.look(&asked, keep).await?;
        let Looked { parts, window, basis } = looked;
        let agencies = self.agencies_filed(&asked, window.end).await?;
        Ok(Counted { asked, window, courses: parts.concat(), agencies, basis })
    }

    /// The same from the facts alone, read page by page: what everything else is held to.
    ///
    /// # Errors
    /// As [`Office::count`].
    pub async fn count_again(&self, actor: &Actor, asked: Asked) -> Result<Counted, ActError> {
        self.may_see(actor, &asked)?;
        let agency = asked.agency.as_deref();
        let as_of = asked.as_of.unwrap_or_else(|| self.clock.now());
        let window = asked.period.seen_at(as_of);
        let head = self.store.ledger_head().await.map_err(fault("read head"))?;
        let mut folded = Folded::default();
        let mut next = 0u64;
        while next < head.size() {
            let page = self.store.facts_from(next, PAGE).await.map_err(fault("read facts"))?;
            let Some(last) = page.last() else { break };
            next = last.idx + 1;
            let dossiers = page.iter().filter(|stored| !is_inspection(&stored.kind));
            for stored in dossiers.filter(|stored| stored.idx < head.size()) {
                folded.take(stored, window.end)?;
            }
        }
        let calendar = self.calendar();
        let mut courses = Vec::new();
        for (id, history) in folded.in_order() {
            let theirs = &history.dossier().submitted.agency;
            if agency.is_none_or(|agency| agency == theirs) {
                courses.push(self.course(id, history, (window.end, &calendar.calendar))?);
            }
        }
        let basis = self.basis(as_of, head.size(), head.root().to_string()).await?;
        let agencies = courses.iter().map(|course| course.agency.clone()).collect();
        Ok(Counted { asked, window, courses, agencies, basis })
    }

    /// What figures stand on, with those who witnessed the log.
    pub(crate) async fn basis(
        &self,
        as_of: Instant,
        size: u64,
        root: String,
    ) -> Result<Basis, ActError> {
        let told = self.witnessed(size).await?.into_iter();
        let witnesses = told.map(|word| (word.witness, word.size)).collect();
        Ok(Basis { as_of, size, root, witnesses })
    }

    fn course(
        &self,
        id: &str,
        history: &History,
        (at, calendar): (Instant, &Calendar),
    ) -> Result<Course, ActError> {
        let setting = self.catalogue.setting(&history.dossier().submitted);
        let setting = setting.map_err(|missing| {
            ActError::fault("count", format!("dossier {id}: the catalogue has no {missing}"))
        })?;
        let course = history.course(id, at, &setting, calendar);
        course.map_err(fault("count"))
    }
}

impl Catalogue {
    /// Where a filing belongs.
    ///
    /// # Errors
    /// What the catalogue does not have.
    pub(crate) fn setting(&self, submitted: &Submitted) -> Result<Setting<'_>, String> {
        let Submitted { procedure: id, agency, .. } = submitted;
        let procedure = self.procedure(id).ok_or_else(|| format!("procedure {id}"))?;
        let unit = self.organisation.unit(agency).ok_or_else(|| format!("agency {agency}"))?;
        let field = procedure.field.code.as_str();
        Ok(Setting { field, service: service(procedure), level: unit.level() })
    }

    /// What an agency offers on a day: the versions in force of the procedures of its kind.
    #[must_use]
    pub fn offer(&self, agency: &str, day: Date) -> Offer {
        let Some(unit) = self.organisation.unit(agency) else { return Offer::default() };
        let theirs = self.procedures.values();
        let theirs = theirs.filter(|p| p.agency_kind == unit.kind && p.offers(day));
        let offered: Vec<Offered<'_>> = theirs
            .map(|procedure| {
                let process = self.process_for(&procedure.id, None);
                let counter = Position::CounterOfficer;
                let there = process.is_some_and(|process| {
                    process.steps.iter().all(|step| step.position == counter)
                });
                let processed = if there { ProcessedAt::OneStop } else { ProcessedAt::Agency };
                Offered { procedure, processed_at_one_stop: processed }
            })
            .collect();
        Offer::of(&offered)
    }

    /// The agencies that offer anything on a day, in the order of the catalogue.
    #[must_use]
    pub fn agencies_offering(&self, day: Date) -> Vec<String> {
        let units = self.organisation.units.iter();
        let there = units.filter(|unit| unit.exists(day)).map(|unit| unit.id.clone());
        there.filter(|id| self.offer(id, day).procedures > 0).collect()
    }
}

/// Histories by dossier, in the order of filing.
#[derive(Default)]
struct Folded {
    order: Vec<String>,
    histories: HashMap<String, History>,
}

impl Folded {
    /// One stored fact, unless it came later than the end.
    fn take(&mut self, stored: &StoredFact, end: Instant) -> Result<(), ActError> {
        let fact = parse(stored)?;
        if fact.at > end {
            return Ok(());
        }
        let history = match self.histories.remove(&stored.dossier) {
            Some(history) => history.evolve(&fact),
            None => {
                self.order.push(stored.dossier.clone());
                History::begin(&fact).ok_or_else(|| {
                    ActError::fault("count", format!("entry {} begins nothing", stored.idx))
                })?
            }
        };
        self.histories.insert(stored.dossier.clone(), history);
        Ok(())
    }

    fn in_order(&self) -> impl Iterator<Item = (&str, &History)> {
        self.order.iter().map(|id| (id.as_str(), &self.histories[id]))
    }
}

/// A fact whose content was erased cannot be counted: that is a fault, not a zero.
fn parse(stored: &StoredFact) -> Result<Fact, ActError> {
    let payload = stored.payload.as_deref().unwrap_or_default();
    serde_json::from_str(payload)
        .map_err(|error| ActError::fault("read fact", format!("entry {}: {error}", stored.idx)))
}

fn fault<E: std::fmt::Display>(doing: &'static str) -> impl Fn(E) -> ActError {
    move |error| ActError::fault(doing, error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// The claims of the seed article about the construction department on the day of its
    /// inspection: SA03, SA04, SA07, SA08.
    #[test]
    fn what_the_article_claims_is_in_the_catalogue() {
        let catalogue = Catalogue::embedded().unwrap();
        let day = date(2018, 11, 16);
        let offer = catalogue.offer("U18.SXD", day);
        assert_eq!((offer.level_4, offer.level_3), (5, 12));
        assert_eq!(offer.at_one_stop, offer.procedures, "all at the one-stop");
        let cut = offer.cut.unwrap();
        assert_eq!(cut.max, 7_000);
        assert_eq!(cut.min, 2_000, "33 % is claimed: B4.SXD.HIST is cut by less");
        assert_eq!(catalogue.agencies_offering(day), ["U18.UBT", "U18.SXD", "U18.BQL"]);
        assert_eq!(catalogue.offer("nobody", day), Offer::default());
    }
}
