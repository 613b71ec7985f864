//! A sample that neither side can steer. The population is fixed first: the codes of all dossiers,
//! in order. The seed is the hash of a signed checkpoint that comes later. A dossier's lot is the
//! hash of seed and code; the smallest lots are drawn. `docs/inspection-sample.md` has the same in
//! Python.

use super::fault;
use crate::error::ActError;
use crate::office::Office;
use domain::dossier::Actor;
use domain::inspection::Inspection;
use domain::inspection::event::SampleDrawn;
use sha2::{Digest, Sha256};

/// A sample drawn anew, to be held against the recorded one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sampled {
    /// The codes of the population, in order.
    pub population: Vec<String>,
    /// Their hash as recorded.
    pub recorded_hash: String,
    /// The sample as recorded.
    pub recorded: SampleDrawn,
    /// The seed that follows from the note.
    pub seed: String,
    /// The codes that follow from population and seed.
    pub codes: Vec<String>,
}

impl Sampled {
    /// Does all that was recorded follow?
    #[must_use]
    pub fn follows(&self) -> bool {
        population_hash(&self.population) == self.recorded_hash
            && self.seed == self.recorded.seed
            && self.codes == self.recorded.codes
    }
}

/// SHA-256 over the codes, a line feed after each, hexadecimal.
#[must_use]
pub fn population_hash(codes: &[String]) -> String {
    let mut hash = Sha256::new();
    for code in codes {
        hash.update(code.as_bytes());
        hash.update(b"\n");
    }
    hex::encode(hash.finalize())
}

/// The seed of a signed note, hexadecimal.
#[must_use]
pub fn seed_of(note: &str) -> String {
    hex::encode(Sha256::digest(note.as_bytes()))
}

/// The `size` codes with the smallest lots, the smallest first.
#[must_use]
pub fn choose(seed: &str, population: &[String], size: usize) -> Vec<String> {
    let lot = |code: &String| hex::encode(Sha256::digest(format!("{seed}\n{code}").as_bytes()));
    let mut lots: Vec<(String, &String)> =
        population.iter().map(|code| (lot(code), code)).collect();
    lots.sort();
    lots.into_iter().take(size).map(|(_, code)| code.clone()).collect()
}

impl Office {
    /// Draws the sample of an inspection again from the record as it stood.
    ///
    /// # Errors
    /// [`ActError::NotFound`] before it was drawn and for those who may not see the inspection.
    pub async fn sample_anew(&self, actor: &Actor, code: &str) -> Result<Sampled, ActError> {
        let view = self.inspection(actor, code).await?;
        let Inspection { population, sample, .. } = &view.inspection;
        let (Some(fixed), Some(drawn)) = (population, sample) else {
            return Err(ActError::NotFound);
        };
        let population = self.population_codes(&view.inspection, Some(fixed.at)).await?.0;
        let size = usize::try_from(fixed.what.size).map_err(fault("sample"))?;
        let seed = seed_of(&drawn.what.note);
        let codes = choose(&seed, &population, size);
        let (recorded_hash, recorded) = (fixed.what.hash.clone(), drawn.what.clone());
        Ok(Sampled { population, recorded_hash, recorded, seed, codes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same numbers as in docs/inspection-sample.md: whoever changes the rule breaks them.
    #[test]
    fn the_rule_is_the_published_one() {
        let codes: Vec<String> = (1..=9).map(|n| format!("H-{n}")).collect();
        let seed = seed_of("note\n");
        assert_eq!(seed, hex::encode(Sha256::digest(b"note\n")));
        let drawn = choose(&seed, &codes, 3);
        assert_eq!(drawn.len(), 3);
        assert_eq!(drawn, choose(&seed, &codes, 9)[..3], "a larger sample begins with it");
        assert_ne!(drawn, choose(&seed_of("another note\n"), &codes, 3));
        assert_ne!(population_hash(&codes), population_hash(&codes[1..]));
        assert_eq!(choose(&seed, &codes, 20).len(), 9, "no more than there are");
    }
}
