//! The counters of this house, fed from the record.
//!
//! A fact is its own delta: it is written in the transaction of its act and numbered by the log
//! without a gap. So an act writes nothing for the figures; the counters say up to which entry they
//! count, and whoever reads them first takes in what was committed since
//! (`docs/decisions/0015-counters-are-fed-by-facts.md`).

use super::{Asked, Basis, fault, parse};
use crate::calendar::WorkCalendar;
use crate::catalogue::Catalogue;
use crate::error::ActError;
use crate::log::PAGE;
use crate::office::Office;
use domain::dossier::event::{Channel, Event};
use domain::dossier::{Actor, Fact};
use domain::inspection::is_inspection;
use domain::permission::may_count;
use domain::statistics::columns::{Class, Columns};
use domain::statistics::marks::Marks;
use domain::statistics::{Dimension, Figure, Figures, Period, Place, Tally, Window, tabulate};
use domain::time::Instant;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use storage::facts::LOG_BEGAN;
use tokio::sync::{RwLock, RwLockReadGuard};

/// Facts that are taken in at a time.
const CHUNK: usize = 40_000;
/// Marks that may wait to be added up: each costs a report a few nanoseconds.
const FRESH: usize = 100_000;

/// The counters, shared by all who ask.
#[derive(Default)]
pub(crate) struct Live(RwLock<Fed>);

/// Counters, and what they were fed.
#[derive(Default)]
pub(crate) struct Fed {
    /// Entries taken in: all before this one.
    size: u64,
    /// The root over them.
    root: String,
    /// The calendar by which working time was counted.
    calendar: String,
    tally: Tally,
    columns: Columns,
}

/// Which dossiers; everything that is `None` is all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slice {
    /// Code of the field.
    pub field: Option<String>,
    /// Procedure version.
    pub procedure: Option<String>,
    /// How the dossier came in.
    pub channel: Option<Channel>,
    /// The officer in charge.
    pub official: Option<String>,
}

/// Figures of a period from the counters.
pub struct Counts {
    /// What was asked for.
    pub asked: Asked,
    /// The part of the period that could be seen.
    pub window: Window,
    /// The figures by what was asked for, in the order of the dimensions.
    pub rows: BTreeMap<Vec<String>, Figures>,
    /// Over all of them.
    pub all: Figures,
    /// What they were computed from.
    pub basis: Basis,
}

/// What a check of the counters found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Entries behind the counters.
    pub size: u64,
    /// Root over them, hexadecimal.
    pub root: String,
    /// Ended dossiers that were counted again.
    pub dossiers: u64,
    /// Figures that were compared.
    pub compared: u64,
    /// Where two ways differ, in words.
    pub differences: Vec<String>,
}

/// A dossier's marks before some facts and after them.
struct Change {
    place: Place,
    before: Marks,
    after: Marks,
}

/// What a recount says of a place in a month, by class.
type Again<'p> = (&'p Place, [u64; 4]);

/// New facts of a dossier, and how many it had before.
struct Grown {
    facts: Vec<Fact>,
    known: usize,
}

impl Office {
    /// The figures of a period by some dimensions: from the counters, or, where officials are
    /// asked for, from the facts.
    ///
    /// # Errors
    /// As [`Office::count`].
    pub async fn counts(
        &self,
        actor: &Actor,
        asked: Asked,
        slice: &Slice,
        by: &[Dimension],
    ) -> Result<Counts, ActError> {
        if slice.official.is_some() || by.contains(&Dimension::Official) {
            return self.counts_from_facts(actor, asked, slice, by).await;
        }
        self.may_see(actor, &asked)?;
        let fed = self.fed().await?;
        let as_of = asked.as_of.unwrap_or_else(|| self.clock.now());
        let window = asked.period.seen_at(as_of);
        let key = |place: &Place| self.key(place, &asked, slice, by);
        let rows = fed.tally.figures(&window, key);
        let all = rows.values().fold(Figures::default(), Figures::and);
        let (size, root) = (fed.size, fed.root.clone());
        drop(fed);
        let basis = self.basis(as_of, size, root).await?;
        Ok(Counts { asked, window, rows, all, basis })
    }

    async fn counts_from_facts(
        &self,
        actor: &Actor,
        asked: Asked,
        slice: &Slice,
        by: &[Dimension],
    ) -> Result<Counts, ActError> {
        let counted = self.count(actor, asked).await?;
        let courses = counted.courses.iter().filter(|course| slice.holds(course));
        let rows = tabulate(courses.clone(), &counted.window, by);
        let all = Figures::over(courses, &counted.window);
        let super::Counted { asked, window, basis, .. } = counted;
        Ok(Counts { asked, window, rows, all, basis })
    }

    /// The agencies with a dossier that was filed up to an instant.
    pub(super) async fn agencies_filed(
        &self,
        asked: &Asked,
        end: Instant,
    ) -> Result<Vec<String>, ActError> {
        let fed = self.fed().await?;
        let ever = Window { opens: EARLIEST, end };
        let agency = asked.agency.as_deref();
        let rows = fed.tally.figures(&ever, |place| {
            agency.is_none_or(|agency| agency == place.agency).then(|| place.agency.clone())
        });
        let there = rows.into_iter().filter(|(_, figures)| figures.of(Figure::Filed) > 0);
        Ok(there.map(|(agency, _)| agency).collect())
    }

    /// The key of a place's row, if it is asked for.
    fn key(
        &self,
        place: &Place,
        asked: &Asked,
        slice: &Slice,
        by: &[Dimension],
    ) -> Option<Vec<String>> {
        let is = |wanted: &Option<String>, is: &str| wanted.as_deref().is_none_or(|it| it == is);
        let field = self.catalogue.procedure(&place.procedure)?.field.code.as_str();
        let there = is(&asked.agency, &place.agency)
            && is(&slice.procedure, &place.procedure)
            && is(&slice.field, field)
            && slice.channel.is_none_or(|channel| channel == place.channel);
        there.then(|| {
            let part = |dimension: &Dimension| match dimension {
                Dimension::Level => {
                    let unit = self.catalogue.organisation.unit(&place.agency);
                    unit.map_or("", |unit| unit.level().name()).to_owned()
                }
                Dimension::Agency => place.agency.clone(),
                Dimension::Field => field.to_owned(),
                Dimension::Procedure => place.procedure.clone(),
                Dimension::Channel => place.channel.name().to_owned(),
                Dimension::Official => String::new(),
            };
            by.iter().map(part).collect()
        })
    }

    /// The counters with everything that is committed.
    pub(crate) async fn fed(&self) -> Result<RwLockReadGuard<'_, Fed>, ActError> {
        let head = self.store.ledger_head().await.map_err(fault("read head"))?;
        let calendar = self.calendar();
        let fed = self.live.0.read().await;
        if fed.size >= head.size() && fed.calendar == calendar.hash {
            return Ok(fed);
        }
        drop(fed);
        let mut fed = self.live.0.write().await;
        if fed.calendar != calendar.hash {
            // Working time is counted anew by the calendar that is in force now.
            *fed = Fed { calendar: calendar.hash.clone(), ..Fed::default() };
        }
        while fed.size < head.size() {
            let (next, grown) = self.grown(fed.size, head.size()).await?;
            for change in self.changes(grown, calendar.clone()).await? {
                fed.take(&change);
            }
            fed.size = next;
            if fed.tally.fresh() > FRESH {
                fed.tally.settle();
            }
        }
        if fed.size == head.size() {
            fed.root = head.root().to_string();
        }
        Ok(fed.downgrade())
    }

    /// The dossiers with facts from an entry on, and the entry after the last one.
    async fn grown(&self, from: u64, size: u64) -> Result<(u64, HashMap<String, Grown>), ActError> {
        let mut grown: HashMap<String, Grown> = HashMap::new();
        let (mut next, mut count) = (from, 0);
        while next < size && count < CHUNK {
            let page = self.store.entries_from(next, PAGE).await.map_err(fault("read facts"))?;
            let Some(last) = page.last() else {
                return Err(ActError::fault("read facts", format!("the log ends at entry {next}")));
            };
            next = (last.idx + 1).min(size);
            count += page.len();
            let of_a_dossier = |kind: &str| kind != LOG_BEGAN && !is_inspection(kind);
            let dossiers = page.iter().filter(|stored| of_a_dossier(&stored.kind));
            for stored in dossiers.filter(|stored| stored.idx < size) {
                let known = stored.seq as usize - 1;
                let theirs = grown.entry(stored.dossier.clone());
                let theirs = theirs.or_insert_with(|| Grown { facts: Vec::new(), known });
                theirs.facts.push(parse(stored)?);
            }
        }
        for (id, theirs) in grown.iter_mut().filter(|(_, theirs)| theirs.known > 0) {
            let stored = self.store.facts_of(id).await.map_err(fault("read facts"))?;
            let before = stored.iter().take(theirs.known).map(parse);
            let mut facts = before.collect::<Result<Vec<Fact>, _>>()?;
            facts.append(&mut theirs.facts);
            theirs.facts = facts;
        }
        Ok((next, grown))
    }

    /// What new facts change, computed beside the ones who wait for answers.
    async fn changes(
        &self,
        grown: HashMap<String, Grown>,
        calendar: Arc<WorkCalendar>,
    ) -> Result<Vec<Change>, ActError> {
        let catalogue = self.catalogue.clone();
        let work =
            move || grown.iter().map(|(id, one)| change(id, one, &catalogue, &calendar)).collect();
        tokio::task::spawn_blocking(work).await.map_err(fault("count"))?
    }

    fn may_see(&self, actor: &Actor, asked: &Asked) -> Result<(), ActError> {
        let agency = asked.agency.as_deref();
        let known = agency.is_none_or(|id| self.catalogue.organisation.unit(id).is_some());
        if known && may_count(actor, agency) { Ok(()) } else { Err(ActError::NotFound) }
    }

    /// Counts all ended dossiers again and compares with the counters.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer or a fact cannot be read.
    pub async fn recount(&self) -> Result<Checked, ActError> {
        let fed = self.fed().await?;
        let (size, root) = (fed.size, fed.root.clone());
        let mut checked = Checked { size, root, ..Checked::default() };
        checked.dossiers = fed.columns.len() as u64;
        let recounted = fed.columns.by(|place| Some(place.clone()));
        let mut months: BTreeMap<(i16, i8), Vec<Again<'_>>> = BTreeMap::new();
        for ((place, year, month), counts) in &recounted {
            months.entry((*year, *month)).or_default().push((place, *counts));
        }
        for ((year, month), places) in months {
            let window = month_window(year, month);
            let counters = fed.tally.figures(&window, |place| Some(place.clone()));
            for (place, counts) in places {
                let figures = &counters[place];
                for (class, figure) in ISSUED {
                    let (again, counted) = (counts[class as usize], figures.of(figure));
                    checked.compare(|| named(place, figure, &window), counted, again);
                }
            }
        }
        Ok(checked)
    }

    /// The recount, and every figure of every month as the definition gives it from the facts.
    ///
    /// # Errors
    /// As [`Office::recount`].
    pub async fn check_figures(&self) -> Result<Checked, ActError> {
        let mut checked = self.recount().await?;
        let today = domain::time::local(self.clock.now()).date();
        let mut month = self.first_month().await?.unwrap_or(today).first_of_month();
        while month <= today {
            let period = Period::new(month, month.last_of_month()).expect("a month has days");
            let asked = Asked { period, agency: None, as_of: None };
            let by = [Dimension::Agency, Dimension::Procedure, Dimension::Channel];
            let counters =
                self.counts(&Actor::System, asked.clone(), &Slice::default(), &by).await?;
            let counted = self.count(&Actor::System, asked).await?;
            let defined = tabulate(&counted.courses, &counted.window, &by);
            for (key, figures) in &counters.rows {
                let nothing = Figures::default();
                let defined = defined.get(key).unwrap_or(&nothing);
                for figure in Figure::ALL {
                    let name = || {
                        format!(
                            "{} of {} in {}",
                            figure.name(),
                            key.join(" "),
                            month.strftime("%Y-%m")
                        )
                    };
                    checked.compare(name, figures.of(*figure), defined.of(*figure));
                }
                let times = |of: &Figures| (of.mean_minutes(), of.percentile_minutes(90));
                if times(figures) != times(defined) {
                    checked.differences.push(format!("times of {}", key.join(" ")));
                }
            }
            month = month.last_of_month().tomorrow().map_err(fault("count"))?;
        }
        Ok(checked)
    }

    async fn first_month(&self) -> Result<Option<Date>, ActError> {
        let first = self.store.facts_from(0, PAGE).await.map_err(fault("read facts"))?;
        let first = first.iter().find(|stored| !is_inspection(&stored.kind));
        let first = first.map(parse).transpose()?;
        Ok(first.map(|fact| domain::time::local(fact.at).date()))
    }
}

/// Before everything that is recorded.
const EARLIEST: Instant = Instant::constant(-2_208_988_800, 0);

/// Which figure is which class of the recount.
const ISSUED: [(Class, Figure); 3] = [
    (Class::Early, Figure::IssuedEarly),
    (Class::OnTime, Figure::IssuedOnTime),
    (Class::Late, Figure::IssuedLate),
];

fn month_window(year: i16, month: i8) -> Window {
    let first = Date::constant(year, month, 1);
    let period = Period::new(first, first.last_of_month()).expect("a month has days");
    period.seen_at(Instant::MAX)
}

fn named(place: &Place, figure: Figure, window: &Window) -> String {
    let month = domain::time::local(window.opens).strftime("%Y-%m").to_string();
    let Place { agency, procedure, channel } = place;
    format!("{} of {agency} {procedure} {} in {month}", figure.name(), channel.name())
}

impl Checked {
    fn compare(&mut self, name: impl Fn() -> String, counters: u64, again: u64) {
        self.compared += 1;
        if counters != again {
            let name = name();
            self.differences.push(format!("{name}: counters {counters}, counted again {again}"));
        }
    }
}

impl Fed {
    fn take(&mut self, change: &Change) {
        let Change { place, before, after } = change;
        self.tally.change(place, before, after);
        if let Some(ended) = after.ended.filter(|_| before.ended.is_none()) {
            self.columns.push(place, &ended);
        }
    }
}

fn change(
    id: &str,
    grown: &Grown,
    catalogue: &Catalogue,
    calendar: &WorkCalendar,
) -> Result<Change, ActError> {
    let first = grown.facts.first().map(|fact| &fact.event);
    let Some(Event::Submitted(submitted)) = first else {
        return Err(ActError::fault(
            "count",
            format!("dossier {id} does not begin with its filing"),
        ));
    };
    let setting = catalogue.setting(submitted).map_err(|missing| {
        ActError::fault("count", format!("dossier {id}: the catalogue has no {missing}"))
    })?;
    let marks =
        |facts: &[Fact]| Marks::of(facts, &setting, &calendar.calendar).map_err(fault("count"));
    Ok(Change {
        place: Place {
            agency: submitted.agency.clone(),
            procedure: submitted.procedure.clone(),
            channel: submitted.channel,
        },
        before: marks(&grown.facts[..grown.known])?,
        after: marks(&grown.facts)?,
    })
}

impl Slice {
    /// Is the course one of these?
    #[must_use]
    pub fn holds(&self, course: &domain::statistics::Course) -> bool {
        let is = |wanted: &Option<String>, is: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| Some(wanted) == is)
        };
        is(&self.field, Some(&course.field))
            && is(&self.procedure, Some(&course.procedure))
            && is(&self.official, course.official.as_deref())
            && self.channel.is_none_or(|channel| channel == course.channel)
    }
}
