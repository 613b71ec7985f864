//! Invented applicants: names of every kind that Vietnam has, numbers that pass their checks. All
//! of them carry "Mẫu" (sample) in the name or a made-up company name, so that nobody is meant.

use super::dice::Dice;
use domain::dossier::event::Applicant;
use domain::text::TaxCode;

const FAMILIES: [&str; 16] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Giàng", "Vàng",
    "Lý", "Ma", "Nông", "Sùng",
];
const GIVEN: [&str; 20] = [
    "An", "Bình", "Chứ", "Dung", "Đức", "Giang", "Hà", "Hương", "Khánh", "Lan", "Máy", "Nhung",
    "Phong", "Quý", "Sính", "Thảo", "Tuyết", "Vân", "Xuân", "Yến",
];
/// Names that break careless programs: apostrophes, dots, hyphens, rare letters.
const RARE: [&str; 6] =
    ["H'Hen Niê Mẫu", "Y Bhiu Mẫu", "K'Brể Mẫu", "Ksor H'Bơ Mẫu", "Đinh Thị Mẫu Ữ", "Lò Mẫu Ẵng"];
const FIRMS: [&str; 6] = [
    "Công ty TNHH Mẫu Số 1",
    "Công ty CP Xây dựng Mẫu Hà Giang",
    "Hợp tác xã Mẫu 2-9",
    "Doanh nghiệp tư nhân Mẫu & Con",
    "Công ty TNHH MTV Thương mại Mẫu Thanh Thủy",
    "Ban Quản lý dự án Mẫu",
];
const PLACES: [&str; 5] = [
    "Tổ 3, phường Hà Giang 1, tỉnh Tuyên Quang",
    "Thôn Lũng Cú, xã Lũng Cú, tỉnh Tuyên Quang",
    "Thôn Nà Thác, xã Thanh Thủy, tỉnh Tuyên Quang",
    "Số 12 đường 20-8, phường Hà Giang 2, tỉnh Tuyên Quang",
    "Tổ 8, thị trấn Vị Xuyên, tỉnh Hà Giang",
];

/// Someone who comes with a request: an organisation one time in four.
pub(crate) fn applicant(dice: &mut Dice) -> Applicant {
    let mut applicant = Applicant {
        phone: Some(format!("09{:08}", dice.below(100_000_000))),
        address: (*dice.pick(&PLACES).unwrap_or(&PLACES[0])).to_owned(),
        ..Applicant::default()
    };
    if dice.per_mille(250) {
        applicant.name = (*dice.pick(&FIRMS).unwrap_or(&FIRMS[0])).to_owned();
        applicant.tax_code = Some(tax_code(dice));
        return applicant;
    }
    applicant.name = person(dice);
    applicant.personal_number = Some(personal_number(dice));
    if dice.per_mille(400) {
        applicant.email = Some(format!("mau{}@nguoi-dan.invalid", dice.below(10_000)));
    }
    applicant
}

/// A person's name.
pub(crate) fn person(dice: &mut Dice) -> String {
    if dice.per_mille(60) {
        return (*dice.pick(&RARE).unwrap_or(&RARE[0])).to_owned();
    }
    let family = dice.pick(&FAMILIES).unwrap_or(&FAMILIES[0]);
    let given = dice.pick(&GIVEN).unwrap_or(&GIVEN[0]);
    format!("{family} Mẫu {given}")
}

/// Twelve digits of someone born in Hà Giang between 1950 and 1999.
pub(crate) fn personal_number(dice: &mut Dice) -> String {
    let (sex, year, rest) = (dice.below(2), dice.between(50, 99), dice.below(1_000_000));
    format!("002{sex}{year:02}{rest:06}")
}

/// A code whose check digit is right.
pub(crate) fn tax_code(dice: &mut Dice) -> String {
    loop {
        let nine = format!("51{:07}", dice.below(10_000_000));
        let fitting = (0..10).map(|last| format!("{nine}{last}"));
        if let Some(code) = fitting.into_iter().find(|code| TaxCode::parse(code).is_ok()) {
            return code;
        }
    }
}
