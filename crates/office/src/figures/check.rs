//! What is kept in memory, held to what it was made from.

use super::{Asked, Counted, Form, Slice, fault, parse};
use crate::error::ActError;
use crate::log::PAGE;
use crate::office::Office;
use domain::dossier::Actor;
use domain::inspection::is_inspection;
use domain::statistics::columns::Class;
use domain::statistics::{
    Course, Dimension, Figure, Figures, Grain, Period, Place, Times, Window, tabulate,
};
use domain::time::{Instant, local};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// What a check of the counters found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Entries behind the counters.
    pub size: u64,
    /// Root over them, hexadecimal.
    pub root: String,
    /// Ended dossiers that were counted again.
    pub dossiers: u64,
    /// Figures that were compared.
    pub compared: u64,
    /// Where two ways differ, in words.
    pub differences: Vec<String>,
}

/// What a recount says of a place in a month, by class.
type Again<'p> = (&'p Place, [u64; 4]);

impl Office {
    /// Counts all ended dossiers again and compares with the counters.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer or a fact cannot be read.
    pub async fn recount(&self) -> Result<Checked, ActError> {
        let fed = self.fed().await?;
        let (size, root) = (fed.size(), fed.root().to_owned());
        let mut checked = Checked { size, root, ..Checked::default() };
        checked.dossiers = fed.columns.len() as u64;
        let recounted = fed.columns.by(|place| Some(place.clone()));
        let mut months: BTreeMap<(i16, i8), Vec<Again<'_>>> = BTreeMap::new();
        for ((place, year, month), counts) in &recounted {
            months.entry((*year, *month)).or_default().push((place, *counts));
        }
        for ((year, month), places) in months {
            let window = month_window(year, month);
            let counters = fed
                .tally
                .figures(&window, (Grain::Place, Times::Left), |place| Some(place.clone()));
            for (place, counts) in places {
                let figures = &counters[place];
                for (class, figure) in ISSUED {
                    let (again, counted) = (counts[class as usize], figures.of(figure));
                    checked.compare(|| named(place, figure, &window), counted, again);
                }
            }
        }
        Ok(checked)
    }

    /// The recount, and everything that is kept as the definition gives it from the facts: every
    /// figure of every month, every course, and the forms that stand on courses.
    ///
    /// # Errors
    /// As [`Office::recount`].
    pub async fn check_figures(&self) -> Result<Checked, ActError> {
        let mut checked = self.recount().await?;
        let today = local(self.clock.now()).date();
        let mut month = self.first_month().await?.unwrap_or(today).first_of_month();
        while month <= today {
            let period = Period::new(month, month.last_of_month()).expect("a month has days");
            let asked = Asked { period, agency: None, as_of: Some(self.clock.now()) };
            let defined = self.count_again(&Actor::System, asked.clone()).await?;
            self.check_counters(&mut checked, &asked, &defined).await?;
            self.check_courses(&mut checked, asked, &defined).await?;
            month = month.last_of_month().tomorrow().map_err(fault("count"))?;
        }
        Ok(checked)
    }

    async fn check_counters(
        &self,
        checked: &mut Checked,
        asked: &Asked,
        defined: &Counted,
    ) -> Result<(), ActError> {
        let by = [Dimension::Agency, Dimension::Procedure, Dimension::Channel];
        let slice = Slice::default();
        let counters =
            self.counts(&Actor::System, asked.clone(), &slice, (&by, Times::Wanted)).await?;
        let defined = tabulate(&defined.courses, &defined.window, &by);
        let month = asked.period.from().strftime("%Y-%m");
        for (key, figures) in &counters.rows {
            let nothing = Figures::default();
            let defined = defined.get(key).unwrap_or(&nothing);
            for figure in Figure::ALL {
                let name = || format!("{} of {} in {month}", figure.name(), key.join(" "));
                checked.compare(name, figures.of(*figure), defined.of(*figure));
            }
            let times = |of: &Figures| (of.mean_minutes(), of.percentile_minutes(90));
            if times(figures) != times(defined) {
                checked.differences.push(format!("times of {}", key.join(" ")));
            }
        }
        Ok(())
    }

    async fn check_courses(
        &self,
        checked: &mut Checked,
        asked: Asked,
        defined: &Counted,
    ) -> Result<(), ActError> {
        let month = asked.period.from().strftime("%Y-%m").to_string();
        let kept = self.count(&Actor::System, asked).await?;
        let by_id: HashMap<&str, &Course> =
            kept.courses.iter().map(|course| (course.dossier.as_str(), course)).collect();
        for course in &defined.courses {
            let counts = || Figure::ALL.iter().any(|f| f.includes(course, &defined.window));
            let same = match by_id.get(course.dossier.as_str()) {
                Some(kept) => *kept == course,
                None => !counts(),
            };
            checked.compared += 1;
            if !same {
                let differs = format!("the course of {} in {month}", course.dossier);
                checked.differences.push(differs);
            }
        }
        for form in [Form::Causes, Form::Tt01, Form::Register] {
            checked.compared += 1;
            if self.form(form, &kept)?.rows != self.form(form, defined)?.rows {
                checked.differences.push(format!("{} of {month}", form.name()));
            }
        }
        Ok(())
    }

    async fn first_month(&self) -> Result<Option<Date>, ActError> {
        let first = self.store.facts_from(0, PAGE).await.map_err(fault("read facts"))?;
        let first = first.iter().find(|stored| !is_inspection(&stored.kind));
        let first = first.map(parse).transpose()?;
        Ok(first.map(|fact| domain::time::local(fact.at).date()))
    }
}

/// Which figure is which class of the recount.
const ISSUED: [(Class, Figure); 3] = [
    (Class::Early, Figure::IssuedEarly),
    (Class::OnTime, Figure::IssuedOnTime),
    (Class::Late, Figure::IssuedLate),
];

fn month_window(year: i16, month: i8) -> Window {
    let first = Date::constant(year, month, 1);
    let period = Period::new(first, first.last_of_month()).expect("a month has days");
    period.seen_at(Instant::MAX)
}

fn named(place: &Place, figure: Figure, window: &Window) -> String {
    let month = domain::time::local(window.opens).strftime("%Y-%m").to_string();
    let Place { agency, procedure, channel, .. } = place;
    format!("{} of {agency} {procedure} {} in {month}", figure.name(), channel.name())
}

impl Checked {
    fn compare(&mut self, name: impl Fn() -> String, counters: u64, again: u64) {
        self.compared += 1;
        if counters != again {
            let name = name();
            self.differences.push(format!("{name}: counters {counters}, counted again {again}"));
        }
    }
}
