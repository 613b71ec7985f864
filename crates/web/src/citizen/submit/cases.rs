//! The first step of a procedure with several cases: which one is yours?

use crate::Web;
use crate::citizen::field::{Choice, Complaint, Field, Look};
use crate::kit::i18n::t;
use crate::kit::layout::Layout;
use crate::kit::session::Visitor;
use crate::public::answer;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::procedure::Procedure;

#[derive(Template)]
#[template(path = "citizen/submit_cases.html")]
struct Page<'p> {
    l: Layout,
    procedure: &'p Procedure,
    complaints: Vec<Complaint>,
    banner: Option<String>,
    field: Field,
}

/// The page; `unanswered` when the button was pressed without a choice.
pub(super) fn page(
    web: &Web,
    visitor: &Visitor,
    procedure: &Procedure,
    unanswered: bool,
) -> Response {
    let lang = visitor.lang;
    let choices = procedure.cases.iter().map(|case| Choice::new(&case.id, &case.name)).collect();
    let mut field = Field::new("truong-hop", t(lang, "filing-case"))
        .hint(t(lang, "filing-case-hint"))
        .look(Look::Radios(choices));
    field.error = unanswered.then(|| t(lang, "filing-case-missing"));
    let status = if unanswered { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page {
        l: web.layout(visitor, t(lang, "filing-title")).with_error(unanswered),
        procedure,
        complaints: field.summary().into_iter().collect(),
        banner: None,
        field,
    };
    answer(lang, status, &page)
}
