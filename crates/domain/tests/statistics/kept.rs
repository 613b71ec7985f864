//! 12,000 random histories: the courses that are kept are those of the definition, as of any
//! instant, and the hours that dossiers lay somewhere are those of the facts.

use crate::counters::{grown, place};
use crate::histories::*;
use crate::properties::{courses, lives, period};
use domain::dossier::event::SupplementStage;
use domain::statistics::flow::{Load, Loads, Place};
use domain::statistics::{Belongs, Course, Courses, Dimension, Figure, Figures, Window, tabulate};
use domain::time::{Instant, local};
use jiff::SignedDuration;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The courses that can count in a window, as the kept ones are shown.
fn shown(kept: &Courses, window: &Window, parts: usize) -> Vec<Course> {
    let mut seen = Vec::new();
    for part in kept.parts(parts) {
        kept.each(part, window, |_| true, |course| seen.push(course.clone()));
    }
    seen
}

/// The loads of a window straight from the state at its end.
fn loads(lives: &[Life], window: &Window) -> Loads {
    let mut stays: BTreeMap<(Place, String), Vec<(i64, bool)>> = BTreeMap::new();
    let count = |from, to| CALENDAR.count_minutes(local(from), local(to)).unwrap();
    let ended = |at: &Option<Instant>| at.filter(|at| window.holds(*at));
    for life in lives {
        let Some(history) = life.history(window.end) else { continue };
        let dossier = history.dossier();
        for task in &dossier.tasks {
            let closed = task.closed.as_ref().map(|(at, _)| *at);
            let Some(to) = ended(&closed) else { continue };
            let planned = task.opened.due_at.map(|due| count(task.opened_at, due));
            let minutes = count(task.opened_at, to);
            let late = planned.is_some_and(|planned| minutes > planned);
            let key = (Place::Step(task.opened.kind), task.opened.name.clone());
            stays.entry(key).or_default().push((minutes, late));
        }
        let asked = dossier.supplements.iter().filter(|c| c.stage == SupplementStage::Appraisal);
        let papers = asked.map(|cycle| (cycle.requested_at, cycle.completed_at));
        let paid = dossier.payments.iter().filter(|payment| payment.pauses);
        let money = paid.map(|payment| (payment.requested_at, payment.confirmed_at));
        for (from, to) in papers.chain(money) {
            let Some(to) = ended(&to) else { continue };
            let key = (Place::Applicant, String::new());
            stays.entry(key).or_default().push((count(from, to), false));
        }
    }
    let mut places: BTreeMap<Place, Vec<(i64, bool)>> = BTreeMap::new();
    for ((place, _), stays) in &stays {
        places.entry(*place).or_default().extend(stays);
    }
    let load = |mut stays: Vec<(i64, bool)>| {
        stays.sort_unstable();
        Load {
            stays: stays.len() as u64,
            minutes: stays.iter().map(|(minutes, _)| minutes).sum(),
            median: stays[stays.len().div_ceil(2) - 1].0,
            late: stays.iter().filter(|(_, late)| *late).count() as u64,
        }
    };
    let named = stays.into_iter().filter(|((_, name), _)| !name.is_empty());
    let mut named: Vec<_> = named.map(|(key, stays)| (key, load(stays))).collect();
    named.sort_by(|(one, a), (other, b)| b.minutes.cmp(&a.minutes).then(one.cmp(other)));
    Loads { places: places.into_iter().map(|(place, stays)| (place, load(stays))).collect(), named }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn kept_courses_are_those_of_the_definition(
        seed: u64,
        windows in proptest::collection::vec((any::<u16>(), any::<u16>(), -200i64..3000), 4)
    ) {
        let lives = lives(seed);
        let kept = grown(&lives, &mut Dice(seed));
        prop_assert_eq!(kept.courses.len(), lives.len());
        for (start, days, later) in windows {
            let period = period(start, days);
            let as_of = period.seen_at(Instant::MAX).opens
                + SignedDuration::from_mins(later * 60 + i64::from(start % 60));
            for window in [period.seen_at(as_of), period.seen_at(Instant::MAX)] {
                let defined = courses(&lives, window.end);
                let shown = shown(&kept.courses, &window, usize::from(days % 5));
                let by_id: BTreeMap<&str, &Course> =
                    defined.iter().map(|course| (course.dossier.as_str(), course)).collect();
                for course in &shown {
                    prop_assert_eq!(course, by_id[course.dossier.as_str()]);
                }
                for course in &defined {
                    let alone = kept.courses.course(&course.dossier, window.end);
                    prop_assert_eq!(alone.as_ref(), Some(course));
                    // Whoever is not shown counts for nothing.
                    let counts = Figure::ALL.iter().any(|f| f.includes(course, &window));
                    let there = shown.iter().any(|one| one.dossier == course.dossier);
                    prop_assert!(there || !counts, "{course:?}");
                }
                let all = in_order(&kept.courses, &defined);
                prop_assert_eq!(Figures::over(&shown, &window), Figures::over(&all, &window));
                by_official(&kept.courses, &defined, &window, usize::from(days % 5));
                for wanted in [None, Some("A0"), Some("A1")] {
                    let has = |life: &&Life| wanted.is_none_or(|id| id == place(life).agency);
                    let theirs: Vec<Life> = lives.iter().filter(has).cloned().collect();
                    prop_assert_eq!(kept.flow.loads(&window, wanted), loads(&theirs, &window));
                }
            }
        }
    }
}

/// Figures by official, and the lists behind them, are those of the definition.
#[track_caller]
fn by_official(kept: &Courses, defined: &[Course], window: &Window, parts: usize) {
    let mut counted: BTreeMap<String, Figures> = BTreeMap::new();
    for part in kept.parts(parts) {
        let key = |belongs: Belongs<'_>| Some(belongs.official.unwrap_or_default().to_owned());
        for (official, figures) in kept.figures(part, window, key) {
            let sum = counted.entry(official).or_default();
            *sum = std::mem::take(sum).and(&figures);
        }
    }
    let table = tabulate(defined, window, &[Dimension::Official]);
    for (key, defined) in &table {
        let nothing = Figures::default();
        let counted = counted.get(&key.concat()).unwrap_or(&nothing);
        for figure in Figure::ALL {
            assert_eq!(counted.of(*figure), defined.of(*figure), "{} of {key:?}", figure.name());
        }
        assert_eq!(counted.supplement_rounds(), defined.supplement_rounds());
        assert_eq!(counted.mean_minutes(), defined.mean_minutes());
        assert_eq!(counted.mean_minutes_stood(), defined.mean_minutes_stood());
        assert_eq!(counted.percentile_minutes(50), defined.percentile_minutes(50));
    }
    assert!(counted.keys().all(|key| table.contains_key(std::slice::from_ref(key))));
    for figure in Figure::ALL {
        let wanted = |belongs: Belongs<'_>| belongs.official == Some("CB1");
        let list = kept
            .parts(1)
            .into_iter()
            .map(|part| kept.list(part, window, (*figure, usize::MAX), wanted));
        let (count, mut courses) = list.fold((0, Vec::new()), |(count, mut all), (more, list)| {
            all.extend(list);
            (count + more, all)
        });
        let counts = |course: &&Course| {
            course.official.as_deref() == Some("CB1") && figure.includes(course, window)
        };
        let mut behind: Vec<Course> = defined.iter().filter(counts).cloned().collect();
        behind.sort_by(|one, other| one.dossier.cmp(&other.dossier));
        courses.sort_by(|one, other| one.dossier.cmp(&other.dossier));
        assert_eq!((count, courses), (behind.len(), behind), "{}", figure.name());
    }
}

/// The courses in the order in which they are kept.
fn in_order(kept: &Courses, defined: &[Course]) -> Vec<Course> {
    let ever = Window { opens: Instant::UNIX_EPOCH, end: Instant::MAX };
    let order: Vec<String> = shown(kept, &ever, 1).into_iter().map(|c| c.dossier).collect();
    let of = |id: &String| defined.iter().find(|course| course.dossier == *id).cloned();
    order.iter().filter_map(of).collect()
}
