//! Where working hours go: the way of dossiers through steps, hand-overs and waiting.

use crate::dossier::Dossier;
use crate::dossier::event::SupplementStage;
use crate::process::StepKind;
use crate::statistics::Window;
use crate::statistics::interned::Interned;
use crate::statistics::marks::{day_of, first_of, month_of, start};
use crate::time::{Instant, local};
use crate::worktime::{Calendar, YearNotEntered};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// Where a dossier lay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// With the officials of a step.
    Step(StepKind),
    /// With the applicant, who owed papers or a payment that stops the clock.
    Applicant,
}

impl Place {
    /// The name in translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Place::Step(kind) => kind.name(),
            Place::Applicant => "applicant",
        }
    }

    /// Is it a hand-over between people rather than work on the matter?
    #[must_use]
    pub const fn is_hand_over(self) -> bool {
        matches!(
            self,
            Place::Step(
                StepKind::Receive | StepKind::Assign | StepKind::Issue | StepKind::GiveBack
            )
        )
    }
}

/// One stay of a dossier at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stay {
    /// When it ended.
    pub ended_at: Instant,
    /// Where.
    pub place: Place,
    /// The step's name; empty where it has none.
    pub name: String,
    /// Working minutes of the stay.
    pub minutes: i64,
    /// It took longer than planned.
    pub late: bool,
}

/// All stays at a place together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Load {
    /// Stays.
    pub stays: u64,
    /// Working minutes of all of them.
    pub minutes: i64,
    /// Working minutes that half of them did not exceed (nearest rank).
    pub median: i64,
    /// Those that took longer than planned.
    pub late: u64,
}

/// Where dossiers lay that moved on in a window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loads {
    /// The load of each place, in the order of a dossier's way.
    pub places: BTreeMap<Place, Load>,
    /// The load of each step by its name, the heaviest first; a step without a name has no line.
    pub named: Vec<((Place, String), Load)>,
}

/// Where a dossier lies before a fact.
pub(super) struct Open {
    /// Tasks there are, and the places of those that are open.
    known: usize,
    tasks: Vec<usize>,
    /// Since when the applicant is waited for, for papers and for money.
    waits: Vec<Wait>,
}

/// A wait for the applicant: its place among the supplements or the payments.
enum Wait {
    Papers(usize),
    Money(usize),
}

impl Open {
    pub(super) fn of(dossier: &Dossier) -> Open {
        let tasks = dossier.tasks.iter().enumerate();
        let tasks = tasks.filter(|(_, task)| task.closed.is_none()).map(|(at, _)| at).collect();
        let papers = dossier.supplements.iter().enumerate().filter(|(_, cycle)| {
            cycle.stage == SupplementStage::Appraisal && cycle.completed_at.is_none()
        });
        let money = dossier.payments.iter().enumerate();
        let money = money.filter(|(_, paid)| paid.pauses && paid.confirmed_at.is_none());
        let waits = papers.map(|(at, _)| Wait::Papers(at));
        let waits = waits.chain(money.map(|(at, _)| Wait::Money(at))).collect();
        Open { known: dossier.tasks.len(), tasks, waits }
    }

    /// The stays that a fact ended, from the state after it.
    pub(super) fn ended(
        &self,
        after: &Dossier,
        at: Instant,
        calendar: &Calendar,
    ) -> Result<Vec<Stay>, YearNotEntered> {
        let count = |from: Instant, to: Instant| calendar.count_minutes(local(from), local(to));
        let mut found = Vec::new();
        for no in self.tasks.iter().copied().chain(self.known..after.tasks.len()) {
            let Some(task) = after.tasks.get(no).filter(|task| task.closed.is_some()) else {
                continue;
            };
            let minutes = count(task.opened_at, at)?;
            let planned = task.opened.due_at.map(|due| count(task.opened_at, due)).transpose()?;
            found.push(Stay {
                ended_at: at,
                place: Place::Step(task.opened.kind),
                name: task.opened.name.clone(),
                minutes,
                late: planned.is_some_and(|planned| minutes > planned),
            });
        }
        for wait in &self.waits {
            let (since, over) = match *wait {
                Wait::Papers(no) => {
                    let cycle = &after.supplements[no];
                    (cycle.requested_at, cycle.completed_at.is_some())
                }
                Wait::Money(no) => {
                    let payment = &after.payments[no];
                    (payment.requested_at, payment.confirmed_at.is_some())
                }
            };
            if over {
                let (place, name) = (Place::Applicant, String::new());
                let minutes = count(since, at)?;
                found.push(Stay { ended_at: at, place, name, minutes, late: false });
            }
        }
        Ok(found)
    }
}

/// The stays of all dossiers, by month, agency and step: 8 bytes each.
#[derive(Debug, Clone, Default)]
pub struct Flow {
    agencies: Interned<String>,
    steps: Interned<(Place, String)>,
    months: BTreeMap<i32, Month>,
}

/// The stays that ended in a month.
#[derive(Debug, Clone, Default)]
struct Month {
    /// By agency and step.
    stays: HashMap<(u32, u32), Stays>,
    /// By step, of all agencies and days together.
    sums: Vec<Sum>,
}

/// The stays of a cell: when each ended, and how long it was, beside each other.
#[derive(Debug, Clone, Default)]
struct Stays {
    /// Milliseconds since the month began.
    at_ms: Vec<u32>,
    /// Working minutes times two, plus one where they were more than planned.
    minutes: Vec<u32>,
}

impl Flow {
    /// A stay with an agency.
    pub fn add(&mut self, agency: &str, stay: &Stay) {
        let agency = self.agencies.number(&agency.to_owned());
        let step = self.steps.number(&(stay.place, stay.name.clone()));
        let minutes = u32::try_from(stay.minutes.max(0)).unwrap_or(u32::MAX) & (u32::MAX >> 1);
        let packed = minutes << 1 | u32::from(stay.late);
        let number = month_of(day_of(stay.ended_at));
        let month = self.months.entry(number).or_default();
        let stays = month.stays.entry((agency, step)).or_default();
        stays.at_ms.push(within_month(number, stay.ended_at));
        stays.minutes.push(packed);
        if month.sums.len() <= step as usize {
            month.sums.resize_with(step as usize + 1, Sum::default);
        }
        month.sums[step as usize].add(packed);
    }

    /// The loads of a window, of one agency or of all.
    #[must_use]
    pub fn loads(&self, window: &Window, agency: Option<&str>) -> Loads {
        let (opens, ends) = (window.opens, window.end);
        if opens > ends {
            return Loads::default();
        }
        let mut sums: Vec<Sum> = Vec::new();
        sums.resize_with(self.steps.values().len(), Sum::default);
        let (first, last) = (month_of(day_of(opens)), month_of(day_of(ends)));
        for (number, month) in self.months.range(first..=last) {
            let from = if *number == first { within_month(first, opens) } else { 0 };
            let to = if *number == last { within_month(last, ends) } else { u32::MAX };
            if agency.is_none() && from == 0 && to == u32::MAX {
                sums.iter_mut().zip(&month.sums).for_each(|(sum, more)| sum.merge(more));
                continue;
            }
            for ((of, step), stays) in &month.stays {
                if agency.is_none_or(|agency| self.agencies.value(*of) == agency) {
                    let inside = stays.at_ms.iter().zip(&stays.minutes);
                    let inside = inside.filter(|(at, _)| from <= **at && **at <= to);
                    let sum = &mut sums[*step as usize];
                    inside.for_each(|(_, stay)| sum.add(*stay));
                }
            }
        }
        loads(self.steps.values().iter().zip(&sums).filter(|(_, sum)| sum.stays > 0))
    }
}

/// Milliseconds between the beginning of a month and an instant in it.
fn within_month(month: i32, at: Instant) -> u32 {
    let since = at.as_millisecond() - start(first_of(month)).as_millisecond();
    u32::try_from(since).expect("a month has less than 2^32 milliseconds")
}

/// The loads of steps from the sums of their stays.
fn loads<'s>(steps: impl Iterator<Item = (&'s (Place, String), &'s Sum)>) -> Loads {
    let mut places: BTreeMap<Place, Sum> = BTreeMap::new();
    let mut named = Vec::new();
    for ((place, name), sum) in steps {
        places.entry(*place).or_default().merge(sum);
        if !name.is_empty() {
            named.push(((*place, name.clone()), sum.load()));
        }
    }
    named.sort_by(|(one, less), (other, more)| {
        more.minutes.cmp(&less.minutes).then_with(|| one.cmp(other))
    });
    let places = places.into_iter().map(|(place, sum)| (place, sum.load()));
    Loads { places: places.collect(), named }
}

/// Minutes that are counted, eight working days; longer stays are kept one by one.
const COUNTED: usize = 1 << 12;

/// Stays added up.
#[derive(Debug, Clone, Default)]
struct Sum {
    stays: u64,
    minutes: i64,
    late: u64,
    /// How many took so many minutes, as far as any did.
    counts: Vec<u32>,
    /// Those that took longer than are counted.
    longer: Vec<u32>,
}

impl Sum {
    /// Minutes times two, plus one for late.
    fn add(&mut self, stay: u32) {
        let minutes = stay >> 1;
        self.stays += 1;
        self.minutes += i64::from(minutes);
        self.late += u64::from(stay & 1);
        let at = minutes as usize;
        if at >= COUNTED {
            self.longer.push(minutes);
            return;
        }
        if self.counts.len() <= at {
            self.counts.resize(at + 1, 0);
        }
        self.counts[at] += 1;
    }

    fn merge(&mut self, other: &Sum) {
        self.stays += other.stays;
        self.minutes += other.minutes;
        self.late += other.late;
        if self.counts.len() < other.counts.len() {
            self.counts.resize(other.counts.len(), 0);
        }
        self.counts.iter_mut().zip(&other.counts).for_each(|(count, more)| *count += more);
        self.longer.extend(&other.longer);
    }

    fn load(&self) -> Load {
        let Sum { stays, minutes, late, .. } = *self;
        Load { stays, minutes, median: self.median(), late }
    }

    fn median(&self) -> i64 {
        let half = self.stays.div_ceil(2);
        let mut passed = 0;
        for (minutes, count) in self.counts.iter().enumerate() {
            passed += u64::from(*count);
            if passed >= half {
                return minutes as i64;
            }
        }
        let rank = usize::try_from(half - passed).unwrap_or(usize::MAX).saturating_sub(1);
        let mut longer = self.longer.clone();
        if rank >= longer.len() {
            return 0;
        }
        i64::from(*longer.select_nth_unstable(rank).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stay(kind: StepKind, name: &str, minutes: i64, late: bool) -> Stay {
        let ended_at = Instant::UNIX_EPOCH;
        Stay { ended_at, place: Place::Step(kind), name: name.to_owned(), minutes, late }
    }

    #[test]
    fn loads_are_summed_by_place_and_by_name() {
        let mut flow = Flow::default();
        for stay in [
            stay(StepKind::Work, "Thẩm định", 100, true),
            stay(StepKind::Work, "Thẩm định", 50, false),
            stay(StepKind::Work, "Kiểm tra", 400, false),
            stay(StepKind::Receive, "", 30, false),
            stay(StepKind::Sign, "", 20_000, false),
            stay(StepKind::Sign, "", 1, false),
            stay(StepKind::Sign, "", 30_000, false),
        ] {
            flow.add("A", &stay);
        }
        let ever = Window { opens: Instant::UNIX_EPOCH, end: Instant::UNIX_EPOCH };
        let loads = flow.loads(&ever, Some("A"));
        let order: Vec<&str> = loads.places.keys().map(|place| place.name()).collect();
        assert_eq!(order, ["receive", "work", "sign"]);
        assert_eq!(loads.places[&Place::Step(StepKind::Sign)].median, 20_000);
        let work = loads.places[&Place::Step(StepKind::Work)];
        assert_eq!(work, Load { stays: 3, minutes: 550, median: 100, late: 1 });
        let names: Vec<_> = loads.named.into_iter().map(|((_, name), _)| name).collect();
        assert_eq!(names, ["Kiểm tra", "Thẩm định"], "what has no name is not listed");
        assert_eq!(flow.loads(&ever, Some("B")), Loads::default());
        assert!(Place::Step(StepKind::Assign).is_hand_over() && !Place::Applicant.is_hand_over());
    }
}
