//! Taking an application back.

use super::field::{Complaint, Field, Look, Told};
use super::own::{self, Identity};
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::t;
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::session::{Citizen, Visitor};
use crate::public::answer;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::dossier::command::Withdraw;
use domain::dossier::{Act, Command, Dossier};
use office::Target;
use office::accounts::SignedIn;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "citizen/withdraw.html")]
struct Page {
    l: Layout,
    csrf: String,
    key: String,
    identity: Identity,
    complaints: Vec<Complaint>,
    banner: Option<String>,
    field: Field,
}

/// `GET /ho-so-cua-toi/{id}/rut`
///
/// # Errors
/// [`WebError::NotFound`] for what is not one's own, [`WebError::Conflict`] when it is too late.
pub async fn get(
    State(web): State<Arc<Web>>,
    Citizen { who, visitor }: Citizen,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let dossier = own::open_for(&web, &visitor, &who, &id, Act::Withdraw).await?;
    let page = page(&web, &visitor, &who, (&id, &dossier), (web.fresh_key(), ""));
    Ok(answer(visitor.lang, StatusCode::OK, &page))
}

/// `POST /ho-so-cua-toi/{id}/rut`
///
/// # Errors
/// As [`get`].
pub async fn post(
    State(web): State<Arc<Web>>,
    Citizen { who, visitor }: Citizen,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    let dossier = own::state(&web, &visitor, &who, &id).await?;
    let reason = posted.text("reason");
    let command = Command::Withdraw(Withdraw { reason: reason.to_owned() });
    let target = Target::Dossier(id.clone());
    let error = match web.office.act(&who.actor, posted.key(), &target, &command).await {
        Ok(_) => {
            return Ok(Redirect::to(&format!("/ho-so-cua-toi/{id}?xong=withdraw")).into_response());
        }
        Err(error) => error,
    };
    let (status, problems, banner) = own::refused(visitor.lang, error)?;
    let told = Told::of(visitor.lang, &problems);
    let key = posted.key().to_owned();
    let mut page = page(&web, &visitor, &who, (&id, &dossier), (key, reason));
    page.l = page.l.with_error(true);
    page.field = page.field.told(&told);
    page.complaints = page.field.summary().into_iter().collect();
    page.complaints.extend(told.elsewhere(&page.complaints));
    page.banner = banner;
    Ok(answer(visitor.lang, status, &page))
}

fn page(
    web: &Web,
    visitor: &Visitor,
    who: &SignedIn,
    (id, dossier): (&str, &Dossier),
    (key, reason): (String, &str),
) -> Page {
    let lang = visitor.lang;
    Page {
        l: web.layout(visitor, t(lang, "act-withdraw")),
        csrf: who.csrf.clone(),
        key,
        identity: Identity::of(web, lang, id, dossier),
        complaints: Vec::new(),
        banner: None,
        field: Field::new("reason", t(lang, "withdraw-reason"))
            .look(Look::Lines(4))
            .required(true)
            .value(reason),
    }
}
