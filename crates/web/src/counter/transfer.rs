//! Handing the received dossier to the unit that works it.

use crate::Web;
use crate::citizen::field::Told;
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
use domain::dossier::{Act, Command};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "counter/transfer.html")]
struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::Transfer;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

/// `GET /ho-so/{id}/transfer`
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

/// `POST /ho-so/{id}/transfer`
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
    let next = next(desk);
    if next.is_empty() { Vec::new() } else { vec![Part::Facts(next)] }
}

fn command(_: &Desk<'_>, _: &Posted) -> Result<Command, Told> {
    Ok(Command::Transfer)
}

/// The steps that the process has next, and where.
fn next(desk: &Desk<'_>) -> Vec<Line> {
    let Some(process) = desk.process() else { return Vec::new() };
    let organisation = &desk.web.office.catalogue.organisation;
    let agency = desk.dossier.submitted.agency.as_str();
    let assigned = process.assigned_division.as_deref();
    let steps = process.successors(process.first().no).iter().filter_map(|no| process.step(*no));
    steps
        .map(|step| {
            let place = step
                .external_agency
                .as_deref()
                .or_else(|| organisation.place_of(&step.unit_role, agency, assigned))
                .unwrap_or(agency);
            Line::new(&step.name, desk.place(place))
        })
        .collect()
}
