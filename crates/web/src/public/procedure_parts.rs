//! One procedure in words: papers, times, fees and inner steps as rows of tables.

use super::marks;
use crate::kit::components::SelectItem;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::words;
use domain::organisation::Organisation;
use domain::procedure::{ChannelKind, Component, Confidence, Fee, Procedure};
use domain::process::Process;
use domain::worktime::DAY_MINUTES;

/// A text with the tag of an unconfirmed figure.
pub(super) struct Marked {
    pub(super) text: String,
    pub(super) tag: Option<String>,
    pub(super) note: Option<String>,
}

/// A case to choose.
pub(super) struct CaseLink {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) chosen: bool,
}

impl From<&CaseLink> for SelectItem {
    fn from(case: &CaseLink) -> SelectItem {
        SelectItem::new(&case.id, &case.name).chosen(case.chosen)
    }
}

/// A paper to hand in.
pub(super) struct PaperRow {
    pub(super) name: String,
    pub(super) number: String,
    pub(super) accepts: Vec<String>,
    pub(super) electronic: bool,
    pub(super) mandatory: bool,
    pub(super) condition: Option<String>,
    pub(super) cases: Option<String>,
    pub(super) form_ref: Option<String>,
    pub(super) database: Option<String>,
    pub(super) source: Option<String>,
    pub(super) tag: Option<String>,
}

/// The times of one class.
pub(super) struct TimeRow {
    pub(super) class: String,
    pub(super) committed: String,
    pub(super) statutory: String,
}

/// An inner step.
pub(super) struct StepRow {
    pub(super) no: u32,
    pub(super) name: String,
    pub(super) place: String,
    pub(super) position: String,
    pub(super) time: String,
}

/// A way of filing.
pub(super) struct WayRow {
    pub(super) name: String,
    pub(super) accepted: bool,
    pub(super) condition: Option<String>,
    pub(super) note: Option<String>,
}

/// The cases, the chosen one marked.
pub(super) fn cases(procedure: &Procedure, chosen: Option<&str>) -> Vec<CaseLink> {
    let link = |case: &domain::procedure::Case| CaseLink {
        id: case.id.clone(),
        name: case.name.clone(),
        chosen: Some(case.id.as_str()) == chosen,
    };
    procedure.cases.iter().map(link).collect()
}

/// The papers of the chosen case; without one, all papers with the cases that ask for them.
pub(super) fn papers(lang: Language, procedure: &Procedure, case: Option<&str>) -> Vec<PaperRow> {
    let chosen: Vec<&Component> = match case {
        Some(_) => procedure.components_for(case),
        None => procedure.components.iter().collect(),
    };
    chosen.into_iter().map(|component| paper(lang, procedure, component, case)).collect()
}

fn paper(
    lang: Language,
    procedure: &Procedure,
    component: &Component,
    case: Option<&str>,
) -> PaperRow {
    let name_of = |id: &String| {
        let known = procedure.cases.iter().find(|case| case.id == *id);
        known.map_or_else(|| id.clone(), |case| case.name.clone())
    };
    let names = |ids: &Vec<String>| ids.iter().map(name_of).collect::<Vec<String>>().join("; ");
    PaperRow {
        name: component.name.clone(),
        number: number(lang, component.originals, component.copies),
        accepts: component.accepts.iter().map(|way| accepted_as(lang, way)).collect(),
        electronic: component.electronic_ok,
        mandatory: component.mandatory,
        condition: component.condition.clone(),
        cases: component.case.as_ref().filter(|_| case.is_none()).map(names),
        form_ref: component.form_ref.clone(),
        database: component.source_database.as_ref().map(|database| database.name.clone()),
        source: component.source.clone(),
        tag: marks::tag(lang, component.confidence),
    }
}

fn number(lang: Language, originals: u32, copies: u32) -> String {
    let part = |key: &str, count: u32| {
        (count > 0).then(|| t_with(lang, key, &[("count", count.to_string())]))
    };
    let parts = [part("paper-originals", originals), part("paper-copies", copies)];
    parts.into_iter().flatten().collect::<Vec<String>>().join(", ")
}

/// Ways of handing in whose names we know.
const WAYS: [&str; 7] = [
    "original",
    "certified_copy",
    "plain_copy",
    "electronic_copy",
    "electronic_form",
    "data_lookup",
    "reused_result",
];

/// The name of a way of handing in a paper.
pub(crate) fn accepted_as(lang: Language, way: &str) -> String {
    match WAYS.contains(&way) {
        true => t(lang, &format!("paper-kind-{way}")),
        false => way.to_owned(),
    }
}

/// Committed and legal time by class.
pub(super) fn times(lang: Language, procedure: &Procedure, case: Option<&str>) -> Vec<TimeRow> {
    let span = |of: domain::procedure::TimeSpan| words::time_span(lang, of.amount, of.unit);
    let row = |class: Option<&str>| TimeRow {
        class: class.map_or_else(String::new, |class| marks::time_class(lang, class)),
        committed: span(procedure.committed_for(class)),
        statutory: span(procedure.statutory_for(class)),
    };
    match (case, procedure.committed_time.by_class.as_slice()) {
        (Some(_), _) => vec![row(procedure.time_class_of(case).as_deref())],
        (None, []) => vec![row(None)],
        (None, classes) => classes.iter().map(|time| row(Some(&time.class))).collect(),
    }
}

/// The fees: the amount, else what it rests on; figures of the demonstration are marked.
pub(super) fn fees(lang: Language, procedure: &Procedure) -> Vec<(String, Vec<Marked>)> {
    let mut seen: Vec<&Fee> = Vec::new();
    for fee in procedure.channels.iter().filter(|rule| rule.accepted).flat_map(|rule| &rule.fees) {
        if !seen.contains(&fee) {
            seen.push(fee);
        }
    }
    seen.into_iter().map(|fee| (fee.name.clone(), fee_lines(lang, fee))).collect()
}

fn fee_lines(lang: Language, fee: &Fee) -> Vec<Marked> {
    let mut lines = Vec::new();
    if let Some(amount) = fee.amount_vnd {
        let text = match amount {
            0 => t(lang, "fee-none"),
            amount => marks::dong(lang, amount.unsigned_abs()),
        };
        lines.push(Marked { text, tag: marks::tag(lang, fee.status), note: fee.note.clone() });
    } else if let Some(note) = &fee.note {
        let tag = marks::tag(lang, fee.status);
        lines.push(Marked { text: note.clone(), tag, note: None });
    }
    if let Some(basis) = &fee.basis {
        lines.push(Marked { text: basis.clone(), tag: None, note: None });
    }
    if let Some(amount) = fee.demo_amount_vnd.filter(|_| fee.amount_vnd.is_none()) {
        lines.push(Marked {
            text: marks::dong(lang, amount.unsigned_abs()),
            tag: marks::tag(lang, Confidence::Demo),
            note: fee.demo_note.clone(),
        });
    }
    if lines.is_empty() {
        let tag = marks::tag(lang, fee.status);
        lines.push(Marked { text: t(lang, "fee-unknown"), tag, note: None });
    }
    lines
}

/// The ways of filing.
pub(super) fn ways(lang: Language, procedure: &Procedure) -> Vec<WayRow> {
    let row = |rule: &domain::procedure::ChannelRule| WayRow {
        name: t(
            lang,
            match rule.channel {
                ChannelKind::Online => "channel-online",
                ChannelKind::Counter => "channel-counter",
                ChannelKind::Post => "channel-post",
            },
        ),
        accepted: rule.accepted,
        condition: rule.condition.clone(),
        note: rule.note.clone(),
    };
    procedure.channels.iter().map(row).collect()
}

/// The inner steps with the time each may take.
pub(super) fn steps(lang: Language, process: &Process, places: &Organisation) -> Vec<StepRow> {
    let place = |role: &str| {
        let known = places.unit_roles.iter().find(|known| known.id == role);
        known.map_or_else(|| role.to_owned(), |known| known.name.clone())
    };
    let row = |step: &domain::process::Step| StepRow {
        no: step.no,
        name: step.name.clone(),
        place: place(&step.unit_role),
        position: t(lang, &format!("position-{}", step.position.name())),
        time: working_time(lang, i64::from(step.minutes)),
    };
    process.steps.iter().map(row).collect()
}

/// Working minutes as days and hours.
pub(super) fn working_time(lang: Language, minutes: i64) -> String {
    let (days, rest) = (minutes / DAY_MINUTES, minutes % DAY_MINUTES);
    let part = |key: &str, count: i64| {
        (count > 0).then(|| t_with(lang, key, &[("count", count.to_string())]))
    };
    let parts = [
        part("length-days", days),
        part("length-hours", rest / 60),
        part("length-minutes", rest % 60),
    ];
    let words: Vec<String> = parts.into_iter().flatten().collect();
    if words.is_empty() { t(lang, "length-none") } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use office::catalogue::Catalogue;

    #[test]
    fn every_procedure_can_be_told_in_both_languages() {
        let catalogue = Catalogue::embedded().unwrap();
        for lang in Language::ALL {
            for procedure in catalogue.procedures.values() {
                let papers = papers(lang, procedure, None);
                assert_eq!(papers.len(), procedure.components.len());
                let mut said: Vec<String> =
                    papers.into_iter().flat_map(|paper| paper.accepts).collect();
                said.extend(times(lang, procedure, None).into_iter().map(|row| row.class));
                said.extend(ways(lang, procedure).into_iter().map(|row| row.name));
                let fees = fees(lang, procedure).into_iter().flat_map(|(_, lines)| lines);
                said.extend(fees.map(|line| line.text));
                let mute = said.iter().find(|text| text.starts_with('['));
                assert_eq!(mute, None, "{}", procedure.id);
            }
        }
    }

    #[test]
    fn a_case_narrows_papers_and_time() {
        let catalogue = Catalogue::embedded().unwrap();
        let permit = catalogue.procedure("A2.XA.R2026").unwrap();
        let house = Some("nha_o_ho_gia_dinh");
        let rows = papers(Language::Vi, permit, house);
        assert!(rows.len() < permit.components.len());
        assert!(rows.iter().all(|row| row.cases.is_none()));
        let times = times(Language::Vi, permit, house);
        assert_eq!(times.len(), 1);
        assert_eq!(times[0].statutory, "7 ngày làm việc");
        assert_eq!(times[0].committed, "5 ngày làm việc");
    }

    #[test]
    fn lengths_read_as_people_say_them() {
        assert_eq!(working_time(Language::Vi, 510), "1 ngày 30 phút");
        assert_eq!(working_time(Language::Vi, 240), "4 giờ");
        assert_eq!(working_time(Language::Vi, 0), "Không tính thời gian");
    }
}
