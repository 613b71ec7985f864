//! A form that was sent: read whole, checked for its origin and its token, given back as typed.

use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::Language;
use crate::kit::session::Visitor;
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN};
use std::sync::Arc;

/// Longest form without files, bytes.
pub const FORM_MAX: usize = 1024 * 1024;
/// Longest form with files, bytes.
pub const UPLOAD_MAX: usize = 120 * 1024 * 1024;
/// Most fields of a form.
pub const FIELDS_MAX: usize = 2_000;

/// The fields and files of a form.
#[derive(Debug, Default, Clone)]
pub struct Posted {
    /// Names and texts, in the order sent.
    pub fields: Vec<(String, String)>,
    /// Files chosen; an empty file input is not among them.
    pub files: Vec<PostedFile>,
}

/// A file as sent.
#[derive(Debug, Clone)]
pub struct PostedFile {
    /// Name of the input.
    pub field: String,
    /// Name of the file, as the browser says.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl Posted {
    /// The text of a field; empty when it was not sent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, text)| text.as_str())
    }

    /// All texts of a field (checkboxes).
    pub fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, text)| text.as_str())
    }

    /// The idempotency key that the page put into its form.
    #[must_use]
    pub fn key(&self) -> &str {
        self.text("key")
    }
}

impl FromRequest<Arc<Web>> for Posted {
    type Rejection = WebError;

    async fn from_request(request: Request, web: &Arc<Web>) -> Result<Self, WebError> {
        let (mut parts, body) = request.into_parts();
        let visitor =
            <Visitor as FromRequestParts<Arc<Web>>>::from_request_parts(&mut parts, web).await?;
        if !own_page(&parts.headers) {
            return Err(WebError::Forged(visitor.lang));
        }
        let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let posted = match kind.unwrap_or_default() {
            kind if kind.starts_with("multipart/form-data") => {
                let keep = visitor.who.is_some();
                multipart(Request::from_parts(parts, body), visitor.lang, keep).await?
            }
            kind if kind.starts_with("application/x-www-form-urlencoded") => {
                let bytes =
                    to_bytes(body, FORM_MAX).await.map_err(|_| WebError::TooLarge(visitor.lang))?;
                let fields = urlencoded(&bytes).ok_or(WebError::Unreadable(visitor.lang))?;
                Posted { fields, files: Vec::new() }
            }
            _ => return Err(WebError::Unreadable(visitor.lang)),
        };
        match &visitor.who {
            Some(who) if posted.text("csrf") != who.csrf => Err(WebError::Forged(visitor.lang)),
            _ => Ok(posted),
        }
    }
}

/// The one file of a form that anyone may send, of at most `max` bytes; it stays in memory.
///
/// # Errors
/// [`WebError::Forged`], [`WebError::Unreadable`], [`WebError::TooLarge`].
pub(crate) async fn one_file(
    request: Request,
    lang: Language,
    max: usize,
) -> Result<Option<Vec<u8>>, WebError> {
    if !own_page(request.headers()) {
        return Err(WebError::Forged(lang));
    }
    let mut form = Multipart::from_request(request, &()).await.map_err(|error| {
        tracing::debug!(%error, "no form");
        WebError::Unreadable(lang)
    })?;
    let mut total = 0;
    while let Some(mut field) = form.next_field().await.map_err(|e| broken(&e, lang))? {
        let is_file = field.file_name().is_some_and(|name| !name.is_empty());
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(|e| broken(&e, lang))? {
            total += chunk.len();
            if total > max {
                return Err(WebError::TooLarge(lang));
            }
            bytes.extend_from_slice(&chunk);
        }
        if is_file {
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}

/// Did the request come from a page of ours? Browsers say so in `Sec-Fetch-Site`, older ones in
/// `Origin`.
fn own_page(headers: &HeaderMap) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = header("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match (header(ORIGIN.as_str()), header(HOST.as_str())) {
        (Some(origin), Some(host)) => origin.split("://").nth(1) == Some(host),
        (None, _) => true,
        (Some(_), None) => false,
    }
}

/// Reads fields and files; of strangers the files' names alone, so that nobody fills our memory.
async fn multipart(request: Request, lang: Language, keep: bool) -> Result<Posted, WebError> {
    let unreadable = || WebError::Unreadable(lang);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
    let mut posted = Posted::default();
    let mut total = 0;
    while let Some(mut field) = form.next_field().await.map_err(|e| broken(&e, lang))? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(|e| broken(&e, lang))? {
            if keep || file.is_none() {
                bytes.extend_from_slice(&chunk);
            }
        }
        total += bytes.len();
        if total > if keep { UPLOAD_MAX } else { FORM_MAX } {
            return Err(WebError::TooLarge(lang));
        }
        if posted.fields.len() + posted.files.len() >= FIELDS_MAX {
            return Err(unreadable());
        }
        match file {
            Some(file) if file.is_empty() && bytes.is_empty() => {}
            Some(file) => posted.files.push(PostedFile { field: name, name: file, bytes }),
            None => {
                let text = String::from_utf8(bytes).map_err(|_| unreadable())?;
                posted.fields.push((name, text));
            }
        }
    }
    Ok(posted)
}

fn broken(error: &axum::extract::multipart::MultipartError, lang: Language) -> WebError {
    match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => WebError::TooLarge(lang),
        _ => WebError::Unreadable(lang),
    }
}

/// Names and texts; `None` for text that is not UTF-8.
fn urlencoded(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let mut fields = Vec::new();
    for pair in pairs {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        fields.push((decode(name)?, decode(value)?));
        if fields.len() > FIELDS_MAX {
            return None;
        }
    }
    Some(fields)
}

/// Percent-decodes; `None` when the result is not UTF-8 or the escape is broken.
#[must_use]
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digit = |b: Option<u8>| (b? as char).to_digit(16);
                let value = digit(rest.next())? * 16 + digit(rest.next())?;
                bytes.push(u8::try_from(value).ok()?);
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_decoded_strictly() {
        let fields = urlencoded("ten=Nguy%E1%BB%85n+A&x=&y".as_bytes()).unwrap();
        assert_eq!(fields[0], ("ten".into(), "Nguyễn A".into()));
        assert_eq!(fields[1], ("x".into(), String::new()));
        assert!(urlencoded(b"ten=%FF%FE").is_none());
        assert!(urlencoded(b"ten=%G0").is_none());
        assert!(urlencoded(b"ten=\xFF").is_none());
    }

    #[test]
    fn only_our_own_pages_may_post() {
        let with = |pairs: &[(&str, &str)]| -> HeaderMap {
            pairs
                .iter()
                .map(|(name, value)| {
                    let name: axum::http::HeaderName = name.parse().unwrap();
                    (name, value.parse().unwrap())
                })
                .collect()
        };
        assert!(own_page(&with(&[("sec-fetch-site", "same-origin")])));
        assert!(!own_page(&with(&[("sec-fetch-site", "cross-site")])));
        assert!(!own_page(&with(&[("sec-fetch-site", "same-site")])));
        assert!(own_page(&with(&[("origin", "http://a:1"), ("host", "a:1")])));
        assert!(!own_page(&with(&[("origin", "http://b"), ("host", "a")])));
    }
}
