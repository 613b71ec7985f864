//! The map: one typed row for each method and path. An unlisted route cannot exist, because the
//! router is made from these rows; so are the OpenAPI and the access matrix.

pub mod api;
pub mod citizen;
pub mod public;
pub mod staff;

use crate::Web;
use crate::kit::error::WebError;
use crate::kit::posted::Posted;
use crate::kit::session::Visitor;
use crate::kit::{assets, posted};
use crate::public::sign_in::{self, Waiting};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest as _, FromRequestParts, Path, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, REFERRER_POLICY, SET_COOKIE,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use domain::dossier::Act;
use std::sync::Arc;

/// Methods we use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "HTTP's words")]
pub enum Method {
    Get,
    Post,
}

/// Who may ask at all; what they see is decided by `office`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Anyone.
    Public,
    /// A signed-in citizen.
    Citizen,
    /// A signed-in official.
    Staff,
    /// Either, signed in.
    SignedIn,
    /// A bearer token.
    Token,
}

impl Audience {
    /// Does the route need a session, which may have ended while someone was typing?
    const fn has_session(self) -> bool {
        matches!(self, Audience::Citizen | Audience::Staff)
    }
}

/// What the route is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Resource {
    None,
    Procedure,
    Dossier,
    Worklist,
    Session,
    File,
}

/// A row.
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path in axum's syntax.
    pub path: &'static str,
    /// The act it performs, if it changes a dossier.
    pub act: Option<Act>,
    /// What it is about.
    pub resource: Resource,
    /// Who may ask.
    pub audience: Audience,
    /// Makes the handler.
    pub handler: fn() -> MethodRouter<Arc<Web>>,
}

/// All rows.
pub fn table() -> impl Iterator<Item = &'static Route> {
    [public::ROUTES, citizen::ROUTES, staff::ROUTES, api::ROUTES].into_iter().flatten()
}

/// The policy of every page: nothing inline, nothing from elsewhere.
pub const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";

/// The router over the whole map.
pub fn router(web: Arc<Web>) -> Router {
    let mut router = Router::new();
    for route in table() {
        let mut handler = (route.handler)();
        if route.method == Method::Post && route.audience.has_session() {
            handler = handler.layer(from_fn_with_state(web.clone(), keep_what_was_typed));
        }
        router = router.route(route.path, handler);
    }
    router
        .route("/assets/{hash}/{*name}", axum::routing::get(asset))
        .route("/healthz", axum::routing::get(|| async { "ok\n" }))
        .route("/api/{*rest}", axum::routing::any(crate::api::not_found))
        .fallback(crate::public::not_found)
        .method_not_allowed_fallback(crate::public::not_found)
        .layer(from_fn_with_state(web.clone(), readable_path))
        .layer(DefaultBodyLimit::max(posted::UPLOAD_MAX))
        .layer(axum::middleware::from_fn(headers))
        .layer(tower_http::catch_panic::CatchPanicLayer::new())
        .layer(tower_http::compression::CompressionLayer::new())
        .with_state(web)
}

/// A path that is no text leads nowhere; the API says so in its own words.
async fn readable_path(
    State(web): State<Arc<Web>>,
    request: Request<Body>,
    next: Next,
) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") || posted::decode(path).is_some() {
        return next.run(request).await;
    }
    let (mut parts, _) = request.into_parts();
    match <Visitor as FromRequestParts<_>>::from_request_parts(&mut parts, &web).await {
        Ok(visitor) => WebError::not_found(&visitor).into_response(),
        Err(error) => error.into_response(),
    }
}

/// A form sent after its session ended is kept while its sender signs in again.
async fn keep_what_was_typed(
    State(web): State<Arc<Web>>,
    request: Request<Body>,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let visitor = match <Visitor as FromRequestParts<_>>::from_request_parts(&mut parts, &web).await
    {
        Ok(visitor) => visitor,
        Err(error) => return error.into_response(),
    };
    let request = Request::from_parts(parts, body);
    if visitor.who.is_some() {
        return next.run(request).await;
    }
    let path = request.uri().path().to_owned();
    match Posted::from_request(request, &web).await {
        Ok(posted) => sign_in::expired(&web, &visitor, Waiting::of(&path, &posted)),
        Err(error) => error.into_response(),
    }
}

/// Security headers on every answer; pages of a session are not kept by caches.
async fn headers(request: Request<Body>, next: Next) -> Response {
    let static_file = request.uri().path().starts_with("/assets/");
    let language = chosen_language(request.uri().query().unwrap_or_default());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if let Some(cookie) = language {
        headers.append(SET_COOKIE, HeaderValue::from_static(cookie));
    }
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(CONTENT_SECURITY_POLICY, CONTENT_POLICY);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(X_FRAME_OPTIONS, "DENY");
    set(REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if !static_file {
        set(CACHE_CONTROL, "no-store");
    }
    response
}

/// The cookie that remembers the language just chosen.
fn chosen_language(query: &str) -> Option<&'static str> {
    query.split('&').find_map(|pair| match pair {
        "lang=vi" => Some("lang=vi; Path=/; Max-Age=31536000; SameSite=Lax"),
        "lang=en" => Some("lang=en; Path=/; Max-Age=31536000; SameSite=Lax"),
        _ => None,
    })
}

/// A file of the front end, kept for a year: its address changes with its content.
async fn asset(Path((_, name)): Path<(String, String)>) -> Response {
    match assets::find(&name) {
        Some(asset) => (
            [
                (CONTENT_TYPE, asset.media_type.to_owned()),
                (ETAG, asset.etag),
                (CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
            ],
            asset.bytes.into_owned(),
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
