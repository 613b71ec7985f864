//! What can go wrong below the rules. A person can do nothing about any of it.

/// A technical failure: of the database, of the disk, of the program's own tables.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The database refused the statement; nothing of the transaction was kept.
    #[error("the database refused: {0}")]
    Database(String),
    /// A row with this key, or this unique value, is there already; nothing was kept.
    #[error("already there: {0}")]
    Duplicate(String),
    /// The database could not be reached; nothing was kept.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// The connection broke during the commit: it may have happened or not. An append that carried
    /// an idempotency key may simply be sent again.
    #[error("the connection broke during the commit, its outcome is unknown: {0}")]
    OutcomeUnknown(String),
    /// What stands in the database is not what the program expects there.
    #[error("table {table}, column {column} {problem}")]
    Row {
        /// The table the query read.
        table: String,
        /// The column asked for.
        column: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The caller handed over something that can never be written; nothing was kept.
    #[error("cannot be written: {0}")]
    Invalid(String),
    /// The database's tables do not fit this program.
    #[error("the tables do not fit this program: {0}")]
    Migration(String),
    /// The address names no database we know, or one that cannot be used.
    #[error("{0}")]
    Address(String),
    /// A stored file could not be written or read.
    #[error("file store: {0}")]
    File(String),
    /// A stored file no longer has the content it was stored under.
    #[error("file {hash} is damaged: its content hashes to {found}")]
    Damaged {
        /// The hash it is stored under.
        hash: String,
        /// The hash of what is there now.
        found: String,
    },
    /// The writer has ended; the program is shutting down.
    #[error("the writer has stopped")]
    Stopped,
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
        let extended = error.sqlite_error().map(|error| error.extended_code);
        match extended {
            Some(SQLITE_CONSTRAINT_PRIMARYKEY | SQLITE_CONSTRAINT_UNIQUE) => {
                Fault::Duplicate(error.to_string())
            }
            _ => Fault::Database(error.to_string()),
        }
    }
}

impl From<tokio_postgres::Error> for Fault {
    fn from(error: tokio_postgres::Error) -> Fault {
        use tokio_postgres::error::SqlState;
        let Some(refusal) = error.as_db_error() else {
            let text = with_sources(&error);
            return if lost_connection(&error) {
                Fault::Unreachable(text)
            } else {
                Fault::Database(text)
            };
        };
        let text = format!("{} ({})", refusal.message(), refusal.code().code());
        if *refusal.code() == SqlState::UNIQUE_VIOLATION {
            Fault::Duplicate(text)
        } else if lost_connection(&error) {
            Fault::Unreachable(text)
        } else {
            Fault::Database(text)
        }
    }
}

impl From<deadpool_postgres::PoolError> for Fault {
    fn from(error: deadpool_postgres::PoolError) -> Fault {
        match error {
            deadpool_postgres::PoolError::Backend(error) => error.into(),
            other => Fault::Unreachable(other.to_string()),
        }
    }
}

/// Whether the server did not answer with a plain refusal, but went away.
pub(crate) fn lost_connection(error: &tokio_postgres::Error) -> bool {
    use std::error::Error as _;
    match error.as_db_error() {
        Some(refusal) => refusal.parsed_severity() != Some(tokio_postgres::error::Severity::Error),
        None => {
            error.is_closed() || error.source().is_some_and(|cause| cause.is::<std::io::Error>())
        }
    }
}

/// The error with everything underneath it: the driver's own text stops at "error connecting".
fn with_sources(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
