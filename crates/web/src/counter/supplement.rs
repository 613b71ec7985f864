//! Handing in, on behalf of the applicant, what was asked for.

use super::checklist;
use crate::citizen::dossier::asked_for;
use crate::citizen::field::Told;
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::officer::act_page::{self, ActForm, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::Part;
use crate::officer::parts::{Prose, paragraphs};
use askama::Template;
use domain::dossier::command::Supplement;
use domain::dossier::{Act, Command};

#[derive(Template)]
#[template(path = "counter/supplement.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::Supplement;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part> {
        if told.at("papers").is_some() {
            told.say("papers", desk.t("staff-supplement-nothing"));
        }
        let mut papers = checklist::papers(desk, typed, told, &[]);
        papers.legend = desk.t("staff-supplement-papers");
        papers.hint = desk.t("staff-supplement-papers-hint");
        let note = act_page::lines(desk, ("note", "staff-supplement-note"), 3, typed, told);
        let mut parts: Vec<Part> = request(desk).map(Part::Prose).into_iter().collect();
        parts.extend([Part::Papers(papers), Part::Field(note)]);
        parts
    }

    fn command(desk: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
        let papers = checklist::counted(desk, posted, &[])?;
        Ok(Command::Supplement(Supplement { papers, note: posted.text("note").to_owned() }))
    }
}

/// What was asked for.
fn request(desk: &Desk<'_>) -> Option<Prose> {
    let cycle = desk.dossier.supplements.last()?;
    let mut lines = paragraphs(&cycle.reason);
    lines.extend(cycle.items.iter().map(|item| asked_for(desk.procedure(), item)));
    Some(Prose { heading: desk.t("staff-asked"), paragraphs: lines })
}
