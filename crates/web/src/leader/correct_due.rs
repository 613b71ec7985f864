//! Accepting the due date that a changed calendar gives. The date is proposed, never typed.

use crate::citizen::due;
use crate::citizen::field::{Field, Told};
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::words;
use crate::officer::act_page::{ActForm, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::{Line, Part, Prose};
use askama::Template;
use domain::dossier::command::CorrectDue;
use domain::dossier::{Act, Command, clock};

#[derive(Template)]
#[template(path = "leader/correct_due.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::CorrectDue;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part> {
        let mut parts = proposal(desk);
        let decision = Field::new("decision", desk.t("staff-correct-decision"))
            .hint(desk.t("staff-correct-decision-hint"))
            .required(true)
            .value(typed.or("decision", newest(desk)))
            .told(told);
        parts.push(Part::Field(decision));
        parts
    }

    fn command(_: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
        Ok(Command::CorrectDue(CorrectDue { decision: posted.text("decision").to_owned() }))
    }
}

/// The number of the decision entered last: most often the one that moved the date.
fn newest(desk: &Desk<'_>) -> String {
    let work = desk.web.office.calendar();
    work.entered.last().map_or_else(String::new, |entered| entered.decision.number.clone())
}

/// What the calendar proposes, and why; or that it proposes nothing.
fn proposal(desk: &Desk<'_>) -> Vec<Part> {
    let work = desk.web.office.calendar();
    let Ok(Some(proposal)) = clock::proposal(desk.dossier, &work.calendar) else {
        return vec![Part::Warning(desk.t("refusal-nothing-to-correct"))];
    };
    let line = |key: &str, at| Line::new(desk.t(key), words::moment(desk.lang, at));
    let dates = vec![
        line("staff-due", proposal.old_due.at),
        line("staff-correct-due", proposal.due.at),
        line("staff-due-law", proposal.statutory_due.at),
    ];
    let why = due::reasons(desk.lang, &proposal.due.why);
    let why = Prose { heading: desk.t("staff-why"), paragraphs: why };
    vec![Part::Facts(dates), Part::Prose(why)]
}
