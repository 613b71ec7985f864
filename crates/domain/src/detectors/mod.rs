//! Signs that something is odd (dấu hiệu bất thường): D1–D15 of the domain's invariants chapter.
//!
//! A sign is no verdict. Each names the dossier, the entry of the log, the instant and what is odd
//! there, so that a person can look and the agency can explain.
//!
//! * [`Detector`] — what there is; [`Evidence`] with its [`Oddity`] — what was found.
//! * [`Thresholds`] — the numbers behind the definitions, each with its source: configuration.
//! * [`judge`] — what a fact shows by itself (`single`), and from when on waiting makes its dossier
//!   odd (`standing`).
//! * [`Watch`] — takes judged facts in once, in the order of the log, and keeps what any window may
//!   ask: odd places (`kept`), ends (`joint`), runs of steps (`clicks`).
//! * [`Signs`] — its answer for a window (`answer`).
//! * [`reported`] — what no fact of a dossier tells: claims, ratings, days written on papers.

mod answer;
mod bursts;
mod clicks;
mod joint;
mod judged;
mod kept;
pub mod reported;
mod single;
mod standing;
mod threshold;
mod watch;

pub use answer::{Signs, Told};
pub use judged::{Judged, Lens, Looked, Published, Taken, judge};
pub use threshold::{Threshold, Thresholds};
pub use watch::Watch;

use crate::time::Instant;
use jiff::civil::Date;
use serde::Serialize;

macro_rules! detectors {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// A kind of sign.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Detector { $($(#[$doc])* $name,)* }

        impl Detector {
            /// All, in their order.
            pub const ALL: [Detector; 15] = [$(Detector::$name,)*];

            /// The code in reports, addresses and translation keys.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Detector::$name => $code,)* }
            }
        }
    };
}

detectors! {
    /// Supplements asked for in the last part of the time, or after the due date.
    LateRequest = "d1",
    /// An answer to a request that brings nothing new of what was asked for.
    NothingNew = "d2",
    /// Withdrawn close to the due date, or one official with many withdrawals.
    Withdrawal = "d3",
    /// Filed again by the same subject, soon after the first was withdrawn or stopped.
    Refiled = "d4",
    /// Results that cluster at the very end of the promised time.
    AtDue = "d5",
    /// Many steps finished by one official within a minute.
    Bulk = "d6",
    /// Received long after the filing, or still waiting.
    LateReception = "d7",
    /// A paper filing entered when the counter was closed, or days after it came in.
    BackDated = "d8",
    /// Given back before the result was signed.
    Unsigned = "d9",
    /// Nothing happened for a multiple of the step's time.
    Stuck = "d10",
    /// Late without an apology, or with one that came after the due date.
    Apology = "d11",
    /// A number that an agency reports, and the record says another.
    Claim = "d12",
    /// A fee that the published list does not have.
    Fee = "d13",
    /// A paper asked for that the published list does not have.
    NotListed = "d14",
    /// The best rating again and again from one device within minutes.
    Ratings = "d15",
}

impl Detector {
    /// Does a fact of a dossier tell it? Otherwise it looks at what others record (`reported`), and
    /// where nothing is recorded, nothing was looked at.
    #[must_use]
    pub const fn is_told_by_facts(self) -> bool {
        !matches!(self, Detector::Claim | Detector::Ratings)
    }

    /// The detector with this code.
    #[must_use]
    pub fn named(code: &str) -> Option<Detector> {
        Detector::ALL.into_iter().find(|detector| detector.code().eq_ignore_ascii_case(code))
    }
}

impl Serialize for Detector {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// One place where something is odd.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The kind of sign.
    pub detector: Detector,
    /// The agency it concerns.
    pub agency: String,
    /// The dossier's id; `None` for a reported number.
    pub dossier: Option<String>,
    /// Its code, once it had one.
    pub code: Option<String>,
    /// Number of the log's entry: of the odd fact, or of the last one before nothing happened.
    pub entry: Option<u64>,
    /// When.
    pub at: Instant,
    /// What is odd.
    pub oddity: Oddity,
}

/// What is odd, with the numbers that show it. Minutes are working minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Oddity {
    /// D1: so much was left of the whole when supplements were asked for; negative when late.
    LateRequest {
        /// Left.
        left_minutes: i64,
        /// The whole time of the cycle.
        whole_minutes: i64,
    },
    /// D2: so many components were asked for again, and none of them changed.
    NothingNew {
        /// Components asked for.
        asked: u64,
    },
    /// D3: withdrawn with so little left; negative when late.
    WithdrawnNearDue {
        /// Left.
        left_minutes: i64,
    },
    /// D3: many withdrawals of dossiers in one official's charge.
    ManyWithdrawn {
        /// The official's id.
        official: String,
        /// Withdrawn in the period.
        withdrawn: u64,
        /// Ended in the period, in whatever way.
        ended: u64,
    },
    /// D4: the earlier dossier of the chain, and how many days before this filing it ended.
    Refiled {
        /// Id of the earlier one.
        before: String,
        /// Its code, when it had one.
        before_code: Option<String>,
        /// Days between.
        days: i64,
    },
    /// D5: finished with so little left, as so many of the agency's results.
    AtDue {
        /// Left.
        left_minutes: i64,
        /// Results this close to their due date.
        close: u64,
        /// All results of the period.
        of: u64,
    },
    /// D6: one of so many steps that an official finished within a minute.
    Bulk {
        /// The official's id.
        official: String,
        /// Steps in that minute.
        steps: u64,
    },
    /// D7: so long between filing (or the papers' return) and the counter's answer.
    LateReception {
        /// Passed.
        minutes: i64,
        /// Allowed.
        allowed: i64,
    },
    /// D7: nobody has answered for so long.
    StillWaiting {
        /// Passed.
        minutes: i64,
        /// Allowed.
        allowed: i64,
    },
    /// D8: entered at a time when the counter was closed.
    CounterClosed,
    /// D8: the day on the paper, so many working days before it was entered.
    EnteredLater {
        /// The day on the paper.
        said_on: Date,
        /// Working days between.
        days: i64,
    },
    /// D9: given back, and no result was signed before.
    Unsigned,
    /// D10: nothing happened for so long in a step that is planned shorter.
    Stuck {
        /// The step's name, or its kind.
        step: String,
        /// Passed.
        minutes: i64,
        /// Planned.
        planned: i64,
    },
    /// D11: late, and nobody apologised; so many days beyond the promise.
    NoApology {
        /// Calendar days.
        days: i64,
    },
    /// D11: the apology came after the due date.
    ApologyLate,
    /// D12: reported and recounted.
    ClaimDiffers {
        /// What was reported.
        figure: String,
        /// The reported number.
        claimed: i64,
        /// The record's number.
        counted: i64,
    },
    /// D13: asked for, and what the published list has.
    FeeDiffers {
        /// Asked for, in đồng.
        asked_vnd: u64,
        /// On the list.
        listed_vnd: Vec<u64>,
    },
    /// D14: a component that is not on the list; empty when neither component nor article is named.
    NotListed {
        /// The component's id.
        component: String,
    },
    /// D15: one of so many best ratings from a device.
    RatingBurst {
        /// The device.
        device: String,
        /// Ratings in the burst.
        ratings: u64,
    },
}
