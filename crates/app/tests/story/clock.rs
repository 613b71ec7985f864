//! What moves, stops or ends a promise: a payment, an apology, a changed calendar, a stop.

use crate::filing::{mandatory, received};
use crate::papers::given;
use crate::scene::{Scene, each_scene, official};

const FIRST: &str = "17:30 ngày 16/11/2026";

/// Received on 9 November and assigned.
async fn in_progress(scene: &Scene) -> String {
    let id = received(scene).await;
    let (officer, _) = official("officer");
    scene.act("head", &id, "assign", &[("officer", officer.as_str())]).await;
    id
}

#[tokio::test]
async fn a_fee_is_asked_for_and_paid() {
    each_scene(async |scene| {
        let id = in_progress(scene).await;
        let mut form = scene.act_form("officer", &id, "request_payment").await;
        form.set("what", "Lệ phí cấp giấy phép xây dựng").set("legal_basis", "Nghị quyết HĐND");
        form.set("amount_vnd", "bảy mươi lăm nghìn").set("within_days", "không");
        let told = scene.at("officer").await.submit(&form).await;
        told.refuses(422, "Hãy điền một số từ 1 đến");
        let mut again = told.form(&form.action);
        assert_eq!(again.value("amount_vnd"), "bảy mươi lăm nghìn");
        again.set("amount_vnd", "75.000").set("within_days", "3");
        let page = scene.at("officer").await.submit(&again).await.fine();
        page.shows("Chờ nộp nghĩa vụ tài chính").shows("75.000 đồng").shows(FIRST);
        assert!(!scene.offers("officer", &id, "work").await, "it waits for the applicant");
        let own = scene.own(&id).await;
        own.shows("Bạn cần nộp tiền").shows("75.000 đồng").shows("Hạn nộp: 17:30 ngày 12/11/2026");
        assert!(!scene.offers("head", &id, "confirm_payment").await);

        scene.wait("2026-11-10T08:00");
        let form = scene.act_form("counter", &id, "confirm_payment").await;
        scene.at("counter").await.submit(&form).await.refuses(422, "Hãy điền mục này.");
        let paid = [("receipt_number", "BL-0007")];
        let page = scene.act("counter", &id, "confirm_payment", &paid).await;
        page.shows("Đang giải quyết").shows("biên lai số BL-0007").shows(FIRST);
        assert!(scene.offers("officer", &id, "work").await);
        scene.own(&id).await.hides("Bạn cần nộp tiền").shows(FIRST);
    })
    .await;
}

#[tokio::test]
async fn an_apology_moves_the_promise_once() {
    each_scene(async |scene| {
        let id = in_progress(scene).await;
        assert!(!scene.offers("officer", &id, "reappoint").await);
        let early = scene.act_form("leader", &id, "reappoint").await;
        scene.at("leader").await.submit(&early).await.refuses(422, "Hãy điền một số từ 1 đến 60");
        let apology = [("reason", "Chờ kết quả đo đạc."), ("working_days", "6")];
        let page = scene.act("leader", &id, "reappoint", &apology).await;
        // 17, 18, 19, 20, 23 November; the 24th is a holiday.
        page.shows("17:30 ngày 25/11/2026").shows(FIRST);
        assert!(!scene.offers("leader", &id, "reappoint").await, "at most once");
        let own = scene.own(&id).await;
        own.shows("xin lỗi").shows("17:30 ngày 25/11/2026").shows("Chờ kết quả đo đạc.");
        given(scene, &id, "xin-loi").await;
        scene.office.send_letters().await.unwrap();
        let letters = scene.mail.0.lock().unwrap().clone();
        let apologies = letters.iter().filter(|letter| letter.text.contains("xin lỗi"));
        assert_eq!(apologies.count(), 1);

        let late = in_progress(scene).await;
        scene.wait("2026-11-16T08:00");
        let mut form = scene.act_form("leader", &late, "reappoint").await;
        form.set("reason", "Muộn.").set("working_days", "2");
        let told = scene.at("leader").await.submit(&form).await;
        told.refuses(422, "chậm nhất 01 ngày trước ngày hẹn trả");
    })
    .await;
}

#[tokio::test]
async fn only_what_the_calendar_proposes_can_be_accepted() {
    each_scene(async |scene| {
        let id = in_progress(scene).await;
        assert!(!scene.offers("leader", &id, "correct_due").await, "nothing is proposed");
        let leader = scene.at("leader").await;
        let path = format!("/ho-so/{id}/correct_due");
        let page = leader.get(&path).await.fine();
        page.shows("Không có gì phải điều chỉnh.");
        let mut form = page.form(&path);
        form.set("decision", "12/QĐ-UBND");
        leader.submit(&form).await.refuses(422, "Không có gì phải điều chỉnh.");
        scene.own(&id).await.shows(FIRST);
    })
    .await;
}

#[tokio::test]
async fn an_unanswered_dossier_is_stopped_by_the_head() {
    each_scene(async |scene| {
        let id = in_progress(scene).await;
        let asked = [
            ("items.0.component", mandatory()[1].clone()),
            ("items.0.what", "Bản vẽ mờ.".to_owned()),
            ("reason", "Bản vẽ không đọc được.".to_owned()),
        ];
        let asked: Vec<(&str, &str)> = asked.iter().map(|(k, v)| (*k, v.as_str())).collect();
        scene.act("officer", &id, "request_supplement", &asked).await;
        let mut form = scene.act_form("leader", &id, "stop").await;
        form.set("ground", "supplement_overdue").set("reason", "Quá hạn.");
        form.set("legal_basis", "NĐ 217/2026 Đ54.2.b");
        let told = scene.at("leader").await.submit(&form).await;
        told.refuses(422, "Căn cứ này chưa đúng với hồ sơ lúc này.");

        scene.wait("2026-11-12T08:00");
        let path = format!("/ho-so/{id}/stop");
        let page = scene.at("leader").await.get(&path).await.fine();
        page.shows("Hệ thống đề xuất dừng: người nộp đã quá hạn bổ sung.");
        let mut form = page.form(&path);
        assert_eq!(form.value("ground"), "supplement_overdue", "as proposed");
        form.set("reason", "Quá hạn bổ sung hồ sơ.").set("legal_basis", "NĐ 217/2026 Đ54.2.b");
        scene.at("leader").await.submit(&form).await.fine().shows("Đã dừng giải quyết hồ sơ");
        let own = scene.own(&id).await;
        own.shows("Lý do dừng giải quyết:").shows("Quá hạn bổ sung hồ sơ. (NĐ 217/2026 Đ54.2.b)");
        given(scene, &id, "dung-giai-quyet").await;
        given(scene, &id, "yeu-cau-bo-sung-1").await;
        let code = own.texts(".mc-identity__code").remove(0);
        scene.tracked(&code).await.shows("Dừng giải quyết").hides("Quá hạn bổ sung hồ sơ.");
        for (login, act) in [("leader", "stop"), ("counter", "supplement"), ("counter", "withdraw")]
        {
            assert!(!scene.offers(login, &id, act).await, "{act} after the end");
        }
    })
    .await;
}
