//! The export: the log as a folder of small files (C2SP tlog-tiles).
//!
//! | path | content |
//! |---|---|
//! | `checkpoint` | the signed head, see [`crate::checkpoint`] |
//! | `tile/entries/<N>` | entries 256·N … 256·N+255, each after its length as 2 bytes big-endian |
//! | `tile/<L>/<N>` | 256 hashes of 32 bytes; each is the root of 256ᴸ entries |
//!
//! The last, incomplete file of a row ends in `.p/<how many>`. `<N>` is written in groups of three
//! digits, all but the last with an `x` before: 1234067 is `x001/x234/067`.

use std::collections::VecDeque;
use std::fmt;

use crate::hash::{Hash, empty_root, leaf_hash};
use crate::tree::Frontier;

/// How many hashes or entries a full tile holds.
pub const TILE_WIDTH: usize = 256;

/// Where a tile lies; its `Display` is the path in the export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TilePath {
    /// What the tile holds.
    pub row: Row,
    /// Which tile of the row, counting from 0.
    pub number: u64,
    /// How many entries or hashes it holds: 1 to [`TILE_WIDTH`].
    pub width: usize,
}

/// A row of tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// The entries themselves.
    Entries,
    /// Hashes of this level: each the root of 256ᴸ entries.
    Hashes(u32),
}

/// One file of the export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Where it goes.
    pub path: TilePath,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// An entry that the tile format cannot hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry {index} has {length} bytes; an entry may have 65535")]
pub struct EntryTooLong {
    /// The entry's index.
    pub index: u64,
    /// Its length in bytes.
    pub length: usize,
}

/// A bundle of entries that cannot be taken apart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the bundle breaks off within its entry {entry}")]
pub struct BundleError {
    /// Which entry of the bundle, counting from 0.
    pub entry: usize,
}

/// Turns entries, one after the other, into tiles. Keeps only the unfinished ones in memory.
#[derive(Debug, Clone, Default)]
pub struct TileWriter {
    size: u64,
    bundle: Vec<u8>,
    levels: Vec<Level>,
}

/// The unfinished tile of one level.
#[derive(Debug, Clone, Default)]
struct Level {
    number: u64,
    hashes: Vec<Hash>,
}

impl TileWriter {
    /// How many entries were written.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Writes the next entry and gives the tiles it completed, usually none.
    ///
    /// # Errors
    /// [`EntryTooLong`]; the writer is then as before.
    pub fn push(&mut self, entry: &[u8]) -> Result<Vec<Tile>, EntryTooLong> {
        self.push_hashed(entry, leaf_hash(entry))
    }

    pub(crate) fn push_hashed(
        &mut self,
        entry: &[u8],
        leaf: Hash,
    ) -> Result<Vec<Tile>, EntryTooLong> {
        let length = u16::try_from(entry.len())
            .map_err(|_| EntryTooLong { index: self.size, length: entry.len() })?;
        self.bundle.extend(length.to_be_bytes());
        self.bundle.extend(entry);
        self.size += 1;

        let mut done = Vec::new();
        if self.size.is_multiple_of(TILE_WIDTH as u64) {
            let number = self.size / TILE_WIDTH as u64 - 1;
            let path = TilePath { row: Row::Entries, number, width: TILE_WIDTH };
            done.push(Tile { path, bytes: std::mem::take(&mut self.bundle) });
        }
        self.climb(leaf, &mut done);
        Ok(done)
    }

    /// Adds the leaf to level 0, and the root of every tile that this completes to the next one.
    fn climb(&mut self, leaf: Hash, done: &mut Vec<Tile>) {
        let mut hash = leaf;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Level::default());
            }
            let open = &mut self.levels[level];
            open.hashes.push(hash);
            if open.hashes.len() < TILE_WIDTH {
                return;
            }
            done.push(open.tile(level));
            hash = open.hashes.drain(..).collect::<Frontier>().root();
            open.number += 1;
        }
    }

    /// The incomplete tiles of the log as it stands; together with all that [`TileWriter::push`]
    /// gave before, the whole export.
    pub fn partial(&self) -> Vec<Tile> {
        let entries = (!self.bundle.is_empty()).then(|| {
            let (number, width) = (self.size / TILE_WIDTH as u64, self.levels[0].hashes.len());
            let path = TilePath { row: Row::Entries, number, width };
            Tile { path, bytes: self.bundle.clone() }
        });
        let levels = self.levels.iter().enumerate();
        let hashes = levels.filter(|(_, open)| !open.hashes.is_empty());
        entries.into_iter().chain(hashes.map(|(level, open)| open.tile(level))).collect()
    }

    /// The root of the log as it stands.
    pub fn root(&self) -> Hash {
        // What lies right of a level's complete nodes is the root of all the levels below.
        let below = self.levels.iter().fold(None, |below: Option<Hash>, open| {
            let row: Frontier = open.hashes.iter().copied().chain(below).collect();
            (row.size() > 0).then(|| row.root())
        });
        below.unwrap_or_else(empty_root)
    }
}

impl Level {
    fn tile(&self, level: usize) -> Tile {
        let row = Row::Hashes(u32::try_from(level).expect("8 levels hold 2⁶⁴ entries"));
        let path = TilePath { row, number: self.number, width: self.hashes.len() };
        Tile { path, bytes: self.hashes.iter().flat_map(|hash| hash.0).collect() }
    }
}

/// All tiles of a log, from all its entries in order. Only unfinished tiles stay in memory.
///
/// # Errors
/// Ends with [`EntryTooLong`] at the first entry the format cannot hold.
pub fn tiles<I>(entries: I) -> impl Iterator<Item = Result<Tile, EntryTooLong>>
where
    I: IntoIterator,
    I::Item: AsRef<[u8]>,
{
    let mut entries = entries.into_iter();
    let mut writer = Some(TileWriter::default());
    let mut ready = VecDeque::new();
    std::iter::from_fn(move || {
        while ready.is_empty() {
            let open = writer.as_mut()?;
            match entries.next().map(|entry| open.push(entry.as_ref())) {
                Some(Ok(tiles)) => ready.extend(tiles),
                Some(Err(error)) => {
                    writer = None;
                    return Some(Err(error));
                }
                None => {
                    ready.extend(open.partial());
                    writer = None;
                }
            }
        }
        ready.pop_front().map(Ok)
    })
}

/// Takes a file `tile/entries/…` apart.
///
/// # Errors
/// [`BundleError`] if it breaks off within an entry.
pub fn split_bundle(bundle: &[u8]) -> Result<Vec<&[u8]>, BundleError> {
    let (mut rest, mut entries) = (bundle, Vec::with_capacity(TILE_WIDTH));
    while !rest.is_empty() {
        let broken = BundleError { entry: entries.len() };
        let Some((length, after)) = rest.split_first_chunk::<2>() else { return Err(broken) };
        let length = usize::from(u16::from_be_bytes(*length));
        let Some((entry, after)) = after.split_at_checked(length) else { return Err(broken) };
        entries.push(entry);
        rest = after;
    }
    Ok(entries)
}

impl TilePath {
    /// The entries below the tile's hash or entry at `position`: first and last index.
    pub fn covers(&self, position: usize) -> (u64, u64) {
        let level = match self.row {
            Row::Entries => 0,
            Row::Hashes(level) => level,
        };
        let each = (TILE_WIDTH as u64).saturating_pow(level);
        let first = (self.number * TILE_WIDTH as u64 + position as u64).saturating_mul(each);
        (first, first.saturating_add(each - 1))
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            Row::Entries => f.write_str("tile/entries/")?,
            Row::Hashes(level) => write!(f, "tile/{level}/")?,
        }
        let mut groups = vec![self.number % 1000];
        let mut rest = self.number / 1000;
        while rest > 0 {
            groups.push(rest % 1000);
            rest /= 1000;
        }
        for group in groups[1..].iter().rev() {
            write!(f, "x{group:03}/")?;
        }
        write!(f, "{:03}", groups[0])?;
        if self.width < TILE_WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}
