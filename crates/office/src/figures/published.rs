//! What everyone may see of the figures: a row for each agency, small cells hidden. Computed anew
//! at most once in a quarter of an hour, whoever asks how often.

use super::{Asked, Basis, Slice};
use crate::error::ActError;
use crate::office::Office;
use domain::dossier::Actor;
use domain::statistics::suppress::{FEWEST, Shown, shown_together};
use domain::statistics::{Dimension, Figure, Figures, Period, Times};
use domain::time::{Instant, local};
use jiff::SignedDuration;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Mutex;

/// How long a computation is shown.
const KEPT: SignedDuration = SignedDuration::from_mins(15);

/// The last computation. One asks the database, the others wait for its answer.
#[derive(Default)]
pub(crate) struct Kept(Mutex<Option<(Instant, Arc<Published>)>>);

/// The results of the year so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// From the first day of the year to the day of computation.
    pub period: Period,
    /// What they were computed from.
    pub basis: Basis,
    /// The agencies that had anything to settle.
    pub agencies: Vec<Row>,
    /// The procedures of which anything was to be settled.
    pub procedures: Vec<Row>,
}

/// The results of an agency, or of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its id: of the unit, or of the procedure version.
    pub id: String,
    /// To be settled in the period: the sum of the parts below.
    pub handled: Shown,
    /// Resolved early or on time.
    pub resolved_in_time: Shown,
    /// Resolved late.
    pub resolved_late: Shown,
    /// In progress, within their time.
    pub running_in_time: Shown,
    /// In progress beyond it.
    pub running_late: Shown,
    /// Working minutes within which half of the results were issued; of a row whose sum is hidden,
    /// and of fewer than five results, nothing is told.
    pub median_minutes: Option<i64>,
}

impl Office {
    /// The public results of the year so far.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer or a fact cannot be read.
    pub async fn published(&self) -> Result<Arc<Published>, ActError> {
        let mut kept = self.published.0.lock().await;
        let now = self.clock.now();
        if let Some((at, published)) = &*kept
            && now.duration_since(*at).abs() < KEPT
        {
            return Ok(published.clone());
        }
        let published = Arc::new(self.publish(now).await?);
        *kept = Some((now, published.clone()));
        Ok(published)
    }

    async fn publish(&self, now: Instant) -> Result<Published, ActError> {
        let today = local(now).date();
        let first = today.first_of_year();
        let period = Period::new(first, today).expect("a year begins before its days");
        let asked = Asked { period, agency: None, as_of: Some(now) };
        let slice = Slice::default();
        let system = &Actor::System;
        let agencies = self
            .counts(system, asked.clone(), &slice, (&[Dimension::Agency], Times::Wanted))
            .await?;
        let by = [Dimension::Procedure];
        let procedures = self.counts(system, asked, &slice, (&by, Times::Wanted)).await?;
        Ok(Published {
            period,
            agencies: rows(&agencies.rows),
            procedures: rows(&procedures.rows),
            basis: procedures.basis,
        })
    }
}

/// The rows of a table as everyone may see them.
fn rows(table: &BTreeMap<Vec<String>, Figures>) -> Vec<Row> {
    let there = table.iter().filter(|(_, figures)| figures.of(Figure::Handled) > 0);
    let there: Vec<_> = there.collect();
    let parts: Vec<[u64; 4]> = there
        .iter()
        .map(|(_, figures)| {
            let of = |figure| figures.of(figure);
            [
                of(Figure::ResolvedEarly) + of(Figure::ResolvedOnTime),
                of(Figure::ResolvedLate),
                of(Figure::RunningInTime),
                of(Figure::RunningLate),
            ]
        })
        .collect();
    let cells = shown_together(&parts);
    let row = |((key, figures), (handled, parts)): (&(&Vec<String>, &Figures), _)| {
        let [resolved_in_time, resolved_late, running_in_time, running_late] = parts;
        let told = figures.of(Figure::Issued) >= FEWEST && handled != Shown::Hidden;
        Row {
            id: key.concat(),
            handled,
            resolved_in_time,
            resolved_late,
            running_in_time,
            running_late,
            median_minutes: figures.percentile_minutes(50).filter(|_| told),
        }
    };
    there.iter().zip(cells).map(row).collect()
}
