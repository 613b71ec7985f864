//! Stories of dossiers, told in working minutes.

use crate::reference;
use domain::detectors::{Evidence, Lens, Published, Taken, Thresholds, Told, Watch};
use domain::dossier::event::{
    Applicant, Assigned, By, Channel, Consultation, DueDate, Event, FileRef, Issued, LateEntry,
    Moves, NotAccepted, Paper, PaymentConfirmed, PaymentRequested, Proposed, Reappointed, Received,
    ResultChannel, ResultOutcome, Returned, Signed, StepCompleted, StopGround, Stopped, Submitted,
    SupplementItem, SupplementRequested, SupplementStage, Supplemented, TaskOpened, Withdrawn,
};
use domain::dossier::{Dossier, Fact};
use domain::organisation::Position;
use domain::process::StepKind;
use domain::rules::{Silence, profile};
use domain::statistics::{Period, Window};
use domain::time::{Instant, instant, local};
use domain::worktime::{Calendar, Years};
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, date};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, LazyLock};

pub(crate) static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar {
    sessions: Calendar::office_week(),
    years: Years::Every,
    ..Calendar::default()
});

pub(crate) static THRESHOLDS: LazyLock<Thresholds> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../catalogue/detectors.toml")).unwrap());

pub(crate) static PUBLISHED: LazyLock<BTreeMap<String, Published>> = LazyLock::new(|| {
    let components = ["c1".to_owned(), "c2".to_owned()].into();
    let published = Published { components, fees_vnd: [75_000, 150_000].into() };
    BTreeMap::from([("P".to_owned(), published)])
});

pub(crate) fn lens() -> Lens<'static> {
    Lens { calendar: &CALENDAR, thresholds: &THRESHOLDS, published: &PUBLISHED }
}

pub(crate) fn window(from: Date, to: Date) -> Window {
    Period::new(from, to).unwrap().seen_at(Instant::MAX)
}

/// A log: dossiers' ids and facts.
pub(crate) type Log<'s> = Vec<(&'s str, &'s Fact)>;

/// The facts of all stories, in the order of time.
pub(crate) fn log(stories: &[Story]) -> Log<'_> {
    let mut facts: Log<'_> = Vec::new();
    for story in stories {
        facts.extend(story.facts.iter().map(|fact| (story.id.as_str(), fact)));
    }
    facts.sort_by_key(|(_, fact)| fact.at);
    facts
}

/// A watch that is fed, with the dossiers as they stand.
#[derive(Default)]
pub(crate) struct Fed {
    pub(crate) watch: Watch,
    dossiers: HashMap<Arc<str>, Dossier>,
    entries: u64,
}

impl Fed {
    pub(crate) fn take(&mut self, id: &str, fact: &Fact, by: &Lens<'_>) {
        let id: Arc<str> = id.into();
        let before = self.dossiers.remove(&id);
        let after = match before.clone() {
            Some(before) => before.evolve(fact),
            None => Dossier::begin(fact).unwrap(),
        };
        let taken = Taken { before: before.as_ref(), fact, after: &after };
        self.watch.take(&id, self.entries, &taken, by).unwrap();
        self.entries += 1;
        self.dossiers.insert(id, after);
    }

    pub(crate) fn all(log: &Log<'_>) -> Fed {
        let mut fed = Fed::default();
        log.iter().for_each(|(id, fact)| fed.take(id, fact, &lens()));
        fed
    }
}

/// What the definitions say of a window, read anew.
pub(crate) fn defined(log: &Log<'_>, window: Window, agency: Option<&str>) -> Vec<Evidence> {
    let Lens { calendar, thresholds, published } = lens();
    let lens = reference::Lens { window, calendar, thresholds, published };
    let mut look = reference::Look::new(lens);
    let mut elsewhere = HashSet::new();
    for (entry, (id, fact)) in (0..).zip(log) {
        if let (Event::Submitted(filed), Some(agency)) = (&fact.event, agency)
            && filed.agency != agency
        {
            elsewhere.insert(id);
        }
        if !elsewhere.contains(id) {
            look.take(id, entry, fact).unwrap();
        }
    }
    look.close().unwrap()
}

/// What the stories show in a period.
pub(crate) fn watched(stories: &[Story], from: Date, to: Date) -> Vec<Evidence> {
    let fed = Fed::all(&log(stories));
    fed.watch.signs(&window(from, to), None, Told::All, &lens()).unwrap().found
}

/// Detectors and dossiers named in 2026.
pub(crate) fn signs(stories: &[Story]) -> Vec<(&'static str, String)> {
    let found = watched(stories, date(2026, 1, 1), date(2026, 12, 31));
    let year = window(date(2026, 1, 1), date(2026, 12, 31));
    assert_eq!(found, defined(&log(stories), year, None), "by the definition");
    found.iter().map(|e| (e.detector.code(), e.dossier.clone().unwrap_or_default())).collect()
}

/// A dossier being told.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    pub(crate) id: String,
    pub(crate) facts: Vec<Fact>,
    pub(crate) now: DateTime,
    pub(crate) due: Option<DateTime>,
    officer: String,
    tasks: u32,
    cycle: u32,
    asked: u32,
}

impl Story {
    /// Filed by a subject, at a wall-clock time.
    pub(crate) fn file(id: &str, at: &str, channel: Channel, subject: &str) -> Story {
        Story::file_at(id, at.parse().unwrap(), channel, subject)
    }

    pub(crate) fn file_at(id: &str, now: DateTime, channel: Channel, subject: &str) -> Story {
        let mut story = Story {
            id: id.to_owned(),
            facts: Vec::new(),
            now,
            due: None,
            officer: "CB1".to_owned(),
            tasks: 0,
            cycle: 0,
            asked: 0,
        };
        let moves = story.moves(StepKind::Receive, 480);
        let applicant =
            Applicant { personal_number: Some(subject.to_owned()), ..Applicant::default() };
        let submitted = Submitted {
            procedure: "P".into(),
            case: None,
            time_class: None,
            agency: "A".into(),
            one_stop: "BP".into(),
            channel,
            account: None,
            applicant,
            form: BTreeMap::default(),
            papers: vec![paper("c1", "first"), paper("c2", "first")],
            result_channel: ResultChannel::Counter,
            moves,
        };
        story.add(Event::Submitted(submitted.into()))
    }

    /// Filed with this agency.
    pub(crate) fn at_agency(mut self, agency: &str) -> Story {
        if let Event::Submitted(filed) = &mut self.facts[0].event {
            Arc::make_mut(filed).agency = agency.to_owned();
        }
        self
    }

    /// In this official's charge.
    pub(crate) fn with(mut self, officer: &str) -> Story {
        self.officer = officer.to_owned();
        self
    }

    /// So many working minutes later.
    pub(crate) fn wait(mut self, minutes: i64) -> Story {
        self.now = CALENDAR.add_minutes(self.now, minutes).unwrap();
        self
    }

    /// So many working minutes before the due date.
    pub(crate) fn before_due(self, minutes: i64) -> Story {
        let due = self.due.unwrap();
        let left = CALENDAR.count_minutes(self.now, due).unwrap();
        self.wait(left - minutes)
    }

    fn add(mut self, event: Event) -> Story {
        let (id, name, unit) = (self.officer.clone(), String::new(), "A".to_owned());
        let by = By::Official { id, name, unit };
        self.facts.push(Fact { at: instant(self.now), by, event });
        self
    }

    /// Whatever is open ends, and a step of so many working minutes begins.
    fn moves(&mut self, kind: StepKind, planned: i64) -> Moves {
        let closes = if self.tasks == 0 { Vec::new() } else { vec![self.tasks] };
        self.tasks += 1;
        let due = CALENDAR.add_minutes(self.now, planned).unwrap();
        let task = TaskOpened {
            no: self.tasks,
            step: self.tasks,
            kind,
            name: "Thẩm định".into(),
            place: "A".into(),
            position: Position::Officer,
            officer: None,
            due_at: Some(instant(due)),
            consultation: None,
        };
        Moves { closes, opens: vec![task] }
    }

    fn due_in(&self, minutes: i64) -> DueDate {
        let at = instant(CALENDAR.add_minutes(self.now, minutes).unwrap());
        DueDate { at, why: Vec::new() }
    }

    /// Received papers of which the counter says that they came on an earlier day.
    pub(crate) fn receive_late(self, days: i64, arrived_on: Date) -> Story {
        let at = self.facts.len();
        let mut story = self.receive(days);
        if let Event::Received(received) = &mut story.facts[at].event {
            let reason = "Mất mạng".to_owned();
            received.late_entry = Some(LateEntry { arrived_on, reason });
        }
        story
    }

    /// Received; promised in so many working days.
    pub(crate) fn receive(mut self, days: i64) -> Story {
        self.cycle += 1;
        let (due, statutory_due) = (self.due_in(480 * days), self.due_in(480 * (days + 5)));
        self.due = Some(local(due.at));
        let moves = self.moves(StepKind::Work, 480 * days / 2);
        let received = Received {
            late_entry: None,
            cycle: self.cycle,
            code: format!("M-{}", self.id),
            agency_code: "A".into(),
            number: 1,
            profile: "R2026".into(),
            rules: profile("R2026").map(|profile| profile.rules),
            process: "P".into(),
            due,
            statutory_due,
            papers: vec![paper("c1", "first"), paper("c2", "first")],
            note: String::new(),
            moves,
        };
        let officer = self.officer.clone();
        let assigned = Assigned {
            officer: officer.clone(),
            officer_name: officer,
            note: String::new(),
            moves: Moves::default(),
        };
        self.add(Event::Received(received)).add(Event::Assigned(assigned))
    }

    /// A step done; the next is planned for so many working minutes.
    pub(crate) fn step(mut self, next: i64) -> Story {
        let moves = self.moves(StepKind::Work, next);
        let (task, step, name) = (self.tasks - 1, self.tasks - 1, String::new());
        let note = String::new();
        let done = StepCompleted { task, step, name, note, deemed_consent: false, moves };
        self.add(Event::StepCompleted(done))
    }

    /// Others are asked, who should answer within so many working minutes.
    pub(crate) fn consult(self, minutes: i64) -> Story {
        let mut story = self.step(60);
        let answer_by = story.due_in(minutes).at;
        let asked = Consultation { answer_by, silence: Silence::Consent };
        if let Some(Event::StepCompleted(done)) = story.facts.last_mut().map(|f| &mut f.event) {
            done.moves.opens[0].consultation = Some(asked);
        }
        story
    }

    /// Supplements of a component, or of something else by an article.
    pub(crate) fn ask(mut self, component: &str, legal_basis: &str) -> Story {
        self.asked += 1;
        let due = self.due.unwrap_or(self.now);
        let remaining_minutes = CALENDAR.count_minutes(self.now, due).unwrap();
        let stage = match self.cycle {
            0 => SupplementStage::Reception,
            _ => SupplementStage::Appraisal,
        };
        let item = SupplementItem {
            component: component.to_owned(),
            what: "Chụp lại".to_owned(),
            legal_basis: legal_basis.to_owned(),
        };
        let asked = SupplementRequested {
            stage,
            ordinal: self.asked,
            items: vec![item],
            reason: "Chụp lại".into(),
            remaining_minutes,
            statutory_remaining_minutes: None,
            answer_by: None,
            moves: Moves { closes: vec![self.tasks], opens: Vec::new() },
        };
        self.add(Event::SupplementRequested(asked))
    }

    /// The answer: this component with that content.
    pub(crate) fn answer(mut self, component: &str, content: &str) -> Story {
        let moves = self.moves(StepKind::Receive, 480);
        let papers = vec![paper(component, content)];
        let note = "Tôi gửi lại.".to_owned();
        self.add(Event::Supplemented(Supplemented { papers, note, moves }))
    }

    pub(crate) fn ask_payment(self, amount_vnd: u64) -> Story {
        let moves = Moves { closes: vec![self.tasks], opens: Vec::new() };
        self.add(Event::PaymentRequested(PaymentRequested {
            ordinal: 1,
            what: "Lệ phí".into(),
            amount_vnd,
            legal_basis: "x".into(),
            pay_by: None,
            pauses: false,
            remaining_minutes: 480,
            statutory_remaining_minutes: 960,
            moves,
        }))
    }

    pub(crate) fn pay(mut self) -> Story {
        let moves = self.moves(StepKind::Work, 960);
        let (receipt_number, note) = ("1".to_owned(), String::new());
        let paid = PaymentConfirmed { receipt_number, note, due: None, statutory_due: None, moves };
        self.add(Event::PaymentConfirmed(paid))
    }

    pub(crate) fn apologise(self, days: i64) -> Story {
        let due = self.due.unwrap();
        let moved = CALENDAR.add_minutes(due, 480 * days).unwrap();
        let at = |wall| DueDate { at: instant(wall), why: Vec::new() };
        let reason = "Chờ kiểm tra thực địa".to_owned();
        self.add(Event::Reappointed(Reappointed { reason, old_due: at(due), due: at(moved) }))
    }

    pub(crate) fn sign(self) -> Story {
        let (outcome, title, body) = (ResultOutcome::Granted, String::new(), String::new());
        let (note, moves) = (String::new(), Moves::default());
        let proposed = Proposed { draft: 1, outcome, title, body, note, moves };
        let (title, moves) = (String::new(), Moves::default());
        self.add(Event::Proposed(proposed)).add(Event::Signed(Signed {
            draft: 1,
            title,
            file: None,
            moves,
        }))
    }

    pub(crate) fn issue(mut self) -> Story {
        let moves = self.moves(StepKind::GiveBack, 0);
        let (book, outcome) = ("KQ-2026".to_owned(), ResultOutcome::Granted);
        self.add(Event::Issued(Issued { number: 1, book, outcome, paper: None, file: None, moves }))
    }

    pub(crate) fn give_back(self) -> Story {
        let moves = Moves { closes: vec![self.tasks], opens: Vec::new() };
        let (recipient, channel, note) = (String::new(), ResultChannel::Counter, String::new());
        self.add(Event::Returned(Returned { recipient, channel, note, moves }))
    }

    pub(crate) fn withdraw(self) -> Story {
        let moves = Moves { closes: vec![self.tasks], opens: Vec::new() };
        self.add(Event::Withdrawn(Withdrawn { reason: "x".into(), moves }))
    }

    pub(crate) fn refuse(self) -> Story {
        let moves = Moves { closes: vec![self.tasks], opens: Vec::new() };
        let (reason, legal_basis) = ("x".to_owned(), "x".to_owned());
        let ground = Default::default();
        self.add(Event::NotAccepted(NotAccepted { ground, reason, legal_basis, moves }))
    }

    pub(crate) fn stop(self) -> Story {
        let moves = Moves { closes: vec![self.tasks], opens: Vec::new() };
        let (reason, legal_basis) = ("x".to_owned(), "x".to_owned());
        let ground = StopGround::SpecialLaw;
        self.add(Event::Stopped(Stopped { ground, reason, legal_basis, moves }))
    }

    /// So many seconds of wall-clock time later.
    pub(crate) fn seconds(mut self, seconds: i64) -> Story {
        self.now = self.now.checked_add(SignedDuration::from_secs(seconds)).unwrap();
        self
    }
}

fn paper(component: &str, content: &str) -> Paper {
    let file = FileRef { hash: format!("{component}-{content}"), ..FileRef::default() };
    let (component, kind) = (component.to_owned(), "electronic_copy".to_owned());
    Paper { component, kind, count: 1, file: Some(file), ..Paper::default() }
}
