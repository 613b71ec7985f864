//! Signing what waits, all of it or what is ticked, with one PIN: the list with a preview of each
//! paper, and how the batch goes on.

use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::t;
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::session::Staff;
use crate::kit::words;
use crate::officer::parts::paragraphs;
use crate::public::answer;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::REFRESH;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::dossier::Act;
use domain::time::from_millis;
use office::batch::{BatchLine, Outcome, Pick, ToSignLine};
use office::key_ring::Way;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "leader/batch.html")]
struct Page {
    l: Layout,
    csrf: String,
    rows: Vec<Row>,
    way: Way,
    problem: Option<String>,
    pin_problem: Option<String>,
}

/// A paper that waits.
struct Row {
    id: String,
    pick: String,
    code: String,
    title: String,
    outcome: String,
    applicant: String,
    due: Option<String>,
    paragraphs: Vec<String>,
}

#[derive(Template)]
#[template(path = "leader/batch_done.html")]
struct Done {
    l: Layout,
    progress: String,
    is_over: bool,
    rows: Vec<DoneRow>,
}

/// A paper of a batch.
struct DoneRow {
    id: String,
    code: String,
    title: String,
    colour: &'static str,
    state: String,
    why: Option<String>,
}

/// `GET /ky-hang-loat`
///
/// # Errors
/// Faults of the database.
pub async fn get(State(web): State<Arc<Web>>, staff: Staff) -> Result<Response, WebError> {
    let page = page(&web, &staff).await?;
    Ok(answer(staff.visitor.lang, StatusCode::OK, &page))
}

/// `POST /ky-hang-loat`
///
/// # Errors
/// As [`get`].
pub async fn post(
    State(web): State<Arc<Web>>,
    staff: Staff,
    posted: Posted,
) -> Result<Response, WebError> {
    let lang = staff.visitor.lang;
    let mut page = page(&web, &staff).await?;
    let wanted = |row: &&Row| !posted.text("all").is_empty() || posted.text(&row.pick) == "1";
    let picks: Vec<Pick> = page.rows.iter().filter(wanted).filter_map(pick).collect();
    if picks.is_empty() {
        page.problem = Some(t(lang, "batch-nothing-picked"));
    } else {
        let actor = &staff.who.actor;
        match web.office.sign_batch(actor, posted.text("pin"), picks).await {
            Ok(batch) => {
                return Ok(Redirect::to(&format!("/ky-hang-loat/{batch}")).into_response());
            }
            Err(error) => {
                let name = error.name().unwrap_or("failed");
                let sentence = Some(t(lang, &format!("signing-error-{name}")));
                match name {
                    "wrong-pin" | "locked" => page.pin_problem = sentence,
                    _ => page.problem = sentence,
                }
            }
        }
    }
    page.l = page.l.with_error(true);
    Ok(answer(lang, StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// `GET /ky-hang-loat/{batch}`: comes again by itself until all is done.
///
/// # Errors
/// [`WebError::NotFound`] for others' batches and forgotten ones.
pub async fn done(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(batch): Path<String>,
) -> Result<Response, WebError> {
    let lang = staff.visitor.lang;
    let lines = web.office.batch(&staff.who.actor, &batch);
    let lines = lines.ok_or_else(|| WebError::not_found(&staff.visitor))?;
    let waiting = lines.iter().filter(|line| line.outcome == Outcome::Waiting).count();
    let signed = lines.iter().filter(|line| line.outcome == Outcome::Signed).count();
    let l = web.layout(&staff.visitor, t(lang, "batch-done-title"));
    let page = Done {
        progress: l.t2("batch-progress", "signed", signed, "count", lines.len()),
        l,
        is_over: waiting == 0,
        rows: lines.into_iter().map(|line| done_row(&staff, line)).collect(),
    };
    let mut response = answer(lang, StatusCode::OK, &page);
    if waiting > 0 {
        response.headers_mut().insert(REFRESH, HeaderValue::from_static("2"));
    }
    Ok(response)
}

async fn page(web: &Web, staff: &Staff) -> Result<Page, WebError> {
    let lang = staff.visitor.lang;
    let actor = &staff.who.actor;
    let lines = web.office.papers_waiting(actor).await;
    let lines = lines.map_err(|error| WebError::from_act(error, lang))?;
    let first = lines.first();
    let way = first.map(|line| web.office.way_of_signing(actor, &line.dossier, Act::Sign));
    Ok(Page {
        l: web.layout(&staff.visitor, t(lang, "batch-title")),
        csrf: staff.who.csrf.clone(),
        rows: lines.iter().filter_map(|line| row(staff, line)).collect(),
        way: way.unwrap_or(Way::ByHand),
        problem: None,
        pin_problem: None,
    })
}

fn row(staff: &Staff, line: &ToSignLine) -> Option<Row> {
    let lang = staff.visitor.lang;
    let draft = line.dossier.draft.as_ref()?;
    Some(Row {
        id: line.id.clone(),
        pick: format!("pick.{}.{}", line.id, draft.number),
        code: line.dossier.code.clone().unwrap_or_default(),
        title: draft.title.clone(),
        outcome: t(lang, &format!("outcome-{}", draft.outcome.name())),
        applicant: line.dossier.submitted.applicant.name.clone(),
        due: line.due_at.map(|at| words::moment(lang, from_millis(at))),
        paragraphs: paragraphs(&draft.body),
    })
}

/// The dossier and the draft of a row: the one that its page showed.
fn pick(row: &Row) -> Option<Pick> {
    let (id, draft) = row.pick.strip_prefix("pick.")?.split_once('.')?;
    Some(Pick { id: id.to_owned(), draft: draft.parse().ok()? })
}

fn done_row(staff: &Staff, line: BatchLine) -> DoneRow {
    let lang = staff.visitor.lang;
    let (name, colour, why) = match line.outcome {
        Outcome::Waiting => ("waiting", "grey", None),
        Outcome::Signed => ("signed", "green", None),
        Outcome::Failed(reason) => {
            ("failed", "red", Some(t(lang, &format!("signing-error-{reason}"))))
        }
    };
    let state = t(lang, &format!("batch-{name}"));
    DoneRow { id: line.id, code: line.code, title: line.title, colour, state, why }
}
