//! The store: one database, SQLite or PostgreSQL, behind one way of asking.

use std::path::Path;
use std::sync::Arc;

use crate::error::Fault;
use crate::postgres;
use crate::recorder::{Append, AppendError, Recorded, Recorder};
use crate::sql::{Sql, Statement};
use crate::sqlite;
use crate::table::{Table, Write};
use crate::value::{Row, Value};

/// The head of an empty log, unless there is one.
pub(crate) const SEED_HEAD: Sql = "INSERT INTO ledger_head (id, size, frontier, last_ts)
    VALUES (1, 0, $1, 0) ON CONFLICT (id) DO NOTHING";

/// An open database. Cheap to clone; the database closes with the last clone.
#[derive(Clone)]
pub enum Store {
    /// A file beside the program.
    Sqlite(Sqlite),
    /// A server.
    Postgres(Postgres),
}

/// An open SQLite file.
#[derive(Clone)]
pub struct Sqlite(pub(crate) Arc<sqlite::Database>);

/// An open PostgreSQL database.
#[derive(Clone)]
pub struct Postgres(pub(crate) Arc<postgres::Database>);

/// How a database is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Connections besides the recorder's own.
    pub connections: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { connections: 8 }
    }
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…` and brings its tables up to date.
    ///
    /// # Errors
    /// [`Fault::Address`] for another address, [`Fault::Migration`] when the tables do not fit
    /// this program, and whatever the database says.
    pub async fn open(url: &str) -> Result<Store, Fault> {
        Store::open_with(url, Options::default()).await
    }

    /// [`Store::open`] with other than the usual [`Options`].
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_with(url: &str, options: Options) -> Result<Store, Fault> {
        let connections = options.connections.max(1);
        if let Some(path) = url.strip_prefix("sqlite:") {
            let database = sqlite::Database::open(Path::new(path), connections).await?;
            Ok(Store::Sqlite(Sqlite(Arc::new(database))))
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let database = postgres::Database::open(url, connections).await?;
            Ok(Store::Postgres(Postgres(Arc::new(database))))
        } else {
            // Not the address itself: it may hold a password.
            let problem = "a database address starts with sqlite: or postgres://";
            Err(Fault::Address(problem.to_owned()))
        }
    }

    /// Asks. A query only reads; SQLite refuses one that writes.
    ///
    /// # Errors
    /// [`Fault`]: the database refuses or cannot be reached.
    pub async fn query(&self, sql: Sql, values: Vec<Value>) -> Result<Vec<Row>, Fault> {
        match self {
            Store::Sqlite(database) => database.0.query(sql, values).await,
            Store::Postgres(database) => database.0.query(sql, values).await,
        }
    }

    /// Does all of it in one transaction, or nothing. Not for facts: those are the recorder's.
    ///
    /// # Errors
    /// [`Fault`]; except after [`Fault::OutcomeUnknown`] nothing was written.
    pub async fn execute(&self, steps: Vec<Statement>) -> Result<(), Fault> {
        match self {
            Store::Sqlite(database) => database.0.execute(steps).await,
            Store::Postgres(database) => database.0.execute(steps).await,
        }
    }

    /// Writes whole rows in one transaction, or none of them.
    ///
    /// # Errors
    /// As [`Store::execute`].
    pub async fn write(&self, writes: Vec<Write>) -> Result<(), Fault> {
        self.execute(writes.into_iter().map(Statement::Write).collect()).await
    }

    /// Empties tables that are made anew from the facts.
    ///
    /// # Errors
    /// As [`Store::execute`].
    pub async fn reset_read_models(&self, tables: &[&'static Table]) -> Result<(), Fault> {
        let clear = |table: &&'static Table| Statement::new(table.clear_text(), Vec::new());
        self.execute(tables.iter().map(clear).collect()).await
    }

    /// The whole rows of a table whose key begins with this text, by key.
    ///
    /// # Errors
    /// As [`Store::query`].
    pub async fn rows_of(
        &self,
        table: &'static Table,
        first: &str,
    ) -> Result<Vec<Vec<Value>>, Fault> {
        let rows = self.query(table.of_text(), vec![Value::Text(first.to_owned())]).await?;
        Ok(rows.iter().map(|row| row.values().to_vec()).collect())
    }

    /// With what the keys of a table's rows begin, in no order.
    ///
    /// # Errors
    /// As [`Store::query`].
    pub async fn firsts_of(&self, table: &'static Table) -> Result<Vec<String>, Fault> {
        let rows = self.query(table.firsts_text(), Vec::new()).await?;
        rows.iter().map(|row| row.get("first")).collect()
    }

    /// The way to the recorder.
    pub fn recorder(&self) -> Recorder {
        Recorder::of(self)
    }

    /// Records facts: [`Recorder::append`].
    ///
    /// # Errors
    /// [`AppendError`]: nothing was written, except that after [`Fault::OutcomeUnknown`] it may be.
    pub async fn append(&self, append: Append) -> Result<Recorded, AppendError> {
        self.recorder().append(append).await
    }
}
