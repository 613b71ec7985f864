//! Texts of a line: instants, rules, units.

use domain::procedure::TimeUnit;
use domain::rules::{DueRounding, StartRule};
use domain::worktime::NotComputed;
use jiff::civil::{Date, DateTime, Time};

/// `2026-08-28T17:00`, or with seconds.
pub(super) fn instant(text: &str) -> Option<DateTime> {
    let (day, clock) = (text.get(..10)?, text.get(11..)?);
    let date = date(day)?;
    let separated = text.as_bytes()[10] == b'T';
    let time = match clock.as_bytes() {
        [_, _, _, _, _, b':', tens, ones] => {
            let second = i8::try_from(digits(&[*tens, *ones])?).ok()?;
            let minute = time(&clock[..5])?;
            Time::new(minute.hour(), minute.minute(), second, 0).ok()?
        }
        _ => time(clock)?,
    };
    separated.then(|| date.to_datetime(time))
}

/// `2026-08-28`.
pub(super) fn date(text: &str) -> Option<Date> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let [y, e, a, r, b'-', m, o, b'-', d, i] = *bytes else { return None };
    let year = i16::try_from(digits(&[y, e, a, r])?).ok()?;
    let month = i8::try_from(digits(&[m, o])?).ok()?;
    Date::new(year, month, i8::try_from(digits(&[d, i])?).ok()?).ok()
}

/// `07:30`.
pub(super) fn time(text: &str) -> Option<Time> {
    let bytes: &[u8; 5] = text.as_bytes().try_into().ok()?;
    let [h, o, b':', m, i] = *bytes else { return None };
    let hour = i8::try_from(digits(&[h, o])?).ok()?;
    Time::new(hour, i8::try_from(digits(&[m, i])?).ok()?, 0, 0).ok()
}

fn digits(bytes: &[u8]) -> Option<u16> {
    bytes
        .iter()
        .try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u16::from(byte - b'0')))
}

pub(super) fn unit(text: &str) -> Result<TimeUnit, String> {
    Ok(match text {
        "working_day" => TimeUnit::WorkingDay,
        "working_hour" => TimeUnit::WorkingHour,
        "calendar_day" => TimeUnit::CalendarDay,
        "month" => TimeUnit::Month,
        "immediate" => TimeUnit::Immediate,
        "same_day" => TimeUnit::SameDay,
        other => return Err(format!("{other:?} is none")),
    })
}

pub(super) fn start_rule(text: &str) -> Result<StartRule, String> {
    let before = || time(text.strip_prefix("count_today_if_before:")?);
    match text {
        "at_acceptance" => Ok(StartRule::AtAcceptance),
        "next_working_day" => Ok(StartRule::NextWorkingDay),
        other => {
            before().map(StartRule::CountTodayIfBefore).ok_or_else(|| format!("{other:?} is none"))
        }
    }
}

pub(super) fn rounding(text: &str) -> Result<DueRounding, String> {
    Ok(match text {
        "exact" => DueRounding::Exact,
        "end_of_session" => DueRounding::EndOfSession,
        "end_of_working_day" => DueRounding::EndOfWorkingDay,
        other => return Err(format!("{other:?} is none")),
    })
}

/// Why there is no due date. Every year is entered here, so only the end of time can be missing.
pub(super) fn no_answer(error: &NotComputed) -> String {
    match error {
        NotComputed::Year(_) => "no due date before the end of the year 9999".to_owned(),
        NotComputed::Stops(fault) => format!("stops: {fault}"),
        NotComputed::Silent(_) => error.to_string(),
    }
}
