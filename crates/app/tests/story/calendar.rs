//! The calendar: a year that is not entered refuses, a decision is looked at before it is entered,
//! and what was promised changes only when somebody accepts it.

use crate::browser::Page;
use crate::filing::filed;
use crate::form::Form;
use crate::scene::{Scene, each_scene};

const ENTER: &str = "/lich-lam-viec/quyet-dinh";
const PROPOSALS: &str = "/lich-lam-viec/de-xuat";
const STORM: [(&str, &str); 6] = [
    ("number", "15/QĐ-UBND"),
    ("issuer", "Ủy ban nhân dân tỉnh"),
    ("issued_on", "10/11/2026"),
    ("days.0.date", "12/11/2026"),
    ("days.0.kind", "local_closure"),
    ("days.0.name", "Nghỉ tránh bão"),
];

#[tokio::test]
async fn a_storm_moves_no_promise_until_the_head_of_the_agency_accepts_it() {
    each_scene(async |scene| {
        let id = filed(scene).await;
        scene.wait("2026-11-09T09:30");
        scene.act("counter", &id, "receive", &[]).await;
        scene.own(&id).await.shows("17:30 ngày 16/11/2026");
        scene.at("leader").await.get(PROPOSALS).await.fine().shows("Không có đề xuất nào");

        let preview = looked_at(scene, &STORM).await;
        preview.shows("Nghỉ tránh bão").shows("1 hồ sơ đang giải quyết");
        preview.shows("17:30 ngày 16/11/2026").shows("17:30 ngày 17/11/2026");
        let before = scene.traces().await;
        entered(scene, &preview).await.shows("Đã nhập quyết định").shows("15/QĐ-UBND");
        assert_eq!(scene.traces().await, before, "no dossier is written to");
        scene.own(&id).await.shows("17:30 ngày 16/11/2026").hides("17/11/2026");

        let proposals = scene.at("leader").await.get(PROPOSALS).await.fine();
        proposals.shows("17:30 ngày 16/11/2026").shows("17:30 ngày 17/11/2026");
        assert!(proposals.link(&format!("/ho-so/{id}/correct_due")).is_some());
        for login in ["counter", "officer", "controller"] {
            assert!(!scene.offers(login, &id, "correct_due").await, "{login}");
        }
        scene.act("leader", &id, "correct_due", &[("decision", "15/QĐ-UBND")]).await;
        scene.own(&id).await.shows("17:30 ngày 17/11/2026").shows("15/QĐ-UBND");
        scene.at("leader").await.get(PROPOSALS).await.fine().shows("Không có đề xuất nào");
    })
    .await;
}

#[tokio::test]
async fn a_year_that_is_not_entered_refuses_until_its_decision_is() {
    each_scene(async |scene| {
        let id = filed(scene).await;
        scene.wait("2026-12-29T09:00");
        let year = scene.anyone().get("/lich-lam-viec?nam=2027").await.fine();
        year.shows("Ngày nghỉ năm 2027 chưa được nhập").shows("Dự kiến ngày nghỉ năm 2027");
        let form = scene.act_form("counter", &id, "receive").await;
        let refused = scene.at("counter").await.submit(&form).await;
        refused.refuses(422, "2027");
        assert_eq!(scene.stage(&id).await, "submitted");

        let fresh = scene.at("controller").await.get(&format!("{ENTER}?nam=2027")).await.fine();
        let mut form = fresh.form(ENTER);
        assert_eq!(form.value("year"), "2027");
        assert_ne!(form.value("days.9.date"), "", "prefilled with what the law says");
        form.set("number", "1/TB-BNV").set("issuer", "Bộ Nội vụ").set("issued_on", "15/12/2026");
        form.forge("step", "preview");
        let preview = scene.at("controller").await.submit(&form).await.fine();
        preview.shows("Lịch năm 2027 sẽ được coi là đầy đủ");
        entered(scene, &preview).await;
        scene.act("counter", &id, "receive", &[]).await;
        scene.own(&id).await.shows("/01/2027");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_decision_is_told_at_its_fields_and_nothing_typed_is_lost() {
    each_scene(async |scene| {
        let mut form = scene.at("controller").await.get(ENTER).await.fine().form(ENTER);
        fill(&mut form, &STORM);
        form.set("number", "").set("days.1.date", "31/2/2026").set("days.1.kind", "holiday");
        form.set("days.2.date", "12/11/2026").set("days.2.kind", "makeup_work");
        form.set("days.2.name", "Làm bù").forge("step", "enter");
        let page = scene.at("controller").await.submit(&form).await;
        page.refuses(422, "vốn là ngày làm việc nên không thể làm bù");
        page.shows("ghi hai lần");
        let again = page.form(ENTER);
        assert_eq!(again.value("days.1.date"), "31/2/2026");
        assert_eq!(again.value("days.0.name"), "Nghỉ tránh bão");
        let calendar = scene.anyone().get("/lich-lam-viec?nam=2026").await.fine();
        calendar.hides("15/QĐ-UBND");
    })
    .await;
}

#[tokio::test]
async fn a_second_click_enters_nothing_and_only_controllers_enter() {
    each_scene(async |scene| {
        let preview = looked_at(scene, &STORM).await;
        entered(scene, &preview).await;
        entered(scene, &preview).await.shows("15/QĐ-UBND");
        assert_eq!(scene.office.calendar().entered.len(), 1);
        let mut other = preview.form(ENTER);
        other.forge("number", "16/QĐ-UBND").forge("step", "enter");
        let page = scene.at("controller").await.submit(&other).await;
        assert_eq!(page.status, 409, "the same key for another decision");
        for login in ["counter", "head", "officer", "leader", "clerk"] {
            scene.at(login).await.get(ENTER).await.refuses(404, "Không tìm thấy trang");
        }
        for place in ["nam=1800", "nam=abc", "nam=99999999"] {
            let page = scene.anyone().get(&format!("/lich-lam-viec?{place}")).await;
            page.refuses(404, "Không tìm thấy trang");
        }
    })
    .await;
}

/// The preview of a decision, by the controller.
async fn looked_at(scene: &Scene, typed: &[(&str, &str)]) -> Page {
    let mut form = scene.at("controller").await.get(ENTER).await.fine().form(ENTER);
    fill(&mut form, typed);
    form.forge("step", "preview");
    scene.at("controller").await.submit(&form).await.fine()
}

/// The calendar after the previewed decision was entered.
async fn entered(scene: &Scene, preview: &Page) -> Page {
    let mut form = preview.form(ENTER);
    form.forge("step", "enter");
    scene.at("controller").await.submit(&form).await.fine()
}

fn fill(form: &mut Form, typed: &[(&str, &str)]) {
    for (name, text) in typed {
        form.set(name, text);
    }
}
