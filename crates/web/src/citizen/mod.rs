//! Pages of the citizen.
