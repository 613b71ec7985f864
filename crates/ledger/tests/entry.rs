//! The entry's text: golden, canonical, and refused where it is not.

use std::collections::BTreeMap;

use ledger::{Entry, EntryError, Hash, HashError, Version, commitment, leaf_hash};
use proptest::option;
use proptest::prelude::*;

/// Every field set; written by Python's `json.dumps(sort_keys=True)`. Never edit: logs in the
/// field look like this.
const GOLDEN_V1: &str = concat!(
    r#"{"actor":"a1","agency":"phuong-1","book":"phuong-1|260101","book_no":1,"cal":"cd","#,
    r#""commit":"29a2e793c456fced4a7174add9eb69d36f45e8cf8824714f36a3fbbf27bb71db","#,
    r#""dossier":"H25.01-260101-0001","dseq":2,"due":1767830400000,"kind":"received","#,
    r#""prev":"1111111111111111111111111111111111111111111111111111111111111111","#,
    r#""proc":"ab","subject_tag":"k\"\\\n\u0001é","ts":1767225600123,"v":1}"#,
);
const GOLDEN_V1_LEAF: &str = "aab20dede210442aa902b5477771c61bf65d5227d765200b19321ec4e68360c2";

/// Only what must be there.
const SMALLEST_V1: &str = concat!(
    r#"{"actor":"a1","#,
    r#""commit":"29a2e793c456fced4a7174add9eb69d36f45e8cf8824714f36a3fbbf27bb71db","#,
    r#""dossier":"H1","dseq":1,"kind":"received","ts":0,"v":1}"#,
);

fn golden() -> Entry {
    Entry {
        v: Version::V1,
        ts: 1_767_225_600_123,
        kind: "received".into(),
        dossier: "H25.01-260101-0001".into(),
        dseq: 2,
        prev: Some(Hash([0x11; 32])),
        agency: Some("phuong-1".into()),
        actor: "a1".into(),
        commit: commitment(&[7; 32], "đơn số 1".as_bytes()),
        book: Some("phuong-1|260101".into()),
        book_no: Some(1),
        proc: Some("ab".into()),
        due: Some(1_767_830_400_000),
        cal: Some("cd".into()),
        subject_tag: Some("k\"\\\n\u{1}é".into()),
    }
}

fn refusal(text: &str) -> String {
    Entry::parse(text.as_bytes()).expect_err("should be refused").to_string()
}

#[test]
fn golden_text_stands() {
    assert_eq!(golden().to_canonical(), GOLDEN_V1);
    assert_eq!(Entry::parse(GOLDEN_V1.as_bytes()), Ok(golden()));
    assert_eq!(leaf_hash(GOLDEN_V1.as_bytes()).to_string(), GOLDEN_V1_LEAF);
}

#[test]
fn absent_fields_are_left_out() {
    let entry = Entry::parse(SMALLEST_V1.as_bytes()).unwrap();
    assert_eq!((entry.prev, entry.book_no, entry.due), (None, None, None));
    assert_eq!(entry.to_canonical(), SMALLEST_V1);
}

#[test]
fn another_spelling_is_refused_where_it_differs() {
    let blank = SMALLEST_V1.replacen(':', ": ", 1);
    assert_eq!(
        refusal(&blank),
        "not canonical: the text differs from its canonical form at byte 9"
    );
    for other in [
        SMALLEST_V1.replace(r#""actor":"a1","#, "").replace("{", r#"{"ts":0,"actor":"a1","#),
        SMALLEST_V1.replace("29a2e7", "29A2E7"),
        SMALLEST_V1.replace("H1", r"\u00481"),
        SMALLEST_V1.replace(r#""ts":0"#, r#""ts":-0"#),
        SMALLEST_V1.replace(r#""dseq":1"#, r#""dseq":1,"due":null"#),
        format!("{SMALLEST_V1}\n"),
    ] {
        Entry::parse(other.as_bytes()).expect_err(&other);
    }
}

#[test]
fn what_is_no_entry_is_refused_with_the_reason() {
    let unknown = SMALLEST_V1.replace(r#""dossier""#, r#""date":1,"dossier""#);
    assert!(refusal(&unknown).contains("unknown field `date`"), "{}", refusal(&unknown));
    let missing = SMALLEST_V1.replace(r#","ts":0"#, "");
    assert!(refusal(&missing).contains("missing field `ts`"), "{}", refusal(&missing));
    let twice = SMALLEST_V1.replace(r#","ts":0"#, r#","ts":0,"ts":1"#);
    assert!(refusal(&twice).contains("duplicate field `ts`"), "{}", refusal(&twice));
    let newer = SMALLEST_V1.replace(r#""v":1"#, r#""v":2"#);
    assert!(refusal(&newer).contains("entry version 2 is not known"), "{}", refusal(&newer));
    let float = SMALLEST_V1.replace(r#""ts":0"#, r#""ts":0.5"#);
    assert!(refusal(&float).contains("floating point"), "{}", refusal(&float));
    let short = SMALLEST_V1.replace("29a2e7", "");
    assert!(refusal(&short).contains("not a SHA-256 hash"), "{}", refusal(&short));
    assert!(Entry::parse(b"\xff").is_err());
}

#[test]
fn half_a_book_and_inexact_integers_are_refused() {
    let half = Entry { book_no: None, ..golden() };
    assert_eq!(Entry::parse(half.to_canonical().as_bytes()), Err(EntryError::HalfBook));

    let limit = (1_i64 << 53) - 1;
    let exact = Entry { ts: limit, due: Some(-limit), ..golden() };
    assert_eq!(Entry::parse(exact.to_canonical().as_bytes()), Ok(exact));
    for (entry, field, value) in [
        (Entry { ts: limit + 1, ..golden() }, "ts", limit + 1),
        (Entry { due: Some(i64::MIN), ..golden() }, "due", i64::MIN),
    ] {
        let error = Entry::parse(entry.to_canonical().as_bytes());
        assert_eq!(error, Err(EntryError::Inexact { field, value }));
    }
}

#[test]
fn the_salt_hides_the_payload() {
    assert_ne!(commitment(&[1; 32], b"x"), commitment(&[2; 32], b"x"));
    assert_ne!(commitment(&[1; 32], b"x"), commitment(&[1; 32], b"y"));
}

#[test]
fn hashes_read_what_they_write() {
    let hash = leaf_hash(b"x");
    assert_eq!(hash.to_string().parse(), Ok(hash));
    assert_eq!(Hash::from_base64(&hash.to_base64()), Ok(hash));
    assert_eq!("ab".parse::<Hash>(), Err(HashError::Hex("ab".into())));
    assert_eq!(Hash::from_base64("qw=="), Err(HashError::Base64("qw==".into())));
    assert_eq!(format!("{hash:?}"), format!("Hash({hash})"));
}

prop_compose! {
    fn any_entry()(
        ts in -(1_i64 << 53) + 1..1 << 53,
        words in prop::array::uniform3(".*"),
        dseq: u32,
        prev in option::of(any::<[u8; 32]>()),
        commit: [u8; 32],
        book in option::of((".*", any::<u32>())),
        due in option::of(0_i64..1 << 53),
        others in prop::array::uniform4(option::of(".*")),
    ) -> Entry {
        let [kind, dossier, actor] = words;
        let [agency, proc, cal, subject_tag] = others;
        let (book, book_no) = book.unzip();
        let (prev, commit) = (prev.map(Hash), Hash(commit));
        Entry {
            v: Version::V1, ts, kind, dossier, dseq, prev, agency, actor, commit, book, book_no,
            proc, due, cal, subject_tag,
        }
    }
}

proptest! {
    #[test]
    fn any_entry_comes_back(entry in any_entry()) {
        let text = entry.to_canonical();
        prop_assert_eq!(Entry::parse(text.as_bytes()), Ok(entry));
    }

    /// Judged by another road: a map that sorts by itself.
    #[test]
    fn keys_are_sorted(entry in any_entry()) {
        let text = entry.to_canonical();
        let sorted: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(serde_json::to_string(&sorted).unwrap(), text);
    }

    #[test]
    fn a_changed_byte_is_another_entry_or_none(
        entry in any_entry(), place: prop::sample::Index, mask in 1_u8..,
    ) {
        let mut bytes = entry.to_canonical().into_bytes();
        let place = place.index(bytes.len());
        bytes[place] ^= mask;
        prop_assert_ne!(Entry::parse(&bytes), Ok(entry));
    }
}
