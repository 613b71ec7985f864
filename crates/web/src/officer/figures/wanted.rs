//! What the address of the figures asks for.

use crate::kit::error::form_urlencode;
use crate::public::asked::Asked;
use domain::dossier::event::Channel;
use domain::statistics::{Dimension, Figure, Period};
use domain::time::{Instant, instant, local};
use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, date};
use office::figures::{self, Slice};

/// Days as people write them.
pub(super) const DAY: &str = "%d/%m/%Y";
/// Instants as people write them.
pub(super) const MOMENT: &str = "%d/%m/%Y %H:%M";

/// By what the figures can be divided, as addresses name it.
pub(super) const BY: [(&str, Dimension); 5] = [
    ("co-quan", Dimension::Agency),
    ("linh-vuc", Dimension::Field),
    ("thu-tuc", Dimension::Procedure),
    ("kenh", Dimension::Channel),
    ("can-bo", Dimension::Official),
];

/// What the address asks for.
#[derive(Clone)]
pub(super) struct Wanted {
    pub(super) period: Period,
    pub(super) as_of: Option<Instant>,
    pub(super) agency: Option<String>,
    pub(super) slice: Slice,
    /// By what it is divided.
    pub(super) by: (&'static str, Dimension),
    pub(super) figure: Option<Figure>,
    /// Something typed is no day, no instant, or the wrong way round.
    pub(super) wrong: bool,
}

impl Wanted {
    /// The year so far, unless the address says otherwise.
    pub(super) fn of(asked: &Asked, today: Date, own: Option<&str>) -> Wanted {
        let day = |name: &str, otherwise: Date| match asked.text(name) {
            "" => Some(otherwise),
            text => text.parse().or_else(|_| Date::strptime(DAY, text)).ok(),
        };
        let year = date(today.year(), 1, 1);
        let period = day("tu", year).zip(day("den", today));
        let period = period.and_then(|(from, to)| Period::new(from, to));
        let as_of = match asked.text("luc") {
            "" => Some(None),
            text => moment(text).filter(in_range).map(|wall| Some(instant(wall))),
        };
        let chosen = |name: &str| Some(asked.text(name).to_owned()).filter(|id| !id.is_empty());
        let agency = chosen("co-quan").or_else(|| own.map(str::to_owned));
        let named = asked.text("chi-tieu");
        let wanted_by = BY.into_iter().find(|(name, _)| *name == asked.text("theo"));
        let by = wanted_by.unwrap_or(if agency.is_some() { BY[1] } else { BY[0] });
        Wanted {
            wrong: period.is_none() || as_of.is_none(),
            period: period.or(Period::new(year, today)).expect("a year begins before its days"),
            as_of: as_of.flatten(),
            agency,
            slice: Slice {
                field: chosen("linh-vuc"),
                procedure: chosen("thu-tuc"),
                channel: channel(asked.text("kenh")),
                official: chosen("can-bo"),
            },
            by,
            figure: Figure::ALL.iter().copied().find(|figure| figure.name() == named),
        }
    }

    /// What the office is asked.
    pub(super) fn asked(&self) -> figures::Asked {
        figures::Asked { period: self.period, agency: self.agency.clone(), as_of: self.as_of }
    }

    /// The part of the address that says what is counted.
    pub(super) fn query(&self) -> String {
        let (from, to) = (self.period.from(), self.period.to());
        let mut query = format!("tu={from}&den={to}");
        let mut add = |name: &str, value: &str| {
            query.push_str(&format!("&{name}={}", form_urlencode(value)));
        };
        if let Some(as_of) = self.as_of {
            add("luc", &local(as_of).to_string());
        }
        let Slice { field, procedure, channel, official } = &self.slice;
        let channel = channel.map(|channel| channel.name().to_owned());
        let parts = [
            ("co-quan", &self.agency),
            ("linh-vuc", field),
            ("thu-tuc", procedure),
            ("kenh", &channel),
            ("can-bo", official),
        ];
        for (name, value) in parts {
            if let Some(value) = value {
                add(name, value);
            }
        }
        query
    }

    /// The address of the list behind a figure.
    pub(super) fn href(&self, figure: Figure) -> String {
        format!("/so-lieu?{}&chi-tieu={}#danh-sach", self.query(), figure.name())
    }

    /// The same question about one part of what it is divided by.
    pub(super) fn part(&self, key: &str) -> Wanted {
        let mut part = self.clone();
        let key = Some(key.to_owned());
        match self.by.1 {
            Dimension::Agency | Dimension::Level => part.agency = key,
            Dimension::Field => part.slice.field = key,
            Dimension::Procedure => part.slice.procedure = key,
            Dimension::Channel => part.slice.channel = key.as_deref().and_then(channel),
            Dimension::Official => part.slice.official = key,
        }
        part
    }
}

/// Periods to choose, with the keys of their names: what is usual, around a day.
pub(super) fn presets(today: Date) -> Vec<(&'static str, Period)> {
    let month = today.first_of_month();
    let before = |months: i32| month.saturating_sub(months.months());
    let quarter = date(today.year(), (today.month() - 1) / 3 * 3 + 1, 1);
    let last = |from: Date, months: i32| from.saturating_add(months.months()).yesterday().ok();
    let half = date(today.year(), if today.month() > 6 { 7 } else { 1 }, 1);
    // The reporting quarter in which the day lies: from the 15th to the 14th.
    let shifted = if today.day() > 14 { month.saturating_add(1.month()) } else { month };
    let control = Period::control_quarter(shifted.year(), (shifted.month() - 1) / 3 + 1);
    let named = [
        ("figures-this-month", Period::new(month, today)),
        ("figures-last-month", last(before(1), 1).and_then(|to| Period::new(before(1), to))),
        ("figures-this-quarter", Period::new(quarter, today)),
        ("figures-control-quarter", control),
        ("figures-half-year", last(half, 6).and_then(|to| Period::new(half, to))),
        ("figures-this-year", Period::year(today.year())),
        ("figures-last-year", Period::year(today.year() - 1)),
    ];
    named.into_iter().filter_map(|(name, period)| Some((name, period?))).collect()
}

/// The period in steps of a month, a quarter or a year, so that there are few: each with its name.
pub(super) fn steps(period: Period) -> Vec<(String, Period)> {
    let (from, to) = (period.from(), period.to());
    let months = i32::from(to.year() - from.year()) * 12 + i32::from(to.month() - from.month()) + 1;
    let size: i32 = if months <= 14 {
        1
    } else if months <= 42 {
        3
    } else {
        12
    };
    let mut steps = Vec::new();
    let mut at = from;
    while at <= to && steps.len() < 40 {
        let first = i32::from(at.month()) - 1;
        let begun = first - first % size;
        let first = date(at.year(), i8::try_from(begun + 1).expect("a month"), 1);
        let end = first.saturating_add(size.months()).yesterday().map_or(to, |end| end.min(to));
        let name = match size {
            1 => format!("{}/{}", at.month(), at.year() % 100),
            3 => format!("{}/{}", ["I", "II", "III", "IV"][(begun / 3) as usize], at.year() % 100),
            _ => at.year().to_string(),
        };
        steps.extend(Period::new(at, end).map(|period| (name, period)));
        let Ok(next) = end.tomorrow() else { break };
        at = next;
    }
    steps
}

fn channel(name: &str) -> Option<Channel> {
    [Channel::Online, Channel::Counter, Channel::Post].into_iter().find(|c| c.name() == name)
}

/// Day and hour as people write them, or as addresses do.
fn moment(text: &str) -> Option<DateTime> {
    text.parse().or_else(|_| DateTime::strptime(MOMENT, text)).ok()
}

/// Years that the house knows.
fn in_range(wall: &DateTime) -> bool {
    (1900..9999).contains(&wall.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_say_what_is_counted() {
        let today = date(2026, 11, 9);
        let query = "tu=2026-01-01&den=2026-03-31&luc=2026-02-01T10:00:00&co-quan=U26.XA1";
        let wanted = Wanted::of(&Asked::of(query), today, None);
        assert!(!wanted.wrong);
        assert_eq!(
            wanted.href(Figure::ResolvedLate),
            "/so-lieu?tu=2026-01-01&den=2026-03-31&luc=2026-02-01T10%3A00%3A00&co-quan=U26.XA1\
             &chi-tieu=resolved_late#danh-sach"
        );
        let otherwise = Wanted::of(&Asked::default(), today, Some("U26.XA1"));
        assert_eq!(otherwise.agency.as_deref(), Some("U26.XA1"));
        assert_eq!(otherwise.period, Period::new(date(2026, 1, 1), today).unwrap());
        let written = "tu=01/01/2026&den=31%2F03%2F2026&luc=01/02/2026+10:00&co-quan=U26.XA1";
        let same = Wanted::of(&Asked::of(written), today, None);
        assert_eq!(same.href(Figure::Issued), wanted.href(Figure::Issued));
        for wrong in [
            "tu=hom-qua",
            "tu=31/02/2026",
            "tu=2026-02-01&den=2026-01-01",
            "luc=x",
            "luc=-009999-01-01",
        ] {
            assert!(Wanted::of(&Asked::of(wrong), today, None).wrong, "{wrong}");
        }
    }

    #[test]
    fn a_part_asks_for_itself() {
        let query = Asked::of("tu=2026-01-01&den=2026-01-31&theo=kenh&linh-vuc=XD&can-bo=CB1");
        let wanted = Wanted::of(&query, date(2026, 11, 9), None);
        assert_eq!(
            wanted.part("online").query(),
            "tu=2026-01-01&den=2026-01-31&linh-vuc=XD&kenh=online&can-bo=CB1"
        );
    }

    #[test]
    fn steps_leave_no_day_out() {
        let period = |from, to| Period::new(from, to).unwrap();
        for (period, count) in [
            (period(date(2025, 12, 15), date(2026, 3, 14)), 4),
            (period(date(2026, 1, 1), date(2026, 12, 31)), 12),
            (period(date(2024, 2, 10), date(2026, 2, 1)), 9),
            (period(date(2010, 5, 5), date(2026, 2, 1)), 17),
            (period(date(2026, 2, 1), date(2026, 2, 1)), 1),
        ] {
            let steps = steps(period);
            assert_eq!(steps.len(), count, "{steps:?}");
            assert_eq!((steps[0].1.from(), steps[count - 1].1.to()), (period.from(), period.to()));
            for pair in steps.windows(2) {
                assert_eq!(pair[0].1.to().tomorrow().unwrap(), pair[1].1.from());
            }
        }
    }

    #[test]
    fn presets_are_periods_around_the_day() {
        let presets = presets(date(2026, 11, 9));
        let period = |name| presets.iter().find(|(known, _)| *known == name).unwrap().1;
        assert_eq!(period("figures-last-month").to(), date(2026, 10, 31));
        assert_eq!(period("figures-control-quarter").from(), date(2026, 9, 15));
        assert_eq!(period("figures-half-year").to(), date(2026, 12, 31));
        let turn = super::presets(date(2026, 12, 20));
        let control = turn.iter().find(|(name, _)| *name == "figures-control-quarter").unwrap().1;
        assert_eq!((control.from(), control.to()), (date(2026, 12, 15), date(2027, 3, 14)));
    }
}
