//! What only shows across dossiers: chains and clusters. D3 (of one official), D4, D5.

use super::judged::How;
use super::kept::{Millis, Number, Odd, Range, SeenBy, Spot, Symbol, insert};
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

const DAY_MS: Millis = 86_400_000;

/// The ends of dossiers, in the order of time.
#[derive(Default)]
pub(super) struct Ends {
    all: Vec<End>,
    /// Issued shortly before the due date, with the minutes left.
    close: Vec<Spot<i64>>,
    /// Withdrawn in an official's charge.
    withdrawn: Vec<Spot<Symbol>>,
}

/// An end.
#[derive(Clone, Copy)]
pub(super) struct End {
    pub(super) at: Millis,
    pub(super) agency: Symbol,
    /// The official in charge.
    pub(super) official: Option<Symbol>,
    pub(super) how: How,
    pub(super) is_close: bool,
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

/// What the ends within a window add up to.
pub(super) struct Shares {
    /// D5: results close to their due date, by agency.
    at_due: Vec<Share>,
    /// D3: withdrawals, by official.
    withdrawn: Vec<Share>,
}

impl Ends {
    pub(super) fn push(&mut self, end: End) {
        insert(&mut self.all, end, |end| end.at);
    }

    pub(super) fn push_close(&mut self, spot: Spot<i64>) {
        insert(&mut self.close, spot, |spot| (spot.at, spot.entry));
    }

    pub(super) fn push_withdrawn(&mut self, spot: Spot<Symbol>) {
        insert(&mut self.withdrawn, spot, |spot| (spot.at, spot.entry));
    }

    /// Adds up a window, of so many texts.
    pub(super) fn shares(&self, range: Range, agency: Option<Symbol>, texts: usize) -> Shares {
        let mut shares = Shares {
            at_due: vec![Share::default(); texts],
            withdrawn: vec![Share::default(); texts],
        };
        for end in range.of(&self.all, |end| end.at) {
            if agency.is_some_and(|agency| agency != end.agency) {
                continue;
            }
            if end.how == How::Issued {
                let results = &mut shares.at_due[end.agency as usize];
                results.of += 1;
                results.part += u64::from(end.is_close);
            }
            if let Some(official) = end.official {
                let ended = &mut shares.withdrawn[official as usize];
                ended.of += 1;
                ended.part += u64::from(end.how == How::Withdrawn);
            }
        }
        shares
    }

    /// D5: an agency's results that came at the very end of their time, where they are many.
    pub(super) fn at_due<'w>(
        &'w self,
        (range, agency, shares): (Range, Option<Symbol>, &Shares),
        many: (i64, i64),
    ) -> impl Iterator<Item = (&'w Spot<i64>, Share)> {
        let close = range.of(&self.close, |spot| spot.at).iter();
        close
            .filter(move |spot| spot.is_of(agency))
            .map(|spot| (spot, shares.at_due[spot.agency as usize]))
            .filter(move |(_, share)| share.is_many(many))
    }

    /// D3: withdrawals that gather with one official.
    pub(super) fn withdrawn<'w>(
        &'w self,
        (range, agency, shares): (Range, Option<Symbol>, &Shares),
        many: (i64, i64),
    ) -> impl Iterator<Item = (&'w Spot<Symbol>, Share)> {
        let withdrawn = range.of(&self.withdrawn, |spot| spot.at).iter();
        withdrawn
            .filter(move |spot| spot.is_of(agency))
            .map(|spot| (spot, shares.withdrawn[spot.what as usize]))
            .filter(move |(_, share)| share.is_many(many))
    }
}
