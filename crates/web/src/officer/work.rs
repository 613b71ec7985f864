//! Completing an internal step, an opinion or a review.

use super::act_page::{self, ActForm, ActPage, Frame, Typed};
use super::desk::Desk;
use super::parts::{Line, Link, Part};
use crate::citizen::field::{Choice, Field, Look, Told};
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::leader::sign;
use askama::Template;
use domain::dossier::command::Work;
use domain::dossier::event::TaskOpened;
use domain::dossier::{Act, Command};
use domain::process::{Gateway, Process, StepKind};

#[derive(Template)]
#[template(path = "officer/work.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::Work;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part> {
        let tasks = desk.tasks(Act::Work);
        let asked = [typed.text("task"), typed.asked("viec")];
        let asked = asked.iter().find_map(|text| text.parse().ok());
        let chosen = tasks.iter().find(|task| Some(task.no) == asked).or(tasks.first());
        let Some(task) = chosen else { return Vec::new() };
        let mut parts = vec![
            Part::Facts(vec![
                Line::new(desk.t("staff-step"), &task.name),
                Line::new(desk.t("staff-place"), desk.place(&task.place)),
            ]),
            Part::Hidden { name: "task", value: task.no.to_string() },
        ];
        let others = others(desk, &tasks, task);
        if !others.is_empty() {
            parts.push(Part::Links(others));
        }
        if task.kind == StepKind::Review {
            parts.extend(sign::draft(desk));
        }
        let ways = desk.process().map(|process| ways(process, task.step)).unwrap_or_default();
        if !ways.is_empty() {
            if told.at("way").is_some() {
                told.say("way", desk.t("staff-way-missing"));
            }
            let way = Field::new("way", desk.t("staff-way"))
                .look(Look::Radios(ways))
                .required(true)
                .value(typed.text("way"))
                .told(told);
            parts.push(Part::Field(way));
        }
        let note = act_page::lines(desk, ("note", "staff-work-note"), 6, typed, told)
            .hint(desk.t("staff-work-note-hint"));
        parts.push(Part::Field(note));
        parts
    }

    fn command(_: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
        Ok(Command::Work(Work {
            task: posted.text("task").parse().ok(),
            way: posted.text("way").parse().ok(),
            note: posted.text("note").to_owned(),
        }))
    }
}

/// The other open steps of the same official.
fn others(desk: &Desk<'_>, tasks: &[&TaskOpened], chosen: &TaskOpened) -> Vec<Link> {
    let other = |task: &&&TaskOpened| task.no != chosen.no;
    let link = |task: &&TaskOpened| {
        let href = format!("/ho-so/{}/work?viec={}", desk.id, task.no);
        Link::new(href, format!("{}: {}", desk.t("staff-other-step"), task.name))
    };
    tasks.iter().filter(other).map(link).collect()
}

/// The ways to choose from after a step, each with its condition, else the name of the next step.
fn ways(process: &Process, step: u32) -> Vec<Choice> {
    let Some(step) = process.step(step).filter(|step| step.gateway == Gateway::Xor) else {
        return Vec::new();
    };
    let way = |(n, next): (usize, &u32)| {
        let name = process.step(*next).map(|next| next.name.as_str()).unwrap_or_default();
        let text = match step.next_conditions.get(n).filter(|condition| !condition.is_empty()) {
            Some(condition) => format!("{condition} → {name}"),
            None => name.to_owned(),
        };
        Choice::new(next.to_string(), text)
    };
    step.next.iter().enumerate().map(way).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use office::catalogue::Catalogue;

    #[test]
    fn every_exclusive_gateway_offers_all_its_ways() {
        let catalogue = Catalogue::embedded().unwrap();
        let mut gateways = 0;
        for process in catalogue.processes.values() {
            for step in &process.steps {
                let ways = ways(process, step.no);
                match step.gateway {
                    Gateway::Xor => {
                        gateways += 1;
                        assert_eq!(ways.len(), step.next.len(), "{} {}", process.id, step.no);
                        assert!(ways.iter().all(|way| !way.text.is_empty()), "{}", process.id);
                    }
                    Gateway::None | Gateway::And => assert!(ways.is_empty()),
                }
            }
        }
        assert!(gateways > 0);
    }
}
