//! PostgreSQL: a pool of connections, and one more for the recorder.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use deadpool_postgres::{ClientWrapper, Manager, ManagerConfig, Pool, RecyclingMethod};
use futures_util::future::{join_all, join3};
use ledger::Frontier;
use tokio::sync::mpsc;
use tokio_postgres::types::{IsNull, ToSql, Type as PgType, private::BytesMut, to_sql_checked};
use tokio_postgres::{Config, NoTls};

use crate::error::{Fault, lost_connection};
use crate::migrate;
use crate::recorder::Waiting;
use crate::recorder::postgres::run;
use crate::sql::{Sql, Statement, table_of};
use crate::store::SEED_HEAD;
use crate::table::{Again, Type, Write};
use crate::value::{Row, Value};

/// Appends that may wait for the recorder before callers are held back.
const QUEUE: usize = 1024;

/// What a parameter of a query may be.
pub(crate) type Parameter<'a> = &'a (dyn ToSql + Sync);

/// An open PostgreSQL database.
pub(crate) struct Database {
    pool: Pool,
    appends: mpsc::Sender<Waiting>,
}

impl Database {
    /// Connects, brings the tables up to date and starts the recorder.
    pub(crate) async fn open(url: &str, connections: usize) -> Result<Database, Fault> {
        let mut config = Config::from_str(url)
            .map_err(|error| Fault::Address(format!("not a PostgreSQL address: {error}")))?;
        config.application_name("motcua");
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_config(config, NoTls, recycling);
        let pool = Pool::builder(manager).max_size(connections).build();
        let pool = pool.map_err(|error| Fault::Address(error.to_string()))?;
        let mut client = pool.get().await?;
        apply_migrations(&mut client).await?;
        let nothing = Frontier::default().to_bytes();
        execute_sql(&client, SEED_HEAD, &[nothing.into()]).await?;
        drop(client);
        let (appends, queue) = mpsc::channel(QUEUE);
        tokio::spawn(run(pool.clone(), queue));
        Ok(Database { pool, appends })
    }

    /// The way to the recorder.
    pub(crate) fn appends(&self) -> &mpsc::Sender<Waiting> {
        &self.appends
    }

    pub(crate) async fn query(&self, sql: Sql, values: Vec<Value>) -> Result<Vec<Row>, Fault> {
        let client = self.pool.get().await?;
        let parameters: Vec<Parameter<'_>> = values.iter().map(|value| value as _).collect();
        query(&client, sql, &parameters).await
    }

    pub(crate) async fn execute(&self, steps: Vec<Statement>) -> Result<(), Fault> {
        let mut client = self.pool.get().await?;
        if let [Statement::Sql(sql, values)] = steps.as_slice() {
            return execute_sql(&client, sql, values).await;
        }
        let transaction = client.build_transaction().start().await?;
        for step in merged(&steps) {
            match step {
                Step::Sql(sql, values) => {
                    let statement = transaction.prepare_cached(sql).await?;
                    let values: Vec<Parameter<'_>> =
                        values.iter().map(|value| value as _).collect();
                    transaction.execute(&statement, &values).await?;
                }
                Step::Writes(writes) => {
                    writes.iter().try_for_each(|write| write.check())?;
                    for rows in grouped(&writes) {
                        let statement = transaction.prepare_cached(&rows[0].form().many).await?;
                        let columns = columns(&rows);
                        let columns: Vec<Parameter<'_>> = columns.iter().map(|c| c as _).collect();
                        transaction.execute(&statement, &columns).await?;
                    }
                }
            }
        }
        transaction.commit().await.map_err(commit_fault)
    }
}

/// Runs a query.
pub(crate) async fn query(
    client: &ClientWrapper,
    sql: Sql,
    parameters: &[Parameter<'_>],
) -> Result<Vec<Row>, Fault> {
    let statement = client.prepare_cached(sql).await?;
    let columns = statement.columns().iter().map(|column| column.name().to_owned());
    let columns: Arc<[String]> = columns.collect();
    let found = client.query(&statement, parameters).await?;
    let row = |row: &tokio_postgres::Row| {
        let values = (0..columns.len()).map(|at| read(row, at, sql)).collect::<Result<_, _>>()?;
        Ok(Row { sql, columns: Arc::clone(&columns), values })
    };
    found.iter().map(row).collect()
}

/// Whether a flight must open its transaction itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    /// Nothing was sent before it.
    Begin,
    /// The transaction is open.
    Begun,
}

/// The step that guards a flight, then the rows, one statement for each kind of change, then the
/// `COMMIT`: sent together, answered together. A step that fails turns the commit into a rollback.
pub(crate) async fn fly(
    client: &ClientWrapper,
    opening: Opening,
    guard: Option<(Sql, &[Value])>,
    writes: &[&Write],
) -> Result<(), Fault> {
    // Beforehand, because a statement that is prepared on the way would come after the others.
    let mut flights = Vec::new();
    if let Some((sql, values)) = guard {
        let values: Vec<Parameter<'_>> = values.iter().map(|value| value as _).collect();
        flights.push((client.prepare_cached(sql).await?, values));
    }
    let groups = grouped(writes);
    let arrays: Vec<Vec<Column<'_>>> = groups.iter().map(|rows| columns(rows)).collect();
    for (rows, arrays) in groups.iter().zip(&arrays) {
        let arrays: Vec<Parameter<'_>> = arrays.iter().map(|column| column as _).collect();
        flights.push((client.prepare_cached(&rows[0].form().many).await?, arrays));
    }
    let begin = async {
        match opening {
            Opening::Begin => client.batch_execute("BEGIN").await,
            Opening::Begun => Ok(()),
        }
    };
    // What cannot even be sent must not be followed by a COMMIT. The futures are polled, and so
    // sent, in this order.
    let unsent = AtomicBool::new(false);
    let unsent = &unsent;
    let steps = flights.iter().map(|(statement, parameters)| async move {
        let outcome = client.execute(statement, parameters).await;
        unsent.fetch_or(outcome.is_err(), Ordering::Relaxed);
        outcome
    });
    let end = async {
        let refused = unsent.load(Ordering::Relaxed);
        client.batch_execute(if refused { "ROLLBACK" } else { "COMMIT" }).await
    };
    let (begun, steps, end) = join3(begin, join_all(steps), end).await;
    // A server that refuses the very first step has done none of the others.
    begun.map_err(|error| match error.as_db_error() {
        Some(_) => error.into(),
        None => commit_fault(error),
    })?;
    steps.into_iter().try_for_each(|step| step.map(drop)).and(end).map_err(commit_fault)
}

/// A refusal is certain; anything else may have happened before or after the commit.
fn commit_fault(error: tokio_postgres::Error) -> Fault {
    if lost_connection(&error) { Fault::OutcomeUnknown(error.to_string()) } else { error.into() }
}

async fn execute_sql(client: &ClientWrapper, sql: Sql, values: &[Value]) -> Result<(), Fault> {
    let statement = client.prepare_cached(sql).await?;
    let values: Vec<Parameter<'_>> = values.iter().map(|value| value as _).collect();
    client.execute(&statement, &values).await.map_err(commit_fault)?;
    Ok(())
}

/// Consecutive rows are written together.
enum Step<'a> {
    Sql(Sql, &'a [Value]),
    Writes(Vec<&'a Write>),
}

fn merged(steps: &[Statement]) -> Vec<Step<'_>> {
    let mut merged = Vec::new();
    for step in steps {
        match (step, merged.last_mut()) {
            (Statement::Sql(sql, values), _) => merged.push(Step::Sql(sql, values)),
            (Statement::Write(write), Some(Step::Writes(writes))) => writes.push(write),
            (Statement::Write(write), _) => merged.push(Step::Writes(vec![write])),
        }
    }
    merged
}

/// The rows in groups that one statement writes, in order of first appearance. PostgreSQL refuses
/// to touch a row twice in one statement: of changes of one kind to one row the last stays, and a
/// change of another kind comes in a later group.
fn grouped<'a>(writes: &[&'a Write]) -> Vec<Vec<&'a Write>> {
    let mut groups: Vec<Vec<&Write>> = Vec::new();
    let mut last: HashMap<(&str, Vec<&Value>), (usize, usize)> = HashMap::new();
    for write in writes {
        let alike = |rows: &[&Write]| std::ptr::eq(rows[0].form(), write.form());
        let row = (write.table.again == Again::Replace).then(|| (write.table.name, write.key()));
        let before = row.as_ref().and_then(|row| last.get(row)).copied();
        let first = before.map_or(0, |(group, _)| group);
        let known = (first..groups.len()).find(|at| alike(&groups[*at]));
        let at = known.unwrap_or_else(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some((_, place)) = before.filter(|(group, _)| *group == at) {
            groups[at][place] = write;
            continue;
        }
        if let Some(row) = row {
            last.insert(row, (at, groups[at].len()));
        }
        groups[at].push(write);
    }
    groups
}

/// One column of many rows, as an array.
#[derive(Debug)]
enum Column<'a> {
    Int(Vec<Option<i64>>),
    Text(Vec<Option<&'a str>>),
    Blob(Vec<Option<&'a [u8]>>),
}

/// The rows of one group, checked before, as one array per column.
fn columns<'a>(rows: &[&'a Write]) -> Vec<Column<'a>> {
    let column = |(at, (_, kind)): (usize, &(&str, Type))| {
        let values = rows.iter().map(|write| &write.row[at]);
        match kind {
            Type::Int => Column::Int(values.map(Value::as_int).collect()),
            Type::Text => Column::Text(values.map(Value::as_text).collect()),
            Type::Blob => Column::Blob(values.map(Value::as_blob).collect()),
        }
    };
    rows[0].form().columns.iter().enumerate().map(column).collect()
}

type Encoded = Result<IsNull, Box<dyn std::error::Error + Sync + Send>>;

impl ToSql for Column<'_> {
    fn to_sql(&self, kind: &PgType, out: &mut BytesMut) -> Encoded {
        match self {
            Column::Int(values) => values.to_sql(kind, out),
            Column::Text(values) => values.to_sql(kind, out),
            Column::Blob(values) => values.to_sql(kind, out),
        }
    }

    fn accepts(kind: &PgType) -> bool {
        [PgType::INT8_ARRAY, PgType::TEXT_ARRAY, PgType::BYTEA_ARRAY].contains(kind)
    }

    to_sql_checked!();
}

impl ToSql for Value {
    fn to_sql(&self, kind: &PgType, out: &mut BytesMut) -> Encoded {
        match (self, kind) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(number), &PgType::INT4) => i32::try_from(*number)?.to_sql(kind, out),
            (Value::Int(number), &PgType::INT8) => number.to_sql(kind, out),
            (Value::Text(text), &PgType::TEXT | &PgType::VARCHAR | &PgType::NAME) => {
                text.to_sql(kind, out)
            }
            (Value::Blob(bytes), &PgType::BYTEA) => bytes.to_sql(kind, out),
            _ => Err(format!("{} where {kind} is wanted", self.kind()).into()),
        }
    }

    fn accepts(_: &PgType) -> bool {
        true
    }

    to_sql_checked!();
}

fn read(row: &tokio_postgres::Row, at: usize, sql: Sql) -> Result<Value, Fault> {
    let column = &row.columns()[at];
    let value = match *column.type_() {
        PgType::INT8 => row.try_get::<_, Option<i64>>(at).map(Value::from),
        PgType::INT4 => row.try_get::<_, Option<i32>>(at).map(Value::from),
        PgType::BOOL => row.try_get::<_, Option<bool>>(at).map(Value::from),
        PgType::TEXT | PgType::VARCHAR | PgType::NAME => {
            row.try_get::<_, Option<String>>(at).map(Value::from)
        }
        PgType::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at).map(Value::from),
        ref other => {
            return Err(Fault::Row {
                table: table_of(sql).to_owned(),
                column: column.name().to_owned(),
                problem: format!("is a {other}; CAST it to BIGINT or TEXT"),
            });
        }
    };
    value.map_err(Fault::from)
}

async fn apply_migrations(client: &mut ClientWrapper) -> Result<(), Fault> {
    if client.batch_execute(migrate::TABLE).await.is_err() {
        // Another process is creating it in this moment; the second time it is there.
        client.batch_execute(migrate::TABLE).await?;
    }
    loop {
        let change = client.build_transaction().start().await?;
        change.batch_execute("LOCK TABLE migration IN EXCLUSIVE MODE").await?;
        let applied = change.query(migrate::APPLIED, &[]).await?;
        let applied = applied.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
        let applied: Vec<(i64, String)> = applied.collect::<Result<_, Fault>>()?;
        let Some(next) = migrate::missing(&applied)?.first() else {
            return Ok(());
        };
        change.batch_execute(&next.for_postgres()).await?;
        change.execute(migrate::RECORD, &[&next.number, &next.name, &next.hash()]).await?;
        change.commit().await?;
    }
}
