//! The clock of a dossier through its facts: starts, stops, resumptions, apologies, verdicts.
//! The dates are those of `03-life-cycle.md` §3.7.

use crate::world::*;
use domain::dossier::clock::{self, Remaining, Verdict, Verdicts};
use domain::dossier::command::{RequestPayment, Submit, Work};
use domain::dossier::event::{Channel, Event, StopGround, SupplementStage};
use domain::dossier::{Act, Command, Reason, Refusal, proposed_stop};
use domain::procedure::{ConsultationRule, FinancialHold, SupplementRule, TimeUnit};
use domain::process::StepKind;
use domain::rules::{DueRounding, PerStage, Silence, StartRule, SupplementEffect};
use domain::worktime::{Day, DayKind};
use jiff::civil::date;

/// Received on Monday 9 November at nine, five working days, with an officer.
fn in_progress() -> Scene {
    assigned(Scene::new())
}

fn assigned(mut scene: Scene) -> Scene {
    scene.must(&citizen(), &Command::Submit(submit()));
    scene.must(&counter(), &Command::Receive(Default::default())).must(&head(), &assign());
    scene
}

/// The rules of the vectors: to the minute, from the minute of acceptance.
fn to_the_minute(effect: SupplementEffect) -> Scene {
    let mut scene = Scene::new();
    let rules = &mut scene.profile.rules;
    (rules.start_rule, rules.due_rounding) = (StartRule::AtAcceptance, DueRounding::Exact);
    rules.supplement_effect = effect;
    assigned(scene)
}

fn due(scene: &Scene) -> domain::time::Instant {
    scene.dossier().clock.due.unwrap().at
}

fn left(scene: &Scene) -> Remaining {
    clock::remaining(&scene.dossier(), scene.now, &scene.calendar).unwrap()
}

fn verdicts(scene: &Scene) -> Verdicts {
    clock::verdicts(&scene.dossier(), scene.now).unwrap()
}

fn by_original(scene: &Scene) -> Verdict {
    clock::original_verdict(&scene.dossier(), scene.now, &scene.calendar).unwrap().unwrap()
}

fn storm(scene: &mut Scene, day: jiff::civil::Date) {
    let closed = Day {
        kind: DayKind::LocalClosure,
        name: "Bão số 14".into(),
        decision: Some("12/QĐ-UBND".into()),
        status: "law".into(),
    };
    scene.calendar.days.insert(day, closed);
}

#[test]
fn the_pause_of_the_vectors_resumes_or_restarts() {
    for (effect, then) in [
        (SupplementEffect::ResumeRemaining, "2026-11-23T11:00"),
        (SupplementEffect::Subtract, "2026-11-23T11:00"),
        (SupplementEffect::RestartFromZero, "2026-11-26T14:00"),
    ] {
        let mut scene = to_the_minute(effect);
        assert_eq!(due(&scene), at("2026-11-16T09:00"));
        scene.wait("2026-11-11T10:00").must(&officer(), &request());
        assert_eq!(left(&scene), Remaining::Standing(1_380));
        scene.wait("2026-11-18T14:00").must(&citizen(), &supplement());
        assert_eq!(left(&scene), Remaining::Standing(1_380), "the check is not the clock's time");
        scene.must(&counter(), &Command::Receive(Default::default()));
        assert_eq!(due(&scene), at(then), "{effect:?}");
        let dossier = scene.dossier();
        assert_eq!(dossier.clock.original_due.unwrap().at, at("2026-11-16T09:00"));
    }
}

#[test]
fn the_statutory_time_keeps_its_own_remainder() {
    let mut scene = to_the_minute(SupplementEffect::ResumeRemaining);
    assert_eq!(scene.dossier().clock.statutory_due.unwrap().at, at("2026-11-18T09:00"));
    scene.wait("2026-11-11T10:00").must(&officer(), &request());
    scene.wait("2026-11-18T14:00").must(&citizen(), &supplement());
    scene.must(&counter(), &Command::Receive(Default::default()));
    let statutory = scene.dossier().clock.statutory_due.unwrap();
    assert_eq!(
        statutory.at,
        at("2026-11-26T11:00"),
        "two days more than the promise; 24/11 is off"
    );
}

#[test]
fn a_resumed_step_keeps_what_was_left_of_its_own_time() {
    let step = |scene: &Scene| scene.dossier().open_tasks().next().unwrap().due_at.unwrap();
    let mut scene = to_the_minute(SupplementEffect::ResumeRemaining);
    let before = step(&scene);
    scene.wait("2026-11-09T10:00").must(&officer(), &request());
    scene.wait("2026-11-10T10:00").must(&citizen(), &supplement());
    scene.must(&counter(), &Command::Receive(Default::default()));
    let minutes = |from: &str, to| {
        let to = domain::time::local(to);
        scene.calendar.count_minutes(from.parse().unwrap(), to).unwrap()
    };
    assert_eq!(minutes("2026-11-10T10:00", step(&scene)), minutes("2026-11-09T10:00", before));
}

#[test]
fn supplements_are_asked_within_three_days_and_once_a_stage() {
    let mut scene = in_progress();
    scene.wait("2026-11-12T17:29").must(&officer(), &request());
    let mut late = in_progress();
    late.wait("2026-11-12T17:31");
    assert_eq!(late.act(&officer(), &request()), Err(Refusal::SupplementTooLate));

    let mut none = Scene::new();
    let rule =
        SupplementRule { max_requests: Some(0), ..none.procedure.supplement.clone().unwrap() };
    none.procedure.supplement = Some(rule);
    let mut none = assigned(none);
    assert_eq!(none.act(&officer(), &request()), Err(Refusal::SupplementNotAllowed));
}

#[test]
fn more_than_one_request_counts_late() {
    let mut scene = Scene::new();
    scene.must(&citizen(), &Command::Submit(submit())).must(&counter(), &request());
    scene.must(&citizen(), &supplement()).must(&counter(), &Command::Receive(Default::default()));
    scene.must(&head(), &assign());
    assert_eq!(verdicts(&scene).by_indicator, Verdict::Early);
    scene.must(&officer(), &request()).must(&citizen(), &supplement());
    scene.must(&counter(), &Command::Receive(Default::default())).play_until("issued");
    let judged = verdicts(&scene);
    assert_eq!((judged.by_current, judged.by_indicator), (Verdict::Early, Verdict::Late));
}

#[test]
fn what_the_applicant_owes_too_long_is_proposed_for_a_stop() {
    let mut scene = in_progress();
    scene.must(&officer(), &request());
    let answer_by = scene.dossier().supplements[0].answer_by.unwrap();
    assert_eq!(answer_by, at("2026-11-11T17:30"), "two working days (NĐ 217/2026 Đ54.2.b)");
    assert_eq!(proposed_stop(&scene.dossier(), answer_by), None);
    let refused = scene.act(&leader(), &stop(StopGround::SupplementOverdue)).unwrap_err();
    let Refusal::Invalid(problems) = refused else { panic!("{refused:?}") };
    assert_eq!((problems[0].place.as_str(), &problems[0].reason), ("ground", &Reason::NotTheCase));
    scene.wait("2026-11-12T08:00");
    let overdue = StopGround::SupplementOverdue;
    assert_eq!(proposed_stop(&scene.dossier(), scene.now), Some(overdue));
    assert_eq!(scene.act(&officer(), &stop(overdue)), Err(Refusal::NotPermitted(Act::Stop)));
    scene.must(&leader(), &stop(overdue));
    let dossier = scene.dossier();
    assert_eq!((dossier.national_status(), dossier.stage.name()), (8, "stopped"));
    assert_eq!(dossier.clock.finished_at, Some(scene.now));
    assert_eq!(dossier.open_tasks().count(), 0);
    assert!(scene.act(&citizen(), &supplement()).is_err(), "it is over");
}

#[test]
fn a_simple_fee_does_not_stop_the_clock() {
    let mut scene = in_progress();
    let before = due(&scene);
    scene.must(&officer(), &payment());
    assert_eq!(scene.dossier().national_status(), 6);
    let task = scene.dossier().tasks.last().unwrap().opened.clone();
    scene.wait("2026-11-11T08:00");
    assert!(matches!(left(&scene), Remaining::Running(_)));
    scene.must(&officer(), &paid());
    let dossier = scene.dossier();
    assert_eq!((dossier.stage.name(), due(&scene)), ("in_progress", before));
    let again = dossier.open_tasks().next().unwrap();
    assert_eq!((again.step, again.due_at), (task.step, task.due_at), "its clock ran on too");
    scene.play_until("returned");
}

#[test]
fn a_financial_obligation_stops_it_where_the_procedure_says_so() {
    let mut scene = Scene::new();
    scene.procedure.financial_hold = Some(FinancialHold {
        pauses: true,
        source: Some("Luật Đất đai".into()),
        note: None,
        confidence: domain::procedure::Confidence::Memory,
    });
    let mut scene = assigned(scene);
    scene.wait("2026-11-11T10:00").must(&officer(), &payment());
    let stood = left(&scene);
    scene.wait("2026-11-12T10:00");
    assert_eq!(left(&scene), stood, "nothing runs out while the applicant pays");
    scene.must(&counter(), &paid());
    assert_eq!(due(&scene), at("2026-11-17T17:30"), "one working day later");
    assert_eq!(scene.dossier().clock.original_due.unwrap().at, at("2026-11-16T17:30"));
    let judged = verdicts(scene.wait("2026-11-17T17:00"));
    assert_eq!((by_original(&scene), judged.by_current), (Verdict::OnTime, Verdict::OnTime));
}

#[test]
fn a_payment_says_what_for_and_how_much() {
    let mut scene = in_progress();
    let empty = RequestPayment { within_days: Some(0), ..RequestPayment::default() };
    let refused = scene.act(&officer(), &Command::RequestPayment(empty)).unwrap_err();
    let Refusal::Invalid(problems) = refused else { panic!("{refused:?}") };
    let places: Vec<&str> = problems.iter().map(|problem| problem.place.as_str()).collect();
    assert_eq!(places, ["what", "legal_basis", "amount_vnd", "within_days"]);
    scene.must(&officer(), &payment());
    assert_eq!(scene.act(&officer(), &payment()), Err(Refusal::NotOpen(Act::RequestPayment)));
    assert_eq!(scene.act(&citizen(), &paid()), Err(Refusal::NotPermitted(Act::ConfirmPayment)));
    scene.wait("2026-11-17T08:00");
    assert_eq!(proposed_stop(&scene.dossier(), scene.now), Some(StopGround::PaymentOverdue));
}

#[test]
fn an_apology_comes_a_day_before_and_once() {
    let mut scene = in_progress();
    let mut late = scene.clone();
    late.wait("2026-11-16T08:00");
    assert_eq!(late.act(&leader(), &apology(2)), Err(Refusal::ReappointmentTooLate));
    assert_eq!(scene.act(&officer(), &apology(2)), Err(Refusal::NotPermitted(Act::Reappoint)));
    assert!(matches!(scene.act(&leader(), &apology(0)), Err(Refusal::Invalid(_))));
    scene.wait("2026-11-15T20:00").must(&leader(), &apology(6));
    assert_eq!(due(&scene), at("2026-11-25T17:30"), "24/11 is a holiday");
    let dossier = scene.dossier();
    assert_eq!(dossier.clock.original_due.unwrap().at, at("2026-11-16T17:30"));
    assert_eq!(scene.act(&leader(), &apology(2)), Err(Refusal::NotOpen(Act::Reappoint)));
    scene.wait("2026-11-20T10:00").play_until("issued");
    let judged = verdicts(&scene);
    assert_eq!(by_original(&scene), Verdict::Late);
    assert_eq!(judged.by_current, Verdict::Early);
    assert_eq!(judged.by_statutory, Verdict::Late, "the law knows no apology");
    assert_eq!(judged.by_indicator, Verdict::Late, "nor does the indicator");
    assert!(judged.late_with_apology);
}

#[test]
fn a_changed_calendar_proposes_and_a_decision_accepts() {
    let mut scene = in_progress();
    assert_eq!(scene.act(&leader(), &correction()), Err(Refusal::NothingToCorrect));
    storm(&mut scene, date(2026, 11, 12));
    assert_eq!(due(&scene), at("2026-11-16T17:30"), "nothing moves by itself");
    let proposal = clock::proposal(&scene.dossier(), &scene.calendar).unwrap().unwrap();
    assert_eq!(proposal.due.at, at("2026-11-17T17:30"));
    scene.must(&leader(), &correction());
    let Event::DueCorrected(fact) = &scene.facts.last().unwrap().event else { panic!("corrected") };
    assert_eq!((fact.old_due.at, fact.due.at), (at("2026-11-16T17:30"), at("2026-11-17T17:30")));
    assert!(!fact.old_due.why.is_empty() && !fact.due.why.is_empty());
    assert_eq!(fact.decision, "12/QĐ-UBND");
    assert_eq!(scene.act(&leader(), &correction()), Err(Refusal::NothingToCorrect));
    scene.calendar.days.remove(&date(2026, 11, 12));
    assert_eq!(
        scene.act(&leader(), &correction()),
        Err(Refusal::NothingToCorrect),
        "never earlier"
    );
}

#[test]
fn a_filing_is_received_within_eight_working_hours() {
    for (filed, until) in [
        ("2026-11-13T16:45", "2026-11-16T16:45"),
        ("2026-11-14T10:00", "2026-11-16T17:30"),
        ("2026-11-09T08:00", "2026-11-10T08:00"),
    ] {
        let mut scene = Scene::new();
        scene.wait(filed).must(&citizen(), &Command::Submit(submit()));
        let due = scene.dossier().open_tasks().next().unwrap().due_at;
        assert_eq!(due, Some(at(until)));
        let judged = |scene: &Scene, now: &str| clock::reception_verdict(&scene.dossier(), at(now));
        assert_eq!(judged(&scene, until), Some(Verdict::OnTime));
        scene.wait("2026-11-17T08:00").must(&counter(), &Command::Receive(Default::default()));
        assert_eq!(judged(&scene, until), Some(Verdict::Late));
    }
}

#[test]
fn what_is_received_is_handed_on_the_same_day_or_the_next_morning() {
    for (received, until) in [
        ("2026-11-09T14:59", "2026-11-09T17:30"),
        ("2026-11-09T15:00", "2026-11-10T11:30"),
        ("2026-11-23T16:00", "2026-11-25T11:30"),
        ("2026-11-14T10:00", "2026-11-16T11:30"),
    ] {
        let mut scene = Scene::new();
        let wish = Submit { channel: Channel::Counter, ..submit() };
        scene.wait(received).must(&counter(), &Command::Submit(wish));
        scene.must(&counter(), &Command::Receive(Default::default()));
        let due = scene.dossier().open_tasks().next().unwrap().due_at;
        assert_eq!(due, Some(at(until)), "{received}");
    }
}

#[test]
fn a_consultation_has_its_own_clock_and_the_main_one_runs_on() {
    let mut scene = Scene::new();
    scene.procedure.consultation = Some(ConsultationRule {
        limit_wd: Some(2),
        silence: "consent".into(),
        ..scene.procedure.consultation.clone().unwrap()
    });
    let mut scene = assigned(scene);
    let before = due(&scene);
    scene.play_until_task(StepKind::Consult);
    let task = scene.dossier().open_of(StepKind::Consult).next().unwrap().clone();
    let asked = task.consultation.unwrap();
    assert_eq!((asked.answer_by, asked.silence), (at("2026-11-11T17:30"), Silence::Consent));
    assert!(matches!(left(&scene), Remaining::Running(_)));
    let done = Command::Work(Work { task: Some(task.no), ..Work::default() });
    let mut answered = scene.clone();
    for (now, consent) in [("2026-11-11T17:30", false), ("2026-11-12T08:00", true)] {
        let mut scene = scene.clone();
        scene.wait(now).must(&officer(), &done);
        let Event::StepCompleted(fact) = &scene.facts.last().unwrap().event else { panic!("step") };
        assert_eq!(fact.deemed_consent, consent, "{now}");
        assert_eq!(due(&scene), before);
    }
    let note = Work { task: Some(task.no), note: "Đồng ý".into(), way: None };
    answered.wait("2026-11-12T08:00").must(&officer(), &Command::Work(note));
    let Event::StepCompleted(fact) = &answered.facts.last().unwrap().event else { panic!("step") };
    assert!(!fact.deemed_consent, "an answer is an answer");
}

#[test]
fn the_pending_first_request_is_judged_when_it_was_asked() {
    let mut scene = in_progress();
    scene.wait("2026-11-10T10:00").must(&officer(), &request()).wait("2026-12-15T10:00");
    assert_eq!(clock::judged_end(&scene.dossier(), scene.now), at("2026-11-10T10:00"));
    let judged = verdicts(&scene);
    assert_eq!((by_original(&scene), judged.by_indicator), (Verdict::Early, Verdict::Early));
}

#[test]
fn the_rules_are_frozen_at_reception() {
    let mut scene = in_progress();
    assert_eq!(scene.dossier().supplements.len(), 0);
    scene.profile.rules.max_supplement_requests = PerStage { reception: 0, appraisal: 0 };
    scene.procedure.supplement = None;
    scene.profile.rules.apology_lead_days = 9;
    scene.must(&officer(), &request());
    assert_eq!(scene.dossier().supplements[0].stage, SupplementStage::Appraisal);
    assert_eq!(scene.dossier().rules.unwrap().apology_lead_days, 1);
    let committed = scene.procedure.committed_for(Some("nha_o"));
    assert_eq!((committed.amount, committed.unit), (5, TimeUnit::WorkingDay));
}
