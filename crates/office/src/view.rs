//! All reading: filtered by who looks, and every look at a citizen's dossier by an official is
//! written down. Not allowed to know is the same answer as not there.

use crate::error::ActError;
use crate::office::Office;
use domain::dossier::clock::Remaining;
use domain::dossier::timeline::{Entry, Reader, timeline};
use domain::dossier::{Act, Actor, Dossier, Fact, Stage, clock};
use domain::organisation::Position;
use domain::permission::{OpenAct, acts_open_to, may_read};
use domain::text::fold;
use std::collections::BTreeMap;
use std::sync::Arc;
use storage::reads::{DossierFilter, DossierRow, TaskRow};

/// An officer's open tasks are counted up to here.
const LOAD_MAX: u32 = 200;

/// A dossier as its reader may see it.
pub struct DossierView {
    /// Its id.
    pub id: String,
    /// Its state.
    pub dossier: Arc<Dossier>,
    /// The course, in the reader's words.
    pub timeline: Vec<Entry>,
    /// What the reader may do now.
    pub open: Vec<OpenAct>,
    /// Working time left, and whether it is running out.
    pub remaining: Remaining,
}

/// What anyone with the code may know: progress, no personal data (TT 01/2018 Đ16.2.d).
pub struct Progress {
    /// The code asked for.
    pub code: String,
    /// Stage name.
    pub stage: &'static str,
    /// National status 1–10.
    pub national_status: u8,
    /// Procedure version id.
    pub procedure: String,
    /// The agency that decides (unit id).
    pub agency: String,
    /// The promise.
    pub due_at: Option<domain::time::Instant>,
    /// When the clock ended.
    pub finished_at: Option<domain::time::Instant>,
    /// The public lines of the course.
    pub timeline: Vec<Entry>,
}

/// A line of a worklist.
pub struct WorkItem {
    /// Task and dossier.
    pub task: TaskRow,
    /// Working minutes left on the task's own clock, negative when late.
    pub remaining_minutes: Option<i64>,
}

impl Office {
    /// The id behind a code or an id.
    ///
    /// # Errors
    /// [`ActError::NotFound`].
    pub async fn find(&self, code_or_id: &str) -> Result<String, ActError> {
        let text = code_or_id.trim();
        if text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let known = self.cache.get(text).is_some()
                || self.store.dossier(text).await.map_err(fault)?.is_some();
            return if known { Ok(text.to_owned()) } else { Err(ActError::NotFound) };
        }
        let code = text.to_uppercase();
        let row = self.store.dossier_by_code(&code).await.map_err(fault)?;
        row.map(|row| row.id).ok_or(ActError::NotFound)
    }

    /// A dossier with its course and the acts open to the reader.
    ///
    /// # Errors
    /// [`ActError::NotFound`] also when the reader may not know of it.
    pub async fn dossier(&self, actor: &Actor, id: &str) -> Result<DossierView, ActError> {
        let facts = self.facts(id).await?;
        let dossier = Dossier::replay(&facts).ok_or(ActError::NotFound)?;
        if !may_read(actor, &dossier) {
            return Err(ActError::NotFound);
        }
        self.note_reading(actor, id).await?;
        let reader = match actor {
            Actor::Applicant { .. } => Reader::Applicant,
            Actor::Official { .. } | Actor::System => Reader::Official,
        };
        Ok(DossierView {
            id: id.to_owned(),
            timeline: timeline(&facts, reader),
            open: self.open_to(actor, &dossier),
            remaining: self.remaining(&dossier),
            dossier: Arc::new(dossier),
        })
    }

    /// The state alone, for those who may read it; not written down as a reading of the papers.
    ///
    /// # Errors
    /// [`ActError::NotFound`] also when the reader may not know of it.
    pub async fn state(&self, actor: &Actor, id: &str) -> Result<Arc<Dossier>, ActError> {
        let row = self.store.dossier(id).await.map_err(fault)?.ok_or(ActError::NotFound)?;
        let cached = self.cache.get(id).filter(|dossier| dossier.version == row.version);
        let dossier = match cached {
            Some(dossier) => dossier,
            None => self.load_afresh(id).await?,
        };
        if may_read(actor, &dossier) { Ok(dossier) } else { Err(ActError::NotFound) }
    }

    /// What anyone with the code may know.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for an unknown code.
    pub async fn progress(&self, code: &str) -> Result<Progress, ActError> {
        let code = code.trim().to_uppercase();
        let row = self.store.dossier_by_code(&code).await.map_err(fault)?;
        let row = row.ok_or(ActError::NotFound)?;
        let facts: Vec<Fact> = self.facts(&row.id).await?;
        let dossier = Dossier::replay(&facts).ok_or(ActError::NotFound)?;
        Ok(Progress {
            code,
            stage: dossier.stage.name(),
            national_status: dossier.national_status(),
            procedure: dossier.submitted.procedure.clone(),
            agency: dossier.submitted.agency.clone(),
            due_at: dossier.clock.due.as_ref().map(|due| due.at),
            finished_at: dossier.clock.finished_at,
            timeline: timeline(&facts, Reader::Public),
        })
    }

    /// What waits for this official, most urgent first.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn worklist(&self, actor: &Actor, limit: u32) -> Result<Vec<WorkItem>, ActError> {
        let Actor::Official { id, unit, division, position, .. } = actor else {
            return Ok(Vec::new());
        };
        let mut tasks = self.store.tasks_of(id, limit).await.map_err(fault)?;
        let places = std::iter::once(unit).chain(division.as_ref());
        for place in places {
            let there = self.store.tasks_at(place, position.name(), limit).await.map_err(fault)?;
            tasks.extend(there.into_iter().filter(|task| task.task_officer.is_none()));
        }
        tasks.sort_by(|a, b| {
            let key = |task: &TaskRow| (task.task_due_at.unwrap_or(i64::MAX), task.no);
            key(a).cmp(&key(b)).then_with(|| a.dossier.id.cmp(&b.dossier.id))
        });
        tasks.truncate(limit as usize);
        Ok(tasks.into_iter().map(|task| self.timed(task)).collect())
    }

    /// The applicant's own dossiers, newest first.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn own_dossiers(&self, actor: &Actor) -> Result<Vec<DossierRow>, ActError> {
        match actor {
            Actor::Applicant { account } => {
                self.store.dossiers_of_account(account, 200).await.map_err(fault)
            }
            Actor::Official { .. } | Actor::System => Ok(Vec::new()),
        }
    }

    /// The dossiers of an official's agency or one-stop, newest first, older than that of an id; a
    /// controller sees those of every place, as [`may_read`] has it.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn agency_dossiers(
        &self,
        actor: &Actor,
        stage: &str,
        words: &str,
        before: Option<&str>,
        limit: u32,
    ) -> Result<Vec<DossierRow>, ActError> {
        let Actor::Official { unit, position, .. } = actor else { return Ok(Vec::new()) };
        let filter = DossierFilter {
            place: (*position != Position::Controller).then(|| unit.clone()),
            stage: stage.to_owned(),
            words: fold(words),
            before: before.map(str::to_owned),
            limit,
        };
        self.store.dossiers(&filter).await.map_err(fault)
    }

    /// How many dossiers of the official's place stand in each stage.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn stage_counts(&self, actor: &Actor) -> Result<Vec<(String, u64)>, ActError> {
        match actor {
            Actor::Official { position: Position::Controller, .. } => self.store.stages().await,
            Actor::Official { unit, .. } => self.store.stages_at(unit).await,
            Actor::Applicant { .. } | Actor::System => return Ok(Vec::new()),
        }
        .map_err(fault)
    }

    /// How many open tasks each officer has who works where this leader leads.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn loads_beside(&self, actor: &Actor) -> Result<BTreeMap<String, usize>, ActError> {
        let mut loads = BTreeMap::new();
        let Actor::Official { unit, .. } = actor else { return Ok(loads) };
        let today = domain::time::local(self.clock.now()).date();
        let officers = self.catalogue.organisation.officials_at(unit, Position::Officer, today);
        for officer in officers {
            let open = self.store.tasks_of(&officer.id, LOAD_MAX).await.map_err(fault)?;
            loads.insert(officer.id.clone(), open.len());
        }
        Ok(loads)
    }

    /// What the actor may do now; a correction only where the calendar proposes one.
    #[must_use]
    pub fn open_to(&self, actor: &Actor, dossier: &Dossier) -> Vec<OpenAct> {
        let mut open = acts_open_to(actor, dossier);
        let proposed = || clock::proposal(dossier, &self.calendar().calendar).ok().flatten();
        open.retain(|open| open.act != Act::CorrectDue || proposed().is_some());
        open
    }

    /// Working time left on the dossier's clock; nothing where the calendar ends.
    fn remaining(&self, dossier: &Dossier) -> Remaining {
        let now = self.clock.now();
        let remaining = clock::remaining(dossier, now, &self.calendar().calendar);
        remaining.unwrap_or(Remaining::Nothing)
    }

    fn timed(&self, task: TaskRow) -> WorkItem {
        let now = self.clock.now();
        let remaining_minutes = task.task_due_at.and_then(|due| {
            let due = domain::time::from_millis(due);
            let (from, to) = (domain::time::local(now.min(due)), domain::time::local(now.max(due)));
            let minutes = self.calendar().calendar.count_minutes(from, to).ok()?;
            Some(if due >= now { minutes } else { -minutes })
        });
        WorkItem { task, remaining_minutes }
    }

    async fn note_reading(&self, actor: &Actor, id: &str) -> Result<(), ActError> {
        match actor {
            Actor::Official { id: official, .. } => {
                self.log(official, "read_dossier", Some(id), "").await
            }
            Actor::Applicant { .. } | Actor::System => Ok(()),
        }
    }
}

/// Has the dossier a result that its owner may fetch?
#[must_use]
pub fn has_result(dossier: &Dossier) -> bool {
    matches!(dossier.stage, Stage::Issued { .. } | Stage::Returned { .. })
}

fn fault(error: impl std::fmt::Display) -> ActError {
    ActError::fault("read", error)
}
