//! How a due date was reached, in sentences, and how much of the time is left.

use crate::kit::i18n::Language;
use domain::time::{Instant, local};
use domain::worktime::{Calendar, Why, explain};

/// The reasons as sentences.
pub(crate) fn reasons(lang: Language, why: &[Why]) -> Vec<String> {
    match lang {
        Language::Vi => explain::in_vietnamese(why),
        Language::En => explain::in_english(why),
    }
}

/// Working minutes until the promise, negative when it is past; `None` when the calendar of a year
/// is not entered.
pub(crate) fn remaining(calendar: &Calendar, now: Instant, due: Instant) -> Option<i64> {
    let (from, to) = (local(now.min(due)), local(now.max(due)));
    let minutes = calendar.count_minutes(from, to).ok()?;
    Some(if due >= now { minutes } else { -minutes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use office::catalogue::Catalogue;

    #[test]
    fn time_left_is_counted_both_ways() {
        let calendar = Catalogue::embedded().unwrap().calendar;
        let at = |hour| domain::time::instant(date(2026, 11, 25).at(hour, 30, 0, 0));
        assert_eq!(remaining(&calendar, at(8), at(10)), Some(120));
        assert_eq!(remaining(&calendar, at(10), at(8)), Some(-120));
    }
}
