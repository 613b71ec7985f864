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

#[tokio::test]
async fn what_is_shown_can_be_taken_away() {
    each_scene(async |scene| {
        received(scene).await;
        let controller = scene.at("controller").await;
        let page = controller.get("/so-lieu?theo=kenh").await.fine();
        assert_eq!(page.texts("svg.mc-chart[role=img] > title").len(), 4, "a phone's, a desk's");
        let links = page.html();
        let wanted = scraper::Selector::parse("a[href*='/so-lieu/tai-ve']").unwrap();
        let links = links.select(&wanted).filter_map(|a| a.attr("href").map(str::to_owned));
        let files: Vec<String> = links.collect();
        assert_eq!(files.len(), 35, "seven forms in five formats");
        for (file, begins) in [("xlsx", "PK"), ("ods", "PK"), ("csv", "\u{feff}"), ("pdf", "%PDF")]
        {
            let wanted = format!("mau=07a&dang={file}");
            let href = files.iter().find(|href| href.contains(&wanted)).unwrap();
            let answer = controller.get(href).await;
            assert_eq!(answer.status, 200);
            assert!(answer.bytes.starts_with(begins.as_bytes()), "{file}");
        }
        let elsewhere = "/so-lieu/tai-ve?mau=07a&dang=csv&co-quan=U26.XA1";
        for login in ["elsewhere", "citizen", "counter"] {
            assert_eq!(scene.at(login).await.get(elsewhere).await.status, 404, "{login}");
        }
        let unknown = controller.get("/so-lieu/tai-ve?mau=07a&dang=doc").await;
        assert_eq!(unknown.status, 404);
    })
    .await;
}

#[tokio::test]
async fn open_data_tells_what_the_public_pages_tell() {
    each_scene(async |scene| {
        let id = received(scene).await;
        let anyone = scene.anyone();
        anyone.get("/du-lieu-mo").await.fine().shows("Danh mục thủ tục hành chính");
        let read = async |file: &str| {
            let answer = anyone.get(&format!("/du-lieu-mo/{file}")).await;
            assert_eq!(answer.status, 200, "{file}");
            String::from_utf8(answer.bytes).unwrap()
        };
        let catalog: serde_json::Value =
            serde_json::from_str(&read("catalog.jsonld").await).unwrap();
        assert_eq!(catalog["@type"], "dcat:Catalog");
        let sets = catalog["dcat:dataset"].as_array().unwrap();
        for file in sets.iter().flat_map(|set| set["dcat:distribution"].as_array().unwrap()) {
            let address = file["dcat:downloadURL"]["@id"].as_str().unwrap();
            let name = address.rsplit('/').next().unwrap();
            assert!(!read(name).await.contains(&id), "{name}");
        }
        let results = read("ket-qua-theo-thu-tuc.json").await;
        let results: serde_json::Value = serde_json::from_str(&results).unwrap();
        assert_eq!(results["rows"][0]["handled"], serde_json::Value::Null, "one dossier is hidden");
        let feed = read("atom.xml").await;
        assert_eq!(feed.matches("<entry>").count(), sets.len());
        assert_eq!(anyone.get("/du-lieu-mo/x.csv").await.status, 404);
    })
    .await;
}
