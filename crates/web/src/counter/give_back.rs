//! Handing the result to the applicant.

use crate::Web;
use crate::citizen::field::{Field, Told};
use crate::kit::error::WebError;
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::session::Staff;
use crate::officer::act_page::{self, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::Line;
use crate::officer::parts::Part;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::dossier::command::GiveBack;
use domain::dossier::{Act, Command};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "counter/give_back.html")]
struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::GiveBack;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

/// `GET /ho-so/{id}/give_back`
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

/// `POST /ho-so/{id}/give_back`
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

fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part> {
    let submitted = &desk.dossier.submitted;
    let way = desk.t(&format!("staff-result-way-{}", submitted.result_channel.name()));
    let number = desk.dossier.result_number.clone().unwrap_or_default();
    let facts = vec![
        Line::new(desk.t("staff-result-number"), number),
        Line::new(desk.t("staff-result-way"), way),
    ];
    let recipient = Field::new("recipient", desk.t("staff-recipient"))
        .hint(desk.t("staff-recipient-hint"))
        .value(typed.or("recipient", &submitted.applicant.name))
        .told(told);
    let note = act_page::lines(desk, ("note", "staff-give-back-note"), 3, typed, told)
        .hint(desk.t("staff-give-back-note-hint"));
    vec![Part::Facts(facts), Part::Field(recipient), Part::Field(note)]
}

fn command(_: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
    Ok(Command::GiveBack(GiveBack {
        recipient: posted.text("recipient").to_owned(),
        note: posted.text("note").to_owned(),
    }))
}
