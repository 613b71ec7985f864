//! `motcua witness`: the other side of the log, for an inspectorate. It remembers the last head of
//! each log that it looks after, cosigns one that continues it, and refuses every other.

mod command;
mod keeper;

pub(crate) use command::run;
