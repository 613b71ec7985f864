//! SQLite: a pool of read-only connections and one writer.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, params_from_iter};
use tokio::sync::{Semaphore, mpsc, oneshot};

use crate::error::Fault;
use crate::migrate;
use crate::recorder::sqlite::{Job, Writer};
use crate::sql::{Sql, Statement, for_sqlite};
use crate::table::Write;
use crate::value::{Row, Value};

/// How long one process waits for another one's commit.
const PATIENCE: Duration = Duration::from_secs(10);
/// Requests that may wait for the writer before callers are held back.
const QUEUE: usize = 1024;

/// An open SQLite database.
pub(crate) struct Database {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Semaphore,
    jobs: mpsc::Sender<Job>,
}

impl Database {
    /// Opens (or creates) the file, brings its tables up to date and starts the writer.
    pub(crate) async fn open(path: &Path, readers: usize) -> Result<Database, Fault> {
        let file = path.to_owned();
        let (jobs, queue) = mpsc::channel(QUEUE);
        blocking(move || {
            let writer = Writer::new(connect_writer(&file)?)?;
            let thread = std::thread::Builder::new().name("motcua-writer".to_owned());
            let spawned = thread.spawn(move || writer.run(queue));
            spawned.map(drop).map_err(|error| Fault::Address(format!("no writer: {error}")))
        })
        .await?;
        Ok(Database {
            path: path.to_owned(),
            idle: Arc::default(),
            permits: Semaphore::new(readers),
            jobs,
        })
    }

    /// The way to the writer.
    pub(crate) fn jobs(&self) -> &mpsc::Sender<Job> {
        &self.jobs
    }

    pub(crate) async fn query(&self, sql: Sql, values: Vec<Value>) -> Result<Vec<Row>, Fault> {
        let _permit = self.permits.acquire().await.map_err(|_| Fault::Stopped)?;
        let (idle, path) = (Arc::clone(&self.idle), self.path.clone());
        blocking(move || {
            let ready = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = match ready {
                Some(connection) => connection,
                None => connect_reader(&path)?,
            };
            let rows = query(&connection, sql, &values);
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            rows
        })
        .await
    }

    pub(crate) async fn execute(&self, steps: Vec<Statement>) -> Result<(), Fault> {
        let (answer, answered) = oneshot::channel();
        let job = Job::Execute { steps, answer };
        self.jobs.send(job).await.map_err(|_| Fault::Stopped)?;
        answered.await.map_err(|_| Fault::Stopped)?
    }
}

/// Runs a query on this connection.
pub(crate) fn query(
    connection: &Connection,
    sql: Sql,
    values: &[Value],
) -> Result<Vec<Row>, Fault> {
    let mut statement = connection.prepare_cached(for_sqlite(sql))?;
    let columns: Arc<[String]> = statement.column_names().into_iter().map(str::to_owned).collect();
    let mut found = statement.query(params_from_iter(values))?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let mut values = Vec::with_capacity(columns.len());
        for (at, column) in columns.iter().enumerate() {
            values.push(read(row.get_ref(at)?, sql, column)?);
        }
        rows.push(Row { sql, columns: Arc::clone(&columns), values });
    }
    Ok(rows)
}

/// Runs the steps on this connection, inside the caller's transaction.
pub(crate) fn execute(connection: &Connection, steps: &[Statement]) -> Result<(), Fault> {
    let run = |step: &Statement| match step {
        Statement::Sql(sql, values) => {
            let mut statement = connection.prepare_cached(for_sqlite(sql))?;
            statement.execute(params_from_iter(values))?;
            Ok(())
        }
        Statement::Write(write) => {
            write.check()?;
            write_row(connection, write)
        }
    };
    steps.iter().try_for_each(run)
}

/// Writes one checked row.
pub(crate) fn write_row(connection: &Connection, write: &Write) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(&write.form().one)?;
    statement.execute(params_from_iter(&write.row))?;
    Ok(())
}

fn connect_writer(path: &Path) -> Result<Connection, Fault> {
    let mut connection = Connection::open(path)
        .map_err(|error| Fault::Address(format!("{}: {error}", path.display())))?;
    configure(&connection)?;
    use_wal(&connection)?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -32768;
         PRAGMA wal_autocheckpoint = 16000;",
    )?;
    apply_migrations(&mut connection)?;
    Ok(connection)
}

/// Only on a file's first opening does this change anything, and then SQLite does not wait for
/// another process that does the same; a transaction does.
fn use_wal(connection: &Connection) -> Result<(), Fault> {
    const ATTEMPTS: usize = 50;
    for _ in 1..ATTEMPTS {
        if connection.execute_batch("PRAGMA journal_mode = WAL").is_ok() {
            return Ok(());
        }
        connection.execute_batch("BEGIN IMMEDIATE; COMMIT")?;
    }
    Ok(connection.execute_batch("PRAGMA journal_mode = WAL")?)
}

fn connect_reader(path: &Path) -> Result<Connection, Fault> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    configure(&connection)?;
    Ok(connection)
}

/// What every connection needs so that one SQL text means the same as on PostgreSQL.
fn configure(connection: &Connection) -> Result<(), Fault> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(256);
    connection.execute_batch("PRAGMA case_sensitive_like = ON; PRAGMA temp_store = MEMORY;")?;
    Ok(())
}

fn apply_migrations(connection: &mut Connection) -> Result<(), Fault> {
    use rusqlite::TransactionBehavior::Immediate;
    connection.execute_batch(migrate::TABLE)?;
    loop {
        let change = connection.transaction_with_behavior(Immediate)?;
        let applied = query(&change, migrate::APPLIED, &[])?;
        let applied = applied.iter().map(|row| Ok((row.get("number")?, row.get("hash")?)));
        let applied: Vec<(i64, String)> = applied.collect::<Result<_, Fault>>()?;
        let Some(next) = migrate::missing(&applied)?.first() else {
            return Ok(());
        };
        change.execute_batch(&next.for_sqlite())?;
        let row = crate::values![next.number, next.name, next.hash()];
        change.execute(for_sqlite(migrate::RECORD), params_from_iter(&row))?;
        change.commit()?;
    }
}

fn read(value: ValueRef<'_>, sql: Sql, column: &str) -> Result<Value, Fault> {
    let wrong = |problem: &str| Fault::Row {
        table: crate::sql::table_of(sql).to_owned(),
        column: column.to_owned(),
        problem: problem.to_owned(),
    };
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(_) => return Err(wrong("holds a fraction; there are only whole numbers")),
        ValueRef::Text(bytes) => {
            let text = std::str::from_utf8(bytes).map_err(|_| wrong("holds no UTF-8"))?;
            Value::Text(text.to_owned())
        }
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    })
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Runs what waits for the disk where it holds nobody up.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(Fault::Database(format!("the query broke off: {error}"))),
    }
}
