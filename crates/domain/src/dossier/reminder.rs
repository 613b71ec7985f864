//! What somebody should be reminded of now: derived from the clock, never stored in the dossier.
//! Each reminder has a key that stays the same while its occasion lasts, so that it is sent once,
//! whatever restarts.

use super::event::TaskOpened;
use super::{Act, Dossier, Stage, Task, clock, stop};
use crate::organisation::Position;
use crate::permission;
use crate::time::{Instant, local};
use crate::worktime::{Calendar, YearNotEntered};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A step is due soon in the last four working hours of its time.
const SOON_MINUTES: i64 = 240;

/// A reminder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Stands for the occasion within the dossier: letters, digits and dashes.
    pub key: String,
    /// Of what.
    pub occasion: Occasion,
    /// Whom.
    pub to: Recipient,
}

/// Of what somebody is reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// A step is due within four working hours.
    StepDueSoon,
    /// The dossier is due on the next working day.
    DueTomorrow,
    /// The dossier is late.
    Late,
    /// Nothing has happened for twice the time of the open step (`09-invariants.md` D10).
    Stuck,
    /// Today is the last working day for an apology (NĐ 61/2018 Đ19.9).
    ApologyDue,
    /// The applicant's own limit has run out: the system proposes to stop.
    ApplicantOverdue,
}

impl Occasion {
    /// The name in keys and letters.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Occasion::StepDueSoon => "step-due-soon",
            Occasion::DueTomorrow => "due-tomorrow",
            Occasion::Late => "late",
            Occasion::Stuck => "stuck",
            Occasion::ApologyDue => "apology-due",
            Occasion::ApplicantOverdue => "applicant-overdue",
        }
    }
}

/// Who is reminded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// The applicant.
    Applicant,
    /// One official, by their id.
    Official(String),
    /// Whoever has the position at the place.
    Holders {
        /// Unit or division.
        place: String,
        /// Position there.
        position: Position,
    },
}

/// All reminders whose occasion holds now.
///
/// # Errors
/// When the calendar of a year in between is not entered.
pub fn reminders(
    dossier: &Dossier,
    now: Instant,
    calendar: &Calendar,
) -> Result<Vec<Reminder>, YearNotEntered> {
    let mut due = Vec::new();
    if dossier.stage.is_over() || matches!(dossier.stage, Stage::Issued { .. }) {
        return Ok(due);
    }
    for task in dossier.tasks.iter().filter(|task| task.closed.is_none()) {
        of_step(dossier, task, now, calendar, &mut due)?;
    }
    if clock::runs(dossier) {
        of_promise(dossier, now, calendar, &mut due)?;
    }
    if stop::proposed(dossier, now).is_some() {
        let nth = dossier.supplements.len() + dossier.payments.len();
        for to in [head(dossier), Recipient::Applicant] {
            due.push(reminder(Occasion::ApplicantOverdue, &nth.to_string(), to));
        }
    }
    Ok(each_once(due))
}

/// The head who holds the step is told once.
fn each_once(found: Vec<Reminder>) -> Vec<Reminder> {
    let mut once: Vec<Reminder> = Vec::with_capacity(found.len());
    for reminder in found {
        if !once.contains(&reminder) {
            once.push(reminder);
        }
    }
    once
}

/// The step is due soon, or nobody has touched the dossier for twice its time.
fn of_step(
    dossier: &Dossier,
    task: &Task,
    now: Instant,
    calendar: &Calendar,
    found: &mut Vec<Reminder>,
) -> Result<(), YearNotEntered> {
    let Task { opened, opened_at, .. } = task;
    let Some(due) = opened.due_at else { return Ok(()) };
    let minutes = |from: Instant, to: Instant| calendar.count_minutes(local(from), local(to));
    if now <= due && minutes(now, due)? <= SOON_MINUTES {
        found.push(reminder(Occasion::StepDueSoon, &opened.no.to_string(), holder(opened)));
    }
    let quiet_since = dossier.changed_at.max(*opened_at);
    let planned = minutes(*opened_at, due)?;
    if planned > 0 && minutes(quiet_since, now)? >= 2 * planned {
        let key = format!("{}-{}", opened.no, dossier.version);
        for to in [holder(opened), head(dossier)] {
            found.push(reminder(Occasion::Stuck, &key, to));
        }
    }
    Ok(())
}

/// The promise is near, broken, or to be moved with an apology.
fn of_promise(
    dossier: &Dossier,
    now: Instant,
    calendar: &Calendar,
    found: &mut Vec<Reminder>,
) -> Result<(), YearNotEntered> {
    let Some(due) = &dossier.clock.due else { return Ok(()) };
    let (today, due_day) = (local(now).date(), local(due.at).date());
    let key = due.at.as_second().to_string();
    let worker = dossier.open_tasks().next().map(holder);
    if now > due.at {
        let told = worker.into_iter().chain([head(dossier), Recipient::Applicant]);
        found.extend(told.map(|to| reminder(Occasion::Late, &key, to)));
        return Ok(());
    }
    if last_working_day(due_day.saturating_sub(1.day()), calendar)? == today {
        found.extend(worker.map(|to| reminder(Occasion::DueTomorrow, &key, to)));
    }
    let lead = dossier.rules.map_or(1, |rules| rules.apology_lead_days);
    let latest = due_day.saturating_sub(i64::from(lead).days());
    let possible = permission::is_open(Act::Reappoint, dossier);
    let signed = dossier.stage == Stage::AwaitingIssue;
    if possible && !signed && last_working_day(latest, calendar)? == today {
        found.push(reminder(Occasion::ApologyDue, &key, head(dossier)));
    }
    Ok(())
}

/// The last working day up to and with a day.
fn last_working_day(day: Date, calendar: &Calendar) -> Result<Date, YearNotEntered> {
    let mut day = day;
    while !calendar.is_working_day(day)? {
        day = day.saturating_sub(1.day());
    }
    Ok(day)
}

fn reminder(occasion: Occasion, key: &str, to: Recipient) -> Reminder {
    Reminder { key: format!("{}-{key}", occasion.name()), occasion, to }
}

/// Who has to do the step.
fn holder(task: &TaskOpened) -> Recipient {
    match &task.officer {
        Some(officer) => Recipient::Official(officer.clone()),
        None => Recipient::Holders { place: task.place.clone(), position: task.position },
    }
}

/// The head of the agency that decides.
fn head(dossier: &Dossier) -> Recipient {
    let place = dossier.submitted.agency.clone();
    Recipient::Holders { place, position: Position::AgencyLeader }
}
