//! `motcua documents` as others run it: all samples, judged by their tools and by ours; the same
//! bytes in two time zones; templates that are right and wrong.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn motcua(arguments: &[&str], zone: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_motcua"))
        .arg("documents")
        .args(arguments)
        .env_clear()
        .env("TZ", zone)
        .output()
        .unwrap()
}

/// What is printed; the command must succeed.
fn told(arguments: &[&str]) -> String {
    let output = motcua(arguments, "UTC");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{arguments:?}: {said}{complaint}");
    said
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|f| f.extension().is_some_and(|e| e == "pdf")).collect();
    files.sort();
    files
}

#[test]
fn every_sample_is_clean_for_their_tools_and_ours() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let said = told(&["samples", path]);
    let files = pdfs(folder.path());
    assert!(files.len() > 400, "{said}");
    let index: Vec<Value> =
        serde_json::from_slice(&std::fs::read(folder.path().join("index.json")).unwrap()).unwrap();
    assert_eq!(index.len(), files.len());
    for entry in &index {
        let data = folder.path().join(entry["data"].as_str().unwrap());
        serde_json::from_slice::<Value>(&std::fs::read(data).unwrap()).unwrap();
    }
    for file in &files {
        let checked = Command::new("qpdf").arg("--check").arg(file).output().unwrap();
        assert!(checked.status.success(), "{}: {checked:?}", file.display());
        let fonts = Command::new("pdffonts").arg(file).output().unwrap();
        let fonts = String::from_utf8(fonts.stdout).unwrap();
        for font in fonts.lines().skip(2) {
            let columns: Vec<_> = font.split_whitespace().rev().collect();
            assert_eq!([columns[4], columns[2]], ["yes"; 2], "{}: {font}", file.display());
        }
        assert!(fonts.lines().count() > 2, "{}: no fonts", file.display());
    }
    let names: Vec<_> = files.iter().map(|file| file.to_str().unwrap()).collect();
    told(&[&["check"], names.as_slice()].concat());
}

#[test]
fn two_time_zones_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let zones = ["Asia/Ho_Chi_Minh", "America/New_York"].map(|zone| {
        let there = folder.path().join(zone.replace('/', "-"));
        let arguments = ["samples", there.to_str().unwrap(), "--only", "apology"];
        assert!(motcua(&arguments, zone).status.success(), "{zone}");
        let files = pdfs(&there);
        assert!(files.len() > 20);
        files.iter().map(|file| std::fs::read(file).unwrap()).collect::<Vec<_>>()
    });
    assert!(zones[0] == zones[1]);
}

#[test]
fn templates_go_out_and_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    told(&["templates", "export", path]);
    let refusal = folder.path().join("refusal.typ");
    let text = std::fs::read_to_string(&refusal).unwrap();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap().path();
        if file != refusal {
            std::fs::remove_file(file).unwrap();
        }
    }
    std::fs::write(&refusal, text.replace("NGƯỜI TIẾP NHẬN", "CÁN BỘ")).unwrap();
    assert!(told(&["templates", "check", path]).contains("1 files, 0 cannot be used"));
    std::fs::write(&refusal, text + "\n#nowhere\n").unwrap();
    let output = motcua(&["templates", "check", path], "UTC");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success() && said.contains("refusal.typ:"), "{said}");
}
