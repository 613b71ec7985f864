//! Figures and lists from the courses. A life that lies wholly within the window is counted by what
//! is known of it since its end; only those at the edges of a window are folded.

use super::course::Course;
use super::courses::{Courses, Folded, Whole};
use super::figure::Figure;
use super::figures::Figures;
use super::period::Window;
use super::results::Results;
use super::tally::Place;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::ops::Range;

/// Where a dossier belongs, for the question whether it is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Belongs<'b> {
    /// All that never changes.
    pub place: &'b Place,
    /// The officer in charge.
    pub official: Option<&'b str>,
}

impl Courses {
    /// The figures of a window from a part of the dossiers, by the key that each has; whoever has
    /// none is left out.
    pub fn figures<K: Ord + Hash + Clone>(
        &self,
        part: Range<usize>,
        window: &Window,
        key: impl Fn(Belongs<'_>) -> Option<K>,
    ) -> BTreeMap<K, Figures> {
        let (opens, end) = (window.opens.as_millisecond(), window.end.as_millisecond());
        let mut known = Known::new(self, &key);
        let mut sums: Vec<Sum> = Vec::new();
        let mut edges: BTreeMap<K, Figures> = BTreeMap::new();
        let mut folded = Folded::default();
        for number in part {
            let head = &self.heads[number];
            if head.lies_within(opens, end) {
                if let Some(row) = known.row(head.whole.charge) {
                    if sums.len() <= row {
                        sums.resize_with(row + 1, Sum::default);
                    }
                    sums[row].add(&head.whole, self.masks.values().len());
                }
            } else if head.counts(opens.min(end), end) {
                let course = self.fold(number, end, &mut folded);
                if let Some(key) = key(self.belongs(head.place, course)) {
                    edges.entry(key).or_default().add(course, window);
                }
            }
        }
        for (row, sum) in sums.into_iter().enumerate() {
            let figures = edges.entry(known.keys[row].clone()).or_default();
            *figures = std::mem::take(figures).and(&sum.figures(self.masks.values()));
        }
        edges
    }

    /// How many dossiers of a part a figure counts in a window, and the first ones of them.
    pub fn list(
        &self,
        part: Range<usize>,
        window: &Window,
        (figure, most): (Figure, usize),
        wanted: impl Fn(Belongs<'_>) -> bool,
    ) -> (usize, Vec<Course>) {
        let (opens, end) = (window.opens.as_millisecond(), window.end.as_millisecond());
        let key = |belongs: Belongs<'_>| wanted(belongs).then_some(());
        let mut known = Known::new(self, &key);
        let bit = 1u64 << figure as usize;
        let (mut count, mut first) = (0, Vec::new());
        let mut folded = Folded::default();
        for number in part {
            let head = &self.heads[number];
            if head.lies_within(opens, end) {
                let counts = self.masks.value(head.whole.mask) & bit != 0;
                if counts && known.row(head.whole.charge).is_some() {
                    count += 1;
                    if first.len() < most {
                        first.push(self.fold(number, end, &mut folded).clone());
                    }
                }
            } else if head.counts(opens.min(end), end) {
                let course = self.fold(number, end, &mut folded);
                if figure.includes(course, window) && wanted(self.belongs(head.place, course)) {
                    count += 1;
                    if first.len() < most {
                        first.push(course.clone());
                    }
                }
            }
        }
        (count, first)
    }

    fn belongs<'b>(&'b self, place: u32, course: &'b Course) -> Belongs<'b> {
        Belongs { place: self.places.value(place), official: course.official.as_deref() }
    }
}

/// The rows of lives that are over, asked once for each place and official.
struct Known<'k, K, F> {
    courses: &'k Courses,
    key: &'k F,
    /// By charge: its row, once asked for.
    rows: Vec<Option<Option<usize>>>,
    numbers: HashMap<K, usize>,
    keys: Vec<K>,
}

impl<'k, K: Hash + Eq + Clone, F: Fn(Belongs<'_>) -> Option<K>> Known<'k, K, F> {
    fn new(courses: &'k Courses, key: &'k F) -> Known<'k, K, F> {
        let rows = vec![None; courses.charges.values().len()];
        Known { courses, key, rows, numbers: HashMap::new(), keys: Vec::new() }
    }

    fn row(&mut self, charge: u32) -> Option<usize> {
        match self.rows[charge as usize] {
            Some(row) => row,
            None => self.ask(charge),
        }
    }

    fn ask(&mut self, charge: u32) -> Option<usize> {
        let (place, official) = *self.courses.charges.value(charge);
        let official = official.map(|number| self.courses.officials.value(number).as_str());
        let key = (self.key)(Belongs { place: self.courses.places.value(place), official });
        let row = key.map(|key| {
            let next = self.keys.len();
            let row = *self.numbers.entry(key.clone()).or_insert(next);
            if row == next {
                self.keys.push(key);
            }
            row
        });
        self.rows[charge as usize] = Some(row);
        row
    }
}

/// Whole lives of a row.
#[derive(Default)]
struct Sum {
    /// How many have a mask.
    masks: Vec<u64>,
    results: Results,
}

impl Sum {
    fn add(&mut self, whole: &Whole, masks: usize) {
        if self.masks.is_empty() {
            self.masks = vec![0; masks];
        }
        self.masks[whole.mask as usize] += 1;
        if let Some(minutes) = whole.minutes() {
            self.results.push(whole.rounds, Some(minutes));
        }
    }

    fn figures(self, masks: &[u64]) -> Figures {
        let mut counts = vec![0; Figure::ALL.len()];
        for (count, mask) in self.masks.iter().zip(masks).filter(|(count, _)| **count > 0) {
            let mut bits = *mask;
            while bits != 0 {
                counts[bits.trailing_zeros() as usize] += count;
                bits &= bits - 1;
            }
        }
        Figures::counted(counts, self.results)
    }
}
