//! A refusal is an answer, not a failure: a reason for the person, with what to do about it.

use super::command::Act;
use crate::procedure::form::FieldReason;
use crate::worktime::YearNotEntered;

/// Why nothing happened.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The act is not the next one for this dossier (HTTP 409).
    #[error("the act {0:?} is not open on this dossier")]
    NotOpen(Act),
    /// This person may not do it; shown as "not found" to those who may not even know (HTTP 404).
    #[error("this person may not do {0:?} on this dossier")]
    NotPermitted(Act),
    /// What was sent is incomplete or wrong, place by place (HTTP 422).
    #[error("{} problems", .0.len())]
    Invalid(Vec<Problem>),
    /// The calendar of a year is not entered: a due date is never guessed.
    #[error("{0}")]
    Calendar(#[from] YearNotEntered),
    /// The catalogue has no approved process for this procedure and time class.
    #[error("no approved process for this procedure")]
    NoProcess,
    /// The procedure version does not accept filings on that day.
    #[error("the procedure is not in force")]
    ProcedureNotInForce,
    /// A second request for supplements at the same stage (NĐ 61/2018 Đ11.2.c).
    #[error("supplements may be asked for only once at this stage")]
    SupplementOnlyOnce,
    /// Asked later than the law allows (NĐ 61/2018 Đ19.4: three working days).
    #[error("the time limit for asking for supplements is over")]
    SupplementTooLate,
    /// The procedure's own law knows no request for supplements at this stage.
    #[error("this procedure has no request for supplements at this stage")]
    SupplementNotAllowed,
    /// An apology comes at the latest one day before the due date (NĐ 61/2018 Đ19.9).
    #[error("the time limit for a re-appointment is over")]
    ReappointmentTooLate,
    /// The present calendar gives no later due date than the one promised.
    #[error("the calendar proposes no other due date")]
    NothingToCorrect,
    /// The draft the leader read is not the current one.
    #[error("the draft was changed after it was read")]
    DraftChanged,
}

/// One thing wrong, at one place of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where: `applicant.name`, `form.{field}`, `paper.{component}`, `reason` …
    pub place: String,
    /// What, as a reason the page turns into a sentence.
    pub reason: Reason,
}

impl Problem {
    /// A problem at a place.
    pub fn new(place: impl Into<String>, reason: Reason) -> Problem {
        Problem { place: place.into(), reason }
    }
}

/// The kinds of things that can be wrong with an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Needed and empty.
    Missing,
    /// A mandatory component was not attached.
    PaperMissing,
    /// A result may be used only when its owner agrees.
    ConsentMissing,
    /// The applicant has no such result, or it is not good for this paper today.
    NoSuchResult,
    /// Longer than the limit, in characters.
    TooLong(usize),
    /// More than the limit, in items.
    TooMany(usize),
    /// Not one of the choices.
    Unknown,
    /// Neither a personal number nor a tax code was given.
    IdentityMissing,
    /// A number outside its limits, both allowed.
    OutOfRange(u64, u64),
    /// A ground that does not hold for this dossier now.
    NotTheCase,
    /// This channel is not offered.
    ChannelNotOffered,
    /// A field's own rule.
    Field(FieldReason),
}

/// Collects problems, then answers once with all of them.
#[derive(Default)]
pub(crate) struct Problems(pub(crate) Vec<Problem>);

impl Problems {
    pub(crate) fn add(&mut self, place: impl Into<String>, reason: Reason) {
        self.0.push(Problem::new(place, reason));
    }

    /// The text, trimmed; a problem when it is empty or longer than `limit` characters.
    pub(crate) fn text(&mut self, place: &str, text: &str, limit: usize) -> String {
        let text = crate::text::normalise(text);
        if text.is_empty() {
            self.add(place, Reason::Missing);
        }
        self.limited(place, text, limit)
    }

    /// The text, trimmed; a problem only when it is longer than `limit` characters.
    pub(crate) fn optional(&mut self, place: &str, text: &str, limit: usize) -> String {
        let text = crate::text::normalise(text);
        self.limited(place, text, limit)
    }

    fn limited(&mut self, place: &str, text: String, limit: usize) -> String {
        if text.chars().count() > limit {
            self.add(place, Reason::TooLong(limit));
        }
        text
    }

    pub(super) fn none_or_refuse(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Invalid(self.0)) }
    }
}

/// Limits of free texts, in characters. Everything has a limit.
pub(crate) mod limit {
    pub(crate) const NOTE: usize = 2_000;
    pub(crate) const REASON: usize = 2_000;
    pub(crate) const LINE: usize = 300;
    pub(crate) const BODY: usize = 20_000;
    pub(crate) const PAPERS: usize = 200;
    pub(crate) const ITEMS: usize = 50;
}
