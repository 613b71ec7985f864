//! Biểu II.06a/VPCP/KSTT: what was received, resolved and is in progress, by level and field.

use super::course::Course;
use super::figure::Figure;
use super::figures::{Dimension, Figures, tabulate};
use super::measured::{Broken, hold};
use super::period::Window;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Deref;

const FORM: &str = "II.06a";

/// The columns of the form, by its own numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Cells {
    /// (3) To be settled in the period.
    pub total: u64,
    /// (4) New in the period, online.
    pub online: u64,
    /// (5) New in the period, at the counter and by public post.
    pub direct: u64,
    /// (6) From the period before.
    pub carried_over: u64,
    /// (7) Resolved.
    pub resolved: u64,
    /// (8) Of those early.
    pub early: u64,
    /// (9) Of those on time; waiting for the applicant, withdrawn and stopped included.
    pub on_time: u64,
    /// (10) Of those late.
    pub late: u64,
    /// (11) In progress.
    pub running: u64,
    /// (12) Of those within their time.
    pub running_in_time: u64,
    /// (13) Of those beyond it.
    pub running_late: u64,
}

/// A row whose columns add up: (3)=(4)+(5)+(6), (7)=(8)+(9)+(10), (11)=(12)+(13), (3)=(7)+(11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Row(Cells);

impl Row {
    /// A row, if its columns add up.
    ///
    /// # Errors
    /// [`Broken`] names the first identity that does not hold.
    pub fn new(cells: Cells) -> Result<Row, Broken> {
        let c = cells;
        hold(
            FORM,
            &[
                ("(3) = (4) + (5) + (6)", c.total, c.online + c.direct + c.carried_over),
                ("(7) = (8) + (9) + (10)", c.resolved, c.early + c.on_time + c.late),
                ("(11) = (12) + (13)", c.running, c.running_in_time + c.running_late),
                ("(3) = (7) + (11)", c.total, c.resolved + c.running),
            ],
        )?;
        Ok(Row(cells))
    }

    /// The row over some figures.
    ///
    /// # Errors
    /// As [`Row::new`].
    pub fn of(figures: &Figures) -> Result<Row, Broken> {
        let of = |figure| figures.of(figure);
        Row::new(Cells {
            total: of(Figure::Handled),
            online: of(Figure::TakenInOnline),
            direct: of(Figure::TakenInCounter) + of(Figure::TakenInPost),
            carried_over: of(Figure::CarriedOver),
            resolved: of(Figure::Resolved),
            early: of(Figure::ResolvedEarly),
            on_time: of(Figure::ResolvedOnTime),
            late: of(Figure::ResolvedLate),
            running: of(Figure::Running),
            running_in_time: of(Figure::RunningInTime),
            running_late: of(Figure::RunningLate),
        })
    }
}

impl Deref for Row {
    type Target = Cells;

    fn deref(&self) -> &Cells {
        &self.0
    }
}

/// A line of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Level of the agencies.
    pub level: String,
    /// Code of the field.
    pub field: String,
    /// The columns.
    #[serde(flatten)]
    pub row: Row,
}

/// The report: lines by level and field, and their sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    lines: Vec<Line>,
    total: Row,
}

impl Report {
    /// The report over courses that were folded up to the window's end. Lines without any dossier
    /// are left out.
    ///
    /// # Errors
    /// [`Broken`] when a row does not add up, or the lines do not give the sum.
    pub fn over(courses: &[Course], window: &Window) -> Result<Report, Broken> {
        let table = tabulate(courses, window, &[Dimension::Level, Dimension::Field]);
        Report::from_table(&table, &Figures::over(courses, window))
    }

    /// The report from the figures by level and field, and those over all.
    ///
    /// # Errors
    /// As [`Report::over`].
    pub fn from_table(
        table: &BTreeMap<Vec<String>, Figures>,
        all: &Figures,
    ) -> Result<Report, Broken> {
        let mut lines = Vec::new();
        for (key, figures) in table {
            let [level, field] = key.as_slice() else { continue };
            let row = Row::of(figures)?;
            if row.total > 0 {
                lines.push(Line { level: level.clone(), field: field.clone(), row });
            }
        }
        Report::of(lines, Row::of(all)?)
    }

    /// A report from lines and a sum that belong together.
    ///
    /// # Errors
    /// [`Broken`] when the lines do not give the sum.
    pub fn of(lines: Vec<Line>, total: Row) -> Result<Report, Broken> {
        let sum = |column: fn(&Cells) -> u64| lines.iter().map(|line| column(&line.row)).sum();
        hold(
            FORM,
            &[
                ("sum of column (3)", sum(|c| c.total), total.total),
                ("sum of column (4)", sum(|c| c.online), total.online),
                ("sum of column (5)", sum(|c| c.direct), total.direct),
                ("sum of column (6)", sum(|c| c.carried_over), total.carried_over),
                ("sum of column (8)", sum(|c| c.early), total.early),
                ("sum of column (9)", sum(|c| c.on_time), total.on_time),
                ("sum of column (10)", sum(|c| c.late), total.late),
                ("sum of column (12)", sum(|c| c.running_in_time), total.running_in_time),
                ("sum of column (13)", sum(|c| c.running_late), total.running_late),
            ],
        )?;
        Ok(Report { lines, total })
    }

    /// The lines, by level and field.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Their sum.
    #[must_use]
    pub fn total(&self) -> Row {
        self.total
    }

    /// Holds the report to the one of the period just before: what was in progress there came over,
    /// (6) = (11) of the period before.
    ///
    /// # Errors
    /// [`Broken`] when it did not.
    pub fn follows(&self, before: &Report) -> Result<(), Broken> {
        let (now, then) = (self.total.carried_over, before.total.running);
        hold(FORM, &[("(6) = (11) of the period before", now, then)])
    }
}
