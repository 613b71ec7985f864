//! What the recorder plans from memory, and what becomes of it when the memory is wrong or the
//! connection breaks.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use common::{append, append_with, check_log, dossier_row, fill, keyed};
use storage::testing::{dump, each_address, each_database};
use storage::{Append, AppendError, Fault, Recorded, Store, tables};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_postgres::{Client, NoTls};

fn numbered(dossier: &str, expected: u32) -> Append {
    Append { book: Some("b".to_owned()), ..append(dossier, expected) }
}

#[tokio::test]
async fn another_process_wrote_in_between() {
    each_address(async |url: &str| {
        let one = Store::open(url).await.unwrap();
        let two = Store::open(url).await.unwrap();
        for round in 0..3 {
            fill(&one, &format!("A{round}"), 2).await;
            let known = append("A0", 2 + round);
            let recorded = two.append(known).await.unwrap();
            assert_eq!(recorded.version, 3 + round);
            fill(&two, &format!("B{round}"), 1).await;
        }
        // The first still takes A0 for as old as it left it.
        let late = one.append(append("A0", 2)).await;
        assert_eq!(late, Err(AppendError::Conflict { actual: 5 }));
        assert_eq!(one.append(append("A0", 5)).await.unwrap().version, 6);
        assert_eq!(check_log(&one).await, 13);
    })
    .await;
}

#[tokio::test]
async fn another_process_drew_the_number() {
    each_address(async |url: &str| {
        let one = Store::open(url).await.unwrap();
        let two = Store::open(url).await.unwrap();
        let mut drawn = Vec::new();
        for (store, dossier) in [(&one, "A"), (&two, "B"), (&one, "C"), (&one, "D"), (&two, "E")] {
            drawn.push(store.append(numbered(dossier, 0)).await.unwrap().reply);
        }
        assert_eq!(drawn, ["Some(1)", "Some(2)", "Some(3)", "Some(4)", "Some(5)"]);
        assert_eq!(check_log(&one).await, 5);
    })
    .await;
}

/// Each attempt at a filing has a dossier of its own, so only the key tells a repetition.
#[tokio::test]
async fn the_same_key_again_for_a_new_dossier() {
    each_database(async |store: Store| {
        let book = || Some("b".to_owned());
        let ask = |dossier, key| Append { book: book(), ..keyed(dossier, 0, key, 1) };
        let first = store.append(ask("H1", "k1")).await.unwrap();
        store.append(ask("H2", "k2")).await.unwrap();
        let before = dump(&store, &tables::FACT).await;
        let again = store.append(ask("H3", "k1")).await.unwrap();
        assert_eq!(again, Recorded { repeated: true, ..first });
        let other = store.append(keyed("H4", 0, "k1", 2)).await;
        assert_eq!(other, Err(AppendError::KeyReused));
        assert_eq!(dump(&store, &tables::FACT).await, before);
        // Nothing of it is remembered, and no number was burnt.
        let third = store.append(ask("H3", "k3")).await.unwrap();
        assert_eq!((third.reply.as_str(), third.first_index, third.version), ("Some(3)", 2, 1));
        assert_eq!(check_log(&store).await, 3);
    })
    .await;
}

#[tokio::test]
async fn the_same_key_in_one_batch_and_after_another_process() {
    each_address(async |url: &str| {
        let one = Store::open(url).await.unwrap();
        let two = Store::open(url).await.unwrap();
        fill(&one, "H0", 1).await;
        let asked = (1..6).map(|n| one.append(keyed(&format!("H{n}"), 0, "k1", 1)));
        let told: Vec<_> = futures_util::future::join_all(asked).await;
        let told: Vec<_> = told.into_iter().map(Result::unwrap).collect();
        assert_eq!(told.iter().filter(|recorded| !recorded.repeated).count(), 1);
        assert!(told.iter().all(|recorded| recorded.first_index == 1));
        fill(&two, "H8", 1).await;
        let again = two.append(keyed("H9", 0, "k1", 1)).await.unwrap();
        assert_eq!((again.repeated, again.first_index), (true, 1));
        assert_eq!(check_log(&one).await, 3);
    })
    .await;
}

/// A dossier that the memory has never heard of is taken for new; the database knows better.
#[tokio::test]
async fn a_forgotten_dossier_is_no_new_one() {
    each_address(async |url: &str| {
        fill(&Store::open(url).await.unwrap(), "H1", 2).await;
        let store = Store::open(url).await.unwrap();
        fill(&store, "H2", 1).await;
        let twice = store.append(append_with("H1", 0, dossier_row("H1", None, 1))).await;
        assert_eq!(twice, Err(AppendError::Conflict { actual: 2 }));
        assert!(dump(&store, &tables::DOSSIER).await.is_empty());
        assert_eq!(store.append(append("H1", 2)).await.unwrap().version, 3);
        assert_eq!(check_log(&store).await, 4);
    })
    .await;
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// Holds the head's row, breaks the connection of the flight that waits for it, and lets go.
async fn broken_under_way(url: &str, last_act: &str) -> Result<Recorded, AppendError> {
    let store = Store::open(url).await.unwrap();
    store.append(numbered("H1", 0)).await.unwrap();
    let holder = connect(url).await;
    holder.batch_execute("BEGIN; SELECT 1 FROM ledger_head FOR UPDATE").await.unwrap();
    let flight = tokio::spawn(async move { store.append(numbered("H2", 0)).await });
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let ender = connect(url).await;
    while ender.query(end, &[]).await.unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    holder.batch_execute(last_act).await.unwrap();
    flight.await.unwrap()
}

#[tokio::test]
async fn a_flight_that_broke_before_it_wrote_is_flown_again() {
    each_address(async |url: &str| {
        if url.starts_with("sqlite:") {
            return;
        }
        let recorded = broken_under_way(url, "COMMIT").await.unwrap();
        assert_eq!((recorded.reply.as_str(), recorded.first_index), ("Some(2)", 1));
        assert_eq!(check_log(&Store::open(url).await.unwrap()).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_flight_whose_end_nobody_can_tell_says_so() {
    each_address(async |url: &str| {
        if url.starts_with("sqlite:") {
            return;
        }
        let moved = "UPDATE ledger_head SET last_ts = last_ts + 1; COMMIT";
        let outcome = broken_under_way(url, moved).await;
        let unknown = matches!(outcome, Err(AppendError::Fault(Fault::OutcomeUnknown(_))));
        assert!(unknown, "{outcome:?}");
        assert_eq!(check_log(&Store::open(url).await.unwrap()).await, 1);
    })
    .await;
}

/// Passes on what both sides say, until the server has answered a commit while `deaf` is set: that
/// answer is kept back and the connection closed.
async fn pass_on(listener: TcpListener, server: String, deaf: Arc<AtomicBool>) {
    while let Ok((client, _)) = listener.accept().await {
        let (server, deaf) = (TcpStream::connect(&server).await.unwrap(), Arc::clone(&deaf));
        let (mut from_client, mut to_client) = client.into_split();
        let (mut from_server, mut to_server) = server.into_split();
        tokio::spawn(async move { tokio::io::copy(&mut from_client, &mut to_server).await });
        tokio::spawn(async move {
            let (mut bytes, mut unheard) = (vec![0; 65_536], Vec::new());
            while let Ok(count @ 1..) = from_server.read(&mut bytes).await {
                if !deaf.load(Ordering::SeqCst) {
                    to_client.write_all(&bytes[..count]).await.unwrap();
                    continue;
                }
                unheard.extend_from_slice(&bytes[..count]);
                if unheard.windows(7).any(|seven| seven == b"COMMIT\0") {
                    deaf.store(false, Ordering::SeqCst);
                    return;
                }
            }
        });
    }
}

#[tokio::test]
async fn a_commit_whose_answer_was_lost_is_found() {
    each_address(async |url: &str| {
        if url.starts_with("sqlite:") {
            return;
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (door, deaf) = (listener.local_addr().unwrap(), Arc::<AtomicBool>::default());
        let (who, place) = url.split_once('@').unwrap();
        let (server, name) = place.split_once('/').unwrap();
        tokio::spawn(pass_on(listener, server.to_owned(), Arc::clone(&deaf)));
        let store = Store::open(&format!("{who}@{door}/{name}")).await.unwrap();
        store.append(numbered("H1", 0)).await.unwrap();
        deaf.store(true, Ordering::SeqCst);
        let recorded = store.append(numbered("H2", 0)).await.unwrap();
        assert!(!deaf.load(Ordering::SeqCst), "the answer was kept back");
        assert_eq!((recorded.reply.as_str(), recorded.repeated), ("Some(2)", false));
        assert_eq!(store.append(numbered("H2", 1)).await.unwrap().reply, "Some(3)");
        assert_eq!(check_log(&store).await, 3);
    })
    .await;
}
