//! The Vietnamese lunar calendar by the astronomical method of Hồ Ngọc Đức, for UTC+7.
//!
//! A month begins on the day of the new moon, the eleventh month holds the winter solstice, and
//! of thirteen months between two solstices the first without a major solar term is the leap
//! month. New moons and the sun's longitude follow Meeus, *Astronomical Algorithms*; a test pins
//! Tết and Giỗ Tổ of 1900–2100 against an independent ephemeris. Before 1968 printed calendars
//! used other meridians; this one answers for UTC+7 throughout.
//!
//! Only for proposing holidays: no due date is computed from it.

use super::day_number::{DayNumber, date, number};
use jiff::civil::Date;
use std::f64::consts::{PI, TAU};

/// A day of the lunar calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LunarDate {
    /// The year, named by the solar year in which it begins.
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    /// Is it the leap month that follows the month of that number?
    pub leap: bool,
    /// 1 to 30.
    pub day: u8,
}

/// The lunar date of a day; exact for 1900–2100.
#[must_use]
pub fn to_lunar(day: Date) -> LunarDate {
    let number = number(day);
    let moon = moon_on(number);
    let year = i32::from(day.year());
    let winter = Winter::before(if moon < eleventh(year) { year } else { year + 1 });
    let position = moon - winter.first;
    let counted = position - i32::from(winter.leap.is_some_and(|leap| position >= leap));
    let month = (counted + 10) % 12 + 1;
    let lunar_year = if counted < 2 { winter.year - 1 } else { winter.year };
    LunarDate {
        year: i16::try_from(lunar_year).unwrap_or(day.year()),
        month: u8::try_from(month).unwrap_or_default(),
        leap: winter.leap == Some(position),
        day: u8::try_from(number - new_moon_day(moon) + 1).unwrap_or_default(),
    }
}

/// The day of a lunar date; `None` when there is no such day.
#[must_use]
pub fn to_solar(lunar: LunarDate) -> Option<Date> {
    let LunarDate { year, month, leap, day } = lunar;
    if !(1..=12).contains(&month) {
        return None;
    }
    let winter = Winter::before(i32::from(year) + i32::from(month >= 11));
    let counted = (i32::from(month) + 1) % 12;
    let position = match winter.leap {
        Some(at) if leap => (at == counted + 1).then_some(at)?,
        None if leap => return None,
        Some(at) if counted >= at => counted + 1,
        Some(_) | None => counted,
    };
    let first = new_moon_day(winter.first + position);
    let length = new_moon_day(winter.first + position + 1) - first;
    let day = i32::from(day);
    if !(1..=length).contains(&day) {
        return None;
    }
    date(first + day - 1)
}

/// The months from one eleventh month to before the next, by the number of their new moon.
struct Winter {
    /// The solar year in which it ends.
    year: i32,
    /// The new moon of the eleventh month.
    first: i32,
    /// How many months after the eleventh the leap month comes.
    leap: Option<i32>,
}

impl Winter {
    /// The months that end with the winter of `year`.
    fn before(year: i32) -> Winter {
        let (first, next) = (eleventh(year - 1), eleventh(year));
        let no_major_term = |at: &i32| {
            solar_term(new_moon_day(first + at)) == solar_term(new_moon_day(first + at + 1))
        };
        let leap = if next - first == 13 { (1..13).find(no_major_term) } else { None };
        Winter { year, first, leap }
    }
}

/// The new moon that begins the month with the winter solstice of a year.
fn eleventh(year: i32) -> i32 {
    let last_day = i16::try_from(year).ok().and_then(|year| Date::new(year, 12, 31).ok());
    let moon = moon_on(last_day.map_or(0, number));
    // The ninth term begins at 270°: a moon later than the solstice belongs to the next month.
    if solar_term(new_moon_day(moon)) >= 9 { moon - 1 } else { moon }
}

/// The last new moon on or before a day.
fn moon_on(day: DayNumber) -> i32 {
    const LUNATION: f64 = 29.530_588_853;
    const FIRST_MOON: f64 = 2_415_021.077;
    let near = ((julian(day) - FIRST_MOON) / LUNATION).floor();
    // The mean moon is within a day of the true one.
    let near = near as i32;
    (near - 1..=near + 1).rev().find(|moon| new_moon_day(*moon) <= day).unwrap_or(near - 1)
}

/// Julian day at noon, Greenwich.
fn julian(day: DayNumber) -> f64 {
    f64::from(day) + 1_721_426.0
}

/// The day, in Viet Nam, on which the `moon`-th new moon since January 1900 falls.
fn new_moon_day(moon: i32) -> DayNumber {
    const HOURS_EAST: f64 = 7.0;
    (new_moon(f64::from(moon)) + 0.5 + HOURS_EAST / 24.0 - julian(0)).floor() as i32
}

/// Julian date of a new moon (Meeus, chapter on the phases of the moon; universal time).
fn new_moon(k: f64) -> f64 {
    let t = k / 1236.85;
    let (t2, t3) = (t * t, t * t * t);
    let sin = |degrees: f64| degrees.to_radians().sin();
    let mean = 2_415_020.759_33 + 29.530_588_68 * k + 0.000_117_8 * t2 - 0.000_000_155 * t3
        + 0.000_33 * sin(166.56 + 132.87 * t - 0.009_173 * t2);
    let sun = 359.2242 + 29.105_356_08 * k - 0.000_033_3 * t2 - 0.000_003_47 * t3;
    let moon = 306.0253 + 385.816_918_06 * k + 0.010_730_6 * t2 + 0.000_012_36 * t3;
    let node = 21.2964 + 390.670_506_46 * k - 0.001_652_8 * t2 - 0.000_002_39 * t3;
    let periodic = (0.1734 - 0.000_393 * t) * sin(sun) + 0.0021 * sin(2.0 * sun)
        - 0.4068 * sin(moon)
        + 0.0161 * sin(2.0 * moon)
        - 0.0004 * sin(3.0 * moon)
        + 0.0104 * sin(2.0 * node)
        - 0.0051 * sin(sun + moon)
        - 0.0074 * sin(sun - moon)
        + 0.0004 * sin(2.0 * node + sun)
        - 0.0004 * sin(2.0 * node - sun)
        - 0.0006 * sin(2.0 * node + moon)
        + 0.0010 * sin(2.0 * node - moon)
        + 0.0005 * sin(2.0 * moon + sun);
    let earth_slows = -0.000_278 + 0.000_265 * t + 0.000_262 * t2;
    mean + periodic - earth_slows
}

/// Which twelfth of the ecliptic the sun is in when a day begins in Viet Nam; 9 begins with the
/// winter solstice.
fn solar_term(day: DayNumber) -> i32 {
    let t = (julian(day) - 0.5 - 7.0 / 24.0 - 2_451_545.0) / 36_525.0;
    let t2 = t * t;
    let anomaly = (357.529_10 + 35_999.050_30 * t - 0.000_155_9 * t2).to_radians();
    let mean = 280.466_45 + 36_000.769_83 * t + 0.000_303_2 * t2;
    let centre = (1.914_600 - 0.004_817 * t - 0.000_014 * t2) * anomaly.sin()
        + (0.019_993 - 0.000_101 * t) * (2.0 * anomaly).sin()
        + 0.000_290 * (3.0 * anomaly).sin();
    let node = (125.04 - 1934.136 * t).to_radians();
    let apparent = mean + centre - 0.005_69 - 0.004_78 * node.sin();
    (apparent.to_radians().rem_euclid(TAU) / (PI / 6.0)).floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn lunar(year: i16, month: u8, day: u8) -> LunarDate {
        LunarDate { year, month, leap: false, day }
    }

    #[test]
    fn well_known_days() {
        assert_eq!(to_lunar(date(2026, 2, 17)), lunar(2026, 1, 1));
        assert_eq!(to_lunar(date(2026, 4, 26)), lunar(2026, 3, 10));
        assert_eq!(to_lunar(date(2026, 2, 16)), lunar(2025, 12, 29));
        // Tết of 1985 came a month before China's.
        assert_eq!(to_lunar(date(1985, 1, 21)), lunar(1985, 1, 1));
        let leap = LunarDate { year: 2025, month: 6, leap: true, day: 1 };
        assert_eq!(to_lunar(date(2025, 7, 25)), leap);
        assert_eq!(to_solar(LunarDate { year: 2026, ..leap }), None);
        assert_eq!(to_solar(LunarDate { day: 31, ..leap }), None);
        assert_eq!(to_solar(lunar(2026, 13, 1)), None);
    }

    #[test]
    fn there_and_back() {
        let mut day = date(1950, 1, 1);
        while day < date(1956, 1, 1) {
            assert_eq!(to_solar(to_lunar(day)), Some(day), "{:?}", to_lunar(day));
            day = day.tomorrow().unwrap();
        }
    }
}
