//! Everything a rule may look at besides the dossier itself: the instant, the actor, the versions
//! in force. It all comes in as arguments.

use super::Dossier;
use super::event::By;
use crate::organisation::{Organisation, Position};
use crate::procedure::Procedure;
use crate::procedure::form::Form;
use crate::process::Process;
use crate::rules::{RuleProfile, Rules};
use crate::time::Instant;
use crate::worktime::Calendar;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in applicant.
    Applicant {
        /// Account id.
        account: String,
    },
    /// An official in one position.
    Official {
        /// Official's id.
        id: String,
        /// Full name.
        name: String,
        /// Agency or one-stop (unit id).
        unit: String,
        /// Division within it.
        division: Option<String>,
        /// Position held.
        position: Position,
    },
    /// The system.
    System,
}

impl Actor {
    /// How this actor is written into a fact.
    #[must_use]
    pub fn by(&self) -> By {
        match self {
            Actor::Applicant { account } => By::Applicant { account: account.clone() },
            Actor::Official { id, name, unit, .. } => {
                By::Official { id: id.clone(), name: name.clone(), unit: unit.clone() }
            }
            Actor::System => By::System,
        }
    }

    /// Works at this place (a unit or a division)?
    #[must_use]
    pub fn works_at(&self, place: &str) -> bool {
        match self {
            Actor::Official { unit, division, .. } => {
                unit == place || division.as_deref() == Some(place)
            }
            Actor::Applicant { .. } | Actor::System => false,
        }
    }

    /// The position, for officials.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        match self {
            Actor::Official { position, .. } => Some(*position),
            Actor::Applicant { .. } | Actor::System => None,
        }
    }
}

/// The world as the rule may see it.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Now, UTC, milliseconds.
    pub at: Instant,
    /// Who acts.
    pub actor: &'a Actor,
    /// The procedure version: of the filing, frozen afterwards.
    pub procedure: &'a Procedure,
    /// The internal process that reception will freeze, or that was frozen.
    pub process: Option<&'a Process>,
    /// The statutory form of the case, when the catalogue has one.
    pub form: Option<&'a Form>,
    /// Agencies, units, officials.
    pub organisation: &'a Organisation,
    /// Working sessions and days off.
    pub calendar: &'a Calendar,
    /// The rule profile: in force now, or frozen at reception.
    pub profile: &'a RuleProfile,
}

impl Context<'_> {
    /// The rules this dossier runs by: frozen at its first reception; before that, those of the
    /// profile as the procedure's own law changes them.
    #[must_use]
    pub fn rules(&self, dossier: &Dossier) -> Rules {
        let class = dossier.submitted.time_class.as_deref();
        dossier.rules.unwrap_or_else(|| self.profile.for_procedure(self.procedure, class))
    }
}
