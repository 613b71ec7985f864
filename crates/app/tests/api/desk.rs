//! An office with its router, the tokens of those who act, and a way to ask.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode};
use domain::organisation::Position;
use domain::procedure::form::FieldKind;
use domain::time::instant;
use http_body_util::BodyExt as _;
use office::accounts::NewAccount;
use office::catalogue::Catalogue;
use office::keys::Keys;
use office::ports::{KeptMail, MovedClock, SeededChance};
use office::{Installation, Office, Ports};
use serde_json::{Map, Value, json};
use std::sync::{Arc, LazyLock};
use storage::{Files, Store};
use tower::ServiceExt as _;
use web::Web;

pub(crate) const PROCEDURE: &str = "A2.XA.R2026";
pub(crate) const CASE: &str = "nha_o_ho_gia_dinh";

static CATALOGUE: LazyLock<Arc<Catalogue>> =
    LazyLock::new(|| Arc::new(Catalogue::embedded().unwrap()));

/// The counter with everyone's token.
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) clock: Arc<MovedClock>,
    pub(crate) office: Arc<Office>,
    router: Router,
    files: tempfile::TempDir,
    pub(crate) citizen: String,
    pub(crate) stranger: String,
    pub(crate) counter: String,
    pub(crate) head: String,
    pub(crate) officer: String,
    pub(crate) leader: String,
    pub(crate) clerk: String,
    /// Officer of another ward.
    pub(crate) other: String,
}

/// An answer, read whole.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) head: axum::http::HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| {
            panic!("{} is not JSON: {error}", String::from_utf8_lossy(&self.bytes))
        })
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.head.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body of an answer with this status.
    #[track_caller]
    pub(crate) fn must(&self, status: u16) -> Value {
        let text = String::from_utf8_lossy(&self.bytes);
        assert_eq!(self.status.as_u16(), status, "{text}");
        self.json()
    }

    /// A problem with this status: well formed, told in Vietnamese.
    #[track_caller]
    pub(crate) fn problem(&self, status: u16) -> Value {
        let problem = self.must(status);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(problem["status"], status);
        let kind = problem["type"].as_str().unwrap();
        assert!(kind.starts_with("urn:motcua:problem:"), "{kind}");
        assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()));
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
        problem
    }
}

pub(crate) fn official(place: &str, position: Position) -> String {
    let day = jiff::civil::date(2026, 11, 9);
    let mut found = CATALOGUE.organisation.officials_at(place, position, day);
    found.next().map(|official| official.id.clone()).expect("somebody is in office")
}

impl Desk {
    pub(crate) async fn open(store: Store) -> Desk {
        let clock = Arc::new(MovedClock::at(instant("2026-11-09T09:00".parse().unwrap())));
        let files = tempfile::tempdir().unwrap();
        let office = Arc::new(Office::new(
            store.clone(),
            Files::in_folder(files.path()).unwrap(),
            CATALOGUE.clone(),
            Installation {
                origin: "test.invalid".to_owned(),
                base_url: "http://127.0.0.1:8080".to_owned(),
                keys: Keys::generate(&SeededChance::new(1)),
                trust: Default::default(),
            },
            Ports {
                clock: clock.clone(),
                chance: Arc::new(SeededChance::new(2)),
                mailer: Arc::new(KeptMail::default()),
            },
        ));
        let token = async |official: &str| office.new_token(official, "test").await.unwrap();
        let citizen = async |login: &str| {
            let account = office.put_account(NewAccount {
                login: login.to_owned(),
                full_name: "H'Hen Niê".to_owned(),
                password: "mot mat khau dai".to_owned(),
                ..NewAccount::default()
            });
            token(&format!("account:{}", account.await.unwrap())).await
        };
        let at = async |place: &str, position| token(&official(place, position)).await;
        Desk {
            citizen: citizen("dan1").await,
            stranger: citizen("dan2").await,
            counter: at("U26.BP1", Position::CounterOfficer).await,
            head: at("D26.XA1.KT", Position::UnitLeader).await,
            officer: at("D26.XA1.KT", Position::Officer).await,
            leader: at("U26.XA1", Position::AgencyLeader).await,
            clerk: at("U26.XA1", Position::SealClerk).await,
            other: at("D26.XA3.KT", Position::Officer).await,
            router: web::router(Arc::new(Web {
                office: office.clone(),
                demo: false,
                base_url: "http://test.invalid".to_owned(),
                secure_cookies: false,
            })),
            store,
            clock,
            office,
            files,
        }
    }

    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        let response: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, head: parts.headers, bytes }
    }

    pub(crate) async fn get(&self, token: &str, path: &str) -> Answer {
        self.ask(request(Method::GET, token, path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, token: &str, path: &str, key: &str, body: &Value) -> Answer {
        let request = request(Method::POST, token, path)
            .header("idempotency-key", key)
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()));
        self.ask(request.unwrap()).await
    }

    /// An act with a key of its own.
    pub(crate) async fn act(&self, token: &str, id: &str, act: &str, body: Value) -> Answer {
        let number = self.version(id).await;
        let key = format!("{id}-{act}-{number}");
        self.post(token, &format!("/api/v1/dossiers/{id}/actions/{act}"), &key, &body).await
    }

    pub(crate) async fn file(&self, key: &str) -> String {
        let filed = self.post(&self.citizen, "/api/v1/dossiers", key, &filing()).await;
        filed.must(201)["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn state(&self, id: &str) -> Value {
        self.get(&self.leader, &format!("/api/v1/dossiers/{id}")).await.must(200)
    }

    pub(crate) async fn version(&self, id: &str) -> i64 {
        let facts = self.store.facts_of(id).await.unwrap();
        i64::try_from(facts.len()).unwrap()
    }

    /// Where uploads are kept: nothing of the API writes there.
    pub(crate) fn files_are_empty(&self) -> bool {
        fn count(folder: &std::path::Path) -> usize {
            std::fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .map(|path| if path.is_dir() { count(&path) } else { 1 })
                .sum()
        }
        count(self.files.path()) == 0
    }
}

pub(crate) fn request(method: Method, token: &str, path: &str) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(path);
    if token.is_empty() {
        request
    } else {
        request.header("authorization", format!("Bearer {token}"))
    }
}

/// A filing that misses nothing.
pub(crate) fn filing() -> Value {
    let procedure = CATALOGUE.procedure(PROCEDURE).unwrap();
    let papers: Vec<Value> = procedure
        .components_for(Some(CASE))
        .iter()
        .filter(|component| component.mandatory)
        .map(
            |component| json!({ "component": component.id, "kind": "electronic_copy", "count": 1 }),
        )
        .collect();
    json!({
        "procedure": PROCEDURE,
        "case": CASE,
        "agency": "U26.XA1",
        "channel": "online",
        "applicant": {
            "name": "H'Hen Niê",
            "personal_number": "001087123456",
            "phone": "0912 345 678",
            "address": "Tổ 1, phường Hà Giang 1, tỉnh Tuyên Quang",
        },
        "form": form(),
        "papers": papers,
        "result_channel": "online",
    })
}

/// Every required field with a value of its kind.
fn form() -> Map<String, Value> {
    let procedure = CATALOGUE.procedure(PROCEDURE).unwrap();
    let form = CATALOGUE.form_for(procedure, Some(CASE)).unwrap();
    let mut filled = Map::new();
    for field in form.fields.iter().filter(|field| field.required) {
        let text = match field.kind {
            FieldKind::PersonName => "H'Hen Niê".to_owned(),
            FieldKind::PersonalNumber => "001087123456".to_owned(),
            FieldKind::TaxCode => "0100109106".to_owned(),
            FieldKind::Date => "9/11/2026".to_owned(),
            FieldKind::Phone => "0912345678".to_owned(),
            FieldKind::Email => "dan1@demo.invalid".to_owned(),
            FieldKind::Money | FieldKind::AreaM2 | FieldKind::Number => "120,5".to_owned(),
            FieldKind::Choice => field.choices.first().cloned().unwrap_or("1".to_owned()),
            FieldKind::Text | FieldKind::Address | FieldKind::File => {
                "Phường Hà Giang 1".to_owned()
            }
        };
        filled.insert(field.name.clone(), text.into());
    }
    filled
}
