//! Rule profiles: the law changed completely three times inside the life of the data
//! (2018 → 2021 → 1/7/2025 → 1/7/2026). The profile in force at reception is frozen on the dossier.

use jiff::civil::{Date, Time, date, time};
use serde::{Deserialize, Serialize};

/// From when the time runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartRule {
    /// From the minute of acceptance, 480 minutes a day.
    AtAcceptance,
    /// The day of acceptance is not counted.
    NextWorkingDay,
    /// The day of acceptance is day 1 when it is a working day and earlier than this.
    CountTodayIfBefore(Time),
}

/// What happens to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueRounding {
    /// To the minute.
    Exact,
    /// To the end of the session it falls in.
    EndOfSession,
    /// To the end of the working day.
    EndOfWorkingDay,
}

/// What a completed supplement does to the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupplementEffect {
    /// The whole time again (NĐ 61/2018 Đ19.4).
    RestartFromZero,
    /// What remained goes on.
    ResumeRemaining,
    /// The waiting time is taken out (national indicator); the same instant as resuming.
    Subtract,
}

/// The operative rules of a period, each value with its article.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RuleProfile {
    /// `R2018`, `R2021`, `R2025`, `R2026`.
    pub id: &'static str,
    /// First day.
    pub from: Date,
    /// Last day; `None` for the present one.
    pub to: Option<Date>,
    /// The decrees it rests on.
    pub basis: &'static str,
    /// From when the time runs. NĐ 61/2018 says no more than "from receipt"; civil code Đ147
    /// [memory].
    pub start_rule: StartRule,
    /// Rounding of the end. Practice of the agencies [memory].
    pub due_rounding: DueRounding,
    /// Effect of a supplement. NĐ 61/2018 Đ19.4; R2025 on: to be confirmed [memory].
    pub supplement_effect: SupplementEffect,
    /// Working days after reception within which a supplement may be asked. NĐ 61/2018 Đ19.4.
    pub supplement_request_within_days: u32,
    /// Working minutes to receive an online filing. NĐ 45/2020 [memory].
    pub reception_sla_minutes: u32,
    /// Received later than this, the transfer may wait until the next working day. NĐ 61/2018
    /// Đ18.2.
    pub transfer_cutoff: Time,
}

const R2018: RuleProfile = RuleProfile {
    id: "R2018",
    from: date(2018, 6, 21),
    to: Some(date(2021, 12, 5)),
    basis: "NĐ 61/2018/NĐ-CP, TT 01/2018/TT-VPCP",
    start_rule: StartRule::NextWorkingDay,
    due_rounding: DueRounding::EndOfWorkingDay,
    supplement_effect: SupplementEffect::RestartFromZero,
    supplement_request_within_days: 3,
    reception_sla_minutes: 480,
    transfer_cutoff: time(15, 0, 0, 0),
};

/// All profiles, oldest first.
pub const PROFILES: [RuleProfile; 4] = [
    R2018,
    RuleProfile {
        id: "R2021",
        from: date(2021, 12, 6),
        to: Some(date(2025, 6, 30)),
        basis: "NĐ 61/2018/NĐ-CP, NĐ 107/2021/NĐ-CP, TT 01/2018/TT-VPCP",
        ..R2018
    },
    RuleProfile {
        id: "R2025",
        from: date(2025, 7, 1),
        to: Some(date(2026, 6, 30)),
        basis: "NĐ 118/2025/NĐ-CP, TT 03/2025/TT-VPCP",
        ..R2018
    },
    RuleProfile {
        id: "R2026",
        from: date(2026, 7, 1),
        to: None,
        basis: "NĐ 118/2025/NĐ-CP, NĐ 224/2026/NĐ-CP, TT 03/2025/TT-VPCP",
        ..R2018
    },
];

/// The profile in force on a day; `None` before the first.
#[must_use]
pub fn profile_on(day: Date) -> Option<&'static RuleProfile> {
    PROFILES.iter().find(|profile| profile.from <= day && profile.to.is_none_or(|to| day <= to))
}

/// The profile of that id.
#[must_use]
pub fn profile(id: &str) -> Option<&'static RuleProfile> {
    PROFILES.iter().find(|profile| profile.id == id)
}
