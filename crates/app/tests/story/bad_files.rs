//! Files that are not taken, and papers that are not there: told beside their paper, and nothing
//! that was typed or taken before is lost.

use crate::browser::Page;
use crate::filing::{SCAN, filed, filled, mandatory};
use crate::form::Form;
use crate::scene::{NAME, each_scene};
use office::papers::FILE_MAX;
use signing::demo::{DemoAuthority, Period};
use signing::{Field, Page as PdfPage, Place, Request, Role, reserve, sign};

/// The page that comes back: the sentence at the paper, the texts and the other files still there.
#[track_caller]
fn given_back(page: &Page, sent: &Form, wrong: Option<&str>, sentence: &str) -> Form {
    page.refuses(422, sentence);
    let back = page.form(&sent.action);
    assert_eq!(back.typed().collect::<Vec<_>>(), sent.typed().collect::<Vec<_>>());
    assert_eq!(back.value("key"), sent.value("key"), "a second try is no second filing");
    for component in mandatory() {
        let input = format!("paper.{component}");
        if sent.file_inputs().contains(&input) {
            let kept = back.value(&format!("upload.{component}"));
            let named = page.text().contains(&format!("Đã nhận: {component}.pdf"));
            let expected = wrong != Some(component.as_str());
            assert_eq!((!kept.is_empty(), named), (expected, expected), "{component}");
        }
    }
    if let Some(component) = wrong {
        let id = format!("paper-{}", component.replace('.', "-"));
        assert!(page.link(&format!("#{id}")).is_some(), "the list of problems leads to it");
        let error = page.texts(&format!("#{id}-error"));
        assert!(error.iter().any(|text| text.contains(sentence)), "{error:?}");
    }
    back
}

#[tokio::test]
async fn a_file_that_is_no_paper_is_told_beside_its_paper() {
    each_scene(async |scene| {
        let citizen = scene.at("citizen").await;
        let component = mandatory()[1].clone();
        let input = format!("paper.{component}");
        let mut large = vec![b' '; FILE_MAX + 1];
        large[..SCAN.len()].copy_from_slice(SCAN);
        let words = "chỉ là chữ".as_bytes();
        let wrong: [(&str, &[u8], &str); 5] = [
            ("rong.pdf", b"", "Tệp này trống (0 byte)."),
            ("anh.jpg", SCAN, "Nội dung tệp không khớp với đuôi tên tệp."),
            ("vanban.pdf", words, "Nội dung tệp này không phải PDF, JPG, PNG hoặc HEIC."),
            ("tro-choi.exe", b"MZ\x90\0", "Nội dung tệp này không phải PDF, JPG, PNG hoặc HEIC."),
            ("lon.pdf", &large, "Tệp lớn hơn 20,0 MB."),
        ];
        let nothing = scene.traces().await;
        for (name, bytes, sentence) in wrong {
            let mut form = filled(&citizen).await;
            form.attach(&input, name, bytes);
            let page = citizen.submit(&form).await;
            let mut back = given_back(&page, &form, Some(&component), sentence);
            assert_eq!(scene.traces().await, nothing, "{name}");
            if name == "lon.pdf" {
                // The right file, and nothing else, is all that is still to be done.
                back.attach(&input, "dat.pdf", SCAN);
                let done = citizen.submit(&back).await.fine();
                done.shows("dat.pdf").shows("Đã nộp hồ sơ.");
                assert!(done.text().contains(&format!("{}.pdf", mandatory()[2])));
            }
        }
        assert_eq!(scene.dossiers().await.len(), 1);
    })
    .await;
}

/// Whom the scene trusts.
pub(crate) fn authority() -> DemoAuthority {
    let at = |text: &str| text.parse().unwrap();
    let period = Period { from: at("2020-01-01T00:00:00Z"), until: at("2030-01-01T00:00:00Z") };
    DemoAuthority::new([7; 32], period).unwrap()
}

/// A paper that a citizen signed.
pub(crate) fn signed(authority: &DemoAuthority) -> Vec<u8> {
    let paper = documents::Form::Refusal(documents::sample::refusal());
    let paper = documents::render(&paper, &documents::Templates::embedded()).unwrap();
    let place = Place { page: PdfPage::Last, left: 40.0, bottom: 30.0, width: 200.0, height: 40.0 };
    let paper = reserve(&paper, &[Field { role: Role::Officer, place }]).unwrap();
    let asked = Request {
        role: Role::Officer,
        at: "2026-11-08T02:00:00Z".parse().unwrap(),
        reason: None,
        note: None,
        font: documents::print_font(),
    };
    sign(&paper, &asked, &mut authority.signer(NAME, None).unwrap(), None).unwrap()
}

#[tokio::test]
async fn a_signature_that_does_not_hold_is_told_before_anything_is_filed() {
    each_scene(async |scene| {
        let citizen = scene.at("citizen").await;
        let component = mandatory()[1].clone();
        let input = format!("paper.{component}");
        let good = signed(&authority());
        let mut altered = good.clone();
        altered[2_000] ^= 1;
        let added = [good.as_slice(), b"more"].concat();
        let period = Period {
            from: "2020-01-01T00:00:00Z".parse().unwrap(),
            until: "2030-01-01T00:00:00Z".parse().unwrap(),
        };
        let strangers = signed(&DemoAuthority::new([8; 32], period).unwrap());
        let wrong = [
            (altered, "Tệp đã bị sửa sau khi ký số."),
            (added, "Sau khi ký số, tệp đã được thêm nội dung."),
            (strangers, "Không rõ tổ chức nào cấp chứng thư số"),
        ];
        for (bytes, sentence) in wrong {
            let mut form = filled(&citizen).await;
            form.attach(&input, "ky.pdf", &bytes);
            let page = citizen.submit(&form).await;
            given_back(&page, &form, Some(&component), sentence);
        }
        assert_eq!(scene.dossiers().await.len(), 0);
        let mut form = filled(&citizen).await;
        form.attach(&input, "ky.pdf", &good);
        citizen.submit(&form).await.fine().shows("ky.pdf");
    })
    .await;
}

#[tokio::test]
async fn a_missing_paper_is_asked_for() {
    each_scene(async |scene| {
        let citizen = scene.at("citizen").await;
        let component = mandatory()[1].clone();
        let input = format!("paper.{component}");
        let mut form = filled(&citizen).await;
        form.detach(&input);
        let page = citizen.submit(&form).await;
        let sentence = "Hãy đính kèm giấy tờ này, đây là giấy tờ bắt buộc.";
        let mut back = given_back(&page, &form, Some(&component), sentence);
        back.attach(&input, "dat.pdf", SCAN);
        citizen.submit(&back).await.fine().shows("dat.pdf");
        assert_eq!(scene.dossiers().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_personal_number_keeps_all_files() {
    each_scene(async |scene| {
        let citizen = scene.at("citizen").await;
        for (typed, sentence) in [
            ("12345", "Số định danh cá nhân có 12 chữ số, bạn đã điền 5 chữ số."),
            ("00219012345O", "Số định danh cá nhân chỉ gồm chữ số, không có “O”."),
            ("", "Hãy điền số định danh cá nhân (12 chữ số)"),
        ] {
            let mut form = filled(&citizen).await;
            form.set("applicant.personal_number", typed);
            let page = citizen.submit(&form).await;
            let mut back = given_back(&page, &form, None, sentence);
            assert!(page.link("#applicant-personal_number").is_some());
            // Once more wrong: still nothing is lost.
            back.set("applicant.personal_number", "1");
            let page = citizen.submit(&back).await;
            given_back(&page, &back, None, "bạn đã điền 1 chữ số.");
        }
        assert_eq!(scene.dossiers().await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn more_than_a_house_can_carry_is_told() {
    each_scene(async |scene| {
        let citizen = scene.at("citizen").await;
        let mut form = filled(&citizen).await;
        let large = vec![b' '; 45 * 1024 * 1024];
        for component in &mandatory()[1..] {
            form.attach(&format!("paper.{component}"), "lon.pdf", &large);
        }
        let page = citizen.submit(&form).await;
        page.refuses(413, "Mỗi tệp không quá 20 MB, tất cả không quá 120 MB.");
        assert_eq!(scene.dossiers().await.len(), 0);
        let id = filed(scene).await;
        let form = scene.act_form("counter", &id, "refuse").await;
        let body = [b"reason=".as_slice(), &vec![b'a'; 2 * 1024 * 1024]].concat();
        let kind = "application/x-www-form-urlencoded";
        let page = scene.at("counter").await.post_raw(&form.action, kind, body).await;
        page.refuses(413, "Hãy quay lại");
    })
    .await;
}

#[tokio::test]
async fn someone_elses_upload_is_nobodys_paper() {
    each_scene(async |scene| {
        let citizen = scene.at("citizen").await;
        let component = mandatory()[1].clone();
        let mut form = filled(&citizen).await;
        form.set("applicant.personal_number", "1");
        let upload = citizen.submit(&form).await.form(&form.action);
        let upload = upload.value(&format!("upload.{component}")).to_owned();
        assert_eq!(upload.len(), 32);
        let stranger = scene.at("stranger").await;
        for taken in [upload.as_str(), "0", "../../etc/passwd", &"f".repeat(32)] {
            let mut form = filled(&stranger).await;
            form.detach(&format!("paper.{component}"));
            form.forge(&format!("upload.{component}"), taken);
            let page = stranger.submit(&form).await;
            page.refuses(422, "Hãy đính kèm giấy tờ này");
            assert_eq!(page.form(&form.action).value(&format!("upload.{component}")), "");
        }
        assert_eq!(scene.dossiers().await.len(), 0);
    })
    .await;
}
