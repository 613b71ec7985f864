//! The period and the agency that a leader's page is about, as its address says.

use crate::Web;
use crate::kit::components::SelectItem;
use crate::kit::i18n::Language;
use crate::officer::figures::own_agency;
use crate::public::asked::Asked;
use domain::dossier::Actor;
use domain::statistics::{Period, Rate};
use jiff::civil::{Date, date};
use office::figures;

/// Days as people write them.
const DAY: &str = "%d/%m/%Y";

/// What the address asks for.
pub(crate) struct Scope {
    pub(crate) period: Period,
    pub(crate) agency: Option<String>,
    /// What was typed is no day, or the wrong way round.
    pub(crate) wrong: bool,
}

/// An agency to choose.
pub(crate) struct Choice {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) chosen: bool,
}

impl From<&Choice> for SelectItem {
    fn from(choice: &Choice) -> SelectItem {
        SelectItem::new(&choice.id, &choice.name).chosen(choice.chosen)
    }
}

impl Scope {
    /// The year so far, of the own agency, unless the address says otherwise.
    pub(crate) fn of(asked: &Asked, today: Date, actor: &Actor) -> Scope {
        let day = |name: &str, otherwise: Date| match asked.text(name) {
            "" => Some(otherwise),
            text => text.parse().or_else(|_| Date::strptime(DAY, text)).ok(),
        };
        let year = date(today.year(), 1, 1);
        let period = day("tu", year).zip(day("den", today));
        let period = period.and_then(|(from, to)| Period::new(from, to));
        let agency = match asked.text("co-quan") {
            "" => own_agency(actor).map(str::to_owned),
            id => Some(id.to_owned()),
        };
        Scope {
            wrong: period.is_none(),
            period: period.or(Period::new(year, today)).expect("a year begins before its days"),
            agency,
        }
    }

    /// The question to the office.
    pub(crate) fn asked(&self) -> figures::Asked {
        figures::Asked { period: self.period, agency: self.agency.clone(), as_of: None }
    }

    /// The first day as people write it.
    pub(crate) fn from(&self) -> String {
        self.period.from().strftime(DAY).to_string()
    }

    /// The last day as people write it.
    pub(crate) fn to(&self) -> String {
        self.period.to().strftime(DAY).to_string()
    }

    /// The part of an address that says the same.
    pub(crate) fn query(&self) -> String {
        let (from, to) = (self.period.from(), self.period.to());
        let agency = self.agency.as_deref().unwrap_or_default();
        format!("tu={from}&den={to}&co-quan={agency}")
    }

    /// The agency's name.
    pub(crate) fn agency_name(&self, web: &Web) -> Option<String> {
        self.agency.as_deref().map(|id| unit_name(web, id))
    }

    /// The agencies to choose from, for those who see the province.
    pub(crate) fn agencies(&self, web: &Web, actor: &Actor) -> Vec<Choice> {
        if own_agency(actor).is_some() {
            return Vec::new();
        }
        let there = web.office.catalogue.agencies_offering(self.period.to());
        let choice = |id: String| Choice {
            name: unit_name(web, &id),
            chosen: self.agency.as_ref() == Some(&id),
            id,
        };
        there.into_iter().map(choice).collect()
    }

    /// The last twelve months of the period, oldest first; the last one may be cut.
    pub(crate) fn months(&self) -> Vec<Period> {
        let mut months = Vec::new();
        let mut last = self.period.to();
        while months.len() < 12 && last >= self.period.from() {
            let first = last.first_of_month().max(self.period.from());
            months.extend(Period::new(first, last));
            let Ok(before) = last.first_of_month().yesterday() else { break };
            last = before;
        }
        months.reverse();
        months
    }
}

/// The name of a unit or division; its id where nobody knows it.
pub(crate) fn unit_name(web: &Web, id: &str) -> String {
    let organisation = &web.office.catalogue.organisation;
    let unit = organisation.unit(id).map(|unit| unit.name.clone());
    let division = || organisation.division(id).map(|division| division.name.clone());
    unit.or_else(division).unwrap_or_else(|| id.to_owned())
}

/// `97,5 %`, or a dash of nothing.
pub(crate) fn percent(lang: Language, rate: Rate) -> String {
    rate.basis_points().map_or_else(|| "–".to_owned(), |points| hundredths(lang, points))
}

/// Hundredths of a percent as a percentage with one decimal.
pub(crate) fn hundredths(lang: Language, points: u64) -> String {
    format!("{} %", tenths(lang, (points + 5) / 10))
}

/// Working hours with one decimal.
pub(crate) fn hours(lang: Language, minutes: i64) -> String {
    tenths(lang, (minutes.unsigned_abs() + 3) / 6)
}

fn tenths(lang: Language, tenths: u64) -> String {
    let mark = match lang {
        Language::Vi => ',',
        Language::En => '.',
    };
    format!("{}{mark}{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_the_last_twelve_of_the_period() {
        let controller = Actor::System;
        let of = |query: &str| Scope::of(&Asked::of(query), date(2026, 11, 9), &controller);
        let months = of("tu=2026-01-15&den=2026-03-10").months();
        let days: Vec<_> = months.iter().map(|m| (m.from().day(), m.to().day())).collect();
        assert_eq!(days, [(15, 31), (1, 28), (1, 10)]);
        assert_eq!(of("tu=2024-01-01&den=2026-03-10").months().len(), 12);
        assert!(of("tu=31/02/2026").wrong && !of("").wrong);
    }

    #[test]
    fn numbers_are_written_as_people_do() {
        assert_eq!(percent(Language::Vi, Rate { part: 39, whole: 40 }), "97,5 %");
        assert_eq!(percent(Language::En, Rate { part: 1, whole: 1 }), "100.0 %");
        assert_eq!(percent(Language::Vi, Rate { part: 0, whole: 0 }), "–");
        assert_eq!(hours(Language::Vi, 95), "1,6");
    }
}
