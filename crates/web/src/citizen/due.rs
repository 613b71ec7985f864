//! How a due date was reached, in sentences, and how much of the time is left.

use crate::kit::i18n::{Language, t, t_with};
use crate::kit::words;
use domain::rules::{DueRounding, StartRule};
use domain::time::{Instant, local};
use domain::worktime::{Calendar, Why};
use jiff::civil::{Date, DateTime};

/// One reason as a sentence.
pub(crate) fn why(lang: Language, why: &Why) -> String {
    match why {
        Why::Started { at, rule } => started(lang, *at, *rule),
        Why::Counted { amount, unit } => {
            t_with(lang, "why-counted", &[("time", words::time_span(lang, *amount, *unit))])
        }
        Why::Skipped { date, name, decision } => {
            special(lang, "why-skipped", *date, name, decision.as_deref())
        }
        Why::Worked { date, name, decision } => {
            special(lang, "why-worked", *date, name, decision.as_deref())
        }
        Why::Rounded { rule } => match rule {
            DueRounding::Exact => t(lang, "why-rounded-exact"),
            DueRounding::EndOfSession => t(lang, "why-rounded-session"),
            DueRounding::EndOfWorkingDay => t(lang, "why-rounded-day"),
        },
        Why::MovedToWorkingDay { from } => t_with(lang, "why-moved", &[("date", day(*from))]),
        Why::Resumed { minutes } => {
            let hours = (minutes / 60).to_string();
            let minutes = (minutes % 60).to_string();
            t_with(lang, "why-resumed", &[("hours", hours), ("minutes", minutes)])
        }
    }
}

fn started(lang: Language, at: DateTime, rule: StartRule) -> String {
    let moment = t_with(
        lang,
        "moment",
        &[("time", at.strftime("%H:%M").to_string()), ("date", day(at.date()))],
    );
    match rule {
        StartRule::AtAcceptance => t_with(lang, "why-started-at-once", &[("moment", moment)]),
        StartRule::NextWorkingDay => t_with(lang, "why-started-next-day", &[("moment", moment)]),
        StartRule::CountTodayIfBefore(time) => {
            let limit = time.strftime("%H:%M").to_string();
            t_with(lang, "why-started-before", &[("moment", moment), ("limit", limit)])
        }
    }
}

fn special(lang: Language, key: &str, date: Date, name: &str, decision: Option<&str>) -> String {
    let decision = decision.map(|decision| format!(" ({decision})")).unwrap_or_default();
    let what = format!("{name}{decision}");
    t_with(lang, key, &[("date", day(date)), ("what", what)])
}

fn day(date: Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
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
    use domain::procedure::TimeUnit;
    use jiff::civil::{date, time};
    use office::catalogue::Catalogue;

    #[test]
    fn every_reason_is_a_sentence_in_both_languages() {
        let at = date(2026, 11, 24).at(10, 42, 0, 0);
        let rules = [
            StartRule::AtAcceptance,
            StartRule::NextWorkingDay,
            StartRule::CountTodayIfBefore(time(15, 0, 0, 0)),
        ];
        let mut reasons: Vec<Why> =
            rules.into_iter().map(|rule| Why::Started { at, rule }).collect();
        reasons.extend([
            Why::Counted { amount: 7, unit: TimeUnit::WorkingDay },
            Why::Skipped { date: at.date(), name: "Nghỉ".into(), decision: Some("1/TB".into()) },
            Why::Worked { date: at.date(), name: "Làm bù".into(), decision: None },
            Why::Rounded { rule: DueRounding::Exact },
            Why::Rounded { rule: DueRounding::EndOfSession },
            Why::Rounded { rule: DueRounding::EndOfWorkingDay },
            Why::MovedToWorkingDay { from: at.date() },
            Why::Resumed { minutes: 500 },
        ]);
        for lang in Language::ALL {
            for reason in &reasons {
                let sentence = why(lang, reason);
                assert!(sentence.ends_with('.') && !sentence.contains(['[', '{']), "{sentence}");
            }
        }
        let skipped = why(Language::Vi, &reasons[4]);
        assert!(skipped.contains("24/11/2026") && skipped.contains("(1/TB)"), "{skipped}");
    }

    #[test]
    fn time_left_is_counted_both_ways() {
        let calendar = Catalogue::embedded().unwrap().calendar;
        let at = |hour| domain::time::instant(date(2026, 11, 25).at(hour, 30, 0, 0));
        assert_eq!(remaining(&calendar, at(8), at(10)), Some(120));
        assert_eq!(remaining(&calendar, at(10), at(8)), Some(-120));
    }
}
