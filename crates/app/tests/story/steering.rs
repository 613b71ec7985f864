//! Records that steer, and the marks of a scorecard, as the office keeps them: who may enter which,
//! who sees them, and that a second click enters nothing.

use crate::scene::{Scene, each_scene, official};
use domain::dossier::Actor;
use domain::organisation::Position;
use domain::scorecard::{Mark, Side};
use domain::steering::{Kind, Standing, Wrong};
use office::ActError;
use office::steering::SteeringError;
use std::collections::BTreeMap;
use storage::tables;
use storage::testing::dump;

const WARD: &str = "U26.XA1";
/// A dossier's agency that nobody of the scene works for.
const OTHER: &str = "U26.SXD";

fn controller() -> Actor {
    let (id, name) = official("controller");
    let (unit, position) = ("U26.VP".to_owned(), Position::Controller);
    Actor::Official { id, name, unit, division: None, position }
}

/// An officer of the ward, who steers nothing.
fn officer() -> Actor {
    let (id, name) = official("officer");
    let (unit, position) = (WARD.to_owned(), Position::Officer);
    Actor::Official { id, name, unit, division: None, position }
}

fn answers(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Every row that steering may write.
async fn rows(scene: &Scene) -> Vec<Vec<String>> {
    let store = &scene.office.store;
    vec![dump(store, &tables::STEERING).await, dump(store, &tables::AUDIT).await]
}

fn not_found(refused: Result<(), SteeringError>) -> bool {
    matches!(refused, Err(SteeringError::Act(ActError::NotFound)))
}

#[tokio::test]
async fn a_directive_is_given_reported_on_and_seen_by_those_it_concerns() {
    each_scene(async |scene| {
        let (office, leader) = (&scene.office, scene.leader());
        let asked = answers(&[("title", "Rà soát"), ("text", "Hồ sơ quá hạn"), ("days", "5")]);
        let here = (Kind::Directive, WARD);
        office.steer(&controller(), "k1", here, &asked).await.unwrap();
        office.steer(&controller(), "k1", here, &asked).await.unwrap();
        let records = office.steering(&leader, Kind::Directive, Some(WARD)).await.unwrap();
        assert_eq!(records.len(), 1, "a second click enters nothing");
        assert_eq!((records[0].standing, records[0].percent()), (Standing::Open, 0));
        assert_eq!(records[0].entered.1, official("controller").0);

        scene.wait("2026-12-01T09:00");
        let records = office.steering(&leader, Kind::Directive, Some(WARD)).await.unwrap();
        assert_eq!(records[0].standing, Standing::Overdue);
        let done = answers(&[("text", "Đã xong"), ("percent", "100")]);
        let report = (Kind::Directive, records[0].id.as_str());
        office.report_on(&leader, "k2", report, &done).await.unwrap();
        let records = office.steering(&controller(), Kind::Directive, None).await.unwrap();
        assert_eq!((records[0].standing, records[0].reports.len()), (Standing::Done, 1));
        let others = office.steering(&controller(), Kind::Directive, Some(OTHER)).await.unwrap();
        assert!(others.is_empty(), "another agency has none");
    })
    .await;
}

#[tokio::test]
async fn who_may_not_steer_enters_and_sees_nothing() {
    each_scene(async |scene| {
        let (office, leader) = (&scene.office, scene.leader());
        let asked = answers(&[("title", "Rà soát"), ("text", "Hồ sơ quá hạn"), ("days", "5")]);
        office.steer(&leader, "k0", (Kind::Directive, WARD), &asked).await.unwrap();
        let before = rows(scene).await;
        for (who, kind, agency) in [
            (officer(), Kind::Directive, WARD),
            (leader.clone(), Kind::Directive, OTHER),
            (controller(), Kind::Explanation, WARD),
            (controller(), Kind::Directive, "U26.KHONG"),
            (Actor::Applicant { account: "a".to_owned() }, Kind::Task, WARD),
        ] {
            let tried = office.steer(&who, "k1", (kind, agency), &asked).await;
            assert!(not_found(tried), "{who:?} {kind:?} {agency}");
        }
        let report = answers(&[("text", "Đã xong"), ("percent", "100")]);
        for (who, parent) in [(officer(), "k0"), (leader.clone(), "k9")] {
            let tried = office.report_on(&who, "k2", (Kind::Directive, parent), &report).await;
            assert!(not_found(tried), "{who:?} {parent}");
        }
        for (who, agency) in [(officer(), Some(WARD)), (leader.clone(), Some(OTHER))] {
            let seen = office.steering(&who, Kind::Directive, agency).await;
            assert!(matches!(seen, Err(ActError::NotFound)), "{who:?}");
        }
        assert!(office.steering(&leader, Kind::Directive, None).await.is_err(), "the province");

        // What is wrong is told, each answer with its reason, and nothing is entered.
        let wrong = answers(&[("title", ""), ("text", "x"), ("days", "không")]);
        let tried = office.steer(&leader, "k3", (Kind::Directive, WARD), &wrong).await;
        let Err(SteeringError::Wrong(wrong)) = tried else { panic!("{tried:?}") };
        assert_eq!(wrong, [("title", Wrong::Missing), ("days", Wrong::NotANumber)]);
        assert_eq!(rows(scene).await, before);
    })
    .await;
}

fn mark(side: Side, hundredths: u64) -> Mark {
    let (criterion, reason) = ("1.1".to_owned(), "Theo kế hoạch".to_owned());
    Mark { year: 2026, criterion, side, hundredths, reason }
}

#[tokio::test]
async fn the_head_scores_itself_the_controllers_appraise_and_the_last_mark_counts() {
    each_scene(async |scene| {
        let (office, leader) = (&scene.office, scene.leader());
        office.give_marks(&leader, "k1", WARD, &[mark(Side::Own, 150)]).await.unwrap();
        office.give_marks(&leader, "k1", WARD, &[mark(Side::Own, 150)]).await.unwrap();
        office.give_marks(&controller(), "k2", WARD, &[mark(Side::Appraised, 75)]).await.unwrap();
        scene.wait_minutes(5);
        office.give_marks(&leader, "k3", WARD, &[mark(Side::Own, 125)]).await.unwrap();
        let marks = office.marks(&leader, WARD, 2026).await.unwrap();
        let of = |side| &marks[&("1.1".to_owned(), side)];
        assert_eq!(of(Side::Own).mark.hundredths, 125, "the last one counts");
        assert_eq!(of(Side::Appraised).mark.hundredths, 75);
        assert_eq!(of(Side::Appraised).by, official("controller").0);
        assert_eq!(rows(scene).await[0].len(), 3, "each stays, a second click enters nothing");
        assert!(office.marks(&leader, WARD, 2025).await.unwrap().is_empty(), "another year");
    })
    .await;
}

#[tokio::test]
async fn who_may_not_score_gives_no_mark_and_sees_none() {
    each_scene(async |scene| {
        let (office, leader) = (&scene.office, scene.leader());
        let before = rows(scene).await;
        let both = [mark(Side::Own, 100), mark(Side::Appraised, 100)];
        for (who, agency, marks) in [
            (officer(), WARD, &both[..1]),
            (leader.clone(), WARD, &both[..]),
            (controller(), WARD, &both[..1]),
            (leader.clone(), OTHER, &both[..1]),
            (controller(), "U26.KHONG", &both[1..]),
        ] {
            let tried = office.give_marks(&who, "k1", agency, marks).await;
            assert!(matches!(tried, Err(ActError::NotFound)), "{who:?} {agency} {marks:?}");
        }
        assert_eq!(rows(scene).await, before, "not even the marks that were theirs to give");
        for (who, agency) in [(officer(), WARD), (leader.clone(), OTHER)] {
            let seen = office.marks(&who, agency, 2026).await;
            assert!(matches!(seen, Err(ActError::NotFound)), "{who:?}");
        }
    })
    .await;
}
