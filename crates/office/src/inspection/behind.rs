//! What stands behind a value: the procedures of the catalogue, or the dossiers of the record, as
//! they were at the instant of the claim.

use super::fault;
use crate::error::ActError;
use crate::figures::Counted;
use crate::office::Office;
use domain::dossier::Actor;
use domain::inspection::measure::Source;
use domain::inspection::{Claim, Inspection, Measure, Reading};
use domain::procedure::Procedure;
use domain::statistics::offer::Offer;
use domain::statistics::{Course, Figure};
use domain::time::Instant;

/// Is it among those that the value counts?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counts {
    /// Counted.
    Yes,
    /// Looked at, and not counted.
    No,
}

/// A procedure behind a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehindProcedure {
    /// Procedure version id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// The cut of its times, smallest and largest, in hundredths of a percent.
    pub cut: Option<(u64, u64)>,
    /// Its level before 2022, where it had one.
    pub level: Option<u8>,
    /// Early results, of how many in the period.
    pub early: Option<(u64, u64)>,
    /// Is it counted?
    pub counts: Counts,
}

/// A dossier behind a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehindDossier {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its procedure's name.
    pub procedure: String,
    /// The agency.
    pub agency: String,
    /// When it was received.
    pub received_at: Option<Instant>,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// Is it counted?
    pub counts: Counts,
}

/// All that stands behind a value.
pub struct Behind {
    /// The claim.
    pub claim: Claim,
    /// The reading whose list it is.
    pub reading: Reading,
    /// Procedures, where the catalogue tells the value.
    pub procedures: Vec<BehindProcedure>,
    /// Dossiers, where the record tells it; those that are not counted first.
    pub dossiers: Vec<BehindDossier>,
    /// The instant it is told for.
    pub as_of: Instant,
}

impl Office {
    /// What stands behind a reading of a claim.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for another claim or reading, and for those who may not see it.
    pub async fn behind_claim(
        &self,
        actor: &Actor,
        code: &str,
        (no, reading): (u32, usize),
    ) -> Result<Behind, ActError> {
        let view = self.inspection(actor, code).await?;
        let of = &view.inspection;
        let (report, claim) = of.claim(no).ok_or(ActError::NotFound)?;
        let reading = claim.readings.get(reading).ok_or(ActError::NotFound)?;
        let as_of = report.what.basis.as_of;
        let counted = self.counted_for(of, Some(as_of)).await?;
        let theirs = |course: &&Course| reading.scope.contains(&course.agency);
        let courses: Vec<&Course> = counted.courses.iter().filter(theirs).collect();
        Ok(Behind {
            procedures: self.procedures_behind(of, reading, &courses, &counted),
            dossiers: self.dossiers_behind(reading, &courses, &counted),
            claim: claim.clone(),
            reading: reading.clone(),
            as_of,
        })
    }

    fn procedures_behind(
        &self,
        of: &Inspection,
        reading: &Reading,
        courses: &[&Course],
        counted: &Counted,
    ) -> Vec<BehindProcedure> {
        let day = of.plan.to.min(domain::time::local(counted.basis.as_of).date());
        let measure = reading.measure;
        let by = match measure.source() {
            Source::Procedures | Source::Cut => Default::default(),
            Source::ProcedureShare => super::observe::early_by_procedure(courses, counted),
            Source::Dossiers(_) | Source::Share(..) => return Vec::new(),
        };
        let mut behind = Vec::new();
        for offered in self.catalogue.offered_by(&reading.scope, day) {
            let (procedure, offer) = (offered.procedure, Offer::of(&[offered]));
            let early = by.get(&procedure.id).copied();
            if measure.source() == Source::ProcedureShare && early.is_none() {
                continue;
            }
            let counts = match (measure.source(), early) {
                (Source::ProcedureShare, Some((early, all))) if early * 2 > all => Counts::Yes,
                (Source::ProcedureShare, Some(_)) => Counts::No,
                _ => extreme(measure, &offer, reading),
            };
            behind.push(line(procedure, &offer, early, counts));
        }
        if measure.source() == Source::Cut {
            behind.sort_by_key(|one| one.cut.map_or(u64::MAX, |(least, _)| least));
            if measure == Measure::TimeCutMax {
                behind.sort_by_key(|one| std::cmp::Reverse(one.cut.map_or(0, |(_, most)| most)));
            }
        } else {
            behind.sort_by_key(|one| one.counts);
        }
        behind
    }

    fn dossiers_behind(
        &self,
        reading: &Reading,
        courses: &[&Course],
        counted: &Counted,
    ) -> Vec<BehindDossier> {
        let (part, whole) = match reading.measure.source() {
            Source::Dossiers(figure) => (figure, figure),
            Source::Share(part, whole) => (part, whole),
            Source::ProcedureShare => (Figure::IssuedEarly, Figure::Issued),
            Source::Procedures | Source::Cut => return Vec::new(),
        };
        let among = courses.iter().filter(|course| whole.includes(course, &counted.window));
        let mut behind: Vec<BehindDossier> = among
            .map(|course| BehindDossier {
                id: course.dossier.clone(),
                code: course.code.clone().unwrap_or_else(|| course.dossier.clone()),
                procedure: self
                    .catalogue
                    .procedure(&course.procedure)
                    .map_or_else(|| course.procedure.clone(), |known| known.name.clone()),
                agency: course.agency.clone(),
                received_at: course.received_at,
                ended_at: course.end.map(|(at, _)| at),
                counts: match part.includes(course, &counted.window) {
                    true => Counts::Yes,
                    false => Counts::No,
                },
            })
            .collect();
        behind.sort_by(|a, b| (b.counts, &a.code).cmp(&(a.counts, &b.code)));
        behind
    }

    /// The id behind a dossier's code, for a member who reads it through the inspection.
    ///
    /// # Errors
    /// [`ActError::NotFound`] when there is none.
    pub async fn dossier_of_code(&self, code: &str) -> Result<String, ActError> {
        let row = self.store.dossier_by_code(code).await.map_err(fault("read dossier"))?;
        row.map(|row| row.id).ok_or(ActError::NotFound)
    }
}

/// Is a procedure counted; of a cut, is it the one that makes the value?
fn extreme(measure: Measure, offer: &Offer, reading: &Reading) -> Counts {
    let counted = match measure.source() {
        Source::Cut => {
            let value = measure.of_offer(offer);
            value.is_some() && value == reading.hundredths
        }
        Source::Procedures | Source::Dossiers(_) | Source::Share(..) | Source::ProcedureShare => {
            measure.of_offer(offer).unwrap_or_default() > 0
        }
    };
    if counted { Counts::Yes } else { Counts::No }
}

fn line(
    procedure: &Procedure,
    offer: &Offer,
    early: Option<(u64, u64)>,
    counts: Counts,
) -> BehindProcedure {
    BehindProcedure {
        id: procedure.id.clone(),
        name: procedure.name.clone(),
        code: procedure.code.clone().unwrap_or_default(),
        cut: offer.cut.map(|cut| (cut.min, cut.max)),
        level: procedure.online_level.legacy,
        early,
        counts,
    }
}
