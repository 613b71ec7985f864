//! Acts of leaders: assigning, sending back, signing, and what moves or ends a promise; what waits
//! for their decision; how it goes, and what is odd.

pub mod assign;
pub mod batch;
pub mod correct_due;
pub mod due_proposals;
pub mod monday;
mod monday_parts;
pub mod reappoint;
pub(crate) mod scope;
pub mod scorecard;
pub mod send_back;
pub mod sign;
pub mod signs;
pub mod steering;
pub mod stop;
