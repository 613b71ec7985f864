//! The press: sets papers away from the requests, keeps what it set, and tries again what failed.
//!
//! A paper comes from facts, so none is ever lost: what cannot be printed now is told as "not yet",
//! and the worker tries it again. A template of the agency that fails gives way to the one of the
//! release, and the administrator hears of it.

use crate::error::ActError;
use crate::office::Office;
use documents::{Form, RenderError, Templates, fingerprint};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use storage::RenderCache;
use tokio::sync::Semaphore;

/// So many requests may wait for the press; more are told to come again.
const QUEUE: usize = 64;
/// So many papers wait for the worker.
const AGAIN: usize = 256;
/// A paper that failed so often will not come out by trying; who opens it starts anew.
const TRIES: u32 = 5;
/// Nobody waits longer for a page. The press goes on, and has the paper the next time.
const PATIENCE: Duration = Duration::from_secs(20);

/// The press of one installation.
pub struct Press {
    templates: Templates,
    cache: Option<RenderCache>,
    /// One for each core: setting a paper is work for one.
    turns: Semaphore,
    queue: Semaphore,
    again: Mutex<BTreeMap<String, Failed>>,
    complaints: Mutex<BTreeSet<String>>,
}

/// A paper that could not be printed, and how often that was.
struct Failed {
    form: Form,
    tries: u32,
}

impl Press {
    /// A press with the templates of an installation; without a cache it sets every paper anew.
    #[must_use]
    pub fn new(templates: Templates, cache: Option<RenderCache>) -> Press {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Press {
            templates,
            cache,
            turns: Semaphore::new(cores),
            queue: Semaphore::new(QUEUE),
            again: Mutex::default(),
            complaints: Mutex::default(),
        }
    }

    /// With what is known to be wrong with the templates from the start.
    #[must_use]
    pub fn with_complaints(self, complaints: impl IntoIterator<Item = String>) -> Press {
        Press { complaints: Mutex::new(complaints.into_iter().collect()), ..self }
    }

    /// What the administrator should know: templates that failed, in typst's words.
    #[must_use]
    pub fn complaints(&self) -> Vec<String> {
        let complaints = self.complaints.lock().unwrap_or_else(PoisonError::into_inner);
        complaints.iter().cloned().collect()
    }

    /// How many papers wait to be tried again.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.again.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// From the cache, or set now.
    async fn print(self: Arc<Self>, form: Form) -> Result<Vec<u8>, ActError> {
        let _place = self.queue.try_acquire().map_err(|_| ActError::NotYetPrinted)?;
        let press = Arc::clone(&self);
        let printed = tokio::spawn(async move {
            let Ok(_turn) = press.turns.acquire().await else { return None };
            let at_work = Arc::clone(&press);
            let work = tokio::task::spawn_blocking(move || at_work.take_or_set(form));
            work.await.ok().flatten()
        });
        match tokio::time::timeout(PATIENCE, printed).await {
            Ok(Ok(Some(paper))) => Ok(paper),
            _ => Err(ActError::NotYetPrinted),
        }
    }

    fn take_or_set(&self, form: Form) -> Option<Vec<u8>> {
        let key = match fingerprint(&form, &self.templates) {
            Ok(key) => key,
            Err(error) => {
                tracing::error!(%error, "paper");
                return None;
            }
        };
        if let Some(paper) = self.cache.as_ref().and_then(|cache| cache.get(&key)) {
            self.done(&key);
            return Some(paper);
        }
        match self.set(&form) {
            Ok(paper) => {
                let kept = self.cache.as_ref().map_or(Ok(()), |cache| cache.keep(&key, &paper));
                if let Err(error) = kept {
                    tracing::warn!(%error, "a paper was printed, but not kept");
                }
                self.done(&key);
                Some(paper)
            }
            Err(error) => {
                tracing::error!(%error, "paper");
                self.try_again(key, form);
                None
            }
        }
    }

    /// Sets a paper; a character without a glyph becomes □, a template that fails is passed over.
    fn set(&self, form: &Form) -> Result<Vec<u8>, RenderError> {
        let set = documents::render_with_placeholders(form, &self.templates).or_else(|error| {
            let embedded = Templates::embedded();
            if embedded.digest() == self.templates.digest() {
                return Err(error);
            }
            let told = error.to_string();
            tracing::error!(error = told, "a template of the installation failed");
            self.complaints.lock().unwrap_or_else(PoisonError::into_inner).insert(told);
            documents::render_with_placeholders(form, &embedded)
        });
        let (paper, missing) = set?;
        if !missing.is_empty() {
            tracing::warn!(count = missing.len(), "characters without a glyph on a paper");
        }
        Ok(paper)
    }

    fn try_again(&self, key: String, form: Form) {
        let mut again = self.again.lock().unwrap_or_else(PoisonError::into_inner);
        let tries = again.remove(&key).map_or(1, |failed| failed.tries + 1);
        if tries < TRIES && again.len() < AGAIN {
            again.insert(key, Failed { form, tries });
        }
    }

    fn done(&self, key: &str) {
        self.again.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

impl Office {
    /// The office with a press of its own templates and cache.
    #[must_use]
    pub fn with_press(self, press: Press) -> Office {
        Office { press: Arc::new(press), ..self }
    }

    /// Sets a paper away from the request, or takes it from the cache.
    ///
    /// # Errors
    /// [`ActError::NotYetPrinted`] when the press is overfull or fails; the worker tries again.
    pub(crate) async fn set(&self, form: Form) -> Result<Vec<u8>, ActError> {
        Arc::clone(&self.press).print(form).await
    }

    /// Tries what could not be printed; for the worker. Says how many papers came out.
    pub async fn print_again(&self) -> usize {
        let forms: Vec<Form> = {
            let again = self.press.again.lock().unwrap_or_else(PoisonError::into_inner);
            again.values().map(|failed| failed.form.clone()).collect()
        };
        let mut printed = 0;
        for form in forms {
            printed += usize::from(self.set(form).await.is_ok());
        }
        printed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::sample;

    fn in_folder(folder: &std::path::Path) -> Arc<Press> {
        let cache = RenderCache::in_folder(folder, 1 << 20).expect("a folder");
        Arc::new(Press::new(Templates::embedded(), Some(cache)))
    }

    #[tokio::test]
    async fn a_paper_is_set_once_and_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let form = Form::Refusal(sample::refusal());
        let first = in_folder(folder.path()).print(form.clone()).await.expect("a paper");
        let files = || std::fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(files(), 1);
        let again = in_folder(folder.path()).print(form).await.expect("a paper");
        assert_eq!((first, files()), (again, 1));
    }

    #[tokio::test]
    async fn what_fails_waits_and_is_tried_again() {
        let press = Arc::new(Press::new(Templates::embedded(), None));
        let mut receipt = sample::receipt();
        receipt.tracking.url = "https://motcua.example.vn/".repeat(200);
        for waiting in [1, 1, 1, 1, 0] {
            let failed = Arc::clone(&press).print(Form::Receipt(receipt.clone())).await;
            assert!(matches!(failed, Err(ActError::NotYetPrinted)));
            assert_eq!(press.waiting(), waiting, "and not for ever");
        }
    }

    #[tokio::test]
    async fn an_overfull_press_says_so() {
        let press = Arc::new(Press::new(Templates::embedded(), None));
        let _all = press.queue.try_acquire_many(QUEUE as u32).expect("an empty queue");
        let full = Arc::clone(&press).print(Form::Refusal(sample::refusal())).await;
        assert!(matches!(full, Err(ActError::NotYetPrinted)));
    }
}
