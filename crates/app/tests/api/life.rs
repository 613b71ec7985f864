//! A dossier's life by token: who may do what when, what the answers say, what a repetition does.

use crate::desk::{CASE, Desk, PROCEDURE, filing, official};
use domain::organisation::Position;
use serde_json::{Value, json};
use storage::tables;
use storage::testing::{dump, each_database};

fn at(id: &str) -> String {
    format!("/api/v1/dossiers/{id}")
}

/// Does the first open task, by whoever holds it.
async fn step(desk: &Desk, id: &str) -> Value {
    let state = desk.state(id).await;
    let task = &state["tasks"][0];
    let officer = official("D26.XA1.KT", Position::Officer);
    let work = json!({ "task": task["no"] });
    let draft = json!({ "title": "Giấy phép xây dựng", "body": "Cho phép xây dựng." });
    let (token, act, body) = match task["kind"].as_str().unwrap() {
        "receive" => (&desk.counter, "receive", json!({})),
        "assign" => (&desk.head, "assign", json!({ "officer": officer })),
        "propose" => (&desk.officer, "propose", draft),
        "review" => (&desk.head, "work", work),
        "sign" => (&desk.leader, "sign", json!({ "draft": 1 })),
        "issue" => (&desk.clerk, "issue", json!({})),
        "give_back" => (&desk.counter, "give_back", json!({})),
        _ => (&desk.officer, "work", work),
    };
    desk.clock.advance(60_000);
    let done = desk.act(token, id, act, body).await.must(200);
    let now = desk.state(id).await;
    assert_eq!((&now["version"], &now["stage"]), (&done["version"], &done["stage"]));
    now
}

#[tokio::test]
async fn a_life_by_token() {
    each_database(async |store| {
        let desk = Desk::open(store).await;
        let filed = desk.post(&desk.citizen, "/api/v1/dossiers", "k1", &filing()).await;
        let body = filed.must(201);
        let id = body["id"].as_str().unwrap().to_owned();
        assert_eq!(body, json!({ "id": id, "code": null, "version": 1, "stage": "submitted" }));
        assert_eq!(filed.header("location"), at(&id));
        assert_eq!(filed.header("idempotency-replayed"), "");
        let state = step(&desk, &id).await;
        let code = state["code"].as_str().unwrap().to_owned();
        assert!(code.ends_with("-261109-0001"), "{code}");
        assert_eq!(state["procedure"], PROCEDURE);
        assert_eq!(state["received_at"], "2026-11-09T09:01:00+07:00");
        assert_eq!(state["due_at"], state["original_due_at"]);
        assert!(!state["due_why"].as_array().unwrap().is_empty());
        let by_code = desk.get(&desk.citizen, &at(&code)).await.must(200);
        assert_eq!(by_code["id"], id.as_str());
        assert_eq!(by_code["acts"], json!([{ "act": "withdraw", "task": null }]));
        let mut state = state;
        for _ in 0..40 {
            if state["stage"] == "returned" {
                break;
            }
            state = step(&desk, &id).await;
        }
        assert_eq!(state["stage"], "returned");
        assert_eq!(state["national_status"], 10);
        assert_eq!(state["events"], desk.version(&id).await);
        assert_eq!((&state["tasks"], &state["acts"]), (&json!([]), &json!([])));
        assert!(state["finished_at"].is_string());
        assert!(desk.files_are_empty());
        let audit = desk.office.audit_ledger().await.unwrap();
        assert_eq!(audit.findings, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_repetition_answers_the_same_and_does_nothing() {
    each_database(async |store| {
        let desk = Desk::open(store).await;
        let first = desk.post(&desk.citizen, "/api/v1/dossiers", "k1", &filing()).await;
        let again = desk.post(&desk.citizen, "/api/v1/dossiers", "k1", &filing()).await;
        let id = first.must(201)["id"].as_str().unwrap().to_owned();
        assert_eq!(again.must(201), first.json());
        assert_eq!(again.bytes, first.bytes);
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(again.header("location"), first.header("location"));

        let receive = format!("{}/actions/receive", at(&id));
        let first = desk.post(&desk.counter, &receive, "k2", &json!({})).await;
        let code = first.must(200)["code"].as_str().unwrap().to_owned();
        for path in [&receive, &format!("{}/actions/receive", at(&code))] {
            let again = desk.post(&desk.counter, path, "k2", &json!({})).await;
            assert_eq!(again.status, 200);
            assert_eq!(again.bytes, first.bytes);
            assert_eq!(again.header("idempotency-replayed"), "true");
        }
        assert_eq!(desk.version(&id).await, 3, "received, and handed on by the system");

        let other = desk.post(&desk.counter, &receive, "k2", &json!({ "note": "khác" })).await;
        assert_eq!(other.problem(422)["type"], "urn:motcua:problem:key-reused");
        let mine = desk.file("k2").await;
        assert_ne!(mine, id, "keys of different people never meet");
    })
    .await;
}

#[tokio::test]
async fn out_of_order_leaves_no_trace() {
    each_database(async |store| {
        let desk = Desk::open(store).await;
        let id = desk.file("k1").await;
        desk.act(&desk.counter, &id, "receive", json!({})).await.must(200);
        let written =
            [&tables::FACT, &tables::DOSSIER, &tables::TASK, &tables::OUTBOX, &tables::IDEMPOTENCY];
        let mut before = Vec::new();
        for table in written {
            before.push(dump(&desk.store, table).await);
        }
        for act in ["receive", "refuse", "transfer", "give_back"] {
            let body = json!({});
            let told = desk.act(&desk.counter, &id, act, body).await.problem(409);
            assert_eq!(told["type"], "urn:motcua:problem:not-open", "{act}");
            assert_eq!(told["instance"], format!("{}/actions/{act}", at(&id)));
        }
        desk.act(&desk.leader, &id, "sign", json!({})).await.problem(409);
        desk.act(&desk.clerk, &id, "issue", json!({})).await.problem(409);
        for (table, before) in written.into_iter().zip(before) {
            assert_eq!(dump(&desk.store, table).await, before, "{}", table.name);
        }
    })
    .await;
}

#[tokio::test]
async fn what_one_writes_the_next_reads() {
    each_database(async |store| {
        let desk = Desk::open(store).await;
        let list = async |token: &str, query: &str| -> Vec<Value> {
            let told = desk.get(token, &format!("/api/v1/worklist?{query}")).await.must(200);
            told.as_array().unwrap().clone()
        };
        assert!(list(&desk.counter, "").await.is_empty());
        let first = desk.file("k1").await;
        desk.clock.advance(60_000);
        let second = desk.file("k2").await;
        let waiting = list(&desk.counter, "role=counter_officer&limit=20").await;
        let ids: Vec<&str> = waiting.iter().map(|line| line["id"].as_str().unwrap()).collect();
        assert_eq!(ids, [first.as_str(), second.as_str()], "the most urgent first");
        assert_eq!(waiting[0]["kind"], "receive");
        assert_eq!(waiting[0]["task"], 1);
        assert!(waiting[0]["remaining_minutes"].as_i64().unwrap() > 0);
        assert_eq!(list(&desk.counter, "limit=1").await.len(), 1);
        assert!(list(&desk.head, "").await.is_empty());

        desk.act(&desk.counter, &first, "receive", json!({})).await.must(200);
        assert_eq!(list(&desk.counter, "").await.len(), 1);
        assert_eq!(list(&desk.head, "").await[0]["kind"], "assign");
        let officer = official("D26.XA1.KT", Position::Officer);
        desk.act(&desk.head, &first, "assign", json!({ "officer": officer })).await.must(200);
        assert!(list(&desk.head, "").await.is_empty());
        assert!(list(&desk.citizen, "").await.is_empty());

        let wrong = desk.get(&desk.counter, "/api/v1/worklist?role=officer").await.problem(422);
        assert_eq!(wrong["problems"][0]["place"], "role");
        for limit in ["0", "201"] {
            let told = desk.get(&desk.counter, &format!("/api/v1/worklist?limit={limit}")).await;
            assert_eq!(told.problem(422)["problems"][0]["place"], "limit");
        }
        for query in ["limit=-1", "limit=x", "rolle=officer"] {
            desk.get(&desk.counter, &format!("/api/v1/worklist?{query}")).await.problem(400);
        }
    })
    .await;
}

#[tokio::test]
async fn the_counter_files_for_those_who_come() {
    each_database(async |store| {
        let desk = Desk::open(store).await;
        let mut filing = filing();
        filing["channel"] = "counter".into();
        let filed = desk.post(&desk.counter, "/api/v1/dossiers", "k1", &filing).await;
        let id = filed.must(201)["id"].as_str().unwrap().to_owned();
        let received = desk.act(&desk.counter, &id, "receive", json!({})).await.must(200);
        assert_eq!(received["stage"], "received");
        let handed_on = desk.act(&desk.counter, &id, "transfer", json!({})).await.must(200);
        assert_eq!(handed_on["stage"], "transferred");

        let from_home = desk.post(&desk.citizen, "/api/v1/dossiers", "k2", &filing).await;
        assert_eq!(from_home.problem(422)["problems"][0]["place"], "channel");
        filing["channel"] = "online".into();
        let at_desk = desk.post(&desk.counter, "/api/v1/dossiers", "k3", &filing).await;
        assert_eq!(at_desk.problem(422)["problems"][0]["place"], "channel");
        filing["channel"] = "post".into();
        let officer = desk.post(&desk.officer, "/api/v1/dossiers", "k4", &filing).await;
        officer.problem(404);
    })
    .await;
}

#[tokio::test]
async fn the_catalogue_says_what_a_filing_needs() {
    each_database(async |store| {
        let desk = Desk::open(store).await;
        let found =
            desk.get(&desk.citizen, "/api/v1/procedures?q=nha%20o%20rieng%20le&limit=200").await;
        let found = found.must(200);
        let ids: Vec<&str> =
            found.as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap()).collect();
        assert!(ids.contains(&PROCEDURE), "{ids:?}");
        let path = format!("/api/v1/procedures/{PROCEDURE}");
        let one = desk.get(&desk.citizen, &path).await.must(200);
        assert_eq!(one["id"], PROCEDURE);
        assert_eq!(one["offered"], true);
        let case = one["cases"].as_array().unwrap().iter().find(|case| case["id"] == CASE).unwrap();
        let forms = one["forms"].as_array().unwrap();
        assert!(forms.iter().any(|form| form["id"] == case["form"]), "the case's form is there");
        let agencies = one["agencies"].as_array().unwrap();
        assert!(agencies.iter().any(|agency| agency["id"] == "U26.XA1"));
        desk.get(&desk.citizen, "/api/v1/procedures/KHONG.CO").await.problem(404);
        desk.get("", &path).await.problem(401);
        let openapi = desk.get("", "/api/v1/openapi.json").await.must(200);
        assert_eq!(openapi["openapi"], "3.1.0");
    })
    .await;
}
