//! The synthesis of a year's inspections (báo cáo tổng hợp): what was found, what was recommended,
//! what became of it. Nobody has signed it yet, so it is printed as a draft for signature.

use super::{Printer, day, paragraph, section, words};
use crate::error::ActError;
use crate::inspection::InspectionView;
use crate::office::Office;
use documents::{Block, Column, Form, OfficialLetter, SigningState, Table};
use domain::dossier::Actor;
use domain::inspection::checklist::Area;
use domain::inspection::command::Severity;
use domain::inspection::{Inspection, Status, Totals};
use jiff::civil::Date;

impl Office {
    /// The synthesis of a year, over the inspections that this actor may see.
    ///
    /// # Errors
    /// [`ActError::NotFound`] when there is none of that year.
    pub async fn inspection_synthesis(
        &self,
        actor: &Actor,
        year: i16,
    ) -> Result<Vec<u8>, ActError> {
        let mut all = self.inspections(actor).await?;
        all.retain(|view| view.inspection.plan.year == year);
        all.sort_by(|a, b| a.code.cmp(&b.code));
        let first = all.first().ok_or(ActError::NotFound)?;
        let printer = Printer { office: self, code: &first.code, of: &first.inspection };
        let letter = printer.synthesis(year, &all, self.today());
        self.set(Form::OfficialLetter(letter)).await
    }
}

impl Printer<'_> {
    fn synthesis(&self, year: i16, all: &[InspectionView], today: Date) -> OfficialLetter {
        let totals = Totals::of(all.iter().map(|view| &view.inspection), today);
        let mut body = vec![section("I. KẾT QUẢ CHUNG"), in_numbers(&totals, today)];
        body.push(section("II. CÁC CUỘC KIỂM TRA"));
        body.push(self.each(all, today));
        body.push(section("III. PHÁT HIỆN THEO LĨNH VỰC"));
        body.push(by_area(all));
        body.push(section("IV. KIẾN NGHỊ CHƯA ĐÓNG"));
        body.push(self.still_open(all, today));
        let now = self.office.clock.now();
        let subject = format!("tổng hợp kết quả kiểm tra cải cách hành chính năm {year}");
        OfficialLetter {
            title: Some("Báo cáo".to_owned()),
            body,
            recipients: vec!["Ủy ban nhân dân tỉnh".to_owned(), "Lưu: VT".to_owned()],
            state: SigningState::Draft,
            ..self.letter(&self.province(), "BC-UBND", now, &subject)
        }
    }

    fn each(&self, all: &[InspectionView], today: Date) -> Block {
        let row = |view: &InspectionView| {
            let of = &view.inspection;
            let units: Vec<String> = of.plan.units.iter().map(|unit| self.unit(unit)).collect();
            let totals = Totals::of([of], today);
            vec![
                view.code.clone(),
                units.join("; "),
                words::form(of.plan.form).to_owned(),
                words::stage(of.stage()).to_owned(),
                format!("{}/{}", totals.different, totals.claims),
                totals.grave.to_string(),
                format!("{}/{}", totals.verified, totals.recommendations),
            ]
        };
        let columns = vec![
            Column::narrow("Mã"),
            Column::words("Đơn vị", 3),
            Column::words("Hình thức", 2),
            Column::words("Tình trạng", 2),
            Column::figures("Số liệu khác / đối chiếu"),
            Column::figures("Tồn tại, vi phạm"),
            Column::figures("Kiến nghị đã đóng / tổng"),
        ];
        table(columns, all.iter().map(row).collect())
    }

    fn still_open(&self, all: &[InspectionView], today: Date) -> Block {
        let mut rows = Vec::new();
        for view in all {
            let of = &view.inspection.recommendations;
            for one in of.iter().filter(|one| one.status != Status::Verified) {
                let overdue = if one.is_overdue(today) { "; QUÁ HẠN" } else { "" };
                rows.push(vec![
                    format!("{} ({})", view.code, one.no),
                    self.unit(&one.what.addressee),
                    one.what.text.clone(),
                    day(one.what.due_on),
                    format!("{}{overdue}", words::status(one.status)),
                ]);
            }
        }
        if rows.is_empty() {
            return paragraph("Không còn kiến nghị nào chưa đóng.");
        }
        let columns = vec![
            Column::narrow("Cuộc (số)"),
            Column::words("Đơn vị", 2),
            Column::words("Nội dung", 4),
            Column::narrow("Thời hạn"),
            Column::words("Tình trạng", 2),
        ];
        table(columns, rows)
    }
}

/// The year in numbers, a line each.
fn in_numbers(totals: &Totals, today: Date) -> Block {
    let items = vec![
        format!("Tính đến ngày {}.", day(today)),
        format!("{} cuộc kiểm tra, {} cuộc đã kết luận.", totals.planned, totals.concluded),
        format!(
            "{} số liệu được đối chiếu với hệ thống, {} số liệu khác, {} phép tính không thể đúng.",
            totals.claims, totals.different, totals.impossible
        ),
        format!("{} việc làm tốt; {} tồn tại, vi phạm.", totals.good, totals.grave),
        format!(
            "{} kiến nghị, {} đã xác minh khắc phục, {} quá hạn.",
            totals.recommendations, totals.verified, totals.overdue
        ),
    ];
    Block::List { items }
}

/// How many findings of each severity an area has.
fn by_area(all: &[InspectionView]) -> Block {
    let findings = |of: &Inspection, area: Area, severity: Severity| {
        let found = of.findings.iter().map(|finding| &finding.found.what);
        found.filter(|found| found.area == area.name() && found.severity == severity).count()
    };
    let row = |area: Area| {
        let mut cells = vec![area.name().to_owned(), area.text().to_owned()];
        for severity in Severity::ALL {
            let counts = all.iter().map(|view| findings(&view.inspection, area, severity));
            cells.push(counts.sum::<usize>().to_string());
        }
        cells
    };
    let mut columns = vec![Column::narrow("Mục"), Column::words("Lĩnh vực", 4)];
    columns.extend(Severity::ALL.map(|severity| Column::figures(words::severity(severity))));
    table(columns, Area::ALL.map(row).to_vec())
}

fn table(columns: Vec<Column>, rows: Vec<Vec<String>>) -> Block {
    Block::Table(Table { caption: None, columns, rows, total: None })
}
