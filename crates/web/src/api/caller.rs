//! Who calls: the bearer token, the idempotency key, the dossier named in the path.

use super::problem::{Kind, Problem};
use crate::Web;
use crate::kit::i18n::Language;
use axum::extract::{FromRequestParts, Path};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use domain::dossier::Actor;
use office::ActError;
use std::sync::Arc;

/// Longest token looked at, characters.
const TOKEN_MAX: usize = 200;
/// Longest idempotency key, characters.
const KEY_MAX: usize = 200;

/// Whoever holds the token.
pub struct Caller {
    /// How they act.
    pub actor: Actor,
    /// The language of the answer.
    pub lang: Language,
    uri: Uri,
}

impl Caller {
    /// The problem behind an error, told to this caller.
    #[must_use]
    pub fn problem(&self, error: ActError) -> Problem {
        Problem::from_act(error, self.lang).on(self.uri.path())
    }

    /// Adds the path to a problem.
    #[must_use]
    pub fn tell(&self, problem: Problem) -> Problem {
        problem.on(self.uri.path())
    }
}

impl FromRequestParts<Arc<Web>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Problem> {
        let lang = Language::of_api(&parts.headers);
        let actor = match token(&parts.headers) {
            Some(token) => {
                let found = web.office.bearer(token).await;
                found.map_err(|error| Problem::from_act(error, lang).on(parts.uri.path()))?
            }
            None => None,
        };
        match actor {
            Some(actor) => Ok(Caller { actor, lang, uri: parts.uri.clone() }),
            None => Err(Problem::new(Kind::Unauthenticated, lang).on(parts.uri.path())),
        }
    }
}

/// The token of `Authorization: Bearer …`.
fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    let fine = scheme.eq_ignore_ascii_case("bearer") && (1..=TOKEN_MAX).contains(&token.len());
    fine.then_some(token)
}

/// The `Idempotency-Key` of a write: 1–200 visible ASCII characters.
pub struct Key(pub String);

impl FromRequestParts<Arc<Web>> for Key {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Web>) -> Result<Self, Problem> {
        let key = parts.headers.get("idempotency-key").map(axum::http::HeaderValue::as_bytes);
        let fine = |key: &&[u8]| {
            (1..=KEY_MAX).contains(&key.len()) && key.iter().all(u8::is_ascii_graphic)
        };
        let key = key.filter(fine).and_then(|key| std::str::from_utf8(key).ok());
        key.map(|key| Key(key.to_owned())).ok_or_else(|| {
            let lang = Language::of_api(&parts.headers);
            Problem::new(Kind::KeyMissing, lang).on(parts.uri.path())
        })
    }
}

/// The last name in the path: a dossier's code or id, a procedure's id.
pub struct Named(pub String);

impl FromRequestParts<Arc<Web>> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Problem> {
        let found = Path::<String>::from_request_parts(parts, web).await;
        found
            .map(|Path(name)| Named(name))
            .map_err(|_| Problem::new(Kind::NotFound, Language::of_api(&parts.headers)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_from_its_header() {
        let with = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(AUTHORIZATION, value.parse().unwrap());
            token(&headers).map(str::to_owned)
        };
        assert_eq!(with("Bearer abc").as_deref(), Some("abc"));
        assert_eq!(with("bearer  abc ").as_deref(), Some("abc"));
        assert_eq!(with("Basic abc"), None);
        assert_eq!(with("Bearer "), None);
        assert_eq!(with(&format!("Bearer {}", "a".repeat(201))), None);
    }
}
