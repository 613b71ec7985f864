//! The statutory form as fields of the page, section by section.

use super::Subject;
use super::typed::Typed;
use crate::citizen::field::{Choice, Field, Look, Told};
use crate::kit::i18n::{Language, t, t_with};
use domain::procedure::form::{Field as Asked, FieldKind};

/// Choices up to this many are all shown.
const RADIOS_MAX: usize = 6;

/// A section of the form.
#[derive(Debug)]
pub(super) struct Section {
    /// Its heading; may be empty.
    pub(super) title: String,
    /// Its fields.
    pub(super) fields: Vec<Field>,
}

/// The form's sections in its order; a section that comes back later is one section.
pub(super) fn sections(
    lang: Language,
    subject: &Subject<'_>,
    typed: &Typed,
    told: &Told,
) -> Vec<Section> {
    let asked = subject.form.map(|form| form.fields.as_slice()).unwrap_or_default();
    let mut sections: Vec<Section> = Vec::new();
    for field in asked.iter().filter(|field| field.kind != FieldKind::File) {
        let title = field.section.clone().unwrap_or_default();
        let value = typed.form.get(&field.name).map(String::as_str).unwrap_or_default();
        let shown = shown(lang, field, asked).value(value).told(told);
        match sections.iter_mut().find(|section| section.title == title) {
            Some(section) => section.fields.push(shown),
            None => sections.push(Section { title, fields: vec![shown] }),
        }
    }
    sections
}

fn shown(lang: Language, asked: &Asked, form: &[Asked]) -> Field {
    let mut field = Field::new(format!("form.{}", asked.name), &asked.label)
        .look(look(asked))
        .required(asked.required && asked.condition.is_none());
    let mut hints: Vec<String> = Vec::new();
    hints.extend(asked.condition.as_deref().map(|condition| only_when(lang, condition, form)));
    hints.extend(example(lang, asked));
    if asked.repeat_group.is_some() {
        hints.push(t(lang, "form-repeat"));
    }
    if !hints.is_empty() {
        field = field.hint(hints.join(" "));
    }
    field.suffix = match asked.kind {
        FieldKind::AreaM2 => Some(asked.unit.clone().unwrap_or_else(|| "m²".to_owned())),
        _ => asked.unit.clone(),
    };
    match asked.kind {
        FieldKind::PersonalNumber | FieldKind::TaxCode => field.typing("", "numeric"),
        FieldKind::Phone => field.typing("", "tel"),
        FieldKind::Email => field.typing("", "email"),
        FieldKind::Money | FieldKind::AreaM2 | FieldKind::Number => field.typing("", "decimal"),
        _ => field,
    }
}

fn look(asked: &Asked) -> Look {
    let choices = || asked.choices.iter().map(|text| Choice::new(text, text)).collect();
    match asked.kind {
        FieldKind::Choice if asked.choices.is_empty() => Look::Line(""),
        FieldKind::Choice if asked.choices.len() <= RADIOS_MAX => Look::Radios(choices()),
        FieldKind::Choice => Look::Select(choices()),
        FieldKind::Text if asked.repeat_group.is_some() => Look::Lines(3),
        FieldKind::Text if is_long(&asked.label) => Look::Lines(4),
        FieldKind::PersonalNumber | FieldKind::TaxCode | FieldKind::Phone => {
            Look::Line("govuk-input--width-20")
        }
        FieldKind::Date | FieldKind::AreaM2 | FieldKind::Number => {
            Look::Line("govuk-input--width-10")
        }
        FieldKind::Money => Look::Line("govuk-input--width-20"),
        FieldKind::Text
        | FieldKind::PersonName
        | FieldKind::Address
        | FieldKind::Email
        | FieldKind::File => Look::Line(""),
    }
}

/// Does the label ask for prose?
fn is_long(label: &str) -> bool {
    let label = label.to_lowercase();
    ["nội dung", "lý do", "mô tả", "thuyết minh"].iter().any(|word| label.contains(word))
}

fn example(lang: Language, asked: &Asked) -> Option<String> {
    let key = match asked.kind {
        FieldKind::Date if asked.year_only_ok => "form-example-year",
        FieldKind::Date => "form-example-date",
        FieldKind::PersonalNumber => "form-example-personal-number",
        FieldKind::TaxCode => "form-example-tax-code",
        FieldKind::Money | FieldKind::AreaM2 => "form-example-number",
        FieldKind::Text
        | FieldKind::PersonName
        | FieldKind::Address
        | FieldKind::Phone
        | FieldKind::Email
        | FieldKind::Number
        | FieldKind::Choice
        | FieldKind::File => return None,
    };
    Some(t(lang, key))
}

/// The condition in words: `loai = tổ chức` names the field that decides.
fn only_when(lang: Language, condition: &str, form: &[Asked]) -> String {
    let decided = condition.split_once('=').and_then(|(name, value)| {
        let field = form.iter().find(|field| field.name == name.trim())?;
        Some(format!("“{}” – {}", field.label, value.trim()))
    });
    let when = decided.unwrap_or_else(|| condition.to_owned());
    t_with(lang, "form-only-when", &[("condition", when)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use office::catalogue::Catalogue;

    #[test]
    fn every_form_is_shown_whole_and_once() {
        let catalogue = Catalogue::embedded().unwrap();
        for form in catalogue.forms.values() {
            let id = form.procedures.first().unwrap();
            let procedure = catalogue.procedure(id).unwrap();
            let today = jiff::civil::date(2026, 11, 24);
            let subject = Subject { procedure, case: None, form: Some(form), today };
            let sections = sections(Language::Vi, &subject, &Typed::default(), &Told::default());
            let mut titles: Vec<&str> = sections.iter().map(|s| s.title.as_str()).collect();
            let fields: usize = sections.iter().map(|section| section.fields.len()).sum();
            let asked = form.fields.iter().filter(|field| field.kind != FieldKind::File).count();
            assert_eq!(fields, asked, "{}", form.id);
            let count = titles.len();
            titles.sort_unstable();
            titles.dedup();
            assert_eq!(titles.len(), count, "{}", form.id);
        }
    }

    #[test]
    fn a_condition_names_its_field() {
        let catalogue = Catalogue::embedded().unwrap();
        let form = &catalogue.forms["F.N217.PL2.M01.NHAO"];
        let find = |name: &str| form.fields.iter().find(|field| field.name == name).unwrap();
        let code = shown(Language::Vi, find("ma_so_doanh_nghiep"), &form.fields);
        assert!(code.hint.unwrap().contains("“Loại chủ đầu tư” – tổ chức"));
        assert!(!code.required);
        let kind = shown(Language::Vi, find("loai_chu_dau_tu"), &form.fields);
        assert!(kind.required && matches!(kind.look, Look::Radios(_)));
        let ward = shown(Language::Vi, find("phuong_xa"), &form.fields);
        assert_eq!(ward.look, Look::Line(""));
        let area = shown(Language::Vi, find("dien_tich_lo_dat"), &form.fields);
        assert_eq!(area.suffix.as_deref(), Some("m²"));
    }
}
