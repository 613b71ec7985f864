//! The sections of the page of a dossier.

use super::desk::Desk;
use super::parts::{Line, paragraphs};
use crate::citizen::dossier::{asked_for, brought_as, component_name};
use crate::citizen::field::size;
use crate::citizen::own::place;
use crate::citizen::results;
use crate::kit::i18n::{t, t_with};
use crate::kit::words;
use crate::public::marks;
use domain::dossier::event::{Paper, Reused};
use domain::dossier::timeline::Entry;
use domain::dossier::{Act, Payment, SupplementCycle, Task};
use domain::permission::OpenAct;
use domain::time::Instant;
use office::reuse::ReusedState;
use std::collections::BTreeMap;

/// An act that is open, as a button.
pub(super) struct ActLink {
    pub(super) href: String,
    pub(super) text: String,
    pub(super) primary: bool,
}

/// Acts that carry the dossier on, the most usual first: the first one open is the primary button.
const FORWARD: [Act; 9] = [
    Act::Receive,
    Act::Transfer,
    Act::Assign,
    Act::Propose,
    Act::Sign,
    Act::Issue,
    Act::GiveBack,
    Act::Work,
    Act::ConfirmPayment,
];

/// The open acts in the order of the buttons; the flag marks the one primary.
fn arranged(open: &[OpenAct]) -> Vec<(OpenAct, bool)> {
    let rank = |act: Act| FORWARD.iter().position(|forward| *forward == act);
    let mut acts = open.to_vec();
    acts.sort_by_key(|open| (rank(open.act).unwrap_or(FORWARD.len()), open.act, open.task));
    let first = |n: usize, act: Act| n == 0 && rank(act).is_some();
    acts.into_iter().enumerate().map(|(n, open)| (open, first(n, open.act))).collect()
}

/// The buttons.
pub(super) fn acts(desk: &Desk<'_>, open: &[OpenAct]) -> Vec<ActLink> {
    let link = |(open, primary): (OpenAct, bool)| {
        let name = open.act.name();
        let task = desk.dossier.open_tasks().find(|task| Some(task.no) == open.task);
        let (query, step) = match (open.act, task) {
            (Act::Work, Some(task)) => (format!("?viec={}", task.no), format!(": {}", task.name)),
            _ => (String::new(), String::new()),
        };
        ActLink {
            href: format!("/ho-so/{}/{name}{query}", desk.id),
            text: format!("{}{step}", desk.t(&format!("act-{name}"))),
            primary,
        }
    };
    arranged(open).into_iter().map(link).collect()
}

/// Whose dossier it is.
pub(super) fn applicant(desk: &Desk<'_>) -> Vec<Line> {
    let submitted = &desk.dossier.submitted;
    let of = &submitted.applicant;
    let case = desk.procedure().and_then(|procedure| {
        procedure.cases.iter().find(|case| Some(&case.id) == submitted.case.as_ref())
    });
    let lines = [
        ("staff-applicant", Some(of.name.clone())),
        ("staff-personal-number", of.personal_number.clone()),
        ("staff-tax-code", of.tax_code.clone()),
        ("staff-phone", of.phone.clone()),
        ("staff-email", of.email.clone()),
        ("staff-address", Some(of.address.clone())),
        ("staff-filed-by", of.filed_by.clone()),
        ("staff-case", case.map(|case| case.name.clone())),
        ("staff-agency", Some(desk.place(&submitted.agency))),
        ("staff-channel", Some(desk.t(&format!("channel-{}", submitted.channel.name())))),
        (
            "staff-result-way",
            Some(desk.t(&format!("staff-result-way-{}", submitted.result_channel.name()))),
        ),
    ];
    let given = lines.into_iter().filter_map(|(key, value)| Some((key, value?)));
    given
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| Line::new(desk.t(key), value))
        .collect()
}

/// A section of the statutory form.
#[derive(Default)]
pub(super) struct Block {
    pub(super) title: String,
    pub(super) lines: Vec<Line>,
}

/// What the statutory form says, by the form's sections; what no form names comes last.
pub(super) fn form(desk: &Desk<'_>) -> Vec<Block> {
    let submitted = &desk.dossier.submitted;
    let catalogue = &desk.web.office.catalogue;
    let form = desk
        .procedure()
        .and_then(|procedure| catalogue.form_for(procedure, submitted.case.as_deref()));
    let fields = form.map(|form| form.fields.as_slice()).unwrap_or_default();
    blocks(fields, &submitted.form)
}

fn blocks(
    fields: &[domain::procedure::form::Field],
    filled: &BTreeMap<String, String>,
) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut put =
        |title: &str, line: Line| match blocks.iter_mut().find(|block| block.title == title) {
            Some(block) => block.lines.push(line),
            None => blocks.push(Block { title: title.to_owned(), lines: vec![line] }),
        };
    for field in fields {
        let Some(value) = filled.get(&field.name) else { continue };
        let unit = field.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
        let line = Line::new(&field.label, format!("{value}{unit}"));
        put(field.section.as_deref().unwrap_or_default(), line);
    }
    let unnamed = |name: &&String| !fields.iter().any(|field| field.name == **name);
    for name in filled.keys().filter(unnamed) {
        put("", Line::new(name, &filled[name]));
    }
    blocks
}

/// A paper that was handed in.
pub(super) struct PaperLine {
    pub(super) n: usize,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) count: u32,
    pub(super) file: Option<String>,
    pub(super) reused: Option<ReusedLine>,
}

/// The papers as last counted, with how the results stand that were used for some.
pub(super) fn papers(desk: &Desk<'_>, states: &[(usize, ReusedState)]) -> Vec<PaperLine> {
    let line = |(n, paper): (usize, &Paper)| PaperLine {
        n: n + 1,
        name: component_name(desk.procedure(), &paper.component)
            .unwrap_or_else(|| paper.component.clone()),
        kind: brought_as(desk.lang, paper),
        count: paper.count.max(1),
        file: paper
            .file
            .as_ref()
            .map(|file| format!("{} ({})", file.name, size(desk.lang, file.size_bytes))),
        reused: paper.reused.as_ref().map(|reused| reused_line(desk, n + 1, reused, states)),
    };
    desk.dossier.papers.iter().enumerate().map(line).collect()
}

/// A result that stands for a paper: where it comes from, and how it stands today.
pub(super) struct ReusedLine {
    pub(super) code: String,
    pub(super) origin: String,
    pub(super) colour: &'static str,
    pub(super) state: String,
}

fn reused_line(
    desk: &Desk<'_>,
    n: usize,
    reused: &Reused,
    states: &[(usize, ReusedState)],
) -> ReusedLine {
    let lang = desk.lang;
    let issued =
        reused.issued_at.map(|at| t_with(lang, "reuse-issued", &[("day", words::date(at))]));
    let from = [issued, Some(place(desk.web, &reused.agency)), Some(desk.t("reuse-consented"))];
    let state = states.iter().find(|(at, _)| *at == n).map(|(_, state)| *state);
    let (colour, state) = match state {
        Some(ReusedState::Verified { standing, entry }) => {
            let (colour, words) = results::standing(lang, standing);
            let entry = t_with(lang, "reuse-entry", &[("entry", entry.to_string())]);
            (colour, format!("{}: {words}, {entry}", desk.t("reuse-verified")))
        }
        Some(ReusedState::Differs) | None => ("red", desk.t("reuse-differs")),
    };
    let origin = from.into_iter().flatten().collect::<Vec<String>>().join(", ");
    ReusedLine { code: reused.code.clone(), origin, colour, state }
}

/// A task of the process.
pub(super) struct TaskLine {
    pub(super) name: String,
    pub(super) who: String,
    pub(super) place: String,
    pub(super) due: Option<String>,
    pub(super) badge: Option<(String, &'static str)>,
    pub(super) closed: Option<String>,
}

/// The tasks in the order in which they were opened.
pub(super) fn tasks(desk: &Desk<'_>) -> Vec<TaskLine> {
    let line = |task: &Task| {
        let opened = &task.opened;
        let position = desk.t(&format!("position-{}", opened.position.name()));
        let held_by = opened.officer.as_ref().map_or(position, |id| desk.person(id));
        TaskLine {
            name: match opened.name.as_str() {
                "" => desk.t(&format!("staff-kind-{}", opened.kind.name())),
                name => name.to_owned(),
            },
            who: task.closed.as_ref().map_or(held_by, |(_, by)| desk.person(by)),
            place: desk.place(&opened.place),
            due: opened.due_at.map(|at| words::moment(desk.lang, at)),
            badge: match task.closed {
                Some(_) => None,
                None => opened.due_at.and_then(|at| desk.badge_until(at)),
            },
            closed: task.closed.as_ref().map(|(at, _)| words::moment(desk.lang, *at)),
        }
    };
    desk.dossier.tasks.iter().map(line).collect()
}

/// A request for supplements and its answer.
pub(super) struct Cycle {
    pub(super) title: String,
    pub(super) reason: String,
    pub(super) items: Vec<String>,
    pub(super) completed: Option<String>,
}

/// The requests so far.
pub(super) fn cycles(desk: &Desk<'_>) -> Vec<Cycle> {
    let cycle = |cycle: &SupplementCycle| {
        let at = words::moment(desk.lang, cycle.requested_at);
        Cycle {
            title: t_with(desk.lang, "staff-cycle", &[("moment", at)]),
            reason: cycle.reason.clone(),
            items: cycle.items.iter().map(|item| asked_for(desk.procedure(), item)).collect(),
            completed: cycle.completed_at.map(|at| words::moment(desk.lang, at)),
        }
    };
    desk.dossier.supplements.iter().map(cycle).collect()
}

/// The payments that were asked for.
pub(super) fn payments(desk: &Desk<'_>) -> Vec<Line> {
    let lang = desk.lang;
    let line = |payment: &Payment| {
        let asked = words::moment(lang, payment.requested_at);
        let paid = match (payment.confirmed_at, &payment.receipt_number) {
            (Some(at), Some(number)) => {
                let words = [("moment", words::moment(lang, at)), ("number", number.clone())];
                t_with(lang, "staff-payment-done", &words)
            }
            _ => desk.t("staff-payment-open"),
        };
        let amount = marks::dong(lang, payment.amount_vnd);
        let Payment { what, legal_basis, .. } = payment;
        Line::new(
            t_with(lang, "staff-payment-asked", &[("moment", asked)]),
            format!("{what}: {amount} ({legal_basis}) – {paid}"),
        )
    };
    desk.dossier.payments.iter().map(line).collect()
}

/// How the promise was moved: with an apology, or by a changed calendar.
pub(super) fn moves_of_the_promise(desk: &Desk<'_>) -> Vec<Line> {
    let lang = desk.lang;
    let line = |key: &str, [at, old, new]: [Instant; 3], why: &str| {
        let words = [
            ("moment", words::moment(lang, at)),
            ("old", words::moment(lang, old)),
            ("new", words::moment(lang, new)),
        ];
        Line::new(desk.t(key), format!("{} – {why}", t_with(lang, "staff-moved", &words)))
    };
    let clock = &desk.dossier.clock;
    let apologies = clock.reappointments.iter().map(|moved| {
        line("staff-reappointed", [moved.at, moved.old_due, moved.due], &moved.reason)
    });
    let corrections = clock.corrections.iter().map(|moved| {
        line("staff-corrected", [moved.at, moved.old_due, moved.due], &moved.decision)
    });
    apologies.chain(corrections).collect()
}

/// The latest draft.
pub(super) struct DraftView {
    pub(super) title: String,
    pub(super) body: Vec<String>,
    pub(super) facts: Vec<Line>,
}

/// The latest draft, if there is one.
pub(super) fn draft(desk: &Desk<'_>) -> Option<DraftView> {
    let draft = desk.dossier.draft.as_ref()?;
    let lines = [
        ("staff-draft-number", Some(draft.number.to_string())),
        ("staff-outcome", Some(desk.t(&format!("outcome-{}", draft.outcome.name())))),
        ("staff-draft-note", Some(draft.note.clone())),
        ("staff-sent-back", draft.sent_back.clone()),
        ("staff-signed-by", draft.signed_by.clone()),
        ("staff-signed-at", draft.signed_at.map(|at| words::moment(desk.lang, at))),
        ("staff-result-number", desk.dossier.result_number.clone()),
    ];
    let given = lines.into_iter().filter_map(|(key, value)| Some((key, value?)));
    let facts = given
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| Line::new(desk.t(key), value));
    Some(DraftView {
        title: draft.title.clone(),
        body: paragraphs(&draft.body),
        facts: facts.collect(),
    })
}

/// A line of the course.
pub(crate) struct Moment {
    pub(crate) title: String,
    pub(crate) when: String,
    pub(crate) machine: String,
    pub(crate) who: Vec<String>,
    pub(crate) arrived: Option<String>,
    pub(crate) words: Option<String>,
    pub(crate) last: bool,
}

/// The course, newest first.
pub(crate) fn moments(desk: &Desk<'_>, course: &[Entry]) -> Vec<Moment> {
    let line = |(n, entry): (usize, &Entry)| {
        let title = t(desk.lang, &format!("fact-{}", entry.kind));
        let unit = entry.unit.as_deref().map(|unit| desk.place(unit));
        Moment {
            title: match &entry.step {
                Some(step) => format!("{title}: {step}"),
                None => title,
            },
            when: words::moment(desk.lang, entry.at),
            machine: words::machine(entry.at),
            who: entry.who.iter().cloned().chain(unit).collect(),
            arrived: entry.arrived.as_ref().map(|arrived| words::arrived(desk.lang, arrived)),
            words: entry.words.clone(),
            last: n == 0,
        }
    };
    course.iter().rev().enumerate().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use office::catalogue::Catalogue;

    #[test]
    fn one_button_carries_the_dossier_on() {
        let open = |act| OpenAct { act, task: Some(1) };
        let named = |acts: &[Act]| -> Vec<(Act, bool)> {
            let open: Vec<OpenAct> = acts.iter().map(|act| open(*act)).collect();
            arranged(&open).into_iter().map(|(open, primary)| (open.act, primary)).collect()
        };
        assert_eq!(
            named(&[Act::Withdraw, Act::Refuse, Act::RequestSupplement, Act::Receive]),
            [
                (Act::Receive, true),
                (Act::RequestSupplement, false),
                (Act::Refuse, false),
                (Act::Withdraw, false)
            ]
        );
        assert_eq!(named(&[Act::SendBack, Act::Work]), [(Act::Work, true), (Act::SendBack, false)]);
        assert_eq!(named(&[Act::Withdraw]), [(Act::Withdraw, false)]);
        assert!(named(&[]).is_empty());
    }

    #[test]
    fn the_form_is_shown_with_its_labels() {
        let catalogue = Catalogue::embedded().unwrap();
        let form = &catalogue.forms["F.N217.PL2.M01.NHAO"];
        let field = form.fields.iter().find(|field| field.unit.is_some()).unwrap();
        let filled = BTreeMap::from([
            (field.name.clone(), "120".to_owned()),
            ("khong_co_trong_mau".to_owned(), "x".to_owned()),
        ]);
        let blocks = blocks(&form.fields, &filled);
        let lines: Vec<&Line> = blocks.iter().flat_map(|block| &block.lines).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].key, field.label);
        assert!(lines[0].value.starts_with("120 "));
        assert_eq!(lines[1].key, "khong_co_trong_mau");
    }
}
