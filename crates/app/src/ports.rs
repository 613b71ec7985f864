//! The outside world, for real: the only place that asks for the time and for chance.

use domain::time::{Instant, from_millis};
use office::ports::{Chance, Clock, Mailer, Message};
use std::io::Write as _;
use std::path::PathBuf;

/// The machine's clock.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the port itself")]
    fn now(&self) -> Instant {
        from_millis(jiff::Timestamp::now().as_millisecond())
    }
}

/// A clock that was set once and goes on by itself: for demonstrations and tests that must not
/// depend on the day on which they run.
pub(crate) struct SetClock {
    ahead_ms: i64,
}

impl SetClock {
    /// Now it is this instant.
    pub(crate) fn to(now: Instant) -> SetClock {
        SetClock { ahead_ms: now.as_millisecond() - SystemClock.now().as_millisecond() }
    }
}

impl Clock for SetClock {
    fn now(&self) -> Instant {
        from_millis(SystemClock.now().as_millisecond() + self.ahead_ms)
    }
}

/// The machine's random numbers.
pub(crate) struct SystemChance;

impl Chance for SystemChance {
    #[expect(clippy::disallowed_methods, reason = "this is the port itself")]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("a system without random numbers cannot keep secrets");
    }
}

/// Letters as files in a folder, from where a gateway fetches them. Writing one twice is harmless:
/// the name is the letter's id.
pub(crate) struct FolderMailer {
    folder: PathBuf,
}

impl FolderMailer {
    /// Letters into this folder, which is made when missing.
    pub(crate) fn into(folder: PathBuf) -> std::io::Result<FolderMailer> {
        std::fs::create_dir_all(&folder)?;
        Ok(FolderMailer { folder })
    }
}

impl Mailer for FolderMailer {
    fn send(&self, message: &Message) -> Result<(), String> {
        let Message { id, to, subject, text } = message;
        let write = || {
            let beside = self.folder.join(format!("{id}.tmp"));
            let mut file = std::fs::File::create(&beside)?;
            write!(file, "To: {to}\nSubject: {subject}\nMessage-ID: {id}\n\n{text}")?;
            file.sync_all()?;
            std::fs::rename(&beside, self.folder.join(format!("{id}.txt")))
        };
        write().map_err(|error| error.to_string())
    }
}
