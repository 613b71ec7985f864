//! Giving the signed result its number and seal: the clock ends.

use crate::citizen::field::Told;
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::officer::act_page::{ActForm, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::Part;
use crate::officer::parts::{Line, Link};
use askama::Template;
use domain::dossier::{Act, Command};

#[derive(Template)]
#[template(path = "officer/issue.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::Issue;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, _: &Typed<'_>, _: &mut Told) -> Vec<Part> {
        let Some(draft) = &desk.dossier.draft else { return Vec::new() };
        let facts = vec![
            Line::new(desk.t("staff-draft-title"), &draft.title),
            Line::new(
                desk.t("staff-outcome"),
                desk.t(&format!("outcome-{}", draft.outcome.name())),
            ),
            Line::new(desk.t("staff-signed-by"), draft.signed_by.clone().unwrap_or_default()),
            Line::new(desk.t("staff-result-number"), desk.t("staff-number-drawn")),
        ];
        let paper = Link::new(format!("/ho-so/{}/du-thao", desk.id), desk.t("staff-draft-paper"));
        vec![Part::Facts(facts), Part::Links(vec![paper])]
    }

    fn command(_: &Desk<'_>, _: &Posted) -> Result<Command, Told> {
        Ok(Command::Issue(Default::default()))
    }
}
