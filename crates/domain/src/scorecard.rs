//! The scorecard of a department (chấm điểm CCHC): a template that each province edits, automatic
//! scores from the figures, and beside them the department's own and the appraised one.

use crate::procedure::Confidence;
use crate::statistics::offer::Offer;
use crate::statistics::{Figure, Figures, Rate};
use serde::{Deserialize, Serialize};

/// The template (`catalogue/scorecard.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scorecard {
    /// Where it comes from.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
    /// The fields, in their order.
    pub fields: Vec<Field>,
}

/// A field (lĩnh vực).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its number.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its criteria.
    pub criteria: Vec<Criterion>,
}

/// A criterion (tiêu chí).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its number.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The most points it gives, in hundredths.
    pub max_hundredths: u64,
    /// What proves it.
    pub evidence: String,
    /// How an automatic score is reached; without one people score alone.
    pub auto: Option<Auto>,
}

/// An automatic score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Auto {
    /// From what.
    pub metric: Metric,
    /// How.
    pub rule: Rule,
    /// The percent at which it is full.
    pub full_at: u64,
}

/// How a rate becomes a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// In proportion, up to the full rate.
    RateLinear,
    /// All from the full rate on, nothing below it.
    Threshold,
}

/// A rate that the record tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// On time by the national indicator.
    OnTime,
    /// Late dossiers with an apology.
    Apologies,
    /// Procedures at the one-stop.
    OneStop,
    /// Procedures published in full.
    Published,
    /// Procedures offered online.
    OfferedOnline,
    /// Dossiers filed online.
    FiledOnline,
}

/// Whose score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The department's own.
    Own,
    /// The appraisers'.
    Appraised,
}

impl Side {
    /// The name in forms and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Side::Own => "own",
            Side::Appraised => "appraised",
        }
    }
}

/// A score that somebody gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The year it is about.
    pub year: i16,
    /// The criterion.
    pub criterion: String,
    /// Whose.
    pub side: Side,
    /// Points, in hundredths.
    pub hundredths: u64,
    /// Why.
    pub reason: String,
}

impl Metric {
    /// The rate over a department's figures and its offer; of nothing where there was nothing.
    #[must_use]
    pub fn rate(self, figures: &Figures, offer: &Offer) -> Rate {
        let of = |figure| figures.of(figure);
        match self {
            Metric::OnTime => figures.on_time(),
            Metric::Apologies => {
                let told = of(Figure::SettledLateWithApology);
                Rate { part: told, whole: told + of(Figure::SettledLateWithoutApology) }
            }
            Metric::OneStop => Rate { part: offer.at_one_stop, whole: offer.procedures },
            Metric::Published => Rate { part: offer.complete, whole: offer.procedures },
            Metric::OfferedOnline => offer.online(),
            Metric::FiledOnline => {
                Rate { part: of(Figure::TakenInOnline), whole: of(Figure::TakenIn) }
            }
        }
    }
}

impl Criterion {
    /// The automatic score in hundredths; `None` without a rule, or of nothing.
    #[must_use]
    pub fn auto_score(&self, figures: &Figures, offer: &Offer) -> Option<u64> {
        let auto = self.auto?;
        let points = auto.metric.rate(figures, offer).basis_points()?;
        let full = (auto.full_at * 100).max(1);
        Some(match auto.rule {
            Rule::RateLinear => (self.max_hundredths * points.min(full) * 2 + full) / (2 * full),
            Rule::Threshold if points >= full => self.max_hundredths,
            Rule::Threshold => 0,
        })
    }
}

/// Points as typed, `1,5` or `1.5`, in hundredths; `None` when they are no number from 0 to `max`.
#[must_use]
pub fn points(text: &str, max_hundredths: u64) -> Option<u64> {
    let text = text.trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    if whole.len() > 4 || part.len() > 2 || whole.is_empty() {
        return None;
    }
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let part: u64 = format!("{part:0<2}").parse().ok()?;
    Some(whole * 100 + part).filter(|points| *points <= max_hundredths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn criterion(rule: Rule, full_at: u64) -> Criterion {
        Criterion {
            id: "3.1".into(),
            name: "x".into(),
            max_hundredths: 400,
            evidence: "x".into(),
            auto: Some(Auto { metric: Metric::OneStop, rule, full_at }),
        }
    }

    #[test]
    fn a_rate_becomes_a_score() {
        let offer = |part| Offer { procedures: 10, at_one_stop: part, ..Offer::default() };
        let score = |rule, full_at, part| {
            criterion(rule, full_at).auto_score(&Figures::default(), &offer(part))
        };
        assert_eq!(score(Rule::RateLinear, 100, 5), Some(200));
        assert_eq!(score(Rule::RateLinear, 80, 4), Some(200));
        assert_eq!(score(Rule::RateLinear, 80, 9), Some(400));
        assert_eq!(score(Rule::Threshold, 95, 9), Some(0));
        assert_eq!(score(Rule::Threshold, 95, 10), Some(400));
        let nothing = criterion(Rule::RateLinear, 100);
        assert_eq!(nothing.auto_score(&Figures::default(), &Offer::default()), None);
    }

    #[test]
    fn points_are_read_as_people_write_them() {
        for (text, read) in
            [("1,5", Some(150)), ("1.25", Some(125)), ("4", Some(400)), ("0", Some(0))]
        {
            assert_eq!(points(text, 400), read, "{text}");
        }
        for text in ["4,01", "-1", "x", "", "1,234", "1.", "1.x"] {
            assert_eq!(points(text, 400), if text == "1." { Some(100) } else { None }, "{text}");
        }
    }
}
