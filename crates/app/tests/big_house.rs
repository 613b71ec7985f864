//! A house that is laid from a played one (`make big-house`) is a house like any other.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

#[path = "../examples/big_house/mod.rs"]
mod big_house;

use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// The last line of a run of the program that must succeed.
#[track_caller]
fn last(house: &Path, words: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
    let output = command.args(words).arg("--data").arg(house).env_clear().output().unwrap();
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{words:?}: {out}{err}");
    out.lines().last().unwrap_or_default().to_owned()
}

fn played(folder: &Path) {
    let plan = ["--from", "2026-03-02", "--to", "2026-06-30", "--dossiers", "60", "--seed", "7"];
    last(folder, &[["simulate"].as_slice(), &plan].concat());
}

#[tokio::test]
async fn auditors_and_counters_find_nothing_odd_in_a_laid_house() {
    let folder = TempDir::new().unwrap();
    let (seed, laid) = (folder.path().join("played"), folder.path().join("laid"));
    played(&seed);
    big_house::lay(&seed, &laid, (200, 1)).await.unwrap();
    let rebuilt = last(&laid, &["rebuild"]);
    assert!(rebuilt.starts_with("200 dossiers made anew"), "{rebuilt}");
    let audited = last(&laid, &["ledger", "audit"]);
    assert!(audited.starts_with("correct: "), "{audited}");
    let again = last(&laid, &["rebuild"]);
    assert!(again.ends_with(" 0 differences before"), "{again}");
    last(&laid, &["report", "check"]);
    let export = folder.path().join("export");
    last(&laid, &["ledger", "export", export.to_str().unwrap()]);
    let mut verify = Command::new(env!("CARGO_BIN_EXE_motcua"));
    let verified = verify.args(["ledger", "verify"]).arg(&export).output().unwrap();
    assert!(verified.status.success(), "{verified:?}");
}

#[tokio::test]
async fn the_same_seed_lays_the_same_house() {
    let folder = TempDir::new().unwrap();
    let seed = folder.path().join("played");
    played(&seed);
    let mut roots = Vec::new();
    for (name, dice) in [("one", 1), ("two", 1), ("three", 2)] {
        let laid = folder.path().join(name);
        big_house::lay(&seed, &laid, (100, dice)).await.unwrap();
        roots.push(last(&laid, &["ledger", "root"]));
    }
    assert_eq!(roots[0], roots[1]);
    assert_ne!(roots[0], roots[2]);
}
