//! A year of simulated dossiers: every due date that stands in a fact follows from the explanation
//! beside it, with no calendar at hand.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

use domain::dossier::Fact;
use domain::dossier::event::{DueDate, Event};
use domain::time::local;
use domain::worktime::Why;
use domain::worktime::explain::recompute;
use std::collections::BTreeMap;
use std::process::Command;
use storage::Store;

const YEAR: [&str; 9] =
    ["simulate", "--from", "2019-01-01", "--to", "2019-12-31", "--dossiers", "240", "--seed", "4"];

/// The due dates that a fact fixed.
fn dues(event: &Event) -> Vec<&DueDate> {
    match event {
        Event::Received(fact) => vec![&fact.due, &fact.statutory_due],
        Event::PaymentConfirmed(fact) => fact.due.iter().chain(&fact.statutory_due).collect(),
        Event::Reappointed(fact) => vec![&fact.old_due, &fact.due],
        Event::DueCorrected(fact) => vec![&fact.old_due, &fact.due, &fact.statutory_due],
        Event::Submitted(_)
        | Event::SupplementRequested(_)
        | Event::Supplemented(_)
        | Event::NotAccepted(_)
        | Event::Transferred(_)
        | Event::Assigned(_)
        | Event::StepCompleted(_)
        | Event::Proposed(_)
        | Event::SentBack(_)
        | Event::Signed(_)
        | Event::Issued(_)
        | Event::Returned(_)
        | Event::Withdrawn(_)
        | Event::PaymentRequested(_)
        | Event::Stopped(_) => Vec::new(),
    }
}

async fn facts(store: &Store) -> Vec<Fact> {
    let (mut facts, mut next) = (Vec::new(), 0);
    loop {
        let page = store.facts_from(next, 500).await.unwrap();
        let Some(last) = page.last() else { return facts };
        next = last.idx + 1;
        let read = |payload: &String| serde_json::from_str::<Fact>(payload).unwrap();
        facts.extend(page.iter().filter_map(|stored| stored.payload.as_ref()).map(read));
    }
}

#[tokio::test]
async fn every_due_date_of_a_year_follows_from_its_explanation() {
    let data = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
    let output = command.args(YEAR).arg("--data").arg(data.path()).env_clear().output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let address = format!("sqlite:{}", data.path().join("motcua.db").display());
    let store = Store::open(&address).await.unwrap();
    let facts = facts(&store).await;
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut recomputed, mut skipped, mut elsewhere) = (0, 0, 0);
    for fact in &facts {
        *kinds.entry(fact.event.kind()).or_default() += 1;
        for due in dues(&fact.event) {
            assert_eq!(recompute(&due.why).unwrap(), local(due.at), "{:?}", due.why);
            recomputed += 1;
            let is_day_off = |why: &Why| matches!(why, Why::Skipped { .. });
            let mut silent = due.why.clone();
            silent.retain(|why| !is_day_off(why));
            skipped += due.why.len() - silent.len();
            elsewhere += usize::from(recompute(&silent).unwrap() != local(due.at));
        }
    }
    assert!(recomputed > 400 && skipped > 20, "{recomputed} due dates, {skipped} days off");
    assert!(elsewhere > 5, "who does not tell the days off is led to another date: {elsewhere}");
    for kind in ["payment_confirmed", "reappointed", "supplement_requested", "issued"] {
        assert!(kinds.contains_key(kind), "{kind} is not played: {kinds:?}");
    }
}
