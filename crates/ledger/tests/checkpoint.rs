//! Keys, signed notes and checkpoints: golden, and each kind of damage told apart.

use ledger::{Checkpoint, CheckpointError, Hash, KeyError, Note, NoteError, Signer, VerifierKey};

/// Made with Python's `cryptography` from the seed 00 01 02 … 1f.
const KEY: &str = "log.example.vn/2026+7e7f1c14+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
const SIGNED: &str = concat!(
    "log.example.vn/2026\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n\n",
    "— log.example.vn/2026 fn8cFDeo5HIRRQ9IdkygsGTPWsDLtvDeUF2lVmcOCNoh1El5BVQvdeBA+W3jq3FLKwLB",
    "7Z2dVpRlKpAbP/UrcmR7jwM=\n",
);
/// The example of Go's package `golang.org/x/mod/sumdb/note`.
const GO_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const GO_NOTE: &str = concat!(
    "If you think cryptography is the answer to your problem,\n",
    "then you don't know what your problem is.\n\n",
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpR",
    "Zb6KE6RyyBwJnAM=\n",
);

fn signer() -> Signer {
    Signer::from_seed("log.example.vn/2026", &std::array::from_fn(|i| i as u8)).expect("a name")
}

fn head() -> Checkpoint {
    let root = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328";
    let root = root.parse().expect("a hash");
    Checkpoint { origin: "log.example.vn/2026".into(), size: 8, root }
}

fn refusal(note: &str) -> CheckpointError {
    Checkpoint::open(note, &signer().verifier_key()).expect_err("should be refused")
}

#[test]
fn golden_key_and_checkpoint_stand() {
    assert_eq!(signer().verifier_key().to_string(), KEY);
    assert_eq!(KEY.parse(), Ok(signer().verifier_key()));
    assert_eq!(ledger::checkpoint::sign(&signer(), 8, head().root), SIGNED);
    assert_eq!(Checkpoint::open(SIGNED, &signer().verifier_key()), Ok(head()));
}

#[test]
fn a_note_signed_by_go_opens() {
    let key: VerifierKey = GO_KEY.parse().unwrap();
    assert_eq!(key.name(), "PeterNeumann");
    assert!(key.open(GO_NOTE).unwrap().ends_with("your problem is.\n"));
}

#[test]
fn witnesses_may_sign_too() {
    let witness = Signer::from_seed("witness.example", &[9; 32]).unwrap();
    let text = SIGNED.split_once("\n\n").unwrap().0;
    let second = witness.sign(&format!("{text}\n"));
    let second = second.split_once("\n\n").unwrap().1;
    for both in [format!("{SIGNED}{second}"), SIGNED.replace("\n\n", &format!("\n\n{second}"))] {
        assert_eq!(Checkpoint::open(&both, &signer().verifier_key()), Ok(head()));
        assert_eq!(Checkpoint::open(&both, &witness.verifier_key()), {
            let (expected, found) = ("witness.example".into(), "log.example.vn/2026".into());
            Err(CheckpointError::Origin { expected, found })
        });
        let note: Note = both.parse().unwrap();
        assert_eq!(note.signatures.len(), 2);
    }
}

#[test]
fn a_changed_text_or_signature_is_told() {
    let wrong = "the signature of log.example.vn/2026 does not fit the text: \
                 the text or the signature was changed";
    assert_eq!(refusal(&SIGNED.replace("\n8\n", "\n9\n")).to_string(), wrong);
    assert_eq!(refusal(&SIGNED.replace("Xcna", "Ycna")).to_string(), wrong);
    assert_eq!(refusal(&SIGNED.replace("cmR7jwM", "cmR7jwQ")).to_string(), wrong);
    assert_eq!(refusal(&SIGNED.replace("2026\n8", "2026\n\n8")).to_string(), wrong);
}

#[test]
fn a_foreign_signature_is_told() {
    let other = Signer::from_seed("evil.example", &[9; 32]).unwrap();
    let note = ledger::checkpoint::sign(&other, 8, head().root);
    let told = "not signed by log.example.vn/2026, only by: evil.example";
    assert_eq!(refusal(&note).to_string(), told);

    let other = Signer::from_seed("log.example.vn/2026", &[9; 32]).unwrap();
    let note = ledger::checkpoint::sign(&other, 8, head().root);
    let told = refusal(&note).to_string();
    assert!(told.starts_with("signed by log.example.vn/2026 with key "), "{told}");
    assert!(told.ends_with("but the trusted key is 7e7f1c14"), "{told}");
}

#[test]
fn a_damaged_note_is_told() {
    let refuse = |note: &str| match refusal(note) {
        CheckpointError::Note(error) => error,
        other => panic!("{other}"),
    };
    assert_eq!(refuse(""), NoteError::NoSignatures);
    assert_eq!(refuse(&SIGNED.replace("\n\n", "\n")), NoteError::NoSignatures);
    assert_eq!(refuse(SIGNED.trim_end()), NoteError::NoSignatures);
    assert_eq!(refuse(&SIGNED.replace("— ", "- ")), NoteError::Line { line: 1 });
    assert_eq!(refuse(&SIGNED.replace("jwM=", "jwM")), NoteError::Line { line: 1 });
    assert_eq!(refuse(&format!("{SIGNED}— x\n")), NoteError::Line { line: 2 });
    let short = SIGNED.replace("7Z2dVpRlKpAbP/UrcmR7jwM=", "");
    assert!(matches!(refuse(&short), NoteError::Line { .. } | NoteError::WrongSignature { .. }));
}

#[test]
fn a_signed_text_that_is_no_checkpoint_is_told() {
    let root = head().root.to_base64();
    let refuse = |text: &str| refusal(&signer().sign(text)).to_string();
    assert_eq!(
        refuse("log.example.vn/2026\n8\n"),
        "a checkpoint has three lines (origin, size, root), this one has 2"
    );
    assert!(refuse(&format!("log.example.vn/2026\n8\n{root}\nmore\n")).contains("this one has 4"));
    for size in ["08", "+8", "-1", "", "8 ", "18446744073709551616"] {
        let told = refuse(&format!("log.example.vn/2026\n{size}\n{root}\n"));
        assert!(told.starts_with(&format!("{size:?} is not a size")), "{told}");
    }
    let told = refuse("log.example.vn/2026\n8\nAAAA\n");
    assert_eq!(told, r#""AAAA" is not a root: the base64 of 32 bytes"#);
    let told = refuse(&format!("log.example.vn/2025\n8\n{root}\n"));
    assert!(told.contains(r#"is of the log "log.example.vn/2025""#), "{told}");
}

#[test]
fn a_bad_key_is_told() {
    let refuse = |text: &str| text.parse::<VerifierKey>().expect_err(text).to_string();
    assert_eq!(refuse("log"), "not a verifier key: it must read name+keyid+key");
    assert_eq!(refuse("log+00+!"), "not a verifier key: the key is not base64");
    assert!(refuse("log+00+BAAA").contains("not of the Ed25519 type"));
    assert!(refuse("log+00+AQAA").contains("not 32 bytes"));
    assert_eq!(
        refuse(&KEY.replace("7e7f", "7e7e")),
        "the verifier key of log.example.vn/2026 says id 7e7e1c14, but name and key give 7e7f1c14"
    );
    assert!(refuse(&KEY.replace("2026", "2025")).contains("but name and key give"));
    for name in ["", "a b", "a+b", "a\nb"] {
        let error = Signer::from_seed(name, &[1; 32]).err();
        assert_eq!(error, Some(KeyError::Name(name.into())));
    }
}

#[test]
fn sizes_and_roots_come_back() {
    for size in [0, 1, 256, u64::MAX] {
        let root = Hash([size as u8; 32]);
        let signed = ledger::checkpoint::sign(&signer(), size, root);
        let back = Checkpoint::open(&signed, &signer().verifier_key()).unwrap();
        assert_eq!((back.size, back.root), (size, root));
    }
}
