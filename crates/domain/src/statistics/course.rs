//! What the figures look at: the course of one dossier as of an instant.

use crate::dossier::clock::{self, Verdict, Verdicts, verdict};
use crate::dossier::event::{Channel, Event, ResultChannel, ResultOutcome, SupplementStage};
use crate::dossier::{Dossier, Fact, Stage, Task};
use crate::organisation::Level;
use crate::process::StepKind;
use crate::rules::Grain;
use crate::time::{Instant, local};
use crate::worktime::{Calendar, YearNotEntered};
use serde::Serialize;

/// The facts of one dossier so far, folded: its state, and when the house had it in hand.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    dossier: Dossier,
    spells: Vec<Spell>,
}

/// A time in which a received dossier was in the house's hands. It ends when supplements are asked
/// for (the applicant holds it), and when the dossier ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Spell {
    /// Received, or handed in again.
    pub from: Instant,
    /// The end; `None` while it lasts.
    pub to: Option<Instant>,
}

/// What a dossier's facts do not carry: where its procedure and agency belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting<'c> {
    /// Code of the field of administration (lĩnh vực).
    pub field: &'c str,
    /// How the procedure is offered online.
    pub service: Service,
    /// The agency's level of administration.
    pub level: Level,
}

/// How a procedure is offered online (NĐ 42/2022 Đ11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// From filing to result (toàn trình; before 2022 level 4).
    Full,
    /// In parts (một phần; before 2022 level 3).
    Partial,
    /// Otherwise.
    Other,
}

/// How a dossier ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// Not received (Mẫu 03).
    NotAccepted,
    /// Taken back by the applicant.
    Withdrawn,
    /// Stopped by the head of the agency.
    Stopped,
    /// A result was issued: what was asked for.
    Granted,
    /// A result was issued: a refusal after appraisal.
    Refused,
}

/// Working minutes of a finished dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Minutes {
    /// From the first reception to the result.
    pub total: i64,
    /// Of which the clock stood for the applicant.
    pub stood: i64,
}

/// One dossier as the figures see it at an instant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Course {
    /// The dossier's id.
    pub dossier: String,
    /// Its code, once received.
    pub code: Option<String>,
    /// The agency that decides.
    pub agency: String,
    /// Its level.
    pub level: Level,
    /// The procedure version.
    pub procedure: String,
    /// Its field.
    pub field: String,
    /// How it is offered online.
    pub service: Service,
    /// How the dossier came in.
    pub channel: Channel,
    /// Where the applicant wants the result.
    pub result_channel: ResultChannel,
    /// The officer in charge, once assigned.
    pub official: Option<String>,
    /// The due date in force.
    pub due: Option<Instant>,
    /// Working minutes left for when the clock goes on; `None` while it runs.
    pub stands: Option<i64>,
    /// When it was filed.
    pub filed_at: Instant,
    /// First reception.
    pub received_at: Option<Instant>,
    /// Was it received within the eight working hours? `None` where none are set.
    pub reception: Option<Verdict>,
    /// When the house had it in hand, oldest first.
    pub spells: Vec<Spell>,
    /// When and how it ended.
    pub end: Option<(Instant, End)>,
    /// The applicant has the result.
    pub returned_at: Option<Instant>,
    /// How its end is judged; `None` before reception.
    pub verdicts: Option<Verdicts>,
    /// It is in hand, and its time is over.
    pub runs_late: bool,
    /// Requests for supplements so far.
    pub supplement_rounds: u32,
    /// Payments that were confirmed, oldest first.
    pub paid_at: Vec<Instant>,
    /// Working time, once a result is issued.
    pub minutes: Option<Minutes>,
    /// The worst verdict on a step of the agencies that took part; `None` without a timed step.
    pub steps: Option<Verdict>,
    /// A consulted agency answered after its limit, or owes the answer beyond it.
    pub consulted_late: bool,
    /// A step of the agency itself took longer than planned.
    pub own_late: bool,
    /// A paper came from a data base instead of from the applicant.
    pub reused_data: bool,
}

impl History {
    /// Begins with the first fact; `None` when that is not a filing.
    #[must_use]
    pub fn begin(fact: &Fact) -> Option<History> {
        Some(History { dossier: Dossier::begin(fact)?, spells: Vec::new() })
    }

    /// All facts up to an instant, oldest first; `None` when there is none so early.
    #[must_use]
    pub fn as_of<'f>(facts: impl IntoIterator<Item = &'f Fact>, as_of: Instant) -> Option<History> {
        let mut facts = facts.into_iter().take_while(|fact| fact.at <= as_of);
        let first = History::begin(facts.next()?)?;
        Some(facts.fold(first, History::evolve))
    }

    /// One fact more.
    #[must_use]
    pub fn evolve(mut self, fact: &Fact) -> History {
        self.take(fact);
        self
    }

    /// One fact more, in place.
    pub(super) fn take(&mut self, fact: &Fact) {
        let received = self.dossier.clock.received_at.is_some();
        match &fact.event {
            Event::Received(_) => self.take_in_hand(fact.at),
            Event::Supplemented(_) if received => self.take_in_hand(fact.at),
            Event::SupplementRequested(asked) if asked.stage == SupplementStage::Appraisal => {
                self.let_go(fact.at);
            }
            Event::Issued(_) | Event::Withdrawn(_) | Event::Stopped(_) => self.let_go(fact.at),
            Event::Submitted(_)
            | Event::Supplemented(_)
            | Event::SupplementRequested(_)
            | Event::NotAccepted(_)
            | Event::Transferred(_)
            | Event::Assigned(_)
            | Event::StepCompleted(_)
            | Event::Proposed(_)
            | Event::SentBack(_)
            | Event::Signed(_)
            | Event::Returned(_)
            | Event::PaymentRequested(_)
            | Event::PaymentConfirmed(_)
            | Event::Reappointed(_)
            | Event::DueCorrected(_) => {}
        }
        self.dossier.take(fact);
    }

    /// The state behind it.
    #[must_use]
    pub fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    /// What the figures see at an instant not before the last fact.
    ///
    /// # Errors
    /// When the calendar of a year in between is not entered.
    pub fn course(
        &self,
        id: &str,
        at: Instant,
        setting: &Setting<'_>,
        calendar: &Calendar,
    ) -> Result<Course, YearNotEntered> {
        let dossier = &self.dossier;
        let submitted = &dossier.submitted;
        let end = end_of(dossier);
        let verdicts = clock::verdicts(dossier, at);
        let (steps, consulted_late, own_late) = judge_steps(dossier, at);
        Ok(Course {
            dossier: id.to_owned(),
            code: dossier.code.clone(),
            agency: submitted.agency.clone(),
            level: setting.level,
            procedure: submitted.procedure.clone(),
            field: setting.field.to_owned(),
            service: setting.service,
            channel: submitted.channel,
            result_channel: submitted.result_channel,
            official: dossier.officer.as_ref().map(|officer| officer.id.clone()),
            due: dossier.clock.due.as_ref().map(|due| due.at),
            stands: clock::standing(dossier),
            filed_at: dossier.submitted_at,
            received_at: dossier.clock.received_at,
            reception: clock::reception_verdict(dossier, at),
            spells: self.spells.clone(),
            end,
            returned_at: match dossier.stage {
                Stage::Returned { at } => Some(at),
                _ => None,
            },
            verdicts,
            runs_late: self.in_hand() && runs_late(dossier, verdicts),
            supplement_rounds: u32::try_from(dossier.supplements.len()).unwrap_or(u32::MAX),
            paid_at: dossier.payments.iter().filter_map(|paid| paid.confirmed_at).collect(),
            minutes: minutes(dossier, end, calendar)?,
            steps,
            consulted_late,
            own_late,
            reused_data: dossier.papers.iter().any(|paper| paper.kind == "data_lookup"),
        })
    }

    fn in_hand(&self) -> bool {
        self.spells.last().is_some_and(|spell| spell.to.is_none())
    }

    fn take_in_hand(&mut self, at: Instant) {
        if !self.in_hand() {
            self.spells.push(Spell { from: at, to: None });
        }
    }

    fn let_go(&mut self, at: Instant) {
        if let Some(spell) = self.spells.last_mut() {
            spell.to.get_or_insert(at);
        }
    }
}

impl Course {
    /// In the house's hands at the end of what was folded?
    #[must_use]
    pub fn runs(&self) -> bool {
        self.spells.last().is_some_and(|spell| spell.to.is_none())
    }

    /// In the house's hands just before an instant?
    #[must_use]
    pub fn ran_before(&self, at: Instant) -> bool {
        self.spells.iter().any(|spell| spell.from < at && spell.to.is_none_or(|to| to >= at))
    }

    /// A result was issued?
    #[must_use]
    pub fn has_result(&self) -> bool {
        matches!(self.end, Some((_, End::Granted | End::Refused)))
    }
}

fn end_of(dossier: &Dossier) -> Option<(Instant, End)> {
    let issued = match dossier.draft.as_ref().map(|draft| draft.outcome) {
        Some(ResultOutcome::Refused) => End::Refused,
        Some(ResultOutcome::Granted) | None => End::Granted,
    };
    match dossier.stage {
        Stage::NotAccepted { at, .. } => Some((at, End::NotAccepted)),
        Stage::Withdrawn { at } => Some((at, End::Withdrawn)),
        Stage::Stopped { at, .. } => Some((at, End::Stopped)),
        Stage::Issued { at } => Some((at, issued)),
        Stage::Returned { at } => Some((dossier.clock.finished_at.unwrap_or(at), issued)),
        Stage::Submitted
        | Stage::AwaitingSupplement { .. }
        | Stage::Supplemented { .. }
        | Stage::AwaitingPayment { .. }
        | Stage::Received
        | Stage::Transferred
        | Stage::InProgress
        | Stage::AwaitingSignature
        | Stage::AwaitingIssue => None,
    }
}

/// Is a dossier in hand beyond its time? Where the clock stands, by what was left when it stopped.
fn runs_late(dossier: &Dossier, verdicts: Option<Verdicts>) -> bool {
    let late = verdicts.is_some_and(|verdicts| verdicts.by_indicator == Verdict::Late);
    clock::standing(dossier).map_or(late, |minutes| minutes < 0)
}

/// The worst verdict on the steps, and whose they were: a consulted agency's, the agency's own.
/// Reception has its own verdict; what follows the result is no part of its time.
fn judge_steps(dossier: &Dossier, at: Instant) -> (Option<Verdict>, bool, bool) {
    let mut worst: Option<Verdict> = None;
    let (mut consulted_late, mut own_late) = (false, false);
    for task in &dossier.tasks {
        let Some(due) = limit_of(task) else { continue };
        let end = task.closed.as_ref().map_or(at, |(closed, _)| *closed);
        let judged = verdict(end, due, Grain::Date);
        let consulted = task.opened.kind == StepKind::Consult;
        consulted_late |= judged == Verdict::Late && consulted;
        own_late |= judged == Verdict::Late && !consulted;
        worst = worst.filter(|worst| rank(*worst) >= rank(judged)).or(Some(judged));
    }
    (worst, consulted_late, own_late)
}

/// Until when a step of the agencies that take part is to be done.
pub(super) fn limit_of(task: &Task) -> Option<Instant> {
    if matches!(task.opened.kind, StepKind::Receive | StepKind::GiveBack) {
        return None;
    }
    let asked = task.opened.consultation.map(|consultation| consultation.answer_by);
    asked.or(task.opened.due_at)
}

/// Verdicts from good to bad.
fn rank(judged: Verdict) -> u8 {
    match judged {
        Verdict::Early => 0,
        Verdict::OnTime => 1,
        Verdict::Late => 2,
    }
}

fn minutes(
    dossier: &Dossier,
    end: Option<(Instant, End)>,
    calendar: &Calendar,
) -> Result<Option<Minutes>, YearNotEntered> {
    let (Some(received), Some((end, End::Granted | End::Refused))) =
        (dossier.clock.received_at, end)
    else {
        return Ok(None);
    };
    let count = |from: Instant, to: Instant| calendar.count_minutes(local(from), local(to));
    let asked = dossier.supplements.iter();
    let papers = asked
        .filter(|cycle| cycle.stage == SupplementStage::Appraisal)
        .map(|cycle| (cycle.requested_at, cycle.completed_at));
    let payments = dossier.payments.iter().filter(|payment| payment.pauses);
    let money = payments.map(|payment| (payment.requested_at, payment.confirmed_at));
    let mut stood = 0;
    for (from, to) in papers.chain(money) {
        stood += count(from, to.unwrap_or(end))?;
    }
    Ok(Some(Minutes { total: count(received, end)?, stood }))
}
