//! Dates, times and money as Decree 30/2020/NĐ-CP and Vietnamese usage write them.
//!
//! Days below 10 and the months 1 and 2 carry a zero, other months do not. All instants are
//! written in Vietnamese time, a fixed +07:00 that no machine setting can move.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, tz};
use serde::Serializer;

/// Vietnamese time is UTC+07:00, without summer time.
pub const OFFSET_MINUTES: i32 = 7 * 60;

/// The civil date and time in Viet Nam at an instant.
pub fn in_viet_nam(at: Timestamp) -> DateTime {
    tz::offset(7).to_datetime(at)
}

/// `ngày 09 tháng 02 năm 2026`
pub fn date(day: Date) -> String {
    format!("ngày {:02} tháng {} năm {}", day.day(), month(day), day.year())
}

/// `ngày … tháng 02 năm 2026`: the day stays open until the document is signed.
pub fn open_date(day: Date) -> String {
    format!("ngày …… tháng {} năm {}", month(day), day.year())
}

/// `16 giờ 45 phút`
pub fn time(at: DateTime) -> String {
    format!("{:02} giờ {:02} phút", at.hour(), at.minute())
}

/// `16 giờ 45 phút, ngày 09 tháng 02 năm 2026`
pub fn moment(at: Timestamp) -> String {
    let local = in_viet_nam(at);
    format!("{}, {}", time(local), date(local.date()))
}

/// `09/02/2026`: for the narrow columns of a table.
pub fn short_date(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// `16:45 09/02/2026`
pub fn short_instant(at: Timestamp) -> String {
    let local = in_viet_nam(at);
    format!("{:02}:{:02} {}", local.hour(), local.minute(), short_date(local.date()))
}

/// `1.250.000 đồng`
pub fn dong(amount: u64) -> String {
    let digits = amount.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 6);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped + " đồng"
}

fn month(day: Date) -> String {
    match day.month() {
        short @ (1 | 2) => format!("{short:02}"),
        long => long.to_string(),
    }
}

pub(crate) fn as_moment<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&moment(*at))
}

pub(crate) fn as_optional_moment<S: Serializer>(
    at: &Option<Timestamp>,
    to: S,
) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => as_moment(at, to),
        None => to.serialize_none(),
    }
}

pub(crate) fn as_date<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&date(*day))
}

pub(crate) fn as_short_date<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&short_date(*day))
}

pub(crate) fn as_short_instant<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&short_instant(*at))
}

pub(crate) fn as_optional_short_instant<S: Serializer>(
    at: &Option<Timestamp>,
    to: S,
) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => as_short_instant(at, to),
        None => to.serialize_none(),
    }
}

pub(crate) fn as_optional_date<S: Serializer>(
    day: &Option<Date>,
    to: S,
) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => to.serialize_str(&date(*day)),
        None => to.serialize_none(),
    }
}

pub(crate) fn as_dong<S: Serializer>(amount: &u64, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&dong(*amount))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil;

    #[test]
    fn short_days_and_the_first_two_months_carry_a_zero() {
        let cases = [
            (civil::date(2026, 2, 9), "ngày 09 tháng 02 năm 2026"),
            (civil::date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
            (civil::date(2026, 3, 1), "ngày 01 tháng 3 năm 2026"),
            (civil::date(2026, 9, 10), "ngày 10 tháng 9 năm 2026"),
            (civil::date(2026, 10, 5), "ngày 05 tháng 10 năm 2026"),
            (civil::date(2026, 12, 24), "ngày 24 tháng 12 năm 2026"),
        ];
        for (day, words) in cases {
            assert_eq!(date(day), words);
        }
    }

    #[test]
    fn the_day_of_a_draft_stays_open() {
        assert_eq!(open_date(civil::date(2026, 2, 9)), "ngày …… tháng 02 năm 2026");
    }

    #[test]
    fn instants_are_written_in_vietnamese_time() {
        let at: Timestamp = "2026-02-08T17:05:59Z".parse().unwrap();
        assert_eq!(moment(at), "00 giờ 05 phút, ngày 09 tháng 02 năm 2026");
        let at: Timestamp = "2026-02-09T09:45:00Z".parse().unwrap();
        assert_eq!(moment(at), "16 giờ 45 phút, ngày 09 tháng 02 năm 2026");
    }

    #[test]
    fn columns_hold_short_dates() {
        let at: Timestamp = "2026-02-08T17:05:59Z".parse().unwrap();
        assert_eq!(short_instant(at), "00:05 09/02/2026");
    }

    #[test]
    fn money_is_grouped_by_thousands() {
        let cases = [
            (0, "0 đồng"),
            (999, "999 đồng"),
            (75_000, "75.000 đồng"),
            (1_250_000, "1.250.000 đồng"),
            (u64::MAX, "18.446.744.073.709.551.615 đồng"),
        ];
        for (amount, words) in cases {
            assert_eq!(dong(amount), words);
        }
    }
}
