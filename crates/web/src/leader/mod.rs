//! Pages of the leader.
