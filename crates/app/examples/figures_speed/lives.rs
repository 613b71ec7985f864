//! A few lives of dossiers, folded from facts.

use domain::dossier::Fact;
use domain::dossier::event::{
    Applicant, By, Channel, DueDate, Event, Issued, Moves, Received, ResultChannel, ResultOutcome,
    Returned, Submitted, SupplementRequested, SupplementStage, Supplemented, Withdrawn,
};
use domain::organisation::Level;
use domain::rules::profile;
use domain::statistics::marks::Marks;
use domain::statistics::{Service, Setting};
use domain::time::Instant;
use domain::worktime::{Calendar, Years};
use jiff::SignedDuration;

/// Lives of every kind, each once: results early, on time and late, with and without supplements,
/// some that still run, some withdrawn.
pub(crate) fn all() -> Vec<Marks> {
    let calendar =
        Calendar { sessions: Calendar::office_week(), years: Years::Every, ..Calendar::default() };
    let setting = Setting { field: "F", service: Service::Full, level: Level::Commune };
    let marks = |facts: Vec<Fact>| Marks::of(&facts, &setting, &calendar).expect("every year");
    (0..64).map(|no| marks(life(no))).collect()
}

fn life(no: i64) -> Vec<Fact> {
    let begun: Instant = "2023-06-01T01:00:00Z".parse().expect("an instant");
    let mut at = begun + SignedDuration::from_mins(no * 7);
    let mut facts = Vec::new();
    let mut add = |at: Instant, event: Event| facts.push(Fact { at, by: By::System, event });
    let wait = |hours: i64| SignedDuration::from_hours(hours);
    add(at, submitted());
    at += wait(1 + no % 5);
    add(at, received(at, 1));
    match no % 16 {
        0 => add(at + wait(30), Event::Withdrawn(withdrawn())),
        1 => {}
        2 | 3 => {
            add(at + wait(50), asked());
            add(at + wait(120), Event::Supplemented(supplemented()));
            add(at + wait(121), received(at + wait(121), 2));
            add(at + wait(200 + no), issued());
        }
        kind => {
            let end = at + wait(if kind < 12 { 90 + no } else { 250 + no });
            add(end, issued());
            add(end + wait(20), returned());
        }
    }
    facts
}

fn submitted() -> Event {
    Event::Submitted(
        Submitted {
            procedure: "P".into(),
            case: None,
            time_class: None,
            agency: "A".into(),
            one_stop: "BP".into(),
            channel: Channel::Online,
            account: None,
            applicant: Applicant::default(),
            form: Default::default(),
            papers: Vec::new(),
            result_channel: ResultChannel::Counter,
            moves: Moves::default(),
        }
        .into(),
    )
}

fn received(at: Instant, cycle: u32) -> Event {
    let due =
        |days: i64| DueDate { at: at + SignedDuration::from_hours(24 * days), why: Vec::new() };
    Event::Received(Received {
        late_entry: None,
        cycle,
        code: "000.00.01.H22-260101-0001".into(),
        agency_code: "000.00.01.H22".into(),
        number: 1,
        profile: "R2026".into(),
        rules: profile("R2026").map(|profile| profile.rules),
        process: "P".into(),
        due: due(10),
        statutory_due: due(15),
        papers: Vec::new(),
        note: String::new(),
        moves: Moves::default(),
    })
}

fn asked() -> Event {
    Event::SupplementRequested(SupplementRequested {
        stage: SupplementStage::Appraisal,
        ordinal: 1,
        items: Vec::new(),
        reason: "x".into(),
        remaining_minutes: 2_000,
        statutory_remaining_minutes: None,
        answer_by: None,
        moves: Moves::default(),
    })
}

fn supplemented() -> Supplemented {
    Supplemented { papers: Vec::new(), note: String::new(), moves: Moves::default() }
}

fn withdrawn() -> Withdrawn {
    Withdrawn { reason: "x".into(), moves: Moves::default() }
}

fn issued() -> Event {
    let (book, outcome) = ("KQ".into(), ResultOutcome::Granted);
    Event::Issued(Issued {
        number: 1,
        book,
        outcome,
        paper: None,
        file: None,
        moves: Moves::default(),
    })
}

fn returned() -> Event {
    Event::Returned(Returned {
        recipient: String::new(),
        channel: ResultChannel::Counter,
        note: String::new(),
        moves: Moves::default(),
    })
}
