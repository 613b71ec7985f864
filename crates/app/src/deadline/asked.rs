//! A line as it is asked: every field read and checked.

use super::scan::Scanner;
use super::text;
use domain::procedure::TimeUnit;
use domain::rules::{DueRounding, StartRule, SupplementEffect};
use domain::worktime::{Calendar, Day, DayKind, Session, Stop, Timetable, Week, Years};
use jiff::civil::{Date, DateTime};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One line, but for its calendar.
pub(super) struct Asked<'l> {
    /// As it stands there.
    pub(super) id: &'l str,
    pub(super) start: DateTime,
    pub(super) amount: u32,
    pub(super) unit: TimeUnit,
    pub(super) start_rule: StartRule,
    pub(super) rounding: DueRounding,
}

/// The calendar of the line before and the texts it was read from. Lines mostly come many to a
/// calendar.
pub(super) struct Memory {
    pub(super) calendar: Calendar,
    sessions: String,
    days: String,
    /// Of the present line.
    pub(super) stops: Vec<Stop>,
}

impl Memory {
    /// Every year counts as entered: who asks vouches for the days.
    pub(super) fn new() -> Memory {
        let calendar = Calendar { years: Years::Every, ..Calendar::default() };
        Memory { calendar, sessions: String::new(), days: String::new(), stops: Vec::new() }
    }

    /// Reads a line; the calendar is then that line's.
    pub(super) fn read<'l>(&mut self, line: &'l [u8]) -> Result<Asked<'l>, String> {
        let line = std::str::from_utf8(line).map_err(|_| "the line is not UTF-8")?;
        let mut scan = Scanner::new(line);
        let (mut id, mut start, mut amount, mut unit) = (None, None, None, None);
        let (mut start_rule, mut rounding) = (None, None);
        let (mut sessions, mut days, mut stops) = (None, None, None);
        self.stops.clear();
        scan.object(|scan, key| match key {
            "id" => once(&mut id, key, scan.scalar()),
            "sessions" => once(&mut sessions, key, self.sessions(scan)),
            "days" => once(&mut days, key, self.days(scan)),
            "start" => once(&mut start, key, scan.string().and_then(|text| instant(&text))),
            "amount" => once(&mut amount, key, scan.amount()),
            "unit" => once(&mut unit, key, scan.string().and_then(|name| text::unit(&name))),
            "start_rule" => {
                once(&mut start_rule, key, scan.string().and_then(|name| text::start_rule(&name)))
            }
            "rounding" => {
                once(&mut rounding, key, scan.string().and_then(|name| text::rounding(&name)))
            }
            "stops" => {
                let read = scan.list(|scan| stop(scan).map(|stop| self.stops.push(stop)));
                once(&mut stops, key, read)
            }
            _ => Err(format!("{key:?} is no field of a line")),
        })?;
        scan.end()?;
        needed(sessions, "sessions")?;
        if days.is_none() {
            self.forget_days();
        }
        Ok(Asked {
            id: needed(id, "id")?,
            start: needed(start, "start")?,
            amount: needed(amount, "amount")?,
            unit: needed(unit, "unit")?,
            start_rule: needed(start_rule, "start_rule")?,
            rounding: needed(rounding, "rounding")?,
        })
    }

    fn sessions(&mut self, scan: &mut Scanner<'_>) -> Result<(), String> {
        if scan.leaps(&self.sessions) {
            return Ok(());
        }
        self.sessions.clear();
        let (text, week) = scan.read_by(sessions)?;
        self.calendar.sessions = Timetable::of(week);
        self.sessions.push_str(text);
        Ok(())
    }

    fn days(&mut self, scan: &mut Scanner<'_>) -> Result<(), String> {
        if scan.leaps(&self.days) {
            return Ok(());
        }
        self.forget_days();
        // Days that could be read in part are forgotten with the next line: their text is not kept.
        let (text, ()) = scan.read_by(|scan| days(scan, &mut self.calendar.days))?;
        self.days.push_str(text);
        Ok(())
    }

    fn forget_days(&mut self) {
        self.days.clear();
        self.calendar.days.clear();
    }
}

/// The id of a line that is bad otherwise; `None` when even that cannot be read.
pub(super) fn id(line: &[u8]) -> Option<String> {
    let line: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(line).ok()?;
    let id = line.get("id").filter(|id| id.is_string() || id.is_number());
    id.map(serde_json::Value::to_string)
}

fn once<T>(slot: &mut Option<T>, key: &str, value: Result<T, String>) -> Result<(), String> {
    let value = value.map_err(|error| format!("{key}: {error}"))?;
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(format!("{key} stands there twice")),
    }
}

fn needed<T>(value: Option<T>, key: &str) -> Result<T, String> {
    value.ok_or_else(|| format!("{key} is missing"))
}

fn instant(text: &str) -> Result<DateTime, String> {
    text::instant(text).ok_or_else(|| format!("{text:?} is not a moment YYYY-MM-DDTHH:MM"))
}

/// Weekdays `0` (Monday) to `6`, each with its sessions; days that are missing are off.
fn sessions(scan: &mut Scanner<'_>) -> Result<Week, String> {
    let mut week: [Option<Vec<Session>>; 7] = Default::default();
    scan.object(|scan, key| {
        let day = match key.as_bytes() {
            [day @ b'0'..=b'6'] => usize::from(day - b'0'),
            _ => return Err(format!("{key:?} is no weekday: 0 (Monday) to 6")),
        };
        let mut day_sessions = Vec::with_capacity(2);
        scan.list(|scan| {
            let [from, to] = scan.pair()?;
            let time = |text: &Cow<'_, str>| {
                text::time(text).ok_or_else(|| format!("{text:?} is not a time HH:MM"))
            };
            day_sessions.push(Session { from: time(&from)?, to: time(&to)? });
            Ok(())
        })?;
        match week[day].replace(day_sessions) {
            None => Ok(()),
            Some(_) => Err(format!("weekday {day} stands there twice")),
        }
    })?;
    Week::new(week.map(Option::unwrap_or_default)).map_err(|error| error.to_string())
}

fn days(scan: &mut Scanner<'_>, days: &mut BTreeMap<Date, Day>) -> Result<(), String> {
    scan.object(|scan, key| {
        let date = text::date(key).ok_or_else(|| format!("{key:?} is not a date YYYY-MM-DD"))?;
        let kind = kind(&scan.string()?)?;
        let day = Day { kind, name: String::new(), decision: None, status: String::new() };
        match days.insert(date, day) {
            None => Ok(()),
            Some(_) => Err(format!("{date} stands there twice")),
        }
    })
}

fn kind(name: &str) -> Result<DayKind, String> {
    Ok(match name {
        "holiday" => DayKind::Holiday,
        "comp_off" => DayKind::CompOff,
        "swapped_off" => DayKind::SwappedOff,
        "local_closure" => DayKind::LocalClosure,
        "makeup_work" => DayKind::MakeupWork,
        other => return Err(format!("{other:?} is no kind of day")),
    })
}

fn stop(scan: &mut Scanner<'_>) -> Result<Stop, String> {
    let (mut from_to, mut effect) = (None, None);
    scan.object(|scan, key| match key {
        "from_to" => {
            let pair = scan.pair().and_then(|[from, to]| Ok((instant(&from)?, instant(&to)?)));
            once(&mut from_to, key, pair)
        }
        "effect" => once(&mut effect, key, scan.string().and_then(|name| stop_effect(&name))),
        _ => Err(format!("{key:?} is no field of a stop")),
    })?;
    let (from, to) = needed(from_to, "from_to")?;
    Ok(Stop { from, to, effect: needed(effect, "effect")? })
}

fn stop_effect(name: &str) -> Result<SupplementEffect, String> {
    match name {
        "restart_from_zero" => Ok(SupplementEffect::RestartFromZero),
        "resume_remaining" => Ok(SupplementEffect::ResumeRemaining),
        other => Err(format!("{other:?} is no effect")),
    }
}
