//! Sample forms: the ordinary case and the hardest one of each.
//!
//! Tests render them, an overridden template must survive them, and whoever rewords a template
//! sees it filled with them. All people are invented.

pub mod course;
pub mod letters;
mod matrix;

pub use matrix::{People, Sample, matrix};

use jiff::{Timestamp, civil};

use crate::{
    Applicant, Article, Component, ComponentKind, ControlSlip, DocumentNumber, DueExplained, Fee,
    Form, HandOver, Letterhead, Payment, Procedure, Receipt, ReceiptCopy, Refusal, RegisterEntry,
    ResultDraft, ReturnChannel, RuleProfile, Signatory, SigningState, StepResult, SupplementItem,
    SupplementRequest, Tracking,
};

/// Every letter of Vietnamese that carries a mark.
pub const EVERY_LETTER: &str = "Àà Ảả Ãã Áá Ạạ Ăă Ằằ Ẳẳ Ẵẵ Ắắ Ặặ Ââ Ầầ Ẩẩ Ẫẫ Ấấ Ậậ Đđ Èè Ẻẻ Ẽẽ \
    Éé Ẹẹ Êê Ềề Ểể Ễễ Ếế Ệệ Ìì Ỉỉ Ĩĩ Íí Ịị Òò Ỏỏ Õõ Óó Ọọ Ôô Ồồ Ổổ Ỗỗ Ốố Ộộ Ơơ Ờờ Ởở Ỡỡ Ớớ Ợợ \
    Ùù Ủủ Ũũ Úú Ụụ Ưư Ừừ Ửử Ữữ Ứứ Ựự Ỳỳ Ỷỷ Ỹỹ Ýý Ỵỵ";

/// A name of a hundred characters, such as some registers hold.
pub const LONGEST_NAME: &str = "Công ty trách nhiệm hữu hạn hai thành viên trở lên Thương mại, \
    Vận tải và Đầu tư Xây dựng Thượng Lĩnh";

/// A procedure's name of some three hundred characters.
pub const LONGEST_PROCEDURE: &str = "Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp \
    IV (Công trình không theo tuyến/Theo tuyến trong đô thị/Tín ngưỡng, tôn giáo/Tượng đài, tranh \
    hoành tráng/Theo giai đoạn cho công trình không theo tuyến/Theo giai đoạn cho công trình theo \
    tuyến trong đô thị/Dự án) và nhà ở riêng lẻ";

/// Every sample with its name.
pub fn named() -> Vec<(&'static str, Form)> {
    vec![
        ("receipt", Form::Receipt(receipt())),
        ("receipt-longest", Form::Receipt(longest_receipt())),
        ("supplement-request", Form::SupplementRequest(supplement_request())),
        ("supplement-request-longest", Form::SupplementRequest(longest_supplement_request())),
        ("refusal", Form::Refusal(refusal())),
        ("refusal-longest", Form::Refusal(longest_refusal())),
        ("result-draft", Form::ResultDraft(result_draft())),
        ("result-final", Form::ResultDraft(longest_result())),
        ("control-slip", Form::ControlSlip(control_slip())),
        ("control-slip-longest", Form::ControlSlip(longest_control_slip())),
        ("apology", Form::Apology(course::apology())),
        ("apology-longest", Form::Apology(course::longest_apology())),
        ("stop-notice", Form::StopNotice(course::stop_notice())),
        ("stop-notice-longest", Form::StopNotice(course::longest_stop_notice())),
        ("register", Form::Register(course::register())),
        ("register-longest", Form::Register(course::longest_register())),
        ("register-empty", Form::Register(course::empty_register())),
        ("postal-hand-over", Form::PostalHandOver(course::postal_hand_over())),
        ("postal-hand-over-longest", Form::PostalHandOver(course::longest_postal_hand_over())),
        ("rating-slip", Form::RatingSlip(course::rating_slip())),
        ("rating-slip-longest", Form::RatingSlip(course::longest_rating_slip())),
        ("result-letter", Form::ResultLetter(course::result_letter())),
        ("result-letter-longest", Form::ResultLetter(course::longest_result_letter())),
        ("letter", Form::OfficialLetter(letters::letter())),
        ("inspection-minutes-longest", Form::OfficialLetter(letters::inspection_minutes())),
        ("inspection-annex-longest", Form::OfficialLetter(letters::inspection_annex())),
    ]
}

/// Every sample.
pub fn all() -> Vec<Form> {
    named().into_iter().map(|(_, form)| form).collect()
}

/// An ordinary receipt on one page.
pub fn receipt() -> Receipt {
    let kinds = [ComponentKind::Original, ComponentKind::CertifiedCopy, ComponentKind::Electronic];
    let names = [
        "Đơn đề nghị cấp giấy phép xây dựng",
        "Giấy chứng nhận quyền sử dụng đất",
        "Bản vẽ thiết kế xây dựng công trình",
    ];
    let components = names
        .iter()
        .zip(kinds)
        .map(|(name, kind)| Component { name: (*name).to_owned(), kind, count: 1 })
        .collect();
    Receipt {
        letterhead: letterhead("TNHS", Some(7)),
        tracking: tracking(),
        lookup_secret: Some("K7P2-M4XD".to_owned()),
        copy: ReceiptCopy::Applicant,
        reception_point: "Trung tâm Phục vụ hành chính công xã Đồng Văn".to_owned(),
        applicant: applicant(),
        procedure: procedure(),
        components,
        sets: 1,
        time_promised: "15 ngày làm việc".to_owned(),
        time_by_law: Some("20 ngày làm việc".to_owned()),
        received_at: at("2026-02-09T01:35:00Z"),
        due_at: at("2026-03-09T09:45:00Z"),
        return_channel: ReturnChannel::Counter {
            place: "Quầy số 03, Trung tâm Phục vụ hành chính công xã Đồng Văn".to_owned(),
        },
        fees: vec![Fee {
            name: "Lệ phí cấp giấy phép xây dựng".to_owned(),
            amount: 75_000,
            payment: Payment::Paid { receipt_number: Some("0001234".to_owned()) },
        }],
        register: Some(RegisterEntry { volume: "01".to_owned(), ordinal: 7 }),
        received_by: "Vàng Thị Mẫu".to_owned(),
        hotline: Some("1900 0000".to_owned()),
        evaluation_url: Some("https://motcua.example.vn/danh-gia".to_owned()),
        due_explained: Vec::new(),
        proof: None,
    }
}

/// The longest names, twenty-five papers and the explanation of the due date.
pub fn longest_receipt() -> Receipt {
    let components = (1..=25)
        .map(|n| Component {
            name: match n % 5 {
                0 => format!("Giấy tờ số {n} về {}", LONGEST_PROCEDURE),
                1 => "Tờ khai".to_owned(),
                _ => format!("Văn bản số {n} chứng minh sự phù hợp về kiến trúc, quy hoạch"),
            },
            kind: match n % 4 {
                0 => ComponentKind::Original,
                1 => ComponentKind::CertifiedCopy,
                2 => ComponentKind::Copy,
                _ => ComponentKind::Electronic,
            },
            count: n,
        })
        .collect();
    let explained = [
        "Thời hạn giải quyết: 15 ngày làm việc (Quyết định công bố thủ tục hành chính).",
        "Ngày bắt đầu tính: 10/02/2026, ngày làm việc liền sau ngày tiếp nhận.",
        "Không tính: 5 ngày thứ bảy, chủ nhật và 5 ngày nghỉ Tết Nguyên đán (16/02 – 20/02/2026).",
        "Ngày làm việc thứ 15: 09/03/2026; trả trước khi hết giờ làm việc, 16 giờ 45 phút.",
    ];
    Receipt {
        applicant: longest_applicant(),
        procedure: longest_procedure(),
        letterhead: longest_letterhead("TNHS"),
        copy: ReceiptCopy::Both,
        components,
        sets: 12,
        return_channel: ReturnChannel::Post { address: LONGEST_ADDRESS.to_owned() },
        fees: vec![
            Fee {
                name: "Phí thẩm định".into(), amount: 12_500_000, payment: Payment::Unpaid
            },
            Fee {
                name: "Lệ phí".into(),
                amount: 75_000,
                payment: Payment::Paid { receipt_number: None },
            },
        ],
        received_by: "Y Blŏk Êban".to_owned(),
        due_explained: vec![DueExplained {
            title: "Ngày hẹn trả kết quả".to_owned(),
            at: at("2026-03-09T09:45:00Z"),
            lines: explained.map(str::to_owned).to_vec(),
        }],
        ..receipt()
    }
}

/// An ordinary request for supplements.
pub fn supplement_request() -> SupplementRequest {
    SupplementRequest {
        letterhead: letterhead("HDHS", Some(3)),
        tracking: Some(tracking()),
        applicant: applicant(),
        procedure: procedure(),
        ordinal: 1,
        items: vec![
            SupplementItem {
                content: "Giấy chứng nhận quyền sử dụng đất: nộp bản sao có chứng thực".to_owned(),
                originals: 0,
                certified_copies: 1,
                copies: 0,
            },
            SupplementItem {
                content: "Bản vẽ mặt bằng móng: bổ sung chữ ký của người thiết kế".to_owned(),
                originals: 2,
                certified_copies: 0,
                copies: 1,
            },
        ],
        reason: "Hồ sơ chưa đủ thành phần theo quy định của thủ tục hành chính đã công bố."
            .to_owned(),
        due_on: Some(civil::date(2026, 3, 2)),
        contact: "bà Vàng Thị Mẫu, Trung tâm Phục vụ hành chính công xã Đồng Văn".to_owned(),
        contact_phone: Some("0219 000 0000".to_owned()),
        guided_by: "Vàng Thị Mẫu".to_owned(),
    }
}

/// A request with the longest texts, over several pages.
pub fn longest_supplement_request() -> SupplementRequest {
    let item = |n: u32| SupplementItem {
        content: format!("{n}) {LONGEST_PROCEDURE}"),
        originals: n,
        certified_copies: n % 2,
        copies: n % 3,
    };
    SupplementRequest {
        letterhead: longest_letterhead("HDHS"),
        tracking: None,
        applicant: longest_applicant(),
        procedure: longest_procedure(),
        ordinal: 2,
        items: (1..=9).map(item).collect(),
        reason: format!("{LONGEST_PROCEDURE}. {EVERY_LETTER}"),
        contact_phone: None,
        guided_by: "H'Hen Niê".to_owned(),
        ..supplement_request()
    }
}

/// An ordinary refusal, before the dossier had a code.
pub fn refusal() -> Refusal {
    Refusal {
        letterhead: letterhead("TCHS", Some(1)),
        tracking: None,
        applicant: applicant(),
        procedure: procedure(),
        refused_by: "Trung tâm Phục vụ hành chính công xã Đồng Văn".to_owned(),
        reason: "Thủ tục không thuộc thẩm quyền giải quyết của Ủy ban nhân dân xã; đề nghị nộp \
            hồ sơ tại Sở Xây dựng."
            .to_owned(),
        legal_basis: Some("điểm b khoản 1 Điều 17 Nghị định số 61/2018/NĐ-CP".to_owned()),
        received_by: "Vàng Thị Mẫu".to_owned(),
    }
}

/// A refusal with the longest texts.
pub fn longest_refusal() -> Refusal {
    Refusal {
        letterhead: longest_letterhead("TCHS"),
        tracking: Some(tracking()),
        applicant: longest_applicant(),
        procedure: longest_procedure(),
        reason: [LONGEST_PROCEDURE, EVERY_LETTER, LONGEST_NAME].join(".\n"),
        ..refusal()
    }
}

/// An unsigned decision.
pub fn result_draft() -> ResultDraft {
    let article =
        |heading: &str, text: &str| Article { heading: Some(heading.into()), text: text.into() };
    ResultDraft {
        letterhead: Letterhead {
            parent: None,
            office: "Ủy ban nhân dân xã Đồng Văn".to_owned(),
            ..letterhead("QĐ-UBND", None)
        },
        tracking: None,
        title: "Quyết định".to_owned(),
        subject: Some("Về việc cấp giấy phép xây dựng nhà ở riêng lẻ".to_owned()),
        authority: Some("Chủ tịch Ủy ban nhân dân xã Đồng Văn".to_owned()),
        grounds: vec![
            "Căn cứ Luật Tổ chức chính quyền địa phương;".to_owned(),
            "Căn cứ Luật Xây dựng;".to_owned(),
            "Theo đề nghị của Trưởng phòng Kinh tế.".to_owned(),
        ],
        body: vec![
            article("Điều 1.", "Cấp giấy phép xây dựng nhà ở riêng lẻ cho bà Sùng Thị Mẫu."),
            article("Điều 2.", "Chủ đầu tư khởi công trong thời hạn 12 tháng kể từ ngày ký."),
            article("Điều 3.", "Quyết định này có hiệu lực kể từ ngày ký."),
        ],
        recipients: vec![
            "Như Điều 3".to_owned(),
            "Trung tâm Phục vụ hành chính công xã".to_owned(),
            "Lưu: VT, KT".to_owned(),
        ],
        signatory: Signatory {
            on_behalf: None,
            position: "Chủ tịch".to_owned(),
            name: "Nguyễn Văn Mẫu".to_owned(),
        },
        state: SigningState::Draft,
    }
}

/// A final text of several pages with a QR code.
pub fn longest_result() -> ResultDraft {
    let paragraph = |n: usize| Article {
        heading: n.is_multiple_of(3).then(|| format!("{}.", n / 3 + 1)),
        text: format!("{LONGEST_PROCEDURE}. {LONGEST_NAME}. {EVERY_LETTER}."),
    };
    ResultDraft {
        letterhead: longest_letterhead("GPXD"),
        tracking: Some(tracking()),
        title: "Giấy phép xây dựng".to_owned(),
        subject: Some(LONGEST_PROCEDURE.to_owned()),
        authority: None,
        body: (0..9).map(paragraph).collect(),
        recipients: vec![LONGEST_NAME.to_owned(), "Lưu: VT, KT".to_owned()],
        signatory: Signatory {
            on_behalf: Some("TM. Ủy ban nhân dân".to_owned()),
            position: "KT. Chủ tịch\nPhó Chủ tịch".to_owned(),
            name: "Y Blŏk Êban".to_owned(),
        },
        state: SigningState::Final,
        ..result_draft()
    }
}

/// An ordinary control slip.
pub fn control_slip() -> ControlSlip {
    let counter = "Trung tâm Phục vụ hành chính công xã Đồng Văn";
    let office = "Phòng Kinh tế";
    let step = |from: &str, to: &str, when: &str, result, note: Option<&str>| HandOver {
        from_unit: from.to_owned(),
        from_person: Some("Vàng Thị Mẫu".to_owned()),
        to_unit: to.to_owned(),
        to_person: Some("H'Hen Niê".to_owned()),
        at: at(when),
        step_due_at: Some(at("2026-03-09T09:45:00Z")),
        result,
        paper_documents: 3,
        note: note.map(str::to_owned),
    };
    let late = Some("Chờ ý kiến phối hợp của Công an xã");
    ControlSlip {
        letterhead: letterhead("KSHS", Some(7)),
        tracking: tracking(),
        settling_unit: "Phòng Kinh tế xã Đồng Văn".to_owned(),
        coordinating_units: vec!["Công an xã Đồng Văn".to_owned()],
        applicant_name: "Sùng Thị Mẫu".to_owned(),
        procedure: procedure(),
        received_at: at("2026-02-09T01:35:00Z"),
        due_at: at("2026-03-09T09:45:00Z"),
        hand_overs: vec![
            step(counter, office, "2026-02-09T03:00:00Z", Some(StepResult::OnTime), None),
            step(office, counter, "2026-03-10T03:00:00Z", Some(StepResult::Late), late),
        ],
    }
}

/// A control slip of twenty-five hand-overs.
pub fn longest_control_slip() -> ControlSlip {
    let ordinary = control_slip();
    let long = |n: usize| HandOver {
        to_unit: LONGEST_NAME.to_owned(),
        to_person: Some("Y Blŏk Êban".to_owned()),
        result: [None, Some(StepResult::Early), Some(StepResult::Late)][n % 3],
        note: n.is_multiple_of(4).then(|| LONGEST_PROCEDURE.to_owned()),
        ..ordinary.hand_overs[n % 2].clone()
    };
    ControlSlip {
        letterhead: longest_letterhead("KSHS"),
        applicant_name: LONGEST_NAME.to_owned(),
        coordinating_units: vec![LONGEST_NAME.to_owned(); 3],
        procedure: longest_procedure(),
        hand_overs: (0..25).map(long).collect(),
        ..control_slip()
    }
}

const LONGEST_ADDRESS: &str = "Số nhà 123/45/6, ngõ 78, đường Nguyễn Thị Minh Khai, tổ dân phố \
    số 9, thôn Khuổi Khoang, xã Thượng Nông, tỉnh Tuyên Quang, Cộng hòa xã hội chủ nghĩa Việt Nam";

fn letterhead(suffix: &str, ordinal: Option<u32>) -> Letterhead {
    Letterhead {
        parent: Some("Ủy ban nhân dân xã Đồng Văn".to_owned()),
        office: "Trung tâm Phục vụ hành chính công".to_owned(),
        number: DocumentNumber { ordinal, suffix: suffix.to_owned() },
        place: "Đồng Văn".to_owned(),
        issued_at: at("2026-02-09T01:35:00Z"),
        rules: RuleProfile::R2026,
    }
}

fn longest_letterhead(suffix: &str) -> Letterhead {
    Letterhead {
        parent: Some("Ủy ban nhân dân tỉnh Tuyên Quang".to_owned()),
        office: "Bộ phận Tiếp nhận và Trả kết quả Ban Quản lý các khu công nghiệp".to_owned(),
        number: DocumentNumber { ordinal: Some(123_456), suffix: suffix.to_owned() },
        place: "Tuyên Quang".to_owned(),
        rules: RuleProfile::R2018,
        ..letterhead(suffix, None)
    }
}

fn tracking() -> Tracking {
    Tracking {
        code: "H60.11.06-260209-0001".to_owned(),
        url: "https://motcua.example.vn/tra-cuu/H60.11.06-260209-0001".to_owned(),
    }
}

fn applicant() -> Applicant {
    Applicant {
        name: "Sùng Thị Mẫu".to_owned(),
        filed_by: None,
        identity_number: Some("002190000001".to_owned()),
        address: Some("Thôn Má Lủng, xã Đồng Văn, tỉnh Tuyên Quang".to_owned()),
        phone: Some("0912 000 001".to_owned()),
        email: Some("sung.thi.mau@example.vn".to_owned()),
    }
}

fn longest_applicant() -> Applicant {
    Applicant {
        name: LONGEST_NAME.to_owned(),
        filed_by: Some("Y Blŏk Êban (người được ủy quyền)".to_owned()),
        address: Some(LONGEST_ADDRESS.to_owned()),
        email: Some(format!(
            "{}@{}.example.vn",
            "nguyenthiminhkhai".repeat(3),
            "vanphong".repeat(4)
        )),
        ..applicant()
    }
}

fn procedure() -> Procedure {
    Procedure {
        name: "Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ".to_owned(),
        code: Some("1.013225".to_owned()),
    }
}

fn longest_procedure() -> Procedure {
    Procedure { name: LONGEST_PROCEDURE.to_owned(), ..procedure() }
}

fn at(instant: &str) -> Timestamp {
    instant.parse().expect("the samples name real instants")
}
