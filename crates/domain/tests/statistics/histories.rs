//! Histories made up fact by fact: people do what they like, in an order that can happen.

use domain::dossier::Fact;
use domain::dossier::event::{
    Applicant, Assigned, By, Channel, DueCorrected, DueDate, Event, Issued, Moves, NotAccepted,
    PaymentConfirmed, PaymentRequested, Proposed, Reappointed, Received, ResultChannel,
    ResultOutcome, Returned, Signed, StepCompleted, StopGround, Stopped, Submitted,
    SupplementRequested, SupplementStage, Supplemented, TaskOpened, Withdrawn,
};
use domain::organisation::{Level, Position};
use domain::process::StepKind;
use domain::rules::profile;
use domain::statistics::{Course, History, Service, Setting};
use domain::time::Instant;
use domain::worktime::{Calendar, Years};
use jiff::SignedDuration;
use std::sync::LazyLock;

pub(crate) static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar {
    sessions: Calendar::office_week(),
    years: Years::Every,
    ..Calendar::default()
});

pub(crate) const SETTINGS: [Setting<'static>; 3] = [
    Setting { field: "XD", service: Service::Full, level: Level::Commune },
    Setting { field: "QH", service: Service::Partial, level: Level::Province },
    Setting { field: "DT", service: Service::Other, level: Level::Province },
];

/// A dossier's facts, and where it belongs.
#[derive(Debug, Clone)]
pub(crate) struct Life {
    pub(crate) setting: usize,
    pub(crate) now: Instant,
    pub(crate) facts: Vec<Fact>,
    pub(crate) asked: u32,
    pub(crate) cycle: u32,
    pub(crate) due: Option<Instant>,
    pub(crate) tasks: Vec<u32>,
}

impl Life {
    pub(crate) fn begin(setting: usize, at: &str, channel: Channel) -> Life {
        Life::begin_at(setting, at.parse().unwrap(), channel)
    }

    pub(crate) fn begin_at(setting: usize, now: Instant, channel: Channel) -> Life {
        let mut life =
            Life { setting, now, facts: Vec::new(), asked: 0, cycle: 0, due: None, tasks: vec![1] };
        let reception = TaskOpened {
            no: 1,
            step: 0,
            kind: StepKind::Receive,
            name: "Tiếp nhận".into(),
            place: "BP".into(),
            position: Position::CounterOfficer,
            officer: None,
            due_at: Some(now + SignedDuration::from_hours(24)),
            consultation: None,
        };
        life.add(Event::Submitted(
            Submitted {
                procedure: format!("P{setting}"),
                case: None,
                time_class: None,
                agency: format!("A{}", setting % 2),
                one_stop: "BP".into(),
                channel,
                account: None,
                applicant: Applicant::default(),
                form: Default::default(),
                papers: Vec::new(),
                result_channel: ResultChannel::Counter,
                moves: Moves { closes: Vec::new(), opens: vec![reception] },
            }
            .into(),
        ));
        life
    }

    pub(crate) fn wait_hours(&mut self, hours: i64) -> &mut Life {
        self.now += SignedDuration::from_hours(hours);
        self
    }

    fn add(&mut self, event: Event) -> &mut Life {
        self.facts.push(Fact { at: self.now, by: By::System, event });
        self
    }

    fn due_in(&self, days: i64) -> DueDate {
        DueDate { at: self.now + SignedDuration::from_hours(24 * days), why: Vec::new() }
    }

    /// Received, promised for so many days later.
    pub(crate) fn receive(&mut self, days: i64) -> &mut Life {
        self.cycle += 1;
        let (due, statutory_due) = (self.due_in(days), self.due_in(days + 5));
        self.due = Some(due.at);
        self.add(Event::Received(Received {
            cycle: self.cycle,
            code: "000.00.01.H22-260101-0001".into(),
            agency_code: "000.00.01.H22".into(),
            number: 1,
            profile: "R2026".into(),
            rules: profile("R2026").map(|profile| profile.rules),
            process: "P".into(),
            due,
            statutory_due,
            papers: Vec::new(),
            note: String::new(),
            late_entry: None,
            moves: Moves { closes: vec![1], opens: Vec::new() },
        }))
    }

    pub(crate) fn refuse(&mut self) -> &mut Life {
        self.add(Event::NotAccepted(NotAccepted {
            ground: Default::default(),
            reason: "x".into(),
            legal_basis: "x".into(),
            moves: Moves::default(),
        }))
    }

    pub(crate) fn assign(&mut self, officer: &str) -> &mut Life {
        self.add(Event::Assigned(Assigned {
            officer: officer.into(),
            officer_name: officer.into(),
            note: String::new(),
            moves: Moves::default(),
        }))
    }

    /// Supplements are asked for, before reception or after it; so much time was left.
    pub(crate) fn ask(&mut self, remaining_minutes: i64) -> &mut Life {
        self.asked += 1;
        let appraisal = self.cycle > 0;
        self.add(Event::SupplementRequested(SupplementRequested {
            stage: if appraisal { SupplementStage::Appraisal } else { SupplementStage::Reception },
            ordinal: self.asked,
            items: Vec::new(),
            reason: "x".into(),
            remaining_minutes,
            statutory_remaining_minutes: None,
            answer_by: None,
            moves: Moves::default(),
        }))
    }

    pub(crate) fn supplement(&mut self) -> &mut Life {
        self.add(Event::Supplemented(Supplemented {
            papers: Vec::new(),
            note: String::new(),
            moves: Moves::default(),
        }))
    }

    pub(crate) fn ask_payment(&mut self) -> &mut Life {
        self.add(Event::PaymentRequested(PaymentRequested {
            ordinal: 1,
            what: "Lệ phí".into(),
            amount_vnd: 75_000,
            legal_basis: "x".into(),
            pay_by: None,
            pauses: true,
            remaining_minutes: 480,
            statutory_remaining_minutes: 960,
            moves: Moves::default(),
        }))
    }

    pub(crate) fn pay(&mut self) -> &mut Life {
        let (due, statutory_due) = (self.due_in(3), self.due_in(8));
        self.due = Some(due.at);
        self.add(Event::PaymentConfirmed(PaymentConfirmed {
            receipt_number: "1".into(),
            note: String::new(),
            due: Some(due),
            statutory_due: Some(statutory_due),
            moves: Moves::default(),
        }))
    }

    /// The due date is moved with an apology.
    pub(crate) fn apologise(&mut self, days: i64) -> &mut Life {
        let old_due = DueDate { at: self.due.unwrap(), why: Vec::new() };
        let due =
            DueDate { at: old_due.at + SignedDuration::from_hours(24 * days), ..old_due.clone() };
        self.add(Event::Reappointed(Reappointed { reason: "x".into(), old_due, due }))
    }

    pub(crate) fn correct(&mut self) -> &mut Life {
        let old_due = DueDate { at: self.due.unwrap(), why: Vec::new() };
        let due = DueDate { at: old_due.at + SignedDuration::from_hours(24), ..old_due.clone() };
        let (decision, statutory_due) = ("1/QĐ".into(), due.clone());
        self.add(Event::DueCorrected(DueCorrected { decision, old_due, due, statutory_due }))
    }

    pub(crate) fn issue(&mut self, outcome: ResultOutcome) -> &mut Life {
        let moves = Moves::default;
        let (title, body, note) = (String::new(), String::new(), String::new());
        self.add(Event::Proposed(Proposed {
            draft: 1,
            outcome,
            title,
            body,
            note,
            moves: moves(),
        }));
        self.add(Event::Signed(Signed {
            draft: 1,
            title: String::new(),
            file: None,
            moves: moves(),
        }));
        let book = "KQ-2026".into();
        self.add(Event::Issued(Issued {
            number: 1,
            book,
            outcome,
            paper: None,
            file: None,
            moves: moves(),
        }))
    }

    /// A step ends, and another one begins, planned for so many hours.
    pub(crate) fn step(&mut self, kind: StepKind, hours: i64) -> &mut Life {
        let last = self.tasks.last().copied().unwrap_or_default();
        let due = self.now + SignedDuration::from_hours(hours);
        let opened = TaskOpened {
            no: last + 1,
            step: last,
            kind,
            name: format!("Bước {}", last % 3),
            place: "PB".into(),
            position: Position::Officer,
            officer: None,
            due_at: Some(due),
            consultation: None,
        };
        self.tasks.push(last + 1);
        self.add(Event::StepCompleted(StepCompleted {
            task: last,
            step: last,
            name: String::new(),
            note: String::new(),
            deemed_consent: false,
            moves: Moves { closes: vec![last], opens: vec![opened] },
        }))
    }

    pub(crate) fn give_back(&mut self) -> &mut Life {
        self.add(Event::Returned(Returned {
            recipient: String::new(),
            channel: ResultChannel::Counter,
            note: String::new(),
            moves: Moves::default(),
        }))
    }

    pub(crate) fn withdraw(&mut self) -> &mut Life {
        self.add(Event::Withdrawn(Withdrawn { reason: "x".into(), moves: Moves::default() }))
    }

    pub(crate) fn stop(&mut self) -> &mut Life {
        self.add(Event::Stopped(Stopped {
            ground: StopGround::SpecialLaw,
            reason: "x".into(),
            legal_basis: "x".into(),
            moves: Moves::default(),
        }))
    }

    /// All facts up to an instant; `None` before the filing.
    pub(crate) fn history(&self, at: Instant) -> Option<History> {
        History::as_of(&self.facts, at)
    }

    /// What the figures see at an instant; `None` before the filing.
    pub(crate) fn course(&self, id: &str, at: Instant) -> Option<Course> {
        let history = self.history(at)?;
        Some(history.course(id, at, &SETTINGS[self.setting], &CALENDAR).unwrap())
    }
}

/// Chance from a number (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }
}

enum At {
    Desk,
    AskedAtDesk,
    Work,
    Asked,
    Supplemented,
    Payment,
    Issued,
    Over,
}

/// A life of up to 14 acts, filed in 2026, that may end anywhere.
pub(crate) fn random(dice: &mut Dice) -> Life {
    let channels = [Channel::Online, Channel::Counter, Channel::Post];
    let start: Instant = "2026-01-01T00:00:00Z".parse().unwrap();
    let start = start + SignedDuration::from_mins(dice.roll(300 * 1440) as i64);
    let channel = channels[dice.roll(3) as usize];
    let mut life = Life::begin_at(dice.roll(3) as usize, start, channel);
    let mut at = At::Desk;
    let mut apologised = false;
    for _ in 0..14 {
        let hours = dice.roll(60) as i64;
        life.wait_hours(hours);
        if dice.roll(14) == 0 {
            break;
        }
        at = match at {
            At::Desk => desk(&mut life, dice),
            At::AskedAtDesk | At::Asked => asked(&mut life, dice, at),
            At::Work => work(&mut life, dice, &mut apologised),
            At::Supplemented => {
                life.receive(1 + dice.roll(15) as i64);
                At::Work
            }
            At::Payment => {
                if dice.roll(6) == 0 {
                    life.stop()
                } else {
                    life.pay()
                };
                if life.facts.last().is_some_and(|fact| fact.event.kind() == "stopped") {
                    At::Over
                } else {
                    At::Work
                }
            }
            At::Issued => {
                life.give_back();
                At::Over
            }
            At::Over => break,
        };
    }
    life
}

fn desk(life: &mut Life, dice: &mut Dice) -> At {
    match dice.roll(10) {
        0 => {
            life.refuse();
            At::Over
        }
        1 => {
            life.withdraw();
            At::Over
        }
        2 => {
            life.ask(0);
            At::AskedAtDesk
        }
        _ => {
            life.receive(1 + dice.roll(15) as i64);
            At::Work
        }
    }
}

fn asked(life: &mut Life, dice: &mut Dice, at: At) -> At {
    match dice.roll(8) {
        0 => {
            life.withdraw();
            At::Over
        }
        1 => {
            life.stop();
            At::Over
        }
        _ => {
            life.supplement();
            if matches!(at, At::Asked) { At::Supplemented } else { At::Desk }
        }
    }
}

fn work(life: &mut Life, dice: &mut Dice, apologised: &mut bool) -> At {
    match dice.roll(18) {
        0 => {
            life.withdraw();
            return At::Over;
        }
        1 => {
            life.stop();
            return At::Over;
        }
        2 | 3 => {
            life.ask(dice.roll(2_000) as i64 - 300);
            return At::Asked;
        }
        4 => {
            life.ask_payment();
            return At::Payment;
        }
        5 if !*apologised => {
            *apologised = true;
            life.apologise(1 + dice.roll(5) as i64);
        }
        6 => {
            life.correct();
        }
        7 | 8 => {
            life.assign(["CB1", "CB2", "CB3"][dice.roll(3) as usize]);
        }
        9..=11 => {
            let refused = dice.roll(5) == 0;
            life.issue(if refused { ResultOutcome::Refused } else { ResultOutcome::Granted });
            return At::Issued;
        }
        _ => {
            let kinds = [StepKind::Work, StepKind::Consult, StepKind::GiveBack];
            life.step(kinds[dice.roll(3) as usize], dice.roll(100) as i64);
        }
    }
    At::Work
}
