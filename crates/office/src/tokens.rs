//! Bearer tokens seen a moment ago, so that an API call does not read the token table each time.

use domain::dossier::Actor;
use std::collections::HashMap;
use std::sync::Mutex;

/// A revoked token works at most this much longer, milliseconds.
const FRESH_MS: i64 = 5_000;
/// Tokens remembered at most.
const LIMIT: usize = 10_000;

/// Token hash → actor, with the time it was checked.
#[derive(Default)]
pub(crate) struct Tokens(Mutex<HashMap<[u8; 32], (Actor, i64)>>);

impl Tokens {
    /// The actor, if checked a moment ago.
    #[must_use]
    pub(crate) fn get(&self, hash: &[u8; 32], now_ms: i64) -> Option<Actor> {
        let tokens = self.0.lock().expect("no holder of the tokens panics");
        let (actor, at) = tokens.get(hash)?;
        (now_ms - at < FRESH_MS && *at <= now_ms).then(|| actor.clone())
    }

    /// Remembers a token that was just checked.
    pub(crate) fn keep(&self, hash: [u8; 32], actor: Actor, now_ms: i64) {
        let mut tokens = self.0.lock().expect("no holder of the tokens panics");
        if tokens.len() >= LIMIT {
            tokens.clear();
        }
        tokens.insert(hash, (actor, now_ms));
    }
}
