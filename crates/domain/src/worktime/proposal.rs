//! The days off that the law gives a year, as a proposal: a decision confirms each, or another.
//!
//! Labour Code 45/2019 Đ112 names the holidays and leaves two choices to the Prime Minister each
//! year: which five days are Tết, and which neighbour of 2 September is free too. The choice
//! proposed is the one that decisions of 2018–2026 made: fewest days that are off anyway.
//! Proposals never reach a due date by themselves.

use super::lunar::{LunarDate, to_solar};
use super::{Day, DayKind};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeSet;

/// The mark of a proposed day in [`Day::status`].
pub const PROPOSED: &str = "proposed";

/// Years for which proposals are made: from the Labour Code of 2012 on, and while the lunar
/// calendar is pinned by its test.
pub const YEARS: std::ops::RangeInclusive<i16> = 2014..=2100;

/// A day that would differ, if a decision says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedDay {
    /// The day.
    pub date: Date,
    /// What it would be; its status is [`PROPOSED`] and it has no decision yet.
    pub day: Day,
    /// The article it follows from.
    pub basis: &'static str,
    /// What the decision still has to choose or confirm, in Vietnamese.
    pub to_decide: &'static str,
    /// The holiday on a weekly day off for which this day is off.
    pub compensates: Option<Date>,
}

const CONFIRM: &str = "Cần quyết định hoặc thông báo nghỉ lễ, tết xác nhận.";

/// The days off of a year in order of date; empty outside [`YEARS`].
#[must_use]
pub fn propose(year: i16) -> Vec<ProposedDay> {
    if !YEARS.contains(&year) {
        return Vec::new();
    }
    let mut days = holidays(year);
    days.sort_by_key(|day| day.date);
    let off = compensation(&days);
    days.extend(off);
    days.sort_by_key(|day| day.date);
    days
}

fn holidays(year: i16) -> Vec<ProposedDay> {
    let solar = |month, day| Date::constant(year, month, day);
    let mut days = vec![
        holiday(solar(1, 1), "Tết Dương lịch", law(year, "a"), CONFIRM),
        holiday(solar(4, 30), "Ngày Chiến thắng 30/4", law(year, "c"), CONFIRM),
        holiday(solar(5, 1), "Ngày Quốc tế lao động 01/5", law(year, "d"), CONFIRM),
    ];
    days.extend(tet(year));
    days.extend(national_day(year));
    if let Some(date) = lunar(year, 3, 10) {
        let name = "Giỗ Tổ Hùng Vương (10/3 âm lịch)";
        days.push(holiday(date, name, law(year, "e"), CONFIRM));
    }
    if year >= 2026 {
        let date = solar(11, 24);
        let to_decide = if is_weekend(date) {
            "Trùng ngày nghỉ hằng tuần: Điều 111 khoản 3 không nói đến ngày này, cần quyết định có \
             nghỉ bù hay không."
        } else {
            CONFIRM
        };
        let basis = "Nghị quyết 28/2026/QH16 Điều 2";
        days.push(holiday(date, "Ngày Văn hóa Việt Nam", basis, to_decide));
    }
    days
}

/// Five days around the first of the lunar year: two before and three after, or one and four.
fn tet(year: i16) -> Vec<ProposedDay> {
    let Some(first) = lunar(year, 1, 1) else { return Vec::new() };
    let five = |before: i64| -> Vec<Date> {
        (-before..5 - before).map(|offset| first.saturating_add(offset.days())).collect()
    };
    let chosen = fewest_weekends(five(2), five(1));
    let to_decide = "Thủ tướng Chính phủ chọn 5 ngày hằng năm (Bộ luật Lao động, Điều 112).";
    let basis = law(year, "b");
    chosen.into_iter().map(|date| holiday(date, "Tết Âm lịch", basis, to_decide)).collect()
}

/// 2 September, and since 2021 the day before or after.
fn national_day(year: i16) -> Vec<ProposedDay> {
    const NAME: &str = "Quốc khánh 02/9";
    let day = |day| Date::constant(year, 9, day);
    let basis = law(year, "đ");
    if year < 2021 {
        return vec![holiday(day(2), NAME, basis, CONFIRM)];
    }
    let to_decide =
        "Thủ tướng Chính phủ chọn 01/9 hoặc 03/9 hằng năm (Bộ luật Lao động, Điều 112).";
    let (before, after) = (vec![day(1), day(2)], vec![day(2), day(3)]);
    // A Thursday's neighbour is the Friday: four days in a row.
    let chosen =
        if day(3).weekday() == Weekday::Friday { after } else { fewest_weekends(before, after) };
    chosen.into_iter().map(|date| holiday(date, NAME, basis, to_decide)).collect()
}

/// A holiday on a weekly day off is made up for on the next working day (Đ111.3).
fn compensation(holidays: &[ProposedDay]) -> Vec<ProposedDay> {
    const DUE: &str = "Bộ luật Lao động 45/2019/QH14 Điều 111 khoản 3";
    let mut off: BTreeSet<Date> = holidays.iter().map(|day| day.date).collect();
    let mut found = Vec::new();
    let in_article_112 = |day: &&ProposedDay| day.basis.starts_with("Bộ luật Lao động");
    for holiday in holidays.iter().filter(in_article_112) {
        if !is_weekend(holiday.date) {
            continue;
        }
        let mut date = holiday.date;
        while is_weekend(date) || off.contains(&date) {
            date = date.saturating_add(1.day());
        }
        off.insert(date);
        let basis = if date.year() < 2021 {
            "Bộ luật Lao động 10/2012/QH13 Điều 115"
        } else {
            DUE
        };
        let name = format!("Nghỉ bù {}", holiday.day.name);
        let day = proposed(DayKind::CompOff, name);
        let compensates = Some(holiday.date);
        found.push(ProposedDay { date, day, basis, to_decide: CONFIRM, compensates });
    }
    found
}

fn holiday(date: Date, name: &str, basis: &'static str, to_decide: &'static str) -> ProposedDay {
    let day = proposed(DayKind::Holiday, name.to_owned());
    ProposedDay { date, day, basis, to_decide, compensates: None }
}

fn proposed(kind: DayKind, name: String) -> Day {
    Day { kind, name, decision: None, status: PROPOSED.to_owned() }
}

/// The point of the Labour Code in force that year.
fn law(year: i16, point: &str) -> &'static str {
    if year < 2021 {
        return "Bộ luật Lao động 10/2012/QH13 Điều 115 khoản 1";
    }
    match point {
        "a" => "Bộ luật Lao động 45/2019/QH14 Điều 112 khoản 1 điểm a",
        "b" => "Bộ luật Lao động 45/2019/QH14 Điều 112 khoản 1 điểm b",
        "c" => "Bộ luật Lao động 45/2019/QH14 Điều 112 khoản 1 điểm c",
        "d" => "Bộ luật Lao động 45/2019/QH14 Điều 112 khoản 1 điểm d",
        "đ" => "Bộ luật Lao động 45/2019/QH14 Điều 112 khoản 1 điểm đ",
        _ => "Bộ luật Lao động 45/2019/QH14 Điều 112 khoản 1 điểm e",
    }
}

fn lunar(year: i16, month: u8, day: u8) -> Option<Date> {
    to_solar(LunarDate { year, month, leap: false, day })
}

fn fewest_weekends(first: Vec<Date>, second: Vec<Date>) -> Vec<Date> {
    let weekends = |days: &[Date]| days.iter().filter(|day| is_weekend(**day)).count();
    if weekends(&second) < weekends(&first) { second } else { first }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}
