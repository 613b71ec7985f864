//! Medians over the rounds, ratios to the floors, goals. Where there are quiet rounds, only they
//! count: beside busy neighbours the figures say more about the neighbours.

use crate::line::{FLOOR_PGBATCH, FLOOR_SQLITE, HEAD, Line, OURS, PGBENCH, Store};
use crate::usage::QUIET;
use serde::Serialize;

/// Clients at which the goals stand.
const GOAL_CLIENTS: usize = 32;

/// A goal with what was measured.
#[derive(Debug, Serialize)]
pub(crate) struct Goal {
    /// What is asked, in words.
    pub(crate) goal: &'static str,
    /// What was measured; nothing when it was not.
    pub(crate) measured: Option<f64>,
    /// What is asked.
    pub(crate) asked: f64,
    /// Reached.
    pub(crate) reached: Option<bool>,
    /// Measured beside quiet neighbours.
    pub(crate) quiet: bool,
}

/// The middle one; of two, their mean.
pub(crate) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let (low, high) = (values.len().checked_sub(1)? / 2, values.len() / 2);
    Some((values[low] + values[high]) / 2.0)
}

/// Prints the medians with our ratio to each floor.
pub(crate) fn table(lines: &[Line]) {
    println!("\nmedians over the rounds\n{HEAD}");
    let mut seen: Vec<(Store, usize, &str)> = Vec::new();
    for line in lines {
        let key = (line.store, line.clients, line.system);
        if !seen.contains(&key) {
            seen.push(key);
        }
    }
    seen.sort_by_key(|(store, clients, _)| (store.name() != "sqlite", *clients));
    for (store, clients, system) in seen {
        let all = of(lines, store, clients, system);
        let rows = quieter(all.clone(), |row| row.others <= QUIET);
        let rounds = format!("{}/{}", rows.len(), all.len());
        let beside = match system {
            OURS => None,
            _ => ratio(lines, store, clients, system),
        };
        let beside = beside.map_or_else(String::new, |(ratio, quiet)| {
            format!("  ours = {ratio:.2} ×{}", if quiet { "" } else { " (noisy)" })
        });
        if let Some(line) = middle(&rows) {
            println!("{}{beside}", line.row(&rounds));
        }
    }
}

/// The quiet ones; all, when none is.
fn quieter<T>(all: Vec<T>, is_quiet: impl Fn(&T) -> bool) -> Vec<T> {
    match all.iter().any(&is_quiet) {
        true => all.into_iter().filter(is_quiet).collect(),
        false => all,
    }
}

fn of<'l>(lines: &'l [Line], store: Store, clients: usize, system: &str) -> Vec<&'l Line> {
    let wanted =
        |line: &&Line| line.store == store && line.clients == clients && line.system == system;
    lines.iter().filter(wanted).collect()
}

/// A line whose figures are the medians; what is counted is summed.
fn middle(rows: &[&Line]) -> Option<Line> {
    let over = |value: &dyn Fn(&Line) -> Option<f64>| {
        median(rows.iter().filter_map(|row| value(row)).collect())
    };
    let sum = |value: &dyn Fn(&Line) -> u64| rows.iter().map(|row| value(row)).sum::<u64>();
    let first = (*rows.first()?).clone();
    Some(Line {
        lives_per_s: over(&|row| Some(row.lives_per_s))?,
        p50_ms: over(&|row| row.p50_ms),
        p99_ms: over(&|row| row.p99_ms),
        server_cpu_ms: over(&|row| row.server_cpu_ms),
        postgres_cpu_ms: over(&|row| row.postgres_cpu_ms),
        driver_cpu_ms: over(&|row| Some(row.driver_cpu_ms))?,
        others: over(&|row| Some(row.others))?,
        fsync_per_s: over(&|row| Some(row.fsync_per_s))?,
        errors: sum(&|row| row.errors),
        read_back: sum(&|row| row.read_back),
        wrong: sum(&|row| row.wrong),
        ..first
    })
}

/// Ours to a floor: the median of the ratios within each round; and whether they were quiet.
fn ratio(lines: &[Line], store: Store, clients: usize, floor: &str) -> Option<(f64, bool)> {
    let floors = of(lines, store, clients, floor);
    let pair = |mine: &Line| {
        let beside = floors.iter().find(|floor| floor.round == mine.round)?;
        let quiet = mine.others.max(beside.others) <= QUIET;
        (beside.lives_per_s > 0.0).then(|| (mine.lives_per_s / beside.lives_per_s, quiet))
    };
    let pairs: Vec<_> = of(lines, store, clients, OURS).into_iter().filter_map(pair).collect();
    let pairs = quieter(pairs, |(_, quiet)| *quiet);
    let quiet = pairs.iter().all(|(_, quiet)| *quiet);
    Some((median(pairs.into_iter().map(|(ratio, _)| ratio).collect())?, quiet))
}

/// The goals of `design/performance.md` that this version can measure.
pub(crate) fn goals(lines: &[Line]) -> Vec<Goal> {
    let ratio = |store, floor| ratio(lines, store, GOAL_CLIENTS, floor);
    let ours = of(lines, Store::Sqlite, GOAL_CLIENTS, OURS);
    let ours = quieter(ours, |line| line.others <= QUIET);
    let quiet = ours.iter().all(|line| line.others <= QUIET);
    let cpu = median(ours.iter().map(|line| line.cpu_ms()).collect());
    let wrong = lines.iter().filter(|line| line.system == OURS).map(|line| line.wrong).sum::<u64>();
    let at_least = |goal, found: Option<(f64, bool)>, asked| {
        let measured = found.map(|(measured, _)| measured);
        let reached = measured.map(|measured| measured >= asked);
        Goal { goal, measured, asked, reached, quiet: found.is_some_and(|(_, quiet)| quiet) }
    };
    let at_most = |goal, measured: Option<f64>, asked, quiet| {
        let reached = measured.map(|measured| measured <= asked);
        Goal { goal, measured, asked, reached, quiet }
    };
    let wrong = (!lines.is_empty()).then_some(wrong as f64);
    vec![
        at_least("lives/s, ours / floor sqlite ≥", ratio(Store::Sqlite, FLOOR_SQLITE), 0.4),
        at_least("lives/s, ours / pgbench life_fn ≥", ratio(Store::Postgres, PGBENCH), 0.8),
        at_most("processor ms per life on SQLite ≤", cpu, 1.2, quiet),
        at_most("wrong dossiers ≤", wrong, 0.0, true),
    ]
}

/// Prints the goals.
pub(crate) fn print_goals(lines: &[Line], goals: &[Goal]) {
    println!("\ngoals at {GOAL_CLIENTS} clients");
    for Goal { goal, measured, asked, reached, quiet } in goals {
        let verdict = match reached {
            Some(true) => "PASS",
            Some(false) => "MISS",
            None => "not measured",
        };
        let measured = measured.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
        let noisy = if *quiet || reached.is_none() { "" } else { " (noisy)" };
        println!("  {goal:<36} {asked:<4} measured {measured:<6} {verdict}{noisy}");
    }
    if let Some((beside, _)) = ratio(lines, Store::Postgres, GOAL_CLIENTS, FLOOR_PGBATCH) {
        println!("  for comparison: lives/s, ours / floor pgbatch {beside:.2}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_rounds_count_where_there_are_some() {
        assert_eq!(quieter(vec![0.1, 0.5], |others| *others <= QUIET), [0.1]);
        assert_eq!(quieter(vec![0.6, 0.5], |others| *others <= QUIET), [0.6, 0.5]);
    }

    #[test]
    fn the_middle_of_some() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0]), Some(2.5));
        assert_eq!(median(Vec::new()), None);
    }
}
