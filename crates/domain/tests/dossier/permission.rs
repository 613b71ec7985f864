//! The permission table, printed in full: a reviewer reads the snapshot.

use crate::world::*;
use domain::dossier::Command;
use domain::dossier::command::{Receive, Refuse, Submit, Withdraw};
use domain::dossier::event::{Channel, StopGround};
use domain::process::StepKind;
use std::fmt::Write;

/// One dossier in each stage.
fn stages() -> Vec<(&'static str, Scene)> {
    let mut stages = Vec::new();
    let mut scene = Scene::new();
    scene.must(&citizen(), &Command::Submit(submit()));
    stages.push(("submitted", scene.clone()));
    let mut asked = scene.clone();
    asked.must(&counter(), &request());
    stages.push(("awaiting_supplement (reception)", asked.clone()));
    asked.must(&citizen(), &supplement());
    stages.push(("supplemented (reception)", asked));
    let mut refused = scene.clone();
    let refuse = Refuse { reason: "x".into(), legal_basis: "x".into(), ..Refuse::default() };
    refused.must(&counter(), &Command::Refuse(refuse));
    stages.push(("not_accepted", refused));
    let mut withdrawn = scene.clone();
    withdrawn.must(&citizen(), &Command::Withdraw(Withdraw { reason: "x".into() }));
    stages.push(("withdrawn", withdrawn));
    let mut at_the_desk = Scene::new();
    at_the_desk
        .must(&counter(), &Command::Submit(Submit { channel: Channel::Counter, ..submit() }));
    at_the_desk.must(&counter(), &Command::Receive(Receive::default()));
    stages.push(("received (at the counter)", at_the_desk));
    for stage in
        ["transferred", "in_progress", "awaiting_signature", "awaiting_issue", "issued", "returned"]
    {
        scene.play_until(stage);
        stages.push((stage, scene.clone()));
        if stage == "in_progress" {
            let mut asked = scene.clone();
            asked.must(&officer(), &request());
            stages.push(("awaiting_supplement (appraisal)", asked.clone()));
            asked.must(&citizen(), &supplement());
            stages.push(("supplemented (appraisal)", asked));
            let mut owed = scene.clone();
            owed.must(&officer(), &payment());
            stages.push(("awaiting_payment", owed));
            let mut moved = scene.clone();
            moved.must(&leader(), &apology(3));
            stages.push(("in_progress (re-appointed)", moved));
            let mut stopped = scene.clone();
            stopped.must(&leader(), &stop(StopGround::SpecialLaw));
            stages.push(("stopped", stopped));
            stages.push((
                "in_progress (drafting)",
                scene.clone().play_until_task(StepKind::Propose).clone(),
            ));
        }
    }
    stages
}

#[test]
fn the_whole_table() {
    let mut table = String::new();
    writeln!(table, "before filing, at the one-stop of the ward").unwrap();
    for (who, actor) in everybody() {
        let act = if domain::permission::may_submit(&actor, "U26.BP1") { "submit" } else { "–" };
        writeln!(table, "  {who:<24} {:<10} {act}", "").unwrap();
    }
    writeln!(table, "figures of the ward, of the province").unwrap();
    for (who, actor) in everybody() {
        let may =
            |agency| if domain::permission::may_count(&actor, agency) { "counts" } else { "–" };
        let (ward, province) = (may(Some("U26.XA1")), may(None));
        writeln!(table, "  {who:<24} {ward:<10} {province}").unwrap();
    }
    for (stage, scene) in stages() {
        let dossier = scene.dossier();
        writeln!(table, "{stage} — national status {}", dossier.national_status()).unwrap();
        for (who, actor) in everybody() {
            let reads = domain::permission::may_read(&actor, &dossier);
            let acts = open(&actor, &dossier).join(", ");
            let acts = if acts.is_empty() { "–".to_owned() } else { acts };
            let sees = if reads { "reads" } else { "not found" };
            writeln!(table, "  {who:<24} {sees:<10} {acts}").unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

/// What officials may do beside dossiers: look for odd signs, steer, follow up, score.
#[test]
fn beside_dossiers() {
    use domain::permission::{may_detect, may_follow_up, may_score, may_steer};
    use domain::scorecard::Side;
    use domain::steering::Kind;
    let mut table = String::new();
    let told = |may: bool, word: &str| if may { word.to_owned() } else { "–".to_owned() };
    for (agency, name) in [("U26.XA1", "the ward"), ("U26.SXD", "another agency")] {
        writeln!(table, "{name}: signs | follow-up | records | sides of the scorecard").unwrap();
        for (who, actor) in everybody() {
            let detects = told(may_detect(&actor, Some(agency)), "detects");
            let follows = told(may_follow_up(&actor, agency), "follows up");
            let kinds = Kind::ALL.iter().filter(|kind| may_steer(&actor, **kind, agency));
            let kinds = kinds.map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
            let sides = [Side::Own, Side::Appraised].into_iter();
            let sides = sides.filter(|side| may_score(&actor, *side, agency)).map(Side::name);
            let sides = sides.collect::<Vec<_>>().join(", ");
            let (kinds, sides) = (told(!kinds.is_empty(), &kinds), told(!sides.is_empty(), &sides));
            let row = [detects, follows, kinds, sides];
            writeln!(table, "  {who:<24} {}", row.join(" | ")).unwrap();
        }
    }
    writeln!(table, "the whole province: signs").unwrap();
    for (who, actor) in everybody() {
        writeln!(table, "  {who:<24} {}", told(may_detect(&actor, None), "detects")).unwrap();
    }
    insta::assert_snapshot!(table);
}

#[test]
fn pages_show_exactly_what_acts_allow() {
    for (_, scene) in stages() {
        let dossier = scene.dossier();
        for (_, actor) in everybody() {
            for act in all_acts() {
                let shown = open(&actor, &dossier).contains(&act.name());
                assert_eq!(domain::permission::may(&actor, act, &dossier), shown);
            }
        }
    }
}
