//! The odd signs of the agencies inspected, over the period that is looked at.

use crate::error::ActError;
use crate::figures::Asked;
use crate::office::Office;
use crate::signs::Signs;
use domain::detectors::Told;
use domain::dossier::Actor;
use domain::inspection::Inspection;
use domain::inspection::permission::may_look_for_signs;
use domain::statistics::Period;

impl Office {
    /// The odd signs of each inspected agency in the inspection's period, as the record has it now;
    /// of those agencies at which this actor may look, in the order of the plan.
    ///
    /// # Errors
    /// [`ActError::NotFound`] when there is none such; as [`Office::signs`].
    pub async fn inspected_signs(
        &self,
        actor: &Actor,
        of: &Inspection,
        told: Told,
    ) -> Result<Vec<(String, Signs)>, ActError> {
        let period = Period::new(of.plan.from, of.plan.to).ok_or(ActError::NotFound)?;
        let now = self.clock.now();
        let mut all = Vec::new();
        for unit in of.plan.units.iter().filter(|unit| may_look_for_signs(actor, of, unit, now)) {
            let asked = Asked { period, agency: Some(unit.clone()), as_of: Some(now) };
            all.push((unit.clone(), self.signs(&Actor::System, asked, told).await?));
        }
        if all.is_empty() { Err(ActError::NotFound) } else { Ok(all) }
    }
}
