//! The figures: what an office claims, as functions of facts.
//!
//! * [`History`] folds the facts of one dossier; [`Course`] is what the figures look at, as of an
//!   instant: facts after it are as if they were not.
//! * [`Figure`] — one definition for each count: does it count this course in this [`Window`]? The
//!   number in a cell and the list behind it are the same question.
//! * [`Figures`] — the sums over courses, by [`Dimension`].
//! * [`marks`], [`Tally`] — the counters: what each fact changes in the figures, added up so that
//!   any window as of any instant is a sum that does not grow with the number of dossiers.
//! * [`Walk`] — one dossier's facts, one after the other, and what each changes in all of these.
//! * [`Courses`] — the courses of all dossiers over their lives, folded as of any instant.
//! * [`columns`] — the ended dossiers in 16 bytes each, for counting all of them again.
//! * [`report06a`], [`report07a`], [`causes`], [`tt01`], [`qd766`], [`offer`] — the forms, from the
//!   figures alone. A form whose columns do not add up cannot be built.
//! * [`flow`] — where working hours go, by step and waiting.
//!
//! No lateness is judged here: that is `dossier::clock`. What no fact tells is
//! [`Measured::NotRecorded`], never zero.

pub mod causes;
mod change;
pub mod columns;
mod course;
mod courses;
mod figure;
mod figures;
pub mod flow;
mod gathered;
mod interned;
pub mod marks;
mod measured;
pub mod offer;
mod period;
pub mod qd766;
pub mod report06a;
pub mod report07a;
mod results;
pub mod suppress;
mod tally;
pub mod tt01;
mod walk;

pub use change::{Judged, What};
pub use course::{Course, End, History, Minutes, Service, Setting, Spell};
pub use courses::Courses;
pub use figure::Figure;
pub use figures::{Dimension, Figures, tabulate};
pub use gathered::Belongs;
pub use measured::{Broken, Measured, Rate};
pub use period::{Period, Window};
pub use tally::{Grain, Place, Tally, Times};
pub use walk::{Told, Walk};
