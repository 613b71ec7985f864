//! What an agency may claim, and from where the system takes its own value.

use crate::statistics::Figure;
use crate::statistics::offer::Offer;
use serde::{Deserialize, Serialize};

macro_rules! measures {
    ($($(#[$doc:meta])* $measure:ident = $name:literal as $unit:ident,)*) => {
        /// A figure that a report names.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum Measure { $($(#[$doc])* $measure,)* }

        impl Measure {
            /// Every measure, in the order of the forms.
            pub const ALL: &'static [Measure] = &[$(Measure::$measure,)*];

            /// The name in facts, forms and translation keys.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Measure::$measure => $name,)* }
            }

            /// What it counts in.
            #[must_use]
            pub const fn unit(self) -> Unit {
                match self { $(Measure::$measure => Unit::$unit,)* }
            }
        }
    };
}

measures! {
    /// Procedures the agencies offer.
    ProceduresTotal = "procedures_total" as Procedure,
    /// Of those, received and given back at the one-stop.
    ProceduresAtOneStop = "procedures_at_one_stop" as Procedure,
    /// Of those, online at level 3 (NĐ 43/2011).
    OnlineLevel3 = "online_level_3" as Procedure,
    /// Of those, online at level 4.
    OnlineLevel4 = "online_level_4" as Procedure,
    /// Of those, online at level 3 or 4.
    OnlineLevel3And4 = "online_level_3_and_4" as Procedure,
    /// Of those, with filing or result by public post (QĐ 45/2016).
    PostalReceivedReturned = "postal_received_returned" as Procedure,
    /// The smallest cut of time, statutory to committed, of those with a cut.
    TimeCutMin = "time_cut_min" as Percent,
    /// The largest cut of time.
    TimeCutMax = "time_cut_max" as Percent,
    /// Dossiers handled in the period (II.06a column 3).
    DossiersHandled = "dossiers_handled" as Dossier,
    /// Of those, resolved (column 7).
    DossiersResolved = "dossiers_resolved" as Dossier,
    /// Resolved before the promised day (column 8).
    ResolvedEarly = "resolved_early" as Dossier,
    /// Resolved on it (column 9).
    ResolvedOnTime = "resolved_on_time" as Dossier,
    /// Resolved late (column 10).
    ResolvedLate = "resolved_late" as Dossier,
    /// In hand at the end and late (column 13).
    RunningLate = "running_late" as Dossier,
    /// Resolved late, within the date that an apology promised (BM3).
    LateWithApology = "late_with_apology" as Dossier,
    /// Issued after supplements were asked for more than once.
    SupplementedOften = "supplemented_often" as Dossier,
    /// Not received: given back at the counter (BM4).
    NotAccepted = "not_accepted" as Dossier,
    /// Taken back by the applicant (BM4).
    Withdrawn = "withdrawn" as Dossier,
    /// Results issued before the promised day, of all issued: counted by dossiers.
    FinishedEarlierShare = "finished_earlier_share" as Percent,
    /// Procedures most of whose results came before the promised day, of those with a result:
    /// the other reading of "65 % of the procedures".
    FinishedEarlierProcedures = "finished_earlier_procedures" as Percent,
}

/// What a measure counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Procedures of the catalogue.
    Procedure,
    /// Dossiers.
    Dossier,
    /// Hundredths of a whole.
    Percent,
}

impl Unit {
    /// The name in translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Unit::Procedure => "procedure",
            Unit::Dossier => "dossier",
            Unit::Percent => "percent",
        }
    }
}

/// From where the system takes its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The catalogue of the day: a count of procedures.
    Procedures,
    /// The catalogue of the day: the cut of times.
    Cut,
    /// Dossiers that a figure counts in the period.
    Dossiers(Figure),
    /// The share of one figure in another.
    Share(Figure, Figure),
    /// The share of procedures most of whose results were early.
    ProcedureShare,
}

impl Measure {
    /// The measure of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Measure> {
        Measure::ALL.iter().copied().find(|measure| measure.name() == name)
    }

    /// The data form that asks for it.
    #[must_use]
    pub const fn data_form(self) -> &'static str {
        match self {
            Measure::ProceduresTotal
            | Measure::ProceduresAtOneStop
            | Measure::OnlineLevel3
            | Measure::OnlineLevel4
            | Measure::OnlineLevel3And4
            | Measure::PostalReceivedReturned
            | Measure::TimeCutMin
            | Measure::TimeCutMax => "BM1",
            Measure::DossiersHandled
            | Measure::DossiersResolved
            | Measure::ResolvedEarly
            | Measure::ResolvedOnTime
            | Measure::FinishedEarlierShare
            | Measure::FinishedEarlierProcedures => "BM2",
            Measure::ResolvedLate | Measure::RunningLate | Measure::LateWithApology => "BM3",
            Measure::SupplementedOften | Measure::NotAccepted | Measure::Withdrawn => "BM4",
        }
    }

    /// From where its value comes.
    #[must_use]
    pub const fn source(self) -> Source {
        match self {
            Measure::ProceduresTotal
            | Measure::ProceduresAtOneStop
            | Measure::OnlineLevel3
            | Measure::OnlineLevel4
            | Measure::OnlineLevel3And4
            | Measure::PostalReceivedReturned => Source::Procedures,
            Measure::TimeCutMin | Measure::TimeCutMax => Source::Cut,
            Measure::DossiersHandled => Source::Dossiers(Figure::Handled),
            Measure::DossiersResolved => Source::Dossiers(Figure::Resolved),
            Measure::ResolvedEarly => Source::Dossiers(Figure::ResolvedEarly),
            Measure::ResolvedOnTime => Source::Dossiers(Figure::ResolvedOnTime),
            Measure::ResolvedLate => Source::Dossiers(Figure::ResolvedLate),
            Measure::RunningLate => Source::Dossiers(Figure::RunningLate),
            Measure::SupplementedOften => Source::Dossiers(Figure::SupplementedOften),
            Measure::LateWithApology => Source::Dossiers(Figure::SettledLateWithApology),
            Measure::NotAccepted => Source::Dossiers(Figure::NotAccepted),
            Measure::Withdrawn => Source::Dossiers(Figure::Withdrawn),
            Measure::FinishedEarlierShare => Source::Share(Figure::IssuedEarly, Figure::Issued),
            Measure::FinishedEarlierProcedures => Source::ProcedureShare,
        }
    }

    /// How an offer answers: a count of its procedures; `None` for what it does not tell.
    #[must_use]
    pub fn of_offer(self, offer: &Offer) -> Option<u64> {
        match self {
            Measure::ProceduresTotal => Some(offer.procedures),
            Measure::ProceduresAtOneStop => Some(offer.at_one_stop),
            Measure::OnlineLevel3 => Some(offer.level_3),
            Measure::OnlineLevel4 => Some(offer.level_4),
            Measure::OnlineLevel3And4 => Some(offer.level_3 + offer.level_4),
            Measure::PostalReceivedReturned => Some(offer.by_post),
            Measure::TimeCutMin => offer.cut.map(|cut| cut.min),
            Measure::TimeCutMax => offer.cut.map(|cut| cut.max),
            Measure::DossiersHandled
            | Measure::DossiersResolved
            | Measure::ResolvedEarly
            | Measure::ResolvedOnTime
            | Measure::ResolvedLate
            | Measure::RunningLate
            | Measure::LateWithApology
            | Measure::SupplementedOften
            | Measure::NotAccepted
            | Measure::Withdrawn
            | Measure::FinishedEarlierShare
            | Measure::FinishedEarlierProcedures => None,
        }
    }

    /// What else the same words may mean; the report shows every reading and chooses none.
    #[must_use]
    pub const fn other_readings(self) -> &'static [Measure] {
        match self {
            Measure::FinishedEarlierShare => &[Measure::FinishedEarlierProcedures],
            Measure::FinishedEarlierProcedures => &[Measure::FinishedEarlierShare],
            _ => &[],
        }
    }

    /// Is it a part of the procedures offered, so that it cannot be more than they are?
    #[must_use]
    pub const fn is_part_of_procedures(self) -> bool {
        matches!(self.unit(), Unit::Procedure) && !matches!(self, Measure::ProceduresTotal)
    }
}
