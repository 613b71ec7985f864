//! From waiting appends to rows: the same for both databases, and without either.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use ledger::{Entry, Hash, Version, commitment, leaf_hash};

use super::memory::Memory;
use super::{
    AppendError, Asked, CLOCK_TOLERANCE_MS, Facts, IdempotencyKey, MAX_ENTRY_BYTES,
    MAX_PAYLOAD_BYTES, NewFact, Prepared, Recorded, Waiting,
};
use crate::error::Fault;
use crate::table::Write;
use crate::tables::{FACT, IDEMPOTENCY, NUMBER_BOOK};
use crate::value::Row;
use crate::values;

/// The integers every JSON reader keeps exact.
const MAX_EXACT: u64 = (1 << 53) - 1;

/// What was answered under which key: in the database, and earlier in the batch.
#[derive(Default)]
pub(super) struct Replies(HashMap<String, (Hash, Recorded)>);

/// A batch as it will be written.
#[derive(Default)]
pub(super) struct Plan {
    /// The rows of the record: facts, keys, books.
    own: Vec<Write>,
    /// Where the log's head goes. None when every append was refused or is a repetition.
    pub(super) head: Option<HeadMove>,
    /// Which appends of the batch are to be written.
    accepted: Vec<usize>,
    /// One answer for each append, true once the rows are committed.
    pub(super) answers: Vec<Result<Recorded, AppendError>>,
}

/// The head row before a batch and after it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HeadMove {
    pub(super) from: (Vec<u8>, i64),
    pub(super) to: (Vec<u8>, i64),
    pub(super) size: u64,
}

impl Plan {
    /// Every row but the head's, in order. None when every append was refused or is a repetition.
    pub(super) fn rows<'a>(&'a self, batch: &'a [Waiting]) -> Vec<&'a Write> {
        let made = self.accepted.iter().filter_map(|at| batch[*at].facts.made.as_ref());
        self.own.iter().chain(made.flat_map(|(_, prepared)| &prepared.writes)).collect()
    }

    /// Whether everything is to be written, as it is when nobody asks twice or acts too late.
    pub(super) fn accepts_all(&self) -> bool {
        self.accepted.len() == self.answers.len()
    }
}

/// Plans a batch from memory alone, if that is enough and all of it can be written. Who asks twice
/// or acts too late must hear more than the memory knows.
pub(super) fn plan_unasked(memory: &mut Memory, batch: &mut [Waiting]) -> Option<Plan> {
    if !memory.suffices(batch) {
        return None;
    }
    memory.assume_new(&memory.wanted(batch));
    let plan = plan(memory, batch, Replies::default());
    if !plan.accepts_all() {
        memory.forget();
        return None;
    }
    Some(plan)
}

/// Plans a batch. The memory then stands after it: forget it if the commit fails.
pub(super) fn plan(memory: &mut Memory, batch: &mut [Waiting], mut replies: Replies) -> Plan {
    let mut plan = Plan::default();
    for (at, Waiting { append, facts, .. }) in batch.iter_mut().enumerate() {
        let known = replies.find(append.key.as_ref());
        let answer = known.unwrap_or_else(|| {
            let recorded = plan_one(memory, append, facts, &mut plan.own)?;
            plan.accepted.push(at);
            replies.remember(append, &recorded);
            Ok(recorded)
        });
        plan.answers.push(answer);
    }
    let books = plan.accepted.iter().filter_map(|at| batch[*at].append.book.as_ref());
    for book in books.collect::<HashSet<_>>() {
        let last = memory.books.get(book).expect("a book of the batch is remembered");
        plan.own.push(NUMBER_BOOK.row(values![book, last]));
    }
    if !plan.own.is_empty() {
        let edge = memory.edge();
        let stored = (edge.frontier.to_bytes(), edge.last_ts);
        let from = std::mem::replace(&mut edge.stored, stored.clone());
        plan.head = Some(HeadMove { from, to: stored, size: edge.frontier.size() });
    }
    plan
}

/// Plans one append. Nothing is changed before nothing can go wrong any more.
fn plan_one(
    memory: &mut Memory,
    append: &Asked,
    facts: &mut Facts,
    own: &mut Vec<Write>,
) -> Result<Recorded, AppendError> {
    let standing = memory.dossiers.get(&append.dossier);
    let (version, last_leaf) = standing.expect("a dossier of the batch is remembered");
    if version != append.expected {
        return Err(AppendError::Conflict { actual: version });
    }
    let ts = time_of_leaf(memory.edge().last_ts, append.at_ms)?;
    let number = append.book.as_ref().and_then(|book| memory.books.get(book)).map(|last| last + 1);
    if let (Some(wanted), Some(next)) = (append.number, number)
        && wanted != next
    {
        return Err(AppendError::OtherNumber { next });
    }
    let prepared = made(facts, number)?;
    check(append, prepared, number)?;
    let first_index = memory.edge().frontier.size();
    let draft = draft(append, prepared, (version, last_leaf), ts, first_index)?;

    let edge = memory.edge();
    for leaf in &draft.leaves {
        edge.frontier.append(*leaf);
        edge.last_ts = ts;
    }
    let last_leaf = draft.leaves.last().copied().or(last_leaf);
    memory.dossiers.set(append.dossier.clone(), (draft.recorded.version, last_leaf));
    if let (Some(book), Some(number)) = (&append.book, number) {
        memory.books.set(book.clone(), number);
    }
    own.extend(draft.own);
    Ok(draft.recorded)
}

/// The append's facts with this number: made now, or in an earlier attempt that others spoiled.
fn made(facts: &mut Facts, number: Option<u32>) -> Result<&Prepared, Fault> {
    let Facts { prepare, made } = facts;
    if made.as_ref().is_none_or(|(with, _)| *with != number) {
        // A panic in there is that caller's failure, not the recorder's.
        let prepared = catch_unwind(AssertUnwindSafe(|| prepare(number)));
        *made = prepared.ok().map(|prepared| (number, prepared));
    }
    let prepared = made.as_ref().map(|(_, prepared)| prepared);
    prepared.ok_or_else(|| Fault::Invalid("the facts cannot be made: a panic".to_owned()))
}

/// The rows of the record and the leaves, before anything is changed.
struct Draft {
    own: Vec<Write>,
    leaves: Vec<Hash>,
    recorded: Recorded,
}

fn draft(
    append: &Asked,
    prepared: &Prepared,
    (mut version, mut prev): (u32, Option<Hash>),
    ts: i64,
    first_index: u64,
) -> Result<Draft, Fault> {
    let mut own = Vec::with_capacity(prepared.facts.len() + 1);
    let mut leaves = Vec::with_capacity(prepared.facts.len());
    for (fact, index) in prepared.facts.iter().zip(first_index..) {
        version += 1;
        let entry = entry(append, fact, version, prev, ts);
        let text = entry.to_canonical();
        if text.len() > MAX_ENTRY_BYTES {
            return Err(Fault::Invalid(format!("a leaf of {} bytes", text.len())));
        }
        let leaf = leaf_hash(text.as_bytes());
        let (dossier, actor, payload) = (&append.dossier, entry.actor, &fact.payload);
        let (kind, salt) = (fact.kind, fact.salt);
        let row = values![index, dossier, version, kind, ts, actor, text, leaf, salt, payload];
        own.push(FACT.row(row));
        leaves.push(leaf);
        prev = Some(leaf);
    }
    let reply = prepared.reply.clone();
    let recorded = Recorded { version, first_index, reply, repeated: false };
    if let Some(IdempotencyKey { actor, key, request_hash }) = &append.key {
        let reply = &recorded.reply;
        let row = values![actor, key, *request_hash, version, first_index, reply, append.at_ms];
        own.push(IDEMPOTENCY.row(row));
    }
    own.iter().chain(&prepared.writes).try_for_each(Write::check)?;
    Ok(Draft { own, leaves, recorded })
}

fn entry(append: &Asked, fact: &NewFact, dseq: u32, prev: Option<Hash>, ts: i64) -> Entry {
    Entry {
        actor: fact.actor.clone(),
        agency: fact.agency.clone(),
        book: fact.book_no.and(append.book.clone()),
        book_no: fact.book_no,
        cal: fact.cal.clone(),
        commit: commitment(&fact.salt, fact.payload.as_bytes()),
        dossier: append.dossier.clone(),
        dseq,
        due: fact.due,
        kind: fact.kind.to_owned(),
        prev,
        proc: fact.proc.clone(),
        subject_tag: fact.subject_tag.clone(),
        ts,
        v: Version::V1,
    }
}

/// The time the log takes the fact in: never before the last one.
fn time_of_leaf(last_ms: i64, at_ms: i64) -> Result<i64, AppendError> {
    if at_ms < last_ms.saturating_sub(CLOCK_TOLERANCE_MS) {
        return Err(AppendError::ClockWentBack { last_ms });
    }
    Ok(at_ms.max(last_ms))
}

/// What would be written but never read, or would leave a hole in a book.
fn check(append: &Asked, prepared: &Prepared, number: Option<u32>) -> Result<(), Fault> {
    let exact = |ms: i64| ms.unsigned_abs() <= MAX_EXACT;
    let facts = &prepared.facts;
    let problem = if facts.iter().any(|fact| fact.payload.len() > MAX_PAYLOAD_BYTES) {
        format!("a payload longer than {MAX_PAYLOAD_BYTES} bytes")
    } else if !exact(append.at_ms) || !facts.iter().filter_map(|fact| fact.due).all(exact) {
        "a time that JSON cannot hold exactly".to_owned()
    } else if !facts.iter().filter_map(|fact| fact.book_no).eq(number) {
        format!("the number {number:?} must stand in exactly one of the facts")
    } else {
        return Ok(());
    };
    Err(Fault::Invalid(problem))
}

impl Replies {
    /// Takes in a row of `idempotency`.
    pub(super) fn learn(&mut self, row: &Row) -> Result<(), Fault> {
        let key: String = row.get("key")?;
        let recorded = Recorded {
            version: row.get("version")?,
            first_index: row.get("first_index")?,
            reply: row.get("reply")?,
            repeated: true,
        };
        let place = place(&row.get::<String>("actor")?, &key);
        self.0.insert(place, (row.get("request_hash")?, recorded));
        Ok(())
    }

    pub(super) fn find(
        &self,
        key: Option<&IdempotencyKey>,
    ) -> Option<Result<Recorded, AppendError>> {
        let key = key?;
        let (request_hash, recorded) = self.0.get(&place(&key.actor, &key.key))?;
        if *request_hash == key.request_hash {
            Some(Ok(recorded.clone()))
        } else {
            Some(Err(AppendError::KeyReused))
        }
    }

    fn remember(&mut self, append: &Asked, recorded: &Recorded) {
        if let Some(key) = &append.key {
            let again = Recorded { repeated: true, ..recorded.clone() };
            self.0.insert(place(&key.actor, &key.key), (key.request_hash, again));
        }
    }
}

/// Actor and key as one; neither holds a NUL.
fn place(actor: &str, key: &str) -> String {
    format!("{actor}\0{key}")
}
