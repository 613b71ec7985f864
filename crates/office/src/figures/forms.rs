//! The forms as tables: which columns, in which order, under which headings.

use super::headings::*;
use super::sheet::{Cell, Column, Sheet};
use super::{Asked, Basis, Counted, Slice};
use crate::error::ActError;
use crate::office::Office;
use domain::dossier::Actor;
use domain::dossier::clock::Verdict;
use domain::dossier::event::Channel;
use domain::statistics::causes::Causes;
use domain::statistics::tt01::{Assessment, Grade, Indicator, Points, Tenths};
use domain::statistics::{
    Broken, Course, Dimension, End, Figure, Figures, Measured, Times, Window, qd766, report06a,
    report07a, tabulate,
};
use domain::time::{Instant, local};
use std::collections::{BTreeMap, BTreeSet};

/// A form of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Biểu II.06a/VPCP/KSTT.
    Report06a,
    /// Biểu 07a/BTP.
    Report07a,
    /// Biểu II.07: why dossiers are late.
    Causes,
    /// TT 01/2018: nine indicators of agencies and officials.
    Tt01,
    /// QĐ 766/2022: six groups.
    Qd766,
    /// What agencies offer.
    Catalogue,
    /// Sổ theo dõi: the dossiers that were to be settled, without the names of applicants.
    Register,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 7] = [
        Form::Report06a,
        Form::Report07a,
        Form::Causes,
        Form::Tt01,
        Form::Qd766,
        Form::Catalogue,
        Form::Register,
    ];

    /// The name on the command line and in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Form::Report06a => "06a",
            Form::Report07a => "07a",
            Form::Causes => "ii07",
            Form::Tt01 => "tt01",
            Form::Qd766 => "qd766",
            Form::Catalogue => "catalogue",
            Form::Register => "register",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Form::Report06a => "Biểu II.06a/VPCP/KSTT",
            Form::Report07a => "Biểu 07a/BTP",
            Form::Causes => "Biểu II.07/VPCP/KSTT: nguyên nhân quá hạn",
            Form::Tt01 => "Đánh giá theo Thông tư 01/2018/TT-VPCP",
            Form::Qd766 => "Bộ chỉ số theo Quyết định 766/QĐ-TTg",
            Form::Catalogue => "Thủ tục hành chính được cung cấp",
            Form::Register => "Sổ theo dõi hồ sơ",
        }
    }

    /// By what its rows are grouped.
    const fn dimensions(self) -> &'static [Dimension] {
        match self {
            Form::Report06a => &[Dimension::Level, Dimension::Field],
            Form::Report07a
            | Form::Causes
            | Form::Tt01
            | Form::Qd766
            | Form::Catalogue
            | Form::Register => &[Dimension::Agency],
        }
    }

    /// The form of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.name() == name)
    }
}

/// The sum's name where rows have theirs.
const TOTAL: &str = "total";

impl Office {
    /// A report as a table: from the counters where they tell it, else from the facts.
    ///
    /// # Errors
    /// As [`Office::count`]; [`ActError::Fault`] also when the columns do not add up.
    pub async fn report(&self, actor: &Actor, form: Form, asked: Asked) -> Result<Sheet, ActError> {
        match form {
            Form::Report06a | Form::Report07a | Form::Qd766 | Form::Catalogue => {
                let (tables, basis) = self.tables(actor, form, &asked).await?;
                let (columns, rows) = self.filled(form, &tables, &asked)?;
                Ok(sheet(form, columns, rows, (asked, basis)))
            }
            Form::Register => self.form(form, &self.count(actor, asked).await?),
            Form::Causes | Form::Tt01 => {
                self.may_see(actor, &asked)?;
                let looked = self.look(&asked, Judged::add).await?;
                let mut judged = Judged::default();
                looked.parts.into_iter().for_each(|part| judged.merge(part));
                judged.know(self.agencies_filed(&asked, looked.window.end).await?);
                let (columns, rows) = match form {
                    Form::Causes => (COLUMNS_II07, self.rows_ii07(&judged)),
                    _ => (COLUMNS_TT01, self.rows_tt01(&judged, &asked)),
                };
                Ok(sheet(form, columns, rows, (asked, looked.basis)))
            }
        }
    }

    /// A report over courses that were counted from the facts.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the columns do not add up.
    pub fn form(&self, form: Form, counted: &Counted) -> Result<Sheet, ActError> {
        let (columns, rows) = match form {
            Form::Causes => (COLUMNS_II07, self.rows_ii07(&Judged::of(counted))),
            Form::Tt01 => (COLUMNS_TT01, self.rows_tt01(&Judged::of(counted), &counted.asked)),
            Form::Register => (COLUMNS_REGISTER, self.rows_register(counted)),
            Form::Report06a | Form::Report07a | Form::Qd766 | Form::Catalogue => {
                self.filled(form, &Tables::of(form, counted), &counted.asked)?
            }
        };
        Ok(sheet(form, columns, rows, (counted.asked.clone(), counted.basis.clone())))
    }

    /// A form that stands on figures alone, whichever way they were counted.
    fn filled(
        &self,
        form: Form,
        tables: &Tables,
        asked: &Asked,
    ) -> Result<(Headings, Vec<Vec<Cell>>), ActError> {
        Ok(match form {
            Form::Report06a => (COLUMNS_06A, self.rows_06a(tables).map_err(broken)?),
            Form::Report07a => (COLUMNS_07A, self.rows_07a(tables).map_err(broken)?),
            Form::Qd766 => (COLUMNS_QD766, self.rows_qd766(tables, asked)),
            Form::Catalogue | Form::Causes | Form::Tt01 | Form::Register => {
                (COLUMNS_CATALOGUE, self.rows_catalogue(asked))
            }
        })
    }

    async fn tables(
        &self,
        actor: &Actor,
        form: Form,
        asked: &Asked,
    ) -> Result<(Tables, Basis), ActError> {
        let by = form.dimensions();
        let mut counts =
            self.counts(actor, asked.clone(), &Slice::default(), (by, Times::Left)).await?;
        if by == [Dimension::Agency] {
            let filed = self.agencies_filed(asked, counts.window.end).await?;
            counts.rows.retain(|key, _| filed.contains(&key.concat()));
        }
        Ok((Tables { rows: counts.rows, all: counts.all }, counts.basis))
    }

    fn rows_06a(&self, tables: &Tables) -> Result<Vec<Vec<Cell>>, Broken> {
        let report = report06a::Report::from_table(&tables.rows, &tables.all)?;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for line in report.lines() {
            let name = self.field_name(&line.field);
            rows.push(row([&line.level, &line.field, &name], cells_06a(&line.row)));
        }
        rows.push(row([TOTAL, "", "Tổng số"], cells_06a(&report.total())));
        Ok(rows)
    }

    fn rows_07a(&self, tables: &Tables) -> Result<Vec<Vec<Cell>>, Broken> {
        let report = report07a::Report::from_table(&tables.rows, &tables.all)?;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for line in report.lines() {
            let name = self.unit_name(&line.agency);
            rows.push(row([&line.agency, &name], cells_07a(&line.row)));
        }
        rows.push(row([TOTAL, "Tổng số"], cells_07a(&report.total())));
        Ok(rows)
    }

    fn rows_ii07(&self, judged: &Judged) -> Vec<Vec<Cell>> {
        let of = |causes: &Causes| {
            vec![
                Cell::Number(causes.late()),
                Cell::Number(causes.consulted_agency),
                Cell::Number(causes.own_steps),
                Cell::measured(causes.regulation),
                Cell::measured(causes.system),
                Cell::Number(causes.unexplained),
            ]
        };
        let mut all = Causes::default();
        let mut rows = Vec::new();
        for (id, (causes, _)) in &judged.agencies {
            rows.push(row([id, &self.unit_name(id)], of(causes)));
            all.merge(causes);
        }
        rows.push(row([TOTAL, "Tổng số"], of(&all)));
        rows
    }

    /// A row for each agency, then for each official with a result in the period.
    fn rows_tt01(&self, judged: &Judged, asked: &Asked) -> Vec<Vec<Cell>> {
        let scores = |assessment: &Assessment| {
            let mut cells = vec![Cell::Number(assessment.dossiers)];
            cells.extend(Indicator::ALL.iter().map(|indicator| {
                let found = assessment.scores.iter().find(|(known, _)| known == indicator);
                found.map_or(Cell::Nothing, |(_, score)| tenths(*score))
            }));
            cells.push(tenths(Measured::Recorded(assessment.sum())));
            cells.push(tenths(Measured::Recorded(assessment.possible())));
            cells.push(grade(assessment.grade()));
            cells
        };
        let mut rows = Vec::new();
        let nothing = Points::default();
        for agency in self.agencies(asked, judged.agencies.keys().cloned()) {
            let offer = self.catalogue.offer(&agency, asked.period.to());
            let points = judged.agencies.get(&agency).map_or(&nothing, |(_, points)| points);
            let assessment = Assessment::of_agency(points, &offer);
            rows.push(row(["agency", &agency, &self.unit_name(&agency)], scores(&assessment)));
        }
        for (official, points) in &judged.officials {
            let assessment = Assessment::of_official(points);
            if assessment.dossiers > 0 {
                let known = self.catalogue.organisation.official(official);
                let name = known.map_or("", |official| official.name.as_str());
                rows.push(row(["official", official, name], scores(&assessment)));
            }
        }
        rows
    }

    /// The dossiers that were to be settled, in the order of filing.
    fn rows_register(&self, counted: &Counted) -> Vec<Vec<Cell>> {
        let handled = |course: &&Course| Figure::Handled.includes(course, &counted.window);
        let row = |course: &Course| {
            let day = |at: Option<Instant>| {
                at.map(|at| local(at).strftime("%d/%m/%Y").to_string()).unwrap_or_default()
            };
            let name = self.catalogue.procedure(&course.procedure);
            let name = name.map_or_else(String::new, |procedure| procedure.name.clone());
            let code = course.code.clone().unwrap_or_default();
            let channel = match course.channel {
                Channel::Online => "trực tuyến",
                Channel::Counter => "trực tiếp",
                Channel::Post => "bưu chính",
            };
            let names = [&code, &course.agency, &course.procedure, &name, channel];
            let mut cells = row(names, Vec::new());
            cells.push(Cell::Text(day(course.received_at)));
            cells.push(Cell::Text(day(course.end.map(|(at, _)| at))));
            cells.push(Cell::Text(standing(course).to_owned()));
            cells.push(Cell::Text(day(course.returned_at)));
            cells.push(Cell::Number(u64::from(course.supplement_rounds)));
            cells
        };
        counted.courses.iter().filter(handled).map(row).collect()
    }

    fn rows_qd766(&self, tables: &Tables, asked: &Asked) -> Vec<Vec<Cell>> {
        let none = Figures::default();
        let mut rows = Vec::new();
        for agency in self.agencies(asked, tables.rows.keys().map(|key| key.concat())) {
            let figures = tables.rows.get(std::slice::from_ref(&agency)).unwrap_or(&none);
            let offer = self.catalogue.offer(&agency, asked.period.to());
            for indicator in qd766::indicators(figures, &offer) {
                let (part, whole, percent) = match indicator.rate {
                    Measured::Recorded(rate) => {
                        (Cell::Number(rate.part), Cell::Number(rate.whole), Cell::percent(rate))
                    }
                    Measured::NotRecorded => {
                        (Cell::NotRecorded, Cell::NotRecorded, Cell::NotRecorded)
                    }
                };
                let threshold = match indicator.threshold {
                    0 => Cell::Nothing,
                    percent => Cell::Number(percent),
                };
                let reached = match indicator.reached() {
                    Measured::Recorded(reached) => Cell::Hundredths(reached),
                    Measured::NotRecorded => percent.clone_missing(),
                };
                let name = self.unit_name(&agency);
                let group = indicator.group.name();
                let cells = vec![part, whole, percent, threshold, reached];
                rows.push(row([&agency, &name, group, indicator.id], cells));
            }
        }
        rows
    }

    fn rows_catalogue(&self, asked: &Asked) -> Vec<Vec<Cell>> {
        let day = asked.period.to();
        let agencies = self.catalogue.agencies_offering(day);
        let wanted = asked.agency.as_ref();
        let agencies = agencies.into_iter().filter(|id| wanted.is_none_or(|wanted| wanted == id));
        agencies
            .map(|id| {
                row([&id, &self.unit_name(&id)], cells_of_offer(&self.catalogue.offer(&id, day)))
            })
            .collect()
    }

    /// The agencies of a report: those with dossiers, and those that offer anything on its last
    /// day.
    fn agencies(
        &self,
        asked: &Asked,
        with_dossiers: impl Iterator<Item = String>,
    ) -> BTreeSet<String> {
        if let Some(agency) = &asked.agency {
            return BTreeSet::from([agency.clone()]);
        }
        with_dossiers.chain(self.catalogue.agencies_offering(asked.period.to())).collect()
    }

    fn unit_name(&self, id: &str) -> String {
        self.catalogue.organisation.unit(id).map_or_else(String::new, |unit| unit.name.clone())
    }

    /// A field's name, as the first procedure in it has it.
    fn field_name(&self, code: &str) -> String {
        let mut fields = self.catalogue.procedures.values().map(|procedure| &procedure.field);
        fields.find(|field| field.code == code).map_or_else(String::new, |field| field.name.clone())
    }
}

/// Whose dossiers were late by which cause, and the points of TT 01/2018.
#[derive(Default)]
struct Judged {
    agencies: BTreeMap<String, (Causes, Points)>,
    officials: BTreeMap<String, Points>,
}

impl Judged {
    fn of(counted: &Counted) -> Judged {
        let mut judged = Judged::default();
        counted.courses.iter().for_each(|course| judged.add(course, &counted.window));
        judged.know(counted.agencies.clone());
        judged
    }

    /// Agencies that have a line, whatever they did in the window.
    fn know(&mut self, agencies: BTreeSet<String>) {
        for agency in agencies {
            self.agencies.entry(agency).or_default();
        }
    }

    fn add(&mut self, course: &Course, window: &Window) {
        if !self.agencies.contains_key(&course.agency) {
            self.agencies.insert(course.agency.clone(), Default::default());
        }
        if let Some((causes, points)) = self.agencies.get_mut(&course.agency) {
            causes.add(course, window);
            points.add(course, window);
        }
        let Some(official) = &course.official else { return };
        match self.officials.get_mut(official) {
            Some(points) => points.add(course, window),
            None => {
                let mut points = Points::default();
                points.add(course, window);
                self.officials.insert(official.clone(), points);
            }
        }
    }

    fn merge(&mut self, other: Judged) {
        for (agency, (causes, points)) in other.agencies {
            let sum = self.agencies.entry(agency).or_default();
            sum.0.merge(&causes);
            sum.1.merge(&points);
        }
        for (official, points) in other.officials {
            self.officials.entry(official).or_default().merge(&points);
        }
    }
}

/// The figures that a form stands on.
struct Tables {
    rows: BTreeMap<Vec<String>, Figures>,
    all: Figures,
}

impl Tables {
    fn of(form: Form, counted: &Counted) -> Tables {
        let Counted { courses, window, .. } = counted;
        let rows = tabulate(courses, window, form.dimensions());
        Tables { rows, all: Figures::over(courses, window) }
    }
}

fn sheet(
    form: Form,
    columns: Headings,
    rows: Vec<Vec<Cell>>,
    (asked, basis): (Asked, Basis),
) -> Sheet {
    let column = |(key, label): &(&'static str, &'static str)| Column { key, label };
    let columns = columns.iter().map(column).collect();
    Sheet { name: form.name(), title: form.title(), columns, rows, asked, basis }
}

impl Cell {
    /// What a value made from this one is, when there is none.
    fn clone_missing(&self) -> Cell {
        match self {
            Cell::NotRecorded => Cell::NotRecorded,
            Cell::Text(_) | Cell::Number(_) | Cell::Hundredths(_) | Cell::Nothing => Cell::Nothing,
        }
    }
}

/// How a dossier stands, in words.
fn standing(course: &Course) -> &'static str {
    let late = course.verdicts.is_some_and(|verdicts| verdicts.by_indicator == Verdict::Late);
    match course.end {
        Some((_, End::NotAccepted)) => "không được tiếp nhận",
        Some((_, End::Withdrawn)) => "rút",
        Some((_, End::Stopped)) => "dừng xử lý",
        Some((_, End::Granted)) if late => "có kết quả, quá hạn",
        Some((_, End::Granted)) => "có kết quả",
        Some((_, End::Refused)) if late => "từ chối, quá hạn",
        Some((_, End::Refused)) => "từ chối",
        None if course.runs_late => "đang giải quyết, quá hạn",
        None if course.runs() => "đang giải quyết",
        None => "chờ người nộp",
    }
}

fn broken(error: Broken) -> ActError {
    ActError::fault("report", error)
}

fn row<const N: usize>(names: [&str; N], numbers: Vec<Cell>) -> Vec<Cell> {
    let names = names.into_iter().map(|name| Cell::Text(name.to_owned()));
    names.chain(numbers).collect()
}

fn tenths(score: Measured<Tenths>) -> Cell {
    score.value().map_or(Cell::NotRecorded, |Tenths(tenths)| Cell::Hundredths(tenths * 10))
}

fn grade(grade: Measured<Grade>) -> Cell {
    let Some(grade) = grade.value() else { return Cell::NotRecorded };
    let name = match grade {
        Grade::Excellent => "xuất sắc",
        Grade::Good => "tốt",
        Grade::Fair => "khá",
        Grade::Average => "trung bình",
        Grade::Weak => "yếu",
    };
    Cell::Text(name.to_owned())
}
