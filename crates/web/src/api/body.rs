//! A JSON body, read strictly: at most a mebibyte, UTF-8, no unknown fields; what does not fit is
//! named by its place.

use super::problem::{Kind, Place, Problem};
use crate::Web;
use crate::kit::i18n::{Language, t};
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use serde::de::{DeserializeOwned, IgnoredAny};
use std::sync::Arc;

/// Longest body, bytes.
pub const BODY_MAX: usize = 1024 * 1024;

/// What was sent. An empty body is `{}`.
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<Web>> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Arc<Web>) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let lang = Language::of_api(&parts.headers);
        let problem = |kind: Kind| Problem::new(kind, lang).on(parts.uri.path());
        if announced(&parts.headers) > BODY_MAX {
            return Err(problem(Kind::TooLarge));
        }
        let bytes = match to_bytes(body, BODY_MAX).await {
            Ok(bytes) => bytes,
            Err(error) if is_too_large(&error) => return Err(problem(Kind::TooLarge)),
            Err(_) => return Err(problem(Kind::Unreadable)),
        };
        if !bytes.is_empty() && !is_json(&parts.headers) {
            return Err(problem(Kind::WrongType));
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| problem(Kind::Unreadable))?;
        let text = if text.is_empty() { "{}" } else { text };
        if !text.trim_start().starts_with('{') && serde_json::from_str::<IgnoredAny>(text).is_ok() {
            return Err(problem(Kind::Invalid).at(vec![no_object(lang)]));
        }
        serde_json::from_str(text).map(Sent).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => misfit::<T>(text, lang).on(parts.uri.path()),
            _ => problem(Kind::Unreadable).saying(broken(&error, lang)),
        })
    }
}

fn announced(headers: &HeaderMap) -> usize {
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or(0)
}

fn is_too_large(error: &axum::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        if inner.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        source = inner.source();
    }
    false
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

/// Where the text stops being JSON.
fn broken(error: &serde_json::Error, lang: Language) -> String {
    let place = [("line", error.line().to_string()), ("column", error.column().to_string())];
    crate::kit::i18n::t_with(lang, "api-unreadable-json", &place)
}

/// What does not fit the type, and where: read once more, slowly, for the place.
fn misfit<T: DeserializeOwned>(text: &str, lang: Language) -> Problem {
    let mut reader = serde_json::Deserializer::from_str(text);
    let Err(error) = serde_path_to_error::deserialize::<_, T>(&mut reader) else {
        return Problem::new(Kind::Unreadable, lang);
    };
    let told = error.inner().to_string();
    let path = error.path().to_string();
    let path = if path == "." { String::new() } else { path };
    let field = told.split('`').nth(1).unwrap_or_default();
    let (place, reason) = if told.starts_with("unknown field") {
        (path, "api-reason-unknown-field")
    } else if told.starts_with("missing field") {
        (join(&path, field), "reason-missing")
    } else if told.starts_with("unknown variant") {
        (path, "reason-unknown")
    } else if told.starts_with("duplicate field") {
        (path, "api-reason-duplicate-field")
    } else {
        (path, "api-reason-type")
    };
    Problem::new(Kind::Invalid, lang).at(vec![Place { place, reason: t(lang, reason) }])
}

/// A body that is a list or a single value: the parser would take a list for its fields in order.
fn no_object(lang: Language) -> Place {
    Place { place: "body".to_owned(), reason: t(lang, "api-reason-type") }
}

fn join(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") }
}

/// A query string as a type, with a problem that names what does not fit.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Arc<Web>> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        _: &Arc<Web>,
    ) -> Result<Self, Problem> {
        axum::extract::Query::<T>::try_from_uri(&parts.uri)
            .map(|axum::extract::Query(asked)| Asked(asked))
            .map_err(|_| {
                let lang = Language::of_api(&parts.headers);
                let told = t(lang, "api-unreadable-query");
                Problem::new(Kind::Unreadable, lang).saying(told).on(parts.uri.path())
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::asked;

    fn place<T: DeserializeOwned>(text: &str) -> (String, String) {
        let problem = misfit::<T>(text, Language::En);
        let place = problem.problems.first().cloned().unwrap();
        (place.place, place.reason)
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let (at, why) = place::<asked::Filing>(r#"{"procedure":"P","applicant":{"nmae":"A"}}"#);
        assert_eq!(at, "applicant.nmae");
        assert!(why.contains("no such field"), "{why}");
        let (at, _) = place::<asked::Filing>(r#"{"procedure":"P","papers":[{"count":"x"}]}"#);
        assert_eq!(at, "papers[0].count");
        let (at, _) = place::<asked::Filing>(r#"{"agency":"A"}"#);
        assert_eq!(at, "procedure");
        let (at, _) = place::<asked::Filing>(r#"{"procedure":"P","channel":"fax"}"#);
        assert_eq!(at, "channel");
    }
}
