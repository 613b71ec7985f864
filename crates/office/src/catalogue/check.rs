//! `motcua catalogue check`: what a catalogue must be before an office works with it. Every problem
//! names the file and the place.

use super::Catalogue;
use super::load::{Sources, YearFile};
use domain::procedure::form::Form;
use domain::procedure::{Procedure, TimeUnit};
use domain::process::{Gateway, Process, StepKind};
use domain::worktime::{DAY_MINUTES, DayKind};
use std::collections::BTreeSet;

/// How bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Cannot work.
    Error,
    /// Should be looked at.
    Warning,
}

/// One problem, at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How bad.
    pub severity: Severity,
    /// Path from the catalogue's folder.
    pub file: String,
    /// Line, from 1; 0 for the whole file.
    pub line: usize,
    /// What, naming the record.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{}:{}: {word}: {}", self.file, self.line, self.message)
    }
}

/// Everything wrong with a catalogue, errors first.
#[must_use]
pub fn check(sources: &Sources) -> Vec<Problem> {
    let catalogue = match Catalogue::load(sources) {
        Ok(catalogue) => catalogue,
        Err(error) => {
            return vec![Problem {
                severity: Severity::Error,
                file: error.file,
                line: error.line,
                message: error.message,
            }];
        }
    };
    let mut check = Check { sources, catalogue: &catalogue, problems: Vec::new() };
    catalogue.procedures.values().for_each(|procedure| check.procedure(procedure));
    catalogue.processes.values().for_each(|process| check.process(process));
    catalogue.forms.values().for_each(|form| check.form(form));
    check.organisation();
    check.calendars();
    let mut problems = check.problems;
    problems.sort_by(|a, b| (a.severity, &a.file, a.line).cmp(&(b.severity, &b.file, b.line)));
    problems
}

struct Check<'c> {
    sources: &'c Sources,
    catalogue: &'c Catalogue,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn error(&mut self, file: &str, near: &str, message: String) {
        self.add(Severity::Error, file, near, message);
    }

    fn add(&mut self, severity: Severity, file: &str, near: &str, message: String) {
        let line = self.sources.line_of(file, near);
        self.problems.push(Problem { severity, file: file.to_owned(), line, message });
    }

    fn procedure(&mut self, procedure: &Procedure) {
        let file = format!("procedures/{}.toml", procedure.id);
        if !self.sources.0.contains_key(&file) {
            let message =
                format!("procedure {} does not stand in a file of its name", procedure.id);
            self.error(&file, "id = ", message);
        }
        if let (Some(from), Some(to)) = (procedure.valid_from, procedure.valid_to)
            && from > to
        {
            self.error(&file, "valid_to", format!("valid_to {to} is before valid_from {from}"));
        }
        let known =
            self.catalogue.organisation.units.iter().any(|u| u.kind == procedure.agency_kind);
        if !known {
            let message = format!("no unit has the kind {}", procedure.agency_kind);
            self.error(&file, "agency_kind", message);
        }
        self.classes(procedure, &file);
        self.components(procedure, &file);
        self.papers(procedure, &file);
        let offered = !procedure.agency_initiated && procedure.channels.iter().any(|c| c.accepted);
        if offered && self.catalogue.process_for(&procedure.id, None).is_none() {
            let message = format!("procedure {} has no main process", procedure.id);
            self.error(&file, "id = ", message);
        }
    }

    /// Time classes: of cases, committed against statutory, committed against the process.
    fn classes(&mut self, procedure: &Procedure, file: &str) {
        for case in &procedure.cases {
            let classes = &procedure.committed_time.by_class;
            if !classes.iter().any(|time| time.class == case.time_class) {
                let message =
                    format!("case {} has the unknown time class {}", case.id, case.time_class);
                self.error(file, &format!("id = \"{}\"", case.id), message);
            }
        }
        for committed in &procedure.committed_time.by_class {
            let near = format!("class = \"{}\"", committed.class);
            let legal = procedure.statutory_for(Some(&committed.class));
            if committed.unit == legal.unit && committed.amount > legal.amount {
                let message = format!(
                    "class {}: committed {} is longer than the statutory {}",
                    committed.class, committed.amount, legal.amount
                );
                self.error(file, &near, message);
            }
            let own = committed.unit == TimeUnit::WorkingDay;
            let minutes = i64::from(committed.amount) * DAY_MINUTES;
            if own && committed.process_minutes.is_some_and(|given| given != minutes) {
                let message = format!(
                    "class {}: process_minutes are not {} × {DAY_MINUTES}",
                    committed.class, committed.amount
                );
                self.error(file, &near, message);
            }
        }
    }

    fn components(&mut self, procedure: &Procedure, file: &str) {
        let mut seen = BTreeSet::new();
        for component in &procedure.components {
            let near = format!("id = \"{}\"", component.id);
            if !seen.insert(&component.id) {
                self.error(file, &near, format!("component {} stands twice", component.id));
            }
            for case in component.case.iter().flatten() {
                if !procedure.cases.iter().any(|known| known.id == *case) {
                    let message =
                        format!("component {} names the unknown case {case}", component.id);
                    self.error(file, &near, message);
                }
            }
            if component.mandatory && component.condition.is_some() {
                let message =
                    format!("component {} has a condition and is mandatory", component.id);
                self.error(file, &near, message);
            }
        }
    }

    /// The kinds of papers that a procedure issues and asks for are known.
    fn papers(&mut self, procedure: &Procedure, file: &str) {
        let issued = procedure.results.iter().filter_map(|result| result.kind.as_ref());
        let asked = procedure.components.iter().flat_map(|component| &component.asks_for);
        let known = &self.catalogue.papers;
        let unknown: Vec<&String> =
            issued.chain(asked).filter(|kind| !known.contains_key(*kind)).collect();
        for kind in unknown {
            self.error(file, &format!("\"{kind}\""), format!("the unknown kind of paper {kind}"));
        }
        let late = procedure.results.iter().skip(1).find(|result| result.kind.is_some());
        if let Some(result) = late {
            let message = format!("only the first result has a kind, not {}", result.name);
            self.error(file, &result.name, message);
        }
    }

    fn process(&mut self, process: &Process) {
        let file = format!("processes/{}.toml", process.id);
        let Some(procedure) = self.catalogue.procedure(&process.procedure) else {
            let message = format!("the procedure {} does not exist", process.procedure);
            self.error(&file, "procedure = ", message);
            return;
        };
        if process.steps.is_empty() {
            self.error(&file, "id = ", format!("process {} has no steps", process.id));
            return;
        }
        self.minutes(process, procedure, &file);
        self.graph(process, &file);
        self.roles(process, &file);
        if process.phase == "main" && !procedure.agency_initiated {
            self.one_of_each(process, &file);
        }
    }

    fn minutes(&mut self, process: &Process, procedure: &Procedure, file: &str) {
        let longest = process.critical_path_minutes();
        if longest != process.committed_minutes {
            let message = format!(
                "the steps' longest way takes {longest} minutes, committed are {}",
                process.committed_minutes
            );
            self.error(file, "committed_minutes", message);
        }
        let class = process.time_class.as_deref();
        let classes = &procedure.committed_time.by_class;
        let of_class = classes.iter().find(|time| Some(time.class.as_str()) == class);
        let promised = of_class.and_then(|time| time.process_minutes);
        if process.phase == "main"
            && promised.is_some_and(|minutes| minutes != i64::from(process.committed_minutes))
        {
            let message = format!(
                "committed_minutes {} differ from the procedure's committed time of class {}",
                process.committed_minutes,
                class.unwrap_or("–")
            );
            self.error(file, "committed_minutes", message);
        }
        for step in &process.steps {
            if step.legal_max_minutes.is_some_and(|most| step.minutes > most) {
                let message = format!("step {}: longer than the law allows", step.no);
                self.error(file, &format!("no = {}", step.no), message);
            }
        }
    }

    /// One start, one end, all reachable, no way back, branches joined.
    fn graph(&mut self, process: &Process, file: &str) {
        let mut entered: BTreeSet<u32> = BTreeSet::new();
        for step in &process.steps {
            let near = format!("no = {}", step.no);
            if process.steps.iter().filter(|other| other.no == step.no).count() > 1 {
                self.error(file, &near, format!("step {} stands twice", step.no));
            }
            for next in &step.next {
                entered.insert(*next);
                if process.step(*next).is_none() {
                    self.error(
                        file,
                        &near,
                        format!("step {} leads to the missing {next}", step.no),
                    );
                } else if *next <= step.no {
                    self.error(file, &near, format!("step {} leads back to {next}", step.no));
                }
            }
            if step.next.len() > 1 && step.gateway == Gateway::None {
                self.error(file, &near, format!("step {} branches without a gateway", step.no));
            }
        }
        let first = process.first().no;
        let starts = process.steps.iter().filter(|step| !entered.contains(&step.no));
        for step in starts.filter(|step| step.no != first) {
            let message = format!("step {} is a second START: nothing leads to it", step.no);
            self.error(file, &format!("no = {}", step.no), message);
        }
        let ends = process.steps.iter().filter(|step| step.next.is_empty()).count();
        if ends != 1 {
            self.error(file, "id = ", format!("{ends} steps are an END, one must be"));
        }
    }

    fn roles(&mut self, process: &Process, file: &str) {
        let organisation = &self.catalogue.organisation;
        let mut wrong = Vec::new();
        for step in &process.steps {
            if !organisation.unit_roles.iter().any(|role| role.id == step.unit_role) {
                wrong.push((step.no, format!("the unknown unit role {}", step.unit_role)));
            }
            if let Some(agency) = &step.external_agency
                && organisation.unit(agency).is_none()
            {
                wrong.push((step.no, format!("the unknown agency {agency}")));
            }
        }
        if let Some(division) = &process.assigned_division
            && organisation.division(division).is_none()
        {
            self.error(
                file,
                "assigned_division",
                format!("the division {division} does not exist"),
            );
        }
        for (no, what) in wrong {
            self.error(file, &format!("no = {no}"), format!("step {no} names {what}"));
        }
    }

    fn one_of_each(&mut self, process: &Process, file: &str) {
        let needed = [
            StepKind::Receive,
            StepKind::Assign,
            StepKind::Propose,
            StepKind::Sign,
            StepKind::Issue,
            StepKind::GiveBack,
        ];
        for kind in needed {
            let count = process.steps.iter().filter(|step| step.kind == kind).count();
            if count != 1 {
                let message = format!("{count} steps of kind {}, one must be", kind.name());
                self.error(file, "id = ", message);
            }
        }
        if process.first().kind != StepKind::Receive {
            self.error(file, "no = 1", "the first step must be receive".to_owned());
        }
    }

    fn form(&mut self, form: &Form) {
        let file = format!("forms/{}.toml", form.id);
        for procedure in &form.procedures {
            if self.catalogue.procedure(procedure).is_none() {
                self.error(
                    &file,
                    "procedures",
                    format!("the procedure {procedure} does not exist"),
                );
            }
        }
        let mut seen = BTreeSet::new();
        for field in &form.fields {
            if !seen.insert(&field.name) {
                let near = format!("name = \"{}\"", field.name);
                self.error(&file, &near, format!("field {} stands twice", field.name));
            }
        }
    }

    fn organisation(&mut self) {
        let file = "organisation.toml";
        let organisation = &self.catalogue.organisation;
        let mut wrong = Vec::new();
        let mut seen = BTreeSet::new();
        for unit in &organisation.units {
            if !seen.insert(unit.id.as_str()) {
                wrong.push((unit.id.clone(), "stands twice".to_owned()));
            }
            for other in unit.parent.iter().chain(&unit.predecessors) {
                if organisation.unit(other).is_none() {
                    wrong.push((unit.id.clone(), format!("names the unknown unit {other}")));
                }
            }
        }
        for division in &organisation.divisions {
            if organisation.unit(&division.unit).is_none() {
                let what = format!("belongs to the unknown unit {}", division.unit);
                wrong.push((division.id.clone(), what));
            }
        }
        for official in &organisation.officials {
            if !seen.insert(official.id.as_str()) {
                wrong.push((official.id.clone(), "stands twice".to_owned()));
            }
            let division = official.division.as_deref();
            let placed = organisation.unit(&official.unit).is_some()
                && division.is_none_or(|id| organisation.division(id).is_some());
            if !placed {
                wrong.push((official.id.clone(), "works at an unknown place".to_owned()));
            }
        }
        for role in &organisation.unit_roles {
            for place in &role.candidates {
                if organisation.unit(place).is_none() && organisation.division(place).is_none() {
                    wrong.push((role.id.clone(), format!("has the unknown candidate {place}")));
                }
            }
        }
        for (id, what) in wrong {
            self.error(file, &format!("id = \"{id}\""), format!("{id} {what}"));
        }
    }

    /// Every year from the first to the last has a file with its holidays in its own year.
    fn calendars(&mut self) {
        let mut years = BTreeSet::new();
        for file in self.sources.folder("calendars/") {
            let Ok(year) = self.sources.parse::<YearFile>(file) else { continue };
            years.insert(year.year);
            if year.days.is_empty() {
                self.error(file, "year", format!("the holidays of {} are missing", year.year));
            }
            if !year.entered {
                let message = format!("{} is not decided: no due dates in it", year.year);
                self.add(Severity::Warning, file, "entered", message);
            }
            let undecided = year.days.iter().find(|day| day.kind == DayKind::Undecided);
            if let (true, Some(day)) = (year.entered, undecided) {
                let message = format!("{} is undecided, so the year is not entered", day.date);
                self.error(file, &day.date.to_string(), message);
            }
            let mut dates = BTreeSet::new();
            for day in year.days.iter().filter(|day| !dates.insert(day.date)) {
                let near = day.date.to_string();
                self.error(file, &near, format!("{} stands twice", day.date));
            }
            for day in year.days.iter().filter(|day| day.date.year() != year.year) {
                let near = day.date.to_string();
                self.error(file, &near, format!("{} is not in {}", day.date, year.year));
            }
        }
        let (Some(first), Some(last)) = (years.first().copied(), years.last().copied()) else {
            self.error("calendars", "", "no year is there".to_owned());
            return;
        };
        for year in (first..=last).filter(|year| !years.contains(year)) {
            let file = format!("calendars/{year}.toml");
            self.error(&file, "", format!("the year {year} is missing"));
        }
    }
}
