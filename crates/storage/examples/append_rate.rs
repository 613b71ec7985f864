//! Appends per second on both databases: `cargo run --release -p storage --example append_rate`.
//!
//! Each append is what an act writes: one fact, its idempotency key, the dossier's course, one task
//! closed and one opened. The figure is counted, not asserted: machines differ.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use ledger::Hash;
use storage::testing::each_address;
use storage::{Append, IdempotencyKey, NewFact, Prepared, Store, Write, tables, values};

const APPENDS: u32 = 60_000;
const FACTS_PER_DOSSIER: u32 = 7;
const NOW: i64 = 1_767_225_600_000;

#[tokio::main]
async fn main() {
    each_address(async |url: &str| {
        let kind = url.split(':').next().unwrap_or(url);
        let store = Store::open(url).await.expect("a fresh database opens");
        for (callers, appends) in
            [(32, APPENDS / 4), (1, APPENDS / 20), (8, APPENDS), (32, APPENDS), (128, APPENDS)]
        {
            let began = Instant::now();
            run(&store, callers, appends).await;
            let seconds = began.elapsed().as_secs_f64();
            let rate = f64::from(appends) / seconds;
            println!("{kind:9} {callers:4} callers {appends:6} appends {rate:9.0} appends/s");
        }
    })
    .await;
}

async fn run(store: &Store, callers: u32, appends: u32) {
    static ROUND: AtomicU32 = AtomicU32::new(0);
    let round = ROUND.fetch_add(1, Ordering::Relaxed);
    let next = Arc::new(AtomicU32::new(0));
    let mut tasks = Vec::new();
    for caller in 0..callers {
        let (store, next) = (store.clone(), Arc::clone(&next));
        tasks.push(tokio::spawn(async move {
            let mut dossier = 0;
            while next.fetch_add(FACTS_PER_DOSSIER, Ordering::Relaxed) < appends {
                for expected in 0..FACTS_PER_DOSSIER {
                    let id = format!("{round:02}-{caller:03}-{dossier:08}");
                    store.append(append(id, expected)).await.expect("the append is recorded");
                }
                dossier += 1;
            }
        }));
    }
    for task in tasks {
        task.await.expect("no caller panics");
    }
}

fn append(dossier: String, expected: u32) -> Append {
    let key = IdempotencyKey {
        actor: "o:nguyen".to_owned(),
        key: format!("{dossier}-{expected}"),
        request_hash: Hash([1; 32]),
    };
    let book = (expected == 1).then(|| "so-tu-phap|260101".to_owned());
    let id = dossier.clone();
    let prepared = move |number: Option<u32>| Prepared {
        facts: vec![NewFact {
            kind: "step_completed",
            payload: format!("{{\"note\":\"{}\"}}", "x".repeat(220)),
            salt: [7; 32],
            actor: "5f2b8c".to_owned(),
            agency: Some("so-tu-phap".to_owned()),
            book_no: number,
            ..NewFact::default()
        }],
        writes: rows(&id, expected),
        reply: format!("{{\"id\":\"{id}\",\"version\":{}}}", expected + 1),
    };
    let prepared = Box::new(prepared);
    Append { dossier, expected, key: Some(key), at_ms: NOW, book, number: None, prepared }
}

fn rows(id: &str, step: u32) -> Vec<Write> {
    let task = |no: u32| {
        let row = values![id, no, no, "work", "Thẩm định", "so-tu-phap", "officer", NO_TEXT, NOW];
        tables::TASK.row([row, values![NOW + 1000]].concat())
    };
    if step == 0 {
        return vec![filed(id), task(1)];
    }
    let closed = tables::TASK.without(values![id, step]);
    let mut writes = vec![course(id, step), closed, task(step + 1)];
    if step == 1 {
        let code = format!("H01.12-{id}");
        writes.push(tables::DOSSIER_CODE.row(values![id, code, "nguyen thi anh"]));
    }
    writes
}

const NO_TEXT: Option<&str> = None;
const NO_TIME: Option<i64> = None;

fn filed(id: &str) -> Write {
    let filing = values![id, NO_TEXT, 1, "so-tu-phap", "mot-cua", "1.000894", NO_TEXT, "counter"];
    let applicant = values!["a:1", "Nguyễn Thị Ánh", "nguyen thi anh cap phieu ly lich tu phap"];
    let course = values!["filed", 1, NOW, NO_TIME, NO_TIME, NO_TIME, NO_TIME, NO_TEXT, NO_TEXT, 1];
    tables::DOSSIER.row([filing, applicant, course].concat())
}

fn course(id: &str, step: u32) -> Write {
    let (stage, none) = (format!("stage-{step}"), NO_TIME);
    let now = values![id, step + 1, stage, 1, NOW, NOW, none, none, NO_TEXT, NO_TEXT, 1];
    tables::DOSSIER_COURSE.row(now)
}
