//! What figures and odd signs are answered from, fed from the record.
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
use domain::detectors::{Judged, Looked, Watch};
use domain::dossier::Fact;
use domain::dossier::event::{Event, Submitted};
use domain::inspection::is_inspection;
use domain::statistics::columns::Columns;
use domain::statistics::flow::Flow;
use domain::statistics::{Courses, Place, Setting, Tally, Told, Walk};
use domain::worktime::Calendar;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use storage::StoredFact;
use storage::facts::LOG_BEGAN;
use tokio::sync::{OwnedRwLockReadGuard, RwLock};

/// Facts that are taken in at a time.
const CHUNK: usize = 40_000;
/// Marks that may wait to be added up while much is taken in.
const FRESH: usize = 100_000;
/// Marks that may wait between two questions: each costs a report a few nanoseconds.
const FEW: usize = 10_000;
/// Threads that work on a chunk, or look through the courses.
pub(super) const PARTS: usize = 4;

/// Entries that are taken in while somebody waits; of more, one takes them in and others come back.
const WAITED_FOR: u64 = 200_000;

/// What is kept, shared by all who ask.
#[derive(Default)]
pub(crate) struct Live {
    fed: Arc<RwLock<Fed>>,
    /// Entries taken in, also while more are.
    reached: AtomicU64,
}

/// What is kept in memory, and what it was fed.
#[derive(Default)]
pub(crate) struct Fed {
    /// Entries taken in: all before this one.
    size: u64,
    /// The root over them.
    root: String,
    /// The calendar by which working time was counted.
    calendar: String,
    pub(super) tally: Tally,
    pub(super) columns: Columns,
    pub(super) courses: Courses,
    pub(super) flow: Flow,
    /// Odd signs.
    pub(crate) watch: Watch,
    /// Dossiers under way, kept while much is taken in.
    walks: HashMap<Arc<str>, Walk>,
}

/// A dossier's new facts.
struct Grown {
    id: Arc<str>,
    /// The dossier so far, where it is in memory.
    walk: Option<Walk>,
    /// Facts that it had before, to walk again.
    before: Vec<StoredFact>,
    facts: Vec<StoredFact>,
}

/// What they say.
struct Heard {
    id: Arc<str>,
    walk: Walk,
    told: Told,
    /// What each fact shows, with the number of its entry.
    judged: Vec<(u64, Judged)>,
}

impl Office {
    /// What is kept, with everything that is committed. While somebody else takes in very much, the
    /// answer is [`ActError::NotYetCounted`].
    pub(crate) async fn fed(&self) -> Result<OwnedRwLockReadGuard<Fed>, ActError> {
        let head = self.store.ledger_head().await.map_err(fault("read head"))?;
        let calendar = self.calendar();
        let reached = self.live.reached.load(Ordering::Relaxed);
        let waited_for = reached.saturating_add(WAITED_FOR) >= head.size();
        match self.live.fed.clone().try_read_owned() {
            Ok(fed) if fed.size >= head.size() && fed.calendar == calendar.hash => return Ok(fed),
            Err(_) if !waited_for => {
                return Err(ActError::NotYetCounted {
                    percent: reached * 100 / head.size().max(1),
                });
            }
            Ok(_) | Err(_) => {}
        }
        let mut fed = self.live.fed.clone().write_owned().await;
        if fed.calendar != calendar.hash {
            // Working time is counted anew by the calendar that is in force now.
            *fed = Fed { calendar: calendar.hash.clone(), ..Fed::default() };
            self.live.reached.store(0, Ordering::Relaxed);
        }
        let mut ahead = self.chunk(fed.size, head.size()).await?;
        while fed.size < head.size() {
            let (next, facts) = ahead;
            let grown = self.grown(&mut fed, facts).await?;
            // While one chunk is worked out, the next one is read.
            let read = self.chunk(next, head.size());
            let (all, read) = tokio::join!(self.hear(grown, calendar.clone()), read);
            ahead = read?;
            fed.take(all?, &self.catalogue)?;
            fed.size = next;
            self.live.reached.store(next, Ordering::Relaxed);
            if fed.tally.fresh() > FRESH {
                fed.tally.settle();
            }
        }
        fed.walks = HashMap::new();
        if fed.tally.fresh() > FEW {
            fed.tally.settle();
        }
        if fed.size == head.size() {
            fed.root = head.root().to_string();
        }
        Ok(fed.downgrade())
    }

    /// The facts of dossiers from an entry on, as many as are taken in at a time, and the entry
    /// after the last one.
    async fn chunk(&self, from: u64, size: u64) -> Result<(u64, Vec<StoredFact>), ActError> {
        let (mut next, mut count, mut facts) = (from, 0, Vec::new());
        while next < size && count < CHUNK {
            let page = self.store.entries_from(next, PAGE).await.map_err(fault("read facts"))?;
            let Some(last) = page.last() else {
                return Err(ActError::fault("read facts", format!("the log ends at entry {next}")));
            };
            next = (last.idx + 1).min(size);
            count += page.len();
            let of_a_dossier = |kind: &str| kind != LOG_BEGAN && !is_inspection(kind);
            let dossiers = page.into_iter().filter(|stored| of_a_dossier(&stored.kind));
            facts.extend(dossiers.filter(|stored| stored.idx < size));
        }
        Ok((next, facts))
    }

    /// The dossiers of some facts.
    async fn grown(&self, fed: &mut Fed, facts: Vec<StoredFact>) -> Result<Vec<Grown>, ActError> {
        let mut grown: Vec<Grown> = Vec::new();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for stored in facts {
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
        Ok(grown)
    }

    /// A dossier before its next fact.
    async fn begun(&self, fed: &mut Fed, next: &StoredFact) -> Result<Grown, ActError> {
        let kept = fed.walks.remove_entry(next.dossier.as_str());
        let (id, walk) = match kept {
            Some((id, walk)) => (id, Some(walk)),
            None => (next.dossier.as_str().into(), None),
        };
        let facts = Vec::new();
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
        let Grown { id, mut walk, before: known, facts } = self;
        let (calendar, lens) = (&calendar.calendar, catalogue.lens(&calendar.calendar));
        for stored in &known {
            walk = Some(step(&id, walk, &parse(stored)?, (catalogue, calendar))?);
        }
        // What was told before is not told again.
        walk.as_mut().map(Walk::told);
        let mut judged = Vec::with_capacity(facts.len());
        for stored in &facts {
            let fact = parse(stored)?;
            let before = walk.as_ref().map(|walk| walk.history().dossier());
            let looked = Looked::before(before, &fact, &lens).map_err(fault("look for signs"))?;
            let gone_on = step(&id, walk, &fact, (catalogue, calendar))?;
            let after = gone_on.history().dossier();
            let all = looked.and_after(after, &lens).map_err(fault("look for signs"))?;
            judged.push((stored.idx, all));
            walk = Some(gone_on);
        }
        let mut walk =
            walk.ok_or_else(|| ActError::fault("count", format!("{id} has no facts")))?;
        let told = walk.told();
        Ok(Heard { id, walk, told, judged })
    }
}

/// A dossier with one fact more.
fn step(
    id: &str,
    walk: Option<Walk>,
    fact: &Fact,
    (catalogue, calendar): (&Catalogue, &Calendar),
) -> Result<Walk, ActError> {
    if let Some(mut walk) = walk {
        let submitted = walk.history().dossier().submitted.clone();
        let setting = setting(catalogue, id, &submitted)?;
        walk.take(fact, &setting, calendar).map_err(fault("count"))?;
        return Ok(walk);
    }
    let begins_otherwise =
        || ActError::fault("count", format!("dossier {id} does not begin with its filing"));
    let Event::Submitted(submitted) = &fact.event else { return Err(begins_otherwise()) };
    let setting = setting(catalogue, id, submitted)?;
    let walk = Walk::begin(fact, &setting, calendar).map_err(fault("count"))?;
    walk.ok_or_else(begins_otherwise)
}

/// Where a filing belongs.
fn setting<'c>(
    catalogue: &'c Catalogue,
    id: &str,
    submitted: &Submitted,
) -> Result<Setting<'c>, ActError> {
    catalogue.setting(submitted).map_err(|missing| {
        ActError::fault("count", format!("dossier {id}: the catalogue has no {missing}"))
    })
}

impl Fed {
    /// Entries of the log behind it.
    pub(crate) const fn size(&self) -> u64 {
        self.size
    }

    /// The root over them, hexadecimal.
    pub(crate) fn root(&self) -> &str {
        &self.root
    }

    fn take(&mut self, all: Vec<Heard>, catalogue: &Catalogue) -> Result<(), ActError> {
        let mut judged = Vec::new();
        for mut heard in all {
            let theirs = std::mem::take(&mut heard.judged).into_iter();
            judged.extend(theirs.map(|(entry, judged)| (entry, heard.id.clone(), judged)));
            self.take_one(heard, catalogue)?;
        }
        judged.sort_unstable_by_key(|(entry, ..)| *entry);
        for (entry, id, judged) in judged {
            self.watch.put(&id, entry, judged);
        }
        Ok(())
    }

    fn take_one(&mut self, heard: Heard, catalogue: &Catalogue) -> Result<(), ActError> {
        let Heard { id, walk, told, .. } = heard;
        let dossier = walk.history().dossier();
        let submitted = &dossier.submitted;
        let setting = setting(catalogue, &id, submitted)?;
        let place = Place::of(submitted, &setting);
        self.tally.take_back(&place, &told.gone);
        self.tally.add(&place, &told.marks);
        if let Some(ended) = &told.marks.ended {
            self.columns.push(&place, ended);
        }
        told.stays.iter().for_each(|stay| self.flow.add(&place.agency, stay));
        self.courses.take(&id, dossier, &setting, &told);
        if !dossier.stage.is_over() {
            self.walks.insert(id, walk);
        }
        Ok(())
    }
}
