//! Laws of the clock, on random calendars and across refusals.

use crate::random::{Dice, anchor, instant, scenario};
use domain::worktime::{Calendar, YearNotEntered};
use jiff::ToSpan;
use jiff::civil::DateTime;

const CASES: u32 = 120_000;

/// Plays a law on many calendars. A law that meets a year that is not entered has nothing to say;
/// that must stay the exception.
fn on_many_calendars(seed: u64, law: impl Fn(&Calendar, DateTime, &mut Dice) -> Held) {
    let mut dice = Dice(seed);
    let mut held = 0;
    for _ in 0..CASES + CASES / 4 {
        let anchor = anchor(&mut dice);
        let calendar = scenario(&mut dice, anchor).calendar();
        let from = instant(&mut dice, anchor);
        held += u32::from(law(&calendar, from, &mut dice).is_ok());
    }
    assert!(held >= 100_000, "only {held} cases were entered");
}

type Held = Result<(), YearNotEntered>;

#[test]
fn counting_undoes_adding() {
    on_many_calendars(11, |calendar, from, dice| {
        let minutes = dice.between(0, 9000);
        let to = calendar.add_minutes(from, minutes)?;
        assert_eq!(calendar.count_minutes(from, to), Ok(minutes), "{from} on {calendar:?}");
        Ok(())
    });
}

#[test]
fn adding_twice_is_adding_the_sum() {
    on_many_calendars(12, |calendar, from, dice| {
        let (a, b) = (dice.between(0, 5000), dice.between(0, 5000));
        let sum = calendar.add_minutes(from, a + b)?;
        let twice = calendar.add_minutes(calendar.add_minutes(from, a)?, b);
        assert_eq!(twice, Ok(sum), "{from} + {a} + {b} on {calendar:?}");
        Ok(())
    });
}

#[test]
fn later_or_more_is_never_earlier() {
    on_many_calendars(13, |calendar, from, dice| {
        let later = from.saturating_add(dice.between(0, 20_000).minutes());
        let (minutes, more) = (dice.between(0, 5000), dice.between(0, 500));
        let end = calendar.add_minutes(from, minutes)?;
        let end_of_later = calendar.add_minutes(later, minutes)?;
        assert!(end <= end_of_later, "{from}, {later} + {minutes} on {calendar:?}");
        let end_of_more = calendar.add_minutes(from, minutes + more)?;
        assert!(end <= end_of_more, "{from} + {minutes}, {more} on {calendar:?}");
        Ok(())
    });
}

#[test]
fn counting_adds_up() {
    on_many_calendars(14, |calendar, from, dice| {
        let middle = from.saturating_add(dice.between(0, 20_000).minutes());
        let to = middle.saturating_add(dice.between(0, 20_000).minutes());
        let whole = calendar.count_minutes(from, to)?;
        let parts = calendar.count_minutes(from, middle)? + calendar.count_minutes(middle, to)?;
        assert_eq!(whole, parts, "{from}, {middle}, {to} on {calendar:?}");
        Ok(())
    });
}
