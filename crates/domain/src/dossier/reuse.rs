//! A result that the office already has, in the place of a paper: only where the catalogue says
//! that the paper may be one, and only when its owner agreed.

use super::event::Paper;
use super::refusal::{Problems, Reason};
use crate::procedure::Component;

/// Finds fault with the results among the papers of a wish.
pub(super) fn check(papers: &[Paper], known: &[&Component], problems: &mut Problems) {
    for paper in papers {
        let Some(reused) = &paper.reused else { continue };
        let place = format!("paper.{}", paper.component);
        let component = known.iter().find(|component| component.id == paper.component);
        if !component.is_some_and(|component| component.may_be_reused()) {
            problems.add(place, Reason::Unknown);
        } else if !reused.consent {
            problems.add(place, Reason::ConsentMissing);
        }
    }
}

/// Counting papers brings no result in: those that are counted must be there already.
pub(super) fn unchanged(counted: &[Paper], there: &[Paper], problems: &mut Problems) {
    for paper in counted.iter().filter(|paper| paper.reused.is_some()) {
        let known = |old: &&Paper| old.component == paper.component && old.reused == paper.reused;
        if !there.iter().any(|old| known(&old)) {
            problems.add(format!("paper.{}", paper.component), Reason::Unknown);
        }
    }
}
