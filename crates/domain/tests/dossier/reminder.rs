//! Who is reminded of what, and when.

use crate::world::*;
use domain::dossier::Command;
use domain::dossier::reminder::{Occasion, Recipient, Reminder, reminders};
use domain::organisation::Position;
use std::collections::BTreeSet;

fn in_progress() -> Scene {
    let mut scene = Scene::new();
    scene.must(&citizen(), &Command::Submit(submit()));
    scene.must(&counter(), &Command::Receive(Default::default())).must(&head(), &assign());
    scene
}

fn at_hand(scene: &Scene) -> Vec<Reminder> {
    reminders(&scene.dossier(), scene.now, &scene.calendar).unwrap()
}

fn occasions(scene: &Scene) -> BTreeSet<Occasion> {
    at_hand(scene).into_iter().map(|reminder| reminder.occasion).collect()
}

fn leader_of_the_ward() -> Recipient {
    Recipient::Holders { place: "U26.XA1".into(), position: Position::AgencyLeader }
}

#[test]
fn the_days_before_and_after_the_promise() {
    use Occasion::{ApologyDue, DueTomorrow, Late, Stuck};
    let mut scene = in_progress();
    scene.play_until_task(domain::process::StepKind::Propose);
    for (now, expected) in [
        ("2026-11-12T10:00", vec![Stuck]),
        ("2026-11-13T10:00", vec![DueTomorrow, Stuck, ApologyDue]),
        ("2026-11-14T10:00", vec![Stuck]),
        ("2026-11-16T17:30", vec![Stuck]),
        ("2026-11-16T17:31", vec![Late, Stuck]),
    ] {
        scene.wait(now);
        assert_eq!(occasions(&scene).into_iter().collect::<Vec<_>>(), expected, "{now}");
    }
    let late: Vec<Recipient> = at_hand(&scene)
        .into_iter()
        .filter(|reminder| reminder.occasion == Late)
        .map(|reminder| reminder.to)
        .collect();
    let domain::dossier::Actor::Official { id, .. } = officer() else { panic!("an official") };
    assert_eq!(late, [Recipient::Official(id), leader_of_the_ward(), Recipient::Applicant]);
}

#[test]
fn an_apology_is_asked_for_until_there_is_one() {
    let mut scene = in_progress();
    scene.wait("2026-11-13T09:00");
    assert!(occasions(&scene).contains(&Occasion::ApologyDue));
    scene.must(&leader(), &apology(3));
    assert!(!occasions(&scene).contains(&Occasion::ApologyDue));
}

#[test]
fn a_step_is_due_in_the_last_four_working_hours() {
    let mut scene = in_progress();
    let task = scene.dossier().open_tasks().next().unwrap().clone();
    let soon = |scene: &Scene| occasions(scene).contains(&Occasion::StepDueSoon);
    let due = task.due_at.unwrap();
    scene.now = due.checked_sub(jiff::SignedDuration::from_hours(1)).unwrap();
    assert!(soon(&scene));
    scene.now = due.checked_add(jiff::SignedDuration::from_mins(1)).unwrap();
    assert!(!soon(&scene), "then it is late");
    let far =
        scene.calendar.count_minutes("2026-11-09T09:00".parse().unwrap(), domain::time::local(due));
    scene.wait("2026-11-09T09:00");
    assert_eq!(soon(&scene), far.unwrap() <= 240);
}

#[test]
fn nothing_is_stuck_while_something_happens() {
    let mut scene = in_progress();
    scene.wait("2026-11-12T09:00");
    let before = at_hand(&scene);
    assert!(before.iter().any(|reminder| reminder.occasion == Occasion::Stuck));
    scene.must(&leader(), &apology(3));
    assert!(!occasions(&scene).contains(&Occasion::Stuck));
    scene.wait("2026-11-18T09:00");
    let keys = |all: &[Reminder]| -> BTreeSet<String> {
        let stuck = all.iter().filter(|reminder| reminder.occasion == Occasion::Stuck);
        stuck.map(|reminder| reminder.key.clone()).collect()
    };
    assert!(keys(&before).is_disjoint(&keys(&at_hand(&scene))), "stuck again is another occasion");
}

#[test]
fn the_applicant_who_owes_an_answer_too_long_is_told_and_so_is_the_head() {
    let mut scene = in_progress();
    scene.must(&officer(), &request());
    assert!(at_hand(&scene).is_empty(), "the clock stands and nobody holds a task");
    scene.wait("2026-11-12T08:00");
    let told: Vec<Recipient> = at_hand(&scene).into_iter().map(|reminder| reminder.to).collect();
    assert_eq!(told, [leader_of_the_ward(), Recipient::Applicant]);
}

#[test]
fn keys_stay_while_their_occasion_lasts_and_are_told_once() {
    let mut scene = in_progress();
    scene.wait("2026-11-17T08:00");
    let now = at_hand(&scene);
    scene.wait("2026-11-19T08:00");
    assert_eq!(at_hand(&scene), now);
    let whole: BTreeSet<String> =
        now.iter().map(|reminder| format!("{}{:?}", reminder.key, reminder.to)).collect();
    assert_eq!(whole.len(), now.len(), "each goes to each once");
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    assert!(now.iter().all(|reminder| reminder.key.chars().all(plain)));
}
