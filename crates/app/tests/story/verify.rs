//! Verification by anyone: our papers, altered ones, other people's, and what is no paper; by code
//! and by file. The proof is checked once more with the ledger's own tools.

use crate::bad_files::authority;
use crate::browser::Page;
use crate::filing::PERSONAL;
use crate::scene::{Scene, each_scene_with};
use crate::signing_papers::{key_file, leader, ready, result, ring};
use ledger::{LogProof, VerifierKey, leaf_hash};

async fn dropped(scene: &Scene, bytes: &[u8]) -> Page {
    let anyone = scene.anyone();
    let mut form = anyone.get("/xac-minh").await.fine().form("/xac-minh");
    form.attach("tep", "van-ban.pdf", bytes);
    anyone.submit(&form).await
}

fn nothing_personal(page: &Page) {
    for personal in PERSONAL {
        page.hides(personal).hides(&personal.replace('\'', "&#39;"));
    }
}

#[tokio::test]
async fn anyone_verifies_a_paper_by_its_code_or_by_the_file() {
    let keys = |clock| ring(clock).with(leader(), key_file());
    each_scene_with(keys, async |scene| {
        let id = ready(scene).await;
        let citizen = scene.at("citizen").await;
        let place = format!("/ho-so-cua-toi/{id}/giay-tiep-nhan");
        let receipt = citizen.get(&place).await.is_pdf().bytes.clone();
        scene.act("leader", &id, "sign", &[]).await;
        scene.act("clerk", &id, "issue", &[]).await;
        scene.office.checkpoint().await.unwrap();
        let sealed = result(scene, &id).await;
        assert!(citizen.get(&place).await.bytes == receipt, "the same bytes at every printing");
        let code = scene.own(&id).await.texts(".mc-identity__code").remove(0);

        let found = scene.anyone().get(&format!("/xac-minh?ma={code}")).await.fine();
        found.shows("Kết quả giải quyết thủ tục hành chính").shows("01/KQ");
        found.shows("Chữ ký số của Ủy ban nhân dân phường Hà Giang 1").hides("không hợp lệ");
        nothing_personal(&found);
        scene.anyone().get("/xac-minh?ma=H60.30-261109-9999").await.refuses(404, "Không có hồ sơ");

        let traces = scene.traces().await;
        for ours in [&sealed, &receipt] {
            let page = dropped(scene, ours).await.fine();
            page.shows("Đúng bản đã phát hành").hides("Không phải bản");
            nothing_personal(&page);
        }
        strangers(scene, &sealed).await;
        assert_eq!(scene.traces().await, traces, "nothing is kept");
        proof(scene, &code).await;
    })
    .await;
}

/// Altered, foreign, unsigned files and files that are no papers each get their sentence.
async fn strangers(scene: &Scene, sealed: &[u8]) {
    let mut altered = sealed.to_vec();
    let letter = altered.windows(6).position(|word| word == b"motcua").unwrap();
    altered[letter] ^= 1;
    let page = dropped(scene, &altered).await.fine();
    page.shows("Không phải bản đã phát hành").shows("tệp đã bị sửa sau khi ký");
    nothing_personal(&page);
    let foreign = crate::bad_files::signed(&authority());
    let page = dropped(scene, &foreign).await.fine();
    page.shows("Không phải văn bản của hệ thống này").shows("hợp lệ; tệp không bị sửa từ khi ký");
    let unsigned = documents::Form::ResultDraft(documents::sample::result_draft());
    let unsigned = documents::render(&unsigned, &documents::Templates::embedded()).unwrap();
    let page = dropped(scene, &unsigned).await.fine();
    page.shows("Không phải văn bản của hệ thống này").shows("Tệp chưa được ký số.");
    let page = dropped(scene, b"MZ no paper at all").await.fine();
    page.shows("Tệp không phải là PDF.");
    dropped(scene, b"").await.refuses(422, "Hãy chọn một tệp PDF.");
    let large = vec![b' '; 21 * 1024 * 1024];
    assert_eq!(dropped(scene, &large).await.status.as_u16(), 413);
    for file in [&altered, &foreign, &unsigned] {
        let hash = office::signed::hash_of(file);
        assert!(!scene.office.files.exists(hash).await.unwrap(), "a stranger's file was kept");
    }
}

/// The proof as a text of its own, and the page that checks it without us.
async fn proof(scene: &Scene, code: &str) {
    let key: VerifierKey = scene.office.signer().unwrap().verifier_key();
    for paper in ["receipt", "result"] {
        let asked = format!("ma={code}&giay={paper}");
        let text = scene.anyone().get(&format!("/xac-minh/bang-chung?{asked}")).await.fine();
        let proof: LogProof = String::from_utf8(text.bytes).unwrap().parse().unwrap();
        let saved = scene.anyone().get(&format!("/xac-minh/ban-luu?{asked}")).await.fine();
        let entry = saved.texts("pre").remove(0);
        let head = proof.verify(&key, leaf_hash(entry.as_bytes())).unwrap();
        assert!(head.size > proof.index);
        assert!(proof.verify(&key, leaf_hash(b"another")).is_err());
        saved.hides("src=").hides("href=");
        nothing_personal(&saved);
    }
    let nothing = scene.anyone().get("/xac-minh/bang-chung?ma=x&giay=receipt").await;
    nothing.refuses(404, "Không tìm thấy trang");
}
