//! What is answered when something is in the way: never a trace, never a hint, always what to do.

use crate::desk::{Answer, Desk, filing, request};
use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};
use storage::testing::each_database;

/// A body as it is, with a content type.
async fn send(desk: &Desk, kind: &str, body: impl Into<Body>) -> Answer {
    let request = request(Method::POST, &desk.citizen, "/api/v1/dossiers")
        .header("idempotency-key", "k")
        .header("content-type", kind)
        .body(body.into());
    desk.ask(request.unwrap()).await
}

/// Spoils a filing.
type Change<'a> = &'a dyn Fn(&mut Value);

fn first_place(problem: &Value) -> (&str, &str) {
    let place = &problem["problems"][0];
    (place["place"].as_str().unwrap_or(""), place["reason"].as_str().unwrap_or(""))
}

#[tokio::test]
async fn not_yours_is_not_there() {
    each_database(async |store| {
        let desk = Desk::open(store).await;
        let id = desk.file("k1").await;
        let received = desk.act(&desk.counter, &id, "receive", json!({})).await.must(200);
        let code = received["code"].as_str().unwrap();
        let missing = "0".repeat(32);
        let nothing = desk.get(&desk.stranger, &format!("/api/v1/dossiers/{missing}")).await;
        nothing.problem(404);
        for token in [&desk.stranger, &desk.other] {
            for name in [id.as_str(), code, "H60.30-261109-9999", "%FF", "'; --"] {
                let path = format!("/api/v1/dossiers/{}", name.replace(' ', "%20"));
                let told = desk.get(token, &path).await;
                assert_eq!((told.status, &told.bytes), (nothing.status, &nothing.bytes), "{name}");
                assert_eq!(told.head, nothing.head, "{name}");
                let keys = ["a-fresh-key", "used", "used"];
                for (at, key) in keys.iter().enumerate() {
                    let body = json!({ "reason": format!("{at}") });
                    let path = format!("{path}/actions/withdraw");
                    let told = desk.post(token, &path, key, &body).await;
                    assert_eq!(told.bytes, nothing.bytes, "{name}");
                }
            }
        }
        let path = format!("/api/v1/dossiers/{id}/actions/burn");
        let unknown = desk.post(&desk.counter, &path, "k", &json!({})).await;
        assert_eq!(unknown.bytes, nothing.bytes);
        assert_eq!(desk.get(&desk.counter, "/api/v1/nothing").await.bytes, nothing.bytes);
        assert_eq!(desk.version(&id).await, 3);
    })
    .await;
}

/// A key that was used for something of one's own tells nothing about what is another's.
#[tokio::test]
async fn a_used_key_is_no_oracle() {
    each_database(async |store| {
        let desk = Desk::open(store).await;
        let theirs = desk.file("k1").await;
        let own = desk.post(&desk.stranger, "/api/v1/dossiers", "used", &filing()).await;
        own.must(201);
        let ask = async |id: &str| {
            let path = format!("/api/v1/dossiers/{id}/actions/withdraw");
            desk.post(&desk.stranger, &path, "used", &json!({ "reason": "thử" })).await
        };
        let (theirs, missing) = (ask(&theirs).await, ask(&"0".repeat(32)).await);
        theirs.problem(404);
        assert_eq!(theirs.bytes, missing.bytes);
    })
    .await;
}

#[tokio::test]
async fn nobody_without_a_token() {
    each_database(async |store| {
        let desk = Desk::open(store).await;
        let id = desk.file("k1").await;
        for token in ["", "wrong", &"x".repeat(500)] {
            for path in [&format!("/api/v1/dossiers/{id}"), "/api/v1/worklist"] {
                let told = desk.get(token, path).await;
                assert_eq!(told.problem(401)["type"], "urn:motcua:problem:unauthenticated");
                assert_eq!(told.header("www-authenticate"), "Bearer");
            }
            desk.post(token, "/api/v1/dossiers", "k", &filing()).await.problem(401);
        }
        let cookie = request(Method::GET, "", "/api/v1/worklist")
            .header("cookie", format!("motcua={}", desk.counter))
            .body(Body::empty());
        desk.ask(cookie.unwrap()).await.problem(401);
    })
    .await;
}

#[tokio::test]
async fn every_write_needs_a_key() {
    each_database(async |store| {
        let desk = Desk::open(store).await;
        let without = request(Method::POST, &desk.citizen, "/api/v1/dossiers")
            .header("content-type", "application/json")
            .body(Body::from(filing().to_string()));
        let told = desk.ask(without.unwrap()).await.problem(400);
        assert_eq!(told["type"], "urn:motcua:problem:key-missing");
        for key in ["", "hai từ", "a b", &"k".repeat(201)] {
            let told = desk.post(&desk.citizen, "/api/v1/dossiers", key, &filing()).await;
            assert_eq!(told.problem(400)["type"], "urn:motcua:problem:key-missing", "{key}");
        }
        desk.post(&desk.citizen, "/api/v1/dossiers", &"k".repeat(200), &filing()).await.must(201);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_whole() {
    each_database(async |store| {
        let desk = Desk::open(store).await;
        let json = "application/json";
        let broken = send(&desk, json, "{\n  \"procedure\": \"A\",\n").await.problem(400);
        assert!(broken["detail"].as_str().unwrap().contains("dòng 3"), "{broken}");
        send(&desk, json, &b"{\"procedure\":\"\xFF\xFE\"}"[..]).await.problem(400);
        send(&desk, json, "{\"procedure\":\"\\ud800\"}").await.problem(400);
        let deep = format!("{{\"procedure\":{}", "[".repeat(100_000));
        assert!(send(&desk, json, deep).await.status.is_client_error());
        for body in ["[]", "1", "null", "\"A2\""] {
            let told = send(&desk, json, body).await.problem(422);
            assert_eq!(first_place(&told).0, "body");
        }
        for kind in ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"] {
            let told = send(&desk, kind, filing().to_string()).await.problem(415);
            assert_eq!(told["type"], "urn:motcua:problem:wrong-type");
        }
        let long = format!("{{\"procedure\":\"{}\"}}", "x".repeat(1024 * 1024));
        send(&desk, json, long).await.problem(413);
        let body = filing().to_string();
        send(&desk, "application/json; charset=utf-8", body).await.must(201);
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_named() {
    each_database(async |store| {
        let desk = Desk::open(store).await;
        let with = |change: &dyn Fn(&mut Value)| {
            let mut filing = filing();
            change(&mut filing);
            filing.to_string()
        };
        let json = "application/json";
        let cases: [(Change<'_>, &str); 8] = [
            (&|f| f["nmae"] = "A".into(), "nmae"),
            (&|f| f["applicant"]["id_no"] = "1".into(), "applicant.id_no"),
            (&|f| f["papers"][0]["file"] = json!({ "hash": "00" }), "papers[0].file"),
            (&|f| f["papers"][0]["count"] = (-1).into(), "papers[0].count"),
            (&|f| f["channel"] = "fax".into(), "channel"),
            (&|f| f["procedure"] = "P.X".into(), "procedure"),
            (&|f| f["agency"] = "U26.XX".into(), "agency"),
            (&|f| f["applicant"]["personal_number"] = "1".into(), "applicant.personal_number"),
        ];
        for (change, place) in cases {
            let told = send(&desk, json, with(change)).await.problem(422);
            let (at, reason) = first_place(&told);
            assert_eq!(at, place, "{told}");
            assert!(!reason.is_empty() && !reason.contains('['), "{reason}");
        }
        let told = send(&desk, json, "{}").await.problem(422);
        assert_eq!(first_place(&told), ("procedure", "Hãy điền mục này."));
        let all = send(&desk, json, r#"{"procedure":"A2.XA.R2026"}"#).await.problem(422);
        assert!(all["problems"].as_array().unwrap().len() > 5, "everything at once: {all}");
    })
    .await;
}

#[tokio::test]
async fn problems_are_told_in_the_callers_language() {
    each_database(async |store| {
        let desk = Desk::open(store).await;
        let asked = async |language: &str| {
            let request = request(Method::GET, "", "/api/v1/worklist")
                .header("accept-language", language)
                .body(Body::empty());
            desk.ask(request.unwrap()).await.problem(401)["title"].clone()
        };
        assert_eq!(asked("en-GB, vi;q=0.5").await, "Not authenticated");
        assert_eq!(asked("vi").await, "Chưa xác thực");
        assert_eq!(asked("fr").await, "Chưa xác thực");
        let put = request(Method::PUT, &desk.citizen, "/api/v1/dossiers").body(Body::empty());
        desk.ask(put.unwrap()).await.problem(405);
        desk.get(&desk.citizen, "/api/v1/dossiers").await.problem(405);
    })
    .await;
}
