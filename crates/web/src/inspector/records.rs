//! What the delegation keeps: sample, checklist, findings, recommendations, and the readings of
//! dossiers and files.

use super::Opened;
use super::files::{address, named};
use super::one::act_link;
use super::page::{Block, Cell, Column, Table, shown};
use super::words::{day, day_of, measure, status, unit, units};
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::session::Staff;
use crate::kit::words::moment;
use crate::officer::parts::{Line, Link};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::dossier::event::FileRef;
use domain::inspection::checklist::{Area, POINTS};
use domain::inspection::command::{Evidence, Mark, Severity};
use domain::inspection::{Act, Finding, Inspection, Recommendation};
use office::inspection::{InspectionView, Looked};
use std::sync::Arc;

type Code = Path<String>;

pub(super) fn back(code: &str) -> Option<(String, &'static str)> {
    Some((format!("/kiem-tra/{code}"), "inspect-back"))
}

/// The files that came with a report.
pub(super) fn attached(lang: Language, code: &str, files: &[FileRef]) -> Option<Block> {
    let link = |file: &FileRef| Link::new(address(code, file), named(lang, file));
    (!files.is_empty()).then(|| Block::Links(files.iter().map(link).collect()))
}

/// The buttons of these acts, as far as they are open.
pub(super) fn buttons(lang: Language, view: &InspectionView, acts: &[Act]) -> Option<Block> {
    let open = acts.iter().filter(|act| view.open.contains(act));
    let links: Vec<Link> = open.map(|act| act_link(lang, &view.code, *act)).collect();
    (!links.is_empty()).then_some(Block::Acts(links))
}

/// `GET /kiem-tra/{code}/mau`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not know of it.
pub async fn sample(opened: Opened) -> Result<Response, WebError> {
    let Opened { web, staff, view } = opened;
    let (lang, code) = (staff.visitor.lang, view.code.clone());
    let of = &view.inspection;
    let mut blocks = vec![Block::Text(t(lang, "inspect-sample-lead"))];
    blocks.extend(buttons(lang, &view, &[Act::FixPopulation, Act::DrawSample]));
    if let Some(fixed) = &of.population {
        let what = &fixed.what;
        blocks.push(Block::Facts(vec![
            Line::new(t(lang, "inspect-fixed-at"), moment(lang, fixed.at)),
            Line::new(t(lang, "inspect-population"), what.dossiers.to_string()),
            Line::new(t(lang, "inspect-ledger-size"), what.ledger_size.to_string()),
            Line::new(t(lang, "inspect-population-hash"), what.hash.clone()),
            Line::new(t(lang, "inspect-field-size"), what.size.to_string()),
        ]));
    } else {
        blocks.push(Block::Text(t(lang, "inspect-sample-none")));
    }
    if let Some(drawn) = &of.sample {
        blocks.push(Block::Facts(vec![
            Line::new(t(lang, "inspect-drawn-at"), moment(lang, drawn.at)),
            Line::new(t(lang, "inspect-checkpoint"), drawn.what.checkpoint_size.to_string()),
            Line::new(t(lang, "inspect-seed"), drawn.what.seed.clone()),
        ]));
        let mut rows = Vec::new();
        for (at, dossier) in drawn.what.codes.iter().enumerate() {
            let id = web.office.dossier_of_code(dossier).await;
            let id = id.map_err(|error| WebError::from_act(error, lang))?;
            rows.push(vec![
                Cell::new(dossier).to(format!("/kiem-tra/{code}/ho-so/{id}")),
                Cell::number((at + 1).to_string()),
            ]);
        }
        blocks.push(Block::Table(Table {
            caption: t(lang, "inspect-task-sample"),
            columns: vec![
                Column::words(t(lang, "staff-dossier")),
                Column::numbers(t(lang, "inspect-order")),
            ],
            rows,
            empty: String::new(),
        }));
        blocks.push(Block::Text(t_with(lang, "inspect-sample-anew", &[("code", code.clone())])));
    }
    Ok(shown(&web, &staff, t(lang, "inspect-task-sample"), back(&code), blocks))
}

/// `GET /kiem-tra/{code}/phieu`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not know of it.
pub async fn checklist(opened: Opened) -> Result<Response, WebError> {
    let Opened { web, staff, view } = opened;
    let (lang, code) = (staff.visitor.lang, view.code.clone());
    let mut blocks: Vec<Block> = buttons(lang, &view, &[Act::Check]).into_iter().collect();
    for area in Area::ALL {
        blocks.push(Block::Table(area_table(&web, lang, &view.inspection, area)));
    }
    Ok(shown(&web, &staff, t(lang, "inspect-task-checklist"), back(&code), blocks))
}

fn area_table(web: &Web, lang: Language, of: &Inspection, area: Area) -> Table {
    let mut rows = Vec::new();
    for point in POINTS.iter().filter(|point| point.area == area) {
        let marks = of.checks.iter().filter(|check| check.what.point == point.id);
        let mut state = Cell::new("");
        let mut any = false;
        for check in marks {
            any = true;
            let mark = check.what.mark;
            let colour = match mark {
                Mark::Met => "green",
                Mark::Partly => "yellow",
                Mark::NotMet => "red",
                Mark::NotApplicable => "grey",
            };
            let text = t(lang, &format!("mark-{}", mark.name().replace('_', "-")));
            let unit = units(web, std::slice::from_ref(&check.what.unit));
            state = state.tag(colour, format!("{unit}: {text}")).below(check.what.note.clone());
        }
        if !any {
            state = Cell::new(t(lang, "inspect-not-yet"));
        }
        rows.push(vec![Cell::new(format!("{}. {}", point.id, point.text)), state]);
    }
    Table {
        caption: format!("{}. {}", area.name(), area.text()),
        columns: vec![
            Column::words(t(lang, "inspect-field-point")),
            Column::words(t(lang, "inspect-state")),
        ],
        rows,
        empty: String::new(),
    }
}

/// `GET /kiem-tra/{code}/phat-hien`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not know of it.
pub async fn findings(opened: Opened) -> Result<Response, WebError> {
    let Opened { web, staff, view } = opened;
    let (lang, code) = (staff.visitor.lang, view.code.clone());
    let mut blocks: Vec<Block> =
        buttons(lang, &view, &[Act::Find, Act::Answer]).into_iter().collect();
    let row = |finding: &Finding| finding_row(&web, lang, &view, finding);
    blocks.push(Block::Table(Table {
        caption: t(lang, "inspect-task-findings"),
        columns: vec![
            Column::words(t(lang, "inspect-finding")),
            Column::words(t(lang, "inspect-field-severity")),
            Column::words(t(lang, "inspect-field-evidence")),
            Column::words(t(lang, "inspect-answer")),
        ],
        rows: view.inspection.findings.iter().map(row).collect(),
        empty: t(lang, "inspect-no-findings"),
    }));
    Ok(shown(&web, &staff, t(lang, "inspect-task-findings"), back(&code), blocks))
}

fn finding_row(web: &Web, lang: Language, view: &InspectionView, finding: &Finding) -> Vec<Cell> {
    let found = &finding.found.what;
    let colour = match found.severity {
        Severity::Good => "green",
        Severity::Note => "blue",
        Severity::Shortcoming => "orange",
        Severity::Violation => "red",
    };
    let area = Area::named(&found.area).map(Area::text).unwrap_or_default();
    let mut evidence = Cell::new("");
    for one in &found.evidence {
        evidence = match one {
            Evidence::Claim { no } => {
                let name =
                    view.inspection.claim(*no).map(|(_, claim)| measure(lang, claim.measure));
                evidence.below(format!("{no}. {}", name.unwrap_or_default()))
            }
            Evidence::Dossier { code } => evidence.below(code),
            Evidence::Seen { what } => evidence.below(what),
            Evidence::File { file } => evidence.link(address(&view.code, file), named(lang, file)),
        };
    }
    let answer = match &finding.answer {
        Some(answer) => {
            let cell = Cell::new(&answer.what.text);
            let cell = cell.below(format!("{}, {}", answer.by, day_of(answer.at)));
            let linked = |cell: Cell, file| cell.link(address(&view.code, file), named(lang, file));
            answer.what.files.iter().fold(cell, linked)
        }
        None => Cell::new(t(lang, "inspect-not-yet")),
    };
    let mut what = Cell::new(format!("{}. {}", finding.no, found.text))
        .below(format!("{} · {area}", unit(web, &found.unit)))
        .below(found.criterion.clone());
    if !found.reminder.is_empty() {
        what = what.below(t_with(lang, "inspect-reminded", &[("text", found.reminder.clone())]));
    }
    vec![
        what,
        Cell::new("").tag(colour, t(lang, &format!("severity-{}", found.severity.name()))),
        evidence,
        answer,
    ]
}

/// `GET /kiem-tra/{code}/kien-nghi`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not know of it.
pub async fn recommendations(opened: Opened) -> Result<Response, WebError> {
    let Opened { web, staff, view } = opened;
    let (lang, code) = (staff.visitor.lang, view.code.clone());
    let acts = [Act::FollowUp, Act::Verify, Act::Extend, Act::Escalate, Act::Conclude];
    let mut blocks: Vec<Block> = buttons(lang, &view, &acts).into_iter().collect();
    let today = web.office.today();
    let row = |one: &Recommendation| recommendation_row(&web, lang, (&code, one), today);
    blocks.push(Block::Table(Table {
        caption: t(lang, "inspect-recommendations"),
        columns: vec![
            Column::words(t(lang, "inspect-field-text")),
            Column::words(t(lang, "inspect-field-due-on")),
            Column::words(t(lang, "inspect-state")),
            Column::words(t(lang, "inspect-course")),
        ],
        rows: view.inspection.recommendations.iter().map(row).collect(),
        empty: t(lang, "inspect-no-recommendations"),
    }));
    Ok(shown(&web, &staff, t(lang, "inspect-recommendations"), back(&code), blocks))
}

fn recommendation_row(
    web: &Web,
    lang: Language,
    (code, one): (&str, &Recommendation),
    today: jiff::civil::Date,
) -> Vec<Cell> {
    let (colour, text) = status(lang, one.status);
    let mut state = Cell::new("").tag(colour, text);
    if one.is_overdue(today) {
        state = state.tag("red", t(lang, "recommendation-overdue"));
    }
    let mut course: Vec<(domain::time::Instant, String)> = Vec::new();
    for report in &one.reports {
        course.push((report.at, format!("{} ({})", report.what.text, report.what.proof)));
    }
    for judged in &one.judgements {
        let key = format!("judgement-{}", judged.what.judgement.name().replace('_', "-"));
        course.push((judged.at, format!("{}: {}", t(lang, &key), judged.what.note)));
    }
    course.extend(
        one.extensions.iter().map(|more| {
            (more.at, t_with(lang, "inspect-extended", &[("reason", more.what.clone())]))
        }),
    );
    course.extend(
        one.escalations
            .iter()
            .map(|up| (up.at, t_with(lang, "inspect-escalated", &[("to", up.what.clone())]))),
    );
    course.sort();
    let mut told = Cell::new("");
    for (at, text) in course {
        told = told.below(format!("{}: {text}", day_of(at)));
    }
    for file in one.reports.iter().flat_map(|report| &report.what.files) {
        told = told.link(address(code, file), named(lang, file));
    }
    vec![
        Cell::new(format!("{}. {}", one.no, one.what.text))
            .below(unit(web, &one.what.addressee))
            .below(one.what.legal_basis.clone()),
        Cell::new(day(one.what.due_on)),
        state,
        told,
    ]
}

/// `GET /kiem-tra/{code}/luot-xem`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not know of it.
pub async fn looks(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(code): Code,
) -> Result<Response, WebError> {
    let lang = staff.visitor.lang;
    let looks = web.office.looks(&staff.who.actor, &code).await;
    let looks = looks.map_err(|error| WebError::from_act(error, lang))?;
    let row = |look: &office::inspection::Look| {
        let what = match &look.what {
            Looked::Dossier(code) => Cell::new(code),
            Looked::File(name) => Cell::new(name).below(t(lang, "inspect-file")),
        };
        vec![what, Cell::new(&look.by), Cell::new(moment(lang, look.at))]
    };
    let table = Table {
        caption: t(lang, "inspect-looks"),
        columns: vec![
            Column::words(t(lang, "inspect-looked-at")),
            Column::words(t(lang, "inspect-by")),
            Column::words(t(lang, "inspect-when")),
        ],
        rows: looks.iter().map(row).collect(),
        empty: t(lang, "inspect-no-looks"),
    };
    let blocks = vec![Block::Text(t(lang, "inspect-looks-lead")), Block::Table(table)];
    Ok(shown(&web, &staff, t(lang, "inspect-looks"), back(&code), blocks))
}
