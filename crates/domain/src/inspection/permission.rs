//! Who may do what on an inspection: one table, asked by the page and by the act. Members look at
//! the dossiers of the agencies they inspect, within the delegation's period and no longer.

use super::command::{Act, Form, Role};
use super::state::{Inspection, Status};
use crate::dossier::{Actor, Dossier};
use crate::organisation::Position;
use crate::permission::may_detect;
use crate::time::Instant;

/// May this actor put inspections into the plan?
#[must_use]
pub fn may_plan(actor: &Actor) -> bool {
    actor.position() == Some(Position::Inspector)
}

/// May this actor see the inspection? Inspectors and controllers, and officials of the agencies it
/// looks at, of an unannounced one only once it has begun.
#[must_use]
pub fn may_see(actor: &Actor, inspection: &Inspection) -> bool {
    match actor {
        Actor::System => true,
        Actor::Applicant { .. } => false,
        Actor::Official { id, unit, position, .. } => {
            let begun =
                inspection.plan.form != Form::Unannounced || !inspection.sessions.is_empty();
            matches!(position, Position::Inspector | Position::Controller)
                || inspection.role(id).is_some()
                || (begun && inspection.plan.units.contains(unit))
        }
    }
}

/// May this member read a dossier now? Only of an inspected agency, only within the period.
#[must_use]
pub fn may_read(actor: &Actor, inspection: &Inspection, dossier: &Dossier, at: Instant) -> bool {
    let member = matches!(actor, Actor::Official { id, .. } if inspection.role(id).is_some());
    member
        && inspection.period_runs(at)
        && inspection.plan.units.contains(&dossier.submitted.agency)
}

/// May this actor look for odd signs at an inspected agency now? Members as they read its dossiers;
/// and whoever may do so without an inspection.
#[must_use]
pub fn may_look_for_signs(actor: &Actor, inspection: &Inspection, unit: &str, at: Instant) -> bool {
    let member = matches!(actor, Actor::Official { id, .. } if inspection.role(id).is_some());
    (member && inspection.period_runs(at)) || may_detect(actor, Some(unit))
}

/// The acts open to this actor now.
#[must_use]
pub fn acts_open_to(actor: &Actor, inspection: &Inspection, at: Instant) -> Vec<Act> {
    let open = |act: &Act| is_open(*act, inspection) && may_ever(actor, *act, inspection, at);
    Act::ALL.iter().copied().filter(open).collect()
}

/// May this actor do this act now?
#[must_use]
pub fn may(actor: &Actor, act: Act, inspection: &Inspection, at: Instant) -> bool {
    is_open(act, inspection) && may_ever(actor, act, inspection, at)
}

/// Is the act possible at all now, whoever asks?
#[must_use]
pub fn is_open(act: Act, inspection: &Inspection) -> bool {
    let set_up = !inspection.delegations.is_empty();
    let signing = !inspection.signatures.is_empty();
    let concluded = inspection.conclusion.is_some();
    let unclosed = inspection.recommendations.iter().any(|r| r.status != Status::Verified);
    match act {
        Act::Plan => false,
        Act::Delegate => true,
        Act::Announce => {
            set_up && inspection.announced.is_none() && inspection.sessions.is_empty() && !signing
        }
        Act::Report | Act::Meet | Act::Check | Act::Find => set_up && !signing,
        Act::FixPopulation => set_up && !signing && inspection.population.is_none(),
        Act::DrawSample => {
            !signing && inspection.population.is_some() && inspection.sample.is_none()
        }
        Act::Answer => !signing && inspection.findings.iter().any(|f| f.answer.is_none()),
        Act::SignMinutes => {
            let held = !inspection.sessions.is_empty() || inspection.is_by_report();
            set_up && held && !concluded && !inspection.minutes_are_signed()
        }
        Act::Conclude => set_up && !concluded,
        Act::FollowUp | Act::Verify | Act::Extend | Act::Escalate => concluded && unclosed,
    }
}

/// By position, role and agency: lead and secretary keep the papers, members look and find, the
/// agency's head speaks for it. What needs the record needs the period.
fn may_ever(actor: &Actor, act: Act, inspection: &Inspection, at: Instant) -> bool {
    let Actor::Official { id, unit, position, .. } = actor else { return false };
    let role = inspection.role(id);
    let heads = matches!(position, Position::AgencyLeader) && inspection.plan.units.contains(unit);
    let keeps = matches!(role, Some(Role::Lead | Role::Deputy | Role::Secretary));
    let inspects = *position == Position::Inspector;
    match act {
        Act::Plan | Act::Delegate | Act::Escalate | Act::Extend => inspects,
        Act::Announce | Act::Meet => keeps,
        Act::Report => heads || (keeps && inspection.period_runs(at)),
        Act::FixPopulation | Act::DrawSample => keeps && inspection.period_runs(at),
        Act::Check | Act::Find => role.is_some() && inspection.period_runs(at),
        Act::Answer => heads,
        Act::FollowUp => heads && !addressed(inspection, unit).is_empty(),
        Act::SignMinutes => {
            let side = if heads { Some(unit.as_str()) } else { None };
            (heads || role == Some(Role::Lead)) && inspection.signed(side).is_none()
        }
        Act::Conclude => role == Some(Role::Lead),
        Act::Verify => inspects || role.is_some(),
    }
}

/// The open recommendations for an agency, by their numbers.
#[must_use]
pub fn addressed(inspection: &Inspection, unit: &str) -> Vec<u32> {
    let theirs = inspection.recommendations.iter();
    theirs
        .filter(|one| one.what.addressee == unit && one.status != Status::Verified)
        .map(|one| one.no)
        .collect()
}
