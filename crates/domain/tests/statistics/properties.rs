//! 12,000 random histories: partitions add up, identities hold, and looking back is looking at what
//! was there.

use crate::histories::*;
use domain::statistics::causes::Causes;
use domain::statistics::{
    Course, Dimension, Figure, Figures, Period, report06a, report07a, tabulate,
};
use domain::time::Instant;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, ToSpan as _};
use proptest::prelude::*;

const LIVES: usize = 100;
const CASES: u32 = 120;

pub(crate) fn lives(seed: u64) -> Vec<Life> {
    let mut dice = Dice(seed);
    (0..LIVES).map(|_| random(&mut dice)).collect()
}

pub(crate) fn courses(lives: &[Life], at: Instant) -> Vec<Course> {
    let each = lives.iter().enumerate();
    each.filter_map(|(no, life)| life.course(&no.to_string(), at)).collect()
}

/// A period of 2026 and a day later, from two numbers.
pub(crate) fn period(start: u16, days: u16) -> Period {
    let from: Date = date(2026, 1, 1) + i32::from(start % 400).days();
    Period::new(from, from + i32::from(days % 100).days()).unwrap()
}

/// Figures of which each course is in exactly one, and the figure they divide.
const PARTITIONS: [(Figure, &[Figure]); 12] = {
    use Figure::*;
    [
        (Waiting, &[WaitingInTime, WaitingLate]),
        (Handled, &[CarriedOver, TakenIn]),
        (TakenIn, &[TakenInOnline, TakenInCounter, TakenInPost]),
        (TakenInOnline, &[TakenInFull, TakenInPartial, TakenInOther]),
        (Handled, &[Resolved, Running]),
        (Resolved, &[ResolvedEarly, ResolvedOnTime, ResolvedLate]),
        (Resolved, &[Settled, Stopped, Withdrawn]),
        (
            Settled,
            &[SettledEarly, SettledOnTime, SettledLateWithApology, SettledLateWithoutApology],
        ),
        (Running, &[RunningInTime, RunningLate]),
        (Issued, &[IssuedEarly, IssuedOnTime, IssuedLate]),
        (Handled, &[Settled, Running, Stopped, Withdrawn]),
        (
            Handled,
            &[CarriedOver, TakenInFull, TakenInPartial, TakenInOther, TakenInCounter, TakenInPost],
        ),
    ]
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn whatever_happened_the_figures_add_up(
        seed: u64, start: u16, days: u16, later in 0i64..3000
    ) {
        let (lives, period) = (lives(seed), period(start, days));
        let as_of = period.seen_at(Instant::MAX).opens + SignedDuration::from_hours(later);
        let window = period.seen_at(as_of);
        let courses = courses(&lives, window.end);
        for course in &courses {
            for (whole, parts) in PARTITIONS {
                let within = parts.iter().filter(|part| part.includes(course, &window)).count();
                let expected = usize::from(whole.includes(course, &window));
                prop_assert_eq!(within, expected, "{} of {:?}", whole.name(), course);
            }
        }
        let all = Figures::over(&courses, &window);
        for by in [
            &[Dimension::Agency][..], &[Dimension::Level, Dimension::Field],
            &[Dimension::Procedure, Dimension::Channel], &[Dimension::Official],
        ] {
            let parts = tabulate(&courses, &window, by);
            let sum = parts.values().fold(Figures::default(), Figures::and);
            for figure in Figure::ALL {
                prop_assert_eq!(sum.of(*figure), all.of(*figure), "{} by {:?}", figure.name(), by);
            }
            prop_assert_eq!(sum.percentile_minutes(90), all.percentile_minutes(90));
            prop_assert_eq!(sum.mean_minutes(), all.mean_minutes());
        }
        let six = report06a::Report::over(&courses, &window).unwrap().total();
        let seven = report07a::Report::over(&courses, &window).unwrap().total();
        prop_assert_eq!(six.resolved, seven.settled + seven.stopped + seven.withdrawn);
        prop_assert_eq!((six.total, six.running), (seven.total, seven.running));
        let causes = Causes::over(&courses, &window);
        prop_assert_eq!(causes.late(), six.late + six.running_late);
    }

    #[test]
    fn what_is_in_progress_comes_over(seed: u64, start: u16, days: u16, more: u16) {
        let (lives, first) = (lives(seed), period(start, days));
        let next = first.to().tomorrow().unwrap();
        let second = Period::new(next, next + i32::from(more % 90).days()).unwrap();
        let report = |period: Period| {
            let window = period.seen_at(Instant::MAX);
            report06a::Report::over(&courses(&lives, window.end), &window).unwrap()
        };
        report(second).follows(&report(first)).unwrap();
    }

    #[test]
    fn looking_back_is_looking_at_what_was_there(seed: u64, start: u16, days: u16, later: u16) {
        let lives = lives(seed);
        let period = period(start, days);
        let then = period.seen_at(Instant::MAX).opens + SignedDuration::from_hours(24);
        let known: Vec<Life> = lives.iter().filter_map(|life| {
            let facts = life.facts.iter().filter(|fact| fact.at <= then).cloned().collect();
            let life = Life { facts, ..life.clone() };
            (!life.facts.is_empty()).then_some(life)
        }).collect();
        let seen: Vec<Course> = lives.iter().filter_map(|life| life.course("x", then)).collect();
        let there: Vec<Course> = known.iter().filter_map(|life| life.course("x", then)).collect();
        prop_assert_eq!(seen, there);
        // What happened in a period stays happened: such counts only grow with the knowledge.
        let grows = [
            Figure::Filed, Figure::NotAccepted, Figure::EndedBeforeReception, Figure::CarriedOver,
            Figure::TakenIn, Figure::Handled, Figure::ReceivedLate, Figure::Issued,
            Figure::Refused, Figure::Returned, Figure::Paid, Figure::IssuedLate,
        ];
        let at = |hours: i64| {
            let window = period.seen_at(then + SignedDuration::from_hours(hours));
            Figures::over(&courses(&lives, window.end), &window)
        };
        let (before, after) = (at(0), at(i64::from(later)));
        for figure in grows {
            let (before, after) = (before.of(figure), after.of(figure));
            prop_assert!(before <= after, "{}: {} then {}", figure.name(), before, after);
        }
    }
}
