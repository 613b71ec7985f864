//! Rows of the citizen side.

use super::{Audience, Method, Resource, Route};
use crate::Web;
use crate::citizen::{
    attachment, dossier, dossiers, paper_pdf, results, submit, supplement, withdraw,
};
use axum::routing::{MethodRouter, get, post};
use domain::dossier::Act;
use std::sync::Arc;

type Handler = fn() -> MethodRouter<Arc<Web>>;

/// A page of a citizen.
const fn page(path: &'static str, resource: Resource, handler: Handler) -> Route {
    Route { method: Method::Get, path, act: None, resource, audience: Audience::Citizen, handler }
}

/// An act of a citizen.
const fn act(path: &'static str, act: Act, resource: Resource, handler: Handler) -> Route {
    let (method, audience) = (Method::Post, Audience::Citizen);
    Route { method, path, act: Some(act), resource, audience, handler }
}

/// The rows.
pub const ROUTES: &[Route] = &[
    page("/nop-ho-so/{procedure}", Resource::Procedure, || get(submit::get)),
    act("/nop-ho-so/{procedure}", Act::Submit, Resource::Procedure, || post(submit::post)),
    page("/ho-so-cua-toi", Resource::Dossier, || get(dossiers::get)),
    page("/ho-so-cua-toi/{id}", Resource::Dossier, || get(dossier::get)),
    page("/ho-so-cua-toi/{id}/tep/{n}", Resource::File, || get(attachment::get)),
    page("/ho-so-cua-toi/{id}/giay-tiep-nhan", Resource::File, || get(paper_pdf::receipt)),
    page("/ho-so-cua-toi/{id}/ket-qua", Resource::File, || get(paper_pdf::result)),
    page("/ho-so-cua-toi/{id}/tron-bo", Resource::File, || get(attachment::bundle)),
    page("/ket-qua-cua-toi", Resource::File, || get(results::list)),
    page("/ket-qua-cua-toi/{code}", Resource::File, || get(results::paper)),
    page("/ho-so-cua-toi/{id}/giay/{paper}", Resource::File, || get(paper_pdf::paper)),
    page("/ho-so-cua-toi/{id}/bo-sung", Resource::Dossier, || get(supplement::get)),
    act("/ho-so-cua-toi/{id}/bo-sung", Act::Supplement, Resource::Dossier, || {
        post(supplement::post)
    }),
    page("/ho-so-cua-toi/{id}/rut", Resource::Dossier, || get(withdraw::get)),
    act("/ho-so-cua-toi/{id}/rut", Act::Withdraw, Resource::Dossier, || post(withdraw::post)),
];
