//! Proofs for others: the text, each kind of damage told apart, and the way from few hashes.

use ledger::proof::{LogProof, LogProofError, ShapeError, TileRoots};
use ledger::tree::{consistency_proof, inclusion_proof};
use ledger::{CheckpointError, Frontier, Hash, ProofError, Signer, leaf_hash};
use proptest::prelude::*;

fn leaf(index: u64) -> Hash {
    leaf_hash(index.to_string().as_bytes())
}

fn signer() -> Signer {
    Signer::from_seed("log.example.vn/2026", &[3; 32]).expect("a name")
}

fn proof(index: u64, size: u64) -> LogProof {
    let root = (0..size).map(leaf).collect::<Frontier>().root();
    let checkpoint = ledger::checkpoint::sign(&signer(), size, root);
    let hashes = inclusion_proof(index, size, leaf).expect("a leaf of the tree");
    LogProof { extra: None, index, hashes, checkpoint }
}

#[test]
fn the_text_is_that_of_the_specification() {
    let given = LogProof { extra: Some(b"H1".to_vec()), ..proof(5, 8) };
    let text = given.to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..3], ["c2sp.org/tlog-proof@v1", "extra SDE=", "index 5"]);
    assert_eq!(lines[3], leaf(4).to_base64());
    assert_eq!(lines[6..9], ["", "log.example.vn/2026", "8"]);
    assert_eq!(text.parse(), Ok(given));
    let alone = proof(0, 1).to_string();
    assert!(alone.starts_with("c2sp.org/tlog-proof@v1\nindex 0\n\nlog.example.vn/2026\n1\n"));
    assert_eq!(alone.parse(), Ok(proof(0, 1)));
}

#[test]
fn a_proof_holds_for_its_leaf_and_no_other() {
    let key = signer().verifier_key();
    let given = proof(5, 8);
    assert_eq!(given.verify(&key, leaf(5)).map(|head| head.size), Ok(8));
    let other = given.verify(&key, leaf(4)).expect_err("another leaf");
    assert!(matches!(other, LogProofError::Path(ProofError::Root { .. })), "{other}");
    let moved = LogProof { index: 4, ..given.clone() };
    assert!(moved.verify(&key, leaf(5)).is_err());
    let stranger = Signer::from_seed("log.example.vn/2026", &[4; 32]).expect("a name");
    let signed = given.verify(&stranger.verifier_key(), leaf(5)).expect_err("another key");
    assert!(matches!(signed, LogProofError::Checkpoint(CheckpointError::Note(_))), "{signed}");
}

#[test]
fn damaged_texts_are_told_by_line() {
    let good = proof(5, 8).to_string();
    let line = |text: String| text.parse::<LogProof>().map_err(|ShapeError { line, .. }| line);
    assert_eq!(line(good.replace("@v1", "@v2")), Err(1));
    assert_eq!(line(good.replace("index 5", "index 05")), Err(2));
    assert_eq!(line(good.replace("index 5", "extra ?\nindex 5")), Err(2));
    assert_eq!(line(good.replace("index 5", "index 5\nAAAA")), Err(3));
    assert_eq!(line("c2sp.org/tlog-proof@v1\nindex 5".to_owned()), Err(2));
    assert_eq!(
        line(good.replace(
            "index 5\n",
            &format!("index 5\n{}", (leaf(1).to_base64() + "\n").repeat(64))
        )),
        Err(67)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn few_hashes_give_the_proofs_of_all_leaves(
        size in 1u64..2_100,
        at in 0u64..2_100,
        kept in 0u64..2_200,
    ) {
        let at = at % size;
        let leaves: Vec<Hash> = (0..size.min(kept)).map(leaf).collect();
        let mut roots = TileRoots::default();
        prop_assert_eq!(roots.extend(&leaves) as u64, roots.covered());
        prop_assert_eq!(roots.inclusion(at, size, leaf), inclusion_proof(at, size, leaf));
        prop_assert_eq!(roots.consistency(at, size, leaf), consistency_proof(at, size, leaf));
    }
}
