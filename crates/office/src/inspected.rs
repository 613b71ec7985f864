//! The export of facts, read back: what an inspector counts on, alone with a laptop.
//!
//! A line of the export has no text that anyone typed. Where a fact has such a text, the fact made
//! here has none: no figure looks at it. Whoever holds the contents as well counts on those.

use crate::error::ActError;
use crate::office::Office;
use domain::inspection::is_inspection;
use domain::time::from_millis;
use ledger::{Hash, leaf_hash};
use serde_json::{Map, Value, json};
use storage::StoredFact;
use storage::facts::LOG_BEGAN;

/// A position for tasks of which the export tells none: no figure looks at it.
const NO_POSITION: &str = "officer";

impl Office {
    /// Appends the facts of lines of an export (not its first line) to this record. For a record
    /// that is thrown away afterwards: contents are not those that the entries are committed to.
    ///
    /// # Errors
    /// [`ActError::Fault`] when a line cannot be read or does not continue the record.
    pub async fn take_in(&self, lines: &[Value]) -> Result<(), ActError> {
        let facts = lines.iter().map(stored).collect::<Result<Vec<_>, _>>();
        let facts = facts.map_err(|problem| ActError::fault("read the export", problem))?;
        let taken = self.store.restore(&facts).await;
        taken.map_err(|error| ActError::fault("read the export", error))
    }
}

/// A line as a stored fact, without the salt: its content is the line's, not the committed one.
fn stored(line: &Value) -> Result<StoredFact, String> {
    let index = line["index"].as_u64().ok_or("a line without an index")?;
    let wrong = |what: &str| format!("line of entry {index}: no {what}");
    let entry = line["entry"].as_str().ok_or_else(|| wrong("entry"))?;
    let payload = content(line).ok_or_else(|| wrong("fact that this program knows"))?;
    Ok(StoredFact {
        idx: index,
        dossier: String::new(),
        seq: 0,
        kind: String::new(),
        ts: 0,
        actor: String::new(),
        entry: entry.to_owned(),
        leaf: leaf(entry),
        salt: None,
        payload: Some(payload.to_string()),
    })
}

fn leaf(entry: &str) -> Hash {
    leaf_hash(entry.as_bytes())
}

/// The fact's content as far as the line tells it.
fn content(line: &Value) -> Option<Value> {
    let kind = line["kind"].as_str()?;
    if kind == LOG_BEGAN {
        return serde_json::from_str(line["payload"].as_str()?).ok();
    }
    if is_inspection(kind) {
        // The line tells nothing of it, and no figure looks at it.
        return Some(json!({}));
    }
    let mut fact = Map::new();
    let mut put = |key: &str, value: Value| fact.insert(key.to_owned(), value);
    put("at", instant(&line["at"])?);
    put("by", hand(line["by"].as_str()?));
    put("fact", json!(kind));
    put("moves", moves(line)?);
    for key in texts_of(kind) {
        put(key, json!(""));
    }
    for key in told_of(kind) {
        put(key, line.get(*key).cloned().unwrap_or(Value::Null));
    }
    for key in dues_of(kind) {
        put(key, due(&line[*key])?);
    }
    match kind {
        "submitted" => {
            put("case", Value::Null);
            put("account", Value::Null);
            put("applicant", json!({}));
            put("form", json!({}));
            put("papers", papers(line));
        }
        "received" => {
            put("number", json!(0));
            put("papers", papers(line));
        }
        "supplement_requested" => {
            let items = usize::try_from(line["items"].as_u64()?).ok()?;
            put("items", json!(vec![json!({}); items]));
        }
        "supplemented" => {
            put("papers", papers(line));
        }
        "issued" => {
            put("number", json!(0));
        }
        "payment_requested" => {
            put("amount_vnd", json!(0));
            put("statutory_remaining_minutes", json!(0));
            put("pay_by", Value::Null);
        }
        "signed" | "sent_back" => {
            put("draft", json!(0));
        }
        _ => {}
    }
    Some(Value::Object(fact))
}

/// Fields with texts that people typed, or that name them.
fn texts_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "received" => &["code", "agency_code", "note"],
        "supplement_requested" | "withdrawn" | "reappointed" | "sent_back" => &["reason"],
        "supplemented" => &["note"],
        "not_accepted" | "stopped" => &["reason", "legal_basis"],
        "assigned" => &["officer_name", "note"],
        "step_completed" => &["name", "note"],
        "proposed" => &["title", "body", "note"],
        "signed" => &["title"],
        "issued" => &["book"],
        "returned" => &["recipient", "note"],
        "payment_requested" => &["what", "legal_basis"],
        "payment_confirmed" => &["receipt_number", "note"],
        "due_corrected" => &["decision"],
        _ => &[],
    }
}

/// Fields that stand in the line as in the fact.
fn told_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "submitted" => {
            &["agency", "one_stop", "procedure", "time_class", "channel", "result_channel"]
        }
        "received" => &["cycle", "profile", "process", "rules", "late_entry"],
        "supplement_requested" => &["stage", "ordinal", "remaining_minutes"],
        "not_accepted" | "stopped" => &["ground"],
        "transferred" => &["to"],
        "assigned" => &["officer"],
        "step_completed" => &["task", "step"],
        "proposed" => &["draft", "outcome"],
        "issued" => &["outcome"],
        "returned" => &["channel"],
        "payment_requested" => &["ordinal", "pauses", "remaining_minutes"],
        _ => &[],
    }
}

/// Fields that are due dates: instants in the line.
fn dues_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "received" | "payment_confirmed" => &["due", "statutory_due"],
        "reappointed" => &["old_due", "due"],
        "due_corrected" => &["old_due", "due", "statutory_due"],
        _ => &[],
    }
}

fn due(at: &Value) -> Option<Value> {
    if at.is_null() {
        return Some(Value::Null);
    }
    Some(json!({"at": instant(at)?, "why": []}))
}

fn instant(at: &Value) -> Option<Value> {
    Some(json!(from_millis(at.as_i64()?)))
}

fn instant_or_null(at: &Value) -> Option<Value> {
    if at.is_null() { Some(Value::Null) } else { instant(at) }
}

fn hand(by: &str) -> Value {
    match by {
        "applicant" => json!({"who": "applicant", "account": ""}),
        "official" => json!({"who": "official", "id": "", "name": "", "unit": ""}),
        _ => json!({"who": "system"}),
    }
}

fn papers(line: &Value) -> Value {
    let kinds = line["papers"].as_array().map(Vec::as_slice).unwrap_or_default();
    kinds.iter().map(|kind| json!({"kind": kind})).collect()
}

fn moves(line: &Value) -> Option<Value> {
    let closes = line.get("closes").cloned().unwrap_or_else(|| json!([]));
    let opens = line["opens"].as_array().map(Vec::as_slice).unwrap_or_default();
    let opens = opens.iter().map(task).collect::<Option<Vec<_>>>()?;
    Some(json!({"closes": closes, "opens": opens}))
}

fn task(task: &Value) -> Option<Value> {
    let mut opened = json!({
        "no": task["no"],
        "step": task["step"],
        "kind": task["kind"],
        "name": "",
        "place": task["place"],
        "position": NO_POSITION,
        "officer": null,
        "due_at": instant_or_null(&task["due"])?,
    });
    if !task["answer_by"].is_null() {
        let answer_by = instant(&task["answer_by"])?;
        opened["consultation"] = json!({"answer_by": answer_by, "silence": "consent"});
    }
    Some(opened)
}
