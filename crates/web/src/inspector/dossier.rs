//! One dossier, read through an inspection: its course against the law, its papers. The reading is
//! written down, and the agency sees it.

use super::page::{Block, Cell, Column, Table, shown};
use crate::Web;
use crate::citizen::due::explained;
use crate::citizen::own::is_id;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::session::Staff;
use crate::kit::words::moment;
use crate::officer::desk::Desk;
use crate::officer::parts::{Line, Link};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::dossier::Dossier;
use domain::dossier::timeline::Entry;
use domain::time::Instant;
use office::paper::has_receipt;
use office::view::has_result;
use std::sync::Arc;

/// `GET /kiem-tra/{code}/ho-so/{id}`
///
/// # Errors
/// [`WebError::NotFound`] when the inspection gives no right to it now.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path((code, id)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let lang = staff.visitor.lang;
    if !is_id(&id) {
        return Err(WebError::not_found(&staff.visitor));
    }
    let read = web.office.inspected_dossier(&staff.who.actor, &code, &id).await;
    let view = read.map_err(|error| WebError::from_act(error, lang))?.view;
    let desk = Desk::new(&web, &staff, &id, &view.dossier);
    let dossier = desk.dossier;
    let at = format!("/kiem-tra/{code}/ho-so/{id}");
    let mut papers = Vec::new();
    if has_receipt(dossier) {
        papers.push(Link::new(format!("{at}/giay-tiep-nhan"), t(lang, "staff-receipt")));
    }
    if has_result(dossier) {
        papers.push(Link::new(format!("{at}/ket-qua"), t(lang, "staff-result")));
    }
    let mut blocks = vec![
        Block::Text(t(lang, "inspect-read-noted")),
        Block::Facts(facts(&desk)),
        Block::Acts(papers),
        Block::Table(steps(lang, &desk)),
    ];
    for why in explained(lang, &dossier.clock) {
        blocks.push(Block::Heading(why.title));
        blocks.extend(why.lines.into_iter().map(Block::Text));
    }
    blocks.push(Block::Table(course(lang, &desk, &view.timeline)));
    let name = dossier.code.clone().unwrap_or_else(|| t(lang, "staff-no-code"));
    let title = t_with(lang, "staff-dossier-title", &[("code", name)]);
    let back = Some((format!("/kiem-tra/{code}/so-lieu"), "inspect-task-claims"));
    Ok(shown(&web, &staff, title, back, blocks))
}

fn facts(desk: &Desk<'_>) -> Vec<Line> {
    let (dossier, lang) = (desk.dossier, desk.lang);
    let clock = &dossier.clock;
    let date =
        |key: &str, at: Option<Instant>| at.map(|at| Line::new(t(lang, key), moment(lang, at)));
    let mut lines = vec![
        Line::new(t(lang, "staff-procedure"), desk.procedure_name()),
        Line::new(t(lang, "staff-agency"), desk.place(&dossier.submitted.agency)),
    ];
    let dates = [
        date("staff-submitted", Some(dossier.submitted_at)),
        date("staff-received", clock.received_at),
        date("staff-due", clock.due.as_ref().map(|due| due.at)),
        date("staff-due-law", clock.statutory_due.as_ref().map(|due| due.at)),
        date("staff-finished", clock.finished_at),
    ];
    lines.extend(dates.into_iter().flatten());
    lines
}

/// Each step: its limit beside what happened.
fn steps(lang: Language, desk: &Desk<'_>) -> Table {
    let dossier: &Dossier = desk.dossier;
    let row = |task: &domain::dossier::Task| {
        let (due, closed) = (task.opened.due_at, task.closed.as_ref().map(|(at, _)| *at));
        let late = due.is_some_and(|due| closed.is_some_and(|closed| closed > due));
        let ended = Cell::new(closed.map(|at| moment(lang, at)).unwrap_or_default());
        vec![
            Cell::new(&task.opened.name).below(desk.place(&task.opened.place)),
            Cell::new(moment(lang, task.opened_at)),
            Cell::new(due.map(|at| moment(lang, at)).unwrap_or_default()),
            if late { ended.tag("red", t(lang, "inspect-step-late")) } else { ended },
        ]
    };
    Table {
        caption: t(lang, "staff-section-process"),
        columns: vec![
            Column::words(t(lang, "staff-step")),
            Column::words(t(lang, "inspect-step-from")),
            Column::words(t(lang, "staff-task-due")),
            Column::words(t(lang, "inspect-step-to")),
        ],
        rows: dossier.tasks.iter().map(row).collect(),
        empty: String::new(),
    }
}

fn course(lang: Language, desk: &Desk<'_>, timeline: &[Entry]) -> Table {
    let moments = crate::officer::dossier_parts::moments(desk, timeline);
    let row = |one: crate::officer::dossier_parts::Moment| {
        let mut cell = Cell::new(one.title);
        for line in one.who.into_iter().chain(one.arrived) {
            cell = cell.below(line);
        }
        vec![cell, Cell::new(one.when)]
    };
    Table {
        caption: t(lang, "staff-section-course"),
        columns: vec![
            Column::words(t(lang, "inspect-fact")),
            Column::words(t(lang, "inspect-when")),
        ],
        rows: moments.into_iter().map(row).collect(),
        empty: String::new(),
    }
}
