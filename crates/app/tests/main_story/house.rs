//! The ward's one-stop with its people, each at a browser of their own, and a clock to move.

use crate::browser::{Browser, Form, Page};
use domain::organisation::Position;
use domain::procedure::form::FieldKind;
use domain::time::instant;
use office::accounts::NewAccount;
use office::catalogue::Catalogue;
use office::keys::Keys;
use office::ports::{KeptMail, MovedClock, SeededChance};
use office::{Installation, Office, Ports};
use std::sync::{Arc, LazyLock};
use storage::testing::dump;
use storage::{Files, Store, tables};
use web::Web;

pub(crate) const PASSWORD: &str = "mot mat khau dai";
pub(crate) const PROCEDURE: &str = "A2.XA.R2026";
pub(crate) const CASE: &str = "nha_o_ho_gia_dinh";
pub(crate) const NAME: &str = "H'Hen Niê Mẫu";
pub(crate) const NUMBER: &str = "002190123456";
/// A page as small as a PDF can be told from its first bytes.
pub(crate) const SCAN: &[u8] = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\n%%EOF\n";

pub(crate) static CATALOGUE: LazyLock<Arc<Catalogue>> =
    LazyLock::new(|| Arc::new(Catalogue::embedded().unwrap()));

/// The house.
pub(crate) struct House {
    pub(crate) office: Arc<Office>,
    pub(crate) clock: Arc<MovedClock>,
    pub(crate) mail: Arc<KeptMail>,
    router: axum::Router,
    _files: tempfile::TempDir,
}

/// Login, place, position.
const OFFICIALS: [(&str, &str, Position); 6] = [
    ("counter", "U26.BP1", Position::CounterOfficer),
    ("head", "D26.XA1.KT", Position::UnitLeader),
    ("officer", "D26.XA1.KT", Position::Officer),
    ("leader", "U26.XA1", Position::AgencyLeader),
    ("clerk", "U26.XA1", Position::SealClerk),
    ("elsewhere", "D26.XA3.KT", Position::Officer),
];

pub(crate) fn official(place: &str, position: Position) -> (String, String) {
    let day = jiff::civil::date(2026, 11, 9);
    let found = CATALOGUE.organisation.officials_at(place, position, day).next().unwrap();
    (found.id.clone(), found.name.clone())
}

impl House {
    pub(crate) async fn open(store: Store) -> House {
        let clock = Arc::new(MovedClock::at(instant("2026-11-09T09:00".parse().unwrap())));
        let files = tempfile::tempdir().unwrap();
        let mail = Arc::new(KeptMail::default());
        let office = Arc::new(Office::new(
            store,
            Files::in_folder(files.path()).unwrap(),
            CATALOGUE.clone(),
            Installation {
                origin: "test.invalid".to_owned(),
                base_url: "http://test.invalid".to_owned(),
                keys: Keys::generate(&SeededChance::new(1)),
            },
            Ports {
                clock: clock.clone(),
                chance: Arc::new(SeededChance::new(2)),
                mailer: mail.clone(),
            },
        ));
        let account = async |login: &str, full_name: &str, official: Option<String>| {
            let new = NewAccount {
                login: login.to_owned(),
                full_name: full_name.to_owned(),
                official,
                password: PASSWORD.to_owned(),
                ..NewAccount::default()
            };
            office.put_account(new).await.unwrap();
        };
        account("citizen", NAME, None).await;
        account("stranger", "Người Lạ Mẫu", None).await;
        for (login, place, position) in OFFICIALS {
            let (id, name) = official(place, position);
            account(login, &name, Some(id)).await;
        }
        let web = Web {
            office: office.clone(),
            demo: false,
            base_url: "http://test.invalid".to_owned(),
            secure_cookies: false,
        };
        House { office, clock, mail, router: web::router(Arc::new(web)), _files: files }
    }

    /// A browser of someone who is not signed in.
    pub(crate) fn anyone(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// A browser of someone who is.
    pub(crate) async fn someone(&self, login: &str) -> Browser {
        let browser = self.anyone();
        browser.sign_in(login).await;
        browser
    }

    pub(crate) fn wait_minutes(&self, minutes: i64) {
        self.clock.advance(minutes * 60_000);
    }

    /// What is derived follows from the facts, and the facts from the log.
    pub(crate) async fn is_in_order(&self) {
        let audit = self.office.audit_ledger().await.unwrap();
        assert_eq!(audit.findings, Vec::<String>::new());
        assert!(audit.entries > 0);
        let store = &self.office.store;
        let before = (dump(store, &tables::DOSSIER).await, dump(store, &tables::TASK).await);
        let (_, differences) = self.office.rebuild().await.unwrap();
        assert_eq!(differences, Vec::<String>::new());
        let after = (dump(store, &tables::DOSSIER).await, dump(store, &tables::TASK).await);
        assert_eq!(after, before);
    }

    pub(crate) async fn dossiers(&self) -> usize {
        dump(&self.office.store, &tables::DOSSIER).await.len()
    }

    /// The one dossier there is.
    pub(crate) async fn only(&self) -> String {
        let all = self.office.store.firsts_of(&tables::DOSSIER).await.unwrap();
        assert_eq!(all.len(), 1);
        all[0].clone()
    }

    /// A filing by the citizen, received at the counter: its id.
    pub(crate) async fn received(&self) -> String {
        let citizen = self.someone("citizen").await;
        citizen.submit(&filing(&citizen).await).await.fine();
        let id = self.only().await;
        let counter = self.someone("counter").await;
        act(&counter, &id, "receive", &[]).await.fine();
        id
    }
}

/// The filing form of the citizen with everything filled in.
pub(crate) async fn filing(citizen: &Browser) -> Form {
    let path = format!("/nop-ho-so/{PROCEDURE}?truong-hop={CASE}");
    let mut form = citizen.get(&path).await.fine().form(&format!("/nop-ho-so/{PROCEDURE}"));
    form.set("agency", "U26.XA1");
    fill(&mut form);
    form
}

/// Applicant, statutory form, a file for each paper.
pub(crate) fn fill(form: &mut Form) {
    form.set("applicant.name", NAME);
    form.set("applicant.personal_number", NUMBER);
    form.set("applicant.phone", "0912 345 678");
    form.set("applicant.email", "mau@nguoi-dan.invalid");
    form.set("applicant.address", "Tổ 1, phường Hà Giang 1, tỉnh Tuyên Quang");
    let procedure = CATALOGUE.procedure(PROCEDURE).unwrap();
    let statutory = CATALOGUE.form_for(procedure, Some(CASE)).unwrap();
    let typed = statutory.fields.iter().filter(|field| field.kind != FieldKind::File);
    for field in typed.filter(|field| field.required) {
        let text = match field.kind {
            FieldKind::PersonalNumber => NUMBER,
            FieldKind::TaxCode => "0100109106",
            FieldKind::Date => "9/11/2026",
            FieldKind::Phone => "0912345678",
            FieldKind::Email => "mau@nguoi-dan.invalid",
            FieldKind::Money | FieldKind::AreaM2 | FieldKind::Number => "120,5",
            FieldKind::Choice => field.choices.first().map_or("Tuyên Quang", String::as_str),
            FieldKind::PersonName => NAME,
            FieldKind::Text | FieldKind::Address | FieldKind::File => "Phường Hà Giang 1",
        };
        form.set(&format!("form.{}", field.name), text);
    }
    for input in form.inputs.clone() {
        form.attach(&input, "giay-to.pdf", SCAN);
    }
}

/// The counter's list: one original of everything that must be there.
pub(crate) fn count_papers(form: &mut Form) {
    let procedure = CATALOGUE.procedure(PROCEDURE).unwrap();
    let parts = procedure.components_for(Some(CASE));
    for part in parts.into_iter().filter(|part| part.mandatory) {
        form.set(&format!("paper.{}", part.id), "original");
        form.set(&format!("count.{}", part.id), "1");
    }
}

/// An act on its page: opened, filled in, sent.
pub(crate) async fn act(who: &Browser, id: &str, act: &str, typed: &[(&str, &str)]) -> Page {
    let path = format!("/ho-so/{id}/{act}");
    let mut form = who.get(&path).await.fine().form(&path);
    for (name, text) in typed {
        form.set(name, text);
    }
    who.submit(&form).await
}
