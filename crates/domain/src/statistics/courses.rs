//! The courses of all dossiers over their whole lives, in memory: what lists, officials and the
//! forms beyond the counters are counted from.
//!
//! A course as of any instant is folded from its changes, without allocating: one [`Course`] is
//! shown after the other in the same place. Whoever wants to keep one clones it.

use super::change::Change;
use super::course::{Course, Service, Setting};
use super::interned::Interned;
use super::marks::{day_of, includes};
use super::period::Window;
use super::results::short;
use super::tally::Place;
use super::walk::Told;
use crate::dossier::Dossier;
use crate::dossier::event::{Channel, ResultChannel};
use crate::organisation::Level;
use crate::time::{Instant, from_millis};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// All of them, in the order of filing.
#[derive(Debug, Clone, Default)]
pub struct Courses {
    pub(super) officials: Interned<String>,
    pub(super) places: Interned<Place>,
    /// How each place's procedure is offered online.
    services: Vec<Service>,
    pub(super) heads: Vec<Head>,
    /// What figures count a dossier, where a window holds its whole life: bits as in a mark.
    pub(super) masks: Interned<u64>,
    /// Where lives that are over belong, and who was in charge at their end.
    pub(super) charges: Interned<(u32, Option<u32>)>,
    /// When an agency had its first filing.
    first: BTreeMap<String, i64>,
    rows: Vec<Row>,
    numbers: HashMap<Arc<str>, u32>,
}

/// What decides whether a dossier must be looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    pub(super) filed: i64,
    /// The instant after which nothing happened; the end of time while it has not ended.
    pub(super) last: i64,
    pub(super) place: u32,
    pub(super) whole: Whole,
}

/// A life that is over, for windows that hold all of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Whole {
    pub(super) mask: u32,
    pub(super) charge: u32,
    pub(super) rounds: u32,
    /// Working minutes of its result, without those in which the clock stood; negative for not
    /// known.
    worked: i32,
    stood: i32,
}

impl Whole {
    /// Working minutes without and with the clock standing, where they are known.
    pub(super) fn minutes(&self) -> Option<(i32, i32)> {
        (self.worked >= 0).then_some((self.worked, self.stood))
    }
}

#[derive(Debug, Clone)]
struct Row {
    id: Arc<str>,
    code: Option<Box<str>>,
    result_channel: ResultChannel,
    changes: Vec<Change>,
}

impl Courses {
    /// What a dossier's facts say, beyond what they said before.
    pub fn take(&mut self, id: &Arc<str>, dossier: &Dossier, setting: &Setting<'_>, told: &Told) {
        let number = match self.numbers.get(id) {
            Some(number) => *number as usize,
            None => self.enter(id, dossier, setting),
        };
        let row = &mut self.rows[number];
        if row.code.as_deref() != dossier.code.as_deref() {
            row.code = dossier.code.as_deref().map(Box::from);
        }
        let from = told.from.map_or(i64::MAX, Instant::as_millisecond);
        let kept = row.changes.partition_point(|change| change.at_ms() < from);
        row.changes.truncate(kept);
        let officials = &mut self.officials;
        row.changes.extend(told.changes.iter().map(|(at, what)| {
            Change::new(*at, what, |official| officials.number(&official.to_owned()))
        }));
        let over = dossier.stage.is_over();
        if over {
            row.changes.shrink_to_fit();
        }
        let last = row.changes.last().filter(|_| over);
        self.heads[number].last = last.map_or(i64::MAX, |change| change.at_ms());
        if over {
            self.close(number);
        }
    }

    /// What a life that is over counts for, where all of it counts.
    fn close(&mut self, number: usize) {
        let mut folded = Folded::default();
        let course = self.fold(number, i64::MAX, &mut folded).clone();
        let minutes = course.minutes;
        let official = course.official.as_ref().map(|id| self.officials.number(id));
        self.heads[number].whole = Whole {
            mask: self.masks.number(&includes(&course, day_of(course.filed_at))),
            charge: self.charges.number(&(self.heads[number].place, official)),
            rounds: course.supplement_rounds,
            worked: minutes.map_or(-1, |minutes| short(minutes.total - minutes.stood)),
            stood: minutes.map_or(0, |minutes| short(minutes.stood)),
        };
    }

    /// A row for a new dossier.
    fn enter(&mut self, id: &Arc<str>, dossier: &Dossier, setting: &Setting<'_>) -> usize {
        let submitted = &dossier.submitted;
        let place = self.places.number(&Place::of(submitted, setting));
        if self.services.len() <= place as usize {
            self.services.push(setting.service);
        }
        let number = self.rows.len();
        self.numbers.insert(id.clone(), u32::try_from(number).expect("fewer dossiers than 2^32"));
        let filed = dossier.submitted_at.as_millisecond();
        let first = self.first.entry(submitted.agency.clone()).or_insert(filed);
        *first = filed.min(*first);
        self.heads.push(Head { filed, last: i64::MAX, place, whole: Whole::default() });
        let (result_channel, changes) = (submitted.result_channel, Vec::new());
        self.rows.push(Row { id: id.clone(), code: None, result_channel, changes });
        number
    }

    /// The agencies with a dossier that was filed up to an instant.
    #[must_use]
    pub fn agencies(&self, end: Instant) -> BTreeSet<String> {
        let end = end.as_millisecond();
        let filed = self.first.iter().filter(|(_, first)| **first <= end);
        filed.map(|(agency, _)| agency.clone()).collect()
    }

    /// How many dossiers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The range cut in so many parts of about the same size.
    #[must_use]
    pub fn parts(&self, parts: usize) -> Vec<Range<usize>> {
        let size = self.len().div_ceil(parts.max(1)).max(1);
        (0..self.len()).step_by(size).map(|from| from..(from + size).min(self.len())).collect()
    }

    /// Shows the courses that can count for something in a window, as of its end, in the order of
    /// filing: those that had not ended before it opens, of the places that are wanted.
    pub fn each(
        &self,
        part: Range<usize>,
        window: &Window,
        wanted: impl Fn(&Place) -> bool,
        mut show: impl FnMut(&Course),
    ) {
        let wanted: Vec<bool> = self.places.values().iter().map(wanted).collect();
        let (opens, end) = (window.opens.as_millisecond(), window.end.as_millisecond());
        // A window may end before it opens: as of a moment before the period.
        let opens = opens.min(end);
        let mut folded = Folded::default();
        for number in part {
            let head = &self.heads[number];
            if head.counts(opens, end) && wanted[head.place as usize] {
                show(self.fold(number, end, &mut folded));
            }
        }
    }

    /// A dossier's course as of an instant; `None` when it was filed later or is not there.
    #[must_use]
    pub fn course(&self, id: &str, at: Instant) -> Option<Course> {
        let number = *self.numbers.get(id)? as usize;
        let mut folded = Folded::default();
        let at = at.as_millisecond();
        (self.heads[number].filed <= at).then(|| self.fold(number, at, &mut folded).clone())
    }

    pub(super) fn fold<'f>(&self, number: usize, end: i64, folded: &'f mut Folded) -> &'f Course {
        let (row, head) = (&self.rows[number], &self.heads[number]);
        let Folded { course, place } = folded;
        if *place != Some(head.place) {
            *place = Some(head.place);
            let of = self.places.value(head.place);
            course.agency.clone_from(&of.agency);
            course.procedure.clone_from(&of.procedure);
            course.channel = of.channel;
            course.field.clone_from(&of.field);
            (course.service, course.level) = (self.services[head.place as usize], of.level);
        }
        course.dossier.clear();
        course.dossier.push_str(&row.id);
        course.result_channel = row.result_channel;
        course.filed_at = from_millis(head.filed);
        emptied(course);
        let official = |number: u32, name: &mut String| {
            name.clone_from(self.officials.value(number));
        };
        for change in row.changes.iter().take_while(|change| change.at_ms() <= end) {
            change.apply(course, official);
        }
        match (&row.code, course.received_at, &mut course.code) {
            (Some(code), Some(_), Some(text)) => {
                text.clear();
                text.push_str(code);
            }
            (Some(code), Some(_), none) => *none = Some(code.to_string()),
            (_, _, none) => *none = None,
        }
        course
    }
}

impl Head {
    /// Can it count for something in a window?
    pub(super) const fn counts(&self, opens: i64, end: i64) -> bool {
        self.filed <= end && self.last >= opens
    }

    /// Lies its whole life within?
    pub(super) const fn lies_within(&self, opens: i64, end: i64) -> bool {
        self.filed >= opens && self.last <= end
    }
}

/// Where courses are folded, one after the other, and the place that the last one had.
pub(super) struct Folded {
    course: Course,
    place: Option<u32>,
}

impl Default for Folded {
    fn default() -> Folded {
        Folded { course: blank(), place: None }
    }
}

/// A course of nothing.
fn blank() -> Course {
    Course {
        dossier: String::new(),
        code: None,
        agency: String::new(),
        level: Level::Province,
        procedure: String::new(),
        field: String::new(),
        service: Service::Other,
        channel: Channel::Online,
        result_channel: ResultChannel::Online,
        official: None,
        due: None,
        stands: None,
        filed_at: Instant::UNIX_EPOCH,
        received_at: None,
        reception: None,
        spells: Vec::new(),
        end: None,
        returned_at: None,
        verdicts: None,
        runs_late: false,
        supplement_rounds: 0,
        paid_at: Vec::new(),
        minutes: None,
        steps: None,
        consulted_late: false,
        own_late: false,
        reused_data: false,
    }
}

/// Takes back what changes can have said; the first change tells all verdicts.
fn emptied(course: &mut Course) {
    course.official = None;
    course.received_at = None;
    course.spells.clear();
    course.end = None;
    course.returned_at = None;
    course.paid_at.clear();
    course.minutes = None;
    course.due = None;
    course.stands = None;
}
