//! Rows of the staff side.

use super::{Audience, Method, Resource, Route};
use crate::Web;
use crate::counter::{
    give_back, receive, refuse, request_supplement, start, submit, supplement, transfer, withdraw,
};
use crate::leader::{assign, send_back, sign};
use crate::officer::{attachment, dossier, dossiers, issue, pdf, propose, work, worklist};
use axum::routing::{MethodRouter, get, post};
use domain::dossier::Act;
use std::sync::Arc;

type Handler = fn() -> MethodRouter<Arc<Web>>;

/// A page of an official.
const fn page(path: &'static str, resource: Resource, handler: Handler) -> Route {
    Route { method: Method::Get, path, act: None, resource, audience: Audience::Staff, handler }
}

/// The page of an act on a dossier.
const fn form(path: &'static str, handler: Handler) -> Route {
    page(path, Resource::Dossier, handler)
}

/// An act of an official.
const fn act(path: &'static str, act: Act, handler: Handler) -> Route {
    let (method, audience, resource) = (Method::Post, Audience::Staff, Resource::Dossier);
    Route { method, path, act: Some(act), resource, audience, handler }
}

/// The rows.
pub const ROUTES: &[Route] = &[
    page("/cong-viec", Resource::Worklist, || get(worklist::get)),
    page("/ho-so", Resource::Dossier, || get(dossiers::get)),
    page("/ho-so/{id}", Resource::Dossier, || get(dossier::get)),
    page("/ho-so/{id}/tep/{n}", Resource::File, || get(attachment::get)),
    page("/ho-so/{id}/giay-tiep-nhan", Resource::File, || get(pdf::receipt)),
    page("/ho-so/{id}/du-thao", Resource::File, || get(pdf::draft)),
    page("/ho-so/{id}/ket-qua", Resource::File, || get(pdf::result)),
    page("/quay", Resource::Procedure, || get(start::get)),
    page("/quay/nop/{procedure}", Resource::Procedure, || get(submit::get)),
    Route {
        method: Method::Post,
        path: "/quay/nop/{procedure}",
        act: Some(Act::Submit),
        resource: Resource::Procedure,
        audience: Audience::Staff,
        handler: || post(submit::post),
    },
    form("/ho-so/{id}/receive", || get(receive::get)),
    act("/ho-so/{id}/receive", Act::Receive, || post(receive::post)),
    form("/ho-so/{id}/request_supplement", || get(request_supplement::get)),
    act("/ho-so/{id}/request_supplement", Act::RequestSupplement, || {
        post(request_supplement::post)
    }),
    form("/ho-so/{id}/supplement", || get(supplement::get)),
    act("/ho-so/{id}/supplement", Act::Supplement, || post(supplement::post)),
    form("/ho-so/{id}/refuse", || get(refuse::get)),
    act("/ho-so/{id}/refuse", Act::Refuse, || post(refuse::post)),
    form("/ho-so/{id}/transfer", || get(transfer::get)),
    act("/ho-so/{id}/transfer", Act::Transfer, || post(transfer::post)),
    form("/ho-so/{id}/assign", || get(assign::get)),
    act("/ho-so/{id}/assign", Act::Assign, || post(assign::post)),
    form("/ho-so/{id}/work", || get(work::get)),
    act("/ho-so/{id}/work", Act::Work, || post(work::post)),
    form("/ho-so/{id}/propose", || get(propose::get)),
    act("/ho-so/{id}/propose", Act::Propose, || post(propose::post)),
    form("/ho-so/{id}/send_back", || get(send_back::get)),
    act("/ho-so/{id}/send_back", Act::SendBack, || post(send_back::post)),
    form("/ho-so/{id}/sign", || get(sign::get)),
    act("/ho-so/{id}/sign", Act::Sign, || post(sign::post)),
    form("/ho-so/{id}/issue", || get(issue::get)),
    act("/ho-so/{id}/issue", Act::Issue, || post(issue::post)),
    form("/ho-so/{id}/give_back", || get(give_back::get)),
    act("/ho-so/{id}/give_back", Act::GiveBack, || post(give_back::post)),
    form("/ho-so/{id}/withdraw", || get(withdraw::get)),
    act("/ho-so/{id}/withdraw", Act::Withdraw, || post(withdraw::post)),
];
