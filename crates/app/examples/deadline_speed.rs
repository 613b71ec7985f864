//! Cases a second of `motcua deadline`, JSON to JSON on one core, counted.
//!
//! `make deadline-speed`. Each figure is the best of five rounds of a quarter of a million lines
//! that were made before; answers go to memory. The slowest kind has another calendar in each line.
//! Time is what the thread had the core for, as Linux tells it, so that others on the machine do
//! not count.

#[path = "../src/deadline/mod.rs"]
mod deadline;

use deadline::{Explained, run};
use std::time::Duration;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const LINES: u32 = 250_000;
const ROUNDS: u32 = 5;
/// The sessions of one day.
const DAY: &str = r#"[["07:30","11:30"],["13:30","17:30"]]"#;

fn main() {
    let data = Explained::Data;
    let office = lines(everyday);
    let everyday = measure("cases as in an office, one calendar", &office, data);
    measure("the same, told in sentences too", &office, Explained::DataAndWords);
    let strangers = measure("each line with another calendar", &lines(strangers), data);
    let one = measure("1 working day", &lines(|n| long(n, 1)), data);
    let many = measure("400 working days", &lines(|n| long(n, 400)), data);
    let slowest = everyday.max(strangers);
    println!("{:.0} cases/s at least (goal 500000)", per_second(slowest));
    let ratio = many.as_secs_f64() / one.as_secs_f64();
    println!("400 working days take {ratio:.1} times one day (goal at most 20)");
    if per_second(slowest) < 500_000.0 || ratio > 20.0 {
        println!("missed");
        std::process::exit(1);
    }
}

/// How long this thread has had a core.
fn on_core() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells it");
    let nanoseconds = told.split(' ').next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanoseconds.expect("the first number is the time on the core"))
}

fn per_second(took: Duration) -> f64 {
    f64::from(LINES) / took.as_secs_f64()
}

/// The best time for all lines.
fn measure(what: &str, lines: &[u8], explained: Explained) -> Duration {
    let mut answers = Vec::new();
    let round = |answers: &mut Vec<u8>| {
        answers.clear();
        let begun = on_core();
        let outcome = run(lines, &mut *answers, explained);
        outcome.expect("memory can be read and written");
        on_core() - begun
    };
    let best = (0..ROUNDS).map(|_| round(&mut answers)).min().expect("there are rounds");
    let answered = answers.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let good = answered.filter(|line| !line.windows(8).any(|at| at == b"\"error\":")).count();
    assert_eq!(good, LINES as usize, "every line is answered with a due date");
    println!("{:>9.0} cases/s  {what} ({} bytes a line)", per_second(best), lines.len() / good);
    best
}

fn lines(line: impl Fn(u32) -> String) -> Vec<u8> {
    let lines: Vec<String> = (0..LINES).map(line).collect();
    lines.join("\n").into_bytes()
}

/// Monday's sessions, and the usual ones of the other days.
fn week(monday: &str) -> String {
    format!(r#"{{"0":{monday},"1":{DAY},"2":{DAY},"3":{DAY},"4":{DAY}}}"#)
}

fn days(days: &[(&str, &str)]) -> String {
    let days: Vec<String> =
        days.iter().map(|(day, kind)| format!("\"{day}\":\"{kind}\"")).collect();
    format!("{{{}}}", days.join(","))
}

/// Units, rules and roundings in turn; a year's days off.
fn everyday(n: u32) -> String {
    const UNITS: [&str; 4] = ["working_day", "working_hour", "calendar_day", "month"];
    const RULES: [&str; 3] = ["at_acceptance", "next_working_day", "count_today_if_before:15:00"];
    const ROUNDINGS: [&str; 3] = ["exact", "end_of_session", "end_of_working_day"];
    const DAYS: [(&str, &str); 16] = [
        ("2026-01-01", "holiday"),
        ("2026-01-02", "swapped_off"),
        ("2026-01-10", "makeup_work"),
        ("2026-02-16", "holiday"),
        ("2026-02-17", "holiday"),
        ("2026-02-18", "holiday"),
        ("2026-02-19", "holiday"),
        ("2026-02-20", "holiday"),
        ("2026-04-27", "comp_off"),
        ("2026-04-30", "holiday"),
        ("2026-05-01", "holiday"),
        ("2026-08-22", "makeup_work"),
        ("2026-08-31", "swapped_off"),
        ("2026-09-01", "holiday"),
        ("2026-09-02", "holiday"),
        ("2026-11-24", "holiday"),
    ];
    let turn = n as usize;
    let (unit, rule, rounding) = (UNITS[turn % 4], RULES[turn % 3], ROUNDINGS[turn / 3 % 3]);
    let (month, day, hour, minute) = (n % 12 + 1, n % 28 + 1, 7 + n % 11, n % 60);
    let start = format!("2026-{month:02}-{day:02}T{hour:02}:{minute:02}");
    // Every fifth case stands still in the days after its start.
    let stops = match n % 5 {
        0 => format!(r#"{{"from_to":["{start}","2027-01-08T14:00"],"effect":"resume_remaining"}}"#),
        _ => String::new(),
    };
    line(n, &week(DAY), &days(&DAYS), &start, n % 20 + 1, [unit, rule, rounding, &stops])
}

/// A week and days of its own in each line.
fn strangers(n: u32) -> String {
    let monday = format!(r#"[["07:{:02}","11:30"],["13:30","17:30"]]"#, n % 60);
    let day = n / 60 % 28 + 1;
    let days = days(&[(&format!("2026-09-{day:02}"), "holiday")]);
    let start = format!("2026-08-{day:02}T17:00");
    line(n, &week(&monday), &days, &start, 3, ["working_day", "at_acceptance", "exact", ""])
}

/// So many working days, over ten years' days off.
fn long(n: u32, amount: u32) -> String {
    let off = (2020..2030).flat_map(|year| {
        ["01-01", "04-30", "05-01", "09-02", "11-24"].map(|day| format!("{year}-{day}"))
    });
    let off: Vec<String> = off.collect();
    let off: Vec<(&str, &str)> = off.iter().map(|day| (day.as_str(), "holiday")).collect();
    let start = format!("2026-01-{:02}T09:00", n % 28 + 1);
    let asked = ["working_day", "at_acceptance", "exact", ""];
    line(n, &week(DAY), &days(&off), &start, amount, asked)
}

fn line(
    n: u32,
    week: &str,
    days: &str,
    start: &str,
    amount: u32,
    [unit, rule, rounding, stops]: [&str; 4],
) -> String {
    format!(
        "{{\"id\":\"{n}\",\"sessions\":{week},\"days\":{days},\"start\":\"{start}\",\
         \"amount\":{amount},\"unit\":\"{unit}\",\"start_rule\":\"{rule}\",\
         \"rounding\":\"{rounding}\",\"stops\":[{stops}]}}"
    )
}
