//! The rounds: floors and ours by turns, each in a new folder and on new tables.

use crate::cluster::Cluster;
use crate::floors::{Floors, Turn};
use crate::installation::Installation;
use crate::life::STEPS;
use crate::line::{Line, OURS, Store};
use crate::load::{self, Load, Outcome};
use crate::usage::{self, Watched};
use crate::verify;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Least dossiers to be read back for a run to count.
const LEAST_READ: usize = 20;
/// Findings printed of a run.
const PRINTED: usize = 10;

/// What all turns share.
pub(crate) struct Site {
    /// Our program.
    pub(crate) app: PathBuf,
    /// The catalogue with the benchmark's procedure.
    pub(crate) catalogue: PathBuf,
    /// Folder for what is written.
    pub(crate) work: PathBuf,
    /// The floors, when they are there.
    pub(crate) floors: Option<Floors>,
    /// PostgreSQL, when it is asked for.
    pub(crate) cluster: Option<Cluster>,
    /// How long to wait for a quiet moment before each run.
    pub(crate) patience: Duration,
}

impl Site {
    /// Plays a turn on a store: the floors, then ours.
    ///
    /// # Errors
    /// When something cannot be run.
    pub(crate) async fn turn(&self, store: Store, turn: Turn) -> anyhow::Result<Vec<Line>> {
        let mut lines = Vec::new();
        if let Some(floors) = &self.floors {
            let folder = self.folder("floor")?;
            usage::quiet_moment(self.patience).await;
            match (store, &self.cluster) {
                (Store::Sqlite, _) => lines.push(floors.sqlite(&folder, turn).await?),
                (Store::Postgres, Some(cluster)) => {
                    lines.push(floors.pgbench(&folder, cluster, turn)?);
                    usage::quiet_moment(self.patience).await;
                    lines.push(floors.pgbatch(&folder, cluster, turn).await?);
                }
                (Store::Postgres, None) => {}
            }
        }
        lines.push(self.ours(store, turn).await?);
        Ok(lines)
    }

    /// An empty folder.
    fn folder(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.work.join(name);
        remove(&folder)?;
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    async fn ours(&self, store: Store, turn: Turn) -> anyhow::Result<Line> {
        let data = self.folder("motcua")?;
        let cluster = self.cluster.as_ref().filter(|_| store == Store::Postgres);
        let installation = Installation {
            app: self.app.clone(),
            catalogue: self.catalogue.clone(),
            data: data.clone(),
            database: cluster.map(|cluster| cluster.fresh("motcua")).transpose()?,
        };
        let tokens = Arc::new(installation.set_up()?);
        let (server, address) = installation.serve()?;
        let first = load::one_life(address, &tokens).await?;
        usage::quiet_moment(self.patience).await;
        let fsync_per_s = usage::syncs_per_second(&data)?;
        let postgres = cluster.map(Cluster::id).transpose()?;
        let load = Load {
            address,
            tokens: tokens.clone(),
            clients: turn.clients,
            warm_up: Duration::from_secs(turn.warm_up.into()),
            time: Duration::from_secs(turn.seconds.into()),
            watched: Watched { server: Some(server.id()), postgres },
        };
        let mut outcome = load::play(&load).await?;
        outcome.dossiers.push(first);
        // Killed, so that what is read back comes from the disk and not from its memory.
        drop(server);
        let (server, address) = installation.serve()?;
        let mut found = verify::read_back(address, &tokens, &outcome.dossiers).await?;
        if found.finished < LEAST_READ {
            found.wrong.push(format!("only {} finished dossiers", found.finished));
        }
        server.stop().await?;
        match installation.audit() {
            Ok(kept) if kept < outcome.dossiers.len() as u64 => {
                let acknowledged = outcome.dossiers.len();
                found.wrong.push(format!("{acknowledged} acknowledged, {kept} in the log"));
            }
            Ok(_) => {}
            Err(error) => found.wrong.push(format!("{error:#}")),
        }
        for wrong in found.wrong.iter().take(PRINTED) {
            println!("WRONG {wrong}");
        }
        if let Some(error) = &outcome.first_error {
            println!("{} calls went wrong, the first: {error}", outcome.errors);
        }
        Ok(Line { fsync_per_s, ..line(store, turn, &outcome, &found) })
    }
}

/// Removes a folder of an earlier turn.
///
/// # Errors
/// When it is there and cannot be removed.
pub(crate) fn remove(folder: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn line(store: Store, turn: Turn, outcome: &Outcome, found: &verify::Found) -> Line {
    let calls = outcome.calls();
    let lives = (calls.total() as f64 / STEPS.len() as f64).max(1.0);
    let usage = &outcome.usage;
    let steps = STEPS.iter().zip(&outcome.steps);
    Line {
        store,
        system: OURS,
        clients: turn.clients,
        round: turn.round,
        lives_per_s: calls.total() as f64 / STEPS.len() as f64 / outcome.seconds,
        p50_ms: Some(calls.quantile_ms(500)),
        p99_ms: Some(calls.quantile_ms(990)),
        server_cpu_ms: Some(usage.server_ms / lives),
        postgres_cpu_ms: (store == Store::Postgres).then_some(usage.postgres_ms / lives),
        driver_cpu_ms: usage.driver_ms / lives,
        others: usage.others,
        fsync_per_s: 0.0,
        errors: outcome.errors,
        read_back: found.read as u64,
        wrong: found.wrong.len() as u64,
        steps: steps.map(|(s, h)| (*s, [h.quantile_ms(500), h.quantile_ms(990)])).collect(),
    }
}
