//! The data forms: what is asked for, as the system fills it now, and as the agencies reported it.

use super::Opened;
use super::page::{Block, Cell, Column, Table, shown};
use super::records::{attached, back, buttons};
use super::report::told;
use super::words::{amount, basis, measure, unit};
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use crate::officer::parts::Line;
use axum::response::Response;
use domain::inspection::checklist::{DATA_FORMS, point_of};
use domain::inspection::event::Reported;
use domain::inspection::listed::{LISTING, Listed};
use domain::inspection::{Act, Reading};
use office::inspection::Filled;

/// `GET /kiem-tra/{code}/bieu`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not know of it.
pub async fn get(opened: Opened) -> Result<Response, WebError> {
    let Opened { web, staff, view } = opened;
    let (lang, code) = (staff.visitor.lang, view.code.clone());
    let of = &view.inspection;
    let filled = web.office.filled_forms(of).await;
    let filled = filled.map_err(|error| WebError::from_act(error, lang))?;
    let mut blocks: Vec<Block> =
        buttons(lang, &view, &[Act::Announce, Act::Report]).into_iter().collect();
    blocks.push(Block::Facts(
        DATA_FORMS.iter().map(|(name, text)| Line::new(*name, *text)).collect(),
    ));
    for unit_id in &of.plan.units {
        blocks.extend(of_unit(&web, lang, unit_id, &filled));
    }
    blocks.push(Block::Facts(basis(lang, &filled.basis)));
    for report in &of.reports {
        blocks.extend(reported(&web, lang, &report.what));
        blocks.extend(attached(lang, &code, &report.what.files));
    }
    Ok(shown(&web, &staff, t(lang, "inspect-task-outline"), back(&code), blocks))
}

/// What the system puts into an agency's forms.
fn of_unit(web: &Web, lang: Language, id: &String, filled: &Filled) -> Vec<Block> {
    let theirs = filled.values.iter().filter(|v| v.scope.as_slice() == std::slice::from_ref(id));
    let row = |reading: &Reading| {
        let value = reading.hundredths.map(|value| amount(reading.measure, value));
        vec![
            Cell::new(measure(lang, reading.measure)).below(reading.measure.data_form()),
            Cell::number(value.unwrap_or_else(|| "–".to_owned())),
        ]
    };
    let mut blocks = vec![Block::Table(Table {
        caption: unit(web, id),
        columns: vec![
            Column::words(t(lang, "inspect-claim")),
            Column::numbers(t(lang, "inspect-system")),
        ],
        rows: theirs.map(row).collect(),
        empty: String::new(),
    })];
    let all = filled.listed.iter().find(|(known, _)| known == id);
    let all = all.map(|(_, listed)| listed.as_slice()).unwrap_or_default();
    for form in LISTING {
        let caption = format!("{form}: {}", unit(web, id));
        let theirs = all.iter().filter(|one| one.form == form).collect();
        blocks.push(Block::Table(listed(web, lang, caption, theirs)));
    }
    blocks
}

/// What an agency reported besides its claims.
fn reported(web: &Web, lang: Language, report: &Reported) -> Vec<Block> {
    let mut blocks = Vec::new();
    for form in LISTING {
        let theirs: Vec<&Listed> = report.listed.iter().filter(|one| one.form == form).collect();
        if !theirs.is_empty() {
            let told = [("form", form.to_owned()), ("source", report.source.clone())];
            let caption = t_with(lang, "inspect-listed-reported", &told);
            blocks.push(Block::Table(listed(web, lang, caption, theirs)));
        }
    }
    for (name, text) in &report.answers {
        let what = point_of(name).map_or(name.as_str(), |point| point.text);
        blocks.push(Block::Heading(what.to_owned()));
        blocks.push(Block::Text(text.clone()));
    }
    blocks
}

/// Dossiers of a form, each with what the record and the agency say of it.
fn listed(web: &Web, lang: Language, caption: String, theirs: Vec<&Listed>) -> Table {
    let row = |one: &Listed| {
        let procedure = web.office.catalogue.procedure(&one.procedure);
        let name = procedure.map_or_else(|| one.procedure.clone(), |known| known.name.clone());
        let said = match (one.remark.as_str(), one.recorded.as_str()) {
            ("", "") => Cell::new("–"),
            ("", recorded) => Cell::new(recorded).below(t(lang, "inspect-listed-by-letter")),
            (remark, _) => Cell::new(remark),
        };
        vec![Cell::new(&one.dossier).below(name), Cell::new(told(lang, one)), said]
    };
    Table {
        caption,
        columns: vec![
            Column::words(t(lang, "staff-dossier")),
            Column::words(t(lang, "inspect-system")),
            Column::words(t(lang, "inspect-listed-said")),
        ],
        rows: theirs.into_iter().map(row).collect(),
        empty: t(lang, "inspect-listed-none"),
    }
}
