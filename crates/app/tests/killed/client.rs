//! A client of the API that does not give up: what was cut off is asked again with the same key.

use crate::server::Server;
use domain::organisation::Position;
use domain::procedure::form::FieldKind;
use office::catalogue::Catalogue;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;

const PROCEDURE: &str = "A2.XA.R2026";
const CASE: &str = "nha_o_ho_gia_dinh";

/// Everyone's token, and what is filed.
pub(crate) struct Tokens {
    citizen: String,
    counter: String,
    head: String,
    officer: String,
    leader: String,
    clerk: String,
    officer_id: String,
    filing: Value,
}

impl Tokens {
    /// Makes them by the command line.
    pub(crate) fn make(server: &Server) -> Tokens {
        let catalogue = Catalogue::embedded().unwrap();
        let id = |place: &str, position| {
            let day = jiff::civil::date(2026, 11, 9);
            let mut found = catalogue.organisation.officials_at(place, position, day);
            found.next().unwrap().id.clone()
        };
        let token = |who: &[&str]| {
            let words = [&["user", "token", "--name", "test"], who].concat();
            server.run(&words).trim().to_owned()
        };
        let official = |place: &str, position| token(&["--official", &id(place, position)]);
        Tokens {
            // A token of an official of the counter files for those who come.
            citizen: official("U26.BP1", Position::CounterOfficer),
            counter: official("U26.BP1", Position::CounterOfficer),
            head: official("D26.XA1.KT", Position::UnitLeader),
            officer: official("D26.XA1.KT", Position::Officer),
            leader: official("U26.XA1", Position::AgencyLeader),
            clerk: official("U26.XA1", Position::SealClerk),
            officer_id: id("D26.XA1.KT", Position::Officer),
            filing: filing(&catalogue),
        }
    }
}

/// A dossier as its owner knows it.
pub(crate) struct Life {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) version: u64,
}

/// One of many.
pub(crate) struct Client {
    pub(crate) number: usize,
    pub(crate) port: u16,
    pub(crate) tokens: Arc<Tokens>,
    /// Acts acknowledged so far, by all clients.
    pub(crate) acts: Arc<watch::Sender<u32>>,
    /// How often the server was started again.
    pub(crate) running: watch::Receiver<u32>,
    pub(crate) retries: Arc<AtomicU32>,
}

impl Client {
    /// Lives some dossiers, one after the other.
    pub(crate) async fn live(mut self, lives: usize) -> Vec<Life> {
        let mut done = Vec::new();
        for nth in 0..lives {
            done.push(self.life(nth).await);
        }
        done
    }

    async fn life(&mut self, nth: usize) -> Life {
        let key = format!("c{}-{nth}", self.number);
        let tokens = self.tokens.clone();
        let filed = self.act(&tokens.citizen, "/api/v1/dossiers", &key, &tokens.filing).await;
        let id = filed["id"].as_str().unwrap().to_owned();
        let mut version = filed["version"].as_u64().unwrap();
        for _ in 0..40 {
            let path = format!("/api/v1/dossiers/{id}");
            let state = self.ask("GET", &tokens.leader, &path, "", "").await;
            assert_eq!(state["version"], version, "an acknowledged act is not there");
            if state["stage"] == "returned" {
                let code = state["code"].as_str().unwrap().to_owned();
                return Life { id, code, version };
            }
            let (token, act, body) = next(&tokens, &state);
            let path = format!("/api/v1/dossiers/{id}/actions/{act}");
            let done = self.act(token, &path, &format!("{key}-{version}"), &body).await;
            version = done["version"].as_u64().unwrap();
        }
        panic!("dossier {id} does not come to an end");
    }

    async fn act(&mut self, token: &str, path: &str, key: &str, body: &Value) -> Value {
        let done = self.ask("POST", token, path, key, &body.to_string()).await;
        self.acts.send_modify(|acts| *acts += 1);
        done
    }

    /// Asks until there is an answer.
    async fn ask(&mut self, method: &str, token: &str, path: &str, key: &str, body: &str) -> Value {
        loop {
            let start = *self.running.borrow_and_update();
            match exchange(self.port, method, token, path, key, body).await {
                Some((200 | 201, answer)) => return serde_json::from_str(&answer).unwrap(),
                Some((status, answer)) if status < 500 => panic!("{path}: {status} {answer}"),
                _ => {
                    self.retries.fetch_add(1, Ordering::SeqCst);
                    // Until the server was started once more.
                    let again = self.running.wait_for(|now| *now > start).await;
                    again.expect("the test ends after its clients");
                }
            }
        }
    }
}

/// One request on a connection of its own; `None` when it was cut off.
async fn exchange(
    port: u16,
    method: &str,
    token: &str,
    path: &str,
    key: &str,
    body: &str,
) -> Option<(u16, String)> {
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\
         authorization: Bearer {token}\r\nidempotency-key: {key}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?;
    if length.parse::<usize>().ok()? != body.len() {
        return None;
    }
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, body.to_owned()))
}

/// Who does the first open task, and how.
fn next<'t>(tokens: &'t Tokens, state: &Value) -> (&'t str, &'static str, Value) {
    let task = &state["tasks"][0];
    let work = json!({ "task": task["no"] });
    let draft = json!({ "title": "Giấy phép xây dựng", "body": "Cho phép xây dựng." });
    match task["kind"].as_str().unwrap() {
        "receive" if state["stage"] == "received" => (&tokens.counter, "transfer", json!({})),
        "receive" => (&tokens.counter, "receive", json!({})),
        "assign" => (&tokens.head, "assign", json!({ "officer": tokens.officer_id })),
        "propose" => (&tokens.officer, "propose", draft),
        "review" => (&tokens.head, "work", work),
        "sign" => (&tokens.leader, "sign", json!({ "draft": 1 })),
        "issue" => (&tokens.clerk, "issue", json!({})),
        "give_back" => (&tokens.counter, "give_back", json!({})),
        _ => (&tokens.officer, "work", work),
    }
}

/// A filing at the counter that misses nothing.
fn filing(catalogue: &Catalogue) -> Value {
    let procedure = catalogue.procedure(PROCEDURE).unwrap();
    let needed = procedure.components_for(Some(CASE)).into_iter().filter(|part| part.mandatory);
    let papers: Vec<Value> = needed
        .map(|part| json!({ "component": part.id, "kind": "certified_copy", "count": 1 }))
        .collect();
    let mut form = Map::new();
    let statutory = catalogue.form_for(procedure, Some(CASE)).unwrap();
    for field in statutory.fields.iter().filter(|field| field.required) {
        let text = match field.kind {
            FieldKind::PersonalNumber => "001087123456",
            FieldKind::TaxCode => "0100109106",
            FieldKind::Date => "9/11/2026",
            FieldKind::Phone => "0912345678",
            FieldKind::Email => "dan1@demo.invalid",
            FieldKind::Money | FieldKind::AreaM2 | FieldKind::Number => "120,5",
            FieldKind::Choice => field.choices.first().map_or("1", String::as_str),
            FieldKind::PersonName => "Nguyễn Thị Mẫu",
            FieldKind::Text | FieldKind::Address | FieldKind::File => "Phường Hà Giang 1",
        };
        form.insert(field.name.clone(), text.into());
    }
    json!({
        "procedure": PROCEDURE,
        "case": CASE,
        "agency": "U26.XA1",
        "channel": "counter",
        "applicant": {
            "name": "Nguyễn Thị Mẫu",
            "personal_number": "001087123456",
            "phone": "0912 345 678",
            "address": "Tổ 1, phường Hà Giang 1, tỉnh Tuyên Quang",
        },
        "form": form,
        "papers": papers,
        "result_channel": "counter",
    })
}
