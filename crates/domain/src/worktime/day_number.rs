//! Days as numbers: the arithmetic of the proleptic Gregorian calendar, without steps.
//!
//! Day 0 is Monday, 1 January of the year 1, so the weekday is the remainder by seven.

use jiff::civil::Date;

/// Days since Monday 0001-01-01.
pub(super) type DayNumber = i32;

/// From 0000-03-01 to 0001-01-01: years are counted from March, so that the leap day is the last.
const MARCH_TO_JANUARY: i32 = 306;
/// Days of 400 years.
const ERA: i32 = 146_097;

/// The number of a date.
pub(super) fn number(date: Date) -> DayNumber {
    let (year, month) = (i32::from(date.year()), i32::from(date.month()));
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let years = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    years + (153 * month + 2) / 5 + i32::from(date.day()) - 1 - MARCH_TO_JANUARY
}

/// The date of a number; `None` outside the years −9999 to 9999.
pub(super) fn date(number: DayNumber) -> Option<Date> {
    let day = number.checked_add(MARCH_TO_JANUARY)?;
    let (era, day) = (day.div_euclid(ERA), day.rem_euclid(ERA));
    let year = (day - day / 1460 + day / 36_524 - day / (ERA - 1)) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = i16::try_from(year + era * 400 + next).ok()?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// 0 is Monday.
pub(super) fn weekday(number: DayNumber) -> usize {
    usize::try_from(number.rem_euclid(7)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_are_one_to_one() {
        let first = Date::constant(1, 1, 1);
        assert_eq!((number(first), date(0)), (0, Some(first)));
        for n in (number(Date::MIN)..=number(Date::MAX)).step_by(37) {
            let day = date(n).unwrap();
            assert_eq!(number(day), n, "{day}");
            assert_eq!(weekday(n), day.weekday().to_monday_zero_offset() as usize, "{day}");
        }
        for year in [1900, 2000, 2023, 2024, 2100] {
            let next = Date::constant(year, 2, 28).tomorrow().unwrap();
            assert_eq!(date(number(next) - 1), Some(Date::constant(year, 2, 28)));
            assert_eq!(date(number(next)), Some(next));
        }
        assert_eq!(date(number(Date::MAX) + 1), None);
        assert_eq!(date(DayNumber::MAX), None);
    }
}
