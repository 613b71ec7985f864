//! Procedures, forms, processes, organisation and calendars, as readable files: embedded in the
//! binary, or from a folder that an office keeps (`catalogue/README.md` documents the format).

mod check;
mod load;

pub use check::{Problem, Severity, check};
pub use load::{LoadError, Sources};

use domain::detectors::{Published, Thresholds};
use domain::organisation::Organisation;
use domain::procedure::form::Form;
use domain::procedure::{PaperKind, Procedure};
use domain::process::Process;
use domain::scorecard::Scorecard;
use domain::text::fold;
use domain::worktime::Calendar;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// Everything loaded and indexed. Immutable; a changed catalogue is a new one.
pub struct Catalogue {
    /// Procedure versions by id.
    pub procedures: BTreeMap<String, Procedure>,
    /// Internal processes by id.
    pub processes: BTreeMap<String, Process>,
    /// Forms by id.
    pub forms: BTreeMap<String, Form>,
    /// Kinds of papers that one procedure issues and another asks for, by id.
    pub papers: BTreeMap<String, PaperKind>,
    /// Agencies, divisions, officials.
    pub organisation: Organisation,
    /// Sessions and days off.
    pub calendar: Calendar,
    /// The scorecard of departments.
    pub scorecard: Scorecard,
    /// The numbers behind odd signs.
    pub thresholds: Thresholds,
    /// What each procedure version publishes, as odd signs look at it.
    pub(crate) published: BTreeMap<String, Published>,
    hashes: HashMap<String, String>,
    calendar_hash: String,
    search_keys: Vec<(String, String)>,
    folded_names: HashMap<String, String>,
}

impl Catalogue {
    /// The catalogue in the binary.
    ///
    /// # Errors
    /// [`LoadError`] naming file and place; a test makes sure that it does not happen.
    pub fn embedded() -> Result<Catalogue, LoadError> {
        Catalogue::load(&Sources::embedded())
    }

    /// The procedure version of that id.
    #[must_use]
    pub fn procedure(&self, id: &str) -> Option<&Procedure> {
        self.procedures.get(id)
    }

    /// The procedure's name as searches compare it: long names are folded once, not at every act.
    #[must_use]
    pub(crate) fn folded_name(&self, procedure: &str) -> &str {
        self.folded_names.get(procedure).map_or("", String::as_str)
    }

    /// The process of that id.
    #[must_use]
    pub fn process(&self, id: &str) -> Option<&Process> {
        self.processes.get(id)
    }

    /// The main process of a procedure for a time class; plain variants before special ones.
    #[must_use]
    pub fn process_for(&self, procedure: &str, time_class: Option<&str>) -> Option<&Process> {
        let mine = || {
            self.processes
                .values()
                .filter(|process| process.procedure == procedure && process.phase == "main")
        };
        let of_class = |process: &&Process| process.time_class.as_deref() == time_class;
        mine()
            .filter(of_class)
            .min_by_key(|process| process.variant.is_some())
            .or_else(|| mine().min_by_key(|process| process.variant.is_some()))
    }

    /// The statutory form of a procedure; for private houses the short one, where there is one.
    #[must_use]
    pub fn form_for(&self, procedure: &Procedure, case: Option<&str>) -> Option<&Form> {
        let house = case.is_some_and(|case| case.starts_with("nha_o"));
        let mut mine = self
            .forms
            .values()
            .filter(|form| form.procedures.contains(&procedure.id))
            .collect::<Vec<_>>();
        mine.sort_by_key(|form| form.id.ends_with(".NHAO") != house);
        mine.first().copied()
    }

    /// Hash of a procedure version with its processes and forms: what a dossier was promised.
    #[must_use]
    pub fn version_hash(&self, procedure: &str) -> String {
        self.hashes.get(procedure).cloned().unwrap_or_default()
    }

    /// Hash of the calendar that due dates were computed with.
    #[must_use]
    pub fn calendar_hash(&self) -> String {
        self.calendar_hash.clone()
    }

    /// Procedures offered on a day whose name, code, field or authority has all the words,
    /// whatever the diacritics. First those whose name has the words as typed, then those whose
    /// name has them in this order, then the others.
    #[must_use]
    pub fn search(&self, words: &str, day: Date) -> Vec<&Procedure> {
        let phrase = fold(words);
        let wanted: Vec<&str> = phrase.split(' ').collect();
        let exact = domain::text::normalise(words).to_lowercase();
        let mut found: Vec<&Procedure> = self
            .search_keys
            .iter()
            .filter(|(key, _)| wanted.iter().all(|word| key.contains(word)))
            .filter_map(|(_, id)| self.procedures.get(id))
            .filter(|procedure| procedure.offers(day))
            .collect();
        let rank = |procedure: &Procedure| {
            let in_order = self.folded_name(&procedure.id).contains(&phrase);
            (!procedure.name.to_lowercase().contains(&exact), !in_order)
        };
        found.sort_by(|a, b| {
            (rank(a), &a.agency_kind, &a.id).cmp(&(rank(b), &b.agency_kind, &b.id))
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_embedded_catalogue_loads_whole() {
        let catalogue = Catalogue::embedded().unwrap();
        assert_eq!(catalogue.procedures.len(), 106);
        assert_eq!(catalogue.processes.len(), 140);
        assert_eq!(catalogue.forms.len(), 13);
        assert_eq!(catalogue.papers.len(), 8);
        let permit = catalogue.procedure("A2.XA.R2026").unwrap();
        let process = catalogue.process_for("A2.XA.R2026", Some("nha_o")).unwrap();
        assert_eq!(process.critical_path_minutes(), 2_400);
        let form = catalogue.form_for(permit, Some("nha_o_ho_gia_dinh")).unwrap();
        assert_eq!(form.id, "F.N217.PL2.M01.NHAO");
        assert_eq!(catalogue.version_hash("A2.XA.R2026").len(), 64);
    }

    #[test]
    fn search_ignores_diacritics() {
        let catalogue = Catalogue::embedded().unwrap();
        let today = date(2026, 11, 24);
        let ids = |words: &str| -> Vec<String> {
            catalogue.search(words, today).iter().map(|p| p.id.clone()).collect()
        };
        assert_eq!(ids("nha o rieng le")[0], "A2.XA.R2026", "the words in their order first");
        let sorted = |mut ids: Vec<String>| {
            ids.sort();
            ids
        };
        assert_eq!(sorted(ids("NHÀ Ở riêng lẻ")), sorted(ids("nha o rieng le")));
        assert_eq!(ids("nhà ở riêng lẻ")[0], "A2.XA.R2026", "exact diacritics first");
        assert!(ids("dau tu").len() > 10);
        assert!(ids("1.013225").contains(&"A2.XA.R2026".to_owned()));
        assert!(ids("khong co thu tuc nay").is_empty());
        assert!(catalogue.search("", date(2018, 11, 16)).iter().all(|p| p.era == "R2018"));
    }
}
