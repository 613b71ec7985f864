//! Where working hours go: the way of dossiers through steps, hand-overs and waiting.

use crate::dossier::Dossier;
use crate::dossier::event::SupplementStage;
use crate::process::StepKind;
use crate::statistics::Window;
use crate::time::{Instant, local};
use crate::worktime::{Calendar, YearNotEntered};
use serde::Serialize;
use std::collections::BTreeMap;

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
pub struct Passage {
    /// Where.
    pub place: Place,
    /// The step's name; empty where it has none.
    pub name: String,
    /// Working minutes of the stay.
    pub minutes: i64,
    /// Working minutes that were planned.
    pub planned: Option<i64>,
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

/// The stays of a dossier that ended in a window.
///
/// # Errors
/// When the calendar of a year in between is not entered.
pub fn passages(
    dossier: &Dossier,
    window: &Window,
    calendar: &Calendar,
) -> Result<Vec<Passage>, YearNotEntered> {
    let count = |from: Instant, to: Instant| calendar.count_minutes(local(from), local(to));
    let mut found = Vec::new();
    for task in &dossier.tasks {
        let Some((closed, _)) = task.closed.as_ref().filter(|(at, _)| window.holds(*at)) else {
            continue;
        };
        let planned = task.opened.due_at.map(|due| count(task.opened_at, due)).transpose()?;
        found.push(Passage {
            place: Place::Step(task.opened.kind),
            name: task.opened.name.clone(),
            minutes: count(task.opened_at, *closed)?,
            planned,
        });
    }
    let papers = dossier.supplements.iter().filter(|c| c.stage == SupplementStage::Appraisal);
    let papers = papers.map(|cycle| (cycle.requested_at, cycle.completed_at));
    let payments = dossier.payments.iter().filter(|payment| payment.pauses);
    let money = payments.map(|payment| (payment.requested_at, payment.confirmed_at));
    for (from, to) in papers.chain(money) {
        let Some(to) = to.filter(|to| window.holds(*to)) else { continue };
        let (name, minutes) = (String::new(), count(from, to)?);
        found.push(Passage { place: Place::Applicant, name, minutes, planned: None });
    }
    Ok(found)
}

/// The load of each place, in the order of a dossier's way.
#[must_use]
pub fn by_place(passages: &[Passage]) -> BTreeMap<Place, Load> {
    grouped(passages, |passage| passage.place)
}

/// The load of each step by its name, the heaviest first.
#[must_use]
pub fn by_name(passages: &[Passage]) -> Vec<((Place, String), Load)> {
    let named = grouped(passages, |passage| (passage.place, passage.name.clone()));
    let mut named: Vec<_> = named.into_iter().filter(|((_, name), _)| !name.is_empty()).collect();
    named.sort_by_key(|(_, load)| std::cmp::Reverse(load.minutes));
    named
}

fn grouped<K: Ord>(passages: &[Passage], key: impl Fn(&Passage) -> K) -> BTreeMap<K, Load> {
    let mut groups: BTreeMap<K, Vec<&Passage>> = BTreeMap::new();
    for passage in passages {
        groups.entry(key(passage)).or_default().push(passage);
    }
    groups.into_iter().map(|(key, stays)| (key, load(&stays))).collect()
}

fn load(stays: &[&Passage]) -> Load {
    let mut minutes: Vec<i64> = stays.iter().map(|stay| stay.minutes).collect();
    minutes.sort_unstable();
    let late = stays.iter().filter(|stay| stay.planned.is_some_and(|plan| stay.minutes > plan));
    Load {
        stays: stays.len() as u64,
        minutes: minutes.iter().sum(),
        median: minutes.get(minutes.len().div_ceil(2).saturating_sub(1)).copied().unwrap_or(0),
        late: late.count() as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stay(kind: StepKind, name: &str, minutes: i64, planned: Option<i64>) -> Passage {
        Passage { place: Place::Step(kind), name: name.to_owned(), minutes, planned }
    }

    #[test]
    fn loads_are_summed_by_place_and_by_name() {
        let stays = [
            stay(StepKind::Work, "Thẩm định", 100, Some(90)),
            stay(StepKind::Work, "Thẩm định", 50, Some(90)),
            stay(StepKind::Work, "Kiểm tra", 400, None),
            stay(StepKind::Receive, "", 30, Some(480)),
        ];
        let places = by_place(&stays);
        let order: Vec<&str> = places.keys().map(|place| place.name()).collect();
        assert_eq!(order, ["receive", "work"]);
        let work = places[&Place::Step(StepKind::Work)];
        assert_eq!(work, Load { stays: 3, minutes: 550, median: 100, late: 1 });
        let names: Vec<_> = by_name(&stays).into_iter().map(|((_, name), _)| name).collect();
        assert_eq!(names, ["Kiểm tra", "Thẩm định"], "what has no name is not listed");
        assert!(by_place(&[]).is_empty());
        assert!(Place::Step(StepKind::Assign).is_hand_over() && !Place::Applicant.is_hand_over());
    }
}
