//! Authorities that answer, and those that do not.

use std::sync::Mutex;

use signing::demo::Purpose;
use signing::{Role, SignError, TimeStampError, TimeStampService, TimeStamping, Verdict, validate};

use crate::house::{
    authority, nonce, now, officer, paper, period, signed_by, stamping, time_stamps,
};
use crate::tools::Judges;

/// An authority made of a function.
struct Answering<F>(F);

impl<F> TimeStampService for Answering<F>
where
    F: Fn(&[u8]) -> Result<Vec<u8>, String> + Send + Sync,
{
    fn ask(&self, request: &[u8]) -> Result<Vec<u8>, String> {
        (self.0)(request)
    }
}

fn refused(service: &dyn TimeStampService) -> TimeStampError {
    match signed_by(&officer(), Role::Officer, paper(), Some(service)) {
        Err(SignError::TimeStamp(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn openssl_verifies_our_time_stamps() {
    let judges = Judges::new();
    let service = time_stamps();
    let token = stamping(&service).stamp(b"a signature").unwrap();
    judges.file("token.der", &token);
    judges.file("data", b"a signature");
    judges.file("other", b"another");
    let verify = ["ts", "-verify", "-in", "token.der", "-token_in", "-CAfile", "root.pem", "-data"];
    let said = judges.openssl(&[&verify[..], &["data"]].concat());
    assert!(said.content && said.text.contains("Verification: OK"), "{}", said.text);
    assert!(!judges.openssl(&[&verify[..], &["other"]].concat()).content);
}

#[test]
fn an_authority_of_openssl_stamps_for_us() {
    let judges = Judges::new();
    let curve = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
    judges.openssl(&[&["genpkey", "-out", "tsa.key"], &curve[..]].concat());
    judges.openssl(&["pkey", "-in", "tsa.key", "-pubout", "-outform", "DER", "-out", "tsa.pub"]);
    let key = std::fs::read(judges.path("tsa.pub")).unwrap();
    let named = ("Dấu thời gian của OpenSSL", None);
    let chain = authority().certify(&key, named, Purpose::TimeStamps, period()).unwrap();
    let certificate = der::EncodePem::to_pem(chain.signer(), Default::default()).unwrap();
    judges.file("tsa.pem", certificate.as_bytes());
    judges.file("serial", b"01\n");
    judges.file(
        "tsa.cnf",
        b"[tsa]\ndefault_tsa = t\n[t]\nserial = serial\nsigner_cert = tsa.pem\n\
          signer_key = tsa.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\n\
          digests = sha256\naccuracy = secs:1, millisecs:500\nordering = yes\ntsa_name = yes\n\
          clock_precision_digits = 3\n",
    );
    let service = Answering(|request: &[u8]| {
        judges.file("asked.tsq", request);
        let reply = ["ts", "-reply", "-config", "tsa.cnf", "-queryfile", "asked.tsq"];
        let said = judges.openssl(&[&reply[..], &["-out", "answer.tsr"]].concat());
        std::fs::read(judges.path("answer.tsr")).map_err(|_| said.text)
    });
    let signed = signed_by(&officer(), Role::Officer, paper(), Some(&service)).unwrap();
    // OpenSSL's clock is the machine's: somewhere in the authority's period.
    let verdict = validate(&signed, &authority().trust(), period().until);
    let Verdict::Signed(all) = &verdict else { panic!("{verdict:?}") };
    assert!(verdict.is_valid() && all[0].stamped_at > Some(now()), "{verdict:?}");
}

#[test]
fn each_failure_is_told_and_signing_again_works() {
    let down = Answering(|_: &[u8]| Err("connection refused".to_owned()));
    assert_eq!(refused(&down), TimeStampError::Unreachable("connection refused".to_owned()));
    let rejecting = Answering(|_: &[u8]| Ok(vec![0x30, 5, 0x30, 3, 2, 1, 2]));
    assert_eq!(refused(&rejecting), TimeStampError::Refused { status: 2 });
    let babbling = Answering(|_: &[u8]| Ok(b"<html>502 Bad Gateway</html>".to_vec()));
    assert!(matches!(refused(&babbling), TimeStampError::Malformed(_)));
    assert!(signed_by(&officer(), Role::Officer, paper(), Some(&time_stamps())).is_ok());
}

#[test]
fn an_answer_to_another_question_is_not_taken() {
    let honest = time_stamps();
    let kept: Mutex<Option<Vec<u8>>> = Mutex::new(None);
    let replaying = Answering(|request: &[u8]| {
        let mut kept = kept.lock().unwrap();
        Ok(kept.get_or_insert_with(|| honest.ask(request).unwrap()).clone())
    });
    assert!(stamping(&replaying).stamp(b"first").is_ok());
    let other_nonce = || [1; 8];
    let again = TimeStamping { service: &replaying, nonce: &other_nonce }.stamp(b"first");
    assert_eq!(again, Err(TimeStampError::WrongNonce));
    assert_eq!(stamping(&replaying).stamp(b"second"), Err(TimeStampError::WrongDigest));
}

#[test]
fn a_forged_answer_is_not_taken() {
    let honest = time_stamps();
    let forging = Answering(|request: &[u8]| {
        let mut answer = honest.ask(request)?;
        *answer.last_mut().unwrap() ^= 1;
        Ok(answer)
    });
    assert!(matches!(refused(&forging), TimeStampError::Malformed(_)));
    assert_ne!(nonce(), [0; 8]);
}

#[test]
fn a_time_stamp_of_a_stranger_does_not_count() {
    let stranger = signing::demo::DemoAuthority::new([9; 32], period()).unwrap();
    let service = stranger.time_stamps(now).unwrap();
    let signed = signed_by(&officer(), Role::Officer, paper(), Some(&service)).unwrap();
    let verdict = validate(&signed, &authority().trust(), now());
    let Verdict::Signed(all) = &verdict else { panic!("{verdict:?}") };
    assert_eq!(all[0].finding, signing::Finding::WrongTimeStamp);
    assert_eq!(all[0].stamped_at, None);
}
