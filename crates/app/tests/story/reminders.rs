//! Reminders are letters that go out once, whatever restarts.

use crate::filing::received;
use crate::scene::{Scene, each_scene, official};
use std::collections::BTreeSet;

/// The letters of this kind that went out, by their ids.
fn sent(scene: &Scene, words: &str) -> Vec<String> {
    let letters = scene.mail.0.lock().unwrap();
    letters.iter().filter(|letter| letter.text.contains(words)).map(|l| l.id.clone()).collect()
}

#[tokio::test]
async fn what_is_due_late_or_stuck_is_told_once() {
    each_scene(async |scene| {
        let id = received(scene).await;
        let (officer, _) = official("officer");
        scene.act("head", &id, "assign", &[("officer", officer.as_str())]).await;
        scene.office.send_letters().await.unwrap();
        let before = scene.mail.0.lock().unwrap().len();

        scene.wait("2026-11-13T09:00");
        assert!(scene.office.remind().await.unwrap() >= 2);
        assert_eq!(scene.office.remind().await.unwrap(), 0, "nothing is added twice");
        scene.office.send_letters().await.unwrap();
        assert_eq!(sent(scene, "văn bản xin lỗi và hẹn lại").len(), 1, "to the head");
        assert_eq!(sent(scene, "vào ngày làm việc kế tiếp, 16/11/2026").len(), 1, "to the officer");

        // Another process over the same record, which remembers nothing, adds nothing either.
        let after = scene.mail.0.lock().unwrap().len();
        let another = scene.restarted();
        assert_eq!(another.remind().await.unwrap(), 0);
        assert_eq!(another.send_letters().await.unwrap(), 0);
        assert_eq!(scene.mail.0.lock().unwrap().len(), after, "the same letters once");

        scene.wait("2026-11-17T09:00");
        another.remind().await.unwrap();
        scene.office.remind().await.unwrap();
        scene.office.send_letters().await.unwrap();
        assert_eq!(sent(scene, "đã quá hạn trả kết quả (16/11/2026)").len(), 2);
        assert_eq!(sent(scene, "Cơ quan giải quyết xin lỗi ông/bà.").len(), 1);
        let letters = scene.mail.0.lock().unwrap();
        let ids: BTreeSet<&str> = letters.iter().map(|letter| letter.id.as_str()).collect();
        assert_eq!(ids.len(), letters.len());
        assert!(letters[before..].iter().all(|letter| !letter.text.contains("Niê")), "no names");
    })
    .await;
}
