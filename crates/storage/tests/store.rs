//! Plain tables, migrations and files, on both databases.

mod common;

use common::{NOW, dossier_at, dossier_row, fill};
use ledger::Hash;
use storage::table::Type;
use storage::testing::{dump, each_address, each_database};
use storage::{DossierFilter, Fault, Files, Statement, Store, Value, Write, tables, values};

fn account(id: &str, login: &str) -> storage::Write {
    let none = None::<&str>;
    tables::ACCOUNT.row(values![
        id,
        login,
        "citizen",
        none,
        "Lò Thị Mỷ",
        none,
        none,
        none,
        "hash",
        0,
        none,
        none,
        1
    ])
}

#[tokio::test]
async fn every_type_goes_in_and_comes_out() {
    each_database(async |store: Store| {
        let rows = [
            values!["H1", Value::Null, i64::MIN, "", "ữ", "\u{1F600}", Value::Null],
            values!["H2", "", i64::MAX, "a'b\"c", "$1", "?1", "%"],
        ];
        for row in rows {
            let rest = dossier_row("x", None, 1).row[7..].to_vec();
            let row: Vec<Value> = row.into_iter().chain(rest).collect();
            store.write(vec![tables::DOSSIER.row(row.clone())]).await.unwrap();
            let found = store.query("SELECT * FROM dossier WHERE id = $1", vec![row[0].clone()]);
            assert_eq!(found.await.unwrap()[0].values(), row);
        }
        let blob: Vec<u8> = (0..=255).collect();
        let session = tables::SESSION.row(values![blob.clone(), "a1", "c", 1, 2, "agent"]);
        store.write(vec![account("a1", "an"), session]).await.unwrap();
        let found = store.query("SELECT token_hash FROM session", values![]).await.unwrap();
        assert_eq!(found[0].get::<Vec<u8>>("token_hash").unwrap(), blob);
        assert!(found[0].get::<Hash>("token_hash").is_err());
    })
    .await;
}

#[tokio::test]
async fn a_row_takes_the_place_of_the_one_before() {
    each_database(async |store: Store| {
        let rows = (1..=4).map(|version| dossier_row("H1", Some("c"), version));
        store.write(rows.collect()).await.unwrap();
        store.write(vec![dossier_row("H2", None, 1), dossier_row("H1", None, 5)]).await.unwrap();
        let rows = dump(&store, &tables::DOSSIER).await;
        assert_eq!(rows.len(), 2);
        assert!(rows[0].starts_with("\"H1\" | NULL | 5 |"), "{}", rows[0]);
    })
    .await;
}

fn course(id: &str, version: u32, stage: &str) -> Write {
    let (text, none) = (None::<&str>, None::<i64>);
    let row = values![id, version, stage, 4, NOW, NOW + 1, none, none, text, "CB22", 1];
    tables::DOSSIER_COURSE.row(row)
}

fn task(dossier: &str, no: u32, name: &str) -> Write {
    let (text, none) = (None::<&str>, None::<i64>);
    let row = values![dossier, no, 1, "work", name, "U26", "officer", text, NOW, none];
    tables::TASK.row(row)
}

#[tokio::test]
async fn some_columns_change_and_the_others_stay() {
    each_database(async |store: Store| {
        store
            .write(vec![dossier_row("H1", Some("c"), 1), dossier_row("H2", None, 1)])
            .await
            .unwrap();
        let before = dump(&store, &tables::DOSSIER).await;
        let code = tables::DOSSIER_CODE.row(values!["H2", "d", "nguyen thi anh d"]);
        let nobody = course("H3", 9, "received");
        let changed =
            vec![course("H1", 2, "received"), course("H1", 3, "transferred"), code, nobody];
        store.write(changed).await.unwrap();
        let row = |id| store.query("SELECT * FROM dossier WHERE id = $1", values![id]);
        let (one, two) = (row("H1").await.unwrap(), row("H2").await.unwrap());
        let expected = dossier_row("H1", Some("c"), 3).row;
        assert_eq!(one[0].values()[..11], expected[..11]);
        let now = values!["transferred", 4, NOW, NOW, NOW + 1];
        assert_eq!(one[0].values()[11..16], now);
        assert_eq!(one[0].values()[19..], values!["CB22", 1]);
        assert_eq!(two[0].get::<String>("code").unwrap(), "d");
        assert_eq!(two[0].get::<String>("search_text").unwrap(), "nguyen thi anh d");
        assert_eq!(two[0].get::<u32>("version").unwrap(), 1);
        let back = vec![dossier_row("H2", None, 1), dossier_row("H1", Some("c"), 1)];
        store.write(back).await.unwrap();
        assert_eq!(dump(&store, &tables::DOSSIER).await, before);
    })
    .await;
}

#[tokio::test]
async fn changes_of_one_row_keep_their_order() {
    each_database(async |store: Store| {
        let gone = |dossier, no| tables::TASK.without(values![dossier, no]);
        store.write(vec![task("H1", 1, "a"), task("H1", 2, "b"), gone("H1", 9)]).await.unwrap();
        // Put before removed, removed before put, and one that comes and goes.
        let writes = vec![
            task("H2", 1, "c"),
            gone("H1", 1),
            task("H1", 1, "again"),
            gone("H2", 1),
            task("H3", 1, "d"),
            gone("H1", 2),
            gone("H3", 1),
            task("H3", 1, "e"),
            gone("H1", 2),
        ];
        store.write(writes.clone()).await.unwrap();
        let names = async || {
            let rows = store.query("SELECT name FROM task ORDER BY dossier, no", values![]).await;
            let rows = rows.unwrap();
            rows.iter().map(|row| row.get::<String>("name").unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(names().await, ["again", "e"]);
        // The recorder writes them the same way, whoever's they are.
        let appends = [("H1", 0), ("H1", 1)].map(|(dossier, expected)| {
            let row = course("H1", expected + 1, &format!("stage{expected}"));
            common::append_with(dossier, expected, row)
        });
        store.append(common::append_with("H0", 0, dossier_row("H1", None, 9))).await.unwrap();
        for outcome in futures_util::future::join_all(appends.map(|a| store.append(a))).await {
            outcome.unwrap();
        }
        let stage = "SELECT stage FROM dossier WHERE id = 'H1' AND version = 2";
        let row = &store.query(stage, values![]).await.unwrap()[0];
        assert_eq!(row.get::<String>("stage").unwrap(), "stage1");
    })
    .await;
}

/// The first tables, as they were before the second migration.
const BEFORE_OPEN_WORK: [&str; 11] = [
    "ALTER TABLE task ADD COLUMN closed_at BIGINT",
    "ALTER TABLE task ADD COLUMN closed_by TEXT",
    "CREATE INDEX task_open_for_position ON task (unit, position, due_at) WHERE closed_at IS NULL",
    "CREATE INDEX task_open_for_officer ON task (officer, due_at) WHERE closed_at IS NULL",
    "DROP TABLE calendar_decision",
    "DROP TABLE result",
    "DROP TABLE cosignature",
    "DROP TABLE time_stamp",
    "DROP TABLE steering",
    "DROP TABLE inspection",
    "DELETE FROM migration WHERE number >= 2",
];

#[tokio::test]
async fn closed_tasks_go_with_the_second_migration() {
    each_address(async |url: &str| {
        let store = Store::open(url).await.unwrap();
        store.write(vec![task("H1", 1, "closed"), task("H1", 2, "open")]).await.unwrap();
        let open = dump(&store, &tables::TASK).await[1].clone();
        let drop = ["DROP INDEX task_of_position", "DROP INDEX task_of_officer"];
        let close = "UPDATE task SET closed_at = 5, closed_by = 'an' WHERE no = 1";
        for sql in drop.into_iter().chain(BEFORE_OPEN_WORK).chain([close]) {
            store.execute(vec![Statement::new(sql, values![])]).await.unwrap();
        }
        std::mem::drop(store);
        let store = Store::open(url).await.unwrap();
        assert_eq!(dump(&store, &tables::TASK).await, [open]);
    })
    .await;
}

#[tokio::test]
async fn all_steps_or_none() {
    each_database(async |store: Store| {
        store.write(vec![account("a1", "an")]).await.unwrap();
        let before = dump(&store, &tables::ACCOUNT).await;
        let steps = vec![
            Statement::new("UPDATE account SET failed = $2 WHERE id = $1", values!["a1", 3]),
            Statement::Write(account("a2", "an")),
        ];
        let refused = store.execute(steps).await;
        assert!(matches!(refused, Err(Fault::Duplicate(_))), "{refused:?}");
        let orphan = tables::SESSION.row(values![vec![1u8], "nobody", "c", 1, 2, "agent"]);
        assert!(store.write(vec![account("a3", "ba"), orphan]).await.is_err());
        let refused = store.write(vec![tables::ACCOUNT.row(values![1])]).await;
        assert!(matches!(refused, Err(Fault::Invalid(_))));
        assert_eq!(dump(&store, &tables::ACCOUNT).await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_errand_that_fails_spoils_no_other() {
    each_database(async |store: Store| {
        let write = |n: u32| {
            let login = if n.is_multiple_of(5) { "same".to_owned() } else { format!("login{n}") };
            store.write(vec![account(&format!("a{n}"), &login)])
        };
        let outcomes = futures_util::future::join_all((0..40).map(write)).await;
        let refused = outcomes.iter().filter(|outcome| outcome.is_err()).count();
        assert_eq!((refused, dump(&store, &tables::ACCOUNT).await.len()), (7, 33));
    })
    .await;
}

#[tokio::test]
async fn rows_of_a_log_are_never_replaced() {
    each_database(async |store: Store| {
        store.audit("1", 5, "an", "signed in", None, "").await.unwrap();
        let again = tables::AUDIT.row(values!["1", 6, "an", "nothing", None::<&str>, ""]);
        assert!(matches!(store.write(vec![again]).await, Err(Fault::Duplicate(_))));
        let gone = tables::AUDIT.without(values!["1"]);
        assert!(matches!(store.write(vec![gone]).await, Err(Fault::Invalid(_))));
        fill(&store, "H1", 1).await;
        let fact = store.query("SELECT * FROM fact", values![]).await.unwrap();
        let fact = tables::FACT.row(fact[0].values().to_vec());
        assert!(matches!(store.write(vec![fact]).await, Err(Fault::Duplicate(_))));
    })
    .await;
}

#[tokio::test]
async fn one_text_means_the_same_on_both() {
    each_database(async |store: Store| {
        let names = ["b", "B", "a", "ă", "Z", "_", "â"];
        let rows = names.iter().map(|name| account(&format!("i{name}"), name)).collect();
        store.write(rows).await.unwrap();
        let texts = async |sql, values| {
            let rows = store.query(sql, values).await.unwrap();
            rows.iter().map(|row| row.get::<String>("login").unwrap()).collect::<Vec<_>>()
        };
        let sorted = texts("SELECT login FROM account ORDER BY login", values![]).await;
        assert_eq!(sorted, ["B", "Z", "_", "a", "b", "â", "ă"]);
        let like = "SELECT login FROM account WHERE login LIKE $1 ESCAPE '!'";
        assert_eq!(texts(like, values!["b%"]).await, ["b"]);
        assert_eq!(texts(like, values!["!_"]).await, ["_"]);
        let twice = "SELECT login FROM account WHERE id = $2 AND login = $1 AND id = $2";
        assert_eq!(texts(twice, values!["a", "ia"]).await, ["a"]);
        let sum = "SELECT CAST(SUM(failed) AS BIGINT) AS n, COUNT(*) AS m FROM account";
        let row = &store.query(sum, values![]).await.unwrap()[0];
        assert_eq!((row.get::<u32>("n").unwrap(), row.get::<u64>("m").unwrap()), (0, 7));
    })
    .await;
}

/// Lists page by page, by their ids.
async fn listed(store: &Store, place: Option<&str>, stage: &str) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    loop {
        let filter = DossierFilter {
            place: place.map(str::to_owned),
            stage: stage.to_owned(),
            words: "thi anh".to_owned(),
            before: ids.last().cloned(),
            limit: 2,
        };
        let page = store.dossiers(&filter).await.expect("a page");
        if page.is_empty() {
            return ids;
        }
        assert!(page.len() <= 2);
        ids.extend(page.into_iter().map(|row| row.id));
    }
}

#[tokio::test]
async fn lists_go_on_where_the_page_before_ended() {
    each_database(async |store: Store| {
        let places = [("A", "S"), ("B", "A"), ("A", "A"), ("B", "S"), ("A", "S"), ("A", "B")];
        let rows = places.iter().enumerate().map(|(no, (agency, unit))| {
            // Filed in pairs at the same instant.
            let (id, at) = (format!("d{no}"), (no / 2) as i64);
            let stage = if no == 2 { "issued" } else { "received" };
            dossier_at((&id, None, 1), (agency, unit, stage), at)
        });
        store.write(rows.collect()).await.unwrap();
        assert_eq!(listed(&store, None, "").await, ["d5", "d4", "d3", "d2", "d1", "d0"]);
        assert_eq!(listed(&store, Some("A"), "").await, ["d5", "d4", "d2", "d1", "d0"]);
        assert_eq!(listed(&store, Some("S"), "").await, ["d4", "d3", "d0"]);
        assert_eq!(listed(&store, Some("A"), "received").await, ["d5", "d4", "d1", "d0"]);
        assert_eq!(listed(&store, None, "issued").await, ["d2"]);
        assert!(listed(&store, Some("C"), "").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn errors_name_table_and_column() {
    each_database(async |store: Store| {
        store.write(vec![account("a1", "an")]).await.unwrap();
        let row = &store.query("SELECT * FROM account", values![]).await.unwrap()[0];
        let told = |fault: Fault| fault.to_string();
        let missing = told(row.get::<String>("nothing").unwrap_err());
        assert_eq!(missing, "table account, column nothing is not in the answer");
        let null = told(row.get::<String>("phone").unwrap_err());
        assert_eq!(null, "table account, column phone holds NULL, not a text");
        let wrong = told(row.get::<u32>("login").unwrap_err());
        assert_eq!(wrong, "table account, column login holds a text, not a number from 0 to 2³²−1");
        assert!(store.query("SELECT nonsense FROM account", values![]).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn tables_and_migrations_agree() {
    const SQLITE: &str = "SELECT name, CAST(type AS TEXT) AS type FROM pragma_table_info($1)";
    const POSTGRES: &str = "SELECT CAST(column_name AS TEXT) AS name, \
        CAST(data_type AS TEXT) AS type FROM information_schema.columns \
        WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position";
    each_database(async |store: Store| {
        let sql = if matches!(store, Store::Sqlite(_)) { SQLITE } else { POSTGRES };
        for table in tables::ALL {
            let rows = store.query(sql, vec![table.name.into()]).await.unwrap();
            let found = rows.iter().map(|row| {
                let kind = match row.get::<String>("type").unwrap().to_lowercase().as_str() {
                    "bigint" | "integer" => Type::Int,
                    "text" => Type::Text,
                    "blob" | "bytea" => Type::Blob,
                    other => panic!("{} has a column of type {other}", table.name),
                };
                (row.get::<String>("name").unwrap(), kind)
            });
            let found: Vec<_> = found.collect();
            let told: Vec<_> = table.columns.iter().map(|(n, k)| (n.to_string(), *k)).collect();
            assert_eq!(found, told, "{}", table.name);
        }
    })
    .await;
}

#[tokio::test]
async fn opening_again_is_harmless() {
    each_address(async |url: &str| {
        let store = Store::open(url).await.unwrap();
        store.write(vec![account("a1", "an")]).await.unwrap();
        let (one, two) = tokio::join!(Store::open(url), Store::open(url));
        for again in [one.unwrap(), two.unwrap()] {
            assert_eq!(dump(&again, &tables::ACCOUNT).await.len(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn two_may_open_a_fresh_database_at_once() {
    each_address(async |url: &str| {
        let opened = futures_util::future::join_all((0..4).map(|_| Store::open(url))).await;
        for store in opened {
            store.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn a_strange_database_is_refused() {
    const NEWER: &str = "INSERT INTO migration (number, name, hash) VALUES (9999, 'later', 'x')";
    const NOT_NEWER: &str = "DELETE FROM migration WHERE number = 9999";
    const EDITED: &str = "UPDATE migration SET hash = 'x' WHERE number = 1";
    each_address(async |url: &str| {
        let store = Store::open(url).await.unwrap();
        let run = async |sql| store.execute(vec![Statement::new(sql, values![])]).await.unwrap();
        let refused = async || match Store::open(url).await {
            Err(Fault::Migration(problem)) => problem,
            Err(other) => panic!("{other}"),
            Ok(_) => panic!("it opened"),
        };
        run(NEWER).await;
        assert!(refused().await.contains("older than the database"));
        run(NOT_NEWER).await;
        run(EDITED).await;
        assert!(refused().await.contains("is not this program's 0001_first_tables"));
    })
    .await;
}

#[tokio::test]
async fn addresses_that_cannot_be_opened() {
    let problem = async |url| match Store::open(url).await {
        Ok(_) => panic!("{url} opened"),
        Err(fault) => fault.to_string(),
    };
    assert!(problem("mysql://secret@x/y").await.contains("starts with sqlite: or postgres://"));
    assert!(!problem("mysql://secret@x/y").await.contains("secret"));
    assert!(problem("sqlite:/nowhere/at/all.db").await.contains("/nowhere/at/all.db"));
    assert!(problem("postgres://postgres@127.0.0.1:1/x").await.contains("cannot be reached"));
}

#[tokio::test]
async fn read_models_can_be_emptied() {
    each_database(async |store: Store| {
        store.append(common::append_with("H1", 0, dossier_row("H1", None, 1))).await.unwrap();
        let live = dump(&store, &tables::DOSSIER).await;
        store.reset_read_models(&[&tables::DOSSIER, &tables::TASK]).await.unwrap();
        assert!(dump(&store, &tables::DOSSIER).await.is_empty());
        assert_eq!(common::check_log(&store).await, 1, "the record stays");
        store.write(vec![dossier_row("H1", None, 1)]).await.unwrap();
        assert_eq!(dump(&store, &tables::DOSSIER).await, live);
    })
    .await;
}

#[tokio::test]
async fn signed_heads_are_kept() {
    each_database(async |store: Store| {
        assert_eq!(store.last_checkpoint().await, Ok(None));
        store.keep_checkpoint(3, "three", 1).await.unwrap();
        store.keep_checkpoint(12, "twelve", 2).await.unwrap();
        store.keep_checkpoint(12, "twelve again", 3).await.unwrap();
        let last = store.last_checkpoint().await.unwrap().unwrap();
        assert_eq!((last.size, last.note.as_str(), last.at), (12, "twelve again", 3));
    })
    .await;
}

#[tokio::test]
async fn files_by_their_content() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::in_folder(&folder.path().join("files")).unwrap();
    let hash = files.put(b"giay to".to_vec()).await.unwrap();
    assert_eq!(files.put(b"giay to".to_vec()).await.unwrap(), hash);
    assert_eq!(files.get(hash).await.unwrap().unwrap().as_ref(), b"giay to");
    assert!(files.exists(hash).await.unwrap());
    assert_eq!(files.get(Hash([0; 32])).await, Ok(None));
    assert!(!files.exists(Hash([0; 32])).await.unwrap());

    let digits = hash.to_string();
    let path = folder.path().join("files").join(&digits[..2]).join(&digits[2..]);
    assert_eq!(std::fs::read(&path).unwrap(), b"giay to");
    std::fs::write(&path, b"giay tq").unwrap();
    assert!(matches!(files.get(hash).await, Err(Fault::Damaged { .. })));
    files.put(b"giay to".to_vec()).await.unwrap();
    assert!(files.get(hash).await.unwrap().is_some(), "putting it again mends it");
    let left: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert_eq!(left.len(), 1, "no half-written file stays behind");
}
