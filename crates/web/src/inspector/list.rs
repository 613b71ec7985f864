//! The plan of the years, and the synthesis of a year.

use super::page::{Block, Cell, Column, Table, Tile, shown};
use super::words::{day, units};
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::session::Staff;
use crate::officer::parts::Link;
use axum::extract::State;
use axum::response::Response;
use domain::inspection::permission::may_plan;
use domain::inspection::{Inspection, Stage, Totals};
use office::inspection::InspectionView;
use std::collections::BTreeMap;
use std::sync::Arc;

/// `GET /kiem-tra`
///
/// # Errors
/// [`WebError::NotFound`] for those whom inspections do not concern; faults.
pub async fn get(State(web): State<Arc<Web>>, staff: Staff) -> Result<Response, WebError> {
    let lang = staff.visitor.lang;
    if !super::concerns(&staff.who.actor) {
        return Err(WebError::not_found(&staff.visitor));
    }
    let all = web.office.inspections(&staff.who.actor).await;
    let all = all.map_err(|error| WebError::from_act(error, lang))?;
    let mut blocks = Vec::new();
    if may_plan(&staff.who.actor) {
        let new = Link::new("/kiem-tra/moi", t(lang, "inspect-act-plan"));
        blocks.push(Block::Acts(vec![new]));
    }
    blocks.push(Block::Links(vec![
        Link::new("/kiem-tra/theo-doi", t(lang, "inspect-board")),
        Link::new("/kiem-tra/tong-hop", t(lang, "inspect-synthesis")),
    ]));
    let mut years: BTreeMap<i16, Vec<&InspectionView>> = BTreeMap::new();
    for view in &all {
        years.entry(view.inspection.plan.year).or_default().push(view);
    }
    if years.is_empty() {
        blocks.push(Block::Text(t(lang, "inspect-none")));
    }
    for (year, of) in years.iter().rev() {
        blocks.push(Block::Table(plan_of(&web, lang, *year, of)));
        blocks.push(printed(lang, *year));
    }
    Ok(shown(&web, &staff, t(lang, "inspect-title"), None, blocks))
}

fn plan_of(web: &Web, lang: Language, year: i16, of: &[&InspectionView]) -> Table {
    let row = |view: &&InspectionView| {
        let (plan, stage) = (&view.inspection.plan, view.inspection.stage());
        vec![
            Cell::new(&view.code)
                .to(format!("/kiem-tra/{}", view.code))
                .below(units(web, &plan.units)),
            Cell::new(t_with(
                lang,
                "inspect-month",
                &[("month", plan.month.to_string()), ("year", plan.year.to_string())],
            )),
            Cell::new(t(lang, &format!("inspect-form-{}", plan.form.name().replace('_', "-")))),
            Cell::new("").tag(colour(stage), stage_text(lang, stage)),
        ]
    };
    Table {
        caption: t_with(lang, "inspect-plan-of", &[("year", year.to_string())]),
        columns: vec![
            Column::words(t(lang, "inspect-inspection")),
            Column::words(t(lang, "inspect-when")),
            Column::words(t(lang, "inspect-field-form")),
            Column::words(t(lang, "inspect-state")),
        ],
        rows: of.iter().map(row).collect(),
        empty: t(lang, "inspect-none"),
    }
}

/// The words of a stage.
pub(super) fn stage_text(lang: Language, stage: Stage) -> String {
    t(lang, &format!("inspect-stage-{}", stage.name().replace('_', "-")))
}

/// The colour of a stage.
pub(super) fn colour(stage: Stage) -> &'static str {
    match stage {
        Stage::Planned => "grey",
        Stage::Delegated | Stage::UnderWay => "blue",
        Stage::MinutesSigned => "purple",
        Stage::Concluded => "yellow",
        Stage::Closed => "green",
    }
}

/// `GET /kiem-tra/tong-hop`: a year's inspections in numbers.
///
/// # Errors
/// As [`get`].
pub async fn synthesis(State(web): State<Arc<Web>>, staff: Staff) -> Result<Response, WebError> {
    let lang = staff.visitor.lang;
    if !super::concerns(&staff.who.actor) {
        return Err(WebError::not_found(&staff.visitor));
    }
    let all = web.office.inspections(&staff.who.actor).await;
    let all = all.map_err(|error| WebError::from_act(error, lang))?;
    let mut years: BTreeMap<i16, Vec<&Inspection>> = BTreeMap::new();
    for view in &all {
        years.entry(view.inspection.plan.year).or_default().push(&view.inspection);
    }
    let mut blocks = Vec::new();
    let today = web.office.today();
    for (year, of) in years.iter().rev() {
        blocks.push(Block::Heading(t_with(lang, "inspect-year", &[("year", year.to_string())])));
        blocks.push(Block::Tiles(tiles(lang, of, today)));
        blocks.push(printed(lang, *year));
    }
    if blocks.is_empty() {
        blocks.push(Block::Text(t(lang, "inspect-none")));
    }
    blocks.push(Block::Text(t_with(lang, "inspect-as-of", &[("day", day(today))])));
    let back = Some(("/kiem-tra".to_owned(), "inspect-title"));
    Ok(shown(&web, &staff, t(lang, "inspect-synthesis"), back, blocks))
}

fn tiles(lang: Language, of: &[&Inspection], today: jiff::civil::Date) -> Vec<Tile> {
    let tile = |key: &str, number: usize, variant| Tile {
        number: number.to_string(),
        label: t(lang, key),
        variant,
    };
    let totals = Totals::of(of.iter().copied(), today);
    vec![
        tile("inspect-total-planned", totals.planned, "ok"),
        tile("inspect-total-concluded", totals.concluded, "ok"),
        tile("inspect-total-claims", totals.claims, "ok"),
        tile("inspect-total-different", totals.different, "soon"),
        tile("inspect-total-impossible", totals.impossible, "late"),
        tile("inspect-total-good", totals.good, "ok"),
        tile("inspect-total-grave", totals.grave, "soon"),
        tile("inspect-total-recommendations", totals.recommendations, "ok"),
        tile("inspect-total-verified", totals.verified, "ok"),
        tile("inspect-total-overdue", totals.overdue, "late"),
    ]
}

/// The printed synthesis of a year.
fn printed(lang: Language, year: i16) -> Block {
    let text = t_with(lang, "inspect-synthesis-paper", &[("year", year.to_string())]);
    Block::Links(vec![Link::new(format!("/kiem-tra/tong-hop/{year}"), text)])
}
