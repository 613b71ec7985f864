//! The claims beside the record: claimed, the system's value, the difference, the verdict; and the
//! list behind a value, which leads to one dossier.

use super::Opened;
use super::page::{Block, Cell, Column, Table, shown};
use super::records::attached;
use super::words::{amount, basis, difference, measure, units, value, verdict};
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::session::Staff;
use crate::kit::words::{date, moment};
use crate::officer::parts::Line;
use crate::public::asked::Asked;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::inspection::claim::written;
use domain::inspection::relation::{Holds, Judged};
use domain::inspection::{Claim, Inspection, Stamped, event::Reported};
use office::inspection::{Behind, Counts};
use std::sync::Arc;

/// Rows of a list.
const MOST: usize = 300;

/// `GET /kiem-tra/{code}/so-lieu`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not know of it.
pub async fn get(opened: Opened) -> Result<Response, WebError> {
    let Opened { web, staff, view } = opened;
    let (lang, code) = (staff.visitor.lang, view.code.clone());
    let of = &view.inspection;
    let judged = of.judged();
    let mut blocks = Vec::new();
    for one in judged.iter().filter(|one| one.holds == Holds::No) {
        let numbers: Vec<String> = one.claims.iter().map(u32::to_string).collect();
        let told = [("claims", numbers.join(", ")), ("sum", one.sum.clone())];
        blocks.push(Block::Warning(t_with(lang, "inspect-impossible", &told)));
    }
    for report in &of.reports {
        blocks.push(Block::Table(claims(&web, lang, &code, (report, &judged))));
        blocks.push(Block::Facts(basis(lang, &report.what.basis)));
        blocks.extend(attached(lang, &code, &report.what.files));
    }
    if of.reports.is_empty() {
        blocks.push(Block::Text(t(lang, "inspect-no-claims")));
    } else {
        blocks.push(Block::Table(relations(lang, of, &judged)));
    }
    let back = Some((format!("/kiem-tra/{code}"), "inspect-back"));
    Ok(shown(&web, &staff, t(lang, "inspect-task-claims"), back, blocks))
}

fn claims(
    web: &Web,
    lang: Language,
    code: &str,
    (report, judged): (&Stamped<Reported>, &[Judged]),
) -> Table {
    let mut rows = Vec::new();
    for claim in &report.what.claims {
        for (at, reading) in claim.readings.iter().enumerate() {
            let href = format!("/kiem-tra/{code}/so-lieu/{}?cach={at}", claim.no);
            let stands = claim.against(reading);
            let (colour, text) = verdict(lang, stands);
            let mut told = Cell::new("").tag(colour, text);
            if at == 0 && is_impossible(claim, judged) {
                told = told.tag("red", t(lang, "verdict-impossible"));
            }
            let scope = units(web, &reading.scope);
            let name = measure(lang, reading.measure);
            let what = match at {
                0 => Cell::new(format!("{}. {name}", claim.no))
                    .below(scope)
                    .below(format!("“{}”", claim.sentence))
                    .below(reason(lang, claim)),
                _ => {
                    Cell::new(t_with(lang, "inspect-other-reading", &[("what", name)])).below(scope)
                }
            };
            let claimed = match at {
                0 => amount(claim.measure, claim.claimed.hundredths),
                _ => String::new(),
            };
            let share = reading.share.map(|(part, whole)| format!("{part}/{whole}"));
            rows.push(vec![
                what,
                Cell::number(claimed),
                Cell::number(value(lang, reading)).to(href).below(share.unwrap_or_default()),
                Cell::number(difference(stands)),
                told,
            ]);
        }
    }
    let by = match report.what.unit.as_str() {
        "" => t(lang, "inspect-cited"),
        unit => super::words::unit(web, unit),
    };
    Table {
        caption: format!("{by}: {}", report.what.source),
        columns: vec![
            Column::words(t(lang, "inspect-claim")),
            Column::numbers(t(lang, "inspect-claimed")),
            Column::numbers(t(lang, "inspect-system")),
            Column::numbers(t(lang, "inspect-difference")),
            Column::words(t(lang, "inspect-verdict")),
        ],
        rows,
        empty: t(lang, "inspect-no-claims"),
    }
}

/// Why the agency claims another value; empty where it did not say.
fn reason(lang: Language, claim: &Claim) -> String {
    match claim.reason.as_str() {
        "" => String::new(),
        why => t_with(lang, "inspect-claimed-because", &[("reason", why.to_owned())]),
    }
}

fn is_impossible(claim: &Claim, judged: &[Judged]) -> bool {
    judged.iter().any(|one| one.holds == Holds::No && one.claims.contains(&claim.no))
}

fn relations(lang: Language, of: &Inspection, judged: &[Judged]) -> Table {
    let row = |one: &Judged| {
        let (colour, key) = match one.holds {
            Holds::Yes => ("green", "inspect-holds"),
            Holds::No => ("red", "verdict-impossible"),
        };
        let names: Vec<String> = one
            .claims
            .iter()
            .filter_map(|no| of.claim(*no))
            .map(|(_, claim)| format!("{}. {}", claim.no, measure(lang, claim.measure)))
            .collect();
        vec![Cell::new(&one.sum).below(names.join("; ")), Cell::new("").tag(colour, t(lang, key))]
    };
    Table {
        caption: t(lang, "inspect-relations"),
        columns: vec![
            Column::words(t(lang, "inspect-arithmetic")),
            Column::words(t(lang, "inspect-verdict")),
        ],
        rows: judged.iter().map(row).collect(),
        empty: t(lang, "inspect-no-relations"),
    }
}

/// `GET /kiem-tra/{code}/so-lieu/{no}?cach={reading}`
///
/// # Errors
/// [`WebError::NotFound`] for another claim or reading.
pub async fn behind(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path((code, no)): Path<(String, u32)>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = staff.visitor.lang;
    let reading = asked.text("cach").parse().unwrap_or(0);
    let behind = web.office.behind_claim(&staff.who.actor, &code, (no, reading)).await;
    let behind = behind.map_err(|error| WebError::from_act(error, lang))?;
    let stands = behind.claim.against(&behind.reading);
    let share = behind.reading.share.map(|(part, whole)| format!(" ({part}/{whole})"));
    let line = |key: &str, value: String| Line::new(t(lang, key), value);
    let mut blocks = vec![Block::Facts(vec![
        line("inspect-field-scope", units(&web, &behind.reading.scope)),
        line("inspect-field-sentence", format!("“{}”", behind.claim.sentence)),
        line("inspect-claimed", amount(behind.claim.measure, behind.claim.claimed.hundredths)),
        line(
            "inspect-system",
            format!("{}{}", value(lang, &behind.reading), share.unwrap_or_default()),
        ),
        line("inspect-difference", difference(stands)),
        line("inspect-verdict", verdict(lang, stands).1),
        line("inspect-counted-at", moment(lang, behind.as_of)),
    ])];
    blocks.extend(procedures(lang, &behind).map(Block::Table));
    blocks.extend(dossiers(&web, lang, &code, &behind).map(Block::Table));
    let back = Some((format!("/kiem-tra/{code}/so-lieu"), "inspect-task-claims"));
    let title = format!("{}. {}", no, measure(lang, behind.reading.measure));
    Ok(shown(&web, &staff, title, back, blocks))
}

fn counts(lang: Language, counts: Counts) -> Cell {
    match counts {
        Counts::Yes => Cell::new("").tag("green", t(lang, "inspect-counted")),
        Counts::No => Cell::new("").tag("grey", t(lang, "inspect-not-counted")),
    }
}

fn procedures(lang: Language, behind: &Behind) -> Option<Table> {
    let row = |one: &office::inspection::BehindProcedure| {
        let level =
            one.level.map(|level| t_with(lang, "inspect-level", &[("level", level.to_string())]));
        let cut = one.cut.map(|(least, most)| match least == most {
            true => format!("{} %", written(least)),
            false => format!("{} – {} %", written(least), written(most)),
        });
        let early = one.early.map(|(early, all)| format!("{early}/{all}"));
        vec![
            Cell::new(&one.name)
                .to(format!("/thu-tuc/{}", one.id))
                .below(format!("{} {}", one.id, one.code)),
            Cell::new(level.unwrap_or_else(|| "–".to_owned())),
            Cell::number(cut.or(early).unwrap_or_else(|| "–".to_owned())),
            counts(lang, one.counts),
        ]
    };
    let last = match behind.procedures.iter().any(|one| one.early.is_some()) {
        true => "inspect-early-of",
        false => "inspect-cut",
    };
    (!behind.procedures.is_empty()).then(|| Table {
        caption: t_with(
            lang,
            "inspect-behind-procedures",
            &[("count", behind.procedures.len().to_string())],
        ),
        columns: vec![
            Column::words(t(lang, "inspect-procedure")),
            Column::words(t(lang, "inspect-online")),
            Column::numbers(t(lang, last)),
            Column::words(t(lang, "inspect-counts")),
        ],
        rows: behind.procedures.iter().map(row).collect(),
        empty: String::new(),
    })
}

fn dossiers(web: &Web, lang: Language, code: &str, behind: &Behind) -> Option<Table> {
    let row = |one: &office::inspection::BehindDossier| {
        vec![
            Cell::new(&one.code)
                .to(format!("/kiem-tra/{code}/ho-so/{}", one.id))
                .below(crate::officer::desk::short(&one.procedure)),
            Cell::new(units(web, std::slice::from_ref(&one.agency))),
            Cell::new(one.received_at.map(date).unwrap_or_default()),
            Cell::new(one.ended_at.map(date).unwrap_or_default()),
            counts(lang, one.counts),
        ]
    };
    let count = behind.dossiers.len();
    (count > 0).then(|| Table {
        caption: t_with(
            lang,
            "inspect-behind-dossiers",
            &[("count", count.to_string()), ("shown", count.min(MOST).to_string())],
        ),
        columns: vec![
            Column::words(t(lang, "staff-dossier")),
            Column::words(t(lang, "staff-agency")),
            Column::words(t(lang, "staff-received")),
            Column::words(t(lang, "figures-ended")),
            Column::words(t(lang, "inspect-counts")),
        ],
        rows: behind.dossiers.iter().take(MOST).map(row).collect(),
        empty: String::new(),
    })
}
