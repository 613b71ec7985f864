//! What a procedure's own law changes in the rules of the period.

use super::{PerStage, RuleProfile, Rules, Silence, SupplementEffect};
use crate::procedure::Procedure;

impl RuleProfile {
    /// The values for one procedure version and time class: the special law goes before the
    /// general one wherever the catalogue says what it is.
    #[must_use]
    pub fn for_procedure(&self, procedure: &Procedure, time_class: Option<&str>) -> Rules {
        let general = self.rules;
        let own = procedure.supplement.as_ref();
        let asked = own.and_then(|rule| rule.max_requests);
        let consent = procedure.consultation.as_ref().is_some_and(|own| own.silence == "consent");
        let hold = procedure.financial_hold.as_ref().map(|hold| hold.pauses);
        Rules {
            supplement_effect: procedure.supplement_effect().unwrap_or(general.supplement_effect),
            max_supplement_requests: PerStage {
                appraisal: asked.unwrap_or(general.max_supplement_requests.appraisal),
                ..general.max_supplement_requests
            },
            supplement_request_within_days: procedure
                .supplement_ask_within_days(time_class)
                .unwrap_or(general.supplement_request_within_days),
            applicant_supplement_limit_days: own
                .and_then(|rule| rule.applicant_limit_wd)
                .or(general.applicant_supplement_limit_days),
            financial_hold_pauses: hold.unwrap_or(general.financial_hold_pauses),
            consultation_silence: if consent {
                Silence::Consent
            } else {
                general.consultation_silence
            },
            ..general
        }
    }
}

/// The effect a catalogue keyword stands for.
pub(crate) fn effect_named(keyword: &str) -> Option<SupplementEffect> {
    match keyword {
        "restart_from_zero" | "stop_then_restart_from_zero" | "register_again" => {
            Some(SupplementEffect::RestartFromZero)
        }
        "resume_remaining" => Some(SupplementEffect::ResumeRemaining),
        "subtract" => Some(SupplementEffect::Subtract),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::profile;

    const PERMIT: &str = include_str!("../../../../catalogue/procedures/A2.XA.R2026.toml");

    #[test]
    fn the_special_law_goes_before_the_general_one() {
        let general = profile("R2026").unwrap();
        let permit: Procedure = toml::from_str(PERMIT).unwrap();
        let house = general.for_procedure(&permit, Some("nha_o"));
        assert_eq!(house.applicant_supplement_limit_days, Some(2), "NĐ 217/2026 Đ54.2.b");
        assert_eq!(house.max_supplement_requests, PerStage { reception: 1, appraisal: 1 });
        assert_eq!(house.consultation_silence, Silence::Consent);
        assert_eq!(house.max_reappointments, general.rules.max_reappointments);
        assert_eq!(house.early_grain, general.rules.early_grain);
        let mut bare = permit;
        (bare.supplement, bare.consultation) = (None, None);
        assert_eq!(general.for_procedure(&bare, None), general.rules);
    }
}
