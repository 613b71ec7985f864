//! Reworded templates.

use std::collections::BTreeMap;

use documents::{Form, RenderError, RuleProfile, TemplateName, Templates, render, sample};

use crate::tools::Paper;

#[test]
fn an_agency_may_reword_a_template() {
    let embedded = Templates::embedded();
    let text = embedded.text(TemplateName::Refusal).replace("NGƯỜI TIẾP NHẬN", "CÁN BỘ TIẾP NHẬN");
    let reworded = embedded.with(TemplateName::Refusal, text).unwrap();
    let form = Form::Refusal(sample::refusal());
    assert_ne!(render(&form, &reworded).unwrap(), render(&form, &embedded).unwrap());
    let receipt = Form::Receipt(sample::receipt());
    assert_eq!(render(&receipt, &reworded).unwrap(), render(&receipt, &embedded).unwrap());
}

#[test]
fn a_slip_is_found_when_the_text_is_changed() {
    let cases = [
        ("#let data = json(\"data.json\")\n#data.nothing", "refusal.typ:2: "),
        ("#let x = (", "refusal.typ:1: "),
        ("#read(\"/etc/passwd\")", "refusal.typ:1: file not found"),
        ("#import \"@preview/tablex:0.0.8\": *", "refusal.typ:1: "),
        ("#datetime.today()", "refusal.typ:1: "),
    ];
    for (text, complaint) in cases {
        let error = Templates::embedded().with(TemplateName::Refusal, text).unwrap_err();
        let RenderError::Template(told) = error else { panic!("{text}: {error}") };
        assert!(told.starts_with(complaint), "{text}: {told}");
    }
}

#[test]
fn a_template_that_breaks_the_standards_is_found_too() {
    let embedded = Templates::embedded();
    let text = embedded.text(TemplateName::Refusal).to_owned()
        + "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'></svg>\"))";
    let error = embedded.with(TemplateName::Refusal, text).unwrap_err();
    assert!(matches!(error, RenderError::NotConformant(_)), "{error}");
}

#[test]
fn a_broken_file_of_an_agency_leaves_the_others_and_the_paper() {
    let embedded = Templates::embedded();
    let reworded = embedded.text(TemplateName::Refusal).replace("NGƯỜI TIẾP NHẬN", "CÁN BỘ");
    let logo = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\
        <circle cx='4' cy='4' r='4'/></svg>";
    let files = BTreeMap::from([
        ("refusal.typ".to_owned(), reworded.into_bytes()),
        ("apology.typ".to_owned(), b"#import \"common.typ\": *\n\n#nowhere".to_vec()),
        ("receipt.html".to_owned(), Vec::new()),
        ("logo.svg".to_owned(), logo.as_bytes().to_vec()),
    ]);
    let (templates, rejected) = Templates::overridden(&files);
    let told: Vec<_> = rejected.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("receipt.html: "), "{told:?}");
    assert!(told[1].starts_with("apology.typ: template: apology.typ:3: "), "{told:?}");
    assert!(templates.text(TemplateName::Refusal).contains("CÁN BỘ HỒ SƠ"));
    assert_eq!(templates.text(TemplateName::Apology), embedded.text(TemplateName::Apology));
    let [with_logo, without] =
        [&templates, &embedded].map(|set| render(&Form::Receipt(sample::receipt()), set).unwrap());
    assert_ne!(with_logo, without);
    assert!(documents::conformance::findings(&with_logo).is_empty());
}

#[test]
fn a_logo_that_is_none_is_left_out() {
    let files = BTreeMap::from([("logo.png".to_owned(), b"no picture".to_vec())]);
    let (templates, rejected) = Templates::overridden(&files);
    assert_eq!(rejected.len(), 1);
    let receipt = Form::Receipt(sample::receipt());
    let plain = render(&receipt, &Templates::embedded()).unwrap();
    assert_eq!(render(&receipt, &templates).unwrap(), plain);
}

#[test]
fn apology_and_stop_have_the_names_of_their_circular() {
    let cases = [
        (RuleProfile::R2021, "HẸN LẠI NGÀY TRẢ KẾT QUẢ", "Mẫu số 04 – Thông tư số 01/2018", None),
        (
            RuleProfile::R2026,
            "ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
            "Mẫu số 04 – Thông tư số 03/2025",
            Some("Mẫu số 05 – Thông tư số 03/2025/TT-VPCP"),
        ),
    ];
    for (rules, title, number, stop_number) in cases {
        let mut apology = sample::course::apology();
        apology.letterhead.rules = rules;
        let paper = Paper::of("apology", Form::Apology(apology));
        let text = paper.text_told_by("pdftotext", &[], &["-"]);
        assert!(text.contains(number), "{text}");
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(title), "{words}");
        let mut stop = sample::course::stop_notice();
        stop.letterhead.rules = rules;
        assert_eq!(Form::StopNotice(stop).prescribed_by().as_deref(), stop_number);
    }
}

#[test]
fn the_rules_decide_which_circular_is_named() {
    let cases = [
        (RuleProfile::R2018, "Thông tư số 01/2018/TT-VPCP", "05"),
        (RuleProfile::R2021, "Thông tư số 01/2018/TT-VPCP", "05"),
        (RuleProfile::R2025, "Thông tư số 03/2025/TT-VPCP", "06"),
        (RuleProfile::R2026, "Thông tư số 03/2025/TT-VPCP", "06"),
    ];
    for (rules, circular, slip_number) in cases {
        let mut receipt = sample::receipt();
        receipt.letterhead.rules = rules;
        let mut slip = sample::control_slip();
        slip.letterhead.rules = rules;
        for (form, number) in
            [(Form::Receipt(receipt), "01"), (Form::ControlSlip(slip), slip_number)]
        {
            let text = Paper::of("rules", form).text_told_by("pdftotext", &[], &["-"]);
            assert!(text.contains(&format!("Mẫu số {number} – {circular}")), "{text}");
        }
    }
}
