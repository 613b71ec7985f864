//! All dossiers of the official's agency or one-stop: by stage, by words, newest first.

use super::desk::{official, short};
use crate::Web;
use crate::citizen::due;
use crate::citizen::own::is_id;
use crate::counter;
use crate::kit::error::{WebError, form_urlencode};
use crate::kit::i18n::{Language, t};
use crate::kit::layout::Layout;
use crate::kit::session::Staff;
use crate::kit::words;
use crate::public::answer;
use crate::public::asked::Asked;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::time::from_millis;
use std::sync::Arc;

/// Dossiers of a page.
const MOST: u32 = 30;
/// Longest search text, in characters.
const WORDS_MAX: usize = 100;
/// The stages in the order of a dossier's life.
const STAGES: [&str; 14] = [
    "submitted",
    "awaiting_supplement",
    "supplemented",
    "awaiting_payment",
    "received",
    "transferred",
    "in_progress",
    "awaiting_signature",
    "awaiting_issue",
    "issued",
    "returned",
    "not_accepted",
    "withdrawn",
    "stopped",
];

#[derive(Template)]
#[template(path = "officer/dossiers.html")]
struct Page {
    l: Layout,
    words: String,
    stage: String,
    filters: Vec<Filter>,
    rows: Vec<Row>,
    next: Option<String>,
    counter: bool,
    books: bool,
}

/// A stage with its count, as a link.
struct Filter {
    href: String,
    text: String,
    count: u64,
    current: bool,
}

/// A dossier.
struct Row {
    id: String,
    code: String,
    applicant: String,
    procedure: String,
    stage: String,
    officer: Option<String>,
    submitted: String,
    due: Option<String>,
    badge: Option<(String, &'static str)>,
}

/// What the list is narrowed to.
struct Narrowed {
    stage: String,
    words: String,
    /// Id of the last dossier of the page before.
    before: Option<String>,
}

impl Narrowed {
    fn of(asked: &Asked) -> Narrowed {
        let stage = asked.text("giai-doan");
        let known = STAGES.contains(&stage);
        Narrowed {
            stage: if known { stage.to_owned() } else { String::new() },
            words: asked.text("tu-khoa").chars().take(WORDS_MAX).collect(),
            before: Some(asked.text("before")).filter(|id| is_id(id)).map(str::to_owned),
        }
    }

    /// The address of the list with another stage or page.
    fn href(&self, stage: &str, before: Option<&str>) -> String {
        let mut href = format!("/ho-so?giai-doan={stage}");
        if !self.words.is_empty() {
            href.push_str(&format!("&tu-khoa={}", form_urlencode(&self.words)));
        }
        if let Some(before) = before {
            href.push_str(&format!("&before={before}"));
        }
        href
    }
}

/// `GET /ho-so?giai-doan=&tu-khoa=&before=`
///
/// # Errors
/// Faults of the database.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    asked: Asked,
) -> Result<Response, WebError> {
    let (lang, actor) = (staff.visitor.lang, &staff.who.actor);
    let by = Narrowed::of(&asked);
    let fault = |error| WebError::from_act(error, lang);
    let counts = web.office.stage_counts(actor).await.map_err(fault)?;
    let before = by.before.as_deref();
    let found = web.office.agency_dossiers(actor, &by.stage, &by.words, before, MOST + 1).await;
    let mut found = found.map_err(fault)?;
    let more = found.len() > MOST as usize;
    found.truncate(MOST as usize);
    let last = found.last().filter(|_| more).map(|dossier| dossier.id.clone());
    let rows = found.into_iter().map(|dossier| {
        let known = web.office.catalogue.procedure(&dossier.procedure);
        let running = dossier.finished_at.is_none() && is_running(&dossier.stage);
        Row {
            badge: dossier
                .due_at
                .filter(|_| running)
                .and_then(|at| badge(&web, lang, &dossier.stage, at)),
            code: dossier.code.unwrap_or_else(|| t(lang, "staff-no-code")),
            applicant: dossier.applicant_name,
            procedure: known.map_or(dossier.procedure, |known| short(&known.name)),
            stage: t(lang, &format!("stage-{}", dossier.stage)),
            officer: dossier.officer.map(|id| official(&web, &id)),
            submitted: words::date(from_millis(dossier.submitted_at)),
            due: dossier.due_at.map(|at| words::moment(lang, from_millis(at))),
            id: dossier.id,
        }
    });
    let page = Page {
        rows: rows.collect(),
        l: web.layout(&staff.visitor, t(lang, "staff-dossiers")),
        filters: filters(lang, &by, &counts),
        next: last.map(|last| by.href(&by.stage, Some(&last))),
        stage: by.stage,
        words: by.words,
        counter: counter::is_counter(actor),
        books: !web.office.books_of(actor).is_empty(),
    };
    Ok(answer(lang, StatusCode::OK, &page))
}

/// All, then the stages in which there are dossiers, and the one that is chosen.
fn filters(lang: Language, by: &Narrowed, counts: &[(String, u64)]) -> Vec<Filter> {
    let all = Filter {
        href: by.href("", None),
        text: t(lang, "staff-all-stages"),
        count: counts.iter().map(|(_, count)| count).sum(),
        current: by.stage.is_empty(),
    };
    let stage = |stage: &&str| {
        let count = counts.iter().find(|(known, _)| known == *stage).map_or(0, |(_, count)| *count);
        let current = by.stage == **stage;
        (count > 0 || current).then(|| Filter {
            href: by.href(stage, None),
            text: t(lang, &format!("stage-{stage}")),
            count,
            current,
        })
    };
    std::iter::once(all).chain(STAGES.iter().filter_map(stage)).collect()
}

fn badge(web: &Web, lang: Language, stage: &str, due_at: i64) -> Option<(String, &'static str)> {
    match stage {
        "awaiting_supplement" | "supplemented" => return Some(words::time_left(lang, None)),
        // Whether the clock stands for a payment is told on the dossier's own page.
        "awaiting_payment" => return None,
        _ => {}
    }
    let now = web.office.clock.now();
    let left = due::remaining(&web.office.calendar().calendar, now, from_millis(due_at))?;
    Some(words::time_left(lang, Some(left)))
}

/// Is the promise still to be kept?
fn is_running(stage: &str) -> bool {
    !["issued", "returned", "not_accepted", "withdrawn", "stopped"].contains(&stage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_keep_the_words() {
        let id = "01a1f84b18d1f45c5b0320349eac7265";
        let asked = format!("giai-doan=received&tu-khoa=nh%C3%A0+%E1%BB%9F&before={id}");
        let by = Narrowed::of(&Asked::of(&asked));
        assert_eq!(
            (by.stage.as_str(), by.words.as_str(), by.before.as_deref()),
            ("received", "nhà ở", Some(id))
        );
        let words = "nh%C3%A0%20%E1%BB%9F";
        assert_eq!(by.href("", None), format!("/ho-so?giai-doan=&tu-khoa={words}"));
        let next = format!("/ho-so?giai-doan=issued&tu-khoa={words}&before={id}");
        assert_eq!(by.href("issued", Some(id)), next);
        assert_eq!(
            Narrowed::of(&Asked::of("giai-doan=x&before=y")).href("", None),
            "/ho-so?giai-doan="
        );
    }

    #[test]
    fn empty_stages_are_not_offered_unless_chosen() {
        let by = Narrowed { stage: "issued".into(), words: String::new(), before: None };
        let counts = [("received".to_owned(), 2), ("withdrawn".to_owned(), 1)];
        let filters = filters(Language::Vi, &by, &counts);
        let counted: Vec<(u64, bool)> = filters.iter().map(|f| (f.count, f.current)).collect();
        assert_eq!(counted, [(3, false), (2, false), (0, true), (1, false)]);
        assert!(STAGES.iter().all(|s| !t(Language::Vi, &format!("stage-{s}")).starts_with('[')));
    }
}
