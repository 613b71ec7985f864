//! A browser without a window: cookies, pages, forms as they stand in the page.

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use scraper::{ElementRef, Html, Selector};
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
    pub(crate) path: String,
    pub(crate) status: StatusCode,
    pub(crate) head: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

/// A form with what stands in it.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) action: String,
    multipart: bool,
    pub(crate) fields: Vec<(String, String)>,
    /// Names of inputs for files.
    pub(crate) inputs: Vec<String>,
    /// Input, name of the file, bytes.
    files: Vec<(String, String, Vec<u8>)>,
}

const BOUNDARY: &str = "ranh-gioi-7f3a";

impl Browser {
    pub(crate) fn new(router: Router) -> Browser {
        Browser { router, cookies: RefCell::default() }
    }

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
        Page { path, status: parts.status, head: parts.headers, bytes }
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let cookies = self.cookies.borrow();
        let cookies: Vec<String> =
            cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Request::builder().method(method).uri(path).header(COOKIE, cookies.join("; "))
    }

    /// A page, following redirects.
    pub(crate) async fn get(&self, path: &str) -> Page {
        let page = self.send(self.request("GET", path).body(Body::empty()).unwrap()).await;
        self.follow(page).await
    }

    /// Sends a form and follows redirects.
    pub(crate) async fn submit(&self, form: &Form) -> Page {
        let (kind, body) = form.encoded();
        let request = self.request("POST", &form.action).header(CONTENT_TYPE, kind);
        let page = self.send(request.body(Body::from(body)).unwrap()).await;
        self.follow(page).await
    }

    /// Sends a body as it is.
    pub(crate) async fn post_raw(&self, path: &str, kind: &str, body: Vec<u8>) -> Page {
        let request = self.request("POST", path).header(CONTENT_TYPE, kind);
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    async fn follow(&self, mut page: Page) -> Page {
        for _ in 0..5 {
            let Some(place) = page.head.get(LOCATION).filter(|_| page.status.is_redirection())
            else {
                break;
            };
            let place = place.to_str().unwrap().to_owned();
            let request = self.request("GET", &place).body(Body::empty()).unwrap();
            page = self.send(request).await;
        }
        page
    }

    /// Signs in with the password of the test.
    pub(crate) async fn sign_in(&self, login: &str) {
        let mut form = self.get("/dang-nhap").await.form("/dang-nhap");
        form.set("login", login);
        form.set("password", crate::house::PASSWORD);
        let page = self.submit(&form).await;
        assert_eq!(page.status, StatusCode::OK, "{login}: {}", page.text());
        assert!(!page.path.starts_with("/dang-nhap"), "{login} cannot sign in: {}", page.text());
    }

    /// The session is over, as if its owner had gone away.
    pub(crate) fn forget(&self) {
        self.cookies.borrow_mut().clear();
    }
}

impl Page {
    pub(crate) fn html(&self) -> Html {
        Html::parse_document(std::str::from_utf8(&self.bytes).unwrap())
    }

    /// What a reader sees, spaces put together.
    pub(crate) fn text(&self) -> String {
        let html = self.html();
        let body = html.select(&Selector::parse("body").unwrap()).next();
        let text: String = body.map(|body| body.text().collect()).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    pub(crate) fn shows(&self, words: &str) -> &Page {
        let text = self.text();
        assert!(text.contains(words), "{} does not say {words:?}: {text}", self.path);
        self
    }

    #[track_caller]
    pub(crate) fn hides(&self, words: &str) -> &Page {
        assert!(!self.text().contains(words), "{} says {words:?}", self.path);
        self
    }

    /// A page, not an error.
    #[track_caller]
    pub(crate) fn fine(self) -> Page {
        assert_eq!(self.status, StatusCode::OK, "{}: {}", self.path, self.text());
        self
    }

    /// The form that goes to this address.
    #[track_caller]
    pub(crate) fn form(&self, action: &str) -> Form {
        let html = self.html();
        let all = Selector::parse("form").unwrap();
        let found = html.select(&all).find(|form| form.attr("action") == Some(action));
        let found =
            found.unwrap_or_else(|| panic!("{}: no form to {action}: {}", self.path, self.text()));
        Form::read(found)
    }

    pub(crate) fn has_link(&self, address: &str) -> bool {
        let html = self.html();
        html.select(&Selector::parse("a[href]").unwrap())
            .any(|link| link.attr("href") == Some(address))
    }
}

impl Form {
    fn read(form: ElementRef<'_>) -> Form {
        let mut read = Form {
            action: form.attr("action").unwrap_or_default().to_owned(),
            multipart: form.attr("enctype") == Some("multipart/form-data"),
            fields: Vec::new(),
            inputs: Vec::new(),
            files: Vec::new(),
        };
        for control in form.select(&Selector::parse("input, select, textarea").unwrap()) {
            let Some(name) = control.attr("name").map(str::to_owned) else { continue };
            let value = || control.attr("value").unwrap_or_default().to_owned();
            match (control.value().name(), control.attr("type").unwrap_or_default()) {
                ("textarea", _) => {
                    let text: String = control.text().collect();
                    let text = text.strip_prefix('\n').unwrap_or(&text).to_owned();
                    read.fields.push((name, text));
                }
                ("select", _) => {
                    let chosen = Selector::parse("option[selected]").unwrap();
                    let chosen = control.select(&chosen).next().and_then(|o| o.attr("value"));
                    read.fields.push((name, chosen.unwrap_or_default().to_owned()));
                }
                (_, "file") => read.inputs.push(name),
                (_, "radio" | "checkbox") if control.attr("checked").is_none() => {}
                _ => read.fields.push((name, value())),
            }
        }
        read
    }

    /// Types into a field, chooses or ticks.
    pub(crate) fn set(&mut self, name: &str, text: &str) -> &mut Form {
        match self.fields.iter_mut().find(|(field, _)| field == name) {
            Some((_, value)) => text.clone_into(value),
            None => self.fields.push((name.to_owned(), text.to_owned())),
        }
        self
    }

    pub(crate) fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn attach(&mut self, input: &str, name: &str, bytes: &[u8]) -> &mut Form {
        self.files.push((input.to_owned(), name.to_owned(), bytes.to_vec()));
        self
    }

    /// Takes the file out of an input again.
    pub(crate) fn drop_file(&mut self, input: &str) -> &mut Form {
        self.files.retain(|(name, ..)| name != input);
        self
    }

    fn encoded(&self) -> (String, Vec<u8>) {
        if !self.multipart {
            let pair =
                |(name, value): &(String, String)| format!("{}={}", escape(name), escape(value));
            let body = self.fields.iter().map(pair).collect::<Vec<_>>().join("&");
            return ("application/x-www-form-urlencoded".to_owned(), body.into_bytes());
        }
        let mut body = Vec::new();
        for (name, value) in &self.fields {
            let part = format!(
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        for (input, name, bytes) in &self.files {
            let head = format!(
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{input}\"; \
                 filename=\"{name}\"\r\ncontent-type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={BOUNDARY}"), body)
    }
}

fn escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
