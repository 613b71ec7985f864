//! The definitions of what only shows across dossiers, over everything that a window holds.
//! D3 (of one official), D4, D5, D6.

use super::{Lens, Place};
use domain::detectors::{Detector, Evidence, Oddity};
use domain::dossier::event::{By, Event, Submitted};
use domain::dossier::{Dossier, Fact};
use domain::time::Instant;
use jiff::SignedDuration;
use std::collections::BTreeMap;

/// What was seen of all dossiers so far.
#[derive(Default)]
pub(crate) struct Joint {
    /// The last withdrawn or stopped dossier by subject and procedure.
    ended: BTreeMap<(String, String), Ended>,
    finishes: Vec<Finish>,
    clicks: BTreeMap<String, Vec<Evidence>>,
}

struct Ended {
    dossier: String,
    code: Option<String>,
    at: Instant,
}

/// The end of a received dossier.
pub(crate) struct Finish {
    how: How,
    official: Option<String>,
    left: Option<i64>,
    /// The evidence it would be, should it be one.
    mark: Evidence,
    subject: Option<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Issued,
    Withdrawn,
    Stopped,
}

impl Finish {
    /// The end that a fact makes; so much was left of the promised time.
    pub(crate) fn of(place: &Place<'_>, fact: &Fact, left: Option<i64>) -> Finish {
        let how = match fact.event {
            Event::Withdrawn(_) => How::Withdrawn,
            Event::Stopped(_) => How::Stopped,
            _ => How::Issued,
        };
        Finish {
            how,
            official: place.dossier.officer.as_ref().map(|officer| officer.id.clone()),
            left,
            mark: place.evidence(Detector::AtDue, Oddity::Unsigned),
            subject: subject(&place.dossier.submitted),
        }
    }
}

/// Whose request it is, and for what: the personal number, the tax code, or the account.
fn subject(submitted: &Submitted) -> Option<(String, String)> {
    let applicant = &submitted.applicant;
    let who = applicant.personal_number.as_ref().or(applicant.tax_code.as_ref());
    let who = who.or(submitted.account.as_ref())?;
    Some((who.clone(), submitted.procedure.clone()))
}

impl Joint {
    /// A dossier ended.
    pub(crate) fn end(&mut self, finish: Finish) {
        if let (Some(key), How::Withdrawn | How::Stopped) = (finish.subject.clone(), finish.how) {
            let mark = &finish.mark;
            let dossier = mark.dossier.clone().unwrap_or_default();
            self.ended.insert(key, Ended { dossier, code: mark.code.clone(), at: mark.at });
        }
        self.finishes.push(finish);
    }

    /// D4: is a filing the next link of a chain?
    pub(crate) fn refiled(&self, filed: &Dossier, at: Instant, within: i64) -> Option<Oddity> {
        let ended = self.ended.get(&subject(&filed.submitted)?)?;
        let days = at.duration_since(ended.at).as_hours() / 24;
        (days <= within).then(|| Oddity::Refiled {
            before: ended.dossier.clone(),
            before_code: ended.code.clone(),
            days,
        })
    }

    /// A step that an official finished. Signatures are not among them: a batch is signed at once.
    pub(crate) fn click(&mut self, place: &Place<'_>, fact: &Fact) {
        let finishing =
            matches!(fact.event, Event::StepCompleted(_) | Event::Issued(_) | Event::Returned(_));
        if let (true, By::Official { id, .. }) = (finishing, &fact.by) {
            let mark = place.evidence(Detector::Bulk, Oddity::Unsigned);
            self.clicks.entry(id.clone()).or_default().push(mark);
        }
    }

    /// What the whole period shows.
    pub(crate) fn close(self, lens: &Lens<'_>) -> Vec<Evidence> {
        let inside = |finish: &Finish| lens.window.holds(finish.mark.at);
        let finishes: Vec<Finish> = self.finishes.into_iter().filter(inside).collect();
        let mut found = at_due(&finishes, lens);
        found.extend(many_withdrawn(&finishes, lens));
        found.extend(bulk(self.clicks, lens));
        found
    }
}

/// D5: an agency's results that came at the very end of their time, where they are many.
fn at_due(finishes: &[Finish], lens: &Lens<'_>) -> Vec<Evidence> {
    let numbers = lens.thresholds;
    let near = 0..=numbers.at_due_minutes.value;
    let mut agencies: BTreeMap<&str, Vec<&Finish>> = BTreeMap::new();
    for finish in finishes.iter().filter(|finish| finish.how == How::Issued) {
        agencies.entry(&finish.mark.agency).or_default().push(finish);
    }
    let mut found = Vec::new();
    for results in agencies.into_values() {
        let close = |finish: &&&Finish| finish.left.is_some_and(|left| near.contains(&left));
        let count = results.iter().filter(close).count();
        if !many(count, results.len(), numbers.at_due_least.value, numbers.at_due_percent.value) {
            continue;
        }
        let (close_by, of) = (count as u64, results.len() as u64);
        found.extend(results.iter().filter(close).filter_map(|finish| {
            let oddity = Oddity::AtDue { left_minutes: finish.left?, close: close_by, of };
            Some(Evidence { oddity, ..finish.mark.clone() })
        }));
    }
    found
}

/// D3: withdrawals that gather with one official.
fn many_withdrawn(finishes: &[Finish], lens: &Lens<'_>) -> Vec<Evidence> {
    let numbers = lens.thresholds;
    let mut officials: BTreeMap<&str, Vec<&Finish>> = BTreeMap::new();
    for finish in finishes {
        if let Some(official) = &finish.official {
            officials.entry(official).or_default().push(finish);
        }
    }
    let mut found = Vec::new();
    for (official, ended) in officials {
        let withdrawn = ended.iter().filter(|finish| finish.how == How::Withdrawn);
        let count = withdrawn.clone().count();
        let (least, percent) = (numbers.withdrawn_least.value, numbers.withdrawn_percent.value);
        if !many(count, ended.len(), least, percent) {
            continue;
        }
        let oddity = Oddity::ManyWithdrawn {
            official: official.to_owned(),
            withdrawn: count as u64,
            ended: ended.len() as u64,
        };
        let detector = Detector::Withdrawal;
        found.extend(withdrawn.map(|finish| Evidence {
            detector,
            oddity: oddity.clone(),
            ..finish.mark.clone()
        }));
    }
    found
}

/// At least so many, and at least so many percent of all.
fn many(count: usize, of: usize, least: i64, percent: i64) -> bool {
    let (count, of) = (count as u128, of as u128);
    let (least, percent) = (u128::from(least.unsigned_abs()), u128::from(percent.unsigned_abs()));
    count >= least && count * 100 >= of * percent
}

/// D6: more steps within a minute than a person reads.
fn bulk(clicks: BTreeMap<String, Vec<Evidence>>, lens: &Lens<'_>) -> Vec<Evidence> {
    let most = usize::try_from(lens.thresholds.bulk_steps.value).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    for (official, mut marks) in clicks {
        marks.retain(|mark| lens.window.holds(mark.at));
        marks.sort_by_key(|mark| (mark.at, mark.entry));
        for (run, steps) in bursts(&marks, SignedDuration::from_mins(1), most) {
            let oddity = Oddity::Bulk { official: official.clone(), steps };
            found
                .extend(run.iter().map(|mark| Evidence { oddity: oddity.clone(), ..mark.clone() }));
        }
    }
    found
}

/// The runs of marks, in the order of time, of which more than `most` fall within a span; each with
/// the most that fall within one.
pub(crate) fn bursts(
    marks: &[Evidence],
    span: SignedDuration,
    most: usize,
) -> Vec<(&[Evidence], u64)> {
    let mut runs: Vec<(usize, usize, u64)> = Vec::new();
    let mut first = 0;
    for last in 0..marks.len() {
        while marks[last].at.duration_since(marks[first].at) >= span {
            first += 1;
        }
        let within = last - first + 1;
        if within <= most {
            continue;
        }
        match runs.last_mut().filter(|(_, end, _)| *end > first) {
            Some((_, end, steps)) => (*end, *steps) = (last + 1, (*steps).max(within as u64)),
            None => runs.push((first, last + 1, within as u64)),
        }
    }
    runs.into_iter().map(|(from, to, steps)| (&marks[from..to], steps)).collect()
}
