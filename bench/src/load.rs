//! The closed loop: each client plays one life after the other, without a pause between calls.

use crate::histogram::Histogram;
use crate::http::{Connection, Request};
use crate::life::{self, Tokens};
use crate::usage::{self, Usage, Watched};
use serde::Deserialize;
use std::borrow::Cow;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// What to play.
#[derive(Clone)]
pub(crate) struct Load {
    /// The server.
    pub(crate) address: SocketAddr,
    /// Who acts.
    pub(crate) tokens: Arc<Tokens>,
    /// How many at a time.
    pub(crate) clients: usize,
    /// Before anything is counted.
    pub(crate) warm_up: Duration,
    /// What is counted.
    pub(crate) time: Duration,
    /// Whose processor time is counted.
    pub(crate) watched: Watched,
}

/// What an acknowledgement says.
#[derive(Deserialize)]
struct Done<'d> {
    #[serde(borrow)]
    id: Cow<'d, str>,
    #[serde(borrow)]
    code: Option<Cow<'d, str>>,
    version: u32,
    #[serde(borrow)]
    stage: Cow<'d, str>,
}

/// A dossier as last acknowledged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Acknowledged {
    /// Its id.
    pub(crate) id: String,
    /// Its code, once received.
    pub(crate) code: Option<String>,
    /// How many facts it has.
    pub(crate) version: u32,
    /// Where it stands.
    pub(crate) stage: String,
    /// The last call went wrong: whether it was done is not known.
    pub(crate) broken: bool,
}

/// What came of it.
#[derive(Default)]
pub(crate) struct Outcome {
    /// Counted calls, by step.
    pub(crate) steps: [Histogram; 7],
    /// Seconds counted.
    pub(crate) seconds: f64,
    /// Calls that went wrong.
    pub(crate) errors: u64,
    /// The first of them.
    pub(crate) first_error: Option<String>,
    /// Every dossier that was ever acknowledged, warm-up included.
    pub(crate) dossiers: Vec<Acknowledged>,
    /// Processor time of the counted stretch.
    pub(crate) usage: Usage,
}

impl Outcome {
    /// All counted calls.
    pub(crate) fn calls(&self) -> Histogram {
        let mut all = Histogram::default();
        self.steps.iter().for_each(|step| all.merge(step));
        all
    }

    fn take_in(&mut self, part: Outcome) {
        for (mine, theirs) in self.steps.iter_mut().zip(&part.steps) {
            mine.merge(theirs);
        }
        self.errors += part.errors;
        self.first_error = self.first_error.take().or(part.first_error);
        self.dossiers.extend(part.dossiers);
    }

    fn went_wrong(&mut self, what: String) {
        self.errors += 1;
        self.first_error.get_or_insert(what);
    }
}

const WARM_UP: u8 = 0;
const COUNTED: u8 = 1;
const OVER: u8 = 2;

/// Plays the load to its end: every life that was begun is finished.
///
/// # Errors
/// When a client's task fails.
pub(crate) async fn play(load: &Load) -> anyhow::Result<Outcome> {
    let phase = Arc::new(AtomicU8::new(WARM_UP));
    let client = |number| tokio::spawn(lives(load.clone(), number, phase.clone()));
    let clients: Vec<_> = (0..load.clients).map(client).collect();
    // A stretch of real time is what a benchmark counts in: there is no other thing to wait for.
    tokio::time::sleep(load.warm_up).await;
    let before = usage::read(load.watched);
    phase.store(COUNTED, Relaxed);
    let start = Instant::now();
    tokio::time::sleep(load.time).await;
    phase.store(OVER, Relaxed);
    let seconds = start.elapsed().as_secs_f64();
    let usage = usage::read(load.watched).since(&before);
    let mut outcome = Outcome { seconds, usage, ..Outcome::default() };
    for client in clients {
        outcome.take_in(client.await?);
    }
    Ok(outcome)
}

/// Plays a single life, to see that everything is in place.
///
/// # Errors
/// What the server said instead.
pub(crate) async fn one_life(address: SocketAddr, tokens: &Tokens) -> anyhow::Result<Acknowledged> {
    let (mut client, mut outcome) = (Client::new(address, usize::MAX), Outcome::default());
    client.life(tokens, &AtomicU8::new(WARM_UP), &mut outcome).await;
    match outcome.first_error {
        Some(error) => anyhow::bail!("the first life went wrong: {error}"),
        None => Ok(outcome.dossiers.pop().unwrap_or_default()),
    }
}

async fn lives(load: Load, number: usize, phase: Arc<AtomicU8>) -> Outcome {
    let mut client = Client::new(load.address, number);
    let mut outcome = Outcome::default();
    // A client that was failed stops: what it would measure is not the server at work.
    while phase.load(Relaxed) != OVER && outcome.errors == 0 {
        client.life(&load.tokens, &phase, &mut outcome).await;
    }
    outcome
}

/// One client with its connection and its buffers.
struct Client {
    connection: Connection,
    number: usize,
    lives: u64,
    path: String,
    body: String,
    key: String,
}

impl Client {
    fn new(address: SocketAddr, number: usize) -> Client {
        let (path, body, key) = (String::new(), String::with_capacity(2_048), String::new());
        Client { connection: Connection::to(address), number, lives: 0, path, body, key }
    }

    async fn life(&mut self, tokens: &Tokens, phase: &AtomicU8, outcome: &mut Outcome) {
        self.lives += 1;
        let mut dossier = Acknowledged::default();
        for step in 0..life::STEPS.len() {
            let start = Instant::now();
            match self.call(step, tokens, &mut dossier).await {
                Ok(()) => {
                    if phase.load(Relaxed) == COUNTED {
                        let micros = start.elapsed().as_micros();
                        outcome.steps[step].add(u64::try_from(micros).unwrap_or(u64::MAX));
                    }
                }
                Err(error) => {
                    outcome.went_wrong(format!("{}: {error}", life::STEPS[step]));
                    dossier.broken = true;
                    break;
                }
            }
        }
        if !dossier.id.is_empty() {
            outcome.dossiers.push(dossier);
        }
    }

    async fn call(
        &mut self,
        step: usize,
        tokens: &Tokens,
        dossier: &mut Acknowledged,
    ) -> Result<(), String> {
        use std::fmt::Write as _;
        life::path(step, &dossier.id, &mut self.path);
        life::body(step, self.lives * 1_000 + self.number as u64 % 1_000, &mut self.body);
        self.key.clear();
        // Writing into a String cannot fail.
        let _ = write!(self.key, "bench-{}-{}-{step}", self.number, self.lives);
        let request = Request {
            method: "POST",
            path: &self.path,
            token: tokens.of(step, self.number),
            key: Some(&self.key),
            body: self.body.as_bytes(),
        };
        let answer = self.connection.ask(&request).await.map_err(|error| error.to_string())?;
        let text = || String::from_utf8_lossy(answer.body).chars().take(400).collect::<String>();
        if !(200..300).contains(&answer.status) {
            return Err(format!("{} {}", answer.status, text()));
        }
        let done: Done<'_> =
            serde_json::from_slice(answer.body).map_err(|error| format!("{error}: {}", text()))?;
        dossier.id.clear();
        dossier.id.push_str(&done.id);
        dossier.code = done.code.map(Cow::into_owned);
        dossier.version = done.version;
        dossier.stage = done.stage.into_owned();
        Ok(())
    }
}
