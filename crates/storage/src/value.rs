//! What goes into the database and comes out: values, rows and the getters that name the column.

use std::sync::Arc;

use ledger::Hash;

use crate::error::Fault;
use crate::sql::table_of;

/// One value of one column. There are three types, because both databases have these three.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    /// Nothing.
    Null,
    /// `BIGINT`: numbers, milliseconds since 1970, and truth as 0 or 1.
    Int(i64),
    /// `TEXT`.
    Text(String),
    /// `BLOB`, which PostgreSQL calls `BYTEA`.
    Blob(Vec<u8>),
}

/// The parameters of a statement: `values![id, 7, None::<i64>]`.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::Value::from($value)),*] };
}

/// One row of an answer.
#[derive(Debug, Clone)]
pub struct Row {
    pub(crate) sql: &'static str,
    pub(crate) columns: Arc<[String]>,
    pub(crate) values: Vec<Value>,
}

impl Row {
    /// The value of `column`, as the type the caller wants; `Option` for a column that may be null.
    ///
    /// # Errors
    /// [`Fault::Row`] when the column is missing or holds something else.
    pub fn get<T: FromValue>(&self, column: &str) -> Result<T, Fault> {
        let wrong = |problem: String| Fault::Row {
            table: table_of(self.sql).to_owned(),
            column: column.to_owned(),
            problem,
        };
        let at = self.columns.iter().position(|name| name == column);
        let at = at.ok_or_else(|| wrong("is not in the answer".to_owned()))?;
        let value = &self.values[at];
        T::from_value(value)
            .ok_or_else(|| wrong(format!("holds {}, not {}", value.kind(), T::WANTED)))
    }

    /// All values, in the order of the query's columns.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }
}

impl Value {
    /// What this is, for an error text. Never the content: it may be somebody's name.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Value::Null => "NULL",
            Value::Int(_) => "a number",
            Value::Text(_) => "a text",
            Value::Blob(_) => "bytes",
        }
    }

    pub(crate) fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_blob(&self) -> Option<&[u8]> {
        match self {
            Value::Blob(bytes) => Some(bytes),
            _ => None,
        }
    }
}

/// A type a column can be read as.
pub trait FromValue: Sized {
    /// The name of the type in an error text.
    const WANTED: &'static str;
    /// The value as this type, if it is one.
    fn from_value(value: &Value) -> Option<Self>;
}

impl FromValue for i64 {
    const WANTED: &'static str = "a number";
    fn from_value(value: &Value) -> Option<i64> {
        value.as_int()
    }
}

impl FromValue for u32 {
    const WANTED: &'static str = "a number from 0 to 2³²−1";
    fn from_value(value: &Value) -> Option<u32> {
        i64::from_value(value)?.try_into().ok()
    }
}

impl FromValue for u64 {
    const WANTED: &'static str = "a number from 0";
    fn from_value(value: &Value) -> Option<u64> {
        i64::from_value(value)?.try_into().ok()
    }
}

impl FromValue for bool {
    const WANTED: &'static str = "0 or 1";
    fn from_value(value: &Value) -> Option<bool> {
        match value {
            Value::Int(0) => Some(false),
            Value::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl FromValue for String {
    const WANTED: &'static str = "a text";
    fn from_value(value: &Value) -> Option<String> {
        value.as_text().map(str::to_owned)
    }
}

impl FromValue for Vec<u8> {
    const WANTED: &'static str = "bytes";
    fn from_value(value: &Value) -> Option<Vec<u8>> {
        value.as_blob().map(<[u8]>::to_vec)
    }
}

impl FromValue for [u8; 32] {
    const WANTED: &'static str = "32 bytes";
    fn from_value(value: &Value) -> Option<[u8; 32]> {
        value.as_blob()?.try_into().ok()
    }
}

impl FromValue for Hash {
    const WANTED: &'static str = "a hash of 32 bytes";
    fn from_value(value: &Value) -> Option<Hash> {
        <[u8; 32]>::from_value(value).map(Hash)
    }
}

impl<T: FromValue> FromValue for Option<T> {
    const WANTED: &'static str = T::WANTED;
    fn from_value(value: &Value) -> Option<Option<T>> {
        match value {
            Value::Null => Some(None),
            present => T::from_value(present).map(Some),
        }
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Int(number)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Value {
        Value::Int(number.into())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Value {
        Value::Int(number.into())
    }
}

impl From<u64> for Value {
    /// Numbers beyond 2⁶³−1 become 2⁶³−1: no counter of ours gets near it.
    fn from(number: u64) -> Value {
        Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Value {
        Value::Int(truth.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(text.clone())
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Value {
        Value::Blob(bytes)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Value {
        Value::Blob(bytes.to_vec())
    }
}

impl From<[u8; 32]> for Value {
    fn from(bytes: [u8; 32]) -> Value {
        Value::Blob(bytes.to_vec())
    }
}

impl From<Hash> for Value {
    fn from(hash: Hash) -> Value {
        Value::Blob(hash.0.to_vec())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}
