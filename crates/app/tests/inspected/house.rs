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

    /// The demo: the year of the article with its inspection, and what is under way in 2026. Its
    /// server is stopped without warning.
    pub(crate) fn demo(folder: &Path) -> House {
        let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
        command.args(["demo", "--listen", "127.0.0.1:0", "--now", "2026-11-09T09:00"]);
        command.arg("--data").arg(folder);
        command.env_clear().stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = command.spawn().unwrap();
        let lines = BufReader::new(server.stdout.take().unwrap()).lines();
        let listens = |line: String| line.starts_with("listening on ");
        assert!(lines.map(Result::unwrap).any(listens), "the demo did not start");
        server.kill().unwrap();
        server.wait().unwrap();
        House { folder: folder.to_owned() }
    }

    /// The same installation as it is now, in another folder.
    pub(crate) fn copied(&self, folder: &Path) -> House {
        copy(&self.folder, folder);
        House { folder: folder.to_owned() }
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

/// Has the witness in this folder take a request in by hand, its clock set.
pub(crate) fn cosign(folder: &Path, request: &str, now: &str) -> Output {
    let file = folder.join("request");
    std::fs::write(&file, request).unwrap();
    let words = ["witness", "--data", folder.to_str().unwrap(), "--now", now, "cosign"];
    motcua(&[&words[..], &[file.to_str().unwrap()]].concat())
}

/// A folder and all in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (from, to) = {
            let entry = entry.unwrap();
            (entry.path(), to.join(entry.file_name()))
        };
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).unwrap();
        }
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
    /// A witness of this name that looks after the house's log, its door open; its clock was set to
    /// `now`.
    pub(crate) fn of(house: &House, name: &str, now: &str) -> Witness {
        let mut witness = Witness::off_line(house, name);
        witness.open(now);
        witness
    }

    /// A witness of this name that looks after the house's log.
    pub(crate) fn off_line(house: &House, name: &str) -> Witness {
        let folder = TempDir::new().unwrap();
        let data = folder.path().to_str().unwrap();
        let key = fine(motcua(&["witness", "--data", data, "init", name])).trim().to_owned();
        fine(motcua(&["witness", "--data", data, "trust", &house.key()]));
        Witness { folder, key, url: String::new(), server: None }
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

    /// Takes a request in by hand, its clock set.
    pub(crate) fn cosign(&self, request: &str, now: &str) -> Output {
        cosign(self.folder.path(), request, now)
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        self.close();
    }
}
