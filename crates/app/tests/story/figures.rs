//! The pages of figures: each number leads to its dossiers, each agency sees its own, everyone sees
//! nothing that is small.

use crate::filing::received;
use crate::scene::each_scene;

#[tokio::test]
async fn a_number_leads_to_its_dossiers() {
    each_scene(async |scene| {
        let id = received(scene).await;
        let link = format!("a[href='/ho-so/{id}']");
        for login in ["controller", "leader"] {
            let page = scene.at(login).await.get("/so-lieu?chi-tieu=handled").await.fine();
            page.shows("Nhận giải quyết trong kỳ").shows("mục nhật ký");
            assert_eq!(page.texts(&link).len(), 1, "{login}");
            let page = scene.at(login).await.get("/so-lieu?chi-tieu=issued").await.fine();
            page.shows("Không có hồ sơ nào.").hides(&id);
        }
        let before = "/so-lieu?luc=2026-11-09T08:00&chi-tieu=handled";
        // Nobody knew of it then.
        scene.at("controller").await.get(before).await.fine().hides(&id);
        let wrong = scene.at("controller").await.get("/so-lieu?tu=hom-qua").await;
        wrong.refuses(422, "Hãy ghi ngày như 31/01/2026");
    })
    .await;
}

#[tokio::test]
async fn figures_are_for_those_who_may_see_them() {
    each_scene(async |scene| {
        let id = received(scene).await;
        let theirs = "/so-lieu?co-quan=U26.XA1&chi-tieu=handled";
        for login in ["elsewhere", "citizen", "counter"] {
            assert_eq!(scene.at(login).await.get(theirs).await.status, 404, "{login}");
        }
        assert_eq!(scene.at("controller").await.get("/so-lieu?co-quan=x").await.status, 404);
        let public = scene.anyone().get("/cong-khai/ket-qua").await.fine();
        public.shows("Kết quả giải quyết hồ sơ").shows("ẩn").hides(&id);
    })
    .await;
}
