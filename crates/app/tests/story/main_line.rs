//! From filing to the returned result; the same course on every side.

use crate::browser::Page;
use crate::filing::{NUMBER, PERSONAL, PROCEDURE, SCAN, filed, mandatory};
use crate::scene::{CATALOGUE, NAME, Scene, each_scene, official};
use domain::process::StepKind;

/// What anyone with the code reads in the end.
const PUBLIC: [&str; 5] = [
    "Nộp hồ sơ",
    "Tiếp nhận hồ sơ",
    "Chuyển đến đơn vị giải quyết",
    "Phát hành kết quả",
    "Trả kết quả",
];

#[tokio::test]
async fn a_dossier_goes_from_the_filing_to_the_returned_result() {
    each_scene(async |scene| {
        let found = scene.anyone().get("/thu-tuc?q=nha+o+rieng+le").await.fine();
        assert!(found.link(&format!("/thu-tuc/{PROCEDURE}")).is_some(), "found without diacritics");
        let id = filed(scene).await;
        waits_at_the_counter(scene, &id).await;
        let code = received(scene, &id).await;
        worked(scene, &id, &code).await;
        decided(scene, &id, &code).await;
        scene.wait("2026-11-16T10:00");
        scene.act("counter", &id, "give_back", &[("recipient", NAME)]).await;
        told_alike(scene, &id, &code).await;
        letters(scene, &code).await;
    })
    .await;
}

/// Before reception: no code, no promise; the files can be opened by those who may.
async fn waits_at_the_counter(scene: &Scene, id: &str) {
    let own = scene.own(id).await;
    own.shows("Đã nộp, chờ tiếp nhận").shows("Có sau khi hồ sơ được tiếp nhận");
    assert_eq!(own.course(), ["Nộp hồ sơ"]);
    let receipt =
        scene.at("citizen").await.get(&format!("/ho-so-cua-toi/{id}/giay-tiep-nhan")).await;
    receipt.refuses(404, "Không tìm thấy trang");
    let counter = scene.at("counter").await;
    let worklist = counter.get("/cong-viec").await.fine();
    worklist.shows(NAME);
    assert_eq!(worklist.link("/ho-so/"), Some(format!("/ho-so/{id}")));
    for (side, login) in [("/ho-so-cua-toi", "citizen"), ("/ho-so", "counter")] {
        let file = scene.at(login).await.get(&format!("{side}/{id}/tep/2")).await.fine();
        assert_eq!(
            (file.bytes.as_slice(), &file.head["content-type"]),
            (SCAN, &"application/pdf".parse().unwrap())
        );
        assert!(file.head["content-disposition"].to_str().unwrap().starts_with("attachment"));
    }
    let counted = scene.act_form("counter", id, "receive").await;
    for component in mandatory() {
        assert_ne!(counted.value(&format!("paper.{component}")), "", "{component}");
    }
}

/// The code, the promise and its reasons, the receipt; the head is next.
async fn received(scene: &Scene, id: &str) -> String {
    scene.wait("2026-11-09T09:30");
    scene.act("counter", id, "receive", &[("note", "Đủ giấy tờ.")]).await;
    let own = scene.own(id).await;
    let code = own.texts(".mc-identity__code").remove(0);
    assert!(code.ends_with("-261109-0001"), "{code}");
    // Five working days after the day of reception: 10, 11, 12, 13 and Monday the 16th.
    own.shows("17:30 ngày 16/11/2026").shows("Còn 5 ngày làm việc");
    own.shows("Tiếp nhận lúc 09:30 ngày 09/11/2026; ngày tiếp nhận không tính");
    own.shows("Thời gian được tính: 5 ngày làm việc.").hides("Đủ giấy tờ.");
    let [citizen, counter] = [scene.at("citizen").await, scene.at("counter").await];
    let receipt = citizen.get(&format!("/ho-so-cua-toi/{id}/giay-tiep-nhan")).await;
    let theirs = counter.get(&format!("/ho-so/{id}/giay-tiep-nhan")).await;
    assert!(receipt.is_pdf().bytes == theirs.is_pdf().bytes, "the same paper on both sides");
    let seen = scene.seen_by("head", id).await;
    seen.shows("Đã chuyển, chờ phân công").shows("17:30 ngày 16/11/2026").shows("Đủ giấy tờ.");
    let tracked = scene.tracked(&code).await;
    tracked.shows(&code).shows("Đã chuyển, chờ phân công").shows("17:30 ngày 16/11/2026");
    assert_eq!(tracked.course(), PUBLIC[..3]);
    assert_eq!(own.course(), reversed(&tracked));
    personal_is_hidden(&tracked);
    code
}

/// The head names the officer, who works step by step and drafts the result.
async fn worked(scene: &Scene, id: &str, code: &str) {
    scene.at("head").await.get("/cong-viec").await.fine().shows(code);
    let (officer, name) = official("officer");
    let assign = [("officer", officer.as_str()), ("note", "Xem kỹ ranh giới.")];
    let page = scene.act("head", id, "assign", &assign).await;
    page.shows("Đang giải quyết").shows(&name);
    scene.at("officer").await.get("/cong-viec").await.fine().shows(code);
    scene.wait("2026-11-10T08:00");
    let mut steps = 0;
    while scene.offers("officer", id, "work").await {
        scene.wait_minutes(20);
        scene.act("officer", id, "work", &[("note", "Không có ý kiến khác.")]).await;
        steps += 1;
    }
    let case = Some("nha_o");
    let process = CATALOGUE.process_for(PROCEDURE, case).unwrap();
    let inner = |kind| matches!(kind, StepKind::Work | StepKind::Consult);
    assert_eq!(steps, process.steps.iter().filter(|step| inner(step.kind)).count());
    scene.own(id).await.shows("Đang giải quyết").hides("Không có ý kiến khác.");
}

/// Drafted, reviewed, signed, issued; the result can be opened when it is issued and not before.
async fn decided(scene: &Scene, id: &str, code: &str) {
    let draft = scene.act_form("officer", id, "propose").await;
    for said in [NAME, code, "09/11/2026"] {
        assert!(draft.value("body").contains(said), "{}", draft.value("body"));
    }
    scene.act("officer", id, "propose", &[("outcome", "granted")]).await;
    assert_eq!(scene.stage(id).await, "awaiting_signature");
    scene.own(id).await.shows("Chờ ký");
    assert!(!scene.offers("leader", id, "sign").await, "the head reviews first");
    scene.act("head", id, "work", &[("note", "Nhất trí.")]).await;
    let [leader, citizen] = [scene.at("leader").await, scene.at("citizen").await];
    leader.get(&format!("/ho-so/{id}/du-thao")).await.is_pdf();
    scene.act("leader", id, "sign", &[]).await.shows("Đã ký, chờ phát hành");
    let result = format!("/ho-so-cua-toi/{id}/ket-qua");
    citizen.get(&result).await.refuses(404, "Không tìm thấy trang");
    scene.act("clerk", id, "issue", &[]).await.shows("Đã có kết quả");
    citizen.get(&result).await.is_pdf();
    scene.own(id).await.shows("Bạn có thể mở kết quả ngay dưới đây.");
}

/// The same course on every side; the more one may know, the more words.
async fn told_alike(scene: &Scene, id: &str, code: &str) {
    assert_eq!(scene.stage(id).await, "returned");
    let own = scene.own(id).await;
    let seen = scene.seen_by("leader", id).await;
    let tracked = scene.tracked(code).await;
    for page in [&own, &seen, &tracked] {
        page.shows("Đã trả kết quả").shows("10:00 ngày 16/11/2026");
    }
    assert_eq!(tracked.course(), PUBLIC);
    let public = |title: &String| PUBLIC.contains(&title.as_str());
    for page in [&own, &seen] {
        let shared: Vec<String> = reversed(page).into_iter().filter(public).collect();
        assert_eq!(shared, PUBLIC, "{}", page.path);
        assert_eq!(page.course().len(), PUBLIC.len() + 10, "{}: {:?}", page.path, page.course());
    }
    for inner in ["Phân công thụ lý", "Trình kết quả", "Ký kết quả"] {
        assert!(own.course().contains(&inner.to_owned()), "{:?}", own.course());
    }
    for login in ["counter", "head", "officer", "leader", "clerk"] {
        let (_, name) = official(login);
        seen.shows(&name);
        own.hides(&name);
        tracked.hides(&name);
    }
    seen.shows("Nhất trí.").shows("Xem kỹ ranh giới.").shows(NUMBER);
    own.hides("Nhất trí.").hides("Xem kỹ ranh giới.");
    personal_is_hidden(&tracked);
    for login in ["counter", "head", "officer", "leader", "clerk"] {
        let page = scene.seen_by(login, id).await;
        assert_eq!(page.link(&format!("/ho-so/{id}/give_back")), None, "{login}");
    }
}

/// One letter for each time that the applicant hears something, without anything personal.
async fn letters(scene: &Scene, code: &str) {
    scene.office.send_letters().await.unwrap();
    let letters = scene.mail.0.lock().unwrap().clone();
    assert!(!letters.is_empty() && letters.iter().all(|one| one.to == "mau@nguoi-dan.invalid"));
    assert!(letters.iter().any(|one| one.text.contains(code)));
    for letter in letters {
        for personal in [NUMBER, "912345678", "Tổ 1"] {
            assert!(!letter.text.contains(personal), "{}", letter.text);
        }
    }
}

fn reversed(page: &Page) -> Vec<String> {
    page.course().into_iter().rev().collect()
}

fn personal_is_hidden(page: &Page) {
    for personal in PERSONAL {
        page.hides(personal).hides(&personal.replace('\'', "&#39;"));
    }
}
