//! The counters: the marks of all dossiers, added up by place, day and month.
//!
//! Whole months are added up beforehand, what stands open at the beginning of each month too; only
//! the days at the edges of a window are gone through. So a report costs by the number of places
//! and months it looks at, not by the number of dossiers.

use super::course::Setting;
use super::figure::Figure;
use super::figures::Figures;
use super::interned::Interned;
use super::marks::{ALWAYS, Day, Mark, Marks, day_of, first_of, month_of, since_midnight};
use super::period::Window;
use super::results::{Results, short};
use crate::dossier::event::{Channel, Submitted};
use crate::organisation::Level;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

/// What of a dossier never changes, and by which figures are grouped.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The agency that decides.
    pub agency: String,
    /// Its level.
    pub level: Level,
    /// The procedure version; the online service follows from it.
    pub procedure: String,
    /// Code of its field.
    pub field: String,
    /// How the dossier came in.
    pub channel: Channel,
}

impl Place {
    /// Where a filing belongs.
    #[must_use]
    pub fn of(submitted: &Submitted, setting: &Setting<'_>) -> Place {
        Place {
            agency: submitted.agency.clone(),
            level: setting.level,
            procedure: submitted.procedure.clone(),
            field: setting.field.to_owned(),
            channel: submitted.channel,
        }
    }
}

/// How far places are told apart. What is asked without telling them apart is added up beforehand,
/// so that it costs the same however many procedures there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// Each by itself.
    Place,
    /// By the agency alone: what else a place says is not told.
    Agency,
    /// By level and field alone.
    Field,
}

/// Are working times wanted beside the counts? They are gone through one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// Averages and percentiles are asked for.
    Wanted,
    /// Counts alone.
    Left,
}

/// The counters.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    places: Interned<Place>,
    /// By agency, and by level and field.
    coarse: [Coarse; 2],
    masks: Interned<u64>,
    months: BTreeMap<i32, Month>,
    fresh: usize,
}

/// Places that are not told apart.
#[derive(Debug, Clone, Default)]
struct Coarse {
    places: Interned<Place>,
    /// By the number of a place: where it belongs.
    of: Vec<u32>,
}

/// Marks added up: by place, by agency, by level and field.
type Cells = [Vec<Cell>; 3];

/// What happened in a month.
#[derive(Debug, Clone, Default)]
struct Month {
    days: BTreeMap<Day, Vec<Packed>>,
    done: Vec<PackedDone>,
    /// Marks that are not among the days and sums yet.
    fresh: Vec<(Day, Packed)>,
    /// Marks that count for every opening day before this month.
    whole: Cells,
    /// Marks that reach only to an earlier month, by that month.
    short: BTreeMap<i32, Short>,
    /// What stood open as the month began, fresh marks not counted; not known while all its marks
    /// are fresh.
    open: Option<Cells>,
}

/// Marks that reach to a day of some month: one by one for windows that open in it, and added up
/// for those that open before.
#[derive(Debug, Clone, Default)]
struct Short {
    marks: Vec<Packed>,
    cells: Cells,
}

/// A mark of a day, in 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Packed {
    /// Milliseconds since midnight.
    at_ms: u32,
    place: u32,
    until: Day,
    mask: u16,
    by: i16,
}

/// A result in 24 bytes.
#[derive(Debug, Clone, Copy)]
struct PackedDone {
    at_ms: i64,
    place: u32,
    rounds: u32,
    /// Negative for not known.
    worked: i32,
    stood: i32,
}

/// How often a place has a mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    place: u32,
    mask: u16,
    count: i32,
}

impl Tally {
    fn number(&mut self, place: &Place) -> u32 {
        let number = self.places.number(place);
        if self.coarse[0].of.len() <= number as usize {
            let nothing = Place {
                agency: String::new(),
                level: Level::Province,
                procedure: String::new(),
                field: String::new(),
                channel: Channel::Online,
            };
            let (agency, level, field) = (place.agency.clone(), place.level, place.field.clone());
            let of_agency = Place { agency, level, ..nothing.clone() };
            let of_field = Place { level, field, ..nothing };
            for (coarse, place) in self.coarse.iter_mut().zip([of_agency, of_field]) {
                let number = coarse.places.number(&place);
                coarse.of.push(number);
            }
        }
        number
    }

    /// Takes marks of a dossier back.
    pub fn take_back(&mut self, place: &Place, gone: &[Mark]) {
        let place = self.number(place);
        for mark in gone {
            self.mark(place, &Mark { by: -mark.by, ..*mark });
        }
    }

    /// Adds a dossier's marks.
    pub fn add(&mut self, place: &Place, marks: &Marks) {
        let place = self.number(place);
        for mark in &marks.marks {
            self.mark(place, mark);
        }
        if let Some(done) = marks.done {
            let month = self.months.entry(month_of(day_of(done.at))).or_default();
            month.done.push(PackedDone {
                at_ms: done.at.as_millisecond(),
                place,
                rounds: done.rounds,
                worked: done.worked.map_or(-1, short),
                stood: short(done.stood),
            });
        }
    }

    fn mark(&mut self, place: u32, mark: &Mark) {
        let mask = u16::try_from(self.masks.number(&mark.figures)).expect("few masks occur");
        let by = i16::try_from(mark.by).expect("a mark is 1 or -1");
        let day = day_of(mark.at);
        let packed = Packed { at_ms: since_midnight(mark.at), place, until: mark.until, mask, by };
        self.months.entry(month_of(day)).or_default().fresh.push((day, packed));
        self.fresh += 1;
    }

    /// How many marks are not added up yet: each costs a report as much as a whole sum does.
    #[must_use]
    pub fn fresh(&self) -> usize {
        self.fresh
    }

    /// Adds up what was added since.
    pub fn settle(&mut self) {
        self.fresh = 0;
        let unknown = self.months.values().map(|month| month.open.is_none()).skip(1);
        let unknown: Vec<bool> = unknown.chain([false]).collect();
        let mut changed = false;
        let mut open: Option<Cells> = Some(Cells::default());
        for ((number, month), next_unknown) in self.months.iter_mut().zip(unknown) {
            if let Some(open) = open.take().filter(|_| changed || month.open.is_none()) {
                month.open = Some(open);
            }
            changed |= month.settle(*number, &self.coarse);
            let left = || with_coarse(add_up(month.left_open()), &self.coarse);
            open = (changed || next_unknown).then(left);
        }
    }

    /// The places for which `wanted` gives a row, with their figures in a window, added up by row.
    /// Of a coarse grain, places are asked for that say no more than it tells.
    #[must_use]
    pub fn figures<K: Ord + Hash>(
        &self,
        window: &Window,
        (grain, times): (Grain, Times),
        wanted: impl Fn(&Place) -> Option<K>,
    ) -> BTreeMap<K, Figures> {
        let mut rows: HashMap<K, usize> = HashMap::new();
        let places = match grain {
            Grain::Place => &self.places,
            Grain::Agency => &self.coarse[0].places,
            Grain::Field => &self.coarse[1].places,
        };
        let row_of = places.values().iter().map(|place| {
            let key = wanted(place)?;
            let next = rows.len();
            Some(*rows.entry(key).or_insert(next))
        });
        let row_of: Vec<Option<usize>> = row_of.collect();
        let of = |coarse: &Coarse| coarse.of.iter().map(|of| row_of[*of as usize]).collect();
        let (cells, fine) = match grain {
            Grain::Place => (0, row_of.clone()),
            Grain::Agency => (1, of(&self.coarse[0])),
            Grain::Field => (2, of(&self.coarse[1])),
        };
        let masks = self.masks.values();
        let counts = vec![0; rows.len() * masks.len()];
        let mut sums = Sums { row_of: fine, coarse: row_of, cells, masks: masks.len(), counts };
        self.sum(window, &mut sums);
        let mut results: Vec<Results> = vec![Results::default(); rows.len()];
        match times {
            Times::Wanted => self.results(window, &sums, &mut results),
            Times::Left => {}
        }
        let mut figures = |(key, row): (K, usize)| {
            let results = std::mem::take(&mut results[row]);
            (key, Figures::counted(sums.counts(row, masks), results))
        };
        rows.into_iter().map(&mut figures).collect()
    }

    /// The results issued in a window, by row.
    fn results(&self, window: &Window, sums: &Sums, results: &mut [Results]) {
        let months = month_of(day_of(window.opens))..=month_of(day_of(window.end));
        if months.is_empty() {
            return;
        }
        let times = window.opens.as_millisecond()..=window.end.as_millisecond();
        for month in self.months.range(months).map(|(_, month)| month) {
            for one in month.done.iter().filter(|one| times.contains(&one.at_ms)) {
                if let Some(row) = sums.row_of[one.place as usize] {
                    results[row].push(one.rounds, one.minutes());
                }
            }
        }
    }

    fn sum(&self, window: &Window, sums: &mut Sums) {
        let (opens, end) = (day_of(window.opens), (day_of(window.end), since_midnight(window.end)));
        let (first, last) = (month_of(opens), month_of(end.0));
        // A window may end before it opens: as of a moment before the period.
        let base = first.min(last);
        self.stood_open(base, sums);
        for (number, month) in self.months.range(base..=last) {
            if *number > first && *number < last {
                sums.cells(&month.whole);
                for (reach, short) in month.short.range(first..) {
                    if *reach > first {
                        sums.cells(&short.cells);
                    } else {
                        sums.marks(short.marks.iter(), opens);
                    }
                }
            } else {
                for marks in month.days.range(..end.0).map(|(_, marks)| marks) {
                    sums.marks(marks.iter(), opens);
                }
                let last = month.days.get(&end.0).into_iter().flatten();
                sums.marks(last.filter(|mark| mark.at_ms <= end.1), opens);
            }
            let fresh = month.fresh.iter().filter(|(day, mark)| (*day, mark.at_ms) <= end);
            sums.marks(fresh.map(|(_, mark)| mark), opens);
        }
    }

    /// What stood open as a month began.
    fn stood_open(&self, number: i32, sums: &mut Sums) {
        let known = self.months.range(..=number).rev().find(|(_, month)| month.open.is_some());
        match known {
            Some((known, month)) if *known == number => {
                month.open.iter().for_each(|open| sums.cells(open));
            }
            Some((_, month)) => month.left_open().for_each(|cell| sums.cell(&cell)),
            None => {}
        }
        let fresh = self.months.range(..number).flat_map(|(_, month)| &month.fresh);
        sums.marks(fresh.map(|(_, mark)| mark), ALWAYS);
    }

    /// How many marks are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        let marks = |month: &Month| month.days.values().map(Vec::len).sum::<usize>();
        self.months.values().map(|month| marks(month) + month.fresh.len()).sum()
    }

    /// Nothing was added yet?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.months.is_empty()
    }
}

impl Month {
    /// Takes the fresh marks in, being the month of that number; was there any?
    fn settle(&mut self, number: i32, coarse: &[Coarse; 2]) -> bool {
        if self.fresh.is_empty() {
            return false;
        }
        let fresh = std::mem::take(&mut self.fresh);
        let opens = first_of(number);
        let whole = fresh.iter().filter(|(_, mark)| mark.until >= opens);
        let whole = whole.map(|(_, mark)| Cell::of(mark));
        let whole = with_coarse(add_up(whole), coarse);
        for (sum, more) in self.whole.iter_mut().zip(whole) {
            *sum = add_up(sum.iter().copied().chain(more));
        }
        let mut reached = BTreeSet::new();
        for (_, mark) in fresh.iter().filter(|(_, mark)| mark.until < opens) {
            let reach = month_of(mark.until);
            self.short.entry(reach).or_default().marks.push(*mark);
            reached.insert(reach);
        }
        for reach in reached {
            let short = self.short.entry(reach).or_default();
            tidy(&mut short.marks);
            short.cells = with_coarse(add_up(short.marks.iter().map(Cell::of)), coarse);
        }
        let mut touched = BTreeSet::new();
        for (day, mark) in fresh {
            self.days.entry(day).or_default().push(mark);
            touched.insert(day);
        }
        for day in touched {
            self.days.entry(day).and_modify(tidy);
        }
        true
    }

    /// What stands open as the month ends.
    fn left_open(&self) -> impl Iterator<Item = Cell> + '_ {
        let marks = self.days.values().flatten();
        let lasting = marks.filter(|mark| mark.until == ALWAYS).map(Cell::of);
        self.open.iter().flat_map(|open| &open[0]).copied().chain(lasting)
    }
}

impl PackedDone {
    /// Working minutes without and with the clock standing, where they are known.
    fn minutes(&self) -> Option<(i32, i32)> {
        (self.worked >= 0).then_some((self.worked, self.stood))
    }
}

impl Cell {
    fn of(mark: &Packed) -> Cell {
        Cell { place: mark.place, mask: mark.mask, count: i32::from(mark.by) }
    }
}

/// The same cells by place, by agency, by level and field.
fn with_coarse(cells: Vec<Cell>, coarse: &[Coarse; 2]) -> Cells {
    let of = |coarse: &Coarse| {
        let place = |cell: &Cell| Cell { place: coarse.of[cell.place as usize], ..*cell };
        add_up(cells.iter().map(place))
    };
    let (by_agency, by_field) = (of(&coarse[0]), of(&coarse[1]));
    [cells, by_agency, by_field]
}

/// Cells of the same place and mask become one; none of nothing is left.
fn add_up(cells: impl Iterator<Item = Cell>) -> Vec<Cell> {
    let mut cells: Vec<Cell> = cells.collect();
    cells.sort_unstable_by_key(|cell| (cell.place, cell.mask));
    cells.dedup_by(|next, kept| {
        let same = (next.place, next.mask) == (kept.place, kept.mask);
        if same {
            kept.count += next.count;
        }
        same
    });
    cells.retain(|cell| cell.count != 0);
    cells
}

/// Marks of one instant that differ in their number only become one.
fn tidy(marks: &mut Vec<Packed>) {
    marks.sort_unstable();
    marks.dedup_by(|next, kept| {
        let same = (next.at_ms, next.place, next.until, next.mask)
            == (kept.at_ms, kept.place, kept.until, kept.mask);
        let sum = kept.by.checked_add(next.by).filter(|_| same);
        if let Some(sum) = sum {
            kept.by = sum;
        }
        sum.is_some()
    });
    marks.retain(|mark| mark.by != 0);
    marks.shrink_to_fit();
}

/// The sums by row and mask.
struct Sums {
    /// The rows of places, and of what is told apart.
    row_of: Vec<Option<usize>>,
    coarse: Vec<Option<usize>>,
    /// Which of the cells are told apart so.
    cells: usize,
    masks: usize,
    counts: Vec<i64>,
}

impl Sums {
    fn cells(&mut self, cells: &Cells) {
        for cell in &cells[self.cells] {
            if let Some(row) = self.coarse[cell.place as usize] {
                self.counts[row * self.masks + usize::from(cell.mask)] += i64::from(cell.count);
            }
        }
    }

    fn cell(&mut self, cell: &Cell) {
        if let Some(row) = self.row_of[cell.place as usize] {
            self.counts[row * self.masks + usize::from(cell.mask)] += i64::from(cell.count);
        }
    }

    /// The marks that reach to an opening day.
    fn marks<'m>(&mut self, marks: impl Iterator<Item = &'m Packed>, opens: Day) {
        for mark in marks.filter(|mark| mark.until >= opens) {
            self.cell(&Cell::of(mark));
        }
    }

    /// The count of each figure.
    fn counts(&self, row: usize, masks: &[u64]) -> Vec<u64> {
        let mut counts = vec![0i64; Figure::ALL.len()];
        let row = &self.counts[row * self.masks..][..self.masks];
        for (count, mask) in row.iter().zip(masks).filter(|(count, _)| **count != 0) {
            let mut bits = *mask;
            while bits != 0 {
                counts[bits.trailing_zeros() as usize] += count;
                bits &= bits - 1;
            }
        }
        counts.into_iter().map(|sum| u64::try_from(sum).unwrap_or_default()).collect()
    }
}
