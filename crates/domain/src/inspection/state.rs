//! The state of an inspection, folded from its facts.

use super::claim::Claim;
use super::command::{Find, Form, Recommend, Role};
use super::event::{
    Announced, Answered, Checked, Concluded, Delegated, FollowedUp, Met, MinutesSigned, Planned,
    PopulationFixed, Reported, SampleDrawn, Verified,
};
use super::relation::{Judged, Relation, judged};
use crate::time::{Instant, local};
use jiff::civil::Date;
use serde::Serialize;

/// Something, when it happened, and by whose hand (name).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stamped<T> {
    /// When.
    pub at: Instant,
    /// The name of who did it.
    pub by: String,
    /// What.
    pub what: T,
}

/// A finding and the agency's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its number.
    pub no: u32,
    /// What was found, when, by whom.
    pub found: Stamped<Find>,
    /// The answer.
    pub answer: Option<Stamped<Answered>>,
}

/// How a recommendation stands; "overdue" follows from the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing was reported yet.
    Open,
    /// Reported, to be verified.
    Reported,
    /// What was reported was not enough.
    Rejected,
    /// Verified: closed.
    Verified,
}

impl Status {
    /// The name in translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Reported => "reported",
            Status::Rejected => "rejected",
            Status::Verified => "verified",
        }
    }
}

/// A recommendation and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recommendation {
    /// Its number, from 1.
    pub no: u32,
    /// What it says; its day moves with extensions.
    pub what: Recommend,
    /// The last day as first set.
    pub first_due_on: Date,
    /// How it stands.
    pub status: Status,
    /// What the agency reported, oldest first.
    pub reports: Vec<Stamped<FollowedUp>>,
    /// How that was judged.
    pub judgements: Vec<Stamped<Verified>>,
    /// Extensions: the reason.
    pub extensions: Vec<Stamped<String>>,
    /// To whom it went and why.
    pub escalations: Vec<Stamped<String>>,
}

impl Recommendation {
    /// Beyond its day and not closed?
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.status != Status::Verified && self.what.due_on < today
    }
}

/// How far an inspection has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// In the plan.
    Planned,
    /// The delegation is set up.
    Delegated,
    /// Announced, reported or held.
    UnderWay,
    /// Both sides signed the minutes.
    MinutesSigned,
    /// Concluded; recommendations are open.
    Concluded,
    /// Every recommendation is closed.
    Closed,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Stage; 6] = [
        Stage::Planned,
        Stage::Delegated,
        Stage::UnderWay,
        Stage::MinutesSigned,
        Stage::Concluded,
        Stage::Closed,
    ];

    /// The name in read models and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Stage::Planned => "planned",
            Stage::Delegated => "delegated",
            Stage::UnderWay => "under_way",
            Stage::MinutesSigned => "minutes_signed",
            Stage::Concluded => "concluded",
            Stage::Closed => "closed",
        }
    }
}

/// An inspection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// Number of facts.
    pub version: u32,
    /// The item of the plan.
    pub plan: Planned,
    /// Decisions on the delegation, oldest first; the last one is in force.
    pub delegations: Vec<Stamped<Delegated>>,
    /// The announcement.
    pub announced: Option<Stamped<Announced>>,
    /// Reports, oldest first.
    pub reports: Vec<Stamped<Reported>>,
    /// Sessions.
    pub sessions: Vec<Stamped<Met>>,
    /// From which dossiers the sample is drawn.
    pub population: Option<Stamped<PopulationFixed>>,
    /// The sample.
    pub sample: Option<Stamped<SampleDrawn>>,
    /// The points marked, a later mark in the place of an earlier one.
    pub checks: Vec<Stamped<Checked>>,
    /// The findings.
    pub findings: Vec<Finding>,
    /// Signatures under the minutes.
    pub signatures: Vec<Stamped<MinutesSigned>>,
    /// The conclusion.
    pub conclusion: Option<Stamped<Concluded>>,
    /// Its recommendations.
    pub recommendations: Vec<Recommendation>,
}

impl Inspection {
    /// How far it has come.
    #[must_use]
    pub fn stage(&self) -> Stage {
        let open = self.recommendations.iter().any(|r| r.status != Status::Verified);
        if self.conclusion.is_some() {
            return if open { Stage::Concluded } else { Stage::Closed };
        }
        let begun = self.announced.is_some() || !self.sessions.is_empty();
        match self.delegations.last() {
            _ if self.minutes_are_signed() => Stage::MinutesSigned,
            Some(_) if begun || !self.reports.is_empty() => Stage::UnderWay,
            Some(_) => Stage::Delegated,
            None => Stage::Planned,
        }
    }

    /// The claims of all reports, in order.
    pub fn claims(&self) -> impl Iterator<Item = &Claim> {
        self.reports.iter().flat_map(|report| &report.what.claims)
    }

    /// The claim of that number, and the report it stands in.
    #[must_use]
    pub fn claim(&self, no: u32) -> Option<(&Stamped<Reported>, &Claim)> {
        self.reports.iter().find_map(|report| {
            Some((report, report.what.claims.iter().find(|claim| claim.no == no)?))
        })
    }

    /// The arithmetic between the claims.
    #[must_use]
    pub fn judged(&self) -> Vec<Judged> {
        let claims: Vec<Claim> = self.claims().cloned().collect();
        let declared: Vec<Relation> =
            self.reports.iter().flat_map(|report| report.what.relations.clone()).collect();
        judged(&claims, &declared)
    }

    /// The role an official has in the delegation in force.
    #[must_use]
    pub fn role(&self, official: &str) -> Option<Role> {
        let members = &self.delegations.last()?.what.members;
        members.iter().find(|member| member.official == official).map(|member| member.role)
    }

    /// Is the delegation's period running at an instant?
    #[must_use]
    pub fn period_runs(&self, at: Instant) -> bool {
        let today = local(at).date();
        self.delegations
            .last()
            .is_some_and(|decided| decided.what.from <= today && today <= decided.what.to)
    }

    /// Did this side sign the minutes?
    #[must_use]
    pub fn signed(&self, unit: Option<&str>) -> Option<&Stamped<MinutesSigned>> {
        self.signatures.iter().find(|signed| signed.what.unit.as_deref() == unit)
    }

    /// Did the delegation and every agency sign?
    #[must_use]
    pub fn minutes_are_signed(&self) -> bool {
        self.signed(None).is_some()
            && self.plan.units.iter().all(|u| self.signed(Some(u)).is_some())
    }

    /// Are there findings on the spot, or only the report?
    #[must_use]
    pub fn is_by_report(&self) -> bool {
        self.plan.form == Form::ByReport
    }
}
