//! How a due date was reached, in sentences, and how much of the time is left.

use crate::kit::i18n::{Language, t_with};
use crate::kit::words;
use domain::dossier::ClockState;
use domain::dossier::event::DueDate;
use domain::time::{Instant, local};
use domain::worktime::{Calendar, Why, explain};

/// The reasons as sentences.
pub(crate) fn reasons(lang: Language, why: &[Why]) -> Vec<String> {
    match lang {
        Language::Vi => explain::in_vietnamese(why),
        Language::En => explain::in_english(why),
    }
}

/// A due date explained.
pub(crate) struct Explained {
    /// Which, and when.
    pub(crate) title: String,
    /// Why, line by line.
    pub(crate) lines: Vec<String>,
}

/// The due dates of a dossier explained: the one in force, the first where it was another, and the
/// statutory limit.
pub(crate) fn explained(lang: Language, clock: &ClockState) -> Vec<Explained> {
    let Some(current) = &clock.due else { return Vec::new() };
    let explain = |key: &str, due: &DueDate| Explained {
        title: t_with(lang, key, &[("moment", words::moment(lang, due.at))]),
        lines: reasons(lang, &due.why),
    };
    let first = clock.original_due.as_ref().filter(|first| first.at != current.at);
    let told = [
        Some(explain("why-current", current)),
        first.map(|due| explain("why-first", due)),
        clock.statutory_due.as_ref().map(|due| explain("why-statutory", due)),
    ];
    told.into_iter().flatten().collect()
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
