//! 12,000 random histories: the counters give the figures of the definition, for any window, as of
//! any instant, whatever was added first; and a fact more changes them by its marks alone.

use crate::histories::*;
use crate::properties::{courses, lives, period};
use domain::dossier::event::{Channel, ResultOutcome};
use domain::statistics::columns::Columns;
use domain::statistics::flow::Flow;
use domain::statistics::marks::Marks;
use domain::statistics::{
    Course, Courses, Dimension, Figure, Figures, Grain, Period, Place, Tally, Times, Walk, Window,
    tabulate,
};
use domain::time::Instant;
use jiff::SignedDuration;
use jiff::civil::date;
use proptest::prelude::*;

pub(crate) fn place(life: &Life) -> Place {
    let course = life.course("x", life.now).unwrap();
    let Course { agency, level, procedure, field, channel, .. } = course;
    Place { agency, level, procedure, field, channel }
}

fn marks(life: &Life, facts: usize) -> Marks {
    Marks::of(&life.facts[..facts], &SETTINGS[life.setting], &CALENDAR).unwrap()
}

/// Every dossier at once.
fn whole(lives: &[Life]) -> Tally {
    let mut tally = Tally::default();
    lives.iter().for_each(|life| tally.add(&place(life), &marks(life, life.facts.len())));
    tally.settle();
    tally
}

/// Everything that is kept of dossiers.
#[derive(Default)]
pub(crate) struct Grown {
    pub(crate) tally: Tally,
    pub(crate) courses: Courses,
    pub(crate) flow: Flow,
}

/// Fact by fact or some at a time, in the order of the log; added up now and then, and some
/// dossiers walked again from their first fact.
pub(crate) fn grown(lives: &[Life], dice: &mut Dice) -> Grown {
    let each = lives.iter().enumerate();
    let mut log: Vec<(Instant, usize, usize)> = each
        .flat_map(|(no, life)| life.facts.iter().zip(0..).map(move |(f, seq)| (f.at, no, seq)))
        .collect();
    log.sort_unstable();
    let mut all = Grown::default();
    let mut walks: Vec<Option<Walk>> = vec![None; lives.len()];
    for (_, no, seq) in log {
        let (life, setting) = (&lives[no], &SETTINGS[lives[no].setting]);
        let fact = &life.facts[seq];
        let walk = &mut walks[no];
        match walk {
            None => *walk = Walk::begin(fact, setting, &CALENDAR).unwrap(),
            Some(walk) => walk.take(fact, setting, &CALENDAR).unwrap(),
        }
        let walk = walk.as_mut().unwrap();
        let last = seq + 1 == life.facts.len();
        if !last && dice.roll(3) == 0 {
            continue;
        }
        let (told, place) = (walk.told(), place(life));
        all.tally.take_back(&place, &told.gone);
        all.tally.add(&place, &told.marks);
        told.stays.iter().for_each(|stay| all.flow.add(&place.agency, stay));
        all.courses.take(&no.to_string().into(), walk.history().dossier(), setting, &told);
        if dice.roll(5) == 0 {
            *walk = Walk::begin(&life.facts[0], setting, &CALENDAR).unwrap().unwrap();
            life.facts[1..=seq].iter().for_each(|f| walk.take(f, setting, &CALENDAR).unwrap());
            walk.told();
        }
        if dice.roll(400) == 0 {
            all.tally.settle();
        }
    }
    all
}

#[track_caller]
fn same(tally: &Tally, courses: &[Course], window: &Window) {
    let whole = (Grain::Place, Times::Wanted);
    let counted = tally.figures(window, whole, |place| Some(vec![place.agency.clone()]));
    let defined = tabulate(courses, window, &[Dimension::Agency]);
    for (agency, counted) in counted {
        let nothing = Figures::default();
        let defined = defined.get(&agency).unwrap_or(&nothing);
        for figure in Figure::ALL {
            let (ours, theirs) = (counted.of(*figure), defined.of(*figure));
            assert_eq!(ours, theirs, "{} of {agency:?} in {window:?}", figure.name());
        }
        assert_eq!(counted.supplement_rounds(), defined.supplement_rounds());
        assert_eq!(counted.mean_minutes(), defined.mean_minutes());
        assert_eq!(counted.mean_minutes_stood(), defined.mean_minutes_stood());
        for percent in [1, 50, 90, 100] {
            assert_eq!(counted.percentile_minutes(percent), defined.percentile_minutes(percent));
        }
    }
    for (grain, by) in [
        (Grain::Agency, &[Dimension::Agency][..]),
        (Grain::Field, &[Dimension::Level, Dimension::Field]),
    ] {
        let key = |place: &Place| match grain {
            Grain::Field => vec![place.level.name().to_owned(), place.field.clone()],
            Grain::Agency | Grain::Place => vec![place.agency.clone()],
        };
        let coarse = tally.figures(window, (grain, Times::Wanted), |place| Some(key(place)));
        let defined = tabulate(courses, window, by);
        for (key, counted) in coarse {
            let nothing = Figures::default();
            let defined = defined.get(&key).unwrap_or(&nothing);
            for figure in Figure::ALL {
                let (ours, theirs) = (counted.of(*figure), defined.of(*figure));
                assert_eq!(ours, theirs, "{} of {key:?} in {window:?}", figure.name());
            }
            assert_eq!(counted.mean_minutes(), defined.mean_minutes());
        }
    }
    let all = tally.figures(window, whole, |_| Some(()));
    let handled = all.get(&()).map_or(0, |figures| figures.of(Figure::Handled));
    assert_eq!(handled, Figures::over(courses, window).of(Figure::Handled));
}

/// All ended dossiers counted again, by agency and month.
fn again(lives: &[Life], tally: &Tally) {
    let mut columns = Columns::default();
    for life in lives {
        if let Some(ended) = marks(life, life.facts.len()).ended {
            columns.push(&place(life), &ended);
        }
    }
    let recount = columns.by(|place| Some(place.agency.clone()));
    let mut results = 0;
    for ((agency, year, month), counts) in recount {
        let first = date(year, month, 1);
        let window = Period::new(first, first.last_of_month()).unwrap().seen_at(Instant::MAX);
        let by = (Grain::Agency, Times::Left);
        let figures = tally.figures(&window, by, |place| Some(place.agency.clone()));
        let of = |figure| figures[&agency].of(figure);
        let issued = [Figure::IssuedEarly, Figure::IssuedOnTime, Figure::IssuedLate].map(of);
        assert_eq!(counts[..3], issued, "{agency} in {year}-{month}");
        results += issued.iter().sum::<u64>();
    }
    let ended = tally.figures(&EVER, (Grain::Field, Times::Left), |_| Some(()));
    assert_eq!(results, ended[&()].of(Figure::Issued));
}

const EVER: Window = Window { opens: Instant::UNIX_EPOCH, end: Instant::MAX };

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn counters_are_the_definition(
        seed: u64,
        windows in proptest::collection::vec((any::<u16>(), any::<u16>(), -200i64..3000), 4)
    ) {
        let lives = lives(seed);
        let (whole, grown) = (whole(&lives), grown(&lives, &mut Dice(seed)).tally);
        again(&lives, &grown);
        for (start, days, later) in windows {
            let period = period(start, days);
            let as_of = period.seen_at(Instant::MAX).opens
                + SignedDuration::from_mins(later * 60 + i64::from(start % 60));
            for window in [period.seen_at(as_of), period.seen_at(Instant::MAX)] {
                let courses = courses(&lives, window.end);
                same(&whole, &courses, &window);
                same(&grown, &courses, &window);
            }
        }
    }
}

/// What reaches into an earlier month is added up by that month, and asked day by day where the
/// window opens in it.
#[test]
fn supplements_over_the_end_of_a_month() {
    let mut life = Life::begin(0, "2026-01-05T02:00:00Z", Channel::Online);
    life.wait_hours(24).receive(10).wait_hours(14 * 24).ask(480);
    life.wait_hours(14 * 24).supplement().receive(10);
    life.wait_hours(24).issue(ResultOutcome::Granted);
    let lives = [life];
    let tally = whole(&lives);
    for opens in [date(2026, 1, 2), date(2026, 1, 6), date(2026, 1, 20), date(2026, 1, 21)] {
        for last in [date(2026, 1, 31), date(2026, 2, 10), date(2026, 3, 31)] {
            let window = Period::new(opens, last).unwrap().seen_at(Instant::MAX);
            same(&tally, &courses(&lives, window.end), &window);
        }
    }
}
