//! The vectors of `03-life-cycle.md` §3.7 and the properties of the working clock.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

use domain::procedure::TimeUnit;
use domain::rules::{DueRounding, StartRule};
use domain::worktime::{Calendar, DAY_MINUTES, Day, DayKind, YearNotEntered};
use jiff::civil::{Date, DateTime, Time, date};
use proptest::prelude::*;

/// The days off of 2026 that the vectors cross.
fn calendar_2026() -> Calendar {
    let mut calendar =
        Calendar { sessions: Calendar::office_week(), years: [2026].into(), ..Calendar::default() };
    let mut day = |month, day, kind| {
        let entry = Day { kind, name: String::new(), decision: None, status: "law".into() };
        calendar.days.insert(date(2026, month, day), entry);
    };
    (16..=20).for_each(|d| day(2, d, DayKind::Holiday));
    day(4, 27, DayKind::CompOff);
    day(4, 30, DayKind::Holiday);
    day(5, 1, DayKind::Holiday);
    day(8, 31, DayKind::SwappedOff);
    day(8, 22, DayKind::MakeupWork);
    day(9, 1, DayKind::Holiday);
    day(9, 2, DayKind::Holiday);
    day(11, 24, DayKind::Holiday);
    calendar
}

fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

const BEFORE_THREE: StartRule = StartRule::CountTodayIfBefore(Time::constant(15, 0, 0, 0));

#[test]
fn vectors_of_the_three_rules() {
    let calendar = calendar_2026();
    let due = |start: &str, days, rule| {
        let start = at(start);
        calendar
            .due(start, days, TimeUnit::WorkingDay, rule, DueRounding::Exact)
            .unwrap()
            .at
            .to_string()
    };
    // start, days, rolling, next working day, today if before 15:00
    let vectors = [
        ("2026-11-09T09:00", 5, "16T09:00", "16T17:30", "13T17:30"),
        ("2026-11-09T15:30", 5, "16T15:30", "16T17:30", "16T17:30"),
        ("2026-11-13T16:45", 7, "25T16:45", "25T17:30", "25T17:30"),
        ("2026-11-14T10:00", 3, "18T17:30", "18T17:30", "18T17:30"),
        ("2026-02-12T14:00", 5, "26T14:00", "26T17:30", "25T17:30"),
        ("2026-04-29T08:00", 3, "06T08:00", "06T17:30", "05T17:30"),
        ("2026-08-20T10:00", 5, "26T10:00", "26T17:30", "25T17:30"),
        ("2026-08-28T17:00", 1, "03T17:00", "03T17:30", "03T17:30"),
        ("2026-11-10T07:00", 1, "10T17:30", "11T17:30", "10T17:30"),
    ];
    for (start, days, rolling, exclusive, before_three) in vectors {
        let seen = |rule| due(start, days, rule)[8..16].to_owned();
        assert_eq!(seen(StartRule::AtAcceptance), rolling, "rolling {start}");
        assert_eq!(seen(StartRule::NextWorkingDay), exclusive, "next day {start}");
        assert_eq!(seen(BEFORE_THREE), before_three, "before 15:00 {start}");
    }
    let half = calendar.add_minutes(at("2026-11-10T12:15"), DAY_MINUTES / 2).unwrap();
    assert_eq!(half, at("2026-11-10T17:30"));
}

#[test]
fn vectors_of_pauses_and_of_the_reception_clock() {
    let calendar = calendar_2026();
    let add = |from, minutes| calendar.add_minutes(at(from), minutes).unwrap();
    let due = add("2026-11-09T09:00", 5 * DAY_MINUTES);
    let remaining = calendar.count_minutes(at("2026-11-11T10:00"), due).unwrap();
    assert_eq!(remaining, 1_380);
    assert_eq!(add("2026-11-18T14:00", remaining), at("2026-11-23T11:00"));
    assert_eq!(add("2026-11-18T14:00", 5 * DAY_MINUTES), at("2026-11-26T14:00"));
    assert_eq!(add("2026-11-13T16:45", 480), at("2026-11-16T16:45"));
    assert_eq!(add("2026-11-14T10:00", 480), at("2026-11-16T17:30"));
    assert_eq!(add("2026-11-09T08:00", 480), at("2026-11-10T08:00"));
}

#[test]
fn months_end_and_tails() {
    let calendar = calendar_2026();
    let due = |start, amount, unit| {
        let rule = StartRule::NextWorkingDay;
        calendar.due(at(start), amount, unit, rule, DueRounding::Exact).unwrap().at
    };
    assert_eq!(due("2026-01-31T09:00", 1, TimeUnit::Month), at("2026-03-02T17:30"));
    assert_eq!(due("2026-11-09T09:00", 15, TimeUnit::CalendarDay), at("2026-11-25T17:30"));
}

#[test]
fn a_year_that_is_not_entered_refuses() {
    let calendar = calendar_2026();
    let answer = calendar.add_minutes(at("2026-12-31T09:00"), 5 * DAY_MINUTES);
    assert_eq!(answer, Err(YearNotEntered { year: 2027 }));
}

/// Counts minute by minute: written apart from the engine, slow and plain.
fn stepped(calendar: &Calendar, from: DateTime, minutes: i64) -> DateTime {
    let works = |at: DateTime| {
        calendar.sessions_on(at.date()).unwrap().iter().any(|session| {
            at.date().to_datetime(session.from) <= at && at < at.date().to_datetime(session.to)
        })
    };
    let mut at = from;
    let mut left = minutes;
    loop {
        if left == 0 {
            return at;
        }
        if works(at) {
            left -= 1;
        }
        at = at.saturating_add(jiff::ToSpan::minutes(1));
    }
}

fn calendars() -> impl Strategy<Value = Calendar> {
    let kinds = prop_oneof![
        Just(DayKind::Holiday),
        Just(DayKind::CompOff),
        Just(DayKind::SwappedOff),
        Just(DayKind::LocalClosure),
        Just(DayKind::MakeupWork),
    ];
    proptest::collection::vec((0i64..60, kinds), 0..20).prop_map(|days| {
        let mut calendar = Calendar {
            sessions: Calendar::office_week(),
            years: [2026, 2027].into(),
            ..Calendar::default()
        };
        for (offset, kind) in days {
            let first: Date = date(2026, 11, 1);
            let day = first.saturating_add(jiff::ToSpan::days(offset));
            let entry = Day { kind, name: String::new(), decision: None, status: String::new() };
            calendar.days.insert(day, entry);
        }
        calendar
    })
}

fn starts() -> impl Strategy<Value = DateTime> {
    (0i64..40 * 1440)
        .prop_map(|m| date(2026, 11, 1).at(0, 0, 0, 0).saturating_add(jiff::ToSpan::minutes(m)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn counting_undoes_adding(calendar in calendars(), from in starts(), m in 0i64..5000) {
        let to = calendar.add_minutes(from, m).unwrap();
        prop_assert_eq!(calendar.count_minutes(from, to).unwrap(), m);
    }

    #[test]
    fn adding_in_two_steps(
        calendar in calendars(), from in starts(), a in 1i64..3000, b in 1i64..3000,
    ) {
        let twice = calendar.add_minutes(calendar.add_minutes(from, a).unwrap(), b).unwrap();
        prop_assert_eq!(calendar.add_minutes(from, a + b).unwrap(), twice);
    }

    #[test]
    fn equals_stepping_minute_by_minute(
        calendar in calendars(), from in starts(), m in 1i64..3000,
    ) {
        prop_assert_eq!(calendar.add_minutes(from, m).unwrap(), stepped(&calendar, from, m));
    }

    #[test]
    fn later_starts_never_end_earlier(
        calendar in calendars(), a in starts(), b in starts(), m in 0i64..3000,
    ) {
        let (a, b) = (a.min(b), a.max(b));
        prop_assert!(calendar.add_minutes(a, m).unwrap() <= calendar.add_minutes(b, m).unwrap());
    }
}
