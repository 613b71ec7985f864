//! The recorder, on both databases.

mod common;

use common::{NOW, append, append_with, check_log, dossier_row, fact, fill, keyed};
use storage::recorder::CLOCK_TOLERANCE_MS;
use storage::testing::{dump, each_address, each_database};
use storage::{Append, AppendError, Fault, NewFact, Prepared, Store, Write, tables, values};

/// Starts every append at once and waits for all of them, in order.
async fn together(
    store: &Store,
    appends: Vec<Append>,
) -> Vec<Result<storage::Recorded, AppendError>> {
    futures_util::future::join_all(appends.into_iter().map(|append| store.append(append))).await
}

#[tokio::test]
async fn one_after_the_other() {
    each_database(async |store: Store| {
        let recorded = fill(&store, "H1", 3).await;
        let places: Vec<_> = recorded.iter().map(|r| (r.version, r.first_index)).collect();
        assert_eq!(places, [(1, 0), (2, 1), (3, 2)]);
        assert_eq!(store.version_of("H1").await.unwrap(), 3);
        assert_eq!(store.version_of("H2").await.unwrap(), 0);
        assert_eq!(store.facts_of("H1").await.unwrap().len(), 3);
        assert_eq!(check_log(&store).await, 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_callers_lose_nothing() {
    const CALLERS: u32 = 32;
    const ROUNDS: u32 = 12;
    each_database(async |store: Store| {
        let caller = |caller: u32| {
            let store = store.clone();
            async move {
                for round in 0..ROUNDS {
                    // Each caller owns two dossiers; all share four books.
                    let dossier = format!("H{caller}-{}", round % 2);
                    let book = Some(format!("book|{}", (caller + round) % 4));
                    let write = dossier_row(&dossier, None, round / 2 + 1);
                    let append = Append { book, ..append_with(&dossier, round / 2, write) };
                    store.append(append).await.unwrap();
                }
            }
        };
        let tasks: Vec<_> = (0..CALLERS).map(|number| tokio::spawn(caller(number))).collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(check_log(&store).await, u64::from(CALLERS * ROUNDS));
        let books = dump(&store, &tables::NUMBER_BOOK).await;
        let taken: u32 =
            books.iter().map(|row| row[row.len() - 3..].trim().parse::<u32>().unwrap()).sum();
        assert_eq!((books.len(), taken), (4, CALLERS * ROUNDS));
        let rows = dump(&store, &tables::DOSSIER).await;
        assert_eq!(rows.len(), 64);
        assert!(rows.iter().all(|row| row.contains(&format!("| {} | \"so-tu-phap\"", ROUNDS / 2))));
    })
    .await;
}

#[tokio::test]
async fn a_batch_may_hold_one_dossier_several_times() {
    each_database(async |store: Store| {
        let rows = (0..5).map(|n| append_with("H1", n, dossier_row("H1", None, n + 1))).collect();
        for (outcome, version) in together(&store, rows).await.into_iter().zip(1..) {
            assert_eq!(outcome.unwrap().version, version);
        }
        assert!(dump(&store, &tables::DOSSIER).await[0].starts_with("\"H1\" | NULL | 5 |"));
        assert_eq!(check_log(&store).await, 5);
    })
    .await;
}

#[tokio::test]
async fn facts_made_for_one_number_take_no_other() {
    each_database(async |store: Store| {
        let book = || Some("b".to_owned());
        let plain = |dossier: &str| Append { book: book(), ..append(dossier, 0) };
        let made_for = |dossier: &str, n| Append { number: Some(n), ..plain(dossier) };
        assert_eq!(store.last_number("b").await, Ok(0));
        store.append(made_for("H1", 1)).await.unwrap();
        let late = together(&store, vec![plain("H2"), made_for("H3", 2), plain("H4")]).await;
        assert_eq!(late[1], Err(AppendError::OtherNumber { next: 3 }));
        assert!(late[0].is_ok() && late[2].is_ok());
        assert_eq!(store.version_of("H3").await, Ok(0));
        assert_eq!(store.last_number("b").await, Ok(3));
        store.append(made_for("H3", 4)).await.unwrap();
        assert_eq!(check_log(&store).await, 4);
    })
    .await;
}

#[tokio::test]
async fn several_facts_of_one_act() {
    each_database(async |store: Store| {
        let prepared = |number| Prepared {
            facts: vec![fact(None), fact(number), fact(None)],
            writes: Vec::new(),
            reply: "ok".to_owned(),
        };
        let book = Some("so|1".to_owned());
        let append = Append { book, prepared: Box::new(prepared), ..append("H1", 0) };
        let recorded = store.append(append).await.unwrap();
        assert_eq!((recorded.version, recorded.first_index), (3, 0));
        assert_eq!(check_log(&store).await, 3);
        let entries = store.facts_of("H1").await.unwrap();
        assert!(entries[1].entry.contains(r#""book":"so|1","book_no":1"#));
        assert!(!entries[0].entry.contains("book"));
    })
    .await;
}

#[tokio::test]
async fn a_conflict_leaves_no_trace() {
    each_database(async |store: Store| {
        fill(&store, "H1", 2).await;
        let before = everything(&store).await;
        for expected in [0, 1, 3] {
            let late = append_with("H1", expected, dossier_row("H1", None, 9));
            let late = Append { book: Some("b".to_owned()), ..late };
            let refused = store.append(Append { key: keyed("", 0, "k", 1).key, ..late }).await;
            assert_eq!(refused, Err(AppendError::Conflict { actual: 2 }));
        }
        assert_eq!(everything(&store).await, before);
        let numbered = Append { book: Some("b".to_owned()), ..append("H1", 2) };
        assert_eq!(store.append(numbered).await.unwrap().reply, "Some(1)");
    })
    .await;
}

#[tokio::test]
async fn of_two_at_once_one_wins() {
    each_database(async |store: Store| {
        fill(&store, "H1", 1).await;
        let outcomes = together(&store, vec![append("H1", 1), append("H1", 1)]).await;
        assert_eq!(outcomes[0].as_ref().unwrap().version, 2);
        assert_eq!(outcomes[1], Err(AppendError::Conflict { actual: 2 }));
        assert_eq!(check_log(&store).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_repeated_request_gets_the_first_answer() {
    each_database(async |store: Store| {
        let book = || Some("b".to_owned());
        let ask = || Append { book: book(), ..keyed("H1", 0, "k1", 1) };
        let first = store.append(ask()).await.unwrap();
        assert_eq!((first.reply.as_str(), first.repeated), ("Some(1)", false));
        let before = everything(&store).await;
        let again = store.append(ask()).await.unwrap();
        assert_eq!(again, storage::Recorded { repeated: true, ..first });
        let other = store.append(keyed("H1", 1, "k1", 2)).await;
        assert_eq!(other, Err(AppendError::KeyReused));
        assert_eq!(everything(&store).await, before);

        let key = ask().key.unwrap();
        assert_eq!(store.known_reply(&key).await.unwrap().as_deref(), Some("Some(1)"));
        let unknown = storage::IdempotencyKey { key: "k2".to_owned(), ..key.clone() };
        assert_eq!(store.known_reply(&unknown).await, Ok(None));
        let reused = storage::IdempotencyKey { request_hash: ledger::Hash([9; 32]), ..key };
        assert_eq!(store.known_reply(&reused).await, Err(AppendError::KeyReused));
    })
    .await;
}

#[tokio::test]
async fn the_same_key_twenty_times_at_once() {
    each_database(async |store: Store| {
        let asked = (0..20).map(|_| keyed("H1", 0, "k1", 1)).collect();
        let outcomes: Vec<_> =
            together(&store, asked).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(outcomes.iter().filter(|recorded| !recorded.repeated).count(), 1);
        assert!(outcomes.iter().all(|recorded| (recorded.version, recorded.first_index) == (1, 0)));
        assert_eq!(check_log(&store).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_poisoned_append_fails_alone() {
    each_database(async |store: Store| {
        store.append(append_with("H0", 0, dossier_row("H0", Some("taken"), 1))).await.unwrap();
        let mut asked: Vec<_> = (1..10)
            .map(|n| append_with(&format!("H{n}"), 0, dossier_row(&format!("H{n}"), None, 1)))
            .collect();
        asked[4] = append_with("H5", 0, dossier_row("H5", Some("taken"), 1));
        let outcomes = together(&store, asked).await;
        for (outcome, number) in outcomes.iter().zip(1..) {
            match outcome {
                Err(AppendError::Fault(Fault::Duplicate(_))) => assert_eq!(number, 5),
                other => assert!(number != 5 && other.is_ok(), "{number}: {other:?}"),
            }
        }
        assert_eq!(check_log(&store).await, 9);
        assert_eq!(store.version_of("H5").await.unwrap(), 0);
        // And the recorder goes on.
        store.append(append("H5", 0)).await.unwrap();
        assert_eq!(check_log(&store).await, 10);
    })
    .await;
}

#[tokio::test]
async fn a_number_spoiled_by_a_neighbour_is_drawn_again() {
    each_database(async |store: Store| {
        store.append(append_with("H0", 0, dossier_row("H0", Some("taken"), 1))).await.unwrap();
        let book = Some("b".to_owned());
        // The first waits for the writer alone; the others form a batch meanwhile.
        let poisoned = append_with("H1", 0, dossier_row("H1", Some("taken"), 1));
        let asked = vec![
            append("H9", 0),
            Append { book: book.clone(), ..poisoned },
            Append { book: book.clone(), ..append("H2", 0) },
        ];
        let outcomes = together(&store, asked).await;
        assert!(outcomes[0].is_ok() && outcomes[1].is_err());
        assert_eq!(outcomes[2].as_ref().unwrap().reply, "Some(1)");
        assert_eq!(check_log(&store).await, 3);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_written_is_refused() {
    each_database(async |store: Store| {
        let made = |facts: Vec<NewFact>, writes: Vec<Write>, book: Option<&str>| Append {
            book: book.map(str::to_owned),
            prepared: Box::new(move |_| Prepared {
                facts: facts.clone(),
                writes: writes.clone(),
                reply: String::new(),
            }),
            ..append("H1", 0)
        };
        let panics = Append { prepared: Box::new(|_| panic!("on purpose")), ..append("H1", 0) };
        let long = NewFact { kind: "x", agency: Some("x".repeat(70_000)), ..fact(None) };
        let asked = vec![
            panics,
            append("H1\0", 0),
            made(vec![fact(None)], vec![tables::TASK.row(values![1])], None),
            made(vec![fact(None)], Vec::new(), Some("b")),
            made(vec![fact(Some(1))], Vec::new(), None),
            made(vec![fact(Some(1)), fact(Some(1))], Vec::new(), Some("b")),
            made(vec![long], Vec::new(), None),
            made(vec![NewFact { actor: "\0".to_owned(), ..fact(None) }], Vec::new(), None),
            made(vec![NewFact { due: Some(i64::MAX), ..fact(None) }], Vec::new(), None),
            Append { at_ms: i64::MAX, ..append("H1", 0) },
            append("H2", 0),
        ];
        let mut outcomes = together(&store, asked).await;
        outcomes.pop().unwrap().unwrap();
        for outcome in outcomes {
            assert!(matches!(outcome, Err(AppendError::Fault(Fault::Invalid(_)))), "{outcome:?}");
        }
        assert_eq!(check_log(&store).await, 1);
        assert!(dump(&store, &tables::NUMBER_BOOK).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_log_goes_on_after_a_restart() {
    each_address(async |url: &str| {
        let store = Store::open(url).await.unwrap();
        let numbered = |n| Append { book: Some("b".to_owned()), ..append("H1", n) };
        store.append(numbered(0)).await.unwrap();
        let root = store.ledger_head().await.unwrap().root();
        drop(store);
        let store = Store::open(url).await.unwrap();
        assert_eq!(store.ledger_head().await.unwrap().root(), root);
        let recorded = store.append(numbered(1)).await.unwrap();
        assert_eq!((recorded.reply.as_str(), recorded.first_index), ("Some(2)", 1));
        assert_eq!(check_log(&store).await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_keep_one_log() {
    const CALLERS: u32 = 8;
    const ROUNDS: u32 = 10;
    each_address(async |url: &str| {
        let stores = [Store::open(url).await.unwrap(), Store::open(url).await.unwrap()];
        let caller = |caller: u32| {
            let stores = stores.clone();
            async move {
                for round in 0..ROUNDS {
                    // The same dossier through both recorders in turn: their memories must not lie.
                    let store = &stores[((caller + round) % 2) as usize];
                    let book = Some("b".to_owned());
                    let append = Append { book, ..append(&format!("H{caller}"), round) };
                    store.append(append).await.unwrap();
                }
            }
        };
        let tasks: Vec<_> = (0..CALLERS).map(|number| tokio::spawn(caller(number))).collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(check_log(&stores[0]).await, u64::from(CALLERS * ROUNDS));
    })
    .await;
}

#[tokio::test]
async fn the_clock_may_not_go_back_far() {
    each_database(async |store: Store| {
        let at = |expected, at_ms| Append { at_ms, ..append("H1", expected) };
        store.append(at(0, NOW)).await.unwrap();
        store.append(at(1, NOW - CLOCK_TOLERANCE_MS)).await.unwrap();
        let facts = store.facts_of("H1").await.unwrap();
        assert_eq!(facts[1].ts, NOW, "a little earlier counts as the same moment");
        let refused = store.append(at(2, NOW - CLOCK_TOLERANCE_MS - 1)).await;
        assert_eq!(refused, Err(AppendError::ClockWentBack { last_ms: NOW }));
        assert_eq!(check_log(&store).await, 2);
    })
    .await;
}

#[tokio::test]
async fn texts_come_back_as_they_were() {
    each_database(async |store: Store| {
        let text = format!("Đỗ Thị Ngữ \u{1F3DB} \"'\\%_$1?2\n\t{}", "ệ".repeat(300_000));
        let payload = format!("{{\"x\":{:?}}}", "y".repeat(1_000_000));
        let (reply, kept) = (text.clone(), payload.clone());
        let prepared = move |_| Prepared {
            facts: vec![NewFact { payload: payload.clone(), ..fact(None) }],
            writes: Vec::new(),
            reply: reply.clone(),
        };
        let dossier = "Hồ sơ 🗂 'số' \"1\"";
        let append = Append { prepared: Box::new(prepared), ..keyed(dossier, 0, "khoá", 1) };
        assert_eq!(store.append(append).await.unwrap().reply, text);
        assert_eq!(store.append(keyed(dossier, 0, "khoá", 1)).await.unwrap().reply, text);
        let facts = store.facts_of(dossier).await.unwrap();
        assert_eq!(facts[0].payload.as_deref(), Some(kept.as_str()));
        assert_eq!(check_log(&store).await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_erased_payload_leaves_the_log_whole() {
    const ERASE: &str = "UPDATE fact SET payload = NULL, salt = NULL WHERE dossier = $1";
    each_database(async |store: Store| {
        fill(&store, "H1", 2).await;
        let root = store.ledger_head().await.unwrap().root();
        store.execute(vec![storage::Statement::new(ERASE, values!["H1"])]).await.unwrap();
        let facts = store.facts_of("H1").await.unwrap();
        assert!(facts.iter().all(|fact| fact.payload.is_none() && fact.salt.is_none()));
        store.append(append("H1", 2)).await.unwrap();
        let mut frontier = ledger::Frontier::default();
        for fact in &store.facts_from(0, 2).await.unwrap() {
            frontier.append(ledger::leaf_hash(fact.entry.as_bytes()));
        }
        assert_eq!(frontier.root(), root);
    })
    .await;
}

#[tokio::test]
async fn a_lost_connection_is_replaced() {
    const END_ALL: &str = "SELECT CAST(COUNT(pg_terminate_backend(pid)) AS BIGINT) AS ended \
        FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    each_database(async |store: Store| {
        if matches!(store, Store::Sqlite(_)) {
            return;
        }
        fill(&store, "H1", 1).await;
        let ended: i64 = store.query(END_ALL, values![]).await.unwrap()[0].get("ended").unwrap();
        assert!(ended >= 1, "the recorder's connection was open");
        store.append(append("H1", 1)).await.unwrap();
        assert_eq!(check_log(&store).await, 2);
    })
    .await;
}

/// Every table the recorder may touch.
async fn everything(store: &Store) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for table in tables::ALL {
        all.push(dump(store, table).await);
    }
    all
}
