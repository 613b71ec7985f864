//! The writer of a SQLite database: one thread, one connection, every write of the process.

use ledger::Frontier;
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::memory::Memory;
use super::plan::{Plan, Replies, plan, plan_unasked};
use super::{AppendError, BATCH, Recorded, Waiting, refuse, tell};
use crate::error::Fault;
use crate::sql::{Sql, Statement};
use crate::sqlite::{execute, query, write_row};
use crate::store::SEED_HEAD;
use crate::tables::LEDGER_HEAD;
use crate::value::Value;
use crate::values;

const HEAD: Sql = "SELECT frontier, last_ts FROM ledger_head WHERE id = 1";
const REPLY: Sql = "SELECT actor, key, request_hash, version, first_index, reply
    FROM idempotency WHERE actor = $1 AND key = $2";
const STANDING: Sql = "SELECT seq, leaf FROM fact WHERE dossier = $1 ORDER BY seq DESC LIMIT 1";
const LAST_NUMBER: Sql = "SELECT last FROM number_book WHERE book = $1";

/// What waits for the writer.
pub(crate) enum Job {
    /// Facts.
    Append(Box<Waiting>),
    /// Plain tables.
    Execute {
        /// What to do, all of it or nothing.
        steps: Vec<Statement>,
        /// Who waits.
        answer: oneshot::Sender<Result<(), Fault>>,
    },
}

/// Plain-table steps and who waits for them.
type Errand = (Vec<Statement>, oneshot::Sender<Result<(), Fault>>);

/// Whether replies and standings are looked up before a batch is planned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    WhatIsNotRemembered,
    Everything,
}

/// What came of a common transaction: one answer for each append and each errand.
struct Done {
    appends: Vec<Result<Recorded, AppendError>>,
    errands: Vec<Result<(), Fault>>,
}

/// The writing connection and what it remembers.
pub(crate) struct Writer {
    connection: Connection,
    memory: Memory,
}

impl Writer {
    /// Takes over the connection; writes the head of an empty log if there is none.
    pub(crate) fn new(connection: Connection) -> Result<Writer, Fault> {
        let seed = Statement::new(SEED_HEAD, values![Frontier::default().to_bytes()]);
        execute(&connection, &[seed])?;
        Ok(Writer { connection, memory: Memory::default() })
    }

    /// Works until the last sender is gone.
    pub(crate) fn run(mut self, mut queue: mpsc::Receiver<Job>) {
        while let Some(first) = queue.blocking_recv() {
            let mut appends = Vec::new();
            let mut errands = Vec::new();
            for job in gather(first, &mut queue) {
                match job {
                    Job::Append(waiting) => appends.push(*waiting),
                    Job::Execute { steps, answer } => errands.push((steps, answer)),
                }
            }
            self.commit(appends, errands);
        }
    }

    /// Everything in one transaction; if that fails, each by itself.
    fn commit(&mut self, mut appends: Vec<Waiting>, errands: Vec<Errand>) {
        match self.together(&mut appends, &errands) {
            Ok(done) => {
                tell(appends, done.appends);
                for ((_, waiting), outcome) in errands.into_iter().zip(done.errands) {
                    let _ = waiting.send(outcome);
                }
            }
            Err(fault) if appends.len() + errands.len() == 1 => {
                refuse(appends, &fault);
                for (_, waiting) in errands {
                    let _ = waiting.send(Err(fault.clone()));
                }
            }
            Err(_) => {
                appends.into_iter().for_each(|waiting| self.commit(vec![waiting], Vec::new()));
                errands.into_iter().for_each(|errand| self.commit(Vec::new(), vec![errand]));
            }
        }
    }

    fn together(&mut self, appends: &mut [Waiting], errands: &[Errand]) -> Result<Done, Fault> {
        match self.transaction(appends, errands, Asking::WhatIsNotRemembered) {
            // Perhaps a request that was answered before: then its reply is looked up.
            Err(Fault::Duplicate(_)) if !appends.is_empty() => {
                self.transaction(appends, errands, Asking::Everything)
            }
            done => done,
        }
    }

    fn transaction(
        &mut self,
        appends: &mut [Waiting],
        errands: &[Errand],
        asking: Asking,
    ) -> Result<Done, Fault> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let written = self.write(appends, errands, asking).and_then(|done| {
            self.connection.execute_batch("COMMIT")?;
            Ok(done)
        });
        if written.is_err() {
            self.memory.forget();
            // Some errors have rolled back by themselves.
            if !self.connection.is_autocommit() {
                self.connection.execute_batch("ROLLBACK")?;
            }
        }
        written
    }

    fn write(
        &mut self,
        appends: &mut [Waiting],
        errands: &[Errand],
        asking: Asking,
    ) -> Result<Done, Fault> {
        let errands = errands.iter().map(|(steps, _)| savepoint(&self.connection, steps));
        let errands = errands.collect::<Result<_, Fault>>()?;
        if appends.is_empty() {
            return Ok(Done { appends: Vec::new(), errands });
        }
        let plan = self.plan(appends, asking)?;
        for write in plan.rows(appends) {
            write_row(&self.connection, write)?;
        }
        if let Some(head) = plan.head {
            let (frontier, last_ts) = head.to;
            let row = LEDGER_HEAD.row(values![1, head.size, frontier, last_ts]);
            write_row(&self.connection, &row)?;
        }
        Ok(Done { appends: plan.answers, errands })
    }

    fn plan(&mut self, appends: &mut [Waiting], asking: Asking) -> Result<Plan, Fault> {
        self.see_head()?;
        if asking == Asking::WhatIsNotRemembered
            && let Some(plan) = plan_unasked(&mut self.memory, appends)
        {
            return Ok(plan);
        }
        let replies = self.look_up(appends)?;
        Ok(plan(&mut self.memory, appends, replies))
    }

    fn see_head(&mut self) -> Result<(), Fault> {
        let head = query(&self.connection, HEAD, &[])?;
        let head = head.first().ok_or_else(no_head)?;
        self.memory.see_head(head.get("frontier")?, head.get("last_ts")?)
    }

    /// Brings the memory up to what this batch needs.
    fn look_up(&mut self, appends: &[Waiting]) -> Result<Replies, Fault> {
        self.see_head()?;
        let wanted = self.memory.wanted(appends);
        self.memory.assume_new(&wanted);
        for dossier in wanted.dossiers {
            for row in query(&self.connection, STANDING, &[Value::from(&dossier)])? {
                let standing = (row.get("seq")?, Some(row.get("leaf")?));
                self.memory.dossiers.set(dossier.clone(), standing);
            }
        }
        for book in wanted.books {
            for row in query(&self.connection, LAST_NUMBER, &[Value::from(&book)])? {
                self.memory.books.set(book.clone(), row.get("last")?);
            }
        }
        let mut replies = Replies::default();
        for key in appends.iter().filter_map(|waiting| waiting.append.key.as_ref()) {
            for row in
                query(&self.connection, REPLY, &[Value::from(&key.actor), Value::from(&key.key)])?
            {
                replies.learn(&row)?;
            }
        }
        Ok(replies)
    }
}

/// All that waits. Waiting for the callers that were just answered would make fuller batches, but
/// then they and the writer only ever work in turns: measured, a fourteenth fewer lives a second.
fn gather(first: Job, queue: &mut mpsc::Receiver<Job>) -> Vec<Job> {
    let rest = std::iter::from_fn(|| queue.try_recv().ok());
    std::iter::once(first).chain(rest).take(BATCH).collect()
}

/// The steps, all of them or none, without spoiling the transaction around them.
fn savepoint(connection: &Connection, steps: &[Statement]) -> Result<Result<(), Fault>, Fault> {
    connection.execute_batch("SAVEPOINT errand")?;
    let outcome = execute(connection, steps);
    if outcome.is_err() {
        connection.execute_batch("ROLLBACK TO errand")?;
    }
    connection.execute_batch("RELEASE errand")?;
    Ok(outcome)
}

/// The head row is written when the database is opened and never deleted.
pub(super) fn no_head() -> Fault {
    Fault::Row {
        table: "ledger_head".to_owned(),
        column: "id".to_owned(),
        problem: "has no row 1".to_owned(),
    }
}
