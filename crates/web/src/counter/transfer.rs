//! Handing the received dossier to the unit that works it.

use crate::citizen::field::Told;
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::officer::act_page::{ActForm, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::Line;
use crate::officer::parts::Part;
use askama::Template;
use domain::dossier::{Act, Command};

#[derive(Template)]
#[template(path = "counter/transfer.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::Transfer;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, _: &Typed<'_>, _: &mut Told) -> Vec<Part> {
        let next = next(desk);
        if next.is_empty() { Vec::new() } else { vec![Part::Facts(next)] }
    }

    fn command(_: &Desk<'_>, _: &Posted) -> Result<Command, Told> {
        Ok(Command::Transfer)
    }
}

/// The steps that the process has next, and where.
fn next(desk: &Desk<'_>) -> Vec<Line> {
    let Some(process) = desk.process() else { return Vec::new() };
    let organisation = &desk.web.office.catalogue.organisation;
    let agency = desk.dossier.submitted.agency.as_str();
    let assigned = process.assigned_division.as_deref();
    let steps = process.successors(process.first().no).iter().filter_map(|no| process.step(*no));
    steps
        .map(|step| {
            let place = step
                .external_agency
                .as_deref()
                .or_else(|| organisation.place_of(&step.unit_role, agency, assigned))
                .unwrap_or(agency);
            Line::new(&step.name, desk.place(place))
        })
        .collect()
}
