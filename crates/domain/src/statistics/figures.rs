//! Sums over courses.

use super::course::Course;
use super::figure::Figure;
use super::marks::Done;
use super::measured::Rate;
use super::period::Window;
use std::collections::BTreeMap;

/// Every figure over some courses, and the working times behind the averages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    counts: Vec<u64>,
    /// Supplement requests on the dossiers whose result was issued in the period.
    pub supplement_rounds: u64,
    worked: Vec<i64>,
    stood: Vec<i64>,
}

impl Default for Figures {
    fn default() -> Figures {
        Figures {
            counts: vec![0; Figure::ALL.len()],
            supplement_rounds: 0,
            worked: Vec::new(),
            stood: Vec::new(),
        }
    }
}

impl Figures {
    /// The figures over courses that were folded up to the window's end.
    #[must_use]
    pub fn over<'c>(courses: impl IntoIterator<Item = &'c Course>, window: &Window) -> Figures {
        let mut figures = Figures::default();
        for course in courses {
            figures.add(course, window);
        }
        figures
    }

    /// Figures that were counted elsewhere: a count for each figure, and the results issued.
    pub(super) fn counted(counts: Vec<u64>, done: &[Done]) -> Figures {
        let mut figures = Figures { counts, ..Figures::default() };
        for one in done {
            figures.supplement_rounds += u64::from(one.rounds);
            if let Some(worked) = one.worked {
                figures.worked.push(worked);
                figures.stood.push(one.stood);
            }
        }
        figures
    }

    /// Figures of whole lives: a count for each figure, the supplement requests on those with a
    /// result, their working minutes and those in which the clock stood.
    pub(super) fn whole(
        counts: Vec<u64>,
        supplement_rounds: u64,
        (worked, stood): (Vec<i64>, Vec<i64>),
    ) -> Figures {
        Figures { counts, supplement_rounds, worked, stood }
    }

    /// One course more.
    pub fn add(&mut self, course: &Course, window: &Window) {
        for (count, figure) in self.counts.iter_mut().zip(Figure::ALL) {
            *count += u64::from(figure.includes(course, window));
        }
        if !Figure::Issued.includes(course, window) {
            return;
        }
        self.supplement_rounds += u64::from(course.supplement_rounds);
        if let Some(minutes) = course.minutes {
            self.worked.push(minutes.total - minutes.stood);
            self.stood.push(minutes.stood);
        }
    }

    /// The figures of two parts together.
    #[must_use]
    pub fn and(mut self, other: &Figures) -> Figures {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        self.supplement_rounds += other.supplement_rounds;
        self.worked.extend(&other.worked);
        self.stood.extend(&other.stood);
        self
    }

    /// The number of courses a figure counts.
    #[must_use]
    pub fn of(&self, figure: Figure) -> u64 {
        self.counts[figure as usize]
    }

    /// On time by the national indicator (QĐ 766 2.1): of those to be settled in the period, the
    /// ones not late at its end or at theirs.
    #[must_use]
    pub fn on_time(&self) -> Rate {
        let whole = self.of(Figure::Handled);
        let late = self.of(Figure::ResolvedLate) + self.of(Figure::RunningLate);
        Rate { part: whole - late, whole }
    }

    /// Average working minutes from reception to result, without the time in which the clock stood
    /// (QĐ 766 2.2); `None` when nothing was issued.
    #[must_use]
    pub fn mean_minutes(&self) -> Option<i64> {
        mean(&self.worked)
    }

    /// Average working minutes in which the clock stood for the applicant.
    #[must_use]
    pub fn mean_minutes_stood(&self) -> Option<i64> {
        mean(&self.stood)
    }

    /// The working minutes within which so many percent of the results were issued, the clock's
    /// standing taken out (nearest rank); `None` when nothing was issued.
    #[must_use]
    pub fn percentile_minutes(&self, percent: u8) -> Option<i64> {
        let mut minutes = self.worked.clone();
        let rank = (minutes.len() * usize::from(percent.min(100))).div_ceil(100);
        let rank = rank.saturating_sub(1);
        (rank < minutes.len()).then(|| *minutes.select_nth_unstable(rank).1)
    }
}

fn mean(minutes: &[i64]) -> Option<i64> {
    let count = i64::try_from(minutes.len()).ok().filter(|count| *count > 0)?;
    Some((minutes.iter().sum::<i64>() + count / 2) / count)
}

/// What figures are grouped by. The period is not among them: a window is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// The agency's level.
    Level,
    /// The agency that decides.
    Agency,
    /// The field of administration.
    Field,
    /// The procedure version.
    Procedure,
    /// How the dossier came in.
    Channel,
    /// The officer in charge; empty before assignment.
    Official,
}

impl Dimension {
    /// Where a course belongs.
    #[must_use]
    pub fn of(self, course: &Course) -> &str {
        match self {
            Dimension::Level => course.level.name(),
            Dimension::Agency => &course.agency,
            Dimension::Field => &course.field,
            Dimension::Procedure => &course.procedure,
            Dimension::Channel => course.channel.name(),
            Dimension::Official => course.official.as_deref().unwrap_or_default(),
        }
    }
}

/// The figures by some dimensions, in their order.
#[must_use]
pub fn tabulate<'c>(
    courses: impl IntoIterator<Item = &'c Course>,
    window: &Window,
    by: &[Dimension],
) -> BTreeMap<Vec<String>, Figures> {
    let mut table: BTreeMap<Vec<String>, Figures> = BTreeMap::new();
    for course in courses {
        let key = by.iter().map(|dimension| dimension.of(course).to_owned()).collect();
        table.entry(key).or_default().add(course, window);
    }
    table
}
