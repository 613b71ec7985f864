//! A dossier as it lies before an official: the dossier with what the catalogue says of it.

use crate::Web;
use crate::citizen::{due, own};
use crate::kit::i18n::{Language, t};
use crate::kit::session::Staff;
use crate::kit::words;
use domain::dossier::event::TaskOpened;
use domain::dossier::{Act, Dossier, clock};
use domain::permission::acts_open_to;
use domain::procedure::{Component, Procedure};
use domain::process::Process;
use domain::time::{Instant, local};
use jiff::civil::Date;
use office::accounts::SignedIn;

/// A dossier on a desk.
pub(crate) struct Desk<'w> {
    pub(crate) web: &'w Web,
    pub(crate) who: &'w SignedIn,
    pub(crate) lang: Language,
    pub(crate) id: &'w str,
    pub(crate) dossier: &'w Dossier,
}

impl<'w> Desk<'w> {
    /// Puts a dossier on the desk of who is signed in.
    pub(crate) fn new(
        web: &'w Web,
        staff: &'w Staff,
        id: &'w str,
        dossier: &'w Dossier,
    ) -> Desk<'w> {
        Desk { web, who: &staff.who, lang: staff.visitor.lang, id, dossier }
    }

    /// The text of a key.
    pub(crate) fn t(&self, key: &str) -> String {
        t(self.lang, key)
    }

    /// The procedure version of the filing.
    pub(crate) fn procedure(&self) -> Option<&'w Procedure> {
        self.web.office.catalogue.procedure(&self.dossier.submitted.procedure)
    }

    /// The name of the procedure; its id when the catalogue has lost it.
    pub(crate) fn procedure_name(&self) -> String {
        let id = &self.dossier.submitted.procedure;
        self.procedure().map_or_else(|| id.clone(), |known| known.name.clone())
    }

    /// The components of the case.
    pub(crate) fn components(&self) -> Vec<&'w Component> {
        let case = self.dossier.submitted.case.as_deref();
        self.procedure().map(|known| known.components_for(case)).unwrap_or_default()
    }

    /// The internal process that reception froze.
    pub(crate) fn process(&self) -> Option<&'w Process> {
        self.web.office.catalogue.process(self.dossier.process.as_deref()?)
    }

    /// Now.
    pub(crate) fn now(&self) -> Instant {
        self.web.office.clock.now()
    }

    /// Today.
    pub(crate) fn today(&self) -> Date {
        local(self.now()).date()
    }

    /// The open tasks that this official would close with the act.
    pub(crate) fn tasks(&self, act: Act) -> Vec<&'w TaskOpened> {
        let open = acts_open_to(&self.who.actor, self.dossier);
        let numbers: Vec<u32> =
            open.iter().filter(|open| open.act == act).filter_map(|open| open.task).collect();
        self.dossier.open_tasks().filter(|task| numbers.contains(&task.no)).collect()
    }

    /// The name of a unit or division.
    pub(crate) fn place(&self, id: &str) -> String {
        own::place(self.web, id)
    }

    /// The name of an official, of the applicant or of the system.
    pub(crate) fn person(&self, id: &str) -> String {
        match id {
            "applicant" => self.t("staff-by-applicant"),
            "system" => self.t("staff-by-system"),
            id => official(self.web, id),
        }
    }

    /// The badge of a due date that is still to be kept.
    pub(crate) fn badge_until(&self, at: Instant) -> Option<(String, &'static str)> {
        let left = due::remaining(&self.web.office.calendar().calendar, self.now(), at)?;
        Some(words::time_left(self.lang, Some(left)))
    }
}

/// The name of an official; the id of one nobody knows any more.
pub(crate) fn official(web: &Web, id: &str) -> String {
    let known = web.office.catalogue.organisation.official(id);
    known.map_or_else(|| id.to_owned(), |official| official.name.clone())
}

/// Longest name of a procedure in a list, in characters.
const SHORT_MAX: usize = 90;

/// A procedure's name for a list: without what stands in brackets, cut at a word.
pub(crate) fn short(name: &str) -> String {
    let mut outside = String::new();
    let mut depth = 0_usize;
    for c in name.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let mut words = outside.split_whitespace();
    let mut short = words.next().unwrap_or_default().to_owned();
    for word in words {
        if short.chars().count() + word.chars().count() >= SHORT_MAX {
            short.push('…');
            break;
        }
        short.push(' ');
        short.push_str(word);
    }
    short
}

/// The bar that says which dossier this is, and how much time is left.
pub(crate) struct Identity {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) applicant: String,
    pub(crate) procedure: String,
    pub(crate) stage: String,
    pub(crate) holder: Option<String>,
    pub(crate) due: Option<Due>,
}

/// The promise, with its badge while it is still to be kept.
pub(crate) struct Due {
    pub(crate) at: String,
    pub(crate) machine: String,
    pub(crate) badge: Option<(String, &'static str)>,
}

impl Identity {
    /// Of the dossier on the desk.
    pub(crate) fn of(desk: &Desk<'_>) -> Identity {
        let dossier = desk.dossier;
        let code = dossier.code.clone();
        Identity {
            id: desk.id.to_owned(),
            code: code.unwrap_or_else(|| desk.t("staff-no-code")),
            applicant: dossier.submitted.applicant.name.clone(),
            procedure: desk.procedure_name(),
            stage: desk.t(&format!("stage-{}", dossier.stage.name())),
            holder: holder(desk),
            due: promise(desk),
        }
    }
}

/// Who must do something now: the officer by name, else the place.
fn holder(desk: &Desk<'_>) -> Option<String> {
    let task = desk.dossier.open_tasks().next()?;
    Some(match &task.officer {
        Some(officer) => desk.person(officer),
        None => desk.place(&task.place),
    })
}

fn promise(desk: &Desk<'_>) -> Option<Due> {
    let dossier = desk.dossier;
    let due = dossier.clock.due.as_ref()?;
    let work = desk.web.office.calendar();
    let calendar = &work.calendar;
    let left = clock::remaining(dossier, desk.now(), calendar);
    let badge = left.ok().and_then(|left| words::remaining(desk.lang, left));
    Some(Due { at: words::moment(desk.lang, due.at), machine: words::machine(due.at), badge })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_lists_are_short_and_never_empty() {
        let long = "Cấp giấy phép xây dựng mới đối với công trình cấp III (Không theo tuyến/Dự án) \
                    và nhà ở riêng lẻ";
        let wanted = "Cấp giấy phép xây dựng mới đối với công trình cấp III và nhà ở riêng lẻ";
        assert_eq!(short(long), wanted);
        let cut = short(&"thủ tục ".repeat(40));
        assert!(cut.ends_with('…') && cut.chars().count() <= SHORT_MAX + 1, "{cut}");
        let catalogue = office::catalogue::Catalogue::embedded().unwrap();
        assert!(catalogue.procedures.values().all(|known| !short(&known.name).is_empty()));
    }
}
