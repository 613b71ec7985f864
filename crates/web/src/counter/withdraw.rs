//! Taking the application back on behalf of the applicant, on a paper request.

use crate::citizen::field::Told;
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::officer::act_page::{self, ActForm, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::Part;
use askama::Template;
use domain::dossier::command::Withdraw;
use domain::dossier::{Act, Command};

#[derive(Template)]
#[template(path = "counter/withdraw.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::Withdraw;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part> {
        let reason = act_page::lines(desk, ("reason", "staff-withdraw-reason"), 4, typed, told)
            .hint(desk.t("staff-withdraw-reason-hint"))
            .required(true);
        vec![Part::Warning(desk.t("staff-withdraw-warning")), Part::Field(reason)]
    }

    fn command(_: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
        Ok(Command::Withdraw(Withdraw { reason: posted.text("reason").to_owned() }))
    }
}
