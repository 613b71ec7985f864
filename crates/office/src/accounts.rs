//! Who is at the door: accounts, passwords, sessions and bearer tokens. Plain tables with a line in
//! the security log; the password is argon2id, tokens are stored only as hashes.

use crate::error::ActError;
use crate::office::Office;
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash, phc::Salt};
use domain::dossier::Actor;
use domain::time::local;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use storage::{AccountRow, tables, values};
use tokio::sync::Semaphore;

/// Shortest password accepted, in characters (`security.md` §3).
pub const PASSWORD_MIN: usize = 12;
/// Longest password accepted, in characters; nothing is cut off below it.
pub const PASSWORD_MAX: usize = 128;
/// Failed sign-ins before the account locks.
pub const FAILURES_BEFORE_LOCK: u32 = 5;
/// How long a lock lasts, doubled with each further failure, milliseconds.
pub const LOCK_MS: i64 = 60_000;
/// The longest lock, milliseconds.
pub const LOCK_MAX_MS: i64 = 30 * 60_000;
/// A session ends after so long without a request, milliseconds.
pub const IDLE_MS: i64 = 30 * 60_000;
/// A session ends after so long in any case, milliseconds.
pub const ABSOLUTE_MS: i64 = 12 * 3_600_000;

/// One hashing at a time: it takes 19 MiB and a core for 30 ms.
static HASHING: Semaphore = Semaphore::const_new(2);

/// What a wrong name is compared with, so that it takes as long as a wrong password.
static DECOY: LazyLock<String> = LazyLock::new(|| {
    hash_with_salt("a password nobody has", &[7; 16]).expect("a constant password hashes")
});

/// Someone signed in, with what pages need to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Account id.
    pub account: String,
    /// Name shown in the header.
    pub name: String,
    /// How they act.
    pub actor: Actor,
    /// Title or "applicant", for the header.
    pub title: String,
    /// Token that every form of the session carries.
    pub csrf: String,
    /// The applicant's own data, to prefill forms.
    pub profile: Profile,
}

/// What an account knows of its holder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// 12-digit personal number.
    pub personal_number: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
}

/// A fresh session: the token goes into the cookie and is not kept here.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// 32 random bytes, hexadecimal.
    pub token: String,
    /// Who.
    pub who: SignedIn,
}

/// Why a sign-in gave nothing. The page says the same sentence for all but the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInRefusal {
    /// Unknown name, wrong password, or disabled.
    Wrong,
    /// Too many failures; try again later.
    Locked,
}

/// A new account.
#[derive(Debug, Clone, Default)]
pub struct NewAccount {
    /// Login name: letters, digits, `.`, `-`, `_`, `@`.
    pub login: String,
    /// Name shown.
    pub full_name: String,
    /// The official behind it; `None` for citizens.
    pub official: Option<String>,
    /// Password in clear, never stored.
    pub password: String,
    /// The holder's data.
    pub profile: Profile,
}

impl Office {
    /// Makes an account, or gives an existing login a new password and data.
    ///
    /// # Errors
    /// [`ActError::Fault`] naming what is wrong with the data, or when the database cannot write.
    pub async fn put_account(&self, new: NewAccount) -> Result<String, ActError> {
        let length = new.password.chars().count();
        if !(PASSWORD_MIN..=PASSWORD_MAX).contains(&length) {
            return Err(ActError::fault(
                "new account",
                format!("a password has {PASSWORD_MIN} to {PASSWORD_MAX} characters"),
            ));
        }
        let login = new.login.trim().to_lowercase();
        let fine = |c: char| c.is_ascii_alphanumeric() || ".-_@".contains(c);
        if login.is_empty() || login.len() > 64 || !login.chars().all(fine) {
            return Err(ActError::fault("new account", "login: 1–64 of a–z 0–9 . - _ @"));
        }
        let known = self.store.account_by_login(&login).await.map_err(fault("read account"))?;
        let id = known.map_or_else(|| self.new_id(), |account| account.id);
        let mut salt = [0u8; 16];
        self.chance.fill(&mut salt);
        let password = new.password;
        let hash = heavy(move || hash_with_salt(&password, &salt)).await?;
        let now = self.clock.now().as_millisecond();
        let kind = if new.official.is_some() { "official" } else { "citizen" };
        let row = tables::ACCOUNT.row(values![
            &id,
            &login,
            kind,
            new.official,
            &new.full_name,
            new.profile.personal_number,
            new.profile.phone,
            new.profile.email,
            hash,
            0,
            None::<i64>,
            None::<i64>,
            now
        ]);
        self.store.write(vec![row]).await.map_err(fault("write account"))?;
        self.store.end_sessions_of(&id).await.map_err(fault("end sessions"))?;
        self.log(&id, "account_put", None, "").await?;
        Ok(id)
    }

    /// Signs in. Takes as long for an unknown name as for a wrong password.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn sign_in(
        &self,
        login: &str,
        password: &str,
        user_agent: &str,
    ) -> Result<Result<NewSession, SignInRefusal>, ActError> {
        let login = login.trim().to_lowercase();
        let account = self.store.account_by_login(&login).await.map_err(fault("read account"))?;
        let now = self.clock.now().as_millisecond();
        let stored = account.as_ref().map_or_else(|| DECOY.clone(), |a| a.password_hash.clone());
        let given: String = password.chars().take(PASSWORD_MAX + 1).collect();
        let right = heavy(move || Ok(verify(&given, &stored))).await?;
        let Some(account) = account else { return Ok(Err(SignInRefusal::Wrong)) };
        if account.locked_until.is_some_and(|until| until > now) {
            self.log(&account.id, "sign_in_while_locked", None, "").await?;
            return Ok(Err(SignInRefusal::Locked));
        }
        if !right || account.disabled_at.is_some() {
            self.note_failure(&account, now).await?;
            return Ok(Err(SignInRefusal::Wrong));
        }
        self.store.note_failed(&account.id, 0, None).await.map_err(fault("write account"))?;
        let session = self.open_session(&account, user_agent, now).await?;
        self.log(&account.id, "signed_in", None, "").await?;
        Ok(Ok(session))
    }

    async fn note_failure(&self, account: &AccountRow, now: i64) -> Result<(), ActError> {
        let failed = account.failed.saturating_add(1);
        let over = failed.saturating_sub(FAILURES_BEFORE_LOCK);
        let lock = (LOCK_MS << over.min(10)).min(LOCK_MAX_MS);
        let until = (failed >= FAILURES_BEFORE_LOCK).then_some(now + lock);
        self.store.note_failed(&account.id, failed, until).await.map_err(fault("write account"))?;
        self.log(&account.id, "sign_in_failed", None, "").await
    }

    async fn open_session(
        &self,
        account: &AccountRow,
        user_agent: &str,
        now: i64,
    ) -> Result<NewSession, ActError> {
        let token = self.secret();
        let csrf = self.secret();
        let agent: String = user_agent.chars().take(200).collect();
        let row =
            tables::SESSION.row(values![hash_of(&token), &account.id, &csrf, now, now, agent]);
        self.store.write(vec![row]).await.map_err(fault("write session"))?;
        let who = self.signed_in(account, csrf).ok_or(ActError::NotFound)?;
        Ok(NewSession { token, who })
    }

    /// Who holds this session token now; `None` when it is unknown, idle too long or too old.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn session(&self, token: &str) -> Result<Option<SignedIn>, ActError> {
        let hash = hash_of(token);
        let session = self.store.session(hash).await.map_err(fault("read session"))?;
        let Some(session) = session else { return Ok(None) };
        let now = self.clock.now().as_millisecond();
        if now - session.seen_at > IDLE_MS || now - session.created_at > ABSOLUTE_MS {
            self.store.end_session(hash).await.map_err(fault("end session"))?;
            return Ok(None);
        }
        if now - session.seen_at > IDLE_MS / 10 {
            self.store.session_seen(hash, now).await.map_err(fault("write session"))?;
        }
        let account = self.store.account(&session.account).await.map_err(fault("read account"))?;
        Ok(account
            .filter(|account| account.disabled_at.is_none())
            .and_then(|account| self.signed_in(&account, session.csrf)))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot write.
    pub async fn sign_out(&self, token: &str) -> Result<(), ActError> {
        self.store.end_session(hash_of(token)).await.map_err(fault("end session"))
    }

    /// A bearer token for an official; the clear text is given once.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for an unknown official, [`ActError::Fault`] otherwise.
    pub async fn new_token(&self, official: &str, name: &str) -> Result<String, ActError> {
        if self.official(official).is_none() && !official.starts_with("account:") {
            return Err(ActError::NotFound);
        }
        let token = self.secret();
        let now = self.clock.now().as_millisecond();
        let row = tables::API_TOKEN.row(values![hash_of(&token), official, name, now, None::<i64>]);
        self.store.write(vec![row]).await.map_err(fault("write token"))?;
        self.log(official, "token_made", None, name).await?;
        Ok(token)
    }

    /// Who a bearer token stands for: an official, or an applicant's account.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn bearer(&self, token: &str) -> Result<Option<Actor>, ActError> {
        let hash = hash_of(token);
        let now = self.clock.now().as_millisecond();
        if let Some(actor) = self.tokens.get(&hash, now) {
            return Ok(Some(actor));
        }
        let found = self.store.api_token(hash).await.map_err(fault("read token"))?;
        let Some(found) = found.filter(|token| token.revoked_at.is_none()) else {
            return Ok(None);
        };
        let actor = match found.official.strip_prefix("account:") {
            Some(account) => Some(Actor::Applicant { account: account.to_owned() }),
            None => self.official(&found.official),
        };
        if let Some(actor) = &actor {
            self.tokens.keep(hash, actor.clone(), now);
        }
        Ok(actor)
    }

    /// The official as an actor, if in office today.
    #[must_use]
    pub fn official(&self, id: &str) -> Option<Actor> {
        let today = local(self.clock.now()).date();
        let official = self.catalogue.organisation.official(id)?;
        official.serves(today).then(|| Actor::Official {
            id: official.id.clone(),
            name: official.name.clone(),
            unit: official.unit.clone(),
            division: official.division.clone(),
            position: official.position,
        })
    }

    /// One line of the security log.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot write.
    pub async fn log(
        &self,
        actor: &str,
        what: &str,
        dossier: Option<&str>,
        detail: &str,
    ) -> Result<(), ActError> {
        let now = self.clock.now().as_millisecond();
        self.store
            .audit(&self.new_id(), now, actor, what, dossier, detail)
            .await
            .map_err(fault("write audit"))
    }

    fn signed_in(&self, account: &AccountRow, csrf: String) -> Option<SignedIn> {
        let (actor, title) = match &account.official {
            Some(id) => {
                let title = self.catalogue.organisation.official(id)?.title.clone();
                (self.official(id)?, title)
            }
            None => (Actor::Applicant { account: account.id.clone() }, String::new()),
        };
        Some(SignedIn {
            account: account.id.clone(),
            name: account.full_name.clone(),
            actor,
            title,
            csrf,
            profile: Profile {
                personal_number: account.personal_number.clone(),
                phone: account.phone.clone(),
                email: account.email.clone(),
            },
        })
    }

    /// 32 random bytes, hexadecimal.
    pub(crate) fn secret(&self) -> String {
        let mut bytes = [0u8; 32];
        self.chance.fill(&mut bytes);
        hex::encode(bytes)
    }
}

fn hash_of(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

fn hash_with_salt(password: &str, salt: &[u8]) -> Result<String, ActError> {
    let salt = Salt::new(salt).map_err(|error| ActError::fault("salt", error))?;
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|error| ActError::fault("hash password", error))
}

fn verify(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Runs a heavy computation off the request path, two at a time.
async fn heavy<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ActError> + Send + 'static,
) -> Result<T, ActError> {
    let _turn = HASHING.acquire().await.map_err(fault("wait for a turn"))?;
    tokio::task::spawn_blocking(work).await.map_err(fault("hashing"))?
}

fn fault<E: std::fmt::Display>(doing: &'static str) -> impl Fn(E) -> ActError {
    move |error| ActError::fault(doing, error)
}
