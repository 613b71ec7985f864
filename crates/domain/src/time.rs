//! Instants and the wall clock of Viet Nam.
//!
//! Facts carry instants in UTC with millisecond precision. Viet Nam has kept +07:00 without
//! daylight saving since 13/06/1975, so a fixed offset is exact and needs no time-zone database.

pub use jiff::Timestamp as Instant;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// The offset of `Asia/Ho_Chi_Minh`: seven hours east of UTC, all year.
pub const VIETNAM: Offset = Offset::constant(7);

/// The wall-clock time in Viet Nam at an instant.
#[must_use]
pub fn local(at: Instant) -> DateTime {
    VIETNAM.to_datetime(at)
}

/// The instant at which clocks in Viet Nam show `wall`.
///
/// # Panics
/// Never for the years this system knows (1900–9998): the offset is far from jiff's limits there.
#[must_use]
pub fn instant(wall: DateTime) -> Instant {
    VIETNAM.to_timestamp(wall).expect("a year between 1900 and 9998 is a valid instant")
}

/// An instant from milliseconds since 1970-01-01T00:00Z; out-of-range values clamp.
#[must_use]
pub fn from_millis(ms: i64) -> Instant {
    Instant::from_millisecond(ms).unwrap_or(if ms < 0 { Instant::MIN } else { Instant::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wall_clock_round_trips() {
        let at: Instant = "2018-11-16T02:05:00Z".parse().unwrap();
        assert_eq!(local(at).to_string(), "2018-11-16T09:05:00");
        assert_eq!(instant(local(at)), at);
        assert_eq!(from_millis(at.as_millisecond()), at);
    }
}
