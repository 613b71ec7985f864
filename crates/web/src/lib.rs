//! The counter: pages and the JSON API over HTTP. Knows requests and answers, nothing of storage.
//!
//! [`routes`] is the whole map: the router, the OpenAPI and the access matrix are made from it.
//! Pages stand by audience ([`public`], [`citizen`], [`counter`], [`officer`], [`leader`],
//! [`inspector`]), one
//! file per page or act with `get` and `post`; [`api`] is the JSON side; [`kit`] is what all share.

pub mod api;
pub mod citizen;
pub mod counter;
pub mod inspector;
pub mod kit;
pub mod leader;
pub mod officer;
pub mod public;
pub mod routes;

use domain::dossier::Actor;
use domain::organisation::Position;
use domain::permission::{may_count, may_detect};
use kit::i18n::t;
use kit::layout::{Layout, NavItem, Who};
use kit::session::Visitor;
use office::Office;
use officer::figures::own_agency;
use std::sync::Arc;

pub use routes::router;

/// What every handler needs.
pub struct Web {
    /// The clerk.
    pub office: Arc<Office>,
    /// A demonstration: says so on every page.
    pub demo: bool,
    /// Address under which people reach us, without a slash at the end: for links in papers.
    pub base_url: String,
    /// Cookies only over TLS, with the `__Host-` prefix.
    pub secure_cookies: bool,
}

impl Web {
    /// Name of the session cookie.
    #[must_use]
    pub fn session_cookie(&self) -> &'static str {
        if self.secure_cookies { "__Host-motcua" } else { "motcua" }
    }

    /// The frame of a page for this visitor: navigation by role, who is signed in.
    #[must_use]
    pub fn layout(&self, visitor: &Visitor, title: impl Into<String>) -> Layout {
        let lang = visitor.lang;
        let link = |href: &str, key: &str| NavItem::new(href, t(lang, key));
        let mut nav = vec![link("/thu-tuc", "nav-catalogue"), link("/tra-cuu", "nav-tracking")];
        match visitor.who.as_ref().map(|who| &who.actor) {
            None => nav.push(link("/dang-nhap", "nav-sign-in")),
            Some(Actor::Applicant { .. }) => nav.extend([
                link("/ho-so-cua-toi", "nav-own-dossiers"),
                link("/ket-qua-cua-toi", "nav-own-results"),
            ]),
            Some(actor @ Actor::Official { position, .. }) => {
                nav.insert(0, link("/cong-viec", "nav-worklist"));
                nav.insert(1, link("/ho-so", "nav-dossiers"));
                if *position == Position::CounterOfficer {
                    nav.insert(1, link("/quay", "nav-counter"));
                } else if may_count(actor, own_agency(actor)) {
                    nav.insert(2, link("/so-lieu", "nav-figures"));
                }
                if *position == Position::AgencyLeader {
                    nav.insert(1, link("/ky-hang-loat", "nav-batch"));
                }
                if may_detect(actor, own_agency(actor)) {
                    nav.insert(2, link("/dieu-hanh", "nav-monday"));
                }
                if inspector::concerns(actor) {
                    let first = usize::from(*position != Position::Inspector) * nav.len();
                    nav.insert(first, link("/kiem-tra", "nav-inspections"));
                }
                nav.push(link("/lich-lam-viec", "nav-calendar"));
            }
            Some(Actor::System) => {}
        }
        let who = visitor.who.as_ref().map(|who| Who {
            name: who.name.clone(),
            role: who.title.clone(),
            csrf: who.csrf.clone(),
        });
        let mut layout = Layout::new(lang, title, visitor.path.clone()).with_nav(nav).with_who(who);
        layout.demo = self.demo;
        layout.footer = vec![
            link("/xac-minh", "footer-verify"),
            link("/cong-khai/ket-qua", "footer-results"),
            link("/du-lieu-mo", "open-data-title"),
            link("/tro-giup-tiep-can", "footer-accessibility"),
            link("/rieng-tu", "footer-privacy"),
        ];
        layout
    }

    /// A fresh idempotency key for a form.
    #[must_use]
    pub fn fresh_key(&self) -> String {
        let mut bytes = [0u8; 16];
        self.office.chance.fill(&mut bytes);
        hex::encode(bytes)
    }
}
