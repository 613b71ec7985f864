//! The program as it is run: a play is the same twice, what is derived can be made anew, and a hand
//! in the database is found.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use storage::testing::{dump, each_address};
use storage::{Statement, Store, tables};
use tempfile::TempDir;

/// An installation, with its database at an address.
struct House<'a> {
    folder: TempDir,
    address: Option<&'a str>,
}

impl House<'_> {
    fn data(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
        command.args(words).arg("--data").arg(self.data()).env_clear();
        if let Some(address) = self.address {
            command.arg("--database").arg(address);
        }
        command.output().unwrap()
    }

    /// The last line of a run that must succeed.
    #[track_caller]
    fn last(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}: {}", said(&output));
        String::from_utf8(output.stdout).unwrap().lines().last().unwrap_or_default().to_owned()
    }
}

fn said(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    format!("{}{}", String::from_utf8_lossy(out), String::from_utf8_lossy(err))
}

const PLAY: [&str; 9] =
    ["simulate", "--from", "2018-01-01", "--to", "2018-09-30", "--dossiers", "40", "--seed", "7"];

async fn derived(store: &Store) -> Vec<Vec<String>> {
    vec![
        dump(store, &tables::DOSSIER).await,
        dump(store, &tables::TASK).await,
        dump(store, &tables::RESULT).await,
    ]
}

fn entries_of(root_line: &str) -> u64 {
    root_line.split(' ').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_play_is_the_same_twice_and_on_both_databases() {
    let here = House { folder: TempDir::new().unwrap(), address: None };
    let root = here.last(&PLAY);
    assert!(entries_of(&root) > 300, "{root}");
    each_address(async |address: &str| {
        let house = House { folder: TempDir::new().unwrap(), address: Some(address) };
        assert_eq!(house.last(&PLAY), root);
        let store = Store::open(address).await.unwrap();
        let before = derived(&store).await;
        assert!(before[0].len() == 40 && !before[1].is_empty());
        assert!(house.last(&["rebuild"]).ends_with(" 0 differences before"));
        assert_eq!(derived(&store).await, before, "rebuilt is as it was");
        house.last(&["ledger", "audit"]);
    })
    .await;
    let mut other = PLAY;
    other[8] = "8";
    let elsewhere = House { folder: TempDir::new().unwrap(), address: None };
    assert_ne!(elsewhere.last(&other), root, "another seed, another play");
}

#[tokio::test]
async fn a_play_needs_a_new_installation() {
    let house = House { folder: TempDir::new().unwrap(), address: None };
    house.last(&PLAY);
    let again = house.run(&PLAY);
    assert!(!again.status.success());
    assert!(said(&again).contains("an installation of its own"), "{}", said(&again));
}

#[tokio::test]
async fn an_export_is_verified_and_a_changed_byte_is_found() {
    let house = House { folder: TempDir::new().unwrap(), address: None };
    let root = house.last(&PLAY);
    let away = TempDir::new().unwrap();
    let folder = away.path().join("log");
    let path = folder.to_str().unwrap();
    house.last(&["ledger", "export", path]);
    let verify =
        || Command::new(env!("CARGO_BIN_EXE_motcua")).args(["ledger", "verify", path]).output();
    let verified = verify().unwrap();
    assert!(verified.status.success(), "{}", said(&verified));
    let hash = root.rsplit(' ').next().unwrap();
    assert!(said(&verified).contains(hash), "{}", said(&verified));

    let bundle = first_bundle(&folder);
    let mut bytes = std::fs::read(&bundle).unwrap();
    let at = bytes.windows(4).position(|four| four == b"rece").unwrap();
    bytes[at] = b'R';
    std::fs::write(&bundle, bytes).unwrap();
    let found = verify().unwrap();
    assert!(!found.status.success());
    assert!(said(&found).contains("NOT correct"), "{}", said(&found));
}

fn first_bundle(folder: &Path) -> PathBuf {
    let entries = folder.join("tile/entries");
    let mut names: Vec<PathBuf> =
        std::fs::read_dir(entries).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let first = names.into_iter().next().unwrap();
    if first.is_dir() {
        std::fs::read_dir(first).unwrap().next().unwrap().unwrap().path()
    } else {
        first
    }
}

/// What someone does who has the database's password.
async fn by_hand(store: &Store, texts: &[String]) {
    for text in texts {
        let sql: &'static str = Box::leak(text.clone().into_boxed_str());
        store.execute(vec![Statement::new(sql, Vec::new())]).await.unwrap();
    }
}

/// Rows changed by hand in each way that pays.
#[tokio::test]
async fn a_hand_in_the_database_is_found() {
    const HANDS: [(&str, &str, &str); 10] = [
        (
            "fact",
            "UPDATE fact SET payload = replace(payload, 'granted', 'refused') WHERE seq > 4",
            "was changed after it was recorded",
        ),
        ("fact", "UPDATE fact SET ts = ts - 86400000 WHERE kind = 'issued'", "columns differ"),
        ("fact", "DELETE FROM fact WHERE idx = 100", "is missing"),
        (
            "fact",
            "UPDATE fact SET entry = replace(entry, '\"due\":15', '\"due\":16')",
            "does not give the stored leaf",
        ),
        ("fact", "UPDATE fact SET actor = 'nobody' WHERE idx = 50", "columns differ"),
        ("dossier", "UPDATE dossier SET due_at = due_at + 1", "its rows in dossier differ"),
        ("dossier", "DELETE FROM dossier WHERE stage <> 'returned'", "its rows in dossier differ"),
        ("task", "UPDATE task SET dossier = 'x' || dossier", "in task without any fact"),
        (
            "result",
            "UPDATE result SET owner = 'somebody else'",
            "its rows in result differ from its facts",
        ),
        ("result", "DELETE FROM result", "its rows in result differ from its facts"),
    ];
    each_address(async |address: &str| {
        let house = House { folder: TempDir::new().unwrap(), address: Some(address) };
        house.last(&PLAY);
        for (table, hand, finding) in HANDS {
            let store = Store::open(address).await.unwrap();
            let kept = [format!("CREATE TABLE kept AS SELECT * FROM {table}"), hand.to_owned()];
            by_hand(&store, &kept).await;
            let found = house.run(&["ledger", "audit"]);
            assert!(!found.status.success(), "{hand}");
            assert!(said(&found).contains(finding), "{hand}: {}", said(&found));
            let back = [
                format!("DELETE FROM {table}"),
                format!("INSERT INTO {table} SELECT * FROM kept"),
                "DROP TABLE kept".to_owned(),
            ];
            by_hand(&store, &back).await;
            house.last(&["ledger", "audit"]);
        }
    })
    .await;
}

#[test]
fn the_catalogue_of_the_binary_is_in_order() {
    let check = Command::new(env!("CARGO_BIN_EXE_motcua")).args(["catalogue", "check"]).output();
    let check = check.unwrap();
    assert!(check.status.success(), "{}", said(&check));
    assert!(said(&check).contains(" 0 errors"), "{}", said(&check));
}

/// `motcua … | head`: a reader who has had enough is no fault.
#[test]
fn a_closed_pipe_is_no_fault() {
    use std::process::Stdio;
    let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
    command.args(["catalogue", "list", "--day", "2026-11-24"]);
    let mut listing = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(listing.stdout.take());
    let output = listing.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
}
