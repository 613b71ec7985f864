//! The numbers behind the definitions: configuration (`catalogue/detectors.toml`), each with its
//! source and how sure that is.

use super::Detector;
use crate::procedure::Confidence;
use serde::{Deserialize, Serialize};

/// A number with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The number, in the unit that its name says.
    pub value: i64,
    /// The article, or what stands in for one.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

macro_rules! thresholds {
    ($($(#[$doc:meta])* $detector:ident $name:ident,)*) => {
        /// Every number that a definition uses.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Thresholds { $($(#[$doc])* pub $name: Threshold,)* }

        impl Thresholds {
            /// The numbers of one detector, by name.
            #[must_use]
            pub fn of(&self, detector: Detector) -> Vec<(&'static str, &Threshold)> {
                let all = [$((Detector::$detector, stringify!($name), &self.$name)),*];
                let own = all.into_iter().filter(|(whose, ..)| *whose == detector);
                own.map(|(_, name, threshold)| (name, threshold)).collect()
            }
        }
    };
}

thresholds! {
    /// Percent of the time that may be left at least when supplements are asked for.
    LateRequest late_request_percent,
    /// Working minutes before the due date within which a withdrawal is odd.
    Withdrawal withdrawn_near_minutes,
    /// Withdrawals of one official from which on they are looked at.
    Withdrawal withdrawn_least,
    /// Percent of what ended with that official from which on they are odd.
    Withdrawal withdrawn_percent,
    /// Days after the end of the first within which a filing belongs to its chain.
    Refiled refiled_days,
    /// Working minutes before the due date that count as "at the due date".
    AtDue at_due_minutes,
    /// Results this close from which on an agency is looked at.
    AtDue at_due_least,
    /// Percent of the agency's results from which on they cluster.
    AtDue at_due_percent,
    /// Steps that one official may finish within a minute.
    Bulk bulk_steps,
    /// Working minutes in which a filing should be answered.
    LateReception reception_minutes,
    /// Minutes around the counter's hours in which a filing may still be entered.
    BackDated closed_minutes,
    /// Working days in which a paper that came in may be entered.
    BackDated entered_days,
    /// Multiple of a step's time after which a dossier is stuck.
    Stuck stuck_times,
    /// Working minutes that are never called stuck.
    Stuck stuck_least_minutes,
    /// Best ratings of one device that make a burst.
    Ratings burst_ratings,
    /// Minutes in which they make one.
    Ratings burst_minutes,
}
