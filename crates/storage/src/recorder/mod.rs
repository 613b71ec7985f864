//! The recorder: the only writer of facts.
//!
//! Whatever appends wait are taken together and written in one transaction with one sync of the
//! disk (group commit). There is no timer: one caller alone never waits for company, many callers
//! form batches by themselves. On PostgreSQL the head row is locked for the length of a batch, so
//! several processes take turns and the log stays one line.

mod memory;
mod plan;
pub(crate) mod postgres;
pub(crate) mod sqlite;

use ledger::Hash;
use tokio::sync::{mpsc, oneshot};

use crate::error::Fault;
use crate::store::Store;
use crate::table::Write;

/// The most appends that share one commit.
pub(crate) const BATCH: usize = 128;
/// How far the clock may stand behind the log's last fact before the recorder refuses.
pub const CLOCK_TOLERANCE_MS: i64 = 300_000;
/// The longest payload of one fact, in bytes. Papers are files, not payloads.
pub const MAX_PAYLOAD_BYTES: usize = 4 * 1024 * 1024;
/// The longest leaf: the tiles of the log count its bytes in 16 bits.
pub const MAX_ENTRY_BYTES: usize = 65_535;

/// Makes the facts, once the number is known; once more when that number went to somebody else
/// before the commit.
pub type Prepare = Box<dyn FnMut(Option<u32>) -> Prepared + Send>;

/// A request to append facts to one dossier.
pub struct Append {
    /// The dossier.
    pub dossier: String,
    /// How many facts it had when the act was decided.
    pub expected: u32,
    /// Makes a repeated request harmless.
    pub key: Option<IdempotencyKey>,
    /// The time of the act, in milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// The book to take a number from. The number then stands in exactly one of the facts.
    pub book: Option<String>,
    /// The one number that will do, where the facts were made for it beforehand.
    pub number: Option<u32>,
    /// Makes the facts, once the number is known.
    pub prepared: Prepare,
}

/// Tells a repeated request from a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Who asks.
    pub actor: String,
    /// The form's nonce or the API's header.
    pub key: String,
    /// The hash of what is asked: the same key with another body is refused.
    pub request_hash: Hash,
}

/// What is to be written.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// What happened, in order.
    pub facts: Vec<NewFact>,
    /// The rows that follow from it: read models, outbox.
    pub writes: Vec<Write>,
    /// What to answer; kept under the idempotency key.
    pub reply: String,
}

/// One fact to be recorded.
#[derive(Debug, Clone, Default)]
pub struct NewFact {
    /// The name of the fact, such as `received`.
    pub kind: &'static str,
    /// Its content as JSON. Stays beside the log, which holds only a commitment to it.
    pub payload: String,
    /// 32 random bytes that keep the commitment from being guessed.
    pub salt: [u8; 32],
    /// Who did it: a pseudonym.
    pub actor: String,
    /// The agency in whose name it was done.
    pub agency: Option<String>,
    /// Hash of the procedure version.
    pub proc: Option<String>,
    /// When the dossier is due, in milliseconds.
    pub due: Option<i64>,
    /// Hash of the working-day calendar.
    pub cal: Option<String>,
    /// Keyed tag of applicant and procedure.
    pub subject_tag: Option<String>,
    /// The number taken from [`Append::book`].
    pub book_no: Option<u32>,
}

/// What was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// How many facts the dossier has now (for a repeated request: had then).
    pub version: u32,
    /// The index in the log of the first new fact.
    pub first_index: u64,
    /// The answer.
    pub reply: String,
    /// Whether this request had been answered before; then nothing new was written.
    pub repeated: bool,
}

/// Why nothing was recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// Somebody else acted on the dossier in between: load it and decide again.
    #[error("the dossier has {actual} facts by now")]
    Conflict {
        /// How many facts it has.
        actual: u32,
    },
    /// The book's next number is not the one that the facts were made for: make them again.
    #[error("the next number is {next}")]
    OtherNumber {
        /// The book's next number.
        next: u32,
    },
    /// The idempotency key was used for another request.
    #[error("this request key was used for another request")]
    KeyReused,
    /// The clock stands far behind the log. Somebody must look before anything is written.
    #[error("the clock went back: the last fact is of {last_ms}")]
    ClockWentBack {
        /// The time of the last fact, in milliseconds.
        last_ms: i64,
    },
    /// A technical failure.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The way to the recorder: cheap to clone, one recorder behind all clones of a [`Store`].
#[derive(Clone)]
pub struct Recorder {
    queue: Queue,
}

#[derive(Clone)]
enum Queue {
    Sqlite(mpsc::Sender<sqlite::Job>),
    Postgres(mpsc::Sender<Waiting>),
}

/// An append and the caller who waits for its outcome.
pub(crate) struct Waiting {
    append: Asked,
    facts: Facts,
    answer: oneshot::Sender<Result<Recorded, AppendError>>,
}

/// An [`Append`] without its closure.
struct Asked {
    dossier: String,
    expected: u32,
    key: Option<IdempotencyKey>,
    at_ms: i64,
    book: Option<String>,
    number: Option<u32>,
}

/// The facts of an append, and the number they were last made with.
struct Facts {
    prepare: Prepare,
    made: Option<(Option<u32>, Prepared)>,
}

impl Recorder {
    /// The recorder of this store.
    pub(crate) fn of(store: &Store) -> Recorder {
        Recorder {
            queue: match store {
                Store::Sqlite(database) => Queue::Sqlite(database.0.jobs().clone()),
                Store::Postgres(database) => Queue::Postgres(database.0.appends().clone()),
            },
        }
    }

    /// Records the facts and answers once they are on disk.
    ///
    /// Dropping the future does not take the request back.
    ///
    /// # Errors
    /// [`AppendError`]; except after [`Fault::OutcomeUnknown`] nothing was written.
    pub async fn append(&self, append: Append) -> Result<Recorded, AppendError> {
        check_texts(&append)?;
        let (answer, answered) = oneshot::channel();
        let Append { dossier, expected, key, at_ms, book, number, prepared } = append;
        let append = Asked { dossier, expected, key, at_ms, book, number };
        let waiting = Waiting { append, facts: Facts { prepare: prepared, made: None }, answer };
        let sent = match &self.queue {
            Queue::Sqlite(jobs) => jobs.send(sqlite::Job::Append(Box::new(waiting))).await.is_ok(),
            Queue::Postgres(appends) => appends.send(waiting).await.is_ok(),
        };
        if !sent {
            return Err(Fault::Stopped.into());
        }
        answered.await.unwrap_or(Err(AppendError::Fault(Fault::Stopped)))
    }
}

/// Tells every caller its own outcome. One who went away is not an error.
fn tell(batch: Vec<Waiting>, outcomes: Vec<Result<Recorded, AppendError>>) {
    for (waiting, outcome) in batch.into_iter().zip(outcomes) {
        let _ = waiting.answer.send(outcome);
    }
}

/// Tells every caller of the same failure.
fn refuse(batch: Vec<Waiting>, fault: &Fault) {
    for waiting in batch {
        let _ = waiting.answer.send(Err(fault.clone().into()));
    }
}

/// PostgreSQL refuses a NUL in any text, even in a question; so it is refused before the queue.
fn check_texts(append: &Append) -> Result<(), Fault> {
    let key = append.key.iter().flat_map(|key| [&key.actor, &key.key]);
    let texts = key.chain(append.book.iter()).chain([&append.dossier]);
    match texts.filter(|text| text.contains('\0')).count() {
        0 => Ok(()),
        _ => Err(Fault::Invalid("a text with a NUL in it".to_owned())),
    }
}
