//! The figures as charts and tables.

use super::wanted::{Wanted, steps};
use crate::Web;
use crate::kit::chart::{Bar, Chart, Look, Part, grouped};
use crate::kit::i18n::{Language, t, t_with};
use domain::dossier::Actor;
use domain::statistics::{Dimension, Figure, Figures, Times};
use office::ActError;

use std::collections::BTreeMap;

/// Bars of a chart.
const MOST: usize = 12;

/// A chart with its legend.
pub(super) struct Drawing {
    pub(super) title: String,
    pub(super) said: String,
    pub(super) legend: String,
    pub(super) svg: String,
    /// The numbers, where no other table has them.
    pub(super) rows: Vec<Bar>,
    /// The figures of each row.
    pub(super) hrefs: Vec<String>,
}

impl Drawing {
    /// The rows with their addresses.
    pub(super) fn linked(&self) -> impl Iterator<Item = (&Bar, &String)> {
        self.rows.iter().zip(&self.hrefs)
    }
}

/// A line of the table by what the figures are divided by.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) href: String,
    /// Counts, each with the list behind it.
    pub(super) counts: Vec<(String, u64, String)>,
    /// Rates and times, as they are told.
    pub(super) told: Vec<(String, String)>,
}

/// The figures of a line.
const COLUMNS: [Figure; 5] = [
    Figure::Handled,
    Figure::ResolvedEarly,
    Figure::ResolvedOnTime,
    Figure::ResolvedLate,
    Figure::RunningLate,
];

/// How each figure of a bar is drawn. Its parts give [`Figure::Handled`].
const PARTS: [(Figure, Look); 5] = [
    (Figure::ResolvedEarly, Look::Early),
    (Figure::ResolvedOnTime, Look::OnTime),
    (Figure::ResolvedLate, Look::Late),
    (Figure::RunningInTime, Look::Running),
    (Figure::RunningLate, Look::RunningLate),
];

/// By month: what was taken in, and what was resolved.
pub(super) async fn by_time(
    web: &Web,
    actor: &Actor,
    lang: Language,
    wanted: &Wanted,
) -> Result<Option<Drawing>, ActError> {
    // Of officials each step would go through all facts.
    if wanted.slice.official.is_some() {
        return Ok(None);
    }
    let (mut bars, mut hrefs) = (Vec::new(), Vec::new());
    for (text, period) in steps(wanted.period) {
        let step = Wanted { period, ..wanted.clone() };
        hrefs.push(format!("/so-lieu?{}&theo={}", step.query(), step.by.0));
        let mut asked = wanted.asked();
        asked.period = period;
        let counts = web.office.counts(actor, asked, &wanted.slice, (&[], Times::Left)).await?;
        let of = |figure| counts.all.of(figure);
        let late = of(Figure::ResolvedLate);
        let part = |key: &str, look, count| Part { look, text: t(lang, key), count };
        let parts = vec![
            part("figures-new", Look::New, of(Figure::TakenIn)),
            part("figures-resolved-in-time", Look::OnTime, of(Figure::Resolved) - late),
            part("figures-resolved-late", Look::Late, late),
        ];
        bars.push(Bar { text, parts });
    }
    let most = bars.iter().max_by_key(|bar| bar.parts[0].count);
    let most = most.filter(|bar| bars.len() > 1 && bar.parts[0].count > 0);
    let said = most.map(|bar| {
        let count = grouped(bar.parts[0].count);
        t_with(lang, "figures-by-time-said", &[("month", bar.text.clone()), ("count", count)])
    });
    let title = t(lang, "figures-by-time");
    Ok(said.map(|said| {
        let rows = bars.clone();
        Drawing { rows, hrefs, ..drawing("time", title, said, bars, Chart::standing) }
    }))
}

/// By what is asked for: how what was handled stands.
pub(super) fn by_part(
    web: &Web,
    lang: Language,
    wanted: &Wanted,
    rows: &BTreeMap<Vec<String>, Figures>,
) -> Option<Drawing> {
    let mut largest: Vec<_> =
        rows.iter().filter(|(_, figures)| figures.of(Figure::Handled) > 0).collect();
    largest.sort_by_key(|(_, figures)| std::cmp::Reverse(figures.of(Figure::Handled)));
    let bars = largest.iter().take(MOST).map(|(key, figures)| {
        let part = |(figure, look): (Figure, Look)| Part {
            look,
            text: t(lang, &format!("look-{}", figure.name().replace('_', "-"))),
            count: figures.of(figure),
        };
        Bar { text: name(web, lang, wanted.by.1, &key.concat()), parts: PARTS.map(part).to_vec() }
    });
    let bars: Vec<Bar> = bars.collect();
    let first = bars.first()?;
    let sum: u64 = first.parts.iter().map(|part| part.count).sum();
    let told = [("name", first.text.clone()), ("count", grouped(sum))];
    let said = t_with(lang, "figures-by-part-said", &told);
    let title = t(lang, &format!("figures-by-{}", wanted.by.0));
    Some(drawing("part", title, said, bars, Chart::lying))
}

fn drawing(
    id: &'static str,
    title: String,
    said: String,
    bars: Vec<Bar>,
    draw: fn(&Chart) -> String,
) -> Drawing {
    let chart = Chart { id, title: title.clone(), description: said.clone(), bars };
    let (legend, svg) = (chart.legend(), draw(&chart));
    Drawing { title, said, legend, svg, rows: Vec::new(), hrefs: Vec::new() }
}

/// The table by what is asked for.
pub(super) fn lines(
    web: &Web,
    lang: Language,
    wanted: &Wanted,
    rows: &BTreeMap<Vec<String>, Figures>,
) -> Vec<Line> {
    let there = rows.iter().filter(|(_, figures)| figures.of(Figure::Handled) > 0);
    let line = |(key, figures): (&Vec<String>, &Figures)| {
        let key = key.concat();
        let part = wanted.part(&key);
        let count = |figure: Figure| {
            let text = t(lang, &format!("column-{}", figure.name().replace('_', "-")));
            (text, figures.of(figure), part.href(figure))
        };
        let told = [
            ("column-in-time", share(figures)),
            ("column-median", figures.percentile_minutes(50).map(days)),
            ("column-nine-tenths", figures.percentile_minutes(90).map(days)),
            ("column-stood", figures.mean_minutes_stood().map(days)),
        ];
        let missing = || t(lang, "figures-not-recorded");
        let told = told.map(|(key, text)| (t(lang, key), text.unwrap_or_else(missing)));
        Line {
            name: name(web, lang, wanted.by.1, &key),
            href: format!("/so-lieu?{}", part.query()),
            counts: COLUMNS.map(count).to_vec(),
            told: told.to_vec(),
        }
    };
    there.map(line).collect()
}

/// The share in time by the national indicator, in percent; nothing of nothing.
pub(super) fn share(figures: &Figures) -> Option<String> {
    let points = figures.on_time().basis_points()?;
    Some(format!("{},{} %", points / 100, points % 100 / 10))
}

/// Working minutes as working days of eight hours.
pub(super) fn days(minutes: i64) -> String {
    format!("{},{}", minutes / 480, minutes % 480 * 10 / 480)
}

/// What people call a part.
pub(super) fn name(web: &Web, lang: Language, by: Dimension, key: &str) -> String {
    let catalogue = &web.office.catalogue;
    let known = match by {
        Dimension::Agency | Dimension::Level => {
            catalogue.organisation.unit(key).map(|unit| unit.name.clone())
        }
        Dimension::Field => {
            let mut all = catalogue.procedures.values().map(|procedure| &procedure.field);
            all.find(|field| field.code == key).map(|field| field.name.clone())
        }
        Dimension::Procedure => {
            let procedure = catalogue.procedure(key);
            procedure.map(|procedure| crate::officer::desk::short(&procedure.name))
        }
        Dimension::Channel => Some(t(lang, &format!("channel-{key}"))),
        Dimension::Official if key.is_empty() => Some(t(lang, "figures-nobody")),
        Dimension::Official => {
            let mut officials = catalogue.organisation.officials.iter();
            officials.find(|official| official.id == key).map(|official| official.name.clone())
        }
    };
    known.unwrap_or_else(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_words() {
        let looks = PARTS.map(|(figure, _)| format!("look-{}", figure.name().replace('_', "-")));
        let columns = COLUMNS.map(|figure| format!("column-{}", figure.name().replace('_', "-")));
        let by = super::super::wanted::BY.map(|(name, _)| format!("figures-by-{name}"));
        for key in looks.iter().chain(&columns).chain(&by) {
            for lang in Language::ALL {
                assert_ne!(&t(lang, key), key, "{lang:?}");
            }
        }
    }
}
