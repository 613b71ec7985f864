//! `make figures-speed`: how fast the counters answer, and how fast everything is counted again.
//!
//! So many dossiers go the bulk way into the same structures as in a house: their marks into the
//! counters, their ends into the columns. A few lives are folded from facts; each dossier is one of
//! them, moved to another day and place.

#[path = "figures_speed/lives.rs"]
mod lives;

use domain::dossier::event::Channel;
use domain::organisation::Level;
use domain::statistics::columns::{BYTES, Columns, Ended};
use domain::statistics::marks::{ALWAYS, Done, Mark, Marks};
use domain::statistics::{
    Figures, Grain, Period, Place, Tally, Times, Window, report06a, report07a,
};
use domain::time::Instant;
use jiff::SignedDuration;
use jiff::civil::date;
use std::io::{BufWriter, Write as _};
use std::time::{Duration, Instant as Stopwatch};

const AGENCIES: u64 = 100;
const PROCEDURES: u64 = 50;
const FIELDS: u64 = 20;
const DAYS: u64 = 1_095;
const ROUNDS: usize = 100;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut next = |otherwise: u64| {
        let given = arguments.next().map(|text| text.parse().expect("a number of dossiers"));
        given.unwrap_or(otherwise)
    };
    let (counted, recounted) = (next(1_000_000), next(10_000_000));
    let folder = std::env::args().nth(3);
    counters(counted);
    recount(recounted, folder.as_deref());
}

/// Chance from a number (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }
}

fn places() -> Vec<Place> {
    let channels = [Channel::Online, Channel::Counter, Channel::Post];
    let mut places = Vec::new();
    for agency in 0..AGENCIES {
        for procedure in 0..PROCEDURES {
            places.extend(channels.map(|channel| Place {
                agency: format!("A{agency:03}"),
                level: Level::Commune,
                procedure: format!("P{procedure:02}"),
                field: format!("F{:02}", procedure % FIELDS),
                channel,
            }));
        }
    }
    places
}

fn counters(dossiers: u64) {
    let (lives, places) = (lives::all(), places());
    let mut dice = Dice(11);
    let mut tally = Tally::default();
    let begun = Stopwatch::now();
    for no in 0..dossiers {
        let life = &lives[dice.roll(lives.len() as u64) as usize];
        let place = &places[dice.roll(places.len() as u64) as usize];
        tally.add(place, &moved(life, dice.roll(DAYS) as i64));
        if no % 100_000 == 99_999 {
            tally.settle();
        }
    }
    tally.settle();
    let (took, marks) = (begun.elapsed(), tally.len());
    println!("counters: {dossiers} dossiers, {marks} marks in {} s", took.as_secs());
    println!("memory now: {} MiB", resident_mib());
    let month = |from, to| Period::new(from, to).expect("days in order");
    let periods = [
        ("a month", month(date(2025, 5, 1), date(2025, 5, 31))),
        ("a reporting quarter", month(date(2025, 3, 15), date(2025, 6, 14))),
        ("a year", month(date(2025, 1, 1), date(2025, 12, 31))),
        ("any days", month(date(2024, 2, 11), date(2025, 10, 23))),
    ];
    for (name, period) in periods {
        let live = period.seen_at(Instant::MAX);
        let as_of = period.seen_at(live.end - SignedDuration::from_hours(13 * 24 + 7));
        let reports: [(&str, Report); 3] =
            [("06a", report_06a), ("07a", report_07a), ("one agency by procedure", page)];
        for (what, report) in reports {
            let (live, past) = (timed(&tally, &live, report), timed(&tally, &as_of, report));
            println!(
                "{what} of {name}: p95 {:.2} ms; as of an instant within: p95 {:.2} ms",
                millis(live),
                millis(past),
            );
        }
    }
}

/// What is timed; how many rows it has.
type Report = fn(&Tally, &Window) -> usize;

fn timed(tally: &Tally, window: &Window, report: Report) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Stopwatch::now();
            assert!(report(tally, window) > 0, "a report of something");
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[ROUNDS * 95 / 100 - 1]
}

fn report_06a(tally: &Tally, window: &Window) -> usize {
    let rows = tally.figures(window, (Grain::Field, Times::Left), |place| {
        Some(vec![place.level.name().to_owned(), place.field.clone()])
    });
    let all = rows.values().fold(Figures::default(), Figures::and);
    report06a::Report::from_table(&rows, &all).expect("the columns add up").lines().len()
}

fn report_07a(tally: &Tally, window: &Window) -> usize {
    let by = (Grain::Agency, Times::Left);
    let rows = tally.figures(window, by, |place| Some(vec![place.agency.clone()]));
    let all = rows.values().fold(Figures::default(), Figures::and);
    report07a::Report::from_table(&rows, &all).expect("the columns add up").lines().len()
}

fn page(tally: &Tally, window: &Window) -> usize {
    let theirs = |place: &Place| (place.agency == "A042").then(|| place.procedure.clone());
    tally.figures(window, (Grain::Place, Times::Wanted), theirs).len()
}

/// A life at another time: so many days later.
fn moved(life: &Marks, days: i64) -> Marks {
    let later = SignedDuration::from_hours(24 * days);
    let day = |day: i32| if day == ALWAYS { day } else { day + i32::try_from(days).expect("few") };
    Marks {
        marks: life
            .marks
            .iter()
            .map(|mark| Mark { at: mark.at + later, until: day(mark.until), ..*mark })
            .collect(),
        done: life.done.map(|done| Done { at: done.at + later, ..done }),
        ended: life.ended.map(|ended| Ended {
            filed: day(ended.filed),
            received: ended.received.map(day),
            on: day(ended.on),
            ..ended
        }),
    }
}

fn recount(dossiers: u64, folder: Option<&str>) {
    let (lives, places) = (lives::all(), places());
    let ends: Vec<Ended> = lives.iter().filter_map(|life| life.ended).collect();
    let mut dice = Dice(12);
    let mut columns = Columns::default();
    for _ in 0..dossiers {
        let ended = ends[dice.roll(ends.len() as u64) as usize];
        let days = i32::try_from(dice.roll(DAYS)).expect("few days");
        let place = &places[dice.roll(places.len() as u64) as usize];
        let (filed, on) = (ended.filed + days, ended.on + days);
        let received = ended.received.map(|day| day + days);
        columns.push(place, &Ended { filed, on, received, ..ended });
    }
    println!("columns: {} dossiers of {BYTES} bytes", columns.len());
    let mut times: Vec<Duration> = (0..21)
        .map(|_| {
            let begun = Stopwatch::now();
            let recount = columns.recount();
            let took = begun.elapsed();
            assert_eq!(recount.total(), dossiers, "every dossier is counted");
            took
        })
        .collect();
    times.sort_unstable();
    println!("recount_ms {:.2}", millis(times[10]));
    if let Some(folder) = folder {
        export(&columns, folder).expect("the folder can be written to");
    }
}

/// The three columns of the recount for others, and what we counted.
fn export(columns: &Columns, folder: &str) -> std::io::Result<()> {
    let file = |name: &str| std::fs::File::create(format!("{folder}/{name}")).map(BufWriter::new);
    let mut rows = file("columns.csv")?;
    writeln!(rows, "place,month,class")?;
    for (place, month, class) in columns.rows() {
        writeln!(rows, "{place},{month},{class}")?;
    }
    rows.flush()?;
    let mut counts = file("counts.csv")?;
    for (place, month, class, count) in columns.recount().counts() {
        writeln!(counts, "{place},{month},{class},{count}")?;
    }
    counts.flush()
}

fn millis(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

fn resident_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = status.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok());
    pages.unwrap_or_default() * 4 / 1024
}
