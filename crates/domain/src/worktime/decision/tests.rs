use super::*;
use jiff::civil::date;

fn calendar() -> Calendar {
    let mut calendar = Calendar { sessions: Calendar::office_week(), ..Calendar::default() };
    calendar.years.insert(2026);
    calendar
}

fn day(date: Date, kind: DecidedKind) -> DecidedDay {
    DecidedDay { date, kind, name: "Nghỉ".to_owned() }
}

fn decision(days: Vec<DecidedDay>) -> CalendarDecision {
    CalendarDecision {
        number: "1/QĐ".to_owned(),
        issuer: "UBND tỉnh".to_owned(),
        issued_on: date(2026, 9, 1),
        year: None,
        days,
    }
}

#[test]
fn a_closure_closes_and_an_ordinary_day_opens_again() {
    let storm = date(2026, 9, 15);
    let calendar = calendar();
    let closed = calendar.decided(&decision(vec![day(storm, DecidedKind::LocalClosure)]));
    assert_eq!(closed.is_working_day(storm), Ok(false));
    assert_eq!(closed.days[&storm].decision.as_deref(), Some("1/QĐ"));
    let opened = closed.decided(&decision(vec![day(storm, DecidedKind::Ordinary)]));
    assert_eq!(opened, calendar);
}

#[test]
fn a_year_is_entered_and_what_was_undecided_goes() {
    let mut calendar = calendar();
    let guess = Day {
        kind: DayKind::Undecided,
        name: "Tết".to_owned(),
        decision: None,
        status: "memory".to_owned(),
    };
    calendar.days.insert(date(2028, 1, 26), guess);
    let days = (1..=11).map(|n| day(date(2028, 1, n), DecidedKind::Holiday)).collect();
    let wish = CalendarDecision { year: Some(2028), ..decision(days) };
    assert_eq!(calendar.problems_of(&wish), []);
    let entered = calendar.decided(&wish);
    assert!(entered.years.contains(&2028) && !entered.days.contains_key(&date(2028, 1, 26)));
    assert_eq!(entered.is_working_day(date(2028, 1, 26)), Ok(true));
    assert_eq!(entered.days_off(2028), 11);
}

#[test]
fn every_problem_is_told_at_once() {
    let monday = date(2026, 9, 14);
    let nameless =
        DecidedDay { name: " ".to_owned(), ..day(date(2026, 9, 19), DecidedKind::Holiday) };
    let wish = CalendarDecision {
        number: " ".to_owned(),
        issuer: "x".repeat(TEXT_MAX + 1),
        year: Some(2027),
        ..decision(vec![day(monday, DecidedKind::MakeupWork), nameless.clone(), nameless])
    };
    let (saturday, other) = (date(2026, 9, 19), |at, date| CalendarProblem::OtherYear { at, date });
    let expected = [
        CalendarProblem::Missing { field: "number" },
        CalendarProblem::TooLong { field: "issuer".to_owned() },
        other(0, monday),
        CalendarProblem::WorkedAnyway { at: 0, date: monday },
        other(1, saturday),
        CalendarProblem::Nameless { at: 1, date: saturday },
        CalendarProblem::Twice { at: 2, date: saturday },
        other(2, saturday),
        CalendarProblem::Nameless { at: 2, date: saturday },
    ];
    assert_eq!(calendar().problems_of(&wish), expected);
    assert_eq!(calendar().problems_of(&decision(Vec::new())), [CalendarProblem::Empty]);
}

#[test]
fn a_year_without_its_holidays_is_not_complete() {
    let wish = CalendarDecision {
        year: Some(2027),
        ..decision(vec![day(date(2027, 1, 1), DecidedKind::Holiday)])
    };
    let expected = [CalendarProblem::TooFewDaysOff { year: 2027, days: 1 }];
    assert_eq!(calendar().problems_of(&wish), expected);
}

#[test]
fn only_days_that_differ_afterwards_count_as_changed() {
    let (first, second) = (date(2026, 9, 15), date(2026, 9, 16));
    let once = decision(vec![day(first, DecidedKind::LocalClosure)]);
    let closed = calendar().decided(&once);
    let both = decision(vec![
        day(second, DecidedKind::LocalClosure),
        day(first, DecidedKind::LocalClosure),
    ]);
    assert_eq!(closed.changed_by(&both), [second]);
}
