//! Honest logs pass; each kind of tampering is found, and the message names the entry.

use std::collections::{BTreeMap, HashMap};

use ledger::{
    Checkpoint, Entry, Finding, Hash, Signer, Verified, Version, commitment, leaf_hash, verify,
};
use proptest::prelude::*;

type Files = BTreeMap<String, Vec<u8>>;

/// Takes facts in honestly, as the office does.
#[derive(Default)]
struct Log {
    entries: Vec<Entry>,
    last: HashMap<String, (u32, Hash)>,
    books: HashMap<String, u32>,
}

impl Log {
    fn append(&mut self, dossier: u32, agency: u32) {
        let dossier = format!("H{dossier}");
        let last = self.last.get(&dossier).copied();
        let book = last.is_none().then(|| format!("phuong-{agency}|260101"));
        let book_no = book.clone().map(|book| {
            let number = self.books.entry(book).or_default();
            *number += 1;
            *number
        });
        let entry = Entry {
            v: Version::V1,
            ts: 1_767_225_600_000 + self.entries.len() as i64 / 2,
            kind: if last.is_none() { "received" } else { "forwarded" }.into(),
            dossier: dossier.clone(),
            dseq: last.map_or(1, |(dseq, _)| dseq + 1),
            prev: last.map(|(_, leaf)| leaf),
            agency: Some(format!("phuong-{agency}")),
            actor: "a1".into(),
            commit: commitment(&[7; 32], dossier.as_bytes()),
            book,
            book_no,
            proc: None,
            due: last.is_none().then_some(1_767_830_400_000),
            cal: None,
            subject_tag: None,
        };
        self.last.insert(dossier, (entry.dseq, leaf_hash(entry.to_canonical().as_bytes())));
        self.entries.push(entry);
    }
}

/// 600 facts: dossier H0 gets facts 0, 200, 400, H1 facts 1, 201, 401, and so on; two books.
fn honest() -> Vec<Entry> {
    let mut log = Log::default();
    for fact in 0..600 {
        log.append(fact % 200, fact % 2);
    }
    log.entries
}

fn signer() -> Signer {
    Signer::from_seed("log.example.vn/2026", &[1; 32]).expect("a name")
}

/// What the holder of the key can publish: any entries, signed.
fn publish_texts<T: AsRef<[u8]>>(texts: &[T]) -> Files {
    let mut writer = ledger::TileWriter::default();
    let mut tiles = Vec::new();
    for text in texts {
        tiles.extend(writer.push(text.as_ref()).expect("short entries"));
    }
    tiles.extend(writer.partial());
    let files = tiles.into_iter().map(|tile| (tile.path.to_string(), tile.bytes));
    let signed = ledger::checkpoint::sign(&signer(), writer.size(), writer.root());
    files.chain([("checkpoint".to_string(), signed.into_bytes())]).collect()
}

fn publish(entries: &[Entry]) -> Files {
    publish_texts(&entries.iter().map(Entry::to_canonical).collect::<Vec<_>>())
}

fn checkpoint(files: &Files) -> Checkpoint {
    let note = std::str::from_utf8(&files["checkpoint"]).expect("text");
    Checkpoint::open(note, &signer().verifier_key()).expect("signed")
}

fn inspect(files: &Files, remembered: &[Checkpoint]) -> Result<Verified, Vec<Finding>> {
    verify(&signer().verifier_key(), remembered, |path| files.get(path).cloned())
}

fn findings(files: &Files, remembered: &[Checkpoint]) -> Vec<String> {
    let findings = inspect(files, remembered).expect_err("tampering must be found");
    findings.iter().map(ToString::to_string).collect()
}

fn alone(files: &Files) -> Vec<String> {
    findings(files, &[])
}

/// Holds that one of the findings begins like this.
#[track_caller]
fn assert_told(found: &[String], begin: &str) {
    assert!(found.iter().any(|told| told.starts_with(begin)), "no {begin:?} in {found:#?}");
}

/// Writes over `old`, which must be in the file, with `new` of the same length.
fn patch(files: &mut Files, path: &str, old: &str, new: &str) {
    let bytes = files.get_mut(path).expect("the file");
    let found = bytes.windows(old.len()).position(|window| window == old.as_bytes());
    let at = found.expect("the old text");
    bytes[at..at + old.len()].copy_from_slice(new.as_bytes());
}

#[test]
fn an_honest_log_passes() {
    let files = publish(&honest());
    let seen = inspect(&files, &[checkpoint(&publish(&honest()[..300]))]).unwrap();
    assert_eq!((seen.checkpoint.size, seen.dossiers, seen.books), (600, 200, 2));
    let nothing = publish(&[]);
    assert_eq!(inspect(&nothing, &[]).unwrap().checkpoint.size, 0);
    assert!(inspect(&files, &[checkpoint(&nothing), checkpoint(&files)]).is_ok());
}

#[test]
fn an_edited_entry_is_named() {
    let mut files = publish(&honest());
    patch(&mut files, "tile/entries/001", r#""dossier":"H100""#, r#""dossier":"H999""#);
    let found = alone(&files);
    assert_told(&found, "entry 300: dossier H999 goes on with fact 2, not 1");
    assert_told(&found, "entry 300: dossier H999 has prev ");
    assert_told(&found, "entry 500: dossier H100 goes on with fact 3, not 2");
    assert_told(&found, "entry 300 has the hash ");
    assert!(found.iter().any(|told| told.contains("but tile/0/001 says ")), "{found:#?}");
}

#[test]
fn an_edited_date_is_named_even_where_all_rules_hold() {
    let mut files = publish(&honest());
    patch(&mut files, "tile/entries/000", r#""due":1767830400000"#, r#""due":1767830400001"#);
    let found = alone(&files);
    assert_told(&found, "entry 0 has the hash ");
    assert_told(&found, "entry 200: dossier H0 has prev ");
    assert_told(&found, "the 600 entries have the root ");
}

/// A sample of entries would miss it: the tiles and the signature are untouched and agree.
#[test]
fn every_single_edited_entry_is_named() {
    for index in (0..600).step_by(37) {
        let mut files = publish(&honest());
        let mut entries = honest();
        entries[index].actor = "a2".into();
        let edited = publish(&entries);
        for (path, bytes) in edited.into_iter().filter(|(path, _)| path.contains("entries")) {
            files.insert(path, bytes);
        }
        assert_told(&alone(&files), &format!("entry {index} has the hash "));
    }
}

#[test]
fn an_edited_tile_is_named() {
    let mut files = publish(&honest());
    files.get_mut("tile/0/002.p/88").unwrap()[32 * 5] ^= 1;
    files.get_mut("tile/0/002.p/88").unwrap()[32 * 87] ^= 1;
    files.get_mut("tile/1/000.p/2").unwrap()[63] ^= 1;
    let found = alone(&files);
    assert_eq!(found.len(), 3);
    assert!(found[0].starts_with("entry 517 has the hash "), "{found:#?}");
    assert!(found[1].starts_with("entry 599 has the hash "), "{found:#?}");
    assert!(found[2].starts_with("entries 256 to 511 have the root "), "{found:#?}");
}

#[test]
fn an_entry_and_its_tile_edited_together_break_the_root() {
    let mut entries = honest();
    let signed = publish(&entries)["checkpoint"].clone();
    entries[599].due = Some(0);
    let mut files = publish(&entries);
    files.insert("checkpoint".into(), signed);
    let found = alone(&files);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("the 600 entries have the root "), "{found:#?}");
}

#[test]
fn missing_and_cut_files_are_named() {
    for path in publish(&honest()).keys() {
        let mut files = publish(&honest());
        files.remove(path);
        assert_eq!(alone(&files)[0], format!("{path} is missing"));

        let mut files = publish(&honest());
        files.get_mut(path).unwrap().pop();
        let found = alone(&files);
        assert!(found.iter().any(|told| told.starts_with(path.as_str())), "{path}: {found:#?}");
    }
}

#[test]
fn a_deleted_or_added_entry_is_found_in_its_bundle() {
    let texts: Vec<String> = honest().iter().map(Entry::to_canonical).collect();
    let bundle = |texts: &[String]| -> Vec<u8> {
        let long = |text: &String| (text.len() as u16).to_be_bytes();
        texts.iter().flat_map(|text| [&long(text)[..], text.as_bytes()].concat()).collect()
    };
    let mut files = publish(&honest());
    files.insert("tile/entries/001".into(), bundle(&texts[256..511]));
    let found = alone(&files);
    let told = "tile/entries/001, which begins with entry 256, has 255 entries, not 256";
    assert_eq!(found, [told]);

    files.insert("tile/entries/001".into(), bundle(&texts[256..513]));
    let told = "tile/entries/001, which begins with entry 256, has 257 entries, not 256";
    assert_eq!(alone(&files), [told]);
}

#[test]
fn an_entry_in_another_spelling_is_named() {
    let mut texts: Vec<String> = honest().iter().map(Entry::to_canonical).collect();
    texts[599] = texts[599].replace(":", ": ");
    assert_eq!(
        alone(&publish_texts(&texts)),
        ["entry 599: not canonical: the text differs from its canonical form at byte 9"]
    );
    texts[599] = "nonsense".into();
    assert!(alone(&publish_texts(&texts))[0].starts_with("entry 599: not an entry: "));
}

#[test]
fn each_broken_rule_is_named_although_the_key_holder_signed() {
    type Edit = fn(&mut Vec<Entry>);
    let cases: [(Edit, &str); 6] = [
        (|log| log[599].ts = 5, "entry 599: ts 5 is before 1767225600299 of the entry ahead of it"),
        (|log| log[599].dseq = 4, "entry 599: dossier H199 goes on with fact 4, not 3"),
        (
            |log| log[599].prev = None,
            "entry 599: dossier H199 has prev none, but its last fact is ",
        ),
        (
            |log| log[199].book_no = Some(101),
            "entry 199: book phuong-1|260101 goes on with number 101, not 100",
        ),
        (|log| log[0].prev = Some(Hash([0; 32])), "entry 0: dossier H0 has prev 0000000000"),
        (|log| log[599].book = Some("b".into()), "entry 599: book and book_no go together"),
    ];
    for (edit, told) in cases {
        let mut log = honest();
        edit(&mut log);
        let found = alone(&publish(&log));
        assert!(found[0].starts_with(told), "{told}: {found:#?}");
    }
}

#[test]
fn a_deleted_dossier_leaves_gaps_although_the_key_holder_signed() {
    let mut log = honest();
    log.retain(|entry| entry.dossier != "H5");
    let told = "entry 6: book phuong-1|260101 goes on with number 4, not 3";
    assert_eq!(alone(&publish(&log)), [told]);

    let mut log = honest();
    log.remove(205);
    let found = alone(&publish(&log));
    assert_eq!(found[0], "entry 404: dossier H5 goes on with fact 3, not 2");
}

/// The administrator rewrites everything so that every rule holds, and signs: only a checkpoint
/// kept by someone else tells.
#[test]
fn a_rewritten_log_is_found_by_an_old_checkpoint() {
    let old = checkpoint(&publish(&honest()[..300]));
    let mut log = honest();
    log[599].due = Some(1);
    let (late, after) = (publish(&log), publish(&honest()));
    assert!(inspect(&late, std::slice::from_ref(&old)).is_ok(), "not yet vouched for");
    let told = findings(&late, &[old, checkpoint(&after)]);
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("the first 600 entries have the root "), "{told:#?}");
}

#[test]
fn a_rolled_back_log_is_found_by_an_old_checkpoint() {
    let remembered = checkpoint(&publish(&honest()));
    let restored = publish(&honest()[..500]);
    assert!(inspect(&restored, &[]).is_ok(), "alone, nobody can tell");
    let told = "the log has 500 entries, but had 600 at a remembered checkpoint";
    assert_eq!(findings(&restored, std::slice::from_ref(&remembered)), [told]);

    let other = Checkpoint { origin: "other".into(), ..remembered };
    let told = r#"the remembered checkpoint is of the log "other", not "log.example.vn/2026""#;
    assert_eq!(findings(&restored, &[other]), [told]);
}

#[test]
fn an_edited_checkpoint_is_found() {
    let mut files = publish(&honest());
    patch(&mut files, "checkpoint", "\n600\n", "\n599\n");
    assert_eq!(
        alone(&files),
        ["checkpoint: the signature of log.example.vn/2026 does not fit the text: \
          the text or the signature was changed"]
    );
    files.insert("checkpoint".into(), vec![0xff]);
    assert_eq!(alone(&files), ["checkpoint: not UTF-8"]);
}

#[test]
fn findings_end_somewhere() {
    let texts = vec!["nonsense"; 1000];
    let found = alone(&publish_texts(&texts));
    assert_eq!(found.len(), 256);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_false_alarm(history in prop::collection::vec((0_u32..40, 0_u32..3), 0..400),
                      cut: prop::sample::Index) {
        let mut log = Log::default();
        for (dossier, agency) in history {
            log.append(dossier, agency);
        }
        let old = checkpoint(&publish(&log.entries[..cut.index(log.entries.len() + 1)]));
        prop_assert!(inspect(&publish(&log.entries), &[old]).is_ok());
    }

    #[test]
    fn no_byte_can_change(file: prop::sample::Index, place: prop::sample::Index, mask in 1_u8..) {
        let mut files = publish(&honest()[..300]);
        let (path, bytes) = files.iter_mut().nth(file.index(6)).unwrap();
        let (path, place) = (path.clone(), place.index(bytes.len()));
        bytes[place] ^= mask;
        prop_assert!(inspect(&files, &[]).is_err(), "{path} at {place} xor {mask}");
    }
}
