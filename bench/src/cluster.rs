//! A PostgreSQL of our own, durable, which stops with this value.

use crate::program::run;
use anyhow::Context as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A running server.
pub(crate) struct Cluster {
    script: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Starts it, making it if need be.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start.
    pub(crate) fn start(project: &Path, folder: &Path, port: u16) -> anyhow::Result<Cluster> {
        let script = project.join("scripts/test-postgres.sh");
        let cluster = Cluster { script, folder: folder.to_path_buf(), port };
        run(&mut cluster.command("start")).context("PostgreSQL does not start")?;
        Ok(cluster)
    }

    fn command(&self, word: &str) -> Command {
        let mut command = Command::new(&self.script);
        command.arg(word).env("MOTCUA_PG_DIR", &self.folder);
        command.env("MOTCUA_PG_PORT", self.port.to_string());
        command
    }

    /// The first process, whose children do the work.
    ///
    /// # Errors
    /// When its file cannot be read.
    pub(crate) fn id(&self) -> anyhow::Result<u32> {
        let file = std::fs::read_to_string(self.folder.join("data/postmaster.pid"))?;
        Ok(file.lines().next().unwrap_or_default().trim().parse()?)
    }

    /// A client program, told where the server is.
    pub(crate) fn client(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("PGHOST", "127.0.0.1").env("PGUSER", "postgres");
        command.env("PGPORT", self.port.to_string());
        command
    }

    /// Makes a database anew, empty, with everything older on disk.
    ///
    /// # Errors
    /// What PostgreSQL says.
    pub(crate) fn fresh(&self, name: &str) -> anyhow::Result<String> {
        let orders = [
            format!("drop database if exists {name} with (force)"),
            format!("create database {name}"),
        ];
        for order in orders.iter().map(String::as_str).chain(["checkpoint"]) {
            run(self.client("psql").args(["-q", "postgres", "-c", order]))?;
        }
        Ok(format!("postgres://postgres@127.0.0.1:{}/{name}", self.port))
    }

    /// Address in the words of libpq, for the floor.
    pub(crate) fn address(&self, database: &str) -> String {
        format!("host=127.0.0.1 port={} user=postgres dbname={database}", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(error) = run(&mut self.command("stop")) {
            eprintln!("PostgreSQL does not stop: {error:#}");
        }
    }
}
