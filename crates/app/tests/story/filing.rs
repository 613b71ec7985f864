//! Filing the permit for a private house, online and at the counter.

use crate::browser::Browser;
use crate::form::Form;
use crate::scene::{CATALOGUE, NAME, Scene};
use domain::procedure::form::FieldKind;

pub(crate) const PROCEDURE: &str = "A2.XA.R2026";
pub(crate) const CASE: &str = "nha_o_ho_gia_dinh";
pub(crate) const NUMBER: &str = "002190123456";
pub(crate) const PHONE: &str = "0912 345 678";
pub(crate) const ADDRESS: &str = "Tổ 1, phường Hà Giang 1, tỉnh Tuyên Quang";
/// As small as a PDF can be told by its first bytes.
pub(crate) const SCAN: &[u8] = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\n%%EOF\n";
/// Where the online filing goes.
pub(crate) const FILING: &str = "/nop-ho-so/A2.XA.R2026";

/// What belongs to the person and to nobody else: no stranger's page says any of it.
pub(crate) const PERSONAL: [&str; 5] = [NAME, NUMBER, "912345678", "Tổ 1", "Niê"];

/// The online form with everything filled in and a file for every mandatory paper.
pub(crate) async fn filled(citizen: &Browser) -> Form {
    let page = citizen.get(&format!("{FILING}?truong-hop={CASE}")).await.fine();
    let mut form = page.form(FILING);
    assert_eq!(form.value("case"), CASE);
    form.set("agency", "U26.XA1");
    applicant(&mut form);
    statutory(&mut form, PROCEDURE, Some(CASE));
    for component in mandatory() {
        let input = format!("paper.{component}");
        if form.file_inputs().contains(&input) {
            form.attach(&input, &format!("{component}.pdf"), SCAN);
        }
    }
    form
}

/// Whose dossier it is.
pub(crate) fn applicant(form: &mut Form) {
    form.set("applicant.name", NAME).set("applicant.personal_number", NUMBER);
    form.set("applicant.phone", PHONE).set("applicant.email", "mau@nguoi-dan.invalid");
    form.set("applicant.address", ADDRESS);
}

/// Every required field of the form by law, with a value of its kind.
pub(crate) fn statutory(form: &mut Form, procedure: &str, case: Option<&str>) {
    let procedure = CATALOGUE.procedure(procedure).unwrap();
    let asked = CATALOGUE.form_for(procedure, case).unwrap();
    let typed = asked.fields.iter().filter(|field| field.kind != FieldKind::File);
    for field in typed.filter(|field| field.required) {
        let name = format!("form.{}", field.name);
        let first = form.offered(&name).iter().find(|choice| !choice.is_empty()).cloned();
        let text = match field.kind {
            FieldKind::PersonName => NAME,
            FieldKind::PersonalNumber => NUMBER,
            FieldKind::TaxCode => "0100109106",
            FieldKind::Date => "9/11/2026",
            FieldKind::Phone => PHONE,
            FieldKind::Email => "mau@nguoi-dan.invalid",
            FieldKind::Money | FieldKind::AreaM2 | FieldKind::Number => "120,5",
            FieldKind::Choice => first.as_deref().unwrap_or("Phường Hà Giang 1"),
            FieldKind::Text | FieldKind::Address | FieldKind::File => "Phường Hà Giang 1",
        };
        form.set(&name, text);
    }
}

/// The components without which nothing is filed.
pub(crate) fn mandatory() -> Vec<String> {
    let procedure = CATALOGUE.procedure(PROCEDURE).unwrap();
    let components = procedure.components_for(Some(CASE));
    let mandatory = components.iter().filter(|component| component.mandatory);
    mandatory.map(|component| component.id.clone()).collect()
}

/// Files online: the id of the dossier, taken from where the citizen is led.
pub(crate) async fn filed(scene: &Scene) -> String {
    let citizen = scene.at("citizen").await;
    let form = filled(&citizen).await;
    let page = citizen.submit(&form).await.fine();
    let id = page
        .path
        .strip_prefix("/ho-so-cua-toi/")
        .and_then(|rest| rest.strip_suffix("?xong=submit"));
    id.unwrap_or_else(|| panic!("led to {}: {}", page.path, page.text())).to_owned()
}

/// Filed and received at the counter.
pub(crate) async fn received(scene: &Scene) -> String {
    let id = filed(scene).await;
    scene.act("counter", &id, "receive", &[]).await;
    id
}

/// The form at the counter, with the papers that were brought.
pub(crate) async fn at_counter(counter: &Browser, channel: &str) -> Form {
    let found = counter.get("/quay?q=nha+o+rieng+le").await.fine();
    let link = found.link(&format!("/quay/nop/{PROCEDURE}")).expect("found without diacritics");
    counter.get(&link).await.fine().shows("Nhà ở riêng lẻ của hộ gia đình, cá nhân");
    let action = format!("/quay/nop/{PROCEDURE}");
    let page = counter.get(&format!("{action}?truong-hop={CASE}")).await.fine();
    let mut form = page.form(&action);
    form.set("agency", "U26.XA1").set("channel", channel);
    applicant(&mut form);
    for component in mandatory() {
        form.set(&format!("paper.{component}"), "original");
    }
    form
}
