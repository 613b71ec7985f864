//! What becomes odd by itself while a dossier lies as a fact left it: D7, D10, D11 at the end of a
//! window. A standing names the instants from which on it is odd, so any end is a comparison.

use super::kept::{Millis, NEVER, Symbol};
use super::single::{at_the_counter, is_worked_on, longest_open, step_name};
use super::{Detector, Lens};
use crate::dossier::clock;
use crate::dossier::{Dossier, Task};
use crate::rules::Grain;
use crate::time::{Instant, instant, local};
use crate::worktime::{Calendar, YearNotEntered};
use jiff::civil::Time;

/// How a dossier stands after a fact, where waiting alone can make it odd.
pub(super) struct Standing<S> {
    /// Since when.
    pub(super) since: Millis,
    /// D7: the counter should have answered by then.
    pub(super) unanswered: Option<Millis>,
    /// D10: it lies too long.
    pub(super) stuck: Option<Lying<S>>,
    /// D11: it runs late and nobody has apologised.
    pub(super) late: Option<Late>,
}

/// The longest planned of its open steps.
pub(super) struct Lying<S> {
    pub(super) from: Millis,
    /// The step's name, or its kind.
    pub(super) step: S,
    /// Working minutes; a year that is not entered is told to who asks.
    pub(super) planned: Result<i64, YearNotEntered>,
}

/// A promise that passes.
#[derive(Clone, Copy)]
pub(super) struct Late {
    pub(super) from: Millis,
    pub(super) promised: Millis,
}

/// What is waited for.
#[derive(Clone, Copy)]
pub(super) enum Waits {
    Unanswered,
    Stuck { step: Symbol, planned: i64 },
    Late { promised: Millis },
}

impl Waits {
    pub(super) const fn detector(self) -> Detector {
        match self {
            Waits::Unanswered => Detector::LateReception,
            Waits::Stuck { .. } => Detector::Stuck,
            Waits::Late { .. } => Detector::Apology,
        }
    }
}

impl Standing<Symbol> {
    /// From when on it is odd, and by what.
    pub(super) fn waits(
        &self,
    ) -> impl Iterator<Item = (Millis, Result<Waits, YearNotEntered>)> + use<> {
        let stuck = self.stuck.as_ref().map(|Lying { from, step, planned }| {
            let step = *step;
            (*from, planned.map(|planned| Waits::Stuck { step, planned }))
        });
        let unanswered = self.unanswered.map(|from| (from, Ok(Waits::Unanswered)));
        let late = self.late.map(|Late { from, promised }| (from, Ok(Waits::Late { promised })));
        unanswered.into_iter().chain(stuck).chain(late)
    }
}

impl<S> Standing<S> {
    /// Is working time counted while it stands so?
    pub(super) fn is_counted(&self) -> bool {
        self.unanswered.is_some() || self.stuck.is_some()
    }

    /// With the step's name as something else.
    pub(super) fn with<T>(self, name: impl FnOnce(S) -> T) -> Standing<T> {
        let Standing { since, unanswered, stuck, late } = self;
        let stuck =
            stuck.map(|Lying { from, step, planned }| Lying { from, step: name(step), planned });
        Standing { since, unanswered, stuck, late }
    }
}

impl Standing<String> {
    /// How a dossier stands; `None` where nothing becomes odd by waiting.
    pub(super) fn of(dossier: &Dossier, lens: &Lens<'_>) -> Option<Standing<String>> {
        let since = dossier.changed_at.as_millisecond();
        let unanswered = at_the_counter(dossier).then(|| {
            let allowed = lens.thresholds.reception_minutes.value;
            passed_beyond(dossier.changed_at, allowed, lens.calendar)
        });
        let (stuck, late) = (lying(dossier, lens), late(dossier));
        let something = unanswered.is_some() || stuck.is_some() || late.is_some();
        something.then_some(Standing { since, unanswered, stuck, late })
    }
}

/// The first instant at which more working minutes have passed. In a year that is not entered
/// nothing is counted: who asks hears of it.
fn passed_beyond(since: Instant, minutes: i64, calendar: &Calendar) -> Millis {
    let passed = calendar.add_minutes(local(since), minutes.saturating_add(1));
    passed.map_or(NEVER, |at| instant(at).as_millisecond())
}

fn lying(dossier: &Dossier, lens: &Lens<'_>) -> Option<Lying<String>> {
    if !is_worked_on(dossier) {
        return None;
    }
    let beyond = |minutes| passed_beyond(dossier.changed_at, minutes, lens.calendar);
    let least = lens.thresholds.stuck_least_minutes.value;
    match longest_open(dossier, lens) {
        Ok(longest) => longest.map(|(planned, task): (i64, &Task)| Lying {
            from: beyond(least.max(planned.saturating_mul(lens.thresholds.stuck_times.value))),
            step: step_name(task).to_owned(),
            planned: Ok(planned),
        }),
        Err(year) => Some(Lying { from: beyond(least), step: String::new(), planned: Err(year) }),
    }
}

fn late(dossier: &Dossier) -> Option<Late> {
    let apologised = !dossier.clock.reappointments.is_empty();
    if apologised || !clock::runs(dossier) || dossier.stage.is_over() {
        return None;
    }
    let promised = dossier.clock.promised_at?;
    let from = match dossier.rules.map_or(Grain::Date, |rules| rules.early_grain) {
        Grain::Date => {
            let next = local(promised).date().tomorrow();
            next.map_or(NEVER, |day| instant(day.to_datetime(Time::midnight())).as_millisecond())
        }
        Grain::Minute => promised.as_millisecond() + 1,
    };
    Some(Late { from, promised: promised.as_millisecond() })
}
