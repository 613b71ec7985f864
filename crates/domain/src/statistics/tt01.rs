//! TT 01/2018/TT-VPCP Đ13–15: nine indicators, 0–2 points each, of officials and agencies.
//!
//! Indicators 1, 2, 3, 4, 6 and 7 are given for each dossier with a result in the period, and
//! averaged; 5, 8 and 9 for the agency. Where no fact tells an indicator, it has no score, and
//! there is no grade: a sum with a hole in it is no sum.

use super::course::Course;
use super::figure::Figure;
use super::measured::{Measured, Rate};
use super::offer::Offer;
use super::period::Window;
use crate::dossier::clock::Verdict;
use crate::dossier::event::{Channel, ResultChannel};
use serde::Serialize;
use std::collections::BTreeMap;

/// The nine indicators (Đ13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Indicator {
    /// 1: the whole time against the law's: shorter, equal, longer.
    TotalTime,
    /// 2: the time of each agency that takes part against its own limit.
    TimeOfEach,
    /// 3: how often the applicant had to come back to complete the dossier: never, once, more.
    Contacts,
    /// 4: how many agencies had to be contacted: none, the one-stop, more.
    Agencies,
    /// 5: procedures received and given back at the one-stop, and processed there.
    OneStop,
    /// 6: procedures published in full. No fact tells what is posted up.
    Publication,
    /// 7: behaviour. No fact tells of petitions about it.
    Behaviour,
    /// 8: petitions answered. No fact tells of petitions.
    Petitions,
    /// 9: online services.
    OnlineServices,
}

impl Indicator {
    /// All nine, in their order.
    pub const ALL: [Indicator; 9] = [
        Indicator::TotalTime,
        Indicator::TimeOfEach,
        Indicator::Contacts,
        Indicator::Agencies,
        Indicator::OneStop,
        Indicator::Publication,
        Indicator::Behaviour,
        Indicator::Petitions,
        Indicator::OnlineServices,
    ];

    /// Those by which officials are assessed (Đ14).
    pub const OF_OFFICIALS: [Indicator; 5] = [
        Indicator::TotalTime,
        Indicator::TimeOfEach,
        Indicator::Contacts,
        Indicator::Agencies,
        Indicator::Behaviour,
    ];

    /// The name in reports and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Indicator::TotalTime => "1_total_time",
            Indicator::TimeOfEach => "2_time_of_each",
            Indicator::Contacts => "3_contacts",
            Indicator::Agencies => "4_agencies",
            Indicator::OneStop => "5_one_stop",
            Indicator::Publication => "6_publication",
            Indicator::Behaviour => "7_behaviour",
            Indicator::Petitions => "8_petitions",
            Indicator::OnlineServices => "9_online_services",
        }
    }
}

/// Points in tenths: 15 is 1.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Tenths(pub u64);

/// The grade of an agency (Đ15.2), over all nine indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Xuất sắc: 15 and more.
    Excellent,
    /// Tốt: 12 to below 15.
    Good,
    /// Khá: 9 to below 12.
    Fair,
    /// Trung bình: 6 to below 9.
    Average,
    /// Yếu: below 6.
    Weak,
}

impl Grade {
    /// The grade of a sum.
    #[must_use]
    pub const fn of(sum: Tenths) -> Grade {
        match sum.0 {
            150.. => Grade::Excellent,
            120..150 => Grade::Good,
            90..120 => Grade::Fair,
            60..90 => Grade::Average,
            0..60 => Grade::Weak,
        }
    }
}

/// The scores of an official or an agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// Dossiers with a result in the period.
    pub dossiers: u64,
    /// Each indicator with its score.
    pub scores: Vec<(Indicator, Measured<Tenths>)>,
}

/// What the scores are made of, added up course by course.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Points {
    issued: u64,
    /// By indicator: the sum of the points, and the dossiers that have any.
    sums: BTreeMap<Indicator, (u64, u64)>,
    filed: u64,
    online: u64,
    late_online: u64,
}

impl Points {
    /// The points of courses folded up to the window's end.
    #[must_use]
    pub fn over<'c>(courses: impl IntoIterator<Item = &'c Course>, window: &Window) -> Points {
        let mut points = Points::default();
        courses.into_iter().for_each(|course| points.add(course, window));
        points
    }

    /// One course more.
    pub fn add(&mut self, course: &Course, window: &Window) {
        self.filed += u64::from(Figure::TakenIn.includes(course, window));
        self.online += u64::from(Figure::TakenInOnline.includes(course, window));
        let late = [Figure::ResolvedLate, Figure::RunningLate];
        let late = late.iter().any(|figure| figure.includes(course, window));
        self.late_online += u64::from(late && course.channel == Channel::Online);
        if !Figure::Issued.includes(course, window) {
            return;
        }
        self.issued += 1;
        for indicator in Indicator::ALL {
            if let Some(points) = points(indicator, course) {
                let (sum, count) = self.sums.entry(indicator).or_default();
                (*sum, *count) = (*sum + points, *count + 1);
            }
        }
    }

    /// The points of others too.
    pub fn merge(&mut self, other: &Points) {
        self.issued += other.issued;
        self.filed += other.filed;
        self.online += other.online;
        self.late_online += other.late_online;
        for (indicator, (more, by)) in &other.sums {
            let (sum, count) = self.sums.entry(*indicator).or_default();
            (*sum, *count) = (*sum + more, *count + by);
        }
    }

    /// The sum of the dossiers' points by their number, to one decimal, half up (Đ14).
    fn average(&self, indicator: Indicator) -> Measured<Tenths> {
        let Some((sum, count)) = self.sums.get(&indicator) else { return Measured::NotRecorded };
        Measured::Recorded(Tenths((sum * 20 + count) / (2 * count)))
    }
}

impl Assessment {
    /// Of an official: the dossiers they were in charge of.
    #[must_use]
    pub fn of_official(points: &Points) -> Assessment {
        let score = |indicator| (indicator, points.average(indicator));
        let scores = Indicator::OF_OFFICIALS.into_iter().map(score).collect();
        Assessment { dossiers: points.issued, scores }
    }

    /// Of an agency, with what it offers on the last day.
    #[must_use]
    pub fn of_agency(points: &Points, offer: &Offer) -> Assessment {
        let score = |indicator| match indicator {
            Indicator::OneStop => one_stop(offer),
            Indicator::OnlineServices => online_services(points, offer),
            _ => points.average(indicator),
        };
        let scores = Indicator::ALL.into_iter().map(|indicator| (indicator, score(indicator)));
        Assessment { dossiers: points.issued, scores: scores.collect() }
    }

    /// The sum of the scores there are.
    #[must_use]
    pub fn sum(&self) -> Tenths {
        let scores = self.scores.iter().filter_map(|(_, score)| score.value());
        Tenths(scores.map(|tenths| tenths.0).sum())
    }

    /// What the sum could be at most: two points for each indicator that has a score.
    #[must_use]
    pub fn possible(&self) -> Tenths {
        let scored = self.scores.iter().filter(|(_, score)| score.value().is_some());
        Tenths(scored.count() as u64 * 20)
    }

    /// The grade of an agency, once every indicator has a score.
    #[must_use]
    pub fn grade(&self) -> Measured<Grade> {
        let all = self.scores.len() == Indicator::ALL.len();
        if all && self.scores.iter().all(|(_, score)| score.value().is_some()) {
            Measured::Recorded(Grade::of(self.sum()))
        } else {
            Measured::NotRecorded
        }
    }
}

/// The points of one dossier with a result; `None` where no fact tells, or the indicator is the
/// agency's.
#[must_use]
pub fn points(indicator: Indicator, course: &Course) -> Option<u64> {
    let by = |verdict: Verdict| match verdict {
        Verdict::Early => 2,
        Verdict::OnTime => 1,
        Verdict::Late => 0,
    };
    match indicator {
        Indicator::TotalTime => course.verdicts.map(|verdicts| by(verdicts.by_statutory)),
        Indicator::TimeOfEach => course.steps.map(by),
        Indicator::Contacts => Some(2u64.saturating_sub(u64::from(course.supplement_rounds))),
        Indicator::Agencies => {
            let there = course.channel == Channel::Counter
                || course.result_channel == ResultChannel::Counter;
            Some(if there { 1 } else { 2 })
        }
        Indicator::OneStop
        | Indicator::Publication
        | Indicator::Behaviour
        | Indicator::Petitions
        | Indicator::OnlineServices => None,
    }
}

/// Two points from a fifth of the procedures on that are processed wholly at the one-stop, one when
/// all are received and given back there.
fn one_stop(offer: &Offer) -> Measured<Tenths> {
    if offer.procedures == 0 {
        return Measured::NotRecorded;
    }
    let points = match (offer.at_one_stop == offer.procedures, offer.processed_at_one_stop) {
        (true, there) if there * 5 >= offer.procedures => 20,
        (true, _) => 10,
        (false, _) => 0,
    };
    Measured::Recorded(Tenths(points))
}

/// Two points from 20 % of the procedures online, 30 % filed online and none of those late; one
/// from 15 % filed online.
fn online_services(points: &Points, offer: &Offer) -> Measured<Tenths> {
    let Points { filed, online, late_online: late, .. } = *points;
    let services = offer.online();
    if offer.procedures == 0 || filed == 0 {
        return Measured::NotRecorded;
    }
    let at_least = |rate: Rate, percent: u64| rate.part * 100 >= rate.whole * percent;
    let share = Rate { part: online, whole: filed };
    let points = match late {
        0 if at_least(services, 20) && at_least(share, 30) => 20,
        0 if services.part > 0 && at_least(share, 15) => 10,
        _ => 0,
    };
    Measured::Recorded(Tenths(points))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_have_their_limits() {
        let grades = [(180, Grade::Excellent), (150, Grade::Excellent), (149, Grade::Good)];
        for (sum, grade) in grades {
            assert_eq!(Grade::of(Tenths(sum)), grade, "{sum}");
        }
        assert_eq!(Grade::of(Tenths(119)), Grade::Fair);
        assert_eq!(Grade::of(Tenths(60)), Grade::Average);
        assert_eq!(Grade::of(Tenths(59)), Grade::Weak);
    }

    #[test]
    fn a_sum_with_a_hole_has_no_grade() {
        let scores = Indicator::ALL.map(|i| (i, Measured::Recorded(Tenths(20)))).to_vec();
        let mut assessment = Assessment { dossiers: 1, scores };
        assert_eq!(assessment.grade(), Measured::Recorded(Grade::Excellent));
        assessment.scores[5].1 = Measured::NotRecorded;
        assert_eq!(assessment.grade(), Measured::NotRecorded);
        assert_eq!((assessment.sum(), assessment.possible()), (Tenths(160), Tenths(160)));
    }

    #[test]
    fn the_one_stop_is_scored_by_what_is_offered() {
        let offer = |at_one_stop, processed_at_one_stop| {
            one_stop(&Offer {
                procedures: 10,
                at_one_stop,
                processed_at_one_stop,
                ..Offer::default()
            })
        };
        assert_eq!(offer(10, 2), Measured::Recorded(Tenths(20)));
        assert_eq!(offer(10, 1), Measured::Recorded(Tenths(10)));
        assert_eq!(offer(9, 9), Measured::Recorded(Tenths(0)));
        assert_eq!(one_stop(&Offer::default()), Measured::NotRecorded);
    }
}
