//! The data forms as the agencies handed them in, printed as an annex of the minutes: their values
//! beside the record's, the dossiers that BM3 and BM4 list, and their answers.

use super::parts::{basis_of, difference, heading, paragraph, section, value};
use super::{DELEGATION, Printer, day, words};
use documents::{Block, Column, Depth, OfficialLetter, Table};
use domain::inspection::checklist::{DATA_FORMS, point_of};
use domain::inspection::event::Reported;
use domain::inspection::listed::{LISTING, Listed};
use domain::inspection::{Claim, Inspection, Stamped};
use domain::time::{Instant, local};

/// The reports that agencies made themselves; what the delegation cites is not among them.
pub(super) fn handed_in(of: &Inspection) -> impl Iterator<Item = &Stamped<Reported>> {
    of.reports.iter().filter(|report| !report.what.unit.is_empty())
}

impl Printer<'_> {
    pub(super) fn annex(&self) -> Option<OfficialLetter> {
        let last = handed_in(self.of).last()?;
        let mut body = Vec::new();
        for (number, report) in ROMAN.into_iter().zip(handed_in(self.of)) {
            let title = format!("{number}. {}", self.unit(&report.what.unit));
            body.push(section(&title.to_uppercase()));
            body.extend(self.forms(report));
        }
        Some(OfficialLetter {
            title: Some("Phụ lục".to_owned()),
            body,
            signatories: vec![self.lead()],
            ..self.letter(DELEGATION, "PL-ĐKT", last.at, "biểu số liệu do đơn vị báo cáo")
        })
    }

    fn forms(&self, report: &Stamped<Reported>) -> Vec<Block> {
        let what = &report.what;
        let source = what.source.trim_end_matches('.');
        let mut body = vec![
            paragraph(&format!("Nguồn: {source}; gửi {}.", super::parts::moment(report.at))),
            Block::Table(values(&what.claims)),
            basis_of(&what.basis),
        ];
        for form in LISTING {
            let theirs: Vec<&Listed> = what.listed.iter().filter(|one| one.form == form).collect();
            if !theirs.is_empty() {
                let about = DATA_FORMS.iter().find(|(name, _)| *name == form);
                let about = about.map_or(String::new(), |(_, text)| format!(": {text}"));
                body.push(heading(Depth::Subsection, &format!("{form}{about}")));
                body.push(Block::Table(self.listed(&theirs)));
            }
        }
        for (name, text) in &what.answers {
            let asked = point_of(name).map_or(name.as_str(), |point| point.text);
            body.push(Block::Paragraph { heading: Some(format!("{asked}:")), text: text.clone() });
        }
        body
    }

    fn listed(&self, theirs: &[&Listed]) -> Table {
        let row = |one: &&Listed| {
            let procedure = self.office.catalogue.procedure(&one.procedure);
            let name = procedure.map_or(one.procedure.as_str(), |known| known.name.as_str());
            let said = match (one.remark.as_str(), one.recorded.as_str()) {
                ("", "") => String::new(),
                ("", recorded) => format!("{} (theo thư xin lỗi)", recorded.trim_end_matches('.')),
                (remark, _) => remark.to_owned(),
            };
            vec![format!("{}\n{name}", one.dossier), course(one), said]
        };
        Table {
            caption: None,
            columns: vec![
                Column::words("Hồ sơ, thủ tục", 5),
                Column::words("Theo hệ thống", 4),
                Column::words("Lý do, ý kiến của đơn vị", 3),
            ],
            rows: theirs.iter().map(row).collect(),
            total: None,
        }
    }
}

/// Numbers of sections: more agencies than these are not inspected at once.
const ROMAN: [&str; 12] =
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// The values of BM1 to BM4.
fn values(claims: &[Claim]) -> Table {
    let row = |claim: &Claim| {
        let reading = claim.readings.first();
        vec![
            claim.measure.data_form().to_owned(),
            words::measure(claim.measure).to_owned(),
            words::amount(claim.measure, claim.claimed.hundredths),
            reading.map_or_else(|| "–".to_owned(), value),
            difference(claim.verdict()),
            claim.reason.clone(),
        ]
    };
    Table {
        caption: None,
        columns: vec![
            Column::narrow("Biểu"),
            Column::words("Nội dung", 4),
            Column::figures("Đơn vị báo cáo"),
            Column::figures("Hệ thống"),
            Column::figures("Chênh lệch"),
            Column::words("Lý do của đơn vị", 3),
        ],
        rows: claims.iter().map(row).collect(),
        total: None,
    }
}

/// A dossier's course in words: in which values it is counted, and its days.
fn course(one: &Listed) -> String {
    let counted: Vec<&str> = one.counted_in.iter().map(|known| words::measure(*known)).collect();
    let mut told = vec![counted.join(", ")];
    let on =
        |what: &str, at: Option<Instant>| at.map(|at| format!("{what} {}", day(local(at).date())));
    told.extend(on("tiếp nhận", one.received_at));
    told.extend(on("hẹn trả", one.due_at));
    told.extend(on("kết thúc", one.ended_at));
    if one.apologies > 0 {
        told.push(format!("{} thư xin lỗi", one.apologies));
    }
    if one.rounds > 0 {
        told.push(format!("{} lần yêu cầu bổ sung", one.rounds));
    }
    told.join("; ")
}
