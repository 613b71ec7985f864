//! D8, D12 and D15 over what others record.

use crate::story::{THRESHOLDS, lens, window};
use domain::detectors::reported::{
    Claim, PaperArrival, Rating, claims_that_differ, entered_later, rating_bursts,
};
use domain::detectors::{Detector, Oddity};
use domain::statistics::Window;
use domain::time::{Instant, instant};
use jiff::SignedDuration;
use jiff::civil::date;

fn year() -> Window {
    window(date(2026, 1, 1), date(2026, 12, 31))
}

fn at(text: &str) -> Instant {
    instant(text.parse().unwrap())
}

#[test]
fn d8_a_paper_that_says_an_earlier_day() {
    let arrival = |dossier: &str, said_on| PaperArrival {
        agency: "A".into(),
        dossier: dossier.into(),
        entry: 7,
        entered_at: at("2026-03-09T09:00:00"),
        said_on,
    };
    let arrivals = [
        arrival("thursday", date(2026, 3, 5)),
        arrival("friday", date(2026, 3, 6)),
        arrival("today", date(2026, 3, 9)),
        arrival("tomorrow", date(2026, 3, 10)),
    ];
    let found = entered_later(&arrivals, &year(), &lens()).unwrap();
    let named: Vec<_> = found.iter().map(|e| e.dossier.as_deref().unwrap()).collect();
    assert_eq!(named, ["thursday", "tomorrow"]);
    assert!(matches!(found[0].oddity, Oddity::EnteredLater { days: 2, .. }));
    assert!(found.iter().all(|e| e.detector == Detector::BackDated && e.entry == Some(7)));
}

#[test]
fn d12_a_reported_number_that_the_record_does_not_have() {
    let claim = |figure: &str, claimed| Claim {
        agency: "A".into(),
        at: at("2026-03-09T09:00:00"),
        figure: figure.into(),
        claimed,
        counted: 40,
    };
    let found = claims_that_differ(&[claim("issued", 41), claim("handled", 40)], &year());
    assert_eq!(found.len(), 1);
    let wanted = Oddity::ClaimDiffers { figure: "issued".into(), claimed: 41, counted: 40 };
    assert_eq!(found[0].oddity, wanted);
}

#[test]
fn d15_the_best_rating_again_and_again() {
    let given = |device: &str, minutes: i64, stars: u8| Rating {
        agency: "A".into(),
        dossier: None,
        at: at("2026-03-09T09:00:00") + SignedDuration::from_mins(minutes),
        stars,
        device: (!device.is_empty()).then(|| device.to_owned()),
    };
    let burst = |device: &str, count: i64, apart: i64, stars: u8| {
        let ratings: Vec<Rating> = (0..count).map(|n| given(device, n * apart, stars)).collect();
        rating_bursts(&ratings, &year(), &THRESHOLDS).len()
    };
    assert_eq!(burst("kiosk", 5, 2, 5), 5);
    assert_eq!(burst("kiosk", 4, 2, 5), 0);
    assert_eq!(burst("kiosk", 9, 3, 5), 0, "a queue of happy people");
    assert_eq!(burst("kiosk", 5, 2, 4), 0);
    assert_eq!(burst("", 5, 2, 5), 0, "people on their own telephones");
}
