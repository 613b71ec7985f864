//! From filing to the returned result; the same course on every side.

use crate::browser::Browser;
use crate::house::{House, NAME, NUMBER, PROCEDURE, act, filing, official};
use domain::organisation::Position;
use domain::process::StepKind;
use domain::time::local;
use storage::testing::each_database;

/// Everyone who works on it.
struct Team {
    head: Browser,
    officer: Browser,
    leader: Browser,
    clerk: Browser,
    counter: Browser,
}

impl Team {
    async fn of(house: &House) -> Team {
        Team {
            head: house.someone("head").await,
            officer: house.someone("officer").await,
            leader: house.someone("leader").await,
            clerk: house.someone("clerk").await,
            counter: house.someone("counter").await,
        }
    }

    /// Does the first open task on its page; the stage afterwards.
    async fn step(&self, house: &House, id: &str) -> String {
        let dossier = house.office.state(&domain::dossier::Actor::System, id).await.unwrap();
        let task = dossier.open_tasks().next().unwrap().clone();
        let (officer, _) = official("D26.XA1.KT", Position::Officer);
        let draft = [
            ("outcome", "granted"),
            ("title", "Giấy phép xây dựng"),
            ("body", "Cho phép xây dựng nhà ở riêng lẻ theo hồ sơ thiết kế."),
        ];
        let number = task.no.to_string();
        let work = [("task", number.as_str()), ("note", "Đã kiểm tra.")];
        let page = match task.kind {
            StepKind::Receive => act(&self.counter, id, "receive", &[]).await,
            StepKind::Assign => {
                act(&self.head, id, "assign", &[("officer", officer.as_str())]).await
            }
            StepKind::Propose => act(&self.officer, id, "propose", &draft).await,
            StepKind::Review => act(&self.head, id, "work", &work).await,
            StepKind::Sign => act(&self.leader, id, "sign", &[]).await,
            StepKind::Issue => act(&self.clerk, id, "issue", &[]).await,
            StepKind::GiveBack => act(&self.counter, id, "give_back", &[]).await,
            StepKind::Work | StepKind::Consult => act(&self.officer, id, "work", &work).await,
        };
        page.fine();
        house.wait_minutes(1);
        let now = house.office.state(&domain::dossier::Actor::System, id).await.unwrap();
        assert!(now.version > dossier.version, "{:?} did nothing", task.kind);
        now.stage.name().to_owned()
    }
}

#[tokio::test]
async fn a_dossier_from_filing_to_the_returned_result() {
    each_database(async |store| {
        let house = House::open(store).await;
        let citizen = house.someone("citizen").await;
        let found = house.anyone().get("/thu-tuc?q=nha+o+rieng+le").await.fine();
        assert!(found.has_link(&format!("/thu-tuc/{PROCEDURE}")), "found without diacritics");
        let filed = citizen.submit(&filing(&citizen).await).await.fine();
        let id = house.only().await;
        assert!(filed.path.starts_with(&format!("/ho-so-cua-toi/{id}")));
        let team = Team::of(&house).await;
        team.counter.get("/cong-viec").await.fine().shows(NAME);
        assert_eq!(team.step(&house, &id).await, "transferred");
        let code = received(&house, &citizen, &id).await;
        team.head.get("/cong-viec").await.fine().shows(&code);
        assert_eq!(team.step(&house, &id).await, "in_progress");
        let mut stages = Vec::new();
        for _ in 0..30 {
            let stage = team.step(&house, &id).await;
            if stages.last() != Some(&stage) {
                stages.push(stage.clone());
            }
            if stage == "returned" {
                break;
            }
        }
        assert_eq!(
            stages,
            ["in_progress", "awaiting_signature", "awaiting_issue", "issued", "returned"]
        );
        told_alike(&house, &citizen, &team, &id, &code).await;
        house.office.send_letters().await.unwrap();
        let letters = house.mail.0.lock().unwrap().clone();
        assert_eq!(letters.len(), 4, "filed, received, issued, returned");
        assert!(letters.iter().all(|letter| !letter.text.contains(NUMBER)));
        house.is_in_order().await;
    })
    .await;
}

/// The code and the promise, as the citizen and as anyone sees them; the receipt.
async fn received(house: &House, citizen: &Browser, id: &str) -> String {
    let dossier = house.office.state(&domain::dossier::Actor::System, id).await.unwrap();
    let code = dossier.code.clone().unwrap();
    assert!(code.ends_with("-261109-0001"), "{code}");
    let due = local(dossier.clock.due.as_ref().unwrap().at);
    let mine = citizen.get(&format!("/ho-so-cua-toi/{id}")).await.fine();
    mine.shows(&code).shows(&due.strftime("%d/%m/%Y").to_string());
    let receipt = citizen.get(&format!("/ho-so-cua-toi/{id}/giay-tiep-nhan")).await.fine();
    assert_eq!(receipt.head["content-type"], "application/pdf");
    assert!(receipt.bytes.starts_with(b"%PDF-1.7"));
    let again = citizen.get(&format!("/ho-so-cua-toi/{id}/giay-tiep-nhan")).await.fine();
    assert!(again.bytes == receipt.bytes, "the same facts, the same bytes");
    let anyone = house.anyone().get(&format!("/tra-cuu?ma={code}")).await.fine();
    for personal in [NAME, NUMBER, "912345678", "Tổ 1"] {
        anyone.shows(&code).hides(personal);
    }
    code
}

/// The same course on every side.
async fn told_alike(house: &House, citizen: &Browser, team: &Team, id: &str, code: &str) {
    let mine = citizen.get(&format!("/ho-so-cua-toi/{id}")).await.fine();
    let theirs = team.leader.get(&format!("/ho-so/{id}")).await.fine();
    let anyone = house.anyone().get(&format!("/tra-cuu?ma={code}")).await.fine();
    for page in [&mine, &theirs, &anyone] {
        page.shows("Đã trả kết quả");
    }
    let (_, officer) = official("D26.XA1.KT", Position::Officer);
    theirs.shows(&officer).shows(NAME);
    for personal in [NAME, NUMBER, "912345678", "Tổ 1"] {
        anyone.hides(personal);
    }
    let result = citizen.get(&format!("/ho-so-cua-toi/{id}/ket-qua")).await.fine();
    assert!(result.bytes.starts_with(b"%PDF-"));
    let other = house.someone("elsewhere").await.get(&format!("/ho-so/{id}")).await;
    let none = house.someone("elsewhere").await.get(&format!("/ho-so/{}", "0".repeat(32))).await;
    assert_eq!((other.status.as_u16(), &other.text()), (404, &none.text()));
}
