//! Acts of leaders: assigning, sending back, signing, and what moves or ends a promise.

pub mod assign;
pub mod correct_due;
pub mod reappoint;
pub mod send_back;
pub mod sign;
pub mod stop;
