//! An installation and the witness beside it, each run as its user runs it.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

/// The program with these words, and nothing from our environment.
pub(crate) fn motcua(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_motcua")).args(words).env_clear().output().unwrap()
}

pub(crate) fn said(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    format!("{}{}", String::from_utf8_lossy(out), String::from_utf8_lossy(err))
}

/// The standard output of a run that must succeed.
#[track_caller]
pub(crate) fn fine(output: Output) -> String {
    assert!(output.status.success(), "{}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// An installation in a folder, with the embedded database.
pub(crate) struct House {
    pub(crate) folder: PathBuf,
}

impl House {
    /// A play of so many dossiers from the first of January 2018 on.
    pub(crate) fn played(folder: &Path, last: &str, dossiers: &str, seed: &str) -> House {
        let house = House { folder: folder.to_owned() };
        let from = "2018-01-01";
        let play = ["simulate", "--from", from, "--to", last, "--dossiers", dossiers];
        fine(house.run(&[&play[..], &["--seed", seed]].concat()));
        house
    }

    pub(crate) fn run(&self, words: &[&str]) -> Output {
        let data = self.folder.to_str().unwrap();
        motcua(&[words, &["--data", data]].concat())
    }

    pub(crate) fn key(&self) -> String {
        fine(self.run(&["ledger", "key"])).trim().to_owned()
    }

    /// Exports into a new folder.
    #[track_caller]
    pub(crate) fn export(&self, folder: &Path) -> String {
        fine(self.run(&["ledger", "export", folder.to_str().unwrap()]))
    }

    pub(crate) fn follow(&self, policy: &str) {
        std::fs::write(self.folder.join("witnesses.policy"), policy).unwrap();
    }
}

/// A witness with an open door.
pub(crate) struct Witness {
    pub(crate) folder: TempDir,
    pub(crate) key: String,
    pub(crate) url: String,
    server: Option<Child>,
}

impl Witness {
    /// A witness of this name that looks after the house's log; its clock was set to `now`.
    pub(crate) fn of(house: &House, name: &str, now: &str) -> Witness {
        let folder = TempDir::new().unwrap();
        let data = folder.path().to_str().unwrap();
        let key = fine(motcua(&["witness", "--data", data, "init", name])).trim().to_owned();
        fine(motcua(&["witness", "--data", data, "trust", &house.key()]));
        let mut witness = Witness { folder, key, url: String::new(), server: None };
        witness.open(now);
        witness
    }

    /// Opens the door, at another port each time, with the clock set.
    pub(crate) fn open(&mut self, now: &str) {
        self.close();
        let data = self.folder.path().to_str().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
        command.args(["witness", "--data", data, "--listen", "127.0.0.1:0", "--now", now]);
        command.env_clear().stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = command.spawn().unwrap();
        let lines = BufReader::new(server.stdout.take().unwrap()).lines();
        let mut lines = lines.map(Result::unwrap);
        let listening = lines.find(|line| line.starts_with("listening on ")).unwrap();
        self.url = listening.trim_start_matches("listening on ").to_owned();
        self.server = Some(server);
    }

    pub(crate) fn close(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().unwrap();
            server.wait().unwrap();
        }
    }

    /// The policy that asks for this witness.
    pub(crate) fn policy(&self, house: &House) -> String {
        let Witness { key, url, .. } = self;
        format!("log {}\nwitness w {key} {url}\nquorum w\n", house.key())
    }

    /// How many files convict a log.
    pub(crate) fn evidence(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("evidence")).unwrap().count()
    }

    /// Takes a request in by hand.
    pub(crate) fn cosign(&self, request: &str) -> Output {
        let file = self.folder.path().join("request");
        std::fs::write(&file, request).unwrap();
        let data = self.folder.path().to_str().unwrap();
        motcua(&["witness", "--data", data, "cosign", file.to_str().unwrap()])
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        self.close();
    }
}
