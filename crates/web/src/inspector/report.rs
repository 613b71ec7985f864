//! The form of a report. The head of an agency finds it filled from the record, form by form, and
//! may claim other values, each with a reason; the delegation gets rows to cite.

use super::form::{Maker, Part};
use super::wish::claimed;
use super::words::{amount, basis, day_of, measure};
use crate::citizen::field::{Field, Look};
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use domain::dossier::Actor;
use domain::inspection::checklist::DATA_FORMS;
use domain::inspection::claim::written;
use domain::inspection::listed::{LISTED_MAX, LISTING, Listed, place};
use domain::inspection::{Inspection, Measure, Reading};
use office::inspection::Filled;

/// The form of a report.
///
/// # Errors
/// Faults of the database, where the form shows the system's values.
pub(super) async fn report(
    make: &Maker<'_>,
    actor: &Actor,
    of: &Inspection,
) -> Result<Vec<Part>, WebError> {
    let own = match actor {
        Actor::Official { unit, .. } => of.plan.units.iter().find(|known| *known == unit),
        Actor::Applicant { .. } | Actor::System => None,
    };
    let mut first = Part { fields: vec![make.line("source")], ..Part::default() };
    let Some(unit) = own else {
        first.fields.extend(make.cited(of));
        return Ok(vec![first]);
    };
    let filled = make.web.office.filled_forms(of).await;
    let filled = filled.map_err(|error| WebError::from_act(error, make.lang))?;
    first.texts = vec![t(make.lang, "inspect-report-filled")];
    let from = basis(make.lang, &filled.basis);
    let from: Vec<String> =
        from.iter().map(|line| format!("{}: {}", line.key, line.value)).collect();
    first.texts.push(format!("{}.", from.join("; ")));
    let mut parts = vec![first];
    parts.extend(DATA_FORMS.iter().map(|(name, text)| {
        let heading = Some(format!("{name}: {text}"));
        let (texts, fields) = data_form(make, unit, name, &filled);
        Part { heading, texts, fields }
    }));
    Ok(parts)
}

/// A data form: its measures, the dossiers it lists, and what there is to say besides.
fn data_form(
    make: &Maker<'_>,
    unit: &String,
    name: &str,
    filled: &Filled,
) -> (Vec<String>, Vec<Field>) {
    let lang = make.lang;
    let (mut texts, mut fields) = (Vec::new(), Vec::new());
    for measured in Measure::ALL.iter().filter(|measure| measure.data_form() == name) {
        let own = |value: &&Reading| {
            value.measure == *measured && value.scope.as_slice() == std::slice::from_ref(unit)
        };
        fields.extend(claim(make, *measured, filled.values.iter().find(own)));
    }
    if LISTING.contains(&name) {
        let all = filled.listed.iter().find(|(known, _)| known == unit);
        let all = all.map(|(_, listed)| listed.as_slice()).unwrap_or_default();
        let theirs: Vec<&Listed> = all.iter().filter(|one| one.form == name).collect();
        let count = [("count", theirs.len().to_string()), ("most", LISTED_MAX.to_string())];
        texts.push(match theirs.is_empty() {
            true => t(lang, "inspect-listed-none"),
            false => t_with(lang, "inspect-listed-count", &count),
        });
        fields.extend(theirs.into_iter().map(|one| {
            let label = t_with(lang, "inspect-listed-remark", &[("code", one.dossier.clone())]);
            let field = Field::new(place(&one.form, &one.dossier), label);
            let field = field.hint(told(lang, one)).look(Look::Lines(2));
            make.typed(field, &one.recorded)
        }));
    }
    if !["BM1", "BM2"].contains(&name) {
        let label = match LISTING.contains(&name) {
            true => t(lang, "inspect-answer-besides"),
            false => t(lang, "inspect-answer-form"),
        };
        let field = Field::new(format!("answer.{name}"), label).look(Look::Lines(3));
        fields.push(make.typed(field, ""));
    }
    (texts, fields)
}

/// A measure with the system's value in it, and the reason for another one.
fn claim(make: &Maker<'_>, measured: Measure, reading: Option<&Reading>) -> [Field; 2] {
    let lang = make.lang;
    let value = reading.and_then(|reading| reading.hundredths);
    let told = value.map_or_else(|| "–".to_owned(), |value| amount(measured, value));
    let name = measure(lang, measured);
    let field = Field::new(claimed(measured, "value"), name.clone())
        .look(Look::Line("govuk-input--width-10"))
        .hint(t_with(lang, "inspect-hint-system", &[("value", told)]))
        .typing("off", "decimal");
    let why = t_with(lang, "inspect-claim-reason", &[("measure", name)]);
    let why = Field::new(claimed(measured, "reason"), why);
    [make.typed(field, &value.map(written).unwrap_or_default()), make.typed(why, "")]
}

/// What the record has about a dossier, in a line.
pub(super) fn told(lang: Language, one: &Listed) -> String {
    let counted: Vec<String> = one.counted_in.iter().map(|known| measure(lang, *known)).collect();
    let mut told = vec![counted.join(", ")];
    let dates = [
        ("inspect-listed-received", one.received_at),
        ("inspect-listed-due", one.due_at),
        ("inspect-listed-ended", one.ended_at),
    ];
    for (key, at) in dates {
        told.extend(at.map(|at| t_with(lang, key, &[("day", day_of(at))])));
    }
    for (key, count) in
        [("inspect-listed-apologies", one.apologies), ("inspect-listed-rounds", one.rounds)]
    {
        if count > 0 {
            told.push(t_with(lang, key, &[("count", count.to_string())]));
        }
    }
    told.join(" · ")
}
