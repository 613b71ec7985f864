//! One dossier's facts, taken one after the other: what each says for the figures, and what it
//! takes back.
//!
//! A fact begins a state, and says at once what the passing of time will do to it: when a due day
//! passes, a verdict turns. The next fact takes back what was said of later than itself. So what
//! was told is at any moment right for every instant, past and to come.

use super::change::{What, differences};
use super::columns::Ended;
use super::course::{Course, History, Setting, limit_of};
use super::flow::{Open, Stay};
use super::marks::{Mark, Marks, Profile, day_of, done, start};
use crate::dossier::{Dossier, Fact};
use crate::process::StepKind;
use crate::rules::Grain;
use crate::time::Instant;
use crate::worktime::{Calendar, YearNotEntered};
use jiff::SignedDuration;

/// A dossier under way.
#[derive(Debug, Clone)]
pub struct Walk {
    history: History,
    /// How it was before the turns; nothing before its filing.
    base: Option<State>,
    /// What was told from the last fact on, and what is to be told from `fresh` on.
    turns: Vec<Turn>,
    fresh: usize,
    told: Told,
    over: Over,
}

/// What its facts say, beyond what was told before.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    /// Marks that no longer hold.
    pub gone: Vec<Mark>,
    /// New marks, its result and its end.
    pub marks: Marks,
    /// From here on its changes are other ones.
    pub from: Option<Instant>,
    /// These.
    pub changes: Vec<(Instant, What)>,
    /// Stays that ended.
    pub stays: Vec<Stay>,
}

/// Which ends were told: they are told once.
#[derive(Debug, Clone, Copy, Default)]
struct Over {
    done: bool,
    ended: bool,
}

#[derive(Debug, Clone)]
struct State {
    profile: Profile,
    course: Course,
}

/// An instant at which something is other than before.
#[derive(Debug, Clone)]
struct Turn {
    at: Instant,
    state: State,
    marks: Vec<Mark>,
    changes: Vec<What>,
}

impl Walk {
    /// Begins with the first fact; `None` when that is not a filing.
    ///
    /// # Errors
    /// When the calendar of a year in between is not entered.
    pub fn begin(
        fact: &Fact,
        setting: &Setting<'_>,
        calendar: &Calendar,
    ) -> Result<Option<Walk>, YearNotEntered> {
        let Some(history) = History::begin(fact) else { return Ok(None) };
        let mut walk = Walk {
            history,
            base: None,
            turns: Vec::new(),
            fresh: 0,
            told: Told::default(),
            over: Over::default(),
        };
        walk.told.from = Some(fact.at);
        walk.go_on(fact.at, setting, calendar)?;
        Ok(Some(walk))
    }

    /// One fact more.
    ///
    /// # Errors
    /// When the calendar of a year in between is not entered.
    pub fn take(
        &mut self,
        fact: &Fact,
        setting: &Setting<'_>,
        calendar: &Calendar,
    ) -> Result<(), YearNotEntered> {
        let kept = self.turns.partition_point(|turn| turn.at < fact.at);
        if kept < self.fresh {
            let gone = self.turns[kept..self.fresh].iter().flat_map(|turn| &turn.marks);
            self.told.gone.extend(gone.copied());
            self.fresh = kept;
        }
        self.turns.truncate(kept);
        self.told.from = self.told.from.or(Some(fact.at));
        let open = Open::of(self.history.dossier());
        self.history.take(fact);
        self.told.stays.extend(open.ended(self.history.dossier(), fact.at, calendar)?);
        self.go_on(fact.at, setting, calendar)
    }

    /// The state after all facts so far.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What is to be told since the last call.
    pub fn told(&mut self) -> Told {
        let mut told = std::mem::take(&mut self.told);
        for turn in &self.turns[self.fresh..] {
            told.marks.marks.extend(&turn.marks);
            told.changes.extend(turn.changes.iter().map(|what| (turn.at, what.clone())));
        }
        let last = self.history.dossier().changed_at;
        let passed = self.turns.partition_point(|turn| turn.at < last);
        if let Some(turn) = self.turns.drain(..passed).next_back() {
            self.base = Some(turn.state);
        }
        self.fresh = self.turns.len();
        told
    }

    /// What a fact begins, and what time will make of it.
    fn go_on(
        &mut self,
        from: Instant,
        setting: &Setting<'_>,
        calendar: &Calendar,
    ) -> Result<(), YearNotEntered> {
        for at in moments(self.history.dossier(), from) {
            let course = self.history.course("", at, setting, calendar)?;
            let before = self.turns.last().map(|turn| &turn.state).or(self.base.as_ref());
            let changes = differences(before.map(|state| &state.course), &course);
            if changes.is_empty() {
                continue;
            }
            let profile = Profile::of(&course);
            let mut marks = Vec::new();
            let nothing = Profile::default();
            let was = before.map_or(&nothing, |state| &state.profile);
            was.turns_into(&profile, at, &mut marks);
            self.told.marks.done =
                self.told.marks.done.or(done(&course).filter(|_| !self.over.done));
            self.over.done |= self.told.marks.done.is_some();
            let ended = Ended::of(&course).filter(|_| !self.over.ended);
            self.told.marks.ended = self.told.marks.ended.or(ended);
            self.over.ended |= self.told.marks.ended.is_some();
            self.turns.push(Turn { at, state: State { profile, course }, marks, changes });
        }
        Ok(())
    }
}

impl Marks {
    /// The marks of all facts of a dossier, oldest first, and of the due days that pass if nothing
    /// else happens.
    ///
    /// # Errors
    /// When the calendar of a year in between is not entered.
    pub fn of(
        facts: &[Fact],
        setting: &Setting<'_>,
        calendar: &Calendar,
    ) -> Result<Marks, YearNotEntered> {
        let Some((first, rest)) = facts.split_first() else { return Ok(Marks::default()) };
        let Some(mut walk) = Walk::begin(first, setting, calendar)? else {
            return Ok(Marks::default());
        };
        for fact in rest {
            walk.take(fact, setting, calendar)?;
        }
        Ok(walk.told().marks)
    }
}

/// When a state must be looked at: as it begins, and where a verdict can change while it lasts.
fn moments(dossier: &Dossier, from: Instant) -> Vec<Instant> {
    let clock = &dossier.clock;
    let grain = dossier.rules.map_or(Grain::Date, |rules| rules.early_grain);
    let late = SignedDuration::from_millis(1);
    let mut all = vec![from];
    let days = |due: Instant| [start(day_of(due)), start(day_of(due) + 1)];
    let open = dossier.tasks.iter().filter(|task| task.closed.is_none());
    all.extend(open.filter_map(limit_of).flat_map(days));
    if clock.finished_at.is_none() {
        let promises = [
            clock.promised_at,
            clock.due.as_ref().map(|due| due.at),
            clock.statutory_due.as_ref().map(|due| due.at),
        ];
        for due in promises.into_iter().flatten() {
            all.extend(days(due));
            match grain {
                Grain::Date => {}
                Grain::Minute => all.push(due + late),
            }
        }
        let reception = dossier.tasks.iter().find(|task| task.opened.kind == StepKind::Receive);
        if let Some(due) = reception.and_then(|task| task.opened.due_at) {
            all.extend([start(day_of(due)), due + late]);
        }
    }
    all.retain(|at| *at >= from);
    all.sort_unstable();
    all.dedup();
    all
}
