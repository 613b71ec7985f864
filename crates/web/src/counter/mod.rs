//! Acts of the one-stop: taking in, asking, refusing, handing on, giving back.

pub(crate) mod checklist;
pub mod confirm_payment;
mod desk;
pub mod give_back;
pub mod receive;
pub mod refuse;
pub mod request_supplement;
pub(crate) mod scans;
pub mod start;
pub mod submit;
pub mod supplement;
pub mod transfer;
pub mod withdraw;

pub(crate) use desk::is_counter;
