//! Latencies in microseconds, kept to within one part in 64.

/// Values per power of two.
const FINE: u64 = 64;
/// Enough for an hour.
const BUCKETS: usize = 1_792;

/// How often each length of time was seen.
#[derive(Clone)]
pub(crate) struct Histogram {
    counts: Vec<u64>,
    total: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Histogram { counts: vec![0; BUCKETS], total: 0 }
    }
}

impl Histogram {
    /// Counts a value.
    pub(crate) fn add(&mut self, micros: u64) {
        self.counts[bucket(micros)] += 1;
        self.total += 1;
    }

    /// Takes in another's values.
    pub(crate) fn merge(&mut self, other: &Histogram) {
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            *mine += theirs;
        }
        self.total += other.total;
    }

    /// How many values there are.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// The value below which this many thousandths of all lie, in milliseconds.
    pub(crate) fn quantile_ms(&self, thousandths: u64) -> f64 {
        let wanted = (self.total * thousandths).div_ceil(1_000).max(1);
        let mut seen = 0;
        for (index, count) in self.counts.iter().enumerate() {
            seen += count;
            if seen >= wanted {
                return value(index as u64) / 1_000.0;
            }
        }
        0.0
    }
}

/// Small values have a bucket each; larger ones share it with what differs below the sixth bit.
fn bucket(micros: u64) -> usize {
    let shift = (63 - micros.max(1).leading_zeros() as u64).saturating_sub(6);
    let index = if shift == 0 { micros } else { FINE * shift + (micros >> shift) };
    (index as usize).min(BUCKETS - 1)
}

/// The middle of a bucket.
fn value(index: u64) -> f64 {
    if index < 2 * FINE {
        return index as f64;
    }
    let shift = index / FINE - 1;
    let low = (index - FINE * shift) << shift;
    low as f64 + (1u64 << shift) as f64 / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_comes_back_within_one_part_in_64() {
        for micros in [1, 63, 64, 127, 128, 129, 1_000, 12_345, 999_999, 3_000_000_000] {
            let back = value(bucket(micros) as u64);
            let off = (back - micros as f64).abs() / micros as f64;
            assert!(off <= 1.0 / 64.0, "{micros} came back as {back}");
        }
    }

    #[test]
    fn buckets_follow_each_other() {
        let found: Vec<usize> = (0..5_000).map(bucket).collect();
        assert!(found.windows(2).all(|pair| pair[1] == pair[0] || pair[1] == pair[0] + 1));
    }

    #[test]
    fn quantiles_of_a_thousand() {
        let mut histogram = Histogram::default();
        (1..=1_000).for_each(|micros| histogram.add(micros));
        assert!((histogram.quantile_ms(500) - 0.5).abs() < 0.01);
        assert!((histogram.quantile_ms(990) - 0.99).abs() < 0.02);
    }
}
