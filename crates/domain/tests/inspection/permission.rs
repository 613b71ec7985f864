//! Who may do what, printed in full: a reviewer reads the snapshot.

use crate::world::*;
use domain::dossier::Actor;
use domain::inspection::permission::{acts_open_to, may, may_plan, may_see};
use domain::inspection::{Act, Inspection};
use domain::organisation::Position;
use std::fmt::Write;

fn everybody() -> Vec<(&'static str, Actor)> {
    vec![
        ("lead", lead()),
        ("secretary", secretary()),
        ("member of another department", member()),
        ("other inspector", official("other", "NV", Position::Inspector)),
        ("controller", official("controller", "VP", Position::Controller)),
        ("head of an inspected agency", head("SXD")),
        ("officer of it", official("officer", "SXD", Position::Officer)),
        ("head of another agency", head("TP")),
        ("applicant", Actor::Applicant { account: "a".to_owned() }),
    ]
}

fn stages() -> Vec<(&'static str, Scene)> {
    let mut planned = Scene::new();
    planned.must(&lead(), domain::inspection::Command::Plan(plan(Default::default())));
    let mut late = Scene::held();
    late.now = domain::time::instant(jiff::civil::date(2019, 1, 2).at(8, 0, 0, 0));
    vec![
        ("planned", planned),
        ("announced", Scene::announced()),
        ("held", Scene::held()),
        ("held, the period is over", late),
        ("signed", Scene::signed()),
        ("concluded", Scene::concluded()),
    ]
}

fn open(actor: &Actor, scene: &Scene, of: &Inspection) -> String {
    let acts: Vec<&str> = acts_open_to(actor, of, scene.now).into_iter().map(Act::name).collect();
    if acts.is_empty() { "–".to_owned() } else { acts.join(", ") }
}

#[test]
fn the_whole_table() {
    let mut table = String::new();
    for (who, actor) in everybody() {
        let act = if may_plan(&actor) { "plan" } else { "–" };
        writeln!(table, "  {who:<30} {act}").unwrap();
    }
    for (stage, scene) in stages() {
        let of = scene.state();
        writeln!(table, "{stage}: {}", of.stage().name()).unwrap();
        for (who, actor) in everybody() {
            let sees = if may_see(&actor, &of) { "sees" } else { "not found" };
            writeln!(table, "  {who:<30} {sees:<10} {}", open(&actor, &scene, &of)).unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn pages_show_exactly_what_acts_allow() {
    for (_, scene) in stages() {
        let of = scene.state();
        for (_, actor) in everybody() {
            let shown = acts_open_to(&actor, &of, scene.now);
            for act in Act::ALL {
                assert_eq!(may(&actor, *act, &of, scene.now), shown.contains(act));
            }
        }
    }
}

#[test]
fn an_unannounced_inspection_is_not_seen_before_it_begins() {
    let mut scene = Scene::new();
    let form = domain::inspection::command::Form::Unannounced;
    scene.must(&lead(), domain::inspection::Command::Plan(plan(form)));
    scene.must(&lead(), domain::inspection::Command::Delegate(delegation()));
    assert!(!may_see(&head("SXD"), &scene.state()));
    scene.on(16).must(&lead(), domain::inspection::Command::Meet(session()));
    assert!(may_see(&head("SXD"), &scene.state()));
}
