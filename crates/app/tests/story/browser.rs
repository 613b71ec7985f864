//! A browser without a window: cookies, pages, forms. Whatever it is asked, the house never
//! answers that it has failed.

use crate::form::{Form, selector};
use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use scraper::Html;
use std::cell::RefCell;
use std::collections::BTreeMap;
use tower::ServiceExt as _;

/// One person's browser.
pub(crate) struct Browser {
    router: Router,
    cookies: RefCell<BTreeMap<String, String>>,
}

/// What came back.
pub(crate) struct Page {
    /// The address in the end, with its query.
    pub(crate) path: String,
    pub(crate) status: StatusCode,
    pub(crate) head: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Browser {
    pub(crate) fn new(router: Router) -> Browser {
        Browser { router, cookies: RefCell::default() }
    }

    /// One request, one answer.
    pub(crate) async fn send(&self, request: Request<Body>) -> Page {
        let path = request.uri().to_string();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
        }
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        let page = Page { path, status: parts.status, head: parts.headers, bytes };
        assert!(!page.status.is_server_error(), "{}: {}", page.path, page.text());
        page
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> Builder {
        let cookies = self.cookies.borrow();
        let cookies = cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let cookies = cookies.collect::<Vec<String>>().join("; ");
        let request = Request::builder().method(method).uri(path).header(HOST, "test.invalid");
        if cookies.is_empty() { request } else { request.header(COOKIE, cookies) }
    }

    /// Asks for a page and takes the answer as it is.
    pub(crate) async fn ask(&self, path: &str) -> Page {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    /// A page, redirects followed.
    pub(crate) async fn get(&self, path: &str) -> Page {
        let page = self.ask(path).await;
        self.follow(page).await
    }

    /// Sends a form and takes the answer as it is.
    pub(crate) async fn post(&self, form: &Form) -> Page {
        let (kind, body) = form.encoded();
        self.post_raw(&form.action, &kind, body).await
    }

    /// Sends a form, redirects followed.
    pub(crate) async fn submit(&self, form: &Form) -> Page {
        let page = self.post(form).await;
        self.follow(page).await
    }

    /// Sends any body from a page of ours.
    pub(crate) async fn post_raw(&self, path: &str, kind: &str, body: Vec<u8>) -> Page {
        let request = self.request("POST", path).header(CONTENT_TYPE, kind);
        let request = request.header("origin", "http://test.invalid");
        self.send(request.header("sec-fetch-site", "same-origin").body(body.into()).unwrap()).await
    }

    async fn follow(&self, mut page: Page) -> Page {
        for _ in 0..5 {
            let Some(place) = page.leads_to() else { return page };
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.path);
            page = self.ask(&place).await;
        }
        panic!("{} goes round in circles", page.path)
    }

    /// Fills in the sign-in page.
    pub(crate) async fn sign_in(&self, login: &str, password: &str) -> Page {
        let mut form = self.get("/dang-nhap").await.fine().form("/dang-nhap");
        form.set("login", login).set("password", password);
        self.submit(&form).await
    }

    /// The value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }
}

impl Page {
    pub(crate) fn html(&self) -> Html {
        Html::parse_document(std::str::from_utf8(&self.bytes).unwrap())
    }

    /// Where it redirects to.
    pub(crate) fn leads_to(&self) -> Option<String> {
        let place = self.head.get(LOCATION).filter(|_| self.status.is_redirection())?;
        Some(place.to_str().unwrap().to_owned())
    }

    /// What a reader sees, spaces put together.
    pub(crate) fn text(&self) -> String {
        if std::str::from_utf8(&self.bytes).is_err() {
            return String::new();
        }
        self.texts("body").join(" ")
    }

    /// The texts of some elements.
    pub(crate) fn texts(&self, css: &str) -> Vec<String> {
        let html = self.html();
        let wanted = selector(css);
        let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        html.select(&wanted).map(|element| words(element.text().collect())).collect()
    }

    #[track_caller]
    pub(crate) fn shows(&self, words: &str) -> &Page {
        let text = self.text();
        assert!(text.contains(words), "{} does not say {words:?}: {text}", self.path);
        self
    }

    #[track_caller]
    pub(crate) fn hides(&self, words: &str) -> &Page {
        let whole = String::from_utf8_lossy(&self.bytes);
        assert!(!whole.contains(words) && !self.text().contains(words), "{}: {words}", self.path);
        self
    }

    /// A page, not an error.
    #[track_caller]
    pub(crate) fn fine(self) -> Page {
        assert_eq!(self.status, StatusCode::OK, "{}: {}", self.path, self.text());
        self
    }

    /// A refusal: its status, a Vietnamese page and the sentence in what one reads first.
    #[track_caller]
    pub(crate) fn refuses(&self, status: u16, sentence: &str) -> &Page {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.path, self.text());
        let main = self.texts("html[lang=vi] main").join(" ");
        assert!(main.contains(sentence), "{} does not say {sentence:?}: {main}", self.path);
        self
    }

    /// The form that goes to this address.
    #[track_caller]
    pub(crate) fn form(&self, action: &str) -> Form {
        let html = self.html();
        let all = selector("form");
        let found = html.select(&all).find(|form| form.attr("action") == Some(action));
        let none = || panic!("{}: no form to {action}: {}", self.path, self.text());
        Form::read(found.unwrap_or_else(none))
    }

    /// The address of the first link that begins like this.
    pub(crate) fn link(&self, begins: &str) -> Option<String> {
        let html = self.html();
        let links = selector("a[href]");
        let mut addresses = html.select(&links).filter_map(|link| link.attr("href"));
        addresses.find(|address| address.starts_with(begins)).map(str::to_owned)
    }

    /// The course of the dossier, as titles from the top.
    pub(crate) fn course(&self) -> Vec<String> {
        self.texts(".mc-timeline__title")
    }

    /// A PDF that browsers take for one.
    #[track_caller]
    pub(crate) fn is_pdf(&self) -> &Page {
        assert_eq!(self.status, StatusCode::OK, "{}: {}", self.path, self.text());
        assert_eq!(self.head["content-type"], "application/pdf", "{}", self.path);
        assert!(self.bytes.starts_with(b"%PDF-") && self.bytes.len() > 1_000, "{}", self.path);
        self
    }
}
