//! Given facts, when a command, then facts or a refusal.

use crate::world::*;
use domain::dossier::clock::{Verdict, verdict};
use domain::dossier::command::{Refuse, SendBack, Sign, Withdraw, Work};
use domain::dossier::event::{Channel, Event, ResultOutcome};
use domain::dossier::timeline::{Reader, timeline};
use domain::dossier::{Act, Command, Reason, Refusal};
use domain::process::StepKind;
use domain::rules::Grain;
use jiff::civil::date;

fn places(refusal: Refusal) -> Vec<String> {
    match refusal {
        Refusal::Invalid(problems) => problems.into_iter().map(|p| p.place).collect(),
        other => panic!("{other:?} is not about places"),
    }
}

#[test]
fn from_filing_to_returned_result() {
    let mut scene = Scene::new();
    scene.must(&citizen(), &Command::Submit(submit()));
    assert_eq!(scene.dossier().national_status(), 1);
    scene.wait("2026-11-09T14:00").must(&counter(), &Command::Receive(Default::default()));
    let received = scene.dossier();
    assert_eq!(received.code.as_deref(), Some("H60.30-261109-0001"));
    let due = received.clock.due.clone().unwrap();
    assert_eq!(due.at, at("2026-11-16T17:30"), "five working days, the day itself not counted");
    assert_eq!(received.clock.statutory_due.unwrap().at, at("2026-11-18T17:30"));
    assert_eq!(received.stage.name(), "transferred", "online dossiers are handed on at once");
    scene.play_until("returned");
    let done = scene.dossier();
    assert_eq!(done.national_status(), 10);
    assert_eq!(done.result_number.as_deref(), Some("1/2026/H60.30"));
    assert_eq!(done.open_tasks().count(), 0);
    let finished = done.clock.finished_at.unwrap();
    assert_eq!(verdict(finished, due.at, Grain::Date), Verdict::Early);
    let public = timeline(&scene.facts, Reader::Public);
    assert!(public.iter().all(|e| e.who.is_none() && e.unit.is_none() && e.words.is_none()));
    let kinds: Vec<&str> = public.iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, ["submitted", "received", "transferred", "issued", "returned"]);
    assert_eq!(timeline(&scene.facts, Reader::Official).len(), scene.facts.len());
}

#[test]
fn parallel_opinions_join_before_the_draft() {
    let mut scene = Scene::new();
    scene.must(&citizen(), &Command::Submit(submit()));
    scene.must(&counter(), &Command::Receive(Default::default())).must(&head(), &assign());
    let check = scene.dossier().open_tasks().next().unwrap().no;
    scene.must(&officer(), &Command::Work(Work { task: Some(check), ..Work::default() }));
    let branches: Vec<u32> = scene.dossier().open_tasks().map(|task| task.no).collect();
    assert_eq!(branches.len(), 4, "three opinions and the field check run at the same time");
    for no in &branches[..3] {
        scene.must(&officer(), &Command::Work(Work { task: Some(*no), ..Work::default() }));
        assert!(scene.dossier().open_tasks().all(|task| branches.contains(&task.no)));
    }
    scene.must(&officer(), &Command::Work(Work { task: Some(branches[3]), ..Work::default() }));
    let steps: Vec<u32> = scene.dossier().open_tasks().map(|task| task.step).collect();
    assert_eq!(steps, [8], "the join opens once, after the last");
    let again = Command::Work(Work { task: Some(branches[0]), ..Work::default() });
    assert_eq!(scene.act(&officer(), &again), Err(Refusal::NotOpen(Act::Work)));
}

#[test]
fn filing_tells_everything_that_is_wrong_at_once() {
    let mut wish = submit();
    wish.applicant.name = "  ".into();
    wish.applicant.personal_number = Some("123".into());
    wish.applicant.phone = Some("09l2".into());
    wish.applicant.address = String::new();
    wish.papers.remove(0);
    wish.form.remove("ten_chu_dau_tu");
    wish.agency = "U26.SXD".into();
    let refused = Scene::new().act(&citizen(), &Command::Submit(wish)).unwrap_err();
    let places = places(refused);
    for place in [
        "agency",
        "applicant.name",
        "applicant.personal_number",
        "applicant.phone",
        "applicant.address",
        "form.ten_chu_dau_tu",
    ] {
        assert!(places.iter().any(|p| p == place), "{place} in {places:?}");
    }
    let mut wish = submit();
    wish.case = None;
    let refused = Scene::new().act(&citizen(), &Command::Submit(wish)).unwrap_err();
    assert!(matches!(refused, Refusal::Invalid(p) if p[0].reason == Reason::Missing));
}

#[test]
fn every_mandatory_paper_must_be_there() {
    let mut wish = submit();
    let missing = wish.papers.pop().unwrap().component;
    let refused = Scene::new().act(&citizen(), &Command::Submit(wish)).unwrap_err();
    assert_eq!(places(refused), [format!("paper.{missing}")]);
}

#[test]
fn a_year_without_calendar_refuses() {
    let mut scene = Scene::new();
    scene.wait("2026-12-31T16:00");
    let refused = scene.act(&citizen(), &Command::Submit(submit()));
    assert!(matches!(refused, Err(Refusal::Calendar(year)) if year.year == 2027));
    assert!(scene.facts.is_empty());
}

#[test]
fn a_supplement_during_appraisal_restarts_the_clock() {
    let mut scene = Scene::new();
    scene.must(&citizen(), &Command::Submit(submit()));
    scene.must(&counter(), &Command::Receive(Default::default())).must(&head(), &assign());
    let first_due = scene.dossier().clock.due.unwrap().at;
    scene.wait("2026-11-11T10:00").must(&officer(), &request());
    assert_eq!(scene.dossier().national_status(), 5);
    assert_eq!(scene.dossier().open_tasks().count(), 0, "nobody waits for anything but papers");
    scene.wait("2026-11-18T14:00").must(&citizen(), &supplement());
    scene.must(&counter(), &Command::Receive(Default::default()));
    let dossier = scene.dossier();
    assert_eq!(dossier.stage.name(), "in_progress");
    assert_eq!(dossier.code.as_deref(), Some("H60.30-261109-0001"), "the code stays");
    assert_eq!(dossier.clock.original_due.unwrap().at, first_due, "printed dates are history");
    assert_eq!(dossier.clock.due.unwrap().at, at("2026-11-26T17:30"), "24/11 is a holiday");
    assert_eq!(scene.act(&officer(), &request()), Err(Refusal::SupplementOnlyOnce));
    scene.play_until("returned");
}

#[test]
fn a_late_request_for_supplements_is_refused() {
    let mut scene = Scene::new();
    scene.must(&citizen(), &Command::Submit(submit()));
    scene.must(&counter(), &Command::Receive(Default::default())).must(&head(), &assign());
    scene.wait("2026-11-17T08:00");
    assert_eq!(scene.act(&officer(), &request()), Err(Refusal::SupplementTooLate));
}

#[test]
fn supplements_at_reception_come_before_the_code() {
    let mut scene = Scene::new();
    scene.must(&citizen(), &Command::Submit(submit())).must(&counter(), &request());
    assert_eq!(
        scene.act(&counter(), &Command::Receive(Default::default())),
        Err(Refusal::NotOpen(Act::Receive))
    );
    scene.wait("2026-11-10T08:00").must(&citizen(), &supplement());
    scene.must(&counter(), &Command::Receive(Default::default()));
    assert_eq!(scene.dossier().code.as_deref(), Some("H60.30-261110-0001"));
}

#[test]
fn refusing_needs_a_reason_and_its_basis() {
    let mut scene = Scene::new();
    scene.must(&citizen(), &Command::Submit(submit()));
    let empty = scene.act(&counter(), &Command::Refuse(Refuse::default())).unwrap_err();
    assert_eq!(places(empty), ["reason", "legal_basis"]);
    let refuse = Refuse {
        reason: "Nhà nằm ngoài địa bàn phường".into(),
        legal_basis: "NĐ 217/2026 Đ53".into(),
        ..Refuse::default()
    };
    scene.must(&counter(), &Command::Refuse(refuse));
    assert_eq!(scene.dossier().national_status(), 3);
    assert!(scene.dossier().stage.is_over());
}

#[test]
fn a_draft_goes_back_and_comes_again() {
    let mut scene = Scene::new();
    scene.must(&citizen(), &Command::Submit(submit())).play_until("awaiting_signature");
    let back = Command::SendBack(SendBack { reason: "Thiếu diện tích sàn".into() });
    scene.must(&head(), &back);
    assert_eq!(scene.dossier().stage.name(), "in_progress");
    scene.must(&officer(), &propose(ResultOutcome::Refused));
    assert_eq!(scene.dossier().draft.unwrap().number, 2);
    let review = scene.dossier().open_tasks().next().unwrap().no;
    scene.must(&head(), &Command::Work(Work { task: Some(review), ..Work::default() }));
    let stale = Command::Sign(Sign { draft: Some(1), paper: None });
    assert_eq!(scene.act(&leader(), &stale), Err(Refusal::DraftChanged));
    scene
        .must(&leader(), &Command::Sign(Sign { draft: Some(2), paper: None }))
        .play_until("issued");
    assert!(matches!(&scene.facts.last().unwrap().event,
        Event::Issued(issued) if issued.outcome == ResultOutcome::Refused));
}

#[test]
fn withdrawing_is_over_once_the_result_is_signed() {
    let withdraw = Command::Withdraw(Withdraw { reason: "Đổi ý".into() });
    let mut scene = Scene::new();
    scene.must(&citizen(), &Command::Submit(submit())).play_until("awaiting_signature");
    let mut signed = scene.clone();
    scene.must(&citizen(), &withdraw);
    assert_eq!(scene.dossier().national_status(), 7);
    signed.play_until("awaiting_issue");
    assert_eq!(signed.act(&citizen(), &withdraw), Err(Refusal::NotOpen(Act::Withdraw)));
}

#[test]
fn at_the_counter_the_transfer_is_an_act_of_its_own() {
    let mut wish = submit();
    wish.channel = Channel::Counter;
    wish.form.clear();
    let form = CATALOGUE.procedure.components_for(Some(CASE))[0].id.clone();
    let mut papers = wish.papers.clone();
    papers.retain(|paper| paper.component != form);
    papers.push(domain::dossier::event::Paper { component: form, count: 1, ..Default::default() });
    wish.papers = papers;
    let mut scene = Scene::new();
    scene.must(&counter(), &Command::Submit(wish));
    scene.must(&counter(), &Command::Receive(Default::default()));
    assert_eq!(scene.dossier().national_status(), 2);
    scene.must(&counter(), &Command::Transfer);
    assert_eq!(scene.dossier().national_status(), 4);
    scene.play_until("returned");
}

#[test]
fn strangers_do_not_learn_whether_it_exists() {
    let mut scene = Scene::new();
    scene.must(&citizen(), &Command::Submit(submit()));
    let withdraw = Command::Withdraw(Withdraw { reason: "x".into() });
    assert_eq!(scene.act(&stranger(), &withdraw), Err(Refusal::NotPermitted(Act::Withdraw)));
    let issue = scene.act(&clerk(), &Command::Issue(Default::default()));
    assert_eq!(issue, Err(Refusal::NotOpen(Act::Issue)), "the agency's own people are told why");
    assert_eq!(
        Scene::new().act(&leader(), &Command::Submit(submit())),
        Err(Refusal::NotPermitted(Act::Submit))
    );
}

/// What is granted carries its kind and its last day, as the catalogue of that day had them.
#[test]
fn a_granted_paper_is_of_its_kind_and_valid_to_its_last_day() {
    let played = |months: Option<u32>, outcome: ResultOutcome| {
        let mut scene = Scene::new();
        scene.procedure.results[0].validity_months = months;
        scene.must(&citizen(), &Command::Submit(submit())).play_until_task(StepKind::Propose);
        scene.must(&officer(), &propose(outcome)).play_until("issued").dossier().result.unwrap()
    };
    let endless = played(None, ResultOutcome::Granted);
    assert_eq!(endless.code.as_str(), "H60.30.GPXD.2026.0001");
    assert_eq!(endless.paper.unwrap().valid_until, None);
    let ten_years = played(Some(120), ResultOutcome::Granted).paper.unwrap();
    let last = ten_years.valid_until.unwrap();
    assert_eq!((ten_years.kind.as_str(), last), ("GPXD", date(2036, 11, 8)));
    let refused = played(Some(120), ResultOutcome::Refused);
    assert_eq!((refused.code.as_str(), refused.paper), ("H60.30.KQ.2026.0001", None));
}
