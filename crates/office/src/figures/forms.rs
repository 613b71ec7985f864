//! The forms as tables: which columns, in which order, under which headings.

use super::sheet::{Cell, Column, Sheet};
use super::{Asked, Counted};
use crate::error::ActError;
use crate::office::Office;
use domain::dossier::Actor;
use domain::statistics::causes::Causes;
use domain::statistics::offer::Offer;
use domain::statistics::tt01::{Assessment, Grade, Indicator, Tenths};
use domain::statistics::{
    Broken, Course, Dimension, Figures, Measured, qd766, report06a, report07a, tabulate,
};
use std::collections::BTreeSet;

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
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 6] =
        [Form::Report06a, Form::Report07a, Form::Causes, Form::Tt01, Form::Qd766, Form::Catalogue];

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
    /// A report as a table.
    ///
    /// # Errors
    /// As [`Office::count`]; [`ActError::Fault`] also when the columns do not add up.
    pub async fn report(&self, actor: &Actor, form: Form, asked: Asked) -> Result<Sheet, ActError> {
        let counted = self.count(actor, asked).await?;
        self.form(form, &counted)
    }

    /// A report over courses that were counted.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the columns do not add up.
    pub fn form(&self, form: Form, counted: &Counted) -> Result<Sheet, ActError> {
        let (columns, rows) = match form {
            Form::Report06a => (COLUMNS_06A, self.rows_06a(counted).map_err(broken)?),
            Form::Report07a => (COLUMNS_07A, self.rows_07a(counted).map_err(broken)?),
            Form::Causes => (COLUMNS_II07, self.rows_ii07(counted)),
            Form::Tt01 => (COLUMNS_TT01, self.rows_tt01(counted)),
            Form::Qd766 => (COLUMNS_QD766, self.rows_qd766(counted)),
            Form::Catalogue => (COLUMNS_CATALOGUE, self.rows_catalogue(counted)),
        };
        let column = |(key, label): &(&'static str, &'static str)| Column { key, label };
        Ok(Sheet {
            name: form.name(),
            columns: columns.iter().map(column).collect(),
            rows,
            asked: counted.asked.clone(),
            basis: counted.basis.clone(),
        })
    }

    fn rows_06a(&self, counted: &Counted) -> Result<Vec<Vec<Cell>>, Broken> {
        let report = report06a::Report::over(&counted.courses, &counted.window)?;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for line in report.lines() {
            let name = self.field_name(&line.field);
            rows.push(row([&line.level, &line.field, &name], cells_06a(&line.row)));
        }
        rows.push(row([TOTAL, "", "Tổng số"], cells_06a(&report.total())));
        Ok(rows)
    }

    fn rows_07a(&self, counted: &Counted) -> Result<Vec<Vec<Cell>>, Broken> {
        let report = report07a::Report::over(&counted.courses, &counted.window)?;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for line in report.lines() {
            let name = self.unit_name(&line.agency);
            rows.push(row([&line.agency, &name], cells_07a(&line.row)));
        }
        rows.push(row([TOTAL, "Tổng số"], cells_07a(&report.total())));
        Ok(rows)
    }

    fn rows_ii07(&self, counted: &Counted) -> Vec<Vec<Cell>> {
        let of = |courses: Vec<&Course>| {
            let causes = Causes::over(courses, &counted.window);
            vec![
                Cell::Number(causes.late),
                Cell::Number(causes.consulted_agency),
                Cell::Number(causes.own_steps),
                Cell::measured(causes.regulation),
                Cell::measured(causes.system),
                Cell::Number(causes.unexplained),
            ]
        };
        let agencies: BTreeSet<&str> =
            counted.courses.iter().map(|course| course.agency.as_str()).collect();
        let mut rows: Vec<Vec<Cell>> = agencies
            .into_iter()
            .map(|id| row([id, &self.unit_name(id)], of(counted.of_agency(id))))
            .collect();
        rows.push(row([TOTAL, "Tổng số"], of(counted.courses.iter().collect())));
        rows
    }

    /// A row for each agency, then for each official with a result in the period.
    fn rows_tt01(&self, counted: &Counted) -> Vec<Vec<Cell>> {
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
        for agency in self.agencies(counted) {
            let offer = self.catalogue.offer(&agency, counted.asked.period.to());
            let theirs = counted.of_agency(&agency);
            let assessment = Assessment::of_agency(theirs.iter().copied(), &counted.window, &offer);
            rows.push(row(["agency", &agency, &self.unit_name(&agency)], scores(&assessment)));
        }
        let officials: BTreeSet<&str> =
            counted.courses.iter().filter_map(|course| course.official.as_deref()).collect();
        for official in officials {
            let theirs = counted.courses.iter();
            let theirs = theirs.filter(|course| course.official.as_deref() == Some(official));
            let assessment = Assessment::of_official(theirs, &counted.window);
            if assessment.dossiers > 0 {
                let known = self.catalogue.organisation.official(official);
                let name = known.map_or("", |official| official.name.as_str());
                rows.push(row(["official", official, name], scores(&assessment)));
            }
        }
        rows
    }

    fn rows_qd766(&self, counted: &Counted) -> Vec<Vec<Cell>> {
        let table = tabulate(&counted.courses, &counted.window, &[Dimension::Agency]);
        let none = Figures::default();
        let mut rows = Vec::new();
        for agency in self.agencies(counted) {
            let figures = table.get(std::slice::from_ref(&agency)).unwrap_or(&none);
            let offer = self.catalogue.offer(&agency, counted.asked.period.to());
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

    fn rows_catalogue(&self, counted: &Counted) -> Vec<Vec<Cell>> {
        let day = counted.asked.period.to();
        let agencies = self.catalogue.agencies_offering(day);
        let wanted = counted.asked.agency.as_ref();
        let agencies = agencies.into_iter().filter(|id| wanted.is_none_or(|wanted| wanted == id));
        agencies
            .map(|id| {
                row([&id, &self.unit_name(&id)], cells_of_offer(&self.catalogue.offer(&id, day)))
            })
            .collect()
    }

    /// The agencies of a report: those with dossiers, and those that offer anything on its last
    /// day.
    fn agencies(&self, counted: &Counted) -> BTreeSet<String> {
        if let Some(agency) = &counted.asked.agency {
            return BTreeSet::from([agency.clone()]);
        }
        let with_dossiers = counted.courses.iter().map(|course| course.agency.clone());
        with_dossiers.chain(self.catalogue.agencies_offering(counted.asked.period.to())).collect()
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

impl Counted {
    /// The courses of one agency.
    #[must_use]
    pub fn of_agency(&self, agency: &str) -> Vec<&Course> {
        self.courses.iter().filter(|course| course.agency == agency).collect()
    }
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

fn cells_06a(c: &report06a::Cells) -> Vec<Cell> {
    let numbers = [
        c.total,
        c.online,
        c.direct,
        c.carried_over,
        c.resolved,
        c.early,
        c.on_time,
        c.late,
        c.running,
        c.running_in_time,
        c.running_late,
    ];
    numbers.map(Cell::Number).to_vec()
}

fn cells_07a(c: &report07a::Cells) -> Vec<Cell> {
    let n = Cell::Number;
    vec![
        n(c.total),
        n(c.carried_over),
        n(c.online_full),
        n(c.online_partial),
        n(c.online_other),
        n(c.post),
        n(c.counter),
        Cell::measured(c.outside_boundary),
        n(c.waiting_in_time),
        n(c.waiting_late),
        n(c.not_accepted),
        n(c.settled),
        n(c.early),
        n(c.on_time),
        n(c.late_with_apology),
        n(c.late_without_apology),
        n(c.running),
        n(c.running_in_time),
        n(c.running_late),
        n(c.stopped),
        n(c.withdrawn),
        n(c.paid),
        Cell::measured(c.paid_online),
        Cell::measured(c.paid_direct),
    ]
}

fn cells_of_offer(offer: &Offer) -> Vec<Cell> {
    let counts = [
        offer.procedures,
        offer.at_one_stop,
        offer.processed_at_one_stop,
        offer.level_3,
        offer.level_4,
        offer.partial,
        offer.full,
        offer.by_post,
        offer.complete,
    ];
    let mut cells = counts.map(Cell::Number).to_vec();
    cells.extend(match offer.cut {
        Some(cut) => [
            Cell::Number(cut.count),
            Cell::Hundredths(cut.min),
            Cell::Hundredths(cut.max),
            Cell::Hundredths(cut.mean),
        ],
        None => [Cell::Number(0), Cell::Nothing, Cell::Nothing, Cell::Nothing],
    });
    cells
}

type Headings = &'static [(&'static str, &'static str)];

const COLUMNS_06A: Headings = &[
    ("level", "Cấp"),
    ("field", "Mã lĩnh vực"),
    ("field_name", "(2) Lĩnh vực"),
    ("total", "(3) Nhận giải quyết, tổng số"),
    ("online", "(4) Trong kỳ, trực tuyến"),
    ("direct", "(5) Trong kỳ, trực tiếp, bưu chính"),
    ("carried_over", "(6) Từ kỳ trước"),
    ("resolved", "(7) Đã giải quyết, tổng số"),
    ("early", "(8) Trước hạn"),
    ("on_time", "(9) Đúng hạn"),
    ("late", "(10) Quá hạn"),
    ("running", "(11) Đang giải quyết, tổng số"),
    ("running_in_time", "(12) Trong hạn"),
    ("running_late", "(13) Quá hạn"),
];

const COLUMNS_07A: Headings = &[
    ("agency", "Mã đơn vị"),
    ("agency_name", "Đơn vị"),
    ("total", "Tiếp nhận, tổng số"),
    ("carried_over", "Kỳ trước chuyển qua"),
    ("online_full", "Trực tuyến toàn trình"),
    ("online_partial", "Trực tuyến một phần"),
    ("online_other", "Trực tuyến hình thức khác"),
    ("post", "Bưu chính"),
    ("counter", "Trực tiếp"),
    ("outside_boundary", "Phi địa giới"),
    ("waiting_in_time", "Chờ tiếp nhận, đúng hạn"),
    ("waiting_late", "Chờ tiếp nhận, quá hạn"),
    ("not_accepted", "Không được tiếp nhận"),
    ("settled", "Đã giải quyết, tổng số"),
    ("early", "Trước hạn"),
    ("on_time", "Đúng hạn"),
    ("late_with_apology", "Quá hạn, đã có thư xin lỗi"),
    ("late_without_apology", "Quá hạn, chưa có thư xin lỗi"),
    ("running", "Đang giải quyết, tổng số"),
    ("running_in_time", "Trong hạn"),
    ("running_late", "Quá hạn"),
    ("stopped", "Dừng xử lý"),
    ("withdrawn", "Rút hồ sơ"),
    ("paid", "Thanh toán, tổng số"),
    ("paid_online", "Thanh toán trực tuyến"),
    ("paid_direct", "Thanh toán trực tiếp"),
];

const COLUMNS_II07: Headings = &[
    ("agency", "Mã đơn vị"),
    ("agency_name", "Đơn vị"),
    ("late", "Quá hạn, tổng số"),
    ("consulted_agency", "Do cơ quan phối hợp"),
    ("own_steps", "Do cán bộ, công chức"),
    ("regulation", "Do quy định của thủ tục"),
    ("system", "Do hệ thống, đường truyền"),
    ("unexplained", "Nguyên nhân khác, chưa rõ"),
];

const COLUMNS_TT01: Headings = &[
    ("kind", "Loại"),
    ("id", "Mã"),
    ("name", "Cơ quan, cán bộ"),
    ("dossiers", "Số hồ sơ đã giải quyết"),
    ("1_total_time", "1. Tổng thời gian"),
    ("2_time_of_each", "2. Thời gian từng cơ quan"),
    ("3_contacts", "3. Số lần liên hệ"),
    ("4_agencies", "4. Số cơ quan phải liên hệ"),
    ("5_one_stop", "5. Tổ chức tại một cửa"),
    ("6_publication", "6. Công khai"),
    ("7_behaviour", "7. Thái độ"),
    ("8_petitions", "8. Tiếp thu, giải trình"),
    ("9_online_services", "9. Dịch vụ công trực tuyến"),
    ("sum", "Tổng điểm đã có"),
    ("possible", "Tối đa của phần đã có"),
    ("grade", "Xếp loại"),
];

const COLUMNS_QD766: Headings = &[
    ("agency", "Mã đơn vị"),
    ("agency_name", "Đơn vị"),
    ("group", "Nhóm"),
    ("id", "Chỉ số"),
    ("part", "Đạt"),
    ("whole", "Trên tổng số"),
    ("percent", "Tỷ lệ (%)"),
    ("threshold", "Ngưỡng (%)"),
    ("reached", "So với ngưỡng (%)"),
];

const COLUMNS_CATALOGUE: Headings = &[
    ("agency", "Mã đơn vị"),
    ("agency_name", "Đơn vị"),
    ("procedures", "Số thủ tục"),
    ("at_one_stop", "Tại một cửa"),
    ("processed_at_one_stop", "Giải quyết toàn bộ tại một cửa"),
    ("level_3", "Mức độ 3"),
    ("level_4", "Mức độ 4"),
    ("partial", "Một phần"),
    ("full", "Toàn trình"),
    ("by_post", "Qua bưu chính"),
    ("complete", "Công khai đủ bộ phận"),
    ("times_cut", "Số thời hạn được cắt giảm"),
    ("cut_min", "Cắt giảm ít nhất (%)"),
    ("cut_max", "Cắt giảm nhiều nhất (%)"),
    ("cut_mean", "Cắt giảm trung bình (%)"),
];
