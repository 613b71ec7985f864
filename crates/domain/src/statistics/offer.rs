//! What an agency offers: the figures of its catalogue on a day, as inspections claim them
//! ("53/53 at the one-stop, 5 at level 4 and 12 at level 3, 26 by post, times cut by 33–70 %").

use super::course::Service;
use super::measured::Rate;
use crate::procedure::{ChannelKind, Procedure, TimeSpan, TimeUnit};
use serde::Serialize;

/// A procedure in an agency's offer.
#[derive(Debug, Clone, Copy)]
pub struct Offered<'c> {
    /// The version in force.
    pub procedure: &'c Procedure,
    /// Every step of its process is at the one-stop (TT 01/2018 Đ13, indicator 5).
    pub processed_at_one_stop: ProcessedAt,
}

/// Where a procedure is worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProcessedAt {
    /// Wholly at the one-stop.
    OneStop,
    /// In the agency.
    Agency,
}

/// The figures of an offer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// Procedures offered.
    pub procedures: u64,
    /// Of those, received and given back at the one-stop: counter or online filing is open (seed
    /// article, claim SA01).
    pub at_one_stop: u64,
    /// Of those, worked wholly there.
    pub processed_at_one_stop: u64,
    /// Offered online, in parts or from filing to result, by whichever law.
    pub online: u64,
    /// Online at level 3 (NĐ 43/2011; claim SA04).
    pub level_3: u64,
    /// Online at level 4 (claim SA03).
    pub level_4: u64,
    /// Online in parts (NĐ 42/2022 Đ11: một phần).
    pub partial: u64,
    /// Online from filing to result (toàn trình).
    pub full: u64,
    /// Filing or result by public post (claim SA06; QĐ 45/2016).
    pub by_post: u64,
    /// Published with all parts that NĐ 63/2010 Đ8.2 wants: name, steps, channels, papers, time,
    /// subject, agency (QĐ 766 1.3).
    pub complete: u64,
    /// The cut of time, statutory → committed (claims SA07, SA08); `None` when none is cut.
    pub cut: Option<CutRange>,
}

/// How much shorter the committed times are, over the procedures and time classes that have a cut.
/// All in hundredths of a percent of the statutory time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CutRange {
    /// How many times were cut.
    pub count: u64,
    /// The smallest cut.
    pub min: u64,
    /// The largest cut.
    pub max: u64,
    /// Their mean, rounded half up.
    pub mean: u64,
}

impl Offer {
    /// The figures over some procedures.
    #[must_use]
    pub fn of(offered: &[Offered<'_>]) -> Offer {
        let count = |holds: &dyn Fn(&Offered<'_>) -> bool| {
            offered.iter().filter(|offer| holds(offer)).count() as u64
        };
        let level =
            |level: u8| move |o: &Offered<'_>| o.procedure.online_level.legacy == Some(level);
        let now = |name: &'static str| {
            move |o: &Offered<'_>| o.procedure.online_level.y2022.as_deref() == Some(name)
        };
        let cuts: Vec<u64> = offered.iter().flat_map(|offer| cuts(offer.procedure)).collect();
        Offer {
            procedures: offered.len() as u64,
            at_one_stop: count(&|offer| at_one_stop(offer.procedure)),
            processed_at_one_stop: count(&|o| o.processed_at_one_stop == ProcessedAt::OneStop),
            online: count(&|offer| service(offer.procedure) != Service::Other),
            level_3: count(&level(3)),
            level_4: count(&level(4)),
            partial: count(&now(PARTIAL)),
            full: count(&now(FULL)),
            by_post: count(&|offer| by_post(offer.procedure)),
            complete: count(&|offer| complete(offer.procedure)),
            cut: CutRange::over(&cuts),
        }
    }

    /// Procedures offered online, in parts or in full (QĐ 766 3.1).
    #[must_use]
    pub fn online(&self) -> Rate {
        Rate { part: self.online, whole: self.procedures }
    }
}

impl CutRange {
    fn over(cuts: &[u64]) -> Option<CutRange> {
        let count = cuts.len() as u64;
        let (min, max) = (*cuts.iter().min()?, *cuts.iter().max()?);
        let mean = (cuts.iter().sum::<u64>() + count / 2) / count;
        Some(CutRange { count, min, max, mean })
    }
}

const FULL: &str = "toan_trinh";
const PARTIAL: &str = "mot_phan";

/// How a procedure is offered online; levels of before 2022 count as what became of them.
#[must_use]
pub fn service(procedure: &Procedure) -> Service {
    let level = &procedure.online_level;
    match (level.y2022.as_deref(), level.legacy) {
        (Some(FULL), _) | (None, Some(4)) => Service::Full,
        (Some(PARTIAL), _) | (None, Some(3)) => Service::Partial,
        _ => Service::Other,
    }
}

fn at_one_stop(procedure: &Procedure) -> bool {
    procedure.accepts_channel(ChannelKind::Counter)
        || procedure.accepts_channel(ChannelKind::Online)
}

fn by_post(procedure: &Procedure) -> bool {
    procedure.accepts_channel(ChannelKind::Post)
        || procedure.result_delivery.as_ref().is_some_and(|delivery| delivery.post)
}

fn complete(procedure: &Procedure) -> bool {
    let channels = procedure.channels.iter().any(|rule| rule.accepted);
    let number = procedure.number_of_sets.as_ref().and_then(|sets| sets.amount).is_some();
    !procedure.name.is_empty()
        && !procedure.steps.is_empty()
        && channels
        && !procedure.components.is_empty()
        && number
        && procedure.statutory_time.amount > 0
        && !procedure.subjects.is_empty()
        && !procedure.competent_authority.is_empty()
}

/// The cuts of a procedure, a value for each time class whose committed time is the shorter one.
fn cuts(procedure: &Procedure) -> Vec<u64> {
    let classes: Vec<Option<&str>> = match procedure.committed_time.by_class.as_slice() {
        [] => vec![None],
        classes => classes.iter().map(|time| Some(time.class.as_str())).collect(),
    };
    let pair = |class| (procedure.statutory_for(class), procedure.committed_for(class));
    classes.into_iter().filter_map(|class| cut(pair(class))).collect()
}

/// By how much of the law's time the promise is shorter, where the two can be compared.
fn cut((law, promise): (TimeSpan, TimeSpan)) -> Option<u64> {
    let (law, promise) = match (hours(law), hours(promise)) {
        (Some(law), Some(promise)) => (law, promise),
        _ if law.unit == promise.unit => (u64::from(law.amount), u64::from(promise.amount)),
        _ => return None,
    };
    let shorter = law.checked_sub(promise).filter(|less| *less > 0)?;
    Rate { part: shorter, whole: law }.basis_points()
}

/// Working hours, of eight a day.
fn hours(span: TimeSpan) -> Option<u64> {
    match span.unit {
        TimeUnit::WorkingDay => Some(u64::from(span.amount) * 8),
        TimeUnit::WorkingHour => Some(u64::from(span.amount)),
        TimeUnit::CalendarDay | TimeUnit::Month | TimeUnit::Immediate | TimeUnit::SameDay => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(amount: u32) -> TimeSpan {
        TimeSpan { amount, unit: TimeUnit::WorkingDay }
    }

    #[test]
    fn cuts_are_shares_of_the_statutory_time() {
        assert_eq!(cut((days(30), days(20))), Some(3_333));
        assert_eq!(
            cut((days(10), TimeSpan { amount: 24, unit: TimeUnit::WorkingHour })),
            Some(7_000)
        );
        assert_eq!(cut((days(10), days(10))), None);
        assert_eq!(cut((days(10), days(12))), None, "longer is no cut");
        assert_eq!(cut((TimeSpan { amount: 1, unit: TimeUnit::Month }, days(10))), None);
        let range = CutRange::over(&[3_333, 7_000, 5_000]).unwrap();
        assert_eq!((range.count, range.min, range.max, range.mean), (3, 3_333, 7_000, 5_111));
        assert_eq!(CutRange::over(&[]), None);
    }
}
