//! What everyone may see of the figures: a row for each agency, small cells hidden. Computed anew
//! at most once in a quarter of an hour, whoever asks how often.

use super::{Asked, Basis};
use crate::error::ActError;
use crate::office::Office;
use domain::dossier::Actor;
use domain::statistics::suppress::{Shown, shown};
use domain::statistics::{Dimension, Figure, Figures, Period, tabulate};
use domain::time::{Instant, local};
use jiff::SignedDuration;
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
    pub rows: Vec<Row>,
}

/// An agency's results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its unit id.
    pub agency: String,
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
        let counted = self.count(&Actor::System, asked).await?;
        let table = tabulate(&counted.courses, &counted.window, &[Dimension::Agency]);
        let rows = table.iter().filter(|(_, figures)| figures.of(Figure::Handled) > 0);
        Ok(Published {
            period,
            rows: rows.map(|(key, figures)| row(key.concat(), figures)).collect(),
            basis: counted.basis,
        })
    }
}

fn row(agency: String, figures: &Figures) -> Row {
    let of = |figure| figures.of(figure);
    let (handled, [resolved_in_time, resolved_late, running_in_time, running_late]) = shown([
        of(Figure::ResolvedEarly) + of(Figure::ResolvedOnTime),
        of(Figure::ResolvedLate),
        of(Figure::RunningInTime),
        of(Figure::RunningLate),
    ]);
    Row { agency, handled, resolved_in_time, resolved_late, running_in_time, running_late }
}
