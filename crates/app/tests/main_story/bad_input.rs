//! Bad input: a clear sentence, what was typed is still there, never our fault, no trace.

use crate::browser::{Form, Page};
use crate::house::{
    CASE, CATALOGUE, House, NAME, PASSWORD, PROCEDURE, SCAN, act, filing, official,
};
use domain::organisation::Position;
use storage::tables;
use storage::testing::{dump, each_database};

/// A paper that must be there.
fn needed() -> &'static str {
    let procedure = CATALOGUE.procedure(PROCEDURE).unwrap();
    let parts = procedure.components_for(Some(CASE));
    let needed = parts.into_iter().find(|part| part.mandatory && !part.is_application_form());
    &needed.unwrap().id
}

/// A refused form: its page again, with the sentence and everything that was typed.
#[track_caller]
fn given_back(page: &Page, sent: &Form, sentence: &str) -> Form {
    assert_eq!(page.status.as_u16(), 422, "{}", page.text());
    page.shows(sentence);
    let back = page.form(&sent.action);
    for (name, text) in sent.fields.iter().filter(|(name, _)| name != "csrf" && name != "key") {
        assert_eq!(back.value(name), text, "{name} is lost");
    }
    back
}

#[tokio::test]
async fn a_wrong_filing_is_told_and_kept() {
    each_database(async |store| {
        let house = House::open(store).await;
        let citizen = house.someone("citizen").await;
        let mut form = filing(&citizen).await;
        form.set("applicant.personal_number", "12345");
        let page = citizen.submit(&form).await;
        let back = given_back(&page, &form, "12 chữ số");
        page.shows("giay-to.pdf");
        let mut mended = back;
        mended.set("applicant.personal_number", "002190123456");
        citizen.submit(&mended).await.fine();
        assert_eq!(house.dossiers().await, 1, "the files of the first try count");
        house.is_in_order().await;
    })
    .await;
}

#[tokio::test]
async fn wrong_files_are_told_beside_their_paper() {
    each_database(async |store| {
        let house = House::open(store).await;
        let citizen = house.someone("citizen").await;
        let whole = filing(&citizen).await;
        let input = whole.inputs[0].clone();
        let large = [SCAN, &vec![b' '; 20 * 1024 * 1024]].concat();
        let wrong: [(&str, &str, &[u8], &str); 4] = [
            ("rong.pdf", "rỗng", b"", "trống"),
            ("vanban.pdf", "đổi tên", b"chi la chu", "PDF"),
            ("anh.jpg", "nhãn", SCAN, "đuôi"),
            ("lon.pdf", "lớn", &large, "20 MB"),
        ];
        for (name, what, bytes, sentence) in wrong {
            let mut form = filing(&citizen).await;
            form.drop_file(&input);
            form.attach(&input, name, bytes);
            let page = citizen.submit(&form).await;
            assert_eq!(page.status.as_u16(), 422, "{what}: {}", page.text());
            page.shows(sentence);
        }
        let mut missing = filing(&citizen).await;
        missing.drop_file(&format!("paper.{}", needed()));
        let page = citizen.submit(&missing).await;
        given_back(&page, &missing, "giấy tờ");
        assert_eq!(house.dossiers().await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_second_click_files_once() {
    each_database(async |store| {
        let house = House::open(store).await;
        let citizen = house.someone("citizen").await;
        let form = filing(&citizen).await;
        let first = citizen.submit(&form).await.fine();
        let second = citizen.submit(&form).await.fine();
        assert_eq!(first.path, second.path);
        assert_eq!(house.dossiers().await, 1);
    })
    .await;
}

#[tokio::test]
async fn acts_out_of_order_leave_no_trace() {
    each_database(async |store| {
        let house = House::open(store).await;
        let citizen = house.someone("citizen").await;
        citizen.submit(&filing(&citizen).await).await.fine();
        let id = house.only().await;
        let counter = house.someone("counter").await;
        let path = format!("/ho-so/{id}/receive");
        let late = counter.get(&path).await.fine().form(&path);
        act(&counter, &id, "receive", &[]).await.fine();
        let before = dump(&house.office.store, &tables::FACT).await;
        let told = counter.submit(&late).await;
        assert_eq!(told.status.as_u16(), 409, "{}", told.text());
        assert!(told.text().contains("Hồ sơ") || told.text().contains("hồ sơ"));
        let leader = house.someone("leader").await;
        for early in ["sign", "send_back"] {
            let page = leader.get(&format!("/ho-so/{id}/{early}")).await;
            assert!(page.status.is_client_error(), "{early}: {}", page.status);
        }
        assert_eq!(dump(&house.office.store, &tables::FACT).await, before);
    })
    .await;
}

#[tokio::test]
async fn an_ended_session_loses_nothing() {
    each_database(async |store| {
        let house = House::open(store).await;
        let citizen = house.someone("citizen").await;
        let mut form = filing(&citizen).await;
        form.set("applicant.address", "Thôn Lũng Cú, xã Lũng Cú");
        citizen.forget();
        let asked = citizen.submit(&form).await;
        assert_eq!(asked.status.as_u16(), 401);
        asked.shows("đăng nhập");
        let mut again = asked.form("/dang-nhap");
        again.set("login", "citizen").set("password", PASSWORD);
        let back = citizen.submit(&again).await.fine();
        let back = back.form(&format!("/nop-ho-so/{PROCEDURE}"));
        assert_eq!(back.value("applicant.address"), "Thôn Lũng Cú, xã Lũng Cú");

        let id = house.received().await;
        let head = house.someone("head").await;
        let path = format!("/ho-so/{id}/assign");
        let (officer, _) = official("D26.XA1.KT", Position::Officer);
        let mut form = head.get(&path).await.fine().form(&path);
        form.set("officer", &officer).set("note", "Xem kỹ ranh giới.");
        house.wait_minutes(31);
        let asked = head.submit(&form).await;
        assert_eq!(asked.status.as_u16(), 401);
        let mut again = asked.form("/dang-nhap");
        again.set("login", "head").set("password", PASSWORD);
        let waiting = head.submit(&again).await.fine().form(&path);
        assert_eq!(waiting.value("note"), "Xem kỹ ranh giới.");
        head.submit(&waiting).await.fine();
        let done = house.office.state(&domain::dossier::Actor::System, &id).await.unwrap();
        assert_eq!(done.stage.name(), "in_progress");
    })
    .await;
}

#[tokio::test]
async fn strangers_forgers_and_garbage_get_nothing() {
    each_database(async |store| {
        let house = House::open(store).await;
        let id = house.received().await;
        let stranger = house.someone("stranger").await;
        let mine = stranger.get(&format!("/ho-so-cua-toi/{id}")).await;
        let none = stranger.get(&format!("/ho-so-cua-toi/{}", "0".repeat(32))).await;
        assert_eq!((mine.status.as_u16(), &mine.bytes), (404, &none.bytes));
        mine.hides(NAME);
        for path in ["/tra-cuu?ma=H60.30-261109-9999", "/tra-cuu?ma=%27%3B--", "/tra-cuu?ma=%FF"] {
            let page = house.anyone().get(path).await;
            assert!(!page.status.is_server_error(), "{path}: {}", page.status);
        }
        for path in ["/ho-so/%FF/receive", "/thu-tuc/%00", "/thu-tuc/KHONG.CO", "/khong-co"] {
            let page = stranger.get(path).await;
            assert!(page.status.is_client_error(), "{path}: {}", page.status);
        }
        let counter = house.someone("counter").await;
        let form = "application/x-www-form-urlencoded";
        let path = format!("/ho-so/{id}/transfer");
        for (body, status) in [
            (&b"csrf=sai&key=k"[..], 403),
            (b"key=k", 403),
            (b"csrf=%FF%FE", 400),
            (b"csrf=\xFF", 400),
        ] {
            let page = counter.post_raw(&path, form, body.to_vec()).await;
            assert_eq!(page.status.as_u16(), status, "{}", page.text());
        }
        let page = counter.post_raw(&path, "text/plain", b"x".to_vec()).await;
        assert_eq!(page.status.as_u16(), 400);
    })
    .await;
}

#[tokio::test]
async fn guessing_a_password_locks_the_account() {
    each_database(async |store| {
        let house = House::open(store).await;
        let browser = house.anyone();
        let mut form = browser.get("/dang-nhap").await.form("/dang-nhap");
        form.set("login", "citizen").set("password", "sai mat khau roi");
        for _ in 0..5 {
            let page = browser.submit(&form).await;
            assert_eq!(page.status.as_u16(), 422);
        }
        form.set("password", PASSWORD);
        let locked = browser.submit(&form).await;
        assert_eq!(locked.status.as_u16(), 429, "the right password does not open a lock");
        house.wait_minutes(2);
        browser.submit(&form).await.fine();
    })
    .await;
}
