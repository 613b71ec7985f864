//! Four ways to the same figures, on both databases: the library, the read model's SQL, a count of
//! the exported lines, and a program in another language that knows nothing but the file.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use storage::Store;
use storage::testing::each_address;
use tempfile::TempDir;

const FIRST: &str = "2018-01-01";
const LAST: &str = "2018-09-30";
const PLAY: [&str; 9] =
    ["simulate", "--from", FIRST, "--to", LAST, "--dossiers", "150", "--seed", "11"];

/// An installation whose play is over.
struct House {
    folder: TempDir,
    address: String,
}

impl House {
    fn played(address: &str) -> House {
        let house = House { folder: TempDir::new().unwrap(), address: address.to_owned() };
        house.run(&PLAY);
        house
    }

    /// What a run that must succeed says.
    #[track_caller]
    fn run(&self, words: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
        command.args(words).arg("--data").arg(self.folder.path()).env_clear();
        told(command.arg("--database").arg(&self.address).output().unwrap())
    }

    #[track_caller]
    fn report(&self, form: &str, asked: &[&str]) -> Value {
        serde_json::from_str(&self.run(&[&["report", form], asked].concat())).unwrap()
    }
}

#[track_caller]
fn told(output: Output) -> String {
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{err}");
    String::from_utf8(output.stdout).unwrap()
}

/// The program of an outsider.
fn recount(file: &Path, form: &str, asked: &[&str]) -> Output {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/recount.py");
    Command::new("python3").arg(program).arg(file).arg(form).args(asked).output().unwrap()
}

/// The rows of a report that a recount knows must be the recount's, cell by cell.
#[track_caller]
fn same(report: &Value, recounted: &Value) {
    assert_eq!(report["ledger"], recounted["ledger"]);
    let (rows, again) = (report["rows"].as_array().unwrap(), recounted["rows"].as_array().unwrap());
    assert_eq!(rows.len(), again.len(), "{report:#} {recounted:#}");
    for (row, again) in rows.iter().zip(again) {
        for (key, value) in again.as_object().unwrap() {
            assert_eq!(row[key], *value, "{key} of {row} and {again}");
        }
    }
}

fn number(row: &Value, key: &str) -> u64 {
    row[key].as_u64().unwrap_or_else(|| panic!("{key} of {row}"))
}

fn total(report: &Value) -> &Value {
    report["rows"].as_array().unwrap().last().unwrap()
}

/// A count of the read model, which knows the present only.
async fn rows(store: &Store, holds: &str) -> u64 {
    let sql = format!("SELECT COUNT(*) AS n FROM dossier WHERE {holds}");
    let rows = store.query(Box::leak(sql.into_boxed_str()), Vec::new()).await.unwrap();
    rows[0].get("n").unwrap()
}

async fn names(store: &Store) -> Vec<String> {
    let rows = store.query("SELECT applicant_name AS name FROM dossier", Vec::new()).await.unwrap();
    rows.iter().map(|row| row.get("name").unwrap()).collect()
}

#[tokio::test]
async fn four_ways_to_the_same_figures() {
    each_address(async |address: &str| {
        let house = House::played(address);
        let file = house.folder.path().join("facts.jsonl");
        house.run(&["export", "facts", file.to_str().unwrap()]);
        let whole = ["--from", FIRST, "--to", LAST];
        let month = ["--from", "2018-08-15", "--to", "2018-09-14"];
        let past = [&month[..], &["--as-of", "2018-09-03T10:30:00"]].concat();
        let agency = [&whole[..], &["--agency", "U18.SXD"]].concat();
        for asked in [&whole[..], &month[..], &past[..], &agency[..]] {
            for form in ["06a", "07a"] {
                let again = told(recount(&file, form, asked));
                same(&house.report(form, asked), &serde_json::from_str(&again).unwrap());
            }
        }
        let within = house.report("06a", &month);
        assert!(
            number(total(&within), "carried_over") > 0 && number(total(&within), "running") > 0
        );
        let (six, seven) = (house.report("06a", &whole), house.report("07a", &whole));
        let store = Store::open(address).await.unwrap();
        by_sql(&store, total(&six), total(&seven)).await;
        by_lines(&std::fs::read_to_string(&file).unwrap(), total(&six), total(&seven));
        let text = std::fs::read_to_string(&file).unwrap();
        documented(&text);
        for name in names(&store).await {
            assert!(!text.contains(&name), "{name} left the house");
        }
    })
    .await;
}

/// Over the whole play the read model knows how each dossier stands at the end.
async fn by_sql(store: &Store, six: &Value, seven: &Value) {
    let received = "received_at IS NOT NULL";
    let running = "received_at IS NOT NULL AND finished_at IS NULL \
        AND stage <> 'awaiting_supplement'";
    let online = "received_at IS NOT NULL AND channel = 'online'";
    assert_eq!(number(six, "total"), rows(store, received).await);
    assert_eq!(number(six, "online"), rows(store, online).await);
    assert_eq!(number(six, "running"), rows(store, running).await);
    let waiting = number(seven, "waiting_in_time") + number(seven, "waiting_late");
    let unreceived = "received_at IS NULL AND open = 1";
    assert_eq!(waiting, rows(store, unreceived).await);
    assert_eq!(number(seven, "not_accepted"), rows(store, "stage = 'not_accepted'").await);
    let withdrawn = "stage = 'withdrawn' AND received_at IS NOT NULL";
    assert_eq!(number(seven, "withdrawn"), rows(store, withdrawn).await);
    assert!(number(six, "total") > 100 && number(six, "late") > 0 && number(six, "early") > 0);
}

/// Every field that leaves the house is described.
fn documented(text: &str) {
    let documented = include_str!("../../../docs/facts-export.md");
    let known = |key: &String| documented.contains(&format!("`{key}`"));
    let mut unknown = std::collections::BTreeSet::new();
    for line in text.lines() {
        let fact: Value = serde_json::from_str(line).unwrap();
        let fact = fact.as_object().unwrap();
        unknown.extend(fact.keys().filter(|key| !known(key)).cloned());
        let tasks = fact.get("opens").and_then(Value::as_array);
        for task in tasks.into_iter().flatten() {
            unknown.extend(task.as_object().unwrap().keys().filter(|key| !known(key)).cloned());
        }
        if let Some(entry) = fact.get("entry").and_then(Value::as_str) {
            let entry: Value = serde_json::from_str(entry).unwrap();
            unknown.extend(entry.as_object().unwrap().keys().filter(|key| !known(key)).cloned());
        }
    }
    assert!(unknown.is_empty(), "docs/facts-export.md does not describe {unknown:?}");
}

/// Over the whole play every first reception is one dossier handled.
fn by_lines(text: &str, six: &Value, seven: &Value) {
    let facts: Vec<Value> =
        text.lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect();
    let count = |kind: &str| facts.iter().filter(|fact| fact["kind"] == kind).count() as u64;
    let first = facts.iter().filter(|fact| fact["kind"] == "received" && fact["cycle"] == 1);
    assert_eq!(number(six, "total"), first.count() as u64);
    assert_eq!(number(seven, "not_accepted"), count("not_accepted"));
    assert_eq!(number(six, "carried_over"), 0);
    let paid: std::collections::BTreeSet<_> = facts
        .iter()
        .filter(|fact| fact["kind"] == "payment_confirmed")
        .map(|fact| fact["dossier"].as_str())
        .collect();
    assert_eq!(number(seven, "paid"), paid.len() as u64);
}

/// A due date made kinder in the file alone is found by the outsider's program.
#[tokio::test]
async fn a_kinder_due_date_in_the_file_is_found() {
    let folder = TempDir::new().unwrap();
    let address = format!("sqlite:{}", folder.path().join("motcua.db").display());
    let house = House::played(&address);
    let file = folder.path().join("facts.jsonl");
    house.run(&["export", "facts", file.to_str().unwrap()]);
    let text = std::fs::read_to_string(&file).unwrap();
    let asked = ["--from", FIRST, "--to", LAST];
    let line = text.lines().find(|line| line.contains("\"kind\":\"received\"")).unwrap();
    let mut fact: Value = serde_json::from_str(line).unwrap();
    let due = fact["due"].as_i64().unwrap();
    fact["due"] = (due + 86_400_000).into();
    std::fs::write(&file, text.replace(line, &fact.to_string())).unwrap();
    let found = recount(&file, "06a", &asked);
    assert!(String::from_utf8_lossy(&found.stderr).contains("not the one in its entry"));
    fact["entry"] = fact["entry"]
        .as_str()
        .unwrap()
        .replace(&due.to_string(), &(due + 86_400_000).to_string())
        .into();
    std::fs::write(&file, text.replace(line, &fact.to_string())).unwrap();
    let found = recount(&file, "06a", &asked);
    assert!(String::from_utf8_lossy(&found.stderr).contains("do not give the root"));
}

impl House {
    /// A report into a file.
    #[track_caller]
    fn written(&self, form: &str, asked: &[&str], format: &str) -> PathBuf {
        let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
        command.args(["report", form, "--format", format]).args(asked).arg("--data");
        command.arg(self.folder.path()).arg("--database").arg(&self.address).env_clear();
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let file = self.folder.path().join(format!("{form}.{format}"));
        std::fs::write(&file, output.stdout).unwrap();
        file
    }

    /// Both workbooks, read by a program that knows nothing of ours.
    fn workbooks(&self, form: &str, asked: &[&str], json: &Value) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/read-workbook.py");
        for format in ["xlsx", "ods"] {
            let file = self.written(form, asked, format);
            let read = Command::new("python3").arg(&script).arg(&file).output().unwrap();
            let lines: Vec<Vec<Value>> = serde_json::from_str(&told(read)).unwrap();
            let rows = json["rows"].as_array().unwrap();
            for (line, row) in lines[2..].iter().zip(rows) {
                let columns = json["columns"].as_array().unwrap();
                for (cell, column) in line.iter().zip(columns) {
                    let value = &row[column["key"].as_str().unwrap()];
                    assert_eq!(shown(cell), shown(value), "{form} {format}: {line:?}");
                }
            }
            let footer = serde_json::to_string(&lines[2 + rows.len()..]).unwrap();
            assert!(footer.contains(json["ledger"]["root"].as_str().unwrap()), "{footer}");
        }
    }

    /// The paper, checked by qpdf and read by poppler.
    fn paper(&self, form: &str, asked: &[&str], json: &Value) {
        let file = self.written(form, asked, "pdf");
        told(Command::new("qpdf").arg("--check").arg(&file).output().unwrap());
        let about = told(Command::new("pdfinfo").arg(&file).output().unwrap());
        assert!(about.contains("Tagged:          yes"), "{about}");
        assert!(about.contains("841.89 x 595.276") || about.contains("(A4)"), "{about}");
        let text = told(Command::new("pdftotext").arg(&file).arg("-").output().unwrap());
        let text: String = text.split_whitespace().collect();
        assert!(text.contains(json["ledger"]["root"].as_str().unwrap()), "{form}: {text}");
    }
}

/// A cell as text: what is not recorded, and what is nothing, in one way.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if text == "not_recorded" => "chưa ghi nhận".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The counters, a recount and the facts say the same on both databases, also after more happened.
#[tokio::test]
async fn the_counters_are_checked() {
    each_address(async |address: &str| {
        let house = House::played(address);
        let told = house.run(&["report", "check"]);
        assert!(told.contains("say the same"), "{told}");
        assert!(told.contains("ended dossiers counted again"), "{told}");
    })
    .await;
}

/// Every form in both ways out; what is not recorded is said, and a page for spreadsheets begins
/// with its mark.
#[tokio::test]
async fn every_form_has_two_ways_out() {
    let folder = TempDir::new().unwrap();
    let address = format!("sqlite:{}", folder.path().join("motcua.db").display());
    let house = House::played(&address);
    let asked = ["--from", FIRST, "--to", LAST];
    for form in ["06a", "07a", "ii07", "tt01", "qd766", "catalogue", "register"] {
        let json = house.report(form, &asked);
        let rows = json["rows"].as_array().unwrap();
        assert!(!rows.is_empty(), "{form}");
        let csv = house.run(&[&["report", form, "--format", "csv"], &asked[..]].concat());
        assert!(csv.starts_with('\u{feff}'));
        assert_eq!(csv.matches("\r\n").count(), 1 + rows.len() + 6, "{form}: {csv}");
        assert!(csv.contains(json["ledger"]["root"].as_str().unwrap()));
        house.workbooks(form, &asked, &json);
        house.paper(form, &asked, &json);
    }
    let index = house.report("qd766", &asked);
    let satisfaction = index["rows"].as_array().unwrap().iter().find(|row| row["id"] == "5.4");
    assert_eq!(satisfaction.unwrap()["percent"], "not_recorded");
    let officials = house.report("tt01", &asked);
    let rows = officials["rows"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["kind"] == "official"));
    assert!(rows.iter().all(|row| row["grade"] == "not_recorded"), "a sum with a hole");
    let causes = house.report("ii07", &asked);
    let six = house.report("06a", &asked);
    let late = number(total(&six), "late") + number(total(&six), "running_late");
    assert_eq!(number(total(&causes), "late"), late);
}
