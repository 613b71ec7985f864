//! Pages of the api.
