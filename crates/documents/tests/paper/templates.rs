//! Reworded templates.

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
