//! What a window shows: counts by detector and month, and as much of the evidence as is wanted.

use super::clicks;
use super::joint::Share;
use super::judged::Lens;
use super::kept::{Millis, Name, Odd, Range, Spot, Symbol};
use super::standing::Waits;
use super::watch::{Open, Span, Watch};
use super::{Detector, Evidence, Oddity};
use crate::statistics::{Period, Window};
use crate::time::{Instant, from_millis, instant, local};
use crate::worktime::YearNotEntered;
use jiff::civil::{Date, Time};
use std::sync::Arc;

/// How much of the evidence is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// None: only how much there is.
    Counts,
    /// The first so many of one detector.
    First(Detector, usize),
    /// All of it.
    All,
}

/// What is odd in a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signs {
    /// The evidence that was wanted: by detector, then in the order of time.
    pub found: Vec<Evidence>,
    counts: [Months; Detector::ALL.len()],
}

impl Signs {
    /// How often a detector found something.
    #[must_use]
    pub fn count(&self, detector: Detector) -> u64 {
        self.counts[detector as usize].0.iter().map(|month| month.count).sum()
    }

    /// How often in a month, given as the part of the window that lies in it.
    #[must_use]
    pub fn count_in(&self, detector: Detector, month: &Period) -> u64 {
        let months = &self.counts[detector as usize].0;
        let within = |at: Millis| {
            let day = local(from_millis(at)).date();
            month.from() <= day && day <= month.to()
        };
        months.iter().filter(|month| within(month.sample)).map(|month| month.count).sum()
    }

    /// With evidence that no fact of a dossier tells, as much of it as is wanted.
    #[must_use]
    pub fn with(mut self, more: Vec<Evidence>, told: Told) -> Signs {
        for found in more {
            self.counts[found.detector as usize].add(found.at.as_millisecond(), |_| 1);
            let wanted = match told {
                Told::Counts => false,
                Told::First(detector, _) => detector == found.detector,
                Told::All => true,
            };
            self.found.extend(wanted.then_some(found));
        }
        self.found.sort_by_key(|found| (found.detector, found.at, found.entry));
        if let Told::First(_, most) = told {
            self.found.truncate(most);
        }
        self
    }
}

/// Counts by calendar month, in no order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Months(Vec<Month>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Month {
    opens: Millis,
    /// When the next one opens.
    until: Millis,
    /// When one of those counted was.
    sample: Millis,
    count: u64,
}

impl Months {
    /// Counts so many at an instant, and gives the end of its month. The month of the last one
    /// comes first: it is mostly the same.
    fn add(&mut self, at: Millis, count: impl FnOnce(Millis) -> usize) -> usize {
        let known = self.0.iter().position(|month| month.opens <= at && at < month.until);
        let place = known.unwrap_or_else(|| {
            let first = local(from_millis(at)).date().first_of_month();
            let next = first.last_of_month().tomorrow().unwrap_or(Date::MAX);
            let opens = |day: Date| instant(day.to_datetime(Time::midnight())).as_millisecond();
            let month = Month { opens: opens(first), until: opens(next), sample: at, count: 0 };
            self.0.push(month);
            self.0.len() - 1
        });
        let count = count(self.0[place].until);
        self.0[place].count += count as u64;
        self.0.swap(0, place);
        count
    }

    /// Counts a list in the order of time, a month at a time.
    fn add_all<W>(&mut self, mut spots: &[Spot<W>]) {
        while let Some(first) = spots.first() {
            let within = |until| spots.partition_point(|spot| spot.at < until).max(1);
            spots = &spots[self.add(first.at, within)..];
        }
    }
}

/// A piece of evidence that is not written out yet.
#[derive(Clone, Copy)]
enum Found<'w> {
    Odd(&'w Spot<Odd>),
    /// Odd by waiting, and still so.
    Open(&'w Arc<str>, &'w Open, Waits),
    /// Odd by waiting, and no more.
    Span(&'w Span),
    AtDue(&'w Spot<i64>, Share),
    ManyWithdrawn(&'w Spot<Symbol>, Share),
    Bulk(&'w Spot<()>, Symbol, u64),
}

impl Found<'_> {
    /// Of evidence of the same fact, what it shows by itself comes before what others show of it.
    const fn rank(&self) -> u8 {
        match self {
            Found::Odd(_) => 0,
            Found::Open(..) | Found::Span(_) => 1,
            Found::AtDue(..) | Found::ManyWithdrawn(..) | Found::Bulk(..) => 2,
        }
    }
}

/// The order of evidence.
type Key = (Detector, Millis, u64, u8);

/// Counts what comes, and keeps what is to be told.
struct Sieve<'w> {
    told: Told,
    counts: [Months; Detector::ALL.len()],
    kept: Vec<(Key, Found<'w>)>,
}

/// So many more than wanted are kept before the last ones are thrown away.
const SPARE: usize = 4_096;

impl<'w> Sieve<'w> {
    fn add(&mut self, detector: Detector, place: (Millis, u64), found: Found<'w>) {
        self.counts[detector as usize].add(place.0, |_| 1);
        if self.most(detector) > 0 {
            self.keep(detector, place, found);
        }
    }

    /// The same of a list in the order of time.
    fn add_all<W>(
        &mut self,
        detector: Detector,
        spots: &'w [Spot<W>],
        found: impl Fn(&'w Spot<W>) -> Found<'w>,
    ) {
        self.counts[detector as usize].add_all(spots);
        for spot in spots.iter().take(self.most(detector)) {
            self.keep(detector, spot.place(), found(spot));
        }
    }

    /// The same of a list that lies between two instants, in any order.
    fn add_run<W>(
        &mut self,
        detector: Detector,
        (spots, (from, to)): (&'w [Spot<W>], (Millis, Millis)),
        found: impl Fn(&'w Spot<W>) -> Found<'w>,
    ) {
        let months = &mut self.counts[detector as usize];
        // At the end of a month some may be counted in the next one.
        if months.add(from, |until| if to < until { spots.len() } else { 0 }) == 0 {
            spots.iter().for_each(|spot| _ = months.add(spot.at, |_| 1));
        }
        if self.most(detector) > 0 {
            spots.iter().for_each(|spot| self.keep(detector, spot.place(), found(spot)));
        }
    }

    /// How much of a detector's evidence is wanted.
    fn most(&self, detector: Detector) -> usize {
        match self.told {
            Told::First(wanted, most) if wanted == detector => most,
            Told::All => usize::MAX,
            Told::Counts | Told::First(..) => 0,
        }
    }

    fn keep(&mut self, detector: Detector, (at, entry): (Millis, u64), found: Found<'w>) {
        self.kept.push(((detector, at, entry, found.rank()), found));
        let most = self.most(detector);
        if self.kept.len() >= most.saturating_add(SPARE) {
            self.kept.select_nth_unstable_by_key(most, |(key, _)| *key);
            self.kept.truncate(most);
        }
    }

    /// The evidence that is wanted, in its order.
    fn kept(&mut self) -> Vec<(Key, Found<'w>)> {
        let mut kept = std::mem::take(&mut self.kept);
        kept.sort_by_key(|(key, _)| *key);
        if let Told::First(_, most) = self.told {
            kept.truncate(most);
        }
        kept
    }
}

impl Watch {
    /// What is odd in a window, of an agency's dossiers or of all: facts after its end are as if
    /// they were not.
    ///
    /// # Errors
    /// When the calendar of a year in between is not entered.
    pub fn signs(
        &self,
        window: &Window,
        agency: Option<&str>,
        told: Told,
        by: &Lens<'_>,
    ) -> Result<Signs, YearNotEntered> {
        let counts: [Months; Detector::ALL.len()] = Default::default();
        let mut sieve = Sieve { told, counts, kept: Vec::new() };
        let known = agency.map(|agency| self.texts.symbols.find(agency));
        if known != Some(None) {
            let (opens, end) = (window.opens.as_millisecond(), window.end.as_millisecond());
            let scope = (Range { opens, end }, known.flatten());
            self.at_facts(scope, &mut sieve);
            self.across(scope, by, &mut sieve);
            self.by_waiting(scope, by, &mut sieve)?;
        }
        let kept = sieve.kept().into_iter();
        let found =
            kept.map(|((detector, ..), found)| self.evidence(detector, &found, (window.end, by)));
        Ok(Signs { found: found.collect::<Result<_, _>>()?, counts: sieve.counts })
    }

    /// What facts showed by themselves.
    fn at_facts<'w>(&'w self, scope: Scope, sieve: &mut Sieve<'w>) {
        for detector in Detector::ALL {
            for spots in self.spots_of(detector, scope) {
                if detector == Detector::Refiled {
                    let seen = spots.iter().filter(|spot| spot.what.is_seen(scope.1));
                    seen.for_each(|spot| sieve.add(detector, spot.place(), Found::Odd(spot)));
                } else {
                    sieve.add_all(detector, spots, Found::Odd);
                }
            }
        }
    }

    /// What only shows across dossiers.
    fn across<'w>(&'w self, scope: Scope, by: &Lens<'_>, sieve: &mut Sieve<'w>) {
        let numbers = by.thresholds;
        let many = (numbers.at_due_least.value, numbers.at_due_percent.value);
        for (spots, share) in self.ends.at_due(scope, many) {
            sieve.add_all(Detector::AtDue, spots, |spot| Found::AtDue(spot, share));
        }
        let many = (numbers.withdrawn_least.value, numbers.withdrawn_percent.value);
        for (spots, share) in self.ends.withdrawn(scope, many) {
            sieve.add_all(Detector::Withdrawal, spots, |spot| Found::ManyWithdrawn(spot, share));
        }
        let most = usize::try_from(numbers.bulk_steps.value).unwrap_or(usize::MAX);
        self.clicks.runs(scope, most, |told| {
            let clicks::Told { clicks, times, official, steps } = told;
            let found = |spot| Found::Bulk(spot, official, steps);
            sieve.add_run(Detector::Bulk, (clicks, times), found);
        });
    }

    /// What is odd at the end because nothing happened.
    fn by_waiting<'w>(
        &'w self,
        (Range { end, .. }, agency): Scope,
        by: &Lens<'_>,
        sieve: &mut Sieve<'w>,
    ) -> Result<(), YearNotEntered> {
        let is_theirs = |whose| agency.is_none_or(|agency| agency == whose);
        let mut counted_since: Option<Millis> = None;
        for (id, open) in &self.open {
            let standing = &open.standing;
            if standing.since > end || !is_theirs(open.agency) {
                continue;
            }
            if standing.is_counted() {
                counted_since =
                    Some(counted_since.map_or(standing.since, |at| at.min(standing.since)));
            }
            for (_, waits) in standing.waits().filter(|(from, _)| *from <= end) {
                let waits = waits?;
                let found = Found::Open(id, open, waits);
                sieve.add(waits.detector(), (end, open.entry), found);
            }
        }
        // Where a year is missing, how long they wait is not known: nor whether it is odd.
        if let Some(since) = counted_since {
            by.calendar.count_minutes(local(from_millis(since)), local(from_millis(end)))?;
        }
        for span in self.spans.around(end).filter(|span| is_theirs(span.agency)) {
            sieve.add(span.waits.detector(), (end, span.entry), Found::Span(span));
        }
        Ok(())
    }

    fn evidence(
        &self,
        detector: Detector,
        found: &Found<'_>,
        (end, by): (Instant, &Lens<'_>),
    ) -> Result<Evidence, YearNotEntered> {
        let texts = &self.texts;
        let named = |official: Symbol| texts.symbols.text(official).to_owned();
        Ok(match found {
            Found::Odd(spot) => texts.evidence(detector, spot, texts.oddity(&spot.what)),
            Found::AtDue(spot, Share { part: close, of }) => {
                let oddity = Oddity::AtDue { left_minutes: spot.what, close: *close, of: *of };
                texts.evidence(detector, spot, oddity)
            }
            Found::ManyWithdrawn(spot, Share { part: withdrawn, of }) => {
                let official = named(spot.what);
                let (withdrawn, ended) = (*withdrawn, *of);
                let oddity = Oddity::ManyWithdrawn { official, withdrawn, ended };
                texts.evidence(detector, spot, oddity)
            }
            Found::Bulk(spot, official, steps) => {
                let oddity = Oddity::Bulk { official: named(*official), steps: *steps };
                texts.evidence(detector, spot, oddity)
            }
            Found::Span(span) => {
                let Span { since, entry, agency, waits, .. } = **span;
                let oddity = self.waited(waits, (since, end), by)?;
                let Name { id, code } = texts.names.of(span.dossier);
                let named = (id.as_ref(), code.as_deref());
                texts.named(detector, (agency, named), (end, entry), oddity)
            }
            Found::Open(id, open, waits) => {
                let Open { entry, agency, standing, code, .. } = open;
                let oddity = self.waited(*waits, (standing.since, end), by)?;
                let named = (id.as_ref(), code.as_deref());
                texts.named(detector, (*agency, named), (end, *entry), oddity)
            }
        })
    }

    /// What is odd by waiting from an instant to another.
    fn waited(
        &self,
        waits: Waits,
        (since, end): (Millis, Instant),
        by: &Lens<'_>,
    ) -> Result<Oddity, YearNotEntered> {
        let passed = || by.calendar.count_minutes(local(from_millis(since)), local(end));
        Ok(match waits {
            Waits::Unanswered => {
                let allowed = by.thresholds.reception_minutes.value;
                Oddity::StillWaiting { minutes: passed()?, allowed }
            }
            Waits::Stuck { step, planned } => {
                let step = self.texts.symbols.text(step).to_owned();
                Oddity::Stuck { step, minutes: passed()?, planned }
            }
            Waits::Late { promised } => {
                let days = local(end).date().since(local(from_millis(promised)).date());
                Oddity::NoApology { days: days.map_or(0, |span| span.get_days().into()) }
            }
        })
    }
}

/// Of what is asked: a window, and the agency if of one.
type Scope = (Range, Option<Symbol>);
