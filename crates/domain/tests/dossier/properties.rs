//! Random acts by random people: nothing panics, refusals change nothing, the end is reachable.

use crate::world::*;
use domain::dossier::command::{GiveBack, Refuse, SendBack, Sign, Withdraw, Work};
use domain::dossier::event::{DueDate, Event, ResultOutcome, StopGround};
use domain::dossier::{Act, Command, Dossier};
use proptest::prelude::*;

fn command(act: Act, task: Option<u32>, text: &str) -> Command {
    match act {
        Act::Submit => Command::Submit(submit()),
        Act::Receive => Command::Receive(Default::default()),
        Act::RequestSupplement => request(),
        Act::Supplement => supplement(),
        Act::Refuse => Command::Refuse(Refuse {
            reason: text.into(),
            legal_basis: "Đ17".into(),
            ..Refuse::default()
        }),
        Act::Transfer => Command::Transfer,
        Act::Assign => assign(),
        Act::Work => Command::Work(Work { task, note: text.into(), way: None }),
        Act::Propose => propose(ResultOutcome::Granted),
        Act::SendBack => Command::SendBack(SendBack { reason: text.into() }),
        Act::Sign => Command::Sign(Sign { draft: task, paper: None }),
        Act::Issue => Command::Issue(Default::default()),
        Act::GiveBack => Command::GiveBack(GiveBack { note: text.into(), ..GiveBack::default() }),
        Act::Withdraw => Command::Withdraw(Withdraw { reason: text.into() }),
        Act::RequestPayment => payment(),
        Act::ConfirmPayment => paid(),
        Act::Reappoint => apology(task.unwrap_or(1)),
        Act::CorrectDue => correction(),
        Act::Stop => stop(StopGround::SpecialLaw),
    }
}

/// A random try: who, what, on which task, with which words, how many minutes later.
fn tries() -> impl Strategy<Value = Vec<(usize, usize, Option<u32>, String, i64)>> {
    let one = (0..9usize, 0..Act::ALL.len(), proptest::option::of(0..12u32), ".{0,12}", 0..600i64);
    proptest::collection::vec(one, 0..60)
}

/// The due date on the first receipt.
fn printed_first(scene: &Scene) -> Option<DueDate> {
    scene.facts.iter().find_map(|fact| match &fact.event {
        Event::Received(received) => Some(received.due.clone()),
        _ => None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn random_acts_never_break_a_dossier(tries in tries()) {
        let people = everybody();
        let mut scene = Scene::new();
        scene.must(&citizen(), &Command::Submit(submit()));
        for (who, what, task, words, later) in tries {
            let before = scene.facts.len();
            let act = Act::ALL[what];
            scene.now = scene.now.checked_add(jiff::SignedDuration::from_mins(later)).unwrap();
            let outcome = scene.act(&people[who].1, &command(act, task, &words));
            if outcome.is_err() {
                prop_assert_eq!(scene.facts.len(), before, "a refusal leaves no trace");
            }
            let dossier = scene.dossier();
            prop_assert_eq!(dossier.version as usize, scene.facts.len());
            if let (Some(first), Some(due)) = (&dossier.clock.original_due, &dossier.clock.due) {
                prop_assert!(due.at >= first.at, "a promise never moves earlier");
                prop_assert_eq!(printed_first(&scene), Some(first.clone()));
            }
            prop_assert_eq!(Dossier::replay(&scene.facts), Some(dossier.clone()));
            let waits =
                matches!(dossier.stage.name(), "awaiting_supplement" | "awaiting_payment");
            let idle = dossier.open_tasks().count() == 0;
            prop_assert_eq!(idle, waits || dossier.stage.is_over(), "{}", dossier.stage.name());
        }
    }

    #[test]
    fn every_running_dossier_can_be_finished(tries in tries()) {
        let people = everybody();
        let mut scene = Scene::new();
        scene.must(&citizen(), &Command::Submit(submit()));
        for (who, what, task, words, _) in tries {
            let _ = scene.act(&people[who].1, &command(Act::ALL[what], task, &words));
        }
        if scene.dossier().stage.name() == "awaiting_supplement" {
            scene.must(&citizen(), &supplement());
        }
        if scene.dossier().stage.name() == "awaiting_payment" {
            scene.must(&counter(), &paid());
        }
        if !scene.dossier().stage.is_over() {
            scene.play_until("returned");
        }
        prop_assert!(scene.dossier().stage.is_over());
    }
}
