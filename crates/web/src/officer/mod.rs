//! Pages of the officer.
