//! What a fact shows by itself: all counting of working time is here, and nothing is remembered.

use super::single::{self, Step};
use super::standing::Standing;
use super::{Detector, Oddity, Thresholds};
use crate::dossier::event::{By, Event, Submitted};
use crate::dossier::{Dossier, Fact};
use crate::time::Instant;
use crate::worktime::{Calendar, YearNotEntered};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a procedure version publishes about papers and money.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// Ids of the components.
    pub components: BTreeSet<String>,
    /// Amounts of its fees in đồng; empty where none is known, and then none is judged.
    pub fees_vnd: BTreeSet<u64>,
}

/// By what is looked: the same for all facts and all questions of a [`Watch`](super::Watch).
#[derive(Debug, Clone, Copy)]
pub struct Lens<'w> {
    /// The working calendar.
    pub calendar: &'w Calendar,
    /// The numbers.
    pub thresholds: &'w Thresholds,
    /// What each procedure version publishes, by its id.
    pub published: &'w BTreeMap<String, Published>,
}

/// A fact, and what it made of its dossier.
#[derive(Debug, Clone, Copy)]
pub struct Taken<'t> {
    /// The dossier before it; `None` for the filing.
    pub before: Option<&'t Dossier>,
    /// The fact.
    pub fact: &'t Fact,
    /// The dossier after it.
    pub after: &'t Dossier,
}

/// What a fact shows by itself, ready to be put into a [`Watch`](super::Watch).
pub struct Judged {
    pub(super) at: Instant,
    pub(super) submitted: Arc<Submitted>,
    pub(super) code: Option<Arc<str>>,
    pub(super) odd: Vec<(Detector, Oddity)>,
    pub(super) turn: Turn,
    pub(super) click: Option<Clicked>,
    pub(super) standing: Option<Standing<String>>,
}

/// What a fact is to the dossiers of others.
pub(super) enum Turn {
    /// Filed: the next link of a chain, should another have ended within so many days.
    Filed { within_days: i64 },
    /// A received dossier ended.
    Ended(Finish),
    /// Neither.
    Goes,
}

/// The end of a dossier.
pub(super) struct Finish {
    pub(super) how: How,
    /// The official in charge.
    pub(super) official: Option<String>,
    /// Working minutes left of its time, where they count as "at the due date".
    pub(super) close: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Issued,
    Withdrawn,
    Stopped,
}

/// A step that an official finished.
pub(super) struct Clicked {
    pub(super) official: String,
    /// Steps that one may finish within a minute.
    pub(super) most: usize,
}

/// Judges a fact.
///
/// # Errors
/// When the calendar of a year in between is not entered.
pub fn judge(taken: &Taken<'_>, by: &Lens<'_>) -> Result<Judged, YearNotEntered> {
    Looked::before(taken.before, taken.fact, by)?.and_after(taken.after, by)
}

/// What a fact shows of the dossier before it. Whoever has the dossier in one place only looks
/// before the fact is taken in, and after.
pub struct Looked {
    at: Instant,
    filed: bool,
    odd: Vec<(Detector, Oddity)>,
    /// How it ended, with the working minutes left where they count as "at the due date".
    ended: Option<(How, Option<i64>)>,
    click: Option<Clicked>,
}

impl Looked {
    /// Looks at a fact and at the dossier before it; `None` before the filing.
    ///
    /// # Errors
    /// When the calendar of a year in between is not entered.
    pub fn before(
        before: Option<&Dossier>,
        fact: &Fact,
        by: &Lens<'_>,
    ) -> Result<Looked, YearNotEntered> {
        let mut looked = Looked {
            at: fact.at,
            filed: before.is_none(),
            odd: Vec::new(),
            ended: None,
            click: None,
        };
        let Some(before) = before else { return Ok(looked) };
        let step = Step { before, fact, lens: by };
        for (detector, look) in single::AT_A_FACT {
            looked.odd.extend(look(&step)?.map(|oddity| (detector, oddity)));
        }
        looked.ended = ended(&step)?;
        looked.click = click(fact, by);
        Ok(looked)
    }

    /// Looks at the dossier after the fact.
    ///
    /// # Errors
    /// As [`Looked::before`].
    pub fn and_after(self, after: &Dossier, by: &Lens<'_>) -> Result<Judged, YearNotEntered> {
        let Looked { at, filed, mut odd, ended, click } = self;
        let turn = if filed {
            let oddity = single::entered_when_closed(after, by)?;
            odd.extend(oddity.map(|oddity| (Detector::BackDated, oddity)));
            Turn::Filed { within_days: by.thresholds.refiled_days.value }
        } else {
            let official = || after.officer.as_ref().map(|officer| officer.id.clone());
            let finish = |(how, close)| Finish { how, official: official(), close };
            ended.map(finish).map_or(Turn::Goes, Turn::Ended)
        };
        Ok(Judged {
            at,
            submitted: after.submitted.clone(),
            code: after.code.as_deref().map(Arc::from),
            odd,
            turn,
            click,
            standing: Standing::of(after, by),
        })
    }
}

fn ended(step: &Step<'_>) -> Result<Option<(How, Option<i64>)>, YearNotEntered> {
    let Step { before, fact, lens } = step;
    let how = match fact.event {
        Event::Issued(_) => How::Issued,
        Event::Withdrawn(_) => How::Withdrawn,
        Event::Stopped(_) => How::Stopped,
        _ => return Ok(None),
    };
    let left = single::left(before, fact.at, lens.calendar)?;
    let near = 0..=lens.thresholds.at_due_minutes.value;
    Ok(Some((how, left.filter(|left| near.contains(left)))))
}

/// Signatures are no clicks: a batch is signed at once.
fn click(fact: &Fact, by: &Lens<'_>) -> Option<Clicked> {
    let finishing =
        matches!(fact.event, Event::StepCompleted(_) | Event::Issued(_) | Event::Returned(_));
    match &fact.by {
        By::Official { id, .. } if finishing => {
            let most = usize::try_from(by.thresholds.bulk_steps.value).unwrap_or(usize::MAX);
            Some(Clicked { official: id.clone(), most })
        }
        By::Official { .. } | By::Applicant { .. } | By::System => None,
    }
}

/// Whose request it is, and for what: the personal number, the tax code, or the account.
pub(super) fn subject(submitted: &Submitted) -> Option<(String, String)> {
    let applicant = &submitted.applicant;
    let who = applicant.personal_number.as_ref().or(applicant.tax_code.as_ref());
    let who = who.or(submitted.account.as_ref())?;
    Some((who.clone(), submitted.procedure.clone()))
}
