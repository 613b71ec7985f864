//! The recorder of a PostgreSQL database: one task, one connection of its own.
//!
//! One flight per batch, as a rule: `BEGIN`, the head's move, one statement of arrays for each kind
//! of change and the `COMMIT` are sent together, planned from memory. The head's move is the guard:
//! it fails, and everything after it, unless the head stands where it was left. When the memory
//! does not suffice, when somebody else wrote, or when a key was answered before, nothing was
//! written and the batch takes two flights: first `BEGIN`, the head's lock and the look-ups, then
//! the rest.

use deadpool_postgres::{ClientWrapper, Object, Pool};
use futures_util::future::{join, join3};
use tokio::sync::mpsc;

use super::memory::{Memory, Wanted};
use super::plan::{HeadMove, Plan, Replies, plan, plan_unasked};
use super::sqlite::no_head;
use super::{AppendError, BATCH, IdempotencyKey, Recorded, Waiting, refuse, tell};
use crate::error::Fault;
use crate::postgres::{Opening, fly, query};
use crate::sql::Sql;
use crate::table::Write;
use crate::value::{Row, Value};
use crate::values;

const HEAD: Sql = "SELECT frontier, last_ts FROM ledger_head WHERE id = 1 FOR UPDATE";
/// Fails with a division by zero when the head is not where it was left.
const MOVE_HEAD: Sql = "WITH moved AS (
        UPDATE ledger_head SET size = $3, frontier = $4, last_ts = $5
        WHERE id = 1 AND frontier = $1 AND last_ts = $2 RETURNING id)
    SELECT 1 / COUNT(*) FROM moved";
const REPLIES: Sql = "SELECT i.actor, i.key, i.request_hash, i.version, i.first_index, i.reply
    FROM UNNEST($1::text[], $2::text[]) AS wanted (actor, key)
    JOIN idempotency i ON i.actor = wanted.actor AND i.key = wanted.key";
const STANDINGS: Sql = "SELECT wanted.dossier, f.seq, f.leaf
    FROM UNNEST($1::text[]) AS wanted (dossier)
    CROSS JOIN LATERAL (SELECT seq, leaf FROM fact WHERE fact.dossier = wanted.dossier
        ORDER BY seq DESC LIMIT 1) f";
const LAST_NUMBERS: Sql = "SELECT b.book, b.last FROM UNNEST($1::text[]) AS wanted (book)
    JOIN number_book b ON b.book = wanted.book";

/// Every look-up goes by an index, whatever the statistics of a young table say; and a commit
/// waits for the disk, whatever the server's default is.
const SETTINGS: &str = "SET synchronous_commit TO on; SET jit TO off;
    SET plan_cache_mode TO force_generic_plan; SET enable_seqscan TO off;
    SET enable_hashjoin TO off; SET enable_mergejoin TO off";

/// Works until the last sender is gone.
pub(crate) async fn run(pool: Pool, mut queue: mpsc::Receiver<Waiting>) {
    let mut desk = Desk { pool, client: None, memory: Memory::default() };
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        desk.commit(std::mem::take(&mut batch)).await;
        // Those just answered may ask again first: measured, batches of 32 callers grow from 16 to
        // 28 and PostgreSQL spends a third less per append at 8. Nobody waits for it.
        tokio::task::yield_now().await;
    }
}

struct Desk {
    pool: Pool,
    client: Option<ClientWrapper>,
    memory: Memory,
}

/// One answer for each append.
type Answers = Vec<Result<Recorded, AppendError>>;

/// What came of sending everything at once.
enum Flight {
    Landed(Answers),
    /// Nothing was written.
    NotTaken,
    Lost(Lost),
}

/// A flight whose connection broke under way: where it brings the head, and what is then true.
struct Lost {
    head: HeadMove,
    answers: Answers,
    fault: Fault,
}

impl Desk {
    /// All in one transaction; if the database refuses that, each by itself.
    async fn commit(&mut self, mut batch: Vec<Waiting>) {
        match self.together(&mut batch).await {
            Ok(answers) => tell(batch, answers),
            Err(fault @ (Fault::OutcomeUnknown(_) | Fault::Unreachable(_))) => {
                refuse(batch, &fault)
            }
            Err(fault) if batch.len() == 1 => refuse(batch, &fault),
            Err(_) => {
                for waiting in batch {
                    let mut alone = vec![waiting];
                    match self.together(&mut alone).await {
                        Ok(answers) => tell(alone, answers),
                        Err(fault) => refuse(alone, &fault),
                    }
                }
            }
        }
    }

    async fn together(&mut self, batch: &mut [Waiting]) -> Result<Answers, Fault> {
        let lost = match self.in_one_flight(batch).await {
            Flight::Landed(answers) => return Ok(answers),
            Flight::NotTaken => None,
            Flight::Lost(lost) => Some(lost),
        };
        let replies = match self.begin(batch).await {
            // Nothing was written yet: a connection that died while idle may be replaced unseen.
            Err(Fault::Unreachable(_)) => self.begin(batch).await,
            other => other,
        };
        if let Some(lost) = lost {
            if replies.is_err() {
                return Err(lost.fault);
            }
            if let Some(outcome) = self.found(lost) {
                return outcome;
            }
        }
        let plan = plan(&mut self.memory, batch, replies?);
        let rows = plan.rows(batch);
        self.fly(Opening::Begun, plan.head.as_ref(), &rows).await?;
        Ok(plan.answers)
    }

    /// Everything at once, if the memory suffices and an open connection is at hand.
    async fn in_one_flight(&mut self, batch: &mut [Waiting]) -> Flight {
        self.client.take_if(|client| client.is_closed());
        if self.client.is_none() {
            return Flight::NotTaken;
        }
        let Some(plan) = plan_unasked(&mut self.memory, batch) else {
            return Flight::NotTaken;
        };
        let rows = plan.rows(batch);
        match (self.fly(Opening::Begin, plan.head.as_ref(), &rows).await, plan) {
            (Ok(()), plan) => Flight::Landed(plan.answers),
            (Err(fault @ Fault::OutcomeUnknown(_)), Plan { head: Some(head), answers, .. }) => {
                Flight::Lost(Lost { head, answers, fault })
            }
            (Err(_), _) => Flight::NotTaken,
        }
    }

    /// What became of a lost flight. The head, locked now, tells: if it went where the flight
    /// brings it, all is written. If it still stands where the flight takes it from, the batch is
    /// planned again (`None`), and the head's next move keeps a late arrival out.
    fn found(&mut self, lost: Lost) -> Option<Result<Answers, Fault>> {
        let stored = &self.memory.edge().stored;
        if *stored == lost.head.from {
            return None;
        }
        let landed = *stored == lost.head.to;
        // The open transaction ends with the connection.
        self.client = None;
        self.memory.forget();
        Some(if landed { Ok(lost.answers) } else { Err(lost.fault) })
    }

    /// Writes and commits. The memory stays only if that went well.
    async fn fly(
        &mut self,
        opening: Opening,
        head: Option<&HeadMove>,
        rows: &[&Write],
    ) -> Result<(), Fault> {
        let client = self.client.take().ok_or(Fault::Stopped)?;
        let guard = head.map(head_move);
        let guard = guard.as_ref().map(|values| (MOVE_HEAD, values.as_slice()));
        let flown = fly(&client, opening, guard, rows).await;
        if flown.is_err() {
            self.memory.forget();
        }
        match (&flown, opening) {
            (Ok(()), _) => self.client = Some(client),
            (Err(Fault::Duplicate(_) | Fault::Database(_)), Opening::Begin) => {
                self.client = Some(client);
            }
            // Whatever state the connection is in ends with it.
            (Err(_), _) => {}
        }
        flown
    }

    /// Opens the transaction and brings the memory up to what this batch needs.
    async fn begin(&mut self, batch: &mut [Waiting]) -> Result<Replies, Fault> {
        let client = match self.client.take() {
            Some(client) => client,
            None => connect(&self.pool).await?,
        };
        // On an error the client is dropped here, and its transaction with it.
        let replies = look_up(&client, &mut self.memory, batch).await;
        if replies.is_err() {
            self.memory.forget();
        }
        let replies = replies?;
        self.client = Some(client);
        Ok(replies)
    }
}

fn head_move(head: &HeadMove) -> Vec<Value> {
    let ((from, from_ts), (to, to_ts)) = (&head.from, &head.to);
    values![from.clone(), *from_ts, head.size, to.clone(), *to_ts]
}

async fn connect(pool: &Pool) -> Result<ClientWrapper, Fault> {
    let client = Object::take(pool.get().await?);
    client.batch_execute(SETTINGS).await?;
    Ok(client)
}

async fn look_up(
    client: &ClientWrapper,
    memory: &mut Memory,
    batch: &mut [Waiting],
) -> Result<Replies, Fault> {
    // Beforehand, because a statement that is prepared on the way would come after the others.
    for sql in [HEAD, REPLIES, STANDINGS, LAST_NUMBERS] {
        client.prepare_cached(sql).await?;
    }
    let wanted = memory.wanted(batch);
    let keys: Vec<_> = batch.iter().filter_map(|waiting| waiting.append.key.clone()).collect();
    let begin = async { client.batch_execute("BEGIN").await.map_err(Fault::from) };
    let rest = join(ask_replies(client, &keys), ask(client, &wanted));
    let (begun, head, (replies, found)) = join3(begin, query(client, HEAD, &[]), rest).await;
    begun?;
    let head = head?;
    let head = head.first().ok_or_else(no_head)?;
    memory.see_head(head.get("frontier")?, head.get("last_ts")?)?;
    learn(memory, &wanted, found?)?;
    // Somebody else wrote: what was remembered before counts for nothing and is asked anew.
    let more = memory.wanted(batch);
    if !more.is_empty() {
        let found = ask(client, &more).await?;
        learn(memory, &more, found)?;
    }
    replies
}

async fn ask_replies(client: &ClientWrapper, keys: &[IdempotencyKey]) -> Result<Replies, Fault> {
    let mut replies = Replies::default();
    if keys.is_empty() {
        return Ok(replies);
    }
    let actors: Vec<&str> = keys.iter().map(|key| key.actor.as_str()).collect();
    let keys: Vec<&str> = keys.iter().map(|key| key.key.as_str()).collect();
    for row in query(client, REPLIES, &[&actors, &keys]).await? {
        replies.learn(&row)?;
    }
    Ok(replies)
}

/// What the database has of the wanted dossiers and books.
struct Found {
    dossiers: Vec<Row>,
    books: Vec<Row>,
}

async fn ask(client: &ClientWrapper, wanted: &Wanted) -> Result<Found, Fault> {
    let dossiers = ask_names(client, STANDINGS, &wanted.dossiers);
    let books = ask_names(client, LAST_NUMBERS, &wanted.books);
    let (dossiers, books) = join(dossiers, books).await;
    Ok(Found { dossiers: dossiers?, books: books? })
}

async fn ask_names(client: &ClientWrapper, sql: Sql, names: &[String]) -> Result<Vec<Row>, Fault> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    query(client, sql, &[&names]).await
}

fn learn(memory: &mut Memory, wanted: &Wanted, found: Found) -> Result<(), Fault> {
    memory.assume_new(wanted);
    for row in found.dossiers {
        memory.dossiers.set(row.get("dossier")?, (row.get("seq")?, Some(row.get("leaf")?)));
    }
    for row in found.books {
        memory.books.set(row.get("book")?, row.get("last")?);
    }
    Ok(())
}
