//! Values of inspections as words a person reads.

use crate::Web;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::words::moment;
use crate::officer::parts::Line;
use domain::inspection::claim::written;
use domain::inspection::event::Basis;
use domain::inspection::measure::Unit;
use domain::inspection::{Measure, Reading, Refusal, Status, Verdict};
use jiff::civil::Date;

/// `16/11/2018`.
pub(super) fn day(date: Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}

/// The day of an instant.
pub(super) fn day_of(at: domain::time::Instant) -> String {
    day(domain::time::local(at).date())
}

/// The name of a measure.
pub(super) fn measure(lang: Language, measure: Measure) -> String {
    t(lang, &format!("measure-{}", measure.name().replace('_', "-")))
}

/// A value with its unit.
pub(super) fn amount(measure: Measure, hundredths: u64) -> String {
    let number = written(hundredths);
    match measure.unit() {
        Unit::Percent => format!("{number} %"),
        Unit::Procedure | Unit::Dossier => number,
    }
}

/// The system's value; a share with its numbers.
pub(super) fn value(lang: Language, reading: &Reading) -> String {
    match reading.hundredths {
        Some(value) => amount(reading.measure, value),
        None => t(lang, "verdict-not-recorded"),
    }
}

/// The difference, signed.
pub(super) fn difference(verdict: Verdict) -> String {
    match verdict {
        Verdict::Confirmed => "0".to_owned(),
        Verdict::NotRecorded => "–".to_owned(),
        Verdict::Different(by) => {
            let sign = if by > 0 { "+" } else { "−" };
            format!("{sign}{}", written(by.unsigned_abs()))
        }
    }
}

/// The verdict with its colour.
pub(super) fn verdict(lang: Language, verdict: Verdict) -> (&'static str, String) {
    let key = format!("verdict-{}", verdict.name().replace('_', "-"));
    let colour = match verdict {
        Verdict::Confirmed => "green",
        Verdict::Different(_) => "orange",
        Verdict::NotRecorded => "grey",
    };
    (colour, t(lang, &key))
}

/// How a recommendation stands, with its colour.
pub(super) fn status(lang: Language, status: Status) -> (&'static str, String) {
    let colour = match status {
        Status::Open => "blue",
        Status::Reported => "yellow",
        Status::Rejected => "orange",
        Status::Verified => "green",
    };
    (colour, t(lang, &format!("recommendation-{}", status.name())))
}

/// From what values were computed.
pub(super) fn basis(lang: Language, basis: &Basis) -> Vec<Line> {
    vec![
        Line::new(t(lang, "inspect-counted-at"), moment(lang, basis.as_of)),
        Line::new(t(lang, "inspect-log-size"), basis.size.to_string()),
        Line::new(t(lang, "inspect-log-root"), basis.root.clone()),
    ]
}

/// The name of a unit.
pub(super) fn unit(web: &Web, id: &str) -> String {
    let unit = web.office.catalogue.organisation.unit(id);
    unit.map_or_else(|| id.to_owned(), |unit| unit.name.clone())
}

/// The short names of some units.
pub(super) fn units(web: &Web, ids: &[String]) -> String {
    let short = |id: &String| {
        let unit = web.office.catalogue.organisation.unit(id);
        unit.map_or_else(|| id.clone(), |u| u.short_name.clone().unwrap_or(u.name.clone()))
    };
    ids.iter().map(short).collect::<Vec<_>>().join(", ")
}

/// The name of an official.
pub(super) fn official(web: &Web, id: &str) -> String {
    let official = web.office.catalogue.organisation.official(id);
    official.map_or_else(|| id.to_owned(), |known| format!("{}, {}", known.name, known.title))
}

/// The sentence for a refusal.
pub(super) fn refusal(lang: Language, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotOpen(_) | Refusal::NotPermitted(_) => t(lang, "inspect-refusal-not-open"),
        Refusal::Invalid(_) => t(lang, "refusal-invalid"),
        Refusal::Calendar(year) => {
            t_with(lang, "refusal-calendar", &[("year", year.year.to_string())])
        }
        Refusal::Rule(rule) => t(lang, &format!("inspect-rule-{}", rule.name())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::inspection::command::{Form, Judgement, Mark, Role, Severity};
    use domain::inspection::{Act, Rule, Stage};

    /// Every word of the domain has its text in both languages.
    #[test]
    fn everything_has_its_words() {
        let dashed = |name: &str| name.replace('_', "-");
        let mut keys: Vec<String> = Vec::new();
        keys.extend(Measure::ALL.iter().map(|m| format!("measure-{}", dashed(m.name()))));
        keys.extend(Rule::ALL.iter().map(|rule| format!("inspect-rule-{}", rule.name())));
        for act in Act::ALL {
            keys.push(format!("inspect-act-{}", dashed(act.name())));
            keys.push(format!("inspect-done-{}", dashed(act.name())));
        }
        keys.extend(Stage::ALL.iter().map(|s| format!("inspect-stage-{}", dashed(s.name()))));
        keys.extend(Form::ALL.iter().map(|f| format!("inspect-form-{}", dashed(f.name()))));
        keys.extend(Role::ALL.iter().map(|r| format!("inspect-role-{}", r.name())));
        keys.extend(Severity::ALL.iter().map(|s| format!("severity-{}", s.name())));
        keys.extend(Mark::ALL.iter().map(|m| format!("mark-{}", dashed(m.name()))));
        keys.extend(Judgement::ALL.iter().map(|j| format!("judgement-{}", dashed(j.name()))));
        for paper in office::inspection::Paper::ALL {
            keys.push(format!("inspect-paper-{}", paper.name()));
        }
        for lang in Language::ALL {
            for key in &keys {
                assert!(!t(lang, key).contains(key.as_str()), "{key} in {lang:?}");
            }
        }
    }
}
