//! Every shape of a fact ever written has a file here that must still load and say the same.

use crate::world::*;
use domain::inspection::command::*;
use domain::inspection::{Command, Event, Fact, Inspection, is_inspection};
use jiff::civil::date;
use std::path::Path;

fn facts() -> Vec<Fact> {
    let mut scene = Scene::concluded();
    let escalation = Escalate { recommendation: 1, to: "UBND".into(), reason: "Quá hạn".into() };
    let more = Extend { recommendation: 1, due_on: date(2018, 12, 20), reason: "Bão".into() };
    scene.must(&lead(), Command::Extend(more));
    let follow = FollowUp {
        recommendation: 1,
        text: "Đã làm".into(),
        proof: "BC số 9".into(),
        ..FollowUp::default()
    };
    scene.must(&head("SXD"), Command::FollowUp(follow));
    let verify =
        Verify { recommendation: 1, judgement: Judgement::NotDone, note: "Thiếu".into() };
    scene.must(&lead(), Command::Verify(verify));
    scene.now = domain::time::instant(date(2019, 1, 2).at(8, 0, 0, 0));
    scene.must(&lead(), Command::Escalate(escalation));
    scene.facts
}

#[test]
fn golden_facts_still_load() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/inspection");
    let facts = facts();
    for kind in Event::KINDS {
        let fact = facts.iter().find(|fact| fact.event.kind() == *kind);
        let fact = fact.unwrap_or_else(|| panic!("no life has {kind}"));
        let path = folder.join(format!("{kind}.json"));
        if std::env::var_os("MOTCUA_WRITE_GOLDEN").is_some() && !path.exists() {
            let text = serde_json::to_string_pretty(fact).unwrap();
            std::fs::write(&path, text + "\n").unwrap();
        }
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|_| panic!("no golden file {}: a new fact needs one", path.display()));
        let loaded: Fact = serde_json::from_str(&text).unwrap();
        assert_eq!(&loaded, fact, "{kind}: what was written must stay what it says");
        assert!(is_inspection(kind));
    }
    let files = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(files, Event::KINDS.len(), "no golden file without its fact");
}

/// A report from before claims had reasons and forms listed dossiers.
#[test]
fn an_older_report_still_loads() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/inspection-older");
    let text = std::fs::read_to_string(folder.join("inspection_reported.json")).unwrap();
    let loaded: Fact = serde_json::from_str(&text).unwrap();
    let domain::inspection::Event::Reported(report) = &loaded.event else { panic!("a report") };
    assert_eq!((report.claims.len(), report.listed.len(), report.files.len()), (3, 0, 0));
    assert!(report.claims.iter().all(|claim| claim.reason.is_empty()));
    assert_eq!(serde_json::to_string_pretty(&loaded).unwrap() + "\n", text, "written the same");
}

/// The same kinds where they name files, which older facts do not know.
#[test]
fn golden_facts_with_files_still_load() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/inspection-files");
    let facts = Scene::with_files().facts;
    for kind in ["reported", "found", "answered", "followed_up"] {
        let kind = format!("inspection_{kind}");
        let fact = facts.iter().rfind(|fact| fact.event.kind() == kind).unwrap();
        let path = folder.join(format!("{kind}.json"));
        if std::env::var_os("MOTCUA_WRITE_GOLDEN").is_some() && !path.exists() {
            let text = serde_json::to_string_pretty(fact).unwrap();
            std::fs::write(&path, text + "\n").unwrap();
        }
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("\"hash\""), "{kind} names a file");
        let loaded: Fact = serde_json::from_str(&text).unwrap();
        assert_eq!(&loaded, fact, "{kind}: what was written must stay what it says");
    }
}

#[test]
fn a_life_survives_being_written_down() {
    let facts = facts();
    let written: Vec<String> = facts.iter().map(|f| serde_json::to_string(f).unwrap()).collect();
    let read: Vec<Fact> = written.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
    assert_eq!(Inspection::replay(&read), Inspection::replay(&facts));
    assert_eq!(read, facts);
}
