//! Verification for anyone: by the code on a paper, or by the file itself. No sign-in; of a file
//! nothing is kept, and only so many are looked at at a time.

use super::answer;
use super::asked::Asked;
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t};
use crate::kit::layout::Layout;
use crate::kit::posted::one_file;
use crate::kit::session::Visitor;
use crate::kit::words;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use office::ActError;
use office::verify::{Compared, IssuedPaper, Judged, PaperKind};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// Largest file that strangers may have judged, bytes.
const FILE_MAX: usize = 20 * 1024 * 1024;
/// What the saved page runs; its hash stands in the page's policy.
const SCRIPT: &str = include_str!("verify/check.js");
/// How the saved page looks.
const STYLE: &str = include_str!("verify/saved.css");

#[derive(Template)]
#[template(path = "public/verify.html")]
struct Page {
    l: Layout,
    typed: String,
    problem: Option<String>,
    file_problem: Option<String>,
    verdict: Option<Sentence>,
    papers: Vec<Shown>,
}

/// What was found, in one sentence; good or not.
struct Sentence {
    title: String,
    text: String,
    more: Vec<String>,
    colour: &'static str,
}

/// A paper of ours in words.
struct Shown {
    title: String,
    code: String,
    kind: &'static str,
    procedure: String,
    agency: String,
    at: String,
    number: Option<String>,
    signatures: Vec<String>,
    hash: Option<String>,
    index: String,
    leaf: String,
    head: String,
}

/// `GET /xac-minh`
///
/// # Errors
/// Faults of the database; an unknown code is an answer.
pub async fn get(
    State(web): State<Arc<Web>>,
    visitor: Visitor,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = visitor.lang;
    let typed = asked.text("ma").to_owned();
    let mut page = Page::new(&web, &visitor, typed.clone());
    if typed.is_empty() {
        return Ok(answer(lang, StatusCode::OK, &page));
    }
    let papers = web.office.issued_papers(&typed).await;
    let papers = papers.map_err(|error| WebError::from_act(error, lang))?;
    if papers.is_empty() {
        page.problem = Some(t(lang, "verify-unknown-code"));
        page.l = page.l.with_error(true);
        return Ok(answer(lang, StatusCode::NOT_FOUND, &page));
    }
    page.papers = papers.iter().map(|paper| shown(&web, lang, paper)).collect();
    Ok(answer(lang, StatusCode::OK, &page))
}

/// `POST /xac-minh`: a file of anyone.
///
/// # Errors
/// [`WebError::TooLarge`], [`WebError::Unreadable`], [`WebError::Forged`]; faults.
pub async fn post(
    State(web): State<Arc<Web>>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, WebError> {
    let lang = visitor.lang;
    let file = one_file(request, lang, FILE_MAX).await?;
    let mut page = Page::new(&web, &visitor, String::new());
    let Some(bytes) = file.filter(|bytes| !bytes.is_empty()) else {
        page.file_problem = Some(t(lang, "verify-no-file"));
        page.l = page.l.with_error(true);
        return Ok(answer(lang, StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    match web.office.judge_file(bytes).await {
        Ok(judged) => {
            page.verdict = Some(sentence(lang, &judged));
            page.papers = match &judged.compared {
                Compared::Same(paper) => vec![shown(&web, lang, paper)],
                Compared::Changed(papers) => {
                    papers.iter().map(|paper| shown(&web, lang, paper)).collect()
                }
                Compared::Unknown => Vec::new(),
            };
            Ok(answer(lang, StatusCode::OK, &page))
        }
        Err(ActError::Conflict) => {
            page.file_problem = Some(t(lang, "verify-busy"));
            page.l = page.l.with_error(true);
            Ok(answer(lang, StatusCode::TOO_MANY_REQUESTS, &page))
        }
        Err(error) => Err(WebError::from_act(error, lang)),
    }
}

/// `GET /xac-minh/bang-chung`: the proof as a file for other people's tools.
///
/// # Errors
/// [`WebError::NotFound`] where there is no such paper; faults.
pub async fn proof(
    State(web): State<Arc<Web>>,
    visitor: Visitor,
    asked: Asked,
) -> Result<Response, WebError> {
    let paper = asked_paper(&web, &visitor, &asked).await?;
    let name = format!("{}-{}.tlog-proof", paper.code, paper.kind.name());
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, paper.proven.proof.to_string()).into_response())
}

#[derive(Template)]
#[template(path = "public/verify_saved.html")]
struct Saved {
    l: Layout,
    paper: Shown,
    policy: String,
    entry: String,
    proof: String,
    key: String,
}

impl Saved {
    /// What the script reads; no text in it can end the element.
    fn data(&self) -> String {
        let data = serde_json::json!({ "entry": self.entry, "proof": self.proof, "key": self.key });
        data.to_string().replace('<', "\\u003c")
    }
}

/// `GET /xac-minh/ban-luu`: a page that checks the proof by itself, from a disk, without us.
///
/// # Errors
/// As [`proof`].
pub async fn saved(
    State(web): State<Arc<Web>>,
    visitor: Visitor,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = visitor.lang;
    let paper = asked_paper(&web, &visitor, &asked).await?;
    let key = web.office.signer().map_err(|error| WebError::from_act(error, lang))?;
    let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text));
    let page = Saved {
        l: web.layout(&visitor, t(lang, "verify-saved-title")),
        policy: format!(
            "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'",
            hash(SCRIPT),
            hash(STYLE)
        ),
        entry: paper.proven.entry.clone(),
        proof: paper.proven.proof.to_string(),
        key: key.verifier_key().to_string(),
        paper: shown(&web, lang, &paper),
    };
    let name = format!("xac-minh-{}-{}.html", paper.code, paper.kind.name());
    let mut response = answer(lang, StatusCode::OK, &page);
    let name = format!("attachment; filename=\"{name}\"");
    if let Ok(value) = name.parse() {
        response.headers_mut().insert(CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

async fn asked_paper(web: &Web, visitor: &Visitor, asked: &Asked) -> Result<IssuedPaper, WebError> {
    let kind = PaperKind::named(asked.text("giay"));
    let papers = web.office.issued_papers(asked.text("ma")).await;
    let papers = papers.map_err(|error| WebError::from_act(error, visitor.lang))?;
    let mut fitting = papers.into_iter().rev().filter(|paper| Some(paper.kind) == kind);
    fitting.next().ok_or_else(|| WebError::not_found(visitor))
}

impl Page {
    fn new(web: &Web, visitor: &Visitor, typed: String) -> Page {
        Page {
            l: web.layout(visitor, t(visitor.lang, "verify-title")),
            typed,
            problem: None,
            file_problem: None,
            verdict: None,
            papers: Vec::new(),
        }
    }
}

fn sentence(lang: Language, judged: &Judged) -> Sentence {
    let (name, colour) = match &judged.compared {
        Compared::Same(_) => ("same", "green"),
        Compared::Changed(_) => ("changed", "red"),
        Compared::Unknown => ("unknown", "yellow"),
    };
    Sentence {
        title: t(lang, &format!("verify-{name}-title")),
        text: t(lang, &format!("verify-{name}")),
        more: judged.words(told_in(lang)),
        colour,
    }
}

/// The language of what signatures are worth.
pub(crate) const fn told_in(lang: Language) -> office::verify::Language {
    match lang {
        Language::Vi => office::verify::Language::Vietnamese,
        Language::En => office::verify::Language::English,
    }
}

fn shown(web: &Web, lang: Language, paper: &IssuedPaper) -> Shown {
    let catalogue = &web.office.catalogue;
    let procedure = catalogue.procedure(&paper.procedure);
    let agency = catalogue.organisation.unit(&paper.agency);
    let proven = &paper.proven;
    Shown {
        title: t(lang, &format!("verify-paper-{}", paper.kind.name())),
        code: paper.code.clone(),
        kind: paper.kind.name(),
        procedure: procedure.map_or_else(|| paper.procedure.clone(), |known| known.name.clone()),
        agency: agency.map_or_else(|| paper.agency.clone(), |unit| unit.name.clone()),
        at: words::moment(lang, paper.at),
        number: paper.number.clone(),
        signatures: paper.signature_words(told_in(lang)),
        hash: paper.hash.clone(),
        index: proven.proof.index.to_string(),
        leaf: proven.leaf.to_string(),
        head: format!("{}: {}", proven.head.size, proven.head.root),
    }
}
