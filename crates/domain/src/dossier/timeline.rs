//! The course of a dossier as each side may read it: the same facts, more or fewer words.

use super::event::{By, Event, Fact};
use crate::time::Instant;
use jiff::civil::Date;

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Anyone with the code: progress only, no names (TT 01/2018 Đ16.2.d).
    Public,
    /// The applicant: which unit, which words were said to them.
    Applicant,
    /// Officials: everything.
    Official,
}

/// One line of the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Instant,
    /// The fact's kind: a translation key.
    pub kind: &'static str,
    /// The step's name, for internal steps.
    pub step: Option<String>,
    /// Who acted: an official's name, shown to officials only.
    pub who: Option<String>,
    /// The unit that acted (unit id), for applicants and officials.
    pub unit: Option<String>,
    /// Words that belong to the fact: a reason, a note.
    pub words: Option<String>,
    /// Where papers were entered later than they came.
    pub arrived: Option<Arrived>,
}

/// Papers that came on an earlier day than they were entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// The day on which they are said to have come; everyone may know it.
    pub on: Date,
    /// Why they were entered later; for officials.
    pub reason: Option<String>,
}

/// The lines this reader may see, oldest first.
#[must_use]
pub fn timeline(facts: &[Fact], reader: Reader) -> Vec<Entry> {
    facts.iter().filter_map(|fact| entry(fact, reader)).collect()
}

fn entry(fact: &Fact, reader: Reader) -> Option<Entry> {
    let internal = is_internal(&fact.event);
    if internal && reader == Reader::Public {
        return None;
    }
    let (step, words) = content(&fact.event);
    let among_officials = internal || matches!(fact.event, Event::Received(_));
    let spoken = match reader {
        Reader::Public => false,
        Reader::Applicant => !among_officials,
        Reader::Official => true,
    };
    let (who, unit) = match (&fact.by, reader) {
        (By::Official { name, unit, .. }, Reader::Official) => {
            (Some(name.clone()), Some(unit.clone()))
        }
        (By::Official { unit, .. }, Reader::Applicant) => (None, Some(unit.clone())),
        _ => (None, None),
    };
    Some(Entry {
        at: fact.at,
        kind: fact.event.kind(),
        step,
        who,
        unit,
        words: words.filter(|words| spoken && !words.is_empty()),
        arrived: arrived(&fact.event, reader),
    })
}

fn arrived(event: &Event, reader: Reader) -> Option<Arrived> {
    let Event::Received(received) = event else { return None };
    let late = received.late_entry.as_ref()?;
    let reason = (reader == Reader::Official).then(|| late.reason.clone());
    Some(Arrived { on: late.arrived_on, reason: reason.filter(|reason| !reason.is_empty()) })
}

/// The agency's inner steps: officials and the applicant see that they happened, the public not.
fn is_internal(event: &Event) -> bool {
    match event {
        Event::StepCompleted(_)
        | Event::Proposed(_)
        | Event::SentBack(_)
        | Event::Signed(_)
        | Event::Assigned(_) => true,
        Event::Submitted(_)
        | Event::Received(_)
        | Event::SupplementRequested(_)
        | Event::Supplemented(_)
        | Event::NotAccepted(_)
        | Event::Transferred(_)
        | Event::Issued(_)
        | Event::Returned(_)
        | Event::Withdrawn(_)
        | Event::PaymentRequested(_)
        | Event::PaymentConfirmed(_)
        | Event::Reappointed(_)
        | Event::DueCorrected(_)
        | Event::Stopped(_) => false,
    }
}

fn content(event: &Event) -> (Option<String>, Option<String>) {
    match event {
        Event::Submitted(_) | Event::Transferred(_) | Event::Signed(_) | Event::Issued(_) => {
            (None, None)
        }
        Event::Received(fact) => (None, Some(fact.note.clone())),
        Event::SupplementRequested(fact) => (None, Some(fact.reason.clone())),
        Event::Supplemented(fact) => (None, Some(fact.note.clone())),
        Event::NotAccepted(fact) => (None, Some(fact.reason.clone())),
        Event::Assigned(fact) => (None, Some(fact.note.clone())),
        Event::StepCompleted(fact) => (Some(fact.name.clone()), Some(fact.note.clone())),
        Event::Proposed(fact) => (None, Some(fact.note.clone())),
        Event::SentBack(fact) => (None, Some(fact.reason.clone())),
        Event::Returned(fact) => (None, Some(fact.note.clone())),
        Event::Withdrawn(fact) => (None, Some(fact.reason.clone())),
        Event::PaymentRequested(fact) => (None, Some(fact.what.clone())),
        Event::PaymentConfirmed(fact) => (None, Some(fact.receipt_number.clone())),
        Event::Reappointed(fact) => (None, Some(fact.reason.clone())),
        Event::DueCorrected(fact) => (None, Some(fact.decision.clone())),
        Event::Stopped(fact) => (None, Some(fact.reason.clone())),
    }
}
