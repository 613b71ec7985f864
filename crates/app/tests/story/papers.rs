//! The papers of a dossier and the register: for whom they are, the same for everyone, and nothing
//! for others.

use crate::filing::received;
use crate::scene::{Scene, each_scene};

/// The paper is there for its owner and the agency, byte for byte the same, and for nobody else.
pub(crate) async fn given(scene: &Scene, id: &str, paper: &str) {
    let own = format!("/ho-so-cua-toi/{id}/giay/{paper}");
    let theirs = format!("/ho-so/{id}/giay/{paper}");
    let link = format!("a[href='{own}']");
    assert_eq!(scene.own(id).await.texts(&link).len(), 1, "{paper}");
    let [citizen, leader] = [scene.at("citizen").await, scene.at("leader").await];
    let (one, other) = (citizen.get(&own).await, leader.get(&theirs).await);
    assert!(one.is_pdf().bytes == other.is_pdf().bytes, "{paper}");
    assert_eq!(scene.at("stranger").await.get(&own).await.status, 404);
    assert_eq!(scene.at("elsewhere").await.get(&theirs).await.status, 404);
}

#[tokio::test]
async fn the_papers_of_a_received_dossier() {
    each_scene(async |scene| {
        let id = received(scene).await;
        given(scene, &id, "phieu-danh-gia").await;
        let slip = format!("/ho-so/{id}/giay/phieu-kiem-soat");
        scene.at("counter").await.get(&slip).await.is_pdf();
        let theirs = format!("/ho-so-cua-toi/{id}/giay/phieu-kiem-soat");
        assert_eq!(scene.at("citizen").await.get(&theirs).await.status, 404, "stays in the house");
        for paper in ["xin-loi", "tu-choi-tiep-nhan", "yeu-cau-bo-sung-1", "khac"] {
            let none = format!("/ho-so/{id}/giay/{paper}");
            assert_eq!(scene.at("counter").await.get(&none).await.status, 404, "{paper}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_register_is_for_its_counter_and_its_agency() {
    each_scene(async |scene| {
        let id = received(scene).await;
        let code = scene.own(&id).await.texts(".mc-identity__code").remove(0);
        for login in ["counter", "leader", "controller"] {
            let browser = scene.at(login).await;
            let page = browser.get("/so-theo-doi?co-quan=U26.XA1").await.fine();
            page.shows(&code).shows("Đã tiếp nhận: 1").shows("Đang giải quyết: 1");
            browser.get("/so-theo-doi/in?co-quan=U26.XA1").await.is_pdf();
            let none = browser.get("/so-theo-doi/buu-chinh").await;
            assert_eq!(none.status, 404, "nothing waits for the post");
        }
        let wrong = "/so-theo-doi?tu=01/12/2025&den=31/01/2026";
        scene.at("counter").await.get(wrong).await.refuses(422, "trong cùng một năm");
        for login in ["elsewhere", "citizen"] {
            let theirs = scene.at(login).await.get("/so-theo-doi?co-quan=U26.XA1").await;
            assert_eq!(theirs.status, 404, "{login}");
        }
        let before = "/so-theo-doi?co-quan=U26.XA1&tu=01/10/2026&den=31/10/2026";
        scene.at("counter").await.get(before).await.fine().hides(&code).shows("Hãy chọn kỳ khác");
    })
    .await;
}
