//! Tables as data: a table's columns are written once, its `INSERT` texts are made from them.

use std::sync::OnceLock;

use crate::error::Fault;
use crate::value::Value;

/// The three types both databases have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// `BIGINT`.
    Int,
    /// `TEXT`.
    Text,
    /// `BLOB`.
    Blob,
}

/// A table rows are written to as a whole.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns, in the order of a [`Write`]'s row.
    pub columns: &'static [(&'static str, Type)],
    /// The columns that tell rows apart.
    pub key: &'static [&'static str],
    /// What a second row with the same key means.
    pub again: Again,
    texts: OnceLock<Texts>,
}

/// What a second row with the same key means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// It takes the first one's place.
    Replace,
    /// It is an error: rows of this table are never changed.
    Refuse,
}

/// One whole row for one table: inserted, or put in the place of the row with the same key.
#[derive(Debug, Clone)]
pub struct Write {
    /// Where to.
    pub table: &'static Table,
    /// One value for each column.
    pub row: Vec<Value>,
}

#[derive(Debug)]
struct Texts {
    row: String,
    batch: String,
    clear: String,
    of: String,
    firsts: String,
}

impl Table {
    /// A table whose rows replace each other.
    pub const fn new(
        name: &'static str,
        columns: &'static [(&'static str, Type)],
        key: &'static [&'static str],
    ) -> Table {
        Table { name, columns, key, again: Again::Replace, texts: OnceLock::new() }
    }

    /// A table whose rows, once written, stay: a second row with the same key is an error.
    pub const fn insert_only(
        name: &'static str,
        columns: &'static [(&'static str, Type)],
        key: &'static [&'static str],
    ) -> Table {
        Table { name, columns, key, again: Again::Refuse, texts: OnceLock::new() }
    }

    /// The row for this table, whose values stand in the order of [`Table::columns`].
    pub fn row(&'static self, row: Vec<Value>) -> Write {
        Write { table: self, row }
    }

    /// Where the key's columns stand.
    pub(crate) fn key_places(&self) -> impl Iterator<Item = usize> + '_ {
        self.key.iter().filter_map(|key| self.columns.iter().position(|(name, _)| name == key))
    }

    /// `INSERT … VALUES (?1, …)`: one row, for SQLite.
    pub(crate) fn row_text(&self) -> &str {
        &self.texts().row
    }

    /// `INSERT … SELECT * FROM UNNEST($1::…[], …)`: one array per column, for PostgreSQL.
    pub(crate) fn batch_text(&self) -> &str {
        &self.texts().batch
    }

    /// `DELETE FROM …`: every row.
    pub(crate) fn clear_text(&'static self) -> &'static str {
        &self.texts().clear
    }

    /// `SELECT … WHERE first column of the key = $1`, by key.
    pub(crate) fn of_text(&'static self) -> &'static str {
        &self.texts().of
    }

    /// `SELECT DISTINCT` the first column of the key.
    pub(crate) fn firsts_text(&'static self) -> &'static str {
        &self.texts().firsts
    }

    fn texts(&self) -> &Texts {
        self.texts.get_or_init(|| {
            let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
            let marks: Vec<String> = (1..=names.len()).map(|at| format!("?{at}")).collect();
            let arrays: Vec<String> = self.columns.iter().zip(1..).map(array).collect();
            let head = format!("INSERT INTO {} ({})", self.name, names.join(", "));
            let tail = self.conflict();
            let (all, first, key) = (names.join(", "), self.key[0], self.key.join(", "));
            Texts {
                of: format!("SELECT {all} FROM {} WHERE {first} = $1 ORDER BY {key}", self.name),
                firsts: format!("SELECT DISTINCT {first} AS first FROM {}", self.name),
                row: format!("{head} VALUES ({}){tail}", marks.join(", ")),
                clear: format!("DELETE FROM {}", self.name),
                batch: format!("{head} SELECT * FROM UNNEST({}){tail}", arrays.join(", ")),
            }
        })
    }

    fn conflict(&self) -> String {
        if self.again == Again::Refuse {
            return String::new();
        }
        let rest = self.columns.iter().filter(|(name, _)| !self.key.contains(name));
        let set: Vec<String> = rest.map(|(name, _)| format!("{name} = excluded.{name}")).collect();
        let key = self.key.join(", ");
        if set.is_empty() {
            format!(" ON CONFLICT ({key}) DO NOTHING")
        } else {
            format!(" ON CONFLICT ({key}) DO UPDATE SET {}", set.join(", "))
        }
    }
}

impl Write {
    /// Whether the row fits its table: as many values as columns, each of the column's type, and
    /// no text that PostgreSQL would refuse and SQLite keep.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        let Table { name, columns, .. } = self.table;
        let (wanted, found) = (columns.len(), self.row.len());
        if wanted != found {
            let problem = format!("{found} values for the {wanted} columns of {name}");
            return Err(Fault::Invalid(problem));
        }
        for ((column, wanted), value) in columns.iter().zip(&self.row) {
            let fits = match (wanted, value) {
                (_, Value::Null) | (Type::Int, Value::Int(_)) | (Type::Blob, Value::Blob(_)) => {
                    true
                }
                (Type::Text, Value::Text(text)) => !text.contains('\0'),
                _ => false,
            };
            if !fits {
                let kind = value.kind();
                return Err(Fault::Invalid(format!("{kind} cannot stand in {name}.{column}")));
            }
        }
        Ok(())
    }

    /// The key's values.
    pub(crate) fn key(&self) -> Vec<&Value> {
        self.table.key_places().map(|at| &self.row[at]).collect()
    }
}

fn array(((_, wanted), at): (&(&'static str, Type), usize)) -> String {
    let element = match wanted {
        Type::Int => "bigint",
        Type::Text => "text",
        Type::Blob => "bytea",
    };
    format!("${at}::{element}[]")
}

#[cfg(test)]
mod tests {
    use super::*;

    static BOOK: Table =
        Table::new("number_book", &[("book", Type::Text), ("last", Type::Int)], &["book"]);
    static LEAF: Table = Table::insert_only("leaf", &[("idx", Type::Int)], &["idx"]);
    static MARK: Table = Table::new("mark", &[("a", Type::Int), ("b", Type::Blob)], &["a", "b"]);

    #[test]
    fn texts_of_a_table() {
        assert_eq!(
            BOOK.row_text(),
            "INSERT INTO number_book (book, last) VALUES (?1, ?2) \
             ON CONFLICT (book) DO UPDATE SET last = excluded.last"
        );
        assert_eq!(
            BOOK.batch_text(),
            "INSERT INTO number_book (book, last) \
             SELECT * FROM UNNEST($1::text[], $2::bigint[]) \
             ON CONFLICT (book) DO UPDATE SET last = excluded.last"
        );
        assert_eq!(LEAF.row_text(), "INSERT INTO leaf (idx) VALUES (?1)");
        assert!(MARK.row_text().ends_with("ON CONFLICT (a, b) DO NOTHING"));
    }

    #[test]
    fn a_row_must_fit_its_table() {
        let problem = |row| BOOK.row(row).check().unwrap_err().to_string();
        assert!(problem(vec![Value::Null]).contains("1 values for the 2 columns of number_book"));
        assert!(problem(vec![1.into(), 1.into()]).contains("a number cannot stand in"));
        assert!(problem(vec!["a\0b".into(), 1.into()]).contains("number_book.book"));
        assert!(BOOK.row(vec!["a".into(), Value::Null]).check().is_ok());
    }
}
