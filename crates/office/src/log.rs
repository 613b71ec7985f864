//! The tamper-evident log as the office keeps it: signed heads, export, and the check of the
//! database against it.

use crate::error::ActError;
use crate::office::Office;
use ledger::tiles::TileWriter;
use ledger::{Entry, Frontier, Hash, Signer, commitment, leaf_hash};
use std::collections::HashMap;
use storage::StoredFact;

/// Facts read at a time.
pub(crate) const PAGE: u32 = 2_000;

/// A signed head and what it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Number of entries.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Hash,
    /// The signed note (C2SP checkpoint).
    pub note: String,
}

/// What a check of the database found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// Entries looked at: every one.
    pub entries: u64,
    /// Root over them, hexadecimal.
    pub root: String,
    /// What is wrong, in words that name the entry.
    pub findings: Vec<String>,
}

impl Office {
    /// The signer of this installation's heads.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the origin is not a possible key name.
    pub fn signer(&self) -> Result<Signer, ActError> {
        Signer::from_seed(&self.origin, &self.keys.ledger_seed).map_err(fault("ledger key"))
    }

    /// Signs the present head and keeps the note; the last one again when nothing was added.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn checkpoint(&self) -> Result<Head, ActError> {
        let head = self.store.ledger_head().await.map_err(fault("read head"))?;
        let (size, root) = (head.size(), head.root());
        let note = ledger::checkpoint::sign(&self.signer()?, size, root);
        let now = self.clock.now().as_millisecond();
        self.store.keep_checkpoint(size, &note, now).await.map_err(fault("write checkpoint"))?;
        Ok(Head { size, root, note })
    }

    /// Writes the whole log as C2SP tlog-tiles, a file at a time, and its signed head.
    ///
    /// # Errors
    /// [`ActError::Fault`] when reading or the sink fails, or when the entries do not give the root
    /// that stands in the head.
    pub async fn export_ledger(
        &self,
        mut sink: impl FnMut(&str, &[u8]) -> std::io::Result<()>,
    ) -> Result<Head, ActError> {
        let head = self.checkpoint().await?;
        let mut writer = TileWriter::default();
        let mut next = 0u64;
        while next < head.size {
            let page = self.store.entries_from(next, PAGE).await.map_err(fault("read facts"))?;
            if page.is_empty() {
                break;
            }
            for fact in page.iter().filter(|fact| fact.idx < head.size) {
                let tiles = writer.push(fact.entry.as_bytes()).map_err(fault("entry"))?;
                for tile in tiles {
                    sink(&tile.path.to_string(), &tile.bytes).map_err(fault("write tile"))?;
                }
            }
            next += page.len() as u64;
        }
        for tile in writer.partial() {
            sink(&tile.path.to_string(), &tile.bytes).map_err(fault("write tile"))?;
        }
        self.export_heads(&head, &mut sink).await?;
        if writer.root() != head.root {
            return Err(ActError::fault("export", "the entries do not give the head's root"));
        }
        Ok(head)
    }

    /// The head with what witnesses said about it, every earlier head that others spoke of (a line
    /// of JSON each), and the time-stamps beside the texts that they stamp.
    async fn export_heads(
        &self,
        head: &Head,
        sink: &mut impl FnMut(&str, &[u8]) -> std::io::Result<()>,
    ) -> Result<(), ActError> {
        let said = self.store.cosignatures().await.map_err(fault("read cosignatures"))?;
        let lines = |size: u64| -> String {
            said.iter().filter(|row| row.size == size).map(|row| row.line.as_str()).collect()
        };
        let checkpoint = format!("{}{}", head.note, lines(head.size));
        sink("checkpoint", checkpoint.as_bytes()).map_err(fault("write checkpoint"))?;
        let heads = self.store.heads_spoken_of().await.map_err(fault("read heads"))?;
        let mut told = String::new();
        for (size, note) in &heads {
            let note = format!("{note}{}", lines(*size));
            told.push_str(&serde_json::json!({"size": size, "note": note}).to_string());
            told.push('\n');
        }
        sink("witnessed.jsonl", told.as_bytes()).map_err(fault("write witnessed heads"))?;
        for stamp in self.store.time_stamps().await.map_err(fault("read time-stamps"))? {
            let path = format!("time-stamps/{}.der", stamp.size);
            sink(&path, &stamp.token).map_err(fault("write time-stamp"))?;
            let note = heads.iter().find(|(size, _)| *size == stamp.size);
            let text = note.and_then(|(_, note)| note.split_once("\n\n"));
            if let Some((text, _)) = text {
                let path = format!("time-stamps/{}.txt", stamp.size);
                sink(&path, format!("{text}\n").as_bytes()).map_err(fault("write time-stamp"))?;
            }
        }
        Ok(())
    }

    /// Looks at every fact in the database (leaf, commitment to the payload, order, root), and at
    /// every row that is derived from the facts.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn audit_ledger(&self) -> Result<Audit, ActError> {
        let head = self.store.ledger_head().await.map_err(fault("read head"))?;
        let mut audit = Audit::default();
        let mut frontier = Frontier::default();
        let mut last_ts = i64::MIN;
        let mut last: HashMap<String, (u32, Hash)> = HashMap::new();
        loop {
            let page =
                self.store.entries_from(audit.entries, PAGE).await.map_err(fault("read facts"))?;
            if page.is_empty() {
                break;
            }
            for fact in &page {
                if fact.ts < last_ts {
                    audit.findings.push(format!("entry {}: time runs back", fact.idx));
                }
                last_ts = fact.ts;
                check_fact(fact, audit.entries, &mut last, &mut audit.findings);
                frontier.append(leaf_hash(fact.entry.as_bytes()));
                audit.entries += 1;
            }
        }
        if audit.entries != head.size() || frontier.root() != head.root() {
            audit.findings.push(format!(
                "the {} entries give the root {}, the head says {} of {} entries",
                audit.entries,
                frontier.root(),
                head.root(),
                head.size()
            ));
        }
        audit.root = frontier.root().to_string();
        match self.derived().await {
            Ok(derived) => audit.findings.extend(self.differences(&derived).await?),
            Err(error) => audit.findings.push(error.to_string()),
        }
        Ok(audit)
    }
}

/// One fact against its leaf: same bytes, same commitment, next in its dossier.
fn check_fact(
    fact: &StoredFact,
    expected: u64,
    last: &mut HashMap<String, (u32, Hash)>,
    findings: &mut Vec<String>,
) {
    let at = fact.idx;
    if at != expected {
        findings.push(format!("entry {expected} is missing: entry {at} follows"));
    }
    let leaf = leaf_hash(fact.entry.as_bytes());
    if leaf != fact.leaf {
        findings.push(format!("entry {at}: the entry's text does not give the stored leaf"));
    }
    let entry = match Entry::parse(fact.entry.as_bytes()) {
        Ok(entry) => entry,
        Err(error) => {
            findings.push(format!("entry {at}: {error}"));
            return;
        }
    };
    if let (Some(salt), Some(payload)) = (&fact.salt, &fact.payload)
        && commitment(salt, payload.as_bytes()) != entry.commit
    {
        findings.push(format!("entry {at}: the fact was changed after it was recorded"));
    }
    let same = entry.dossier == fact.dossier && entry.dseq == fact.seq && entry.kind == fact.kind;
    if !same || entry.ts != fact.ts || entry.actor != fact.actor {
        findings.push(format!("entry {at}: the row's columns differ from its entry"));
    }
    let before = last.insert(fact.dossier.clone(), (fact.seq, leaf));
    let fits = match before {
        None => fact.seq == 1 && entry.prev.is_none(),
        Some((seq, prev)) => fact.seq == seq + 1 && entry.prev == Some(prev),
    };
    if !fits {
        findings.push(format!("entry {at}: dossier {} has a gap before it", fact.dossier));
    }
}

fn fault<E: std::fmt::Display>(doing: &'static str) -> impl Fn(E) -> ActError {
    move |error| ActError::fault(doing, error)
}
