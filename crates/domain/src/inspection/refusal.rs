//! A refusal is an answer, not a failure: a reason for the person.

use super::command::Act;
use crate::dossier::Problem;
use crate::worktime::YearNotEntered;

/// Why nothing happened.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The act is not open on this inspection now.
    #[error("the act {0:?} is not open on this inspection")]
    NotOpen(Act),
    /// This person may not do it; shown as "not found" to those who may not know of it.
    #[error("this person may not do {0:?} on this inspection")]
    NotPermitted(Act),
    /// What was sent is incomplete or wrong, place by place.
    #[error("{} problems", .0.len())]
    Invalid(Vec<Problem>),
    /// The calendar of a year is not entered.
    #[error("{0}")]
    Calendar(#[from] YearNotEntered),
    /// A rule of inspections.
    #[error("{0:?}")]
    Rule(Rule),
}

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $name:literal,)*) => {
        /// A rule that was not kept; its sentence stands in the translations.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Rule { $($(#[$doc])* $rule,)* }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Rule] = &[$(Rule::$rule,)*];

            /// The name in translation keys.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Rule::$rule => $name,)* }
            }
        }
    };
}

rules! {
    /// A delegation has one lead and one secretary.
    OneLeadOneSecretary = "one-lead-one-secretary",
    /// Nobody inspects the agency they work for.
    OwnAgency = "own-agency",
    /// An unannounced inspection is not announced; one by report has no session.
    NotInThisForm = "not-in-this-form",
    /// The agency has at least five working days.
    TooShortNotice = "too-short-notice",
    /// The delegation's period is not running.
    OutsidePeriod = "outside-period",
    /// A shortcoming or violation rests on evidence.
    NoEvidence = "no-evidence",
    /// The minutes are being signed: they stand.
    MinutesStand = "minutes-stand",
    /// The minutes are not signed by both sides.
    MinutesNotSigned = "minutes-not-signed",
    /// A shortcoming or violation is followed by a recommendation or a reminder on the spot.
    NotFollowed = "not-followed",
    /// The checkpoint is not later than the population.
    CheckpointNotLater = "checkpoint-not-later",
    /// There is no dossier to draw from.
    NothingToDraw = "nothing-to-draw",
    /// Whoever works for the agency does not verify what it reported.
    VerifiedByOwn = "verified-by-own",
    /// Nothing was reported that could be verified.
    NothingReported = "nothing-reported",
    /// Only what is overdue goes to a higher place.
    NotOverdue = "not-overdue",
    /// The new day is not later than the old one.
    NotLater = "not-later",
    /// This side has signed.
    SignedAlready = "signed-already",
}
