//! The memory: one [`Store`], one SQL text, two drivers.
//!
//! # What is where
//!
//! * [`store`]: open a database, ask it, write plain tables.
//! * [`recorder`]: the only writer of facts; many appends share one commit.
//! * [`facts`]: read the record back. [`reads`]: the questions the house asks of its tables.
//! * [`table`], [`tables`], [`value`], [`sql`]: rows, tables and statements as data.
//! * [`files`]: files by their content.
//! * `testing` (feature): fresh databases for the tests of this crate and of those above it.
//!
//! # Invariants
//!
//! * Only this crate knows SQL, and there is one text of each statement.
//! * A fact, its leaf and what is derived from it are committed together or not at all.
//! * A number is taken from its book inside the commit: an act that fails burns none.
//!
//! # To add a table
//!
//! A new file in `migrations/` (never an edit of an old one), its line in `migrate.rs`, its
//! `static` in `tables.rs`. The conformance tests compare the last two.

pub mod error;
pub mod facts;
pub mod files;
mod migrate;
mod postgres;
pub mod reads;
pub mod recorder;
mod render_cache;
mod restore;
pub mod sql;
mod sqlite;
pub mod store;
pub mod table;
pub mod tables;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod value;

pub use error::Fault;
pub use facts::{Checkpoint, StoredFact};
pub use files::Files;
pub use reads::{
    AccountRow, ApiTokenRow, CosignatureRow, DossierFilter, DossierRow, InspectionReading,
    LookedAt, NewJob, OutboxRow, Registered, SessionRow, TaskRow, TimeStampRow, UploadRow,
};
pub use recorder::{
    Append, AppendError, IdempotencyKey, NewFact, Prepare, Prepared, Recorded, Recorder,
};
pub use render_cache::RenderCache;
pub use sql::{Sql, Statement};
pub use store::{Options, Postgres, Sqlite, Store};
pub use table::{Table, Write};
pub use value::{FromValue, Row, Value};
