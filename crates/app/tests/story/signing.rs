//! The signature and the seal through the router, judged by others; and each way in which a key can
//! fail: told in words, nothing recorded, nothing lost, and signing again works.

use crate::bad_files::authority;
use crate::browser::Page;
use crate::filing::received;
use crate::scene::{Scene, each_scene_with, official};
use crate::tokens::{PIN, with_tokens};
use office::key_ring::{Holder, Key, KeyRing};
use office::ports::{Clock, MovedClock};
use signing::{Session, Signer, SignerError, TimeStampService, Verdict, validate};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

const AGENCY: &str = "U26.XA1";

pub(crate) fn leader() -> Holder {
    Holder::Official(official("leader").0)
}

/// The seal in a file, and the time by the scene's clock.
pub(crate) fn ring(clock: Arc<MovedClock>) -> KeyRing {
    let seal = authority().signer("Ủy ban nhân dân phường Hà Giang 1", None).unwrap();
    let stamps = authority().time_stamps(move || clock.now()).unwrap();
    let ring = KeyRing::default().with_time_stamps(Arc::new(stamps));
    ring.with(Holder::Agency(AGENCY.to_owned()), Key::File(Box::new(seal)))
}

pub(crate) fn key_file() -> Key {
    let (_, name) = official("leader");
    Key::File(Box::new(authority().signer(&name, Some("UBND phường Hà Giang 1")).unwrap()))
}

/// A dossier whose result waits for the leader.
pub(crate) async fn ready(scene: &Scene) -> String {
    let id = received(scene).await;
    let (officer, _) = official("officer");
    scene.act("head", &id, "assign", &[("officer", &officer)]).await;
    while scene.offers("officer", &id, "work").await {
        scene.act("officer", &id, "work", &[]).await;
    }
    scene.act("officer", &id, "propose", &[("outcome", "granted")]).await;
    scene.act("head", &id, "work", &[("note", "Nhất trí.")]).await;
    id
}

pub(crate) async fn result(scene: &Scene, id: &str) -> Vec<u8> {
    let citizen = scene.at("citizen").await;
    citizen.get(&format!("/ho-so-cua-toi/{id}/ket-qua")).await.is_pdf().bytes.clone()
}

#[tokio::test]
async fn the_result_that_was_read_is_signed_sealed_and_judged_valid_by_others() {
    let keys = |clock| ring(clock).with(leader(), key_file());
    each_scene_with(keys, async |scene| {
        let id = ready(scene).await;
        let leader = scene.at("leader").await;
        let read = leader.get(&format!("/ho-so/{id}/ban-ky")).await.is_pdf().bytes.clone();
        scene.wait_minutes(7);
        scene.act("leader", &id, "sign", &[]).await.shows("Đã ký, chờ phát hành");
        let signed = leader.get(&format!("/ho-so/{id}/ban-ky")).await.is_pdf().bytes.clone();
        assert!(signed.starts_with(&read), "what was read is signed, byte for byte");
        scene.wait_minutes(9);
        scene.act("clerk", &id, "issue", &[]).await.shows("Đã có kết quả");
        let sealed = result(scene, &id).await;
        assert!(sealed.starts_with(&signed), "the seal comes after the signature");
        let staff = leader.get(&format!("/ho-so/{id}/ket-qua")).await;
        assert!(staff.is_pdf().bytes == sealed, "the same file on both sides");
        judged(scene, &sealed);
    })
    .await;
}

/// By ourselves, by pyHanko and by poppler; then once more with a flipped byte.
fn judged(scene: &Scene, sealed: &[u8]) {
    let verdict = validate(sealed, &authority().trust(), scene.office.clock.now());
    assert!(verdict.is_valid(), "{:?}", verdict.in_words(signing::Language::English));
    let Verdict::Signed(all) = verdict else { panic!("signed") };
    assert!(all.len() == 2 && all.iter().all(|one| one.stamped_at.is_some()));
    let mut altered = sealed.to_vec();
    // A letter of the description, so that every reader still reads the file.
    let letter = altered.windows(6).position(|word| word == b"motcua").unwrap();
    altered[letter] ^= 1;
    assert!(!validate(&altered, &authority().trust(), scene.office.clock.now()).is_valid());
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root.pem");
    std::fs::write(&root, authority().root_pem().unwrap()).unwrap();
    for (bytes, valid) in [(sealed, true), (&altered, false)] {
        let file = folder.path().join("judged.pdf");
        std::fs::write(&file, bytes).unwrap();
        let place = std::env::var_os("MOTCUA_PYHANKO").map_or_else(
            || {
                let home = std::env::var_os("HOME").unwrap();
                std::path::Path::new(&home).join(".cache/motcua/pyhanko")
            },
            std::path::PathBuf::from,
        );
        let mut pyhanko = Command::new(place.join("bin/pyhanko"));
        pyhanko.args(["sign", "validate", "--pretty-print", "--no-revocation-check", "--trust"]);
        let said = said(pyhanko.arg(&root).arg(&file));
        let times = said.matches("judged VALID").count();
        assert_eq!((times == 2, said.contains("INVALID")), (valid, !valid), "{said}");
        let said = said_by_pdfsig(&file);
        assert_eq!(said.matches("Signature is Valid.").count() == 2, valid, "{said}");
    }
}

fn said_by_pdfsig(file: &std::path::Path) -> String {
    said(Command::new("pdfsig").arg("-nocert").arg(file))
}

fn said(command: &mut Command) -> String {
    let output = command.output().expect("scripts/install-test-tools.sh brings it");
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

/// Tries to sign; the page that comes back says why not, and nothing was recorded.
async fn fails(scene: &Scene, id: &str, pin: Option<&str>, sentence: &str) {
    let before = scene.traces().await;
    let page = tried(scene, id, pin).await;
    page.refuses(422, sentence);
    assert!(!page.text().contains(pin.unwrap_or("\0")), "a PIN is never given back");
    assert_eq!(scene.traces().await, before, "{sentence}");
    assert_eq!(scene.stage(id).await, "awaiting_signature");
}

async fn tried(scene: &Scene, id: &str, pin: Option<&str>) -> Page {
    let mut form = scene.act_form("leader", id, "sign").await;
    if let Some(pin) = pin {
        form.set("pin", pin);
    }
    scene.at("leader").await.submit(&form).await
}

#[tokio::test]
async fn a_token_that_is_missing_or_hears_a_wrong_pin_loses_nothing() {
    let name = "a_token_that_is_missing_or_hears_a_wrong_pin_loses_nothing";
    with_tokens(&format!("signing_papers::{name}"), async |tokens| {
        let (_, name) = official("leader");
        tokens.token("leader", &authority(), &name);
        let keys = |clock| {
            let (module, label) = (tokens.module.clone(), "leader".to_owned());
            ring(clock).with(leader(), Key::Token { module, label })
        };
        each_scene_with(keys, async |scene| {
            let id = ready(scene).await;
            fails(scene, &id, Some("000000"), "Mã PIN không đúng").await;
            tokens.take_out();
            fails(scene, &id, Some(PIN), "Không tìm thấy thiết bị hoặc khóa ký").await;
            tokens.put_back();
            scene.act("leader", &id, "sign", &[("pin", PIN)]).await;
            scene.act("clerk", &id, "issue", &[]).await;
            let sealed = result(scene, &id).await;
            assert!(validate(&sealed, &authority().trust(), scene.office.clock.now()).is_valid());
        })
        .await;
    })
    .await;
}

/// A token that is taken out between the PIN and the signature, as long as `loose` says.
struct Wobbly {
    inner: signing::TokenSigner,
    tokens: Arc<crate::tokens::Tokens>,
    loose: Arc<AtomicBool>,
}

impl Signer for Wobbly {
    fn open(&self) -> Result<Box<dyn Session>, SignerError> {
        let session = self.inner.open()?;
        if self.loose.load(Ordering::SeqCst) {
            self.tokens.take_out();
        }
        Ok(session)
    }
}

#[tokio::test]
async fn a_token_that_is_removed_in_the_middle_loses_nothing() {
    let name = "signing_papers::a_token_that_is_removed_in_the_middle_loses_nothing";
    with_tokens(name, async |tokens| {
        let (_, name) = official("leader");
        tokens.token("leader", &authority(), &name);
        let loose = Arc::new(AtomicBool::new(true));
        let keys = |clock| {
            let inner = signing::TokenSigner::new(&tokens.module, "leader", PIN);
            let wobbly = Wobbly { inner, tokens: tokens.clone(), loose: loose.clone() };
            ring(clock).with(leader(), Key::Other(Arc::new(wobbly)))
        };
        each_scene_with(keys, async |scene| {
            loose.store(true, Ordering::SeqCst);
            let id = ready(scene).await;
            fails(scene, &id, None, "Thiết bị đã bị rút ra giữa chừng").await;
            tokens.put_back();
            loose.store(false, Ordering::SeqCst);
            scene.act("leader", &id, "sign", &[]).await;
        })
        .await;
    })
    .await;
}

/// An authority that is down as long as it is told to be.
struct Shaky {
    inner: Arc<dyn TimeStampService>,
    down: Arc<AtomicBool>,
}

impl TimeStampService for Shaky {
    fn ask(&self, request: &[u8]) -> Result<Vec<u8>, String> {
        if self.down.load(Ordering::SeqCst) {
            return Err("connection refused".to_owned());
        }
        self.inner.ask(request)
    }
}

#[tokio::test]
async fn a_time_stamping_authority_that_is_down_loses_nothing() {
    let down = Arc::new(AtomicBool::new(true));
    let keys = |clock: Arc<MovedClock>| {
        let inner = Arc::new(authority().time_stamps(move || clock.now()).unwrap());
        let shaky = Shaky { inner, down: down.clone() };
        KeyRing::default().with_time_stamps(Arc::new(shaky)).with(leader(), key_file())
    };
    each_scene_with(keys, async |scene| {
        down.store(true, Ordering::SeqCst);
        let id = ready(scene).await;
        fails(scene, &id, None, "Dịch vụ cấp dấu thời gian không trả lời").await;
        down.store(false, Ordering::SeqCst);
        scene.act("leader", &id, "sign", &[]).await;
        // No electronic seal here: the clerk is told so, and the number is given as ever.
        let issue = scene.at("clerk").await.get(&format!("/ho-so/{id}/issue")).await.fine();
        issue.shows("Đóng dấu trên giấy");
        scene.act("clerk", &id, "issue", &[]).await;
    })
    .await;
}

/// A seal that, the first time it is used, lets another result take its number.
struct Overtaken {
    inner: signing::KeyFile,
    first: Mutex<Option<std::sync::mpsc::Receiver<()>>>,
}

impl Signer for Overtaken {
    fn open(&self) -> Result<Box<dyn Session>, SignerError> {
        if let Some(other) = self.first.lock().unwrap().take() {
            other.recv().unwrap();
        }
        self.inner.open()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_on_the_seal_is_the_one_that_was_drawn() {
    let others: Mutex<Vec<std::sync::mpsc::Sender<()>>> = Mutex::default();
    let keys = |clock| {
        let inner = authority().signer("UBND phường Hà Giang 1", None).unwrap();
        let (sender, receiver) = std::sync::mpsc::channel();
        others.lock().unwrap().push(sender);
        let seal = Overtaken { inner, first: Mutex::new(Some(receiver)) };
        let seal = Key::Other(Arc::new(seal));
        ring(clock).with(leader(), key_file()).with(Holder::Agency(AGENCY.to_owned()), seal)
    };
    each_scene_with(keys, async |scene| {
        let [one, two] = [ready(scene).await, ready(scene).await];
        for id in [&one, &two] {
            scene.act("leader", id, "sign", &[]).await;
        }
        let clerk = scene.clerk();
        let office = scene.office.clone();
        let slow = {
            let (office, clerk, one) = (office.clone(), clerk.clone(), one.clone());
            tokio::spawn(async move { office.seal_paper(&clerk, "k1", &one, "").await })
        };
        let target = office::Target::Dossier(two.clone());
        let by_hand = domain::dossier::Command::Issue(Default::default());
        office.act(&clerk, "k2", &target, &by_hand).await.unwrap();
        others.lock().unwrap().pop().unwrap().send(()).unwrap();
        slow.await.unwrap().unwrap();
        let number = |id: String| {
            let office = office.clone();
            async move {
                let state = office.state(&domain::dossier::Actor::System, &id).await.unwrap();
                state.result_number.clone().unwrap()
            }
        };
        assert!(number(two).await.starts_with("1/"));
        assert!(number(one.clone()).await.starts_with("2/"));
        let again = office.seal_paper(&clerk, "k1", &one, "").await.unwrap();
        assert!(again.repeated, "the same key gives the first answer");
        let sealed = result(scene, &one).await;
        assert!(validate(&sealed, &authority().trust(), office.clock.now()).is_valid());
    })
    .await;
}

/// A key that gives up at its second paper, once.
struct Stumbling {
    inner: signing::KeyFile,
    papers: Arc<std::sync::atomic::AtomicU32>,
}

impl Signer for Stumbling {
    fn open(&self) -> Result<Box<dyn Session>, SignerError> {
        let (inner, papers) = (self.inner.clone(), self.papers.clone());
        Ok(Box::new(Stumbling { inner, papers }))
    }
}

impl Session for Stumbling {
    fn chain(&self) -> &signing::Chain {
        self.inner.chain()
    }

    fn sign(&mut self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        match self.papers.fetch_add(1, Ordering::SeqCst) {
            1 => Err(SignerError::Removed),
            _ => self.inner.sign(message),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worklist_is_signed_in_one_go_and_what_failed_stays() {
    let keys = |clock| {
        let Key::File(inner) = key_file() else { panic!("a file") };
        let stumbling = Stumbling { inner: *inner, papers: Arc::default() };
        ring(clock).with(leader(), Key::Other(Arc::new(stumbling)))
    };
    each_scene_with(keys, async |scene| {
        let ids = [ready(scene).await, ready(scene).await, ready(scene).await];
        let leader = scene.at("leader").await;
        let list = leader.get("/ky-hang-loat").await.fine();
        list.shows("Có 3 văn bản đang chờ bạn ký").shows("Xét hồ sơ số");
        let nothing = leader.submit(&list.form("/ky-hang-loat")).await;
        nothing.refuses(422, "Hãy chọn ít nhất một văn bản.");
        let mut form = list.form("/ky-hang-loat");
        for id in &ids {
            form.set(&format!("pick.{id}.1"), "1");
        }
        let mut page = leader.submit(&form).await.fine();
        while page.head.contains_key("refresh") {
            page = leader.get(&page.path).await.fine();
        }
        page.shows("Đã ký 2 trên 3 văn bản.").shows("Thiết bị đã bị rút ra giữa chừng");
        let mut stages = Vec::new();
        for id in &ids {
            stages.push(scene.stage(id).await);
        }
        stages.sort();
        assert_eq!(stages, ["awaiting_issue", "awaiting_issue", "awaiting_signature"]);
        scene.at("stranger").await.get(&page.path).await.refuses(404, "Không tìm thấy trang");
        let again = leader.get("/ky-hang-loat").await.fine();
        again.shows("Có 1 văn bản đang chờ bạn ký");
    })
    .await;
}
