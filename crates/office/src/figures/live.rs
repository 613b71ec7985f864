//! Figures of a period: from the counters, and where officials are asked for, from the courses.

use super::fed::PARTS;
use super::{Asked, Basis, fault};
use crate::error::ActError;
use crate::office::Office;
use domain::dossier::Actor;
use domain::dossier::event::Channel;
use domain::permission::may_count;
use domain::statistics::flow::Loads;
use domain::statistics::{
    Belongs, Course, Courses, Dimension, Figure, Figures, Grain, Place, Times, Window,
};
use domain::time::Instant;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::thread::ScopedJoinHandle;

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

/// What was seen of the courses of a period, part by part in the order of filing.
pub(crate) struct Looked<A> {
    pub(crate) parts: Vec<A>,
    pub(crate) window: Window,
    pub(crate) basis: Basis,
}

/// The dossiers behind a cell.
pub struct Listed {
    /// The first of them, in the order of filing.
    pub courses: Vec<Course>,
    /// How many there are.
    pub count: usize,
    /// What they were found in.
    pub basis: Basis,
}

impl Office {
    /// The figures of a period by some dimensions: from the counters, or, where officials are
    /// asked for, from the courses. Where working times are left out, averages and percentiles are
    /// those of nothing, and what it costs does not grow with the dossiers.
    ///
    /// # Errors
    /// As [`Office::count`].
    pub async fn counts(
        &self,
        actor: &Actor,
        asked: Asked,
        slice: &Slice,
        (by, times): (&[Dimension], Times),
    ) -> Result<Counts, ActError> {
        self.may_see(actor, &asked)?;
        if slice.official.is_some() || by.contains(&Dimension::Official) {
            return self.counts_of_officials(asked, slice, by).await;
        }
        let fed = self.fed().await?;
        let as_of = asked.as_of.unwrap_or_else(|| self.clock.now());
        let window = asked.period.seen_at(as_of);
        let key = |place: &Place| {
            let belongs = Belongs { place, official: None };
            let there = slice.wants(asked.agency.as_deref(), belongs);
            there.then(|| key(belongs, by))
        };
        let grain = grain(&asked, slice, by);
        let rows = fed.tally.figures(&window, (grain, times), key);
        let all = rows.values().fold(Figures::default(), Figures::and);
        let (size, root) = (fed.size(), fed.root().to_owned());
        drop(fed);
        let basis = self.basis(as_of, size, root).await?;
        Ok(Counts { asked, window, rows, all, basis })
    }

    /// With officials: no counter has them, because an assignment moves a dossier's whole past.
    async fn counts_of_officials(
        &self,
        asked: Asked,
        slice: &Slice,
        by: &[Dimension],
    ) -> Result<Counts, ActError> {
        let (agency, slice, by) = (asked.agency.clone(), slice.clone(), by.to_vec());
        let parts = self.go_through(&asked, move |courses, part, window| {
            courses.figures(part, window, |belongs| {
                let there = slice.wants(agency.as_deref(), belongs);
                there.then(|| key(belongs, &by))
            })
        });
        let Looked { parts, window, basis } = parts.await?;
        let mut rows: BTreeMap<Vec<String>, Figures> = BTreeMap::new();
        for (key, figures) in parts.into_iter().flatten() {
            let sum = rows.entry(key).or_default();
            *sum = std::mem::take(sum).and(&figures);
        }
        let all = rows.values().fold(Figures::default(), Figures::and);
        Ok(Counts { asked, window, rows, all, basis })
    }

    /// The dossiers that a figure counts, the first ones of them.
    ///
    /// # Errors
    /// As [`Office::count`].
    pub async fn list(
        &self,
        actor: &Actor,
        asked: &Asked,
        slice: &Slice,
        (figure, most): (Figure, usize),
    ) -> Result<Listed, ActError> {
        self.may_see(actor, asked)?;
        let (agency, slice) = (asked.agency.clone(), slice.clone());
        let parts = self.go_through(asked, move |courses, part, window| {
            let wanted = |belongs: Belongs<'_>| slice.wants(agency.as_deref(), belongs);
            courses.list(part, window, (figure, most), wanted)
        });
        let Looked { parts, basis, .. } = parts.await?;
        let count = parts.iter().map(|(count, _)| count).sum();
        let courses = parts.into_iter().flat_map(|(_, first)| first).take(most).collect();
        Ok(Listed { courses, count, basis })
    }

    /// Shows every course of an agency that can count in a period, on threads of their own.
    pub(crate) async fn look<A, S>(&self, asked: &Asked, show: S) -> Result<Looked<A>, ActError>
    where
        A: Default + Send + 'static,
        S: Fn(&mut A, &Course, &Window) + Send + Sync + 'static,
    {
        let agency = asked.agency.clone();
        let looked = self.go_through(asked, move |courses, part, window| {
            let mut seen = A::default();
            let wanted = |place: &Place| agency.as_ref().is_none_or(|id| *id == place.agency);
            courses.each(part, window, wanted, |course| show(&mut seen, course, window));
            seen
        });
        looked.await
    }

    /// Goes through the courses in parts, each on a thread of its own.
    async fn go_through<A, W>(&self, asked: &Asked, work: W) -> Result<Looked<A>, ActError>
    where
        A: Send + 'static,
        W: Fn(&Courses, Range<usize>, &Window) -> A + Send + Sync + 'static,
    {
        let as_of = asked.as_of.unwrap_or_else(|| self.clock.now());
        let window = asked.period.seen_at(as_of);
        let fed = self.fed().await?;
        let (size, root) = (fed.size(), fed.root().to_owned());
        let all = move || {
            let (courses, work, window) = (&fed.courses, &work, &window);
            std::thread::scope(|scope| {
                let spawn = |part| scope.spawn(move || work(courses, part, window));
                let workers: Vec<_> = courses.parts(PARTS).into_iter().map(spawn).collect();
                let join = |worker: ScopedJoinHandle<'_, A>| {
                    worker.join().map_err(|_| ActError::fault("look", "a thread"))
                };
                workers.into_iter().map(join).collect::<Result<Vec<A>, ActError>>()
            })
        };
        let parts = tokio::task::spawn_blocking(all).await.map_err(fault("look"))??;
        let basis = self.basis(as_of, size, root).await?;
        Ok(Looked { parts, window, basis })
    }

    /// Where dossiers lay that moved on in a window.
    pub(crate) async fn loads(
        &self,
        window: &Window,
        agency: Option<&str>,
    ) -> Result<Loads, ActError> {
        let (fed, window, agency) = (self.fed().await?, *window, agency.map(str::to_owned));
        let work = move || fed.flow.loads(&window, agency.as_deref());
        tokio::task::spawn_blocking(work).await.map_err(fault("look"))
    }

    /// The agencies with a dossier that was filed up to an instant.
    pub(super) async fn agencies_filed(
        &self,
        asked: &Asked,
        end: Instant,
    ) -> Result<BTreeSet<String>, ActError> {
        let mut agencies = self.fed().await?.courses.agencies(end);
        agencies.retain(|id| asked.agency.as_ref().is_none_or(|agency| agency == id));
        Ok(agencies)
    }

    pub(super) fn may_see(&self, actor: &Actor, asked: &Asked) -> Result<(), ActError> {
        let agency = asked.agency.as_deref();
        let known = agency.is_none_or(|id| self.catalogue.organisation.unit(id).is_some());
        if known && may_count(actor, agency) { Ok(()) } else { Err(ActError::NotFound) }
    }
}

impl Slice {
    /// Are dossiers that belong there among these, and the agency's?
    fn wants(&self, agency: Option<&str>, belongs: Belongs<'_>) -> bool {
        let Belongs { place, official } = belongs;
        let is = |wanted: Option<&str>, is: &str| wanted.is_none_or(|it| it == is);
        is(agency, &place.agency)
            && is(self.procedure.as_deref(), &place.procedure)
            && is(self.field.as_deref(), &place.field)
            && self.channel.is_none_or(|channel| channel == place.channel)
            && self.official.as_deref().is_none_or(|it| official == Some(it))
    }
}

/// A row's key: what each dimension says of a dossier that belongs there.
fn key(belongs: Belongs<'_>, by: &[Dimension]) -> Vec<String> {
    let Belongs { place, official } = belongs;
    let part = |dimension: &Dimension| match dimension {
        Dimension::Level => place.level.name().to_owned(),
        Dimension::Agency => place.agency.clone(),
        Dimension::Field => place.field.clone(),
        Dimension::Procedure => place.procedure.clone(),
        Dimension::Channel => place.channel.name().to_owned(),
        Dimension::Official => official.unwrap_or_default().to_owned(),
    };
    by.iter().map(part).collect()
}

/// How far places must be told apart for a question.
fn grain(asked: &Asked, slice: &Slice, by: &[Dimension]) -> Grain {
    let only = |some: &[Dimension]| by.iter().all(|dimension| some.contains(dimension));
    let Slice { field, procedure, channel, official } = slice;
    if procedure.is_some() || channel.is_some() || official.is_some() {
        Grain::Place
    } else if field.is_none() && only(&[Dimension::Agency, Dimension::Level]) {
        Grain::Agency
    } else if asked.agency.is_none() && only(&[Dimension::Level, Dimension::Field]) {
        Grain::Field
    } else {
        Grain::Place
    }
}
