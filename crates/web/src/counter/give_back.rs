//! Handing the result to the applicant.

use crate::citizen::field::{Field, Told};
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::officer::act_page::{self, ActForm, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::Line;
use crate::officer::parts::Part;
use askama::Template;
use domain::dossier::command::GiveBack;
use domain::dossier::{Act, Command};

#[derive(Template)]
#[template(path = "counter/give_back.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::GiveBack;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part> {
        let submitted = &desk.dossier.submitted;
        let way = desk.t(&format!("staff-result-way-{}", submitted.result_channel.name()));
        let number = desk.dossier.result_number.clone().unwrap_or_default();
        let facts = vec![
            Line::new(desk.t("staff-result-number"), number),
            Line::new(desk.t("staff-result-way"), way),
        ];
        let recipient = Field::new("recipient", desk.t("staff-recipient"))
            .hint(desk.t("staff-recipient-hint"))
            .value(typed.or("recipient", &submitted.applicant.name))
            .told(told);
        let note = act_page::lines(desk, ("note", "staff-give-back-note"), 3, typed, told)
            .hint(desk.t("staff-give-back-note-hint"));
        vec![Part::Facts(facts), Part::Field(recipient), Part::Field(note)]
    }

    fn command(_: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
        Ok(Command::GiveBack(GiveBack {
            recipient: posted.text("recipient").to_owned(),
            note: posted.text("note").to_owned(),
        }))
    }
}
