//! The statutory form (mẫu đơn): its fields, and what is wrong with what was typed.

use super::Confidence;
use crate::text::{
    EmailAddress, EmailError, PersonName, PersonNameError, PersonalNumber, PersonalNumberError,
    PhoneError, PhoneNumber, TaxCode, TaxCodeError, normalise,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A form of one or more procedures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "documented field by field in catalogue/README.md")]
pub struct Form {
    pub id: String,
    pub title: String,
    pub form_ref: Option<String>,
    pub procedures: Vec<String>,
    pub status: Confidence,
    pub source: Option<String>,
    pub addressee: Option<String>,
    #[serde(default)]
    pub notes: Vec<String>,
    pub fields: Vec<Field>,
}

/// What kind of text a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum FieldKind {
    Text,
    PersonName,
    PersonalNumber,
    TaxCode,
    Date,
    Address,
    Phone,
    Email,
    Money,
    AreaM2,
    Number,
    Choice,
    File,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "documented field by field in catalogue/README.md")]
pub struct Field {
    pub name: String,
    pub label: String,
    pub kind: FieldKind,
    #[serde(default)]
    pub required: bool,
    pub section: Option<String>,
    pub condition: Option<String>,
    #[serde(default)]
    pub choices: Vec<String>,
    pub unit: Option<String>,
    pub repeat_group: Option<String>,
    #[serde(default)]
    pub year_only_ok: bool,
    pub validation: Option<String>,
    pub prefill_from: Option<String>,
    pub source: Option<String>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name.
    pub field: String,
    /// What.
    pub reason: FieldReason,
}

/// Kinds of wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the inner errors are documented at their types")]
pub enum FieldReason {
    /// Required and empty.
    Missing,
    /// Longer than the limit, in characters.
    TooLong(usize),
    /// Not one of the choices.
    NotAChoice,
    /// Not a date of the form 27/3/1990.
    NotADate,
    /// Not a number, or negative.
    NotANumber,
    /// The form has no such field.
    UnknownField,
    PersonName(PersonNameError),
    PersonalNumber(PersonalNumberError),
    TaxCode(TaxCodeError),
    Phone(PhoneError),
    Email(EmailError),
}

/// Longest text of a field, in characters.
pub const TEXT_MAX: usize = 2_000;

impl Field {
    /// Must it be filled, given the other fields? A condition of the form `name = value` is
    /// evaluated; a condition in other words leaves the field optional.
    #[must_use]
    pub fn is_required(&self, filled: &BTreeMap<String, String>) -> bool {
        match &self.condition {
            None => self.required,
            Some(_) => self.applies(filled) == Some(true) && self.required,
        }
    }

    /// Does the condition hold? `None` when it is not of the form `name = value`.
    #[must_use]
    pub fn applies(&self, filled: &BTreeMap<String, String>) -> Option<bool> {
        let condition = self.condition.as_deref()?;
        let (name, value) = condition.split_once('=')?;
        let name = name.trim();
        if name.contains(' ') || name.ends_with(['!', '<', '>']) {
            return None;
        }
        Some(filled.get(name).is_some_and(|filled| normalise(filled) == value.trim()))
    }
}

/// Everything wrong with a filled form, in the form's order.
#[must_use]
pub fn validate(form: &Form, filled: &BTreeMap<String, String>) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for field in form.fields.iter().filter(|field| field.kind != FieldKind::File) {
        let text = filled.get(&field.name).map(|text| normalise(text)).unwrap_or_default();
        let outcome = if text.is_empty() {
            if field.is_required(filled) { Err(FieldReason::Missing) } else { Ok(()) }
        } else {
            check(field, &text)
        };
        if let Err(reason) = outcome {
            errors.push(FieldError { field: field.name.clone(), reason });
        }
    }
    for name in filled.keys() {
        if !form.fields.iter().any(|field| field.name == *name) {
            errors.push(FieldError { field: name.clone(), reason: FieldReason::UnknownField });
        }
    }
    errors
}

fn check(field: &Field, text: &str) -> Result<(), FieldReason> {
    if text.chars().count() > TEXT_MAX {
        return Err(FieldReason::TooLong(TEXT_MAX));
    }
    match field.kind {
        FieldKind::Text | FieldKind::Address | FieldKind::File => Ok(()),
        FieldKind::PersonName => {
            PersonName::parse(text).map(|_| ()).map_err(FieldReason::PersonName)
        }
        FieldKind::PersonalNumber => {
            PersonalNumber::parse(text).map(|_| ()).map_err(FieldReason::PersonalNumber)
        }
        FieldKind::TaxCode => TaxCode::parse(text).map(|_| ()).map_err(FieldReason::TaxCode),
        FieldKind::Phone => PhoneNumber::parse(text).map(|_| ()).map_err(FieldReason::Phone),
        FieldKind::Email => EmailAddress::parse(text).map(|_| ()).map_err(FieldReason::Email),
        FieldKind::Date => parse_date(text, field.year_only_ok).ok_or(FieldReason::NotADate),
        FieldKind::Money | FieldKind::AreaM2 | FieldKind::Number => number(text),
        FieldKind::Choice => {
            let known = field.choices.is_empty() || field.choices.iter().any(|c| c == text);
            if known { Ok(()) } else { Err(FieldReason::NotAChoice) }
        }
    }
}

/// `27/3/1990`, `27.3.1990`, `27-3-90`; with `year_only` also `3/1990` and `1990`.
fn parse_date(text: &str, year_only: bool) -> Option<()> {
    let parts: Vec<i16> =
        text.split(['/', '.', '-']).map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let year = |y: i16| if y < 100 { if y > 30 { 1900 + y } else { 2000 + y } } else { y };
    let small = |n: i16| i8::try_from(n).ok();
    match parts.as_slice() {
        [day, month, y] => Date::new(year(*y), small(*month)?, small(*day)?).ok().map(|_| ()),
        [month, y] if year_only => Date::new(*y, small(*month)?, 1).ok().map(|_| ()),
        [y] if year_only && (1800..=2200).contains(y) => Some(()),
        _ => None,
    }
}

/// A non-negative number; `1.250.000`, `1250000`, `12,5`.
fn number(text: &str) -> Result<(), FieldReason> {
    let (whole, fraction) = text.split_once(',').unwrap_or((text, "0"));
    let digits: String = whole.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    let all = |s: &str| !s.is_empty() && s.len() <= 15 && s.bytes().all(|b| b.is_ascii_digit());
    if all(&digits) && all(fraction) { Ok(()) } else { Err(FieldReason::NotANumber) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, kind: FieldKind, condition: Option<&str>) -> Field {
        Field {
            name: name.into(),
            label: name.into(),
            kind,
            required: true,
            section: None,
            condition: condition.map(str::to_owned),
            choices: vec![],
            unit: None,
            repeat_group: None,
            year_only_ok: false,
            validation: None,
            prefill_from: None,
            source: None,
        }
    }

    #[test]
    fn conditions_and_kinds() {
        let mut choice = field("loai", FieldKind::Choice, None);
        choice.choices = vec!["cá nhân".into(), "tổ chức".into()];
        let form = Form {
            id: "F".into(),
            title: "Đơn".into(),
            form_ref: None,
            procedures: vec![],
            status: Confidence::Demo,
            source: None,
            addressee: None,
            notes: vec![],
            fields: vec![
                choice,
                field("mst", FieldKind::TaxCode, Some("loai = tổ chức")),
                field("ngay", FieldKind::Date, None),
                field("tien", FieldKind::Money, Some("khi có thay đổi")),
            ],
        };
        let fill = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
        };
        let wrong = |pairs: &[(&str, &str)]| -> Vec<String> {
            validate(&form, &fill(pairs)).into_iter().map(|e| e.field).collect()
        };
        assert!(wrong(&[("loai", "cá nhân"), ("ngay", "27.3.90")]).is_empty());
        assert_eq!(wrong(&[("loai", "tổ chức"), ("ngay", "1/2/2020")]), ["mst"]);
        assert_eq!(wrong(&[("loai", "khác"), ("ngay", "31/2/2020")]), ["loai", "ngay"]);
        let odd = [("loai", "cá nhân"), ("ngay", "1/2/2020"), ("tien", "-5"), ("x", "1")];
        assert_eq!(wrong(&odd), ["tien", "x"]);
    }
}
