//! A year's inspections in numbers: the same on the page and on the printed synthesis.

use super::claim::Verdict;
use super::command::Severity;
use super::relation::Holds;
use super::state::{Inspection, Stage, Status};
use jiff::civil::Date;

/// The numbers of some inspections.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Inspections in the plan.
    pub planned: usize,
    /// Of those, concluded.
    pub concluded: usize,
    /// Claims held against the record.
    pub claims: usize,
    /// Of those, different from it.
    pub different: usize,
    /// Sums of claims that cannot be.
    pub impossible: usize,
    /// Findings that praise.
    pub good: usize,
    /// Shortcomings and violations.
    pub grave: usize,
    /// Recommendations.
    pub recommendations: usize,
    /// Of those, verified.
    pub verified: usize,
    /// Of those, overdue on the day asked for.
    pub overdue: usize,
}

impl Totals {
    /// Counts some inspections, as they stand on a day.
    #[must_use]
    pub fn of<'i>(all: impl IntoIterator<Item = &'i Inspection>, today: Date) -> Totals {
        all.into_iter().fold(Totals::default(), |so_far, one| so_far.with(one, today))
    }

    fn with(mut self, one: &Inspection, today: Date) -> Totals {
        self.planned += 1;
        self.concluded += usize::from(one.stage() >= Stage::Concluded);
        for claim in one.claims() {
            self.claims += 1;
            self.different += usize::from(matches!(claim.verdict(), Verdict::Different(_)));
        }
        self.impossible += one.judged().iter().filter(|sum| sum.holds == Holds::No).count();
        for finding in &one.findings {
            let severity = finding.found.what.severity;
            self.good += usize::from(severity == Severity::Good);
            self.grave += usize::from(severity.is_grave());
        }
        for recommendation in &one.recommendations {
            self.recommendations += 1;
            self.verified += usize::from(recommendation.status == Status::Verified);
            self.overdue += usize::from(recommendation.is_overdue(today));
        }
        self
    }
}
