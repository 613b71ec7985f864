//! A result is used again instead of a paper: offered to its owner, with consent, and to nobody
//! else.

use crate::browser::{Browser, Page};
use crate::filing::{NUMBER, applicant, statutory};
use crate::form::Form;
use crate::results::{CODE, issued, taken_in};
use crate::scene::{NAME, Scene, each_scene, official};
use domain::dossier::Actor;
use storage::tables;
use storage::testing::dump;

/// Extending the permit asks for the permit.
const EXTENSION: &str = "A8.XA.R2026";
const PERMIT: &str = "A8.XA.R2026.c02";

async fn has_permit(scene: &Scene) {
    let id = taken_in(scene).await;
    issued(scene, &id, "granted").await;
}

/// The online form of the extension, filled in but for the permit.
async fn extension(citizen: &Browser) -> Form {
    let action = format!("/nop-ho-so/{EXTENSION}");
    let mut form = citizen.get(&action).await.fine().form(&action);
    form.set("agency", "U26.XA1");
    applicant(&mut form);
    statutory(&mut form, EXTENSION, None);
    form
}

fn reuse() -> String {
    format!("reuse.{PERMIT}")
}

fn consent() -> String {
    format!("consent.{PERMIT}")
}

/// A form that names a result which it was not offered.
fn forged(form: &Form, code: &str) -> Form {
    let mut forged = form.clone();
    forged.forge(&reuse(), code).forge(&consent(), "1");
    forged
}

fn id_of(page: &Page, side: &str) -> String {
    let rest = page.path.strip_prefix(side).unwrap_or_else(|| panic!("{}", page.text()));
    rest.split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_owner_uses_a_result_again_and_the_officer_sees_it() {
    each_scene(async |scene| {
        has_permit(scene).await;
        let citizen = scene.at("citizen").await;
        let mut form = extension(&citizen).await;
        assert!(form.offered(&reuse()).contains(&CODE.to_owned()));
        assert_eq!(form.value(&reuse()), "", "nothing is chosen for them");
        assert_eq!(form.value(&consent()), "", "consent is never ticked before");
        form.set(&reuse(), CODE);
        let told = citizen.submit(&form).await;
        told.refuses(422, "Hãy đánh dấu đồng ý để dùng kết quả này");
        let mut again = told.form(&form.action);
        assert_eq!(again.value(&reuse()), CODE, "the choice is not lost");
        again.set(&consent(), "1");
        let page = citizen.submit(&again).await.fine();
        let id = id_of(&page, "/ho-so-cua-toi/");
        page.shows(CODE).shows("kết quả đã có");
        let dossier = scene.office.state(&Actor::System, &id).await.unwrap();
        let paper = dossier.papers.iter().find(|paper| paper.component == PERMIT).unwrap();
        let reused = paper.reused.as_ref().unwrap();
        assert!(reused.consent && reused.kind == "GPXD" && reused.agency == "U26.XA1");
        scene.act("counter", &id, "receive", &[]).await;
        let (officer, _) = official("officer");
        scene.act("head", &id, "assign", &[("officer", &officer)]).await;
        let seen = scene.seen_by("officer", &id).await;
        seen.shows(CODE).shows("chủ kết quả đồng ý").shows("Đúng với kho kết quả: Đã cấp, mục số");
        let desk = scene.at("officer").await;
        desk.get(&format!("/ho-so/{id}/dung-lai/2")).await.is_pdf();
        desk.get(&format!("/ho-so/{id}/dung-lai/1")).await.refuses(404, "Không tìm thấy trang");
        let elsewhere = scene.at("elsewhere").await;
        let refused = elsewhere.get(&format!("/ho-so/{id}/dung-lai/2")).await;
        refused.refuses(404, "Không tìm thấy trang");
        let log = dump(&scene.office.store, &tables::AUDIT).await.join("\n");
        assert_eq!(log.matches("read_reused_result").count(), 1, "each look is written down");
        still_true(scene, &id).await;
    })
    .await;
}

/// A hand in the register is told on the officer's page, not believed.
async fn still_true(scene: &Scene, id: &str) {
    let kept = dump(&scene.office.store, &tables::RESULT).await;
    scene.office.store.reset_read_models(&[&tables::RESULT]).await.unwrap();
    scene.seen_by("officer", id).await.shows("Không khớp với kho kết quả");
    scene.office.rebuild().await.unwrap();
    assert_eq!(dump(&scene.office.store, &tables::RESULT).await, kept);
}

#[tokio::test]
async fn nobody_uses_the_result_of_another() {
    each_scene(async |scene| {
        has_permit(scene).await;
        let stranger = scene.at("stranger").await;
        let form = extension(&stranger).await;
        assert!(form.offered(&reuse()).is_empty(), "nothing is offered");
        let before = scene.dossiers().await.len();
        let mut answers = Vec::new();
        for code in [CODE, "H60.30.GPXD.2026.0999", "x'; --"] {
            // Under the owner's number too: an account speaks for itself.
            let page = stranger.submit(&forged(&form, code)).await;
            page.refuses(422, "Người nộp không có kết quả này");
            answers.push(page.texts("main .govuk-error-summary").join(" "));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        let citizen = scene.at("citizen").await;
        let mut other = extension(&citizen).await;
        other.set("applicant.personal_number", "001087123456").set(&reuse(), CODE);
        other.set(&consent(), "1");
        let page = citizen.submit(&other).await;
        page.refuses(422, "Người nộp không có kết quả này");
        assert_eq!(scene.dossiers().await.len(), before, "nothing was filed");
    })
    .await;
}

#[tokio::test]
async fn the_clerk_records_the_owners_consent() {
    each_scene(async |scene| {
        has_permit(scene).await;
        let counter = scene.at("counter").await;
        let action = format!("/quay/nop/{EXTENSION}");
        let mut form = counter.get(&action).await.fine().form(&action);
        form.set("agency", "U26.XA1");
        applicant(&mut form);
        form.set(&format!("paper.{EXTENSION}.c01"), "original");
        assert!(form.offered(&reuse()).is_empty(), "nobody's results before they are looked for");
        let found = counter.submit(form.clone().forge("find", "1")).await.fine();
        let mut form = found.form(&action);
        assert_eq!(form.value("applicant.name"), NAME, "what was typed stays");
        assert!(form.offered(&reuse()).contains(&CODE.to_owned()));
        form.set(&reuse(), CODE);
        let told = counter.submit(&form).await;
        told.refuses(422, "Hãy đánh dấu đồng ý để dùng kết quả này");
        let mut again = told.form(&action);
        again.set(&consent(), "1");
        let page = counter.submit(&again).await.fine();
        let id = id_of(&page, "/ho-so/");
        page.shows(CODE).shows("chủ kết quả đồng ý");
        scene.act("counter", &id, "receive", &[]).await.shows(CODE);
        let log = dump(&scene.office.store, &tables::AUDIT).await.join("\n");
        assert!(log.contains("search_results") && log.contains("reuse_result"), "{log}");
        assert!(!log.contains(NUMBER), "no plain number in the log");
    })
    .await;
}
