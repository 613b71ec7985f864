//! What figures are answered from, fed from the record.
//!
//! A fact is its own delta: it is written in the transaction of its act and numbered by the log
//! without a gap. So an act writes nothing for the figures; what is kept here says up to which
//! entry it stands, and whoever asks first takes in what was committed since
//! (`docs/decisions/0015-counters-are-fed-by-facts.md`).

use super::{fault, parse};
use crate::calendar::WorkCalendar;
use crate::catalogue::Catalogue;
use crate::error::ActError;
use crate::log::PAGE;
use crate::office::Office;
use domain::dossier::event::Event;
use domain::inspection::is_inspection;
use domain::statistics::columns::Columns;
use domain::statistics::flow::Flow;
use domain::statistics::{Courses, Place, Setting, Tally, Told, Walk};
use std::collections::HashMap;
use std::sync::Arc;
use storage::StoredFact;
use storage::facts::LOG_BEGAN;
use tokio::sync::{OwnedRwLockReadGuard, RwLock};

/// Facts that are taken in at a time.
const CHUNK: usize = 40_000;
/// Marks that may wait to be added up: each costs a report a few nanoseconds.
const FRESH: usize = 100_000;
/// Threads that work on a chunk, or look through the courses.
pub(super) const PARTS: usize = 4;

/// What is kept, shared by all who ask.
#[derive(Default)]
pub(crate) struct Live(Arc<RwLock<Fed>>);

/// What is kept in memory, and what it was fed.
#[derive(Default)]
pub(crate) struct Fed {
    /// Entries taken in: all before this one.
    pub(super) size: u64,
    /// The root over them.
    pub(super) root: String,
    /// The calendar by which working time was counted.
    calendar: String,
    pub(super) tally: Tally,
    pub(super) columns: Columns,
    pub(super) courses: Courses,
    pub(super) flow: Flow,
    /// Dossiers under way, kept while much is taken in.
    walks: HashMap<String, Walk>,
}

/// A dossier's new facts.
struct Grown {
    id: String,
    /// The dossier so far, where it is in memory.
    walk: Option<Walk>,
    /// Facts that it had before, to walk again.
    before: Vec<StoredFact>,
    facts: Vec<StoredFact>,
}

/// What they say.
struct Heard {
    id: String,
    walk: Walk,
    told: Told,
}

impl Office {
    /// What is kept, with everything that is committed.
    pub(crate) async fn fed(&self) -> Result<OwnedRwLockReadGuard<Fed>, ActError> {
        let head = self.store.ledger_head().await.map_err(fault("read head"))?;
        let calendar = self.calendar();
        let fed = self.live.0.clone().read_owned().await;
        if fed.size >= head.size() && fed.calendar == calendar.hash {
            return Ok(fed);
        }
        drop(fed);
        let mut fed = self.live.0.clone().write_owned().await;
        if fed.calendar != calendar.hash {
            // Working time is counted anew by the calendar that is in force now.
            *fed = Fed { calendar: calendar.hash.clone(), ..Fed::default() };
        }
        while fed.size < head.size() {
            let (next, grown) = self.grown(&mut fed, head.size()).await?;
            let all = self.hear(grown, calendar.clone()).await?;
            for heard in all {
                fed.take(heard, &self.catalogue)?;
            }
            fed.size = next;
            if fed.tally.fresh() > FRESH {
                fed.tally.settle();
            }
        }
        fed.walks = HashMap::new();
        if fed.size == head.size() {
            fed.root = head.root().to_string();
        }
        Ok(fed.downgrade())
    }

    /// The dossiers with facts from where it stands, and the entry after the last one.
    async fn grown(&self, fed: &mut Fed, size: u64) -> Result<(u64, Vec<Grown>), ActError> {
        let mut grown: Vec<Grown> = Vec::new();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let (mut next, mut count) = (fed.size, 0);
        while next < size && count < CHUNK {
            let page = self.store.entries_from(next, PAGE).await.map_err(fault("read facts"))?;
            let Some(last) = page.last() else {
                return Err(ActError::fault("read facts", format!("the log ends at entry {next}")));
            };
            next = (last.idx + 1).min(size);
            count += page.len();
            let of_a_dossier = |kind: &str| kind != LOG_BEGAN && !is_inspection(kind);
            let dossiers = page.into_iter().filter(|stored| of_a_dossier(&stored.kind));
            for stored in dossiers.filter(|stored| stored.idx < size) {
                let number = match numbers.get(&stored.dossier) {
                    Some(number) => *number,
                    None => {
                        let one = self.begun(fed, &stored).await?;
                        grown.push(one);
                        numbers.insert(stored.dossier.clone(), grown.len() - 1);
                        grown.len() - 1
                    }
                };
                grown[number].facts.push(stored);
            }
        }
        Ok((next, grown))
    }

    /// A dossier before its next fact.
    async fn begun(&self, fed: &mut Fed, next: &StoredFact) -> Result<Grown, ActError> {
        let id = next.dossier.clone();
        let (walk, facts) = (fed.walks.remove(&id), Vec::new());
        let known = next.seq as usize - 1;
        let before = if walk.is_none() && known > 0 {
            let mut before = self.store.facts_of(&id).await.map_err(fault("read facts"))?;
            before.truncate(known);
            before
        } else {
            Vec::new()
        };
        Ok(Grown { id, walk, before, facts })
    }

    /// What new facts say, worked out on threads of their own.
    async fn hear(
        &self,
        mut grown: Vec<Grown>,
        calendar: Arc<WorkCalendar>,
    ) -> Result<Vec<Heard>, ActError> {
        let catalogue = self.catalogue.clone();
        let work = move || {
            let mut parts: Vec<Vec<Grown>> = Vec::new();
            let size = grown.len().div_ceil(PARTS).max(1);
            while !grown.is_empty() {
                let rest = grown.split_off(size.min(grown.len()));
                parts.push(std::mem::replace(&mut grown, rest));
            }
            let (catalogue, calendar) = (&catalogue, &calendar);
            let heard = |part: Vec<Grown>| -> Result<Vec<Heard>, ActError> {
                part.into_iter().map(|one| one.heard(catalogue, calendar)).collect()
            };
            std::thread::scope(|scope| {
                let spawned = |part| scope.spawn(move || heard(part));
                let workers: Vec<_> = parts.into_iter().map(spawned).collect();
                let mut all = Vec::new();
                for worker in workers {
                    let done = worker.join().map_err(|_| ActError::fault("count", "a thread"))?;
                    all.extend(done?);
                }
                Ok(all)
            })
        };
        tokio::task::spawn_blocking(work).await.map_err(fault("count"))?
    }
}

impl Grown {
    fn heard(self, catalogue: &Catalogue, calendar: &WorkCalendar) -> Result<Heard, ActError> {
        let Grown { id, walk, before, facts } = self;
        let calendar = &calendar.calendar;
        let mut walk = walk;
        let known = before.len();
        for (at, stored) in before.iter().chain(&facts).enumerate() {
            if at == known {
                // What was told before is not told again.
                walk.as_mut().map(Walk::told);
            }
            let fact = parse(stored)?;
            match &mut walk {
                Some(walk) => {
                    let submitted = walk.history().dossier().submitted.clone();
                    let setting = setting(catalogue, &id, &submitted)?;
                    walk.take(&fact, &setting, calendar).map_err(fault("count"))?;
                }
                None => {
                    let Event::Submitted(submitted) = &fact.event else {
                        let told = format!("dossier {id} does not begin with its filing");
                        return Err(ActError::fault("count", told));
                    };
                    let setting = setting(catalogue, &id, submitted)?;
                    walk = Walk::begin(&fact, &setting, calendar).map_err(fault("count"))?;
                }
            }
        }
        let mut walk =
            walk.ok_or_else(|| ActError::fault("count", format!("{id} has no facts")))?;
        let told = walk.told();
        Ok(Heard { id, walk, told })
    }
}

/// Where a filing belongs.
fn setting<'c>(
    catalogue: &'c Catalogue,
    id: &str,
    submitted: &domain::dossier::event::Submitted,
) -> Result<Setting<'c>, ActError> {
    catalogue.setting(submitted).map_err(|missing| {
        ActError::fault("count", format!("dossier {id}: the catalogue has no {missing}"))
    })
}

impl Fed {
    fn take(&mut self, heard: Heard, catalogue: &Catalogue) -> Result<(), ActError> {
        let Heard { id, walk, told } = heard;
        let dossier = walk.history().dossier();
        let submitted = &dossier.submitted;
        let place = Place {
            agency: submitted.agency.clone(),
            procedure: submitted.procedure.clone(),
            channel: submitted.channel,
        };
        self.tally.take_back(&place, &told.gone);
        self.tally.add(&place, &told.marks);
        if let Some(ended) = &told.marks.ended {
            self.columns.push(&place, ended);
        }
        told.stays.iter().for_each(|stay| self.flow.add(&place.agency, stay));
        let setting = setting(catalogue, &id, submitted)?;
        self.courses.take(&id, dossier, &setting, &told);
        if !dossier.stage.is_over() {
            self.walks.insert(id, walk);
        }
        Ok(())
    }
}
