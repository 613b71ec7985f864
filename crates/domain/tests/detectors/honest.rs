//! Honest years: people are slow, forgetful and unlucky, and nobody plays with the clock.

use crate::story::{CALENDAR, Story, watched};
use domain::detectors::Detector;
use domain::dossier::event::Channel;
use jiff::civil::{Date, Time, date};
use jiff::{SignedDuration, ToSpan as _};
use std::collections::BTreeMap;

/// Years looked at, and dossiers in each.
const YEARS: u64 = 1_000;
const DOSSIERS: u64 = 40;

/// Chance from a number (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, sides: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i64::try_from((mixed ^ (mixed >> 31)) % sides.unsigned_abs()).unwrap()
    }

    pub(crate) fn between(&mut self, from: i64, to: i64) -> i64 {
        from + self.below(to - from + 1)
    }

    pub(crate) fn percent(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }
}

/// Some working day of the year's first eleven months.
fn working_day(dice: &mut Dice) -> Date {
    loop {
        let day = date(2026, 1, 2).checked_add(dice.below(330).days()).unwrap();
        if CALENDAR.is_working_day(day).unwrap() {
            return day;
        }
    }
}

fn filed(id: &str, dice: &mut Dice) -> Story {
    let day = working_day(dice);
    let channel = match dice.below(3) {
        0 => Channel::Online,
        1 => Channel::Counter,
        _ => Channel::Post,
    };
    let evening = channel == Channel::Online && dice.percent(20);
    let at = if evening {
        day.at(20, 0, 0, 0) + SignedDuration::from_mins(dice.below(180))
    } else {
        let morning = day.to_datetime(Time::midnight());
        CALENDAR.add_minutes(morning, dice.between(5, 470)).unwrap()
    };
    let officer = format!("CB{}", dice.below(6));
    Story::file_at(id, at, channel, id).with(&officer)
}

/// One life: the seconds of every act are its own.
fn life(id: &str, dice: &mut Dice) -> Story {
    let days = dice.between(3, 20);
    let mut story = filed(id, dice).wait(dice.between(10, 450));
    if dice.percent(6) {
        story = story.ask("c1", "").wait(dice.between(60, 5_000)).answer("c1", "new");
        story = story.wait(dice.between(10, 450));
    }
    story = story.seconds(dice.below(50)).receive(days);
    if dice.percent(2) {
        return story.wait(dice.between(30, 480 * days / 2)).withdraw();
    }
    if dice.percent(5) {
        story = story.wait(dice.between(30, 480)).ask("c2", "").wait(dice.between(60, 5_000));
        story = story.answer("c2", "new").wait(dice.between(10, 450)).receive(days);
    }
    if dice.percent(4) {
        story = story.wait(dice.between(30, 400)).ask_payment(75_000);
        story = story.wait(dice.between(60, 900)).pay();
    }
    // Five steps share the time; one in ten dossiers is slow.
    let pace = if dice.percent(10) { dice.between(90, 130) } else { dice.between(30, 85) };
    let planned = 480 * days / 5;
    story = story.step(planned.max(240));
    let mut apologised = false;
    for _ in 0..4 {
        let minutes = planned * pace / 100 * dice.between(60, 125) / 100;
        let ends = CALENDAR.add_minutes(story.now, minutes).unwrap();
        let left = CALENDAR.count_minutes(story.now, story.due.unwrap()).unwrap();
        // Who sees a day ahead that it will be late says so.
        let late = CALENDAR.count_minutes(ends, story.due.unwrap()).unwrap() < 480;
        if late && !apologised && left > 0 {
            story = story.apologise(10);
            apologised = true;
        }
        story = story.wait(minutes).seconds(dice.below(50)).step(planned.max(240));
    }
    if !apologised && story.now.checked_add(2.days()).unwrap() > story.due.unwrap() {
        story = story.apologise(10);
    }
    story = story.wait(dice.between(20, 200)).sign().seconds(dice.below(50)).issue();
    story.wait(dice.between(30, 1_900)).give_back()
}

/// Signs by detector over so many honest years, and the dossiers looked at.
fn alarms(years: u64) -> (BTreeMap<Detector, u64>, u64) {
    let (mut alarms, mut dossiers) = (BTreeMap::new(), 0);
    for year in 0..years {
        let mut dice = Dice(year);
        let lives: Vec<Story> = (0..DOSSIERS).map(|n| life(&format!("h{n}"), &mut dice)).collect();
        dossiers += DOSSIERS;
        for found in watched(&lives, date(2026, 1, 1), date(2027, 6, 30)) {
            *alarms.entry(found.detector).or_default() += 1;
        }
    }
    (alarms, dossiers)
}

/// D3 may happen by chance: who changes their mind does not look at the due date. Everything else
/// stays quiet.
#[test]
fn honest_years_are_quiet() {
    let (alarms, dossiers) = alarms(YEARS);
    println!("{YEARS} honest years, {dossiers} dossiers: {alarms:?}");
    let by_chance = alarms.get(&Detector::Withdrawal).copied().unwrap_or_default();
    assert!(by_chance * 1_000 <= dossiers, "{by_chance} withdrawals in {dossiers}");
    let rest: Vec<_> = alarms.iter().filter(|(d, _)| **d != Detector::Withdrawal).collect();
    assert!(rest.is_empty(), "{rest:?}");
}
