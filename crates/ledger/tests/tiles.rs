//! The export's files: where they lie and what is in them.

use std::collections::BTreeMap;

use ledger::tiles::{BundleError, EntryTooLong, Row, TILE_WIDTH, split_bundle, tiles};
use ledger::{Frontier, TilePath, TileWriter, leaf_hash};
use proptest::prelude::*;

fn facts(size: u64) -> impl Iterator<Item = String> {
    (0..size).map(|index| format!("fact {index}"))
}

fn export(size: u64) -> BTreeMap<String, Vec<u8>> {
    let tiles = tiles(facts(size)).map(|tile| tile.expect("short entries"));
    let mut files = BTreeMap::new();
    for tile in tiles {
        let path = tile.path.to_string();
        assert!(files.insert(path.clone(), tile.bytes).is_none(), "{path} came twice");
    }
    files
}

fn names(size: u64) -> Vec<String> {
    export(size).into_keys().collect()
}

#[test]
fn paths_are_those_of_the_specification() {
    let path = |row, number, width| TilePath { row, number, width }.to_string();
    assert_eq!(path(Row::Hashes(0), 0, TILE_WIDTH), "tile/0/000");
    assert_eq!(path(Row::Hashes(0), 1_234_067, TILE_WIDTH), "tile/0/x001/x234/067");
    assert_eq!(path(Row::Hashes(63), 1000, 7), "tile/63/x001/000.p/7");
    assert_eq!(path(Row::Entries, 999, TILE_WIDTH), "tile/entries/999");
    assert_eq!(path(Row::Entries, 1_000_005, 255), "tile/entries/x001/x000/005.p/255");
}

#[test]
fn files_of_small_and_large_logs() {
    assert_eq!(names(0), [""; 0]);
    assert_eq!(names(1), ["tile/0/000.p/1", "tile/entries/000.p/1"]);
    assert_eq!(names(256), ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]);
    let of_300 = ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"];
    let entries_of_300 = ["tile/entries/000", "tile/entries/001.p/44"];
    assert_eq!(names(300), [&of_300[..], &entries_of_300].concat());

    let large = names(70_000);
    assert_eq!(large.len(), 274 + 274 + 2 + 1);
    for path in ["tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1", "tile/0/273.p/112"] {
        assert!(large.iter().any(|name| name == path), "{path}");
    }
}

/// The root comes from a plain recursion in Python.
#[test]
fn root_of_seventy_thousand_facts() {
    let mut writer = TileWriter::default();
    for fact in facts(70_000) {
        writer.push(fact.as_bytes()).unwrap();
    }
    let root = "8c0aa016474384ff0b96268cad24b11d4f0f869227778a4d2fabf04c0a5fa9b3";
    assert_eq!(writer.root().to_string(), root);
}

#[test]
fn tiles_hold_what_they_cover() {
    let files = export(600);
    let fact = |index: u64| leaf_hash(format!("fact {index}").as_bytes());
    assert_eq!(files["tile/0/001"][32 * 44..][..32], fact(300).0);
    let below: Frontier = (256..512).map(fact).collect();
    assert_eq!(files["tile/1/000.p/2"][32..], below.root().0);
    assert_eq!(files["tile/entries/000"][..8], *b"\x00\x06fact 0");

    let path = TilePath { row: Row::Hashes(1), number: 3, width: TILE_WIDTH };
    assert_eq!(path.covers(2), ((3 * 256 + 2) * 256, (3 * 256 + 3) * 256 - 1));
    let path = TilePath { row: Row::Entries, number: 3, width: TILE_WIDTH };
    assert_eq!(path.covers(2), (770, 770));
}

#[test]
fn too_long_an_entry_ends_the_export_by_its_index() {
    let entries = ["short".to_string(), "x".repeat(65_536), "never reached".to_string()];
    let error = EntryTooLong { index: 1, length: 65_536 };
    assert_eq!(tiles(entries).collect::<Vec<_>>(), [Err(error.clone())]);
    assert_eq!(error.to_string(), "entry 1 has 65536 bytes; an entry may have 65535");
    assert!(tiles(["x".repeat(65_535)]).all(|tile| tile.is_ok()));
}

#[test]
fn a_bundle_that_breaks_off_is_told() {
    assert_eq!(split_bundle(b"\0\x01a\0\0\0\x02bc"), Ok(vec![&b"a"[..], b"", b"bc"]));
    assert_eq!(split_bundle(b"\0\x01a\0"), Err(BundleError { entry: 1 }));
    assert_eq!(split_bundle(b"\0\x02a"), Err(BundleError { entry: 0 }));
}

proptest! {
    #[test]
    fn the_writer_agrees_with_the_frontier(size in 0_u64..1500) {
        let frontier: Frontier = facts(size).map(|fact| leaf_hash(fact.as_bytes())).collect();
        let mut writer = TileWriter::default();
        for fact in facts(size) {
            writer.push(fact.as_bytes()).unwrap();
        }
        prop_assert_eq!((writer.size(), writer.root()), (size, frontier.root()));
    }

    #[test]
    fn the_bundles_give_the_entries_back(size in 0_u64..1500) {
        let files = export(size);
        let bundles = files.iter().filter(|(path, _)| path.starts_with("tile/entries/"));
        let entries = bundles.flat_map(|(_, bytes)| split_bundle(bytes).unwrap());
        prop_assert!(entries.eq(facts(size).map(String::into_bytes)));
    }
}
