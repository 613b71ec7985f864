//! Supplements, refusal, withdrawal, a draft that is sent back.

use crate::filing::{SCAN, filed, mandatory, received};
use crate::scene::{NAME, Scene, each_scene, official};

const WHAT: &str = "Bản vẽ mờ, hãy chụp lại rõ nét.";
const REASON: &str = "Bản vẽ không đọc được.";

/// Asks for the second mandatory paper again.
async fn asked(scene: &Scene, login: &str, id: &str) -> String {
    let component = mandatory()[1].clone();
    let typed =
        [("items.0.component", component.as_str()), ("items.0.what", WHAT), ("reason", REASON)];
    let page = scene.act(login, id, "request_supplement", &typed).await;
    page.shows("Chờ bổ sung").shows(WHAT);
    component
}

#[tokio::test]
async fn what_the_counter_misses_is_asked_for_and_brought() {
    each_scene(async |scene| {
        let id = filed(scene).await;
        assert!(!scene.offers("counter", &id, "supplement").await);
        let component = asked(scene, "counter", &id).await;
        let own = scene.own(&id).await;
        own.shows(WHAT).shows(REASON).shows("Hồ sơ còn thiếu.");
        let path = own.link(&format!("/ho-so-cua-toi/{id}/bo-sung")).expect("a way to answer");
        let citizen = scene.at("citizen").await;
        let mut form = citizen.get(&path).await.fine().form(&path);
        assert_eq!(form.file_inputs(), [format!("paper.{component}")], "only what is asked for");

        let nothing = citizen.submit(&form).await;
        nothing.refuses(422, "Hãy chọn tệp cho giấy tờ được yêu cầu, hoặc viết lời nhắn.");
        assert_eq!(scene.stage(&id).await, "awaiting_supplement");

        form.set("note", "Tôi đã chụp lại.\nXin cảm ơn.");
        form.attach(&format!("paper.{component}"), "ban-ve.pdf", SCAN);
        let done = citizen.submit(&form).await.fine();
        assert_eq!(done.path, format!("/ho-so-cua-toi/{id}?xong=supplement"));
        done.shows("Đã gửi bổ sung.").shows("ban-ve.pdf");
        assert_eq!(done.link(&path), None, "it is brought once");
        let seen = scene.seen_by("counter", &id).await;
        seen.shows("Đã bổ sung, chờ kiểm tra").shows("ban-ve.pdf").shows("Xin cảm ơn.");
        scene.act("counter", &id, "receive", &[]).await;
        let own = scene.own(&id).await;
        own.shows("-261109-0001").shows("17:30 ngày 16/11/2026");
        let mut course = own.course();
        course.reverse();
        let told = ["Nộp hồ sơ", "Yêu cầu bổ sung", "Người nộp đã bổ sung", "Tiếp nhận hồ sơ"];
        assert_eq!(course[..4], told);
    })
    .await;
}

#[tokio::test]
async fn what_the_officer_misses_stops_the_clock() {
    each_scene(async |scene| {
        let id = received(scene).await;
        let (officer, _) = official("officer");
        scene.act("head", &id, "assign", &[("officer", officer.as_str())]).await;
        scene.wait("2026-11-10T08:00");
        asked(scene, "officer", &id).await;
        assert!(!scene.offers("officer", &id, "work").await, "nobody works meanwhile");
        scene.wait("2026-11-25T08:00");
        // They come to the counter, and the counter hands it in for them.
        let mut form = scene.act_form("counter", &id, "supplement").await;
        form.set(&format!("paper.{}", mandatory()[1]), "original");
        form.set("note", "Người dân nộp bản giấy tại quầy.");
        let page = scene.at("counter").await.submit(&form).await.fine();
        page.shows("Đã ghi nhận bổ sung.").shows("Đã bổ sung, chờ kiểm tra");
        scene.act("counter", &id, "receive", &[]).await.shows("Đang giải quyết");
        let own = scene.own(&id).await;
        own.shows("-261109-0001").shows("Ngày hẹn trả lần đầu: 17:30 ngày 16/11/2026");
        // The promise begins anew: 26, 27 and 30 November, 1 and 2 December.
        own.shows("17:30 ngày 02/12/2026").shows("Tiếp nhận lúc 08:00 ngày 25/11/2026");
        let seen = scene.seen_by("officer", &id).await;
        seen.shows("17:30 ngày 16/11/2026").shows("17:30 ngày 02/12/2026");
        assert!(scene.offers("officer", &id, "work").await);
        let mut again = scene.act_form("officer", &id, "request_supplement").await;
        again.set("items.0.component", &mandatory()[1]).set("items.0.what", WHAT);
        again.set("reason", REASON);
        let told = scene.at("officer").await.submit(&again).await;
        told.refuses(422, "Pháp luật chỉ cho phép yêu cầu một lần, đầy đủ.");
        let kept = told.form(&again.action);
        assert_eq!(kept.typed().collect::<Vec<_>>(), again.typed().collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn a_dossier_is_refused_with_a_reason() {
    each_scene(async |scene| {
        let id = filed(scene).await;
        let mut form = scene.act_form("counter", &id, "refuse").await;
        form.set("legal_basis", "Điều 53 NĐ 217/2026/NĐ-CP");
        let counter = scene.at("counter").await;
        let told = counter.submit(&form).await;
        told.refuses(422, "Hãy điền mục này.");
        let again = told.form(&form.action);
        assert_eq!(again.value("legal_basis"), form.value("legal_basis"));
        assert_eq!(scene.stage(&id).await, "submitted");

        let why = [
            ("ground", "out_of_authority"),
            ("reason", "Công trình do Sở Xây dựng cấp phép."),
            ("legal_basis", "Điều 53 NĐ 217/2026/NĐ-CP"),
        ];
        scene.act("counter", &id, "refuse", &why).await.shows("Không tiếp nhận");
        let own = scene.own(&id).await;
        own.shows("Không tiếp nhận");
        own.shows("Công trình do Sở Xây dựng cấp phép. (Điều 53 NĐ 217/2026/NĐ-CP)");
        // The controller of the province finds it, an official of another ward does not.
        scene.at("controller").await.get("/ho-so").await.fine().shows(NAME);
        scene.at("elsewhere").await.get("/ho-so").await.fine().hides(NAME);
        assert_eq!(own.course(), ["Từ chối tiếp nhận", "Nộp hồ sơ"]);
        for act in ["receive", "request_supplement", "refuse", "withdraw"] {
            assert!(!scene.offers("counter", &id, act).await, "{act} after the end");
        }
    })
    .await;
}

#[tokio::test]
async fn the_applicant_takes_a_dossier_back() {
    each_scene(async |scene| {
        let citizen = scene.at("citizen").await;
        let first = filed(scene).await;
        let path = scene.own(&first).await.link(&format!("/ho-so-cua-toi/{first}/rut"));
        let path = path.expect("a way out");
        let mut form = citizen.get(&path).await.fine().form(&path);
        form.set("reason", "Tôi chưa xây nữa.");
        let done = citizen.submit(&form).await.fine();
        done.shows("Đã rút hồ sơ.").shows("Đã rút");
        assert_eq!(done.course(), ["Rút hồ sơ", "Nộp hồ sơ"]);

        let second = received(scene).await;
        let own = scene.own(&second).await;
        let code = own.texts(".mc-identity__code").remove(0);
        let reason = [("reason", "Người dân đến quầy xin rút, đơn ngày 9/11/2026.")];
        scene.act("counter", &second, "withdraw", &reason).await.shows("Đã rút");
        scene.own(&second).await.shows("Đã rút");
        scene.tracked(&code).await.shows("Đã rút").hides("Người dân đến quầy xin rút");
        assert!(!scene.offers("head", &second, "assign").await);
        let all = citizen.get("/ho-so-cua-toi").await.fine();
        for id in [&first, &second] {
            assert!(all.link(&format!("/ho-so-cua-toi/{id}")).is_some());
        }
    })
    .await;
}

#[tokio::test]
async fn the_draft_that_was_sent_back_is_never_signed() {
    each_scene(async |scene| {
        let id = received(scene).await;
        let (officer, _) = official("officer");
        scene.act("head", &id, "assign", &[("officer", officer.as_str())]).await;
        while scene.offers("officer", &id, "work").await {
            scene.act("officer", &id, "work", &[]).await;
        }
        scene.act("officer", &id, "propose", &[("title", "Bản thứ nhất")]).await;
        scene.act("head", &id, "work", &[]).await;
        let first = scene.act_form("leader", &id, "sign").await;
        let reason = [("reason", "Sửa căn cứ pháp lý.")];
        scene.act("leader", &id, "send_back", &reason).await.shows("Đang giải quyết");
        assert!(!scene.offers("leader", &id, "sign").await);

        let again = scene.act_form("officer", &id, "propose").await;
        assert_eq!(again.value("title"), "Bản thứ nhất", "the officer goes on from there");
        scene.act("officer", &id, "propose", &[("title", "Bản thứ hai")]).await;
        scene.act("head", &id, "work", &[]).await;
        let before = scene.traces().await;
        let leader = scene.at("leader").await;
        let told = leader.submit(&first).await;
        told.refuses(422, "Dự thảo đã được sửa sau khi bạn mở.").shows("Bản thứ hai");
        assert_eq!(scene.traces().await, before, "nothing is signed");
        let second = told.form(&first.action);
        assert_ne!(second.value("draft"), first.value("draft"));
        leader.submit(&second).await.fine().shows("Đã ký, chờ phát hành").shows("Bản thứ hai");
        let own = scene.own(&id).await;
        own.hides("Sửa căn cứ pháp lý.");
        let sent_back = own.course().iter().filter(|title| *title == "Trả lại dự thảo").count();
        assert_eq!(sent_back, 1, "{:?}", own.course());
    })
    .await;
}
