//! Every shape of a fact ever written has a file here that must still load and say the same.

use crate::world::*;
use domain::dossier::command::{Refuse, SendBack, Withdraw};
use domain::dossier::event::{Event, Fact, StopGround};
use domain::dossier::{Command, Dossier};
use domain::worktime::{Day, DayKind};
use jiff::civil::date;
use std::collections::BTreeMap;
use std::path::Path;

/// One fact of each kind, from a few short lives.
fn facts_by_kind() -> BTreeMap<&'static str, Fact> {
    let mut whole = Scene::new();
    whole.must(&citizen(), &Command::Submit(submit()));
    whole.must(&counter(), &Command::Receive(Default::default())).must(&head(), &assign());
    whole.must(&officer(), &request()).must(&citizen(), &supplement());
    whole.play_until("awaiting_signature");
    whole.must(&head(), &Command::SendBack(SendBack { reason: "Thiếu căn cứ".into() }));
    whole.play_until("returned");
    let mut refused = Scene::new();
    refused.must(&citizen(), &Command::Submit(submit()));
    let refuse = Refuse {
        reason: "Không thuộc thẩm quyền".into(),
        legal_basis: "Đ53".into(),
        ..Refuse::default()
    };
    refused.must(&counter(), &Command::Refuse(refuse));
    let mut withdrawn = Scene::new();
    withdrawn.must(&citizen(), &Command::Submit(submit()));
    withdrawn.must(&citizen(), &Command::Withdraw(Withdraw { reason: "Đổi ý".into() }));
    let mut kinds = BTreeMap::new();
    let lives = [whole.facts, refused.facts, withdrawn.facts, moved_promise().facts];
    for fact in lives.into_iter().flatten() {
        kinds.entry(fact.event.kind()).or_insert(fact);
    }
    kinds
}

/// A fee that stops the clock, an apology, a closure by storm, a stop.
fn moved_promise() -> Scene {
    let mut scene = Scene::new();
    scene.profile.rules.financial_hold_pauses = true;
    scene.must(&citizen(), &Command::Submit(submit()));
    scene.must(&counter(), &Command::Receive(Default::default())).must(&head(), &assign());
    scene.must(&officer(), &payment()).wait("2026-11-11T08:00").must(&counter(), &paid());
    scene.must(&leader(), &apology(3));
    let storm = Day {
        kind: DayKind::LocalClosure,
        name: "Bão số 14".into(),
        decision: Some("12/QĐ-UBND".into()),
        status: "law".into(),
    };
    scene.calendar.days.insert(date(2026, 11, 20), storm);
    scene.must(&leader(), &correction()).must(&leader(), &stop(StopGround::SpecialLaw));
    scene
}

#[test]
fn golden_facts_still_load() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let kinds = facts_by_kind();
    assert_eq!(kinds.len(), 19, "one fact of each kind");
    for (kind, fact) in &kinds {
        let path = folder.join(format!("{kind}.json"));
        if std::env::var_os("MOTCUA_WRITE_GOLDEN").is_some() && !path.exists() {
            let text = serde_json::to_string_pretty(fact).unwrap();
            std::fs::write(&path, text + "\n").unwrap();
        }
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|_| panic!("no golden file {}: a new fact needs one", path.display()));
        let loaded: Fact = serde_json::from_str(&text).unwrap();
        assert_eq!(&loaded, fact, "{kind}: what was written must stay what it says");
    }
    let files = std::fs::read_dir(&folder).unwrap();
    let files = files.filter(|file| file.as_ref().unwrap().path().is_file()).count();
    assert_eq!(files, kinds.len(), "no golden file without its fact");
}

/// Facts of papers with electronic signatures name their file.
#[test]
fn facts_with_a_signed_file_still_load() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/papers");
    for kind in ["signed", "issued"] {
        let text = std::fs::read_to_string(folder.join(format!("{kind}.json"))).unwrap();
        let loaded: Fact = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string_pretty(&loaded).unwrap() + "\n", text, "{kind}");
        let file = match loaded.event {
            Event::Signed(signed) => signed.file,
            Event::Issued(issued) => issued.file,
            other => panic!("{} has no file", other.kind()),
        };
        assert_eq!(file.unwrap().size_bytes, 65_536);
    }
}

/// Shapes that are no longer written, but stand in records.
#[test]
fn older_shapes_still_load() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/older");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let loaded: Fact = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(name.starts_with(loaded.event.kind()), "{name} is a {}", loaded.event.kind());
        let again: Fact = serde_json::from_str(&serde_json::to_string(&loaded).unwrap()).unwrap();
        assert_eq!(again, loaded, "{name}");
    }
}

/// A clock that began before its rules were frozen goes on by those of its profile, and what its
/// statutory time had left is taken for what its promise had left.
#[test]
fn a_record_of_older_shapes_goes_on() {
    let mut scene = Scene::new();
    scene.must(&citizen(), &Command::Submit(submit()));
    scene.must(&counter(), &Command::Receive(Default::default())).must(&head(), &assign());
    scene.must(&officer(), &request());
    for fact in &mut scene.facts {
        match &mut fact.event {
            Event::Received(received) => received.rules = None,
            Event::SupplementRequested(asked) => {
                (asked.statutory_remaining_minutes, asked.answer_by) = (None, None);
            }
            _ => {}
        }
    }
    assert_eq!(scene.dossier().rules, None);
    scene.must(&citizen(), &supplement()).must(&counter(), &Command::Receive(Default::default()));
    assert!(scene.dossier().rules.is_some(), "frozen from here on");
    scene.must(&leader(), &apology(2)).play_until("returned");
}

#[test]
fn a_life_survives_being_written_down() {
    let mut scene = Scene::new();
    scene.must(&citizen(), &Command::Submit(submit())).play_until("returned");
    let written: Vec<String> =
        scene.facts.iter().map(|fact| serde_json::to_string(fact).unwrap()).collect();
    let read: Vec<Fact> = written.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
    assert_eq!(read, scene.facts);
    assert_eq!(Dossier::replay(&read), Some(scene.dossier()));
}
