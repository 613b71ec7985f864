//! Naming the officer who works the dossier.

use crate::Web;
use crate::citizen::field::{Choice, Field, Look, Told};
use crate::kit::error::WebError;
use crate::kit::i18n::t_with;
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::session::Staff;
use crate::officer::act_page::{self, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::Part;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::dossier::command::Assign;
use domain::dossier::{Act, Command};
use domain::organisation::Position;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many tasks each officer has open.
type Loads = BTreeMap<String, usize>;

#[derive(Template)]
#[template(path = "leader/assign.html")]
struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::Assign;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

/// `GET /ho-so/{id}/assign`
///
/// # Errors
/// [`WebError::NotFound`] for strangers, [`WebError::Conflict`] when it is not open.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let loads = loads(&web, &staff).await?;
    let form =
        |desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told| form(desk, typed, told, &loads);
    act_page::show::<Page>(&web, &staff, &id, &Typed::NOTHING, form).await
}

/// `POST /ho-so/{id}/assign`
///
/// # Errors
/// As [`get`].
pub async fn post(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    let loads = loads(&web, &staff).await?;
    let form =
        |desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told| form(desk, typed, told, &loads);
    act_page::act::<Page>(&web, &staff, &id, &posted, form, command).await
}

/// The open tasks of the officers of the leader's own unit.
async fn loads(web: &Web, staff: &Staff) -> Result<Loads, WebError> {
    let loads = web.office.loads_beside(&staff.who.actor).await;
    loads.map_err(|error| WebError::from_act(error, staff.visitor.lang))
}

fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told, loads: &Loads) -> Vec<Part> {
    if told.at("officer").is_some() {
        told.say("officer", desk.t("staff-officer-missing"));
    }
    let organisation = &desk.web.office.catalogue.organisation;
    let tasks = desk.tasks(Act::Assign);
    let place = tasks.first().map_or("", |task| task.place.as_str());
    let choice = |official: &domain::organisation::Official| {
        let open = loads.get(&official.id).copied().unwrap_or(0).to_string();
        let load = t_with(desk.lang, "staff-officer-load", &[("count", open)]);
        Choice::new(&official.id, format!("{} – {load}", official.name))
    };
    let officers = organisation.officials_at(place, Position::Officer, desk.today());
    let officer = Field::new("officer", desk.t("staff-officer"))
        .look(Look::Radios(officers.map(choice).collect()))
        .required(true)
        .value(typed.text("officer"))
        .told(told);
    let note = act_page::lines(desk, ("note", "staff-assign-note"), 3, typed, told);
    vec![Part::Field(officer), Part::Field(note)]
}

fn command(_: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
    Ok(Command::Assign(Assign {
        officer: posted.text("officer").to_owned(),
        note: posted.text("note").to_owned(),
    }))
}
