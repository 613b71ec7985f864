//! The definitions as they read: for each window all facts are looked at anew, and every dossier
//! is at hand as it stood. What a [`Watch`](domain::detectors::Watch) says must be the same.

mod joint;
mod single;

use domain::detectors::{Detector, Evidence, Oddity, Published, Thresholds};
use domain::dossier::event::Event;
use domain::dossier::{Dossier, Fact};
use domain::statistics::Window;
use domain::time::Instant;
use domain::worktime::{Calendar, YearNotEntered};
use joint::{Finish, Joint};
use single::Step;
use std::collections::BTreeMap;

/// By what is looked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lens<'w> {
    /// The period: evidence outside of it is not told, facts after it are as if they were not.
    pub(crate) window: Window,
    /// The working calendar.
    pub(crate) calendar: &'w Calendar,
    /// The numbers.
    pub(crate) thresholds: &'w Thresholds,
    /// What each procedure version publishes, by its id.
    pub(crate) published: &'w BTreeMap<String, Published>,
}

/// A look under way.
pub(crate) struct Look<'w> {
    lens: Lens<'w>,
    dossiers: BTreeMap<String, Seen>,
    joint: Joint,
    found: Vec<Evidence>,
}

/// A dossier so far, and its last entry in the log.
struct Seen {
    dossier: Dossier,
    entry: u64,
}

/// Where a fact stands.
pub(crate) struct Place<'p> {
    pub(crate) id: &'p str,
    pub(crate) entry: u64,
    pub(crate) at: Instant,
    pub(crate) dossier: &'p Dossier,
}

impl Place<'_> {
    /// Something odd here.
    pub(crate) fn evidence(&self, detector: Detector, oddity: Oddity) -> Evidence {
        Evidence {
            detector,
            agency: self.dossier.submitted.agency.clone(),
            dossier: Some(self.id.to_owned()),
            code: self.dossier.code.clone(),
            entry: Some(self.entry),
            at: self.at,
            oddity,
        }
    }
}

impl<'w> Look<'w> {
    /// Begins to look.
    #[must_use]
    pub(crate) fn new(lens: Lens<'w>) -> Look<'w> {
        let (dossiers, joint, found) = (BTreeMap::new(), Joint::default(), Vec::new());
        Look { lens, dossiers, joint, found }
    }

    /// One fact more: the dossier's id, the number of its entry, the fact. A dossier whose filing
    /// was not shown is not looked at.
    ///
    /// # Errors
    /// When the calendar of a year in between is not entered.
    pub(crate) fn take(&mut self, id: &str, entry: u64, fact: &Fact) -> Result<(), YearNotEntered> {
        if fact.at > self.lens.window.end {
            return Ok(());
        }
        let Some(seen) = self.dossiers.remove(id) else {
            if let Some(dossier) = Dossier::begin(fact) {
                self.filed(id, entry, fact, &dossier)?;
                self.dossiers.insert(id.to_owned(), Seen { dossier, entry });
            }
            return Ok(());
        };
        let before = &seen.dossier;
        let step = Step { before, fact, lens: &self.lens };
        let mut odd = Vec::new();
        if self.lens.window.holds(fact.at) {
            for (detector, look) in single::AT_A_FACT {
                odd.extend(look(&step)?.map(|oddity| (detector, oddity)));
            }
        }
        let left = single::left(before, fact.at, self.lens.calendar)?;
        let dossier = seen.dossier.evolve(fact);
        let place = Place { id, entry, at: fact.at, dossier: &dossier };
        self.found.extend(odd.into_iter().map(|(d, oddity)| place.evidence(d, oddity)));
        self.joint.click(&place, fact);
        if matches!(fact.event, Event::Withdrawn(_) | Event::Stopped(_) | Event::Issued(_)) {
            self.joint.end(Finish::of(&place, fact, left));
        }
        self.dossiers.insert(id.to_owned(), Seen { dossier, entry });
        Ok(())
    }

    fn filed(
        &mut self,
        id: &str,
        entry: u64,
        fact: &Fact,
        dossier: &Dossier,
    ) -> Result<(), YearNotEntered> {
        if !self.lens.window.holds(fact.at) {
            return Ok(());
        }
        let place = Place { id, entry, at: fact.at, dossier };
        if let Some(oddity) = single::entered_when_closed(dossier, &self.lens)? {
            self.found.push(place.evidence(Detector::BackDated, oddity));
        }
        let days = self.lens.thresholds.refiled_days.value;
        if let Some(oddity) = self.joint.refiled(dossier, fact.at, days) {
            self.found.push(place.evidence(Detector::Refiled, oddity));
        }
        Ok(())
    }

    /// Everything odd in the period, by detector, then in the order of time.
    ///
    /// # Errors
    /// When the calendar of a year in between is not entered.
    pub(crate) fn close(mut self) -> Result<Vec<Evidence>, YearNotEntered> {
        let at = self.lens.window.end;
        for (id, Seen { dossier, entry }) in &self.dossiers {
            let place = Place { id, entry: *entry, at, dossier };
            for (detector, look) in single::AT_THE_END {
                let odd = look(dossier, &self.lens)?;
                self.found.extend(odd.map(|oddity| place.evidence(detector, oddity)));
            }
        }
        self.found.extend(self.joint.close(&self.lens));
        self.found.sort_by_key(|found| (found.detector, found.at, found.entry));
        Ok(self.found)
    }
}
