//! What of a course changes, and when: a course over its whole life in a list of 16-byte changes.
//!
//! [`differences`] writes the list from courses as the definition gives them, one instant after the
//! other; [`Folding`] reads it up to any instant. Between two changes a course stays what it is.

use super::course::{Course, End, Minutes, Spell};
use crate::dossier::clock::{Verdict, Verdicts};
use crate::time::{Instant, from_millis};

/// What changes.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The officer in charge.
    Official(Option<String>),
    /// Received for the first time.
    Received,
    /// A spell in the house's hands begins.
    TakenIn,
    /// It ends.
    LetGo,
    /// The dossier ended.
    Ended(End),
    /// The applicant has the result.
    Returned,
    /// A payment was confirmed.
    Paid,
    /// How it is judged.
    Judged(Judged),
    /// Working time of its result.
    Worked(Option<Minutes>),
    /// The due date in force.
    Due(Option<Instant>),
    /// Working minutes left while the clock stands.
    Stands(Option<i64>),
}

/// All verdicts on a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    reception: Option<Verdict>,
    verdicts: Option<Verdicts>,
    steps: Option<Verdict>,
    runs_late: bool,
    consulted_late: bool,
    own_late: bool,
    reused_data: bool,
    rounds: u32,
}

/// What has changed from one course to the next. The first one comes out of nothing.
pub(super) fn differences(before: Option<&Course>, after: &Course) -> Vec<What> {
    let mut found = Vec::new();
    let new = |was: Option<Instant>, is: Option<Instant>| was.is_none() && is.is_some();
    let was = |of: fn(&Course) -> Option<Instant>| before.and_then(of);
    if before.and_then(|course| course.official.as_ref()) != after.official.as_ref() {
        found.push(What::Official(after.official.clone()));
    }
    if new(was(|course| course.received_at), after.received_at) {
        found.push(What::Received);
    }
    let spells = before.map_or(&[][..], |course| &course.spells);
    for (at, spell) in after.spells.iter().enumerate() {
        let known = spells.get(at);
        found.extend(known.is_none().then_some(What::TakenIn));
        let went_on = known.is_none_or(|known| known.to.is_none());
        found.extend((went_on && spell.to.is_some()).then_some(What::LetGo));
    }
    if let (None, Some((_, how))) = (before.and_then(|course| course.end), after.end) {
        found.push(What::Ended(how));
    }
    if new(was(|course| course.returned_at), after.returned_at) {
        found.push(What::Returned);
    }
    let paid = before.map_or(0, |course| course.paid_at.len());
    found.extend((paid..after.paid_at.len()).map(|_| What::Paid));
    let judged = Judged::of(after);
    if before.map(Judged::of) != Some(judged) {
        found.push(What::Judged(judged));
    }
    if before.and_then(|course| course.minutes) != after.minutes {
        found.push(What::Worked(after.minutes));
    }
    if was(|course| course.due) != after.due {
        found.push(What::Due(after.due));
    }
    if before.and_then(|course| course.stands) != after.stands {
        found.push(What::Stands(after.stands));
    }
    found
}

impl Judged {
    fn of(course: &Course) -> Judged {
        Judged {
            reception: course.reception,
            verdicts: course.verdicts,
            steps: course.steps,
            runs_late: course.runs_late,
            consulted_late: course.consulted_late,
            own_late: course.own_late,
            reused_data: course.reused_data,
            rounds: course.supplement_rounds,
        }
    }

    fn told_to(self, course: &mut Course) {
        course.reception = self.reception;
        course.verdicts = self.verdicts;
        course.steps = self.steps;
        course.runs_late = self.runs_late;
        course.consulted_late = self.consulted_late;
        course.own_late = self.own_late;
        course.reused_data = self.reused_data;
        course.supplement_rounds = self.rounds;
    }

    fn packed(self) -> i64 {
        let verdicts = self.verdicts;
        let of = |part: fn(Verdicts) -> Verdict| two_bits(verdicts.map(part));
        let mut bits = two_bits(self.reception)
            | of(|all| all.by_current) << 2
            | of(|all| all.by_statutory) << 4
            | of(|all| all.by_indicator) << 6
            | two_bits(self.steps) << 8;
        let flags = [
            verdicts.is_some_and(|all| all.late_with_apology),
            self.runs_late,
            self.consulted_late,
            self.own_late,
            self.reused_data,
        ];
        for (place, flag) in flags.into_iter().enumerate() {
            bits |= i64::from(flag) << (12 + place);
        }
        bits | i64::from(self.rounds) << 24
    }

    fn unpacked(bits: i64) -> Judged {
        let flag = |place: u32| bits >> (12 + place) & 1 == 1;
        let verdicts = (|| {
            Some(Verdicts {
                by_current: verdict(bits >> 2)?,
                by_statutory: verdict(bits >> 4)?,
                by_indicator: verdict(bits >> 6)?,
                late_with_apology: flag(0),
            })
        })();
        Judged {
            reception: verdict(bits),
            verdicts,
            steps: verdict(bits >> 8),
            runs_late: flag(1),
            consulted_late: flag(2),
            own_late: flag(3),
            reused_data: flag(4),
            rounds: u32::try_from(bits >> 24).unwrap_or(u32::MAX),
        }
    }
}

fn two_bits(verdict: Option<Verdict>) -> i64 {
    match verdict {
        None => 0,
        Some(Verdict::Early) => 1,
        Some(Verdict::OnTime) => 2,
        Some(Verdict::Late) => 3,
    }
}

fn verdict(bits: i64) -> Option<Verdict> {
    match bits & 3 {
        1 => Some(Verdict::Early),
        2 => Some(Verdict::OnTime),
        3 => Some(Verdict::Late),
        _ => None,
    }
}

/// A change in 16 bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change {
    /// Milliseconds since 1970, times 256, plus the kind.
    when: i64,
    value: i64,
}

const OFFICIAL: u8 = 0;
const RECEIVED: u8 = 1;
const TAKEN_IN: u8 = 2;
const LET_GO: u8 = 3;
const ENDED: u8 = 4;
const RETURNED: u8 = 5;
const PAID: u8 = 6;
const JUDGED: u8 = 7;
const WORKED: u8 = 8;
const DUE: u8 = 9;
const STANDS: u8 = 10;

/// Nothing, where a number is told.
const NOTHING: i64 = i64::MIN;

const ENDS: [End; 5] = [End::NotAccepted, End::Withdrawn, End::Stopped, End::Granted, End::Refused];

impl Change {
    /// Packs a change; `number` gives the number of an official.
    pub(super) fn new(at: Instant, what: &What, number: impl FnOnce(&str) -> u32) -> Change {
        let (kind, value) = match what {
            What::Official(id) => {
                let number = id.as_deref().map(number);
                (OFFICIAL, number.map_or(NOTHING, i64::from))
            }
            What::Received => (RECEIVED, 0),
            What::TakenIn => (TAKEN_IN, 0),
            What::LetGo => (LET_GO, 0),
            What::Ended(how) => {
                let place = ENDS.iter().position(|end| end == how);
                (ENDED, place.map_or(NOTHING, |place| place as i64))
            }
            What::Returned => (RETURNED, 0),
            What::Paid => (PAID, 0),
            What::Judged(judged) => (JUDGED, judged.packed()),
            What::Worked(minutes) => {
                let both = minutes.map(|minutes| minutes.total << 32 | minutes.stood);
                (WORKED, both.unwrap_or(NOTHING))
            }
            What::Due(at) => (DUE, at.map_or(NOTHING, |at| at.as_millisecond())),
            What::Stands(minutes) => (STANDS, minutes.unwrap_or(NOTHING)),
        };
        Change { when: at.as_millisecond() << 8 | i64::from(kind), value }
    }

    /// Milliseconds since 1970.
    pub(super) const fn at_ms(self) -> i64 {
        self.when >> 8
    }

    /// Makes the change in a course; `official` writes the official of a number.
    pub(super) fn apply(self, course: &mut Course, official: impl FnOnce(u32, &mut String)) {
        let at = || from_millis(self.at_ms());
        let number = Some(self.value).filter(|value| *value != NOTHING);
        match self.when.to_le_bytes()[0] {
            OFFICIAL => match number.and_then(|number| u32::try_from(number).ok()) {
                Some(number) => official(number, course.official.get_or_insert_default()),
                None => course.official = None,
            },
            RECEIVED => course.received_at = Some(at()),
            TAKEN_IN => course.spells.push(Spell { from: at(), to: None }),
            LET_GO => {
                if let Some(spell) = course.spells.last_mut() {
                    spell.to = Some(at());
                }
            }
            ENDED => {
                let how = number.and_then(|place| ENDS.get(usize::try_from(place).ok()?));
                course.end = how.map(|how| (at(), *how));
            }
            RETURNED => course.returned_at = Some(at()),
            PAID => course.paid_at.push(at()),
            JUDGED => Judged::unpacked(self.value).told_to(course),
            WORKED => {
                course.minutes = number
                    .map(|both| Minutes { total: both >> 32, stood: both & i64::from(u32::MAX) });
            }
            DUE => course.due = number.map(from_millis),
            _ => course.stands = number,
        }
    }
}
