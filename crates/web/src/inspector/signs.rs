//! Odd signs in an inspection: how many each detector finds at the agencies inspected, and the
//! evidence of one, which leads to one dossier.

use super::Opened;
use super::page::{Block, Cell, Column, Table, shown};
use super::words::{self, day, units};
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::words::moment;
use crate::leader::signs::{looked, odd};
use crate::officer::parts::Line;
use crate::public::asked::Asked;
use axum::response::Response;
use domain::detectors::{Detector, Evidence, Told};
use domain::inspection::event::Basis;
use office::figures;
use office::signs::Signs;

/// Evidence of a list.
const MOST: usize = 200;

/// An agency, and what is odd there.
type OfUnit = (String, Signs);

/// `GET /kiem-tra/{code}/dau-hieu?dau-hieu={detector}`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not look for signs at any of the agencies now.
pub async fn get(opened: Opened, asked: Asked) -> Result<Response, WebError> {
    let Opened { web, staff, view } = opened;
    let (lang, code) = (staff.visitor.lang, view.code);
    let chosen = Detector::named(asked.text("dau-hieu"));
    let told = chosen.map_or(Told::Counts, |detector| Told::First(detector, MOST));
    let all = web.office.inspected_signs(&staff.who.actor, &view.inspection, told).await;
    let all = all.map_err(|error| WebError::from_act(error, lang))?;
    let mut blocks = vec![Block::Text(t(lang, "signs-lead"))];
    // What was asked for comes first.
    if let Some(detector) = chosen {
        let found = all.iter().flat_map(|of| evidence(&web, lang, (&code, detector), of));
        blocks.extend(found);
    }
    blocks.push(Block::Table(counts(&web, lang, &code, &all)));
    blocks.extend(all.first().map(|(_, signs)| Block::Facts(basis(lang, signs))));
    let back = Some((format!("/kiem-tra/{code}"), "inspect-back"));
    Ok(shown(&web, &staff, t(lang, "signs-title"), back, blocks))
}

/// From what it was read.
fn basis(lang: Language, signs: &Signs) -> Vec<Line> {
    let period = &signs.asked.period;
    let days = format!("{} – {}", day(period.from()), day(period.to()));
    let figures::Basis { as_of, size, root, .. } = signs.basis.clone();
    let mut lines = vec![Line::new(t(lang, "inspect-period"), days)];
    lines.extend(words::basis(lang, &Basis { as_of, size, root }));
    lines
}

/// How often each detector finds something at each agency.
fn counts(web: &Web, lang: Language, code: &str, all: &[OfUnit]) -> Table {
    let row = |detector: Detector| {
        let name = detector.code();
        let title = format!("{} {}", name.to_uppercase(), t(lang, &format!("detector-{name}")));
        let what = Cell::new(title).below(t(lang, &format!("detector-{name}-definition")));
        let count = |(_, signs): &OfUnit| match signs.shown.count(detector) {
            0 if !looked(signs, detector) => Cell::number(t(lang, "signs-not-recorded")),
            0 => Cell::number("0"),
            count => Cell::number(count.to_string())
                .to(format!("/kiem-tra/{code}/dau-hieu?dau-hieu={name}")),
        };
        std::iter::once(what).chain(all.iter().map(count)).collect()
    };
    let unit = |(id, _): &OfUnit| Column::numbers(units(web, std::slice::from_ref(id)));
    let columns = std::iter::once(Column::words(t(lang, "signs-sign"))).chain(all.iter().map(unit));
    Table {
        caption: t(lang, "signs-all"),
        columns: columns.collect(),
        rows: Detector::ALL.into_iter().map(row).collect(),
        empty: String::new(),
    }
}

/// The evidence of a detector at an agency; nothing where there is none.
fn evidence(
    web: &Web,
    lang: Language,
    (code, detector): (&str, Detector),
    (unit, signs): &OfUnit,
) -> Vec<Block> {
    let count = signs.shown.count(detector);
    if count == 0 {
        return Vec::new();
    }
    let row = |found: &Evidence| {
        let name = found.code.clone().unwrap_or_else(|| t(lang, "staff-no-code"));
        let dossier = match &found.dossier {
            Some(id) => Cell::new(name).to(format!("/kiem-tra/{code}/ho-so/{id}")),
            None => Cell::new("–"),
        };
        let entry = found.entry.map(|entry| entry.to_string()).unwrap_or_default();
        let at = Cell::new(moment(lang, found.at));
        vec![dossier, at, Cell::new(odd(web, lang, &found.oddity)), Cell::number(entry)]
    };
    let name = detector.code();
    let what = format!("{} {}", name.to_uppercase(), t(lang, &format!("detector-{name}")));
    let table = Table {
        caption: format!("{what}: {}", units(web, std::slice::from_ref(unit))),
        columns: vec![
            Column::words(t(lang, "staff-dossier")),
            Column::words(t(lang, "signs-when")),
            Column::words(t(lang, "signs-odd")),
            Column::numbers(t(lang, "signs-entry")),
        ],
        rows: signs.shown.found.iter().map(row).collect(),
        empty: String::new(),
    };
    let mut blocks = vec![Block::Table(table)];
    if count > MOST as u64 {
        let more = [("count", count.to_string())];
        blocks.push(Block::Text(t_with(lang, "figures-more", &more)));
    }
    blocks
}
