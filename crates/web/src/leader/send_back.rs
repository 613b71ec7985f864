//! Returning the draft with what must change.

use super::sign::draft;
use crate::citizen::field::Told;
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::officer::act_page::{self, ActForm, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::Part;
use askama::Template;
use domain::dossier::command::SendBack;
use domain::dossier::{Act, Command};

#[derive(Template)]
#[template(path = "leader/send_back.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::SendBack;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part> {
        let reason = act_page::lines(desk, ("reason", "staff-send-back-reason"), 5, typed, told)
            .hint(desk.t("staff-send-back-reason-hint"))
            .required(true);
        let mut parts = draft(desk);
        parts.push(Part::Field(reason));
        parts
    }

    fn command(_: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
        Ok(Command::SendBack(SendBack { reason: posted.text("reason").to_owned() }))
    }
}
