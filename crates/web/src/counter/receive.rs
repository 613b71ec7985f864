//! Taking the dossier in: the papers are counted, the clock starts, the code is given.

use super::checklist;
use crate::citizen::field::{Field, Look, Told};
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::words;
use crate::officer::act_page::{self, ActForm, ActPage, Frame, Typed};
use crate::officer::calendar_decision::read_date;
use crate::officer::desk::Desk;
use crate::officer::parts::Line;
use crate::officer::parts::Part;
use askama::Template;
use domain::dossier::command::Receive;
use domain::dossier::event::Channel;
use domain::dossier::{Act, Command};
use domain::rules;
use domain::time::{instant, local};

#[derive(Template)]
#[template(path = "counter/receive.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::Receive;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part> {
        let papers = checklist::papers(desk, typed, told, &desk.dossier.papers);
        let note = act_page::lines(desk, ("note", "staff-note-colleagues"), 3, typed, told);
        let mut parts = vec![Part::Facts(promise(desk)), Part::Papers(papers), Part::Field(note)];
        if desk.dossier.submitted.channel != Channel::Online {
            let day = Field::new("arrived_on", desk.t("staff-arrived-on"))
                .hint(desk.t("staff-arrived-on-hint"))
                .look(Look::Line("govuk-input--width-10"))
                .value(typed.text("arrived_on"))
                .told(told);
            let why = act_page::lines(desk, ("late_reason", "staff-late-reason"), 2, typed, told);
            parts.extend([Part::Field(day), Part::Field(why)]);
        }
        parts
    }

    fn command(desk: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
        let papers = checklist::counted(desk, posted, &desk.dossier.papers)?;
        if papers.is_empty() && !desk.components().is_empty() {
            let mut told = Told::default();
            told.say("papers", desk.t("staff-papers-none"));
            return Err(told);
        }
        let arrived = posted.text("arrived_on").trim();
        let arrived_on = read_date(arrived);
        if arrived_on.is_none() && !arrived.is_empty() {
            let mut told = Told::default();
            told.say("arrived_on", desk.t("staff-arrived-on-unreadable"));
            return Err(told);
        }
        let (note, late_reason) = (posted.text("note"), posted.text("late_reason"));
        let (note, late_reason) = (note.to_owned(), late_reason.to_owned());
        Ok(Command::Receive(Receive { papers, note, arrived_on, late_reason }))
    }
}

/// The committed time, and until when that would be if it were received now.
fn promise(desk: &Desk<'_>) -> Vec<Line> {
    let Some(procedure) = desk.procedure() else { return Vec::new() };
    let time = procedure.committed_for(desk.dossier.submitted.time_class.as_deref());
    let span = words::time_span(desk.lang, time.amount, time.unit);
    let mut lines = vec![Line::new(desk.t("staff-promised-time"), span)];
    if desk.dossier.code.is_some() {
        lines.push(Line::new(desk.t("staff-promised-due"), desk.t("staff-promised-again")));
        return lines;
    }
    let work = desk.web.office.calendar();
    let calendar = &work.calendar;
    let due = rules::profile_on(desk.today()).and_then(|profile| {
        let (now, rules) = (local(desk.now()), profile.rules);
        calendar.due(now, time.amount, time.unit, rules.start_rule, rules.due_rounding).ok()
    });
    if let Some(due) = due {
        let at = words::moment(desk.lang, instant(due.at));
        lines.push(Line::new(desk.t("staff-promised-due"), at));
    }
    lines
}
