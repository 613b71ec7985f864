//! Papers scanned at the counter: what is taken becomes an archive's PDF, what is not is told
//! beside its paper, and the citizen sees what was taken.

use crate::bad_files::authority;
use crate::filing::{SCAN, at_counter, mandatory};
use crate::scene::{each_scene, each_scene_with, official};
use crate::signing_papers::ring;
use documents::{Form, Templates};
use domain::dossier::Actor;
use office::key_ring::{Holder, Key};
use signing::{Verdict, validate};

/// A photograph as telephones make them.
const PHOTOGRAPH: &[u8] = include_bytes!("../../../documents/tests/scan/corners.heic");

#[tokio::test]
async fn a_scan_is_taken_as_pdf_a_and_shown() {
    each_scene(async |scene| {
        let counter = scene.at("counter").await;
        let (photographed, printed) = (mandatory()[1].clone(), mandatory()[2].clone());
        let mut form = at_counter(&counter, "counter").await;
        form.attach(&format!("scan.{photographed}"), "so do.heic", PHOTOGRAPH);
        form.attach(&format!("scan.{printed}"), "ban ve.pdf", SCAN);
        let page = counter.submit(&form).await.fine();
        page.shows("so do.pdf").shows("1 trang, PDF/A").shows("PDF thường, giữ nguyên");
        let id = page.path.strip_prefix("/ho-so/").unwrap().split('?').next().unwrap().to_owned();
        let dossier = scene.office.state(&Actor::System, &id).await.unwrap();
        let paper =
            |id: &str| dossier.papers.iter().find(|paper| paper.component == id).unwrap().clone();
        let (made, kept) = (paper(&photographed), paper(&printed));
        assert_eq!((made.kind.as_str(), made.count), ("original", 1));
        let scan = made.scan.unwrap();
        assert!(scan.archival && scan.pages == Some(1));
        assert_eq!(made.file.unwrap().media_type, "application/pdf");
        assert!(!kept.scan.unwrap().archival, "an ordinary PDF keeps its bytes and is told so");
        let place = dossier.papers.iter().position(|paper| paper.component == printed).unwrap();
        let file = counter.get(&format!("/ho-so/{id}/tep/{}", place + 1)).await.fine();
        assert_eq!(file.bytes, SCAN);
        let received = scene.act("counter", &id, "receive", &[]).await;
        received.shows("1 trang, PDF/A");
    })
    .await;
}

#[tokio::test]
async fn the_officer_signs_the_copy_and_what_came_stands_below() {
    let (officer, name) = official("counter");
    let key = || Key::File(Box::new(authority().signer(&name, None).unwrap()));
    let keys = |clock| ring(clock).with(Holder::Official(officer.clone()), key());
    let drawing = Form::Refusal(documents::sample::refusal());
    let drawing = documents::render(&drawing, &Templates::embedded()).unwrap();
    each_scene_with(keys, async |scene| {
        let counter = scene.at("counter").await;
        let (photographed, printed) = (mandatory()[1].clone(), mandatory()[2].clone());
        let mut form = at_counter(&counter, "counter").await;
        form.attach(&format!("scan.{photographed}"), "so do.heic", PHOTOGRAPH);
        form.attach(&format!("scan.{printed}"), "ban ve.pdf", &drawing);
        let page = counter.submit(&form).await.fine();
        page.shows("so do.pdf").shows("1 trang, PDF/A, có chữ ký số");
        let id = page.path.strip_prefix("/ho-so/").unwrap().split('?').next().unwrap().to_owned();
        let dossier = scene.office.state(&Actor::System, &id).await.unwrap();
        for component in [&photographed, &printed] {
            let place = dossier.papers.iter().position(|paper| paper.component == *component);
            let file = counter.get(&format!("/ho-so/{id}/tep/{}", place.unwrap() + 1)).await.fine();
            let verdict = validate(&file.bytes, &authority().trust(), scene.office.clock.now());
            let Verdict::Signed(all) = &verdict else { panic!("signed") };
            assert!(verdict.is_valid() && all[0].signer == name, "{verdict:?}");
            assert!(component == &photographed || file.bytes.starts_with(&drawing));
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_no_scan_is_told_and_nothing_is_lost() {
    each_scene(async |scene| {
        let counter = scene.at("counter").await;
        let component = mandatory()[1].clone();
        let input = format!("scan.{component}");
        let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bomb.extend([0, 0, 0xFD, 0xE8, 0, 0, 0xFD, 0xE8, 8, 2, 0, 0, 0, 0, 0, 0, 0]);
        let wrong: [(&str, &[u8], &str); 4] = [
            ("bom.png", &bomb, "ảnh 65000 × 65000 điểm là quá lớn"),
            ("rong.jpg", b"", "Tệp này trống"),
            ("cat.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF", "không đọc được ảnh này"),
            ("trang.pdf", b"<html>", "không phải PDF, JPG, PNG hoặc HEIC"),
        ];
        for (name, bytes, sentence) in wrong {
            let mut form = at_counter(&counter, "counter").await;
            form.attach(&input, name, bytes);
            let told = counter.submit(&form).await;
            told.refuses(422, sentence);
            assert_eq!(scene.dossiers().await.len(), 0, "{name}");
        }
        let mut form = at_counter(&counter, "counter").await;
        form.set(&format!("paper.{component}"), "").attach(&input, "so do.heic", PHOTOGRAPH);
        let told = counter.submit(&form).await;
        told.refuses(422, "Hãy chọn loại bản cho giấy tờ đã quét.");
        let mut again = told.form(&form.action);
        assert_ne!(again.value(&format!("scanned.{component}")), "", "the scan is kept");
        again.set(&format!("paper.{component}"), "certified_copy");
        counter.submit(&again).await.fine().shows("bản sao chứng thực: 1 trang, PDF/A");
    })
    .await;
}
