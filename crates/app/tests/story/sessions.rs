//! Sessions that end while someone types, and passwords that are guessed.

use crate::filing::{CASE, FILING, SCAN, filed, filled, received};
use crate::scene::{NAME, PASSWORD, each_scene, official};

#[tokio::test]
async fn after_half_an_hour_one_signs_in_and_comes_back() {
    each_scene(async |scene| {
        let id = received(scene).await;
        for (login, path) in [
            ("citizen", format!("{FILING}?truong-hop={CASE}")),
            ("citizen", format!("/ho-so-cua-toi/{id}")),
            ("head", format!("/ho-so/{id}/assign")),
            ("head", "/cong-viec".to_owned()),
        ] {
            let browser = scene.at(login).await;
            scene.wait_minutes(29);
            assert_eq!(browser.get(&path).await.fine().path, path, "not yet");
            scene.wait_minutes(31);
            let away = browser.ask(&path).await;
            assert_eq!(away.status.as_u16(), 303, "{path}");
            let place = away.leads_to().unwrap();
            assert!(place.starts_with("/dang-nhap?next="), "{place}");
            let mut form = browser.get(&place).await.fine().form("/dang-nhap");
            form.set("login", login).set("password", PASSWORD);
            let back = browser.submit(&form).await.fine();
            assert_eq!(back.path, path, "back where one was");
        }
    })
    .await;
}

#[tokio::test]
async fn a_filing_typed_too_long_is_still_there() {
    each_scene(async |scene| {
        let citizen = scene.at("citizen").await;
        let mut form = filled(&citizen).await;
        form.set("applicant.address", "Thôn Lũng Cú, xã Lũng Cú");
        scene.wait_minutes(31);
        let asked = citizen.submit(&form).await;
        asked.refuses(401, "Nội dung bạn đã điền vẫn còn").shows("Các tệp vừa chọn");
        assert_eq!(scene.dossiers().await.len(), 0);
        let mut again = asked.form("/dang-nhap");
        again.set("login", "citizen").set("password", "sai mat khau roi");
        let wrong = citizen.submit(&again).await;
        wrong.refuses(422, "Tên đăng nhập hoặc mật khẩu không đúng.");
        let mut again = wrong.form("/dang-nhap");
        again.set("login", "citizen").set("password", PASSWORD);
        let back = citizen.submit(&again).await.fine();
        back.shows("Hồ sơ chưa được nộp.");
        let mut back = back.form(FILING);
        assert_eq!(back.typed().collect::<Vec<_>>(), form.typed().collect::<Vec<_>>());
        for input in back.file_inputs() {
            back.attach(&input, "giay-to.pdf", SCAN);
        }
        citizen.submit(&back).await.fine().shows("Đã nộp hồ sơ.");
        assert_eq!(scene.dossiers().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_act_typed_too_long_goes_on_by_one_button() {
    each_scene(async |scene| {
        let id = received(scene).await;
        let (officer, _) = official("officer");
        let mut form = scene.act_form("head", &id, "assign").await;
        form.set("officer", &officer).set("note", "Xem kỹ ranh giới.\nGọi hàng xóm.");
        let head = scene.at("head").await;
        scene.wait_minutes(31);
        let asked = head.submit(&form).await;
        asked.refuses(401, "Nội dung chưa được gửi.");
        assert_eq!(scene.stage(&id).await, "transferred");
        let mut again = asked.form("/dang-nhap");
        again.set("login", "head").set("password", PASSWORD);
        let waiting = head.submit(&again).await.fine().form(&form.action);
        assert_eq!(waiting.value("note"), "Xem kỹ ranh giới.\nGọi hàng xóm.");
        head.submit(&waiting).await.fine().shows("Xem kỹ ranh giới.");
        assert_eq!(scene.stage(&id).await, "in_progress");
    })
    .await;
}

#[tokio::test]
async fn someone_else_who_signs_in_gets_nothing_of_it() {
    each_scene(async |scene| {
        let id = filed(scene).await;
        let form = scene.act_form("counter", &id, "receive").await;
        let browser = scene.at("counter").await;
        scene.wait_minutes(31);
        let asked = browser.submit(&form).await;
        let mut again = asked.form("/dang-nhap");
        again.set("login", "stranger").set("password", PASSWORD);
        let waiting = browser.submit(&again).await.fine().form(&form.action);
        browser.submit(&waiting).await.refuses(404, "Không tìm thấy trang").hides(NAME);
        assert_eq!(scene.stage(&id).await, "submitted");
    })
    .await;
}

#[tokio::test]
async fn five_guesses_lock_the_account_for_a_while() {
    each_scene(async |scene| {
        let browser = scene.anyone();
        let wrong = "Tên đăng nhập hoặc mật khẩu không đúng.";
        let locked = "Tài khoản tạm khóa vì đăng nhập sai nhiều lần.";
        for _ in 0..5 {
            let page = browser.sign_in("citizen", "sai mat khau roi").await;
            page.refuses(422, wrong);
            let back = page.form("/dang-nhap");
            assert_eq!((back.value("login"), back.value("password")), ("citizen", ""));
        }
        let right = browser.sign_in("citizen", PASSWORD).await;
        right.refuses(429, locked);
        let unknown = browser.sign_in("khong-ai", PASSWORD).await;
        unknown.refuses(422, wrong);
        browser.sign_in("stranger", PASSWORD).await.fine();
        scene.wait_minutes(2);
        let browser = scene.anyone();
        let page = browser.sign_in("citizen", PASSWORD).await.fine();
        assert_eq!(page.path, "/ho-so-cua-toi");
    })
    .await;
}

#[tokio::test]
async fn who_signs_out_is_out() {
    each_scene(async |scene| {
        let citizen = scene.at("citizen").await;
        let kept = citizen.cookie("motcua").unwrap();
        let form = citizen.get("/ho-so-cua-toi").await.fine().form("/dang-xuat");
        citizen.submit(&form).await.fine();
        let thief = scene.anyone();
        for cookie in [kept.as_str(), "", "0", &"f".repeat(64), "%FF"] {
            let request = thief.request("GET", "/ho-so-cua-toi");
            let request = request.header("cookie", format!("motcua={cookie}"));
            let page = thief.send(request.body(String::new().into()).unwrap()).await;
            assert_eq!(page.status.as_u16(), 303, "{cookie}");
        }
    })
    .await;
}
