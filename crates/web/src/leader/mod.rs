//! Acts of leaders: assigning, sending back, signing, and what moves or ends a promise; what waits
//! for their decision.

pub mod assign;
pub mod batch;
pub mod correct_due;
pub mod due_proposals;
pub mod reappoint;
pub mod send_back;
pub mod sign;
pub mod stop;
