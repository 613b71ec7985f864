//! The data forms that list dossiers, filled from the record as of the counted instant.

use crate::error::ActError;
use crate::figures::Counted;
use crate::office::Office;
use domain::dossier::{Actor, Dossier};
use domain::inspection::event::Basis;
use domain::inspection::listed::{LISTED_MAX, LISTING, Listed};
use domain::inspection::measure::Source;
use domain::inspection::{Measure, Reading};
use domain::statistics::Course;

/// The data forms as the system fills them.
pub struct Filled {
    /// Every measure of each agency, and of all together.
    pub values: Vec<Reading>,
    /// By agency, the dossiers that BM3 and BM4 list.
    pub listed: Vec<(String, Vec<Listed>)>,
    /// From what.
    pub basis: Basis,
}

impl Office {
    /// The dossiers of an agency on the forms that list them, at most [`LISTED_MAX`] on each.
    pub(super) async fn listed_from(
        &self,
        unit: &str,
        counted: &Counted,
    ) -> Result<Vec<Listed>, ActError> {
        let mut listed = Vec::new();
        for form in LISTING {
            let measures = Measure::listed_on(form);
            let counted_in = |course: &Course| -> Vec<Measure> {
                let counts = |measure: &&Measure| match measure.source() {
                    Source::Dossiers(figure) => figure.includes(course, &counted.window),
                    Source::Procedures
                    | Source::Cut
                    | Source::Share(..)
                    | Source::ProcedureShare => false,
                };
                measures.iter().filter(counts).copied().collect()
            };
            let theirs = counted.courses.iter().filter(|course| course.agency == unit);
            let there = theirs.map(|course| (course, counted_in(course)));
            for (course, counted_in) in there.filter(|(_, of)| !of.is_empty()).take(LISTED_MAX) {
                let dossier = self.state(&Actor::System, &course.dossier).await?;
                listed.push(line(form, (course, &dossier), counted_in, counted));
            }
        }
        Ok(listed)
    }
}

fn line(
    form: &str,
    (course, dossier): (&Course, &Dossier),
    counted_in: Vec<Measure>,
    counted: &Counted,
) -> Listed {
    let moved = dossier.clock.reappointments.iter();
    let moved: Vec<_> = moved.filter(|moved| moved.at <= counted.window.end).collect();
    Listed {
        form: form.to_owned(),
        dossier: course.code.clone().unwrap_or_else(|| course.dossier.clone()),
        procedure: course.procedure.clone(),
        counted_in,
        received_at: course.received_at,
        due_at: dossier.clock.promised_at,
        ended_at: course.end.map(|(at, _)| at),
        apologies: u32::try_from(moved.len()).unwrap_or(u32::MAX),
        rounds: course.supplement_rounds,
        recorded: moved.last().map(|moved| moved.reason.clone()).unwrap_or_default(),
        remark: String::new(),
    }
}
