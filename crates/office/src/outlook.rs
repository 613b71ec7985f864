//! What the figures do not tell of dossiers: where their working hours went, and how the running
//! ones stand.

use crate::error::ActError;
use crate::figures::{Asked, Looked};
use crate::office::Office;
use domain::dossier::Actor;
use domain::permission::may_detect;
use domain::statistics::flow::Loads;
use domain::statistics::{Course, Period, Window};
use domain::time::{Instant, local};
use domain::worktime::{Calendar, YearNotEntered};

/// The way of dossiers in a period, and the running ones at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// Where those lay that moved on in the period.
    pub loads: Loads,
    /// Received and not finished, nearest due date first.
    pub running: Vec<Running>,
}

/// A received dossier that is not finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// The procedure version.
    pub procedure: String,
    /// The officer in charge.
    pub official: Option<String>,
    /// The due date in force.
    pub due: Option<Instant>,
    /// Working minutes left, negative when late; `None` while the clock stands.
    pub left_minutes: Option<i64>,
    /// Working minutes since it was received.
    pub age_minutes: i64,
}

impl Office {
    /// The outlook of an agency or of the province.
    ///
    /// # Errors
    /// As [`Office::count`].
    pub async fn outlook(&self, actor: &Actor, asked: &Asked) -> Result<Outlook, ActError> {
        let agency = asked.agency.as_deref();
        let known = agency.is_none_or(|id| self.catalogue.organisation.unit(id).is_some());
        if !known || !may_detect(actor, agency) {
            return Err(ActError::NotFound);
        }
        let window = asked.period.seen_at(asked.as_of.unwrap_or_else(|| self.clock.now()));
        // What runs at the end counts in a period of its last day alone.
        let day = local(window.end).date();
        let last = Period::new(day, day).expect("a day is not before itself");
        let asked = Asked { period: last, as_of: Some(window.end), agency: asked.agency.clone() };
        let calendar = self.calendar();
        type Found = Result<Vec<Running>, YearNotEntered>;
        let add = move |found: &mut Option<Found>, course: &Course, window: &Window| {
            let all = found.get_or_insert_with(|| Ok(Vec::new()));
            let Ok(running) = all else { return };
            match Running::of(course, window.end, &calendar.calendar) {
                Ok(one) => running.extend(one),
                Err(missing) => *all = Err(missing),
            }
        };
        let Looked { parts, .. } = self.look(&asked, add).await?;
        let parts = parts.into_iter().flatten().collect::<Result<Vec<_>, _>>().map_err(fault)?;
        let mut running = parts.concat();
        running.sort_by_key(|running| (running.left_minutes.is_none(), running.due));
        let loads = self.loads(&window, agency).await?;
        Ok(Outlook { loads, running })
    }
}

impl Running {
    fn of(
        course: &Course,
        at: Instant,
        calendar: &Calendar,
    ) -> Result<Option<Running>, YearNotEntered> {
        let (Some(received), None) = (course.received_at, course.end) else { return Ok(None) };
        let count = |from: Instant, to: Instant| calendar.count_minutes(local(from), local(to));
        let left_minutes = match (course.due, course.stands) {
            (Some(due), None) if at <= due => Some(count(at, due)?),
            (Some(due), None) => Some(-count(due, at)?),
            (None, _) | (_, Some(_)) => None,
        };
        Ok(Some(Running {
            id: course.dossier.clone(),
            code: course.code.clone().unwrap_or_default(),
            procedure: course.procedure.clone(),
            official: course.official.clone(),
            due: course.due,
            left_minutes,
            age_minutes: count(received, at)?,
        }))
    }
}

fn fault(error: impl std::fmt::Display) -> ActError {
    ActError::fault("look ahead", error)
}
