//! Filings on paper: at the counter and by post.

use crate::filing::{CASE, NUMBER, PROCEDURE, at_counter, mandatory};
use crate::scene::{NAME, Scene, each_scene};

/// Files for those who come: the id of the dossier, taken from where the official is led.
async fn taken_in(scene: &Scene, channel: &str) -> String {
    let counter = scene.at("counter").await;
    let form = at_counter(&counter, channel).await;
    let page = counter.submit(&form).await.fine();
    page.shows("Đã ghi hồ sơ.");
    let id = page.path.strip_prefix("/ho-so/").and_then(|rest| rest.strip_suffix("?da=submit"));
    id.unwrap_or_else(|| panic!("led to {}", page.path)).to_owned()
}

#[tokio::test]
async fn the_counter_files_for_those_who_come_and_hands_on() {
    each_scene(async |scene| {
        for (n, (channel, shown)) in
            [("counter", "Tại quầy"), ("post", "bưu chính")].into_iter().enumerate()
        {
            let id = taken_in(scene, channel).await;
            let seen = scene.seen_by("counter", &id).await;
            seen.shows(NAME).shows(NUMBER).shows("Đã nộp, chờ tiếp nhận");
            assert!(seen.text().to_lowercase().contains(&shown.to_lowercase()), "{channel}");
            scene.act("counter", &id, "receive", &[]).await;
            let code = scene.seen_by("counter", &id).await.texts(".mc-identity__code").remove(0);
            assert!(code.ends_with(&format!("-261109-000{}", n + 1)), "{code}");
            assert_eq!(scene.stage(&id).await, "received", "paper must be carried over");
            scene.tracked(&code).await.shows("Đã tiếp nhận");
            assert!(!scene.offers("head", &id, "assign").await, "the paper is not there yet");
            scene.act("counter", &id, "transfer", &[]).await.shows("Đã chuyển, chờ phân công");
            assert!(scene.offers("head", &id, "assign").await);
            assert_eq!(
                scene.tracked(&code).await.course(),
                ["Nộp hồ sơ", "Tiếp nhận hồ sơ", "Chuyển đến đơn vị giải quyết"]
            );
            let citizen = scene.at("citizen").await;
            let foreign = citizen.get(&format!("/ho-so-cua-toi/{id}")).await;
            foreign.refuses(404, "Không tìm thấy trang");
        }
    })
    .await;
}

#[tokio::test]
async fn papers_entered_later_than_they_came_say_so() {
    each_scene(async |scene| {
        let id = taken_in(scene, "post").await;
        let late = [("arrived_on", "06/11/2026"), ("late_reason", "Mất điện cả ngày")];
        scene.act("counter", &id, "receive", &late).await;
        let official = scene.seen_by("counter", &id).await;
        official.shows("Giấy tờ đến ngày 06/11/2026, nhập vào hệ thống muộn hơn.");
        official.shows("Lý do: Mất điện cả ngày");
        let code = official.texts(".mc-identity__code").remove(0);
        let public = scene.tracked(&code).await;
        public.shows("Giấy tờ đến ngày 06/11/2026").hides("Mất điện");
        let other = taken_in(scene, "counter").await;
        scene.act("counter", &other, "receive", &[]).await.hides("nhập vào hệ thống muộn hơn");
    })
    .await;
}

#[tokio::test]
async fn a_paper_that_is_not_there_is_told_at_the_counter() {
    each_scene(async |scene| {
        let counter = scene.at("counter").await;
        let mut form = at_counter(&counter, "counter").await;
        assert_eq!(
            form.value("result"),
            "post",
            "this procedure gives nothing back at the counter"
        );
        let paper = format!("paper.{}", mandatory()[2]);
        form.set(&paper, "").set("applicant.filed_by", "Nguyễn Văn Mẫu");
        let told = counter.submit(&form).await;
        told.refuses(422, "Giấy tờ bắt buộc.");
        let mut again = told.form(&form.action);
        let kept: Vec<(&str, &str)> = form.typed().collect();
        assert_eq!(again.typed().collect::<Vec<_>>(), kept);
        assert_eq!(scene.dossiers().await.len(), 0);
        again.set(&paper, "original");
        counter.submit(&again).await.fine().shows("Đã ghi hồ sơ.");
        assert_eq!(scene.dossiers().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn only_the_counter_files_for_others() {
    each_scene(async |scene| {
        let path = format!("/quay/nop/{PROCEDURE}?truong-hop={CASE}");
        for login in ["citizen", "head", "officer", "leader", "clerk", "elsewhere"] {
            scene.at(login).await.get(&path).await.refuses(404, "Không tìm thấy trang");
        }
        let form = at_counter(&*scene.at("counter").await, "counter").await;
        for login in ["citizen", "officer"] {
            let mut forged = form.clone();
            let own = scene.at(login).await;
            let csrf = own.get("/").await.fine().form("/dang-xuat").value("csrf").to_owned();
            own.submit(forged.forge("csrf", &csrf)).await.refuses(404, "Không tìm thấy trang");
        }
        assert_eq!(scene.dossiers().await.len(), 0);
    })
    .await;
}
