//! The seven calls of a dossier's life: who makes them, where, with which body.

use crate::catalogue::PROCEDURE;
use std::fmt::Write as _;

/// The calls, by the names of the neutral contract.
pub(crate) const STEPS: [&str; 7] =
    ["submit", "receive", "assign", "appraise", "approve", "issue", "return"];
/// Facts of a whole life: one for each call, and the system's handing on after the reception.
pub(crate) const FACTS: u32 = 8;
/// Where a whole life ends.
pub(crate) const END: &str = "returned";

/// The officials of the agency, by the step they take; the organisation names them.
pub(crate) const OFFICIALS: [(&str, &str); 5] = [
    ("counter", "CB23"),
    ("head", "CB138"),
    ("officer", "CB22"),
    ("leader", "CB21"),
    ("clerk", "CB137"),
];

/// The officer to whom dossiers are assigned.
const OFFICER: &str = OFFICIALS[2].1;

/// Bearer tokens.
#[derive(Clone, Default)]
pub(crate) struct Tokens {
    /// Applicants.
    pub(crate) citizens: Vec<String>,
    /// Officials in the order of [`OFFICIALS`].
    pub(crate) officials: Vec<String>,
}

impl Tokens {
    /// The token with which a client makes a call.
    pub(crate) fn of(&self, step: usize, client: usize) -> &str {
        match step {
            0 => &self.citizens[client % self.citizens.len()],
            1 | 6 => &self.officials[0],
            2 => &self.officials[1],
            3 => &self.officials[2],
            4 => &self.officials[3],
            _ => &self.officials[4],
        }
    }

    /// The token that reads dossiers back.
    pub(crate) fn reader(&self) -> &str {
        &self.officials[3]
    }
}

/// Puts the path of a call into a buffer.
pub(crate) fn path(step: usize, id: &str, into: &mut String) {
    const ACTS: [&str; 7] = ["", "receive", "assign", "propose", "sign", "issue", "give_back"];
    into.clear();
    into.push_str("/api/v1/dossiers");
    if step > 0 {
        for part in ["/", id, "/actions/", ACTS[step]] {
            into.push_str(part);
        }
    }
}

/// Puts the body of a call into a buffer.
pub(crate) fn body(step: usize, number: u64, into: &mut String) {
    into.clear();
    let told = "đã kiểm tra đủ giấy tờ, chuyển bước tiếp theo đúng hạn; lần";
    // Writing into a String cannot fail.
    let _ = match step {
        0 => filing(number, into),
        1 => write!(into, r#"{{"papers":[],"note":"Tiếp nhận: {told} {number:06}"}}"#),
        2 => {
            write!(into, r#"{{"officer":"{OFFICER}","note":"Phân công: {told} {number:06}"}}"#)
        }
        3 => {
            into.push_str(r#"{"outcome":"granted","title":"Giấy phép xây dựng","body":""#);
            into.push_str("Cho phép xây dựng nhà ở riêng lẻ theo hồ sơ thiết kế kèm theo.");
            write!(into, r#"","note":"{told} {number:06}"}}"#)
        }
        4 => write!(into, r#"{{"draft":1}}"#),
        5 => write!(into, "{{}}"),
        _ => write!(into, r#"{{"recipient":"","note":"Trả kết quả: {told} {number:06}"}}"#),
    };
}

/// About 1.0 KiB: who applies, sixteen fields, the papers.
fn filing(number: u64, into: &mut String) -> std::fmt::Result {
    let last = number % 1_000_000;
    write!(
        into,
        concat!(
            r#"{{"procedure":"{procedure}","case":"nha_o_ho_gia_dinh","agency":"U26.XA1","#,
            r#""channel":"online","applicant":{{"name":"H'Hen Niê","#,
            r#""personal_number":"001087{last:06}","phone":"0912{last:06}","#,
            r#""address":"Tổ 1, phường Hà Giang 1"}},"#,
            r#""form":{{"ten_chu_dau_tu":"H'Hen Niê","so_dinh_danh":"001087{last:06}","#,
            r#""so_dien_thoai":"0912{last:06}","email":"a{last}@demo.invalid","#,
            r#""lo_dat_so":"Thửa {last}","dien_tich_dat":"120,5","#,
            r#""dia_diem":"Phường Hà Giang 1","duong_pho":"Trần Phú","#,
            r#""phuong_xa":"Hà Giang 1","tinh_tp":"Tuyên Quang","#,
            r#""don_vi_thiet_ke":"Công ty Mẫu","chu_nhiem":"Lê Văn Mẫu","cap_nha":"IV","#,
            r#""dien_tich_xay_dung":"80","ngay_khoi_cong":"1/3/2027","#,
            r#""ghi_chu":"Đề nghị trả kết quả trực tuyến, đúng hạn"}},"#,
            r#""papers":[{{"component":"{procedure}.c01","kind":"electronic_form","count":1}},"#,
            r#"{{"component":"{procedure}.c16","kind":"electronic_copy","count":1}},"#,
            r#"{{"component":"{procedure}.c18","kind":"electronic_copy","count":1}},"#,
            r#"{{"component":"{procedure}.c22","kind":"electronic_copy","count":1}}],"#,
            r#""result_channel":"online"}}"#
        ),
        procedure = PROCEDURE,
        last = last,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_json_of_the_contract_s_size() {
        let mut text = String::new();
        for (step, name) in STEPS.iter().enumerate() {
            body(step, 7, &mut text);
            serde_json::from_str::<serde_json::Value>(&text).unwrap();
            let most = if step == 0 { 1_400 } else { 300 };
            assert!(text.len() < most, "{name} has {} bytes", text.len());
        }
        body(0, 7, &mut text);
        let filing: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(filing["form"].as_object().unwrap().len(), 16);
        assert!(text.len() > 950, "{}", text.len());
    }
}
