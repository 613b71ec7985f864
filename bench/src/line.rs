//! One measurement: a line of the results.

use serde::Serialize;
use std::collections::BTreeMap;

/// Where dossiers are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Store {
    /// The embedded database.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl Store {
    /// In the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Store::Sqlite => "sqlite",
            Store::Postgres => "postgres",
        }
    }
}

/// Ours, by this name.
pub(crate) const OURS: &str = "motcua";
/// The floor on SQLite.
pub(crate) const FLOOR_SQLITE: &str = "floor sqlite";
/// The floor on PostgreSQL with group commit.
pub(crate) const FLOOR_PGBATCH: &str = "floor pgbatch";
/// The statements alone, without HTTP.
pub(crate) const PGBENCH: &str = "pgbench life_fn";

/// One run of one system.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    /// The store.
    pub(crate) store: Store,
    /// The system.
    pub(crate) system: &'static str,
    /// Clients at a time.
    pub(crate) clients: usize,
    /// Round, from 1.
    pub(crate) round: usize,
    /// Whole lives a second.
    pub(crate) lives_per_s: f64,
    /// Half of the calls are faster; milliseconds.
    pub p50_ms: Option<f64>,
    /// 99 of 100 calls are faster; milliseconds.
    pub p99_ms: Option<f64>,
    /// Processor time of the server for a life, milliseconds.
    pub(crate) server_cpu_ms: Option<f64>,
    /// Processor time of PostgreSQL for a life, milliseconds.
    pub(crate) postgres_cpu_ms: Option<f64>,
    /// Processor time of the driver for a life, milliseconds.
    pub(crate) driver_cpu_ms: f64,
    /// Share of the machine that others used.
    pub(crate) others: f64,
    /// Acknowledged appends of 8 KiB a second, just before.
    pub(crate) fsync_per_s: f64,
    /// Calls that went wrong.
    pub(crate) errors: u64,
    /// Dossiers read back.
    pub(crate) read_back: u64,
    /// Wrong ones among them, and findings of the audit.
    pub(crate) wrong: u64,
    /// p50 and p99 by step, milliseconds.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) steps: BTreeMap<&'static str, [f64; 2]>,
}

/// The head of the table.
pub(crate) const HEAD: &str = "store     system           clients round   lives/s  p50 ms  p99 ms  \
                        cpu/life: server  postgres  driver  others  fsync/s  errors  read  wrong";

impl Line {
    /// A row of the table.
    pub(crate) fn row(&self, round: &str) -> String {
        let maybe = |value: Option<f64>, digits: usize| {
            value.map_or_else(|| "–".to_owned(), |value| format!("{value:.digits$}"))
        };
        format!(
            "{:<9} {:<16} {:>7} {:>5} {:>9.1} {:>7} {:>7} {:>17} {:>9} {:>7.2} {:>6.0}% {:>8.0} \
             {:>7} {:>5} {:>6}",
            self.store.name(),
            self.system,
            self.clients,
            round,
            self.lives_per_s,
            maybe(self.p50_ms, 2),
            maybe(self.p99_ms, 2),
            maybe(self.server_cpu_ms, 2),
            maybe(self.postgres_cpu_ms, 2),
            self.driver_cpu_ms,
            self.others * 100.0,
            self.fsync_per_s,
            self.errors,
            self.read_back,
            self.wrong
        )
    }

    /// Server and PostgreSQL together.
    pub(crate) fn cpu_ms(&self) -> f64 {
        self.server_cpu_ms.unwrap_or(0.0) + self.postgres_cpu_ms.unwrap_or(0.0)
    }
}
