//! Sample papers without a prescribed form.

use super::{EVERY_LETTER, LONGEST_NAME, LONGEST_PROCEDURE, letterhead, longest_letterhead};
use crate::{
    Block, Column, Depth, Letterhead, OfficialLetter, Orientation, Signatory, SigningState, Table,
};

/// A short letter: no title, its subject under the number.
pub fn letter() -> OfficialLetter {
    OfficialLetter {
        letterhead: Letterhead {
            parent: None,
            office: "Ủy ban nhân dân xã Đồng Văn".to_owned(),
            ..letterhead("UBND-VP", Some(12))
        },
        tracking: None,
        orientation: Orientation::Portrait,
        title: None,
        subject: Some("chấn chỉnh việc trả kết quả giải quyết hồ sơ".to_owned()),
        authority: None,
        addressees: vec!["Phòng Kinh tế".to_owned(), "Phòng Văn hóa - Xã hội".to_owned()],
        grounds: Vec::new(),
        body: vec![
            paragraph(None, "Trong tháng 01 năm 2026, hai phòng có 07 hồ sơ trả quá hạn."),
            paragraph(None, "Ủy ban nhân dân xã yêu cầu trưởng các phòng:"),
            Block::List {
                items: vec![
                    "xin lỗi người nộp hồ sơ bằng văn bản;".to_owned(),
                    "báo cáo nguyên nhân trước ngày 15 tháng 02 năm 2026.".to_owned(),
                ],
            },
            paragraph(None, "Đề nghị các phòng nghiêm túc thực hiện."),
        ],
        recipients: vec!["Như trên".to_owned(), "Lưu: VT".to_owned()],
        signatories: vec![signatory(Some("TM. Ủy ban nhân dân"), "Chủ tịch", "Nguyễn Văn Mẫu")],
        state: SigningState::Final,
    }
}

/// Minutes of an inspection with everything on them: headings, tables, lists, an annex, four who
/// sign.
pub fn inspection_minutes() -> OfficialLetter {
    let heading = |depth, text: &str| Block::Heading { depth, text: text.to_owned() };
    OfficialLetter {
        letterhead: longest_letterhead("BB-ĐKT"),
        orientation: Orientation::Portrait,
        title: Some("Biên bản".to_owned()),
        subject: Some("kiểm tra việc thực hiện cơ chế một cửa, một cửa liên thông".to_owned()),
        addressees: Vec::new(),
        grounds: vec![
            "Căn cứ Quyết định số 45/QĐ-UBND ngày 02 tháng 02 năm 2026 về việc thành lập Đoàn \
                kiểm tra."
                .to_owned(),
        ],
        body: vec![
            heading(Depth::Section, "I. THÀNH PHẦN"),
            paragraph(Some("1. Đoàn kiểm tra:"), LONGEST_NAME),
            paragraph(Some("2. Đơn vị được kiểm tra:"), "Ủy ban nhân dân xã Đồng Văn."),
            heading(Depth::Section, "II. KẾT QUẢ KIỂM TRA"),
            heading(Depth::Subsection, "1. Hồ sơ được chọn ngẫu nhiên"),
            Block::Table(selected()),
            heading(Depth::Subsection, "2. Nhận xét"),
            paragraph(None, EVERY_LETTER),
            Block::List { items: vec![LONGEST_PROCEDURE.to_owned(), "Không có.".to_owned()] },
            paragraph(None, "Biên bản được lập thành 02 bản, mỗi bên giữ 01 bản."),
        ],
        recipients: vec!["Các bên ký tên".to_owned(), "Lưu: VT, ĐKT".to_owned()],
        signatories: vec![
            signatory(None, "Đại diện đơn vị được kiểm tra", "H'Hen Niê"),
            signatory(None, "Trưởng đoàn kiểm tra", "Nguyễn Văn Mẫu"),
        ],
        ..letter()
    }
}

/// The same as a wide list in an annex, unsigned.
pub fn inspection_annex() -> OfficialLetter {
    let minutes = inspection_minutes();
    OfficialLetter {
        orientation: Orientation::Landscape,
        title: Some("Báo cáo".to_owned()),
        body: vec![
            paragraph(None, "Danh sách hồ sơ được chọn kèm theo."),
            Block::Annex { title: "Phụ lục 01: HỒ SƠ ĐƯỢC CHỌN".to_owned() },
            Block::Table(selected()),
        ],
        signatories: vec![signatory(
            Some("KT. Chủ tịch"),
            "Phó Chủ tịch\nTrưởng đoàn kiểm tra",
            "Y Blŏk Êban",
        )],
        state: SigningState::Draft,
        ..minutes
    }
}

fn selected() -> Table {
    let row = |n: u32| {
        let procedure =
            if n.is_multiple_of(4) { LONGEST_PROCEDURE } else { "Đăng ký khai sinh" };
        vec![
            format!("{n:02}"),
            format!("H60.11.06-260209-{n:04}"),
            procedure.to_owned(),
            if n.is_multiple_of(3) { "Quá hạn" } else { "Đúng hạn" }.to_owned(),
            format!("{}", 3 * n),
        ]
    };
    Table {
        caption: Some("Bảng 1. Hồ sơ được chọn".to_owned()),
        columns: vec![
            Column::narrow("STT"),
            Column::narrow("Mã hồ sơ"),
            Column::words("Thủ tục hành chính", 5),
            Column::narrow("Kết quả"),
            Column::figures("Ngày làm việc"),
        ],
        rows: (1..=18).map(row).collect(),
        total: Some(vec![
            String::new(),
            "Cộng".to_owned(),
            "18 hồ sơ".to_owned(),
            String::new(),
            "513".to_owned(),
        ]),
    }
}

fn paragraph(heading: Option<&str>, text: &str) -> Block {
    Block::Paragraph { heading: heading.map(str::to_owned), text: text.to_owned() }
}

fn signatory(on_behalf: Option<&str>, position: &str, name: &str) -> Signatory {
    Signatory {
        on_behalf: on_behalf.map(str::to_owned),
        position: position.to_owned(),
        name: name.to_owned(),
    }
}
