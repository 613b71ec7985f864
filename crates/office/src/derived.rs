//! Everything about dossiers that is derived from the facts: compared with what stands in the
//! tables, or made anew.

use crate::error::ActError;
use crate::log::PAGE;
use crate::office::Office;
use crate::read_model::{self, Shown};
use domain::dossier::{Dossier, Fact};
use domain::inspection::{Inspection, is_inspection};
use std::collections::{BTreeMap, HashMap, HashSet};
use storage::{StoredFact, Table, Value, Write, tables, values};

/// The tables made from facts; the key of each begins with the dossier's id.
static TABLES: [&Table; 3] = [&tables::DOSSIER, &tables::TASK, &tables::RESULT];

/// Dossiers written in one transaction.
const BATCH: usize = 500;

/// All dossiers, folded from their facts, in the order of their first ones.
pub(crate) struct Derived {
    order: Vec<String>,
    dossiers: HashMap<String, Dossier>,
    inspections: BTreeMap<String, Inspection>,
}

impl Office {
    /// Folds the whole record.
    pub(crate) async fn derived(&self) -> Result<Derived, ActError> {
        let mut derived =
            Derived { order: Vec::new(), dossiers: HashMap::new(), inspections: BTreeMap::new() };
        let mut next = 0u64;
        loop {
            let page = self.store.facts_from(next, PAGE).await.map_err(fault("read facts"))?;
            let Some(last) = page.last() else { return Ok(derived) };
            next = last.idx + 1;
            for stored in page {
                derived.fold(stored)?;
            }
        }
    }

    /// What stands in the tables and does not follow from the facts, in words that name the row.
    pub(crate) async fn differences(&self, derived: &Derived) -> Result<Vec<String>, ActError> {
        let mut found = Vec::new();
        for id in &derived.order {
            let rows = self.rows_from_facts(id, &derived.dossiers[id])?;
            for table in TABLES {
                let stored = self.store.rows_of(table, id).await.map_err(fault("read rows"))?;
                let made = rows.iter().filter(|write| write.table.name == table.name);
                let made: Vec<&[Value]> = made.map(|write| write.row.as_slice()).collect();
                if made != stored.iter().map(Vec::as_slice).collect::<Vec<_>>() {
                    let name = table.name;
                    found.push(format!("dossier {id}: its rows in {name} differ from its facts"));
                }
            }
        }
        found.extend(self.inspection_differences(derived).await?);
        let known: HashSet<&String> = derived.order.iter().collect();
        for table in TABLES {
            let stored = self.store.firsts_of(table).await.map_err(fault("read rows"))?;
            for id in stored.iter().filter(|id| !known.contains(id)) {
                found.push(format!("dossier {id}: rows in {} without any fact", table.name));
            }
        }
        Ok(found)
    }

    /// Makes the derived rows anew from the facts. Returns the number of dossiers and what was
    /// different before. Killed half-way, it is run again.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer or a fact cannot be read.
    pub async fn rebuild(&self) -> Result<(u64, Vec<String>), ActError> {
        let derived = self.derived().await?;
        let differences = self.differences(&derived).await?;
        let mut derived_tables = TABLES.to_vec();
        derived_tables.push(&tables::INSPECTION);
        let reset = self.store.reset_read_models(&derived_tables).await;
        reset.map_err(fault("reset read models"))?;
        let inspections = derived.inspections.iter();
        let inspections = inspections.map(|(code, of)| inspection_row(code, of)).collect();
        self.store.write(inspections).await.map_err(fault("write read models"))?;
        for ids in derived.order.chunks(BATCH) {
            let mut writes = Vec::new();
            for id in ids {
                writes.extend(self.rows_from_facts(id, &derived.dossiers[id])?);
            }
            self.store.write(writes).await.map_err(fault("write read models"))?;
        }
        Ok((derived.order.len() as u64, differences))
    }

    /// The rows of inspections that do not follow from their facts.
    async fn inspection_differences(&self, derived: &Derived) -> Result<Vec<String>, ActError> {
        let table = &tables::INSPECTION;
        let mut found = Vec::new();
        for (code, of) in &derived.inspections {
            let stored = self.store.rows_of(table, code).await.map_err(fault("read rows"))?;
            if stored != [inspection_row(code, of).row] {
                found.push(format!("inspection {code}: its row differs from its facts"));
            }
        }
        let stored = self.store.firsts_of(table).await.map_err(fault("read rows"))?;
        for code in stored.iter().filter(|code| !derived.inspections.contains_key(*code)) {
            found.push(format!("inspection {code}: a row without any fact"));
        }
        Ok(found)
    }

    fn rows_from_facts(&self, id: &str, dossier: &Dossier) -> Result<Vec<Write>, ActError> {
        let procedure = &dossier.submitted.procedure;
        let procedure = self.catalogue.procedure(procedure).ok_or_else(|| {
            ActError::fault("derive", format!("dossier {id}: no procedure {procedure}"))
        })?;
        let folded_name = self.catalogue.folded_name(&procedure.id);
        Ok(read_model::rows(Shown { id, folded_name, keys: &self.keys }, dossier))
    }
}

impl Derived {
    fn fold(&mut self, stored: StoredFact) -> Result<(), ActError> {
        if is_inspection(&stored.kind) {
            return self.fold_inspection(stored);
        }
        let fact = parse(&stored)?;
        let dossier = match self.dossiers.remove(&stored.dossier) {
            Some(dossier) => dossier.evolve(&fact),
            None => {
                self.order.push(stored.dossier.clone());
                Dossier::begin(&fact).ok_or_else(|| {
                    ActError::fault("derive", format!("entry {} begins nothing", stored.idx))
                })?
            }
        };
        self.dossiers.insert(stored.dossier, dossier);
        Ok(())
    }

    fn fold_inspection(&mut self, stored: StoredFact) -> Result<(), ActError> {
        let fact = crate::inspection::parse(&stored)?;
        let of = match self.inspections.remove(&stored.dossier) {
            Some(of) => of.evolve(&fact),
            None => Inspection::begin(&fact).ok_or_else(|| {
                ActError::fault("derive", format!("entry {} begins nothing", stored.idx))
            })?,
        };
        self.inspections.insert(stored.dossier, of);
        Ok(())
    }
}

/// The row of an inspection.
pub(crate) fn inspection_row(code: &str, of: &Inspection) -> Write {
    tables::INSPECTION.row(values![code, i64::from(of.plan.year), of.version, of.stage().name()])
}

fn parse(stored: &StoredFact) -> Result<Fact, ActError> {
    let payload = stored.payload.as_deref().unwrap_or_default();
    serde_json::from_str(payload)
        .map_err(|error| ActError::fault("read fact", format!("entry {}: {error}", stored.idx)))
}

fn fault<E: std::fmt::Display>(doing: &'static str) -> impl Fn(E) -> ActError {
    move |error| ActError::fault(doing, error)
}
