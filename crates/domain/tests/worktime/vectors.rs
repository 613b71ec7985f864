//! The vectors of `03-life-cycle.md` §3.7.

use domain::procedure::TimeUnit;
use domain::rules::{DueRounding, StartRule, SupplementEffect};
use domain::worktime::{
    Calendar, DAY_MINUTES, Day, DayKind, Session, Stop, Timetable, Week, Why, YearNotEntered,
    explain,
};
use jiff::civil::{DateTime, Time, date};

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
fn vectors_of_pauses_as_stops() {
    let calendar = calendar_2026();
    let stop = |effect| Stop { from: at("2026-11-11T10:00"), to: at("2026-11-18T14:00"), effect };
    let due = |effect| {
        let (start, rule) = (at("2026-11-09T09:00"), StartRule::AtAcceptance);
        let unit = TimeUnit::WorkingDay;
        let due = calendar
            .due_with_stops(start, 5, unit, rule, DueRounding::Exact, &[stop(effect)])
            .unwrap();
        assert_eq!(explain::recompute(&due.why), Ok(due.at));
        due
    };
    let resumed = due(SupplementEffect::ResumeRemaining);
    assert_eq!(resumed.at, at("2026-11-23T11:00"));
    assert!(matches!(resumed.why[2], Why::Stopped { remaining_minutes: 1_380, .. }));
    assert_eq!(due(SupplementEffect::Subtract).at, resumed.at);
    assert_eq!(due(SupplementEffect::RestartFromZero).at, at("2026-11-26T14:00"));
    // A stop after the due date gives nothing back.
    let late = Stop { from: at("2026-11-17T10:00"), ..stop(SupplementEffect::ResumeRemaining) };
    let (unit, rule) = (TimeUnit::WorkingDay, StartRule::AtAcceptance);
    let late = calendar
        .due_with_stops(at("2026-11-09T09:00"), 5, unit, rule, DueRounding::Exact, &[late])
        .unwrap();
    assert_eq!(late.at, at("2026-11-16T09:00"));
}

#[test]
fn roundings_and_the_same_day() {
    let calendar = calendar_2026();
    let due = |start, amount, unit, rounding| {
        calendar.due(at(start), amount, unit, StartRule::AtAcceptance, rounding).unwrap().at
    };
    let hours = |start, rounding| due(start, 2, TimeUnit::WorkingHour, rounding);
    let nine = "2026-11-10T09:00";
    assert_eq!(hours(nine, DueRounding::Exact), at("2026-11-10T11:00"));
    assert_eq!(hours(nine, DueRounding::EndOfSession), at("2026-11-10T11:30"));
    assert_eq!(hours(nine, DueRounding::EndOfWorkingDay), at("2026-11-10T17:30"));
    let told = |rounding| {
        let (start, rule, unit) = (at(nine), StartRule::AtAcceptance, TimeUnit::WorkingHour);
        let due = calendar.due(start, 2, unit, rule, rounding).unwrap();
        due.why.contains(&Why::Rounded { rule: rounding })
    };
    assert!(!told(DueRounding::Exact));
    assert!(told(DueRounding::EndOfSession) && told(DueRounding::EndOfWorkingDay));
    // A session's end stays that session's end.
    let half_past = "2026-11-10T09:30";
    assert_eq!(hours(half_past, DueRounding::Exact), at("2026-11-10T11:30"));
    assert_eq!(hours(half_past, DueRounding::EndOfSession), at("2026-11-10T11:30"));
    let same_day = |start| due(start, 0, TimeUnit::SameDay, DueRounding::Exact);
    assert_eq!(same_day(nine), at("2026-11-10T17:30"));
    assert_eq!(same_day("2026-11-10T17:30"), at("2026-11-11T17:30"));
    assert_eq!(same_day("2026-11-14T10:00"), at("2026-11-16T17:30"));
    let at_once = |start| due(start, 0, TimeUnit::Immediate, DueRounding::EndOfWorkingDay);
    assert_eq!(at_once("2026-11-14T10:00"), at("2026-11-14T10:00"));
}

#[test]
fn a_make_up_day_works_mondays_sessions() {
    let session = |from: i8, to: i8| Session {
        from: Time::constant(from, 0, 0, 0),
        to: Time::constant(to, 0, 0, 0),
    };
    let mut sessions: [Vec<Session>; 7] = Default::default();
    sessions[0] = vec![session(8, 10)];
    sessions[5] = vec![session(8, 12)];
    let mut calendar = calendar_2026();
    calendar.sessions = Timetable::of(Week::new(sessions).unwrap());
    let two_hours =
        |calendar: &Calendar| calendar.add_minutes(at("2026-11-14T08:00"), 180).unwrap();
    assert_eq!(two_hours(&calendar), at("2026-11-14T11:00"));
    let day = calendar.days[&date(2026, 8, 22)].clone();
    calendar.days.insert(date(2026, 11, 14), day);
    assert_eq!(two_hours(&calendar), at("2026-11-16T09:00"));
    let counted = calendar.count_minutes(at("2026-11-14T00:00"), at("2026-11-16T09:00"));
    assert_eq!(counted, Ok(180));
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
    // The last minute of the last entered year is still told, and counted to.
    let last = calendar.add_minutes(at("2026-12-31T09:00"), 390);
    assert_eq!(last, Ok(at("2026-12-31T17:30")));
    let to_midnight = calendar.count_minutes(at("2026-12-31T09:00"), at("2027-01-01T00:00"));
    assert_eq!(to_midnight, Ok(390));
    let (unit, rule) = (TimeUnit::CalendarDay, StartRule::NextWorkingDay);
    for amount in [60, 4_000_000, u32::MAX] {
        let answer = calendar.due(at("2026-12-31T09:00"), amount, unit, rule, DueRounding::Exact);
        let year = if amount == 60 { 2027 } else { 10_000 };
        assert_eq!(answer.map(|due| due.at), Err(YearNotEntered { year }));
    }
}
