//! Inclusion proofs of facts, as papers and pages hand them out. A fact's proof rests on the first
//! signed head that covers it, with the log's own signature alone: so it is the same text for ever,
//! whoever cosigns that head later. Where no head covers it yet, one is signed now.

use crate::error::ActError;
use crate::office::Office;
use ledger::{Checkpoint, Hash, LogProof, TileRoots};
use std::collections::HashMap;
use storage::StoredFact;

/// Leaves of a complete run.
const RUN: u64 = ledger::tiles::TILE_WIDTH as u64;
/// Runs whose leaves are read at a time.
const RUNS_READ: u64 = 64;

/// A fact's place in the log, and the proof of it.
#[derive(Debug, Clone)]
pub struct Proven {
    /// The leaf's text; it holds nothing personal.
    pub entry: String,
    /// The leaf's hash.
    pub leaf: Hash,
    /// The head that the proof rests on.
    pub head: Checkpoint,
    /// Index, path and signed head.
    pub proof: LogProof,
}

impl Office {
    /// The proof that a fact is in the log.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer, or holds a head that is not ours.
    pub async fn proof_of(&self, fact: &StoredFact) -> Result<Proven, ActError> {
        let head = self.head_covering(fact.idx).await?;
        let note = ledger::checkpoint::sign(&self.signer()?, head.size, head.root);
        let mut roots = self.roots.lock().await;
        self.learn_roots(&mut roots, head.size).await?;
        let mut leaves = HashMap::new();
        for first in [fact.idx / RUN * RUN, head.size / RUN * RUN] {
            let range = first..(first + RUN).min(head.size);
            let read = self.store.leaves(range.clone()).await.map_err(fault)?;
            leaves.extend(range.zip(read));
        }
        // A leaf that is not there gives a path that leads nowhere, which the check below tells.
        let leaf = |index| leaves.get(&index).copied().unwrap_or(Hash([0; 32]));
        let hashes = roots.inclusion(fact.idx, head.size, leaf).map_err(fault)?;
        let proof = LogProof { extra: None, index: fact.idx, hashes, checkpoint: note };
        let head = proof.verify(&self.signer()?.verifier_key(), fact.leaf).map_err(fault)?;
        Ok(Proven { entry: fact.entry.clone(), leaf: fact.leaf, head, proof })
    }

    async fn head_covering(&self, index: u64) -> Result<Checkpoint, ActError> {
        let kept = self.store.checkpoint_covering(index).await.map_err(fault)?;
        let note = match kept {
            Some(kept) => kept.note,
            None => self.checkpoint().await?.note,
        };
        Checkpoint::open(&note, &self.signer()?.verifier_key()).map_err(fault)
    }

    /// Reads on until every complete run below `size` has its root.
    async fn learn_roots(&self, roots: &mut TileRoots, size: u64) -> Result<(), ActError> {
        while roots.covered() + RUN <= size {
            let first = roots.covered();
            let end = (first + RUNS_READ * RUN).min(size / RUN * RUN);
            let leaves = self.store.leaves(first..end).await.map_err(fault)?;
            if roots.extend(&leaves) == 0 {
                return Err(fault(format!("leaves from {first} on are missing")));
            }
        }
        Ok(())
    }
}

fn fault(error: impl std::fmt::Display) -> ActError {
    ActError::fault("proof", error)
}
