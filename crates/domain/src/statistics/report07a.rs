//! Biểu 07a/BTP: as II.06a, by agency, with waiting receptions, apologies, stops and withdrawals in
//! columns of their own.

use super::course::Course;
use super::figure::Figure;
use super::figures::{Dimension, Figures, tabulate};
use super::measured::{Broken, Measured, hold};
use super::period::Window;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Deref;

const FORM: &str = "07a/BTP";

/// The columns of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Cells {
    /// Tiếp nhận: to be settled in the period.
    pub total: u64,
    /// Kỳ trước chuyển qua.
    pub carried_over: u64,
    /// Trực tuyến toàn trình.
    pub online_full: u64,
    /// Trực tuyến một phần.
    pub online_partial: u64,
    /// Trực tuyến hình thức khác.
    pub online_other: u64,
    /// Bưu chính.
    pub post: u64,
    /// Trực tiếp.
    pub counter: u64,
    /// Phi địa giới: among the others. No fact tells yet for which one-stop another one took in.
    pub outside_boundary: Measured<u64>,
    /// Chờ tiếp nhận, đúng hạn.
    pub waiting_in_time: u64,
    /// Chờ tiếp nhận, quá hạn.
    pub waiting_late: u64,
    /// Không được tiếp nhận.
    pub not_accepted: u64,
    /// Đã giải quyết.
    pub settled: u64,
    /// Trước hạn.
    pub early: u64,
    /// Đúng hạn, chờ bổ sung included.
    pub on_time: u64,
    /// Quá hạn, đã có thư xin lỗi.
    pub late_with_apology: u64,
    /// Quá hạn, chưa có thư xin lỗi.
    pub late_without_apology: u64,
    /// Đang giải quyết.
    pub running: u64,
    /// Trong hạn.
    pub running_in_time: u64,
    /// Quá hạn.
    pub running_late: u64,
    /// Dừng xử lý.
    pub stopped: u64,
    /// Rút.
    pub withdrawn: u64,
    /// Thanh toán: dossiers with a confirmed payment.
    pub paid: u64,
    /// Thanh toán trực tuyến: no fact tells the way of payment yet.
    pub paid_online: Measured<u64>,
    /// Thanh toán trực tiếp: as above.
    pub paid_direct: Measured<u64>,
}

/// A row whose columns add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Row(Cells);

impl Row {
    /// A row, if its columns add up.
    ///
    /// # Errors
    /// [`Broken`] names the first identity that does not hold.
    pub fn new(cells: Cells) -> Result<Row, Broken> {
        let c = &cells;
        let online = c.online_full + c.online_partial + c.online_other;
        let late = c.late_with_apology + c.late_without_apology;
        hold(
            FORM,
            &[
                (
                    "received = carried over + online + post + counter",
                    c.total,
                    c.carried_over + online + c.post + c.counter,
                ),
                ("settled = early + on time + late", c.settled, c.early + c.on_time + late),
                ("running = in time + late", c.running, c.running_in_time + c.running_late),
                (
                    "received = settled + running + stopped + withdrawn",
                    c.total,
                    c.settled + c.running + c.stopped + c.withdrawn,
                ),
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
            carried_over: of(Figure::CarriedOver),
            online_full: of(Figure::TakenInFull),
            online_partial: of(Figure::TakenInPartial),
            online_other: of(Figure::TakenInOther),
            post: of(Figure::TakenInPost),
            counter: of(Figure::TakenInCounter),
            outside_boundary: Measured::NotRecorded,
            waiting_in_time: of(Figure::WaitingInTime),
            waiting_late: of(Figure::WaitingLate),
            not_accepted: of(Figure::NotAccepted),
            settled: of(Figure::Settled),
            early: of(Figure::SettledEarly),
            on_time: of(Figure::SettledOnTime),
            late_with_apology: of(Figure::SettledLateWithApology),
            late_without_apology: of(Figure::SettledLateWithoutApology),
            running: of(Figure::Running),
            running_in_time: of(Figure::RunningInTime),
            running_late: of(Figure::RunningLate),
            stopped: of(Figure::Stopped),
            withdrawn: of(Figure::Withdrawn),
            paid: of(Figure::Paid),
            paid_online: Measured::NotRecorded,
            paid_direct: Measured::NotRecorded,
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
    /// The agency (unit id).
    pub agency: String,
    /// The columns.
    #[serde(flatten)]
    pub row: Row,
}

/// The report: a line for each agency, and their sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    lines: Vec<Line>,
    total: Row,
}

impl Report {
    /// The report over courses that were folded up to the window's end.
    ///
    /// # Errors
    /// [`Broken`] when a row does not add up, or the lines do not give the sum.
    pub fn over(courses: &[Course], window: &Window) -> Result<Report, Broken> {
        let table = tabulate(courses, window, &[Dimension::Agency]);
        Report::from_table(&table, &Figures::over(courses, window))
    }

    /// The report from the figures by agency, and those over all.
    ///
    /// # Errors
    /// As [`Report::over`].
    pub fn from_table(
        table: &BTreeMap<Vec<String>, Figures>,
        all: &Figures,
    ) -> Result<Report, Broken> {
        let mut lines = Vec::new();
        for (key, figures) in table {
            lines.push(Line { agency: key.concat(), row: Row::of(figures)? });
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
                ("sum of received", sum(|c| c.total), total.total),
                ("sum of carried over", sum(|c| c.carried_over), total.carried_over),
                ("sum of waiting", sum(waiting), waiting(&total)),
                ("sum of not accepted", sum(|c| c.not_accepted), total.not_accepted),
                ("sum of settled", sum(|c| c.settled), total.settled),
                ("sum of running", sum(|c| c.running), total.running),
                ("sum of stopped", sum(|c| c.stopped), total.stopped),
                ("sum of withdrawn", sum(|c| c.withdrawn), total.withdrawn),
                ("sum of paid", sum(|c| c.paid), total.paid),
            ],
        )?;
        Ok(Report { lines, total })
    }

    /// The lines, by agency.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Their sum.
    #[must_use]
    pub fn total(&self) -> Row {
        self.total
    }
}

fn waiting(cells: &Cells) -> u64 {
    cells.waiting_in_time + cells.waiting_late
}
