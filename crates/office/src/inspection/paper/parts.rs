//! What several papers show: the same claims, findings and recommendations.

use super::{Printer, day, words};
use documents::{Block, Column, Depth, Table};
use domain::inspection::checklist::{Area, DATA_FORMS, POINTS, point_of};
use domain::inspection::claim::written;
use domain::inspection::command::Evidence;
use domain::inspection::event::Basis;
use domain::inspection::files::{Belongs, Kept};
use domain::inspection::relation::Holds;
use domain::inspection::{Inspection, Reading, Verdict};
use domain::time::{Instant, local};
use jiff::civil::Date;

pub(super) fn heading(depth: Depth, text: &str) -> Block {
    Block::Heading { depth, text: text.to_owned() }
}

pub(super) fn section(text: &str) -> Block {
    heading(Depth::Section, text)
}

pub(super) fn paragraph(text: &str) -> Block {
    Block::Paragraph { heading: None, text: text.to_owned() }
}

pub(super) fn moment(at: Instant) -> String {
    local(at).strftime("%H giờ %M ngày %d/%m/%Y").to_string()
}

impl Printer<'_> {
    pub(super) fn members(&self) -> Table {
        let members = self.of.delegations.last().map(|decided| decided.what.members.clone());
        let row = |(at, member): (usize, domain::inspection::command::Member)| {
            let (name, title) = self.official(&member.official);
            vec![(at + 1).to_string(), name, title, words::role(member.role).to_owned()]
        };
        Table {
            caption: None,
            columns: vec![
                Column::narrow("TT"),
                Column::words("Họ và tên", 3),
                Column::words("Chức vụ, đơn vị", 4),
                Column::words("Nhiệm vụ", 2),
            ],
            rows: members.unwrap_or_default().into_iter().enumerate().map(row).collect(),
            total: None,
        }
    }

    fn scope(&self, scope: &[String]) -> String {
        let short = |id: &String| {
            let unit = self.office.catalogue.organisation.unit(id);
            unit.map_or_else(|| id.clone(), |u| u.short_name.clone().unwrap_or(u.name.clone()))
        };
        scope.iter().map(short).collect::<Vec<_>>().join(", ")
    }
}

/// Every claim beside the system's value; other readings of the same words below it.
pub(super) fn claims(printer: &Printer<'_>) -> Block {
    let impossible = |no: u32| {
        let judged = printer.of.judged();
        judged.iter().any(|one| one.holds == Holds::No && one.claims.contains(&no))
    };
    let mut rows = Vec::new();
    for claim in printer.of.claims() {
        for (at, reading) in claim.readings.iter().enumerate() {
            let verdict = claim.against(reading);
            let also = if at == 0 { "" } else { "– cách hiểu khác: " };
            let mut what = format!(
                "{also}{} ({})",
                words::measure(reading.measure),
                printer.scope(&reading.scope)
            );
            if at == 0 && !claim.reason.is_empty() {
                what.push_str(&format!("; lý do của đơn vị: {}", claim.reason));
            }
            let mut judged = words::verdict(verdict).to_owned();
            if at == 0 && impossible(claim.no) {
                judged.push_str("; không thể cùng đúng");
            }
            let claimed = words::amount(claim.measure, claim.claimed.hundredths);
            rows.push(vec![
                if at == 0 { claim.no.to_string() } else { String::new() },
                what,
                if at == 0 { claimed } else { String::new() },
                value(reading),
                difference(verdict),
                judged,
            ]);
        }
    }
    let columns = vec![
        Column::narrow("Số"),
        Column::words("Nội dung", 5),
        Column::figures("Báo cáo"),
        Column::figures("Hệ thống"),
        Column::figures("Chênh lệch"),
        Column::words("Đánh giá", 2),
    ];
    Block::Table(Table { caption: None, columns, rows, total: None })
}

pub(super) fn value(reading: &Reading) -> String {
    let text = reading.hundredths.map(|value| words::amount(reading.measure, value));
    let text = text.unwrap_or_else(|| "–".to_owned());
    match reading.share {
        Some((part, whole)) => format!("{text}\n({part}/{whole})"),
        None => text,
    }
}

pub(super) fn difference(verdict: Verdict) -> String {
    match verdict {
        Verdict::Confirmed => "0".to_owned(),
        Verdict::NotRecorded => "–".to_owned(),
        Verdict::Different(by) => {
            let sign = if by > 0 { "+" } else { "−" };
            format!("{sign}{}", written(by.unsigned_abs()))
        }
    }
}

/// Claims that cannot all be true.
pub(super) fn contradictions(of: &Inspection) -> Vec<Block> {
    let broken: Vec<String> = of
        .judged()
        .into_iter()
        .filter(|one| one.holds == Holds::No)
        .map(|one| {
            let numbers: Vec<String> = one.claims.iter().map(u32::to_string).collect();
            format!("Số liệu {} không thể cùng đúng: {}.", numbers.join(", "), one.sum)
        })
        .collect();
    match broken.is_empty() {
        true => Vec::new(),
        false => vec![Block::List { items: broken }],
    }
}

/// From what the system's values were computed.
pub(super) fn basis(of: &Inspection) -> Option<Block> {
    of.reports.last().map(|report| basis_of(&report.what.basis))
}

/// The same of one report.
pub(super) fn basis_of(basis: &Basis) -> Block {
    paragraph(&format!(
        "Số liệu của hệ thống tính tại {}, từ {} mục của nhật ký, mã gốc {}.",
        moment(basis.as_of),
        basis.size,
        basis.root
    ))
}

/// The findings by area, each with its evidence and the agency's answer.
pub(super) fn findings(printer: &Printer<'_>) -> Vec<Block> {
    let mut body = Vec::new();
    for area in Area::ALL {
        let theirs = printer.of.findings.iter().filter(|f| f.found.what.area == area.name());
        let items: Vec<String> = theirs.map(|finding| line(printer, finding)).collect();
        if !items.is_empty() {
            let title = format!("{}. {}:", area.name(), area.text());
            body.push(Block::Paragraph { heading: Some(title), text: String::new() });
            body.push(Block::List { items });
        }
    }
    if body.is_empty() {
        body.push(paragraph("Đoàn không ghi phát hiện nào."));
    }
    body
}

fn line(printer: &Printer<'_>, finding: &domain::inspection::Finding) -> String {
    let found = &finding.found.what;
    let mut text = format!(
        "{}, {}: {} (tiêu chí: {})",
        words::severity(found.severity),
        printer.unit(&found.unit),
        found.text.trim_end_matches('.'),
        found.criterion
    );
    let evidence: Vec<String> = found.evidence.iter().map(proof).collect();
    if !evidence.is_empty() {
        text.push_str(&format!(". Bằng chứng: {}", evidence.join("; ")));
    }
    if !found.reminder.is_empty() {
        text.push_str(&format!(". Nhắc nhở tại chỗ: {}", found.reminder.trim_end_matches('.')));
    }
    if let Some(answer) = &finding.answer {
        let told = answer.what.text.trim_end_matches('.');
        text.push_str(&format!(". Đơn vị giải trình: {told}"));
        let files: Vec<&str> = answer.what.files.iter().map(|file| file.name.as_str()).collect();
        if !files.is_empty() {
            text.push_str(&format!(" (kèm tệp {})", files.join("; ")));
        }
    }
    text.push('.');
    text
}

fn proof(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Claim { no } => format!("số liệu {no}"),
        Evidence::Dossier { code } => format!("hồ sơ {code}"),
        Evidence::Seen { what } => what.clone(),
        Evidence::File { file } => format!("tệp {}", file.name),
    }
}

/// The files that reports, findings and answers name; none comes after the minutes.
pub(super) fn evidence_files(of: &Inspection) -> Vec<Block> {
    let follows = |kept: &Kept<'_>| matches!(kept.belongs, Belongs::FollowUp(_));
    files(&of.files().into_iter().filter(|kept| !follows(kept)).collect::<Vec<_>>())
}

/// The files that prove what was done about recommendations.
pub(super) fn proof_files(of: &Inspection) -> Vec<Block> {
    let follows = |kept: &Kept<'_>| matches!(kept.belongs, Belongs::FollowUp(_));
    files(&of.files().into_iter().filter(follows).collect::<Vec<_>>())
}

/// Each file with the hash of its bytes; nothing without files.
fn files(kept: &[Kept<'_>]) -> Vec<Block> {
    if kept.is_empty() {
        return Vec::new();
    }
    let line = |kept: &Kept<'_>| {
        let file = kept.file;
        format!(
            "{} ({}, {} byte; {}; {} gửi {}). SHA-256: {}",
            file.name,
            file.media_type,
            words::grouped(file.size_bytes),
            words::belongs(&kept.belongs),
            kept.by,
            moment(kept.at),
            file.hash
        )
    };
    vec![
        section("DANH MỤC TỆP KÈM THEO"),
        paragraph(
            "Mỗi tệp được giữ theo giá trị băm SHA-256 của nội dung; tệp có giá trị băm khác là \
             tệp khác.",
        ),
        Block::List { items: kept.iter().map(line).collect() },
    ]
}

pub(super) fn recommendations(printer: &Printer<'_>) -> Block {
    let row = |one: &domain::inspection::Recommendation| {
        vec![
            one.no.to_string(),
            printer.unit(&one.what.addressee),
            one.what.text.clone(),
            one.what.legal_basis.clone(),
            day(one.first_due_on),
        ]
    };
    let columns = vec![
        Column::narrow("TT"),
        Column::words("Đơn vị", 2),
        Column::words("Nội dung", 4),
        Column::words("Căn cứ", 2),
        Column::narrow("Thời hạn"),
    ];
    let rows = printer.of.recommendations.iter().map(row).collect();
    Block::Table(Table { caption: None, columns, rows, total: None })
}

pub(super) fn follow_up(printer: &Printer<'_>, today: Date) -> Block {
    let row = |one: &domain::inspection::Recommendation| {
        let status = match one.is_overdue(today) {
            true => format!("{}; QUÁ HẠN", words::status(one.status)),
            false => words::status(one.status).to_owned(),
        };
        vec![
            one.no.to_string(),
            printer.unit(&one.what.addressee),
            one.what.text.clone(),
            day(one.what.due_on),
            status,
        ]
    };
    let columns = vec![
        Column::narrow("TT"),
        Column::words("Đơn vị", 2),
        Column::words("Nội dung", 4),
        Column::narrow("Thời hạn"),
        Column::words("Tình trạng", 2),
    ];
    let rows = printer.of.recommendations.iter().map(row).collect();
    Block::Table(Table { caption: None, columns, rows, total: None })
}

pub(super) fn sample(of: &Inspection, number: &str, code: &str) -> Vec<Block> {
    let (Some(fixed), Some(drawn)) = (&of.population, &of.sample) else { return Vec::new() };
    vec![
        section(&format!("{number}. MẪU HỒ SƠ")),
        paragraph(&format!(
            "Tổng thể: {} hồ sơ, chốt ở {} mục nhật ký. Mẫu: {} hồ sơ, rút theo hạt giống {}. \
             Hạt giống là giá trị băm của bản xác nhận ở {} mục, chưa ai biết khi chốt tổng thể. \
             Ai cũng rút lại được: motcua inspect sample {code}.",
            fixed.what.dossiers,
            fixed.what.ledger_size,
            drawn.what.codes.len(),
            drawn.what.seed,
            drawn.what.checkpoint_size
        )),
        paragraph(&drawn.what.codes.join(", ")),
    ]
}

pub(super) fn checks(printer: &Printer<'_>) -> Block {
    let order = |id: &str| POINTS.iter().position(|point| point.id == id);
    let mut marked: Vec<_> = printer.of.checks.iter().collect();
    marked.sort_by_key(|one| (one.what.unit.clone(), order(&one.what.point)));
    if marked.is_empty() {
        return paragraph("Chưa chấm điểm nào.");
    }
    let row = |one: &&domain::inspection::Stamped<domain::inspection::event::Checked>| {
        let point = point_of(&one.what.point).map(|point| point.text).unwrap_or_default();
        vec![
            one.what.point.clone(),
            format!("{point} ({})", printer.unit(&one.what.unit)),
            words::mark(one.what.mark).to_owned(),
            one.what.note.clone(),
        ]
    };
    let columns = vec![
        Column::narrow("Mục"),
        Column::words("Nội dung", 5),
        Column::words("Kết quả", 2),
        Column::words("Ghi chú", 3),
    ];
    let rows = marked.iter().map(row).collect();
    Block::Table(Table { caption: None, columns, rows, total: None })
}

/// The outline: every area with its points.
pub(super) fn outline_sections() -> Vec<Block> {
    let mut body = Vec::new();
    for area in Area::ALL {
        let title = format!("{}. {}", area.name(), area.text());
        body.push(heading(Depth::Subsection, &title));
        let points = POINTS.iter().filter(|point| point.area == area);
        body.push(Block::List { items: points.map(|point| format!("{};", point.text)).collect() });
    }
    body
}

pub(super) fn data_forms(asked: &[String]) -> Vec<String> {
    let known = DATA_FORMS.iter().filter(|(name, _)| asked.iter().any(|one| one == name));
    known.map(|(name, text)| format!("{name}: {text}")).collect()
}
