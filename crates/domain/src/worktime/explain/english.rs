//! The words in English.

use super::{clock, day, sessions, what};
use crate::procedure::TimeUnit;
use crate::rules::{DueRounding, StartRule, SupplementEffect};
use crate::worktime::{DayKind, Why};
use jiff::civil::DateTime;

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

pub(super) fn line(why: &Why) -> String {
    match why {
        Why::Week { from: None, week } => format!("Working hours: {}.", sessions(week, WEEKDAYS)),
        Why::Week { from: Some(from), week } => {
            format!("Working hours from {}: {}.", day(*from), sessions(week, WEEKDAYS))
        }
        Why::Started { at, rule } => started(*at, *rule),
        Why::Reappointed { from } => format!(
            "Promised anew with an apology: counted on from the working day after the date that \
             was promised, {} (Decree 61/2018/NĐ-CP, Article 19 clause 9).",
            moment(*from)
        ),
        Why::Counted { amount, unit, .. } => {
            format!("Time counted: {}.", time_span(*amount, *unit))
        }
        Why::Skipped { date, kind, name, decision } => {
            let what = what(name, kind_name(*kind), decision.as_deref());
            format!("Not counted, {}: {what}.", day(*date))
        }
        Why::Worked { date, kind, name, decision } => {
            let what = what(name, kind_name(*kind), decision.as_deref());
            format!("Counted, {}: {what}.", day(*date))
        }
        Why::Rounded { rule } => match rule {
            DueRounding::Exact => "Not rounded.".to_owned(),
            DueRounding::EndOfSession => "Rounded to the end of the working session.".to_owned(),
            DueRounding::EndOfWorkingDay => "Rounded to the end of the working day.".to_owned(),
        },
        Why::MovedToWorkingDay { from } => format!(
            "The last day, {}, is a day off, so the time ends with the next working day (Civil \
             Code 2015, Article 148 clause 5).",
            day(*from)
        ),
        Why::Stopped { from, to, effect, remaining_minutes } => {
            stopped(*from, *to, *effect, *remaining_minutes)
        }
        Why::Resumed { minutes, at: None, .. } => {
            format!("After the supplement, the remaining {} were counted.", working_time(*minutes))
        }
        Why::Resumed { minutes, at: Some(at), .. } => {
            format!("The remaining {} were counted from {}.", working_time(*minutes), moment(*at))
        }
    }
}

fn started(at: DateTime, rule: StartRule) -> String {
    let moment = moment(at);
    match rule {
        StartRule::AtAcceptance => {
            format!("Counted from reception: {moment} (Civil Code 2015, Article 147 clause 1).")
        }
        StartRule::NextWorkingDay => format!(
            "Received at {moment}; the day of reception is not counted, counting starts on the \
             next working day (Civil Code 2015, Article 147 clause 2)."
        ),
        StartRule::CountTodayIfBefore(time) => format!(
            "Received at {moment}; a working day counts when received before {} (the hour of \
             Decree 61/2018/NĐ-CP, Article 18 clause 2).",
            clock(time)
        ),
    }
}

fn stopped(from: DateTime, to: DateTime, effect: SupplementEffect, remaining: i64) -> String {
    let stop = format!("Stopped from {} to {}", moment(from), moment(to));
    match effect {
        SupplementEffect::RestartFromZero => {
            format!("{stop}; the time then began anew (Decree 61/2018/NĐ-CP, Article 19 clause 4).")
        }
        SupplementEffect::ResumeRemaining | SupplementEffect::Subtract if remaining == 0 => {
            format!("{stop}; the time had already run out, so nothing was added.")
        }
        SupplementEffect::ResumeRemaining | SupplementEffect::Subtract => {
            format!("{stop}; the remaining {} were counted then.", working_time(remaining))
        }
    }
}

fn time_span(amount: u32, unit: TimeUnit) -> String {
    let many = if amount == 1 { "" } else { "s" };
    match unit {
        TimeUnit::WorkingDay => format!("{amount} working day{many}"),
        TimeUnit::WorkingHour => format!("{amount} working hour{many}"),
        TimeUnit::CalendarDay => format!("{amount} day{many}"),
        TimeUnit::Month => format!("{amount} month{many}"),
        TimeUnit::Immediate => "answered at once".to_owned(),
        TimeUnit::SameDay => "within the working day".to_owned(),
    }
}

fn working_time(minutes: i64) -> String {
    format!("{} working hours and {} minutes", minutes / 60, minutes % 60)
}

fn moment(at: DateTime) -> String {
    format!("{} on {}", clock(at.time()), day(at.date()))
}

fn kind_name(kind: Option<DayKind>) -> &'static str {
    match kind {
        Some(DayKind::MakeupWork) => "make-up work",
        Some(DayKind::Holiday) => "public holiday",
        Some(DayKind::CompOff) => "compensatory day off",
        Some(DayKind::SwappedOff) => "swapped day off",
        Some(DayKind::LocalClosure) => "closed by a local decision",
        Some(DayKind::Undecided) | None => "differs from the week",
    }
}
