//! The floors beside us: the least that the same contract allows, from the neutral benchmark
//! `../shared/bench`. They are built and run from there; nothing is written there.

use crate::cluster::Cluster;
use crate::line::{FLOOR_PGBATCH, FLOOR_SQLITE, Line, PGBENCH, Store};
use crate::program::{Running, run};
use crate::usage::{self, Watched};
use anyhow::Context as _;
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Database of the floors.
const DATABASE: &str = "dlc";

/// How a floor is run.
#[derive(Clone, Copy)]
pub(crate) struct Turn {
    /// Clients at a time.
    pub(crate) clients: usize,
    /// Round, from 1.
    pub(crate) round: usize,
    /// Seconds before anything is counted.
    pub(crate) warm_up: u32,
    /// Seconds counted.
    pub(crate) seconds: u32,
}

/// The built floors.
pub(crate) struct Floors {
    sources: PathBuf,
    built: PathBuf,
}

impl Floors {
    /// Builds the floors; none when the neutral benchmark is not there.
    ///
    /// # Errors
    /// When they are there and do not build.
    pub(crate) fn build(sources: &Path, target: &Path) -> anyhow::Result<Option<Floors>> {
        if !sources.join("floor/Cargo.toml").exists() {
            return Ok(None);
        }
        let sources = &sources.canonicalize()?;
        for part in ["floor", "loadgen"] {
            let mut cargo = Command::new("cargo");
            cargo.args(["build", "--quiet", "--release", "--locked", "--manifest-path"]);
            cargo.arg(sources.join(part).join("Cargo.toml"));
            // As they are: nothing of how ours is compiled reaches them.
            cargo.env("CARGO_TARGET_DIR", target).env_remove("LIBSQLITE3_FLAGS");
            run(cargo.current_dir(sources)).context("the floors do not build")?;
        }
        let (sources, built) = (sources.to_path_buf(), target.join("release"));
        Ok(Some(Floors { sources, built }))
    }

    /// The SQLite floor, in a new file.
    ///
    /// # Errors
    /// When it cannot be run.
    pub(crate) async fn sqlite(&self, folder: &Path, turn: Turn) -> anyhow::Result<Line> {
        let file = folder.join("floor.sqlite");
        let mut command = Command::new(self.built.join("floor"));
        command.args(["--backend", "sqlite"]).arg("--db").arg(&file);
        self.drive(command, folder, None, turn).await
    }

    /// The PostgreSQL floor with group commit, on new tables.
    ///
    /// # Errors
    /// When it cannot be run.
    pub(crate) async fn pgbatch(
        &self,
        folder: &Path,
        cluster: &Cluster,
        turn: Turn,
    ) -> anyhow::Result<Line> {
        self.tables(cluster)?;
        let mut command = Command::new(self.built.join("floor"));
        command.args(["--backend", "pgbatch", "--pg", &cluster.address(DATABASE)]);
        self.drive(command, folder, Some(cluster.id()?), turn).await
    }

    /// The same statements by pgbench, without HTTP, on new tables.
    ///
    /// # Errors
    /// When it cannot be run.
    pub(crate) fn pgbench(
        &self,
        folder: &Path,
        cluster: &Cluster,
        turn: Turn,
    ) -> anyhow::Result<Line> {
        self.tables(cluster)?;
        let fsync_per_s = usage::syncs_per_second(folder)?;
        let watched = Watched { server: None, postgres: Some(cluster.id()?) };
        let script = self.sources.join("pgbench/life_fn.sql");
        let [clients, seconds] = [turn.clients.to_string(), turn.seconds.to_string()];
        let mut pgbench = cluster.client("pgbench");
        pgbench.args(["-n", "-M", "prepared", "-j", "1", "-c", &clients, "-T", &seconds]);
        let before = usage::read(watched);
        let told = run(pgbench.arg("-f").arg(script).arg(DATABASE))?;
        let used = usage::read(watched).since(&before);
        let rate = told.lines().find_map(|line| line.strip_prefix("tps = "));
        let rate = rate.and_then(|rest| rest.split(' ').next()?.parse::<f64>().ok());
        let lives_per_s = rate.with_context(|| format!("pgbench said {told:?}"))?;
        let lives = lives_per_s * f64::from(turn.seconds);
        Ok(Line {
            store: Store::Postgres,
            system: PGBENCH,
            clients: turn.clients,
            round: turn.round,
            lives_per_s,
            p50_ms: None,
            p99_ms: None,
            server_cpu_ms: None,
            postgres_cpu_ms: Some(used.postgres_ms / lives),
            driver_cpu_ms: used.driver_ms / lives,
            others: used.others,
            fsync_per_s,
            errors: 0,
            read_back: 0,
            wrong: 0,
            steps: BTreeMap::new(),
        })
    }

    fn tables(&self, cluster: &Cluster) -> anyhow::Result<()> {
        cluster.fresh(DATABASE)?;
        for file in ["floor/schema.sql", "pgbench/setup.sql"] {
            let mut psql = cluster.client("psql");
            run(psql.args(["-q", DATABASE, "-f"]).arg(self.sources.join(file)))?;
        }
        Ok(())
    }

    /// Runs a floor under the load generator of the neutral benchmark.
    async fn drive(
        &self,
        mut command: Command,
        folder: &Path,
        postgres: Option<u32>,
        turn: Turn,
    ) -> anyhow::Result<Line> {
        let port = free_port()?;
        let floor = Running::start_complaining(command.args(["--port", &port.to_string()]))?;
        let result = folder.join("floor.jsonl");
        let mut load = Command::new(self.built.join("loadgen"));
        load.args(["--addr", &format!("127.0.0.1:{port}"), "--label", "floor"]);
        load.args(["--clients", &turn.clients.to_string()]);
        load.args(["--warmup", &turn.warm_up.to_string(), "--secs", &turn.seconds.to_string()]);
        load.args(["--pids", &floor.id().to_string()]);
        if let Some(postgres) = postgres {
            load.args(["--pg", &postgres.to_string()]);
        }
        load.arg("--probe-dir").arg(folder).arg("--out").arg(&result);
        let ran = tokio::task::spawn_blocking(move || run(&mut load)).await?;
        floor.stop().await?;
        ran?;
        let told = std::fs::read_to_string(&result)?;
        let told = serde_json::from_str(told.lines().last().unwrap_or_default())?;
        Ok(line(&told, postgres.is_some(), turn))
    }
}

/// The load generator's result as one of ours.
fn line(told: &Value, postgres: bool, turn: Turn) -> Line {
    let number = |value: &Value| value.as_f64().unwrap_or(0.0);
    let count = |value: &Value| value.as_u64().unwrap_or(0);
    let lives_per_s = number(&told["lifecycles_per_s"]);
    let lives = (lives_per_s * number(&told["secs"])).max(1.0);
    let (store, system) = match postgres {
        true => (Store::Postgres, FLOOR_PGBATCH),
        false => (Store::Sqlite, FLOOR_SQLITE),
    };
    Line {
        store,
        system,
        clients: turn.clients,
        round: turn.round,
        lives_per_s,
        p50_ms: Some(number(&told["step"]["p50_ms"])),
        p99_ms: Some(number(&told["step"]["p99_ms"])),
        server_cpu_ms: Some(number(&told["srv_cpu_ms_per_lc"])),
        postgres_cpu_ms: postgres.then(|| number(&told["pg_cpu_ms_per_lc"])),
        driver_cpu_ms: number(&told["loadgen_cpu_s"]) * 1_000.0 / lives,
        others: number(&told["others_cpu"]),
        fsync_per_s: number(&told["fsync_probe"]),
        errors: count(&told["errors"]),
        read_back: count(&told["verified_ok"]) + count(&told["verified_bad"]),
        wrong: count(&told["verified_bad"]),
        steps: BTreeMap::new(),
    }
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
