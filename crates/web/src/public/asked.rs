//! The query of an address, read with patience: what cannot be decoded was not asked.

use crate::kit::posted::decode;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::convert::Infallible;

/// Names and texts after the question mark.
#[derive(Debug, Default, Clone)]
pub struct Asked(Vec<(String, String)>);

impl Asked {
    /// From the part after the question mark.
    #[must_use]
    pub fn of(query: &str) -> Asked {
        let pair = |pair: &str| {
            let (name, text) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(name)?, decode(text)?.replace('\0', "")))
        };
        Asked(query.split('&').filter(|part| !part.is_empty()).filter_map(pair).collect())
    }

    /// The text of a name; empty when it was not asked.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, text)| text.trim())
    }
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked, Infallible> {
        Ok(Asked::of(parts.uri.query().unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_parts_are_left_out() {
        let asked = Asked::of("q=nh%C3%A0+%E1%BB%9F&x=%FF&ma=&y");
        assert_eq!(asked.text("q"), "nhà ở");
        assert_eq!(asked.text("x"), "");
        assert_eq!(asked.text("ma"), "");
        assert_eq!(asked.text("z"), "");
    }
}
