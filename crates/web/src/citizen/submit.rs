//! Filing online: the case, then one page with agency, applicant, form, papers and result.

mod cases;
mod form;
mod page;
mod typed;

use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::t;
use crate::kit::posted::Posted;
use crate::kit::session::{Citizen, Visitor};
use crate::kit::words;
use crate::public::asked::Asked;
use crate::public::sign_in::Waiting;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::dossier::{Actor, Command, Refusal};
use domain::procedure::form::Form;
use domain::procedure::{ChannelKind, Procedure};
use domain::time::local;
use jiff::civil::Date;
use office::accounts::SignedIn;
use office::{ActError, Target};
use page::Shown;
use std::sync::Arc;
use typed::Typed;

/// What a filing is about.
struct Subject<'w> {
    procedure: &'w Procedure,
    case: Option<String>,
    form: Option<&'w Form>,
    today: Date,
}

/// What stands in the way of the page.
enum Way<'w> {
    /// Nothing.
    Open(Subject<'w>),
    /// A case must be chosen.
    Choose(&'w Procedure),
    /// It cannot be filed online today; its page says why.
    Closed(&'w Procedure),
}

impl<'w> Way<'w> {
    fn to(web: &'w Web, procedure: &str, case: &str) -> Option<Way<'w>> {
        let catalogue = &web.office.catalogue;
        let procedure = catalogue.procedure(procedure)?;
        let today = local(web.office.clock.now()).date();
        if !procedure.offers(today) || !procedure.accepts_channel(ChannelKind::Online) {
            return Some(Way::Closed(procedure));
        }
        let chosen = procedure.cases.iter().find(|known| known.id == case);
        if chosen.is_none() && !procedure.cases.is_empty() {
            return Some(Way::Choose(procedure));
        }
        let case = chosen.map(|case| case.id.clone());
        let form = catalogue.form_for(procedure, case.as_deref());
        Some(Way::Open(Subject { procedure, case, form, today }))
    }
}

fn closed(procedure: &Procedure) -> Response {
    Redirect::to(&format!("/thu-tuc/{}", procedure.id)).into_response()
}

/// `GET /nop-ho-so/{procedure}`
///
/// # Errors
/// [`WebError::NotFound`] for an unknown procedure.
pub async fn get(
    State(web): State<Arc<Web>>,
    Citizen { who, visitor }: Citizen,
    Path(procedure): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let case = asked.text("truong-hop");
    let way = Way::to(&web, &procedure, case).ok_or_else(|| WebError::not_found(&visitor))?;
    Ok(match way {
        Way::Closed(procedure) => closed(procedure),
        Way::Choose(procedure) => {
            let unanswered = asked.text("buoc") == "1";
            cases::page(&web, &visitor, procedure, unanswered)
        }
        Way::Open(subject) => {
            let typed = Typed::blank(&web, &who, &subject).await;
            let typed = typed.map_err(|error| WebError::from_act(error, visitor.lang))?;
            page::page(&web, &visitor, &who, &subject, &typed, Shown::default())
        }
    })
}

/// `POST /nop-ho-so/{procedure}`
///
/// # Errors
/// [`WebError::NotFound`] for an unknown procedure and for officials; faults.
pub async fn post(
    State(web): State<Arc<Web>>,
    visitor: Visitor,
    Path(procedure): Path<String>,
    mut posted: Posted,
) -> Result<Response, WebError> {
    let way = Way::to(&web, &procedure, posted.text("case"));
    let way = way.ok_or_else(|| WebError::not_found(&visitor))?;
    let Some(who) = visitor.who.clone() else { return Err(WebError::sign_in(&visitor)) };
    if !matches!(who.actor, Actor::Applicant { .. }) {
        return Err(WebError::not_found(&visitor));
    }
    let subject = match way {
        Way::Closed(procedure) => return Ok(closed(procedure)),
        Way::Choose(procedure) => return Ok(cases::page(&web, &visitor, procedure, true)),
        Way::Open(subject) => subject,
    };
    let typed = Typed::read(&web, &who, &subject, &mut posted).await;
    let typed = typed.map_err(|error| WebError::from_act(error, visitor.lang))?;
    file(&web, &visitor, &who, &subject, typed).await
}

/// The page again, after the applicant signed in anew.
pub(crate) async fn resume(
    web: &Web,
    visitor: Visitor,
    procedure: &str,
    waiting: Waiting,
) -> Result<Response, WebError> {
    let mut posted = Posted { fields: waiting.fields, files: Vec::new() };
    let way = Way::to(web, procedure, posted.text("case"));
    let way = way.ok_or_else(|| WebError::not_found(&visitor))?;
    let Some(who) = visitor.who.clone() else { return Err(WebError::sign_in(&visitor)) };
    let subject = match way {
        Way::Closed(procedure) => return Ok(closed(procedure)),
        Way::Choose(procedure) => return Ok(cases::page(web, &visitor, procedure, false)),
        Way::Open(subject) => subject,
    };
    let typed = Typed::read(web, &who, &subject, &mut posted).await;
    let typed = typed.map_err(|error| WebError::from_act(error, visitor.lang))?;
    let key = if waiting.files_lost { "filing-resumed-files" } else { "filing-resumed" };
    let shown = Shown { flash: Some(t(visitor.lang, key)), ..Shown::default() };
    Ok(page::page(web, &visitor, &who, &subject, &typed, shown))
}

/// Hands in, or shows the page with everything that is wrong.
async fn file(
    web: &Web,
    visitor: &Visitor,
    who: &SignedIn,
    subject: &Subject<'_>,
    mut typed: Typed,
) -> Result<Response, WebError> {
    let target = Target::New { procedure: subject.procedure.id.clone() };
    let command = Command::Submit(typed.command(subject));
    let outcome = if typed.has_refused_files() {
        // Nothing may be filed without a file that its applicant chose.
        let tried = web.office.try_filing(&who.actor, &target, &command);
        Err(ActError::Refused(tried.err().unwrap_or(Refusal::Invalid(Vec::new()))))
    } else {
        web.office.act(&who.actor, &typed.key, &target, &command).await
    };
    let (status, problems, banner) = match outcome {
        Ok(acted) => {
            let place = format!("/ho-so-cua-toi/{}?xong=submit", acted.id);
            return Ok(Redirect::to(&place).into_response());
        }
        Err(ActError::Refused(Refusal::Invalid(problems))) => {
            (StatusCode::UNPROCESSABLE_ENTITY, problems, None)
        }
        Err(ActError::Refused(refusal)) => {
            let sentence = words::refusal(visitor.lang, &refusal);
            (StatusCode::UNPROCESSABLE_ENTITY, Vec::new(), Some(sentence))
        }
        Err(ActError::KeyReused) => {
            typed.key = web.fresh_key();
            let sentence = t(visitor.lang, "filing-filed-before");
            (StatusCode::CONFLICT, Vec::new(), Some(sentence))
        }
        Err(error) => return Err(WebError::from_act(error, visitor.lang)),
    };
    let shown = Shown { status, problems, banner, flash: None };
    Ok(page::page(web, visitor, who, subject, &typed, shown))
}
