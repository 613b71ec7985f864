//! Working times of the results issued: what averages and percentiles are made of.

/// The results of some dossiers together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Results {
    /// Requests for supplements on all of them.
    pub(super) rounds: u64,
    /// Working minutes of each whose times are known, without those in which the clock stood.
    worked: Vec<i32>,
    /// Working minutes in which it stood, of all those together.
    stood: i64,
}

/// Minutes to a bucket, as a power of two, and buckets: together 68 working days.
const BUCKET: u32 = 5;
const BUCKETS: usize = 1 << 10;

impl Results {
    /// One result more: its requests for supplements, and its working minutes without and with the
    /// clock standing, where they are known.
    pub(super) fn push(&mut self, rounds: u32, minutes: Option<(i32, i32)>) {
        self.rounds += u64::from(rounds);
        if let Some((worked, stood)) = minutes {
            self.worked.push(worked);
            self.stood += i64::from(stood);
        }
    }

    /// Those of another part.
    pub(super) fn extend(&mut self, other: &Results) {
        self.rounds += other.rounds;
        self.worked.extend(&other.worked);
        self.stood += other.stood;
    }

    /// The average of the minutes worked.
    pub(super) fn mean_worked(&self) -> Option<i64> {
        self.mean(self.worked.iter().map(|minutes| i64::from(*minutes)).sum())
    }

    /// The average of the minutes in which the clock stood.
    pub(super) fn mean_stood(&self) -> Option<i64> {
        self.mean(self.stood)
    }

    fn mean(&self, sum: i64) -> Option<i64> {
        let count = i64::try_from(self.worked.len()).ok().filter(|count| *count > 0)?;
        Some((sum + count / 2) / count)
    }

    /// The minutes worked that so many percent did not exceed (nearest rank). Only what lies near
    /// the rank is put in order: of a million, a few thousand.
    pub(super) fn percentile(&self, percent: u8) -> Option<i64> {
        let rank = (self.worked.len() * usize::from(percent.min(100))).div_ceil(100);
        let mut rank = rank.saturating_sub(1);
        let mut counts = [0usize; BUCKETS];
        for minutes in &self.worked {
            counts[bucket(*minutes)] += 1;
        }
        for (at, count) in counts.into_iter().enumerate() {
            if rank < count {
                let near = self.worked.iter().filter(|minutes| bucket(**minutes) == at);
                let mut near: Vec<i32> = near.copied().collect();
                return Some(i64::from(*near.select_nth_unstable(rank).1));
            }
            rank -= count;
        }
        None
    }
}

/// Longer times are all in the last one, what is not time at all in the first.
fn bucket(minutes: i32) -> usize {
    usize::try_from(minutes.max(0) >> BUCKET).unwrap_or(BUCKETS).min(BUCKETS - 1)
}

/// Minutes as they are kept: what is longer than 4,000 years is not told apart.
pub(super) fn short(minutes: i64) -> i32 {
    i32::try_from(minutes).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(minutes: impl IntoIterator<Item = i32>) -> Results {
        let mut results = Results::default();
        minutes.into_iter().for_each(|worked| results.push(1, Some((worked, 2))));
        results
    }

    #[test]
    fn percentiles_are_those_of_the_sorted_minutes() {
        // Steps of 61 modulo a prime: each of 0..9973 once, and some beyond the buckets.
        let mut minutes: Vec<i32> = (0..9_973).map(|n| n * 61 % 9_973).collect();
        minutes.extend([40_000, 33_000, 32_767, 32_768, 1_000_000]);
        let results = of(minutes.iter().copied());
        minutes.sort_unstable();
        for percent in 0..=100u8 {
            let rank = (minutes.len() * usize::from(percent)).div_ceil(100).max(1);
            assert_eq!(results.percentile(percent), Some(minutes[rank - 1].into()), "{percent} %");
        }
        assert_eq!(results.percentile(200), Some(1_000_000), "no more than all");
    }

    #[test]
    fn of_nothing_there_is_no_average() {
        let mut results = Results::default();
        results.push(3, None);
        assert_eq!(
            (results.rounds, results.mean_worked(), results.percentile(50)),
            (3, None, None)
        );
        results.extend(&of([10, 13]));
        assert_eq!(
            (results.rounds, results.mean_worked(), results.mean_stood()),
            (5, Some(12), Some(2))
        );
    }
}
