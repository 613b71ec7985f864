//! What the record says at the instant of an act: the system's values, the population, the draw.

use super::listed::Filled;
use super::{choose, fault, population_hash, seed_of};
use crate::catalogue::Catalogue;
use crate::error::ActError;
use crate::figures::{self, Asked, Counted};
use crate::office::Office;
use domain::dossier::Actor;
use domain::inspection::event::Basis;
use domain::inspection::measure::Source;
use domain::inspection::{Command, Draw, Inspection, Measure, Observed, Population, Reading};
use domain::procedure::Procedure;
use domain::statistics::offer::{Offer, Offered, ProcessedAt};
use domain::statistics::{Course, Figure, Figures, Period, Rate};
use domain::time::Instant;
use jiff::civil::Date;
use std::collections::BTreeMap;

impl Office {
    /// Looks at what the command needs, and at nothing else.
    pub(super) async fn observe(
        &self,
        code: &str,
        of: Option<&Inspection>,
        command: &Command,
    ) -> Result<Observed, ActError> {
        let Some(of) = of else { return Ok(Observed::default()) };
        let mut observed = Observed::default();
        match command {
            Command::Report(wish) => {
                let stated = wish.claims.iter().map(|claim| claim.scope.clone());
                let counted = self.counted_for(of, None).await?;
                observed.values = Some(self.values_from(of, stated.collect(), &counted));
                if !wish.unit.is_empty() {
                    observed.listed = self.listed_from(&wish.unit, &counted).await?;
                }
            }
            Command::FixPopulation(_) => {
                let (codes, basis) = self.population_codes(of, None).await?;
                observed.population = Some(Population {
                    ledger_size: basis.size,
                    root: basis.root,
                    dossiers: u32::try_from(codes.len()).map_err(fault("population"))?,
                    hash: population_hash(&codes),
                });
            }
            Command::DrawSample(_) => observed.draw = self.draw(code, of).await?,
            Command::Plan(_)
            | Command::Delegate(_)
            | Command::Announce(_)
            | Command::Meet(_)
            | Command::Check(_)
            | Command::Find(_)
            | Command::Answer(_)
            | Command::SignMinutes(_)
            | Command::Conclude(_)
            | Command::FollowUp(_)
            | Command::Verify(_)
            | Command::Extend(_)
            | Command::Escalate(_) => {}
        }
        Ok(observed)
    }

    /// Every measure, of each agency alone, of all together, and of the scopes asked for.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn system_values(
        &self,
        of: &Inspection,
        asked: Vec<Vec<String>>,
        as_of: Option<Instant>,
    ) -> Result<(Vec<Reading>, Basis), ActError> {
        let counted = self.counted_for(of, as_of).await?;
        Ok(self.values_from(of, asked, &counted))
    }

    /// The data forms as the system fills them now: every measure of each agency, and the dossiers
    /// that BM3 and BM4 list, by agency in the order of the plan.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn filled_forms(&self, of: &Inspection) -> Result<Filled, ActError> {
        let counted = self.counted_for(of, None).await?;
        let (values, basis) = self.values_from(of, Vec::new(), &counted);
        let mut listed = Vec::new();
        for unit in &of.plan.units {
            listed.push((unit.clone(), self.listed_from(unit, &counted).await?));
        }
        Ok(Filled { values, listed, basis })
    }

    fn values_from(
        &self,
        of: &Inspection,
        asked: Vec<Vec<String>>,
        counted: &Counted,
    ) -> (Vec<Reading>, Basis) {
        let day = of.plan.to.min(domain::time::local(counted.basis.as_of).date());
        let mut scopes: Vec<Vec<String>> = of.plan.units.iter().map(|u| vec![u.clone()]).collect();
        let place = |unit: &String| of.plan.units.iter().position(|known| known == unit);
        for mut scope in std::iter::once(of.plan.units.clone()).chain(asked) {
            scope.sort_by_key(place);
            scope.dedup();
            if !scope.is_empty() && !scopes.contains(&scope) {
                scopes.push(scope);
            }
        }
        let mut values = Vec::new();
        for scope in &scopes {
            let offer = Offer::of(&self.catalogue.offered_by(scope, day));
            let theirs = |course: &&Course| scope.contains(&course.agency);
            let courses: Vec<&Course> = counted.courses.iter().filter(theirs).collect();
            let figures = Figures::over(courses.iter().copied(), &counted.window);
            for measure in Measure::ALL {
                values.push(value(*measure, scope, (&offer, &figures), &courses, counted));
            }
        }
        let figures::Basis { as_of, size, root, .. } = counted.basis.clone();
        (values, Basis { as_of, size, root })
    }

    /// The courses of the inspection's period.
    pub(super) async fn counted_for(
        &self,
        of: &Inspection,
        as_of: Option<Instant>,
    ) -> Result<Counted, ActError> {
        let period = Period::new(of.plan.from, of.plan.to).ok_or(ActError::NotFound)?;
        self.count(&Actor::System, Asked { period, agency: None, as_of }).await
    }

    /// The codes of the dossiers received by the agencies in the period, in order.
    pub(super) async fn population_codes(
        &self,
        of: &Inspection,
        as_of: Option<Instant>,
    ) -> Result<(Vec<String>, figures::Basis), ActError> {
        let counted = self.counted_for(of, as_of).await?;
        let received = counted.courses.iter().filter(|course| {
            of.plan.units.contains(&course.agency)
                && course.received_at.is_some_and(|at| counted.window.holds(at))
        });
        let mut codes: Vec<String> = received.filter_map(|course| course.code.clone()).collect();
        codes.sort();
        Ok((codes, counted.basis))
    }

    /// What the checkpoint of now draws; it covers the fact that fixed the population.
    async fn draw(&self, code: &str, of: &Inspection) -> Result<Option<Draw>, ActError> {
        let Some(fixed) = &of.population else { return Ok(None) };
        let head = self.checkpoint().await?;
        let (codes, _) = self.population_codes(of, Some(fixed.at)).await?;
        if population_hash(&codes) != fixed.what.hash {
            let told = format!("{code}: the record gives another population than was fixed");
            return Err(ActError::fault("draw", told));
        }
        let seed = seed_of(&head.note);
        let size = usize::try_from(fixed.what.size).map_err(fault("draw"))?;
        let codes = choose(&seed, &codes, size);
        Ok(Some(Draw { checkpoint_size: head.size, note: head.note, seed, codes }))
    }
}

/// One measure of one scope.
fn value(
    measure: Measure,
    scope: &[String],
    (offer, figures): (&Offer, &Figures),
    courses: &[&Course],
    counted: &Counted,
) -> Reading {
    match measure.source() {
        Source::Procedures => {
            let count = measure.of_offer(offer).unwrap_or_default();
            Reading::count(measure, scope, count)
        }
        Source::Cut => {
            let hundredths = measure.of_offer(offer);
            Reading { measure, scope: scope.to_vec(), hundredths, share: None }
        }
        Source::Dossiers(figure) => Reading::count(measure, scope, figures.of(figure)),
        Source::Share(part, whole) => {
            let rate = Rate { part: figures.of(part), whole: figures.of(whole) };
            Reading::rate(measure, scope, rate)
        }
        Source::ProcedureShare => {
            let by = early_by_procedure(courses, counted);
            let part = by.values().filter(|(early, all)| early * 2 > *all).count() as u64;
            Reading::rate(measure, scope, Rate { part, whole: by.len() as u64 })
        }
    }
}

/// Of each procedure with a result in the period: how many were early, of how many.
pub(super) fn early_by_procedure(
    courses: &[&Course],
    counted: &Counted,
) -> BTreeMap<String, (u64, u64)> {
    let mut by: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for course in courses.iter().filter(|c| Figure::Issued.includes(c, &counted.window)) {
        let (early, all) = by.entry(course.procedure.clone()).or_default();
        *early += u64::from(Figure::IssuedEarly.includes(course, &counted.window));
        *all += 1;
    }
    by
}

impl Catalogue {
    /// The versions in force that some agencies offer on a day, each once for each agency.
    pub(super) fn offered_by(&self, units: &[String], day: Date) -> Vec<Offered<'_>> {
        let there = units.iter().filter_map(|unit| self.organisation.unit(unit));
        let mut offered = Vec::new();
        for unit in there.filter(|unit| unit.exists(day)) {
            let theirs = |p: &&Procedure| p.agency_kind == unit.kind && p.offers(day);
            let procedures = self.procedures.values().filter(theirs);
            offered.extend(procedures.map(|procedure| Offered {
                procedure,
                processed_at_one_stop: ProcessedAt::Agency,
            }));
        }
        offered
    }
}
