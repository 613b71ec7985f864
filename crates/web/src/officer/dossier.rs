//! One dossier, whole: what may be done now, who filed what, how it went, until when and why.

use super::desk::{Desk, Identity};
use super::dossier_parts::{
    ActLink, Block, Cycle, DraftView, Moment, PaperLine, TaskLine, acts, applicant, cycles, draft,
    form, moments, moves_of_the_promise, papers, payments, tasks,
};
use super::parts::Line;
use crate::Web;
use crate::citizen::due::{Explained, explained};
use crate::citizen::own::is_id;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::layout::Layout;
use crate::kit::session::Staff;
use crate::kit::words;
use crate::public::answer;
use crate::public::asked::Asked;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::dossier::{Act, Dossier};
use office::paper::{has_receipt, papers_of};
use office::view::has_result;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "officer/dossier.html")]
struct Page {
    l: Layout,
    identity: Identity,
    acts: Vec<ActLink>,
    applicant: Vec<Line>,
    form: Vec<Block>,
    papers: Vec<PaperLine>,
    tasks: Vec<TaskLine>,
    cycles: Vec<Cycle>,
    payments: Vec<Line>,
    draft: Option<DraftView>,
    moments: Vec<Moment>,
    why: Vec<Explained>,
    dates: Vec<Line>,
    receipt: bool,
    fresh_receipt: bool,
    result: bool,
    printed: Vec<(String, String)>,
}

/// `GET /ho-so/{id}?da={act}`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not read the dossier.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = staff.visitor.lang;
    if !is_id(&id) {
        return Err(WebError::not_found(&staff.visitor));
    }
    let view = web.office.dossier(&staff.who.actor, &id).await;
    let view = view.map_err(|error| WebError::from_act(error, lang))?;
    let desk = Desk::new(&web, &staff, &id, &view.dossier);
    let done = Act::named(asked.text("da"));
    let identity = Identity::of(&desk);
    let title = t_with(lang, "staff-dossier-title", &[("code", identity.code.clone())]);
    let flash = done.map(|act| {
        t_with(lang, &format!("staff-done-{}", act.name()), &[("code", identity.code.clone())])
    });
    let dossier = desk.dossier;
    let states = web.office.reused_states(dossier).await;
    let states = states.map_err(|error| WebError::from_act(error, lang))?;
    let page = Page {
        l: web.layout(&staff.visitor, title).with_flash(flash),
        acts: acts(&desk, &view.open),
        applicant: applicant(&desk),
        form: form(&desk),
        papers: papers(&desk, &states),
        tasks: tasks(&desk),
        cycles: cycles(&desk),
        payments: payments(&desk),
        draft: draft(&desk),
        moments: moments(&desk, &view.timeline),
        why: explained(lang, &dossier.clock),
        dates: dates(&desk),
        receipt: has_receipt(dossier),
        fresh_receipt: done == Some(Act::Receive) && has_receipt(dossier),
        result: has_result(dossier),
        printed: printed(lang, dossier),
        identity,
    };
    Ok(answer(lang, StatusCode::OK, &page))
}

/// The papers there are besides receipt, draft and result: their addresses and names.
fn printed(lang: Language, dossier: &Dossier) -> Vec<(String, String)> {
    let papers = papers_of(dossier).into_iter();
    papers.map(|paper| (paper.slug(), words::paper(lang, paper))).collect()
}

/// The dates of the promise.
fn dates(desk: &Desk<'_>) -> Vec<Line> {
    let (dossier, lang) = (desk.dossier, desk.lang);
    let clock = &dossier.clock;
    let line = |key: &str, at: Option<domain::time::Instant>| {
        at.map(|at| Line::new(t(lang, key), words::moment(lang, at)))
    };
    let moved = clock
        .original_due
        .as_ref()
        .filter(|first| clock.due.as_ref().is_some_and(|now| now.at != first.at));
    let lines = [
        line("staff-submitted", Some(dossier.submitted_at)),
        line("staff-received", clock.received_at),
        line("staff-due", clock.due.as_ref().map(|due| due.at)),
        line("staff-due-first", moved.map(|due| due.at)),
        line("staff-due-law", clock.statutory_due.as_ref().map(|due| due.at)),
        line("staff-finished", clock.finished_at),
    ];
    lines.into_iter().flatten().chain(moves_of_the_promise(desk)).collect()
}
