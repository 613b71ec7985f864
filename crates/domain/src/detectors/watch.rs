//! Takes facts in once, in the order of the log, and keeps what any window may ask of them.

use super::Detector;
use super::clicks::{Clicks, Recent};
use super::joint::{Chains, Ended, Ends};
use super::judged::{Finish, How, Judged, Lens, Taken, Turn, judge, subject};
use super::kept::{DAY_MS, Millis, Name, Number, Odd, Range, Spot, Symbol, Texts, insert};
use super::standing::{Standing, Waits};
use crate::worktime::YearNotEntered;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What all facts so far show. No dossier is kept: only odd places, the ends of dossiers, and how
/// the open ones stand.
///
/// Facts of a dossier come in the order of time; those of different dossiers may be a few seconds
/// apart in the wrong order, as a log takes them in. One lens is used for all of them.
#[derive(Default)]
pub struct Watch {
    pub(super) texts: Texts,
    /// What facts showed by themselves, by detector and agency.
    pub(super) spots: [HashMap<Symbol, Vec<Spot<Odd>>>; Detector::ALL.len()],
    pub(super) open: HashMap<Arc<str>, Open>,
    pub(super) spans: Spans,
    pub(super) ends: Ends,
    pub(super) clicks: Clicks,
    chains: Chains,
}

/// A dossier that may become odd by waiting.
pub(super) struct Open {
    pub(super) entry: u64,
    pub(super) agency: Symbol,
    pub(super) standing: Standing<Symbol>,
    pub(super) code: Option<Arc<str>>,
    /// Its number, once it was needed.
    number: Option<Number>,
}

/// From one instant to the next fact a dossier was odd by waiting.
pub(super) struct Span {
    pub(super) from: Millis,
    /// The next fact; then it was no more.
    pub(super) until: Millis,
    /// The last fact before.
    pub(super) since: Millis,
    pub(super) entry: u64,
    pub(super) dossier: Number,
    pub(super) agency: Symbol,
    pub(super) waits: Waits,
}

/// Times that are over in which a dossier was odd by waiting, by the day on which they ended.
#[derive(Default)]
pub(super) struct Spans(BTreeMap<Millis, SpansOfADay>);

struct SpansOfADay {
    /// Where the first of them begins.
    from: Millis,
    spans: Vec<Span>,
}

impl Spans {
    fn push(&mut self, span: Span) {
        let day = self.0.entry(span.until.div_euclid(DAY_MS));
        let day = day.or_insert_with(|| SpansOfADay { from: span.from, spans: Vec::new() });
        day.from = day.from.min(span.from);
        day.spans.push(span);
    }

    /// The spans around an instant.
    pub(super) fn around(&self, at: Millis) -> impl Iterator<Item = &Span> {
        let days = self.0.range(at.div_euclid(DAY_MS)..).map(|(_, day)| day);
        let spans = days.filter(move |day| day.from <= at).flat_map(|day| &day.spans);
        spans.filter(move |span| span.from <= at && at < span.until)
    }
}

/// Where a fact stands.
struct Place {
    name: Name,
    entry: u64,
    at: Millis,
    agency: Symbol,
}

impl Watch {
    /// One fact more: the dossier's id, the number of its entry, the fact.
    ///
    /// # Errors
    /// When the calendar of a year in between is not entered.
    pub fn take(
        &mut self,
        id: &Arc<str>,
        entry: u64,
        taken: &Taken<'_>,
        by: &Lens<'_>,
    ) -> Result<(), YearNotEntered> {
        self.put(id, entry, judge(taken, by)?);
        Ok(())
    }

    /// One fact more that was judged before.
    pub fn put(&mut self, id: &Arc<str>, entry: u64, judged: Judged) {
        let Judged { at, submitted, code, odd, turn, click, standing } = judged;
        let agency = self.texts.symbols.enter(&submitted.agency);
        let name = Name { id: id.clone(), code };
        let place = Place { name, entry, at: at.as_millisecond(), agency };
        let before = self.open.remove(id).and_then(|before| self.over(&place, before));
        if let Some(standing) = standing {
            let standing = standing.with(|step| self.texts.symbols.enter(&step));
            let code = place.name.code.clone();
            self.open.insert(id.clone(), Open { entry, agency, standing, code, number: before });
        }
        for (detector, oddity) in odd {
            let odd = Odd::of(oddity, &mut self.texts.symbols);
            self.spot(detector, &place, odd);
        }
        match turn {
            Turn::Filed { within_days } => {
                let subject = subject(&submitted);
                let links = subject
                    .map(|subject| self.chains.refiled(&subject, (place.at, agency), within_days));
                for odd in links.into_iter().flatten() {
                    self.spot(Detector::Refiled, &place, odd);
                }
            }
            Turn::Ended(finish) => {
                if finish.how != How::Issued
                    && let Some(subject) = subject(&submitted)
                {
                    let dossier = self.number(&place.name);
                    self.chains.end(subject, Ended { at: place.at, dossier, agency });
                }
                self.end(&place, &finish);
            }
            Turn::Goes => {}
        }
        if let Some(click) = click {
            let official = self.texts.symbols.enter(&click.official);
            let recent = Recent { at: place.at, entry, agency, name: place.name };
            let Watch { clicks, texts, open, .. } = self;
            clicks.push(official, (recent, click.most), |name| number(texts, open, name));
        }
    }

    /// The next fact is there: what was odd until now is over. The dossier's number, where it is
    /// still the same.
    fn over(&mut self, place: &Place, before: Open) -> Option<Number> {
        let Open { entry, agency, standing, code, number } = before;
        let unchanged = code == place.name.code;
        let name = Name { id: place.name.id.clone(), code };
        let mut number = number;
        let until = place.at;
        let since = standing.since;
        for (from, waits) in standing.waits() {
            // Where a year was missing, the fact that ended it could not be judged either.
            let (Ok(waits), from) = (waits, from.max(since)) else { continue };
            if from >= until {
                continue;
            }
            let dossier = *number.get_or_insert_with(|| self.texts.names.enter(&name));
            let span = Span { from, until, since, entry, dossier, agency, waits };
            self.spans.push(span);
        }
        number.filter(|_| unchanged)
    }

    fn end(&mut self, place: &Place, finish: &Finish) {
        let Finish { how, official, close } = finish;
        let Place { entry, at, agency, .. } = *place;
        let official = official.as_deref().map(|official| self.texts.symbols.enter(official));
        let odd = close.is_some() || (*how == How::Withdrawn && official.is_some());
        // Who is never told needs no name.
        let dossier = if odd { self.number(&place.name) } else { Number::MAX };
        let spot = Spot { at, entry, dossier, agency, what: () };
        if *how == How::Issued {
            self.ends.issue(spot.with(*close));
        }
        if let Some(official) = official {
            self.ends.end(spot.with(official), *how);
        }
    }

    fn spot(&mut self, detector: Detector, place: &Place, what: Odd) {
        let Place { entry, at, agency, .. } = *place;
        let dossier = self.number(&place.name);
        let spots = self.spots[detector as usize].entry(agency).or_default();
        insert(spots, Spot { at, entry, dossier, agency, what }, Spot::place);
    }

    /// What facts of a window showed by themselves, an agency at a time, each in the order of time.
    pub(super) fn spots_of(
        &self,
        detector: Detector,
        (range, agency): (Range, Option<Symbol>),
    ) -> impl Iterator<Item = &[Spot<Odd>]> {
        let lists = self.spots[detector as usize].iter();
        let theirs = lists.filter(move |(whose, _)| agency.is_none_or(|agency| agency == **whose));
        theirs.map(move |(_, spots)| range.of(spots, |spot| spot.at))
    }

    fn number(&mut self, name: &Name) -> Number {
        number(&mut self.texts, &mut self.open, name)
    }
}

/// The number of a dossier; an open one has it beside it.
fn number(texts: &mut Texts, open: &mut HashMap<Arc<str>, Open>, name: &Name) -> Number {
    match open.get_mut(&name.id).filter(|open| open.code == name.code) {
        Some(open) => *open.number.get_or_insert_with(|| texts.names.enter(name)),
        None => texts.names.enter(name),
    }
}
