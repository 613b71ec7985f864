//! Vietnamese words for printed papers: times, and the reasons of a due date line by line.

use domain::procedure::TimeUnit;
use domain::rules::{DueRounding, StartRule};
use domain::worktime::Why;
use jiff::civil::{Date, DateTime};

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

/// One reason as a sentence.
#[must_use]
pub fn why(why: &Why) -> String {
    match why {
        Why::Started { at, rule } => match rule {
            StartRule::AtAcceptance => format!("Tính từ lúc tiếp nhận: {}.", moment(*at)),
            StartRule::NextWorkingDay => format!(
                "Tiếp nhận lúc {}; ngày tiếp nhận không tính, bắt đầu đếm từ ngày làm việc kế \
                 tiếp.",
                moment(*at)
            ),
            StartRule::CountTodayIfBefore(time) => format!(
                "Tiếp nhận lúc {}; tiếp nhận trước {} thì tính cả ngày tiếp nhận.",
                moment(*at),
                time.strftime("%H giờ %M")
            ),
        },
        Why::Counted { amount, unit } => format!("Thời gian: {}.", time_span(*amount, *unit)),
        Why::Skipped { date, name, decision } => {
            format!("Không tính ngày {}: {name}{}.", day(*date), by(decision.as_deref()))
        }
        Why::Worked { date, name, decision } => {
            format!("Có tính ngày {}: {name}{}.", day(*date), by(decision.as_deref()))
        }
        Why::Rounded { rule } => match rule {
            DueRounding::Exact => "Không làm tròn.".to_owned(),
            DueRounding::EndOfSession => "Làm tròn đến hết buổi làm việc.".to_owned(),
            DueRounding::EndOfWorkingDay => "Làm tròn đến hết ngày làm việc.".to_owned(),
        },
        Why::MovedToWorkingDay { from } => {
            format!("Ngày cuối {} là ngày nghỉ nên chuyển sang ngày làm việc kế tiếp.", day(*from))
        }
        Why::Resumed { minutes } => format!(
            "Sau khi bổ sung, tính tiếp {} giờ {} phút làm việc còn lại.",
            minutes / 60,
            minutes % 60
        ),
    }
}

fn by(decision: Option<&str>) -> String {
    decision.map(|decision| format!(" ({decision})")).unwrap_or_default()
}

fn day(date: Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}

fn moment(at: DateTime) -> String {
    at.strftime("%H giờ %M phút, ngày %d/%m/%Y").to_string()
}
