//! What a stretch of time cost: processor time of processes, of the machine, and how fast its disk
//! acknowledges.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// Ticks of `/proc` are hundredths of a second on every Linux.
const TICK_MS: f64 = 10.0;

/// Whose time is counted.
#[derive(Clone, Copy, Default)]
pub(crate) struct Watched {
    /// The server.
    pub(crate) server: Option<u32>,
    /// PostgreSQL's first process; its children are counted with it.
    pub(crate) postgres: Option<u32>,
}

/// Processor time so far, in ticks.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    server: u64,
    postgres: u64,
    driver: u64,
    busy: u64,
    total: u64,
}

/// Processor time between two readings.
#[derive(Clone, Copy, Default)]
pub(crate) struct Usage {
    /// The server's, milliseconds.
    pub(crate) server_ms: f64,
    /// PostgreSQL's, milliseconds.
    pub(crate) postgres_ms: f64,
    /// The driver's own, milliseconds.
    pub(crate) driver_ms: f64,
    /// Share of the machine that others used, 0 to 1.
    pub(crate) others: f64,
}

/// Reads the counters.
pub(crate) fn read(watched: Watched) -> Reading {
    let (busy, total) = machine();
    Reading {
        server: watched.server.map_or(0, |pid| process(pid).own),
        postgres: watched.postgres.map_or(0, family),
        driver: process(std::process::id()).with_children(),
        busy,
        total,
    }
}

impl Reading {
    /// What was used since an earlier reading.
    pub(crate) fn since(&self, earlier: &Reading) -> Usage {
        let gone = |now: u64, then: u64| now.saturating_sub(then);
        let server = gone(self.server, earlier.server);
        let postgres = gone(self.postgres, earlier.postgres);
        let driver = gone(self.driver, earlier.driver);
        let busy = gone(self.busy, earlier.busy);
        let others = busy.saturating_sub(server + postgres + driver);
        Usage {
            server_ms: server as f64 * TICK_MS,
            postgres_ms: postgres as f64 * TICK_MS,
            driver_ms: driver as f64 * TICK_MS,
            others: others as f64 / gone(self.total, earlier.total).max(1) as f64,
        }
    }
}

/// Share of the machine that others may use in a quiet moment.
pub(crate) const QUIET: f64 = 0.2;

/// Waits for a quiet moment, so long at most.
pub(crate) async fn quiet_moment(patience: Duration) {
    let start = Instant::now();
    while start.elapsed() < patience {
        let before = read(Watched::default());
        // Load is a share of time: it is seen over a second, not at a moment.
        tokio::time::sleep(Duration::from_secs(1)).await;
        if read(Watched::default()).since(&before).others <= QUIET {
            return;
        }
    }
}

/// How often a second the disk acknowledges 8 KiB appended.
///
/// # Errors
/// When the folder cannot be written.
pub(crate) fn syncs_per_second(folder: &Path) -> std::io::Result<f64> {
    let path = folder.join("probe");
    let mut file = fs::File::create(&path)?;
    let block = [7u8; 8_192];
    let (start, mut count) = (Instant::now(), 0.0);
    while start.elapsed() < Duration::from_millis(500) {
        file.write_all(&block)?;
        file.sync_data()?;
        count += 1.0;
    }
    let rate = count / start.elapsed().as_secs_f64();
    fs::remove_file(path)?;
    Ok(rate)
}

/// The counters of one process.
#[derive(Default)]
struct Ticks {
    parent: u32,
    own: u64,
    gone_children: u64,
}

impl Ticks {
    fn with_children(&self) -> u64 {
        self.own + self.gone_children
    }
}

/// A process that is gone has used nothing.
fn process(pid: u32) -> Ticks {
    fs::read_to_string(format!("/proc/{pid}/stat")).map_or_else(|_| Ticks::default(), |s| ticks(&s))
}

/// Fields of `stat` after the name, which may itself hold blanks and brackets.
fn ticks(stat: &str) -> Ticks {
    let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let number = |at: usize| fields.get(at).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    Ticks {
        parent: u32::try_from(number(1)).unwrap_or(0),
        own: number(11) + number(12),
        gone_children: number(13) + number(14),
    }
}

/// A process with its children, those that have ended included.
fn family(pid: u32) -> u64 {
    let Ok(entries) = fs::read_dir("/proc") else { return 0 };
    let pids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let children = pids.map(process).filter(|ticks| ticks.parent == pid);
    process(pid).with_children() + children.map(|ticks| ticks.own).sum::<u64>()
}

/// Busy and all ticks of the machine.
fn machine() -> (u64, u64) {
    let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
    let line = stat.lines().next().unwrap_or_default();
    let fields: Vec<u64> =
        line.split_whitespace().skip(1).take(8).filter_map(|field| field.parse().ok()).collect();
    let total = fields.iter().sum::<u64>();
    let idle = fields.get(3).unwrap_or(&0) + fields.get(4).unwrap_or(&0);
    (total - idle, total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_process_may_hold_anything() {
        let stat = "42 (a) b (c) S 7 42 42 0 -1 4194560 100 0 0 0 11 5 3 2 20 0 1 0";
        let ticks = ticks(stat);
        assert_eq!((ticks.parent, ticks.own, ticks.gone_children), (7, 16, 5));
    }
}
