//! Garbage, forgeries, acts out of order: a clear sentence, never our fault, no trace.

use crate::filing::{CASE, FILING, PERSONAL, filed, filled, received};
use crate::scene::{each_scene, official};

const URLENCODED: &str = "application/x-www-form-urlencoded";
const UNREADABLE: &str = "Dữ liệu gửi lên bị lỗi hoặc không phải chữ Unicode.";
const NOT_FOUND: &str = "Trang không tồn tại, hoặc bạn không có quyền xem.";
const CONFLICT: &str = "Việc này đã được làm rồi, hoặc người khác vừa xử lý hồ sơ.";
const FORGED: &str = "Hãy quay lại, tải lại trang rồi gửi lần nữa.";

#[tokio::test]
async fn a_second_click_files_once_and_says_the_same() {
    each_scene(async |scene| {
        let citizen = scene.at("citizen").await;
        let mut form = filled(&citizen).await;
        let first = citizen.post(&form).await;
        let once = scene.traces().await;
        let second = citizen.post(&form).await;
        assert_eq!((first.status, first.leads_to()), (second.status, second.leads_to()));
        assert_eq!(first.bytes, second.bytes);
        assert_eq!(scene.traces().await, once);
        assert_eq!(scene.dossiers().await.len(), 1);

        form.set("applicant.address", "Tổ 2, phường Hà Giang 1");
        let other = citizen.submit(&form).await;
        other.refuses(409, "Bạn đã nộp một hồ sơ từ trang này.");
        let mut again = other.form(FILING);
        assert_eq!(again.value("applicant.address"), "Tổ 2, phường Hà Giang 1");
        assert_eq!(scene.traces().await, once);

        let id = scene.dossiers().await.remove(0);
        let receive = scene.act_form("counter", &id, "receive").await;
        let counter = scene.at("counter").await;
        let first = counter.post(&receive).await;
        let once = scene.traces().await;
        let second = counter.post(&receive).await;
        assert_eq!((first.status, first.leads_to()), (second.status, second.leads_to()));
        assert_eq!(scene.traces().await, once, "one code, one letter");

        again.forge("case", "khong-co");
        let page = citizen.submit(&again).await;
        page.refuses(422, "Hãy chọn một trường hợp.");
    })
    .await;
}

#[tokio::test]
async fn an_act_out_of_order_is_told_and_leaves_no_trace() {
    each_scene(async |scene| {
        let id = filed(scene).await;
        let counter = scene.at("counter").await;
        let [mut late, refuse] = [
            scene.act_form("counter", &id, "receive").await,
            scene.act_form("counter", &id, "refuse").await,
        ];
        scene.act("counter", &id, "receive", &[]).await;
        let before = scene.traces().await;
        late.set("note", "Tôi không biết đã có người tiếp nhận.");
        counter.submit(&late).await.refuses(409, CONFLICT);
        let mut refuse = refuse;
        refuse.set("ground", "out_of_authority").set("reason", "Muộn.").set("legal_basis", "Đ53");
        counter.submit(&refuse).await.refuses(409, CONFLICT);
        let acts = [
            ("counter", ["receive", "transfer", "supplement", "give_back"].as_slice()),
            ("head", &["work", "propose", "sign"]),
            ("officer", &["work", "propose", "request_supplement"]),
            ("leader", &["sign", "send_back"]),
            ("clerk", &["issue", "give_back"]),
        ];
        for (login, acts) in acts {
            let who = scene.at(login).await;
            let csrf = scene.seen_by(login, &id).await.form("/dang-xuat").value("csrf").to_owned();
            for act in acts {
                let path = format!("/ho-so/{id}/{act}");
                who.get(&path).await.refuses(409, CONFLICT);
                let body = format!(
                    "csrf={csrf}&key={login}{act}&note=x&reason=x&outcome=granted&title=x&body=x\
                     &draft=1&task=1&officer={}",
                    official("officer").0
                );
                let page = who.post_raw(&path, URLENCODED, body.into_bytes()).await;
                page.refuses(409, CONFLICT);
            }
        }
        let (path, (id, _)) = (format!("/ho-so/{id}/assign"), official("officer"));
        let officer = scene.at("officer").await;
        let csrf = officer.get("/").await.fine().form("/dang-xuat").value("csrf").to_owned();
        let body = format!("csrf={csrf}&key=1&officer={id}").into_bytes();
        officer.post_raw(&path, URLENCODED, body).await.refuses(404, NOT_FOUND);
        assert_eq!(scene.traces().await, before);
    })
    .await;
}

#[tokio::test]
async fn someone_elses_dossier_is_no_dossier() {
    each_scene(async |scene| {
        let id = received(scene).await;
        let none = "0".repeat(32);
        let pages = ["", "/tep/1", "/tep/99", "/giay-tiep-nhan", "/ket-qua", "/bo-sung", "/rut"];
        let stranger = scene.at("stranger").await;
        for page in pages {
            let theirs = stranger.get(&format!("/ho-so-cua-toi/{id}{page}")).await;
            let nobodys = stranger.get(&format!("/ho-so-cua-toi/{none}{page}")).await;
            theirs.refuses(404, NOT_FOUND);
            assert_eq!((theirs.bytes, theirs.head), (nobodys.bytes, nobodys.head), "{page}");
        }
        let elsewhere = scene.at("elsewhere").await;
        for page in ["", "/tep/2", "/giay-tiep-nhan", "/du-thao", "/ket-qua", "/assign", "/sign"] {
            let theirs = elsewhere.get(&format!("/ho-so/{id}{page}")).await;
            let nobodys = elsewhere.get(&format!("/ho-so/{none}{page}")).await;
            theirs.refuses(404, NOT_FOUND);
            assert_eq!((theirs.bytes, theirs.head), (nobodys.bytes, nobodys.head), "{page}");
        }
        let csrf = elsewhere.get("/").await.fine().form("/dang-xuat").value("csrf").to_owned();
        let body = format!("csrf={csrf}&key=1&reason=x&officer={}", official("elsewhere").0);
        let before = scene.traces().await;
        for act in ["assign", "withdraw", "sign"] {
            let path = format!("/ho-so/{id}/{act}");
            let page = elsewhere.post_raw(&path, URLENCODED, body.clone().into_bytes()).await;
            page.refuses(404, NOT_FOUND);
        }
        assert_eq!(scene.traces().await, before);
    })
    .await;
}

#[tokio::test]
async fn unknown_codes_and_broken_addresses_are_told() {
    each_scene(async |scene| {
        let id = received(scene).await;
        let anyone = scene.anyone();
        for code in ["H60.30-261109-9999", "%27%3B--", "%FF", "a%00b", &"9".repeat(5_000)] {
            let page = anyone.get(&format!("/tra-cuu?ma={code}")).await;
            if code == "%FF" {
                assert_eq!(page.status.as_u16(), 200, "what cannot be read was not asked");
            } else {
                page.refuses(404, "Không có hồ sơ nào mang mã này.");
            }
            for personal in PERSONAL {
                page.hides(personal);
            }
        }
        let counter = scene.at("counter").await;
        for path in [
            "/khong-co",
            "/thu-tuc/KHONG.CO",
            "/thu-tuc/%00",
            "/ho-so/H60.30-261109-0001",
            "/ho-so/1",
            "/ho-so/%00",
            "/quay/nop/KHONG.CO",
            &format!("/ho-so/{id}/khong-co"),
            &format!("/ho-so/{id}/tep/-1"),
            &format!("/ho-so/{id}/tep/99999999999999999999"),
            &format!("/ho-so/{}", id.to_uppercase()),
        ] {
            counter.get(path).await.refuses(404, "Không tìm thấy trang");
        }
        let citizen = scene.at("citizen").await;
        for path in ["/ho-so/%FF/receive", "/ho-so-cua-toi/%FF", "/nop-ho-so/%C3%28", "/%FF"] {
            for who in [&anyone, &*counter, &*citizen] {
                who.get(path).await.refuses(404, NOT_FOUND);
            }
        }
        for path in ["/dang-xuat", "/ho-so-cua-toi/%2e%2e/ho-so", "/%G0", "/%"] {
            citizen.get(path).await.refuses(404, NOT_FOUND);
        }
        let page = citizen.post_raw("/thu-tuc", URLENCODED, Vec::new()).await;
        page.refuses(404, NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn bodies_that_cannot_be_read_are_told() {
    each_scene(async |scene| {
        let id = filed(scene).await;
        let counter = scene.at("counter").await;
        let path = format!("/ho-so/{id}/receive");
        let csrf = scene.act_form("counter", &id, "receive").await.value("csrf").to_owned();
        let before = scene.traces().await;
        let with = |rest: &[u8]| [format!("csrf={csrf}&key=1&note=").as_bytes(), rest].concat();
        let bodies = [with(b"\xFF"), with(b"%FF%FE"), with(b"%G0"), with(b"%C3%28"), with(b"%")];
        for body in bodies {
            counter.post_raw(&path, URLENCODED, body).await.refuses(400, UNREADABLE);
        }
        let multipart = "multipart/form-data; boundary=x";
        let part =
            format!("--x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n");
        let broken =
            b"--x\r\ncontent-disposition: form-data; name=\"note\"\r\n\r\n\xFF\r\n--x--\r\n";
        let cut = b"--x\r\ncontent-disposition: form-data; name=\"note\"\r\n\r\nnoth";
        let citizen = scene.at("citizen").await;
        for (kind, body) in [
            (multipart, [part.as_bytes(), broken].concat()),
            (multipart, [part.as_bytes(), cut].concat()),
            ("multipart/form-data", part.clone().into_bytes()),
            ("multipart/form-data; boundary=y", part.clone().into_bytes()),
            ("application/json", b"{}".to_vec()),
            ("text/plain", Vec::new()),
            ("", Vec::new()),
        ] {
            counter.post_raw(&path, kind, body.clone()).await.refuses(400, UNREADABLE);
            citizen.post_raw(FILING, kind, body).await.refuses(400, UNREADABLE);
        }
        let many = vec!["a=1"; 3_000].join("&");
        counter.post_raw(&path, URLENCODED, many.into_bytes()).await.refuses(400, UNREADABLE);
        assert_eq!(scene.traces().await, before);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_not_ours_does_nothing() {
    each_scene(async |scene| {
        let id = filed(scene).await;
        let counter = scene.at("counter").await;
        let form = scene.act_form("counter", &id, "receive").await;
        let before = scene.traces().await;
        counter.submit(form.clone().without("csrf")).await.refuses(403, FORGED);
        for token in ["", "sai", &"0".repeat(64)] {
            counter.submit(form.clone().forge("csrf", token)).await.refuses(403, FORGED);
        }
        let citizen = scene.at("citizen").await;
        let mut filing = filled(&citizen).await;
        assert_eq!(filing.value("case"), CASE);
        citizen.submit(filing.forge("csrf", form.value("csrf"))).await.refuses(403, FORGED);
        let (kind, body) = form.encoded();
        for (header, from) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "http://ke-gian.invalid"),
            ("origin", "null"),
        ] {
            let request = counter.request("POST", &form.action).header("content-type", &kind);
            let request = request.header(header, from).body(body.clone().into());
            counter.send(request.unwrap()).await.refuses(403, FORGED);
        }
        assert_eq!(scene.traces().await, before);
        counter.submit(&form).await.fine();
    })
    .await;
}

#[tokio::test]
async fn texts_are_shown_as_texts() {
    each_scene(async |scene| {
        let citizen = scene.at("citizen").await;
        let mut form = filled(&citizen).await;
        let script = "<script>alert(1)</script> & \"Tổ 1\" 'x'";
        form.set("applicant.address", script).set("applicant.personal_number", "1");
        let back = citizen.submit(&form).await;
        assert_eq!(back.form(FILING).value("applicant.address"), script);
        back.hides("<script>alert");
        let mut form = back.form(FILING);
        form.set("applicant.personal_number", "002190123456");
        let done = citizen.submit(&form).await.fine();
        let id = done.path.trim_start_matches("/ho-so-cua-toi/").replace("?xong=submit", "");
        let seen = scene.seen_by("counter", &id).await;
        assert!(seen.text().contains(script));
        assert!(seen.texts("main script").is_empty());
    })
    .await;
}
