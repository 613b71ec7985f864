//! The frame of every act: which dossier, what is wrong, the form; only while the act is open.

use super::desk::{Desk, Identity};
use super::parts::{Part, complaints};
use crate::Web;
use crate::citizen::field::{Complaint, Field, Look, Told};
use crate::citizen::own;
use crate::kit::error::WebError;
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::session::Staff;
use crate::public::answer;
use crate::public::asked::Asked;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::dossier::{Act, Command};
use domain::permission::may;
use office::Target;
use std::sync::Arc;

/// What the template of an act has to show besides the frame of the house.
pub(crate) struct Frame {
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) act: &'static str,
    pub(crate) identity: Identity,
    pub(crate) complaints: Vec<Complaint>,
    pub(crate) banner: Option<String>,
    pub(crate) parts: Vec<Part>,
}

/// The page of an act: a template over the frame.
pub(crate) trait ActPage: Template + Sized {
    /// The verb.
    const ACT: Act;

    /// The page.
    fn new(l: Layout, frame: Frame) -> Self;
}

/// An act whose form needs nothing but the desk: most of them. The route table names it, and
/// [`get`] and [`post`] do the rest.
pub(crate) trait ActForm: ActPage {
    /// What the form holds.
    fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part>;

    /// What a sent form asks for, or what is wrong with it before the rule is asked.
    fn command(desk: &Desk<'_>, posted: &Posted) -> Result<Command, Told>;
}

/// `GET /ho-so/{id}/{act}`
///
/// # Errors
/// [`WebError::NotFound`] for strangers, [`WebError::Conflict`] when it is not open.
pub(crate) async fn get<P: ActForm>(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    show::<P>(&web, &staff, &id, &Typed::fresh(&asked), P::form).await
}

/// `POST /ho-so/{id}/{act}`
///
/// # Errors
/// As [`get`]; faults.
pub(crate) async fn post<P: ActForm>(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    act::<P>(&web, &staff, &id, &posted, P::form, P::command).await
}

/// What was typed, or, on a fresh page, what its address asked for.
pub(crate) struct Typed<'p> {
    posted: Option<&'p Posted>,
    asked: Option<&'p Asked>,
}

impl<'p> Typed<'p> {
    /// What a form brought.
    pub(crate) fn of(posted: &'p Posted) -> Typed<'p> {
        Typed { posted: Some(posted), asked: None }
    }

    /// A fresh page at this address.
    pub(crate) fn fresh(asked: &'p Asked) -> Typed<'p> {
        Typed { posted: None, asked: Some(asked) }
    }

    /// Nothing yet.
    pub(crate) const NOTHING: Typed<'static> = Typed { posted: None, asked: None };

    /// What a form brought, if one did.
    pub(crate) fn posted(&self) -> Option<&'p Posted> {
        self.posted
    }

    /// What the address of a fresh page asked for; empty once a form was sent.
    pub(crate) fn asked(&self, name: &str) -> &'p str {
        self.asked.map_or("", |asked| asked.text(name))
    }

    /// The text typed; on a fresh page the given one.
    pub(crate) fn or(&self, name: &str, fresh: impl Into<String>) -> String {
        match self.posted {
            Some(posted) => posted.text(name).to_owned(),
            None => fresh.into(),
        }
    }

    /// The text typed; empty on a fresh page.
    pub(crate) fn text(&self, name: &str) -> &'p str {
        self.posted.map_or("", |posted| posted.text(name))
    }
}

/// How the page stands.
pub(crate) struct Standing {
    pub(crate) status: StatusCode,
    pub(crate) told: Told,
    pub(crate) banner: Option<String>,
    pub(crate) key: String,
}

/// Shows the form of an act.
///
/// # Errors
/// [`WebError::NotFound`] for those who may not read, [`WebError::Conflict`] when it is not open.
pub(crate) async fn show<P: ActPage>(
    web: &Web,
    staff: &Staff,
    id: &str,
    typed: &Typed<'_>,
    form: impl FnOnce(&Desk<'_>, &Typed<'_>, &mut Told) -> Vec<Part>,
) -> Result<Response, WebError> {
    let dossier = own::open_for(web, &staff.visitor, &staff.who, id, P::ACT).await?;
    let desk = Desk::new(web, staff, id, &dossier);
    let mut told = Told::default();
    let parts = form(&desk, typed, &mut told);
    let standing = Standing { status: StatusCode::OK, told, banner: None, key: web.fresh_key() };
    Ok(page::<P>(&desk, staff, parts, standing))
}

/// Does what the form asks, or shows it again with what is wrong. A command that comes back as
/// nothing wrong shows the page once more (a button that only adds rows).
///
/// # Errors
/// As [`show`]; faults.
pub(crate) async fn act<P: ActPage>(
    web: &Web,
    staff: &Staff,
    id: &str,
    posted: &Posted,
    form: impl FnOnce(&Desk<'_>, &Typed<'_>, &mut Told) -> Vec<Part>,
    command: impl FnOnce(&Desk<'_>, &Posted) -> Result<Command, Told>,
) -> Result<Response, WebError> {
    let dossier = own::state(web, &staff.visitor, &staff.who, id).await?;
    let desk = Desk::new(web, staff, id, &dossier);
    let (status, mut told, banner) = match command(&desk, posted) {
        // What is no longer open is said at once, not after the form has been put right.
        Err(_) if !may(&staff.who.actor, P::ACT, &dossier) => {
            return Err(WebError::Conflict(desk.lang));
        }
        Err(told) if told.is_empty() => (StatusCode::OK, told, None),
        Err(told) => (StatusCode::UNPROCESSABLE_ENTITY, told, None),
        Ok(command) => {
            let target = Target::Dossier(id.to_owned());
            match web.office.act(&staff.who.actor, posted.key(), &target, &command).await {
                Ok(_) => return Ok(done(id, P::ACT)),
                Err(error) => {
                    let (status, problems, banner) = own::refused(desk.lang, error)?;
                    (status, Told::of(desk.lang, &problems), banner)
                }
            }
        }
    };
    let parts = form(&desk, &Typed::of(posted), &mut told);
    let standing = Standing { status, told, banner, key: posted.key().to_owned() };
    Ok(page::<P>(&desk, staff, parts, standing))
}

/// Back to the dossier, which says what was done.
pub(crate) fn done(id: &str, act: Act) -> Response {
    Redirect::to(&format!("/ho-so/{id}?da={}", act.name())).into_response()
}

/// The page of an act as it stands.
pub(crate) fn page<P: ActPage>(
    desk: &Desk<'_>,
    staff: &Staff,
    parts: Vec<Part>,
    standing: Standing,
) -> Response {
    let mut complaints = complaints(&parts);
    complaints.extend(standing.told.elsewhere(&complaints));
    let wrong = !complaints.is_empty() || standing.banner.is_some();
    let act = P::ACT.name();
    let title = desk.t(&format!("act-{act}"));
    let frame = Frame {
        csrf: desk.who.csrf.clone(),
        key: standing.key,
        act,
        identity: Identity::of(desk),
        complaints,
        banner: standing.banner,
        parts,
    };
    let l = desk.web.layout(&staff.visitor, title).with_error(wrong);
    answer(desk.lang, standing.status, &P::new(l, frame))
}

/// A field of several lines.
pub(crate) fn lines(
    desk: &Desk<'_>,
    (name, label): (&str, &str),
    rows: u8,
    typed: &Typed<'_>,
    told: &Told,
) -> Field {
    Field::new(name, desk.t(label)).look(Look::Lines(rows)).value(typed.text(name)).told(told)
}
