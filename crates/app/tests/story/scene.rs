//! The one-stop of a ward with its people, each at a browser of their own, and a clock to move.

use crate::browser::{Browser, Page};
use crate::form::Form;
use axum::Router;
use domain::organisation::Position;
use domain::time::instant;
use office::accounts::{NewAccount, Profile};
use office::catalogue::Catalogue;
use office::key_ring::KeyRing;
use office::keys::Keys;
use office::ports::{KeptMail, MovedClock, SeededChance};
use office::{Installation, Office, Ports};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};
use storage::testing::{dump, each_database};
use storage::{Files, Store, tables};
use web::Web;

pub(crate) const PASSWORD: &str = "mot mat khau dai";
/// Name of the citizen's account, and of the applicant.
pub(crate) const NAME: &str = "H'Hen Niê Mẫu";

pub(crate) static CATALOGUE: LazyLock<Arc<Catalogue>> =
    LazyLock::new(|| Arc::new(Catalogue::embedded().unwrap()));

/// Login, place, position.
const OFFICIALS: [(&str, &str, Position); 8] = [
    ("counter", "U26.BP1", Position::CounterOfficer),
    ("head", "D26.XA1.KT", Position::UnitLeader),
    ("officer", "D26.XA1.KT", Position::Officer),
    ("leader", "U26.XA1", Position::AgencyLeader),
    ("clerk", "U26.XA1", Position::SealClerk),
    ("elsewhere", "D26.XA3.KT", Position::Officer),
    ("controller", "D26.VP.KS", Position::Controller),
    ("inspector", "UNV", Position::Inspector),
];

/// The one-stop.
pub(crate) struct Scene {
    pub(crate) office: Arc<Office>,
    clock: Arc<MovedClock>,
    pub(crate) mail: Arc<KeptMail>,
    router: Router,
    browsers: RefCell<BTreeMap<String, Rc<Browser>>>,
    files: tempfile::TempDir,
}

/// Tells a story on a fresh SQLite and on a fresh PostgreSQL. However it goes, its log is whole
/// in the end, and what is derived from it follows from it.
pub(crate) async fn each_scene(story: impl AsyncFn(&Scene)) {
    each_scene_with(|_| KeyRing::default(), story).await;
}

/// A story of people who have keys.
pub(crate) async fn each_scene_with(
    keys: impl Fn(Arc<MovedClock>) -> KeyRing,
    story: impl AsyncFn(&Scene),
) {
    each_database(async |store| {
        let scene = Scene::open(store, &keys).await;
        story(&scene).await;
        scene.is_in_order().await;
    })
    .await;
}

/// Id and name of the official of a login.
pub(crate) fn official(login: &str) -> (String, String) {
    let day = jiff::civil::date(2026, 11, 9);
    let (_, place, position) = OFFICIALS.iter().find(|(known, ..)| *known == login).unwrap();
    let found = CATALOGUE.organisation.officials_at(place, *position, day).next().unwrap();
    (found.id.clone(), found.name.clone())
}

fn of_the_ward(login: &str, position: Position) -> domain::dossier::Actor {
    let (id, name) = official(login);
    let unit = "U26.XA1".to_owned();
    domain::dossier::Actor::Official { id, name, unit, division: None, position }
}

impl Scene {
    async fn open(store: Store, keys: impl Fn(Arc<MovedClock>) -> KeyRing) -> Scene {
        let clock = Arc::new(MovedClock::at(instant("2026-11-09T09:00".parse().unwrap())));
        let mail = Arc::new(KeptMail::default());
        let files = tempfile::tempdir().unwrap();
        let base_url = "http://test.invalid".to_owned();
        let installation = Installation {
            origin: "test.invalid".to_owned(),
            base_url: base_url.clone(),
            keys: Keys::generate(&SeededChance::new(1)),
            trust: crate::bad_files::authority().trust(),
        };
        let ports = Ports {
            clock: clock.clone(),
            chance: Arc::new(SeededChance::new(2)),
            mailer: mail.clone(),
        };
        let kept = Files::in_folder(files.path()).unwrap();
        let office = Office::new(store, kept, CATALOGUE.clone(), installation, ports);
        let office = Arc::new(office.with_key_ring(keys(clock.clone())));
        let web = Web { office: office.clone(), demo: false, base_url, secure_cookies: false };
        let router = web::router(Arc::new(web));
        let browsers = RefCell::default();
        let scene = Scene { office, clock, mail, router, browsers, files };
        scene.account("citizen", NAME, None).await;
        scene.account("stranger", "Người Lạ Mẫu", None).await;
        for (login, ..) in OFFICIALS {
            let (id, name) = official(login);
            scene.account(login, &name, Some(id)).await;
        }
        scene
    }

    /// Where the uploaded files lie.
    pub(crate) fn kept_files(&self) -> std::path::PathBuf {
        self.files.path().to_owned()
    }

    /// Another process over the same record, with nothing in its memory.
    pub(crate) fn restarted(&self) -> Office {
        let here = &self.office;
        let installation = Installation {
            origin: here.origin.clone(),
            base_url: here.base_url.clone(),
            keys: Keys::generate(&SeededChance::new(1)),
            trust: crate::bad_files::authority().trust(),
        };
        let ports = Ports {
            clock: self.clock.clone(),
            chance: Arc::new(SeededChance::new(3)),
            mailer: self.mail.clone(),
        };
        let (store, files) = (here.store.clone(), here.files.clone());
        Office::new(store, files, CATALOGUE.clone(), installation, ports)
    }

    async fn account(&self, login: &str, full_name: &str, official: Option<String>) {
        let personal_number = (login == "citizen").then(|| crate::filing::NUMBER.to_owned());
        let new = NewAccount {
            login: login.to_owned(),
            full_name: full_name.to_owned(),
            official,
            password: PASSWORD.to_owned(),
            profile: Profile { personal_number, ..Profile::default() },
        };
        self.office.put_account(new).await.unwrap();
    }

    /// The seal clerk, without a browser.
    pub(crate) fn clerk(&self) -> domain::dossier::Actor {
        of_the_ward("clerk", Position::SealClerk)
    }

    /// The leader, without a browser.
    pub(crate) fn leader(&self) -> domain::dossier::Actor {
        of_the_ward("leader", Position::AgencyLeader)
    }

    /// A browser that nobody signed in with.
    pub(crate) fn anyone(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// The browser of someone, who signs in again when the session has ended.
    pub(crate) async fn at(&self, login: &str) -> Rc<Browser> {
        let known = self.browsers.borrow().get(login).cloned();
        let browser = known.unwrap_or_else(|| Rc::new(self.anyone()));
        self.browsers.borrow_mut().insert(login.to_owned(), browser.clone());
        if browser.get("/dang-nhap").await.path.starts_with("/dang-nhap") {
            let page = browser.sign_in(login, PASSWORD).await.fine();
            assert!(!page.path.starts_with("/dang-nhap"), "{login} is not let in");
        }
        browser
    }

    pub(crate) fn wait(&self, until: &str) {
        self.clock.set(instant(until.parse().unwrap()));
    }

    pub(crate) fn wait_minutes(&self, minutes: i64) {
        self.clock.advance(minutes * 60_000);
    }

    /// What anyone sees who knows the code.
    pub(crate) async fn tracked(&self, code: &str) -> Page {
        self.anyone().get(&format!("/tra-cuu?ma={code}")).await.fine()
    }

    /// What the applicant sees.
    pub(crate) async fn own(&self, id: &str) -> Page {
        self.at("citizen").await.get(&format!("/ho-so-cua-toi/{id}")).await.fine()
    }

    /// What an official sees.
    pub(crate) async fn seen_by(&self, login: &str, id: &str) -> Page {
        self.at(login).await.get(&format!("/ho-so/{id}")).await.fine()
    }

    /// The form of an act, reached by its link on the dossier.
    pub(crate) async fn act_form(&self, login: &str, id: &str, act: &str) -> Form {
        let action = format!("/ho-so/{id}/{act}");
        let dossier = self.seen_by(login, id).await;
        let link = dossier.link(&action);
        let link =
            link.unwrap_or_else(|| panic!("{login} is not offered {act}: {}", dossier.text()));
        self.at(login).await.get(&link).await.fine().form(&action)
    }

    /// An act by an official on its page; the dossier, which says that it was done.
    pub(crate) async fn act(
        &self,
        login: &str,
        id: &str,
        act: &str,
        typed: &[(&str, &str)],
    ) -> Page {
        let mut form = self.act_form(login, id, act).await;
        for (name, text) in typed {
            form.set(name, text);
        }
        let page = self.at(login).await.submit(&form).await.fine();
        assert_eq!(page.path, format!("/ho-so/{id}?da={act}"), "{}", page.text());
        assert_eq!(page.texts(".mc-flash").len(), 1, "{act} is not told");
        self.live_is_as_rebuilt(act).await;
        page
    }

    /// Does the dossier's page offer an act?
    pub(crate) async fn offers(&self, login: &str, id: &str, act: &str) -> bool {
        self.seen_by(login, id).await.link(&format!("/ho-so/{id}/{act}")).is_some()
    }

    /// The stage of a dossier, as its pages name it.
    pub(crate) async fn stage(&self, id: &str) -> String {
        let dossier = self.office.state(&domain::dossier::Actor::System, id).await.unwrap();
        dossier.stage.name().to_owned()
    }

    /// Every row that an act may write.
    pub(crate) async fn traces(&self) -> Vec<Vec<String>> {
        let mut traces = Vec::new();
        for table in [
            &tables::FACT,
            &tables::LEDGER_HEAD,
            &tables::NUMBER_BOOK,
            &tables::IDEMPOTENCY,
            &tables::OUTBOX,
            &tables::DOSSIER,
            &tables::TASK,
            &tables::RESULT,
        ] {
            traces.push(dump(&self.office.store, table).await);
        }
        traces
    }

    /// The ids of all dossiers.
    pub(crate) async fn dossiers(&self) -> Vec<String> {
        self.office.store.firsts_of(&tables::DOSSIER).await.unwrap()
    }

    /// What the acts left in the tables is what the facts make anew.
    pub(crate) async fn live_is_as_rebuilt(&self, after: &str) {
        let live = self.traces().await;
        let (_, differences) = self.office.rebuild().await.unwrap();
        assert_eq!(differences, Vec::<String>::new(), "after {after}");
        assert_eq!(self.traces().await, live, "the rebuilt tables are others after {after}");
    }

    async fn is_in_order(&self) {
        let audit = self.office.audit_ledger().await.unwrap();
        assert_eq!(audit.findings, Vec::<String>::new());
        self.live_is_as_rebuilt("the story").await;
    }
}
