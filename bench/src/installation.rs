//! One installation of ours, set up through the command line as an office does it.

use crate::life::{OFFICIALS, Tokens};
use crate::program::{self, Running};
use anyhow::Context as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Accounts that file.
const CITIZENS: usize = 4;

/// Where it is.
pub(crate) struct Installation {
    /// The program.
    pub(crate) app: PathBuf,
    /// The catalogue with the benchmark's procedure.
    pub(crate) catalogue: PathBuf,
    /// Its folder.
    pub(crate) data: PathBuf,
    /// PostgreSQL instead of the embedded database.
    pub(crate) database: Option<String>,
}

impl Installation {
    /// Makes the tables, the accounts and the tokens.
    ///
    /// # Errors
    /// What the program says.
    pub(crate) fn set_up(&self) -> anyhow::Result<Tokens> {
        program::run(&mut self.command(&["migrate"]))?;
        let mut tokens = Tokens::default();
        for number in 0..CITIZENS {
            let login = format!("bench{number}");
            let mut add = self.command(&["user", "add", "--citizen", "--password-stdin"]);
            add.args(["--login", &login, "--name", "Nguyễn Văn Đo"]);
            let account = program::run_with(&mut add, "mot mat khau du dai\n")?;
            tokens.citizens.push(self.token("--account", account.trim())?);
        }
        for (_, official) in OFFICIALS {
            tokens.officials.push(self.token("--official", official)?);
        }
        Ok(tokens)
    }

    fn token(&self, whose: &str, id: &str) -> anyhow::Result<String> {
        let mut command = self.command(&["user", "token", whose, id, "--name", "bench"]);
        Ok(program::run(&mut command)?.trim().to_owned())
    }

    /// Starts the server on a port of its own choice.
    ///
    /// # Errors
    /// When it does not become ready.
    pub(crate) fn serve(&self) -> anyhow::Result<(Running, SocketAddr)> {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        let running = Running::start(&mut command, &self.data.join("serve.log"))?;
        let line = running.first_line();
        let address = line.split("http://").nth(1).and_then(|address| address.parse().ok());
        let address = address.with_context(|| format!("no address in {line:?}"))?;
        Ok((running, address))
    }

    /// Compares the database with its log, exports the log and checks the export; returns the
    /// number of dossiers in it.
    ///
    /// # Errors
    /// The findings.
    pub(crate) fn audit(&self) -> anyhow::Result<u64> {
        program::run(&mut self.command(&["ledger", "audit"]))?;
        let folder = self.data.join("export");
        let mut export = self.command(&["ledger", "export"]);
        program::run(export.arg(&folder))?;
        let mut verify = Command::new(&self.app);
        let told = program::run(verify.args(["ledger", "verify"]).arg(&folder))?;
        let words: Vec<&str> = told.split_whitespace().collect();
        let at = words.iter().position(|word| *word == "dossiers");
        let count = at.and_then(|at| words.get(at.checked_sub(1)?)?.parse().ok());
        count.with_context(|| format!("no number of dossiers in {told:?}"))
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.app);
        command.args(words).arg("--data").arg(&self.data);
        command.env("MOTCUA_CATALOGUE", &self.catalogue);
        match &self.database {
            Some(url) => command.args(["--database", url]),
            None => command.env_remove("MOTCUA_DATABASE"),
        };
        command
    }
}

/// The program beside this one, unless named.
///
/// # Errors
/// When it is not there.
pub(crate) fn app(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    let beside = || std::env::current_exe().map(|exe| exe.with_file_name("motcua"));
    let path = named.map_or_else(beside, |path| Ok(path.to_path_buf()))?;
    anyhow::ensure!(path.exists(), "{} is missing: cargo build --release", path.display());
    Ok(path)
}
