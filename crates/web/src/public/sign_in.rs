//! Signing in. A form whose session ended comes here with all its texts and goes on afterwards.

use super::answer;
use super::asked::Asked;
use crate::Web;
use crate::citizen::submit;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t};
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::session::{Visitor, cookie, session_cookie};
use askama::Template;
use axum::extract::State;
use axum::http::header::USER_AGENT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::dossier::Actor;
use domain::organisation::Position;
use office::accounts::{SignInRefusal, SignedIn};
use std::sync::Arc;

/// Fields of the sign-in form itself; all others are carried for the form that waits.
const OWN_FIELDS: [&str; 6] = ["csrf", "login", "password", "next", "go-on", "files-lost"];

#[derive(Template)]
#[template(path = "public/sign_in.html")]
struct Page {
    l: Layout,
    csrf: String,
    next: String,
    login: String,
    problem: Option<String>,
    waiting: Option<Waiting>,
}

/// A form that waits for its sender to sign in again.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    /// Where it goes: a path of this house.
    pub(crate) path: String,
    /// Everything that was typed.
    pub(crate) fields: Vec<(String, String)>,
    /// Files came along, which cannot be carried.
    pub(crate) files_lost: bool,
}

impl Waiting {
    /// What a form holds for the time after signing in.
    pub(crate) fn of(path: &str, posted: &Posted) -> Waiting {
        let carried = |(name, _): &&(String, String)| !OWN_FIELDS.contains(&name.as_str());
        Waiting {
            path: path.to_owned(),
            fields: posted.fields.iter().filter(carried).cloned().collect(),
            files_lost: !posted.files.is_empty() || posted.text("files-lost") == "1",
        }
    }
}

/// `GET /dang-nhap`
pub async fn get(State(web): State<Arc<Web>>, visitor: Visitor, asked: Asked) -> Response {
    match &visitor.who {
        Some(who) => Redirect::to(&destination(asked.text("next"), who)).into_response(),
        None => {
            let next = local_path(asked.text("next")).unwrap_or_default().to_owned();
            page(&web, &visitor, StatusCode::OK, Page::new(next, String::new(), None, None))
        }
    }
}

#[derive(Template)]
#[template(path = "public/go_on.html")]
struct GoOn {
    l: Layout,
    csrf: String,
    waiting: Waiting,
}

/// The page that asks to sign in again for a form, with everything typed.
pub(crate) fn expired(web: &Web, visitor: &Visitor, waiting: Waiting) -> Response {
    let page_now = Page::new(String::new(), String::new(), None, Some(waiting));
    page(web, visitor, StatusCode::UNAUTHORIZED, page_now)
}

/// `POST /dang-nhap`
///
/// # Errors
/// Faults of the database; a wrong password is an answer.
pub async fn post(
    State(web): State<Arc<Web>>,
    visitor: Visitor,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, WebError> {
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let (login, password) = (posted.text("login"), posted.text("password"));
    let signed = web.office.sign_in(login, password, agent).await;
    let signed = signed.map_err(|error| WebError::from_act(error, visitor.lang))?;
    let waiting = local_path(posted.text("go-on")).map(|path| Waiting::of(path, &posted));
    let session = match signed {
        Ok(session) => session,
        Err(refusal) => {
            let next = local_path(posted.text("next")).unwrap_or_default().to_owned();
            let (status, key) = match refusal {
                SignInRefusal::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, "sign-in-wrong"),
                SignInRefusal::Locked => (StatusCode::TOO_MANY_REQUESTS, "sign-in-locked"),
            };
            let problem = Some(t(visitor.lang, key));
            let page_now = Page::new(next, login.to_owned(), problem, waiting);
            return Ok(page(&web, &visitor, status, page_now));
        }
    };
    if let Some(old) = cookie(&headers, web.session_cookie()) {
        let ended = web.office.sign_out(&old).await;
        ended.map_err(|error| WebError::from_act(error, visitor.lang))?;
    }
    let (name, value) = session_cookie(&web, &session.token);
    let mut response = match waiting {
        Some(waiting) => go_on(&web, session.who, visitor.lang, waiting).await?,
        None => Redirect::to(&destination(posted.text("next"), &session.who)).into_response(),
    };
    response.headers_mut().append(name, value);
    Ok(response)
}

/// The form that waited: a filing stands there again as it was, any other goes on by one button.
async fn go_on(
    web: &Web,
    who: SignedIn,
    lang: Language,
    waiting: Waiting,
) -> Result<Response, WebError> {
    let csrf = who.csrf.clone();
    let applicant = matches!(who.actor, Actor::Applicant { .. });
    let visitor = Visitor { who: Some(who), lang, path: waiting.path.clone() };
    let filing = waiting.path.strip_prefix("/nop-ho-so/").map(str::to_owned);
    match filing {
        Some(procedure) if applicant => submit::resume(web, visitor, &procedure, waiting).await,
        _ => {
            let l = web.layout(&visitor, t(lang, "go-on-title"));
            Ok(answer(lang, StatusCode::OK, &GoOn { l, csrf, waiting }))
        }
    }
}

impl Page {
    fn new(next: String, login: String, problem: Option<String>, waiting: Option<Waiting>) -> Page {
        Page { l: Layout::default(), csrf: String::new(), next, login, problem, waiting }
    }
}

fn page(web: &Web, visitor: &Visitor, status: StatusCode, mut page: Page) -> Response {
    let title = if page.waiting.is_some() { "sign-in-expired" } else { "sign-in-title" };
    let l = web.layout(visitor, t(visitor.lang, title));
    page.l = l.with_error(page.problem.is_some());
    page.csrf = visitor.who.as_ref().map(|who| who.csrf.clone()).unwrap_or_default();
    answer(visitor.lang, status, &page)
}

/// Where to go after signing in.
fn destination(next: &str, who: &SignedIn) -> String {
    let home = match who.actor {
        Actor::Applicant { .. } => "/ho-so-cua-toi",
        Actor::Official { position: Position::Inspector, .. } => "/kiem-tra",
        Actor::Official { .. } | Actor::System => "/cong-viec",
    };
    local_path(next).unwrap_or(home).to_owned()
}

/// The path, if it is one of this house and not of signing in or out again.
fn local_path(next: &str) -> Option<&str> {
    let plain = |c: char| c.is_ascii_graphic() && c != '\\';
    let own = next.starts_with('/') && !next.starts_with("//") && next.chars().all(plain);
    let path = next.split(['?', '#']).next().unwrap_or_default();
    (own && !matches!(path, "/dang-nhap" | "/dang-xuat")).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_house_are_followed() {
        assert_eq!(local_path("/ho-so-cua-toi?x=1"), Some("/ho-so-cua-toi?x=1"));
        for other in [
            "",
            "https://a.example/",
            "//a.example",
            "/\\a.example",
            "/a\\b",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x",
            "/dang-nhap?next=/",
            "/dang-xuat",
            "ho-so",
            "/một",
        ] {
            assert_eq!(local_path(other), None, "{other}");
        }
    }

    #[test]
    fn a_waiting_form_keeps_its_texts_and_not_the_password() {
        let field = |name: &str| (name.to_owned(), "x".to_owned());
        let posted = Posted {
            fields: ["csrf", "key", "form.ten", "password", "login"].map(field).to_vec(),
            files: Vec::new(),
        };
        let waiting = Waiting::of("A2", &posted);
        let names: Vec<&str> = waiting.fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["key", "form.ten"]);
        assert!(!waiting.files_lost);
    }
}
