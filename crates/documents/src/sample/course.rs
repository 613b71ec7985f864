//! Sample papers of the course after reception: apology, stop, register, post, rating, result.

use jiff::civil;

use super::{
    LONGEST_ADDRESS, LONGEST_NAME, LONGEST_PROCEDURE, applicant, at, letterhead, longest_applicant,
    longest_letterhead, longest_procedure, procedure, tracking,
};
use crate::{
    Apology, DocumentNumber, Letterhead, Outcome, PostalHandOver, PostalItem, RatingSlip, Register,
    RegisterClosing, RegisterLine, RegisterTotals, ResultLetter, ReturnChannel, Signatory,
    StopCause, StopNotice,
};

/// An ordinary apology.
pub fn apology() -> Apology {
    Apology {
        letterhead: agency(letterhead("PXL", Some(2))),
        tracking: tracking(),
        applicant: applicant(),
        procedure: procedure(),
        agency: "Ủy ban nhân dân xã Đồng Văn".to_owned(),
        received_at: at("2026-02-09T01:35:00Z"),
        old_due_at: at("2026-03-09T09:45:00Z"),
        due_at: at("2026-03-16T09:45:00Z"),
        reason: "Cơ quan phối hợp chưa trả lời ý kiến về quy hoạch.".to_owned(),
        recipients: recipients(),
        signatory: chairman(),
    }
}

/// An apology with the longest texts.
pub fn longest_apology() -> Apology {
    Apology {
        letterhead: longest_letterhead("PXL"),
        applicant: longest_applicant(),
        procedure: longest_procedure(),
        agency: LONGEST_NAME.to_owned(),
        reason: format!("{LONGEST_PROCEDURE}. {LONGEST_NAME}."),
        recipients: vec![LONGEST_NAME.to_owned(), "Lưu: VT".to_owned()],
        signatory: deputy(),
        ..apology()
    }
}

/// An ordinary notice of stopping.
pub fn stop_notice() -> StopNotice {
    StopNotice {
        letterhead: agency(letterhead("TB-UBND", Some(4))),
        tracking: Some(tracking()),
        applicant: applicant(),
        procedure: procedure(),
        agency: "Ủy ban nhân dân xã Đồng Văn".to_owned(),
        received_at: Some(at("2026-02-09T01:35:00Z")),
        due_at: Some(at("2026-03-09T09:45:00Z")),
        stopped_at: at("2026-03-05T02:10:00Z"),
        ground: StopCause::SupplementOverdue,
        reason: "Đến hết ngày 02 tháng 3 năm 2026 hồ sơ chưa được bổ sung.".to_owned(),
        legal_basis: Some("Nghị định số 118/2025/NĐ-CP".to_owned()),
        papers_returned: vec!["Giấy chứng nhận quyền sử dụng đất (bản chính)".to_owned()],
        contact: "Trung tâm Phục vụ hành chính công xã Đồng Văn".to_owned(),
        recipients: recipients(),
        signatory: chairman(),
    }
}

/// A notice with the longest texts, of a dossier that was never received.
pub fn longest_stop_notice() -> StopNotice {
    StopNotice {
        letterhead: longest_letterhead("TB-BQL"),
        tracking: None,
        applicant: longest_applicant(),
        procedure: longest_procedure(),
        agency: LONGEST_NAME.to_owned(),
        received_at: None,
        due_at: None,
        ground: StopCause::SpecialLaw,
        reason: LONGEST_PROCEDURE.to_owned(),
        legal_basis: None,
        papers_returned: (1..=12).map(|n| format!("{n}. {LONGEST_NAME}")).collect(),
        contact: LONGEST_NAME.to_owned(),
        signatory: deputy(),
        ..stop_notice()
    }
}

/// A month of a register: one dossier of each kind.
pub fn register() -> Register {
    let late = RegisterLine {
        ordinal: 8,
        code: "H60.11.06-260210-0001".to_owned(),
        applicant: "H'Hen Niê".to_owned(),
        settled_at: Some(at("2026-03-12T03:00:00Z")),
        returned_at: None,
        channel: Some("Trực tuyến".to_owned()),
        recipient: None,
        note: Some("Quá hạn; đã xin lỗi, hẹn lại 16:45 16/03/2026".to_owned()),
        ..register_line()
    };
    let running = RegisterLine {
        ordinal: 9,
        code: "H60.11.06-260211-0001".to_owned(),
        transferred_at: None,
        settled_at: None,
        note: None,
        ..late.clone()
    };
    Register {
        letterhead: agency(Letterhead { number: DocumentNumber::none(), ..letterhead("", None) }),
        year: 2026,
        from: civil::date(2026, 2, 1),
        until: civil::date(2026, 2, 28),
        lines: vec![register_line(), late, running],
        totals: RegisterTotals { received: 3, in_time: 1, late: 1, ended: 0, running: 1 },
        closing: None,
        kept_by: "Vàng Thị Mẫu".to_owned(),
        head: "Người đứng đầu Bộ phận Một cửa".to_owned(),
        head_name: None,
    }
}

/// A closed book with long names, over several pages.
pub fn longest_register() -> Register {
    let line = |n: u32| RegisterLine {
        ordinal: n,
        code: format!("H60.11.06-26{:02}{:02}-{:05}", n % 12 + 1, n % 28 + 1, 10_000 + n),
        procedure: if n.is_multiple_of(5) { LONGEST_PROCEDURE } else { "Đăng ký kết hôn" }
            .to_owned(),
        applicant: if n.is_multiple_of(7) { LONGEST_NAME } else { "Y Blŏk Êban" }.to_owned(),
        address: if n.is_multiple_of(3) { LONGEST_ADDRESS } else { "Xã Đồng Văn" }.to_owned(),
        ..register_line()
    };
    Register {
        letterhead: Letterhead { number: DocumentNumber::none(), ..longest_letterhead("") },
        from: civil::date(2026, 1, 1),
        until: civil::date(2026, 12, 31),
        lines: (1..=24).map(line).collect(),
        totals: RegisterTotals { received: 24, in_time: 24, ..RegisterTotals::default() },
        closing: Some(RegisterClosing { on: civil::date(2026, 12, 31), last: 24 }),
        kept_by: LONGEST_NAME.to_owned(),
        head_name: Some("Y Blŏk Êban".to_owned()),
        ..register()
    }
}

/// A period in which nothing was received.
pub fn empty_register() -> Register {
    Register { lines: Vec::new(), totals: RegisterTotals::default(), ..register() }
}

/// Two results that go by post.
pub fn postal_hand_over() -> PostalHandOver {
    let applicant = applicant();
    let item = PostalItem {
        code: tracking().code,
        recipient: applicant.name,
        address: applicant.address.unwrap_or_default(),
        phone: applicant.phone,
        content: "Giấy phép xây dựng số 12/GPXD".to_owned(),
        copies: 1,
    };
    PostalHandOver {
        letterhead: letterhead("BBBG", None),
        at: at("2026-03-10T08:30:00Z"),
        from_unit: "Trung tâm Phục vụ hành chính công xã Đồng Văn".to_owned(),
        from_person: "Vàng Thị Mẫu".to_owned(),
        to_unit: Some("Bưu điện xã Đồng Văn".to_owned()),
        items: vec![
            item.clone(),
            PostalItem { recipient: "H'Hen Niê".to_owned(), phone: None, ..item },
        ],
    }
}

/// A full bag of post with the longest names.
pub fn longest_postal_hand_over() -> PostalHandOver {
    let ordinary = postal_hand_over();
    let item = |n: usize| PostalItem {
        recipient: LONGEST_NAME.to_owned(),
        address: LONGEST_ADDRESS.to_owned(),
        content: if n.is_multiple_of(4) { LONGEST_PROCEDURE } else { "Trích lục" }.to_owned(),
        ..ordinary.items[n % 2].clone()
    };
    PostalHandOver {
        letterhead: longest_letterhead("BBBG"),
        from_unit: LONGEST_NAME.to_owned(),
        from_person: LONGEST_NAME.to_owned(),
        to_unit: None,
        items: (0..12).map(item).collect(),
        ..ordinary
    }
}

/// An ordinary rating slip.
pub fn rating_slip() -> RatingSlip {
    RatingSlip {
        letterhead: Letterhead { number: DocumentNumber::none(), ..letterhead("", None) },
        tracking: Some(tracking()),
        procedure: procedure(),
        reception_point: "Trung tâm Phục vụ hành chính công xã Đồng Văn".to_owned(),
        agency: "Ủy ban nhân dân xã Đồng Văn".to_owned(),
        evaluation_url: Some("https://motcua.example.vn/danh-gia".to_owned()),
    }
}

/// A rating slip with the longest names.
pub fn longest_rating_slip() -> RatingSlip {
    RatingSlip {
        letterhead: Letterhead { number: DocumentNumber::none(), ..longest_letterhead("") },
        tracking: None,
        procedure: longest_procedure(),
        reception_point: LONGEST_NAME.to_owned(),
        agency: LONGEST_NAME.to_owned(),
        evaluation_url: None,
    }
}

/// The ordinary letter: granted, to be fetched at the counter.
pub fn result_letter() -> ResultLetter {
    ResultLetter {
        letterhead: letterhead("TB-TTPVHCC", None),
        tracking: tracking(),
        recipient: applicant().name,
        address: applicant().address,
        procedure: procedure(),
        agency: "Ủy ban nhân dân xã Đồng Văn".to_owned(),
        received_at: at("2026-02-09T01:35:00Z"),
        outcome: Outcome::Granted,
        result: "Giấy phép xây dựng".to_owned(),
        result_number: Some("12/GPXD".to_owned()),
        decided_at: at("2026-03-06T08:20:00Z"),
        return_channel: ReturnChannel::Counter {
            place: "Trung tâm Phục vụ hành chính công xã Đồng Văn".to_owned(),
        },
        recipients: recipients(),
        signatory: Signatory {
            on_behalf: None,
            position: "Giám đốc Trung tâm".to_owned(),
            name: "Vàng Thị Mẫu".to_owned(),
        },
    }
}

/// A refused one that goes by post, with the longest names.
pub fn longest_result_letter() -> ResultLetter {
    ResultLetter {
        letterhead: longest_letterhead("TB-TTPVHCC"),
        recipient: LONGEST_NAME.to_owned(),
        address: Some(LONGEST_ADDRESS.to_owned()),
        procedure: longest_procedure(),
        agency: LONGEST_NAME.to_owned(),
        outcome: Outcome::Refused,
        result: LONGEST_PROCEDURE.to_owned(),
        result_number: None,
        return_channel: ReturnChannel::Post { address: LONGEST_ADDRESS.to_owned() },
        signatory: deputy(),
        ..result_letter()
    }
}

fn register_line() -> RegisterLine {
    let applicant = applicant();
    RegisterLine {
        ordinal: 7,
        code: tracking().code,
        procedure: procedure().name,
        sets: 1,
        applicant: applicant.name,
        address: "Thôn Má Lủng, xã Đồng Văn; 0912 000 001".to_owned(),
        settled_by: "Phòng Kinh tế".to_owned(),
        received_at: at("2026-02-09T01:35:00Z"),
        due_at: at("2026-03-09T09:45:00Z"),
        transferred_at: Some(at("2026-02-09T02:15:00Z")),
        settled_at: Some(at("2026-03-06T08:20:00Z")),
        returned_at: Some(at("2026-03-06T09:00:00Z")),
        channel: Some("Trực tiếp".to_owned()),
        recipient: Some("Sùng Thị Mẫu".to_owned()),
        note: None,
    }
}

fn agency(letterhead: Letterhead) -> Letterhead {
    Letterhead {
        parent: Some("Tỉnh Tuyên Quang".to_owned()),
        office: "Ủy ban nhân dân xã Đồng Văn".to_owned(),
        ..letterhead
    }
}

fn recipients() -> Vec<String> {
    ["Như trên", "Trung tâm Phục vụ hành chính công", "Lưu: VT"].map(str::to_owned).to_vec()
}

fn chairman() -> Signatory {
    Signatory {
        on_behalf: None,
        position: "Chủ tịch".to_owned(),
        name: "Nguyễn Văn Mẫu".to_owned(),
    }
}

fn deputy() -> Signatory {
    Signatory {
        on_behalf: Some("KT. Trưởng ban".to_owned()),
        position: "Phó Trưởng ban".to_owned(),
        name: "Y Blŏk Êban".to_owned(),
    }
}
