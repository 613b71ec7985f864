//! Who is at the door, from the cookie: an extractor for pages anyone may see, one for citizens,
//! one for officials.

use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::Language;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use office::accounts::SignedIn;
use std::convert::Infallible;
use std::sync::Arc;

/// Anyone, signed in or not.
#[derive(Clone)]
pub struct Visitor {
    /// Who, when signed in.
    pub who: Option<SignedIn>,
    /// The language of the page.
    pub lang: Language,
    /// Path and query asked for, to come back to.
    pub path: String,
}

/// A signed-in citizen.
pub struct Citizen {
    /// Who.
    pub who: SignedIn,
    /// The visit.
    pub visitor: Visitor,
}

/// A signed-in official.
pub struct Staff {
    /// Who.
    pub who: SignedIn,
    /// The visit.
    pub visitor: Visitor,
}

impl FromRequestParts<Arc<Web>> for Visitor {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, WebError> {
        if let Some(known) = parts.extensions.get::<Visitor>() {
            return Ok(known.clone());
        }
        let token = cookie(&parts.headers, web.session_cookie());
        let who = match token {
            Some(token) => web.office.session(&token).await?,
            None => None,
        };
        let visitor = Visitor { who, lang: language(parts), path: path(parts) };
        parts.extensions.insert(visitor.clone());
        Ok(visitor)
    }
}

impl OptionalFromRequestParts<Arc<Web>> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        web: &Arc<Web>,
    ) -> Result<Option<Self>, Infallible> {
        let found = <Visitor as FromRequestParts<Arc<Web>>>::from_request_parts(parts, web).await;
        Ok(found.ok())
    }
}

impl FromRequestParts<Arc<Web>> for Citizen {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, WebError> {
        let visitor = <Visitor as FromRequestParts<_>>::from_request_parts(parts, web).await?;
        let Some(who) = visitor.who.clone() else {
            return Err(WebError::sign_in(&visitor));
        };
        match who.actor {
            domain::dossier::Actor::Applicant { .. } => Ok(Citizen { who, visitor }),
            _ => Err(WebError::not_found(&visitor)),
        }
    }
}

impl FromRequestParts<Arc<Web>> for Staff {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, WebError> {
        let visitor = <Visitor as FromRequestParts<_>>::from_request_parts(parts, web).await?;
        let Some(who) = visitor.who.clone() else {
            return Err(WebError::sign_in(&visitor));
        };
        match who.actor {
            domain::dossier::Actor::Official { .. } => Ok(Staff { who, visitor }),
            _ => Err(WebError::not_found(&visitor)),
        }
    }
}

/// The value of a cookie.
#[must_use]
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// Sets the session cookie, or removes it with an empty token.
#[must_use]
pub fn session_cookie(web: &Web, token: &str) -> (axum::http::HeaderName, HeaderValue) {
    let secure = if web.secure_cookies { "; Secure" } else { "" };
    let age = if token.is_empty() { "; Max-Age=0" } else { "" };
    let name = web.session_cookie();
    let text = format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
    (SET_COOKIE, HeaderValue::from_str(&text).expect("tokens are hexadecimal"))
}

/// `?lang=` first, then the cookie, then Vietnamese.
fn language(parts: &Parts) -> Language {
    let asked = parts.uri.query().unwrap_or_default().split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        (key == "lang").then(|| value.to_owned())
    });
    match asked.or_else(|| cookie(&parts.headers, "lang")).as_deref() {
        Some("en") => Language::En,
        _ => Language::Vi,
    }
}

fn path(parts: &Parts) -> String {
    parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
}
