//! The four periods and where each of their values comes from.

use super::{
    DueRounding, Grain, PerStage, RuleProfile, Rules, Silence, Source, StartRule, SupplementEffect,
};
use crate::procedure::Confidence;
use jiff::civil::{date, time};

/// The values of NĐ 61/2018. The later decrees were not available when this was written: their
/// values are these, and [`sources`](RuleProfile::sources) says that they are to be confirmed.
const RULES: Rules = Rules {
    start_rule: StartRule::NextWorkingDay,
    due_rounding: DueRounding::EndOfWorkingDay,
    supplement_effect: SupplementEffect::RestartFromZero,
    max_supplement_requests: PerStage { reception: 1, appraisal: 1 },
    supplement_request_within_days: 3,
    applicant_supplement_limit_days: None,
    financial_hold_pauses: false,
    consultation_pauses: false,
    consultation_silence: Silence::Reported,
    max_reappointments: 1,
    apology_lead_days: 1,
    transfer_cutoff: time(15, 0, 0, 0),
    reception_sla_minutes: 480,
    early_grain: Grain::Date,
};

/// Where the values of NĐ 61/2018 are written.
const BY_2018: [Source; 14] = [
    of("start_rule", "BLDS 2015 Đ147", Confidence::Memory),
    of("due_rounding", "thông lệ hẹn trả cuối buổi chiều", Confidence::Memory),
    of("supplement_effect", "NĐ 61/2018 Đ19.4", Confidence::Law),
    of("max_supplement_requests", "NĐ 61/2018 Đ11.2.c, Đ19.4", Confidence::Law),
    of("supplement_request_within_days", "NĐ 61/2018 Đ19.4", Confidence::Law),
    of("applicant_supplement_limit_days", "NĐ 61/2018: không quy định", Confidence::LawInferred),
    of("financial_hold_pauses", "TT 22/2019 trạng thái 6", Confidence::Memory),
    of("consultation_pauses", "NĐ 61/2018 Đ19.5", Confidence::LawInferred),
    of("consultation_silence", "NĐ 61/2018 Đ19.5.b", Confidence::Law),
    of("max_reappointments", "NĐ 61/2018 Đ19.9", Confidence::Law),
    of("apology_lead_days", "NĐ 61/2018 Đ19.9", Confidence::Law),
    of("transfer_cutoff", "NĐ 61/2018 Đ18.2", Confidence::Law),
    of("reception_sla_minutes", "NĐ 45/2020 Đ11", Confidence::Memory),
    of("early_grain", "QĐ 766/2022 chỉ số 2.1, TT 01/2018 Đ13", Confidence::LawInferred),
];

/// The same values under the decrees of 2025 and 2026, whose articles a lawyer has still to read.
const BY_2025: [Source; 14] = [
    of("start_rule", "BLDS 2015 Đ147", Confidence::Memory),
    of("due_rounding", "thông lệ hẹn trả cuối buổi chiều", Confidence::Memory),
    of("supplement_effect", "NĐ 118/2025 Đ15–20", Confidence::ToBeDecided),
    of("max_supplement_requests", "NĐ 118/2025 Đ15–20", Confidence::ToBeDecided),
    of("supplement_request_within_days", "NĐ 118/2025 Đ15–20", Confidence::ToBeDecided),
    of("applicant_supplement_limit_days", "NĐ 118/2025 Đ15–20", Confidence::ToBeDecided),
    of("financial_hold_pauses", "TT 22/2019 trạng thái 6", Confidence::Memory),
    of("consultation_pauses", "NĐ 118/2025 Đ15–20", Confidence::ToBeDecided),
    of("consultation_silence", "NĐ 118/2025 Đ15–20", Confidence::ToBeDecided),
    of("max_reappointments", "NĐ 118/2025 Đ15–20", Confidence::ToBeDecided),
    of("apology_lead_days", "NĐ 118/2025 Đ15–20", Confidence::ToBeDecided),
    of("transfer_cutoff", "NĐ 118/2025 Đ15–20", Confidence::ToBeDecided),
    of("reception_sla_minutes", "NĐ 118/2025: tiếp nhận trong 08 giờ", Confidence::Secondary),
    of("early_grain", "QĐ 766/2022 chỉ số 2.1", Confidence::LawInferred),
];

/// All profiles, oldest first.
pub const PROFILES: [RuleProfile; 4] = [
    RuleProfile {
        id: "R2018",
        from: date(2018, 6, 21),
        to: Some(date(2021, 12, 5)),
        basis: "NĐ 61/2018/NĐ-CP, TT 01/2018/TT-VPCP",
        rules: RULES,
        sources: &BY_2018,
    },
    RuleProfile {
        id: "R2021",
        from: date(2021, 12, 6),
        to: Some(date(2025, 6, 30)),
        basis: "NĐ 61/2018/NĐ-CP, NĐ 107/2021/NĐ-CP, TT 01/2018/TT-VPCP",
        rules: RULES,
        sources: &BY_2018,
    },
    RuleProfile {
        id: "R2025",
        from: date(2025, 7, 1),
        to: Some(date(2026, 6, 30)),
        basis: "NĐ 118/2025/NĐ-CP, TT 03/2025/TT-VPCP",
        rules: RULES,
        sources: &BY_2025,
    },
    RuleProfile {
        id: "R2026",
        from: date(2026, 7, 1),
        to: None,
        basis: "NĐ 118/2025/NĐ-CP, NĐ 224/2026/NĐ-CP, TT 03/2025/TT-VPCP",
        rules: RULES,
        sources: &BY_2025,
    },
];

const fn of(parameter: &'static str, article: &'static str, confidence: Confidence) -> Source {
    Source { parameter, article, confidence }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_names_where_it_comes_from() {
        for profile in &PROFILES {
            let values = serde_json::to_value(profile.rules).unwrap();
            let mut fields: Vec<&String> = values.as_object().unwrap().keys().collect();
            let mut named: Vec<&str> = profile.sources.iter().map(|s| s.parameter).collect();
            fields.sort();
            named.sort_unstable();
            assert_eq!(fields, named, "{}", profile.id);
            assert!(profile.sources.iter().all(|source| !source.article.is_empty()));
            let cutoff = profile.source("transfer_cutoff").unwrap();
            assert!(cutoff.article.contains("NĐ"), "{cutoff:?}");
        }
    }

    #[test]
    fn periods_follow_each_other_without_a_gap() {
        for pair in PROFILES.windows(2) {
            assert_eq!(pair[0].to.unwrap().tomorrow().unwrap(), pair[1].from);
        }
        assert_eq!(PROFILES.last().unwrap().to, None);
    }

    #[test]
    fn no_profile_stops_the_clock_for_a_consultation() {
        assert!(PROFILES.iter().all(|profile| !profile.rules.consultation_pauses));
    }
}
