//! The demo's inspection of 16/11/2018: its stream lies in the log beside the dossiers', and every
//! reader of dossiers leaves it out; its sample is drawn again by two programs.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use storage::testing::dump;
use storage::{Store, tables};
use tempfile::TempDir;

fn motcua(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
    command.env_clear().env("MOTCUA_DATA", data);
    command
}

/// Lets the demo make itself; killed when it is there.
fn demo(data: &Path) {
    let mut command = motcua(data);
    command.args(["demo", "--listen", "127.0.0.1:0", "--now", "2026-11-09T09:00"]);
    let mut running = command.stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(running.stdout.take().unwrap()).lines();
    let there = lines.map_while(Result::ok).any(|line| line.starts_with("listening on"));
    running.kill().unwrap();
    running.wait().unwrap();
    assert!(there, "the demo did not begin to listen");
}

#[track_caller]
fn told(output: Output) -> String {
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{err}{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stdout).unwrap()
}

/// The twenty lines of docs/inspection-sample.md, as an outsider copies them.
fn published() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/inspection-sample.md");
    let text = std::fs::read_to_string(path).unwrap();
    text.split("```python\n").nth(1).unwrap().split("```").next().unwrap().to_owned()
}

#[tokio::test]
async fn an_inspection_lies_beside_the_dossiers_and_disturbs_nobody() {
    let folder = TempDir::new().unwrap();
    let data = folder.path();
    demo(data);
    let run = |words: &[&str]| told(motcua(data).args(words).output().unwrap());

    // Every reader of the whole log: audit, rebuild, figures, export, signs.
    run(&["ledger", "audit"]);
    let store = Store::open(&format!("sqlite:{}", data.join("motcua.db").display())).await.unwrap();
    let before = dump(&store, &tables::INSPECTION).await;
    assert_eq!(before.len(), 1);
    let rebuilt = run(&["rebuild"]);
    assert!(rebuilt.ends_with(" 0 differences before\n"), "{rebuilt}");
    assert_eq!(dump(&store, &tables::INSPECTION).await, before, "rebuilt is live");
    let period = ["--from", "2018-06-21", "--to", "2018-11-16"];
    let report = run(&[&["report", "06a"], period.as_slice()].concat());
    let file = data.join("facts.jsonl");
    let facts = run(&["export", "facts", file.to_str().unwrap()]);
    assert!(facts.contains("root"), "{facts}");
    let exported = std::fs::read_to_string(&file).unwrap();
    assert!(exported.contains("inspection_reported"), "its entry is there, so the root follows");
    assert!(!exported.contains("Báo Hà Giang"), "and nothing of what was written");
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/recount.py");
    let again = Command::new("python3").arg(program).arg(&file).arg("06a").args(period).output();
    let again: serde_json::Value = serde_json::from_str(&told(again.unwrap())).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(again["ledger"], report["ledger"]);

    // The sample, by us and by twenty lines of Python.
    let list = data.join("list.txt");
    let words = ["inspect", "sample", "KT-2018-01", "--population", list.to_str().unwrap()];
    let ours = run(&words);
    assert!(ours.ends_with("the sample is the recorded one\n"), "{ours}");
    let mut python = Command::new("python3");
    let python = python.current_dir(data).arg("-c").arg(published()).arg("10").output().unwrap();
    let theirs = told(python);
    let codes = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.starts_with("000.")).map(str::to_owned).collect()
    };
    assert_eq!(codes(&ours).len(), 10, "{ours}");
    assert_eq!(codes(&ours), codes(&theirs), "{theirs}");
}
