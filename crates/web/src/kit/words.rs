//! Values of the domain as words a person reads: refusals, stages, acts, dates, times left.

use crate::kit::i18n::{Language, t, t_with};
use domain::dossier::clock::Remaining;
use domain::dossier::timeline::Arrived;
use domain::dossier::{Problem, Reason, Refusal};
use domain::procedure::TimeUnit;
use domain::procedure::form::FieldReason;
use domain::text::{EmailError, PersonNameError, PersonalNumberError, PhoneError, TaxCodeError};
use domain::time::{Instant, local};
use domain::worktime::DAY_MINUTES;
use office::paper::DossierPaper;

/// The name of a paper of a dossier.
#[must_use]
pub fn paper(lang: Language, paper: DossierPaper) -> String {
    let key = format!("paper-of-{}", paper.key());
    match paper {
        DossierPaper::SupplementRequest(n) => t_with(lang, &key, &[("n", n.to_string())]),
        DossierPaper::Refusal
        | DossierPaper::Apology
        | DossierPaper::StopNotice
        | DossierPaper::ControlSlip
        | DossierPaper::RatingSlip
        | DossierPaper::ResultLetter => t(lang, &key),
    }
}

/// The sentence for a refusal.
#[must_use]
pub fn refusal(lang: Language, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotOpen(_) => t(lang, "refusal-not-open"),
        Refusal::NotPermitted(_) => t(lang, "refusal-not-permitted"),
        Refusal::Invalid(_) => t(lang, "refusal-invalid"),
        Refusal::Calendar(year) => {
            t_with(lang, "refusal-calendar", &[("year", year.year.to_string())])
        }
        Refusal::NoProcess => t(lang, "refusal-no-process"),
        Refusal::ProcedureNotInForce => t(lang, "refusal-procedure-not-in-force"),
        Refusal::SupplementOnlyOnce => t(lang, "refusal-supplement-only-once"),
        Refusal::SupplementTooLate => t(lang, "refusal-supplement-too-late"),
        Refusal::SupplementNotAllowed => t(lang, "refusal-supplement-not-allowed"),
        Refusal::ReappointmentTooLate => t(lang, "refusal-reappointment-too-late"),
        Refusal::NothingToCorrect => t(lang, "refusal-nothing-to-correct"),
        Refusal::DraftChanged => t(lang, "refusal-draft-changed"),
    }
}

/// The sentence for one problem: what is wrong and how to mend it.
#[must_use]
pub fn problem(lang: Language, problem: &Problem) -> String {
    match &problem.reason {
        Reason::Missing => t(lang, "reason-missing"),
        Reason::PaperMissing => t(lang, "reason-paper-missing"),
        Reason::ConsentMissing => t(lang, "reason-consent-missing"),
        Reason::NoSuchResult => t(lang, "reason-no-such-result"),
        Reason::TooLong(limit) => limited(lang, "reason-too-long", *limit),
        Reason::TooMany(limit) => limited(lang, "reason-too-many", *limit),
        Reason::Unknown => t(lang, "reason-unknown"),
        Reason::OutOfRange(least, most) => {
            let limits = [("least", least.to_string()), ("most", most.to_string())];
            t_with(lang, "reason-out-of-range", &limits)
        }
        Reason::NotTheCase => t(lang, "reason-not-the-case"),
        Reason::IdentityMissing => t(lang, "reason-identity-missing"),
        Reason::ChannelNotOffered => t(lang, "reason-channel-not-offered"),
        Reason::Field(reason) => field(lang, reason),
    }
}

fn limited(lang: Language, key: &str, limit: usize) -> String {
    t_with(lang, key, &[("limit", limit.to_string())])
}

/// The sentence for a field's own rule.
#[must_use]
pub fn field(lang: Language, reason: &FieldReason) -> String {
    let character = |key: &str, c: &char| t_with(lang, key, &[("character", c.to_string())]);
    match reason {
        FieldReason::Missing => t(lang, "reason-missing"),
        FieldReason::TooLong(limit) => limited(lang, "reason-too-long", *limit),
        FieldReason::NotAChoice => t(lang, "reason-unknown"),
        FieldReason::NotADate => t(lang, "reason-not-a-date"),
        FieldReason::NotANumber => t(lang, "reason-not-a-number"),
        FieldReason::UnknownField => t(lang, "reason-unknown-field"),
        FieldReason::PersonName(error) => match error {
            PersonNameError::Empty => t(lang, "reason-missing"),
            PersonNameError::TooLong { max } => limited(lang, "reason-too-long", *max),
            PersonNameError::NoLetter => t(lang, "reason-name-no-letter"),
            PersonNameError::Character(c) => character("reason-name-character", c),
        },
        FieldReason::PersonalNumber(error) => match error {
            PersonalNumberError::Character(c) => character("reason-personal-number-digit", c),
            PersonalNumberError::Length { found: n } => {
                t_with(lang, "reason-personal-number-length", &[("count", n.to_string())])
            }
        },
        FieldReason::TaxCode(error) => match error {
            TaxCodeError::Character(c) => character("reason-tax-code-digit", c),
            TaxCodeError::Length { found: n } => {
                t_with(lang, "reason-tax-code-length", &[("count", n.to_string())])
            }
            TaxCodeError::CheckDigit => t(lang, "reason-tax-code-check"),
            TaxCodeError::Impossible | TaxCodeError::Branch => t(lang, "reason-tax-code-part"),
        },
        FieldReason::Phone(error) => match error {
            PhoneError::Character(c) => character("reason-phone-character", c),
            PhoneError::Start | PhoneError::Length { .. } => t(lang, "reason-phone-length"),
            PhoneError::Prefix => t(lang, "reason-phone-prefix"),
        },
        FieldReason::Email(error) => match error {
            EmailError::At => t(lang, "reason-email-at"),
            EmailError::TooLong | EmailError::Local => t(lang, "reason-email-name"),
            EmailError::Character(c) => character("reason-email-character", c),
            EmailError::Domain => t(lang, "reason-email-domain"),
        },
    }
}

/// `24/11/2026`.
#[must_use]
pub fn date(at: Instant) -> String {
    local(at).strftime("%d/%m/%Y").to_string()
}

/// `10:42 ngày 24/11/2026` or `10:42, 24/11/2026`.
#[must_use]
pub fn moment(lang: Language, at: Instant) -> String {
    let local = local(at);
    let (time, date) =
        (local.strftime("%H:%M").to_string(), local.strftime("%d/%m/%Y").to_string());
    t_with(lang, "moment", &[("time", time), ("date", date)])
}

/// That papers came on an earlier day than they were entered, with the reason where it may be told.
#[must_use]
pub fn arrived(lang: Language, arrived: &Arrived) -> String {
    let day = ("day", arrived.on.strftime("%d/%m/%Y").to_string());
    match &arrived.reason {
        Some(reason) => t_with(lang, "arrived-earlier-why", &[day, ("reason", reason.clone())]),
        None => t_with(lang, "arrived-earlier", &[day]),
    }
}

/// The machine's form of an instant, for `<time datetime>`.
#[must_use]
pub fn machine(at: Instant) -> String {
    local(at).strftime("%Y-%m-%dT%H:%M:%S+07:00").to_string()
}

/// A length of procedural time: `7 ngày làm việc`.
#[must_use]
pub fn time_span(lang: Language, amount: u32, unit: TimeUnit) -> String {
    let key = match unit {
        TimeUnit::WorkingDay => "time-working-days",
        TimeUnit::WorkingHour => "time-working-hours",
        TimeUnit::CalendarDay => "time-calendar-days",
        TimeUnit::Month => "time-months",
        TimeUnit::Immediate => "time-immediate",
        TimeUnit::SameDay => "time-same-day",
    };
    t_with(lang, key, &[("amount", amount.to_string())])
}

/// How the clock of a dossier stands; nothing before it starts and after it ends.
#[must_use]
pub fn remaining(lang: Language, remaining: Remaining) -> Option<(String, &'static str)> {
    match remaining {
        Remaining::Running(minutes) => Some(time_left(lang, Some(minutes))),
        Remaining::Standing(minutes) if minutes >= DAY_MINUTES => {
            let days = (minutes / DAY_MINUTES).to_string();
            Some((t_with(lang, "deadline-paused-left", &[("amount", days)]), "paused"))
        }
        Remaining::Standing(_) => Some(time_left(lang, None)),
        Remaining::Nothing => None,
    }
}

/// How a deadline stands: words, and the CSS variant of the badge.
#[must_use]
pub fn time_left(lang: Language, remaining_minutes: Option<i64>) -> (String, &'static str) {
    let Some(minutes) = remaining_minutes else {
        return (t(lang, "deadline-paused"), "paused");
    };
    let (size, late) = (minutes.abs(), minutes < 0);
    let (amount, unit) = match size {
        0..60 => (size, "minutes"),
        60..DAY_MINUTES => (size / 60, "hours"),
        _ => (size / DAY_MINUTES, "days"),
    };
    let key = format!("deadline-{}-{unit}", if late { "late" } else { "left" });
    let variant = match (late, size) {
        (true, _) => "late",
        (false, 0..=DAY_MINUTES) => "soon",
        (false, _) => "ok",
    };
    (t_with(lang, &key, &[("amount", amount.to_string())]), variant)
}
