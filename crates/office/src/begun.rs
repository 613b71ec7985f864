//! What the log says about itself: that a year begins, and that a break lies behind it.
//!
//! Such an entry is public: its content leaves the house whole, salt and all. It is no fact of a
//! dossier, so whoever reads facts never sees it; whoever reads entries does.

use crate::error::ActError;
use crate::office::Office;
use domain::time::{from_millis, local};
use ledger::{Checkpoint, Frontier, Hash};
use serde_json::{Value, json};
use storage::facts::{LOG, LOG_BEGAN};
use storage::{Append, NewFact, Prepared};

/// Leaf hashes read at a time.
const PAGE: u64 = 16_384;

impl Office {
    /// In the first round of a new year: names the last head of the year before (size and root) in
    /// an entry. Says the year, when it was said now.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer or write.
    pub async fn begin_year(&self) -> Result<Option<i16>, ActError> {
        let year = local(self.clock.now()).date().year();
        let said = self.store.facts_of(LOG).await.map_err(fault("read the log's entries"))?;
        let is_said = said.iter().any(|fact| {
            let content = fact.payload.as_deref().and_then(|text| serde_json::from_str(text).ok());
            content.is_some_and(|content: Value| content["year"] == json!(year))
        });
        let first = self.store.entries_from(0, 1).await.map_err(fault("read the log"))?;
        let began = first.first().map(|fact| local(from_millis(fact.ts)).date().year());
        if is_said || began.is_none_or(|began| began >= year) {
            return Ok(None);
        }
        let size = self.first_of(year).await?;
        let root = self.root_of(size).await?;
        let origin = self.origin.clone();
        let content = json!({"reason": "year", "year": year, "origin": origin,
                             "size": size, "root": root});
        self.say_of_log(content).await?;
        Ok(Some(year))
    }

    /// States, for good, that entries are lost: this head was signed under another name, and the
    /// log goes on without what it covered. The office has its new name already.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot write.
    pub async fn declare_break(&self, lost: &Checkpoint) -> Result<(), ActError> {
        let here = self.store.ledger_head().await.map_err(fault("read head"))?;
        let content = json!({"reason": "break", "origin": lost.origin, "size": lost.size,
                             "root": lost.root, "kept": here.size()});
        self.say_of_log(content).await
    }

    async fn say_of_log(&self, content: Value) -> Result<(), ActError> {
        let mut salt = [0; 32];
        self.chance.fill(&mut salt);
        let payload = content.to_string();
        let version = self.store.version_of(LOG).await.map_err(fault("read the log's entries"))?;
        let prepared = move |_| Prepared {
            facts: vec![NewFact {
                kind: LOG_BEGAN,
                payload: payload.clone(),
                salt,
                actor: "system".to_owned(),
                agency: None,
                proc: None,
                due: None,
                cal: None,
                subject_tag: None,
                book_no: None,
            }],
            writes: Vec::new(),
            reply: String::new(),
        };
        let append = Append {
            dossier: LOG.to_owned(),
            expected: version,
            key: None,
            at_ms: self.clock.now().as_millisecond(),
            book: None,
            number: None,
            prepared: Box::new(prepared),
        };
        self.store.append(append).await.map_err(fault("write the log's entry"))?;
        Ok(())
    }

    /// The index of the first entry of a year or a later one; time never runs back in the log.
    async fn first_of(&self, year: i16) -> Result<u64, ActError> {
        let size = self.store.ledger_head().await.map_err(fault("read head"))?.size();
        let (mut low, mut high) = (0, size);
        while low < high {
            let middle = low + (high - low) / 2;
            let page = self.store.entries_from(middle, 1).await.map_err(fault("read the log"))?;
            let ts = page.first().map_or(i64::MAX, |fact| fact.ts);
            if local(from_millis(ts)).date().year() < year {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }

    /// The root over the first entries.
    async fn root_of(&self, size: u64) -> Result<Hash, ActError> {
        let (mut frontier, mut next) = (Frontier::default(), 0);
        while next < size {
            let to = (next + PAGE).min(size);
            let page = self.store.leaf_hashes(next, to).await.map_err(fault("read leaves"))?;
            page.into_iter().for_each(|leaf| {
                frontier.append(leaf);
            });
            next = to;
        }
        Ok(frontier.root())
    }
}

fn fault<E: std::fmt::Display>(doing: &'static str) -> impl Fn(E) -> ActError {
    move |error| ActError::fault(doing, error)
}
