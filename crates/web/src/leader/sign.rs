//! Signing the draft that was read, unchanged.

use crate::citizen::field::Told;
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::officer::act_page::{ActForm, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::Part;
use crate::officer::parts::{Line, Link, Prose, paragraphs};
use askama::Template;
use domain::dossier::command::Sign;
use domain::dossier::{Act, Command};

#[derive(Template)]
#[template(path = "leader/sign.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::Sign;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, _: &Typed<'_>, _: &mut Told) -> Vec<Part> {
        let mut parts = draft(desk);
        if let Some(draft) = &desk.dossier.draft {
            // Always the draft that this page shows: after a refusal the newer one is read first.
            parts.push(Part::Hidden { name: "draft", value: draft.number.to_string() });
        }
        parts
    }

    fn command(_: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
        // A page without a number signs nothing: zero is no draft.
        let draft = posted.text("draft").parse().unwrap_or(0);
        Ok(Command::Sign(Sign { draft: Some(draft), paper: None }))
    }
}

/// The draft to read: what it decides, its text, its note, its paper.
pub(crate) fn draft(desk: &Desk<'_>) -> Vec<Part> {
    let Some(draft) = &desk.dossier.draft else { return Vec::new() };
    let outcome = desk.t(&format!("outcome-{}", draft.outcome.name()));
    let mut facts = vec![
        Line::new(desk.t("staff-draft-number"), draft.number.to_string()),
        Line::new(desk.t("staff-outcome"), outcome),
    ];
    if let Some(officer) = &desk.dossier.officer {
        facts.push(Line::new(desk.t("staff-officer"), &officer.name));
    }
    if !draft.note.is_empty() {
        facts.push(Line::new(desk.t("staff-draft-note"), &draft.note));
    }
    let text = Prose { heading: draft.title.clone(), paragraphs: paragraphs(&draft.body) };
    let paper = Link::new(format!("/ho-so/{}/du-thao", desk.id), desk.t("staff-draft-paper"));
    vec![Part::Facts(facts), Part::Prose(text), Part::Links(vec![paper])]
}
