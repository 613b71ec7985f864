//! Taking the application back on behalf of the applicant, on a paper request.

use crate::Web;
use crate::citizen::field::Told;
use crate::kit::error::WebError;
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::session::Staff;
use crate::officer::act_page::{self, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::Part;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::dossier::command::Withdraw;
use domain::dossier::{Act, Command};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "counter/withdraw.html")]
struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::Withdraw;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

/// `GET /ho-so/{id}/withdraw`
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

/// `POST /ho-so/{id}/withdraw`
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
    let reason = act_page::lines(desk, ("reason", "staff-withdraw-reason"), 4, typed, told)
        .hint(desk.t("staff-withdraw-reason-hint"))
        .required(true);
    vec![Part::Warning(desk.t("staff-withdraw-warning")), Part::Field(reason)]
}

fn command(_: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
    Ok(Command::Withdraw(Withdraw { reason: posted.text("reason").to_owned() }))
}
