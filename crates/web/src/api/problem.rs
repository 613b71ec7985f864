//! A problem (RFC 9457): what is wrong, in the caller's language, and what to do about it.
//!
//! A problem of kind [`Kind::NotFound`] has no `instance`: what is not there and what is not yours
//! are byte for byte the same.

use crate::kit::i18n::{Language, t, t_with};
use crate::kit::words;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::dossier::Refusal;
use office::ActError;
use schemars::JsonSchema;
use serde::Serialize;

/// The kinds of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 400: not JSON, not UTF-8, or a query that cannot be read.
    Unreadable,
    /// 400: a write without a usable `Idempotency-Key`.
    KeyMissing,
    /// 401: no token, or one that is not known.
    Unauthenticated,
    /// 404: no such thing, or not for this caller.
    NotFound,
    /// 405: the path exists, the method does not.
    WrongMethod,
    /// 409: the act is not the next one.
    NotOpen,
    /// 409: others acted on the same dossier at the same moment.
    Conflict,
    /// 413: more than a mebibyte.
    TooLarge,
    /// 415: not `application/json`.
    WrongType,
    /// 422: wrong at places that `problems` names.
    Invalid,
    /// 422: refused by a rule.
    Refused,
    /// 422: the key belongs to another request.
    KeyReused,
    /// 503: the outcome is unknown; repeating with the same key is safe.
    Fault,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 13] = [
        Kind::Unreadable,
        Kind::KeyMissing,
        Kind::Unauthenticated,
        Kind::NotFound,
        Kind::WrongMethod,
        Kind::NotOpen,
        Kind::Conflict,
        Kind::TooLarge,
        Kind::WrongType,
        Kind::Invalid,
        Kind::Refused,
        Kind::KeyReused,
        Kind::Fault,
    ];

    /// The status.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Kind::Unreadable | Kind::KeyMissing => StatusCode::BAD_REQUEST,
            Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
            Kind::NotFound => StatusCode::NOT_FOUND,
            Kind::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Kind::NotOpen | Kind::Conflict => StatusCode::CONFLICT,
            Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Kind::WrongType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Kind::Invalid | Kind::Refused | Kind::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Kind::Fault => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The name in `type` and in the texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Unreadable => "unreadable",
            Kind::KeyMissing => "key-missing",
            Kind::Unauthenticated => "unauthenticated",
            Kind::NotFound => "not-found",
            Kind::WrongMethod => "wrong-method",
            Kind::NotOpen => "not-open",
            Kind::Conflict => "conflict",
            Kind::TooLarge => "too-large",
            Kind::WrongType => "wrong-type",
            Kind::Invalid => "invalid",
            Kind::Refused => "refused",
            Kind::KeyReused => "key-reused",
            Kind::Fault => "fault",
        }
    }
}

/// The body of a problem.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub struct Problem {
    /// `urn:motcua:problem:` and the kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What happened and what to do.
    pub detail: String,
    /// The path asked for; not with 404.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// With 422: what is wrong, place by place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Place>,
    #[serde(skip)]
    #[schemars(skip)]
    what: What,
}

#[derive(Debug, Clone, Copy)]
struct What(Kind);

/// One thing wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    /// Where: `applicant.name`, `form.dien_tich`, `paper.GT1`.
    pub place: String,
    /// What, in words.
    pub reason: String,
}

impl Problem {
    /// A problem of a kind with the kind's own sentence.
    #[must_use]
    pub fn new(kind: Kind, lang: Language) -> Problem {
        let name = kind.name();
        Problem {
            kind: format!("urn:motcua:problem:{name}"),
            title: t(lang, &format!("api-{name}")),
            status: kind.status().as_u16(),
            detail: t(lang, &format!("api-{name}-detail")),
            instance: None,
            problems: Vec::new(),
            what: What(kind),
        }
    }

    /// With another sentence.
    #[must_use]
    pub fn saying(mut self, detail: String) -> Problem {
        self.detail = detail;
        self
    }

    /// With the places that are wrong.
    #[must_use]
    pub fn at(mut self, problems: Vec<Place>) -> Problem {
        self.problems = problems;
        self
    }

    /// With the path asked for, except where that would tell things apart.
    #[must_use]
    pub fn on(mut self, path: &str) -> Problem {
        if self.what.0 != Kind::NotFound {
            self.instance = Some(path.to_owned());
        }
        self
    }

    /// Something about the body or the query that the type does not allow.
    #[must_use]
    pub fn invalid(lang: Language, place: &str, reason: String) -> Problem {
        Problem::new(Kind::Invalid, lang).at(vec![Place { place: place.to_owned(), reason }])
    }

    /// Out of the allowed range.
    #[must_use]
    pub fn out_of_range(lang: Language, place: &str, most: u32) -> Problem {
        let reason = t_with(lang, "api-reason-range", &[("most", most.to_string())]);
        Problem::invalid(lang, place, reason)
    }

    /// The problem behind an act's or a view's error.
    #[must_use]
    pub fn from_act(error: ActError, lang: Language) -> Problem {
        let kind = match &error {
            ActError::NotFound => Kind::NotFound,
            ActError::Conflict => Kind::Conflict,
            ActError::KeyReused => Kind::KeyReused,
            ActError::Refused(Refusal::NotOpen(_)) => Kind::NotOpen,
            ActError::Refused(Refusal::NotPermitted(_)) => Kind::NotFound,
            ActError::Refused(Refusal::Invalid(_)) => Kind::Invalid,
            ActError::Refused(_) => Kind::Refused,
            ActError::NotYetPrinted | ActError::NotYetCounted { .. } => Kind::Fault,
            ActError::Fault { doing, cause } => {
                tracing::error!(doing, cause, "fault");
                Kind::Fault
            }
        };
        let problem = Problem::new(kind, lang);
        match error {
            ActError::Refused(Refusal::Invalid(problems)) => {
                let told = |problem: &domain::dossier::Problem| Place {
                    place: problem.place.clone(),
                    reason: words::problem(lang, problem),
                };
                problem.at(problems.iter().map(told).collect())
            }
            ActError::Refused(refusal) if kind == Kind::Refused => {
                problem.saying(words::refusal(lang, &refusal))
            }
            _ => problem,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let kind = self.what.0;
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (kind.status(), body).into_response();
        let headers = response.headers_mut();
        let kind_of_body = HeaderValue::from_static("application/problem+json");
        headers.insert(CONTENT_TYPE, kind_of_body);
        match kind {
            Kind::Unauthenticated => {
                headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            Kind::Fault => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        response
    }
}

impl Language {
    /// The language of an API answer: the first of `Accept-Language` that we speak, else
    /// Vietnamese.
    #[must_use]
    pub fn of_api(headers: &HeaderMap) -> Language {
        let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let primary = |range: &str| range.split(['-', ';']).next().unwrap_or("").trim().to_owned();
        asked
            .into_iter()
            .flat_map(|value| value.split(','))
            .find_map(|range| Language::from_code(&primary(range).to_lowercase()))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_words_in_both_languages() {
        for lang in Language::ALL {
            for kind in Kind::ALL {
                let problem = Problem::new(kind, lang);
                let text = format!("{} {}", problem.title, problem.detail);
                assert!(!text.contains('['), "{lang:?} {kind:?}: {text}");
            }
        }
    }

    #[test]
    fn the_language_is_the_first_we_speak() {
        let with = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, value.parse().unwrap());
            Language::of_api(&headers)
        };
        assert_eq!(Language::of_api(&HeaderMap::new()), Language::Vi);
        assert_eq!(with("en"), Language::En);
        assert_eq!(with("fr-FR, en-GB;q=0.8, vi;q=0.5"), Language::En);
        assert_eq!(with("vi-VN,en;q=0.9"), Language::Vi);
        assert_eq!(with("fr"), Language::Vi);
    }

    #[test]
    fn a_missing_thing_does_not_say_where() {
        let problem = Problem::new(Kind::NotFound, Language::Vi).on("/api/v1/dossiers/1");
        assert_eq!(problem.instance, None);
        let problem = Problem::new(Kind::NotOpen, Language::Vi).on("/api/v1/dossiers/1");
        assert_eq!(problem.instance.as_deref(), Some("/api/v1/dossiers/1"));
    }
}
