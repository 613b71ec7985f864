//! One's own dossier: where it stands, until when and why, its course, its papers, what one may do.

use super::due::{Explained, explained};
use super::field::size;
use super::own::{self, Identity};
use crate::Web;
use crate::counter::scans::described;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::layout::Layout;
use crate::kit::session::Citizen;
use crate::kit::words;
use crate::public::asked::Asked;
use crate::public::{accepted_as, answer, marks};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::dossier::event::SupplementItem;
use domain::dossier::timeline::Entry;
use domain::dossier::{Act, Dossier, Stage};
use domain::procedure::Procedure;
use office::paper::{DossierPaper, has_receipt, papers_of};
use office::view::{DossierView, has_result};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "citizen/dossier.html")]
struct Page {
    l: Layout,
    identity: Identity,
    holder: Option<String>,
    due: Option<Due>,
    finished: Option<String>,
    next: String,
    refusal: Option<(&'static str, String)>,
    apology: Option<String>,
    payment: Option<Payment>,
    request: Option<Request>,
    lines: Vec<Line>,
    papers: Vec<PaperLine>,
    receipt: bool,
    result: bool,
    printed: Vec<(String, String)>,
    may_supplement: bool,
    may_withdraw: bool,
}

/// The promise.
struct Due {
    at: String,
    machine: String,
    badge: Option<(String, &'static str)>,
    why: Vec<Explained>,
}

/// A payment that is owed now.
struct Payment {
    what: String,
    amount: String,
    legal_basis: String,
    pay_by: Option<String>,
}

/// What is asked for now.
struct Request {
    reason: String,
    items: Vec<String>,
}

/// A line of the course.
struct Line {
    title: String,
    when: String,
    machine: String,
    arrived: Option<String>,
    place: Option<String>,
    words: Option<String>,
    last: bool,
}

/// A paper that was handed in.
struct PaperLine {
    n: usize,
    name: String,
    kind: String,
    file: Option<String>,
    reused: Option<String>,
}

/// `GET /ho-so-cua-toi/{id}`
///
/// # Errors
/// [`WebError::NotFound`] for what is not one's own.
pub async fn get(
    State(web): State<Arc<Web>>,
    Citizen { who, visitor }: Citizen,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = visitor.lang;
    if !own::is_id(&id) {
        return Err(WebError::not_found(&visitor));
    }
    let view = web.office.dossier(&who.actor, &id).await;
    let view = view.map_err(|error| WebError::from_act(error, lang))?;
    let dossier = view.dossier.as_ref();
    let procedure = web.office.catalogue.procedure(&dossier.submitted.procedure);
    let open = |act: Act| view.open.iter().any(|open| open.act == act);
    let identity = Identity::of(&web, lang, &id, dossier);
    let page = Page {
        l: web
            .layout(&visitor, t_with(lang, "own-dossier-title", &[("code", identity.code.clone())]))
            .with_flash(done(lang, asked.text("xong"))),
        holder: own::holder(&web, lang, dossier),
        due: due(lang, &view),
        finished: dossier.clock.finished_at.map(|at| words::moment(lang, at)),
        next: t(lang, &format!("next-{}", dossier.stage.name())),
        refusal: match &dossier.stage {
            Stage::NotAccepted { reason, legal_basis, .. } => {
                Some(("dossier-refusal", with_basis(reason, legal_basis)))
            }
            Stage::Stopped { reason, legal_basis, .. } => {
                Some(("dossier-stopped", with_basis(reason, legal_basis)))
            }
            _ => None,
        },
        apology: apology(lang, dossier),
        payment: payment(lang, dossier),
        request: request(dossier, procedure),
        lines: lines(&web, lang, &view.timeline),
        papers: papers(lang, dossier, procedure),
        receipt: has_receipt(dossier),
        result: has_result(dossier),
        printed: printed(lang, dossier),
        may_supplement: open(Act::Supplement),
        may_withdraw: open(Act::Withdraw),
        identity,
    };
    Ok(answer(lang, StatusCode::OK, &page))
}

/// The papers for the applicant besides receipt and result: their addresses and names.
fn printed(lang: Language, dossier: &Dossier) -> Vec<(String, String)> {
    let papers =
        papers_of(dossier).into_iter().filter(|paper| DossierPaper::is_for_applicant(*paper));
    papers.map(|paper| (paper.slug(), words::paper(lang, paper))).collect()
}

/// The message after an act of one's own.
fn done(lang: Language, act: &str) -> Option<String> {
    match act {
        "submit" => Some(t(lang, "done-submit")),
        "supplement" => Some(t(lang, "done-supplement")),
        "withdraw" => Some(t(lang, "done-withdraw")),
        _ => None,
    }
}

fn due(lang: Language, view: &DossierView) -> Option<Due> {
    let dossier = view.dossier.as_ref();
    let due = dossier.clock.due.as_ref()?;
    Some(Due {
        at: words::moment(lang, due.at),
        machine: words::machine(due.at),
        badge: words::remaining(lang, view.remaining),
        why: explained(lang, &dossier.clock),
    })
}

/// The last apology, while the new promise is still to be kept.
fn apology(lang: Language, dossier: &Dossier) -> Option<String> {
    let moved = dossier.clock.reappointments.last()?;
    let open = dossier.clock.finished_at.is_none();
    let words = [
        ("old", words::moment(lang, moved.old_due)),
        ("new", words::moment(lang, moved.due)),
        ("reason", moved.reason.clone()),
    ];
    open.then(|| t_with(lang, "dossier-apology", &words))
}

/// The payment that is waited for.
fn payment(lang: Language, dossier: &Dossier) -> Option<Payment> {
    if !matches!(dossier.stage, Stage::AwaitingPayment { .. }) {
        return None;
    }
    let asked = dossier.payments.last()?;
    Some(Payment {
        what: asked.what.clone(),
        amount: marks::dong(lang, asked.amount_vnd),
        legal_basis: asked.legal_basis.clone(),
        pay_by: asked.pay_by.map(|at| words::moment(lang, at)),
    })
}

/// The request that waits for an answer.
fn request(dossier: &Dossier, procedure: Option<&Procedure>) -> Option<Request> {
    if !matches!(dossier.stage, Stage::AwaitingSupplement { .. }) {
        return None;
    }
    let cycle = dossier.supplements.last()?;
    let items = cycle.items.iter().map(|item| asked_for(procedure, item)).collect();
    Some(Request { reason: cycle.reason.clone(), items })
}

/// One thing that a request asks for: which paper, what about it, and by which rule.
pub(crate) fn asked_for(procedure: Option<&Procedure>, item: &SupplementItem) -> String {
    let paper = component_name(procedure, &item.component);
    let paper = paper.map(|name| format!("{name}: ")).unwrap_or_default();
    format!("{paper}{}", with_basis(&item.what, &item.legal_basis))
}

/// What is told, and by which rule, where one was named.
fn with_basis(told: &str, legal_basis: &str) -> String {
    if legal_basis.is_empty() { told.to_owned() } else { format!("{told} ({legal_basis})") }
}

/// The published name of a component.
pub(crate) fn component_name(procedure: Option<&Procedure>, id: &str) -> Option<String> {
    let known = procedure?.components.iter().find(|component| component.id == id)?;
    Some(known.name.clone())
}

/// Newest first.
fn lines(web: &Web, lang: Language, course: &[Entry]) -> Vec<Line> {
    let line = |(n, entry): (usize, &Entry)| Line {
        title: match &entry.step {
            Some(step) => step.clone(),
            None => t(lang, &format!("fact-{}", entry.kind)),
        },
        when: words::moment(lang, entry.at),
        machine: words::machine(entry.at),
        arrived: entry.arrived.as_ref().map(|arrived| words::arrived(lang, arrived)),
        place: entry.unit.as_deref().map(|unit| own::place(web, unit)),
        words: entry.words.clone(),
        last: n == 0,
    };
    course.iter().rev().enumerate().map(line).collect()
}

/// As what a paper was brought, and what was scanned of it.
pub(crate) fn brought_as(lang: Language, paper: &domain::dossier::event::Paper) -> String {
    let kind = accepted_as(lang, &paper.kind);
    match &paper.scan {
        Some(scan) => format!("{kind}: {}", described(lang, scan)),
        None => kind,
    }
}

fn papers(lang: Language, dossier: &Dossier, procedure: Option<&Procedure>) -> Vec<PaperLine> {
    let line = |(n, paper): (usize, &domain::dossier::event::Paper)| PaperLine {
        n: n + 1,
        name: component_name(procedure, &paper.component)
            .unwrap_or_else(|| paper.component.clone()),
        kind: brought_as(lang, paper),
        file: paper
            .file
            .as_ref()
            .map(|file| format!("{} ({})", file.name, size(lang, file.size_bytes))),
        reused: paper.reused.as_ref().map(|reused| reused.code.clone()),
    };
    dossier.papers.iter().enumerate().map(line).collect()
}
