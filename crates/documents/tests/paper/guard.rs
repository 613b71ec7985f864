//! Characters that cannot be printed.

use documents::{
    Form, RenderError, Templates, Unprintable, render, render_with_placeholders, sample, text,
};

fn receipt_for(name: &str) -> Form {
    let mut receipt = sample::receipt();
    receipt.applicant.name = name.to_owned();
    receipt.components[2].name = "Bản vẽ 漢".to_owned();
    Form::Receipt(receipt)
}

fn found() -> Vec<Unprintable> {
    let at = |character, field: &str| Unprintable { character, field: field.to_owned() };
    vec![at('漢', "components.2.name"), at('👍', "applicant.name")]
}

#[test]
fn an_emoji_is_refused_by_name_and_field() {
    let error = render(&receipt_for("Sùng Thị Mẫu 👍"), &Templates::embedded()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot print “漢” (U+6F22) in components.2.name, “👍” (U+1F44D) in applicant.name"
    );
    assert!(matches!(error, RenderError::Unprintable(missing) if missing == found()));
}

#[test]
fn a_door_can_ask_before_the_paper_is_needed() {
    assert_eq!(text::unprintable(&receipt_for("Mẫu 👍")).unwrap(), found());
    assert_eq!(text::unprintable(&sample::all()[0]).unwrap(), []);
}

#[test]
fn a_placeholder_is_visible_and_reported() {
    let form = receipt_for("Sùng 👍 Mẫu");
    let (bytes, missing) = render_with_placeholders(&form, &Templates::embedded()).unwrap();
    assert_eq!(missing, found());
    let mut same = sample::receipt();
    same.applicant.name = "Sùng □ Mẫu".to_owned();
    same.components[2].name = "Bản vẽ □".to_owned();
    assert_eq!(bytes, render(&Form::Receipt(same), &Templates::embedded()).unwrap());
}

#[test]
fn text_typed_with_separate_accents_gives_the_same_paper() {
    let apart = "Su\u{300}ng Thi\u{323} Mâ\u{303}u";
    let mut receipt = sample::receipt();
    receipt.applicant.name = apart.to_owned();
    let composed = Form::Receipt(sample::receipt());
    let templates = Templates::embedded();
    assert_eq!(
        render(&Form::Receipt(receipt), &templates).unwrap(),
        render(&composed, &templates).unwrap()
    );
}

#[test]
fn markup_in_data_stays_text() {
    let mut receipt = sample::receipt();
    receipt.applicant.name = "#pagebreak() *Mẫu* $x$ @a <b> \\ // `c`".to_owned();
    let paper = crate::tools::Paper::of("markup", Form::Receipt(receipt));
    assert!(paper.words().contains("#pagebreak() *Mẫu* $x$ @a <b> \\ // `c`"));
}

#[test]
fn an_address_too_long_for_a_qr_code_is_refused() {
    let mut receipt = sample::receipt();
    receipt.tracking.url = "https://motcua.example.vn/".repeat(200);
    let error = render(&Form::Receipt(receipt), &Templates::embedded()).unwrap_err();
    assert!(matches!(error, RenderError::AddressTooLong { bytes: 5200 }));
}
