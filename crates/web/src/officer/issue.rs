//! Giving the signed result its number and seal: the clock ends.

use crate::Web;
use crate::citizen::field::Told;
use crate::kit::error::WebError;
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::session::Staff;
use crate::officer::act_page::{self, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::Part;
use crate::officer::parts::{Line, Link};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::dossier::{Act, Command};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "officer/issue.html")]
struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::Issue;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

/// `GET /ho-so/{id}/issue`
///
/// # Errors
/// [`WebError::NotFound`] for strangers, [`WebError::Conflict`] when it is not open.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    act_page::get::<Page>(&web, &staff, &id, form).await
}

/// `POST /ho-so/{id}/issue`
///
/// # Errors
/// As [`get`].
pub async fn post(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    act_page::post::<Page>(&web, &staff, &id, &posted, form, command).await
}

fn form(desk: &Desk<'_>, _: &Typed<'_>, _: &mut Told) -> Vec<Part> {
    let Some(draft) = &desk.dossier.draft else { return Vec::new() };
    let facts = vec![
        Line::new(desk.t("staff-draft-title"), &draft.title),
        Line::new(desk.t("staff-outcome"), desk.t(&format!("outcome-{}", draft.outcome.name()))),
        Line::new(desk.t("staff-signed-by"), draft.signed_by.clone().unwrap_or_default()),
        Line::new(desk.t("staff-result-number"), desk.t("staff-number-drawn")),
    ];
    let paper = Link::new(format!("/ho-so/{}/du-thao", desk.id), desk.t("staff-draft-paper"));
    vec![Part::Facts(facts), Part::Links(vec![paper])]
}

fn command(_: &Desk<'_>, _: &Posted) -> Result<Command, Told> {
    Ok(Command::Issue)
}
