//! The register of dossiers of an agency, for a period: on the screen, and on paper (Mẫu 06 of
//! 2018, Mẫu 07 of 2025); and what waits for the post.

use super::pdf::shown;
use crate::Web;
use crate::kit::components::SelectItem;
use crate::kit::error::{WebError, form_urlencode};
use crate::kit::i18n::t;
use crate::kit::layout::Layout;
use crate::kit::session::Staff;
use crate::public::answer;
use crate::public::asked::Asked;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::time::{Instant, local};
use jiff::civil::Date;
use office::paper::{RegisterLine, RegisterTotals, short_date, short_instant};
use std::sync::Arc;

/// Days as people write them.
const DAY: &str = "%d/%m/%Y";

#[derive(Template)]
#[template(path = "officer/register.html")]
struct Page {
    l: Layout,
    from: String,
    until: String,
    agency: String,
    agencies: Vec<Choice>,
    wrong: Option<String>,
    lines: Vec<Line>,
    totals: RegisterTotals,
    is_cut: bool,
    closed: Option<u32>,
    print: String,
    post: usize,
}

/// An agency to choose.
struct Choice {
    id: String,
    name: String,
    chosen: bool,
}

impl From<&Choice> for SelectItem {
    fn from(choice: &Choice) -> SelectItem {
        SelectItem::new(&choice.id, &choice.name).chosen(choice.chosen)
    }
}

/// A dossier, shorter than on paper.
struct Line {
    ordinal: String,
    code: String,
    procedure: String,
    applicant: String,
    received: String,
    due: String,
    settled: String,
    returned: String,
    note: String,
}

impl Line {
    fn of(line: RegisterLine) -> Line {
        let when = |at: Option<Instant>| at.map(short_instant).unwrap_or_default();
        Line {
            ordinal: format!("{:02}", line.ordinal),
            code: line.code,
            procedure: line.procedure,
            applicant: line.applicant,
            received: short_instant(line.received_at),
            due: short_instant(line.due_at),
            settled: when(line.settled_at),
            returned: when(line.returned_at),
            note: line.note.unwrap_or_default(),
        }
    }
}

/// What the address asks for.
struct Wanted {
    from: Date,
    until: Date,
    agency: String,
    wrong: bool,
}

impl Wanted {
    /// This month of the first book, unless the address says otherwise.
    fn of(asked: &Asked, today: Date, books: &[(String, String)]) -> Option<Wanted> {
        let day = |name: &str, otherwise: Date| match asked.text(name) {
            "" => Some(otherwise),
            text => text.parse().or_else(|_| Date::strptime(DAY, text)).ok(),
        };
        let asked_for = day("tu", today.first_of_month()).zip(day("den", today));
        let one_year = |(from, until): &(Date, Date)| from <= until && from.year() == until.year();
        let period = asked_for.filter(one_year);
        let agency = match asked.text("co-quan") {
            "" => books.first()?.0.clone(),
            id => books.iter().find(|(known, _)| known == id)?.0.clone(),
        };
        let (from, until) = period.unwrap_or((today.first_of_month(), today));
        Some(Wanted { from, until, agency, wrong: period.is_none() })
    }
}

/// `GET /so-theo-doi?tu=&den=&co-quan=`
///
/// # Errors
/// [`WebError::NotFound`] for those who keep and see no book.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    asked: Asked,
) -> Result<Response, WebError> {
    let (lang, actor) = (staff.visitor.lang, &staff.who.actor);
    let books = web.office.books_of(actor);
    let today = local(web.office.clock.now()).date();
    let wanted = Wanted::of(&asked, today, &books);
    let wanted = wanted.ok_or_else(|| WebError::not_found(&staff.visitor))?;
    let Wanted { from, until, agency, wrong } = wanted;
    let view = web.office.register(actor, &agency, from, until).await;
    let view = view.map_err(|error| WebError::from_act(error, lang))?;
    let post = web.office.waiting_for_post(actor).await;
    let choice = |(id, name): (String, String)| Choice { chosen: id == agency, id, name };
    let mut l = web.layout(&staff.visitor, t(lang, "register-title"));
    l.error = wrong;
    let print =
        format!("/so-theo-doi/in?tu={from}&den={until}&co-quan={}", form_urlencode(&agency));
    let page = Page {
        l,
        from: short_date(from),
        until: short_date(until),
        agencies: if books.len() > 1 {
            books.into_iter().map(choice).collect()
        } else {
            Vec::new()
        },
        agency: view.register.letterhead.office.clone(),
        wrong: wrong.then(|| t(lang, "register-wrong")),
        totals: view.register.totals,
        is_cut: view.is_cut,
        closed: view.register.closing.as_ref().map(|closing| closing.last),
        lines: view.register.lines.into_iter().map(Line::of).collect(),
        print,
        post: post.map_err(|error| WebError::from_act(error, lang))?.len(),
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(answer(lang, status, &page))
}

/// `GET /so-theo-doi/in?tu=&den=&co-quan=`
///
/// # Errors
/// [`WebError::NotFound`] for those who keep and see no book, and for a period that is none.
pub async fn print(
    State(web): State<Arc<Web>>,
    staff: Staff,
    asked: Asked,
) -> Result<Response, WebError> {
    let actor = &staff.who.actor;
    let books = web.office.books_of(actor);
    let today = local(web.office.clock.now()).date();
    let wanted = Wanted::of(&asked, today, &books).filter(|wanted| !wanted.wrong);
    let wanted = wanted.ok_or_else(|| WebError::not_found(&staff.visitor))?;
    let Wanted { from, until, agency, .. } = wanted;
    let bytes = web.office.register_pdf(actor, &agency, from, until).await;
    shown(&staff, "so-theo-doi.pdf", bytes)
}

/// `GET /so-theo-doi/buu-chinh`
///
/// # Errors
/// [`WebError::NotFound`] for others than the counter, and when nothing waits for the post.
pub async fn post(State(web): State<Arc<Web>>, staff: Staff) -> Result<Response, WebError> {
    let bytes = web.office.postal_hand_over_pdf(&staff.who.actor).await;
    shown(&staff, "ban-giao-buu-chinh.pdf", bytes)
}
