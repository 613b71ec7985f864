//! The working calendar in force: the catalogue's years and every decision entered since.
//!
//! A decision changes what is computed from now on. It changes no due date that was promised: for
//! running dossiers it makes proposals ([`Office::due_proposals`]), which an authorised person
//! accepts one by one (`correct_due`). The server's worker looks for decisions that another
//! process entered ([`Office::refresh_calendar`]).

use crate::catalogue::Catalogue;
use crate::error::ActError;
use crate::office::Office;
use domain::dossier::event::DueDate;
use domain::dossier::{Actor, Dossier, clock};
use domain::permission::{may_enter_calendar, may_read};
use domain::time::{Instant, from_millis, instant};
use domain::worktime::{Calendar, CalendarDecision, CalendarProblem, YearNotEntered};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use storage::Fault;
use storage::reads::CalendarDecisionRow;

/// Dossiers loaded at a time for a preview.
const PAGE: u32 = 200;

/// The calendar in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkCalendar {
    /// Sessions and days.
    pub calendar: Calendar,
    /// Its hash, as the leaves of the log name it.
    pub hash: String,
    /// The decisions on top of the catalogue, in the order in which they count.
    pub entered: Vec<Entered>,
}

/// A decision and its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// What was decided.
    pub decision: CalendarDecision,
    /// When it was entered.
    pub at: Instant,
    /// By whom: the official's id.
    pub by: String,
}

/// A running dossier whose promise would be another one under a calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Touched {
    /// Its id.
    pub id: String,
    /// Its state.
    pub dossier: Arc<Dossier>,
    /// The promise in force.
    pub due: Instant,
    /// What it would be, or the year that is not entered.
    pub would_be: Result<DueDate, YearNotEntered>,
}

/// Why a decision was not entered.
#[derive(Debug)]
pub enum EnterError {
    /// It cannot be entered as it is.
    Problems(Vec<CalendarProblem>),
    /// Not for this person, a key used twice, or a fault.
    Act(ActError),
}

impl WorkCalendar {
    /// The catalogue's calendar, without decisions.
    #[must_use]
    pub(crate) fn of(catalogue: &Catalogue) -> WorkCalendar {
        WorkCalendar {
            calendar: catalogue.calendar.clone(),
            hash: catalogue.calendar_hash(),
            entered: Vec::new(),
        }
    }

    /// With decisions on top; the hash covers each of them.
    fn with(
        catalogue: &Catalogue,
        rows: Vec<CalendarDecisionRow>,
    ) -> Result<WorkCalendar, ActError> {
        let mut work = WorkCalendar::of(catalogue);
        for row in rows {
            let decision: CalendarDecision = serde_json::from_str(&row.content)
                .map_err(|error| fault(format!("decision {}: {error}", row.id)))?;
            let mut hash = Sha256::new();
            hash.update(work.hash.as_bytes());
            hash.update(row.content.as_bytes());
            work.hash = hex::encode(hash.finalize());
            work.calendar = work.calendar.decided(&decision);
            work.entered.push(Entered {
                decision,
                at: from_millis(row.entered_at),
                by: row.entered_by,
            });
        }
        Ok(work)
    }
}

impl Office {
    /// The calendar in force.
    #[must_use]
    pub fn calendar(&self) -> Arc<WorkCalendar> {
        self.working.read().expect("no holder of the calendar panics").clone()
    }

    /// Takes over decisions entered since, by this process or another.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer or a decision cannot be read.
    pub async fn refresh_calendar(&self) -> Result<(), ActError> {
        let known = self.calendar().entered.len() as u64;
        if self.store.calendar_decision_count().await.map_err(fault)? == known {
            return Ok(());
        }
        let rows = self.store.calendar_decisions().await.map_err(fault)?;
        let fresh = Arc::new(WorkCalendar::with(&self.catalogue, rows)?);
        *self.working.write().expect("no holder of the calendar panics") = fresh;
        Ok(())
    }

    /// Enters a decision: from now on everything is computed with it. The same key again is the
    /// same entry.
    ///
    /// # Errors
    /// [`EnterError`]; [`ActError::NotFound`] for those who may not.
    pub async fn enter_decision(
        &self,
        actor: &Actor,
        key: &str,
        decision: &CalendarDecision,
    ) -> Result<(), EnterError> {
        let by = match actor {
            Actor::Official { id, .. } if may_enter_calendar(actor) => id.clone(),
            Actor::System => "system".to_owned(),
            Actor::Official { .. } | Actor::Applicant { .. } => {
                return Err(EnterError::Act(ActError::NotFound));
            }
        };
        self.refresh_calendar().await?;
        let content = serde_json::to_string(decision).map_err(fault)?;
        if let Some(known) = self.entered_under(key).await? {
            let same = known.content == content && known.entered_by == by;
            return if same { Ok(()) } else { Err(EnterError::Act(ActError::KeyReused)) };
        }
        let problems = self.calendar().calendar.problems_of(decision);
        if !problems.is_empty() {
            return Err(EnterError::Problems(problems));
        }
        let row = CalendarDecisionRow {
            id: key.to_owned(),
            entered_at: self.clock.now().as_millisecond(),
            entered_by: by.clone(),
            content,
        };
        match self.store.enter_calendar_decision(row).await {
            // The second of two clicks at the same moment.
            Err(Fault::Duplicate(_)) => {}
            done => {
                done.map_err(fault)?;
                self.log(&by, "enter_calendar_decision", None, &decision.number).await?;
            }
        }
        Ok(self.refresh_calendar().await?)
    }

    async fn entered_under(&self, key: &str) -> Result<Option<CalendarDecisionRow>, ActError> {
        let rows = self.store.calendar_decisions().await.map_err(fault)?;
        Ok(rows.into_iter().find(|row| row.id == key))
    }

    /// The running dossiers that a decision would touch, oldest first: what its preview shows.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for those who may not enter one; faults.
    pub async fn touched_by(
        &self,
        actor: &Actor,
        decision: &CalendarDecision,
    ) -> Result<Vec<Touched>, ActError> {
        if !may_enter_calendar(actor) && *actor != Actor::System {
            return Err(ActError::NotFound);
        }
        let calendar = self.calendar();
        let changed = calendar.calendar.changed_by(decision);
        let Some(first) = changed.first() else { return Ok(Vec::new()) };
        let after = calendar.calendar.decided(decision);
        self.touched(actor, &after, *first, None).await
    }

    /// The running dossiers of the official's agency whose promise rests on an older calendar: each
    /// is a proposal to correct it. Controllers see those of all agencies.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn due_proposals(&self, actor: &Actor) -> Result<Vec<Touched>, ActError> {
        let calendar = self.calendar();
        let dates = calendar.entered.iter().flat_map(|entered| &entered.decision.days);
        let Some(first) = dates.map(|day| day.date).min() else { return Ok(Vec::new()) };
        let place = match actor {
            Actor::Official { .. } if may_enter_calendar(actor) => None,
            Actor::Official { unit, .. } => Some(unit.as_str()),
            Actor::Applicant { .. } | Actor::System => return Ok(Vec::new()),
        };
        self.touched(actor, &calendar.calendar, first, place).await
    }

    /// Running dossiers that are due on `first` or later and would have another promise.
    async fn touched(
        &self,
        actor: &Actor,
        calendar: &Calendar,
        first: Date,
        place: Option<&str>,
    ) -> Result<Vec<Touched>, ActError> {
        let from = instant(first.to_datetime(jiff::civil::Time::midnight())).as_millisecond();
        let mut touched = Vec::new();
        let mut after = String::new();
        loop {
            let page = self.store.running_due_from(from, &after, place, PAGE).await;
            let page = page.map_err(fault)?;
            let Some(last) = page.last() else { return Ok(touched) };
            after.clone_from(last);
            for id in page {
                let dossier = self.load(&id).await?;
                if may_read(actor, &dossier) || *actor == Actor::System {
                    touched.extend(self.corrected(id, dossier, calendar));
                }
            }
        }
    }

    /// The dossier with its other promise, if it would have another.
    fn corrected(&self, id: String, dossier: Arc<Dossier>, calendar: &Calendar) -> Option<Touched> {
        let due = dossier.clock.due.as_ref()?.at;
        let would_be = match clock::proposal(&dossier, calendar) {
            Ok(Some(proposal)) => Ok(proposal.due),
            Ok(None) => return None,
            Err(year) => Err(year),
        };
        Some(Touched { id, dossier, due, would_be })
    }
}

/// The key of a decision in a file: the same file entered twice is the same entry.
#[must_use]
pub fn key_of(text: &str) -> String {
    hex::encode(&Sha256::digest(text)[..16])
}

impl From<ActError> for EnterError {
    fn from(error: ActError) -> EnterError {
        EnterError::Act(error)
    }
}

fn fault(error: impl std::fmt::Display) -> ActError {
    ActError::fault("calendar", error)
}
