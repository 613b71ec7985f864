//! Supplements, refusal, withdrawal, a draft sent back, filings at the counter.

use crate::house::{CASE, House, PROCEDURE, SCAN, act, count_papers, filing, fill, official};
use domain::dossier::{Actor, Dossier};
use domain::organisation::Position;
use domain::process::StepKind;
use std::sync::Arc;
use storage::testing::each_database;

async fn state(house: &House, id: &str) -> Arc<Dossier> {
    house.office.state(&Actor::System, id).await.unwrap()
}

#[tokio::test]
async fn what_is_missing_is_asked_for_and_brought() {
    each_database(async |store| {
        let house = House::open(store).await;
        let citizen = house.someone("citizen").await;
        citizen.submit(&filing(&citizen).await).await.fine();
        let id = house.only().await;
        let counter = house.someone("counter").await;
        let component = state(&house, &id).await.papers[1].component.clone();
        let asked = [
            ("items.0.component", component.as_str()),
            ("items.0.what", "Bản vẽ mờ, hãy chụp lại rõ nét."),
            ("reason", "Bản vẽ không đọc được."),
        ];
        act(&counter, &id, "request_supplement", &asked).await.fine();
        assert_eq!(state(&house, &id).await.stage.name(), "awaiting_supplement");
        let page = format!("/ho-so-cua-toi/{id}/bo-sung");
        let mut form = citizen.get(&page).await.fine().form(&page);
        let input = form.inputs.first().unwrap().clone();
        form.attach(&input, "ban-ve.pdf", SCAN);
        citizen.submit(&form).await.fine();
        assert_eq!(state(&house, &id).await.stage.name(), "supplemented");
        act(&counter, &id, "receive", &[]).await.fine();
        assert!(state(&house, &id).await.code.is_some());
        house.is_in_order().await;
    })
    .await;
}

#[tokio::test]
async fn the_counter_hands_in_the_supplement_of_those_who_come() {
    each_database(async |store| {
        let house = House::open(store).await;
        let id = house.received().await;
        let (officer_id, _) = official("D26.XA1.KT", Position::Officer);
        let head = house.someone("head").await;
        act(&head, &id, "assign", &[("officer", officer_id.as_str())]).await.fine();
        let officer = house.someone("officer").await;
        let component = state(&house, &id).await.papers[1].component.clone();
        let asked = [
            ("items.0.component", component.as_str()),
            ("items.0.what", "Thiếu ranh giới thửa đất."),
            ("reason", "Bản vẽ chưa đủ."),
        ];
        act(&officer, &id, "request_supplement", &asked).await.fine();
        let counter = house.someone("counter").await;
        let path = format!("/ho-so/{id}/{}", "supplement");
        let mut form = counter.get(&path).await.fine().form(&path);
        form.set("note", "Người dân nộp bản giấy tại quầy.");
        for input in form.inputs.clone() {
            form.attach(&input, "ban-ve.pdf", SCAN);
        }
        counter.submit(&form).await.fine();
        assert_eq!(state(&house, &id).await.stage.name(), "supplemented");
        act(&counter, &id, "receive", &[]).await.fine();
        assert_eq!(state(&house, &id).await.stage.name(), "in_progress");
        house.is_in_order().await;
    })
    .await;
}

#[tokio::test]
async fn a_dossier_is_refused_with_its_reason_or_withdrawn() {
    each_database(async |store| {
        let house = House::open(store).await;
        let citizen = house.someone("citizen").await;
        citizen.submit(&filing(&citizen).await).await.fine();
        let id = house.only().await;
        let counter = house.someone("counter").await;
        let told = act(&counter, &id, "refuse", &[("ground", "out_of_authority")]).await;
        assert_eq!(told.status.as_u16(), 422, "a refusal has a reason");
        let why = [
            ("ground", "out_of_authority"),
            ("reason", "Công trình do Sở Xây dựng cấp phép."),
            ("legal_basis", "Điều 53 NĐ 217/2026/NĐ-CP"),
        ];
        act(&counter, &id, "refuse", &why).await.fine();
        let mine = citizen.get(&format!("/ho-so-cua-toi/{id}")).await.fine();
        mine.shows("Công trình do Sở Xây dựng cấp phép.");

        citizen.submit(&filing(&citizen).await).await.fine();
        let all = house.office.own_dossiers(&account(&house, &id).await).await.unwrap();
        let second = all.iter().find(|row| row.id != id).unwrap().id.clone();
        let page = format!("/ho-so-cua-toi/{second}/rut");
        let mut form = citizen.get(&page).await.fine().form(&page);
        form.set("reason", "Tôi chưa xây nữa.");
        citizen.submit(&form).await.fine();
        assert_eq!(state(&house, &second).await.stage.name(), "withdrawn");

        citizen.submit(&filing(&citizen).await).await.fine();
        let all = house.office.own_dossiers(&account(&house, &id).await).await.unwrap();
        let third = all.iter().find(|row| row.stage == "submitted").unwrap().id.clone();
        let reason = [("reason", "Người dân đến quầy xin rút.")];
        act(&counter, &third, "withdraw", &reason).await.fine();
        assert_eq!(state(&house, &third).await.stage.name(), "withdrawn");
        house.is_in_order().await;
    })
    .await;
}

async fn account(house: &House, id: &str) -> Actor {
    Actor::Applicant { account: state(house, id).await.submitted.account.clone().unwrap() }
}

#[tokio::test]
async fn a_draft_sent_back_is_not_the_one_that_is_signed() {
    each_database(async |store| {
        let house = House::open(store).await;
        let id = house.received().await;
        let people = [
            house.someone("head").await,
            house.someone("officer").await,
            house.someone("leader").await,
        ];
        let [head, officer, leader] = &people;
        let (officer_id, _) = official("D26.XA1.KT", Position::Officer);
        act(head, &id, "assign", &[("officer", officer_id.as_str())]).await.fine();
        let path = format!("/ho-so/{id}/sign");
        let mut first_draft = None;
        for _ in 0..30 {
            let dossier = state(&house, &id).await;
            let task = dossier.open_tasks().next().unwrap().clone();
            let number = task.no.to_string();
            let work = [("task", number.as_str())];
            let body = format!("Cho phép xây dựng, bản {}.", dossier.version);
            let draft = [("outcome", "granted"), ("title", "Giấy phép"), ("body", body.as_str())];
            match task.kind {
                StepKind::Propose => act(officer, &id, "propose", &draft).await.fine(),
                StepKind::Review => act(head, &id, "work", &work).await.fine(),
                StepKind::Sign if first_draft.is_none() => {
                    first_draft = Some(leader.get(&path).await.fine().form(&path));
                    let reason = [("reason", "Sửa căn cứ pháp lý.")];
                    act(leader, &id, "send_back", &reason).await.fine()
                }
                StepKind::Sign => break,
                _ => act(officer, &id, "work", &work).await.fine(),
            };
            house.wait_minutes(1);
        }
        let before = state(&house, &id).await.version;
        let old = leader.submit(&first_draft.unwrap()).await;
        assert!(old.status.is_client_error(), "{}", old.status);
        assert_eq!(state(&house, &id).await.version, before, "an old draft is not signed");
        act(leader, &id, "sign", &[]).await.fine();
        assert_eq!(state(&house, &id).await.stage.name(), "awaiting_issue");
        house.is_in_order().await;
    })
    .await;
}

#[tokio::test]
async fn the_counter_files_for_those_who_come_and_hands_on() {
    each_database(async |store| {
        let house = House::open(store).await;
        let counter = house.someone("counter").await;
        let path = format!("/quay/nop/{PROCEDURE}?truong-hop={CASE}");
        let mut form = counter.get(&path).await.fine().form(&format!("/quay/nop/{PROCEDURE}"));
        form.set("agency", "U26.XA1");
        fill(&mut form);
        count_papers(&mut form);
        counter.submit(&form).await.fine();
        let id = house.only().await;
        assert_eq!(state(&house, &id).await.submitted.account, None);
        if state(&house, &id).await.stage.name() == "submitted" {
            act(&counter, &id, "receive", &[]).await.fine();
        }
        assert_eq!(state(&house, &id).await.stage.name(), "received");
        act(&counter, &id, "transfer", &[]).await.fine();
        assert_eq!(state(&house, &id).await.stage.name(), "transferred");
        house.is_in_order().await;
    })
    .await;
}
