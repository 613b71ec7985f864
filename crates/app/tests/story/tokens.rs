//! Tokens: SoftHSM2. Its library reads its configuration from the environment when it is loaded, so
//! each test runs itself again in a process that has a folder of tokens of its own.

use cryptoki::object::{Attribute, CertificateType, ObjectClass};
use cryptoki::session::UserType;
use der::Encode as _;
use signing::TokenModule;
use signing::demo::{DemoAuthority, Period, Purpose};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

const CONFIGURATION: &str = "SOFTHSM2_CONF";
pub(crate) const PIN: &str = "123456";

/// A folder of tokens.
pub(crate) struct Tokens {
    folder: PathBuf,
    pub(crate) module: TokenModule,
}

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

/// Runs `body` in a process with tokens of its own; `name` is the test's, with its module.
pub(crate) async fn with_tokens(name: &str, body: impl AsyncFn(Arc<Tokens>)) {
    if let Some(configuration) = std::env::var_os(CONFIGURATION) {
        let folder = Path::new(&configuration).parent().unwrap().to_owned();
        return body(Arc::new(Tokens { folder, module: TokenModule::new(&library()) })).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let tokens = folder.path().join("tokens");
    std::fs::create_dir(&tokens).unwrap();
    let configuration = folder.path().join("softhsm2.conf");
    let text = format!("directories.tokendir = {}\nobjectstore.backend = file\n", tokens.display());
    std::fs::write(&configuration, text).unwrap();
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", name, "--nocapture"]).env(CONFIGURATION, configuration);
    let text = said(&mut again);
    assert!(text.contains("1 passed"), "{text}");
}

impl Tokens {
    /// A token with a key and its certificates.
    pub(crate) fn token(&self, label: &str, authority: &DemoAuthority, name: &str) {
        let pins = ["--so-pin", "87654321", "--pin", PIN];
        tool(&[&["--init-token", "--free", "--label", label], &pins[..]].concat());
        let made = tempfile::tempdir().unwrap();
        let openssl = |arguments: &[&str]| {
            said(Command::new("openssl").current_dir(made.path()).args(arguments))
        };
        let curve = "ec_paramgen_curve:P-256";
        openssl(&["genpkey", "-algorithm", "EC", "-pkeyopt", curve, "-out", "key.pem"]);
        openssl(&["pkey", "-in", "key.pem", "-pubout", "-outform", "DER", "-out", "pub"]);
        let key = made.path().join("key.pem");
        let named = ["--token", label, "--label", "ky", "--id", "01", "--pin", PIN];
        tool(&[&["--import", key.to_str().unwrap()], &named[..]].concat());
        let public = std::fs::read(made.path().join("pub")).unwrap();
        let at = |text: &str| text.parse().unwrap();
        let period = Period { from: at("2020-01-01T00:00:00Z"), until: at("2030-01-01T00:00:00Z") };
        let chain = authority.certify(&public, (name, None), Purpose::Signing, period).unwrap();
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

    pub(crate) fn take_out(&self) {
        std::fs::rename(self.folder.join("tokens"), self.folder.join("away")).unwrap();
        std::fs::create_dir(self.folder.join("tokens")).unwrap();
    }

    pub(crate) fn put_back(&self) {
        std::fs::remove_dir_all(self.folder.join("tokens")).unwrap();
        std::fs::rename(self.folder.join("away"), self.folder.join("tokens")).unwrap();
    }
}

fn tool(arguments: &[&str]) {
    said(Command::new("softhsm2-util").args(arguments));
}

fn said(command: &mut Command) -> String {
    let output = command.output().expect("scripts/install-test-tools.sh brings it");
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{text}");
    text
}
