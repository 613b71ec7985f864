//! Tables as data: a table's columns are written once, the texts that write its rows are made from
//! them, once.

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

/// A column: its name and its type.
pub type Column = (&'static str, Type);

/// A table rows are written to.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns, in the order of a whole row.
    pub columns: &'static [Column],
    /// The columns that tell rows apart.
    pub key: &'static [&'static str],
    /// What a second row with the same key means.
    pub again: Again,
    texts: OnceLock<Texts>,
}

/// Columns of a table that change together, while the rest of the row stays as it is.
#[derive(Debug)]
pub struct Part {
    table: &'static Table,
    columns: &'static [&'static str],
    form: OnceLock<Form>,
}

/// What a second row with the same key means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// It takes the first one's place.
    Replace,
    /// It is an error: rows of this table are never changed.
    Refuse,
}

/// What is done to one row of one table.
#[derive(Debug, Clone)]
pub struct Write {
    /// Where to.
    pub table: &'static Table,
    /// What.
    pub change: Change,
    /// One value for each column that the change names, those of the key first.
    pub row: Vec<Value>,
}

/// What is done to a row.
#[derive(Debug, Clone, Copy)]
pub enum Change {
    /// The whole row: inserted, or put in the place of the row with the same key.
    Put,
    /// Some columns of the row with this key. Where there is none, nothing happens.
    Set(&'static Part),
    /// The row with this key goes. Where there is none, nothing happens.
    Remove,
}

/// How one kind of change is told to a database.
#[derive(Debug)]
pub(crate) struct Form {
    /// The columns whose values it takes.
    pub(crate) columns: Vec<Column>,
    /// One row, `?1, …`: for SQLite.
    pub(crate) one: String,
    /// Many rows, one array per column: for PostgreSQL.
    pub(crate) many: String,
}

#[derive(Debug)]
struct Texts {
    put: Form,
    remove: Form,
    clear: String,
    of: String,
    firsts: String,
}

impl Table {
    /// A table whose rows replace each other.
    pub const fn new(
        name: &'static str,
        columns: &'static [Column],
        key: &'static [&'static str],
    ) -> Table {
        Table { name, columns, key, again: Again::Replace, texts: OnceLock::new() }
    }

    /// A table whose rows, once written, stay: a second row with the same key is an error.
    pub const fn insert_only(
        name: &'static str,
        columns: &'static [Column],
        key: &'static [&'static str],
    ) -> Table {
        Table { name, columns, key, again: Again::Refuse, texts: OnceLock::new() }
    }

    /// The whole row, whose values stand in the order of [`Table::columns`].
    pub fn row(&'static self, row: Vec<Value>) -> Write {
        Write { table: self, change: Change::Put, row }
    }

    /// The row with this key goes; its values stand in the order of [`Table::key`].
    pub fn without(&'static self, key: Vec<Value>) -> Write {
        Write { table: self, change: Change::Remove, row: key }
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
            let (all, name) = (listed(self.columns), self.name);
            let (first, key) = (self.key[0], self.key.join(", "));
            Texts {
                put: self.put(),
                remove: self.remove(),
                clear: format!("DELETE FROM {name}"),
                of: format!("SELECT {all} FROM {name} WHERE {first} = $1 ORDER BY {key}"),
                firsts: format!("SELECT DISTINCT {first} AS first FROM {name}"),
            }
        })
    }

    fn put(&self) -> Form {
        let marks: Vec<String> = (1..=self.columns.len()).map(|at| format!("?{at}")).collect();
        let head = format!("INSERT INTO {} ({})", self.name, listed(self.columns));
        let (arrays, tail) = (arrays(self.columns), self.conflict());
        Form {
            columns: self.columns.to_vec(),
            one: format!("{head} VALUES ({}){tail}", marks.join(", ")),
            many: format!("{head} SELECT * FROM UNNEST({arrays}){tail}"),
        }
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

    fn remove(&self) -> Form {
        let columns = self.named(self.key);
        let (name, given) = (self.name, given(&columns));
        Form {
            one: format!("DELETE FROM {name} WHERE {}", self.matched("?")),
            many: format!("DELETE FROM {name} USING {given} WHERE {}", self.matched("given.")),
            columns,
        }
    }

    /// The columns with these names.
    fn named(&self, names: &[&'static str]) -> Vec<Column> {
        let column = |name| self.columns.iter().find(|(column, _)| column == name);
        let found = names.iter().map(|name| *column(name).expect("a column of its own table"));
        found.collect()
    }

    /// The key compared with the first parameters, or with the columns of what was given.
    fn matched(&self, with: &str) -> String {
        let name = self.name;
        let one = |(at, key): (usize, &&str)| match with {
            "?" => format!("{key} = ?{}", at + 1),
            given => format!("{name}.{key} = {given}{key}"),
        };
        self.key.iter().enumerate().map(one).collect::<Vec<_>>().join(" AND ")
    }
}

impl Part {
    /// These columns of that table, none of them of its key.
    pub const fn of(table: &'static Table, columns: &'static [&'static str]) -> Part {
        Part { table, columns, form: OnceLock::new() }
    }

    /// New values for the row with this key: first the key's, then one for each of the columns.
    pub fn row(&'static self, row: Vec<Value>) -> Write {
        Write { table: self.table, change: Change::Set(self), row }
    }

    fn form(&self) -> &Form {
        self.form.get_or_init(|| {
            let Part { table, columns, .. } = self;
            let after = table.key.len() + 1;
            let marked = columns.iter().zip(after..).map(|(name, at)| format!("{name} = ?{at}"));
            let marked: Vec<String> = marked.collect();
            let set: Vec<String> =
                columns.iter().map(|name| format!("{name} = given.{name}")).collect();
            let (name, marked, set) = (table.name, marked.join(", "), set.join(", "));
            let columns = table.named(&[table.key, columns].concat());
            let (given, key) = (given(&columns), table.matched("given."));
            Form {
                one: format!("UPDATE {name} SET {marked} WHERE {}", table.matched("?")),
                many: format!("UPDATE {name} SET {set} FROM {given} WHERE {key}"),
                columns,
            }
        })
    }
}

impl Write {
    /// How this is told to a database: one and the same for all writes of a kind.
    pub(crate) fn form(&self) -> &'static Form {
        match self.change {
            Change::Put => &self.table.texts().put,
            Change::Set(part) => part.form(),
            Change::Remove => &self.table.texts().remove,
        }
    }

    /// Whether the row fits its table: as many values as columns, each of the column's type, and
    /// no text that PostgreSQL would refuse and SQLite keep.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        let Table { name, again, .. } = self.table;
        if *again == Again::Refuse && !matches!(self.change, Change::Put) {
            return Err(Fault::Invalid(format!("rows of {name} are never changed")));
        }
        let columns = &self.form().columns;
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
        let columns = &self.form().columns;
        let place = |key| columns.iter().position(|(name, _)| name == key);
        self.table.key.iter().filter_map(place).map(|at| &self.row[at]).collect()
    }
}

fn listed(columns: &[Column]) -> String {
    columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// `UNNEST($1::…[], …) AS given (…)`: the rows of a batch.
fn given(columns: &[Column]) -> String {
    format!("UNNEST({}) AS given ({})", arrays(columns), listed(columns))
}

fn arrays(columns: &[Column]) -> String {
    let array = |((_, kind), at): (&Column, usize)| {
        let element = match kind {
            Type::Int => "bigint",
            Type::Text => "text",
            Type::Blob => "bytea",
        };
        format!("${at}::{element}[]")
    };
    columns.iter().zip(1..).map(array).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    static BOOK: Table =
        Table::new("number_book", &[("book", Type::Text), ("last", Type::Int)], &["book"]);
    static BOOK_LAST: Part = Part::of(&BOOK, &["last"]);
    static LEAF: Table = Table::insert_only("leaf", &[("idx", Type::Int)], &["idx"]);
    static MARK: Table =
        Table::new("mark", &[("x", Type::Text), ("b", Type::Blob), ("a", Type::Int)], &["a", "b"]);
    static KEYS: Table = Table::new("keys", &[("a", Type::Int)], &["a"]);

    #[test]
    fn texts_of_a_whole_row() {
        let form = BOOK.row(Vec::new()).form();
        assert_eq!(
            form.one,
            "INSERT INTO number_book (book, last) VALUES (?1, ?2) \
             ON CONFLICT (book) DO UPDATE SET last = excluded.last"
        );
        assert_eq!(
            form.many,
            "INSERT INTO number_book (book, last) \
             SELECT * FROM UNNEST($1::text[], $2::bigint[]) \
             ON CONFLICT (book) DO UPDATE SET last = excluded.last"
        );
        assert_eq!(LEAF.row(Vec::new()).form().one, "INSERT INTO leaf (idx) VALUES (?1)");
        assert!(KEYS.row(Vec::new()).form().one.ends_with("ON CONFLICT (a) DO NOTHING"));
    }

    #[test]
    fn texts_of_some_columns_and_of_none() {
        let set = BOOK_LAST.row(Vec::new()).form();
        assert_eq!(set.one, "UPDATE number_book SET last = ?2 WHERE book = ?1");
        assert_eq!(
            set.many,
            "UPDATE number_book SET last = given.last \
             FROM UNNEST($1::text[], $2::bigint[]) AS given (book, last) \
             WHERE number_book.book = given.book"
        );
        let gone = MARK.without(values_of_key()).form();
        assert_eq!(gone.one, "DELETE FROM mark WHERE a = ?1 AND b = ?2");
        assert_eq!(
            gone.many,
            "DELETE FROM mark USING UNNEST($1::bigint[], $2::bytea[]) AS given (a, b) \
             WHERE mark.a = given.a AND mark.b = given.b"
        );
    }

    fn values_of_key() -> Vec<Value> {
        vec![1.into(), vec![2u8].into()]
    }

    #[test]
    fn the_key_of_each_kind() {
        let key = values_of_key();
        let whole = MARK.row(vec!["x".into(), key[1].clone(), key[0].clone()]);
        assert_eq!(whole.key(), key.iter().collect::<Vec<_>>());
        assert_eq!(MARK.without(key.clone()).key(), key.iter().collect::<Vec<_>>());
        assert_eq!(BOOK_LAST.row(vec!["b".into(), 7.into()]).key(), [&Value::from("b")]);
    }

    #[test]
    fn a_row_must_fit_its_table() {
        let problem = |write: Write| write.check().unwrap_err().to_string();
        let whole = |row| problem(BOOK.row(row));
        assert!(whole(vec![Value::Null]).contains("1 values for the 2 columns of number_book"));
        assert!(whole(vec![1.into(), 1.into()]).contains("a number cannot stand in"));
        assert!(whole(vec!["a\0b".into(), 1.into()]).contains("number_book.book"));
        assert!(BOOK.row(vec!["a".into(), Value::Null]).check().is_ok());
        assert!(problem(BOOK_LAST.row(vec!["a".into(), "1".into()])).contains("number_book.last"));
        assert!(problem(BOOK.without(Vec::new())).contains("0 values for the 1 columns"));
        assert!(problem(LEAF.without(vec![1.into()])).contains("rows of leaf are never changed"));
    }
}
