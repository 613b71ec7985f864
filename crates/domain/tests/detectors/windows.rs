//! Random histories and random windows: a watch that is fed once says what the definitions say,
//! which read everything anew for each window (`reference`).

use crate::honest::Dice;
use crate::story::{CALENDAR, Fed, Log, PUBLISHED, Story, THRESHOLDS, defined, lens};
use domain::detectors::{Detector, Lens, Oddity, Taken, Told, Watch};
use domain::dossier::event::{Channel, Event};
use domain::dossier::{Dossier, Fact};
use domain::statistics::{Period, Window};
use domain::time::{Instant, instant, local};
use domain::worktime::{Calendar, YearNotEntered, Years};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, ToSpan as _};
use std::collections::{BTreeMap, BTreeSet};

/// Histories looked at, dossiers in each, and windows asked of each.
const HISTORIES: u64 = 200;
const DOSSIERS: i64 = 40;
const WINDOWS: i64 = 25;

/// What becomes of most dossiers of a history.
#[derive(Clone, Copy)]
enum Habit {
    Nothing,
    AtTheLastMinute,
    Withdrawn,
}

const HABITS: [Habit; 3] = [Habit::Nothing, Habit::AtTheLastMinute, Habit::Withdrawn];

fn life(no: i64, habit: Habit, dice: &mut Dice) -> Story {
    let story = course(no, dice);
    let over = story.facts.last().is_some_and(|fact| is_end(&fact.event));
    if over || story.due.is_none() || dice.percent(30) {
        return story;
    }
    match habit {
        Habit::Nothing => story,
        Habit::AtTheLastMinute => {
            story.receive(4).wait(480).before_due(dice.below(20)).sign().issue()
        }
        Habit::Withdrawn => story.wait(dice.below(900)).withdraw(),
    }
}

fn is_end(event: &Event) -> bool {
    matches!(
        event,
        Event::Returned(_) | Event::Withdrawn(_) | Event::Stopped(_) | Event::NotAccepted(_)
    )
}

/// Whoever does whatever, in any order; often at the same time as others.
fn course(no: i64, dice: &mut Dice) -> Story {
    let day = date(2026, 3, 2).checked_add((dice.below(25)).days()).unwrap();
    let at = day.at(8, 0, 0, 0) + SignedDuration::from_mins(30 * dice.below(3));
    let at = if dice.percent(10) { at + SignedDuration::from_hours(13) } else { at };
    let channel = if dice.percent(50) { Channel::Online } else { Channel::Counter };
    let subject = format!("00{}", dice.below(12));
    let mut story = Story::file_at(&format!("d{no}"), at, channel, &subject)
        .at_agency(["A", "B", "C"][usize::try_from(dice.below(3)).unwrap()])
        .with(&format!("CB{}", dice.below(3)));
    for _ in 0..dice.below(14) {
        story = match dice.below(10) {
            0..4 => story.seconds(dice.below(9)),
            4..7 => story.wait(dice.below(90)),
            _ => story.wait(480 * dice.below(4) + dice.below(2) * dice.below(900)),
        };
        let received = story.due.is_some();
        story = match dice.below(24) {
            0..3 if !received => story.ask("c1", ""),
            0..6 => story.receive(dice.between(1, 8)),
            6..14 => story.step(dice.between(0, 900)),
            14 => story.consult(dice.between(0, 900)),
            15 => story.ask(["c1", "c9", ""][usize::try_from(dice.below(3)).unwrap()], ""),
            16 => story.answer(["c1", "c2"][usize::try_from(dice.below(2)).unwrap()], "first"),
            17 => story.ask_payment([75_000, 80_000][usize::try_from(dice.below(2)).unwrap()]),
            18 => story.pay(),
            19 if received => story.apologise(dice.between(0, 4)),
            20 if received => story.before_due(dice.below(20)).sign().issue(),
            21 => return story.give_back(),
            22 => return if dice.percent(60) { story.withdraw() } else { story.stop() },
            23 if dice.percent(30) => return story.refuse(),
            _ => story,
        };
    }
    story
}

/// A log takes facts in as they are committed: those of one dossier in order, those of others now
/// and then some seconds late.
fn committed<'s>(lives: &'s [Story], dice: &mut Dice) -> Log<'s> {
    let mut facts: Vec<(Instant, &str, &Fact)> = Vec::new();
    for life in lives {
        let late = SignedDuration::from_secs(if dice.percent(50) { dice.below(5) } else { 0 });
        facts.extend(life.facts.iter().map(|fact| (fact.at + late, life.id.as_str(), fact)));
    }
    facts.sort_by_key(|(at, ..)| *at);
    facts.into_iter().map(|(_, id, fact)| (id, fact)).collect()
}

/// Some window: of whole days, or cut at a fact, just before one, or between.
fn window(log: &Log<'_>, dice: &mut Dice) -> Window {
    let day = |dice: &mut Dice| date(2026, 2, 20).checked_add(dice.below(70).days()).unwrap();
    let mut moment = |otherwise: fn(Window) -> Instant| {
        let one = usize::try_from(dice.below(log.len() as i64)).unwrap();
        let at = log[one].1.at;
        match dice.below(6) {
            0 => at,
            1 => at - SignedDuration::from_millis(1),
            2 => at + SignedDuration::from_secs(dice.below(60)),
            3 => at + SignedDuration::from_mins(dice.below(3_000)),
            _ => {
                let (one, other) = (day(dice), day(dice));
                let period = Period::new(one.min(other), one.max(other)).unwrap();
                otherwise(period.seen_at(Instant::MAX))
            }
        }
    };
    Window { opens: moment(|window| window.opens), end: moment(|window| window.end) }
}

/// The parts of a window's days that lie in one month each.
fn months(window: &Window) -> Vec<Period> {
    let (first, last) = (local(window.opens).date(), local(window.end).date());
    let mut months = Vec::new();
    let mut day = first;
    while day <= last {
        months.extend(Period::new(day, last.min(day.last_of_month())));
        day = day.last_of_month().tomorrow().unwrap();
    }
    months
}

/// Everything that a watch can be asked of a window, against the definitions.
#[track_caller]
fn same(watch: &Watch, log: &Log<'_>, asked: (Window, Option<&str>), seen: &mut BTreeSet<String>) {
    let (window, agency) = asked;
    let defined = defined(log, window, agency);
    let told = |told| watch.signs(&window, agency, told, &lens()).unwrap();
    let all = told(Told::All);
    assert_eq!(all.found, defined, "{window:?} of {agency:?}");
    let counts = told(Told::Counts);
    assert!(counts.found.is_empty());
    for detector in Detector::ALL {
        let theirs: Vec<_> = defined.iter().filter(|found| found.detector == detector).collect();
        assert_eq!(counts.count(detector), theirs.len() as u64, "{detector:?} in {window:?}");
        assert_eq!(all.count(detector), theirs.len() as u64);
        for month in months(&window) {
            let within = |day: Date| month.from() <= day && day <= month.to();
            let count = theirs.iter().filter(|found| within(local(found.at).date())).count();
            assert_eq!(counts.count_in(detector, &month), count as u64, "{detector:?} {month:?}");
        }
        let first: Vec<_> = theirs.iter().take(3).map(|found| (*found).clone()).collect();
        assert_eq!(told(Told::First(detector, 3)).found, first);
    }
    for found in &defined {
        let what = serde_json::to_value(&found.oddity).unwrap();
        seen.insert(what["what"].as_str().unwrap().to_owned());
    }
}

const AGENCIES: [Option<&str>; 5] = [None, Some("A"), Some("B"), Some("C"), Some("nobody")];

#[test]
fn a_watch_fed_once_says_what_the_definitions_say() {
    let mut seen = BTreeSet::new();
    for history in 0..HISTORIES {
        let mut dice = Dice(history);
        let habit = HABITS[usize::try_from(dice.below(3)).unwrap()];
        let lives: Vec<Story> = (0..DOSSIERS).map(|no| life(no, habit, &mut dice)).collect();
        let log = committed(&lives, &mut dice);
        let mut fed = Fed::default();
        for (known, (id, fact)) in (1..).zip(&log) {
            fed.take(id, fact, &lens());
            // Asked in between, when nobody knows yet what will happen.
            if dice.percent(2) {
                let now = log[..known].iter().map(|(_, fact)| fact.at).max().unwrap();
                let asked = Window { opens: log[0].1.at, end: now };
                same(&fed.watch, &log[..known].to_vec(), (asked, None), &mut seen);
            }
        }
        for _ in 0..WINDOWS {
            let agency = AGENCIES[usize::try_from(dice.below(5)).unwrap()];
            same(&fed.watch, &log, (window(&log, &mut dice), agency), &mut seen);
        }
    }
    let told_by_facts = [
        "apology_late",
        "at_due",
        "bulk",
        "counter_closed",
        "fee_differs",
        "late_reception",
        "late_request",
        "many_withdrawn",
        "no_apology",
        "not_listed",
        "nothing_new",
        "refiled",
        "still_waiting",
        "stuck",
        "unsigned",
        "withdrawn_near_due",
    ];
    assert_eq!(seen.iter().map(String::as_str).collect::<Vec<_>>(), told_by_facts);
}

/// Who looks at one agency sees its dossiers only, also in a chain that crosses agencies.
#[test]
fn a_chain_across_agencies_is_another_one_within_each() {
    let file = |id: &str, at: &str, agency: &str| {
        Story::file(id, at, Channel::Online, "002").at_agency(agency).wait(60).receive(10)
    };
    let lives = [
        file("first", "2026-03-02T08:00:00", "A").wait(900).withdraw(),
        file("second", "2026-03-05T08:00:00", "B").wait(900).withdraw(),
        file("third", "2026-03-10T08:00:00", "A"),
        file("fourth", "2026-03-11T08:00:00", "C"),
    ];
    let log = crate::story::log(&lives);
    let fed = Fed::all(&log);
    let march = crate::story::window(date(2026, 3, 1), date(2026, 3, 31));
    let chain = |agency| {
        let signs = fed.watch.signs(&march, agency, Told::First(Detector::Refiled, 9), &lens());
        let of = |oddity| match oddity {
            Oddity::Refiled { before, .. } => before,
            other => panic!("{other:?}"),
        };
        signs.unwrap().found.into_iter().map(|found| of(found.oddity)).collect::<Vec<_>>()
    };
    assert_eq!(chain(None), ["first", "second", "second"]);
    assert_eq!(chain(Some("A")), ["first"]);
    assert!(chain(Some("B")).is_empty() && chain(Some("C")).is_empty());
    same(&fed.watch, &log, (march, Some("A")), &mut BTreeSet::new());
}

/// Facts that were committed in another order than that of their times, in windows that end at each
/// second between.
#[test]
fn what_is_committed_late_stands_in_its_place() {
    for seconds in [&[0, 5, 1, 6, 2, 7, 3, 8][..], &[0, 1, 2, 3, 4, 61, 59]] {
        let given = |(no, seconds): (usize, &i64)| {
            let id = format!("d{no}");
            let story = Story::file(&id, "2026-03-02T08:00:00", Channel::Online, &id);
            story.wait(60).receive(10).wait(300).seconds(*seconds).give_back()
        };
        let lives: Vec<Story> = seconds.iter().enumerate().map(given).collect();
        let mut log = crate::story::log(&lives);
        // In the order of their two minutes; within them dossier by dossier.
        log.sort_by_key(|(id, fact)| (fact.at.as_second() / 120, *id));
        let fed = Fed::all(&log);
        let first = lives[0].facts.last().unwrap().at;
        for second in 0..70 {
            let window =
                Window { opens: log[0].1.at, end: first + SignedDuration::from_secs(second) };
            same(&fed.watch, &log, (window, None), &mut BTreeSet::new());
        }
    }
}

/// A run of steps by one official over the end of a month, at two agencies.
#[test]
fn a_run_may_lie_in_two_months_and_at_two_agencies() {
    for agencies in [["A", "A"], ["A", "B"]] {
        let given = |no: i64| {
            let agency = agencies[usize::try_from(no % 2).unwrap()];
            let id = format!("d{no:02}");
            let filed = Story::file(&id, "2026-03-31T09:00:00", Channel::Online, &id);
            let filed = filed.at_agency(agency).with("CB1").wait(60).receive(10);
            let until_midnight = date(2026, 4, 1).at(0, 0, 0, 0).duration_since(filed.now);
            filed.seconds(until_midnight.as_secs() - 20 + no * 3).give_back()
        };
        let lives: Vec<Story> = (0..14).map(given).collect();
        let log = crate::story::log(&lives);
        let fed = Fed::all(&log);
        let both = crate::story::window(date(2026, 3, 1), date(2026, 4, 30));
        let found = fed.watch.signs(&both, None, Told::Counts, &lens()).unwrap();
        let in_month = |month| {
            let first = date(2026, month, 1);
            let month = Period::new(first, first.last_of_month()).unwrap();
            found.count_in(Detector::Bulk, &month)
        };
        assert_eq!((in_month(3), in_month(4)), (7, 7), "{agencies:?}");
        for agency in [None, Some("A"), Some("B")] {
            same(&fed.watch, &log, (both, agency), &mut BTreeSet::new());
        }
    }
}

/// Where the next year's holidays are not entered, nobody says how long a dossier has waited in it.
#[test]
fn a_year_that_is_not_entered_is_told() {
    let calendar = Calendar { years: Years::Entered(BTreeSet::from([2026])), ..CALENDAR.clone() };
    let published = BTreeMap::clone(&PUBLISHED);
    let lens = Lens { calendar: &calendar, thresholds: &THRESHOLDS, published: &published };
    let filed = Story::file("a", "2026-12-28T08:00:00", Channel::Online, "1");
    let dossier = Dossier::begin(&filed.facts[0]).unwrap();
    let mut watch = Watch::default();
    let taken = Taken { before: None, fact: &filed.facts[0], after: &dossier };
    watch.take(&"a".into(), 0, &taken, &lens).unwrap();
    let until = |day: Date, told| {
        let window = Window {
            opens: instant(date(2026, 1, 1).at(0, 0, 0, 0)),
            end: instant(day.at(12, 0, 0, 0)),
        };
        watch.signs(&window, None, told, &lens).map(|signs| signs.found.len())
    };
    assert_eq!(until(date(2026, 12, 28), Told::All), Ok(0));
    assert_eq!(until(date(2026, 12, 31), Told::All), Ok(2), "unanswered and stuck");
    for told in [Told::All, Told::Counts] {
        assert_eq!(until(date(2027, 1, 1), told), Err(YearNotEntered { year: 2027 }));
    }
}
