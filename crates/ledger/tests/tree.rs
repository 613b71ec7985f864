//! The tree against the published vectors, and against the plain recursive definition.

use ledger::tree::{
    consistency_proof, inclusion_proof, range_root, verify_consistency, verify_inclusion,
};
use ledger::{Frontier, Hash, ProofError, empty_root, leaf_hash, node_hash};
use proptest::prelude::*;

/// The eight leaves and the roots of their first n, from the tests of certificate-transparency.
const LEAVES: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn hash(hex: &str) -> Hash {
    hex.parse().expect("the tests write hashes in hex")
}

fn vector_leaf(index: u64) -> Hash {
    leaf_hash(&hex::decode(LEAVES[index as usize]).expect("hex"))
}

fn leaf(index: u64) -> Hash {
    leaf_hash(&index.to_be_bytes())
}

/// RFC 6962 §2.1, word for word.
fn naive_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let middle = leaves.len().next_power_of_two() / 2;
            node_hash(naive_root(&leaves[..middle]), naive_root(&leaves[middle..]))
        }
    }
}

fn flip(hash: Hash, bit: usize) -> Hash {
    let mut bytes = hash.0;
    bytes[bit / 8] ^= 1 << (bit % 8);
    Hash(bytes)
}

#[test]
fn roots_of_the_published_leaves() {
    assert_eq!(empty_root(), hash(ROOTS[0]));
    let mut frontier = Frontier::default();
    assert_eq!(frontier.root(), hash(ROOTS[0]));
    for size in 1..=8 {
        assert_eq!(frontier.append(vector_leaf(size - 1)), size - 1);
        assert_eq!(frontier.root(), hash(ROOTS[size as usize]), "size {size}");
    }
}

#[test]
fn published_inclusion_proofs() {
    let proof = inclusion_proof(5, 8, vector_leaf).unwrap();
    let expected = [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ];
    assert_eq!(proof, expected.map(hash));

    let proof = inclusion_proof(2, 3, vector_leaf).unwrap();
    assert_eq!(proof, [hash(ROOTS[2])]);
}

#[test]
fn published_consistency_proofs() {
    let proof = consistency_proof(6, 8, vector_leaf).unwrap();
    let expected = [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ];
    assert_eq!(proof, expected.map(hash));
    assert_eq!(consistency_proof(8, 8, vector_leaf), Ok(vec![]));
    assert_eq!(consistency_proof(0, 8, vector_leaf), Ok(vec![]));
}

#[test]
fn every_proof_of_every_small_tree_verifies() {
    let roots: Vec<Hash> = (0..=40).map(|size| range_root(0..size, leaf)).collect();
    for new in 0..=40 {
        let new_root = roots[new as usize];
        for index in 0..new {
            let proof = inclusion_proof(index, new, leaf).unwrap();
            verify_inclusion(leaf(index), index, new, &proof, new_root).unwrap();
        }
        for old in 0..=new {
            let proof = consistency_proof(old, new, leaf).unwrap();
            verify_consistency(old, roots[old as usize], new, new_root, &proof).unwrap();
        }
    }
}

#[test]
fn impossible_questions_are_refused_by_name() {
    let error = inclusion_proof(8, 8, leaf).unwrap_err();
    assert_eq!(error.to_string(), "leaf 8 is not in a tree of 8");
    let error = consistency_proof(9, 8, leaf).unwrap_err();
    assert_eq!(error.to_string(), "the old tree has 9 leaves, the new one only 8");
    let error = verify_consistency(0, leaf(0), 3, leaf(1), &[]).unwrap_err();
    assert!(matches!(error, ProofError::Root { size: 0, .. }), "{error}");
    let error = verify_inclusion(leaf(0), 0, 2, &[], leaf(0)).unwrap_err();
    assert_eq!(error, ProofError::Length { expected: 1, found: 0 });
}

#[test]
fn a_damaged_frontier_is_refused() {
    let bytes = (0..5).map(leaf).collect::<Frontier>().to_bytes();
    assert_eq!(bytes.len(), 8 + 2 * 32);
    assert!(Frontier::from_bytes(&bytes[..bytes.len() - 1]).is_err());
    assert!(Frontier::from_bytes(&[&bytes[..], &[0; 32]].concat()).is_err());
    assert!(Frontier::from_bytes(&bytes[..7]).is_err());
    let error = Frontier::from_bytes(&[0xff; 8]).unwrap_err();
    assert_eq!(error.to_string(), "8 bytes cannot be the frontier of a log");
}

proptest! {
    #[test]
    fn frontier_is_the_naive_root(size in 0_u64..600) {
        let leaves: Vec<Hash> = (0..size).map(leaf).collect();
        let frontier: Frontier = leaves.iter().copied().collect();
        prop_assert_eq!(frontier.size(), size);
        prop_assert_eq!(frontier.root(), naive_root(&leaves));
        prop_assert_eq!(Frontier::from_bytes(&frontier.to_bytes()), Ok(frontier));
    }

    #[test]
    fn inclusion_holds_until_a_bit_flips(
        size in 1_u64..300, pick: prop::sample::Index,
        place: prop::sample::Index, bit in 0..256_usize,
    ) {
        let index = pick.index(size as usize) as u64;
        let root = range_root(0..size, leaf);
        let proof = inclusion_proof(index, size, leaf).unwrap();
        prop_assert_eq!(verify_inclusion(leaf(index), index, size, &proof, root), Ok(()));

        prop_assert!(verify_inclusion(flip(leaf(index), bit), index, size, &proof, root).is_err());
        prop_assert!(verify_inclusion(leaf(index), index, size, &proof, flip(root, bit)).is_err());
        prop_assert!(verify_inclusion(leaf(size), index, size, &proof, root).is_err());
        if !proof.is_empty() {
            let mut broken = proof.clone();
            let place = place.index(broken.len());
            broken[place] = flip(broken[place], bit);
            prop_assert!(verify_inclusion(leaf(index), index, size, &broken, root).is_err());
            broken.pop();
            prop_assert!(verify_inclusion(leaf(index), index, size, &broken, root).is_err());
        }
        for other in (0..size).filter(|other| *other != index) {
            prop_assert!(verify_inclusion(leaf(index), other, size, &proof, root).is_err());
        }
    }

    #[test]
    fn consistency_holds_until_a_bit_flips(
        new in 1_u64..300, pick: prop::sample::Index,
        place: prop::sample::Index, bit in 0..256_usize,
    ) {
        let old = 1 + pick.index(new as usize) as u64;
        let (old_root, new_root) = (range_root(0..old, leaf), range_root(0..new, leaf));
        let proof = consistency_proof(old, new, leaf).unwrap();
        let check = |old_root, new_root, proof: &[Hash]| {
            verify_consistency(old, old_root, new, new_root, proof)
        };
        prop_assert_eq!(check(old_root, new_root, &proof), Ok(()));

        prop_assert!(check(flip(old_root, bit), new_root, &proof).is_err());
        prop_assert!(check(old_root, flip(new_root, bit), &proof).is_err());
        prop_assert!(check(old_root, new_root, &[&proof[..], &[old_root]].concat()).is_err());
        if !proof.is_empty() {
            let mut broken = proof.clone();
            let place = place.index(broken.len());
            broken[place] = flip(broken[place], bit);
            prop_assert!(check(old_root, new_root, &broken).is_err());
        }
    }

    #[test]
    fn a_rewritten_past_has_no_proof(new in 2_u64..200, pick: prop::sample::Index) {
        let old = 1 + pick.index(new as usize - 1) as u64;
        let rewritten = |index| if index == old - 1 { leaf(1000) } else { leaf(index) };
        let proof = consistency_proof(old, new, rewritten).unwrap();
        let (old_root, new_root) = (range_root(0..old, leaf), range_root(0..new, rewritten));
        prop_assert!(verify_consistency(old, old_root, new, new_root, &proof).is_err());
    }
}
