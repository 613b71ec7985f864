//! An apology and a later due date (Mẫu 04).

use crate::citizen::field::{Field, Look, Told};
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::words;
use crate::officer::act_page::{self, ActForm, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::{Line, Part};
use askama::Template;
use domain::dossier::command::Reappoint;
use domain::dossier::{Act, Command};

#[derive(Template)]
#[template(path = "leader/reappoint.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::Reappoint;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part> {
        let due = desk.dossier.clock.due.as_ref();
        let due = due.map(|due| words::moment(desk.lang, due.at)).unwrap_or_default();
        let reason = act_page::lines(desk, ("reason", "staff-reappoint-reason"), 4, typed, told)
            .hint(desk.t("staff-reappoint-reason-hint"))
            .required(true);
        let days = Field::new("working_days", desk.t("staff-reappoint-days"))
            .hint(desk.t("staff-reappoint-days-hint"))
            .look(Look::Line("govuk-input--width-3"))
            .typing("off", "numeric")
            .required(true)
            .value(typed.text("working_days"))
            .told(told);
        vec![
            Part::Warning(desk.t("staff-reappoint-warning")),
            Part::Facts(vec![Line::new(desk.t("staff-due"), due)]),
            Part::Field(reason),
            Part::Field(days),
        ]
    }

    fn command(_: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
        Ok(Command::Reappoint(Reappoint {
            reason: posted.text("reason").to_owned(),
            // What is no number is none: the rule says which numbers it takes.
            working_days: posted.text("working_days").trim().parse().unwrap_or(0),
        }))
    }
}
