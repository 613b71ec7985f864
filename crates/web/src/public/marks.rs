//! Marks for figures that nobody has confirmed, and names of kinds.

use crate::kit::i18n::{Language, t};
use domain::procedure::Confidence;

/// The tag of a figure that must not be taken for a fact.
pub(crate) fn tag(lang: Language, confidence: Confidence) -> Option<String> {
    match confidence {
        Confidence::Demo => Some(t(lang, "mark-demo")),
        Confidence::Memory | Confidence::Unknown | Confidence::ToBeDecided => {
            Some(t(lang, "mark-unverified"))
        }
        Confidence::Law
        | Confidence::LawAnnex
        | Confidence::LawInferred
        | Confidence::LawDerived
        | Confidence::Confirmed
        | Confidence::ConfirmedRule
        | Confidence::Secondary => None,
    }
}

/// Kinds of agencies whose names we know, in the order of the filter.
pub(super) const AGENCY_KINDS: [&str; 4] = ["UBND_XA", "SXD", "BQLKKT", "UBND_TINH"];

/// The name of a kind of agency; its id when an office has made up its own.
pub(super) fn agency_kind(lang: Language, kind: &str) -> String {
    match AGENCY_KINDS.contains(&kind) {
        true => t(lang, &format!("agency-kind-{kind}")),
        false => kind.to_owned(),
    }
}

/// Time classes whose names we know.
const CLASSES: [&str; 12] = [
    "tat_ca",
    "nha_o",
    "cong_trinh_khac",
    "con_lai",
    "co_cong_trinh_cap_I",
    "cap_I",
    "cap_II_III",
    "nhom_B",
    "nhom_C",
    "bao_ton",
    "rut_gon",
    "thong_thuong",
];

/// The name of a time class; its id when an office has made up its own.
pub(super) fn time_class(lang: Language, class: &str) -> String {
    match CLASSES.contains(&class) {
        true => t(lang, &format!("class-{class}")),
        false => class.to_owned(),
    }
}

/// `75.000 đồng`.
pub(crate) fn dong(lang: Language, amount: u64) -> String {
    let digits = amount.to_string();
    let mut grouped = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push(if lang == Language::Vi { '.' } else { ',' });
        }
        grouped.push(digit);
    }
    crate::kit::i18n::t_with(lang, "amount-dong", &[("amount", grouped)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_in_threes() {
        assert_eq!(dong(Language::Vi, 75_000), "75.000 đồng");
        assert_eq!(dong(Language::Vi, 0), "0 đồng");
        assert_eq!(dong(Language::Vi, 1_250_000), "1.250.000 đồng");
    }

    #[test]
    fn known_kinds_and_classes_have_names() {
        for lang in Language::ALL {
            let kinds = AGENCY_KINDS.iter().map(|kind| agency_kind(lang, kind));
            let classes = CLASSES.iter().map(|class| time_class(lang, class));
            assert!(kinds.chain(classes).all(|name| !name.starts_with('[')));
        }
        assert_eq!(agency_kind(Language::Vi, "SO_KHAC"), "SO_KHAC");
        assert_eq!(time_class(Language::Vi, "khac"), "khac");
    }
}
