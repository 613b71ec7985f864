//! What no fact of a dossier tells: numbers that agencies report (D12), ratings (D15), and the day
//! written on a paper (D8). Those who record them hand them over in these shapes.

use super::bursts::{Bursts, Close};
use super::kept::MINUTE_MS;
use super::{Detector, Evidence, Lens, Oddity, Thresholds};
use crate::statistics::Window;
use crate::time::{Instant, instant, local};
use crate::worktime::YearNotEntered;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A number that an agency reported, beside the record's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The agency.
    pub agency: String,
    /// When it was reported.
    pub at: Instant,
    /// What it counts: a figure's name, or words.
    pub figure: String,
    /// The reported number.
    pub claimed: i64,
    /// The record's number.
    pub counted: i64,
}

/// What an applicant thought of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The agency.
    pub agency: String,
    /// The dossier's id, where the rating names one.
    pub dossier: Option<String>,
    /// When.
    pub at: Instant,
    /// One to five.
    pub stars: u8,
    /// The device at the counter; `None` from the applicant's own.
    pub device: Option<String>,
}

/// A filing on paper, with the day that the paper itself says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperArrival {
    /// The agency.
    pub agency: String,
    /// The dossier's id.
    pub dossier: String,
    /// Number of the log's entry.
    pub entry: u64,
    /// When it was entered.
    pub entered_at: Instant,
    /// The day it came in, as the paper says.
    pub said_on: Date,
}

/// The best rating.
const BEST: u8 = 5;

/// D12: the numbers of a window that differ from the record's.
#[must_use]
pub fn claims_that_differ(claims: &[Claim], window: &Window) -> Vec<Evidence> {
    let odd = claims.iter().filter(|claim| claim.claimed != claim.counted);
    odd.filter(|claim| window.holds(claim.at))
        .map(|claim| Evidence {
            detector: Detector::Claim,
            agency: claim.agency.clone(),
            dossier: None,
            code: None,
            entry: None,
            at: claim.at,
            oddity: Oddity::ClaimDiffers {
                figure: claim.figure.clone(),
                claimed: claim.claimed,
                counted: claim.counted,
            },
        })
        .collect()
}

/// D15: bursts of the best rating from one device in a window, given in the order of time.
#[must_use]
pub fn rating_bursts(
    ratings: &[Rating],
    window: &Window,
    thresholds: &Thresholds,
) -> Vec<Evidence> {
    let mut devices: BTreeMap<&str, Vec<Evidence>> = BTreeMap::new();
    for rating in ratings {
        let Some(device) = &rating.device else { continue };
        let marks = devices.entry(device).or_default();
        if rating.stars == BEST && window.holds(rating.at) {
            marks.push(Evidence {
                detector: Detector::Ratings,
                agency: rating.agency.clone(),
                dossier: rating.dossier.clone(),
                code: None,
                entry: None,
                at: rating.at,
                oddity: Oddity::RatingBurst { device: device.clone(), ratings: 1 },
            });
        }
    }
    let burst = usize::try_from(thresholds.burst_ratings.value).unwrap_or(usize::MAX);
    let span = thresholds.burst_minutes.value * MINUTE_MS;
    let close = Close { most: burst.saturating_sub(1), span };
    let mut found = Vec::new();
    for (device, marks) in &devices {
        for run in Bursts::of(marks, |mark| mark.at.as_millisecond(), close) {
            let oddity = Oddity::RatingBurst { device: (*device).to_owned(), ratings: run.within };
            let marks = marks[run.from..run.to].iter();
            found.extend(marks.map(|mark| Evidence { oddity: oddity.clone(), ..mark.clone() }));
        }
    }
    found
}

/// D8: papers of a window, entered more working days after the day they say than the threshold
/// allows, or before that day has come.
///
/// # Errors
/// When the calendar of a year in between is not entered.
pub fn entered_later(
    arrivals: &[PaperArrival],
    window: &Window,
    lens: &Lens<'_>,
) -> Result<Vec<Evidence>, YearNotEntered> {
    let mut found = Vec::new();
    for arrival in arrivals.iter().filter(|arrival| window.holds(arrival.entered_at)) {
        let Some(oddity) = later_than_said(arrival.said_on, arrival.entered_at, lens)? else {
            continue;
        };
        found.push(Evidence {
            detector: Detector::BackDated,
            agency: arrival.agency.clone(),
            dossier: Some(arrival.dossier.clone()),
            code: None,
            entry: Some(arrival.entry),
            at: instant(local(arrival.entered_at)),
            oddity,
        });
    }
    Ok(found)
}

/// D8: a paper that says a day, entered at an instant.
pub(super) fn later_than_said(
    said_on: Date,
    entered_at: Instant,
    lens: &Lens<'_>,
) -> Result<Option<Oddity>, YearNotEntered> {
    let entered = local(entered_at).date();
    let (mut days, mut day) = (0, said_on);
    while day < entered {
        let Ok(next) = day.tomorrow() else { break };
        day = next;
        days += i64::from(lens.calendar.is_working_day(day)?);
    }
    let odd = said_on > entered || days > lens.thresholds.entered_days.value;
    Ok(odd.then_some(Oddity::EnteredLater { said_on, days }))
}
