//! The smaller clocks beside the promise: until when may be asked, answered, handed on.

use crate::dossier::Dossier;
use crate::dossier::context::Context;
use crate::dossier::event::Consultation;
use crate::dossier::refusal::Refusal;
use crate::procedure::TimeUnit;
use crate::rules::{DueRounding, StartRule};
use crate::time::{Instant, instant, local};

/// The end of the n-th working day after now; `None` of none.
pub(in crate::dossier) fn limit(
    days: Option<u32>,
    ctx: &Context<'_>,
) -> Result<Option<Instant>, Refusal> {
    days.map(|days| working_days(ctx.at, days, ctx)).transpose()
}

/// Until when the applicant should answer a request for supplements.
pub(in crate::dossier) fn answer_by(
    dossier: &Dossier,
    ctx: &Context<'_>,
) -> Result<Option<Instant>, Refusal> {
    limit(ctx.rules(dossier).applicant_supplement_limit_days, ctx)
}

/// May the unit still ask for supplements? Within three working days of reception (NĐ 61/2018
/// Đ19.4), or as the procedure's own law says; always before reception.
pub(in crate::dossier) fn may_still_ask(
    dossier: &Dossier,
    ctx: &Context<'_>,
) -> Result<bool, Refusal> {
    let Some(received_at) = dossier.clock.received_at else { return Ok(true) };
    let days = ctx.rules(dossier).supplement_request_within_days;
    Ok(ctx.at <= working_days(received_at, days, ctx)?)
}

/// The end of the eight working hours in which a filing is received (NĐ 45/2020).
pub(in crate::dossier) fn reception_by(ctx: &Context<'_>) -> Result<Instant, Refusal> {
    let minutes = i64::from(ctx.profile.rules.reception_sla_minutes);
    Ok(instant(ctx.calendar.add_minutes(local(ctx.at), minutes)?))
}

/// Until when what is received now is handed on: the same working day; from 15:00 on, the next
/// working morning (NĐ 61/2018 Đ18.2).
pub(in crate::dossier) fn transfer_by(
    dossier: &Dossier,
    ctx: &Context<'_>,
) -> Result<Instant, Refusal> {
    let now = local(ctx.at);
    if now.time() < ctx.rules(dossier).transfer_cutoff
        && let Some(evening) = ctx.calendar.end_of(now.date())?
    {
        return Ok(instant(evening));
    }
    let mut day = now.date();
    loop {
        day = day.tomorrow().unwrap_or(day);
        if let Some(morning) = ctx.calendar.sessions_on(day)?.first() {
            return Ok(instant(day.to_datetime(morning.to)));
        }
    }
}

/// The sub-clock of a consulted agency: the law's limit, else the step's own time. The main clock
/// runs on meanwhile (NĐ 61/2018 Đ19.5).
pub(in crate::dossier) fn consultation(
    step_due: Instant,
    dossier: &Dossier,
    ctx: &Context<'_>,
) -> Result<Consultation, Refusal> {
    let rule = ctx.procedure.consultation.as_ref();
    let by_law = match rule.map(|rule| (rule.limit_wd, rule.limit_calendar_days)) {
        Some((Some(days), _)) => Some(working_days(ctx.at, days, ctx)?),
        Some((None, Some(days))) => Some(days_of(ctx.at, days, TimeUnit::CalendarDay, ctx)?),
        Some((None, None)) | None => None,
    };
    let answer_by = by_law.unwrap_or(step_due);
    Ok(Consultation { answer_by, silence: ctx.rules(dossier).consultation_silence })
}

fn working_days(from: Instant, days: u32, ctx: &Context<'_>) -> Result<Instant, Refusal> {
    days_of(from, days, TimeUnit::WorkingDay, ctx)
}

fn days_of(
    from: Instant,
    days: u32,
    unit: TimeUnit,
    ctx: &Context<'_>,
) -> Result<Instant, Refusal> {
    let (rule, rounding) = (StartRule::NextWorkingDay, DueRounding::EndOfWorkingDay);
    Ok(instant(ctx.calendar.due(local(from), days, unit, rule, rounding)?.at))
}
