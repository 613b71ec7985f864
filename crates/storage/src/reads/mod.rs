//! The questions the house asks of its tables, by subject: one SQL text each.

mod calendar;
mod dossiers;
mod inspections;
mod outbox;
mod people;
mod register;
mod results;
mod steering;
mod witnesses;

pub use calendar::CalendarDecisionRow;
pub use dossiers::{DossierFilter, DossierRow, TaskRow};
pub use inspections::{InspectionReading, LookedAt};
pub use outbox::{NewJob, OutboxRow};
pub use people::{AccountRow, ApiTokenRow, SessionRow, UploadRow};
pub use register::Registered;
pub use results::ResultRow;
pub use steering::{AuditRow, SteeringRow};
pub use witnesses::{CosignatureRow, TimeStampRow};
