//! The tree: appending, and the two proofs (RFC 9162 §2.1).
//!
//! A proof is a list of roots of ranges of leaves. [`inclusion_path`] and [`consistency_path`] say
//! which ranges; the proof functions fill in the roots, the checks fold them back together. A
//! store that keeps inner nodes may fill in the ranges itself, without touching every leaf.

use std::ops::Range;

use crate::hash::{Hash, empty_root, node_hash};

/// The right edge of the tree: all that appending and the root need.
///
/// Holds the roots of the complete subtrees of `size` leaves, the largest first: one for each 1
/// in the binary form of `size`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    roots: Vec<Hash>,
}

/// Bytes that are no frontier: not 8 + 32 × (number of 1 bits in the size).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{found} bytes cannot be the frontier of a log")]
pub struct FrontierError {
    /// How many bytes there were.
    pub found: usize,
}

/// Why a proof does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The leaf lies outside the tree.
    #[error("leaf {index} is not in a tree of {size}")]
    NoSuchLeaf {
        /// The leaf's index, counting from 0.
        index: u64,
        /// The tree's size.
        size: u64,
    },
    /// The old tree is larger than the new one: the log was rolled back.
    #[error("the old tree has {old} leaves, the new one only {new}")]
    Shrunk {
        /// The old size.
        old: u64,
        /// The new size.
        new: u64,
    },
    /// The proof has the wrong number of hashes for these sizes.
    #[error("the proof has {found} hashes where {expected} belong")]
    Length {
        /// How many belong.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// The proof leads to another root than the one to be proved.
    #[error("the proof leads to the root {computed}, not to {expected} of size {size}")]
    Root {
        /// The size of the tree whose root differs: the old one or the new one.
        size: u64,
        /// Where the proof leads.
        computed: Hash,
        /// The root to be proved.
        expected: Hash,
    },
}

impl Frontier {
    /// How many leaves were appended.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf hash and says which index it got.
    pub fn append(&mut self, leaf: Hash) -> u64 {
        let index = self.size;
        let mut root = leaf;
        for _ in 0..index.trailing_ones() {
            let left = self.roots.pop().expect("one root for each 1 bit of the size");
            root = node_hash(left, root);
        }
        self.roots.push(root);
        self.size += 1;
        index
    }

    /// The root of the tree as it stands.
    pub fn root(&self) -> Hash {
        let smallest_first = self.roots.iter().rev().copied();
        smallest_first.reduce(|right, left| node_hash(left, right)).unwrap_or_else(empty_root)
    }

    /// The form for a head row: the size as 8 bytes big-endian, then the roots, largest first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        bytes.extend(self.roots.iter().flat_map(|root| root.0));
        bytes
    }

    /// Reads what [`Frontier::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`FrontierError`] if the length does not fit the size.
    pub fn from_bytes(bytes: &[u8]) -> Result<Frontier, FrontierError> {
        let wrong = FrontierError { found: bytes.len() };
        let Some((size, roots)) = bytes.split_first_chunk::<8>() else { return Err(wrong) };
        let size = u64::from_be_bytes(*size);
        let (roots, rest) = roots.as_chunks::<32>();
        if !rest.is_empty() || roots.len() != size.count_ones() as usize {
            return Err(wrong);
        }
        Ok(Frontier { size, roots: roots.iter().copied().map(Hash).collect() })
    }
}

impl FromIterator<Hash> for Frontier {
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> Frontier {
        let mut frontier = Frontier::default();
        for leaf in leaves {
            frontier.append(leaf);
        }
        frontier
    }
}

/// The root of the leaf hashes in `range`, read through `leaf`.
pub fn range_root(range: Range<u64>, leaf: impl FnMut(u64) -> Hash) -> Hash {
    range.map(leaf).collect::<Frontier>().root()
}

/// The ranges whose roots prove that leaf `index` is in the tree of `size`, nearest first.
///
/// # Errors
/// [`ProofError::NoSuchLeaf`].
pub fn inclusion_path(index: u64, size: u64) -> Result<Vec<Range<u64>>, ProofError> {
    if index >= size {
        return Err(ProofError::NoSuchLeaf { index, size });
    }
    let (mut here, mut path) = (0..size, Vec::new());
    while here.end - here.start > 1 {
        let middle = middle(&here);
        if index < middle {
            path.push(middle..here.end);
            here.end = middle;
        } else {
            path.push(here.start..middle);
            here.start = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The ranges whose roots prove that the tree of `old` leaves begins the tree of `new`: first the
/// subtree both share at the old tree's right edge, then its neighbours, nearest first.
///
/// Where the first range starts at 0 it is the old tree itself, and the proof leaves it out.
///
/// # Errors
/// [`ProofError::Shrunk`].
pub fn consistency_path(old: u64, new: u64) -> Result<Vec<Range<u64>>, ProofError> {
    if old > new {
        return Err(ProofError::Shrunk { old, new });
    }
    if old == 0 {
        return Ok(vec![]);
    }
    let (mut here, mut path) = (0..new, Vec::new());
    while here.end != old {
        let middle = middle(&here);
        if old <= middle {
            path.push(middle..here.end);
            here.end = middle;
        } else {
            path.push(here.start..middle);
            here.start = middle;
        }
    }
    path.push(here);
    path.reverse();
    Ok(path)
}

/// The proof that leaf `index` is in the tree of `size`; `leaf` gives the leaf hash of an index.
///
/// Reads every leaf below `size` once.
///
/// # Errors
/// [`ProofError::NoSuchLeaf`].
pub fn inclusion_proof(
    index: u64,
    size: u64,
    mut leaf: impl FnMut(u64) -> Hash,
) -> Result<Vec<Hash>, ProofError> {
    let path = inclusion_path(index, size)?;
    Ok(path.into_iter().map(|range| range_root(range, &mut leaf)).collect())
}

/// The proof that the tree of `old` leaves begins the tree of `new`; `leaf` as above.
///
/// # Errors
/// [`ProofError::Shrunk`].
pub fn consistency_proof(
    old: u64,
    new: u64,
    mut leaf: impl FnMut(u64) -> Hash,
) -> Result<Vec<Hash>, ProofError> {
    let path = consistency_path(old, new)?;
    let told = path.into_iter().filter(|range| *range != (0..old));
    Ok(told.map(|range| range_root(range, &mut leaf)).collect())
}

/// Checks that the tree of `size` with this `root` has `leaf` (a leaf hash) at `index`.
///
/// # Errors
/// [`ProofError::NoSuchLeaf`], [`ProofError::Length`] or [`ProofError::Root`].
pub fn verify_inclusion(
    leaf: Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: Hash,
) -> Result<(), ProofError> {
    let path = inclusion_path(index, size)?;
    check_length(path.len(), proof.len())?;
    let computed = path.iter().zip(proof).fold(leaf, |hash, (range, &neighbour)| {
        if range.start > index { node_hash(hash, neighbour) } else { node_hash(neighbour, hash) }
    });
    check_root(size, computed, root)
}

/// Checks that the tree of `old` leaves with `old_root` begins the tree of `new` with `new_root`.
///
/// # Errors
/// [`ProofError::Shrunk`], [`ProofError::Length`] or [`ProofError::Root`].
pub fn verify_consistency(
    old: u64,
    old_root: Hash,
    new: u64,
    new_root: Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    let path = consistency_path(old, new)?;
    let Some(shared) = path.first() else {
        check_length(0, proof.len())?;
        return check_root(0, empty_root(), old_root);
    };
    let told = shared.start > 0;
    check_length(path.len() - usize::from(!told), proof.len())?;
    let (first, rest) = match proof {
        [first, rest @ ..] if told => (*first, rest),
        _ => (old_root, proof),
    };
    let (mut before, mut after) = (first, first);
    for (range, &neighbour) in path[1..].iter().zip(rest) {
        if range.start > shared.start {
            after = node_hash(after, neighbour);
        } else {
            before = node_hash(neighbour, before);
            after = node_hash(neighbour, after);
        }
    }
    check_root(old, before, old_root)?;
    check_root(new, after, new_root)
}

/// Where RFC 6962 splits a range of two or more: at the largest power of two below its length.
fn middle(range: &Range<u64>) -> u64 {
    range.start + (1 << (range.end - range.start - 1).ilog2())
}

fn check_length(expected: usize, found: usize) -> Result<(), ProofError> {
    if expected == found { Ok(()) } else { Err(ProofError::Length { expected, found }) }
}

fn check_root(size: u64, computed: Hash, expected: Hash) -> Result<(), ProofError> {
    if computed == expected { Ok(()) } else { Err(ProofError::Root { size, computed, expected }) }
}
