//! Single lives, and what each figure says of them.

use crate::histories::*;
use domain::dossier::event::{Channel, ResultOutcome};
use domain::statistics::tt01::{Indicator, points};
use domain::statistics::{Figure, Figures, Measured, Period, report06a, report07a};
use jiff::civil::{Date, date};

fn figures(lives: &[&Life], from: Date, to: Date) -> Figures {
    let window = Period::new(from, to).unwrap().seen_at(jiff::Timestamp::MAX);
    let courses: Vec<_> = lives.iter().filter_map(|life| life.course("x", window.end)).collect();
    Figures::over(&courses, &window)
}

/// The figures that count this life, by name.
fn counted(life: &Life, from: Date, to: Date) -> Vec<&'static str> {
    let figures = figures(&[life], from, to);
    let counted = Figure::ALL.iter().filter(|figure| figures.of(**figure) == 1);
    counted.map(|figure| figure.name()).collect()
}

const JANUARY: (Date, Date) = (date(2026, 1, 1), date(2026, 1, 31));
const FEBRUARY: (Date, Date) = (date(2026, 2, 1), date(2026, 2, 28));

/// Received on Monday 5 January, promised for the 15th.
fn received(channel: Channel) -> Life {
    let mut life = Life::begin(0, "2026-01-05T02:00:00Z", channel);
    life.receive(10);
    life
}

#[test]
fn early_on_time_and_late_go_by_the_day() {
    let after = |days: i64| {
        let mut life = received(Channel::Counter);
        life.wait_hours(24 * days).issue(ResultOutcome::Granted);
        counted(&life, JANUARY.0, JANUARY.1)
    };
    let common = ["filed", "handled", "taken_in", "taken_in_counter", "resolved"];
    for (days, verdict) in [(9, "early"), (10, "on_time"), (11, "late")] {
        let counted = after(days);
        assert!(common.iter().all(|name| counted.contains(name)), "{counted:?}");
        assert!(counted.contains(&&*format!("resolved_{verdict}")), "{days}: {counted:?}");
        assert!(counted.contains(&&*format!("issued_{verdict}")), "{days}: {counted:?}");
    }
    assert!(after(11).contains(&"settled_late_without_apology"));
    assert!(!after(11).contains(&"issued_beyond_law") && after(16).contains(&"issued_beyond_law"));
}

#[test]
fn an_apology_does_not_make_it_on_time() {
    let mut life = received(Channel::Online);
    life.wait_hours(24 * 8).apologise(3).wait_hours(24 * 4).issue(ResultOutcome::Granted);
    let told = counted(&life, JANUARY.0, JANUARY.1);
    assert!(told.contains(&"resolved_late") && told.contains(&"settled_late_with_apology"));
    assert!(told.contains(&"taken_in_full"), "{told:?}");
}

#[test]
fn who_is_waited_for_is_resolved_on_time_and_comes_back_as_taken_in() {
    let mut life = received(Channel::Post);
    life.wait_hours(48).ask(3_000);
    let told = counted(&life, JANUARY.0, JANUARY.1);
    assert_eq!(
        told,
        [
            "filed",
            "handled",
            "taken_in",
            "taken_in_post",
            "resolved",
            "resolved_on_time",
            "settled",
            "settled_on_time",
            "awaiting_applicant"
        ]
    );
    assert!(counted(&life, FEBRUARY.0, FEBRUARY.1).is_empty(), "nobody has it in hand");
    life.wait_hours(24 * 30).supplement();
    let told = counted(&life, FEBRUARY.0, FEBRUARY.1);
    assert_eq!(told, ["handled", "taken_in", "taken_in_post", "running", "running_in_time"]);
    life.receive(10).wait_hours(24 * 3).issue(ResultOutcome::Refused).give_back();
    let told = counted(&life, FEBRUARY.0, FEBRUARY.1);
    for name in ["resolved_early", "refused", "returned", "supplemented_once"] {
        assert!(told.contains(&name), "{name}: {told:?}");
    }
    let all = figures(&[&life], FEBRUARY.0, FEBRUARY.1);
    assert!(all.mean_minutes().unwrap() < all.mean_minutes_stood().unwrap());
    assert_eq!(all.mean_minutes(), all.percentile_minutes(50));
}

#[test]
fn asking_twice_is_late_whatever_the_day() {
    let mut life = received(Channel::Counter);
    life.wait_hours(24).ask(3_000).wait_hours(24).supplement().receive(10);
    life.wait_hours(24).ask(3_000).wait_hours(24).supplement().receive(10);
    life.wait_hours(24).issue(ResultOutcome::Granted);
    let told = counted(&life, JANUARY.0, JANUARY.1);
    assert!(told.contains(&"issued_late") && told.contains(&"supplemented_often"), "{told:?}");
    let course = life.course("x", life.now).unwrap();
    assert_eq!(points(Indicator::Contacts, &course), Some(0));
    assert_eq!(points(Indicator::TotalTime, &course), Some(2));
    assert_eq!(points(Indicator::Behaviour, &course), None, "no fact tells");
}

#[test]
fn what_never_was_received_is_in_no_column_of_06a() {
    let begun = || Life::begin(1, "2026-01-05T02:00:00Z", Channel::Online);
    let waiting = begun();
    let (mut refused, mut withdrawn) = (begun(), begun());
    refused.wait_hours(3).refuse();
    withdrawn.wait_hours(3).withdraw();
    assert_eq!(counted(&waiting, JANUARY.0, JANUARY.1), ["filed", "waiting", "waiting_late"]);
    assert_eq!(counted(&refused, JANUARY.0, JANUARY.1), ["filed", "not_accepted"]);
    assert_eq!(counted(&withdrawn, JANUARY.0, JANUARY.1), ["filed", "ended_before_reception"]);
    let row = figures(&[&waiting, &refused, &withdrawn], JANUARY.0, JANUARY.1);
    assert_eq!(*report06a::Row::of(&row).unwrap(), report06a::Cells::default());
    let row = report07a::Row::of(&row).unwrap();
    assert_eq!((row.waiting_late, row.not_accepted, row.total), (1, 1, 0));
    assert_eq!(row.outside_boundary, Measured::NotRecorded);
}

#[test]
fn a_withdrawal_is_on_time_or_late_but_never_early() {
    let after = |days: i64| {
        let mut life = received(Channel::Counter);
        life.wait_hours(24 * days).withdraw();
        counted(&life, JANUARY.0, JANUARY.1)
    };
    let common = ["filed", "handled", "taken_in", "taken_in_counter", "resolved"];
    assert_eq!(after(2), [&common[..], &["resolved_on_time", "withdrawn"]].concat());
    assert_eq!(after(20), [&common[..], &["resolved_late", "withdrawn"]].concat());
}

/// The time stands still while a payment is owed: nobody is late meanwhile.
#[test]
fn a_clock_that_stands_is_not_late() {
    let mut life = received(Channel::Counter);
    life.wait_hours(24).ask_payment();
    let told = counted(&life, FEBRUARY.0, FEBRUARY.1);
    assert_eq!(told, ["handled", "carried_over", "running", "running_in_time"]);
    life.wait_hours(24 * 20).pay().wait_hours(24).issue(ResultOutcome::Granted);
    let told = counted(&life, JANUARY.0, JANUARY.1);
    assert!(told.contains(&"paid") && told.contains(&"resolved_early"), "{told:?}");
}

#[test]
fn a_form_whose_columns_do_not_add_up_is_not_built() {
    let good = report06a::Cells { total: 3, online: 2, carried_over: 1, ..Default::default() };
    let good = report06a::Cells { resolved: 1, early: 1, running: 2, running_in_time: 2, ..good };
    let row = report06a::Row::new(good).unwrap();
    for (broken, identity) in [
        (report06a::Cells { direct: 1, ..good }, "(3) = (4) + (5) + (6)"),
        (report06a::Cells { late: 1, ..good }, "(7) = (8) + (9) + (10)"),
        (report06a::Cells { running_late: 1, ..good }, "(11) = (12) + (13)"),
        (report06a::Cells { total: 4, online: 3, ..good }, "(3) = (7) + (11)"),
    ] {
        assert_eq!(report06a::Row::new(broken).unwrap_err().identity, identity);
    }
    let error = report06a::Report::of(Vec::new(), row).unwrap_err();
    assert_eq!(error.to_string(), "II.06a: sum of column (3) does not hold: 0 is not 3");
    let empty = report06a::Row::new(Default::default()).unwrap();
    let before = report06a::Report::of(Vec::new(), empty).unwrap();
    let line = report06a::Line { level: "province".into(), field: "XD".into(), row };
    let now = report06a::Report::of(vec![line], row).unwrap();
    assert_eq!(now.follows(&before).unwrap_err().right, 0);
    assert_eq!(before.follows(&now).unwrap_err().right, 2);
    let seven = report07a::Row::of(&Figures::default()).unwrap();
    let broken = report07a::Cells { withdrawn: 1, ..*seven };
    assert!(report07a::Row::new(broken).is_err());
}
