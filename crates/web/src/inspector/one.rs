//! One inspection: a list of tasks that leads through its stages.

use super::Opened;
use super::list::{colour, stage_text};
use super::page::{Block, Cell, Column, Table, told};
use super::words::{day, official, unit};
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::words::moment;
use crate::officer::parts::{Line, Link};
use crate::public::asked::Asked;
use axum::response::Response;
use domain::inspection::permission::may_look_for_signs;
use domain::inspection::relation::Holds;
use domain::inspection::{Act, Inspection, Status, Verdict};
use office::inspection::{InspectionView, Paper};

/// `GET /kiem-tra/{code}?da={act}`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not know of it.
pub async fn get(opened: Opened, asked: Asked) -> Result<Response, WebError> {
    let Opened { web, staff, view } = opened;
    let (lang, code) = (staff.visitor.lang, view.code.clone());
    let of = &view.inspection;
    let flash = Act::named(asked.text("da"))
        .map(|act| t(lang, &format!("inspect-done-{}", act.name().replace('_', "-"))));
    let mut blocks = vec![Block::Facts(facts(&web, lang, of))];
    let acts: Vec<Link> = view.open.iter().map(|act| act_link(lang, &code, *act)).collect();
    if !acts.is_empty() {
        blocks.push(Block::Acts(acts));
    }
    blocks.push(Block::Table(tasks(lang, &view)));
    let papers = Paper::ALL.iter().filter(|paper| paper.is_there(of));
    let link = |paper: &Paper| {
        let name = paper.name();
        let text = t(lang, &format!("inspect-paper-{name}"));
        Link::new(format!("/kiem-tra/{code}/giay/{name}"), text)
    };
    blocks.push(Block::Heading(t(lang, "inspect-papers")));
    blocks.push(Block::Links(papers.map(link).collect()));
    let (actor, now) = (&staff.who.actor, web.office.clock.now());
    let looks = of.plan.units.iter().any(|unit| may_look_for_signs(actor, of, unit, now));
    let signs = looks.then_some(("dau-hieu", "signs-title"));
    let more = signs.into_iter().chain([("tep", "inspect-files"), ("luot-xem", "inspect-looks")]);
    let link = |(page, key)| Link::new(format!("/kiem-tra/{code}/{page}"), t(lang, key));
    blocks.push(Block::Links(more.map(link).collect()));
    let title = t_with(lang, "inspect-of", &[("code", code.clone())]);
    let back = Some(("/kiem-tra".to_owned(), "inspect-title"));
    Ok(told(&web, &staff, title, back, (flash, blocks)))
}

/// The button of an act.
pub(super) fn act_link(lang: Language, code: &str, act: Act) -> Link {
    let text = t(lang, &format!("inspect-act-{}", act.name().replace('_', "-")));
    Link::new(format!("/kiem-tra/{code}/act/{}", act.name()), text)
}

fn facts(web: &Web, lang: Language, of: &Inspection) -> Vec<Line> {
    let plan = &of.plan;
    let line = |key: &str, value: String| Line::new(t(lang, key), value);
    let names: Vec<String> = plan.units.iter().map(|id| unit(web, id)).collect();
    let mut lines = vec![
        line("inspect-field-units", names.join("; ")),
        line("inspect-field-purpose", plan.purpose.clone()),
        line("inspect-period", format!("{} – {}", day(plan.from), day(plan.to))),
    ];
    if let Some(decided) = of.delegations.last() {
        let members: Vec<String> = decided
            .what
            .members
            .iter()
            .map(|member| {
                let role = t(lang, &format!("inspect-role-{}", member.role.name()));
                format!("{role}: {}", official(web, &member.official))
            })
            .collect();
        lines.push(line("inspect-members", members.join("; ")));
        let what = &decided.what;
        lines
            .push(line("inspect-reading-period", format!("{} – {}", day(what.from), day(what.to))));
    }
    lines
}

/// The stages, each with how it stands and where it leads.
fn tasks(lang: Language, view: &InspectionView) -> Table {
    let mut rows = before_findings(lang, view);
    rows.extend(from_findings(lang, view));
    Table {
        caption: t(lang, "inspect-tasks"),
        columns: vec![
            Column::words(t(lang, "inspect-task")),
            Column::words(t(lang, "inspect-state")),
        ],
        rows,
        empty: String::new(),
    }
}

/// A stage that is done, and since when or how often; or not yet.
fn state(lang: Language, done: Option<String>) -> Cell {
    match done {
        Some(text) => Cell::new("").tag("green", t(lang, "inspect-done")).below(text),
        None => Cell::new("").tag("grey", t(lang, "inspect-not-yet")),
    }
}

fn before_findings(lang: Language, view: &InspectionView) -> Vec<Vec<Cell>> {
    let (of, code) = (&view.inspection, &view.code);
    let name = |key: &str| Cell::new(t(lang, key));
    let to = |key: &str, page: &str| name(key).to(format!("/kiem-tra/{code}/{page}"));
    let at = |at: Option<domain::time::Instant>| state(lang, at.map(|at| moment(lang, at)));
    let decided = of.delegations.last().map(|decided| decided.at);
    let announced = of.announced.as_ref().map(|announced| announced.at);
    let held = of.sessions.last().map(|session| session.at);
    vec![
        vec![name("inspect-task-delegation"), at(decided)],
        vec![to("inspect-task-outline", "bieu"), at(announced)],
        vec![to("inspect-task-claims", "so-lieu"), claims_state(lang, of)],
        vec![name("inspect-task-session"), at(held)],
        vec![to("inspect-task-sample", "mau"), at(of.sample.as_ref().map(|drawn| drawn.at))],
    ]
}

fn from_findings(lang: Language, view: &InspectionView) -> Vec<Vec<Cell>> {
    let (of, code) = (&view.inspection, &view.code);
    let name = |key: &str| Cell::new(t(lang, key));
    let to = |key: &str, page: &str| name(key).to(format!("/kiem-tra/{code}/{page}"));
    let count = |key: &str, count: usize| {
        state(lang, (count > 0).then(|| t_with(lang, key, &[("count", count.to_string())])))
    };
    let signatures = [("count", of.signatures.len().to_string())];
    let signed = t_with(lang, "inspect-signatures", &signatures);
    let concluded = of.conclusion.as_ref().map(|concluded| moment(lang, concluded.at));
    let open = of.recommendations.iter().filter(|one| one.status != Status::Verified).count();
    let open = t_with(lang, "inspect-open-count", &[("count", open.to_string())]);
    let stands = Cell::new("").tag(colour(of.stage()), stage_text(lang, of.stage())).below(open);
    vec![
        vec![to("inspect-task-checklist", "phieu"), count("inspect-count-checks", of.checks.len())],
        vec![
            to("inspect-task-findings", "phat-hien"),
            count("inspect-count-findings", of.findings.len()),
        ],
        vec![name("inspect-task-minutes"), state(lang, of.minutes_are_signed().then_some(signed))],
        vec![name("inspect-task-conclusion"), state(lang, concluded)],
        vec![to("inspect-task-recommendations", "kien-nghi"), stands],
    ]
}

fn claims_state(lang: Language, of: &Inspection) -> Cell {
    let count = of.claims().count();
    if count == 0 {
        return Cell::new("").tag("grey", t(lang, "inspect-not-yet"));
    }
    let different = of.claims().filter(|c| matches!(c.verdict(), Verdict::Different(_))).count();
    let impossible = of.judged().iter().filter(|one| one.holds == Holds::No).count();
    let numbers = [
        ("count", count.to_string()),
        ("different", different.to_string()),
        ("impossible", impossible.to_string()),
    ];
    Cell::new("").tag("green", t(lang, "inspect-done")).below(t_with(
        lang,
        "inspect-claims-state",
        &numbers,
    ))
}
