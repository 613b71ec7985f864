//! What applicants hand in: a procedure that is offered that day, its form filled by kind of field,
//! a paper for each component.

use super::dice::Dice;
use super::people;
use domain::dossier::command::Submit;
use domain::dossier::event::{Channel, FileRef, Paper, ResultChannel};
use domain::procedure::form::{Field, FieldKind, Form};
use domain::procedure::{ChannelKind, Procedure};
use jiff::civil::Date;
use office::catalogue::Catalogue;
use std::collections::BTreeMap;

/// A filing ready to be handed in.
#[derive(Clone)]
pub(crate) struct Filing {
    /// Procedure version id.
    pub(crate) procedure: String,
    /// What is handed in.
    pub(crate) submit: Submit,
}

/// The procedures that can be asked for on a day, each with the agencies that decide it.
pub(crate) fn offered(catalogue: &Catalogue, day: Date) -> Vec<(&Procedure, Vec<&str>)> {
    let organisation = &catalogue.organisation;
    let agencies = |procedure: &Procedure| -> Vec<&str> {
        let units = organisation.units.iter();
        units
            .filter(|unit| unit.kind == procedure.agency_kind && unit.exists(day))
            .map(|unit| unit.id.as_str())
            .collect()
    };
    let open = catalogue.procedures.values().filter(|procedure| procedure.offers(day));
    open.map(|procedure| (procedure, agencies(procedure)))
        .filter(|(_, agencies)| !agencies.is_empty())
        .collect()
}

/// Someone's request on a day; `None` on a day on which nothing is offered. The first procedures
/// of the catalogue are asked for most, as everywhere.
pub(crate) fn make(
    (catalogue, only): (&Catalogue, &[String]),
    day: Date,
    scan: &FileRef,
    dice: &mut Dice,
) -> Option<Filing> {
    let mut offered = offered(catalogue, day);
    if !only.is_empty() {
        for (_, agencies) in &mut offered {
            agencies.retain(|agency| only.iter().any(|asked| asked == agency));
        }
        offered.retain(|(_, agencies)| !agencies.is_empty());
    }
    let first = dice.below(offered.len() as u64);
    let index = dice.below(first + 1);
    let (procedure, agencies) = offered.get(usize::try_from(index).unwrap_or(0))?;
    let agency = (*dice.pick(agencies)?).to_owned();
    let case = dice.pick(&procedure.cases).map(|case| case.id.clone());
    let channel = channel(procedure, dice);
    let form = catalogue.form_for(procedure, case.as_deref());
    let form = form.map_or_else(BTreeMap::new, |form| filled(form, day, dice));
    let papers = papers(procedure, case.as_deref(), channel, scan);
    let result_channel = match dice.below(10) {
        0..5 => ResultChannel::Online,
        5..8 => ResultChannel::Counter,
        _ => ResultChannel::Post,
    };
    let applicant = people::applicant(dice);
    let submit = Submit { case, agency, channel, applicant, form, papers, result_channel };
    Some(Filing { procedure: procedure.id.clone(), submit })
}

fn channel(procedure: &Procedure, dice: &mut Dice) -> Channel {
    let wished = match dice.below(100) {
        0..62 => (ChannelKind::Online, Channel::Online),
        62..93 => (ChannelKind::Counter, Channel::Counter),
        _ => (ChannelKind::Post, Channel::Post),
    };
    let order = [
        wished,
        (ChannelKind::Counter, Channel::Counter),
        (ChannelKind::Online, Channel::Online),
        (ChannelKind::Post, Channel::Post),
    ];
    let open = order.into_iter().find(|(kind, _)| procedure.accepts_channel(*kind));
    open.map_or(Channel::Counter, |(_, channel)| channel)
}

fn papers(
    procedure: &Procedure,
    case: Option<&str>,
    channel: Channel,
    scan: &FileRef,
) -> Vec<Paper> {
    let needed = procedure.components_for(case).into_iter().filter(|part| part.mandatory);
    let paper = |component: &str| match channel {
        Channel::Online => Paper {
            component: component.to_owned(),
            kind: "electronic_copy".to_owned(),
            count: 1,
            file: Some(scan.clone()),
            ..Paper::default()
        },
        Channel::Counter | Channel::Post => Paper {
            component: component.to_owned(),
            kind: "certified_copy".to_owned(),
            count: 1,
            ..Paper::default()
        },
    };
    needed.map(|part| paper(&part.id)).collect()
}

/// Every field that must be filled; what was filled may make others due, so until nothing is.
fn filled(form: &Form, day: Date, dice: &mut Dice) -> BTreeMap<String, String> {
    let mut filled = BTreeMap::new();
    loop {
        let due = form
            .fields
            .iter()
            .find(|field| field.is_required(&filled) && !filled.contains_key(&field.name));
        match due {
            Some(field) => filled.insert(field.name.clone(), text(field, day, dice)),
            None => return filled,
        };
    }
}

fn text(field: &Field, day: Date, dice: &mut Dice) -> String {
    match field.kind {
        FieldKind::PersonName => people::person(dice),
        FieldKind::PersonalNumber => people::personal_number(dice),
        FieldKind::TaxCode => people::tax_code(dice),
        FieldKind::Date => day.strftime("%-d/%-m/%Y").to_string(),
        FieldKind::Phone => format!("09{:08}", dice.below(100_000_000)),
        FieldKind::Email => "mau@nguoi-dan.invalid".to_owned(),
        FieldKind::Money => (dice.between(50, 5_000) * 1_000_000).to_string(),
        FieldKind::AreaM2 => format!("{},{}", dice.between(40, 900), dice.below(10)),
        FieldKind::Number => dice.between(1, 5).to_string(),
        // A list that the catalogue does not hold is typed.
        FieldKind::Choice => {
            dice.pick(&field.choices).cloned().unwrap_or_else(|| "Tuyên Quang".to_owned())
        }
        FieldKind::Text | FieldKind::Address | FieldKind::File => {
            "Phường Hà Giang 1, tỉnh Tuyên Quang".to_owned()
        }
    }
}
