//! Running dossiers whose promise rests on an older calendar: for each, the promise that the
//! calendar in force would give. What was printed stands until an authorised person accepts it.

use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::t;
use crate::kit::layout::Layout;
use crate::kit::session::Staff;
use crate::kit::words;
use crate::officer::desk::short;
use crate::public::answer;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::dossier::Act;
use domain::permission::may;
use office::calendar::Touched;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "leader/due_proposals.html")]
struct Page {
    l: Layout,
    touched: Vec<Row>,
}

/// A dossier with both promises.
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) applicant: String,
    pub(crate) procedure: String,
    pub(crate) due: String,
    pub(crate) would_be: String,
    pub(crate) may_accept: bool,
}

/// `GET /lich-lam-viec/de-xuat`
///
/// # Errors
/// Faults of the database.
pub async fn get(State(web): State<Arc<Web>>, staff: Staff) -> Result<Response, WebError> {
    let lang = staff.visitor.lang;
    let touched = web.office.due_proposals(&staff.who.actor).await;
    let touched = touched.map_err(|error| WebError::from_act(error, lang))?;
    let page = Page {
        l: web.layout(&staff.visitor, t(lang, "due-proposals-title")),
        touched: touched.iter().map(|touched| row(&web, &staff, touched)).collect(),
    };
    Ok(answer(lang, StatusCode::OK, &page))
}

/// A dossier as a line.
pub(crate) fn row(web: &Web, staff: &Staff, touched: &Touched) -> Row {
    let lang = staff.visitor.lang;
    let submitted = &touched.dossier.submitted;
    let procedure = web.office.catalogue.procedure(&submitted.procedure);
    Row {
        id: touched.id.clone(),
        code: touched.dossier.code.clone().unwrap_or_else(|| t(lang, "staff-no-code")),
        applicant: submitted.applicant.name.clone(),
        procedure: procedure
            .map_or_else(|| submitted.procedure.clone(), |known| short(&known.name)),
        due: words::moment(lang, touched.due),
        would_be: match &touched.would_be {
            Ok(due) => words::moment(lang, due.at),
            Err(year) => words::refusal(lang, &domain::dossier::Refusal::Calendar(*year)),
        },
        may_accept: touched.would_be.is_ok()
            && may(&staff.who.actor, Act::CorrectDue, &touched.dossier),
    }
}
