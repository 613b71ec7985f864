//! An inspection of the ward through its pages: files as evidence, with the answer, as proof; who
//! gets them, with which headers, and what is written down.

use crate::browser::Page;
use crate::filing::{SCAN, received};
use crate::form::Form;
use crate::scene::{Scene, each_scene};
use domain::dossier::Actor;
use office::inspection::{Looked, Paper};
use sha2::{Digest, Sha256};
use std::io::Write as _;
use std::process::{Command, Stdio};

const CODE: &str = "KT-2026-01";
const WARD: &str = "U26.XA1";

/// A picture by its first bytes.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0";

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// The form of an act.
async fn form(scene: &Scene, who: &str, act: &str) -> Form {
    let action = match act {
        "plan" => "/kiem-tra/moi".to_owned(),
        _ => format!("/kiem-tra/{CODE}/act/{act}"),
    };
    scene.at(who).await.get(&action).await.fine().form(&action)
}

/// Does an act on its page; the inspection, which says so.
async fn done(scene: &Scene, who: &str, form: &Form) -> Page {
    let page = scene.at(who).await.submit(form).await.fine();
    assert_eq!(page.texts(".mc-flash").len(), 1, "{}: {}", page.path, page.text());
    page
}

async fn act(scene: &Scene, who: &str, act: &str, typed: &[(&str, &str)]) -> Page {
    let mut form = form(scene, who, act).await;
    for (name, text) in typed {
        form.set(name, text);
    }
    done(scene, who, &form).await
}

/// Planned, set up, the session held.
async fn under_way(scene: &Scene) {
    under_way_until(scene, "09/11/2026").await;
}

async fn under_way_until(scene: &Scene, day: &str) {
    let plan = [
        ("number", "31/KH-UBND"),
        ("form", "unannounced"),
        ("units", WARD),
        ("from", "01/10/2026"),
        ("to", day),
        ("purpose", "Kiểm tra việc tiếp nhận hồ sơ."),
    ];
    act(scene, "inspector", "plan", &plan).await;
    let delegation = [
        ("number", "77/QĐ-UBND"),
        ("signed_by", "Phó Chủ tịch, Trần Văn Mẫu"),
        ("to", "31/12/2026"),
        ("members", "KT01"),
        ("members.1", "KT02"),
    ];
    act(scene, "inspector", "delegate", &delegation).await;
    let session =
        [("place", "UBND phường"), ("attendees", "Đoàn"), ("course", "Công bố quyết định")];
    act(scene, "inspector", "meet", &session).await;
}

/// A finding with two files; the first try has one that is none.
async fn found(scene: &Scene) {
    let mut form = form(scene, "inspector", "find").await;
    form.set("unit", WARD).set("area", "C").set("criterion", "C4");
    form.set("severity", "shortcoming").set("text", "Không niêm yết thủ tục");
    form.set("reminder", "Niêm yết lại");
    form.attach("files", "ảnh quầy.png", PICTURE);
    form.attach_also("files", "ghi-chu.pdf", "chỉ là chữ".as_bytes());
    let told = scene.at("inspector").await.submit(&form).await;
    told.refuses(422, "ghi-chu.pdf: Nội dung tệp này không phải PDF, JPG, PNG hoặc HEIC.");
    assert!(told.link("#files").is_some(), "the list of problems leads to the input");
    told.shows("Đã nhận: ảnh quầy.png");
    let mut again = told.form(&form.action);
    assert_eq!(again.value("text"), "Không niêm yết thủ tục");
    again.attach("files", "bien-ban.pdf", SCAN);
    done(scene, "inspector", &again).await;
}

#[tokio::test]
async fn signs_are_seen_by_the_delegation_while_it_may_read() {
    each_scene(async |scene| {
        let id = received(scene).await;
        scene.wait("2026-11-20T09:00");
        under_way_until(scene, "19/11/2026").await;
        let page = |query: &str| format!("/kiem-tra/{CODE}/dau-hieu{query}");
        let (inspection, dossier) =
            (format!("/kiem-tra/{CODE}"), format!("/kiem-tra/{CODE}/ho-so/{id}"));
        for who in ["inspector", "leader", "controller"] {
            let browser = scene.at(who).await;
            assert!(browser.get(&inspection).await.fine().link(&page("")).is_some(), "{who}");
            let all = browser.get(&page("")).await.fine();
            all.shows("D10").shows("D15").shows("chưa có dữ liệu");
            let stuck = page("?dau-hieu=d10");
            assert!(all.link(&stuck).is_some(), "{who}: {}", all.text());
            let found = browser.get(&stuck).await.fine();
            assert!(found.link(&dossier).is_some(), "{who}: {}", found.text());
        }
        scene.at("inspector").await.get(&dossier).await.fine();
        for who in ["clerk", "elsewhere", "citizen"] {
            assert_eq!(scene.at(who).await.get(&page("")).await.status.as_u16(), 404, "{who}");
        }
        // The delegation's time is over.
        scene.wait("2027-01-01T09:00");
        let browser = scene.at("inspector").await;
        assert!(browser.get(&inspection).await.fine().link(&page("")).is_none());
        assert_eq!(browser.get(&page("")).await.status.as_u16(), 404);
        scene.at("controller").await.get(&page("")).await.fine();
    })
    .await;
}

#[tokio::test]
async fn files_are_evidence_that_those_see_who_see_the_inspection() {
    each_scene(async |scene| {
        under_way(scene).await;
        found(scene).await;
        let mut answer = form(scene, "leader", "answer").await;
        answer.set("finding", "1").set("text", "Đã niêm yết");
        answer.attach("files", "niem-yet.pdf", b"%PDF-1.4\nda niem yet\n");
        done(scene, "leader", &answer).await;

        // The page of the findings leads to each file, for both sides.
        let findings = scene.at("leader").await.get(&format!("/kiem-tra/{CODE}/phat-hien")).await;
        findings.shows("ảnh quầy.png").shows("bien-ban.pdf").shows("niem-yet.pdf");
        let address = format!("/kiem-tra/{CODE}/tep/{}", hash(PICTURE));
        assert!(findings.link(&address).is_some(), "{}", findings.text());
        let file = scene.at("leader").await.get(&address).await.fine();
        assert_eq!(file.bytes, PICTURE);
        let header = |name: &str| file.head[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "image/png");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert!(header("content-disposition").starts_with("attachment; "));
        assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
        let list = scene.at("inspector").await.get(&format!("/kiem-tra/{CODE}/tep")).await.fine();
        list.shows(&hash(SCAN)).shows("Kèm giải trình phát hiện 1");

        // Nobody else gets it, and a file of the house that no fact here names is none.
        for stranger in ["elsewhere", "citizen"] {
            let page = scene.at(stranger).await.get(&address).await;
            assert_eq!(page.status.as_u16(), 404, "{stranger}");
        }
        let other = scene.office.files.put(b"%PDF-1.4\nof somebody\n".to_vec()).await.unwrap();
        for unknown in [other.to_string(), "..%2f..%2fmotcua.db".to_owned()] {
            let address = format!("/kiem-tra/{CODE}/tep/{unknown}");
            let page = scene.at("inspector").await.get(&address).await;
            assert_eq!(page.status.as_u16(), 404, "{unknown}");
        }

        // One look was had, and both sides see by whom.
        let looks = scene.office.looks(&Actor::System, CODE).await.unwrap();
        assert_eq!(looks.len(), 1, "{looks:?}");
        assert_eq!(looks[0].what, Looked::File("ảnh quầy.png".to_owned()));
        let page = scene.at("inspector").await.get(&format!("/kiem-tra/{CODE}/luot-xem")).await;
        page.fine().shows("ảnh quầy.png").shows(&crate::scene::official("leader").1);
    })
    .await;
}

#[tokio::test]
async fn files_are_printed_with_their_hashes_and_proofs_come_later() {
    each_scene(async |scene| {
        under_way(scene).await;
        found(scene).await;
        for who in ["inspector", "leader"] {
            act(scene, who, "sign_minutes", &[]).await;
        }
        let conclusion = [
            ("number", "9/TB-ĐKT"),
            ("signed_by", "Phó Trưởng Ban, Nguyễn Văn Mẫu"),
            ("assessment", "Còn thiếu sót."),
            ("recommendations.0.addressee", WARD),
            ("recommendations.0.text", "Niêm yết đủ thủ tục"),
            ("recommendations.0.legal_basis", "NĐ 61/2018, Điều 6"),
        ];
        act(scene, "inspector", "conclude", &conclusion).await;
        let before = printed(scene, Paper::Conclusion).await;
        for paper in [Paper::Minutes, Paper::Report, Paper::Conclusion] {
            let text = text(&printed(scene, paper).await);
            assert!(text.contains("DANHMỤCTỆPKÈMTHEO"), "{paper:?}: {text}");
            for bytes in [PICTURE, SCAN] {
                assert!(text.contains(&hash(bytes)), "{paper:?} lacks a hash: {text}");
            }
        }
        let proof = b"%PDF-1.4\nto trinh\n";
        let mut follow = form(scene, "leader", "follow_up").await;
        follow.set("recommendation", "1").set("text", "Đã niêm yết").set("proof", "Ảnh chụp");
        follow.attach("files", "anh-niem-yet.pdf", proof);
        done(scene, "leader", &follow).await;
        let page = scene.at("inspector").await.get(&format!("/kiem-tra/{CODE}/kien-nghi")).await;
        page.fine().shows("anh-niem-yet.pdf");
        assert!(text(&printed(scene, Paper::Reminder).await).contains(&hash(proof)));
        assert!(printed(scene, Paper::Conclusion).await == before, "what was printed stays so");

        // The year's synthesis, for those who may see one of its inspections.
        let year = |year: u16| format!("/kiem-tra/tong-hop/{year}");
        let leader = scene.at("leader").await;
        let told = text(&leader.get(&year(2026)).await.is_pdf().bytes);
        assert!(told.contains("1kiếnnghị,0đãxácminh") && told.contains(CODE), "{told}");
        for (who, asked) in [("elsewhere", year(2026)), ("leader", year(2025))] {
            let page = scene.at(who).await.get(&asked).await;
            assert_eq!(page.status.as_u16(), 404, "{who} {asked}");
        }
        let list = scene.at("inspector").await.get("/kiem-tra").await.fine();
        assert!(list.link(&year(2026)).is_some());
    })
    .await;
}

#[tokio::test]
async fn the_forms_come_filled_and_another_value_needs_its_reason() {
    each_scene(async |scene| {
        // One dossier that will be late, and its promise moved with an apology.
        let id = received(scene).await;
        let apology = [("reason", "Chờ ý kiến thẩm định"), ("working_days", "2")];
        scene.wait("2026-11-13T09:00");
        scene.act("leader", &id, "reappoint", &apology).await;
        scene.wait("2026-11-20T09:00");
        let state = scene.office.state(&Actor::System, &id).await.unwrap();
        let code = state.code.clone().unwrap();
        under_way_until(scene, "19/11/2026").await;
        let page = scene.at("leader").await.get(&format!("/kiem-tra/{CODE}/act/report")).await;
        page.shows("Biểu đã được điền sẵn").shows(&code);
        let mut report = page.form(&format!("/kiem-tra/{CODE}/act/report"));
        assert_eq!(
            report.value("claims.running_late.value"),
            "1",
            "the system's value stands there"
        );
        let remark = format!("remark.BM3.{code}");
        assert_eq!(report.value(&remark), "Chờ ý kiến thẩm định", "so does the recorded reason");
        report.set("source", "Báo cáo số 12/BC").set("claims.running_late.value", "0");
        report.set("claims.dossiers_handled.value", "");
        let told = scene.at("leader").await.submit(&report).await;
        assert_eq!(told.status.as_u16(), 422);
        let error = told.texts("#claims-running_late-reason-error");
        assert_eq!(error.len(), 1, "the problem stands at its measure: {}", told.text());
        let mut again = told.form(&report.action);
        again.set("claims.running_late.reason", "Đã trả miệng").set(&remark, "Chờ Sở trả lời");
        done(scene, "leader", &again).await;
        let claims = scene.at("inspector").await.get(&format!("/kiem-tra/{CODE}/so-lieu")).await;
        claims.fine().shows("Lý do của đơn vị: Đã trả miệng");
        let forms = scene.at("inspector").await.get(&format!("/kiem-tra/{CODE}/bieu")).await;
        forms.fine().shows("BM3 theo báo cáo: Báo cáo số 12/BC").shows("Chờ Sở trả lời");
        let annex = text(&printed(scene, Paper::Annex).await);
        for told in ["Báo cáo số 12/BC", "Đã trả miệng", "Chờ Sở trả lời", &code]
        {
            let told: String = told.split_whitespace().collect();
            assert!(annex.contains(&told), "{told} is not in {annex}");
        }
    })
    .await;
}

#[tokio::test]
async fn too_many_files_and_files_of_those_who_may_not_act_are_not_kept() {
    each_scene(async |scene| {
        under_way(scene).await;
        let mut many = form(scene, "inspector", "find").await;
        for n in 0..7 {
            many.attach_also("files", &format!("{n}.pdf"), SCAN);
        }
        let told = scene.at("inspector").await.submit(&many).await;
        told.refuses(422, "Tối đa 6 tệp mỗi lần.");
        let kept = || std::fs::read_dir(scene.kept_files()).unwrap().count();
        assert_eq!(kept(), 0, "nothing of it lies in the store");
        let mut clerk = form(scene, "inspector", "find").await;
        clerk.attach("files", "la.pdf", SCAN);
        let csrf = scene.at("clerk").await.get("/cong-viec").await.fine();
        let csrf = csrf.form("/dang-xuat").value("csrf").to_owned();
        clerk.forge("csrf", &csrf);
        let refused = scene.at("clerk").await.submit(&clerk).await;
        assert!(refused.status.is_client_error(), "{}", refused.text());
        assert_eq!(kept(), 0, "who may not find leaves no file");
    })
    .await;
}

async fn printed(scene: &Scene, paper: Paper) -> Vec<u8> {
    let address = format!("/kiem-tra/{CODE}/giay/{}", paper.name());
    scene.at("inspector").await.get(&address).await.is_pdf().bytes.clone()
}

/// The text of a PDF, told by poppler; a hash may be broken at the end of a line.
fn text(pdf: &[u8]) -> String {
    let mut poppler = Command::new("pdftotext");
    poppler.args(["-raw", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = poppler.spawn().unwrap();
    running.stdin.take().unwrap().write_all(pdf).unwrap();
    let told = String::from_utf8(running.wait_with_output().unwrap().stdout).unwrap();
    told.split_whitespace().collect()
}
