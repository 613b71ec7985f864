//! The log under the eyes of others: witnesses on line and off line, and what a house does that
//! knows less than its witness.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

#[path = "inspected/attacks.rs"]
mod attacks;
#[path = "inspected/forger.rs"]
mod forger;
#[path = "inspected/house.rs"]
mod house;

use house::{House, Witness, fine, motcua, said};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// The witnesses' clock, after every play.
const NOW: &str = "2018-12-01T08:00";

fn small(folder: &TempDir) -> House {
    House::played(&folder.path().join("house"), "2018-09-30", "12", "3")
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn a_head_is_cosigned_on_line_and_the_export_carries_it() {
    let folder = TempDir::new().unwrap();
    let house = small(&folder);
    let witness = Witness::of(&house, "thanhtra.example/w1", NOW);
    house.follow(&witness.policy(&house));
    let out = folder.path().join("export");
    house.export(&out);
    let checkpoint = text(&out.join("checkpoint"));
    assert_eq!(checkpoint.matches("— thanhtra.example/w1 ").count(), 1, "{checkpoint}");
    assert_eq!(text(&out.join("witnessed.jsonl")).lines().count(), 1);
    // Nothing new, nothing asked; the same cosignature again.
    let again = folder.path().join("again");
    house.export(&again);
    assert_eq!(text(&again.join("checkpoint")), checkpoint);
    assert_eq!(witness.evidence(), 0);
}

#[test]
fn a_head_is_carried_to_a_witness_and_back() {
    let folder = TempDir::new().unwrap();
    let house = small(&folder);
    let witness = Witness::off_line(&house, "hdnd.example/w2");
    let key = &witness.key;
    house.follow(&format!("witness people {key}\nquorum people\n"));
    let request = fine(house.run(&["ledger", "offer", "people"]));
    assert!(request.starts_with("old 0\n\n"), "{request}");
    let line = fine(witness.cosign(&request, NOW));
    let answer = folder.path().join("answer");
    std::fs::write(&answer, &line).unwrap();
    let size = request.lines().nth(3).unwrap();
    let words = ["ledger", "cosigned", answer.to_str().unwrap(), "--size", size];
    assert!(fine(house.run(&words)).contains("hdnd.example/w2 has seen"));
    let out = folder.path().join("export");
    house.export(&out);
    assert!(text(&out.join("checkpoint")).contains("— hdnd.example/w2 "));
    // The next request builds on what the witness saw.
    assert!(fine(house.run(&["ledger", "offer", "people"])).starts_with(&format!("old {size}\n")));
    let refused = witness.cosign(&request, NOW);
    assert!(!refused.status.success());
    assert!(said(&refused).contains("NOT cosigned"), "{}", said(&refused));
}

#[test]
fn a_house_that_knows_less_than_its_witness_signs_nothing() {
    let folder = TempDir::new().unwrap();
    let house = small(&folder);
    let longer = House::played(&folder.path().join("longer"), "2018-09-30", "24", "3");
    let secrets = "installation.toml";
    std::fs::copy(house.folder.join(secrets), longer.folder.join(secrets)).unwrap();
    let witness = Witness::of(&longer, "thanhtra.example/w1", NOW);
    longer.follow(&witness.policy(&longer));
    longer.export(&folder.path().join("export"));
    house.follow(&witness.policy(&house));
    for words in [
        &["ledger", "export", folder.path().join("other").to_str().unwrap()][..],
        &["serve", "--listen", "127.0.0.1:0"],
    ] {
        let refused = house.run(words);
        assert!(!refused.status.success());
        let words = said(&refused);
        assert!(words.contains("entries are missing") && words.contains("import-tail"), "{words}");
    }
}

/// The demo with the inspection of the article, its export, and its reports in all forms.
struct Inspected {
    folder: TempDir,
    export: PathBuf,
    policy: PathBuf,
    reports: Vec<PathBuf>,
}

const FORMS: [&str; 6] = ["06a", "07a", "ii07", "tt01", "qd766", "catalogue"];

impl Inspected {
    fn new() -> Inspected {
        let folder = TempDir::new().unwrap();
        let house = House::demo(&folder.path().join("house"));
        let witness = Witness::of(&house, "thanhtra.example/w1", "2026-11-10T08:00");
        house.follow(&witness.policy(&house));
        let policy = folder.path().join("policy");
        std::fs::copy(house.folder.join("witnesses.policy"), &policy).unwrap();
        let export = folder.path().join("export");
        house.export(&export);
        let report = |form: &&str| {
            let period = ["--from", "2018-01-01", "--to", "2018-11-16"];
            let path = folder.path().join(format!("{form}.json"));
            let report = fine(house.run(&[&["report", form], &period[..]].concat()));
            std::fs::write(&path, report).unwrap();
            path
        };
        let reports = FORMS.iter().map(report).collect();
        Inspected { folder, export, policy, reports }
    }

    fn asked<'a>(&'a self, first: &[&'a str]) -> Vec<&'a str> {
        let mut words = first.to_vec();
        words.extend([self.export.to_str().unwrap(), "--policy", self.policy.to_str().unwrap()]);
        for report in &self.reports {
            words.extend(["--report", report.to_str().unwrap()]);
        }
        words
    }

    fn verify(&self) -> Output {
        motcua(&[&self.asked(&["inspect", "verify"])[..], &["--format", "json"]].concat())
    }

    fn python(&self) -> Output {
        script("verify_ledger.py", &self.asked(&[]))
    }
}

fn script(name: &str, words: &[&str]) -> Output {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts").join(name);
    Command::new(program).args(words).output().unwrap()
}

fn finding<'a>(told: &'a Value, check: &str) -> &'a Value {
    let mut all = told["findings"].as_array().unwrap().iter();
    all.find(|finding| finding["check"] == check).unwrap_or_else(|| panic!("{check}: {told:#}"))
}

/// The inspector recomputes every figure of every form; programs in two other languages agree.
#[test]
fn an_inspector_recomputes_more_than_forty_kinds_of_figures() {
    let inspected = Inspected::new();
    let told: Value = serde_json::from_str(&fine(inspected.verify())).unwrap();
    assert_eq!(told["verdict"], "fine", "{told:#}");
    assert!(finding(&told, "kinds")["data"]["count"].as_u64().unwrap() >= 100);
    assert!(finding(&told, "figures")["data"]["months"].as_array().unwrap().len() >= 6);
    let root = finding(&told, "log")["data"]["root"].as_str().unwrap().to_owned();
    let python = fine(inspected.python());
    assert!(python.contains(&root) && !python.contains("WRONG"), "{python}");
    let kept = inspected.export.join("checkpoint");
    let words = [inspected.export.to_str().unwrap(), kept.to_str().unwrap()];
    let go = fine(script("verify-with-go.sh", &words));
    assert!(go.contains(&format!("root {root}, 1 kept heads continued")), "{go}");
}

/// `docs/facts-export.md` knows every kind of fact that leaves the house.
#[test]
fn every_kind_in_an_export_is_described() {
    let folder = TempDir::new().unwrap();
    let house = House::demo(&folder.path().join("house"));
    let export = folder.path().join("export");
    house.export(&export);
    let described = include_str!("../../../docs/facts-export.md");
    let mut kinds = BTreeSet::new();
    // The first line says what the file is.
    for line in text(&export.join("facts.jsonl")).lines().skip(1) {
        let fact: Value = serde_json::from_str(line).unwrap();
        kinds.insert(fact["kind"].as_str().unwrap().to_owned());
    }
    assert!(kinds.len() > 20, "{kinds:?}");
    let (inspections, others): (Vec<_>, Vec<_>) =
        kinds.iter().partition(|kind| kind.starts_with("inspection_"));
    assert!(inspections.len() > 8 && described.contains("| `inspection_…` |"), "{inspections:?}");
    for kind in others {
        assert!(described.contains(&format!("`{kind}`")), "{kind} is not described");
    }
}

/// A number typed by hand is named, with the dossiers that are counted; a changed byte is found by
/// all three.
#[test]
fn a_typed_figure_and_a_changed_byte_are_found_by_each_verifier() {
    let inspected = Inspected::new();
    let path = &inspected.reports[0];
    let honest = text(path);
    let mut report: Value = serde_json::from_str(&honest).unwrap();
    let last = report["rows"].as_array().unwrap().len() - 1;
    let late = report["rows"][last]["late"].as_u64().unwrap();
    assert!(late > 0);
    report["rows"][last]["late"] = 0.into();
    std::fs::write(path, report.to_string()).unwrap();
    let told = inspected.verify();
    assert!(!told.status.success());
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    let difference = &finding(&told, "figure")["data"];
    assert_eq!((&difference["claimed"], &difference["computed"]), (&0.into(), &late.into()));
    assert_eq!(difference["dossiers"].as_array().unwrap().len() as u64, late);
    assert!(said(&inspected.python()).contains("WRONG  reports"));
    std::fs::write(path, honest).unwrap();

    let bundle = inspected.export.join("tile/entries/000");
    let mut bytes = std::fs::read(&bundle).unwrap();
    let at = bytes.windows(4).position(|four| four == b"rece").unwrap();
    bytes[at] = b'R';
    std::fs::write(&bundle, bytes).unwrap();
    assert!(!inspected.verify().status.success());
    assert!(said(&inspected.python()).contains("WRONG  log"));
    let go = script("verify-with-go.sh", &[inspected.export.to_str().unwrap()]);
    assert!(said(&go).contains("WRONG: entry "), "{}", said(&go));
    assert!(inspected.folder.path().exists());
}

/// A house with its mirror, and the same house restored from an older backup.
struct Restored {
    folder: TempDir,
    house: House,
    old: House,
    mirror: PathBuf,
    witness: Witness,
}

impl Restored {
    async fn new() -> Restored {
        let folder = TempDir::new().unwrap();
        let house = small(&folder);
        let mirror = folder.path().join("mirror");
        fine(house.run(&["ledger", "mirror", mirror.to_str().unwrap()]));
        let witness = Witness::of(&house, "thanhtra.example/w1", NOW);
        let open = forger::store(&house).await;
        let facts = forger::facts(&house).await;
        std::fs::write(house.folder.join("witnesses.policy"), witness.policy(&house)).unwrap();
        let half = facts[..facts.len() / 2].to_vec();
        let books = forger::Books::AsTheyAre;
        let old = forger::forged(&house, &folder.path().join("old"), half, books).await;
        drop(open);
        house.export(&folder.path().join("export"));
        old.follow(&witness.policy(&old));
        let nowhere = folder.path().join("nowhere");
        let refused = old.run(&["ledger", "export", nowhere.to_str().unwrap()]);
        assert!(said(&refused).contains("entries are missing"), "{}", said(&refused));
        let refused = old.run(&["serve", "--listen", "127.0.0.1:0"]);
        assert!(said(&refused).contains("entries are missing"), "{}", said(&refused));
        Restored { folder, house, old, mirror, witness }
    }
}

#[tokio::test]
async fn after_a_restore_the_tail_comes_back_from_the_mirror() {
    let restored = Restored::new().await;
    let Restored { folder, house, old, mirror, .. } = &restored;
    let back = fine(old.run(&["ledger", "import-tail", mirror.to_str().unwrap()]));
    assert!(back.contains("entries brought back"), "{back}");
    assert_eq!(fine(old.run(&["ledger", "root"])), fine(house.run(&["ledger", "root"])));
    fine(old.run(&["ledger", "audit"]));
    old.export(&folder.path().join("again"));
    // A mirror with another content is refused.
    let text = text(mirror);
    let line = text.lines().nth(1).unwrap();
    assert!(line.contains("\\\"at\\\""), "{line}");
    let other = text.replacen("\\\"at\\\"", "\\\"an\\\"", 1);
    std::fs::write(mirror, other).unwrap();
    let fresh = House { folder: folder.path().join("fresh") };
    std::fs::create_dir(&fresh.folder).unwrap();
    let secrets = "installation.toml";
    std::fs::copy(house.folder.join(secrets), fresh.folder.join(secrets)).unwrap();
    let refused = fresh.run(&["ledger", "import-tail", mirror.to_str().unwrap()]);
    assert!(said(&refused).contains("committed to"), "{}", said(&refused));
}

#[tokio::test]
async fn without_a_mirror_the_break_is_declared_for_good() {
    let restored = Restored::new().await;
    let Restored { folder, old, witness, .. } = &restored;
    let head = folder.path().join("export/checkpoint");
    let told = fine(old.run(&["ledger", "declare-break", head.to_str().unwrap()]));
    assert!(told.contains("are lost") && old.key().contains("/log.2+"), "{told}");
    let data = witness.folder.path().to_str().unwrap();
    fine(motcua(&["witness", "--data", data, "trust", &old.key()]));
    old.follow(&witness.policy(old));
    let out = folder.path().join("out");
    old.export(&out);
    assert!(text(&out.join("checkpoint")).contains("— thanhtra.example/w1 "));
    let policy = old.folder.join("witnesses.policy");
    let words = ["inspect", "verify", out.to_str().unwrap(), "--policy", policy.to_str().unwrap()];
    let verified = motcua(&[&words[..], &["--format", "json"]].concat());
    assert_eq!(verified.status.code(), Some(2), "{}", said(&verified));
    let told: Value = serde_json::from_slice(&verified.stdout).unwrap();
    let told = finding(&told, "break");
    assert!(told["data"]["size"].as_u64().unwrap() > 0 && told["grade"] == "flag");
    fine(script("verify_ledger.py", &[out.to_str().unwrap()]));
    fine(old.run(&["ledger", "audit"]));
    fine(old.run(&["report", "06a", "--from", "2018-01-01", "--to", "2018-09-30"]));
}
