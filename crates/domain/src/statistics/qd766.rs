//! QĐ 766/QĐ-TTg 2022: the index of six groups and 100 points. Only what rests on facts has a rate;
//! the rest says that it is not recorded. The weights inside the groups are not confirmed, so an
//! indicator tells how far it is from its threshold, and the groups are not summed.

use super::figure::Figure;
use super::figures::Figures;
use super::measured::{Measured, Rate};
use super::offer::Offer;
use serde::Serialize;

/// The six groups with the points each can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Công khai, minh bạch: 18.
    Openness,
    /// Tiến độ, kết quả giải quyết: 20.
    Progress,
    /// Cung cấp dịch vụ công trực tuyến: 12.
    OnlineServices,
    /// Thanh toán trực tuyến: 10.
    OnlinePayment,
    /// Số hóa hồ sơ: 22.
    Digitisation,
    /// Mức độ hài lòng: 18.
    Satisfaction,
}

impl Group {
    /// All six, in their order.
    pub const ALL: [Group; 6] = [
        Group::Openness,
        Group::Progress,
        Group::OnlineServices,
        Group::OnlinePayment,
        Group::Digitisation,
        Group::Satisfaction,
    ];

    /// The most points it can give.
    #[must_use]
    pub const fn points(self) -> u64 {
        match self {
            Group::Openness | Group::Satisfaction => 18,
            Group::Progress => 20,
            Group::OnlineServices => 12,
            Group::OnlinePayment => 10,
            Group::Digitisation => 22,
        }
    }

    /// The name in reports and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Group::Openness => "openness",
            Group::Progress => "progress",
            Group::OnlineServices => "online_services",
            Group::OnlinePayment => "online_payment",
            Group::Digitisation => "digitisation",
            Group::Satisfaction => "satisfaction",
        }
    }
}

/// An indicator with its rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Indicator {
    /// Its number in the guide.
    pub id: &'static str,
    /// Its group.
    pub group: Group,
    /// Of what: part and whole.
    pub rate: Measured<Rate>,
    /// The percent at which it is full; 0 where the guide gives none.
    pub threshold: u64,
}

impl Indicator {
    /// How much of its points it has: `min(rate / threshold, 1)` in hundredths of a percent; not
    /// recorded without a rate, a threshold or anything to count.
    #[must_use]
    pub fn reached(&self) -> Measured<u64> {
        let points = self.rate.value().and_then(Rate::basis_points);
        match points.filter(|_| self.threshold > 0) {
            Some(points) => {
                let reached = (points * 200 + self.threshold) / (2 * self.threshold);
                Measured::Recorded(reached.min(10_000))
            }
            None => Measured::NotRecorded,
        }
    }
}

/// The indicators over an agency's figures and its offer on the last day.
#[must_use]
pub fn indicators(figures: &Figures, offer: &Offer) -> Vec<Indicator> {
    let of = |figure| figures.of(figure);
    let whole = offer.procedures;
    let taken_in = of(Figure::TakenIn);
    let known = |part, whole| Measured::Recorded(Rate { part, whole });
    let unknown = Measured::NotRecorded;
    let row = |id, group, rate, threshold| Indicator { id, group, rate, threshold };
    vec![
        // When a decision was published, and when each part of it was shown, is not recorded.
        row("1.1", Group::Openness, unknown, 100),
        row("1.2", Group::Openness, unknown, 100),
        row("1.3", Group::Openness, known(offer.complete, whole), 100),
        // Nothing is sent to the national portal yet.
        row("1.4", Group::Openness, unknown, 100),
        row("2.1", Group::Progress, Measured::Recorded(figures.on_time()), 100),
        row("3.1", Group::OnlineServices, known(offer.online, whole), 80),
        // Electronic results with a link are not told apart from paper ones.
        row("3.3", Group::OnlineServices, unknown, 50),
        // Fees of the catalogue are not tied to payments, nor payments to their way.
        row("3.5", Group::OnlinePayment, unknown, 80),
        row("3.6", Group::OnlinePayment, unknown, 0),
        row("4.1", Group::Digitisation, unknown, 0),
        row("4.2", Group::Digitisation, unknown, 80),
        row("4.3", Group::Digitisation, known(of(Figure::ReusedData), taken_in), 80),
        row("4.4", Group::Digitisation, unknown, 0),
        row("4.5", Group::Digitisation, unknown, 0),
        // Petitions and ratings are later work.
        row("5.1", Group::Satisfaction, unknown, 0),
        row("5.2", Group::Satisfaction, unknown, 0),
        row("5.3", Group::Satisfaction, unknown, 0),
        row("5.4", Group::Satisfaction, unknown, 90),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_groups_give_a_hundred_points() {
        assert_eq!(Group::ALL.iter().map(|group| group.points()).sum::<u64>(), 100);
    }

    #[test]
    fn nothing_recorded_is_not_zero_percent() {
        let all = indicators(&Figures::default(), &Offer::default());
        assert!(all.iter().all(|indicator| indicator.reached() == Measured::NotRecorded));
        let offer = Offer { procedures: 10, online: 4, complete: 10, ..Offer::default() };
        let all = indicators(&Figures::default(), &offer);
        let reached = |id| all.iter().find(|i| i.id == id).unwrap().reached();
        assert_eq!(reached("1.3"), Measured::Recorded(10_000));
        assert_eq!(reached("3.1"), Measured::Recorded(5_000), "40 % of at least 80 %");
        assert_eq!(reached("5.4"), Measured::NotRecorded);
    }
}
