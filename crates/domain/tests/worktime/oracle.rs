//! The oracle: it goes minute by minute and day by day, knows nothing of weeks, and shares with
//! the engine only the scenario's data.

use crate::random::{Case, Dice, Scenario, anchor, case, scenario};
use domain::procedure::TimeUnit;
use domain::rules::{DueRounding, StartRule, SupplementEffect};
use domain::worktime::{DayKind, NotComputed, Stop, YearNotEntered, explain};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

/// A due date, or the year that is missing.
type Answer<T = DateTime> = Result<T, i16>;

impl Scenario {
    /// Who works when on a date.
    fn hours_of(&self, date: Date) -> Answer<&[(i64, i64)]> {
        if !self.years.contains(&date.year()) {
            return Err(date.year());
        }
        let mut hours = &self.weeks[0].1;
        for (from, later) in &self.weeks {
            if *from <= date {
                hours = later;
            }
        }
        let weekday = date.weekday().to_monday_zero_offset() as usize;
        let special = self.days.iter().find(|(day, _)| *day == date).map(|(_, kind)| *kind);
        Ok(match special {
            None | Some(DayKind::Undecided) => &hours[weekday],
            Some(DayKind::MakeupWork) => &hours[0],
            Some(
                DayKind::Holiday | DayKind::CompOff | DayKind::SwappedOff | DayKind::LocalClosure,
            ) => &[],
        })
    }

    fn last_minute(&self, date: Date) -> Answer<Option<i64>> {
        Ok(self.hours_of(date)?.last().map(|(_, to)| *to))
    }

    /// Uses up minutes one by one.
    fn use_up(&self, from: DateTime, minutes: i64) -> Answer {
        if minutes == 0 {
            return Ok(from);
        }
        let mut left = minutes;
        let (mut date, mut minute) = split(from);
        loop {
            let hours = self.hours_of(date)?;
            while minute < 1440 {
                let works = hours.iter().any(|(from, to)| *from <= minute && minute < *to);
                minute += 1;
                if works {
                    left -= 1;
                    if left == 0 {
                        return Ok(joined(date, minute));
                    }
                }
            }
            (date, minute) = (date.tomorrow().unwrap(), 0);
        }
    }

    /// Counts minutes one by one.
    fn passed(&self, from: DateTime, to: DateTime) -> Answer<i64> {
        let (mut date, mut minute) = split(from);
        let end = split(to);
        let mut count = 0;
        while from < to && (date, minute) < end {
            let hours = self.hours_of(date)?;
            while minute < 1440 && (date, minute) < end {
                count += i64::from(hours.iter().any(|(from, to)| *from <= minute && minute < *to));
                minute += 1;
            }
            (date, minute) = (date.tomorrow().unwrap(), 0);
        }
        Ok(count)
    }

    /// The first minute in which somebody works.
    fn opening(&self, from: DateTime) -> Answer {
        Ok(self.use_up(from, 1)?.saturating_sub(1.minute()))
    }

    fn end_of_first_working_day(&self, from: Date) -> Answer {
        let mut date = from;
        loop {
            if let Some(minute) = self.last_minute(date)? {
                return Ok(joined(date, minute));
            }
            date = date.tomorrow().unwrap();
        }
    }

    fn working_days(&self, case: &Case, start: DateTime) -> Answer {
        let days = case.amount;
        if case.rule == StartRule::AtAcceptance {
            return self.use_up(start, i64::from(days) * 480);
        }
        if days == 0 {
            let end = self.last_minute(start.date())?;
            return Ok(end.map_or(start, |minute| joined(start.date(), minute)));
        }
        let mut counted = 0;
        let mut date = start.date();
        if let StartRule::CountTodayIfBefore(hour) = case.rule
            && start.time() < hour
            && self.last_minute(date)?.is_some()
        {
            counted = 1;
        }
        while counted < days {
            date = date.tomorrow().unwrap();
            counted += u32::from(self.last_minute(date)?.is_some());
        }
        Ok(joined(date, self.last_minute(date)?.unwrap()))
    }

    fn whole(&self, case: &Case, start: DateTime) -> Answer {
        let end = match case.unit {
            TimeUnit::WorkingDay => self.working_days(case, start)?,
            TimeUnit::WorkingHour => self.use_up(start, i64::from(case.amount) * 60)?,
            TimeUnit::CalendarDay => {
                let last = start.date().saturating_add(i64::from(case.amount).days());
                return self.end_of_first_working_day(last);
            }
            TimeUnit::Month => {
                let last = start.date().saturating_add(i64::from(case.amount).months());
                return self.end_of_first_working_day(last);
            }
            TimeUnit::Immediate => return Ok(start),
            TimeUnit::SameDay => self.end_of_first_working_day(self.opening(start)?.date())?,
        };
        self.rounded(end, case.rounding)
    }

    fn rounded(&self, at: DateTime, rounding: DueRounding) -> Answer {
        if rounding == DueRounding::Exact {
            return Ok(at);
        }
        let ends: Vec<DateTime> =
            self.hours_of(at.date())?.iter().map(|(_, to)| joined(at.date(), *to)).collect();
        let later = match rounding {
            DueRounding::EndOfSession => ends.iter().find(|end| **end >= at),
            _ => ends.last().filter(|end| **end >= at),
        };
        Ok(later.copied().unwrap_or(at))
    }

    pub(crate) fn due(&self, case: &Case) -> Answer {
        let mut due = self.whole(case, case.start)?;
        for Stop { from, to, effect } in case.stops.iter().copied() {
            if effect == SupplementEffect::RestartFromZero {
                due = self.whole(case, to)?;
            } else if from < due {
                let left = self.passed(from, due)?;
                let end = if left == 0 { self.opening(to)? } else { self.use_up(to, left)? };
                due = self.rounded(end, case.rounding)?;
            }
        }
        Ok(due)
    }
}

fn split(at: DateTime) -> (Date, i64) {
    (at.date(), i64::from(at.hour()) * 60 + i64::from(at.minute()))
}

fn joined(date: Date, minute: i64) -> DateTime {
    date.to_datetime(Time::midnight()).saturating_add(minute.minutes())
}

const CASES: u32 = 120_000;

#[test]
fn due_dates_equal_the_oracle_and_follow_from_their_explanation() {
    let mut dice = Dice(3);
    let (mut refused, mut with_stops, mut moved) = (0, 0, 0);
    for number in 0..CASES {
        let anchor = anchor(&mut dice);
        let scenario = scenario(&mut dice, anchor);
        let case = case(&mut dice, anchor);
        let calendar = scenario.calendar();
        let Case { start, amount, unit, rule, rounding, ref stops } = case;
        let engine = calendar.due_with_stops(start, amount, unit, rule, rounding, stops);
        let told = || format!("case {number}: {case:?}\non {scenario:?}\ngave {engine:?}");
        match (scenario.due(&case), &engine) {
            (Ok(expected), Ok(due)) => {
                assert_eq!(due.at, expected, "{}", told());
                assert_eq!(explain::recompute(&due.why), Ok(due.at), "{}", told());
                assert_eq!(calendar.recount(&due.why).as_ref(), Ok(due), "{}", told());
                if stops.is_empty() {
                    let plain = calendar.due(start, amount, unit, rule, rounding);
                    assert_eq!(plain.as_ref(), Ok(due), "{}", told());
                }
                with_stops += u32::from(!stops.is_empty());
                moved += u32::from(scenario.weeks.len() > 1);
            }
            (Err(year), Err(NotComputed::Year(YearNotEntered { year: refusal }))) => {
                assert_eq!(*refusal, year, "{}", told());
                refused += 1;
            }
            (expected, _) => panic!("expected {expected:?}; {}", told()),
        }
    }
    let enough = CASES / 50;
    assert!(refused > enough && with_stops > enough && moved > enough, "{refused} {with_stops}");
}

#[test]
fn minutes_added_and_counted_equal_the_oracle() {
    let mut dice = Dice(4);
    for _ in 0..CASES {
        let anchor = anchor(&mut dice);
        let scenario = scenario(&mut dice, anchor);
        let calendar = scenario.calendar();
        let from = crate::random::instant(&mut dice, anchor);
        let minutes = dice.between(0, 2500);
        let added = calendar.add_minutes(from, minutes).map_err(|missing| missing.year);
        assert_eq!(added, scenario.use_up(from, minutes), "{from} + {minutes} on {scenario:?}");
        let to = crate::random::instant(&mut dice, anchor);
        let counted = calendar.count_minutes(from, to).map_err(|missing| missing.year);
        assert_eq!(counted, scenario.passed(from, to), "{from} to {to} on {scenario:?}");
    }
}
