//! Acts of leaders: assigning, sending back, signing.

pub mod assign;
pub mod send_back;
pub mod sign;
