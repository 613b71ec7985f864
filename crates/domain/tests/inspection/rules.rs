//! The invariants of an inspection, as refusals.

use crate::world::*;
use domain::dossier::Reason;
use domain::dossier::event::FileRef;
use domain::inspection::command::*;
use domain::inspection::files::{Belongs, FILES_MAX};
use domain::inspection::relation::Holds;
use domain::inspection::{Command, Measure, Refusal, Rule, Stage, Status, Verdict};
use jiff::civil::date;

fn refused(rule: Rule) -> Result<domain::inspection::Event, Refusal> {
    Err(Refusal::Rule(rule))
}

#[test]
fn a_delegation_is_whole_and_of_others() {
    let mut scene = Scene::new();
    scene.must(&lead(), Command::Plan(plan(Form::Announced)));
    let mut two_leads = delegation();
    two_leads.members[1].role = Role::Lead;
    let tried = scene.tries(&lead(), &Command::Delegate(two_leads));
    assert_eq!(tried, refused(Rule::OneLeadOneSecretary));
    let mut own = delegation();
    own.members[2].official = "head-SXD".into();
    assert_eq!(scene.tries(&lead(), &Command::Delegate(own)), refused(Rule::OwnAgency));
    let mut backwards = delegation();
    backwards.to = date(2018, 11, 4);
    assert!(matches!(
        scene.tries(&lead(), &Command::Delegate(backwards)),
        Err(Refusal::Invalid(problems)) if problems[0].place == "to"
    ));
}

#[test]
fn the_agency_gets_five_working_days() {
    let mut scene = Scene::new();
    scene.must(&lead(), Command::Plan(plan(Form::Announced)));
    scene.must(&lead(), Command::Delegate(delegation()));
    let on = |day| Command::Announce(announcement(date(2018, 11, day)));
    assert_eq!(scene.tries(&secretary(), &on(9)), refused(Rule::TooShortNotice), "Mon to Fri: 4");
    assert!(scene.tries(&secretary(), &on(12)).is_ok(), "Mon to Mon: 5");
}

#[test]
fn forms_differ() {
    let mut unannounced = Scene::new();
    unannounced.must(&lead(), Command::Plan(plan(Form::Unannounced)));
    unannounced.must(&lead(), Command::Delegate(delegation()));
    let letter = Command::Announce(announcement(date(2018, 11, 16)));
    assert_eq!(unannounced.tries(&lead(), &letter), refused(Rule::NotInThisForm));
    assert!(unannounced.tries(&lead(), &Command::Meet(session())).is_ok());
    let mut by_report = Scene::new();
    by_report.must(&lead(), Command::Plan(plan(Form::ByReport)));
    by_report.must(&lead(), Command::Delegate(delegation()));
    let tried = by_report.tries(&lead(), &Command::Meet(session()));
    assert_eq!(tried, refused(Rule::NotInThisForm));
    assert!(by_report.tries(&lead(), &Command::SignMinutes(SignMinutes::default())).is_ok());
}

#[test]
fn a_claim_stands_beside_the_value_of_that_instant() {
    let of = Scene::held().state();
    let verdicts: Vec<Verdict> = of.claims().map(|claim| claim.verdict()).collect();
    let told = [Verdict::Confirmed, Verdict::Different(100), Verdict::NotRecorded];
    assert_eq!(verdicts, told);
    let last = of.claim(3).unwrap().1;
    assert_eq!(last.scope, ["SXD", "BQL"], "in the order of the plan");
    let impossible = of.judged().into_iter().filter(|one| one.holds == Holds::No).count();
    assert_eq!(impossible, 0);
}

#[test]
fn an_agency_speaks_for_itself_alone() {
    let scene = Scene::announced();
    let claims: &[(Measure, &[&str], &str)] =
        &[(Measure::OnlineLevel4, &["NV"], "năm"), (Measure::OnlineLevel3, &["SXD"], "")];
    let tried = scene.tries(&head("SXD"), &Command::Report(report("BQL", claims)));
    let Err(Refusal::Invalid(problems)) = tried else { panic!("{tried:?}") };
    let places: Vec<&str> = problems.iter().map(|problem| problem.place.as_str()).collect();
    assert_eq!(places, ["unit", "claims.0.value", "claims.0.scope", "claims.1.value"]);
}

#[test]
fn a_shortcoming_rests_on_evidence_and_is_followed() {
    let scene = Scene::held();
    let bare = Command::Find(finding(Severity::Shortcoming, Vec::new()));
    assert_eq!(scene.tries(&member(), &bare), refused(Rule::NoEvidence));
    let unknown = vec![Evidence::Claim { no: 99 }];
    let tried = scene.tries(&member(), &Command::Find(finding(Severity::Note, unknown)));
    assert!(matches!(tried, Err(Refusal::Invalid(p)) if p[0].reason == Reason::Unknown));
    let mut signed = Scene::signed();
    signed.on(20);
    let silent = Command::Conclude(conclusion(Vec::new()));
    assert_eq!(signed.tries(&lead(), &silent), refused(Rule::NotFollowed));
    assert!(signed.tries(&lead(), &Command::Conclude(conclusion(vec![1]))).is_ok());
}

#[test]
fn a_reminder_on_the_spot_is_enough() {
    let mut scene = Scene::announced();
    scene.on(16).must(&secretary(), Command::Meet(session()));
    let evidence = vec![Evidence::Seen { what: "Bảng niêm yết cũ".into() }];
    let reminded =
        Find { reminder: "Thay ngay".into(), ..finding(Severity::Shortcoming, evidence) };
    scene.must(&member(), Command::Find(reminded));
    for who in [lead(), head("SXD"), head("BQL")] {
        scene.must(&who, Command::SignMinutes(SignMinutes::default()));
    }
    assert!(scene.tries(&lead(), &Command::Conclude(conclusion(Vec::new()))).is_ok());
}

#[test]
fn nothing_is_concluded_before_both_sides_signed() {
    let mut scene = Scene::held();
    let conclude = Command::Conclude(conclusion(vec![1]));
    assert_eq!(scene.tries(&lead(), &conclude), refused(Rule::MinutesNotSigned));
    for who in [lead(), head("SXD")] {
        scene.must(&who, Command::SignMinutes(SignMinutes::default()));
        assert_eq!(scene.tries(&lead(), &conclude), refused(Rule::MinutesNotSigned));
    }
    let late = Command::Find(finding(Severity::Note, Vec::new()));
    assert_eq!(scene.tries(&member(), &late), refused(Rule::MinutesStand));
    scene.must(&head("BQL"), Command::SignMinutes(SignMinutes::default()));
    assert_eq!(scene.state().stage(), Stage::MinutesSigned);
}

#[test]
fn the_sample_is_drawn_by_what_came_later() {
    let mut scene = Scene::announced();
    scene.on(16);
    scene.must(&lead(), Command::FixPopulation(FixPopulation { size: 40 }));
    if let Some(draw) = &mut scene.observed.draw {
        draw.checkpoint_size = 10;
    }
    let tried = scene.tries(&lead(), &Command::DrawSample(DrawSample {}));
    assert_eq!(tried, refused(Rule::CheckpointNotLater));
    let again = scene.tries(&lead(), &Command::FixPopulation(FixPopulation { size: 1 }));
    assert!(matches!(again, Err(Refusal::NotOpen(_))), "a population is fixed once");
    let mut empty = Scene::announced();
    if let Some(population) = &mut empty.observed.population {
        population.dossiers = 0;
    }
    let tried = empty.tries(&lead(), &Command::FixPopulation(FixPopulation { size: 1 }));
    assert_eq!(tried, refused(Rule::NothingToDraw));
}

#[test]
fn a_recommendation_is_closed_by_somebody_else() {
    let mut scene = Scene::concluded();
    let verify =
        |judgement| Command::Verify(Verify { recommendation: 1, judgement, note: "Xem".into() });
    assert_eq!(scene.tries(&lead(), &verify(Judgement::Done)), refused(Rule::NothingReported));
    let follow = FollowUp {
        recommendation: 1,
        text: "Đã làm".into(),
        proof: "BC 9".into(),
        ..FollowUp::default()
    };
    assert!(
        matches!(
            scene.tries(&head("BQL"), &Command::FollowUp(follow.clone())),
            Err(Refusal::NotPermitted(_))
        ),
        "not theirs"
    );
    scene.must(&head("SXD"), Command::FollowUp(follow.clone()));
    assert_eq!(scene.state().recommendations[0].status, Status::Reported);
    let own = official("own", "SXD", domain::organisation::Position::Inspector);
    assert_eq!(scene.tries(&own, &verify(Judgement::Done)), refused(Rule::VerifiedByOwn));
    scene.must(&lead(), verify(Judgement::NotDone));
    assert_eq!(scene.state().stage(), Stage::Concluded);
    scene.must(&head("SXD"), Command::FollowUp(follow)).must(&lead(), verify(Judgement::Done));
    assert_eq!(scene.state().stage(), Stage::Closed);
}

#[test]
fn only_the_overdue_goes_higher_and_only_later_is_more_time() {
    let mut scene = Scene::concluded();
    let up =
        || Command::Escalate(Escalate { recommendation: 1, to: "UBND".into(), reason: "x".into() });
    assert_eq!(scene.tries(&lead(), &up()), refused(Rule::NotOverdue));
    let extend = |day| {
        let due_on = date(2018, 12, day);
        Command::Extend(Extend { recommendation: 1, due_on, reason: "Bão".into() })
    };
    assert_eq!(scene.tries(&lead(), &extend(15)), refused(Rule::NotLater));
    scene.must(&lead(), extend(20));
    let one = &scene.state().recommendations[0];
    assert_eq!((one.what.due_on, one.first_due_on), (date(2018, 12, 20), date(2018, 12, 15)));
    assert!(one.is_overdue(date(2018, 12, 21)) && !one.is_overdue(date(2018, 12, 20)));
}

#[test]
fn a_fact_names_few_files_each_by_its_hash() {
    let mut scene = Scene::held();
    let find = |files: Vec<FileRef>| {
        let evidence = files.into_iter().map(|file| Evidence::File { file }).collect();
        Command::Find(finding(Severity::Shortcoming, evidence))
    };
    let many = (0..=FILES_MAX).map(|n| file(&format!("{n}.pdf"))).collect();
    let nameless = FileRef { hash: "../../etc".into(), ..file("a.pdf") };
    for (wrong, reason) in [
        (find(many), Reason::TooMany(FILES_MAX)),
        (find(vec![nameless.clone()]), Reason::Unknown),
        (
            Command::Answer(Answer { finding: 1, text: "x".into(), files: vec![nameless] }),
            Reason::Unknown,
        ),
    ] {
        let who = if matches!(wrong, Command::Find(_)) { member() } else { head("SXD") };
        let Err(Refusal::Invalid(problems)) = scene.tries(&who, &wrong) else { panic!("taken") };
        assert_eq!((problems[0].place.as_str(), &problems[0].reason), ("files", &reason));
    }
    scene.must(&member(), find(vec![file("anh.jpg")]));
    assert_eq!(scene.state().findings.len(), 2, "a file alone is evidence enough");
}

#[test]
fn every_file_is_found_with_its_place() {
    let scene = Scene::with_files();
    let of = scene.state();
    let places: Vec<(String, Belongs)> =
        of.files().iter().map(|kept| (kept.file.name.clone(), kept.belongs.clone())).collect();
    let expected = [
        ("phu-luc.pdf", Belongs::Report(2)),
        ("anh.jpg", Belongs::Finding(2)),
        ("giai-trinh.pdf", Belongs::Answer(2)),
        ("to-roi.png", Belongs::FollowUp(1)),
    ];
    assert_eq!(places, expected.map(|(name, place)| (name.to_owned(), place)));
    assert_eq!(of.file(&file("anh.jpg").hash).unwrap().name, "anh.jpg");
    assert_eq!(of.file(&"0".repeat(64)), None);
}

#[test]
fn another_value_than_the_systems_needs_a_reason_and_remarks_are_about_what_is_listed() {
    let scene = Scene::held();
    let claims: &[(Measure, &[&str], &str)] =
        &[(Measure::OnlineLevel4, &["SXD"], "5"), (Measure::OnlineLevel3, &["SXD"], "12")];
    let mut bare = report("SXD", claims);
    for claim in &mut bare.claims {
        claim.reason = "  ".into();
    }
    let tried = scene.tries(&head("SXD"), &Command::Report(bare.clone()));
    let Err(Refusal::Invalid(problems)) = tried else { panic!("taken: {tried:?}") };
    let told: Vec<_> = problems.iter().map(|p| (p.place.as_str(), &p.reason)).collect();
    assert_eq!(told, [("claims.1.reason", &Reason::Missing)], "the one that agrees needs none");
    let cited = Report { unit: String::new(), ..bare };
    assert!(scene.tries(&lead(), &Command::Report(cited)).is_ok(), "a citation gives none");

    let of = scene.state();
    let reported = &of.reports[0].what;
    assert_eq!(
        [&*reported.claims[0].reason, &*reported.claims[1].reason],
        ["", "Đếm theo sổ giấy"]
    );
    let said: Vec<_> = reported.listed.iter().map(|l| (&*l.dossier, &*l.remark)).collect();
    assert_eq!(said, [("H1", "Bão"), ("H2", "")], "every dossier of the record, said or not");
    let stranger = Remark { form: "BM4".into(), dossier: "H1".into(), text: "x".into() };
    let report = Report { remarks: vec![stranger], ..report("SXD", &[]) };
    let tried = scene.tries(&head("SXD"), &Command::Report(report));
    let Err(Refusal::Invalid(problems)) = tried else { panic!("taken: {tried:?}") };
    assert_eq!(problems[0].place, "remark.BM4.H1");
}
