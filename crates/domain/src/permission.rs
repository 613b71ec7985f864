//! Who may do what: one table, asked by the page that shows a button and by the act that follows
//! it. A snapshot prints it in full (`tests/permission`).

use crate::dossier::event::SupplementStage;
use crate::dossier::{Act, Actor, Dossier, Stage, clock};
use crate::organisation::Position;
use crate::process::StepKind;
use crate::scorecard::Side;
use crate::steering::Kind;

/// An act that this actor may do now, with the task it would close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OpenAct {
    /// The verb.
    pub act: Act,
    /// The task's number, for acts that close a task.
    pub task: Option<u32>,
}

/// What this actor may do on this dossier now. Pages show exactly this; [`may`] enforces it.
#[must_use]
pub fn acts_open_to(actor: &Actor, dossier: &Dossier) -> Vec<OpenAct> {
    let mut open = Vec::new();
    for task in dossier.open_tasks() {
        for act in closing_acts(task.kind, dossier) {
            if holds(actor, dossier, task) {
                open.push(OpenAct { act: *act, task: Some(task.no) });
            }
        }
    }
    for act in BESIDE_TASKS {
        let stands = open.iter().any(|o| o.act == act);
        if !stands && is_open(act, dossier) && may_beside_tasks(actor, act, dossier) {
            open.push(OpenAct { act, task: None });
        }
    }
    open
}

/// Acts that close no task of their own.
const BESIDE_TASKS: [Act; 8] = [
    Act::RequestSupplement,
    Act::Supplement,
    Act::Withdraw,
    Act::RequestPayment,
    Act::ConfirmPayment,
    Act::Reappoint,
    Act::CorrectDue,
    Act::Stop,
];

/// May this actor do this act on this dossier now?
#[must_use]
pub fn may(actor: &Actor, act: Act, dossier: &Dossier) -> bool {
    acts_open_to(actor, dossier).iter().any(|open| open.act == act)
}

/// Is the act possible on the dossier at all now, whoever asks?
#[must_use]
pub fn is_open(act: Act, dossier: &Dossier) -> bool {
    match act {
        Act::Submit => false,
        Act::RequestSupplement => match dossier.stage {
            Stage::Submitted => true,
            Stage::InProgress => dossier.officer.is_some(),
            _ => false,
        },
        Act::Supplement => matches!(dossier.stage, Stage::AwaitingSupplement { .. }),
        Act::Withdraw => !is_signed(dossier) && !dossier.stage.is_over(),
        Act::RequestPayment => dossier.stage == Stage::InProgress && dossier.officer.is_some(),
        Act::ConfirmPayment => matches!(dossier.stage, Stage::AwaitingPayment { .. }),
        Act::Reappoint => {
            let allowed = dossier.rules.map_or(1, |rules| rules.max_reappointments);
            clock::runs(dossier) && (dossier.clock.reappointments.len() as u64) < u64::from(allowed)
        }
        Act::CorrectDue => clock::runs(dossier),
        Act::Stop => {
            let received = dossier.clock.received_at.is_some();
            let waits = matches!(dossier.stage, Stage::AwaitingSupplement { .. });
            (received || waits) && !is_signed(dossier) && !dossier.stage.is_over()
        }
        _ => dossier.open_tasks().any(|task| closing_acts(task.kind, dossier).contains(&act)),
    }
}

/// The result is signed: what was asked for is decided.
fn is_signed(dossier: &Dossier) -> bool {
    matches!(dossier.stage, Stage::AwaitingIssue | Stage::Issued { .. })
}

/// May this actor file a dossier at this one-stop? Applicants for themselves, the counter for
/// those who come in person or by post.
#[must_use]
pub fn may_submit(actor: &Actor, one_stop: &str) -> bool {
    match actor {
        Actor::Applicant { .. } => true,
        Actor::Official { position, .. } => {
            *position == Position::CounterOfficer && actor.works_at(one_stop)
        }
        Actor::System => false,
    }
}

/// May this actor enter decisions about the working calendar? The province's controllers, who are
/// also asked to keep the catalogue.
#[must_use]
pub fn may_enter_calendar(actor: &Actor) -> bool {
    actor.position() == Some(Position::Controller)
}

/// May this actor read the whole dossier? Applicants their own; officials of the agency, of the
/// one-stop or of a place that holds or held a task; controllers of their province.
#[must_use]
pub fn may_read(actor: &Actor, dossier: &Dossier) -> bool {
    match actor {
        Actor::Applicant { account } => dossier.submitted.account.as_ref() == Some(account),
        // Members of a delegation read through it, within its period: `inspection::permission`.
        Actor::Official { position: Position::Inspector, .. } => false,
        Actor::Official { unit, position, .. } => {
            *position == Position::Controller
                || *unit == dossier.submitted.agency
                || actor.works_at(dossier.one_stop())
                || dossier.tasks.iter().any(|task| actor.works_at(&task.opened.place))
        }
        Actor::System => true,
    }
}

/// May this actor see the figures of an agency, or (`None`) of the whole province? Controllers
/// those of everyone, officials those of their own agency; the system's are the command line's.
#[must_use]
pub fn may_count(actor: &Actor, agency: Option<&str>) -> bool {
    match actor {
        Actor::Applicant { .. } => false,
        Actor::Official { position: Position::Controller, .. } | Actor::System => true,
        Actor::Official { position: Position::Admin | Position::Inspector, .. } => false,
        Actor::Official { unit, .. } => agency == Some(unit.as_str()),
    }
}

/// May this actor look for odd signs in the dossiers of an agency, or (`None`) of the whole
/// province? Controllers everywhere, heads of agencies and units in their own agency.
#[must_use]
pub fn may_detect(actor: &Actor, agency: Option<&str>) -> bool {
    let heads = [Position::AgencyLeader, Position::UnitLeader, Position::Controller];
    let head = actor.position().is_none_or(|position| heads.contains(&position));
    head && may_count(actor, agency)
}

/// May this actor enter a record of a kind that concerns an agency? Controllers and the head of the
/// agency; an explanation is the agency's own word, so not the controllers'.
#[must_use]
pub fn may_steer(actor: &Actor, kind: Kind, agency: &str) -> bool {
    let head = actor.position() == Some(Position::AgencyLeader) && actor.works_at(agency);
    let unit = actor.position() == Some(Position::UnitLeader) && is_of(actor, agency);
    let controller = actor.position() == Some(Position::Controller);
    match kind {
        Kind::Directive | Kind::Task | Kind::Campaign => head || controller,
        Kind::Explanation => head || unit,
    }
}

/// May this actor report on a record that concerns an agency? Heads of the agency and its units,
/// and controllers.
#[must_use]
pub fn may_follow_up(actor: &Actor, agency: &str) -> bool {
    matches!(actor, Actor::Official { .. }) && may_detect(actor, Some(agency))
}

/// May this actor give a side of an agency's scorecard? The head of the agency its own, controllers
/// the appraised one.
#[must_use]
pub fn may_score(actor: &Actor, side: Side, agency: &str) -> bool {
    match side {
        Side::Own => actor.position() == Some(Position::AgencyLeader) && actor.works_at(agency),
        Side::Appraised => actor.position() == Some(Position::Controller),
    }
}

fn is_of(actor: &Actor, agency: &str) -> bool {
    matches!(actor, Actor::Official { unit, .. } if unit == agency)
}

/// The acts that close a task of this kind.
fn closing_acts(kind: StepKind, dossier: &Dossier) -> &'static [Act] {
    match kind {
        StepKind::Receive => match dossier.stage {
            Stage::Submitted | Stage::Supplemented { at: SupplementStage::Reception, .. } => {
                &[Act::Receive, Act::Refuse]
            }
            Stage::Supplemented { at: SupplementStage::Appraisal, .. } => &[Act::Receive],
            Stage::Received => &[Act::Transfer],
            _ => &[],
        },
        StepKind::Assign => &[Act::Assign],
        StepKind::Work | StepKind::Consult => &[Act::Work],
        StepKind::Propose => &[Act::Propose],
        StepKind::Review => &[Act::Work, Act::SendBack],
        StepKind::Sign => &[Act::Sign, Act::SendBack],
        StepKind::Issue => &[Act::Issue],
        StepKind::GiveBack => &[Act::GiveBack],
    }
}

/// Does the actor hold the task: the right position at the right place, or the officer in charge?
fn holds(actor: &Actor, dossier: &Dossier, task: &crate::dossier::event::TaskOpened) -> bool {
    let Actor::Official { id, position, .. } = actor else { return false };
    let in_charge = dossier.officer.as_ref().is_some_and(|officer| officer.id == *id);
    match task.kind {
        StepKind::Work | StepKind::Propose if task.position == Position::Officer => in_charge,
        StepKind::Consult => {
            in_charge || (actor.works_at(&task.place) && *position == task.position)
        }
        _ => actor.works_at(&task.place) && *position == task.position,
    }
}

/// Acts that close no task of their own: of the applicant and the counter, of the officer in
/// charge, and of the head of the agency, who alone moves a promise or stops a dossier (NĐ 61/2018
/// Đ19.9).
fn may_beside_tasks(actor: &Actor, act: Act, dossier: &Dossier) -> bool {
    let counter =
        actor.position() == Some(Position::CounterOfficer) && actor.works_at(dossier.one_stop());
    let own = matches!(actor, Actor::Applicant { account }
        if dossier.submitted.account.as_ref() == Some(account));
    let in_charge = match (&dossier.officer, actor) {
        (Some(officer), Actor::Official { id, .. }) => officer.id == *id,
        _ => false,
    };
    let head = actor.position() == Some(Position::AgencyLeader)
        && actor.works_at(&dossier.submitted.agency);
    match act {
        Act::Supplement | Act::Withdraw => own || counter,
        Act::RequestSupplement if dossier.stage == Stage::Submitted => counter,
        Act::RequestSupplement | Act::RequestPayment => in_charge,
        Act::ConfirmPayment => counter || in_charge,
        Act::Reappoint | Act::CorrectDue | Act::Stop => head,
        _ => false,
    }
}
