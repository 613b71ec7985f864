//! Rows of the API: one for each act, so that each has its body's schema and its line in the
//! access matrix.

use super::{Audience, Method, Resource, Route};
use crate::Web;
use crate::api::{actions, asked, dossier, openapi, papers, procedures, signature, submit};
use crate::api::{worklist, wrong_method};
use axum::routing::{MethodRouter, get, post};
use domain::dossier::{Act, Command};
use serde::de::DeserializeOwned;
use std::sync::Arc;

type Handler = fn() -> MethodRouter<Arc<Web>>;

/// What is read.
const fn read(path: &'static str, resource: Resource, handler: Handler) -> Route {
    let (method, audience) = (Method::Get, Audience::Token);
    Route { method, path, act: None, resource, audience, handler }
}

/// What is done to a dossier.
const fn write(path: &'static str, act: Act, resource: Resource, handler: Handler) -> Route {
    let (method, audience) = (Method::Post, Audience::Token);
    Route { method, path, act: Some(act), resource, audience, handler }
}

/// A step of signing elsewhere.
const fn step(path: &'static str, handler: Handler) -> Route {
    let (method, audience, resource) = (Method::Post, Audience::Token, Resource::Dossier);
    Route { method, path, act: None, resource, audience, handler }
}

/// An act on a dossier that exists.
const fn on<T>(path: &'static str, act: Act) -> Route
where
    T: DeserializeOwned + Into<Command> + Send + 'static,
{
    write(path, act, Resource::Dossier, || post(actions::post::<T>).fallback(wrong_method))
}

/// The rows.
pub const ROUTES: &[Route] = &[
    write("/api/v1/dossiers", Act::Submit, Resource::Procedure, || {
        post(submit::post).fallback(wrong_method)
    }),
    read("/api/v1/dossiers/{code}", Resource::Dossier, || get(dossier::get).fallback(wrong_method)),
    on::<asked::Receive>("/api/v1/dossiers/{code}/actions/receive", Act::Receive),
    on::<asked::RequestSupplement>(
        "/api/v1/dossiers/{code}/actions/request_supplement",
        Act::RequestSupplement,
    ),
    on::<asked::Supplement>("/api/v1/dossiers/{code}/actions/supplement", Act::Supplement),
    on::<asked::Refuse>("/api/v1/dossiers/{code}/actions/refuse", Act::Refuse),
    on::<asked::Transfer>("/api/v1/dossiers/{code}/actions/transfer", Act::Transfer),
    on::<asked::Assign>("/api/v1/dossiers/{code}/actions/assign", Act::Assign),
    on::<asked::Work>("/api/v1/dossiers/{code}/actions/work", Act::Work),
    on::<asked::Propose>("/api/v1/dossiers/{code}/actions/propose", Act::Propose),
    on::<asked::SendBack>("/api/v1/dossiers/{code}/actions/send_back", Act::SendBack),
    on::<asked::Sign>("/api/v1/dossiers/{code}/actions/sign", Act::Sign),
    on::<asked::Issue>("/api/v1/dossiers/{code}/actions/issue", Act::Issue),
    on::<asked::GiveBack>("/api/v1/dossiers/{code}/actions/give_back", Act::GiveBack),
    on::<asked::Withdraw>("/api/v1/dossiers/{code}/actions/withdraw", Act::Withdraw),
    on::<asked::RequestPayment>(
        "/api/v1/dossiers/{code}/actions/request_payment",
        Act::RequestPayment,
    ),
    on::<asked::ConfirmPayment>(
        "/api/v1/dossiers/{code}/actions/confirm_payment",
        Act::ConfirmPayment,
    ),
    on::<asked::Reappoint>("/api/v1/dossiers/{code}/actions/reappoint", Act::Reappoint),
    on::<asked::CorrectDue>("/api/v1/dossiers/{code}/actions/correct_due", Act::CorrectDue),
    on::<asked::Stop>("/api/v1/dossiers/{code}/actions/stop", Act::Stop),
    read("/api/v1/worklist", Resource::Worklist, || get(worklist::get).fallback(wrong_method)),
    read("/api/v1/procedures", Resource::Procedure, || {
        get(procedures::list).fallback(wrong_method)
    }),
    read("/api/v1/procedures/{id}", Resource::Procedure, || {
        get(procedures::one).fallback(wrong_method)
    }),
    step("/api/v1/dossiers/{code}/signature/prepare", || {
        post(signature::prepare).fallback(wrong_method)
    }),
    step("/api/v1/dossiers/{code}/signature/assemble", || {
        post(signature::assemble).fallback(wrong_method)
    }),
    Route {
        method: Method::Get,
        path: "/api/v1/papers",
        act: None,
        resource: Resource::File,
        audience: Audience::Public,
        handler: || get(papers::get).fallback(wrong_method),
    },
    Route {
        method: Method::Get,
        path: "/api/v1/openapi.json",
        act: None,
        resource: Resource::None,
        audience: Audience::Public,
        handler: || get(openapi::get).fallback(wrong_method),
    },
];
