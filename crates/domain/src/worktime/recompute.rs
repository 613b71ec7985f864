//! The question read back from an explanation: to check an answer, and to ask it again.

use super::{Calendar, Day, DayKind, Due, NotComputed, Stop, Timetable, Week, Why, Years};
use crate::procedure::TimeUnit;
use crate::rules::{DueRounding, StartRule};
use jiff::civil::{Date, DateTime};

/// What an explanation asked.
enum Question {
    Whole {
        start: DateTime,
        amount: u32,
        unit: TimeUnit,
        rule: StartRule,
        rounding: DueRounding,
        stops: Vec<Stop>,
    },
    Rest {
        at: DateTime,
        minutes: i64,
        rounding: DueRounding,
    },
}

/// The due date that follows from the explanation alone: no calendar is at hand, only the days
/// that it names differ from its weeks.
///
/// # Errors
/// [`NotComputed::Silent`] for explanations of old facts that left something out.
pub fn recompute(why: &[Why]) -> Result<DateTime, NotComputed> {
    Ok(calendar_of(why)?.recount(why)?.at)
}

impl Calendar {
    /// Asks the question behind an explanation again, on this calendar.
    ///
    /// # Errors
    /// As [`Calendar::due_with_stops`], and [`NotComputed::Silent`].
    pub fn recount(&self, why: &[Why]) -> Result<Due, NotComputed> {
        match question(why)? {
            Question::Whole { start, amount, unit, rule, rounding, stops } => {
                self.due_with_stops(start, amount, unit, rule, rounding, &stops)
            }
            Question::Rest { at, minutes, rounding } => Ok(self.resume(at, minutes, rounding)?),
        }
    }
}

fn question(why: &[Why]) -> Result<Question, NotComputed> {
    let (mut started, mut counted, mut resumed, mut rounded) = (None, None, None, None);
    let mut stops = Vec::new();
    for line in why {
        match line {
            Why::Started { at, rule } => started = Some((*at, *rule)),
            Why::Reappointed { from } => started = Some((*from, StartRule::NextWorkingDay)),
            Why::Counted { amount, unit, rounding } => counted = Some((*amount, *unit, *rounding)),
            Why::Resumed { minutes, at, rounding } => resumed = Some((*minutes, *at, *rounding)),
            Why::Rounded { rule } => rounded = Some(*rule),
            Why::Stopped { from, to, effect, .. } => {
                stops.push(Stop { from: *from, to: *to, effect: *effect });
            }
            Why::Week { .. }
            | Why::Skipped { .. }
            | Why::Worked { .. }
            | Why::MovedToWorkingDay { .. } => {}
        }
    }
    if let Some((minutes, at, rounding)) = resumed {
        let at = at.ok_or(NotComputed::Silent("when the clock went on"))?;
        let rounding = rounded.unwrap_or(rounding);
        return Ok(Question::Rest { at, minutes, rounding });
    }
    let (start, rule) = started.ok_or(NotComputed::Silent("when the clock started"))?;
    let (amount, unit, rounding) = counted.ok_or(NotComputed::Silent("how much was counted"))?;
    let rounding = rounded.unwrap_or(rounding);
    Ok(Question::Whole { start, amount, unit, rule, rounding, stops })
}

/// A calendar that knows what the explanation says.
fn calendar_of(why: &[Why]) -> Result<Calendar, NotComputed> {
    let mut sessions: Option<Timetable> = None;
    let mut calendar = Calendar { years: Years::Every, ..Calendar::default() };
    for line in why {
        match line {
            Why::Week { from, week } => {
                let week = Week::clone(week.as_ref());
                sessions = Some(match (sessions, from) {
                    (None, _) | (Some(_), None) => Timetable::of(week),
                    (Some(before), Some(from)) => before
                        .then(*from, week)
                        .map_err(|_| NotComputed::Silent("in which order its weeks follow"))?,
                });
            }
            Why::Skipped { date, kind, .. } => {
                differs(&mut calendar, *date, *kind, DayKind::Holiday)
            }
            Why::Worked { date, kind, .. } => {
                differs(&mut calendar, *date, *kind, DayKind::MakeupWork);
            }
            Why::Started { .. }
            | Why::Reappointed { .. }
            | Why::Counted { .. }
            | Why::Rounded { .. }
            | Why::MovedToWorkingDay { .. }
            | Why::Stopped { .. }
            | Why::Resumed { .. } => {}
        }
    }
    calendar.sessions = sessions.unwrap_or_else(Calendar::office_week);
    Ok(calendar)
}

fn differs(calendar: &mut Calendar, date: Date, kind: Option<DayKind>, usual: DayKind) {
    let kind = kind.unwrap_or(usual);
    let day = Day { kind, name: String::new(), decision: None, status: String::new() };
    calendar.days.insert(date, day);
}
