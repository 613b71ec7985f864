//! An acknowledged act survives `kill -9`: 32 clients live whole lives through the API while the
//! server is killed again and again; they repeat with the same keys, and nothing is lost or done
//! twice.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

#[path = "killed/client.rs"]
mod client;
#[path = "killed/server.rs"]
mod server;

use client::{Client, Life, Tokens};
use server::Server;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use storage::Store;
use storage::tables;
use storage::testing::{dump, each_address};
use tokio::sync::watch;

const CLIENTS: usize = 32;
const LIVES: usize = 2;
/// The server dies each time so many acts more have been acknowledged.
const ACTS_PER_DEATH: u32 = 90;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_and_nothing_done_twice() {
    each_address(async |address: &str| {
        let mut server = Server::install(address);
        let tokens = Arc::new(Tokens::make(&server));
        server.start();
        let (acts, mut told) = watch::channel(0u32);
        let (up, running) = watch::channel(0u32);
        let acts = Arc::new(acts);
        let retries = Arc::new(AtomicU32::new(0));
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let client = Client {
                    number,
                    port: server.port,
                    tokens: tokens.clone(),
                    acts: acts.clone(),
                    running: running.clone(),
                    retries: retries.clone(),
                };
                tokio::spawn(client.live(LIVES))
            })
            .collect();
        drop((acts, running));
        let mut deaths = 0;
        while told.wait_for(|acts| *acts >= (deaths + 1) * ACTS_PER_DEATH).await.is_ok() {
            server.kill();
            server.start();
            deaths += 1;
            up.send_replace(deaths);
        }
        let mut lives = Vec::new();
        for client in clients {
            lives.extend(client.await.unwrap());
        }
        server.kill();
        assert!(deaths >= 5, "the server died {deaths} times");
        assert!(retries.load(Ordering::SeqCst) > 0, "no request was ever cut off");
        everything_is_there(address, &lives).await;
        let audit = server.run(&["ledger", "audit"]);
        assert!(audit.contains("correct:"), "{audit}");
        assert!(server.run(&["rebuild"]).contains(" 0 differences before"));
    })
    .await;
}

/// Every life once, with as many facts as its owner was told, the codes without a gap.
async fn everything_is_there(address: &str, lives: &[Life]) {
    assert_eq!(lives.len(), CLIENTS * LIVES);
    let store = Store::open(address).await.unwrap();
    assert_eq!(dump(&store, &tables::DOSSIER).await.len(), lives.len(), "a filing was repeated");
    let ids: BTreeSet<&str> = lives.iter().map(|life| life.id.as_str()).collect();
    assert_eq!(ids.len(), lives.len(), "two filings got the same dossier");
    for life in lives {
        let facts = store.facts_of(&life.id).await.unwrap();
        assert_eq!(facts.len() as u64, life.version, "dossier {}", life.id);
        assert_eq!(facts.last().unwrap().kind, "returned");
    }
    let mut numbers: Vec<u32> = lives.iter().map(|life| number_of(&life.code)).collect();
    numbers.sort_unstable();
    let whole: Vec<u32> = (1..=u32::try_from(lives.len()).unwrap()).collect();
    assert_eq!(numbers, whole, "the book has a gap");
}

fn number_of(code: &str) -> u32 {
    code.rsplit('-').next().unwrap().parse().unwrap()
}
