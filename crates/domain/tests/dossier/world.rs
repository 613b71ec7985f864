//! The scene of the tests: the real permit for a private house in ward Hà Giang 1, its process,
//! its people, a moved clock.

use domain::dossier::command::{
    Assign, ConfirmPayment, CorrectDue, GiveBack, Propose, Reappoint, Receive, RequestPayment,
    RequestSupplement, Stop, Submit, Supplement, Work,
};
use domain::dossier::event::{
    Applicant, Channel, Fact, FileRef, Paper, ResultOutcome, StopGround, SupplementItem,
};
use domain::dossier::{Act, Actor, Command, Context, Dossier, Refusal, decide};
use domain::organisation::{Organisation, Position};
use domain::permission::acts_open_to;
use domain::procedure::Procedure;
use domain::procedure::form::{FieldKind, Form};
use domain::process::{Process, StepKind};
use domain::rules::{RuleProfile, profile_on};
use domain::time::{Instant, instant, local};
use domain::worktime::{Calendar, Day, DayKind};
use jiff::civil::date;
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(crate) struct Catalogue {
    pub(crate) procedure: Procedure,
    pub(crate) process: Process,
    pub(crate) form: Form,
    pub(crate) organisation: Organisation,
    pub(crate) calendar: Calendar,
}

pub(crate) static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let mut calendar = Calendar { sessions: Calendar::office_week(), ..Calendar::default() };
    calendar.years.extend([2026]);
    let holiday = Day {
        kind: DayKind::Holiday,
        name: "Ngày Văn hóa Việt Nam".into(),
        decision: Some("NQ 28/2026/QH16".into()),
        status: "confirmed".into(),
    };
    calendar.days.insert(date(2026, 11, 24), holiday);
    Catalogue {
        procedure: toml::from_str(include_str!(
            "../../../../catalogue/procedures/A2.XA.R2026.toml"
        ))
        .unwrap(),
        process: toml::from_str(include_str!(
            "../../../../catalogue/processes/P.A2.XA.R2026.nha_o.toml"
        ))
        .unwrap(),
        form: toml::from_str(include_str!("../../../../catalogue/forms/F.N217.PL2.M01.NHAO.toml"))
            .unwrap(),
        organisation: toml::from_str(include_str!("../../../../catalogue/organisation.toml"))
            .unwrap(),
        calendar,
    }
});

pub(crate) const CASE: &str = "nha_o_ho_gia_dinh";

pub(crate) fn at(text: &str) -> Instant {
    instant(text.parse().unwrap())
}

pub(crate) fn citizen() -> Actor {
    Actor::Applicant { account: "dan1".into() }
}

pub(crate) fn stranger() -> Actor {
    Actor::Applicant { account: "dan2".into() }
}

/// The first official of a position at a place of the demo organisation.
pub(crate) fn official(place: &str, position: Position) -> Actor {
    let found = CATALOGUE.organisation.officials_at(place, position, date(2026, 11, 9)).next();
    let official = found.unwrap_or_else(|| panic!("nobody is {} at {place}", position.name()));
    Actor::Official {
        id: official.id.clone(),
        name: official.name.clone(),
        unit: official.unit.clone(),
        division: official.division.clone(),
        position,
    }
}

pub(crate) fn counter() -> Actor {
    official("U26.BP1", Position::CounterOfficer)
}
pub(crate) fn head() -> Actor {
    official("D26.XA1.KT", Position::UnitLeader)
}
pub(crate) fn officer() -> Actor {
    official("D26.XA1.KT", Position::Officer)
}
pub(crate) fn leader() -> Actor {
    official("U26.XA1", Position::AgencyLeader)
}
pub(crate) fn clerk() -> Actor {
    official("U26.XA1", Position::SealClerk)
}

/// A dossier in the making: facts so far, and the clock.
#[derive(Clone)]
pub(crate) struct Scene {
    pub(crate) facts: Vec<Fact>,
    pub(crate) now: Instant,
    pub(crate) number: u32,
    /// The procedure, its law as a test wants it.
    pub(crate) procedure: Procedure,
    /// The working calendar of the day.
    pub(crate) calendar: Calendar,
    /// The rules of the day.
    pub(crate) profile: RuleProfile,
}

impl Scene {
    pub(crate) fn new() -> Scene {
        let now = at("2026-11-09T09:00");
        Scene {
            facts: Vec::new(),
            now,
            number: 1,
            procedure: CATALOGUE.procedure.clone(),
            calendar: CATALOGUE.calendar.clone(),
            profile: *profile_on(local(now).date()).unwrap(),
        }
    }

    pub(crate) fn state(&self) -> Option<Dossier> {
        Dossier::replay(&self.facts)
    }

    pub(crate) fn dossier(&self) -> Dossier {
        self.state().expect("the scene has a dossier")
    }

    /// Tries a command and keeps its facts.
    pub(crate) fn act(&mut self, actor: &Actor, command: &Command) -> Result<Vec<Fact>, Refusal> {
        let catalogue = &*CATALOGUE;
        let ctx = Context {
            at: self.now,
            actor,
            procedure: &self.procedure,
            process: Some(&catalogue.process),
            form: Some(&catalogue.form),
            organisation: &catalogue.organisation,
            calendar: &self.calendar,
            profile: &self.profile,
        };
        let decision = decide(self.state().as_ref(), command, &ctx)?;
        let number = decision.book.as_ref().map(|_| self.number);
        let facts = decision.numbered(number, self.now);
        self.facts.extend(facts.iter().cloned());
        Ok(facts)
    }

    pub(crate) fn must(&mut self, actor: &Actor, command: &Command) -> &mut Scene {
        let outcome = self.act(actor, command);
        assert!(outcome.is_ok(), "{command:?}: {outcome:?}");
        self
    }

    pub(crate) fn wait(&mut self, until: &str) -> &mut Scene {
        self.now = at(until);
        self
    }

    /// Does whatever is open until a task of this kind is.
    pub(crate) fn play_until_task(&mut self, kind: StepKind) -> &mut Scene {
        for _ in 0..60 {
            let dossier = self.dossier();
            let task = dossier.open_tasks().next().expect("a running dossier has a task").clone();
            if task.kind == kind {
                return self;
            }
            let (actor, command) = next(&dossier, &task);
            self.must(&actor, &command);
        }
        panic!("no task of the kind {kind:?} opens");
    }

    /// Does whatever is open, by whoever may do it, until a stage is reached.
    pub(crate) fn play_until(&mut self, stage: &str) -> &mut Scene {
        for _ in 0..60 {
            let dossier = self.dossier();
            if dossier.stage.name() == stage {
                return self;
            }
            let task = dossier.open_tasks().next().expect("a running dossier has a task").clone();
            let (actor, command) = next(&dossier, &task);
            self.must(&actor, &command);
        }
        panic!("{stage} is not reached");
    }
}

/// Who does a task, and how.
fn next(dossier: &Dossier, task: &domain::dossier::event::TaskOpened) -> (Actor, Command) {
    let work = Command::Work(Work { task: Some(task.no), ..Work::default() });
    match task.kind {
        StepKind::Receive if dossier.stage.name() == "received" => (counter(), Command::Transfer),
        StepKind::Receive => (counter(), Command::Receive(Receive::default())),
        StepKind::Assign => (head(), assign()),
        StepKind::Propose => (officer(), propose(ResultOutcome::Granted)),
        StepKind::Review => (head(), work),
        StepKind::Sign => (leader(), Command::Sign(Default::default())),
        StepKind::Issue => (clerk(), Command::Issue(Default::default())),
        StepKind::GiveBack => (counter(), Command::GiveBack(GiveBack::default())),
        StepKind::Work | StepKind::Consult => (officer(), work),
    }
}

pub(crate) fn assign() -> Command {
    let Actor::Official { id, .. } = officer() else { unreachable!("an official") };
    Command::Assign(Assign { officer: id, note: String::new() })
}

pub(crate) fn propose(outcome: ResultOutcome) -> Command {
    Command::Propose(Propose {
        outcome,
        title: "Giấy phép xây dựng".into(),
        body: "Cho phép xây dựng nhà ở riêng lẻ.".into(),
        note: String::new(),
    })
}

pub(crate) fn request() -> Command {
    Command::RequestSupplement(RequestSupplement {
        items: vec![SupplementItem {
            component: CATALOGUE.procedure.components_for(Some(CASE))[1].id.clone(),
            what: "Bản vẽ mờ, hãy chụp lại rõ nét".into(),
            legal_basis: String::new(),
        }],
        reason: "Bản vẽ không đọc được".into(),
    })
}

pub(crate) fn supplement() -> Command {
    let component = CATALOGUE.procedure.components_for(Some(CASE))[1].id.clone();
    Command::Supplement(Supplement {
        papers: vec![Paper {
            component,
            kind: "electronic_copy".into(),
            count: 1,
            ..Paper::default()
        }],
        note: String::new(),
    })
}

pub(crate) fn payment() -> Command {
    Command::RequestPayment(RequestPayment {
        what: "Lệ phí cấp giấy phép xây dựng".into(),
        amount_vnd: 75_000,
        legal_basis: "Nghị quyết của HĐND tỉnh".into(),
        within_days: Some(5),
    })
}

pub(crate) fn paid() -> Command {
    Command::ConfirmPayment(ConfirmPayment {
        receipt_number: "BL-0007".into(),
        note: String::new(),
    })
}

pub(crate) fn apology(working_days: u32) -> Command {
    Command::Reappoint(Reappoint { reason: "Chờ kết quả đo đạc".into(), working_days })
}

pub(crate) fn correction() -> Command {
    Command::CorrectDue(CorrectDue { decision: "12/QĐ-UBND".into() })
}

pub(crate) fn stop(ground: StopGround) -> Command {
    Command::Stop(Stop {
        ground,
        reason: "Quá hạn bổ sung hồ sơ".into(),
        legal_basis: "NĐ 217/2026 Đ54.2.b".into(),
    })
}

pub(crate) fn submit() -> Submit {
    let procedure = &CATALOGUE.procedure;
    let papers = procedure
        .components_for(Some(CASE))
        .iter()
        .filter(|component| component.mandatory)
        .map(|component| Paper {
            component: component.id.clone(),
            kind: "electronic_copy".into(),
            count: 1,
            file: Some(FileRef {
                hash: "00".repeat(32),
                name: "giay-to.pdf".into(),
                size_bytes: 1_000,
                media_type: "application/pdf".into(),
            }),
            ..Paper::default()
        })
        .collect();
    Submit {
        case: Some(CASE.into()),
        agency: "U26.XA1".into(),
        channel: Channel::Online,
        applicant: Applicant {
            name: "H'Hen Niê".into(),
            personal_number: Some("001087123456".into()),
            phone: Some("0912 345 678".into()),
            email: Some("dan1@demo.invalid".into()),
            address: "Tổ 1, phường Hà Giang 1, tỉnh Tuyên Quang".into(),
            ..Applicant::default()
        },
        form: filled(),
        papers,
        ..Submit::default()
    }
}

/// Every required field with a value of its kind.
pub(crate) fn filled() -> BTreeMap<String, String> {
    let mut filled = BTreeMap::new();
    for field in CATALOGUE.form.fields.iter().filter(|field| field.required) {
        let text = match field.kind {
            FieldKind::PersonName => "H'Hen Niê".to_owned(),
            FieldKind::PersonalNumber => "001087123456".to_owned(),
            FieldKind::TaxCode => "0100109106".to_owned(),
            FieldKind::Date => "9/11/2026".to_owned(),
            FieldKind::Phone => "0912345678".to_owned(),
            FieldKind::Email => "dan1@demo.invalid".to_owned(),
            FieldKind::Money | FieldKind::AreaM2 | FieldKind::Number => "120,5".to_owned(),
            FieldKind::Choice => field.choices.first().cloned().unwrap_or("1".to_owned()),
            FieldKind::Text | FieldKind::Address | FieldKind::File => {
                "Phường Hà Giang 1".to_owned()
            }
        };
        filled.insert(field.name.clone(), text);
    }
    filled
}

/// The acts open to an actor, as names.
pub(crate) fn open(actor: &Actor, dossier: &Dossier) -> Vec<&'static str> {
    let mut names: Vec<&str> =
        acts_open_to(actor, dossier).iter().map(|open| open.act.name()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

pub(crate) fn everybody() -> [(&'static str, Actor); 9] {
    [
        ("applicant", citizen()),
        ("other applicant", stranger()),
        ("counter officer", counter()),
        ("head of unit", head()),
        ("officer in charge", officer()),
        ("agency leader", leader()),
        ("seal clerk", clerk()),
        ("officer of another ward", official("D26.XA3.KT", Position::Officer)),
        ("controller", official("U26.VP", Position::Controller)),
    ]
}

pub(crate) fn all_acts() -> impl Iterator<Item = Act> {
    Act::ALL.into_iter()
}
