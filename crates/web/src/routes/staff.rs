//! Rows of the staff side.

use super::{Audience, Method, Resource, Route};
use crate::Web;
use crate::counter::{
    confirm_payment, give_back, receive, refuse, request_supplement, start, submit, supplement,
    transfer, withdraw,
};
use crate::inspector;
use crate::leader::{
    assign, batch, correct_due, due_proposals, monday, reappoint, scorecard, send_back, sign,
    signs, steering, stop,
};
use crate::officer::act_page::{self, ActForm};
use crate::officer::{
    attachment, calendar_decision, dossier, dossiers, figures, issue, pdf, propose, register,
    request_payment, signing, work, worklist,
};
use axum::routing::{MethodRouter, get, post};
use domain::dossier::Act;
use std::sync::Arc;

type Handler = fn() -> MethodRouter<Arc<Web>>;

/// A page of an official.
const fn page(path: &'static str, resource: Resource, handler: Handler) -> Route {
    Route { method: Method::Get, path, act: None, resource, audience: Audience::Staff, handler }
}

/// A file for an official: the browser keeps it and shows nothing.
const fn file(path: &'static str, handler: Handler) -> Route {
    page(path, Resource::File, handler)
}

/// The page of an act on a dossier.
const fn form<P: ActForm + 'static>(path: &'static str) -> Route {
    page(path, Resource::Dossier, || get(act_page::get::<P>))
}

/// An act of an official.
const fn act<P: ActForm + 'static>(path: &'static str, act: Act) -> Route {
    done(path, act, || post(act_page::post::<P>))
}

/// A form of an official that is sent, by its own handler.
const fn done(path: &'static str, act: Act, handler: Handler) -> Route {
    let (method, audience, resource) = (Method::Post, Audience::Staff, Resource::Dossier);
    Route { method, path, act: Some(act), resource, audience, handler }
}

/// A form of an official that is about no dossier.
const fn sent(path: &'static str, handler: Handler) -> Route {
    let (method, audience, resource) = (Method::Post, Audience::Staff, Resource::None);
    Route { method, path, act: None, resource, audience, handler }
}

/// The rows.
pub const ROUTES: &[Route] = &[
    page("/cong-viec", Resource::Worklist, || get(worklist::get)),
    page("/ho-so", Resource::Dossier, || get(dossiers::get)),
    page("/ho-so/{id}", Resource::Dossier, || get(dossier::get)),
    page("/ho-so/{id}/tep/{n}", Resource::File, || get(attachment::get)),
    page("/ho-so/{id}/giay-tiep-nhan", Resource::File, || get(pdf::receipt)),
    page("/ho-so/{id}/du-thao", Resource::File, || get(pdf::draft)),
    page("/ho-so/{id}/ban-ky", Resource::File, || get(pdf::to_sign)),
    page("/ho-so/{id}/dung-lai/{n}", Resource::File, || get(pdf::reused)),
    page("/ho-so/{id}/ket-qua", Resource::File, || get(pdf::result)),
    page("/kiem-tra", Resource::Worklist, || get(inspector::list::get)),
    page("/kiem-tra/tong-hop", Resource::None, || get(inspector::list::synthesis)),
    page("/kiem-tra/tong-hop/{year}", Resource::File, || get(inspector::paper::synthesis)),
    page("/kiem-tra/theo-doi", Resource::Worklist, || get(inspector::board::get)),
    page("/kiem-tra/moi", Resource::None, || get(inspector::act::get_new)),
    sent("/kiem-tra/moi", || post(inspector::act::post_new)),
    page("/kiem-tra/{code}", Resource::None, || get(inspector::one::get)),
    page("/kiem-tra/{code}/so-lieu", Resource::None, || get(inspector::claims::get)),
    page("/kiem-tra/{code}/so-lieu/{no}", Resource::None, || get(inspector::claims::behind)),
    page("/kiem-tra/{code}/ho-so/{id}", Resource::Dossier, || get(inspector::dossier::get)),
    page("/kiem-tra/{code}/ho-so/{id}/giay-tiep-nhan", Resource::File, || {
        get(inspector::paper::receipt)
    }),
    page("/kiem-tra/{code}/ho-so/{id}/ket-qua", Resource::File, || get(inspector::paper::result)),
    page("/kiem-tra/{code}/dau-hieu", Resource::None, || get(inspector::signs::get)),
    page("/kiem-tra/{code}/mau", Resource::None, || get(inspector::records::sample)),
    page("/kiem-tra/{code}/phieu", Resource::None, || get(inspector::records::checklist)),
    page("/kiem-tra/{code}/phat-hien", Resource::None, || get(inspector::records::findings)),
    page("/kiem-tra/{code}/kien-nghi", Resource::None, || get(inspector::records::recommendations)),
    page("/kiem-tra/{code}/luot-xem", Resource::None, || get(inspector::records::looks)),
    page("/kiem-tra/{code}/tep", Resource::None, || get(inspector::files::list)),
    page("/kiem-tra/{code}/tep/{hash}", Resource::File, || get(inspector::files::get)),
    page("/kiem-tra/{code}/bieu", Resource::None, || get(inspector::data_forms::get)),
    page("/kiem-tra/{code}/giay/{paper}", Resource::File, || get(inspector::paper::get)),
    page("/kiem-tra/{code}/act/{act}", Resource::None, || get(inspector::act::get)),
    sent("/kiem-tra/{code}/act/{act}", || post(inspector::act::post)),
    page("/ho-so/{id}/tron-bo", Resource::File, || get(attachment::bundle)),
    page("/ho-so/{id}/giay/{paper}", Resource::File, || get(pdf::paper)),
    page("/so-theo-doi", Resource::Worklist, || get(register::get)),
    page("/so-theo-doi/in", Resource::File, || get(register::print)),
    page("/so-theo-doi/buu-chinh", Resource::File, || get(register::post)),
    page("/so-lieu", Resource::None, || get(figures::get)),
    file("/so-lieu/tai-ve", || get(figures::download::get)),
    page("/dieu-hanh", Resource::None, || get(monday::get)),
    page("/dau-hieu", Resource::None, || get(signs::get)),
    page("/dieu-hanh/cham-diem", Resource::None, || get(scorecard::get)),
    sent("/dieu-hanh/cham-diem", || post(scorecard::post)),
    page("/dieu-hanh/{part}", Resource::None, || get(steering::get)),
    sent("/dieu-hanh/{part}", || post(steering::post)),
    page("/dieu-hanh/{part}/{id}", Resource::None, || get(steering::get_record)),
    sent("/dieu-hanh/{part}/{id}", || post(steering::post_record)),
    page("/lich-lam-viec/quyet-dinh", Resource::None, || get(calendar_decision::get)),
    Route {
        method: Method::Post,
        path: "/lich-lam-viec/quyet-dinh",
        act: None,
        resource: Resource::None,
        audience: Audience::Staff,
        handler: || post(calendar_decision::post),
    },
    page("/lich-lam-viec/de-xuat", Resource::Worklist, || get(due_proposals::get)),
    page("/ky-hang-loat", Resource::Worklist, || get(batch::get)),
    Route {
        method: Method::Post,
        path: "/ky-hang-loat",
        act: None,
        resource: Resource::Worklist,
        audience: Audience::Staff,
        handler: || post(batch::post),
    },
    page("/ky-hang-loat/{batch}", Resource::Worklist, || get(batch::done)),
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
    form::<receive::Page>("/ho-so/{id}/receive"),
    act::<receive::Page>("/ho-so/{id}/receive", Act::Receive),
    form::<request_supplement::Page>("/ho-so/{id}/request_supplement"),
    act::<request_supplement::Page>("/ho-so/{id}/request_supplement", Act::RequestSupplement),
    form::<supplement::Page>("/ho-so/{id}/supplement"),
    act::<supplement::Page>("/ho-so/{id}/supplement", Act::Supplement),
    form::<refuse::Page>("/ho-so/{id}/refuse"),
    act::<refuse::Page>("/ho-so/{id}/refuse", Act::Refuse),
    form::<transfer::Page>("/ho-so/{id}/transfer"),
    act::<transfer::Page>("/ho-so/{id}/transfer", Act::Transfer),
    page("/ho-so/{id}/assign", Resource::Dossier, || get(assign::get)),
    done("/ho-so/{id}/assign", Act::Assign, || post(assign::post)),
    form::<work::Page>("/ho-so/{id}/work"),
    act::<work::Page>("/ho-so/{id}/work", Act::Work),
    form::<propose::Page>("/ho-so/{id}/propose"),
    act::<propose::Page>("/ho-so/{id}/propose", Act::Propose),
    form::<send_back::Page>("/ho-so/{id}/send_back"),
    act::<send_back::Page>("/ho-so/{id}/send_back", Act::SendBack),
    page("/ho-so/{id}/sign", Resource::Dossier, || get(signing::get::<sign::Page>)),
    done("/ho-so/{id}/sign", Act::Sign, || post(signing::post::<sign::Page>)),
    page("/ho-so/{id}/issue", Resource::Dossier, || get(signing::get::<issue::Page>)),
    done("/ho-so/{id}/issue", Act::Issue, || post(signing::post::<issue::Page>)),
    form::<give_back::Page>("/ho-so/{id}/give_back"),
    act::<give_back::Page>("/ho-so/{id}/give_back", Act::GiveBack),
    form::<withdraw::Page>("/ho-so/{id}/withdraw"),
    act::<withdraw::Page>("/ho-so/{id}/withdraw", Act::Withdraw),
    form::<request_payment::Page>("/ho-so/{id}/request_payment"),
    act::<request_payment::Page>("/ho-so/{id}/request_payment", Act::RequestPayment),
    form::<confirm_payment::Page>("/ho-so/{id}/confirm_payment"),
    act::<confirm_payment::Page>("/ho-so/{id}/confirm_payment", Act::ConfirmPayment),
    form::<reappoint::Page>("/ho-so/{id}/reappoint"),
    act::<reappoint::Page>("/ho-so/{id}/reappoint", Act::Reappoint),
    form::<correct_due::Page>("/ho-so/{id}/correct_due"),
    act::<correct_due::Page>("/ho-so/{id}/correct_due", Act::CorrectDue),
    form::<stop::Page>("/ho-so/{id}/stop"),
    act::<stop::Page>("/ho-so/{id}/stop", Act::Stop),
];
