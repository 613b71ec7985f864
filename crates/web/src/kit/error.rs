//! What a page answers when it cannot answer: three kinds, each with a sentence that says what to
//! do. Not yours and not there are byte for byte the same.

use crate::kit::i18n::Language;
use crate::kit::layout::Layout;
use crate::kit::session::Visitor;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::dossier::Refusal;
use office::ActError;

/// Why there is no page.
#[derive(Debug)]
pub enum WebError {
    /// 404: no such thing, or not for this person.
    NotFound(Language),
    /// 303 to the sign-in page, which comes back here.
    SignIn(String),
    /// 403: the form did not come from our own page, or the page is from an earlier session.
    Forged(Language),
    /// 400: the request cannot be read (broken text, broken form).
    Unreadable(Language),
    /// 413: more was sent than is taken.
    TooLarge(Language),
    /// 409: the act is not open, or somebody else was quicker.
    Conflict(Language),
    /// 422: a refusal that has no form to stand in.
    Refused(Language, Box<Refusal>),
    /// 503: the paper is not printed yet; the press tries again.
    NotPrinted(Language),
    /// 503: the figures are counted anew, so many percent of them are.
    NotCounted(Language, u64),
    /// 500: our fault; the id is in our log.
    Fault(Language),
}

impl WebError {
    /// Nothing here, for this visitor.
    #[must_use]
    pub fn not_found(visitor: &Visitor) -> WebError {
        WebError::NotFound(visitor.lang)
    }

    /// Please sign in, then come back to where you were.
    #[must_use]
    pub fn sign_in(visitor: &Visitor) -> WebError {
        WebError::SignIn(visitor.path.clone())
    }

    /// An act's error where the page has no form to show it in.
    #[must_use]
    pub fn from_act(error: ActError, lang: Language) -> WebError {
        match error {
            ActError::NotFound => WebError::NotFound(lang),
            ActError::Conflict | ActError::Refused(Refusal::NotOpen(_)) => WebError::Conflict(lang),
            ActError::KeyReused => WebError::Conflict(lang),
            ActError::Refused(refusal) => WebError::Refused(lang, Box::new(refusal)),
            ActError::NotYetPrinted => WebError::NotPrinted(lang),
            ActError::NotYetCounted { percent } => WebError::NotCounted(lang, percent),
            ActError::Fault { doing, cause } => {
                tracing::error!(doing, cause, "fault");
                WebError::Fault(lang)
            }
        }
    }
}

impl From<ActError> for WebError {
    fn from(error: ActError) -> WebError {
        WebError::from_act(error, Language::Vi)
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    l: Layout,
    heading: String,
    advice: String,
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let (status, lang, name) = match &self {
            WebError::SignIn(next) => {
                let next: String = form_urlencode(next);
                return Redirect::to(&format!("/dang-nhap?next={next}")).into_response();
            }
            WebError::NotFound(lang) => (StatusCode::NOT_FOUND, *lang, "not-found"),
            WebError::Forged(lang) => (StatusCode::FORBIDDEN, *lang, "forged"),
            WebError::Unreadable(lang) => (StatusCode::BAD_REQUEST, *lang, "unreadable"),
            WebError::TooLarge(lang) => (StatusCode::PAYLOAD_TOO_LARGE, *lang, "too-large"),
            WebError::Conflict(lang) => (StatusCode::CONFLICT, *lang, "conflict"),
            WebError::Refused(lang, _) => (StatusCode::UNPROCESSABLE_ENTITY, *lang, "refused"),
            WebError::NotPrinted(lang) => (StatusCode::SERVICE_UNAVAILABLE, *lang, "not-printed"),
            WebError::NotCounted(lang, _) => {
                (StatusCode::SERVICE_UNAVAILABLE, *lang, "not-counted")
            }
            WebError::Fault(lang) => (StatusCode::INTERNAL_SERVER_ERROR, *lang, "fault"),
        };
        let heading = crate::kit::i18n::t(lang, &format!("error-{name}"));
        let advice = match &self {
            WebError::Refused(lang, refusal) => crate::kit::words::refusal(*lang, refusal),
            WebError::NotCounted(lang, percent) => {
                let percent = [("percent", percent.to_string())];
                crate::kit::i18n::t_with(*lang, "error-not-counted-advice", &percent)
            }
            _ => crate::kit::i18n::t(lang, &format!("error-{name}-advice")),
        };
        let page = ErrorPage { l: Layout::new(lang, heading.clone(), "/"), heading, advice };
        match page.render() {
            Ok(html) => (status, Html(html)).into_response(),
            Err(error) => {
                tracing::error!(%error, "error page");
                status.into_response()
            }
        }
    }
}

/// Percent-encodes a path for a query value.
#[must_use]
pub fn form_urlencode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte as char);
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_page_says_how_far_the_figures_are() {
        for lang in Language::ALL {
            let error = WebError::from_act(ActError::NotYetCounted { percent: 37 }, lang);
            let response = error.into_response();
            assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
            let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
            let page = String::from_utf8(body.to_vec()).unwrap();
            assert!(page.contains("37") && page.contains(" %"), "{page}");
        }
    }
}
