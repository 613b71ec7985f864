//! Migrations: numbered SQL files, applied in order, never edited after landing.
//!
//! One text serves both databases. It is written with `BIGINT`, `TEXT` and `BLOB`; PostgreSQL gets
//! `BYTEA` for `BLOB` and texts that sort by their bytes, SQLite gets `INTEGER PRIMARY KEY` for
//! `BIGINT PRIMARY KEY`, which makes the number the row's place instead of a second index, and
//! `WITHOUT ROWID` for [`BY_KEY`].

use sha2::{Digest, Sha256};

use crate::error::Fault;

/// One file of `migrations/`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Migration {
    pub(crate) number: i64,
    pub(crate) name: &'static str,
    text: &'static str,
}

/// Every migration this program knows, in order.
pub(crate) const ALL: &[Migration] = &[
    Migration {
        number: 1,
        name: "first_tables",
        text: include_str!("../migrations/0001_first_tables.sql"),
    },
    Migration {
        number: 2,
        name: "open_work",
        text: include_str!("../migrations/0002_open_work.sql"),
    },
    Migration {
        number: 3,
        name: "calendar_decisions",
        text: include_str!("../migrations/0003_calendar_decisions.sql"),
    },
    Migration { number: 4, name: "results", text: include_str!("../migrations/0004_results.sql") },
    Migration {
        number: 5,
        name: "witnesses",
        text: include_str!("../migrations/0005_witnesses.sql"),
    },
    Migration {
        number: 6,
        name: "steering",
        text: include_str!("../migrations/0006_steering.sql"),
    },
    Migration {
        number: 7,
        name: "inspections",
        text: include_str!("../migrations/0007_inspections.sql"),
    },
];

/// Tables that acts write to: SQLite keeps their rows in the key's own tree, which halves the
/// pages that an act touches.
const BY_KEY: [&str; 4] = ["idempotency", "task", "outbox", "result"];

/// The table of what was applied. No time in it: nothing below `office` knows what time it is.
pub(crate) const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (
    number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL)";
pub(crate) const APPLIED: &str = "SELECT number, hash FROM migration ORDER BY number";
pub(crate) const RECORD: &str = "INSERT INTO migration (number, name, hash) VALUES ($1, $2, $3)";

impl Migration {
    pub(crate) fn hash(&self) -> String {
        hex::encode(Sha256::digest(self.text))
    }

    pub(crate) fn for_sqlite(&self) -> String {
        let text = self.text.replace("BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY");
        let statements = text.split_inclusive("\n);").map(|statement| {
            let keyed = BY_KEY.iter().any(|t| statement.contains(&format!("CREATE TABLE {t} (")));
            let body = statement.strip_suffix(';').filter(|_| keyed);
            body.map_or_else(|| statement.to_owned(), |body| format!("{body} WITHOUT ROWID;"))
        });
        statements.collect()
    }

    pub(crate) fn for_postgres(&self) -> String {
        self.text.replace(" BLOB", " BYTEA").replace(" TEXT", " TEXT COLLATE \"C\"")
    }
}

/// What is still to be applied, given what was: `(number, hash)` in order.
///
/// # Errors
/// [`Fault::Migration`] when the database is newer than the program or went another way.
pub(crate) fn missing(applied: &[(i64, String)]) -> Result<&'static [Migration], Fault> {
    for (at, (number, hash)) in applied.iter().enumerate() {
        let Some(known) = ALL.get(at) else {
            return Err(Fault::Migration(format!(
                "the database has migration {number}, this program knows {} of them: \
                 it is older than the database",
                ALL.len()
            )));
        };
        if known.number != *number || known.hash() != *hash {
            return Err(Fault::Migration(format!(
                "migration {number} in the database is not this program's {:04}_{}",
                known.number, known.name
            )));
        }
    }
    Ok(&ALL[applied.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_contiguous() {
        let numbers: Vec<i64> = ALL.iter().map(|migration| migration.number).collect();
        assert_eq!(numbers, (1..=ALL.len() as i64).collect::<Vec<_>>());
    }

    #[test]
    fn dialects() {
        let (sqlite, postgres) = (ALL[0].for_sqlite(), ALL[0].for_postgres());
        assert!(sqlite.contains("idx INTEGER PRIMARY KEY"));
        assert!(postgres.contains("idx BIGINT PRIMARY KEY"));
        assert!(postgres.contains("salt BYTEA"));
        assert!(postgres.contains("login TEXT COLLATE \"C\" NOT NULL UNIQUE"));
        assert!(!postgres.contains("BLOB"));
    }
}
