//! Rows of the public side.

use super::{Audience, Method, Resource, Route};
use crate::Web;
use crate::public::{
    accessibility, calendar, catalogue, open_data, privacy, procedure, results, sign_in, sign_out,
    start, tracking, verify,
};
use axum::routing::{MethodRouter, get, post};
use std::sync::Arc;

/// A page that anyone may read.
const fn page(
    path: &'static str,
    resource: Resource,
    handler: fn() -> MethodRouter<Arc<Web>>,
) -> Route {
    Route { method: Method::Get, path, act: None, resource, audience: Audience::Public, handler }
}

/// A file that anyone may have.
const fn file(path: &'static str, handler: fn() -> MethodRouter<Arc<Web>>) -> Route {
    page(path, Resource::File, handler)
}

/// The rows.
pub const ROUTES: &[Route] = &[
    page("/", Resource::None, || get(start::get)),
    page("/thu-tuc", Resource::Procedure, || get(catalogue::get)),
    page("/thu-tuc/{id}", Resource::Procedure, || get(procedure::get)),
    page("/tra-cuu", Resource::Dossier, || get(tracking::get)),
    page("/xac-minh", Resource::File, || get(verify::get)),
    Route {
        method: Method::Post,
        path: "/xac-minh",
        act: None,
        resource: Resource::File,
        audience: Audience::Public,
        handler: || post(verify::post),
    },
    page("/xac-minh/bang-chung", Resource::File, || get(verify::proof)),
    page("/xac-minh/ban-luu", Resource::File, || get(verify::saved)),
    page("/lich-lam-viec", Resource::None, || get(calendar::get)),
    page("/tro-giup-tiep-can", Resource::None, || get(accessibility::get)),
    page("/cong-khai/ket-qua", Resource::None, || get(results::get)),
    page("/du-lieu-mo", Resource::None, || get(open_data::get)),
    file("/du-lieu-mo/{file}", || get(open_data::file)),
    page("/rieng-tu", Resource::None, || get(privacy::get)),
    page("/dang-nhap", Resource::Session, || get(sign_in::get)),
    Route {
        method: Method::Post,
        path: "/dang-nhap",
        act: None,
        resource: Resource::Session,
        audience: Audience::Public,
        handler: || post(sign_in::post),
    },
    Route {
        method: Method::Post,
        path: "/dang-xuat",
        act: None,
        resource: Resource::Session,
        audience: Audience::SignedIn,
        handler: || post(sign_out::post),
    },
];
