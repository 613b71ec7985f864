//! What only shows across dossiers: chains and clusters. D3 (of one official), D4, D5.

use super::judged::How;
use super::kept::{DAY_MS, Millis, Number, Odd, Range, SeenBy, Spot, Symbol, insert};
use std::collections::HashMap;

/// The last withdrawn or stopped dossiers by subject and procedure, one of each agency, the last
/// of all at the end.
#[derive(Default)]
pub(super) struct Chains(HashMap<(String, String), Vec<Ended>>);

#[derive(Clone, Copy)]
pub(super) struct Ended {
    pub(super) at: Millis,
    pub(super) dossier: Number,
    pub(super) agency: Symbol,
}

impl Chains {
    /// A dossier was withdrawn or stopped.
    pub(super) fn end(&mut self, subject: (String, String), ended: Ended) {
        let links = self.0.entry(subject).or_default();
        links.retain(|link| link.agency != ended.agency);
        links.push(ended);
    }

    /// D4: is a filing the next link of a chain? Who looks at its agency alone may see another
    /// link before it than who looks at the province.
    pub(super) fn refiled(
        &self,
        subject: &(String, String),
        (at, agency): (Millis, Symbol),
        within_days: i64,
    ) -> Vec<Odd> {
        let Some(links) = self.0.get(subject) else { return Vec::new() };
        let after = |link: &Ended, seen_by| {
            let days = (at - link.at) / DAY_MS;
            let days = i32::try_from(days).ok().filter(|days| i64::from(*days) <= within_days)?;
            Some(Odd::Refiled { before: link.dossier, days, seen_by })
        };
        let own = links.iter().find(|link| link.agency == agency);
        match (links.last(), own) {
            (Some(last), _) if last.agency == agency => {
                after(last, SeenBy::Everyone).into_iter().collect()
            }
            (last, own) => {
                let last = last.and_then(|link| after(link, SeenBy::TheProvince));
                last.into_iter()
                    .chain(own.and_then(|link| after(link, SeenBy::TheAgency)))
                    .collect()
            }
        }
    }
}

/// The ends of dossiers.
#[derive(Default)]
pub(super) struct Ends {
    /// Results by agency.
    results: HashMap<Symbol, Results>,
    /// What an official had in charge of an agency's dossiers, by both.
    charges: HashMap<(Symbol, Symbol), Charge>,
}

/// In the order of time.
#[derive(Default)]
struct Results {
    issued: Vec<Millis>,
    /// Those shortly before the due date, with the minutes left.
    close: Vec<Spot<i64>>,
}

/// In the order of time.
#[derive(Default)]
struct Charge {
    ended: Vec<Millis>,
    withdrawn: Vec<Spot<Symbol>>,
}

/// How many of how many.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Share {
    pub(super) part: u64,
    pub(super) of: u64,
}

impl Share {
    /// At least so many, and at least so many percent of all.
    fn is_many(self, (least, percent): (i64, i64)) -> bool {
        let (part, of) = (u128::from(self.part), u128::from(self.of));
        let (least, percent) =
            (u128::from(least.unsigned_abs()), u128::from(percent.unsigned_abs()));
        part >= least && part * 100 >= of * percent
    }
}

impl Ends {
    /// A result; the minutes left where they were few.
    pub(super) fn issue(&mut self, spot: Spot<Option<i64>>) {
        let results = self.results.entry(spot.agency).or_default();
        insert(&mut results.issued, spot.at, |at| *at);
        if let Some(left_minutes) = spot.what {
            insert(&mut results.close, spot.with(left_minutes), Spot::place);
        }
    }

    /// A dossier in an official's charge ended.
    pub(super) fn end(&mut self, spot: Spot<Symbol>, how: How) {
        let charge = self.charges.entry((spot.agency, spot.what)).or_default();
        insert(&mut charge.ended, spot.at, |at| *at);
        if how == How::Withdrawn {
            insert(&mut charge.withdrawn, spot, Spot::place);
        }
    }

    /// D5: an agency's results that came at the very end of their time, where they are many.
    pub(super) fn at_due(
        &self,
        (range, agency): (Range, Option<Symbol>),
        many: (i64, i64),
    ) -> impl Iterator<Item = (&[Spot<i64>], Share)> {
        let theirs = self.results.iter().filter(move |(whose, _)| is_of(**whose, agency));
        theirs.filter_map(move |(_, results)| {
            let close = range.of(&results.close, |spot| spot.at);
            let of = range.of(&results.issued, |at| *at).len() as u64;
            let share = Share { part: close.len() as u64, of };
            share.is_many(many).then_some((close, share))
        })
    }

    /// D3: withdrawals that gather with one official.
    pub(super) fn withdrawn(
        &self,
        (range, agency): (Range, Option<Symbol>),
        many: (i64, i64),
    ) -> Vec<(&[Spot<Symbol>], Share)> {
        let mut shares: HashMap<Symbol, Share> = HashMap::new();
        let mut all = Vec::new();
        for ((whose, official), charge) in &self.charges {
            if is_of(*whose, agency) {
                let withdrawn = range.of(&charge.withdrawn, |spot| spot.at);
                let share = shares.entry(*official).or_default();
                share.part += withdrawn.len() as u64;
                share.of += range.of(&charge.ended, |at| *at).len() as u64;
                all.push((withdrawn, *official));
            }
        }
        let share = |(withdrawn, official)| (withdrawn, shares[&official]);
        all.into_iter().map(share).filter(|(_, share)| share.is_many(many)).collect()
    }
}

fn is_of(whose: Symbol, agency: Option<Symbol>) -> bool {
    agency.is_none_or(|agency| agency == whose)
}
