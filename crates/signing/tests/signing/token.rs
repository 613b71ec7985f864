//! Keys on a token: SoftHSM2.
//!
//! The library reads its configuration from the environment when it is loaded, so each test runs
//! itself again in a process that has a folder of tokens of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use cryptoki::object::{Attribute, CertificateType, ObjectClass};
use cryptoki::session::UserType;
use der::Encode;
use signing::demo::Purpose;
use signing::{
    Prepared, Role, SignError, Signer, SignerError, TokenModule, TokenSigner, prepare, sign_batch,
    validate,
};
use tempfile::TempDir;

use crate::house::{
    AGENCY, OFFICER, authority, now, paper, period, request, signed_by, time_stamps,
};
use crate::tools::{Judges, run, times};

const CONFIGURATION: &str = "SOFTHSM2_CONF";
const PIN: &str = "123456";

/// Where Debian and others keep the module.
fn library() -> PathBuf {
    let places = [
        "/usr/lib/softhsm/libsofthsm2.so",
        "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib64/pkcs11/libsofthsm2.so",
    ];
    let found = places.into_iter().map(Path::new).find(|path| path.exists());
    found.expect("SoftHSM2 is missing: scripts/install-test-tools.sh brings it").to_owned()
}

/// Runs `body` in a process with tokens of its own; `name` is the test's.
fn with_tokens(name: &str, body: impl FnOnce(&Tokens)) {
    if let Some(configuration) = std::env::var_os(CONFIGURATION) {
        let folder = Path::new(&configuration).parent().unwrap().to_owned();
        return body(&Tokens { folder, module: TokenModule::new(&library()) });
    }
    let folder = TempDir::new().unwrap();
    let tokens = folder.path().join("tokens");
    std::fs::create_dir(&tokens).unwrap();
    let configuration = folder.path().join("softhsm2.conf");
    let text = format!("directories.tokendir = {}\nobjectstore.backend = file\n", tokens.display());
    std::fs::write(&configuration, text).unwrap();
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", &format!("token::{name}"), "--nocapture"]);
    let told = run(again.env(CONFIGURATION, configuration));
    let text = String::from_utf8_lossy(&[told.stdout, told.stderr].concat()).into_owned();
    assert!(told.status.success() && text.contains("1 passed"), "{text}");
}

struct Tokens {
    folder: PathBuf,
    module: TokenModule,
}

impl Tokens {
    /// A token with a key made by `openssl genpkey` and its certificates.
    fn token(&self, label: &str, kind: &[&str]) {
        let pins = ["--so-pin", "87654321", "--pin", PIN];
        self.tool(&[&["--init-token", "--free", "--label", label], &pins[..]].concat());
        let judges = Judges::new();
        let made = judges.openssl(&[&["genpkey", "-out", "key.pem"], kind].concat());
        assert!(made.content, "{}", made.text);
        judges.openssl(&["pkey", "-in", "key.pem", "-pubout", "-outform", "DER", "-out", "pub"]);
        let key = judges.path("key.pem");
        let key = key.to_str().unwrap();
        let named = ["--token", label, "--label", "ky", "--id", "01", "--pin", PIN];
        self.tool(&[&["--import", key], &named[..]].concat());
        let public = std::fs::read(judges.path("pub")).unwrap();
        let named = (OFFICER, Some(AGENCY));
        let chain = authority().certify(&public, named, Purpose::Signing, period()).unwrap();
        self.module.look_again();
        let library = self.module.library().unwrap();
        let slots = library.get_slots_with_initialized_token().unwrap();
        let is_ours =
            |slot: &&cryptoki::slot::Slot| library.get_token_info(**slot).unwrap().label() == label;
        let session = library.open_rw_session(*slots.iter().find(is_ours).unwrap()).unwrap();
        session.login(UserType::User, Some(&PIN.into())).unwrap();
        for (certificate, id) in chain.certificates().iter().zip([1, 2]) {
            let subject = certificate.tbs_certificate().subject().to_der().unwrap();
            let attributes = [
                Attribute::Class(ObjectClass::CERTIFICATE),
                Attribute::CertificateType(CertificateType::X_509),
                Attribute::Token(true),
                Attribute::Id(vec![id]),
                Attribute::Subject(subject),
                Attribute::Value(certificate.to_der().unwrap()),
            ];
            session.create_object(&attributes).unwrap();
        }
    }

    fn tool(&self, arguments: &[&str]) {
        let told = run(Command::new("softhsm2-util").args(arguments));
        let text = String::from_utf8_lossy(&[told.stdout, told.stderr].concat()).into_owned();
        assert!(told.status.success(), "{text}");
    }

    fn signer(&self, label: &str, pin: &str) -> TokenSigner {
        TokenSigner::new(&self.module, label, pin)
    }

    fn take_out(&self) {
        std::fs::rename(self.folder.join("tokens"), self.folder.join("away")).unwrap();
        std::fs::create_dir(self.folder.join("tokens")).unwrap();
    }

    fn put_back(&self) {
        std::fs::remove_dir_all(self.folder.join("tokens")).unwrap();
        std::fs::rename(self.folder.join("away"), self.folder.join("tokens")).unwrap();
    }
}

const RSA: [&str; 4] = ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];
const P_256: [&str; 4] = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
const P_384: [&str; 4] = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"];

#[test]
fn keys_of_both_kinds_sign() {
    with_tokens("keys_of_both_kinds_sign", |tokens| {
        for (label, kind) in [("rsa", RSA), ("p256", P_256)] {
            tokens.token(label, &kind);
            let signer = tokens.signer(label, PIN);
            let signed = signed_by(&signer, Role::Officer, paper(), Some(&time_stamps())).unwrap();
            assert!(validate(&signed, &authority().trust(), now()).is_valid(), "{label}");
            let judges = Judges::new();
            let pyhanko = judges.pyhanko(&signed);
            assert_eq!(times(&pyhanko.text, "judged VALID"), 1, "{label}: {}", pyhanko.text);
            let pdfsig = judges.pdfsig(&signed);
            assert!(pdfsig.text.contains("Signature is Valid."), "{label}: {}", pdfsig.text);
        }
    });
}

#[test]
fn a_worklist_needs_one_pin() {
    with_tokens("a_worklist_needs_one_pin", |tokens| {
        tokens.token("officer", &RSA);
        let mut session = tokens.signer("officer", PIN).open().unwrap();
        let prepared = prepared(&*session);
        let signed = sign_batch(&[prepared.clone(), prepared], &mut *session, None);
        let signed: Vec<_> = signed.into_iter().map(Result::unwrap).collect();
        assert_eq!(signed[0], signed[1], "RSA signs the same message the same way");
        assert!(validate(&signed[0], &authority().trust(), now()).is_valid());
    });
}

fn prepared(session: &dyn signing::Session) -> Prepared {
    prepare(paper(), &request(Role::Officer), session.chain().signer()).unwrap()
}

#[test]
fn while_one_signs_no_other_gets_in_without_a_pin() {
    with_tokens("while_one_signs_no_other_gets_in_without_a_pin", |tokens| {
        tokens.token("officer", &P_256);
        let signer = tokens.signer("officer", PIN);
        let session = signer.open().unwrap();
        assert_eq!(tokens.signer("officer", "000000").open().err(), Some(SignerError::Busy));
        drop(session);
        assert_eq!(tokens.signer("officer", "000000").open().err(), Some(SignerError::WrongPin));
        assert!(signer.open().is_ok());
    });
}

#[test]
fn what_is_wrong_with_a_token_is_told() {
    with_tokens("what_is_wrong_with_a_token_is_told", |tokens| {
        tokens.token("officer", &P_256);
        let failure = |signer: &TokenSigner| signer.open().err();
        assert_eq!(failure(&tokens.signer("officer", "000000")), Some(SignerError::WrongPin));
        let missing = failure(&tokens.signer("nobody", PIN));
        assert_eq!(missing, Some(SignerError::Missing("nobody".to_owned())));
        let nowhere = TokenModule::new(Path::new("/nowhere/libtoken.so"));
        let missing = failure(&TokenSigner::new(&nowhere, "officer", PIN));
        assert!(matches!(missing, Some(SignerError::Missing(_))));
        tokens.token("large", &P_384);
        assert_eq!(failure(&tokens.signer("large", PIN)), Some(SignerError::UnsupportedKey));
        tokens.tool(&["--init-token", "--free", "--label", "empty", "--so-pin", PIN, "--pin", PIN]);
        let empty = failure(&tokens.signer("empty", PIN));
        assert!(matches!(empty, Some(SignerError::NoKey(_))), "{empty:?}");
        assert_eq!(failure(&tokens.signer("officer", PIN)), None, "the right PIN still opens it");
    });
}

#[test]
fn a_token_that_is_taken_out_loses_nothing() {
    with_tokens("a_token_that_is_taken_out_loses_nothing", |tokens| {
        tokens.token("officer", &RSA);
        let signer = tokens.signer("officer", PIN);
        let mut session = signer.open().unwrap();
        let worklist = vec![prepared(&*session); 2];
        assert!(sign_batch(&worklist[..1], &mut *session, None)[0].is_ok());
        tokens.take_out();
        for refused in sign_batch(&worklist, &mut *session, None) {
            let refused = refused.unwrap_err();
            assert!(matches!(refused, SignError::Signer(SignerError::Removed)), "{refused}");
        }
        drop(session);
        assert!(matches!(signer.open().err(), Some(SignerError::Missing(_))));
        tokens.put_back();
        let mut session = signer.open().unwrap();
        for signed in sign_batch(&worklist, &mut *session, None) {
            assert!(validate(&signed.unwrap(), &authority().trust(), now()).is_valid());
        }
    });
}
