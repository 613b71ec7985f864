//! Random calendars and cases from a seed: the data that engine and oracle share.

use domain::procedure::TimeUnit;
use domain::rules::{DueRounding, StartRule, SupplementEffect};
use domain::worktime::{Calendar, Day, DayKind, Session, Stop, Timetable, Week, Years};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time, date};

/// Sessions of a week in minutes of the day, Monday first.
pub(crate) type Hours = [Vec<(i64, i64)>; 7];

/// A calendar as plain data.
#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    pub(crate) weeks: Vec<(Date, Hours)>,
    pub(crate) days: Vec<(Date, DayKind)>,
    pub(crate) years: Vec<i16>,
}

/// A question as plain data.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) start: DateTime,
    pub(crate) amount: u32,
    pub(crate) unit: TimeUnit,
    pub(crate) rule: StartRule,
    pub(crate) rounding: DueRounding,
    pub(crate) stops: Vec<Stop>,
}

/// SplitMix64: a few lines, the same numbers everywhere.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1).unsigned_abs()).cast_signed()
    }

    pub(crate) fn one_in(&mut self, n: i64) -> bool {
        self.between(1, n) == 1
    }

    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.next() % of.len() as u64).unwrap()]
    }
}

/// A day around which a scenario happens; often near the turn of a year.
pub(crate) fn anchor(dice: &mut Dice) -> Date {
    let year = i16::try_from(dice.between(2023, 2028)).unwrap();
    let first = date(year, 1, 1);
    let offset = if dice.one_in(3) { dice.between(-20, 5) } else { dice.between(0, 364) };
    first.saturating_add(offset.days())
}

pub(crate) fn scenario(dice: &mut Dice, anchor: Date) -> Scenario {
    let mut weeks = vec![(Date::MIN, hours(dice))];
    if dice.one_in(3) {
        let change = anchor.saturating_add(dice.between(-3, 25).days());
        weeks.push((change, hours(dice)));
        if dice.one_in(3) {
            weeks.push((change.saturating_add(dice.between(1, 9).days()), hours(dice)));
        }
    }
    const KINDS: [DayKind; 7] = [
        DayKind::Holiday,
        DayKind::CompOff,
        DayKind::SwappedOff,
        DayKind::LocalClosure,
        DayKind::MakeupWork,
        DayKind::MakeupWork,
        DayKind::Undecided,
    ];
    let mut days: Vec<(Date, DayKind)> = Vec::new();
    for _ in 0..dice.between(0, 14) {
        let day = anchor.saturating_add(dice.between(-4, 45).days());
        if days.iter().all(|(known, _)| *known != day) {
            days.push((day, dice.pick(&KINDS)));
        }
    }
    let mut years: Vec<i16> = (2020..=2036).collect();
    if dice.one_in(6) {
        let missing = anchor.year() + i16::try_from(dice.between(0, 1)).unwrap();
        years.retain(|year| *year != missing);
    }
    Scenario { weeks, days, years }
}

/// The office week, or any other in which somebody works; seldom one in which nobody does.
fn hours(dice: &mut Dice) -> Hours {
    if dice.one_in(3) {
        let day = vec![(450, 690), (810, 1050)];
        return std::array::from_fn(|weekday| if weekday < 5 { day.clone() } else { Vec::new() });
    }
    loop {
        let hours: Hours = std::array::from_fn(|weekday| {
            let off = if weekday > 4 { dice.one_in(2) } else { dice.one_in(8) };
            if off { Vec::new() } else { sessions(dice) }
        });
        if hours.iter().any(|day| !day.is_empty()) || dice.one_in(50) {
            return hours;
        }
    }
}

fn sessions(dice: &mut Dice) -> Vec<(i64, i64)> {
    let mut found = Vec::new();
    let mut from = dice.between(0, 700);
    for _ in 0..dice.between(1, 3) {
        let to = from + dice.between(1, 300);
        if to >= 1440 {
            break;
        }
        found.push((from, to));
        // Sessions may touch.
        from = to + if dice.one_in(4) { 0 } else { dice.between(1, 120) };
    }
    found
}

pub(crate) fn instant(dice: &mut Dice, around: Date) -> DateTime {
    let day = around.saturating_add(dice.between(-3, 12).days());
    let minute = if dice.one_in(4) {
        dice.pick(&[0, 450, 690, 810, 900, 1050, 1439])
    } else {
        dice.between(0, 1439)
    };
    day.at(0, 0, 0, 0).saturating_add(minute.minutes())
}

pub(crate) fn case(dice: &mut Dice, anchor: Date) -> Case {
    const UNITS: [TimeUnit; 9] = [
        TimeUnit::WorkingDay,
        TimeUnit::WorkingDay,
        TimeUnit::WorkingDay,
        TimeUnit::WorkingHour,
        TimeUnit::WorkingHour,
        TimeUnit::CalendarDay,
        TimeUnit::Month,
        TimeUnit::Immediate,
        TimeUnit::SameDay,
    ];
    let mut start = instant(dice, anchor);
    if dice.one_in(20) {
        start = start.saturating_add(dice.between(1, 59).seconds());
    }
    let unit = dice.pick(&UNITS);
    let most = match unit {
        TimeUnit::WorkingDay if dice.one_in(60) => 60,
        TimeUnit::WorkingDay => 6,
        TimeUnit::WorkingHour | TimeUnit::CalendarDay => 30,
        TimeUnit::Month => 2,
        TimeUnit::Immediate | TimeUnit::SameDay => 0,
    };
    let amount = u32::try_from(dice.between(0, most)).unwrap();
    let limit = i8::try_from(dice.between(7, 17)).unwrap();
    let rules = [
        StartRule::AtAcceptance,
        StartRule::NextWorkingDay,
        StartRule::CountTodayIfBefore(Time::constant(limit, 0, 0, 0)),
    ];
    let rule = dice.pick(&rules);
    let rounding =
        dice.pick(&[DueRounding::Exact, DueRounding::EndOfSession, DueRounding::EndOfWorkingDay]);
    let stops = if dice.one_in(3) { stops(dice, start) } else { Vec::new() };
    Case { start, amount, unit, rule, rounding, stops }
}

fn stops(dice: &mut Dice, start: DateTime) -> Vec<Stop> {
    const EFFECTS: [SupplementEffect; 3] = [
        SupplementEffect::RestartFromZero,
        SupplementEffect::ResumeRemaining,
        SupplementEffect::Subtract,
    ];
    let mut free = start;
    let stop = |dice: &mut Dice| {
        let from = free.saturating_add(dice.between(0, 4 * 1440).minutes());
        let to = from.saturating_add(dice.between(0, 4 * 1440).minutes());
        free = to;
        Stop { from, to, effect: dice.pick(&EFFECTS) }
    };
    (0..dice.between(1, 3)).scan(stop, |stop, _| Some(stop(dice))).collect()
}

impl Scenario {
    /// The same data as the engine takes it.
    pub(crate) fn calendar(&self) -> Calendar {
        let mut weeks = self.weeks.iter().map(|(from, hours)| (*from, week(hours)));
        let (_, first) = weeks.next().unwrap();
        let sessions =
            weeks.fold(Timetable::of(first), |table, (from, week)| table.then(from, week).unwrap());
        let day =
            |kind| Day { kind, name: "Nghỉ".to_owned(), decision: None, status: String::new() };
        let days = self.days.iter().map(|(date, kind)| (*date, day(*kind))).collect();
        let mut years = Years::default();
        years.extend(self.years.iter().copied());
        Calendar { sessions, days, years }
    }
}

fn week(hours: &Hours) -> Week {
    let time = |minute: i64| {
        let part = |value: i64| i8::try_from(value).unwrap();
        Time::constant(part(minute / 60), part(minute % 60), 0, 0)
    };
    let session = |(from, to): &(i64, i64)| Session { from: time(*from), to: time(*to) };
    Week::new(hours.each_ref().map(|day| day.iter().map(session).collect())).unwrap()
}
