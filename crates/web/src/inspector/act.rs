//! The form of an act on an inspection: shown, sent, shown again with what is wrong.

use super::Opened;
use super::files::{Chosen, FileRow, takes_files};
use super::form::{Part, parts};
use super::wish::{command, placed};
use super::words::refusal;
use crate::Web;
use crate::citizen::field::{Complaint, Field, Told};
use crate::kit::error::WebError;
use crate::kit::i18n::t;
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::session::Staff;
use crate::public::answer;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::inspection::permission::may_plan;
use domain::inspection::{Act, Refusal};
use office::inspection::{InspectionView, NotActed};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "inspector/act.html")]
struct Page {
    l: Layout,
    csrf: String,
    key: String,
    action: String,
    back: String,
    lead: String,
    complaints: Vec<Complaint>,
    banner: Option<String>,
    parts: Vec<Part>,
    files: Option<FileRow>,
    send: String,
}

/// How the page stands.
struct Standing {
    status: StatusCode,
    told: Told,
    banner: Option<String>,
    key: String,
    chosen: Chosen,
}

/// `GET /kiem-tra/{code}/act/{act}`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not know of it, [`WebError::Conflict`] when the act is
/// not open.
pub async fn get(
    opened: Opened,
    Path((_, act)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let Opened { web, staff, view } = opened;
    let act = Act::named(&act).ok_or_else(|| WebError::not_found(&staff.visitor))?;
    if !view.open.contains(&act) {
        return Err(WebError::Conflict(staff.visitor.lang));
    }
    fresh(&web, &staff, act, Some(&view)).await
}

/// `GET /kiem-tra/moi`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not plan.
pub async fn get_new(State(web): State<Arc<Web>>, staff: Staff) -> Result<Response, WebError> {
    if !may_plan(&staff.who.actor) {
        return Err(WebError::not_found(&staff.visitor));
    }
    fresh(&web, &staff, Act::Plan, None).await
}

/// `POST /kiem-tra/{code}/act/{act}`
///
/// # Errors
/// As [`get`]; faults.
pub async fn post(
    opened: Opened,
    Path((_, act)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, WebError> {
    let Opened { web, staff, view } = opened;
    let act = Act::named(&act).ok_or_else(|| WebError::not_found(&staff.visitor))?;
    sent(&web, &staff, act, Some(&view), posted).await
}

/// `POST /kiem-tra/moi`
///
/// # Errors
/// As [`get_new`]; faults.
pub async fn post_new(
    State(web): State<Arc<Web>>,
    staff: Staff,
    posted: Posted,
) -> Result<Response, WebError> {
    sent(&web, &staff, Act::Plan, None, posted).await
}

async fn fresh(
    web: &Web,
    staff: &Staff,
    act: Act,
    view: Option<&InspectionView>,
) -> Result<Response, WebError> {
    let standing = Standing {
        status: StatusCode::OK,
        told: Told::default(),
        banner: None,
        key: web.fresh_key(),
        chosen: Chosen::default(),
    };
    page(web, staff, (act, view), None, standing).await
}

async fn sent(
    web: &Web,
    staff: &Staff,
    act: Act,
    view: Option<&InspectionView>,
    mut posted: Posted,
) -> Result<Response, WebError> {
    let lang = staff.visitor.lang;
    // Who may not act keeps nothing here: the rule's answer comes without their files.
    let chosen = match view.is_some_and(|view| view.open.contains(&act)) && takes_files(act) {
        true => Chosen::take(web, staff, &mut posted).await?,
        false => Chosen::default(),
    };
    let posted = &posted;
    let (told, banner) = match command(web, staff, (act, view), (posted, &chosen)).await? {
        Err(told) => (told, None),
        Ok(wish) => {
            let code = view.map(|view| view.code.as_str());
            let acted = web.office.act_on_inspection(&staff.who.actor, posted.key(), code, &wish);
            match acted.await {
                Ok(code) => {
                    let to = format!("/kiem-tra/{code}?da={}", act.name());
                    return Ok(Redirect::to(&to).into_response());
                }
                Err(NotActed::Refused(Refusal::Invalid(problems))) => {
                    (Told::of(lang, &placed(&wish, problems)), None)
                }
                Err(NotActed::Refused(refused)) => (Told::default(), Some(refusal(lang, &refused))),
                Err(NotActed::Failed(error)) => return Err(WebError::from_act(error, lang)),
            }
        }
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let standing = Standing { status, told, banner, key: posted.key().to_owned(), chosen };
    page(web, staff, (act, view), Some(posted), standing).await
}

async fn page(
    web: &Web,
    staff: &Staff,
    (act, view): (Act, Option<&InspectionView>),
    posted: Option<&Posted>,
    standing: Standing,
) -> Result<Response, WebError> {
    let lang = staff.visitor.lang;
    let parts = parts(web, staff, act, view, (posted, &standing.told)).await?;
    let files = takes_files(act).then(|| FileRow::new(lang, &standing.chosen, &standing.told));
    let fields = parts.iter().flat_map(|part| &part.fields);
    let mut complaints: Vec<Complaint> = fields.filter_map(Field::summary).collect();
    complaints.extend(files.as_ref().and_then(FileRow::summary));
    complaints.extend(standing.told.elsewhere(&complaints));
    let wrong = !complaints.is_empty() || standing.banner.is_some();
    let name = act.name().replace('_', "-");
    let (back, action) = match view {
        Some(view) => {
            let at = format!("/kiem-tra/{}", view.code);
            (at.clone(), format!("{at}/act/{}", act.name()))
        }
        None => ("/kiem-tra".to_owned(), "/kiem-tra/moi".to_owned()),
    };
    let page = Page {
        l: web.layout(&staff.visitor, t(lang, &format!("inspect-act-{name}"))).with_error(wrong),
        csrf: staff.who.csrf.clone(),
        key: standing.key,
        action,
        back,
        lead: t(lang, &format!("inspect-lead-{name}")),
        complaints,
        banner: standing.banner,
        parts,
        files,
        send: "inspect-send".to_owned(),
    };
    Ok(answer(lang, standing.status, &page))
}
