//! The lunar calendar against an independent ephemeris, and the proposals against what was
//! decided in the years that are known.

use domain::worktime::lunar::{LunarDate, to_lunar, to_solar};
use domain::worktime::proposal::{PROPOSED, propose};
use domain::worktime::{Calendar, DayKind};
use jiff::civil::Date;
use std::path::Path;

/// Made by `scripts/lunar-table.py`: year, Tết, Giỗ Tổ, leap month (0: none).
const TABLE: &str = include_str!("lunar.tsv");

#[test]
fn tet_and_gio_to_of_two_centuries() {
    let mut years = 0;
    for line in TABLE.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())) {
        let fields: Vec<&str> = line.split('\t').collect();
        let year: i16 = fields[0].parse().unwrap();
        let day = |field: usize| fields[field].parse::<Date>().unwrap();
        let lunar = |month, day| LunarDate { year, month, leap: false, day };
        for (date, lunar) in [(day(1), lunar(1, 1)), (day(2), lunar(3, 10))] {
            assert_eq!(to_lunar(date), lunar, "{date}");
            assert_eq!(to_solar(lunar), Some(date), "{lunar:?}");
        }
        let leap: u8 = fields[3].parse().unwrap();
        for month in 1..=12 {
            let first = to_solar(LunarDate { year, month, leap: true, day: 1 });
            assert_eq!(first.is_some(), month == leap, "leap month of {year}");
        }
        years += 1;
    }
    assert_eq!(years, 201);
}

/// A year's days off, as its catalogue file has them.
fn decided(year: i16) -> Vec<(Date, DayKind)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue/calendars");
    let text = std::fs::read_to_string(folder.join(format!("{year}.toml"))).unwrap();
    let file: toml::Table = text.parse().unwrap();
    let mut days = Vec::new();
    for day in file["days"].as_array().unwrap() {
        let date: Date = day["date"].as_str().unwrap().parse().unwrap();
        let kind: DayKind = day["kind"].clone().try_into().unwrap();
        days.push((date, kind));
    }
    days
}

#[test]
fn proposals_are_what_was_decided_but_for_swaps() {
    for year in 2018..=2026 {
        let proposed: Vec<(Date, DayKind)> =
            propose(year).into_iter().map(|day| (day.date, day.day.kind)).collect();
        let mut known = decided(year);
        known.retain(|(_, kind)| matches!(kind, DayKind::Holiday | DayKind::CompOff));
        assert_eq!(proposed, known, "{year}");
    }
}

#[test]
fn a_proposal_is_marked_based_and_never_a_calendar() {
    let days = propose(2027);
    let dates: Vec<String> =
        days.iter().map(|day| format!("{} {:?}", day.date, day.day.kind)).collect();
    insta::assert_snapshot!("proposal_2027", format!("{}\n", dates.join("\n")));
    for day in &days {
        assert_eq!((day.day.status.as_str(), &day.day.decision), (PROPOSED, &None));
        assert!(day.basis.contains("Điều") && day.to_decide.ends_with('.'), "{day:?}");
        assert_eq!(day.compensates.is_some(), day.day.kind == DayKind::CompOff, "{day:?}");
    }
    // Đ111.3 speaks of the holidays of Đ112.1, and 24/11 is not among them.
    let culture = propose(2029).into_iter().find(|day| day.date.month() == 11).unwrap();
    assert!(culture.to_decide.contains("nghỉ bù"), "{culture:?}");
    assert!(propose(2029).iter().all(|day| day.compensates != Some(culture.date)));
    assert!(propose(2013).is_empty() && propose(2101).is_empty());
    // Days alone do not enter a year.
    let mut calendar = Calendar { sessions: Calendar::office_week(), ..Calendar::default() };
    calendar.days.extend(days.into_iter().map(|day| (day.date, day.day)));
    assert!(calendar.add_minutes("2027-03-01T09:00:00".parse().unwrap(), 1).is_err());
}
