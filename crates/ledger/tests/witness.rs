//! Cosignatures, policies and the witness's judgement: golden, and each way to be refused.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

use ledger::{
    AddCheckpoint, Checkpoint, Cosigner, CosignerKey, Frontier, Hash, Note, Policy, PolicyError,
    Refusal, Signer, VerifierKey, checkpoint, leaf_hash,
};

const LOG: &str = "log.example.vn/2026";
/// The checkpoint in the examples of C2SP tlog-cosignature.
const SPECIFIED: &str = "example.com/behind-the-sofa\n20852163\n\
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

fn signer() -> Signer {
    Signer::from_seed(LOG, &[1; 32]).unwrap()
}

fn cosigner(number: u8) -> Cosigner {
    Cosigner::from_seed(&format!("witness.example/w{number}"), &[number; 32]).unwrap()
}

fn leaf(index: u64) -> Hash {
    leaf_hash(format!("entry {index}").as_bytes())
}

/// Another history from this index on.
fn other(from: u64) -> impl Fn(u64) -> Hash {
    move |index| if index < from { leaf(index) } else { leaf(index + 1_000) }
}

fn head(size: u64, leaf: impl Fn(u64) -> Hash) -> String {
    let frontier: Frontier = (0..size).map(leaf).collect();
    checkpoint::sign(&signer(), size, frontier.root())
}

fn request(old: u64, new: u64, leaf: impl Fn(u64) -> Hash) -> AddCheckpoint {
    let proof = ledger::tree::consistency_proof(old, new, &leaf).unwrap_or_default();
    AddCheckpoint { old, proof, note: head(new, leaf) }
}

fn known(size: u64) -> Checkpoint {
    Checkpoint::open(&head(size, leaf), &signer().verifier_key()).unwrap()
}

fn judge(size: u64, request: &AddCheckpoint) -> Result<Checkpoint, Refusal> {
    let known = (size > 0).then(|| known(size));
    ledger::witness::judge(&signer().verifier_key(), known.as_ref(), request)
}

#[test]
fn what_continues_is_accepted() {
    for old in 0..40 {
        for new in old..40 {
            assert_eq!(judge(old, &request(old, new, leaf)), Ok(known(new)), "{old} to {new}");
        }
    }
}

#[test]
fn every_other_head_is_refused_with_its_status() {
    let refused = |size, request: &AddCheckpoint| judge(size, request).unwrap_err();
    let rolled_back = refused(9, &request(5, 6, leaf));
    assert_eq!(rolled_back, Refusal::OtherSize { known: 9 });
    assert_eq!((rolled_back.status(), rolled_back.size()), (409, Some(9)));
    let split = refused(9, &AddCheckpoint { old: 9, proof: vec![], note: head(9, other(7)) });
    assert_eq!((split.clone(), split.status()), (Refusal::OtherRoot { known: 9 }, 409));
    assert!(split.is_evidence());
    let rewritten = refused(9, &request(9, 12, other(7)));
    assert_eq!((rewritten.clone(), rewritten.status()), (Refusal::NotContinued { known: 9 }, 422));
    assert!(rewritten.is_evidence() && !rolled_back.is_evidence());
    assert_eq!(refused(0, &AddCheckpoint { old: 5, ..request(0, 4, leaf) }).status(), 400);
    let padded = AddCheckpoint { proof: vec![leaf(0)], ..request(0, 4, leaf) };
    assert_eq!(refused(0, &padded).status(), 400);
    let stranger = Signer::from_seed(LOG, &[2; 32]).unwrap();
    let note = checkpoint::sign(&stranger, 4, leaf(0));
    assert_eq!(refused(0, &AddCheckpoint { old: 0, proof: vec![], note }).status(), 403);
    assert_eq!(Refusal::UnknownLog.status(), 404);
}

#[test]
fn a_request_is_read_as_it_is_written() {
    let made = request(3, 20, leaf);
    assert_eq!(made.to_string().parse(), Ok(made.clone()));
    assert_eq!(made.origin(), Ok(LOG.to_owned()));
    let text = made.to_string();
    for (wrong, right) in [("old 3", "old 03"), ("old 3\n", "3\n"), ("\n\n", "\n")] {
        let text = text.replacen(wrong, right, 1);
        assert!(matches!(text.parse::<AddCheckpoint>(), Err(Refusal::Malformed(_))), "{text}");
    }
    let long = format!("old 1\n{}\n{}", format!("{}\n", leaf(0).to_base64()).repeat(64), made.note);
    assert!(long.parse::<AddCheckpoint>().is_err());
}

#[test]
fn a_cosignature_tells_its_time_and_only_of_its_text() {
    let key = cosigner(1).verifier_key();
    assert_eq!(key.to_string().parse::<CosignerKey>(), Ok(key.clone()));
    assert!(key.to_string().parse::<VerifierKey>().is_err(), "a witness is no log");
    assert!(signer().verifier_key().to_string().parse::<CosignerKey>().is_err());
    let note = head(8, leaf);
    let text = note.split_once("\n\n").unwrap().0.to_owned() + "\n";
    let line = cosigner(1).cosign(&text, 1_700_000_000);
    let both: Note = format!("{note}{line}").parse().unwrap();
    assert_eq!(key.seen(&both), Some(1_700_000_000));
    assert_eq!(cosigner(2).verifier_key().seen(&both), None);
    assert_eq!(Checkpoint::open(&format!("{note}{line}"), &signer().verifier_key()), Ok(known(8)));
    let elsewhere: Note = format!("{}{line}", head(9, leaf)).parse().unwrap();
    assert_eq!(key.seen(&elsewhere), None);
    // The key id follows the specification: SHA-256(name ‖ "\n" ‖ 0x04 ‖ key).
    let line = cosigner(3).cosign(SPECIFIED, 1_679_315_147);
    let whole: Note = format!("{SPECIFIED}\n{line}").parse().unwrap();
    assert_eq!(whole.signatures[0].bytes.len(), 72);
    assert_eq!(whole.signatures[0].bytes[..8], 1_679_315_147u64.to_be_bytes());
}

fn policy(rest: &str) -> Result<Policy, PolicyError> {
    let key = |number| cosigner(number).verifier_key();
    format!(
        "# whom we believe\nlog {}\nwitness a {} http://a.vn/\nwitness b {}\n\
         \x20witness\tc {}\n{rest}",
        signer().verifier_key(),
        key(1),
        key(2),
        key(3),
    )
    .parse()
}

fn cosigned(by: &[u8]) -> Note {
    let text = head(8, leaf).split_once("\n\n").unwrap().0.to_owned() + "\n";
    let lines: String = by.iter().map(|number| cosigner(*number).cosign(&text, 7)).collect();
    format!("{}{lines}", head(8, leaf)).parse().unwrap()
}

#[test]
fn a_policy_says_who_is_enough() {
    let two = policy("group g 2 a b c\nquorum g\n").unwrap();
    assert_eq!(two.witnesses[0].url.as_deref(), Some("http://a.vn"));
    assert!(!two.is_satisfied(&cosigned(&[1])) && two.is_satisfied(&cosigned(&[1, 3])));
    assert_eq!(two.seen(&cosigned(&[1, 3])).len(), 2);
    let nested = policy("group g any b c\ngroup h all a g\nquorum h\n").unwrap();
    assert!(!nested.is_satisfied(&cosigned(&[2, 3])) && nested.is_satisfied(&cosigned(&[1, 2])));
    let none = policy("quorum none\n").unwrap();
    assert!(none.is_satisfied(&cosigned(&[])) && !none.demands_witnesses());
    assert!(policy("quorum a\n").unwrap().is_satisfied(&cosigned(&[1])));
}

#[test]
fn what_is_no_policy_is_said_with_its_line() {
    assert_eq!(policy(""), Err(PolicyError::Quorum { found: 0 }));
    assert_eq!(policy("quorum a\nquorum b\n"), Err(PolicyError::Quorum { found: 2 }));
    let unknown = PolicyError::Unknown { line: 6, name: "d".into() };
    assert_eq!(policy("quorum d\n"), Err(unknown));
    let twice = |name: &str| Err(PolicyError::Twice { line: 6, name: name.into() });
    assert_eq!(policy("group a any b\nquorum a\n"), twice("a"));
    assert_eq!(policy("group g any b b\nquorum g\n"), twice("b"));
    let again = format!("witness d {}\nquorum d\n", cosigner(1).verifier_key());
    assert_eq!(policy(&again), twice("d"));
    for wrong in ["group g 4 a b c\nquorum g\n", "group g 0 a\nquorum g\n", "who knows\n"] {
        assert!(matches!(policy(wrong), Err(PolicyError::Line { line: 6, .. })), "{wrong}");
    }
    let stranger = format!("witness d {}\nquorum d\n", signer().verifier_key());
    assert!(matches!(policy(&stranger), Err(PolicyError::Key { line: 6, .. })));
}
