//! A small province: two agencies, a delegation, a scene in which they act.

use domain::dossier::Actor;
use domain::dossier::event::FileRef;
use domain::inspection::command::*;
use domain::inspection::event::Basis;
use domain::inspection::listed::Listed;
use domain::inspection::{
    Command, Context, Draw, Event, Fact, Inspection, Measure, Observed, Population, Reading,
    Refusal, decide,
};
use domain::organisation::{Organisation, Position};
use domain::time::{Instant, instant};
use domain::worktime::Calendar;
use jiff::civil::{Date, date};

pub(crate) fn official(id: &str, unit: &str, position: Position) -> Actor {
    Actor::Official {
        id: id.to_owned(),
        name: format!("Tên {id}"),
        unit: unit.to_owned(),
        division: None,
        position,
    }
}

pub(crate) fn lead() -> Actor {
    official("lead", "NV", Position::Inspector)
}

pub(crate) fn secretary() -> Actor {
    official("secretary", "NV", Position::Inspector)
}

pub(crate) fn member() -> Actor {
    official("member", "TP", Position::Officer)
}

pub(crate) fn head(unit: &str) -> Actor {
    official(&format!("head-{unit}"), unit, Position::AgencyLeader)
}

pub(crate) fn organisation() -> Organisation {
    let unit = |id: &str, kind: &str| {
        format!("[[units]]\nid = \"{id}\"\nera = \"R2018\"\nkind = \"{kind}\"\nname = \"{id}\"\n")
    };
    let person = |id: &str, unit: &str, position: &str| {
        format!(
            "[[officials]]\nid = \"{id}\"\nname = \"Tên {id}\"\nunit = \"{unit}\"\n\
             position = \"{position}\"\ntitle = \"t\"\n"
        )
    };
    let text = [
        unit("SXD", "SXD"),
        unit("BQL", "BQLKKT"),
        unit("NV", "SNV"),
        unit("TP", "STP"),
        person("lead", "NV", "inspector"),
        person("secretary", "NV", "inspector"),
        person("member", "TP", "officer"),
        person("head-SXD", "SXD", "agency_leader"),
        person("head-BQL", "BQL", "agency_leader"),
    ];
    toml::from_str(&text.concat()).unwrap()
}

/// A day of November 2018, as the small hours of its morning.
pub(crate) fn at(day: i8) -> Instant {
    instant(date(2018, 11, day).at(8, 0, 0, 0))
}

pub(crate) fn plan(form: Form) -> Plan {
    Plan {
        year: 2018,
        month: 11,
        number: "12/KH-UBND".into(),
        form,
        units: vec!["SXD".into(), "BQL".into()],
        from: date(2018, 6, 21),
        to: date(2018, 11, 16),
        purpose: "Đánh giá việc thực hiện".into(),
    }
}

pub(crate) fn delegation() -> Delegate {
    let member = |official: &str, role| Member { official: official.to_owned(), role };
    Delegate {
        number: "99/QĐ-UBND".into(),
        decided_on: date(2018, 11, 1),
        signed_by: "Chủ tịch, Nguyễn Văn Mẫu".into(),
        members: vec![
            member("lead", Role::Lead),
            member("secretary", Role::Secretary),
            member("member", Role::Member),
        ],
        from: date(2018, 11, 5),
        to: date(2018, 11, 30),
    }
}

pub(crate) fn announcement(session_on: Date) -> Announce {
    Announce {
        number: "7/ĐKT".into(),
        report_by: session_on,
        session_on,
        data_forms: vec!["BM1".into(), "BM2".into()],
        note: String::new(),
    }
}

pub(crate) fn report(unit: &str, claims: &[(Measure, &[&str], &str)]) -> Report {
    let stated = |(measure, scope, value): &(Measure, &[&str], &str)| Stated {
        measure: measure.name().to_owned(),
        scope: scope.iter().map(|unit| (*unit).to_owned()).collect(),
        value: (*value).to_owned(),
        sentence: "Câu trong báo cáo".into(),
        reason: if unit.is_empty() { String::new() } else { "Đếm theo sổ giấy".into() },
    };
    Report {
        unit: unit.to_owned(),
        source: "Báo cáo số 1".into(),
        claims: claims.iter().map(stated).collect(),
        ..Report::default()
    }
}

pub(crate) fn session() -> Meet {
    Meet {
        place: "Sở Xây dựng".into(),
        attendees: "Đoàn; Sở".into(),
        course: "Nghe báo cáo".into(),
    }
}

pub(crate) fn finding(severity: Severity, evidence: Vec<Evidence>) -> Find {
    Find {
        unit: "SXD".into(),
        area: "C".into(),
        criterion: "C4".into(),
        severity,
        text: "Số liệu không khớp".into(),
        evidence,
        reminder: String::new(),
    }
}

pub(crate) fn conclusion(findings: Vec<u32>) -> Conclude {
    Conclude {
        number: "5/TB-UBND".into(),
        signed_by: "Phó Trưởng Ban, Nguyễn Văn Mẫu".into(),
        assessment: "Thực hiện tốt".into(),
        causes: String::new(),
        recommendations: vec![Recommend {
            addressee: "SXD".into(),
            text: "Tuyên truyền".into(),
            due_on: date(2018, 12, 15),
            legal_basis: "NĐ 63/2010 Đ35a".into(),
            findings,
        }],
    }
}

/// A dossier on a data form.
pub(crate) fn listed(form: &str, dossier: &str) -> Listed {
    Listed {
        form: form.to_owned(),
        dossier: dossier.to_owned(),
        procedure: "P".into(),
        counted_in: Measure::listed_on(form)[..1].to_vec(),
        received_at: Some(at(1)),
        due_at: Some(at(8)),
        ended_at: Some(at(9)),
        apologies: 1,
        rounds: 0,
        recorded: "Thiếu người".into(),
        remark: String::new(),
    }
}

/// A file whose hash follows from its name.
pub(crate) fn file(name: &str) -> FileRef {
    let hash = name.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    FileRef {
        hash: format!("{hash:0<64}"),
        name: name.to_owned(),
        size_bytes: 1_234,
        media_type: "application/pdf".to_owned(),
    }
}

/// An inspection under way.
#[derive(Clone)]
pub(crate) struct Scene {
    pub(crate) facts: Vec<Fact>,
    pub(crate) now: Instant,
    pub(crate) observed: Observed,
    organisation: Organisation,
    calendar: Calendar,
}

impl Scene {
    pub(crate) fn new() -> Scene {
        let reading = |measure, count| Reading::count(measure, &["SXD".to_owned()], count);
        let basis = Basis { as_of: at(16), size: 7, root: "00".into() };
        let values = vec![reading(Measure::OnlineLevel4, 5), reading(Measure::OnlineLevel3, 11)];
        let population =
            Population { ledger_size: 10, root: "00".into(), dossiers: 40, hash: "11".into() };
        let draw = Draw {
            checkpoint_size: 11,
            note: "note".into(),
            seed: "22".into(),
            codes: vec!["H1".into()],
        };
        Scene {
            facts: Vec::new(),
            now: at(5),
            observed: Observed {
                values: Some((values, basis)),
                listed: vec![listed("BM3", "H1"), listed("BM4", "H2")],
                population: Some(population),
                draw: Some(draw),
            },
            organisation: organisation(),
            calendar: calendar(),
        }
    }

    pub(crate) fn state(&self) -> Inspection {
        Inspection::replay(&self.facts).unwrap()
    }

    pub(crate) fn tries(&self, actor: &Actor, command: &Command) -> Result<Event, Refusal> {
        let ctx = Context {
            at: self.now,
            actor,
            organisation: &self.organisation,
            calendar: &self.calendar,
            observed: &self.observed,
        };
        decide(Inspection::replay(&self.facts).as_ref(), command, &ctx)
    }

    pub(crate) fn must(&mut self, actor: &Actor, command: Command) -> &mut Scene {
        let event = self.tries(actor, &command).unwrap();
        self.facts.push(Fact { at: self.now, by: actor.by(), event });
        self
    }

    pub(crate) fn on(&mut self, day: i8) -> &mut Scene {
        self.now = at(day);
        self
    }

    /// Planned, set up, announced.
    pub(crate) fn announced() -> Scene {
        let mut scene = Scene::new();
        scene.must(&lead(), Command::Plan(plan(Form::Announced)));
        scene.must(&lead(), Command::Delegate(delegation()));
        scene.must(&secretary(), Command::Announce(announcement(date(2018, 11, 16))));
        scene
    }

    /// Reported, held, a shortcoming found.
    pub(crate) fn held() -> Scene {
        let mut scene = Scene::announced();
        let claims: &[(Measure, &[&str], &str)] = &[
            (Measure::OnlineLevel4, &["SXD"], "5"),
            (Measure::OnlineLevel3, &["SXD"], "12"),
            (Measure::ProceduresTotal, &["BQL", "SXD"], "53"),
        ];
        let remark = Remark { form: "BM3".into(), dossier: "H1".into(), text: "Bão".into() };
        let report = Report { remarks: vec![remark], ..report("SXD", claims) };
        scene.on(14).must(&head("SXD"), Command::Report(report));
        scene.on(16).must(&secretary(), Command::Meet(session()));
        scene.must(&lead(), Command::FixPopulation(FixPopulation { size: 5 }));
        scene.must(&secretary(), Command::DrawSample(DrawSample {}));
        let check = Check { unit: "SXD".into(), point: "C4".into(), ..Check::default() };
        scene.must(&member(), Command::Check(check));
        let evidence = vec![Evidence::Claim { no: 2 }];
        scene.must(&member(), Command::Find(finding(Severity::Shortcoming, evidence)));
        scene
    }

    /// The minutes signed by both sides.
    pub(crate) fn signed() -> Scene {
        let mut scene = Scene::held();
        let answer = Answer { finding: 1, text: "Sẽ rà soát".into(), ..Answer::default() };
        scene.must(&head("SXD"), Command::Answer(answer));
        for who in [lead(), head("SXD"), head("BQL")] {
            scene.must(&who, Command::SignMinutes(SignMinutes::default()));
        }
        scene
    }

    /// Files everywhere: with a report, a finding, an answer and a follow-up.
    pub(crate) fn with_files() -> Scene {
        let mut scene = Scene::held();
        scene.observed.listed.clear();
        let report = Report { files: vec![file("phu-luc.pdf")], ..report("SXD", &[]) };
        scene.must(&head("SXD"), Command::Report(report));
        let evidence = vec![Evidence::File { file: file("anh.jpg") }];
        scene.must(&member(), Command::Find(finding(Severity::Note, evidence)));
        for no in [1, 2] {
            let files = if no == 2 { vec![file("giai-trinh.pdf")] } else { Vec::new() };
            let answer = Answer { finding: no, text: "Sẽ rà soát".into(), files };
            scene.must(&head("SXD"), Command::Answer(answer));
        }
        for who in [lead(), head("SXD"), head("BQL")] {
            scene.must(&who, Command::SignMinutes(SignMinutes::default()));
        }
        scene.on(20).must(&lead(), Command::Conclude(conclusion(vec![1])));
        let follow = FollowUp {
            recommendation: 1,
            text: "Đã phát tờ rơi".into(),
            proof: "Tờ rơi".into(),
            files: vec![file("to-roi.png")],
        };
        scene.must(&head("SXD"), Command::FollowUp(follow));
        scene
    }

    /// Concluded with one recommendation.
    pub(crate) fn concluded() -> Scene {
        let mut scene = Scene::signed();
        scene.on(20).must(&lead(), Command::Conclude(conclusion(vec![1])));
        scene
    }
}

/// Every weekday of these years is worked.
fn calendar() -> Calendar {
    let mut calendar = Calendar { sessions: Calendar::office_week(), ..Calendar::default() };
    calendar.years.extend([2018, 2019]);
    calendar
}
