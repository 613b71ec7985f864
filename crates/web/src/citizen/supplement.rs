//! Handing in what was asked for.

use super::dossier::asked_for;
use super::field::{Complaint, Field, Look, Told};
use super::own::{self, Identity};
use super::upload::{PaperRow, Taken, refused, take};
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
use domain::dossier::command::Supplement;
use domain::dossier::{Act, Command, Dossier, Refusal};
use domain::procedure::{Component, Procedure};
use office::accounts::SignedIn;
use office::{ActError, Target};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "citizen/supplement.html")]
struct Page {
    l: Layout,
    csrf: String,
    key: String,
    identity: Identity,
    complaints: Vec<Complaint>,
    banner: Option<String>,
    reason: String,
    items: Vec<String>,
    papers: Vec<PaperRow>,
    note: Field,
}

/// What was typed and brought.
#[derive(Default)]
struct Typed {
    key: String,
    note: String,
    papers: BTreeMap<String, Taken>,
}

/// `GET /ho-so-cua-toi/{id}/bo-sung`
///
/// # Errors
/// [`WebError::NotFound`] for what is not one's own, [`WebError::Conflict`] when nothing is asked.
pub async fn get(
    State(web): State<Arc<Web>>,
    Citizen { who, visitor }: Citizen,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let dossier = own::open_for(&web, &visitor, &who, &id, Act::Supplement).await?;
    let typed = Typed { key: web.fresh_key(), ..Typed::default() };
    let page = page(&web, &visitor, &who, (&id, &dossier), &typed, &Told::default());
    Ok(answer(visitor.lang, StatusCode::OK, &page))
}

/// `POST /ho-so-cua-toi/{id}/bo-sung`
///
/// # Errors
/// As [`get`].
pub async fn post(
    State(web): State<Arc<Web>>,
    Citizen { who, visitor }: Citizen,
    Path(id): Path<String>,
    mut posted: Posted,
) -> Result<Response, WebError> {
    let lang = visitor.lang;
    let dossier = own::state(&web, &visitor, &who, &id).await?;
    let mut typed = Typed {
        key: posted.key().to_owned(),
        note: posted.text("note").to_owned(),
        papers: BTreeMap::new(),
    };
    let procedure = web.office.catalogue.procedure(&dossier.submitted.procedure);
    for component in wanted(&dossier, procedure) {
        let taken = take(&web, &who.account, &mut posted, &component.id).await;
        let taken = taken.map_err(|error| WebError::from_act(error, lang))?;
        typed.papers.insert(component.id.clone(), taken);
    }
    let error = match hand_in(&web, &who, &id, &typed).await {
        Ok(()) => {
            let place = format!("/ho-so-cua-toi/{id}?xong=supplement");
            return Ok(Redirect::to(&place).into_response());
        }
        Err(error) => error,
    };
    let (status, problems, banner) = own::refused(lang, error)?;
    let mut told = Told::of(lang, &problems);
    for (component, taken) in &typed.papers {
        if let Some(refusal) = taken.refused {
            told.say(&format!("paper.{component}"), refused(lang, refusal));
        }
    }
    if told.at("papers").is_some() {
        told.say("note", t(lang, "supplement-nothing"));
        told.forget("papers");
    }
    let mut page = page(&web, &visitor, &who, (&id, &dossier), &typed, &told);
    page.banner = banner;
    page.l = page.l.with_error(true);
    Ok(answer(lang, status, &page))
}

async fn hand_in(web: &Web, who: &SignedIn, id: &str, typed: &Typed) -> Result<(), ActError> {
    if typed.papers.values().any(|taken| taken.refused.is_some()) {
        return Err(ActError::Refused(Refusal::Invalid(Vec::new())));
    }
    let papers = typed.papers.iter().filter_map(|(component, taken)| taken.paper(component));
    let wish = Supplement { papers: papers.collect(), note: typed.note.clone() };
    let (target, command) = (Target::Dossier(id.to_owned()), Command::Supplement(wish));
    web.office.act(&who.actor, &typed.key, &target, &command).await.map(|_| ())
}

/// The components that the latest request names, each once.
fn wanted<'p>(dossier: &Dossier, procedure: Option<&'p Procedure>) -> Vec<&'p Component> {
    let (Some(procedure), Some(cycle)) = (procedure, dossier.supplements.last()) else {
        return Vec::new();
    };
    let named =
        |component: &&Component| cycle.items.iter().any(|item| item.component == component.id);
    let case = dossier.submitted.case.as_deref();
    procedure.components_for(case).into_iter().filter(named).collect()
}

fn page(
    web: &Web,
    visitor: &Visitor,
    who: &SignedIn,
    (id, dossier): (&str, &Dossier),
    typed: &Typed,
    told: &Told,
) -> Page {
    let lang = visitor.lang;
    let procedure = web.office.catalogue.procedure(&dossier.submitted.procedure);
    let nothing = Taken::default();
    let row = |component: &Component| {
        let taken = typed.papers.get(&component.id).unwrap_or(&nothing);
        let mut row = PaperRow::new(lang, component, taken, told);
        row.required = false;
        row
    };
    let papers: Vec<PaperRow> = wanted(dossier, procedure).into_iter().map(row).collect();
    let note = Field::new("note", t(lang, "supplement-note"))
        .hint(t(lang, "supplement-note-hint"))
        .look(Look::Lines(4))
        .value(&typed.note)
        .told(told);
    let mut complaints: Vec<Complaint> = papers.iter().filter_map(PaperRow::summary).collect();
    complaints.extend(note.summary());
    complaints.extend(told.elsewhere(&complaints));
    let cycle = dossier.supplements.last();
    let asked = cycle.map(|cycle| cycle.items.as_slice()).unwrap_or_default();
    Page {
        l: web.layout(visitor, t(lang, "act-supplement")),
        csrf: who.csrf.clone(),
        key: typed.key.clone(),
        identity: Identity::of(web, lang, id, dossier),
        complaints,
        banner: None,
        reason: cycle.map(|cycle| cycle.reason.clone()).unwrap_or_default(),
        items: asked.iter().map(|item| asked_for(procedure, item)).collect(),
        papers,
        note,
    }
}
