//! Câu chữ tiếng Việt.

use super::{clock, day, sessions, what};
use crate::procedure::TimeUnit;
use crate::rules::{DueRounding, StartRule, SupplementEffect};
use crate::worktime::{DayKind, Why};
use jiff::civil::DateTime;

const WEEKDAYS: [&str; 7] =
    ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"];

pub(super) fn line(why: &Why) -> String {
    match why {
        Why::Week { from: None, week } => format!("Giờ làm việc: {}.", sessions(week, WEEKDAYS)),
        Why::Week { from: Some(from), week } => {
            format!("Giờ làm việc từ ngày {}: {}.", day(*from), sessions(week, WEEKDAYS))
        }
        Why::Started { at, rule } => started(*at, *rule),
        Why::Reappointed { from } => format!(
            "Hẹn lại kèm văn bản xin lỗi: đếm tiếp từ ngày làm việc sau hạn đã hẹn, {} (Nghị định \
             61/2018/NĐ-CP, Điều 19 khoản 9).",
            moment(*from)
        ),
        Why::Counted { amount, unit, .. } => {
            format!("Thời gian được tính: {}.", time_span(*amount, *unit))
        }
        Why::Skipped { date, kind, name, decision } => {
            let what = what(name, kind_name(*kind), decision.as_deref());
            format!("Không tính ngày {}: {what}.", day(*date))
        }
        Why::Worked { date, kind, name, decision } => {
            let what = what(name, kind_name(*kind), decision.as_deref());
            format!("Có tính ngày {}: {what}.", day(*date))
        }
        Why::Rounded { rule } => match rule {
            DueRounding::Exact => "Không làm tròn.".to_owned(),
            DueRounding::EndOfSession => "Làm tròn đến hết buổi làm việc.".to_owned(),
            DueRounding::EndOfWorkingDay => "Làm tròn đến hết ngày làm việc.".to_owned(),
        },
        Why::MovedToWorkingDay { from } => format!(
            "Ngày cuối {} là ngày nghỉ nên thời hạn kết thúc vào cuối ngày làm việc kế tiếp \
             (Bộ luật Dân sự 2015, Điều 148 khoản 5).",
            day(*from)
        ),
        Why::Stopped { from, to, effect, remaining_minutes } => {
            stopped(*from, *to, *effect, *remaining_minutes)
        }
        Why::Resumed { minutes, at: None, .. } => {
            format!("Sau khi bổ sung, tính tiếp {} còn lại.", working_time(*minutes))
        }
        Why::Resumed { minutes, at: Some(at), .. } => {
            format!("Tính tiếp {} còn lại từ {}.", working_time(*minutes), moment(*at))
        }
    }
}

fn started(at: DateTime, rule: StartRule) -> String {
    let moment = moment(at);
    match rule {
        StartRule::AtAcceptance => {
            format!("Tính từ lúc tiếp nhận: {moment} (Bộ luật Dân sự 2015, Điều 147 khoản 1).")
        }
        StartRule::NextWorkingDay => format!(
            "Tiếp nhận lúc {moment}; ngày tiếp nhận không tính, bắt đầu đếm từ ngày làm việc kế \
             tiếp (Bộ luật Dân sự 2015, Điều 147 khoản 2)."
        ),
        StartRule::CountTodayIfBefore(time) => format!(
            "Tiếp nhận lúc {moment}; tiếp nhận trước {} của ngày làm việc thì tính cả ngày tiếp \
             nhận (mốc giờ theo Nghị định 61/2018/NĐ-CP, Điều 18 khoản 2).",
            clock(time)
        ),
    }
}

fn stopped(from: DateTime, to: DateTime, effect: SupplementEffect, remaining: i64) -> String {
    let stop = format!("Tạm dừng từ {} đến {}", moment(from), moment(to));
    match effect {
        SupplementEffect::RestartFromZero => {
            format!("{stop}; sau đó tính lại từ đầu (Nghị định 61/2018/NĐ-CP, Điều 19 khoản 4).")
        }
        SupplementEffect::ResumeRemaining | SupplementEffect::Subtract if remaining == 0 => {
            format!("{stop}; khi tạm dừng đã hết thời hạn nên không tính thêm.")
        }
        SupplementEffect::ResumeRemaining | SupplementEffect::Subtract => {
            format!("{stop}; sau đó tính tiếp {} còn lại.", working_time(remaining))
        }
    }
}

/// `7 ngày làm việc`.
#[must_use]
pub fn time_span(amount: u32, unit: TimeUnit) -> String {
    match unit {
        TimeUnit::WorkingDay => format!("{amount} ngày làm việc"),
        TimeUnit::WorkingHour => format!("{amount} giờ làm việc"),
        TimeUnit::CalendarDay => format!("{amount} ngày"),
        TimeUnit::Month => format!("{amount} tháng"),
        TimeUnit::Immediate => "trả kết quả ngay".to_owned(),
        TimeUnit::SameDay => "trong ngày làm việc".to_owned(),
    }
}

fn working_time(minutes: i64) -> String {
    format!("{} giờ {} phút làm việc", minutes / 60, minutes % 60)
}

fn moment(at: DateTime) -> String {
    format!("{} ngày {}", clock(at.time()), day(at.date()))
}

fn kind_name(kind: Option<DayKind>) -> &'static str {
    match kind {
        Some(DayKind::MakeupWork) => "làm bù",
        Some(DayKind::Holiday) => "nghỉ lễ, tết",
        Some(DayKind::CompOff) => "nghỉ bù",
        Some(DayKind::SwappedOff) => "nghỉ hoán đổi",
        Some(DayKind::LocalClosure) => "tạm nghỉ theo quyết định của địa phương",
        Some(DayKind::Undecided) | None => "khác lịch tuần",
    }
}
