//! `motcua export facts`: the record without personal data, a line for each fact, from which an
//! outsider recomputes any figure. `docs/facts-export.md` describes every field.

use super::fault;
use crate::error::ActError;
use crate::log::PAGE;
use crate::office::Office;
use domain::dossier::event::{Event, LateEntry, Paper, TaskOpened};
use domain::dossier::{By, Fact};
use domain::inspection::is_inspection;
use domain::rules::Grain;
use domain::statistics::Service;
use domain::statistics::offer::service;
use domain::time::Instant;
use ledger::Hash;
use serde_json::{Map, Value, json};
use storage::StoredFact;
use storage::facts::LOG_BEGAN;

/// The shape of the file; a reader that knows another one refuses.
const VERSION: u32 = 1;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Facts, as many as the log had entries.
    pub facts: u64,
    /// Root of the tree over them, hexadecimal.
    pub root: String,
}

impl Office {
    /// Writes all facts as JSON Lines, after a first line that says what the file is.
    ///
    /// # Errors
    /// [`ActError::Fault`] when reading fails, a fact was erased, or the sink fails.
    pub async fn export_facts(
        &self,
        sink: impl FnMut(&str) -> std::io::Result<()>,
    ) -> Result<Exported, ActError> {
        let head = self.store.ledger_head().await.map_err(fault("read head"))?;
        self.export_facts_of((head.size(), head.root()), sink).await
    }

    /// [`Office::export_facts`] of the first entries only: as many as this head has.
    ///
    /// # Errors
    /// As [`Office::export_facts`].
    pub async fn export_facts_of(
        &self,
        (size, root): (u64, Hash),
        mut sink: impl FnMut(&str) -> std::io::Result<()>,
    ) -> Result<Exported, ActError> {
        let root = root.to_string();
        let mut write = |value: Value| {
            let mut line = value.to_string();
            line.push('\n');
            sink(&line).map_err(fault("write facts"))
        };
        write(self.about(size, &root))?;
        let mut next = 0u64;
        while next < size {
            let page = self.store.entries_from(next, PAGE).await.map_err(fault("read facts"))?;
            let Some(last) = page.last() else { break };
            next = last.idx + 1;
            for stored in page.iter().filter(|stored| stored.idx < size) {
                write(self.line(stored)?)?;
            }
        }
        Ok(Exported { facts: next.min(size), root })
    }

    /// The first line: the log, and what facts name but do not describe.
    fn about(&self, size: u64, root: &str) -> Value {
        let units = self.catalogue.organisation.units.iter();
        let agencies: Map<String, Value> = units
            .map(|unit| {
                let level = unit.level().name();
                (unit.id.clone(), json!({"name": unit.name, "level": level}))
            })
            .collect();
        let procedures: Map<String, Value> = self
            .catalogue
            .procedures
            .values()
            .map(|procedure| {
                let online = match service(procedure) {
                    Service::Full => "full",
                    Service::Partial => "partial",
                    Service::Other => "other",
                };
                let about = json!({
                    "name": procedure.name,
                    "field": procedure.field.code,
                    "field_name": procedure.field.name,
                    "online": online,
                });
                (procedure.id.clone(), about)
            })
            .collect();
        json!({
            "export": "motcua facts",
            "version": VERSION,
            "log": self.origin,
            "written_at": millis(self.clock.now()),
            "size": size,
            "root": root,
            "agencies": agencies,
            "procedures": procedures,
        })
    }

    fn line(&self, stored: &StoredFact) -> Result<Value, ActError> {
        if is_inspection(&stored.kind) {
            return Ok(inspection_line(stored));
        }
        if stored.kind == LOG_BEGAN {
            return of_log(stored);
        }
        let fact = super::parse(stored)?;
        let mut line = Map::new();
        let mut put = |key: &str, value: Value| line.insert(key.to_owned(), value);
        put("index", json!(stored.idx));
        put("dossier", json!(stored.dossier));
        put("seq", json!(stored.seq));
        put("kind", json!(stored.kind));
        put("at", millis(fact.at));
        put("by", json!(hand(&fact)));
        put("entry", json!(stored.entry));
        for (key, value) in self.content(&fact.event) {
            put(key, value);
        }
        let moves = fact.event.moves();
        if !moves.closes.is_empty() {
            put("closes", json!(moves.closes));
        }
        if !moves.opens.is_empty() {
            put("opens", moves.opens.iter().map(task).collect());
        }
        Ok(Value::Object(line))
    }

    /// What of a fact's content leaves the house: codes, numbers and instants, no text that anyone
    /// typed. Officials go by the log's pseudonyms.
    fn content(&self, event: &Event) -> Vec<(&'static str, Value)> {
        match event {
            Event::Submitted(fact) => vec![
                ("agency", json!(fact.agency)),
                ("one_stop", json!(fact.one_stop)),
                ("procedure", json!(fact.procedure)),
                ("time_class", json!(fact.time_class)),
                ("channel", json!(fact.channel)),
                ("result_channel", json!(fact.result_channel)),
                ("papers", kinds(&fact.papers)),
            ],
            Event::Received(fact) => {
                let grain = fact.rules.map_or(Grain::Date, |rules| rules.early_grain);
                vec![
                    ("cycle", json!(fact.cycle)),
                    ("profile", json!(fact.profile)),
                    ("process", json!(fact.process)),
                    ("grain", json!(grain)),
                    ("rules", json!(fact.rules)),
                    ("papers", kinds(&fact.papers)),
                    ("late_entry", late(fact.late_entry.as_ref())),
                    ("due", millis(fact.due.at)),
                    ("statutory_due", millis(fact.statutory_due.at)),
                ]
            }
            Event::SupplementRequested(fact) => vec![
                ("stage", json!(fact.stage)),
                ("ordinal", json!(fact.ordinal)),
                ("items", json!(fact.items.len())),
                ("remaining_minutes", json!(fact.remaining_minutes)),
            ],
            Event::NotAccepted(fact) => vec![("ground", json!(fact.ground))],
            Event::Transferred(fact) => vec![("to", json!(fact.to))],
            Event::Assigned(fact) => vec![("officer", json!(self.keys.actor_tag(&fact.officer)))],
            Event::StepCompleted(fact) => {
                vec![("task", json!(fact.task)), ("step", json!(fact.step))]
            }
            Event::Proposed(fact) => {
                vec![("draft", json!(fact.draft)), ("outcome", json!(fact.outcome))]
            }
            Event::Issued(fact) => vec![("outcome", json!(fact.outcome))],
            Event::Returned(fact) => vec![("channel", json!(fact.channel))],
            Event::PaymentRequested(fact) => vec![
                ("ordinal", json!(fact.ordinal)),
                ("pauses", json!(fact.pauses)),
                ("remaining_minutes", json!(fact.remaining_minutes)),
            ],
            Event::PaymentConfirmed(fact) => vec![
                ("due", fact.due.as_ref().map_or(Value::Null, |due| millis(due.at))),
                (
                    "statutory_due",
                    fact.statutory_due.as_ref().map_or(Value::Null, |due| millis(due.at)),
                ),
            ],
            Event::Reappointed(fact) => {
                vec![("old_due", millis(fact.old_due.at)), ("due", millis(fact.due.at))]
            }
            Event::DueCorrected(fact) => vec![
                ("old_due", millis(fact.old_due.at)),
                ("due", millis(fact.due.at)),
                ("statutory_due", millis(fact.statutory_due.at)),
            ],
            Event::Stopped(fact) => vec![("ground", json!(fact.ground))],
            Event::Supplemented(fact) => vec![("papers", kinds(&fact.papers))],
            Event::SentBack(_) | Event::Signed(_) | Event::Withdrawn(_) => Vec::new(),
        }
    }
}

/// A fact about an inspection: its place and its entry, so that the root still follows.
fn inspection_line(stored: &StoredFact) -> Value {
    json!({
        "index": stored.idx,
        "dossier": stored.dossier,
        "seq": stored.seq,
        "kind": stored.kind,
        "at": stored.ts,
        "entry": stored.entry,
    })
}

/// The day on which late papers are said to have come; why is a text, and stays.
fn late(entry: Option<&LateEntry>) -> Value {
    entry.map_or(Value::Null, |late| json!({"arrived_on": late.arrived_on}))
}

/// What kinds of papers were handed in, one for each.
fn kinds(papers: &[Paper]) -> Value {
    papers.iter().map(|paper| paper.kind.as_str()).collect()
}

/// What the log says about itself leaves the house whole, with the salt of its commitment.
fn of_log(stored: &StoredFact) -> Result<Value, ActError> {
    let payload = stored.payload.as_deref().unwrap_or_default();
    let content: Value = serde_json::from_str(payload).map_err(fault("read the log's entry"))?;
    Ok(json!({
        "index": stored.idx,
        "dossier": stored.dossier,
        "seq": stored.seq,
        "kind": stored.kind,
        "at": stored.ts,
        "by": "system",
        "entry": stored.entry,
        "payload": payload,
        "salt": stored.salt.map(hex::encode),
        "reason": content["reason"],
        "year": content["year"],
        "origin": content["origin"],
        "size": content["size"],
        "root": content["root"],
    }))
}

/// A task without the names of people.
fn task(task: &TaskOpened) -> Value {
    json!({
        "no": task.no,
        "step": task.step,
        "kind": task.kind,
        "place": task.place,
        "due": task.due_at.map_or(Value::Null, millis),
        "answer_by": task.consultation.map_or(Value::Null, |asked| millis(asked.answer_by)),
    })
}

/// Who acted, as a kind: the log's entry has the pseudonym.
fn hand(fact: &Fact) -> &'static str {
    match fact.by {
        By::Applicant { .. } => "applicant",
        By::Official { .. } => "official",
        By::System => "system",
    }
}

fn millis(at: Instant) -> Value {
    json!(at.as_millisecond())
}
