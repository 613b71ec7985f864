//! Papers chosen on a page: taken at once, so that an error elsewhere does not lose them.

use super::field::{Choice, Complaint, Told, id_of, size};
use super::own::{is_id, place};
use crate::Web;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::words;
use domain::dossier::event::{FileRef, Paper, Reused};
use domain::procedure::Component;
use office::ActError;
use office::papers::FileRefusal;
use office::results::KeptResult;
use office::reuse::Offer;

/// What a form brought for one component.
#[derive(Debug, Clone, Default)]
pub(crate) struct Taken {
    /// The upload: its id, and the file.
    pub(crate) upload: Option<(String, FileRef)>,
    /// "It is in the data base."
    pub(crate) lookup: bool,
    /// Why the file just chosen was not taken.
    pub(crate) refused: Option<FileRefusal>,
    /// Code of the result that stands for it, and whether its owner agreed.
    pub(crate) reused: Option<(String, bool)>,
}

impl Taken {
    /// The paper for the command; nothing when nothing was brought.
    pub(crate) fn paper(&self, component: &str) -> Option<Paper> {
        let file = self.upload.as_ref().map(|(_, file)| file.clone());
        let reused = self.reused.as_ref().map(|(code, consent)| Reused {
            code: code.clone(),
            consent: *consent,
            ..Reused::default()
        });
        let kind = match (&reused, &file) {
            (Some(_), _) => "reused_result",
            (None, Some(_)) => "electronic_copy",
            (None, None) if self.lookup => "data_lookup",
            (None, None) => return None,
        };
        let (component, kind) = (component.to_owned(), kind.to_owned());
        Some(Paper { component, kind, count: 1, file, reused, scan: None })
    }
}

/// Takes the file of a component, or finds the one taken earlier.
pub(crate) async fn take(
    web: &Web,
    account: &str,
    posted: &mut Posted,
    component: &str,
) -> Result<Taken, ActError> {
    let place = format!("paper.{component}");
    let mut taken =
        Taken { lookup: posted.text(&format!("lookup.{component}")) == "1", ..Taken::default() };
    taken.reused = reused(posted, component);
    let kept = posted.text(&format!("upload.{component}")).to_owned();
    let removed = posted.text(&format!("remove.{component}")) == "1";
    let chosen = posted.files.iter().position(|file| file.field == place);
    if let Some(chosen) = chosen {
        let file = posted.files.swap_remove(chosen);
        match web.office.take_file(account, &file.name, file.bytes).await? {
            Ok(upload) => {
                taken.upload = Some(upload);
                return Ok(taken);
            }
            Err(refused) => taken.refused = Some(refused),
        }
    }
    if is_id(&kept) && !removed {
        let file = web.office.uploaded(account, &kept).await?;
        taken.upload = file.map(|file| (kept, file));
    }
    Ok(taken)
}

/// The result that was chosen for a component.
pub(crate) fn reused(posted: &Posted, component: &str) -> Option<(String, bool)> {
    let code = posted.text(&format!("reuse.{component}")).trim();
    let consent = posted.text(&format!("consent.{component}")) == "1";
    (!code.is_empty()).then(|| (code.to_owned(), consent))
}

/// The sentence for a file that is not taken.
pub(crate) fn refused(lang: Language, refusal: FileRefusal) -> String {
    match refusal {
        FileRefusal::Empty => t(lang, "file-empty"),
        FileRefusal::TooLarge => {
            let limit = size(lang, office::papers::FILE_MAX as u64);
            t_with(lang, "file-too-large", &[("limit", limit)])
        }
        FileRefusal::WrongType => t(lang, "file-wrong-type"),
        FileRefusal::Mislabelled => t(lang, "file-mislabelled"),
        FileRefusal::Encrypted => t(lang, "file-encrypted"),
        FileRefusal::Altered => t(lang, "file-altered"),
        FileRefusal::AddedTo => t(lang, "file-added-to"),
        FileRefusal::ExpiredSignature => t(lang, "file-signature-expired"),
        FileRefusal::UnknownIssuer => t(lang, "file-signature-stranger"),
        FileRefusal::WrongTimeStamp => t(lang, "file-signature-time"),
        FileRefusal::WrongSignatureFormat => t(lang, "file-signature-format"),
    }
}

/// A row of the page: one component with its file input.
#[derive(Debug)]
pub(crate) struct PaperRow {
    /// Component id.
    pub(crate) component: String,
    /// What the paper is.
    pub(crate) name: String,
    /// What is asked for in a request, the condition, the form.
    pub(crate) hints: Vec<String>,
    /// Must be there.
    pub(crate) required: bool,
    /// The form on the page is this paper.
    pub(crate) by_form: bool,
    /// The upload's id and "ten.pdf (1,2 MB)".
    pub(crate) received: Option<(String, String)>,
    /// Whether "it is in the data base" may be ticked, and is.
    pub(crate) lookup: Option<bool>,
    /// Results that may stand for it, and what was chosen.
    pub(crate) offer: Option<OfferRow>,
    /// What is wrong.
    pub(crate) error: Option<String>,
}

/// Results that may stand for a paper.
#[derive(Debug)]
pub(crate) struct OfferRow {
    /// The results, by code.
    pub(crate) choices: Vec<Choice>,
    /// The code chosen; empty for none.
    pub(crate) chosen: String,
    /// Their owner agreed.
    pub(crate) consent: bool,
}

impl OfferRow {
    /// The results of an offer, with what was chosen of them.
    pub(crate) fn new(
        web: &Web,
        lang: Language,
        offer: &Offer,
        reused: Option<&(String, bool)>,
    ) -> OfferRow {
        let choice = |kept: &KeptResult| Choice::new(&kept.code, told(web, lang, kept));
        let known = reused.filter(|(code, _)| offer.results.iter().any(|kept| kept.code == *code));
        OfferRow {
            choices: offer.results.iter().map(choice).collect(),
            chosen: known.map(|(code, _)| code.clone()).unwrap_or_default(),
            consent: known.is_some_and(|(_, consent)| *consent),
        }
    }
}

/// A result in one line: what, its code, when, by whom.
fn told(web: &Web, lang: Language, kept: &KeptResult) -> String {
    let kind = kept.kind.as_ref().and_then(|kind| web.office.catalogue.papers.get(kind));
    let words = [
        ("name", kind.map_or_else(|| kept.title.clone(), |kind| kind.name.clone())),
        ("code", kept.code.clone()),
        ("day", words::date(kept.issued_at)),
        ("agency", place(web, &kept.agency)),
    ];
    t_with(lang, "reuse-choice", &words)
}

impl PaperRow {
    /// A component with what was brought for it.
    pub(crate) fn new(
        lang: Language,
        component: &Component,
        taken: &Taken,
        told: &Told,
    ) -> PaperRow {
        let mut hints: Vec<String> = Vec::new();
        hints.extend(component.condition.clone());
        hints.extend(component.form_ref.clone());
        if !component.electronic_ok {
            hints.push(t(lang, "paper-not-electronic"));
        }
        let may_lookup = component.accepts.iter().any(|way| way == "data_lookup");
        PaperRow {
            component: component.id.clone(),
            name: component.name.clone(),
            hints,
            required: component.mandatory,
            by_form: false,
            received: received(lang, taken),
            lookup: may_lookup.then_some(taken.lookup),
            offer: None,
            error: told.at(&format!("paper.{}", component.id)),
        }
    }

    /// The id of its input.
    pub(crate) fn id(&self) -> String {
        id_of(&format!("paper.{}", self.component))
    }

    /// How to bring it.
    pub(crate) fn hint(&self, l: &Layout) -> String {
        let whole = self.hints.iter().cloned().chain(std::iter::once(l.t("file-hint")));
        whole.collect::<Vec<String>>().join(" · ")
    }

    /// The line in the list of problems.
    pub(crate) fn summary(&self) -> Option<Complaint> {
        let error = self.error.as_ref()?;
        Some(Complaint::new(&format!("paper.{}", self.component), &self.name, error))
    }
}

fn received(lang: Language, taken: &Taken) -> Option<(String, String)> {
    let (id, file) = taken.upload.as_ref()?;
    Some((id.clone(), format!("{} ({})", file.name, size(lang, file.size_bytes))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_counts_more_than_a_look_up() {
        let file = FileRef { name: "a.pdf".into(), size_bytes: 2_048, ..FileRef::default() };
        let both = Taken { upload: Some(("1".into(), file)), lookup: true, ..Taken::default() };
        assert_eq!(both.paper("c1").unwrap().kind, "electronic_copy");
        assert_eq!(received(Language::Vi, &both).unwrap().1, "a.pdf (2 KB)");
        let lookup = Taken { lookup: true, ..Taken::default() };
        assert_eq!(lookup.paper("c1").unwrap().kind, "data_lookup");
        assert!(Taken::default().paper("c1").is_none());
        let reused = Taken { reused: Some(("A.1".into(), true)), ..both };
        let paper = reused.paper("c1").unwrap();
        assert_eq!(paper.kind, "reused_result", "a result stands for it, the file goes along");
        assert!(paper.file.is_some() && paper.reused.is_some_and(|reused| reused.consent));
    }
}
