//! The kinds of answers that are not the wished one.

use domain::dossier::Refusal;

/// Why an act or a view gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// The rule said no, with the reason for the person.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// There is no such thing, or this person may not know of it: the same answer.
    #[error("not found")]
    NotFound,
    /// Others acted on the same dossier at the same moment, three times in a row.
    #[error("the dossier changed meanwhile")]
    Conflict,
    /// The idempotency key was used before for something else.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The paper cannot be printed just now; it comes from facts, and is tried again.
    #[error("the paper is not printed yet")]
    NotYetPrinted,
    /// The figures are being counted from the record, as after a start; so many percent of it.
    #[error("the figures are not counted yet: {percent} %")]
    NotYetCounted {
        /// Of the entries of the log.
        percent: u64,
    },
    /// A technical failure: the outcome may be unknown; repeating with the same key is safe.
    #[error("{doing}: {cause}")]
    Fault {
        /// What was being done.
        doing: &'static str,
        /// The cause, for the log.
        cause: String,
    },
}

impl ActError {
    pub(crate) fn fault(doing: &'static str, cause: impl std::fmt::Display) -> ActError {
        ActError::Fault { doing, cause: cause.to_string() }
    }

    /// A refusal because of permission is told as "not found".
    pub(crate) fn from_refusal(refusal: Refusal) -> ActError {
        match refusal {
            Refusal::NotPermitted(_) => ActError::NotFound,
            refusal => ActError::Refused(refusal),
        }
    }
}
