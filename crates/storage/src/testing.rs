//! Fresh databases for tests: every test of something stored runs on both, and fails where one
//! is missing.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::FutureExt as _;
use tokio_postgres::NoTls;

use crate::store::Store;
use crate::table::Table;
use crate::value::Value;

/// The address of a PostgreSQL server on which databases may be made and dropped.
pub const SERVER: &str = "MOTCUA_TEST_POSTGRES";
/// The file in which every test that passed on a database leaves a line.
pub const TALLY: &str = "MOTCUA_TEST_TALLY";

/// Runs the test on a fresh SQLite file and on a fresh PostgreSQL database.
///
/// # Panics
/// When the test does, and when [`SERVER`] names no server.
pub async fn each_database(test: impl AsyncFn(Store)) {
    each_address(async |url: &str| {
        let store = Store::open(url).await.expect("a fresh database opens");
        test(store).await;
    })
    .await;
}

/// Like [`each_database`], for tests that open the database themselves, perhaps several times.
///
/// # Panics
/// When the test does, and when [`SERVER`] names no server.
pub async fn each_address(test: impl AsyncFn(&str)) {
    let server = server();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sqlite = format!("sqlite:{}", folder.path().join("motcua.db").display());
    eprintln!("on SQLite");
    test(&sqlite).await;
    tally("sqlite");

    let name = fresh_name();
    on_server(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    on_server(&server, &format!("CREATE DATABASE {name}")).await;
    eprintln!("on PostgreSQL");
    let (before, _) = server.rsplit_once('/').expect("the address ends with a database");
    let outcome = AssertUnwindSafe(test(&format!("{before}/{name}"))).catch_unwind().await;
    on_server(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
    tally("postgres");
}

/// Says that the running test has passed on a database, in the file that `make test` counts.
///
/// # Panics
/// When [`TALLY`] names a file that cannot be written.
fn tally(database: &str) {
    let Some(path) = std::env::var_os(TALLY) else { return };
    let program = std::env::current_exe().expect("a test is a program");
    let program = program.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let thread = std::thread::current();
    let line = format!("ran on {database}: {program} {}\n", thread.name().unwrap_or("?"));
    let file = OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(line.as_bytes())).expect("the tally can be written");
}

/// All rows of a table as texts, sorted: to compare a table before and after.
///
/// # Panics
/// When the table cannot be read.
pub async fn dump(store: &Store, table: &Table) -> Vec<String> {
    let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let sql = format!("SELECT {} FROM {}", names.join(", "), table.name);
    let rows = store.query(Box::leak(sql.into_boxed_str()), Vec::new()).await;
    let rows = rows.expect("the table can be read");
    let show = |value: &Value| match value {
        Value::Null => "NULL".to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Text(text) => format!("{text:?}"),
        Value::Blob(bytes) => hex::encode(bytes),
    };
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| row.values().iter().map(show).collect::<Vec<_>>().join(" | "))
        .collect();
    lines.sort_unstable();
    lines
}

fn server() -> String {
    std::env::var(SERVER).unwrap_or_else(|_| {
        panic!(
            "{SERVER} is not set. Tests of something stored run on both databases: \
             export {SERVER}=$(scripts/test-postgres.sh start)"
        )
    })
}

/// No chance needed: the process and a counter tell tests apart, and left-overs are dropped first.
fn fresh_name() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    format!("motcua_test_{}_{number}", std::process::id())
}

async fn on_server(server: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(server, NoTls)
        .await
        .unwrap_or_else(|error| panic!("{SERVER} = {server} does not answer: {error}"));
    let connection = tokio::spawn(connection);
    client.batch_execute(sql).await.expect("databases can be made and dropped");
    drop(client);
    let _ = connection.await;
}
