//! SQL as text: one text for both databases.
//!
//! Every statement is written once, with `$1` for its parameters. SQLite wants `?1`, and the
//! exchange is made here, once per text. What both databases understand the same way:
//!
//! * `LIKE` tells capital letters from small ones, texts sort by their bytes (SQLite is told so by
//!   a pragma, PostgreSQL by the collation of the columns);
//! * order a column that may be null with `NULLS FIRST` or `NULLS LAST`: the defaults differ;
//! * `CAST(SUM(x) AS BIGINT)`, because PostgreSQL's sum of numbers is a `NUMERIC`.

use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};

use crate::table::Write;
use crate::value::Value;

/// One SQL statement, written in the program and nowhere else.
pub type Sql = &'static str;

/// One step of [`crate::Store::execute`].
#[derive(Debug, Clone)]
pub enum Statement {
    /// A statement with its parameters.
    Sql(Sql, Vec<Value>),
    /// A whole row.
    Write(Write),
}

impl Statement {
    /// A statement with its parameters.
    pub fn new(sql: Sql, parameters: Vec<Value>) -> Statement {
        Statement::Sql(sql, parameters)
    }
}

impl From<Write> for Statement {
    fn from(write: Write) -> Statement {
        Statement::Write(write)
    }
}

/// The text as SQLite wants it. Leaks one copy per statement of the program, for good.
pub(crate) fn for_sqlite(sql: Sql) -> &'static str {
    static KNOWN: OnceLock<RwLock<HashMap<(usize, usize), &'static str>>> = OnceLock::new();
    if !sql.contains('$') {
        return sql;
    }
    let known = KNOWN.get_or_init(Default::default);
    let place = (sql.as_ptr() as usize, sql.len());
    if let Some(text) = known.read().unwrap_or_else(PoisonError::into_inner).get(&place) {
        return text;
    }
    let text: &'static str = Box::leak(sql.replace('$', "?").into_boxed_str());
    known.write().unwrap_or_else(PoisonError::into_inner).insert(place, text);
    text
}

/// The first table a statement names, for error texts.
pub(crate) fn table_of(sql: &str) -> &str {
    let mut words = sql.split_whitespace();
    while let Some(word) = words.next() {
        let leads = ["from", "into", "update"].iter().any(|lead| word.eq_ignore_ascii_case(lead));
        if let (true, Some(table)) = (leads, words.clone().next()) {
            return table.split(['(', ',', ';']).next().unwrap_or(table);
        }
    }
    "(none)"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_exchanged_once() {
        const ASK: Sql = "SELECT a FROM t WHERE b = $2 AND c = $1 OR d = $2";
        let text = for_sqlite(ASK);
        assert_eq!(text, "SELECT a FROM t WHERE b = ?2 AND c = ?1 OR d = ?2");
        assert!(std::ptr::eq(text, for_sqlite(ASK)));
    }

    #[test]
    fn the_table_of_a_statement() {
        assert_eq!(table_of("SELECT a, b FROM dossier WHERE id = $1"), "dossier");
        assert_eq!(table_of("insert into task(a) values (1)"), "task");
        assert_eq!(table_of("SELECT 1"), "(none)");
    }
}
