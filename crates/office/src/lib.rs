//! The clerk: the only place where rules meet storage.
//!
//! [`Office::act`] is the one write path (load → decide → record → hand on); everything that reads
//! goes through the methods of [`view`], which take the reader. The outside world comes in through
//! [`ports`].

pub mod accounts;
pub mod act;
pub mod batch;
pub mod bundle;
mod cache;
pub mod calendar;
pub mod catalogue;
mod derived;
mod error;
pub mod figures;
pub mod key_ring;
pub mod keys;
pub mod letters;
pub mod log;
mod office;
pub mod outlook;
pub mod paper;
pub mod papers;
pub mod ports;
pub mod press;
pub mod proofs;
mod read_model;
pub mod reminders;
pub mod results;
pub mod reuse;
pub mod scans;
pub mod scorecard;
pub mod signed;
pub mod signs;
pub mod steering;
mod tokens;
pub mod verify;
pub mod view;
pub mod witnesses;

pub use act::{Acted, Target};
pub use error::ActError;
pub use office::{Installation, Office, Ports};
