//! D6: more steps within a minute than a person reads.
//!
//! A run within a window, of one agency, lies in a run over all time and all agencies. So only
//! clicks of such a run are kept, and the runs of a window are looked for among them.

use super::bursts::{Bursts, Close};
use super::kept::{MINUTE_MS, Millis, Name, Number, Range, Spot, Symbol, insert};
use std::collections::{HashMap, VecDeque};

/// The log takes facts in as they are committed: by so much, one may be earlier than its
/// predecessor. Keeping a few clicks too many is no fault.
const DISORDER: Millis = 10_000;

/// A click of the last minute, that may yet be part of a run.
pub(super) struct Recent {
    pub(super) at: Millis,
    pub(super) entry: u64,
    pub(super) agency: Symbol,
    pub(super) name: Name,
}

/// The clicks of all officials.
#[derive(Default)]
pub(super) struct Clicks {
    hands: HashMap<Symbol, Hand>,
}

#[derive(Default)]
struct Hand {
    /// Clicks of the last minute; the first so many are kept already.
    recent: VecDeque<Recent>,
    already: usize,
    /// In the order of time.
    kept: Vec<Spot<()>>,
    /// The runs among those kept, and what is known of each.
    bursts: Bursts,
    spans: Vec<Span>,
}

/// When and where the clicks of a run were.
struct Span {
    opens: Millis,
    end: Millis,
    /// The agency, where they are all of one.
    agency: Option<Symbol>,
    /// The kept clicks that were looked at.
    to: usize,
}

/// Clicks of a run, all or one of them.
pub(super) struct Told<'w> {
    pub(super) clicks: &'w [Spot<()>],
    /// From when to when they were.
    pub(super) times: (Millis, Millis),
    pub(super) official: Symbol,
    /// The most steps that fall within a minute of the run.
    pub(super) steps: u64,
}

impl Clicks {
    /// A click more, in the order of the log; of more than `most` within a minute all are kept.
    pub(super) fn push(
        &mut self,
        official: Symbol,
        (click, most): (Recent, usize),
        mut number: impl FnMut(&Name) -> Number,
    ) {
        let hand = self.hands.entry(official).or_default();
        let over = click.at - MINUTE_MS - 2 * DISORDER;
        while hand.recent.front().is_some_and(|first| first.at <= over) {
            hand.recent.pop_front();
            hand.already = hand.already.saturating_sub(1);
        }
        hand.recent.push_back(click);
        if hand.recent.len() <= most {
            return;
        }
        // The first ones of the minute were kept when they came.
        for Recent { at, entry, agency, name } in hand.recent.iter().skip(hand.already) {
            let dossier = number(name);
            let (at, entry, agency) = (*at, *entry, *agency);
            if hand.kept.last().is_some_and(|last| at < last.at) {
                let near = hand.kept.partition_point(|click| click.at <= at - MINUTE_MS);
                hand.bursts.back_to(near);
                hand.spans.truncate(hand.bursts.runs().len());
            }
            insert(&mut hand.kept, Spot { at, entry, agency, dossier, what: () }, Spot::place);
        }
        hand.already = hand.recent.len();
        hand.look(most);
    }

    /// Tells every click of a run within a window. A run that lies within it is told as it is; of
    /// one that does not, or that is of several agencies, the runs of what is left are told.
    pub(super) fn runs<'w>(
        &'w self,
        (range, agency): (Range, Option<Symbol>),
        most: usize,
        mut tell: impl FnMut(Told<'w>),
    ) {
        for (official, hand) in &self.hands {
            let official = *official;
            for (run, span) in hand.bursts.runs().iter().zip(&hand.spans) {
                if span.end < range.opens || range.end < span.opens {
                    continue;
                }
                let clicks = &hand.kept[run.from..run.to];
                let times = (span.opens, span.end);
                let is_theirs = agency.is_none() || agency == span.agency;
                if is_theirs && range.holds(span.opens) && range.holds(span.end) {
                    tell(Told { clicks, times, official, steps: run.within });
                    continue;
                }
                let left = clicks.iter().filter(|it| range.holds(it.at) && it.is_of(agency));
                let left: Vec<&Spot<()>> = left.collect();
                for run in Bursts::of(&left, |click| click.at, close(most)) {
                    for click in &left[run.from..run.to] {
                        let (clicks, times) = (std::slice::from_ref(*click), (click.at, click.at));
                        tell(Told { clicks, times, official, steps: run.within });
                    }
                }
            }
        }
    }
}

impl Hand {
    /// Finds the runs among what is kept now.
    fn look(&mut self, most: usize) {
        self.bursts.look(&self.kept, |click| click.at, close(most));
        // Those before the last one known are finished; that one may have grown.
        let known = self.spans.len().saturating_sub(1);
        for (no, run) in self.bursts.runs().iter().enumerate().skip(known) {
            if no == self.spans.len() {
                let Spot { at, agency, .. } = self.kept[run.from];
                let span = Span { opens: at, end: at, agency: Some(agency), to: run.from };
                self.spans.push(span);
            }
            let span = &mut self.spans[no];
            for click in &self.kept[span.to..run.to] {
                span.opens = span.opens.min(click.at);
                span.end = span.end.max(click.at);
                span.agency = span.agency.filter(|agency| *agency == click.agency);
            }
            span.to = run.to;
        }
    }
}

/// Closer than a person reads.
const fn close(most: usize) -> Close {
    Close { most, span: MINUTE_MS }
}
