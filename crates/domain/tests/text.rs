//! Vectors of `07-identifiers.md` and properties of the parsed texts, from outside the crate.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

use domain::text::{
    AgencyCode, DossierCode, EmailAddress, PersonName, PersonalNumber, PhoneNumber, TaxCode, fold,
    is_clean, normalise,
};
use jiff::civil::date;
use proptest::prelude::*;

#[test]
fn names_of_the_peoples_of_the_province() {
    for name in [
        "Nguyễn Thị Thu Phương",
        "Vàng A Sùng",
        "Giàng Thị Mẫu Mười Bốn",
        "H'Hen Niê",
        "Ksor H’Ƀlâm",
        "Y Blŏk Êban",
        "Công ty TNHH 2/9 (Hà Giang) & Con",
    ] {
        assert_eq!(PersonName::parse(name).unwrap().to_string(), name);
    }
    for name in ["", " ", "123", "<b>", "An\u{200b}", "An\u{202e}", "An\u{0}"] {
        assert!(PersonName::parse(name).is_err(), "{name:?}");
    }
}

#[test]
fn vectors_of_the_identifiers() {
    let year = |text| PersonalNumber::parse(text).unwrap().birth_year();
    assert_eq!(year("037153000257"), 1953);
    assert_eq!(year("001087123456"), 1987);
    assert_eq!(year("037098000123"), 1998);
    for code in ["0100047516", "0100109106", "0101248141", "0100109106-001", "001087123456"] {
        assert_eq!(TaxCode::parse(code).unwrap().to_string(), code);
    }
    for code in ["000000000", "0000000000", "0100109107", "0100109106-000", "0100000000"] {
        assert!(TaxCode::parse(code).is_err(), "{code}");
    }
    for phone in ["0912345678", "+84912345678", "0912 345 678", "0912.345.678"] {
        assert_eq!(PhoneNumber::parse(phone).unwrap().to_string(), "+84912345678");
    }
    assert!(EmailAddress::parse("cb01@demo.invalid").is_ok());
    assert!(EmailAddress::parse("cb01@demo").is_err());
}

#[test]
fn dossier_codes_of_both_forms_of_agency() {
    let day = date(2018, 11, 16);
    let old = DossierCode::compose("000.00.01.H22", day, 1);
    assert_eq!(old.to_string(), "000.00.01.H22-181116-0001");
    assert_eq!(DossierCode::parse(" 000.00.01.h22-181116-0001 "), Ok(old));
    let wide = DossierCode::compose("H60.08", day, 12_345);
    assert_eq!(wide.to_string(), "H60.08-181116-12345");
    for wrong in ["", "H60", "H60.08-181316-0001", "H60.08-181116-1", "x-181116-0001"] {
        assert!(DossierCode::parse(wrong).is_err(), "{wrong}");
    }
    assert_eq!(AgencyCode::parse("000.00.08.H22").unwrap().segments(), ["H22", "08"]);
    assert_eq!(AgencyCode::parse("H60.08").unwrap().segments(), ["H60", "08"]);
}

#[test]
fn a_search_finds_what_was_typed_without_marks() {
    for (typed, stored) in [
        ("dang thuy uu", "Đặng  Thùy Ưu"),
        ("cap giay phep xay dung", "Cấp giấy phép XÂY DỰNG"),
        ("h'hen nie", "H’Hen Niê"),
        ("thuy", "thuỳ"),
    ] {
        assert_eq!(fold(typed), fold(stored));
    }
}

proptest! {
    #[test]
    fn a_personal_number_reads_back_with_any_spaces(digits in "[0-9]{12}", at in 0usize..12) {
        let spaced = format!("{} {}", &digits[..at], &digits[at..]);
        prop_assert_eq!(PersonalNumber::parse(&spaced).unwrap().to_string(), digits);
    }

    #[test]
    fn a_mobile_number_has_one_form(prefix in "[35789]", rest in "[0-9]{8}") {
        let home = PhoneNumber::parse(&format!("0{prefix}{rest}")).unwrap();
        let abroad = PhoneNumber::parse(&format!("+84{prefix}{rest}")).unwrap();
        prop_assert_eq!(&home, &abroad);
        prop_assert_eq!(PhoneNumber::parse(&home.to_string()), Ok(abroad));
    }

    #[test]
    fn parsers_never_panic_and_what_they_accept_they_accept_again(text in any::<String>()) {
        if let Ok(it) = TaxCode::parse(&text) {
            prop_assert_eq!(TaxCode::parse(&it.to_string()), Ok(it));
        }
        if let Ok(it) = EmailAddress::parse(&text) {
            prop_assert_eq!(EmailAddress::parse(&it.to_string()), Ok(it));
        }
        if let Ok(it) = AgencyCode::parse(&text) {
            prop_assert_eq!(AgencyCode::parse(&it.to_string()), Ok(it));
        }
        if let Ok(it) = DossierCode::parse(&text) {
            prop_assert_eq!(DossierCode::parse(&it.to_string()), Ok(it));
        }
        prop_assert!(is_clean(&normalise(&text)));
    }

    #[test]
    fn almost_codes_never_panic(text in "[0-9HĦG.\\-ệ ]{0,24}") {
        let _ = (AgencyCode::parse(&text), DossierCode::parse(&text), TaxCode::parse(&text));
        let _ = (PhoneNumber::parse(&text), PersonalNumber::parse(&text));
    }
}
