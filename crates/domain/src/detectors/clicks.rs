//! D6: more steps within a minute than a person reads.
//!
//! A run within a window, of one agency, lies in a run over all time and all agencies. So only
//! clicks of such a run are kept, and the runs of a window are looked for among them.

use super::kept::{Millis, Name, Number, Range, Spot, Symbol};
use crate::time::{Instant, from_millis};
use jiff::SignedDuration;
use std::collections::{HashMap, VecDeque};

const MINUTE_MS: Millis = 60_000;

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
    kept: Vec<Spot<()>>,
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
        for Recent { at, entry, agency, name } in hand.recent.iter().skip(hand.already) {
            let dossier = number(name);
            let (at, entry, agency) = (*at, *entry, *agency);
            hand.kept.push(Spot { at, entry, agency, dossier, what: () });
        }
        hand.already = hand.recent.len();
    }

    /// Tells every click of a run within a window, with its official and the most steps that fall
    /// within a minute of the run.
    pub(super) fn runs<'w>(
        &'w self,
        (range, agency): (Range, Option<Symbol>),
        most: usize,
        mut tell: impl FnMut(&'w Spot<()>, Symbol, u64),
    ) {
        let within = |click: &&Spot<()>| range.holds(click.at) && click.is_of(agency);
        let minute = SignedDuration::from_millis(MINUTE_MS);
        for (official, hand) in &self.hands {
            let clicks: Vec<&Spot<()>> = hand.kept.iter().filter(within).collect();
            for (run, steps) in bursts(&clicks, |click| from_millis(click.at), minute, most) {
                run.iter().for_each(|click| tell(click, *official, steps));
            }
        }
    }
}

/// The runs of marks, in the order of time, of which more than `most` fall within a span; each with
/// the most that fall within one.
pub(super) fn bursts<T>(
    marks: &[T],
    at: impl Fn(&T) -> Instant,
    span: SignedDuration,
    most: usize,
) -> Vec<(&[T], u64)> {
    let mut runs: Vec<(usize, usize, u64)> = Vec::new();
    let mut first = 0;
    for last in 0..marks.len() {
        while at(&marks[last]).duration_since(at(&marks[first])) >= span {
            first += 1;
        }
        let within = last - first + 1;
        if within <= most {
            continue;
        }
        match runs.last_mut().filter(|(_, end, _)| *end > first) {
            Some((_, end, steps)) => (*end, *steps) = (last + 1, (*steps).max(within as u64)),
            None => runs.push((first, last + 1, within as u64)),
        }
    }
    runs.into_iter().map(|(from, to, steps)| (&marks[from..to], steps)).collect()
}
