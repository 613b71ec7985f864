//! The outside world as the office sees it: the only traits, each with a fake for tests.

use domain::time::{Instant, from_millis};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now, UTC, whole milliseconds.
    fn now(&self) -> Instant;
}

/// Gives unpredictable bytes: salts, ids, tokens.
pub trait Chance: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, bytes: &mut [u8]);
}

/// Carries a message to a person.
pub trait Mailer: Send + Sync {
    /// Sends; an error is retried later, so sending must be safe to repeat.
    ///
    /// # Errors
    /// The channel's own words, for the log.
    fn send(&self, message: &Message) -> Result<(), String>;
}

/// Carries a question to another house and brings its answer: to a witness, to a time-stamping
/// authority. Nothing secret goes out, and every answer is signed, so the way need not be.
pub trait Courier: Send + Sync {
    /// Posts a body of this media type; the status and body of the answer.
    ///
    /// # Errors
    /// Why there is no answer, for the log.
    fn post(&self, url: &str, media_type: &str, body: &[u8]) -> Result<(u16, Vec<u8>), String>;
}

/// A message to an applicant: a code and what to do, no more personal data than the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Stable id: a second sending of the same id is the same message.
    pub id: String,
    /// E-mail address or telephone number.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// Text.
    pub text: String,
}

/// A clock that is moved by hand: tests and the simulator.
pub struct MovedClock(AtomicI64);

impl MovedClock {
    /// Starts at an instant.
    #[must_use]
    pub fn at(instant: Instant) -> MovedClock {
        MovedClock(AtomicI64::new(instant.as_millisecond()))
    }

    /// Moves to an instant.
    pub fn set(&self, instant: Instant) {
        self.0.store(instant.as_millisecond(), Ordering::SeqCst);
    }

    /// Moves forward by milliseconds.
    pub fn advance(&self, milliseconds: i64) {
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Instant {
        from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// Chance from a seed: the same bytes in the same order every time.
pub struct SeededChance(Mutex<rand_chacha::ChaCha20Rng>);

impl SeededChance {
    /// From a number.
    #[must_use]
    pub fn new(seed: u64) -> SeededChance {
        use rand_core::SeedableRng;
        SeededChance(Mutex::new(rand_chacha::ChaCha20Rng::seed_from_u64(seed)))
    }
}

impl Chance for SeededChance {
    fn fill(&self, bytes: &mut [u8]) {
        use rand_core::Rng;
        self.0.lock().expect("no holder of the generator panics").fill_bytes(bytes);
    }
}

/// A mailer that keeps what it was given.
#[derive(Default)]
pub struct KeptMail(pub Mutex<Vec<Message>>);

impl Mailer for KeptMail {
    fn send(&self, message: &Message) -> Result<(), String> {
        let mut kept = self.0.lock().expect("no holder of the letters panics");
        if !kept.iter().any(|old| old.id == message.id) {
            kept.push(message.clone());
        }
        Ok(())
    }
}
