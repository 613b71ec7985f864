//! Which course is laid where, and the facts of all of them in the order of time.

use super::lives::{Life, WEEK_MS};
use super::mould::Cast;
use anyhow::ensure;
use ledger::{Hash, commitment};
use office::keys::Keys;
use std::collections::HashMap;
use storage::StoredFact;

/// Facts written at a time.
const PAGE: usize = 20_000;

/// A fact of a copy in the order of time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    ts: i64,
    copy: u32,
    fact: u16,
}

/// How far a copy is laid.
#[derive(Clone, Copy, Default)]
struct Laid {
    last: Option<Hash>,
    received_as: u32,
}

/// All copies.
pub(crate) struct Copies {
    lives: Vec<Life>,
    keys: Keys,
    /// By how many weeks each is moved.
    weeks: Vec<i64>,
    laid: Vec<Laid>,
    /// What is laid, in this order, and how much of it was.
    order: Vec<Place>,
    next: usize,
    /// The last number of each book.
    books: HashMap<String, u32>,
}

impl Copies {
    /// Plans so many copies: the courses in turn, each time in other weeks.
    ///
    /// # Errors
    /// When there is no course to lay.
    pub(crate) fn plan(
        lives: Vec<Life>,
        keys: Keys,
        dossiers: u32,
        seed: u64,
    ) -> anyhow::Result<Copies> {
        let lives: Vec<Life> = lives.into_iter().filter(|life| !life.weeks.is_empty()).collect();
        ensure!(!lives.is_empty(), "no course came to an end");
        let mut dice = Dice(seed);
        let (mut weeks, mut order) = (Vec::new(), Vec::new());
        for (copy, life) in (0..dossiers).zip(lives.iter().cycle()) {
            let by = life.weeks[dice.roll(life.weeks.len())];
            let moved = life.facts.iter().map(|fact| fact.ts + by * WEEK_MS);
            let seen = (0..).zip(moved).take_while(|(_, ts)| *ts <= life.end);
            order.extend(seen.map(|(fact, ts)| Place { ts, copy, fact }));
            weeks.push(by);
        }
        order.sort_unstable();
        let laid = vec![Laid::default(); weeks.len()];
        Ok(Copies { lives, keys, weeks, laid, order, next: 0, books: HashMap::new() })
    }

    /// How many facts that makes.
    pub(crate) fn facts(&self) -> usize {
        self.order.len()
    }

    /// The next facts; none when all are laid.
    pub(crate) fn page(&mut self) -> Vec<StoredFact> {
        let end = self.order.len().min(self.next + PAGE);
        (self.next..end).map(|at| self.fact(at)).collect()
    }

    fn fact(&mut self, at: usize) -> StoredFact {
        let Place { copy, fact, .. } = self.order[at];
        self.next = at + 1;
        let copy = copy as usize;
        let life = &self.lives[copy % self.lives.len()];
        let mould = &life.facts[usize::from(fact)];
        let (weeks, laid) = (self.weeks[copy], &mut self.laid[copy]);
        let round = u32::try_from(copy / self.lives.len()).expect("copies are counted in 32 bits");
        let days = 7 * weeks;
        let drawn = mould.book(days).map(|book| {
            let last = self.books.entry(book).or_default();
            *last += 1;
            *last
        });
        let mut cast = Cast {
            dossier: id(&life.id, round, weeks),
            round,
            days,
            index: at as u64,
            prev: laid.last,
            received_as: &mut laid.received_as,
            keys: &self.keys,
        };
        let cast = mould.cast(&mut cast, drawn);
        laid.last = Some(cast.leaf);
        cast
    }
}

/// The id of a copy: its time, and chance that follows from what it is a copy of.
fn id(played: &str, round: u32, weeks: i64) -> String {
    let ms = i64::from_str_radix(&played[..12], 16).expect("an id begins with its time");
    let mut salt = [0; 32];
    salt[..4].copy_from_slice(&round.to_be_bytes());
    let chance = commitment(&salt, played.as_bytes());
    format!("{:012x}{}", ms + weeks * WEEK_MS, hex::encode(&chance.0[..10]))
}

/// Chance from a number (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).expect("fewer than sides")
    }
}
