//! A dossier as one archive: judged by other people's tools, the same bytes for the same facts.

use crate::filing::{NUMBER, filed, mandatory};
use crate::results::issued;
use crate::scene::{NAME, Scene, each_scene};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Unpacks with Python, which is not ours, and checks every sum with coreutils.
fn unpacked(bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("bundle.zip");
    std::fs::write(&archive, bytes).unwrap();
    let script = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); \
        assert z.testzip() is None; z.extractall(sys.argv[2])";
    let out = folder.path().join("out");
    ran(Command::new("python3").args(["-c", script]).arg(&archive).arg(&out));
    ran(Command::new("sha256sum").args(["--strict", "-c", "SHA256SUMS"]).current_dir(&out));
    folder
}

fn ran(command: &mut Command) {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{command:?}: {said}");
}

fn read(folder: &tempfile::TempDir, path: &str) -> String {
    std::fs::read_to_string(folder.path().join("out").join(path)).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Every file that lies in the archive.
fn lies(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut ahead = vec![folder.to_path_buf()];
    while let Some(here) = ahead.pop() {
        for entry in std::fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                ahead.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name);
            }
        }
    }
    found
}

/// The same over a wire that compresses, as browsers ask for it.
async fn taken_compressed(scene: &Scene, id: &str) -> Vec<u8> {
    let head = scene.at("head").await;
    let request = head.request("GET", &format!("/ho-so/{id}/tron-bo"));
    let request = request.header("accept-encoding", "gzip").body(axum::body::Body::empty());
    let page = head.send(request.unwrap()).await;
    assert_eq!(page.head["content-encoding"], "gzip");
    let folder = tempfile::tempdir().unwrap();
    let [packed, plain] = ["packed", "plain"].map(|name| folder.path().join(name));
    std::fs::write(&packed, &page.bytes).unwrap();
    let script = "import gzip, sys; open(sys.argv[2], 'wb').write(gzip.open(sys.argv[1]).read())";
    ran(Command::new("python3").args(["-c", script]).arg(&packed).arg(&plain));
    std::fs::read(plain).unwrap()
}

async fn taken(scene: &Scene, login: &str, id: &str) -> Vec<u8> {
    let side = if login == "citizen" { "/ho-so-cua-toi" } else { "/ho-so" };
    let page = scene.at(login).await.get(&format!("{side}/{id}/tron-bo")).await.fine();
    assert_eq!(page.head["content-type"], "application/zip");
    let kept = page.head["content-disposition"].to_str().unwrap();
    assert!(kept.starts_with("attachment; filename=\"H60.30-261109-0001.zip\""), "{kept}");
    page.bytes
}

/// Entry, leaf and commitment of each fact fit each other; every fact stands there once.
fn facts_hold(lines: &str, facts: usize) -> Vec<Value> {
    let lines: Vec<Value> = lines.lines().map(json).collect();
    let seqs: Vec<u64> = lines.iter().map(|line| line["seq"].as_u64().unwrap()).collect();
    assert_eq!(seqs, (1..=facts as u64).collect::<Vec<u64>>(), "every fact once");
    for line in &lines {
        let entry = line["entry"].as_str().unwrap();
        let leaf = Sha256::new().chain_update([0]).chain_update(entry).finalize();
        assert_eq!(line["leaf"], hex::encode(leaf), "{entry}");
        if let (Some(salt), Some(payload)) = (line["salt"].as_str(), line["payload"].as_str()) {
            let salt = hex::decode(salt).unwrap();
            let commit = Sha256::new().chain_update(salt).chain_update(payload).finalize();
            let named = json(entry)["commit"].as_str().unwrap().to_owned();
            assert_eq!(named, hex::encode(commit), "{entry}");
        }
    }
    lines
}

#[tokio::test]
async fn a_dossier_is_taken_away_whole_and_checked_elsewhere() {
    each_scene(async |scene| {
        let id = filed(scene).await;
        scene.act("counter", &id, "receive", &[]).await;
        issued(scene, &id, "granted").await;
        let [theirs, own] =
            [taken(scene, "officer", &id).await, taken(scene, "citizen", &id).await];
        let folder = unpacked(&theirs);
        let manifest = json(&read(&folder, "manifest.json"));
        let paths: BTreeSet<String> = manifest["files"]
            .as_array()
            .unwrap()
            .iter()
            .map(|file| file["path"].as_str().unwrap().to_owned())
            .collect();
        let mut all = lies(&folder.path().join("out"));
        assert!(all.remove("manifest.json") && all.remove("SHA256SUMS"));
        assert_eq!(paths, all, "the manifest names what lies there");
        assert!(paths.iter().all(|path| path.is_ascii()));
        let papers = paths.iter().filter(|path| path.starts_with("papers/")).count();
        assert_eq!(papers, mandatory().len() - 1, "all but the form filled in on the page");
        for made in ["made/01-giay-tiep-nhan.pdf", "made/02-ket-qua.pdf", "timeline.pdf"] {
            assert!(paths.contains(made), "{paths:?}");
        }
        scene.seen_by("officer", &id).await.shows("Tải trọn bộ hồ sơ");
        let facts = scene.office.store.version_of(&id).await.unwrap() as usize;
        let lines = facts_hold(&read(&folder, "ledger/facts.jsonl"), facts);
        assert!(lines.iter().all(|line| line["payload"].is_string()));
        let key = scene.office.signer().unwrap().verifier_key();
        for line in &lines {
            let seq = line["seq"].as_u64().unwrap();
            let proof = read(&folder, &format!("ledger/proofs/{seq:04}.tlog-proof"));
            let leaf = line["leaf"].as_str().unwrap().parse().unwrap();
            proof.parse::<ledger::LogProof>().unwrap().verify(&key, leaf).unwrap();
        }
        let course = json(&read(&folder, "timeline.json"));
        assert_eq!(course["entries"].as_array().unwrap().len(), facts);

        let folder = unpacked(&own);
        let lines = facts_hold(&read(&folder, "ledger/facts.jsonl"), facts);
        let open = lines.iter().filter(|line| line["payload"].is_string()).count();
        assert_eq!(open, 1, "the applicant's own act, and no note of officials");
        assert!(lines[0]["payload"].as_str().unwrap().contains(NUMBER));
        assert_eq!(json(&read(&folder, "manifest.json"))["for"], "applicant");
        let (_, officer) = crate::scene::official("officer");
        assert!(!read(&folder, "timeline.json").contains(&officer));
    })
    .await;
}

#[tokio::test]
async fn the_same_facts_give_the_same_bytes() {
    each_scene(async |scene| {
        let id = filed(scene).await;
        scene.act("counter", &id, "receive", &[]).await;
        let first = taken(scene, "head", &id).await;
        assert!(first == taken_compressed(scene, &id).await, "whole over a compressed wire");
        let _other = filed(scene).await;
        scene.wait_minutes(20);
        scene.office.checkpoint().await.unwrap();
        let again = taken(scene, "head", &id).await;
        assert!(first == again, "others' facts and a later clock change nothing");
        let restarted = scene.restarted();
        let bundle = restarted.bundle(&domain::dossier::Actor::System, &id).await.unwrap();
        let (to, mut from) = tokio::sync::mpsc::channel(1);
        let send = async { restarted.send_bundle(&bundle, to).await.unwrap() };
        let gather = async {
            let mut all = Vec::new();
            while let Some(piece) = from.recv().await {
                all.extend(piece);
            }
            all
        };
        let ((), elsewhere) = tokio::join!(send, gather);
        assert!(first == elsewhere, "another process makes the same");
    })
    .await;
}

#[tokio::test]
async fn who_may_not_read_may_not_take_away_and_a_taking_is_written_down() {
    each_scene(async |scene| {
        let id = filed(scene).await;
        scene.act("counter", &id, "receive", &[]).await;
        let stranger = scene.at("stranger").await;
        let page = stranger.get(&format!("/ho-so-cua-toi/{id}/tron-bo")).await;
        page.refuses(404, "Không tìm thấy trang").hides(NAME);
        let page = scene.at("elsewhere").await.get(&format!("/ho-so/{id}/tron-bo")).await;
        page.refuses(404, "Không tìm thấy trang");
        taken(scene, "head", &id).await;
        let log = storage::testing::dump(&scene.office.store, &storage::tables::AUDIT).await;
        let (head, _) = crate::scene::official("head");
        let taken: Vec<&String> = log.iter().filter(|row| row.contains("read_bundle")).collect();
        assert_eq!(taken.len(), 1, "{taken:?}");
        assert!(taken[0].contains(&head) && taken[0].contains(&id));
        // A file that is gone breaks the archive off: nobody takes half of it for the whole.
        let kept = scene.kept_files();
        std::fs::remove_dir_all(&kept).unwrap();
        std::fs::create_dir_all(&kept).unwrap();
        let bundle = scene.office.bundle(&domain::dossier::Actor::System, &id).await.unwrap();
        let (to, mut from) = tokio::sync::mpsc::channel(64);
        let sent = scene.office.send_bundle(&bundle, to).await;
        assert!(sent.is_err());
        from.close();
    })
    .await;
}
