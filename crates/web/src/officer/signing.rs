//! The two acts that put a signature on a paper, with whatever key their person has: the same page
//! as every act, and the pen beside it. A key that fails is told here; the dossier stays as it was.

use super::act_page::{self, ActForm, ActPage, Standing, Typed};
use super::desk::Desk;
use super::parts::{Line, Link, Part};
use crate::Web;
use crate::citizen::field::{Field, Look, Told};
use crate::citizen::own;
use crate::kit::error::WebError;
use crate::kit::i18n::t;
use crate::kit::posted::Posted;
use crate::kit::session::Staff;
use crate::public::asked::Asked;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::dossier::{Act, Dossier};
use office::key_ring::Way;
use office::signed::{SignWish, SigningError, hash_of};
use std::sync::Arc;

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
    let dossier = own::open_for(&web, &staff.visitor, &staff.who, &id, P::ACT).await?;
    let pen = Pen::of(&web, &staff, &id, &dossier, P::ACT).await?;
    let form =
        |desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told| pen.form::<P>(desk, typed, told);
    act_page::show::<P>(&web, &staff, &id, &Typed::fresh(&asked), form).await
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
    let dossier = own::state(&web, &staff.visitor, &staff.who, &id).await?;
    let way = web.office.way_of_signing(&staff.who.actor, &dossier, P::ACT);
    if way == Way::ByHand {
        let pen = Pen { way, read: String::new() };
        let form =
            |desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told| pen.form::<P>(desk, typed, told);
        return act_page::act::<P>(&web, &staff, &id, &posted, form, P::command).await;
    }
    let (actor, key) = (&staff.who.actor, posted.key());
    let wish = SignWish {
        draft: posted.text("draft").parse().unwrap_or(0),
        read: Some(posted.text("read")),
        pin: posted.text("pin"),
    };
    let signed = match P::ACT {
        Act::Issue => web.office.seal_paper(actor, key, &id, wish.pin).await,
        _ => web.office.sign_paper(actor, key, &id, &wish).await,
    };
    match signed {
        Ok(_) => Ok(act_page::done(&id, P::ACT)),
        Err(error) => again::<P>(&web, &staff, (&id, &dossier), &posted, error).await,
    }
}

/// The page once more, with why nothing was signed. The PIN is never given back.
async fn again<P: ActForm>(
    web: &Web,
    staff: &Staff,
    (id, dossier): (&str, &Dossier),
    posted: &Posted,
    error: SigningError,
) -> Result<Response, WebError> {
    let lang = staff.visitor.lang;
    let (mut told, mut banner) = (Told::default(), None);
    let name = error.name();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    match (error, name) {
        (SigningError::Act(error), _) => {
            let (refused, problems, sentence) = own::refused(lang, error)?;
            (status, told, banner) = (refused, Told::of(lang, &problems), sentence);
        }
        (_, Some(name @ ("wrong-pin" | "locked"))) => {
            told.say("pin", t(lang, &format!("signing-error-{name}")));
        }
        (_, name) => {
            banner = Some(t(lang, &format!("signing-error-{}", name.unwrap_or("failed"))));
        }
    }
    let pen = Pen::of(web, staff, id, dossier, P::ACT).await?;
    let desk = Desk::new(web, staff, id, dossier);
    let parts = pen.form::<P>(&desk, &Typed::of(posted), &mut told);
    let standing = Standing { status, told, banner, key: posted.key().to_owned() };
    Ok(act_page::page::<P>(&desk, staff, parts, standing))
}

/// How the person signs, and which file.
struct Pen {
    way: Way,
    /// SHA-256 of the paper that this page lets one read.
    read: String,
}

impl Pen {
    async fn of(
        web: &Web,
        staff: &Staff,
        id: &str,
        dossier: &Dossier,
        act: Act,
    ) -> Result<Pen, WebError> {
        let actor = &staff.who.actor;
        let way = web.office.way_of_signing(actor, dossier, act);
        let read = match (way, act) {
            (Way::ByHand, _) | (_, Act::Issue) => String::new(),
            (Way::Here | Way::WithPin | Way::Elsewhere, _) => {
                let paper = web.office.paper_to_sign(actor, id).await;
                let paper = paper.map_err(|error| WebError::from_act(error, staff.visitor.lang))?;
                hash_of(&paper).to_string()
            }
        };
        Ok(Pen { way, read })
    }

    fn form<P: ActForm>(&self, desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part> {
        let mut parts = P::form(desk, typed, told);
        let whose = <P as ActPage>::ACT.name();
        let how = match self.way {
            Way::ByHand => "by-hand",
            Way::Here => "here",
            Way::WithPin => "with-pin",
            Way::Elsewhere => "elsewhere",
        };
        let how = desk.t(&format!("signing-{whose}-{how}"));
        parts.push(Part::Facts(vec![Line::new(desk.t("signing-way"), how)]));
        if self.way != Way::ByHand {
            let paper = format!("/ho-so/{}/ban-ky", desk.id);
            let link = Link::new(paper, desk.t(&format!("signing-{whose}-paper")));
            parts.push(Part::Links(vec![link]));
            parts.push(Part::Hidden { name: "read", value: self.read.clone() });
        }
        if self.way == Way::WithPin {
            let pin = Field::new("pin", desk.t("signing-pin")).look(Look::Secret);
            let pin = pin.hint(desk.t("signing-pin-hint")).required(true).told(told);
            parts.push(Part::Field(pin));
        }
        parts
    }
}
