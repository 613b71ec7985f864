//! The definitions of what one dossier shows by itself, asked with the whole dossier at hand.
//! D1, D2, D3 (close to the due date), D7–D11, D13, D14.

use super::Lens;
use domain::detectors::{Detector, Oddity};
use domain::dossier::clock::{self, Remaining, Verdict};
use domain::dossier::event::{Channel, Event, Paper, SupplementStage};
use domain::dossier::{Dossier, Fact, Stage, Task};
use domain::process::StepKind;
use domain::rules::Grain;
use domain::time::{Instant, local};
use domain::worktime::{Calendar, YearNotEntered};
use jiff::ToSpan as _;
use jiff::civil::Time;

/// A fact, and the dossier before it.
pub(crate) struct Step<'s> {
    pub(crate) before: &'s Dossier,
    pub(crate) fact: &'s Fact,
    pub(crate) lens: &'s Lens<'s>,
}

/// Something odd, nothing, or a year without a calendar.
type Found = Result<Option<Oddity>, YearNotEntered>;

type AtAFact = fn(&Step<'_>) -> Found;
type AtTheEnd = fn(&Dossier, &Lens<'_>) -> Found;

/// What is asked at each fact.
pub(crate) const AT_A_FACT: [(Detector, AtAFact); 10] = [
    (Detector::LateRequest, late_request),
    (Detector::NothingNew, nothing_new),
    (Detector::Withdrawal, withdrawn_near_due),
    (Detector::LateReception, late_reception),
    (Detector::BackDated, entered_late),
    (Detector::Unsigned, unsigned),
    (Detector::Stuck, stuck_before),
    (Detector::Apology, apology),
    (Detector::Fee, fee),
    (Detector::NotListed, not_listed),
];

/// What is asked at the end of the period.
pub(crate) const AT_THE_END: [(Detector, AtTheEnd); 3] = [
    (Detector::LateReception, still_waiting),
    (Detector::Stuck, stuck_now),
    (Detector::Apology, runs_late),
];

/// Working minutes left of the promised time of a running clock.
pub(crate) fn left(
    dossier: &Dossier,
    at: Instant,
    calendar: &Calendar,
) -> Result<Option<i64>, YearNotEntered> {
    Ok(clock::remaining(dossier, at, calendar)?.running())
}

fn minutes(lens: &Lens<'_>, from: Instant, to: Instant) -> Result<i64, YearNotEntered> {
    lens.calendar.count_minutes(local(from), local(to))
}

/// D1: during appraisal, with less left than the threshold's share of the cycle's time.
fn late_request(step: &Step<'_>) -> Found {
    let Step { before, fact, lens } = step;
    let asked = matches!(&fact.event, Event::SupplementRequested(asked)
        if asked.stage == SupplementStage::Appraisal);
    let (Some(started), Some(due)) = (before.clock.started_at, &before.clock.due) else {
        return Ok(None);
    };
    let Remaining::Running(left_minutes) = clock::remaining(before, fact.at, lens.calendar)? else {
        return Ok(None);
    };
    if !asked {
        return Ok(None);
    }
    let whole_minutes = minutes(lens, started, due.at)?;
    let odd = left_minutes * 100 <= whole_minutes * lens.thresholds.late_request_percent.value;
    Ok(odd.then_some(Oddity::LateRequest { left_minutes, whole_minutes }))
}

/// D2: nothing that was asked for by its component came anew. What a law asks for by an article,
/// and papers without a file, cannot be compared.
fn nothing_new(step: &Step<'_>) -> Found {
    let Event::Supplemented(answer) = &step.fact.event else { return Ok(None) };
    let items = step.before.supplements.last().map_or(&[][..], |cycle| &cycle.items);
    let asked: Vec<&str> =
        items.iter().map(|item| item.component.as_str()).filter(|id| !id.is_empty()).collect();
    let of = |papers: &[Paper], id: &str| papers.iter().find(|p| p.component == id).cloned();
    let anew = |id: &&str| match (of(&step.before.papers, id), of(&answer.papers, id)) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(old), Some(new)) => match (old.file, new.file) {
            (Some(old), Some(new)) => old.hash != new.hash,
            (_, None) => new.count > 0,
            (None, Some(_)) => true,
        },
    };
    let odd = !asked.is_empty() && !asked.iter().any(anew);
    Ok(odd.then_some(Oddity::NothingNew { asked: asked.len() as u64 }))
}

/// D3: taken back when little or nothing was left.
fn withdrawn_near_due(step: &Step<'_>) -> Found {
    let Event::Withdrawn(_) = step.fact.event else { return Ok(None) };
    let left = left(step.before, step.fact.at, step.lens.calendar)?;
    let near = step.lens.thresholds.withdrawn_near_minutes.value;
    Ok(left
        .filter(|left| *left <= near)
        .map(|left_minutes| Oddity::WithdrawnNearDue { left_minutes }))
}

/// Waits the dossier for the counter before its first reception?
fn at_the_counter(dossier: &Dossier) -> bool {
    matches!(
        dossier.stage,
        Stage::Submitted | Stage::Supplemented { at: SupplementStage::Reception, .. }
    )
}

/// D7: the counter's first answer, whichever it is, came later than allowed.
fn late_reception(step: &Step<'_>) -> Found {
    let Step { before, fact, lens } = step;
    let answered = matches!(
        fact.event,
        Event::Received(_) | Event::SupplementRequested(_) | Event::NotAccepted(_)
    );
    if !answered || !at_the_counter(before) {
        return Ok(None);
    }
    let (minutes, allowed) =
        (minutes(lens, before.changed_at, fact.at)?, lens.thresholds.reception_minutes.value);
    Ok((minutes > allowed).then_some(Oddity::LateReception { minutes, allowed }))
}

/// D7: the counter has not answered.
fn still_waiting(dossier: &Dossier, lens: &Lens<'_>) -> Found {
    if !at_the_counter(dossier) {
        return Ok(None);
    }
    let (minutes, allowed) = (
        minutes(lens, dossier.changed_at, lens.window.end)?,
        lens.thresholds.reception_minutes.value,
    );
    Ok((minutes > allowed).then_some(Oddity::StillWaiting { minutes, allowed }))
}

/// D8: on paper, and entered when nobody can have brought it.
pub(crate) fn entered_when_closed(dossier: &Dossier, lens: &Lens<'_>) -> Found {
    let at = local(dossier.submitted_at);
    let sessions = lens.calendar.sessions_on(at.date())?;
    let minute = |time: Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
    let around = lens.thresholds.closed_minutes.value;
    let open = match (sessions.first(), sessions.last()) {
        (Some(first), Some(last)) => {
            let opens = minute(first.from) - around;
            (opens..=minute(last.to) + around).contains(&minute(at.time()))
        }
        _ => false,
    };
    let on_paper = dossier.submitted.channel != Channel::Online;
    Ok((on_paper && !open).then_some(Oddity::CounterClosed))
}

/// D8: the counter says itself that the papers came on an earlier day.
fn entered_late(step: &Step<'_>) -> Found {
    let Event::Received(received) = &step.fact.event else { return Ok(None) };
    let Some(late) = &received.late_entry else { return Ok(None) };
    let (said_on, entered) = (late.arrived_on, local(step.fact.at).date());
    // The day itself is not counted.
    let after = said_on.series(1.day()).skip(1).take_while(|day| *day <= entered);
    let mut days = 0;
    for day in after {
        days += i64::from(step.lens.calendar.is_working_day(day)?);
    }
    let odd = said_on > entered || days > step.lens.thresholds.entered_days.value;
    Ok(odd.then_some(Oddity::EnteredLater { said_on, days }))
}

/// D9: issued or given back, and nobody had signed.
fn unsigned(step: &Step<'_>) -> Found {
    let ends = matches!(step.fact.event, Event::Issued(_) | Event::Returned(_));
    let signed = step.before.draft.as_ref().is_some_and(|draft| draft.signed_at.is_some());
    Ok((ends && !signed).then_some(Oddity::Unsigned))
}

/// D10: the gap before a fact.
fn stuck_before(step: &Step<'_>) -> Found {
    stuck(step.before, step.fact.at, step.lens)
}

/// D10: the gap that lasts.
fn stuck_now(dossier: &Dossier, lens: &Lens<'_>) -> Found {
    stuck(dossier, lens.window.end, lens)
}

/// The longest planned of the steps that lay there without any fact for a multiple of their time.
/// While the applicant is waited for, nothing is stuck.
fn stuck(dossier: &Dossier, until: Instant, lens: &Lens<'_>) -> Found {
    let waits =
        matches!(dossier.stage, Stage::AwaitingSupplement { .. } | Stage::AwaitingPayment { .. });
    if waits || dossier.stage.is_over() {
        return Ok(None);
    }
    let passed = minutes(lens, dossier.changed_at, until)?;
    if passed <= lens.thresholds.stuck_least_minutes.value {
        return Ok(None);
    }
    let mut longest: Option<(i64, &Task)> = None;
    for task in dossier.tasks.iter().filter(|task| task.closed.is_none()) {
        let consulted = task.opened.consultation.map(|asked| asked.answer_by);
        let Some(due) = consulted.or(task.opened.due_at) else { continue };
        if task.opened.kind == StepKind::GiveBack {
            continue;
        }
        let planned = minutes(lens, task.opened_at, due)?;
        if longest.is_none_or(|(most, _)| planned > most) {
            longest = Some((planned, task));
        }
    }
    let Some((planned, task)) = longest else { return Ok(None) };
    let odd = passed > planned * lens.thresholds.stuck_times.value;
    let name = &task.opened.name;
    let step = if name.is_empty() { task.opened.kind.name() } else { name };
    Ok(odd.then(|| Oddity::Stuck { step: step.to_owned(), minutes: passed, planned }))
}

/// Days beyond the promise, where an end at an instant is late.
fn days_late(dossier: &Dossier, at: Instant) -> Option<i64> {
    let promised = dossier.clock.promised_at?;
    let grain = dossier.rules.map_or(Grain::Date, |rules| rules.early_grain);
    let late = clock::verdict(at, promised, grain) == Verdict::Late;
    let days = local(at).date().since(local(promised).date()).map_or(0, |span| span.get_days());
    late.then_some(i64::from(days))
}

/// D11: a late result that nobody apologised for, or an apology after the due date.
fn apology(step: &Step<'_>) -> Found {
    let Step { before, fact, .. } = step;
    match &fact.event {
        Event::Reappointed(moved) => {
            Ok((fact.at > moved.old_due.at).then_some(Oddity::ApologyLate))
        }
        Event::Issued(_) if before.clock.reappointments.is_empty() => {
            Ok(days_late(before, fact.at).map(|days| Oddity::NoApology { days }))
        }
        _ => Ok(None),
    }
}

/// D11: it runs late, and nobody has apologised.
fn runs_late(dossier: &Dossier, lens: &Lens<'_>) -> Found {
    let apologised = !dossier.clock.reappointments.is_empty();
    if apologised || !clock::runs(dossier) || dossier.stage.is_over() {
        return Ok(None);
    }
    Ok(days_late(dossier, lens.window.end).map(|days| Oddity::NoApology { days }))
}

/// D13: another amount than the published ones, where any is published.
fn fee(step: &Step<'_>) -> Found {
    let Event::PaymentRequested(asked) = &step.fact.event else { return Ok(None) };
    let Some(listed) = step.lens.published.get(&step.before.submitted.procedure) else {
        return Ok(None);
    };
    let odd = !listed.fees_vnd.is_empty() && !listed.fees_vnd.contains(&asked.amount_vnd);
    Ok(odd.then(|| Oddity::FeeDiffers {
        asked_vnd: asked.amount_vnd,
        listed_vnd: listed.fees_vnd.iter().copied().collect(),
    }))
}

/// D14: a component that the procedure version does not have; neither component nor article.
fn not_listed(step: &Step<'_>) -> Found {
    let Event::SupplementRequested(asked) = &step.fact.event else { return Ok(None) };
    let Some(listed) = step.lens.published.get(&step.before.submitted.procedure) else {
        return Ok(None);
    };
    let odd = asked.items.iter().find(|item| {
        let nameless = item.component.is_empty();
        (nameless && item.legal_basis.trim().is_empty())
            || (!nameless && !listed.components.contains(&item.component))
    });
    Ok(odd.map(|item| Oddity::NotListed { component: item.component.clone() }))
}
