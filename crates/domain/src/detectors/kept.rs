//! What a watch keeps of odd places, in few bytes: texts that come again and again are numbers.

use super::{Detector, Evidence, Oddity};
use crate::time::{Instant, from_millis};
use std::collections::HashMap;
use std::sync::Arc;

/// Milliseconds since 1970-01-01T00:00Z, as facts carry them.
pub(super) type Millis = i64;

/// A minute.
pub(super) const MINUTE_MS: Millis = 60_000;

/// A day.
pub(super) const DAY_MS: Millis = 86_400_000;

/// Later than every fact.
pub(super) const NEVER: Millis = Millis::MAX;

/// A text as a number.
pub(super) type Symbol = u32;

/// The texts behind the numbers: agencies, officials, names of steps.
#[derive(Default)]
pub(super) struct Symbols {
    numbers: HashMap<Arc<str>, Symbol>,
    texts: Vec<Arc<str>>,
}

impl Symbols {
    pub(super) fn enter(&mut self, text: &str) -> Symbol {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let text: Arc<str> = text.into();
        let number = Symbol::try_from(self.texts.len()).expect("fewer names than dossiers");
        self.numbers.insert(text.clone(), number);
        self.texts.push(text);
        number
    }

    pub(super) fn find(&self, text: &str) -> Option<Symbol> {
        self.numbers.get(text).copied()
    }

    pub(super) fn text(&self, number: Symbol) -> &str {
        &self.texts[number as usize]
    }
}

/// A dossier's number in [`Names`].
pub(super) type Number = u32;

/// A dossier as evidence names it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) id: Arc<str>,
    /// Its code, once it had one.
    pub(super) code: Option<Arc<str>>,
}

/// The dossiers at which something may be odd. One with evidence from before and after its code
/// was given is there twice.
#[derive(Default)]
pub(super) struct Names(Vec<Name>);

impl Names {
    /// The number of a dossier; the last one entered again where it is the same.
    pub(super) fn enter(&mut self, name: &Name) -> Number {
        if self.0.last() != Some(name) {
            self.0.push(name.clone());
        }
        Number::try_from(self.0.len() - 1).expect("fewer dossiers than entries of the log")
    }

    pub(super) fn of(&self, number: Number) -> &Name {
        &self.0[number as usize]
    }
}

/// A fact at which something is odd, or may be once the rest of a window is known; and what.
#[derive(Clone, Copy)]
pub(super) struct Spot<W> {
    pub(super) at: Millis,
    pub(super) entry: u64,
    pub(super) dossier: Number,
    pub(super) agency: Symbol,
    pub(super) what: W,
}

impl<W> Spot<W> {
    /// Does it concern the agency that is looked at?
    pub(super) fn is_of(&self, agency: Option<Symbol>) -> bool {
        agency.is_none_or(|agency| agency == self.agency)
    }

    /// Where it stands in a list.
    pub(super) fn place(&self) -> (Millis, u64) {
        (self.at, self.entry)
    }

    /// The same with something else.
    pub(super) fn with<V>(self, what: V) -> Spot<V> {
        let Spot { at, entry, dossier, agency, .. } = self;
        Spot { at, entry, dossier, agency, what }
    }
}

/// What is odd, as [`Oddity`], in 16 bytes.
pub(super) enum Odd {
    LateReception { minutes: i32, allowed: i32 },
    CounterClosed,
    Refiled { before: Number, days: i32, seen_by: SeenBy },
    Unsigned,
    Stuck { step: Symbol, minutes: i32, planned: i32 },
    NoApology { days: i32 },
    ApologyLate,
    Other(Box<Oddity>),
}

/// A chain of filings can cross agencies; who looks at one of them sees that one's dossiers only.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SeenBy {
    Everyone,
    TheProvince,
    TheAgency,
}

impl Odd {
    /// What a single dossier shows. What does not fit is kept as it is.
    pub(super) fn of(oddity: Oddity, symbols: &mut Symbols) -> Odd {
        let small = |number: i64| i32::try_from(number).ok();
        let packed = match &oddity {
            Oddity::LateReception { minutes, allowed } => small(*minutes)
                .zip(small(*allowed))
                .map(|(minutes, allowed)| Odd::LateReception { minutes, allowed }),
            Oddity::Stuck { step, minutes, planned } => {
                let step = symbols.enter(step);
                let both = small(*minutes).zip(small(*planned));
                both.map(|(minutes, planned)| Odd::Stuck { step, minutes, planned })
            }
            Oddity::NoApology { days } => small(*days).map(|days| Odd::NoApology { days }),
            Oddity::CounterClosed => Some(Odd::CounterClosed),
            Oddity::Unsigned => Some(Odd::Unsigned),
            Oddity::ApologyLate => Some(Odd::ApologyLate),
            Oddity::LateRequest { .. }
            | Oddity::NothingNew { .. }
            | Oddity::WithdrawnNearDue { .. }
            | Oddity::ManyWithdrawn { .. }
            | Oddity::Refiled { .. }
            | Oddity::AtDue { .. }
            | Oddity::Bulk { .. }
            | Oddity::StillWaiting { .. }
            | Oddity::EnteredLater { .. }
            | Oddity::ClaimDiffers { .. }
            | Oddity::FeeDiffers { .. }
            | Oddity::NotListed { .. }
            | Oddity::RatingBurst { .. } => None,
        };
        packed.unwrap_or_else(|| Odd::Other(Box::new(oddity)))
    }

    /// Is it seen by who looks at one agency, or at all?
    pub(super) fn is_seen(&self, agency: Option<Symbol>) -> bool {
        match self {
            Odd::Refiled { seen_by, .. } => match seen_by {
                SeenBy::Everyone => true,
                SeenBy::TheProvince => agency.is_none(),
                SeenBy::TheAgency => agency.is_some(),
            },
            Odd::LateReception { .. }
            | Odd::CounterClosed
            | Odd::Unsigned
            | Odd::Stuck { .. }
            | Odd::NoApology { .. }
            | Odd::ApologyLate
            | Odd::Other(_) => true,
        }
    }
}

/// Puts an item into a list in the order of time. The log takes facts in as they are committed, so
/// one may be a little earlier than the one before it.
pub(super) fn insert<T, K: Ord>(list: &mut Vec<T>, item: T, key: impl Fn(&T) -> K) {
    let place = key(&item);
    if list.last().is_none_or(|last| key(last) <= place) {
        list.push(item);
        return;
    }
    let at = list.partition_point(|other| key(other) <= place);
    list.insert(at, item);
}

/// From one instant to another, both counted.
#[derive(Clone, Copy)]
pub(super) struct Range {
    pub(super) opens: Millis,
    pub(super) end: Millis,
}

impl Range {
    pub(super) fn holds(&self, at: Millis) -> bool {
        self.opens <= at && at <= self.end
    }

    /// The part of a list in the order of time that lies within.
    pub(super) fn of<'l, T>(&self, list: &'l [T], at: impl Fn(&T) -> Millis) -> &'l [T] {
        let from = list.partition_point(|item| at(item) < self.opens);
        let to = list.partition_point(|item| at(item) <= self.end);
        &list[from.min(to)..to]
    }
}

/// The texts that evidence is made of.
#[derive(Default)]
pub(super) struct Texts {
    pub(super) symbols: Symbols,
    pub(super) names: Names,
}

impl Texts {
    /// The evidence of a spot, with what is odd there.
    pub(super) fn evidence<W>(
        &self,
        detector: Detector,
        spot: &Spot<W>,
        oddity: Oddity,
    ) -> Evidence {
        let Name { id, code } = self.names.of(spot.dossier);
        let named = (id.as_ref(), code.as_deref());
        self.named(detector, (spot.agency, named), (from_millis(spot.at), spot.entry), oddity)
    }

    /// The evidence of a dossier, named by id and code.
    pub(super) fn named(
        &self,
        detector: Detector,
        (agency, (id, code)): (Symbol, (&str, Option<&str>)),
        (at, entry): (Instant, u64),
        oddity: Oddity,
    ) -> Evidence {
        Evidence {
            detector,
            agency: self.symbols.text(agency).to_owned(),
            dossier: Some(id.to_owned()),
            code: code.map(str::to_owned),
            entry: Some(entry),
            at,
            oddity,
        }
    }

    /// What is odd.
    pub(super) fn oddity(&self, odd: &Odd) -> Oddity {
        match odd {
            Odd::LateReception { minutes, allowed } => {
                Oddity::LateReception { minutes: (*minutes).into(), allowed: (*allowed).into() }
            }
            Odd::CounterClosed => Oddity::CounterClosed,
            Odd::Refiled { before, days, .. } => {
                let Name { id, code } = self.names.of(*before);
                Oddity::Refiled {
                    before: id.as_ref().to_owned(),
                    before_code: code.as_deref().map(str::to_owned),
                    days: (*days).into(),
                }
            }
            Odd::Unsigned => Oddity::Unsigned,
            Odd::Stuck { step, minutes, planned } => Oddity::Stuck {
                step: self.symbols.text(*step).to_owned(),
                minutes: (*minutes).into(),
                planned: (*planned).into(),
            },
            Odd::NoApology { days } => Oddity::NoApology { days: (*days).into() },
            Odd::ApologyLate => Oddity::ApologyLate,
            Odd::Other(oddity) => oddity.as_ref().clone(),
        }
    }
}
