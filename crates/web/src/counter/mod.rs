//! Pages of the counter.
