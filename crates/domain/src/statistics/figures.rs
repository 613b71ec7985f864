//! Sums over courses.

use super::course::Course;
use super::figure::Figure;
use super::measured::Rate;
use super::period::Window;
use super::results::{Results, short};
use std::collections::BTreeMap;

/// Every figure over some courses, and the working times behind the averages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    counts: Vec<u64>,
    results: Results,
}

impl Default for Figures {
    fn default() -> Figures {
        Figures { counts: vec![0; Figure::ALL.len()], results: Results::default() }
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
    pub(super) fn counted(counts: Vec<u64>, results: Results) -> Figures {
        Figures { counts, results }
    }

    /// One course more.
    pub fn add(&mut self, course: &Course, window: &Window) {
        for (count, figure) in self.counts.iter_mut().zip(Figure::ALL) {
            *count += u64::from(figure.includes(course, window));
        }
        if !Figure::Issued.includes(course, window) {
            return;
        }
        let minutes = course.minutes;
        let minutes = minutes.map(|all| (short(all.total - all.stood), short(all.stood)));
        self.results.push(course.supplement_rounds, minutes);
    }

    /// The figures of two parts together.
    #[must_use]
    pub fn and(mut self, other: &Figures) -> Figures {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        self.results.extend(&other.results);
        self
    }

    /// The number of courses a figure counts.
    #[must_use]
    pub fn of(&self, figure: Figure) -> u64 {
        self.counts[figure as usize]
    }

    /// Supplement requests on the dossiers whose result was issued in the period.
    #[must_use]
    pub fn supplement_rounds(&self) -> u64 {
        self.results.rounds
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
        self.results.mean_worked()
    }

    /// Average working minutes in which the clock stood for the applicant.
    #[must_use]
    pub fn mean_minutes_stood(&self) -> Option<i64> {
        self.results.mean_stood()
    }

    /// The working minutes within which so many percent of the results were issued, the clock's
    /// standing taken out (nearest rank); `None` when nothing was issued.
    #[must_use]
    pub fn percentile_minutes(&self, percent: u8) -> Option<i64> {
        self.results.percentile(percent)
    }
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
