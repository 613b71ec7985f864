//! The scans that the counter makes of papers, as the page brings and shows them.

use crate::Web;
use crate::citizen::field::{Told, size};
use crate::citizen::upload;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::posted::{Posted, PostedFile};
use domain::dossier::Actor;
use domain::dossier::event::{Paper, Scan};
use domain::procedure::Component;
use office::ActError;
use office::scans::{PictureError, ScanRefusal, TakenScan};
use std::collections::BTreeMap;

/// What a form brought, by component, and what is wrong with it.
#[derive(Default)]
pub(crate) struct Scans {
    taken: BTreeMap<String, TakenScan>,
    /// Sentences beside the papers.
    pub(crate) refused: Vec<(String, String)>,
}

/// A scan on the page.
pub(crate) struct ScanRow {
    pub(crate) upload: String,
    pub(crate) text: String,
}

impl Scans {
    /// Takes the scans that were chosen, and finds those taken before.
    pub(crate) async fn take(
        web: &Web,
        lang: Language,
        (actor, account): (&Actor, &str),
        components: &[&Component],
        posted: &mut Posted,
    ) -> Result<Scans, ActError> {
        let mut scans = Scans::default();
        for component in components {
            let id = &component.id;
            let input = format!("scan.{id}");
            let (chosen, rest): (Vec<PostedFile>, Vec<PostedFile>) =
                posted.files.drain(..).partition(|file| file.field == input);
            posted.files = rest;
            let kept = posted.text(&format!("scanned.{id}"));
            let removed = posted.text(&format!("unscan.{id}")) == "1";
            if !chosen.is_empty() {
                let files = chosen.into_iter().map(|file| (file.name, file.bytes)).collect();
                match web.office.take_scan((actor, account), &component.name, files).await? {
                    Ok(taken) => {
                        scans.taken.insert(id.clone(), taken);
                        continue;
                    }
                    Err(refusal) => {
                        scans.refused.push((format!("paper.{id}"), words(lang, &refusal)));
                    }
                }
            }
            let id_like = kept.len() == 32 && kept.bytes().all(|byte| byte.is_ascii_hexdigit());
            if id_like
                && !removed
                && let Some(taken) = web.office.scan_taken(account, kept).await?
            {
                scans.taken.insert(id.clone(), taken);
            }
        }
        Ok(scans)
    }

    /// The papers with their scans. A scan of a paper that was not counted is told.
    pub(crate) fn put(&self, lang: Language, papers: &mut [Paper]) -> Result<(), Told> {
        let mut told = Told::default();
        for (component, taken) in &self.taken {
            match papers.iter_mut().find(|paper| paper.component == *component) {
                Some(paper) => {
                    (paper.file, paper.scan) = (Some(taken.file.clone()), Some(taken.scan));
                }
                None => told.say(&format!("paper.{component}"), t(lang, "scan-uncounted")),
            }
        }
        for (place, sentence) in &self.refused {
            told.say(place, sentence.clone());
        }
        if told.is_empty() { Ok(()) } else { Err(told) }
    }

    /// What the page shows for a component.
    pub(crate) fn row(&self, lang: Language, component: &str) -> Option<ScanRow> {
        let taken = self.taken.get(component)?;
        let file = &taken.file;
        let said = format!("{} ({})", file.name, size(lang, file.size_bytes));
        let text = format!("{said}: {}", described(lang, &taken.scan));
        Some(ScanRow { upload: taken.upload.clone(), text })
    }
}

/// `3 trang, PDF/A, có chữ ký số`.
pub(crate) fn described(lang: Language, scan: &Scan) -> String {
    let pages = match scan.pages {
        Some(pages) => t_with(lang, "scan-pages", &[("pages", pages.to_string())]),
        None => t(lang, "scan-pages-unknown"),
    };
    let kind = t(lang, if scan.archival { "scan-archival" } else { "scan-ordinary" });
    match scan.signed {
        true => format!("{pages}, {kind}, {}", t(lang, "scan-signed")),
        false => format!("{pages}, {kind}"),
    }
}

/// The sentence for a scan that is not taken.
fn words(lang: Language, refusal: &ScanRefusal) -> String {
    let about = |name: &str, sentence: String| format!("{name}: {sentence}");
    match refusal {
        ScanRefusal::File { name, refusal } => about(name, upload::refused(lang, *refusal)),
        ScanRefusal::Mixed => t(lang, "scan-mixed"),
        ScanRefusal::TooLarge => t(lang, "scan-too-large"),
        ScanRefusal::Unsigned(name) => t(lang, &format!("signing-error-{name}")),
        ScanRefusal::Picture { name, error } => {
            let sentence = match error {
                PictureError::TooManyPixels { width, height } => {
                    let words = [("width", width.to_string()), ("height", height.to_string())];
                    t_with(lang, "scan-too-many-pixels", &words)
                }
                PictureError::TooManyPictures => t(lang, "scan-too-many-pictures"),
                PictureError::PrintColours => t(lang, "scan-print-colours"),
                PictureError::NotPicture | PictureError::Damaged => t(lang, "scan-damaged"),
            };
            about(name, sentence)
        }
    }
}
