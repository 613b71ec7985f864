//! The register of results: kept once, found by whose they are and by nobody else.

use crate::filing::at_counter;
use crate::scene::{Scene, each_scene, official};
use storage::tables;
use storage::testing::dump;

/// The first permit of the ward's book of 2026.
pub(crate) const CODE: &str = "H60.30.GPXD.2026.0001";

/// Filed at the counter, so that no account stands on the dossier; its id.
pub(crate) async fn taken_in(scene: &Scene) -> String {
    let counter = scene.at("counter").await;
    let form = at_counter(&counter, "counter").await;
    let page = counter.submit(&form).await.fine();
    let id = page.path.strip_prefix("/ho-so/").and_then(|rest| rest.strip_suffix("?da=submit"));
    let id = id.unwrap_or_else(|| panic!("led to {}", page.path)).to_owned();
    scene.act("counter", &id, "receive", &[]).await;
    scene.act("counter", &id, "transfer", &[]).await;
    id
}

/// From the assignment to the seal.
pub(crate) async fn issued(scene: &Scene, id: &str, outcome: &str) {
    let (officer, _) = official("officer");
    scene.act("head", id, "assign", &[("officer", &officer)]).await;
    while scene.offers("officer", id, "work").await {
        scene.wait_minutes(20);
        scene.act("officer", id, "work", &[]).await;
    }
    scene.act("officer", id, "propose", &[("outcome", outcome)]).await;
    while scene.offers("head", id, "work").await {
        scene.act("head", id, "work", &[]).await;
    }
    scene.act("leader", id, "sign", &[]).await;
    scene.act("clerk", id, "issue", &[]).await;
}

#[tokio::test]
async fn a_result_is_found_by_its_owner_wherever_it_was_filed() {
    each_scene(async |scene| {
        let none = scene.at("citizen").await.get("/ket-qua-cua-toi").await.fine();
        none.shows("Bạn chưa có kết quả nào.");
        let id = taken_in(scene).await;
        issued(scene, &id, "granted").await;
        scene.act("counter", &id, "give_back", &[]).await;
        assert_eq!(dump(&scene.office.store, &tables::RESULT).await.len(), 1, "kept once");
        let citizen = scene.at("citizen").await;
        let own = citizen.get("/ket-qua-cua-toi").await.fine();
        own.shows(CODE).shows("Giấy phép xây dựng").shows("09/11/2026").shows("Đã cấp");
        let paper = citizen.get(&format!("/ket-qua-cua-toi/{CODE}")).await;
        paper.is_pdf();
        let clerk = scene.at("clerk").await.get(&format!("/ho-so/{id}/ket-qua")).await;
        assert!(paper.bytes == clerk.is_pdf().bytes, "the paper that was issued");
        citizen.get(&format!("/ket-qua-cua-toi/{}", CODE.to_lowercase())).await.is_pdf();
        let row = dump(&scene.office.store, &tables::RESULT).await.join(" ");
        assert!(!row.contains(crate::filing::NUMBER), "no plain number in the register: {row}");
    })
    .await;
}

#[tokio::test]
async fn a_result_of_another_is_not_there() {
    each_scene(async |scene| {
        let id = taken_in(scene).await;
        issued(scene, &id, "granted").await;
        let stranger = scene.at("stranger").await;
        stranger.get("/ket-qua-cua-toi").await.fine().hides(CODE).shows("Bạn chưa có kết quả nào.");
        let [theirs, nobodys] = [CODE, "H60.30.GPXD.2026.0999"];
        let theirs = stranger.get(&format!("/ket-qua-cua-toi/{theirs}")).await;
        theirs.refuses(404, "Không tìm thấy trang");
        let nobodys = stranger.get(&format!("/ket-qua-cua-toi/{nobodys}")).await;
        let told = |page: &crate::browser::Page| page.text().replace("0999", "0001");
        assert_eq!(told(&theirs), told(&nobodys), "another's looks like nobody's");
        for odd in ["x", "%27%20OR%201=1", "..%2F..", &"A".repeat(300)] {
            let page = stranger.get(&format!("/ket-qua-cua-toi/{odd}")).await;
            page.refuses(404, "Không tìm thấy trang");
        }
        for login in ["counter", "clerk", "controller"] {
            let page = scene.at(login).await.get("/ket-qua-cua-toi").await;
            page.refuses(404, "Không tìm thấy trang");
        }
    })
    .await;
}

#[tokio::test]
async fn a_refusal_after_appraisal_is_kept_as_one() {
    each_scene(async |scene| {
        let id = taken_in(scene).await;
        issued(scene, &id, "refused").await;
        let own = scene.at("citizen").await.get("/ket-qua-cua-toi").await.fine();
        own.shows("H60.30.KQ.2026.0001").shows("Từ chối").hides("Đã cấp");
    })
    .await;
}
